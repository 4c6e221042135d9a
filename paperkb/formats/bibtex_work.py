"""The fields of one bibliography entry → ``Work``. Pure; values are LaTeX without delimiters."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from paperkb.formats.latex import braced_text, plain_address, plain_text
from paperkb.identifiers import Identifier, equivalents, find_identifier
from paperkb.model import Person, Work
from paperkb.people import parse_author_field

Values = Mapping[str, str]

_VENUES = (
    "journal",
    "journaltitle",
    "booktitle",
    "school",
    "institution",
    "publisher",
    "organization",
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d{2}(?!\d)", re.ASCII)
_URL = re.compile(r"https?://[^\s{}<>\"]+", re.IGNORECASE)
# «arXiv preprint arXiv:1706.03762», «CoRR, abs/1706.03762», «ArXiv:math/0309136v1»
_ARXIV_IN_TEXT = re.compile(
    r"(?:\barxiv\s*:\s*|\babs/)((?:[a-z-]+(?:\.[a-z-]+)?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)(?!\d)",
    re.IGNORECASE | re.ASCII,
)


def work_from(values: Values, key: str) -> Work:
    """The work that an entry describes; ``key`` stands in for a title that it does not have."""
    found = list(_identifiers(values))
    arxiv = next((one for one in found if one.kind == "arxiv"), None)
    doi = next((one for one in found if one.kind == "doi"), None)
    date = _date(values)
    primary = values.get("primaryclass") or values.get("eprintclass") or ""
    return Work(
        title=_title(values) or key,
        authors=_authors(values),
        year=_year(values),
        date=date,
        arxiv=arxiv.value if arxiv else None,
        version=arxiv.version if arxiv else None,
        doi=doi.value if doi else None,
        venue=next(filter(None, (plain_text(values.get(name, "")) for name in _VENUES)), None),
        url=_url(values),
        abstract=plain_text(values.get("abstract", "")),
        categories=(plain_text(primary),) if arxiv and primary else (),
        ids=frozenset(name for one in found for name in equivalents(one)),
    )


def _title(values: Values) -> str:
    title = next(filter(None, (plain_text(values.get(n, "")) for n in ("title", "booktitle"))), "")
    subtitle = plain_text(values.get("subtitle", ""))
    return f"{title}: {subtitle}" if title and subtitle else title


def _authors(values: Values) -> tuple[Person, ...]:
    for name in ("author", "editor"):
        if people := parse_author_field(braced_text(values.get(name, ""))):
            return people
    return ()


def _year(values: Values) -> int | None:
    for name in ("year", "date"):
        if match := _YEAR.search(plain_text(values.get(name, ""))):
            return int(match[0])
    return None


def _date(values: Values) -> datetime.date | None:
    """The day, where the entry names one; a month alone is no date, and is not made into one."""
    day = _ISO_DATE.match(values.get("date", "").strip())
    text = day[0] if day else _day_by_parts(values)
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _day_by_parts(values: Values) -> str:
    year, day = _year(values), re.fullmatch(r"\d{1,2}", values.get("day", "").strip())
    month = plain_text(values.get("month", "")).lower()
    if month[:3] in _MONTHS:
        month = str(_MONTHS.index(month[:3]) + 1)
    if not (year and day and month.isdecimal()):
        return ""
    return f"{year:04}-{int(month):02}-{int(day[0]):02}"


def _url(values: Values) -> str | None:
    for name in ("url", "howpublished", "note"):
        text = plain_address(values.get(name, ""))
        if match := _URL.match(text):
            return match[0]
    return None


def _identifiers(values: Values) -> Iterator[Identifier]:
    """Every id in the fields that name the work itself, the most explicit first.

    A note may name another paper («Comment on arXiv:…»), so there it must come first.
    """
    candidates = [_eprint(values), find_identifier(plain_address(values.get("doi", "")), bare=True)]
    candidates.append(find_identifier(_url(values) or ""))
    for name in ("journal", "journaltitle", "volume", "number", "pages", "howpublished", "note"):
        text = plain_address(values.get(name, ""))
        match = _ARXIV_IN_TEXT.search(text)
        if match and (name != "note" or text.lower().startswith("arxiv")):
            candidates.append(find_identifier(f"arXiv:{match[1]}"))
    yield from filter(None, candidates)


def _eprint(values: Values) -> Identifier | None:
    eprint = plain_address(values.get("eprint", ""))
    archive = values.get("archiveprefix") or values.get("eprinttype") or "arxiv"
    if not eprint or archive.strip("{} ").lower() != "arxiv":
        return None
    if re.fullmatch(r"\d{7}(?:v\d+)?", eprint):  # the archive of an old id may stand apart
        eprint = f"{plain_text(values.get('primaryclass', ''))}/{eprint}"
    found = find_identifier(eprint, bare=True)
    return found if found and found.kind == "arxiv" else None
