"""Files about all papers: ``papers.bib``, ``papers.json`` (CSL-JSON) and ``llms.txt``.

What each note adds is in the index as it is written here (``library/catalogue.py``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from paperkb.library.catalogue import markdown_text
from paperkb.paths import digest
from paperkb.site.context import SiteContext
from paperkb.site.metadata import markdown_path
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.urls import absolute

BIB, CSL, LLMS = "papers.bib", "papers.json", "llms.txt"
_OTHERS = "Other papers"


def compose_bib(context: SiteContext, _page: PageId) -> Page:
    """``papers.bib``: an entry for each note."""
    return _text(BIB, "\n".join(_entries(context.catalogue("bibtex"))))


def compose_csl(context: SiteContext, _page: PageId) -> Page:
    """``papers.json``: the same as CSL-JSON, and what the reader says below ``custom``."""
    items = []
    base, paths = context.settings.url, context.note_paths
    for key, csl, facts in context.catalogue("csl", "facts"):
        page = absolute(paths[key], base)
        where = f'"page":"{page}","markdown":"{markdown_path(page)}"'
        more = facts[1:] if facts == "{}" else f",{facts[1:]}"
        items.append(f'{csl[:-1]},"custom":{{"paperkb":{{{where}{more}}}}}')
    return _text(CSL, "[\n" + ",\n".join(items) + "\n]\n")


def compose_llms(context: SiteContext, _page: PageId) -> Page:
    """``llms.txt``: what there is to read, by first topic, as links to the Markdown copies. See
    https://llmstxt.org."""
    settings, paths = context.settings, context.note_paths
    shelves: dict[str, list[str]] = defaultdict(list)
    labels: dict[str, str] = {}
    for key, shelf, link, about in context.catalogue("shelf", "link", "about"):
        address = absolute(markdown_path(paths[key]), settings.url)
        line = f"- [{link}]({address.replace('(', '%28').replace(')', '%29')})"
        shelves[shelf.casefold()].append(f"{line}: {about}" if about else line)
        labels[shelf.casefold()] = shelf
    lines = [f"# {markdown_text(settings.title)}", ""]
    if settings.description:
        lines += [f"> {markdown_text(settings.description)}", ""]
    lines += ["Notes on research papers, each as Markdown with its facts on top.", ""]
    others = shelves.pop("", [])
    for shelf in sorted(shelves):
        lines += [f"## {markdown_text(labels[shelf])}", "", *shelves[shelf], ""]
    if others:
        lines += [f"## {_OTHERS if shelves else 'Papers'}", "", *others, ""]
    lines += ["## Optional", ""]
    for name, path, about in (
        ("BibTeX", BIB, "all papers, to cite"),
        ("CSL-JSON", CSL, "all papers with status, rating, tags and topics"),
        ("Atom", "feed.xml", "what was read last"),
    ):
        lines.append(f"- [{name}]({absolute(path, settings.url)}): {about}")
    return _text(LLMS, "\n".join(lines) + "\n")


BIBTEX = PageKind(only(PageId("papers-bib")), compose_bib)
CSL_JSON = PageKind(only(PageId("papers-json")), compose_csl)
LLMS_TXT = PageKind(only(PageId("llms")), compose_llms)


def _entries(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Entries, no two of them with one key: BibTeX knows no case and fewer signs than files do."""
    seen: set[str] = set()
    for note_key, entry in rows:
        start, end = entry.index("{") + 1, entry.index(",")
        key = entry[start:end]
        folded = key.casefold()
        if folded in seen:
            key = f"{key}-{digest(note_key)}"
            seen.add(key.casefold())
            yield f"{entry[:start]}{key}{entry[end:]}"
        else:
            seen.add(folded)
            yield entry


def _text(path: str, text: str) -> Page:
    return Page(path, content=text.encode("utf-8", "replace"))
