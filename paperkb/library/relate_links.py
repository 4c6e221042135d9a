"""The rows of links: where each leads, resolved again only where an answer may be another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from paperkb.library.cells import packed
from paperkb.library.changes import Changes
from paperkb.library.index import Index, decode
from paperkb.library.lookup import Lookup
from paperkb.library.postings import PostingRows
from paperkb.library.relate_parts import ListParts
from paperkb.library.relate_related import RelatedRows
from paperkb.library.resolve import Resolver
from paperkb.library.rows import LinkRow, link_rows
from paperkb.library.shelves import CITING
from paperkb.library.stored import introduced_address, is_introduction, link_table, read_record
from paperkb.library.tables import PRIVATE_ONLY
from paperkb.library.withheld import Withheld
from paperkb.model import (
    FoundFile,
    Hidden,
    Known,
    Link,
    Missing,
    Note,
    ParsedNote,
    Resolution,
    replace,
)
from paperkb.search.terms import folded

PRELOAD_FROM = 50
"""Notes to resolve from which all names are read at once rather than asked for one by one."""


class LinkRows:
    """Resolves the links of notes, and stores where they lead."""

    def __init__(
        self,
        changes: Changes,
        parts: ListParts,
        postings: PostingRows,
        related: RelatedRows,
        withheld: Withheld,
    ) -> None:
        self.changes = changes
        self.parts = parts
        self.postings = postings
        self.related = related
        self.withheld = withheld
        self.index: Index = changes.index

    def resolve(self, keys: Sequence[str]) -> None:
        """Ask anew where the links of these notes and introductions lead, on this machine and on
        the site, and take down what the answers hang on."""
        lookup = Lookup(self.index, preload=len(keys) >= PRELOAD_FROM)
        resolver = Resolver(lookup)
        rows = self.index.rows("select key from note where private = 1")
        private = frozenset(key for (key,) in rows)
        visitor = Resolver(lookup.without(private)) if private else resolver
        for key in keys:
            note, parsed = self._note(key)
            lookup.reads.clear()
            found = [resolver.resolve(link, note) for link in parsed.links]
            seen = [visitor.resolve(link, note) for link in parsed.links] if private else found
            public = [
                Hidden() if self._is_hidden(resolver, *each) else each[2]
                for each in zip(parsed.links, found, seen, strict=True)
            ]
            self.replace(key, link_rows(note, parsed.links, found, public))
            self.index.write(
                "insert or replace into reads values (?, ?)", [(key, packed(lookup.reads))]
            )
            self.changes.watch.advance()

    def _is_hidden(
        self, resolver: Resolver, link: Link, found: Resolution, seen: Resolution
    ) -> bool:
        """Whether a visitor may not even see how a link is written: it leads to what is withheld,
        or a private note alone answers to it. ``seen`` is where it leads for who knows of none."""
        match seen:
            case Known(key) if key in self._withheld_known:
                return True
            case FoundFile(path) if self.withheld.file(path):
                return True
        if seen == found or link.identifier:  # the address of a paper tells nothing of a note
            return False
        return isinstance(seen, Missing) or (
            isinstance(seen, Known) and resolver.known_as(link.target) is None
        )

    @cached_property
    def _withheld_known(self) -> set[str]:
        if not self.withheld.patterns:
            return set()
        rows = self.index.rows("select key, rank from known")
        return {key for key, rank in rows if self.withheld.file(rank.partition("\x1f")[0])}

    def _note(self, key: str) -> tuple[Note, ParsedNote]:
        if is_introduction(key):
            query = (
                "select path, text, private, parsed.note from introduction"
                " join parsed on parsed.key = text where address = ?"
            )
            ((path, text, private, blob),) = self.index.rows(query, introduced_address(key))
            introduction: ParsedNote = decode(blob, ParsedNote)
            fields = replace(introduction.fields, private=bool(private))
            return Note(key, path, fields, (), text), introduction
        query = (
            "select path, text, record, parsed.note from note"
            " join parsed on parsed.key = text where note.key = ?"
        )
        ((path, text, record, blob),) = self.index.rows(query, key)
        return Note(key, path, *read_record(record), text), decode(blob, ParsedNote)

    def replace(self, source: str, rows: Sequence[LinkRow]) -> None:
        """Make the links of a note these; without any, as of a note that is gone."""
        columns = "ordinal, audience, outcome, target, anchor, kind, line, column, sentence, words"
        table = link_table(source)
        old: list[LinkRow] = []
        if not self.changes.is_first:
            query = f"select {columns} from {table} where source = ? order by ordinal, audience"
            old = [LinkRow(*row) for row in self.index.rows(query, source)]
            if old == list(rows):
                return
            before, after = _cited(source, old), _cited(source, rows)
            self.parts.watch((CITING, work) for work, _ in before.items() ^ after.items())
            self.index.write(f"delete from {table} where source = ?", [(source,)])
        self.index.write(
            f"insert into {table} values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((source, *row) for row in rows),
        )
        self._put_citations(source, old, rows)
        if not self.changes.is_first:
            self._touch_links(source, old, rows)

    def _put_citations(self, source: str, old: Sequence[LinkRow], new: Sequence[LinkRow]) -> None:
        """What ``cites:`` and ``citedby:`` find. Only what all may know: of private notes, both
        are asked in the table of links."""
        if is_introduction(source):
            return  # an introduction is no paper
        before, after = _cited(source, old), _cited(source, new)
        self.related.put_links(source, before, after)
        numbers = self.changes.numbers
        was, now = ({f"cites:{folded(target)}" for target in cited} for cited in (before, after))
        self.postings.remove(numbers[source], was - now)
        self.postings.add_facts(numbers[source], now - was)
        cited_by = [f"citedby:{folded(source)}"]
        # A work may come to have a note, or to have none, under the key that it had.
        was_noted, noted = (
            {target for target, has_note in cited.items() if has_note} for cited in (before, after)
        )
        for target in (noted - was_noted) & numbers.keys():
            self.postings.add_facts(numbers[target], cited_by)
        for target in (was_noted - noted) & numbers.keys():
            if not self._is_cited_by_namesake(source, target):
                self.postings.remove(numbers[target], cited_by)

    def _is_cited_by_namesake(self, source: str, target: str) -> bool:
        """Whether a note whose key differs in case only cites the work too."""
        query = (
            "select 1 from link where source = ? and target = ? and audience <> ?"
            " and outcome = 'found' and source <> target limit 1"
        )
        return any(
            self.index.value(query, key, target, PRIVATE_ONLY)
            for key in self._namesakes.get(folded(source), ())
            if key != source
        )

    @cached_property
    def _namesakes(self) -> dict[str, list[str]]:
        keys: dict[str, list[str]] = defaultdict(list)
        for key in self.changes.numbers:
            keys[folded(key)].append(key)
        return {name: same for name, same in keys.items() if len(same) > 1}

    def _touch_links(self, source: str, old: Sequence[LinkRow], new: Sequence[LinkRow]) -> None:
        self.changes.touch("links", source)
        before, after = _by_target(old), _by_target(new)
        if before == after:
            return
        if _wanted(old) != _wanted(new):
            self.changes.touch("wanted")
        if _cited(source, old) != _cited(source, new):
            query = "select distinct folded from label where key = ? and kind = 'topic'"
            for (topic,) in self.index.rows(query, source):
                self.changes.touch("foundations", topic)
        self.changes.touch("references")
        rows = {(row.outcome, row.target) for row in (*old, *new)}
        # A link to a private note hides the sentences that name it, wherever they are shown.
        names = {row for row in rows if row[0] == "hidden"}
        hides = any(before.get(row) != after.get(row) for row in names)
        for outcome, target in rows:
            differs = before.get((outcome, target)) != after.get((outcome, target))
            if outcome in ("found", "known") and (hides or differs):
                self.changes.touch("citing", target)
            elif outcome == "file" and differs:
                self.changes.touch("file", target)


def _by_target(rows: Sequence[LinkRow]) -> dict[tuple[str, str], list[tuple[object, ...]]]:
    """What others see of the links that lead to each target, in their order."""
    shown: dict[tuple[str, str], list[tuple[object, ...]]] = defaultdict(list)
    for row in rows:
        shown[row.outcome, row.target].append(row.shown)
    return shown


def _wanted(rows: Sequence[LinkRow]) -> set[tuple[str, str, str]]:
    """The works without a note that a note names, as far as the site tells."""
    return {
        (row.outcome, row.target, row.anchor)
        for row in rows
        if row.audience != PRIVATE_ONLY
        and (row.outcome == "known" or (row.outcome == "missing" and row.anchor))
    }


def _cited(source: str, rows: Sequence[LinkRow]) -> dict[str, bool]:
    """The works that a note cites as far as the site tells, and whether each has a note."""
    works: dict[str, bool] = {}
    for row in rows:
        if (
            row.outcome in ("found", "known")
            and row.audience != PRIVATE_ONLY
            and row.target != source
        ):
            works[row.target] = works.get(row.target, False) or row.outcome == "found"
    return works
