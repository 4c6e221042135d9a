"""The polite client: turns, patience, bounds, and one sentence when all is in vain."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable

import httpx
import pytest

from paperkb import __version__
from paperkb.sources.errors import SourceError, Unusable
from paperkb.sources.http import HOSTS, MAX_BYTES, Answer, Manners, PoliteClient, retry_after
from tests.sources.loopback import LoopbackServer, Reply, Time

OK = Reply(200, b"fine")


def body_of(answer: Answer) -> bytes:
    return answer.body


def ask(client: PoliteClient, url: str) -> bytes:
    return client.get(url, source="arXiv", read=body_of)


def test_an_answer_is_read_and_the_client_says_who_it_is(
    client: PoliteClient, server: LoopbackServer
) -> None:
    server.script = [OK]
    assert ask(client, f"{server.url}/here?id=1") == b"fine"
    (request,) = server.requests
    assert (request.path, request.query) == ("/here", {"id": "1"})
    agent = f"paperkb/{__version__} (+https://github.com/paperkb/paperkb)"
    assert request.headers["User-Agent"] == agent
    assert request.headers["Accept"] == "*/*"  # arXiv's edge answers 406 without one


@pytest.mark.parametrize("status", [406, 429, 500, 502, 503, 504])
def test_trouble_that_passes_is_waited_out(
    client: PoliteClient, server: LoopbackServer, time: Time, status: int
) -> None:
    server.script = [Reply(status, b"Rate exceeded."), Reply(status), OK]
    assert ask(client, server.url) == b"fine"
    assert time.slept == [0.1, 0.2]


def test_patience_ends_with_one_sentence(
    client: PoliteClient, server: LoopbackServer, time: Time
) -> None:
    server.script = [Reply(503)]
    with pytest.raises(SourceError) as caught:
        ask(client, server.url)
    host = server.url.removeprefix("http://")
    assert str(caught.value) == f"arXiv at {host} answered 503 Service Unavailable (asked 4 times)"
    assert caught.value.hint == "Try again in a few minutes."
    assert sum(time.slept) < 2


@pytest.mark.parametrize("status", [400, 403, 404, 410, 418, 599])
def test_a_refusal_is_not_asked_again(
    client: PoliteClient, server: LoopbackServer, status: int
) -> None:
    server.script = [Reply(status)]
    with pytest.raises(SourceError, match=f"answered {status}"):
        ask(client, server.url)
    assert len(server.requests) == 1


def test_a_status_that_the_source_explains_is_read(
    client: PoliteClient, server: LoopbackServer
) -> None:
    server.script = [Reply(400, b"why")]
    status = client.get(server.url, source="arXiv", read=lambda a: a.status, also={400})
    assert status == 400


def test_retry_after_goes_before_our_own_backoff(
    client: PoliteClient, server: LoopbackServer, time: Time
) -> None:
    server.script = [Reply(429, headers={"Retry-After": "1"}), OK]
    assert ask(client, server.url) == b"fine"
    assert time.slept == [1.0]


def test_a_wait_beyond_patience_is_not_begun(
    client: PoliteClient, server: LoopbackServer, time: Time
) -> None:
    server.script = [Reply(429, headers={"Retry-After": "3600"}), OK]
    with pytest.raises(SourceError) as caught:
        ask(client, server.url)
    assert "429 Too Many Requests" in str(caught.value)
    assert caught.value.hint == "It asks to be left alone for 3600 s."
    assert time.slept == []


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("7", 7.0),
        (" 7 ", 7.0),
        ("Thu, 01 Jan 1970 00:16:45 GMT", 5.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("soon", None),
        ("-3", None),
        ("", None),
        ("٣", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, now=1000.0) == seconds


def test_a_body_that_breaks_off_is_asked_for_again(
    client: PoliteClient, server: LoopbackServer
) -> None:
    server.script = [Reply(200, b"fi", missing_bytes=2), OK]
    assert ask(client, server.url) == b"fine"


def test_an_answer_that_the_reader_cannot_use_is_asked_for_again(
    client: PoliteClient, server: LoopbackServer
) -> None:
    def read(answer: Answer) -> bytes:
        if not answer.body:
            raise Unusable("sent an empty page")
        return answer.body

    server.script = [Reply(200), OK]
    assert client.get(server.url, source="arXiv", read=read) == b"fine"
    server.script, server.requests[:] = [Reply(200)], []
    with pytest.raises(SourceError, match=r"sent an empty page \(asked 4 times\)$"):
        client.get(server.url, source="arXiv", read=read)


def test_nobody_there(client: PoliteClient) -> None:
    with socket.socket() as held:  # bound and not listening: refuses, and nobody else can take it
        held.bind(("127.0.0.1", 0))
        with pytest.raises(SourceError, match="could not be reached") as caught:
            ask(client, f"http://127.0.0.1:{held.getsockname()[1]}")
    assert "Check the network" in caught.value.hint
    assert str(caught.value).endswith("(asked 2 times)")  # mostly the reader is offline


def test_a_timeout_is_tried_again(time: Time) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("too slow", request=request)

    with mocked(answer, time) as client, pytest.raises(SourceError, match="did not answer in time"):
        ask(client, "http://mirror.example/")
    assert len(time.slept) == 3


@pytest.mark.parametrize("url", ["", "arxiv.org", "ftp://arxiv.org", "http://", "http://[::1/x"])
def test_an_impossible_address(client: PoliteClient, url: str) -> None:
    with pytest.raises(SourceError, match="is not an http address"):
        ask(client, url)


def test_redirects_are_followed_up_to_a_bound(client: PoliteClient, server: LoopbackServer) -> None:
    server.script = [Reply(301, headers={"Location": "/there"}), OK]
    assert ask(client, f"{server.url}/here") == b"fine"
    assert server.requests[-1].path == "/there"
    server.script, server.requests[:] = [Reply(302, headers={"Location": "/round"})], []
    with pytest.raises(SourceError, match="redirected more than 5 times"):
        ask(client, server.url)
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "target",
    ["http://export.arxiv.org/", "https://127.0.0.1/", "https://192.168.0.1/", "https://localhost"],
)
def test_no_redirect_leads_to_plain_http_or_inwards(time: Time, target: str) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": target})

    with mocked(answer, time) as client, pytest.raises(SourceError, match="is not followed"):
        ask(client, "https://mirror.example/")


def test_a_redirect_to_no_address_is_an_answer_that_cannot_be_used(time: Time) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "http://[bad"})

    with mocked(answer, time) as client, pytest.raises(SourceError, match="is no address"):
        ask(client, "https://mirror.example/")


def test_an_answer_without_end_is_given_up(time: Time) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=(b"x" * 1_000_000 for _ in range(20)))

    with mocked(answer, time) as client, pytest.raises(SourceError, match="more than 10 MB"):
        ask(client, "https://mirror.example/")
    assert MAX_BYTES == 10_000_000


def test_an_answer_that_drips_is_given_up(time: Time) -> None:
    def drip(_: httpx.Request) -> httpx.Response:
        def body() -> object:
            for _ in range(100):
                time.now += 4
                yield b"x"

        return httpx.Response(200, content=body())

    with mocked(drip, time) as client, pytest.raises(SourceError, match="did not finish"):
        ask(client, "https://mirror.example/")


def test_arxiv_itself_is_asked_once_in_three_seconds(time: Time) -> None:
    times: list[float] = []

    def answer(_: httpx.Request) -> httpx.Response:
        times.append(time.now)
        time.now += 1  # what the answer takes
        return httpx.Response(200)

    with mocked(answer, time) as client:
        for _ in range(3):
            ask(client, "https://export.arxiv.org/api/query")
    assert times == [1000, 1003, 1006]
    assert HOSTS["export.arxiv.org"].shared


def test_retries_keep_the_turns_too_and_the_reader_hears_of_long_waits(time: Time) -> None:
    times: list[float] = []
    heard: list[str] = []

    def answer(_: httpx.Request) -> httpx.Response:
        times.append(time.now)
        return httpx.Response(429)

    hosts = {"slow.example": Manners(interval=5, backoff=2, patience=60)}
    with (
        mocked(answer, time, hosts=hosts, notice=heard.append) as client,
        pytest.raises(SourceError, match=r"^arXiv answered 429"),
    ):
        ask(client, "https://slow.example/")
    assert times == [1000, 1005, 1010, 1018]
    assert heard[0] == "arXiv answered 429 Too Many Requests; asking again in 2 s"


def test_a_loopback_server_is_not_slowed_down(
    client: PoliteClient, server: LoopbackServer, time: Time
) -> None:
    server.script = [OK]
    for _ in range(5):
        ask(client, server.url)
    assert time.slept == []


def test_a_proxy_does_not_stand_before_loopback(
    client: PoliteClient, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.script = [OK]
    assert ask(client, server.url) == b"fine"


def test_importing_the_client_does_not_import_httpx() -> None:
    code = "import sys, paperkb.sources.arxiv; print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def mocked(
    answer: Callable[[httpx.Request], httpx.Response],
    time: Time,
    hosts: dict[str, Manners] | None = None,
    notice: Callable[[str], None] | None = None,
) -> PoliteClient:
    """A client without a network; turns are not shared, so that no test meets another."""
    arxiv = Manners(interval=3, backoff=3, patience=120, timeout=30)
    return PoliteClient(
        hosts or {"export.arxiv.org": arxiv},
        clock=time.clock,
        wall_clock=time.clock,
        sleep=time.sleep,
        notice=notice,
        transport=httpx.MockTransport(answer),
    )
