"""The words that the site writes in short in the texts of results (``search/shorthand.py``).

They are those of a sample, the notes with the lowest numbers: so an edit changes them only if it is
in one of these, and then all texts are written again. A small library has none.
"""

from __future__ import annotations

import hashlib
import json

from paperkb.library.changes import Changes
from paperkb.library.index import Index, decode
from paperkb.model import NoteBody, ParsedNote
from paperkb.search.shorthand import frequent_words
from paperkb.search.snippet import result_text

FEWEST = 2000
"""Public notes from which there are such words."""
SAMPLE = 64
"""Notes that they are taken from."""
_WORDS, _SAMPLED = "shorthand", "shorthand sample"


def shorthand_words(index: Index) -> list[str]:
    """The words, those of most notes first."""
    words: list[str] = json.loads(index.state(_WORDS) or "[]")
    return words


def follow_sample(changes: Changes) -> None:
    """Take the words anew if the sample is another, within the caller's transaction."""
    index = changes.index
    rows = []
    if index.value("select count(*) from note where private = 0") >= FEWEST:
        query = "select text from note where private = 0 order by number limit ?"
        rows = index.rows(query, SAMPLE)
    sampled = hashlib.blake2b(b"".join(text for (text,) in rows), digest_size=16).hexdigest()
    if sampled == index.state(_SAMPLED):
        return
    words = frequent_words(_text(index, text) for (text,) in rows)
    if words != shorthand_words(index):
        index.set_state(_WORDS, json.dumps(words))
        changes.touch("shorthand")
    index.set_state(_SAMPLED, sampled)


def _text(index: Index, key: bytes) -> str:
    ((note, body),) = index.rows("select note, body from parsed where key = ?", key)
    parsed: ParsedNote = decode(note, ParsedNote)
    return result_text(parsed.fields, decode(body, NoteBody))
