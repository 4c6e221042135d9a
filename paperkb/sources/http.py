"""The one HTTP client: it waits its turn, tries again with patience, and bounds what it takes.

Every source asks through ``PoliteClient.get``, which returns what its ``read`` function makes of
the answer, or raises ``SourceError``. ``read`` may raise ``Unusable`` to have the question asked
again: half a document with status 200 is as good as no answer.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar
from urllib.parse import urljoin, urlsplit

from paperkb import __version__
from paperkb.sources.errors import SourceError, Unusable
from paperkb.sources.pace import book_turn
from paperkb.user_cache import cache_folder

if TYPE_CHECKING:
    import httpx

USER_AGENT = f"paperkb/{__version__} (+https://github.com/paperkb/paperkb)"
MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5

T = TypeVar("T")

# 406 is how arXiv's edge throttles at times; it passes as the others do.
_RETRIED = frozenset({406, 408, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = "Try again in a few minutes."
_ADDRESS = "Check the network, and the source's address in paperkb.toml."


@dataclass(frozen=True, slots=True)
class Manners:
    """How a host is asked; the default is for loopback servers and mirrors of one's own.

    Attributes:
        interval: seconds between the beginnings of two requests.
        backoff: seconds before the second attempt; doubled before each further one.
        patience: the most seconds to spend between the attempts of one question.
        timeout: seconds without a sign of life after which an attempt has failed.
        attempts: how often a question is asked.
        shared: the interval is kept across processes too.
    """

    interval: float = 0.0
    backoff: float = 0.1
    patience: float = 2.0
    timeout: float = 5.0
    attempts: int = 4
    shared: bool = False


HOSTS: Mapping[str, Manners] = {
    "export.arxiv.org": Manners(interval=3, backoff=3, patience=120, timeout=30, shared=True),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, after redirects."""

    url: str
    status: int
    body: bytes


class PoliteClient:
    """A context manager around one connection pool; see the module's own text.

    Args:
        hosts: the manners that single hosts ask for; all others get ``elsewhere``.
        clock, wall_clock, sleep: time, for tests to replace.
        turns: the folder with the turns that processes share; the user's cache by default.
        notice: told in one sentence before each wait that a reader would notice.
        transport: answers instead of the network, in tests.
    """

    def __init__(
        self,
        hosts: Mapping[str, Manners] = HOSTS,
        *,
        elsewhere: Manners = Manners(),
        clock: Callable[[], float] = time.monotonic,
        wall_clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        turns: Path | None = None,
        notice: Callable[[str], None] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._hosts = hosts
        self._elsewhere = elsewhere
        self._clock = clock
        self._wall_clock = wall_clock
        self._sleep = sleep
        self._turns = turns or cache_folder()
        self._notice = notice or (lambda _: None)
        self._transport = transport
        self._last_turn: dict[str, float] = {}
        self._client: httpx.Client | None = None

    def __enter__(self) -> Self:
        """Open nothing yet: the first question does."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def get(
        self, url: str, *, source: str, read: Callable[[Answer], T], also: Collection[int] = ()
    ) -> T:
        """What ``read`` makes of the answer at ``url``.

        Args:
            url: an http or https address.
            source: whom the reader knows this as, for errors: ``arXiv``.
            read: turns the answer into a result; raises ``Unusable`` to have it asked again.
            also: statuses beside 2xx that ``read`` understands.

        Raises:
            SourceError: the source refused, or gave no usable answer with patience spent.
        """
        host = _host_of(url, source)
        manners = self._hosts.get(host, self._elsewhere)
        name = source if host in self._hosts else f"{source} at {_shown(url)}"
        waited = 0.0
        for attempt in range(1, manners.attempts + 1):
            try:
                return read(self._fetch(url, name, also))
            except Unusable as bad:
                wait = max(manners.backoff * 2 ** (attempt - 1), bad.retry_after or 0.0)
                last = min(manners.attempts, bad.attempts or manners.attempts)
                if attempt >= last or waited + wait > manners.patience:
                    raise _given_up(name, bad, attempt) from bad
                if wait >= 1:
                    self._notice(f"{name} {bad.reason}; asking again in {wait:.0f} s")
            self._sleep(wait)
            waited += wait
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _fetch(self, url: str, source: str, also: Collection[int]) -> Answer:
        """One answer, after at most ``MAX_REDIRECTS`` redirects."""
        for _ in range(MAX_REDIRECTS + 1):
            self._take_turn(_host_of(url, source))
            answer, location = self._receive(url, source)
            if location is None:
                return _accepted(answer, source, also)
            url = _redirected(url, location, source)
        raise SourceError(source, f"redirected more than {MAX_REDIRECTS} times", _ADDRESS)

    def _take_turn(self, host: str) -> None:
        manners = self._hosts.get(host, self._elsewhere)
        if not manners.interval:
            return
        now = self._clock()
        wait = self._last_turn.get(host, now - manners.interval) + manners.interval - now
        if manners.shared and self._turns is not None:
            path = self._turns / "turns" / host
            wait = max(wait, book_turn(path, self._wall_clock(), manners.interval))
        if wait > 0:
            self._sleep(wait)
        self._last_turn[host] = self._clock()

    def _receive(self, url: str, source: str) -> tuple[Answer, str | None]:
        """One answer, and where it redirects to."""
        import httpx  # noqa: PLC0415 - 0.1 s that a command without network need not spend

        host = _host_of(url, source)
        timeout = self._hosts.get(host, self._elsewhere).timeout
        try:
            with self._opened().stream("GET", url, timeout=timeout) as response:
                body = self._body(response, source, deadline=self._clock() + 4 * timeout)
        except httpx.TimeoutException as error:
            raise Unusable("did not answer in time", _LATER) from error
        except httpx.ConnectError as error:
            raise Unusable(f"could not be reached ({error})", _ADDRESS, attempts=2) from error
        except httpx.InvalidURL as error:
            raise SourceError(source, f"has no valid address ({error})", _ADDRESS) from error
        except httpx.RequestError as error:
            raise Unusable(f"broke off its answer ({error})", _LATER) from error
        _raise_for_retry(response, self._wall_clock())
        location = response.headers.get("Location") if response.status_code in _REDIRECTS else None
        return Answer(url, response.status_code, body), location

    def _body(self, response: httpx.Response, source: str, deadline: float) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MAX_BYTES:
                raise SourceError(source, f"sent more than {MAX_BYTES // 1_000_000} MB")
            if self._clock() > deadline:
                raise Unusable("did not finish its answer in time", _LATER)
        return bytes(body)

    def _opened(self) -> httpx.Client:
        if self._client is None:
            import httpx  # noqa: PLC0415 - see above

            self._client = httpx.Client(
                headers={"User-Agent": USER_AGENT, "Accept": "*/*"},
                limits=httpx.Limits(max_connections=1),
                follow_redirects=False,
                transport=self._transport,
                # A proxy from the environment cannot reach our own loopback.
                mounts={"all://127.0.0.1": None, "all://localhost": None, "all://[::1]": None},
            )
        return self._client


def retry_after(value: str | None, now: float) -> float | None:
    """The seconds that a ``Retry-After`` header asks for, by number or date, if readable."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - now, 0.0)
    except (ValueError, OverflowError):
        return None


def _raise_for_retry(response: httpx.Response, now: float) -> None:
    if response.status_code in _RETRIED:
        wait = retry_after(response.headers.get("Retry-After"), now)
        raise Unusable(_answered(response.status_code), _LATER, wait)


def _accepted(answer: Answer, source: str, also: Collection[int]) -> Answer:
    if 200 <= answer.status < 300 or answer.status in also:
        return answer
    raise SourceError(source, _answered(answer.status), _ADDRESS if answer.status == 404 else "")


def _answered(status: int) -> str:
    try:
        return f"answered {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"answered {status}"


def _given_up(source: str, bad: Unusable, attempts: int) -> SourceError:
    times = f" (asked {attempts} times)" if attempts > 1 else ""
    hint = bad.hint
    if bad.retry_after:
        hint = f"It asks to be left alone for {bad.retry_after:.0f} s."
    return SourceError(source, f"{bad.reason}{times}", hint)


def _redirected(url: str, location: str, source: str) -> str:
    """The address that a redirect leads to, if it may be followed."""
    try:
        target = urljoin(url, location)
    except ValueError as error:
        raise SourceError(source, f"redirected to {location!r}, which is no address") from error
    downgraded = urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https"
    inward = _is_private(_host_of(target, source)) and not _is_private(_host_of(url, source))
    if downgraded or inward:
        raise SourceError(source, f"redirected to {target}, which is not followed", _ADDRESS)
    return target


def _shown(url: str) -> str:
    """The host and port of an address, without any password that stands before them."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _host_of(url: str, source: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not host:
        raise SourceError(source, f"cannot be asked: «{url}» is not an http address", _ADDRESS)
    return host


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local"))
