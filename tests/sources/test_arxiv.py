"""arXiv's API: every id finds its work, and what is wrong with one id harms no other."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from paperkb.identifiers import Identifier, find_identifier, parse_identifier
from paperkb.people import Person
from paperkb.sources.arxiv import Fetched, fetch_works, is_withdrawn, parse_feed
from paperkb.sources.errors import SourceError
from paperkb.sources.http import PoliteClient
from tests.sources.loopback import LoopbackServer, Reply, Request, Time

AnswerFile = Callable[[str], bytes]

FEED = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
TOTAL = '<t:totalResults xmlns:t="http://a9.com/-/spec/opensearch/1.1/">{}</t:totalResults>'


def entry(arxiv_id: str) -> str:
    return f"<entry><id>http://arxiv.org/abs/{arxiv_id}</id><title>On {arxiv_id}</title></entry>"


def feed(*ids: str) -> Reply:
    return Reply(200, FEED.format("".join(map(entry, ids))).encode())


def refusal(reason: str) -> Reply:
    error = f"<entry><id>x/api/errors#y</id><title>Error</title><summary>{reason}</summary></entry>"
    return Reply(400, FEED.format(error).encode())


def ids(*texts: str) -> list[Identifier]:
    return [parse_identifier(text) for text in texts]


def fetch(client: PoliteClient, server: LoopbackServer, *texts: str) -> Fetched:
    return fetch_works(ids(*texts), client, server.url)


# What an answer says


def test_the_layout_of_2026(answer: AnswerFile) -> None:
    shelves, zero, reading = parse_feed(answer("layout_2026"))
    assert reading.title == "Reading at scale"
    assert reading.authors == (
        Person("van der Maaten", "Laurens"),
        Person("The Reading Collaboration"),
    )
    assert (reading.year, reading.date) == (2024, datetime.date(2024, 1, 5))
    assert (reading.arxiv, reading.version) == ("2401.00007", 3)
    assert reading.url == "https://arxiv.org/abs/2401.00007"
    assert reading.pdf == "https://arxiv.org/pdf/2401.00007v3"
    assert reading.categories == ("cs.DL", "cs.CL")
    assert reading.ids == {"arxiv:2401.00007"}
    assert reading.abstract == (
        "Many people read many papers. This sentence has $x_{i} < 2$ in it."
        "\n\nA second paragraph begins on an indented line."
    )
    assert (zero.title, zero.comment, zero.venue, zero.doi) == ("0", "", None, None)
    assert shelves.title == "On shelves & their marks"
    assert (shelves.arxiv, shelves.version) == ("math/0309136", 1)
    assert (shelves.doi, shelves.venue) == ("10.1000/abc.1", "J. Libr. 56:1-50,2003")
    assert shelves.ids == {"arxiv:math/0309136", "doi:10.1000/abc.1"}


def test_the_layout_of_2025(answer: AnswerFile) -> None:
    (work,) = parse_feed(answer("layout_2025"))
    assert work.title == (
        "Reading at scale, with a title that is so long that the old layout wraps it"
        " onto a second line"
    )
    assert (
        work.abstract == "Many people read many papers.\n\nThis is another paragraph of two lines."
    )
    assert work.comment == "12 pages, a comment that wraps too"
    assert work.pdf == "https://arxiv.org/pdf/2401.00007v3"


def test_withdrawn_papers_are_told_apart(answer: AnswerFile) -> None:
    works = parse_feed(answer("layout_2026"))
    assert [is_withdrawn(work) for work in works] == [False, False, True]


def test_a_prettified_file_has_no_paragraphs_that_arxiv_did_not_write() -> None:
    summary = "<summary>\n        One line\n        and the next.\n      </summary></entry>"
    text = FEED.format(entry("2401.00001").replace("</entry>", summary))
    (work,) = parse_feed(text.encode())
    assert work.abstract == "One line and the next."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "holds an empty page"),
        (b" \n", "holds an empty page"),
        (b"Rate exceeded.", "holds text that is not XML"),
        (b"<!DOCTYPE html><html></html>", "holds a web page"),
        (b"<!-- x --><html></html>", "holds a web page"),
        (FEED.format("<entry>").encode(), "holds XML that breaks off"),
        (FEED.format(entry("2401.00001"))[:-20].encode(), "holds XML that breaks off"),
        (b"<rss/>", "not an Atom feed"),
        (FEED.format("<entry><id>x</id></entry>").encode(), "without an arXiv id"),
        (FEED.format(entry("").replace("abs/", "10.1000/1")).encode(), "without an arXiv id"),
        (FEED.format(entry("2401.00001").replace("On 2401.00001", "")).encode(), "without a title"),
        (FEED.format("\xe9").encode("latin-1"), "not UTF-8"),
        (FEED.format("x").encode("utf-16"), "not UTF-8"),
    ],
)
def test_what_is_no_answer_of_arxivs(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=f"^x.xml {what}|^x.xml holds .*{what}"):
        parse_feed(data, "x.xml")


def test_entities_are_never_expanded() -> None:
    laughs = '<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + FEED.format("&b;")
    with pytest.raises(SourceError, match="document type"):
        parse_feed(laughs.encode())


def test_a_saved_refusal_is_no_list_of_works(answer: AnswerFile) -> None:
    with pytest.raises(SourceError, match=r"refusal of arXiv: incorrect id format for 2401.00002"):
        parse_feed(answer("refusal"))


def test_an_answer_without_works_is_one(answer: AnswerFile) -> None:
    assert parse_feed(answer("nothing_found")) == []


# Asking


def test_works_are_matched_by_id_whatever_their_order(
    client: PoliteClient, server: LoopbackServer, answer: AnswerFile
) -> None:
    server.script = [Reply(200, answer("layout_2026"))]
    fetched = fetch(client, server, "2401.00007", "math.GT/0309136v1", "2104.00001", "2401.99999")
    titles = {str(one): work.title for one, work in fetched.works.items()}
    assert titles == {
        "arxiv:2401.00007": "Reading at scale",
        "arxiv:math/0309136v1": "On shelves & their marks",
        "arxiv:2104.00001": "0",
    }
    assert fetched.absent == (parse_identifier("2401.99999"),)
    assert not fetched.refused
    (request,) = server.requests
    assert request.path == "/api/query"
    assert request.query == {
        "id_list": "2401.00007,math/0309136v1,2104.00001,2401.99999",
        "max_results": "4",
    }


def test_the_version_is_the_one_asked_for_or_the_latest(
    client: PoliteClient, server: LoopbackServer
) -> None:
    server.script = [feed("2401.00001v2", "2401.00001v7")]
    fetched = fetch(client, server, "2401.00001v2", "2401.00001", "2401.00001v4")
    found = [(work.title, work.version) for work in fetched.works.values()]
    assert found == [("On 2401.00001v2", 2), ("On 2401.00001v7", 7), ("On 2401.00001v7", 4)]


@pytest.mark.parametrize("tail", ["", "/", "/api/query", "/api/query/"])
def test_the_base_url(client: PoliteClient, server: LoopbackServer, tail: str) -> None:
    server.script = [feed("2401.00001v1")]
    fetch_works(ids("2401.00001"), client, server.url + tail)
    assert server.requests[0].path == "/api/query"


def test_nothing_asked_is_nothing_sent(client: PoliteClient, server: LoopbackServer) -> None:
    assert fetch(client, server) == Fetched()
    assert server.requests == []


def test_only_arxivs_ids_are_asked_for(client: PoliteClient) -> None:
    with pytest.raises(ValueError, match=r"doi:10.1000/1 is not an arXiv id"):
        fetch_works(ids("10.1000/1"), client)


def test_long_lists_are_asked_in_slices_and_every_id_once(
    client: PoliteClient, server: LoopbackServer
) -> None:
    server.script = [lambda request: feed(*reversed(request.ids))]
    many = [f"2401.{number:05}" for number in range(1, 251)]
    fetched = fetch(client, server, *many, *many)
    assert [len(request.ids) for request in server.requests] == [100, 100, 50]
    assert [str(one) for one in fetched.works] == [f"arxiv:{one}" for one in many]


def test_the_id_that_arxiv_names_is_refused_and_the_others_are_asked_again(
    client: PoliteClient, server: LoopbackServer, answer: AnswerFile
) -> None:
    server.script = [Reply(400, answer("refusal")), lambda request: feed(*request.ids)]
    fetched = fetch(client, server, "2401.00001", "2401.00002", "2401.00003")
    assert fetched.refused == {parse_identifier("2401.00002"): "incorrect id format for 2401.00002"}
    assert [work.arxiv for work in fetched.works.values()] == ["2401.00001", "2401.00003"]
    assert fetched.absent == ()
    assert len(server.requests) == 2


def test_bad_ids_that_arxiv_does_not_name_are_found_by_halves(
    client: PoliteClient, server: LoopbackServer
) -> None:
    bad = {"2401.00003", "2401.00042"}

    def reply(request: Request) -> Reply:
        return refusal("bad list") if bad & set(request.ids) else feed(*request.ids)

    server.script = [reply]
    many = [f"2401.{number:05}" for number in range(1, 65)]
    fetched = fetch(client, server, *many)
    assert {one.value for one in fetched.refused} == bad
    assert set(fetched.refused.values()) == {"bad list"}
    assert len(fetched.works) == 62
    assert len(server.requests) <= 2 * 2 * 6 + 1


def test_a_400_without_a_reason_is_no_verdict_on_the_ids(
    client: PoliteClient, server: LoopbackServer
) -> None:
    server.script = [Reply(400, b"Bad Request")]
    with pytest.raises(SourceError, match="answered 400 Bad Request without a reason"):
        fetch(client, server, "2401.00001", "2401.00002")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "bad",
    [
        Reply(429, b"Rate exceeded."),
        Reply(503),
        Reply(406),
        Reply(200),
        Reply(200, b"<html>We are busy</html>"),
        Reply(200, feed("2401.00001").body[:-12]),
        Reply(200, feed("2401.00001").body[:-12], missing_bytes=12),
        Reply(200, FEED.format(TOTAL.format(1)).encode()),
        Reply(200, FEED.format(TOTAL.format(2) + entry("2401.00001")).encode()),
    ],
    ids="429 503 406 empty html half broken-off none-of-1 one-of-2".split(),
)
def test_an_answer_that_falls_short_is_asked_for_again_and_never_taken_in_part(
    client: PoliteClient, server: LoopbackServer, time: Time, bad: Reply
) -> None:
    server.script = [bad, feed("2401.00001", "2401.00002")]
    assert len(fetch(client, server, "2401.00001", "2401.00002").works) == 2
    server.script, server.requests[:] = [bad], []
    with pytest.raises(SourceError, match=r"^arXiv at .* \(asked 4 times\)$|^arXiv sent"):
        fetch(client, server, "2401.00001", "2401.00002")
    assert len(server.requests) == 4
    assert sum(time.slept) < 2


def test_when_a_later_slice_fails_there_is_no_result(
    client: PoliteClient, server: LoopbackServer
) -> None:
    server.script = [lambda request: feed(*request.ids), Reply(503)]
    with pytest.raises(SourceError):
        fetch(client, server, *(f"2401.{number:05}" for number in range(1, 102)))


# Real answers, where the folder is at hand


def test_every_recorded_answer_is_read_whole(recordings: Path) -> None:
    files = sorted((recordings / "arxiv-api").glob("*.xml"))
    assert files
    for file in files:
        data = file.read_bytes()
        if b"/api/errors" in data:
            with pytest.raises(SourceError, match="incorrect id format for abc"):
                parse_feed(data)
            continue
        works = parse_feed(data)
        assert len(works) == data.count(b"<entry>"), file.name
        for work in works:
            assert work.title and work.authors and work.abstract and work.date and work.pdf
            assert work.categories
            assert not re.search(r"\s{2}|\n", work.title + work.comment)


def test_recorded_answers_are_found_under_the_ids_asked_for(
    client: PoliteClient, server: LoopbackServer, recordings: Path
) -> None:
    manifest = json.loads((recordings / "manifest.json").read_text(encoding="utf-8"))
    answers = {}
    for record in manifest:
        query = parse_qs(urlsplit(record["url"]).query)
        if record["file"].startswith("arxiv-api/") and "id_list" in query:
            server.script = [Reply(record["status"], (recordings / record["file"]).read_bytes())]
            asked = [find_identifier(text, bare=True) for text in query["id_list"][0].split(",")]
            fetched = fetch_works(filter(None, asked), client, server.url)
            answers |= {str(one): work.title for one, work in fetched.works.items()}
            answers |= {str(one): None for one in fetched.absent}
    assert answers["arxiv:1706.03762"] == "Attention Is All You Need"
    assert answers["arxiv:2104.12255v1"] == "0"
    assert str(answers["arxiv:quant-ph/0201082v1"]).startswith("Quantum Computers")
    assert len([title for title in answers.values() if title]) == 6
