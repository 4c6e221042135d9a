"""What is private leaves no trace in a site, nor in the graph that is passed on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from paperkb.cli.main import cli
from paperkb.site.build import build_site
from tests.site import canary
from tests.site.crawl import faults, files
from tests.vaults import load, load_indexed, write_files


def _everything() -> dict[str, str]:
    made = canary.public_files()
    for number in range(canary.COUNT):
        made |= canary.private_files(number)
    return made


@pytest.fixture(scope="module", autouse=True)
def short() -> Iterator[None]:
    """Search has the words of public notes in short, as in a large library."""
    with patch("paperkb.library.shorthand.FEWEST", 0):
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(vault, site) of the canaries."""
    root = tmp_path_factory.mktemp("canary")
    (root / "vault").mkdir()
    write_files(root / "vault", _everything())
    build_site(load_indexed(root / "vault"), root / "site")
    return root / "vault", root / "site"


def test_the_vault_holds_what_is_looked_for(built: tuple[Path, Path], tmp_path: Path) -> None:
    vault, _ = built
    library = load(vault)
    assert len(library.notes) == canary.COUNT + 7
    assert sum(note.fields.private for note in library.notes) == canary.COUNT
    # Made public, the same notes are found: the search looks in the right places.
    files_ = {**canary.private_files(0), "paperkb.toml": ""}
    open_ = {name: text.replace("private: true", "") for name, text in files_.items()}
    (tmp_path / "vault").mkdir()
    write_files(tmp_path / "vault", open_)
    build_site(load(tmp_path / "vault"), tmp_path / "site")
    assert len(canary.traces(tmp_path / "site")) > 20


def test_no_byte_and_no_path_of_the_site_has_a_private_word(built: tuple[Path, Path]) -> None:
    _, out = built
    assert canary.traces(out) == []
    assert faults(out) == []


def test_links_to_private_notes_are_their_own_words(built: tuple[Path, Path]) -> None:
    page = (built[1] / "notes/links0.html").read_text()
    assert "own words" in page
    assert "private note" in page
    assert 'class="unresolved"' not in page


@pytest.mark.parametrize("form", ["json", "graphml", "gexf", "dot"])
def test_no_trace_in_the_graph(built: tuple[Path, Path], form: str) -> None:
    run = CliRunner().invoke(cli, ["-C", str(built[0]), "graph", "--format", form])
    assert run.exit_code == 0
    assert "public2" in run.output
    assert canary.STEM not in run.output.lower()


def test_what_private_notes_say_changes_no_byte(built: tuple[Path, Path], tmp_path: Path) -> None:
    """Other contents in the same private files: the same site. And where nobody names them, the
    site is that of a vault without them."""
    _, out = built
    others = {
        name: "---\nprivate: true\n---\n" * name.endswith(".md") for name in _everything()
    } | canary.public_files()
    # Their names, which public notes use, are what they still have.
    for number in range(canary.COUNT):
        names = f"{canary.word(number, 'alias')}, Long {canary.word(number, 'longalias')}"
        others[canary.path(number)] = f"---\nprivate: true\naliases: [{names}]\n---\n"
    (tmp_path / "vault").mkdir()
    write_files(tmp_path / "vault", others)
    build_site(load(tmp_path / "vault"), tmp_path / "site")
    assert files(tmp_path / "site") == files(out)


def test_private_notes_that_nobody_names_are_as_if_they_were_not_there(tmp_path: Path) -> None:
    alone = {name: text for name, text in canary.public_files().items() if "links" not in name}
    for folder, all_files in (("without", alone), ("with", alone | canary.private_files(4)
                               | canary.private_files(5) | canary.private_files(7))):  # fmt: skip
        (tmp_path / folder).mkdir()
        write_files(tmp_path / folder, all_files)
        build_site(load(tmp_path / folder), tmp_path / f"{folder}-site")
    assert files(tmp_path / "with-site") == files(tmp_path / "without-site")


def test_the_address_of_a_paper_tells_nothing_of_a_private_note_about_it(tmp_path: Path) -> None:
    public = (
        "Compare https://arxiv.org/abs/1706.03762 and [it](https://doi.org/10.1038/nature14539)."
    )
    bib = "@misc{seen, title={Seen}, doi={10.1038/nature14539}}"
    secret = "---\nprivate: true\n---\n"
    for name, fields in (("one", "arxiv: 1706.03762\ndoi: 10.1038/nature14539\n"), ("none", "")):
        (tmp_path / name).mkdir()
        note = secret.replace("true\n", f"true\n{fields}")
        write_files(tmp_path / name, {"a.md": public, "refs.bib": bib, "secret.md": note})
        build_site(load(tmp_path / name), tmp_path / f"{name}-site")
    assert files(tmp_path / "one-site") == files(tmp_path / "none-site")
    assert "Seen" in (tmp_path / "one-site/notes/a.html").read_text()


def test_withheld_files_and_bibliographies_are_not_published(tmp_path: Path) -> None:
    write_files(tmp_path / "vault", {
        "paperkb.toml": '[publish]\nexclude = ["Drafts"]',
        "a.md": "See ![plot](drafts/kanari.png), [the plot](drafts/kanari.png), ![[kanari.png]], "
        "[@kanari2001] and <img src=drafts/kanari.png alt=x>. Also [[kanari2001|own words]].",
        "drafts/kanari.png": "PNG",
        "drafts/refs.bib": "@misc{kanari2001, title={Kanari}}",
    })  # fmt: skip
    build_site(load(tmp_path / "vault"), tmp_path / "site")
    assert canary.traces(tmp_path / "site") == []
    page = (tmp_path / "site/notes/a.html").read_text()
    assert "the plot" in page
    assert "own words" in page


STEPS = (
    ("papers/kanari.md", "---\nprivate: true\n---\n# Kanari"),
    ("papers/kanari.md", "---\ntags: [kanari]\n---\n# Kanari\n\n[[public2]] ![](kanari.txt)"),
    ("papers/kanari.md", "---\ntags: [kanari]\nprivate: true\n---\n# Kanari ![](kanari.txt)"),
    ("papers/kanari.md", "# Kanari again\n\n#kanari"),
    ("paperkb.toml", '[publish]\nexclude = ["papers/kan*"]'),
    ("paperkb.toml", '[publish]\nexclude = ["inbox"]'),
    ("paperkb.toml", '[publish]\nexclude = ["#kanari"]'),
    ("papers/kanari.md", "# Kanari without the tag"),
    ("papers/kanari.md", "# Kanari nested\n\n#kanari/deep"),
    ("paperkb.toml", ""),
    ("paperkb.toml", '[publish]\nexclude = ["papers/kanari.*"]'),
)


def test_traces_go_and_come_with_each_step(tmp_path: Path) -> None:
    root, out = tmp_path / "vault", tmp_path / "site"
    write_files(root, {"papers/public2.md": "# Second\n\n[[kanari|one]] text.\n",
                       "papers/kanari.txt": "x"})  # fmt: skip
    seen = []
    for number, (name, text) in enumerate(STEPS):
        write_files(root, {name: text})
        build_site(load_indexed(root), out)
        seen.append(bool(canary.traces(out)))
        clean = tmp_path / f"clean{number}"
        build_site(load(root), clean)
        assert files(out) == files(clean)
    assert seen == [False, True, False, True, False, True, False, True, False, True, False]
