from __future__ import annotations

from paperkb.library.cells import cell, packed
from paperkb.site.reads import Reads


def test_what_is_read_is_taken_down_until_the_next_page_begins() -> None:
    reads = Reads()
    assert not reads
    reads("work", "a")
    reads("work", "a")
    reads("notes")
    assert reads
    assert reads.packed() == packed({cell("work", "a"), cell("notes")})
    reads.restart()
    reads.all_notes("year")
    assert reads.packed() == packed({cell("keys"), cell("column", "year")})
    reads.restart()
    assert not reads and reads.packed() == b""
