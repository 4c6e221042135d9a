"""A page's name: one text for each page, and no text for two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperkb.site.context import SiteContext
from paperkb.site.page import PageId, only
from tests.vaults import Vault


def test_an_id_names_kind_name_and_part() -> None:
    assert PageId("home") == PageId("home", "", 1)
    assert str(PageId("tag", "nlp/parsing", 2)) == "tag\x1fnlp/parsing\x1f2"


KINDS = st.sampled_from(("note", "notes", "tag", "tags"))
NAMES = st.text(st.sampled_from("ab/ \n\x1f1é"), max_size=5)
IDS = st.builds(PageId, KINDS, NAMES, st.integers(1, 12))


@given(IDS, IDS)
def test_two_pages_have_two_ids(one: PageId, other: PageId) -> None:
    assert (str(one) == str(other)) == (one == other)


@given(IDS)
def test_an_id_is_read_as_it_was_written(page: PageId) -> None:
    """Names of files may hold any sign, that which parts an id included."""
    assert PageId.read(str(page)) == page


def test_a_kind_with_one_page_plans_just_that(vault: Vault) -> None:
    plan = only(PageId("home"))
    assert list(plan(SiteContext(vault({})))) == [PageId("home")]
