"""Pictures of the example vault's site for the README (``make screenshots``)."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from paperkb.config import load_settings
from paperkb.library.load import load_library
from paperkb.site.build import build_site

ROOT = Path(__file__).parent.parent
PICTURES = Path(__file__).parent / "pictures"
PAGES = {
    "home": ("index.html", "light"),
    "note": ("notes/vaswani2017attention.html", "light"),
    "topic": ("topics/generative.html", "dark"),
}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    """Build the site and photograph its pages."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        sys.exit("Chromium is not on the PATH")
    vault = ROOT / "example-vault"
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build_site(load_library(vault, load_settings(vault)), site)
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        for name, (path, scheme) in PAGES.items():
            page = browser.new_page(
                viewport={"width": 1180, "height": 760},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page.goto((site / path).as_uri())
            page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
