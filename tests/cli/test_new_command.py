"""``paperkb new``: what is written, and that a failure writes nothing."""

from __future__ import annotations

import datetime
import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from paperkb.library import scaffold
from tests.cli.conftest import Run
from tests.sources.loopback import LoopbackServer, Reply, Request

ENTRY = """\
<entry>
  <id>http://arxiv.org/abs/{id}v{version}</id>
  <title>{title}</title>
  <summary>  First line
of the abstract with a &lt; sign.</summary>
  <published>2017-06-12T17:57:34Z</published>
  <updated>2023-08-02T00:41:18Z</updated>
  <author><name>{author}</name></author>
  <link title="pdf" href="http://arxiv.org/pdf/{id}v{version}" rel="related"/>
</entry>"""


def feed(*entries: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"<opensearch:totalResults>{len(entries)}</opensearch:totalResults>"
        f"{''.join(entries)}</feed>"
    ).encode()


def entry(
    identifier: str, title: str = "A title", author: str = "Ada Lovelace", version: int = 1
) -> str:
    return ENTRY.format(id=identifier, title=title, author=author, version=version)


def everything_asked(request: Request) -> Reply:
    """Every id exists; answers come in reverse order, as they may."""
    bases = [re.sub(r"v\d+$", "", one) for one in request.ids]
    return Reply(200, feed(*(entry(one, f"Paper {one}") for one in reversed(bases))))


def notes(vault: Path) -> dict[str, str]:
    files = sorted((vault / "papers").glob("*"))
    return {path.name: path.read_text(encoding="utf-8") for path in files}


def front_matter(text: str) -> dict[str, object]:
    fields = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(fields, dict)
    return fields


def test_a_note_has_the_canonical_fields_and_asks_a_readers_questions(
    run: Run, vault: Path, arxiv: LoopbackServer
) -> None:
    arxiv.script = [Reply(200, feed(entry("1706.03762", "Attention:\n  Is All", version=7)))]
    result = run("new", "1706.03762v5", "--tag", "nlp", "--topic", "language/translation")
    assert (result.exit_code, result.stdout) == (0, "papers/lovelace2017attention.md\n")
    text = notes(vault)["lovelace2017attention.md"]
    assert front_matter(text) == {
        "title": "Attention: Is All",
        "authors": ["Ada Lovelace"],
        "year": 2017,
        "date": datetime.date(2017, 6, 12),
        "arxiv": "1706.03762",
        "version": 5,
        "url": "https://arxiv.org/abs/1706.03762",
        "pdf": "https://arxiv.org/pdf/1706.03762v7",
        "tags": ["nlp"],
        "topics": ["language/translation"],
        "status": "inbox",
        "added": datetime.datetime.now().astimezone().date(),
        "tldr": "",
    }
    assert "> [!abstract]\n> First line of the abstract with a < sign.\n" in text
    for question in ("What it is", "Builds on", "Data", "Method", "Results", "Code", "Questions"):
        assert f"## {question}\n" in text
    for part in ("Inputs", "Outputs", "Architecture", "New layers", "Loss", "Training"):
        assert f"**{part}**" in text
    assert run("check").stderr == "no problems\n"


@pytest.mark.parametrize("title", ["0", "null", "yes", "a: b # c", '"quoted"', "{{date}}", "[x]"])
def test_titles_that_yaml_would_misread_come_back_whole(
    run: Run, vault: Path, arxiv: LoopbackServer, title: str
) -> None:
    arxiv.script = [Reply(200, feed(entry("1706.03762", title.replace("&", "&amp;"))))]
    assert run("new", "1706.03762").exit_code == 0
    assert front_matter(next(iter(notes(vault).values())))["title"] == title


def test_many_at_once_from_stdin_in_the_order_asked_for(
    run: Run, vault: Path, arxiv: LoopbackServer
) -> None:
    arxiv.script = [everything_asked]
    ids = "1706.03762\n# a remark\n\nhttps://arxiv.org/abs/math.GT/0309136v1\narXiv:1706.03762v2\n"
    result = run("new", "--json", stdin=ids)
    rows = json.loads(result.stdout)
    assert [row["id"] for row in rows] == ["arxiv:1706.03762", "arxiv:math/0309136"]
    assert [row["key"] for row in rows] == ["lovelace2017paper", "lovelace2017papera"]
    assert set(rows[0]) == {"key", "path", "id", "title"}
    assert sorted(notes(vault)) == ["lovelace2017paper.md", "lovelace2017papera.md"]


def test_a_key_never_overwrites(run: Run, vault: Path, arxiv: LoopbackServer) -> None:
    taken = vault / "papers" / "Lovelace2017Paper.md"
    taken.write_text("mine", encoding="utf-8")
    arxiv.script = [everything_asked]
    assert run("new", "1706.03762").stdout == "papers/lovelace2017papera.md\n"
    assert taken.read_text(encoding="utf-8") == "mine"


def test_a_work_of_the_bibliography_keeps_its_key(
    run: Run, vault: Path, arxiv: LoopbackServer
) -> None:
    bib = "@article{Vaswani:17, title={Attention}, eprint={1706.03762}, archivePrefix={arXiv}}"
    (vault / "refs.bib").write_text(bib.replace(":", "_"), encoding="utf-8")
    arxiv.script = [everything_asked]
    assert run("new", "1706.03762").stdout == "papers/Vaswani_17.md\n"


@pytest.mark.parametrize(
    "existing",
    [
        "arxiv: 1706.03762",
        "url: https://arxiv.org/pdf/1706.03762v1",
        "doi: 10.48550/ARXIV.1706.03762",
    ],
)
def test_a_paper_in_the_vault_under_any_spelling_is_refused(
    run: Run, vault: Path, arxiv: LoopbackServer, existing: str
) -> None:
    (vault / "papers" / "old.md").write_text(f"---\ntitle: T\n{existing}\n---\n", encoding="utf-8")
    arxiv.script = [everything_asked]
    result = run("new", "1706.03762v3", "2001.00001")
    assert result.exit_code == 4
    assert "papers/old.md" in result.stderr
    assert list(notes(vault)) == ["old.md"]
    assert arxiv.requests == []
    result = run("new", "1706.03762v3", "2001.00001", "--skip-existing")
    assert (result.exit_code, len(notes(vault))) == (0, 2)


def test_a_paper_whose_doi_only_arxiv_knows_is_refused(
    run: Run, vault: Path, arxiv: LoopbackServer
) -> None:
    (vault / "papers" / "old.md").write_text("---\ndoi: 10.1/x\n---\n# T\n", encoding="utf-8")
    doi = '<doi xmlns="http://arxiv.org/schemas/atom">10.1/X</doi></entry>'
    old = "---\ntitle: T\ndoi: 10.1038/nature14539\n---\n"
    (vault / "papers" / "old.md").write_text(old, encoding="utf-8")
    made = entry("1706.03762").replace("</entry>", doi.replace("10.1/X", "10.1038/NATURE14539"))
    arxiv.script = [Reply(200, feed(made))]
    result = run("new", "1706.03762")
    assert (result.exit_code, list(notes(vault))) == (4, ["old.md"])


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(429, b"Rate exceeded."), "429"),
        (Reply(503), "503"),
        (Reply(200, b""), "arXiv"),
        (Reply(200, b"<html>hello</html>"), "arXiv"),
        (Reply(200, feed(entry("1706.03762"))[:300]), "arXiv"),
        (Reply(200, feed(entry("1706.03762")), missing_bytes=100), "arXiv"),
        (Reply(200, b'<!DOCTYPE x [<!ENTITY a "b">]><feed/>'), "arXiv"),
    ],
    ids=["429", "503", "empty", "html", "half", "truncated", "entities"],
)
def test_a_source_that_fails_writes_nothing(
    run: Run, vault: Path, arxiv: LoopbackServer, reply: Reply, words: str
) -> None:
    arxiv.script = [reply]
    result = run("new", "1706.03762")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("paperkb: ") or "asking again" in result.stderr
    assert words in result.stderr
    assert notes(vault) == {}


def test_no_network_is_a_sentence(run: Run, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERKB_ARXIV_URL", "http://127.0.0.1:9")
    result = run("new", "1706.03762")
    assert result.exit_code == 3
    assert "could not be reached" in result.stderr
    assert notes(vault) == {}


def test_absent_and_impossible_ids_fail_alone(run: Run, vault: Path, arxiv: LoopbackServer) -> None:
    arxiv.script = [Reply(200, feed(entry("2001.00001")))]
    result = run("new", "1412.12345", "2001.00001", "1001.0001")
    assert result.exit_code == 1
    assert "1412.12345" in result.stderr
    assert "arXiv has no paper arxiv:1001.0001" in result.stderr
    assert len(notes(vault)) == 1


def test_a_saved_answer_needs_no_network(
    run: Run, vault: Path, arxiv: LoopbackServer, tmp_path: Path
) -> None:
    saved = tmp_path / "answer.xml"
    saved.write_bytes(feed(entry("1706.03762", "One"), entry("2001.00001", "Two")))
    assert run("new", "--from", str(saved), "2001.00001").stdout == "papers/lovelace2017two.md\n"
    assert run("new", "--from", "-", "--skip-existing", stdin=saved.read_bytes()).exit_code == 0
    assert arxiv.requests == []
    assert sorted(notes(vault)) == ["lovelace2017one.md", "lovelace2017two.md"]


def test_a_dry_run_writes_nothing(run: Run, vault: Path, arxiv: LoopbackServer) -> None:
    arxiv.script = [everything_asked]
    result = run("new", "1706.03762", "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "papers/lovelace2017paper.md\n")
    assert notes(vault) == {}


def test_templates_keys_and_places_are_the_readers(
    run: Run, vault: Path, arxiv: LoopbackServer
) -> None:
    config = (
        '[vault]\nnotes = "reading/list"\n'
        '[new]\nkey_pattern = "{year}-{family}"\nstatus = "queued"\n'
    )
    (vault / "paperkb.toml").write_text(config, encoding="utf-8")
    template = vault / "templates" / "note" / "mine.md"
    template.parent.mkdir(parents=True)
    template.write_text(
        "---\n{{ front_matter }}\n---\n# {{ title }} {{ other }}\n", encoding="utf-8"
    )
    arxiv.script = [everything_asked]
    assert (
        run("new", "1706.03762", "--template", "mine").stdout == "reading/list/2017-lovelace.md\n"
    )
    text = (vault / "reading/list/2017-lovelace.md").read_text(encoding="utf-8")
    assert text.endswith("status: queued\nadded: " + text.split("added: ")[1])
    assert "# Paper 1706.03762 {{ other }}" in text


@pytest.mark.parametrize(
    ("config", "template", "said"),
    [
        ("", "none", "there is no note template «none»; there are mine, paper, short"),
        ("", "mine", "is not UTF-8"),
        ('[new]\nkey_pattern = "{year:d}"', "paper", "key_pattern '{year:d}'"),
        ('[vault]\nnotes = "../x"', "paper", "is not inside the vault"),
    ],
)
def test_a_wrong_wish_is_told_before_anybody_is_asked(
    run: Run, vault: Path, arxiv: LoopbackServer, config: str, template: str, said: str
) -> None:
    (vault / "paperkb.toml").write_text(config, encoding="utf-8")
    (vault / "templates/note").mkdir(parents=True)
    (vault / "templates/note/mine.md").write_bytes(b"\xff")
    result = run("new", "1706.03762", "--template", template)
    assert (result.exit_code, said in result.stderr, arxiv.requests) == (2, True, [])


def test_the_editor_opens_what_was_written(
    run: Run, vault: Path, arxiv: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = vault / "editor.py"
    script.write_text("import sys; open(sys.argv[1], 'a').write('edited')", encoding="utf-8")
    monkeypatch.setenv("PAPERKB_EDITOR", f"{sys.executable} {script}")
    arxiv.script = [everything_asked]
    assert run("new", "1706.03762", "--edit").exit_code == 0
    assert notes(vault)["lovelace2017paper.md"].endswith("edited")


def test_recorded_answers_become_notes(
    run: Run, vault: Path, arxiv: LoopbackServer, recordings: Path
) -> None:
    answers = {
        "1706.03762": "id_1706.03762_unversioned_returns_v7.xml",
        "1707.08567": "id_1707.08567_34authors_accents.xml",
        "2104.12255v1": "id_2104.12255v1_title_zero.xml",
        "astro-ph/0601001": "id_old_astro-ph_0601001_affiliation_jref.xml",
        "quant-ph/0201082v1": "id_old_quant-ph_0201082v1.xml",
    }
    for asked, name in answers.items():
        arxiv.script = [Reply(200, (recordings / "arxiv-api" / name).read_bytes())]
        assert run("new", asked).exit_code == 0
    arxiv.script = [Reply(400, (recordings / "arxiv-api/error_400_malformed_abc.xml").read_bytes())]
    assert run("new", "2001.00001").exit_code in (1, 3)
    missing = (recordings / "arxiv-api/two_ids_one_missing.xml").read_bytes()
    arxiv.script = [Reply(200, missing)]
    assert run("new", "0808.0539", "1707.08567", "--skip-existing").exit_code == 1
    assert len(notes(vault)) == len(answers)
    titles = {front_matter(text)["title"] for text in notes(vault).values()}
    assert {"0", "Attention Is All You Need"} <= titles
    assert run("check").exit_code == 0


def test_two_commands_at_once_write_one_note(vault: Path, arxiv: LoopbackServer) -> None:
    arxiv.script = [everything_asked]
    command = [sys.executable, "-m", "paperkb", "-C", str(vault), "new", "2005.00512"]
    environment = {**os.environ, "PAPERKB_ARXIV_URL": arxiv.url}
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in running:
        process.communicate()
    assert sorted(process.returncode for process in running) == [0, 4, 4]
    assert len(notes(vault)) == 1


def test_a_batch_that_fails_half_way_leaves_nothing(
    run: Run, vault: Path, arxiv: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = scaffold.write_note
    written: list[Path] = []

    def full_disk(root: Path, draft: scaffold.Draft) -> Path:
        if written:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(original(root, draft))
        return written[0]

    monkeypatch.setattr(scaffold, "write_note", full_disk)
    arxiv.script = [everything_asked]
    result = run("new", "2001.00001", "2001.00002")
    assert (result.exit_code, result.stdout, notes(vault)) == (1, "", {})
    assert "No space left on device; nothing was written" in result.stderr


def test_skipping_forgets_no_failure(run: Run, vault: Path) -> None:
    (vault / "papers" / "old.md").write_text("---\narxiv: 2001.00001\n---\n", encoding="utf-8")
    assert run("new", "--skip-existing", "2001.00001", "foo").exit_code == 1
    result = run("new", "--skip-existing", "--json", "2001.00001")
    assert (result.exit_code, result.stdout) == (0, "[]\n")


def test_an_answer_without_papers_says_so(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "empty.xml"
    saved.write_bytes(feed())
    result = run("new", "--from", str(saved))
    assert (result.exit_code, "there is no paper in" in result.stderr) == (1, True)
