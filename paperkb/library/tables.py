"""The tables of the index. Three layers, each made from the one before:

* ``file`` and ``parsed``: what the files of the vault are, and what parsing made of their bytes;
* ``note``, ``known``, ``introduction``, ``attachment``, ``committed``, ``name``, ``label``,
  ``link``, ``posting``, ``telling``, ``related``, ``catalogue``: the library that follows;
* ``reads`` and ``cell``: which of these facts something was made from, and when each last changed
  (see ``cells.py``); ``site`` and ``page`` remember that of the pages that were built, ``made`` of
  those that are being built.

``state`` holds single values, such as what the last listing of the files was.
"""

from __future__ import annotations

SCHEMA = 23
"""Changes with any table or stored type. An index of another version is made anew."""

ALWAYS, PRIVATE_ONLY, PUBLIC_ONLY = 0, 1, 2
"""``link.audience``: a link that leads to a private note is one thing on this machine, and plain
text on the site; then it has two rows."""

LISTED = "(select value from json_each(?))"
"""The values of a list of any length, as JSON. Conditions on notes beside it begin with ``+``: else
SQLite finds the notes by them, which is to look at all notes."""

TABLES = """
create table if not exists state (name text primary key, value text) without rowid;

-- Files as they were when last read. Time and size are a hint, the hash is the truth.
create table if not exists file (
    path text primary key, size integer, mtime_ns integer, inode integer,
    ctime_ns integer, read_ns integer, hash blob
) without rowid;

-- What parsing made of a file's bytes; the key holds their hash, the parser and its settings.
create table if not exists parsed (key blob primary key, note blob, body blob, words blob);

-- What is long comes last: SQLite reads a row from its beginning.
create table if not exists note (
    key text primary key, path text, text blob, title text, year integer, status text,
    added text, active text, private integer, position text, address text, number integer,
    rating integer, title_folded text, started text, finished text, record blob, facts blob
);

-- What files about all papers say of each note (library/catalogue.py).
create table if not exists catalogue (
    key text primary key, bibtex text, csl text, facts text, shelf text, link text, about text
);

-- Papers without a note, from bibliographies.
create table if not exists known (key text primary key, rank text, work blob);

-- Introductions to topics, by the address of the topic's page; see ``introduction_link``.
create table if not exists introduction (
    address text primary key, path text, text blob, withheld integer, private integer, tldr text
) without rowid;

-- The day of the first commit of each note, as far as git tells.
create table if not exists committed (path text primary key, day text) without rowid;

create table if not exists attachment (path text primary key, address text, stamp text);

-- All names that a link may use. kind: path, stem, alias, id, file, known, known-id.
create table if not exists name (
    kind text, name text, rank text, key text, primary key (kind, name, rank)
) without rowid;

-- Groups of notes. kind: tag, topic, author, venue, year, result (task/dataset); nested labels have
-- rows for their parents.
create table if not exists label (
    kind text, folded text, key text, written text, times integer, own integer,
    private integer, address text,
    primary key (kind, folded, key, written)
) without rowid;

-- Every link of every note and where it leads.
create table if not exists link (
    source text, ordinal integer, audience integer, outcome text, target text, anchor text,
    kind text, line integer, column integer, sentence text, words text,
    primary key (source, ordinal, audience)
) without rowid;
-- Those of introductions, which cite nothing.
create table if not exists introduction_link (
    source text, ordinal integer, audience integer, outcome text, target text, anchor text,
    kind text, line integer, column integer, sentence text, words text,
    primary key (source, ordinal, audience)
) without rowid;
create index if not exists link_target on link (target, outcome);

-- Search: for each entry, the notes that have it (library/postings.py), and how many of them are
-- public. ``changed`` and ``moved``: the generations in which a note or weight, and a place, last
-- changed.
create table if not exists posting (
    entry text primary key, public integer, changed integer, moved integer, hits blob, places blob
) without rowid;
create index if not exists posting_size on posting (entry, public, changed, moved);

-- Related notes (library/relate_related.py): what each public note says and which notes are close
-- to it, and the notes of each telling word.
create table if not exists related (key text primary key, words blob, list blob) without rowid;
create table if not exists telling (
    term text, key text, strength integer, primary key (term, key)
) without rowid;

create table if not exists reads (reader text primary key, cells blob) without rowid;
create table if not exists cell (id integer primary key, generation integer);

create table if not exists site (out text primary key, manifest text, made_from text,
    generation integer) without rowid;
create table if not exists page (out text, id text, path text, cells blob,
    primary key (out, id)) without rowid;
-- Pages of a site that is being built, until it is.
create table if not exists made (out text, id text, path text, cells blob);
"""

INDEXES = {
    "note_position": "note (private, position, key, year)",
    "note_listed": "note (private, key, path, text, number, year)",  # what is asked of all notes
    "note_number": "note (number)",
    "note_address": "note (address)",
    "attachment_address": "attachment (address)",
    "name_key": "name (key)",
    "label_key": "label (key, kind, folded, own)",
    "label_address": "label (kind, address, private, folded)",
}
"""Name → what is indexed. A library that is made anew gets them when all its notes have rows, which
come in the order of their numbers: one by one, each row would go into another place of each."""
