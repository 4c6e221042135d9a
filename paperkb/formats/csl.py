"""``Work`` → one item of CSL-JSON, the form in which citeproc, Pandoc and Zotero exchange papers.

Source: the schema ``csl-data.json`` of the Citation Style Language, version 1.0.2. What it has no
field for goes below ``custom``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from paperkb.formats.addresses import work_address
from paperkb.formats.bibtex_entry import bibtex_entry
from paperkb.model import Person, Work

JOURNAL, MEETING = "article-journal", "paper-conference"
_TYPES = {"article": JOURNAL, "inproceedings": MEETING}


@lru_cache(maxsize=4096)
def csl_type(venue: str) -> str:
    """The type of what appeared at a venue; empty if it is neither a journal nor a meeting."""
    entry = bibtex_entry("", Work("", venue=venue))  # which knows what a venue is
    return _TYPES.get(entry[1 : entry.index("{")], "")


def csl_item(key: str, work: Work) -> dict[str, Any]:
    """The item of a work, ready for JSON."""
    published = csl_type(work.venue or "")
    is_preprint = not published and work.arxiv
    item: dict[str, Any] = {
        "id": key,
        "type": published or ("article" if is_preprint else "document"),
        "title": work.title,
    }
    if work.authors:
        item["author"] = [_name(person) for person in work.authors]
    if issued := date_parts(work):
        item["issued"] = {"date-parts": [issued]}
    if is_preprint:
        item |= {"publisher": "arXiv", "number": f"arXiv:{work.arxiv}", "genre": "Preprint"}
    elif work.venue:
        item["container-title"] = work.venue
    if work.doi:
        item["DOI"] = work.doi
    if url := work_address(work):
        item["URL"] = url
    return item


def date_parts(work: Work) -> list[int]:
    """Year, and month and day where they are of that year: a paper's first version is often of the
    year before its publication. Empty if nothing is known."""
    if work.date and work.year in (None, work.date.year):
        return [work.date.year, work.date.month, work.date.day]
    return [work.year] if work.year else []


def _name(person: Person) -> dict[str, str]:
    if person.given:
        return {"family": person.family, "given": person.given}
    return {"literal": person.family}
