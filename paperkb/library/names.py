"""What links may call a note, and how two spellings of a name are compared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote

_EXTENSION = re.compile(r"\.(?:md|markdown|html?)$", re.I)
_MEETING = re.compile(r"[(,]?(?<![\w.:/-])(?:19|20)\d{2}(?![\w.:/-])\)?")
_ACRONYM = re.compile(r"\((?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:['’ ,]*\d{2,4})?\)\W*$")
_RENAMED = {"nips": "NeurIPS"}
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}-(?=.)")


def stem_of(path: str) -> str:
    """The file's name without folders and extension."""
    return without_extension(path.rpartition("/")[2])


def without_extension(name: str) -> str:
    """A name without the extensions that links to notes carry."""
    return _EXTENSION.sub("", name)


def fold(name: str) -> str:
    """A name for comparison: composed Unicode, case folded, white space single, no leading @."""
    composed = unicodedata.normalize("NFC", name)
    return " ".join(composed.casefold().removeprefix("@").split())


def undated(stem: str) -> str:
    """A Jekyll post's name without its date; empty if it has none."""
    return _DATED.sub("", stem) if _DATED.match(stem) else ""


def decoded(target: str) -> str:
    """A target without URL encoding, if it has any that makes sense."""
    if "%" not in target:
        return target
    plain = unquote(target, errors="strict") if _decodes(target) else target
    return plain if "\x00" not in plain else target


def _decodes(target: str) -> bool:
    try:
        unquote(target, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def keyed(paths: Sequence[str]) -> list[str]:
    """Each path's key: its stem, or, where several share one, the path without its extension."""
    keys = [stem_of(path) for path in paths]
    times = Counter(keys)
    taken = frozenset(paths)  # `a.md.md` cannot be called `a.md` where `a.md` may be
    if len(times) == len(keys) and taken.isdisjoint(times):
        return keys
    without = Counter(path.rpartition(".")[0] for path in paths)
    for place, path in enumerate(paths):
        if times[keys[place]] > 1 or keys[place] in taken:
            bare = path.rpartition(".")[0]  # `x.md` beside `x.markdown` share even that
            keys[place] = bare if without[bare] == 1 and bare not in taken else path
    return keys


def venue_name(written: str) -> str:
    """A venue by the name that its papers share: «NeurIPS 2017» is NeurIPS, and so is whatever ends
    with «(NeurIPS)» and has these initials."""
    known = _ACRONYM.search(written)
    if known and _has_initials(written[: known.start()], known["name"]):
        written = known["name"]
    name = " ".join(_MEETING.sub(" ", written).split()).strip(" ,()'’-–")
    if name.count("(") > name.count(")"):  # «… Vision (ICCV 2017)»: the sign belongs to the name
        name += ")"
    return _RENAMED.get(name.casefold(), name) or " ".join(written.split())


def _has_initials(name: str, acronym: str) -> bool:
    """Whether the capitals of an acronym begin words of a name, in their order."""
    words = iter(re.findall(r"\w+", name))
    return all(any(word[0] == sign for word in words) for sign in acronym if sign.isupper())


def result_name(task: str, dataset: str) -> str:
    """A leaderboard as a nested label: ``task/dataset``. A slash within either is another sign."""
    return "/".join(" ".join(part.replace("/", "∕").split()) or "–" for part in (task, dataset))
