"""Pictures of the example vault's site for the README (``make screenshots``)."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

from paperkb.config import load_settings
from paperkb.library.load import load_library
from paperkb.site.build import build_site

ROOT = Path(__file__).parent.parent
PICTURES = Path(__file__).parent / "pictures"
MOST_BYTES = 200_000
COLOURS = 128
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NOTE = "notes/vaswani2017attention.html"


def _type(page: Any) -> None:
    """Search in the dialog, as a reader does."""
    page.keyboard.press("/")
    page.keyboard.type("diffusion mod")
    page.locator(".hit").first.wait_for()


class Picture(NamedTuple):
    """A picture to take. ``size`` is the window's, in CSS pixels; ``sharpness`` is how many pixels
    each of them has. ``prepare`` does something to the page first."""

    name: str
    path: str
    scheme: str = "light"
    size: tuple[int, int] = (1360, 850)
    sharpness: float = 1.3
    prepare: Callable[[Any], None] | None = None


PHONE = (390, 780)
PICTURE_SET = (
    Picture("home", "index.html"),
    Picture("note", NOTE),
    Picture("note-dark", NOTE, "dark"),
    Picture("search", "search.html?q=attention%20year:2014..2018"),
    Picture("search-dialog", NOTE, "dark", prepare=_type),
    Picture("phone", NOTE, size=PHONE, sharpness=2),
    Picture("phone-dark", "index.html", "dark", size=PHONE, sharpness=2),
)


def small_png(picture: bytes) -> bytes:
    """A picture with few colours: text on paper needs no more, and a README loads at once."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def take(browser: Any, site: Path, picture: Picture) -> bytes:
    """A picture of a page as it is first seen."""
    width, height = picture.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=picture.sharpness,
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    path, _, query = picture.path.partition("?")
    page.goto(f"{(site / path).as_uri()}{'?' if query else ''}{query}", wait_until="networkidle")
    if picture.prepare:
        picture.prepare(page)
    else:
        page.evaluate("document.activeElement?.blur()")
    made: bytes = page.screenshot(animations="disabled")
    page.close()
    return made


def main() -> None:
    """Build the site, photograph its pages, and remove pictures of another time."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        sys.exit("Chromium is not on the PATH")
    vault = ROOT / "example-vault"
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        if old.stem not in {picture.name for picture in PICTURE_SET}:
            old.unlink()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build_site(load_library(vault, load_settings(vault)), site)
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        for picture in PICTURE_SET:
            made = small_png(take(browser, site, picture))
            (PICTURES / f"{picture.name}.png").write_bytes(made)
            print(f"{picture.name}.png {len(made) // 1000} KB")  # noqa: T201 - a script
            if len(made) > MOST_BYTES:
                sys.exit(f"{picture.name}.png is larger than {MOST_BYTES // 1000} KB")
        browser.close()


if __name__ == "__main__":
    main()
