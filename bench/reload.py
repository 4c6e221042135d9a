"""How long from saving a note to the reloaded page, in Chromium, while ``paperkb serve`` runs.

.venv/bin/python -m bench.reload 10000     # in the venv of `make test`, which drives the browser
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
RUNS = 9
_LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
"""Milliseconds after ``performance.timeOrigin``; 0 until the page has loaded."""


def main() -> None:
    """Make a vault of so many notes, serve it, edit a note again and again."""
    size = sys.argv[1] if len(sys.argv) > 1 else "1000"
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder)
        subprocess.run((sys.executable, ROOT / "bench" / "vault.py", vault, size), check=True)  # noqa: S603 - our own generator
        note = sorted((vault / "papers").iterdir())[int(size) // 2]
        with _served(vault) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page()
            page.goto(f"{site}notes/{note.stem}.html")
            times = [_reload(page, note, number) for number in range(RUNS)]
            browser.close()
    print(f"{size} notes: {median(times):.3f} s (from {min(times):.3f} to {max(times):.3f})")  # noqa: T201 - the result


def _reload(page, note: Path, number: int) -> float:  # type: ignore[no-untyped-def]
    """Save a note with one sentence more; the seconds until the page that shows it has loaded."""
    words = f"Read for time {number} today."
    text = f"{note.read_text(encoding='utf-8').rstrip()}\n\n{words}\n"
    began = time.time()
    note.write_text(text, encoding="utf-8")
    page.get_by_text(words).wait_for()  # looks seldom, so the page is asked when it was there
    page.wait_for_load_state("load")
    return float(page.evaluate(f"performance.timeOrigin + {_LOADED}")) / 1000 - began


@contextmanager
def _served(vault: Path) -> Iterator[str]:
    """The address of the vault's site."""
    command = (sys.executable, "-m", "paperkb", "-C", vault, "serve", "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            assert re.fullmatch(r"http://\S+/", address), address
            yield address
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
