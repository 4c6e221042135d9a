"""Any spelling ↔ canonical id. The spellings are in ``cases/identifiers.txt``."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperkb.identifiers import (
    IDENTIFIER_IN_TEXT,
    Identifier,
    InvalidIdentifier,
    equivalents,
    find_identifier,
    parse_identifier,
)


class Case(NamedTuple):
    line: int
    explicit: bool  # a full address or a prefixed id, or at least it looks like one
    spelling: str
    expected: str


def read_cases() -> list[Case]:
    path = Path(__file__).parent / "cases" / "identifiers.txt"
    cases, explicit = [], False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("=="):
            explicit = line.endswith("[find]")
        elif line and not line.startswith("#"):
            spelling, expected = re.split(r" +→ +", line)
            if spelling.startswith('"'):
                spelling = json.loads(spelling)
            cases.append(Case(number, explicit, spelling, expected))
    return cases


CASES = read_cases()
VALID = [case for case in CASES if not case.expected.startswith("!")]
INVALID = [case for case in CASES if case.expected.startswith("!")]


def name(case: Case) -> str:
    return f"line {case.line}: {case.spelling!r}"


@pytest.mark.parametrize("case", VALID, ids=name)
def test_spelling_is_read(case: Case) -> None:
    identifier = parse_identifier(case.spelling)
    assert str(identifier) == case.expected
    assert find_identifier(case.spelling, bare=True) == identifier
    assert find_identifier(case.spelling) == (identifier if case.explicit else None)


@pytest.mark.parametrize("case", INVALID, ids=name)
def test_impossible_spelling_is_refused_with_the_reason(case: Case) -> None:
    with pytest.raises(InvalidIdentifier) as error:
        parse_identifier(case.spelling)
    reason = str(error.value)
    assert case.expected.removeprefix("! ") in reason
    assert reason.endswith(".")
    assert reason.isprintable()
    assert find_identifier(case.spelling) is None
    assert find_identifier(case.spelling, bare=True) is None


def test_the_table_is_large_and_says_nothing_twice() -> None:
    spellings = [case.spelling for case in CASES]
    assert len(spellings) >= 170
    assert len(set(spellings)) == len(spellings)


# What a canonical identifier is


@pytest.mark.parametrize("case", VALID, ids=name)
def test_canonical_name_and_address_are_spellings_too(case: Case) -> None:
    identifier = parse_identifier(case.spelling)
    for spelling in (str(identifier), identifier.url):
        assert parse_identifier(spelling) == identifier
        assert find_identifier(spelling) == identifier
    assert identifier.url.startswith("https://")
    assert identifier.base.version is None
    assert identifier.base.base == identifier.base


@pytest.mark.parametrize(
    ("spelling", "url"),
    [
        ("1706.03762v5", "https://arxiv.org/abs/1706.03762v5"),
        ("math.GT/0309136", "https://arxiv.org/abs/math/0309136"),
        ("10.1038/nature14539", "https://doi.org/10.1038/nature14539"),
        ("10.1000/a<b>(c);2-#", "https://doi.org/10.1000/a%3Cb%3E(c);2-%23"),
        ("P19-1001", "https://aclanthology.org/P19-1001"),
        ("openreview:ByJHuTgA-", "https://openreview.net/forum?id=ByJHuTgA-"),
        ("CorpusId:13756489", "https://api.semanticscholar.org/CorpusID:13756489"),
        ("s2:" + "0a" * 20, "https://www.semanticscholar.org/paper/" + "0a" * 20),
    ],
)
def test_address_for_a_reader(spelling: str, url: str) -> None:
    assert parse_identifier(spelling).url == url


def test_a_paper_stands_before_its_versions() -> None:
    spellings = ["10.1038/nature14539", "1706.03762v10", "1706.03762", "1706.03762v2", "P19-1001"]
    ordered = sorted(map(parse_identifier, spellings))
    assert list(map(str, ordered)) == [
        "acl:P19-1001",
        "arxiv:1706.03762",
        "arxiv:1706.03762v2",
        "arxiv:1706.03762v10",
        "doi:10.1038/nature14539",
    ]
    assert all(first < second and second >= first for first, second in pairwise(ordered))


# Every id through every form of address

ARCHIVES = ("math", "hep-th", "cs", "solv-int", "cond-mat", "astro-ph", "q-bio", "acc-phys")
PUNCTUATION = "-._;()/:<>[]+=,*'!~$@"

months = st.integers(1, 12).map("{:02}".format)
new_ids = st.one_of(
    st.builds("{:02}{}.{:04}".format, st.integers(8, 14), months, st.integers(1, 9999)),
    st.builds("{:02}{}.{:05}".format, st.integers(15, 99), months, st.integers(1, 99999)),
)
old_ids = st.builds(
    "{}/{:02}{}{:03}".format,
    st.sampled_from(ARCHIVES),
    st.sampled_from([*range(92, 100), *range(7)]),
    months,
    st.integers(1, 999),
)
arxiv = st.builds(
    Identifier,
    st.just("arxiv"),
    st.one_of(new_ids, old_ids),
    st.one_of(st.none(), st.integers(1, 250)),
)
doi_suffixes = st.text("abcxyz0123456789" + PUNCTUATION, min_size=1, max_size=40)
hexes = st.text("0123456789abcdef", min_size=40, max_size=40)


@given(arxiv)
def test_arxiv_id_survives_every_form(identifier: Identifier) -> None:
    written = str(identifier).removeprefix("arxiv:")
    for form in (
        "{}",
        "arXiv:{}",
        "ARXIV: {}",
        "{}.",
        "arXiv:{} [cs.CL] 1 Jun 2007",
        "http://arxiv.org/abs/{}",
        "https://www.arxiv.org/pdf/{}.pdf",
        "https://arxiv.org/html/{}/#S1",
        "https://export.arxiv.org/format/{}?x=1",
        "https://uk.arxiv.org/src/{}",
        "http://xxx.lanl.gov/ps/{}",
        "https://ar5iv.labs.arxiv.org/html/{}",
        "https://alphaxiv.org/overview/{}",
        "https://huggingface.co/papers/{}",
        "https://scirate.com/arxiv/{}",
        "https://www.arxiv-vanity.com/papers/{}/",
        "https://api.semanticscholar.org/arXiv:{}",
        "https://doi.org/10.48550/arXiv.{}",
        "10.48550/ARXIV.{}",
    ):
        assert parse_identifier(form.format(written)) == identifier, form
    match = IDENTIFIER_IN_TEXT.search(f"as (arXiv:{written}), it")
    assert match
    assert find_identifier(match[0]) == identifier


@given(st.integers(1000, 999_999_999), doi_suffixes)
@example(1000, "a./")
@example(1000, "(a)b)")
@example(1000, "a.pdf")
@example(1000, "x/abstract")
def test_doi_is_read_alike_from_every_form(registrant: int, suffix: str) -> None:
    doi = f"10.{registrant}/{suffix}"
    try:
        identifier = parse_identifier(doi)
    except InvalidIdentifier:
        assert not re.search("[a-z0-9]", suffix) or registrant == 48550
        return
    for spelling in (
        str(identifier),
        identifier.url,
        doi.upper(),
        f"DOI: {doi}",
        f"https://doi.org/{doi}",
        f"http://dx.doi.org/{doi}?x=y#z",
    ):
        assert parse_identifier(spelling) == identifier
    assert doi.startswith(identifier.value)


@given(hexes, st.integers(1, 10**12 - 1), st.from_regex(r"[A-Za-z0-9_-]{9,14}", fullmatch=True))
def test_other_ids_survive_their_address(sha: str, corpus: int, forum: str) -> None:
    for identifier in (
        Identifier("s2", sha),
        Identifier("corpusid", str(corpus)),
        Identifier("openreview", forum),
    ):
        assert parse_identifier(identifier.url) == identifier
        assert parse_identifier(str(identifier)) == identifier


# Whatever the text: an identifier or a reason, soon

pieces = st.sampled_from(
    [case.spelling for case in CASES]
    + ["arxiv:", "doi:", "https://", "arxiv.org", "/abs/", "10.1000/", "%", "%2", "?", "#", "//"]
    + ["\0", "\ud800", "<", ")", "v1", ".", " ", "&lt;", "\\_", "٣", "ſ", "K"]
)
texts = st.one_of(st.text(), st.lists(pieces, max_size=6).map("".join))


@given(texts)
@example("arxiv:" * 400)
@example("doi:https://doi.org/" * 100)
@example("%" * 2000)
def test_any_text_is_an_identifier_or_has_a_reason(text: str) -> None:
    try:
        identifier = parse_identifier(text)
    except InvalidIdentifier as error:
        assert str(error).endswith(".")
        assert find_identifier(text) is None
        return
    assert identifier.value.isascii()
    assert parse_identifier(str(identifier)) == identifier
    assert parse_identifier(identifier.url) == identifier
    assert str(identifier.base) in equivalents(identifier)


@given(texts)
def test_strict_finding_never_contradicts_parsing(text: str) -> None:
    found = find_identifier(text)
    assert found is None or found == find_identifier(text, bare=True) == parse_identifier(text)


@pytest.mark.parametrize(
    "piece",
    [" ", "0", "a", ")", "(", "<", "%", "/", ".", "1706.03762", "arXiv:", "doi:10.1000/x(", "\0",
     "arXiv:1706.03762v", "doi:10.1000/x<a:", "doi:10.1000.", "doi:10.1000/a.(", "https://arxiv.org/",
     "doi:10.1000/x[", "10.1000/", "\ud800"],
)  # fmt: skip
def test_ten_megabytes_of_anything_hold_no_identifier_and_come_to_an_end(piece: str) -> None:
    junk = piece * (10_000_000 // len(piece))
    assert find_identifier(junk) is None
    assert find_identifier(junk, bare=True) is None
    for _ in IDENTIFIER_IN_TEXT.finditer(junk):
        pass


@pytest.mark.parametrize("piece", ["/", "a/", "arxiv/", "10.1000/", "&id=", "0" * 40 + "/", ":"])
def test_hostile_addresses_come_to_an_end(piece: str) -> None:
    """A pattern that tried all ways to part them would not."""
    hosts = {case.spelling.split("/")[2] for case in VALID if "://" in case.spelling[:8]}
    for host in hosts:
        for path in ("/", "/abs/", "/forum?", "/paper/"):
            address = f"https://{host}{path}{piece * 3000}"[:2040] + "%x!x"
            find_identifier(address)


# Running prose


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("See arXiv:1706.03762.", ["arXiv:1706.03762"]),
        ("(arXiv:1706.03762v2, arXiv: 1810.04805)", ["arXiv:1706.03762v2", "arXiv: 1810.04805"]),
        (
            "arXiv:math/0309136; arXiv:math.GT/0309136v1!",
            ["arXiv:math/0309136", "arXiv:math.GT/0309136v1"],
        ),
        ("参见arXiv:1706.03762。", ["arXiv:1706.03762"]),
        ("_arXiv:1706.03762_ and **arXiv:1706.03762**", ["arXiv:1706.03762"]),
        ("at doi:10.1038/nature14539.", ["doi:10.1038/nature14539"]),
        ("DOI: 10.1038/nature14539, and", ["DOI: 10.1038/nature14539"]),
        ("(doi:10.1016/S0140-6736(05)67825-8)", ["doi:10.1016/S0140-6736(05)67825-8"]),
        ("(doi:10.1016/S0140-6736(05)).", ["doi:10.1016/S0140-6736(05)"]),
        (
            "doi:10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O, so",
            ["doi:10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"],
        ),
        ("<b>doi:10.1000/xyz</b> doi:10.1000/x<br>", ["doi:10.1000/xyz", "doi:10.1000/x"]),
        ("**doi:10.1000/xyz**, [doi:10.1000/x]", ["doi:10.1000/xyz", "doi:10.1000/x"]),
        ("doi:10.1000/a,doi:10.1000/b", ["doi:10.1000/a", "doi:10.1000/b"]),
        ("arXiv:1706.037621, arXiv:1706.03762.5, xarXiv:1706.03762", []),
        ("arXiv:１７０６.０３７６２, arXiv, doi: none, doi:10.5", []),
        ("https://api.semanticscholar.org/arXiv:1706.03762", []),
        ("1706.03762 and 10.1038/nature14539 are bare", []),
    ],
)
def test_ids_in_running_prose(prose: str, found: list[str]) -> None:
    matches = [match[0] for match in IDENTIFIER_IN_TEXT.finditer(prose)]
    assert list(dict.fromkeys(matches)) == found
    assert all(find_identifier(match) for match in matches)


# One paper, several names


@pytest.mark.parametrize(
    ("spelling", "names"),
    [
        ("1706.03762v5", {"arxiv:1706.03762"}),
        ("10.48550/arXiv.1706.03762", {"arxiv:1706.03762"}),
        ("10.1038/nature14539", {"doi:10.1038/nature14539"}),
        ("P19-1001", {"acl:P19-1001", "doi:10.18653/v1/p19-1001"}),
        ("10.18653/v1/P19-1001", {"acl:P19-1001", "doi:10.18653/v1/p19-1001"}),
        ("10.18653/v1/2020.acl-main.1", {"acl:2020.acl-main.1", "doi:10.18653/v1/2020.acl-main.1"}),
        (
            "10.3115/v1/D14-1162",
            {"acl:D14-1162", "doi:10.3115/v1/d14-1162", "doi:10.18653/v1/d14-1162"},
        ),
        ("10.3115/v1/P19-1001", {"doi:10.3115/v1/p19-1001"}),
        ("10.1000/v1/P19-1001", {"doi:10.1000/v1/p19-1001"}),
        ("10.18653/v1/P19-1001v2", {"doi:10.18653/v1/p19-1001v2"}),
        ("10.3115/1073083.1073135", {"doi:10.3115/1073083.1073135"}),
        ("openreview:ByJHuTgA-", {"openreview:ByJHuTgA-"}),
    ],
)
def test_equivalents(spelling: str, names: set[str]) -> None:
    assert equivalents(parse_identifier(spelling)) == names
    for other in names:  # whoever starts from another name arrives at the same set
        assert equivalents(parse_identifier(other)) == names
