"""CSL-JSON items, as the schema has them."""

from __future__ import annotations

import datetime

import pytest

from paperkb.formats.csl import csl_item, csl_type, date_parts
from paperkb.model import Person, Work


def test_an_article_of_a_journal() -> None:
    work = Work(
        "Deep learning",
        (Person("LeCun", "Yann"), Person("The Group")),
        2015,
        datetime.date(2015, 5, 27),
        doi="10.1038/nature14539",
        venue="Nature",
        ids=frozenset({"doi:10.1038/nature14539"}),
    )
    assert csl_item("lecun", work) == {
        "id": "lecun",
        "type": "article-journal",
        "title": "Deep learning",
        "author": [{"family": "LeCun", "given": "Yann"}, {"literal": "The Group"}],
        "issued": {"date-parts": [[2015, 5, 27]]},
        "container-title": "Nature",
        "DOI": "10.1038/nature14539",
        "URL": "https://doi.org/10.1038/nature14539",
    }


def test_a_preprint_is_of_arxiv() -> None:
    item = csl_item("k", Work("T", arxiv="1706.03762", ids=frozenset({"arxiv:1706.03762"})))
    assert item == {
        "id": "k", "type": "article", "title": "T", "publisher": "arXiv", "genre": "Preprint",
        "number": "arXiv:1706.03762", "URL": "https://arxiv.org/abs/1706.03762",
    }  # fmt: skip


def test_of_nothing_but_a_title_nothing_is_said() -> None:
    assert csl_item("k", Work("T")) == {"id": "k", "type": "document", "title": "T"}


@pytest.mark.parametrize(
    ("venue", "found"),
    [("NeurIPS", "paper-conference"), ("Nature", "article-journal"), ("arXiv", ""), ("", "")],
)
def test_a_venue_is_a_journal_or_a_meeting(venue: str, found: str) -> None:
    assert csl_type(venue) == found


def test_a_date_counts_if_it_is_of_the_year() -> None:
    day = datetime.date(2016, 12, 31)
    assert date_parts(Work("T", year=2016, date=day)) == [2016, 12, 31]
    assert date_parts(Work("T", year=2017, date=day)) == [2017]
    assert date_parts(Work("T", date=day)) == [2016, 12, 31]
    assert date_parts(Work("T")) == []
