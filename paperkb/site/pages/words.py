"""The words that scripts say, in the site's language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from paperkb.resources import templates_folder
from paperkb.site.context import SiteContext
from paperkb.site.design import static_files
from paperkb.site.page import Page, PageId, PageKind

PATH = "static/words.js"


def plan(context: SiteContext) -> Iterator[PageId]:
    """The one page. Scripts of the vault's own are part of its id, as what they say may change."""
    own = "".join(_scripts(context.library.root, shipped=False))
    yield PageId("words", hashlib.blake2b(own.encode(), digest_size=8).hexdigest() if own else "")


def compose(context: SiteContext, _page: PageId) -> Page:
    """``static/words.js``: the functions that scripts ask, with what is not English."""
    root = context.library.root
    scripts = [*_scripts(root, shipped=True), *_scripts(root, shipped=False)]
    return Page(PATH, "words.js", {"translated": context.words.used_by(scripts)})


KIND = PageKind(plan, compose)


def _scripts(root: Path, *, shipped: bool) -> Iterator[str]:
    """The texts of the scripts that are shipped, or of the vault's own."""
    for name, path in static_files(root).items():
        if name.endswith(".js") and path.is_relative_to(templates_folder()) == shipped:
            yield path.read_text(encoding="utf-8", errors="replace")
