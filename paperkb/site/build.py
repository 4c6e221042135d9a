"""Library → site. Whether there is anything to do is asked first, and costs next to nothing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from operator import methodcaller
from pathlib import Path

from paperkb.library.history import follow_history
from paperkb.library.library import Library
from paperkb.library.site_record import SiteRecord
from paperkb.site.ahead import Ahead
from paperkb.site.design import fingerprint, static_versions
from paperkb.site.write import Output, Written, open_output
from paperkb.watch import SILENT, Watch
from paperkb.workers import Workers

_ATTEMPTS = 3
_IS_PAGE = methodcaller("endswith", ".html")


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build."""

    out: Path
    pages: int
    written: Written


def build_site(
    library: Library,
    out: Path,
    *,
    force: bool = False,
    jobs: int = 1,
    watch: Watch = SILENT,
    ahead: Ahead | None = None,
) -> Built:
    """Write the site of a library to ``out``, by ``jobs`` processes (0: as there are cores).
    ``ahead`` is a look at ``out`` that began already; it ends here. Errors are those of
    ``open_output`` and of rendering."""
    made_from = fingerprint(library.root, library.settings)
    total = Written(0, 0, 0)
    with (
        closing(ahead or Ahead(out)) as look,
        open_output(out, force=force, manifest=look.manifest) as output,
        Workers(jobs) as workers,
    ):
        follow_history(library.index, library.root, watch)
        for _ in range(_ATTEMPTS):
            record = SiteRecord(library.index, out, output.manifest.hash, made_from)
            with watch.step("look at the site"):
                is_fresh = _is_fresh(library, output, record)
            if is_fresh:
                total = Written(total.written, len(output.now), total.removed)
                break
            stale = record.stale_ahead(output.changed, look.take_pages(library.index.path))
            # Only now: templates, Markdown and all pages take longer to import than to compare.
            from paperkb.site.renew import Renewal  # noqa: PLC0415

            made = Renewal(library, output, record, made_from, workers, watch).run(stale)
            total = Written(
                total.written + made.written, made.unchanged, total.removed + made.removed
            )
            if not record.is_behind():  # another process read an edit in between
                break
            output = Output(out, force=force)  # noqa: PLW2901 - the same folder, read again
    return Built(out, sum(map(_IS_PAGE, output.now)), total)


def _is_fresh(library: Library, output: Output, record: SiteRecord) -> bool:
    """Whether nothing that the site is made from, and none of its files, was touched since."""
    if record.touched != set() or output.changed:
        return False
    static = {f"static\x1f{name}\x1f1" for name in static_versions(library.root)}
    return static == record.ids_of("static")
