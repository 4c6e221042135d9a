"""Any spelling of a paper's identifier ↔ its canonical form. Pure: no network, no clock, no files.

A spelling is one of three things, tried in this order: a prefix and an id (``arXiv:1706.03762``),
the address of a page (``https://arxiv.org/abs/1706.03762``), a bare id (``1706.03762``). Each comes
down to the text of an id, and one reader per kind makes an ``Identifier`` of it or says why not.

All patterns are ASCII, ``(?a)``: else ``\\d`` takes full-width digits, and ``s`` takes ``ſ``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, total_ordering
from typing import Literal
from urllib.parse import quote, unquote

Kind = Literal["arxiv", "doi", "acl", "openreview", "s2", "corpusid"]


class InvalidIdentifier(ValueError):  # noqa: N818 (the name says what it is, not that it is one)
    """Not an identifier; the text says in one sentence what is wrong and what would be right."""


@total_ordering  # rather than order=True, which cannot compare «no version» with a version
@dataclass(frozen=True, slots=True)
class Identifier:
    """The canonical name of a paper: ``value`` in its one spelling, ``version`` for arXiv only."""

    kind: Kind
    value: str
    version: int | None = None

    def __str__(self) -> str:
        """``arxiv:1706.03762v5``, ``doi:10.1038/nature14539``: what notes and indexes store."""
        return f"{self.kind}:{self.value}" + (f"v{self.version}" if self.version else "")

    def __lt__(self, other: Identifier) -> bool:
        """By kind, value and version; a paper stands before its versions."""
        mine = (self.kind, self.value, self.version or 0)
        return mine < (other.kind, other.value, other.version or 0)

    @property
    def base(self) -> Identifier:
        """The paper, whichever version was meant."""
        return Identifier(self.kind, self.value)

    @property
    def url(self) -> str:
        """The page that a reader would open; the version's own, if there is one."""
        return _KINDS[self.kind][0] + quote(str(self).partition(":")[2], safe="/:;(),@+=~!$")


def parse_identifier(text: str) -> Identifier:
    """The identifier that ``text`` spells, in any way that a person would paste.

    Raises:
        InvalidIdentifier: there is none, or an impossible one, and why.
    """
    tidy = _tidied(text)
    return _read_prefixed(tidy) or _read_address(tidy) or _read_bare(tidy)


def find_identifier(text: str, *, bare: bool = False) -> Identifier | None:
    """The identifier that a link leads to, or None.

    Only a full address or a prefixed id will do: a link to ``2001.01234`` more often means a file.
    With ``bare``, whatever ``parse_identifier`` takes.
    """
    if not bare and not _EXPLICIT.match(text):
        return None
    try:
        return parse_identifier(text)
    except InvalidIdentifier:
        return None


def equivalents(identifier: Identifier) -> frozenset[str]:
    """All names of this paper that follow from this one, canonical and without version.

    ``acl:P19-1001`` is ``doi:10.18653/v1/p19-1001``; in 2014 and 2015 ACL had a second prefix too.
    """
    own, value = str(identifier.base), identifier.value
    acl = _ACL.fullmatch(value if identifier.kind == "acl" else value.partition("/v1/")[2])
    if not acl:
        return frozenset([own])
    prefixes = ["10.18653", "10.3115"] if acl[1][1:3] in {"14", "15"} else ["10.18653"]
    names = {f"acl:{_spelt_as_acl(acl[1])}", *(f"doi:{p}/v1/{acl[1].lower()}" for p in prefixes)}
    return frozenset(names if own in names else [own])


IDENTIFIER_IN_TEXT = re.compile(
    r"""(?aix)(?<![\w/.=&%@\#-])  # not in the middle of a word or of an address
    (?: arxiv:[ \xa0]? (?:\d{4}\.\d{4,5}|[a-z-]{2,8}(?:\.[a-z-]+)?/\d{7}) (?:v\d+)? (?![a-z\d]|\.\d)
      | doi:[ \xa0]? 10\.\d{4,9}(?:\.\d+)*/
        # punctuation only between what it joins, brackets only in pairs; ++ keeps the time linear
        # (not of the group: before Python 3.11.5 it forgets where one of its turns failed)
        (?: [a-z\d]++ | [-._,:;/+=@$]++ (?=[a-z\d(<\[]) (?!(?:arxiv|doi|https?):)
          | \([^\s()]{1,99}\) | \[[^\s\[\]]{1,99}\] | <[a-z\d]+:[^\s<>]{0,99}> | -\#(?!\w) )+ )"""
)
"""Prefixed ids in running prose, without the punctuation after them; perhaps impossible ones."""

# What stands around a pasted id

_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff\xad"  # web pages and PDFs leave these behind
_BEFORE = "<([{\"'`*“‘«（【《" + _INVISIBLE
_AFTER = ".,;:!?\"'`*/\\’”»…。，；：！？、）】》" + _INVISIBLE
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}
_ADVICE = "an arXiv id (1706.03762), a DOI (10.1038/nature14539) or the address of either would do"


def _tidied(text: str) -> str:
    text = text.strip()
    if len(text) > 2048:  # no paper's address comes near, and it bounds all work below
        raise _invalid(text, "a paper's identifier", f"it is too long; {_ADVICE}")
    text = text.lstrip(_BEFORE).lstrip().replace("\\_", "_")  # BibTeX and Markdown escape it
    text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    return _without_ending(text)


def _without_ending(text: str) -> str:
    """Without closing punctuation; a bracket that was opened in the id stays: ``…6736(05)``."""
    while (last := text[-1:]) and (
        last in _AFTER or last.isspace() or text.count(last) > text.count(_OPENING.get(last, last))
    ):
        text = text[:-1]
    return text


def _invalid(text: str, what: str, why: str) -> InvalidIdentifier:
    shown = text if len(text) <= 80 else text[:79] + "…"
    return InvalidIdentifier(f"{shown!r} is not {what}: {why}.")


# arXiv: https://info.arxiv.org/help/arxiv_identifier.html. The archives are those that gave out
# ids of their own, until March 2007; stat, q-fin, eess and econ came later.
_ARCHIVE = re.compile(
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|"
    "cond-mat|cs|dg-ga|funct-an|gr-qc|hep-(ex|lat|ph|th)|math|math-ph|mtrl-th|nlin|nucl-(ex|th)|"
    "patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_ARXIV = re.compile(
    r"(?ai)(?:(?:corr[\s,]*)?abs/|arxiv:)?"  # «CoRR abs/1706.03762», as DBLP has it
    r"(?:(?P<archive>[a-z-]+)(?:\.[a-z-]+)?/)?(?P<number>\d[\d.]*)(?:\s*v(?P<version>\d+))?"
    r"(?:\s*\[[a-z.-]+\])?(?:\s+\d\d?\s+[a-z]{3}\s+\d{4})?"  # «[q-bio.CB] 1 Jun 2007»
)
_ARXIV_SHAPE = "it should look like 1706.03762 or math/0309136, with v2 behind it for a version"


def _read_arxiv(text: str) -> Identifier:
    found = _ARXIV.fullmatch(unquote(text))
    if not found:
        raise _invalid(text, "an arXiv id", _ARXIV_SHAPE)
    archive, number, version = (found["archive"] or "").lower(), found["number"], found["version"]
    if wrong := _wrong_with_arxiv(archive, number, version or "1"):
        raise _invalid(text, "an arXiv id", wrong)
    value = f"{archive}/{number}" if archive else number
    return Identifier("arxiv", value, int(version) if version else None)


def _wrong_with_arxiv(old: str, number: str, version: str) -> str:
    """The first thing wrong, or "": ``old`` is the archive of an id from before April 2007."""
    yymm, serial = (number[:4], number[4:]) if old else number.partition(".")[::2]
    digits = 3 if old else 4 if yymm < "1501" else 5
    checks = (
        (old and "." in number, f"ids with a point name no archive: write {number} alone"),
        (old and not _ARCHIVE.fullmatch(old), f"{old} gave out no such ids, as math or cs did"),
        (len(yymm) != 4 or not serial.isdigit(), _ARXIV_SHAPE),
        (not "01" <= yymm[2:] <= "12", f"there is no month {yymm[2:]}"),
        (old and "0703" < yymm < "9107", "ids with an archive run from 9107 to 0703 (March 2007)"),
        (not old and yymm < "0704", "ids before 0704 name an archive, as math/0309136 does"),
        (len(serial) != digits, f"{yymm} is followed by {digits} digits, not by {len(serial)}"),
        (not serial.strip("0"), "the number after the month is counted from 1"),
        (version.startswith("0"), "versions are counted from v1"),
    )
    return next((reason for wrong, reason in checks if wrong), "")


# DOI: https://www.doi.org/the-identifier/resources/handbook. Upper and lower case are the same.
# Real ones contain ( ) < > [ ] ; and a last #. Those with % & ? or beyond ASCII are refused: they
# are hardly ever meant, and could not be told from an escape, a query or the text around.
_DOI = re.compile(r"(?ai)10\.\d{4,9}(?:\.\d+)*/(?=.*[a-z\d])")
_NOT_IN_DOI = re.compile(r"(?ai)[^a-z\d!$'()*+,\-./:;<=>@\[\]_~#]|#(?!\Z)")


def _read_doi(text: str) -> Identifier:
    doi = _without_ending(unquote(re.sub(r"(?s)[?#].+", "", text)))
    if not _DOI.match(doi):
        raise _invalid(text, "a DOI", "it should be like 10.1038/nature14539, slash and suffix too")
    if foreign := _NOT_IN_DOI.search(doi):
        raise _invalid(text, "a DOI", f"it should have no {foreign[0]!r} there")
    doi = doi.lower()
    if doi.startswith("10.48550/arxiv."):  # registered by arXiv for the id, so no name of its own
        return _read_arxiv(doi.removeprefix("10.48550/arxiv."))
    return Identifier("doi", doi)


# The other kinds have no rules beyond their shape. https://aclanthology.org/info/ids/: a letter per
# venue until 2019; v2 and e1 are corrected files. OpenReview's ids keep their case.
_Reader = Callable[[str], Identifier]
_ACL = re.compile(r"(?ai)([AC-FH-UW-Y][016-9]\d-\d{4}|[12]\d{3}\.[a-z]\w*-\w+\.\d+)(?:[ve]\d+)?")


def _spelt_as_acl(text: str) -> str:
    return text.upper() if text[0].isalpha() else text.lower()


def _read(kind: Kind, shape: str, spelt: Callable[[str], str], like: str, text: str) -> Identifier:
    if found := re.fullmatch(shape, text):
        return Identifier(kind, spelt(found[1]))
    raise _invalid(text, f"an id of the kind {kind}", f"it should look like {like}")


_read_acl = partial(_read, "acl", _ACL.pattern, _spelt_as_acl, "P19-1001 or 2020.acl-main.1")
_read_openreview = partial(_read, "openreview", r"(?a)([\w-]{6,40})", str, "ByJHuTgA-")
_read_s2 = partial(_read, "s2", r"(?ai)([\da-f]{40})", str.lower, "40 digits and letters a to f")
_read_corpusid = partial(_read, "corpusid", r"(?a)([1-9]\d{0,11})", str, "13756489")

_KINDS: dict[str, tuple[str, _Reader]] = {  # what stands before the id in its address; its reader
    "arxiv": ("https://arxiv.org/abs/", _read_arxiv),
    "doi": ("https://doi.org/", _read_doi),
    "acl": ("https://aclanthology.org/", _read_acl),
    "openreview": ("https://openreview.net/forum?id=", _read_openreview),
    "s2": ("https://www.semanticscholar.org/paper/", _read_s2),
    "corpusid": ("https://api.semanticscholar.org/CorpusID:", _read_corpusid),
}

# The three ways of spelling: a prefix and an id; an address; a bare id

_PREFIX = rf"(?:oai:)?({'|'.join(_KINDS)})(?:\.org)?"
_PREFIXED = re.compile(rf"(?ais){_PREFIX}(?:\s+(?:pre|e-?)prints?,?)?(?:\s*:\s*|\s+)(.+)")
_EXPLICIT = re.compile(rf"(?i)[\s{re.escape(_BEFORE)}]*(?:https?://|{_PREFIX}\s*:)")


def _read_prefixed(text: str) -> Identifier | None:
    kind = ""
    while found := _PREFIXED.fullmatch(text):  # the last one counts: «arXiv preprint arXiv:…»
        kind, text = found[1].lower(), found[2]
    if not kind:
        return None
    return _read_address(text) if "://" in text[:8] else _KINDS[kind][1](text)


def _read_bare(text: str) -> Identifier:
    if text.startswith("10."):
        return _read_doi(text)
    if _ARXIV.fullmatch(text):
        return _read_arxiv(text)
    if _ACL.fullmatch(text) and not text[0].islower():  # a12-3456 may be anything
        return _read_acl(text)
    raise _invalid(text, "a paper's identifier", _ADVICE)


# Pages: the kind of id, the hosts («*.» is any host below, «www.» never counts) and the path. ID is
# the id, DOI is one somewhere in the path; brackets do the same in full. A query may follow.
_SITES = r"""
arxiv      arxiv.org,*.arxiv.org,xxx.lanl.gov  (?:abs|e-print|format|ftp/[^?]*|html|pdf|ps|src)/+ID
arxiv      ar5iv.org,ar5iv.labs.arxiv.org,alphaxiv.org  (?:[a-z]{2}/)?(?:abs|html|overview|pdf)/ID
arxiv      huggingface.co,hf.co,arxiv-vanity.com,emergentmind.com  (?:api/)?papers/ID
arxiv      scirate.com,papers.cool,ui.adsabs.harvard.edu    (?:abs/)?arxiv[:/]ID(?:/abstract)?
arxiv      semanticscholar.org,api.semanticscholar.org      (?:[^?]*/)?arxiv[:/]ID(?:/[a-z]+)?
s2         semanticscholar.org,api.semanticscholar.org      (?:[^?]*/)?([\da-f]{40})(?:/.*)?
corpusid   api.semanticscholar.org                          (?:[^?]*/)?corpusid:ID(?:/[a-z]+)?
openreview openreview.net  (?:attachment|forum|pdf)/?\?(?:.*&)?id=([^&]*)(?:&.*)?
acl        aclanthology.org                                 ID(?:\.bib)?
acl        aclweb.org,anthology.aclweb.org                  (?:anthology(?:-new)?/)?(?:./.\d+/)?ID
doi        doi.org,dx.doi.org,doi.acm.org                   (?:doi:)?(10\..+?)
doi        journals.plos.org                                [^?]+\?(?:.*&)?id=([^&]*)(?:&.*)?
doi        biorxiv.org,medrxiv.org  (?:content|lookup/doi)/(10\.\d+/[\d.]*\d)(?:v\d+)?(?:\.[a-z-]+)*
doi        api.semanticscholar.org,dl.acm.org,iopscience.iop.org,journals.aps.org,link.aps.org  DOI
doi        link.springer.com,onlinelibrary.wiley.com,*.onlinelibrary.wiley.com,tandfonline.com  DOI
doi        pnas.org,science.org,pubs.acs.org,journals.sagepub.com,royalsocietypublishing.org  DOI
doi        epubs.siam.org,annualreviews.org,direct.mit.edu,degruyter.com,frontiersin.org  DOI
"""
_IN_PATH = {
    "ID": r"(.+?)(?:\.pdf)?",
    "DOI": r"(?:[^?]*?[/:])?(10\.\d{4,9}(?:/|%2F).+?)(?:\.epub|\.html?|\.pdf)?"
    r"(?:/(?:abstract|citations|epdf|epub|full|html|meta|pdf|references|summary))*",
}
_PAGES: dict[str, list[tuple[str, _Reader]]] = {}  # patterns that re compiles when it meets them
for _kind, _hosts, _path in map(str.split, _SITES.strip().splitlines()):
    _page = re.sub("DOI|ID", lambda found: _IN_PATH[found[0]], _path)
    for _host in _hosts.split(","):
        _PAGES.setdefault(_host, []).append((rf"(?ais)/++(?:{_page})/*(?:\?.*)?", _KINDS[_kind][1]))

_ADDRESS = re.compile(r"(?ais)(?:(?:https?:)?//)?([a-z\d.-]+)(?::80|:443)?(/[^\s#]*)(?:#.*)?")


def _read_address(text: str) -> Identifier | None:
    """None if it is no address; without ``//`` only a known host tells one from ``math.GT/…``.
    No user name may stand in it: https://arxiv.org@evil.example/ is not arXiv's."""
    found = _ADDRESS.fullmatch(text)
    host = found[1].lower().removeprefix("www.") if found else ""
    pages = _PAGES.get(host) or _PAGES.get("*." + host.partition(".")[2], [])
    for page, read in pages:
        if found and (match := re.fullmatch(page, found[2])):
            return read(match[1])
    if pages or "//" in text[:8]:
        raise _invalid(text, "an address that tells a paper's id", _ADVICE)
    return None
