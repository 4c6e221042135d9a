"""Which files are introductions to topics, and that they are no notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.library.introductions import find_introductions, introduction_of, summaries
from paperkb.library.library import Library
from paperkb.library.withheld import Withheld
from paperkb.model import Found, Hidden
from tests.vaults import Vault, load_indexed, write_files

ON_SHELF = "---\ntopics: [nlp/parsing]\n---\n# A\n"


def keys(library: Library) -> list[str]:
    return [note.key for note in library.notes]


def test_a_file_that_names_a_topic_of_a_note_introduces_it(vault: Vault) -> None:
    library = vault(
        {
            "a.md": ON_SHELF,
            "topics/NLP.md": "---\ntldr: Language.\n---\n# Language\nSee [[a]].",
            "topics/nlp/parsing.md": "Trees.",
            "topics/vision.md": "# No note is on this shelf",
        }
    )
    assert keys(library) == ["a", "vision"]
    found = introduction_of(library.index, "nlp")
    assert found
    assert found.work.title == "Language"
    assert library.resolutions_of(found.key) == (Found("a"),)
    assert library.public.references(target="a") == []
    assert summaries(library.index) == {"nlp": "Language."}


@pytest.mark.parametrize(
    "front", ["topics: [x]", "status: read", "authors: [A B]", "year: 2017", "arxiv: 1706.03762"]
)
def test_a_note_about_a_paper_stays_a_note_wherever_it_is(vault: Vault, front: str) -> None:
    library = vault({"a.md": ON_SHELF, "topics/nlp.md": f"---\n{front}\n---\n# N\n"})
    assert keys(library) == ["a", "nlp"]
    assert introduction_of(library.index, "nlp") is None


@pytest.mark.parametrize("config", ["", "[publish]\nexclude = ['#secret']"])
def test_a_topic_of_private_notes_has_no_introduction(vault: Vault, config: str) -> None:
    """It has no page: the file would be nowhere, and tell that there is such a note."""
    how = "tags: [secret]" if config else "private: true"
    note = f"---\n{how}\ntopics: [transport]\n---\n"
    library = vault({"a.md": note, "topics/transport.md": "# Essay", "paperkb.toml": config})
    assert keys(library) == ["a", "transport"]
    assert introduction_of(library.index, "transport") is None


def test_of_two_files_the_first_introduces_and_the_other_is_a_note(vault: Vault) -> None:
    library = vault({"a.md": ON_SHELF, "topics/NLP.md": "One", "topics/nlp.markdown": "Two"})
    found = introduction_of(library.index, "nlp")
    assert found
    assert found.path == "topics/NLP.md"
    assert keys(library) == ["a", "nlp"]


def test_it_keeps_no_stem_from_a_note(vault: Vault) -> None:
    assert keys(vault({"papers/nlp.md": ON_SHELF, "topics/nlp.md": "Intro"})) == ["nlp"]


def test_a_private_introduction_is_not_shown_and_private_notes_in_it_are_hidden(
    vault: Vault,
) -> None:
    library = vault(
        {
            "a.md": ON_SHELF,
            "p.md": "---\nprivate: true\n---\n",
            "topics/nlp.md": "---\nprivate: true\ntldr: Secret\n---\nx",
            "topics/nlp/parsing.md": "See [[p]].",
        }
    )
    assert introduction_of(library.index, "nlp") is None
    assert summaries(library.index) == {}
    shown = introduction_of(library.index, "nlp/parsing")
    assert shown
    assert library.public.resolutions_of(shown.key) == (Hidden(),)


def test_it_is_a_note_again_when_its_topic_is_gone(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": ON_SHELF, "topics/nlp.md": "# Intro\n[[a]]"})
    library = load_indexed(tmp_path)
    assert keys(library) == ["a"]
    library.close()
    write_files(tmp_path, {"a.md": "# A"})
    library = load_indexed(tmp_path)
    assert keys(library) == ["a", "nlp"]
    assert library.resolutions_of("nlp") == (Found("a"),)
    assert find_introductions(library.index, {}, Withheld()) == {}
    library.close()
