"""The local server: pages with a reload script, the events, and the site's own 404."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperkb.site.serve import Reloader, make_server
from tests.vaults import write_files


@pytest.fixture
def reloader() -> Reloader:
    return Reloader()


@pytest.fixture
def connection(tmp_path: Path, reloader: Reloader) -> Iterator[http.client.HTTPConnection]:
    site = tmp_path / "site"
    policy = "<meta content=\"default-src 'none'; img-src 'self'\">"
    write_files(
        site,
        {
            "index.html": f"<html>{policy}<body>home</body></html>",
            "notes/ü.html": "<body>note</body>",
            "notes/index.html": "<body>notes</body>",
            "404.html": "<body>not here</body>",
            "static/icon.svg": "<svg/>",
        },
    )
    write_files(tmp_path, {"secret.txt": "secret"})
    server = make_server(site, "127.0.0.1", 0, reloader)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client = http.client.HTTPConnection("127.0.0.1", int(server.server_address[1]), timeout=30)
    yield client
    client.close()
    server.shutdown()
    server.server_close()


def get(client: http.client.HTTPConnection, path: str, method: str = "GET") -> tuple[int, str, str]:
    client.request(method, path)
    answer = client.getresponse()
    kind = answer.getheader("Content-Type", "")
    assert answer.getheader("Cache-Control") == "no-store"
    return answer.status, kind, answer.read().decode()


def test_pages_get_the_reload_script_and_the_right_to_listen(
    connection: http.client.HTTPConnection,
) -> None:
    status, kind, body = get(connection, "/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'; connect-src 'self'; img-src" in body
    assert body.endswith('home<script src="/.paperkb/reload.js"></script></body></html>')
    assert get(connection, "/notes/%C3%BC.html")[2].startswith("<body>note<script")
    assert get(connection, "/notes/?x=1")[2].startswith("<body>notes<script")


def test_other_files_are_as_they_are(connection: http.client.HTTPConnection) -> None:
    assert get(connection, "/static/icon.svg") == (200, "image/svg+xml", "<svg/>")
    status, kind, body = get(connection, "/.paperkb/reload.js")
    assert (status, kind) == (200, "text/javascript")
    assert "/.paperkb/events" in body


@pytest.mark.parametrize("path", ["/gone.html", "/gone/deep/x.html", "/../secret.txt",
                                  "/%2e%2e/secret.txt", "/notes/..%2f..%2fsecret.txt"])  # fmt: skip
def test_what_is_not_there_gets_the_sites_own_page(
    connection: http.client.HTTPConnection, path: str
) -> None:
    status, _, body = get(connection, path)
    assert status == 404
    assert "not here" in body
    assert "secret" not in body


def test_head_has_no_body(connection: http.client.HTTPConnection) -> None:
    assert get(connection, "/gone.html", "HEAD")[::2] == (404, "")
    assert get(connection, "/", "HEAD")[::2] == (200, "")


def test_an_event_arrives_with_every_build(
    connection: http.client.HTTPConnection, reloader: Reloader
) -> None:
    connection.request("GET", "/.paperkb/events")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"
    assert answer.readline() == b": open\n"  # it listens from here on
    for number in (b"1", b"2"):
        reloader.announce()
        lines = [answer.readline()]
        while not lines[-1].startswith(b"data:"):
            lines.append(answer.readline())
        assert b"event: built\n" in lines
        assert lines[-1] == b"data: " + number + b"\n"


def test_a_taken_port_is_an_error(connection: http.client.HTTPConnection, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"in use|already"):
        make_server(tmp_path, "127.0.0.1", connection.port, Reloader())
