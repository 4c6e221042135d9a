"""Which files a vault has: names, sizes and times, without reading one.

Hidden folders, generated sites and the vault's own templates are not notes. Symbolic links are
followed to files inside the vault only, so that no link leads a site out of it.
"""

from __future__ import annotations

import errno
import fnmatch
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from paperkb import messages
from paperkb.config import CONFIG_NAME, Settings
from paperkb.library.patterns import path_pattern
from paperkb.model import Problem

NOTE_SUFFIXES = (".md", ".markdown")
BIBLIOGRAPHY_SUFFIXES = (".bib",)
SITE_MANIFEST = ".paperkb-site.json"
"""The file that marks a folder as a site that paperkb wrote."""

_READ_BY_ALL = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_HIDDEN = re.compile(r"(?:^|/)\.")
"""In patterns: what is left out anyway."""
_WILD = re.compile(r"[^/]*[*?\[]")
_SKIPPED_FOLDERS = frozenset(("node_modules", "__pycache__", "_site", "venv"))
_SKIPPED_AT_TOP = frozenset(("templates",))


class FileEntry(NamedTuple):
    """A file of the vault. ``path`` is printable and relative; ``full`` opens it. Any program may
    set ``mtime_ns``; ``ctime_ns`` tells when that, or the bytes, changed."""

    path: str
    full: str
    size: int
    mtime_ns: int
    inode: int = 0
    ctime_ns: int = 0


@dataclass(frozen=True, slots=True)
class Discovered:
    """A vault's files, each group sorted by path."""

    notes: tuple[FileEntry, ...]
    bibliographies: tuple[FileEntry, ...]
    others: tuple[FileEntry, ...]
    problems: tuple[Problem, ...]


def discover(root: Path, settings: Settings) -> Discovered:
    """List a vault. Folders that cannot be opened are problems, not errors."""
    walk = _Walk(root.resolve(), settings)
    entries = sorted(walk.files(), key=attrgetter("path"))
    notes, bibliographies, others = [], [], []
    for entry in entries:
        name = entry.path.lower()
        if name.endswith(NOTE_SUFFIXES):
            notes.append(entry)
        elif name.endswith(BIBLIOGRAPHY_SUFFIXES):
            bibliographies.append(entry)
        else:
            others.append(entry)
    problems = tuple(sorted((*walk.problems, *walk.excludes_nothing())))
    return Discovered(tuple(notes), tuple(bibliographies), tuple(others), problems)


def read_file(entry: FileEntry, problems: list[Problem]) -> bytes | None:
    """A file's bytes; nothing, and a problem, if it cannot be read."""
    try:
        return Path(entry.full).read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        problems.append(messages.UNREADABLE.at(entry.path, why=why))
        return None


class _Walk:
    def __init__(self, root: Path, settings: Settings) -> None:
        self.root = root
        self.exclude = {path_pattern(pattern): pattern for pattern in settings.exclude}
        self._unused = {pattern for pattern in self.exclude if not _HIDDEN.search(pattern)}
        self.problems: list[Problem] = []
        self._paths: set[str] = set()

    def files(self) -> Iterator[FileEntry]:
        pending = [(str(self.root), "")]
        while pending:
            folder, prefix = pending.pop()
            try:
                entries = sorted(os.scandir(folder), key=attrgetter("name"))
            except OSError as error:
                why = error.strerror or str(error)
                self.problems.append(messages.UNREADABLE.at(prefix.rstrip("/"), why=why))
                continue
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                path = prefix + name if name.isascii() else self._path(prefix, name)
                if self.exclude and self._excluded(path):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if _is_note(path):
                        self.problems.append(messages.NOT_A_FILE.at(path, what="folder"))
                    if not self._skipped(entry, prefix):
                        pending.append((entry.path, path + "/"))
                elif found := self._file(entry, path):
                    yield found

    def _file(self, entry: os.DirEntry[str], path: str) -> FileEntry | None:
        try:
            if entry.is_symlink() and not self._inside(entry):
                self.problems.append(messages.OUTSIDE.at(path))
                return None
            status = entry.stat()
            mode = status.st_mode
            is_file = stat.S_ISREG(mode)
            open_to_all = mode & _READ_BY_ALL == _READ_BY_ALL
            if is_file and not open_to_all and not os.access(entry.path, os.R_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as error:
            if _is_note(path) or not entry.is_symlink():
                why = error.strerror or str(error)
                self.problems.append(messages.UNREADABLE.at(path, why=why))
            return None
        if not is_file:
            # A folder that a link leads to is walked where it stands; a pipe would never end.
            if not stat.S_ISDIR(mode) and _is_note(path):
                self.problems.append(messages.NOT_A_FILE.at(path, what="device or pipe"))
            return None
        return FileEntry(
            path, entry.path, status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns
        )

    def _path(self, prefix: str, name: str) -> str:
        """A path that can be written anywhere: bytes that are not UTF-8 become U+FFFD, or, where
        that is another file's path already, their codes."""
        raw = name.encode("utf-8", "surrogateescape")
        path = prefix + raw.decode("utf-8", "replace")
        if path in self._paths:
            path = prefix + raw.decode("utf-8", "backslashreplace")
        self._paths.add(path)
        return path

    def _inside(self, entry: os.DirEntry[str]) -> bool:
        return Path(os.path.realpath(entry.path)).is_relative_to(self.root)

    def _excluded(self, path: str) -> bool:
        path = unicodedata.normalize("NFC", path)  # as patterns are; file systems differ in that
        found = [
            pattern
            for pattern in self.exclude
            if fnmatch.fnmatchcase(path, pattern) or fnmatch.fnmatchcase(path, f"{pattern}/*")
        ]
        if found:
            # What lies in it is not looked at: other patterns may have meant that.
            below = {p for p in self._unused if p.startswith(f"{path}/") or _WILD.match(p)}
            self._unused -= below | {*found}
        return bool(found)

    def excludes_nothing(self) -> list[Problem]:
        """The patterns that no file is, or lies under, once all files were listed."""
        return [
            messages.EXCLUDES_NOTHING.at(CONFIG_NAME, pattern=self.exclude[unused])
            for unused in self._unused
        ]

    def _skipped(self, entry: os.DirEntry[str], prefix: str) -> bool:
        if entry.name in _SKIPPED_FOLDERS or (not prefix and entry.name in _SKIPPED_AT_TOP):
            return True
        return (Path(entry.path) / SITE_MANIFEST).exists()


def _is_note(path: str) -> bool:
    return path.lower().endswith(NOTE_SUFFIXES)
