"""Every kind of page that a site has, in one list."""

from __future__ import annotations

from collections.abc import Iterator

from paperkb.site import assets, feeds
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind
from paperkb.site.pages import (
    authors,
    catalogue,
    citing,
    home,
    markdown,
    missing,
    not_found,
    note,
    notes,
    redirects,
    results,
    search,
    search_index,
    status,
    tags,
    topics,
    venues,
    words,
    years,
)

KINDS: dict[str, PageKind] = {
    "home": home.KIND,
    "notes": notes.KIND,
    "note": note.KIND,
    "citing": citing.KIND,
    "markdown": markdown.KIND,
    "topics": topics.INDEX,
    "topic": topics.KIND,
    "tags": tags.INDEX,
    "tag": tags.KIND,
    "authors": authors.INDEX,
    "author": authors.KIND,
    "years": years.INDEX,
    "year": years.KIND,
    "venues": venues.INDEX,
    "venue": venues.KIND,
    "results": results.INDEX,
    "result": results.KIND,
    "status": status.KIND,
    "missing": missing.KIND,
    "404": not_found.KIND,
    "feed": feeds.KIND,
    "topic-feed": feeds.TOPIC,
    "json-feed": feeds.JSON_FEED,
    "papers-bib": catalogue.BIBTEX,
    "papers-json": catalogue.CSL_JSON,
    "llms": catalogue.LLMS_TXT,
    "redirect": redirects.KIND,
    "search": search.KIND,
    "search-meta": search_index.META,
    "terms": search_index.TERMS,
    "places": search_index.PLACES,
    "found": search_index.NOTES,
    "shorthand": search_index.SHORTHAND,
    "all": search_index.ALL,
    "order": search_index.ORDER,
    "similar": search_index.SIMILAR,
    "facet": search_index.FACET,
    "words": words.KIND,
    "static": assets.STATIC,
    "file": assets.ATTACHMENT,
    "nojekyll": assets.NO_JEKYLL,
}

OF_A_NOTE = frozenset(("note", "markdown", "found"))
"""Kinds whose pages are made from the text of the note that their name is the key of."""


def plan_site(context: SiteContext) -> Iterator[PageId]:
    """The ids of all pages but the sitemap, which is made from the others."""
    for kind in KINDS.values():
        yield from kind.plan(context)


def compose(context: SiteContext, page: PageId) -> Page:
    """One page."""
    return KINDS[page.kind].compose(context, page)
