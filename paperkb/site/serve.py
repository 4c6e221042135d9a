"""A local server for a site: the files of a folder, and a reload when they change.

Only for the machine it runs on. Pages get one script more than they have on disk; it listens on an
event stream and reloads, for which the policy of a page must allow a connection to its own origin.
"""

from __future__ import annotations

import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_SCRIPT_PATH = "/.paperkb/reload.js"
_EVENTS_PATH = "/.paperkb/events"
_SCRIPT = b"""\
new EventSource("/.paperkb/events").addEventListener("built", () => location.reload());
"""
_LONGEST_PATH = 2000
_HEARTBEAT = 15.0
"""Seconds between signs of life, by which a closed page is noticed."""


class Reloader:
    """Tells open pages that the site was built again."""

    def __init__(self) -> None:
        self._built = threading.Condition()
        self._generation = 0

    def announce(self) -> None:
        """All pages reload."""
        with self._built:
            self._generation += 1
            self._built.notify_all()

    def wait(self, seen: int, timeout: float) -> int:
        """The number of builds so far, after the next one or ``timeout`` seconds."""
        with self._built:
            self._built.wait_for(lambda: self._generation != seen, timeout)
            return self._generation

    @property
    def generation(self) -> int:
        """The number of builds so far."""
        return self._generation


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Head and body are two writes: the second would wait 40 ms for word of the first."""
    extensions_map = {  # noqa: RUF012 - the base class's own name and form
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".md": "text/markdown; charset=utf-8",
        ".svg": "image/svg+xml",
    }

    def __init__(self, *args: Any, reloader: Reloader, **kwargs: Any) -> None:
        self._reloader = reloader
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer with a file, the reload script, or the event stream."""
        path = self.path.partition("?")[0]
        if "%00" in path or len(path) > _LONGEST_PATH:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif path == _EVENTS_PATH:
            self._stream()
        elif path == _SCRIPT_PATH:
            self._send(_SCRIPT, "text/javascript")
        else:
            file = self._page()
            if file is None:
                super().do_GET()
            else:
                self._send(_with_script(file.read_bytes()), "text/html; charset=utf-8")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there."""
        page = Path(self.directory) / "404.html"
        if code == HTTPStatus.NOT_FOUND and page.is_file():
            self._send(page.read_bytes(), "text/html; charset=utf-8", code)
        else:
            super().send_error(code, message, explain)

    def end_headers(self) -> None:
        """Nothing is cached: the next build may change it."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the terminal is for builds and problems."""

    def _page(self) -> Path | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        return path if path.suffix == ".html" and path.is_file() else None

    def _send(self, data: bytes, kind: str, code: int = HTTPStatus.OK) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _stream(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        seen = self._reloader.generation
        try:
            while True:
                self.wfile.write(b": open\n\n")
                self.wfile.flush()
                now = self._reloader.wait(seen, _HEARTBEAT)
                if now != seen:
                    seen = now
                    self.wfile.write(b"event: built\ndata: %d\n\n" % now)
                    self.wfile.flush()
        except OSError:
            return  # the page was closed


def _with_script(html: bytes) -> bytes:
    if b"connect-src" not in html:  # a template of the vault's own
        html = html.replace(b"default-src 'none';", b"default-src 'none'; connect-src 'self';", 1)
    return html.replace(b"</body>", b'<script src="%s"></script></body>' % _SCRIPT_PATH.encode())


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that was closed half-way is no error."""


def make_server(folder: Path, host: str, port: int, reloader: Reloader) -> ThreadingHTTPServer:
    """A server for ``folder``, bound but not yet serving; port 0 takes a free one.

    Raises:
        OSError: the port is taken, or may not be used.
    """
    return _Server((host, port), partial(_Handler, directory=str(folder), reloader=reloader))
