"""New notes: a work becomes a file, from a template, and never over an existing one."""

from __future__ import annotations

import datetime
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperkb.config import ConfigError
from paperkb.library.citation_key import check_pattern, citation_key
from paperkb.library.library import Library
from paperkb.library.names import fold, stem_of
from paperkb.model import Note, Work
from paperkb.resources import templates_folder

_PLAIN_SCALAR = re.compile(r"[^\W\d_](?:[\w ()’.,/&+–—-]*[\w)])?")
_YAML_WORDS = frozenset("null true false yes no on off y n ~".split())


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that is ready to be written at ``path`` (relative to the vault)."""

    key: str
    path: str
    work: Work
    text: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the reader asked for beside the paper itself."""

    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    status: str = "inbox"
    template: str = "paper"


def find_duplicate(library: Library, work_ids: frozenset[str]) -> Note | None:
    """The note that already is about a paper with one of these ids."""
    return next((note for note in library.notes if work_ids & note.work.ids), None)


def check_wishes(library: Library, wishes: Wishes) -> None:
    """See that notes can be drafted at all, before anybody is asked about papers.

    Raises:
        ConfigError: no such template, a wrong key pattern, or a notes folder outside the vault.
    """
    _notes_folder(library)
    _template(library.root, wishes.template)
    check_pattern(library.settings.key_pattern)


def draft_notes(
    library: Library, works: Sequence[Work], wishes: Wishes, today: datetime.date
) -> Iterator[Draft]:
    """A draft for each work, with keys that neither the vault nor another draft has.

    A work that a bibliography of the vault knows keeps its key there: texts cite it already.

    Raises:
        ConfigError: as ``check_wishes``; or the pattern makes an empty key of a work.
    """
    folder = _notes_folder(library)
    template = _template(library.root, wishes.template)
    taken = {fold(stem_of(note.path)) for note in library.notes}
    on_disk = library.root / folder
    if on_disk.is_dir():
        taken |= {entry.stem.casefold() for entry in on_disk.iterdir()}
    for work in works:
        known = _bibliography_key(library, work)
        if known and known.casefold() not in taken:
            key = known
        else:
            key = citation_key(work, library.settings.key_pattern, taken)
        taken.add(key.casefold())
        path = f"{folder}/{key}.md" if folder else f"{key}.md"
        yield Draft(key, path, work, _fill(template, work, wishes, today))


def write_note(root: Path, draft: Draft) -> Path:
    """Write a draft, whole or not at all.

    Raises:
        FileExistsError: there is such a file by now; it is untouched.
    """
    target = root / draft.path
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".new", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(draft.text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        _publish(Path(temporary), target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return target


def _publish(temporary: Path, target: Path) -> None:
    """Give a finished file its name; unlike a rename, a hard link never replaces."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        with target.open("xb") as file:
            file.write(temporary.read_bytes())


def template_names(root: Path) -> list[str]:
    """The note templates that a vault can use, its own and the shipped ones."""
    folders = (root / "templates" / "note", templates_folder() / "note")
    return sorted({path.stem for folder in folders for path in folder.glob("*.md")})


def _template(root: Path, name: str) -> str:
    if re.fullmatch(r"[\w-]+", name):
        for folder in (root / "templates" / "note", templates_folder() / "note"):
            path = folder / f"{name}.md"
            if path.is_file():
                try:
                    return path.read_text(encoding="utf-8")
                except UnicodeDecodeError as error:
                    raise ConfigError(f"the note template {path} is not UTF-8") from error
    names = ", ".join(template_names(root))
    raise ConfigError(f"there is no note template «{name}»; there are {names}")


def _notes_folder(library: Library) -> str:
    folder = Path(library.settings.notes)
    if folder.is_absolute() or not (library.root / folder).resolve().is_relative_to(library.root):
        raise ConfigError(f"[vault] notes = {library.settings.notes!r} is not inside the vault")
    return "" if folder == Path() else folder.as_posix()


def _bibliography_key(library: Library, work: Work) -> str | None:
    for entry in library.known:
        if entry.work.ids & work.ids and re.fullmatch(r"[\w.+-]+", entry.key):
            return entry.key
    return None


def _fill(template: str, work: Work, wishes: Wishes, today: datetime.date) -> str:
    """A template with its ``{{ names }}`` replaced: no language, so nothing can go wrong."""
    words = {
        "front_matter": front_matter(work, wishes, today),
        "title": work.title,
        "abstract": _quoted(work.abstract) if work.abstract else "> ",
        "date": today.isoformat(),
    }
    return re.sub(r"\{\{ *(\w+) *\}\}", lambda match: words.get(match[1], match[0]), template)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def front_matter(work: Work, wishes: Wishes, today: datetime.date) -> str:
    """The canonical fields of a new note as YAML, in the canonical order."""
    fields: Mapping[str, Any] = {
        "title": work.title,
        "authors": [str(person) for person in work.authors],
        "year": work.year,
        "date": work.date,
        "arxiv": _Quoted(work.arxiv) if work.arxiv else None,
        "version": work.version,
        "doi": work.doi,
        "venue": work.venue,
        "url": work.url,
        "pdf": work.pdf,
        "tags": list(wishes.tags),
        "topics": list(wishes.topics),
        "status": wishes.status,
        "added": today,
        "tldr": "",
    }
    always = ("tags", "topics", "tldr")
    lines: list[str] = []
    for name, value in fields.items():
        if value is None or (value in ([], "") and name not in always):
            continue
        if isinstance(value, list) and value:
            lines.append(f"{name}:")
            lines.extend(f"  - {_scalar(item)}" for item in value)
        else:
            lines.append(f"{name}: {'[]' if value == [] else _scalar(value)}")
    return "\n".join(lines)


class _Quoted(str):
    """A text that YAML would take for a number: always in quotes."""


def _scalar(value: object) -> str:
    if isinstance(value, int | datetime.date):
        return str(value)
    text = str(value)
    plain = _PLAIN_SCALAR.fullmatch(text) and text.casefold() not in _YAML_WORDS
    if plain and not isinstance(value, _Quoted):
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")
