"""What search finds the texts by that were parsed just now, until it is in the postings.

In a first build it goes there at once, while other processes still parse; notes come in the order
of their numbers, in which postings are sorted. A later build keeps it by text, since a note's old
entries must go when its new ones come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paperkb.library.discover import FileEntry
from paperkb.library.index import decode
from paperkb.library.names import keyed
from paperkb.library.postings import Came, add_entries, numbered
from paperkb.search.document import Entries


class FreshEntries:
    """Takes the entries of texts, and gives them to whoever makes the postings."""

    def __init__(self, paths: Sequence[str] = ()) -> None:
        """``paths``: those of all notes, if this is the first build."""
        keys = keyed(paths)
        numbers = numbered(keys)
        self.came: Came = {}
        """The postings of a first build, as far as they are known."""
        self.added: set[int] = set()
        """The numbers of the notes whose texts are in them."""
        self._numbers = {path: numbers[key] for path, key in zip(paths, keys, strict=True)}
        self._waiting: dict[bytes, bytes] = {}

    def in_order(self, files: Iterable[FileEntry]) -> list[FileEntry]:
        """Files in the order in which their entries are wanted."""
        return sorted(files, key=lambda file: self._numbers.get(file.path, -1))

    def take(self, path: str, text: bytes, packed: bytes) -> None:
        """The packed entries of the text of a file; nothing if they are not known without the
        file's name."""
        if packed and path in self._numbers:
            number = self._numbers[path]
            add_entries(self.came, number, decode(packed, Entries))
            self.added.add(number)
        elif packed:
            self._waiting[text] = packed

    def pop(self, text: bytes) -> Entries | None:
        """The entries of a text, once."""
        packed = self._waiting.pop(text, b"")
        return decode(packed, Entries) if packed else None

    def numbers_are(self, numbers: dict[str, int]) -> bool:
        """Whether these are the numbers of the notes, by path, that the postings were made with."""
        return all(self._numbers.get(path) == number for path, number in numbers.items())

    def forget(self) -> None:
        """The postings turned out to be of another library: notes are read again."""
        self.came, self.added = {}, set()
