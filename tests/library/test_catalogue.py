"""What files about all papers say of one note."""

from __future__ import annotations

import json

from paperkb.library.catalogue import CatalogueRow, catalogue_row, markdown_text
from tests.vaults import Vault, load_indexed, write_files


def test_a_row_says_what_the_fields_say(vault: Vault) -> None:
    library = vault(
        {
            "a.md": "---\ntitle: A [x]\nauthors: [Ada Lovelace]\nyear: 1843\ntopics: [x y/z]\n"
            "status: read\nrating: 5\nadded: 2024-01-01\ntldr: Two *words*\n---\n#tag %% remark %%"
        }
    )
    row = catalogue_row(library.notes[0])
    assert row.bibtex.startswith("@misc{a,\n  title = {A [x]}")
    assert json.loads(row.csl)["author"] == [{"family": "Lovelace", "given": "Ada"}]
    assert json.loads(row.facts) == {
        "status": "read", "rating": 5, "added": "2024-01-01", "tags": ["tag"],
        "topics": ["x y/z"], "tldr": "Two *words*",
    }  # fmt: skip
    assert row[4:] == ("x y", "A \\[x\\]", "Two \\*words\\*")


def test_control_characters_are_not_passed_on(vault: Vault) -> None:
    library = vault({"a.md": '---\ntitle: "a\\x01b"\ntldr: "c\\nd\\x7f"\n---\n'})
    row = catalogue_row(library.notes[0])
    assert not any(sign in text for text in row for sign in "\x01\x7f")
    assert row.about == "c d\ufffd"


def test_text_means_nothing_in_markdown() -> None:
    assert markdown_text("[a](b) <i> `c`\n# d") == "\\[a\\](b) \\<i\\> \\`c\\` \\# d"


def test_the_table_follows_the_notes(vault: Vault) -> None:
    root = vault({"a.md": "# A", "b.md": "# B", "p.md": "---\nprivate: true\n---\n# P"}).root

    def titles() -> list[str]:
        library = load_indexed(root)
        assert library.catalogue(*CatalogueRow._fields[1:]) == [
            catalogue_row(library.by_key[key]) for (key,) in library.catalogue()
        ]
        found = [link for _, link in library.public.catalogue("link")]
        library.close()
        return found

    assert titles() == ["A", "B"]
    write_files(root, {"a.md": "# Z", "p.md": "# P"})
    assert titles() == ["Z", "B", "P"]
    (root / "a.md").unlink()
    write_files(root, {"b.md": "---\nprivate: true\n---\n"})
    assert titles() == ["P"]
