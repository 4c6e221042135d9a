"""arXiv's API: ids → works. https://info.arxiv.org/help/api/user-manual.html

One malformed id fails the whole list that it stands in, an unknown one is silently left out, and
answers come in any order. So works are matched by id, and a list that fails is asked again
without the id that arXiv names, or in halves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from paperkb.identifiers import Identifier
from paperkb.model import Work, replace
from paperkb.sources.arxiv_feed import Feed, FeedError, read_feed
from paperkb.sources.errors import SourceError, Unusable
from paperkb.sources.http import Answer, PoliteClient

SOURCE = "arXiv"
DEFAULT_URL = "https://export.arxiv.org"
BATCH = 100  # ids in one request: an address of 2 KB at most

_WITHDRAWN = re.compile(
    r"\A(?:this|the) (?:article|manuscript|paper|preprint|submission) (?:has been|was) withdrawn",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What arXiv said of each identifier that was asked for, under the identifier as asked."""

    works: Mapping[Identifier, Work] = field(default_factory=dict)
    absent: tuple[Identifier, ...] = ()
    refused: Mapping[Identifier, str] = field(default_factory=dict)
    """The ids that arXiv calls malformed, with its own reasons."""


def fetch_works(
    identifiers: Iterable[Identifier], client: PoliteClient, base_url: str = ""
) -> Fetched:
    """The works with these ids, from export.arxiv.org or the server at ``base_url``.

    A work's ``version`` is the one asked for, or the latest.

    Raises:
        SourceError: arXiv could not be reached, refused, or answered with something else than its
            works; then there is no result at all, not a part of one.
        ValueError: an identifier is not arXiv's.
    """
    wanted = list(dict.fromkeys(identifiers))
    for identifier in wanted:
        if identifier.kind != "arxiv":
            raise ValueError(f"{identifier} is not an arXiv id")
    address = (base_url or DEFAULT_URL).rstrip("/").removesuffix("/api/query") + "/api/query"
    works: dict[Identifier, Work] = {}
    refused: dict[Identifier, str] = {}

    def ask(batch: Sequence[Identifier]) -> Feed:
        query = {"id_list": ",".join(map(_spelt, batch)), "max_results": len(batch)}
        url = f"{address}?{urlencode(query, safe=',/')}"
        return client.get(url, source=SOURCE, read=lambda a: _read(a, len(batch)), also={400})

    for start in range(0, len(wanted), BATCH):
        _collect(wanted[start : start + BATCH], ask, works, refused)
    absent = tuple(one for one in wanted if one not in works and one not in refused)
    return Fetched(works, absent, refused)


def parse_feed(data: bytes, name: str = "the answer") -> list[Work]:
    """The works in a saved answer of arXiv's API, in its order; ``name`` is for the error's text.

    Raises:
        SourceError: it is not such an answer, or it is arXiv's refusal.
    """
    try:
        feed = read_feed(data)
    except FeedError as error:
        raise SourceError(
            name, f"holds {error}", "Save what https://export.arxiv.org/api/query answers."
        ) from error
    if feed.refusal:
        raise SourceError(name, f"is a refusal of arXiv: {feed.refusal}")
    return list(feed.works)


def is_withdrawn(work: Work) -> bool:
    """Whether the authors or arXiv have withdrawn the paper, by its comment or abstract."""
    return "withdrawn" in work.comment.casefold() or bool(_WITHDRAWN.match(work.abstract))


def _collect(
    batch: Sequence[Identifier],
    ask: Callable[[Sequence[Identifier]], Feed],
    works: dict[Identifier, Work],
    refused: dict[Identifier, str],
) -> None:
    """Ask for a list of ids; when one of them fails the list, find it and ask for the others."""
    if not batch:
        return
    feed = ask(batch)
    if not feed.refusal:
        works.update(_matched(batch, feed.works))
    elif culprit := _culprit(batch, feed.refusal):
        refused[culprit] = feed.refusal
        _collect([one for one in batch if one != culprit], ask, works, refused)
    else:
        half = len(batch) // 2
        _collect(batch[:half], ask, works, refused)
        _collect(batch[half:], ask, works, refused)


def _culprit(batch: Sequence[Identifier], refusal: str) -> Identifier | None:
    """The id that a refusal is about: the one that it names, or the only one."""
    words = refusal.split()
    named = [one for one in batch if _spelt(one) in words]
    if len(batch) == 1:
        return batch[0]
    return named[0] if len(named) == 1 else None


def _matched(batch: Sequence[Identifier], works: Sequence[Work]) -> dict[Identifier, Work]:
    by_version = {(work.arxiv, work.version): work for work in works}
    by_base = {work.arxiv: work for work in sorted(works, key=lambda work: work.version or 0)}
    matched = {}
    for one in batch:
        work = by_version.get((one.value, one.version)) or by_base.get(one.value)
        if work:
            matched[one] = replace(work, version=one.version or work.version)
    return matched


def _read(answer: Answer, asked: int) -> Feed:
    """The feed in an answer; anything that falls short of one is asked for again."""
    try:
        feed = read_feed(answer.body)
    except FeedError as error:
        if answer.status == 400:
            raise SourceError(SOURCE, "answered 400 Bad Request without a reason") from error
        raise Unusable(f"sent {error}", "Try again in a few minutes.") from error
    if answer.status == 400 and not feed.refusal:
        raise SourceError(SOURCE, "answered 400 Bad Request without a reason")
    total, got = feed.total or 0, len(feed.works)
    # The total counts found ids, so it exceeds what was asked only where a server makes it up.
    if got < total and (got == 0 or total <= asked) and not feed.refusal:
        raise Unusable(f"sent {got} of the {total} works that it found", "Try again later.")
    return feed


def _spelt(identifier: Identifier) -> str:
    """The id as the API takes it: ``math/0309136v1``."""
    return str(identifier).removeprefix("arxiv:")
