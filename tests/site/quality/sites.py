"""Which pages of a site stand for all: some of each kind, whatever kinds there are."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

LARGEST = 400_000
"""Bytes of a page that a browser can still be asked hard questions about."""


def is_redirect(path: Path) -> bool:
    """Whether a page only leads to another one: nobody reads it."""
    with path.open("rb") as file:
        return b'http-equiv="refresh"' in file.read(2000)


class Published(NamedTuple):
    """A site and where it is: from disk, and below a path of a server."""

    name: str
    folder: Path
    addresses: dict[str, str]

    def kinds(self) -> dict[str, list[str]]:
        """Kind → its pages, the largest first. A kind is a folder's pages, and apart from these its
        index, and further parts of long lists."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for path in self.folder.rglob("*.html"):
            if is_redirect(path):
                continue
            name = path.relative_to(self.folder).as_posix()
            folder, _, rest = name.partition("/")
            last = name.rpartition("/")[2].removesuffix(".html")
            kind = f"{folder} index" if rest and last == "index" else folder
            kind += " part" if "=" in last else ""
            found[kind].append((-path.stat().st_size, name))
        return {kind: [name for _, name in sorted(pages)] for kind, pages in sorted(found.items())}

    def examples(self, number: int = 1) -> list[str]:
        """Some pages of each kind: the largest that is not huge, the smallest, and between them."""
        chosen: list[str] = []
        for pages in self.kinds().values():
            handy = [p for p in pages if (self.folder / p).stat().st_size <= LARGEST] or pages[-1:]
            step = max((len(handy) - 1) / max(number - 1, 1), 1)
            places = dict.fromkeys(min(round(n * step), len(handy) - 1) for n in range(number))
            chosen += [handy[place] for place in places]
        return chosen

    def pages(self) -> list[str]:
        """All pages."""
        return sorted(name for pages in self.kinds().values() for name in pages)
