"""``Work`` → one bibliography entry, as BibTeX and biber read it. Accents stay UTF-8.

Written here and not by bibtexparser, which writes fields as they come: what has to be known is
LaTeX's signs, which capitals a style may not lower, and what a venue is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperkb.identifiers import Identifier, find_identifier
from paperkb.model import Person, Work

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SIGNS = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    # BibTeX counts the braces of \{ and \} too, and these come alone.
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    **{sign: "\\" + sign for sign in "#$%&_"},
}  # fmt: skip
_SIGN = re.compile(r"[\\~^{}#$%&_]")
_NOT_IN_KEY = re.compile(r"[\s,{}()%#\\\"'~=@]+")
_NOT_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
# Pandoc's rule: «$5 and $10» are prices.
_MATH = re.compile(r"(\$(?! )(?:[^$\\]|\\[^$])+(?<! )\$(?!\d))")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_FROM_FIRST_LETTER = 4
"""Letters from which a word in a title in title case begins with a capital."""

_PREPRINT = re.compile(r"(?i)\b(?:arxiv|corr|biorxiv|medrxiv|preprint|openreview)\b")
_UNPUBLISHED = re.compile(r"(?i)\b(?:blog|thesis|technical|report|university|manuscript|website)\b")
_JOURNAL = re.compile(
    r"(?i)\b(?:journal|transactions?|trans\.|letters|reviews?|magazine|annals|j\.|commun\.|acta|"
    r"bulletin|found\.|jmlr|tmlr|tacl|t?pami|ijcv|tnnls|tog|pnas|csur|tist|jair|jacm|tois|tkde)"
    r"|^(?:the )?proceedings of the (?:ieee|national academy.*)$"
)
_MEETING = re.compile(
    r"(?i)\b(?:proceedings|proc\.|conference|conf\.|symposium|workshops?|congress|meeting|"
    r"association for|advances in neural information)"
)
_ACRONYM = re.compile(r"(?:[a-zA-Z]+ )?[A-Z][A-Za-z/-]*[A-Z]+\d?(?: ?[’']?\d{2}(?:\d\d)?)?")
"""«NeurIPS», «ICML '08», «CVPR 2011»; journals by an acronym are known above."""


def bibtex_entry(key: str, work: Work) -> str:
    """The entry of a work, with a newline at its end. ``key`` is cited as ``entry_key(key)``."""
    kind, venue = _kind(work)
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(work, venue) if value]
    return "\n".join([f"@{kind}{{{entry_key(key)},", *lines, "}\n"])


def entry_key(key: str) -> str:
    """A key as BibTeX takes it, which refuses spaces, commas and brackets."""
    return _NOT_IN_KEY.sub("-", key).strip("-") or "paper"


def _kind(work: Work) -> tuple[str, str]:
    """(type of entry, the field that names the venue)."""
    venue = work.venue or ""
    if not venue or _PREPRINT.search(venue) or _UNPUBLISHED.search(venue):
        return "misc", "howpublished"
    if _JOURNAL.search(venue):
        return "article", "journal"
    if _MEETING.search(venue) or _ACRONYM.fullmatch(venue.strip()):
        return "inproceedings", "booktitle"
    return "article", "journal"


def _fields(work: Work, venue: str) -> Iterator[tuple[str, str]]:
    yield "title", _title(work.title)
    yield "author", " and ".join(map(_name, work.authors))
    # An eprint says itself that it is on arXiv.
    if work.venue and not (work.arxiv and _PREPRINT.search(work.venue)):
        yield venue, _escaped(work.venue)
    yield "year", str(work.year or (work.date.year if work.date else ""))
    if venue == "howpublished" and work.date and work.date.year == work.year:
        yield "month", _MONTHS[work.date.month - 1]
    if work.arxiv:
        yield "eprint", work.arxiv
        yield "archivePrefix", "arXiv"
        yield "primaryClass", _escaped(work.categories[0]) if work.categories else ""
    if work.doi:
        yield "doi", _address(work.doi)
    yield "url", _address(_url(work))


def _url(work: Work) -> str:
    if work.url and work.url.startswith(("https://", "http://")):
        named = find_identifier(work.url)
        if named is None or str(named.base) not in work.ids:
            return work.url
    return Identifier("arxiv", work.arxiv).url if work.arxiv else ""


def _name(person: Person) -> str:
    """``Family, Given``; a name in one part is braced, so that it is not taken apart."""
    family, given = _part(person.family), _part(person.given)
    if given:
        return f"{family}, {given}"
    return family if " " not in person.family or family[0] == "{" else f"{{{family}}}"


def _part(name: str) -> str:
    """A part of a name: a comma or an «and» in it separates nothing."""
    separates = "," in name or re.search(r"(?i)\band\b", name)
    return f"{{{_escaped(name)}}}" if separates else _escaped(name)


def _title(title: str) -> str:
    """A title with braces around what a style that lowers titles must leave: math, acronyms, and
    in a title like a sentence every capital after the first word."""
    parts = _MATH.split(" ".join(title.split()))
    words = [word[0] for part in parts[::2] for word in _WORD.finditer(part)][1:]
    long = [word for word in words if len(word) >= _FROM_FIRST_LETTER and word[0].isalpha()]
    is_sentence = sum(word[0].isupper() for word in long) * 2 < len(long)
    is_loud = title.upper() == title  # its capitals say nothing
    made = []
    for number, part in enumerate(parts):
        if number % 2:
            made.append(f"{{{part}}}" if _is_balanced(part) else _escaped(part))
            continue
        at = 0
        for word in _WORD.finditer(part):
            made.append(_escaped(part[at : word.start()]))
            is_first = number == 0 and not part[: word.start()].strip()
            after_colon = part[: word.start()].rstrip().endswith(":")
            is_name = is_sentence and word[0][0].isupper() and word[0] != "A"
            is_kept = not is_loud and (
                _has_inner_capital(word[0]) or (is_name and not is_first and not after_colon)
            )
            made.append(f"{{{word[0]}}}" if is_kept else word[0])
            at = word.end()
        made.append(_escaped(part[at:]))
    return "".join(made)


def _has_inner_capital(word: str) -> bool:
    """«BERT», «ImageNet», «U-Net», «3D»; but not «Encoder-Decoder»."""
    if word.isalpha() and word[1:].islower():  # as most are
        return False
    parts = re.split("[-'’]", word)
    single = len(parts) > 1 and any(len(part) == 1 and part.isupper() for part in parts)
    return single or any(char.isupper() for part in parts for char in part[1:])


def _is_balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _escaped(text: str) -> str:
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], " ".join(text.split()) if "\n" in text else text)


def _address(text: str) -> str:
    """An address or DOI: verbatim but for what would end the field."""
    return re.sub(r"[{}\\\s]", lambda sign: _NOT_IN_ADDRESS.get(sign[0], ""), text)
