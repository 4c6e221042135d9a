"""The order of papers on a shelf."""

from __future__ import annotations

from paperkb.library.shelves import position
from tests.vaults import Vault


def test_oldest_first_exact_dates_before_the_year_alone_undated_last(vault: Vault) -> None:
    library = vault(
        {
            "a.md": "text",
            "b.md": "---\nyear: 2017\n---\n",
            "c.md": "---\ndate: 2017-12-01\n---\n",
            "d.md": "---\ndate: 2017-01-02\n---\n",
            "e.md": "---\nyear: 1986\n---\n",
        }
    )
    assert [note.key for note in sorted(library.notes, key=position)] == ["e", "d", "c", "b", "a"]
