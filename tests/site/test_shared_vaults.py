"""Three real vaults, read in place. Runs where ``PAPERKB_VAULTS`` names their folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from paperkb.library.library import Library
from paperkb.model import Found, FoundFile, Known, Missing, SamePage
from paperkb.site.build import build_site
from tests.site.crawl import faults, read_site
from tests.vaults import load

VAULTS = ("obsidian-literature", "yaml-reference-graph", "plain-summaries")


def kinds(library: Library, *wanted: str) -> Counter[str]:
    """How many links of some kinds lead to what."""
    return Counter(
        "Self" if isinstance(found, Found) and found.key == note.key else type(found).__name__
        for note in library.notes
        for link, found in zip(
            library.parsed(note).links, library.resolutions[note.key], strict=True
        )
        if link.kind in wanted
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", VAULTS)
def test_every_link_of_the_site_resolves_and_the_vault_is_untouched(
    shared_vaults: Path, tmp_path: Path, name: str
) -> None:
    root = shared_vaults / name
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    build_site(load(root), tmp_path / "site")
    assert faults(tmp_path / "site") == []
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_obsidian_literature(shared_vaults: Path) -> None:
    library = load(shared_vaults / "obsidian-literature")
    assert len(library.notes) == 365
    assert len(library.known) == 483
    wikilinks = kinds(library, "wikilink")
    assert wikilinks.total() == 1584 - 1
    # An independent count has 1,543 to other notes, 7 to the note itself, 3 to the bibliography, 20
    # that dangle and 1 to a file. [[grauerOptionTradeClassification2022]] finds the note of that
    # name with @, before its bibliography entry; [[📑notes/📺Outlook]] in 📖chapters/📺Outlook.md
    # is the other file of that name, not itself; and the file, a picture, is not in this copy.
    # One that dangles, [[4]](https://…), is a Markdown link to Wikipedia.
    assert wikilinks == {
        "Found": 1543 + 2, "Self": 7 - 1, "SamePage": 10, "Known": 3 - 1, "Missing": 20 - 1 + 1,
    }  # fmt: skip
    assert kinds(library, "embed").total() == 154


def test_yaml_reference_graph(shared_vaults: Path) -> None:
    library = load(shared_vaults / "yaml-reference-graph")
    assert len(library.notes) == 990
    relative = [
        (link, found)
        for note in library.notes
        for link, found in zip(
            library.parsed(note).links, library.resolutions[note.key], strict=True
        )
        if link.kind == "markdown" and not link.identifier
    ]
    to_notes = [found for _, found in relative if isinstance(found, Found)]
    nowhere = [link for link, found in relative if isinstance(found, Missing)]
    assert len(to_notes) == 9248
    assert len(nowhere) == 588
    assert sum(".pdf" in link.target.lower() for link in nowhere) == 259
    assert not any(isinstance(found, Known | FoundFile | SamePage) for _, found in relative)


def test_plain_summaries(shared_vaults: Path, tmp_path: Path) -> None:
    library = load(shared_vaults / "plain-summaries")
    assert len(library.notes) == 76
    build_site(library, tmp_path / "site")
    assert sum(path.startswith("notes/") for path in read_site(tmp_path / "site")) == 77
