"""A site as it is published, and what a browser tells while it shows it."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextlib.contextmanager
def serving(site: Path) -> Iterator[str]:
    """The address of a site under ``/repo`` of a server, as GitHub Pages has it."""
    with tempfile.TemporaryDirectory() as root:
        (Path(root) / "repo").symlink_to(site.resolve())
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=root))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/repo"
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def visiting(browser: Any, base: str, **options: Any) -> Iterator[tuple[Any, list[str]]]:
    """(page, what went wrong) of a browser that reaches the site at ``base`` and nothing else.
    ``options`` are those of Playwright's ``new_context``."""
    context = browser.new_context(**options)
    page = context.new_page()
    wrong: list[str] = []

    def answer(route: Any) -> None:
        if route.request.url.startswith(f"{base}/"):
            route.continue_()
        else:
            wrong.append(f"asks {route.request.url}")
            route.abort()

    def failed(request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page came first
            wrong.append(f"{request.failure}: {request.url}")

    context.route("**/*", answer)
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("requestfailed", failed)
    page.on("response", lambda r: wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    yield page, wrong
    context.close()
