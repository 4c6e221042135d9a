"""People's names ↔ ``Person``: which words are the family name, and where one person ends.

Nothing here fails: a name that fits no rule stays whole, as it was written. Braces protect words
as they do in BibTeX (``{Barnes and Noble}`` is one author), and are left out of the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paperkb.model import Person


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that belong to the family name that follows them. The first set counts in lower case only:
# capitalised, they are given names or initials somewhere (Bin Yu, Zu Chen, Do Kim).
_LOWER_PARTICLES = _each(
    "ap af av bin bint ben do das den der des het in lo op te ten ter 't ul y zu zum zur"
)
_PARTICLES = _LOWER_PARTICLES | _each(
    "abou abu al al- da dal dalla de degli dei del dell' della dello di dos du d' el el- ibn la le "
    "ní ó van vander vom von"
)

# The last word of a name that is no person's, and the words that say so wherever they stand.
_COLLECTIVES = _each(
    "agency association committee community consortium corp corporation council department "
    "foundation gmbh group inc initiative institute laboratory labs llc ltd organisation "
    "organization society team university"
)
_COLLECTIVE_ANYWHERE = frozenset({"collaboration", "collaborations", "consortium"})

_SUFFIX = re.compile(r"(?:[JS]r|JR|SR|jr|sr)\.?|II|III|IV|2nd|3rd|Esq\.?|Inc\.?|Ltd\.?|LLC")
_DOTTED_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")
_ET_AL = re.compile(r"(?:^|[\s,;])(?:et\.?\s+al\b\.?|…)\s*$", re.IGNORECASE)
_OTHERS = re.compile(r"(?:others|et\.?\s+al\.?|\.\.\.|…)", re.IGNORECASE)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_BETWEEN = "[;；、，]"
_AND = r"(?:^|(?<=\s))and(?=\s|$)|&"


def parse_person(text: str) -> Person:
    """One name: ``Given Family``, ``Family, Given``, ``Family, Jr., Given`` or a group's name.

    Particles go with the family name (``van der Maaten``), suffixes after it (``King Jr.``), and
    «et al.» goes away. A name whose parts cannot be told apart is all family name, as written:
    a group, a single word, a name in Chinese characters, ``Hinton G.E.``
    """
    text = _ET_AL.sub("", " ".join(text.split())).strip()
    if _is_braced(text):
        return Person(_bare(text))
    parts = _comma_parts(text)
    return _from_parts(parts) if len(parts) > 1 else _from_words(_words("".join(parts)))


def parse_people(text: str) -> tuple[Person, ...]:
    """Everybody in one text: names between «;», «、», «and», «&» or commas; nobody in an empty one.

    A single comma after a single word means ``Family, Given``; ``Hinton, G., Teh, Y. W.`` is
    understood; otherwise commas separate people. «et al.» and «others» are nobody.
    """
    text = _ET_AL.sub("", " ".join(text.split()))
    if _is_braced(text.strip()):
        return tuple(_named([text]))
    chunks = list(_split(text, _BETWEEN))
    if len(chunks) > 1:
        names = (name for chunk in chunks for name in _split(chunk, _AND))
        return tuple(_named(name.strip(" ,") for name in names))
    pieces = [piece for piece in _split(text, _AND) if not _OTHERS.fullmatch(piece.strip())]
    return tuple(_named(_separate(pieces)))


def parse_author_field(text: str) -> tuple[Person, ...]:
    """Everybody in a BibTeX ``author`` or ``editor`` field, where only «and» separates people.

    ``Garcia Marquez, Gabriel`` is one person here; a list between commas, which BibTeX itself
    refuses, is still taken apart.
    """
    people: list[Person] = []
    for name in _split(" ".join(text.split()), _AND.removesuffix("|&")):
        if len(_comma_parts(name)) > 2:
            people.extend(parse_people(name))
        else:
            people.extend(_named([name]))
    return tuple(people)


def _separate(pieces: list[str]) -> list[str]:
    """The names in the texts between the ands of a list, each still to be parsed."""
    parts = [_comma_parts(piece) for piece in pieces]
    flat = [part for piece in parts for part in piece]
    if not flat:
        return []
    surnames, initials = flat[::2], flat[1::2]
    if initials and len(surnames) == len(initials) and all(map(_are_initials, initials)):
        return [f"{family}, {given}" for family, given in zip(surnames, initials, strict=True)]
    if len(pieces) > 1 and len(parts[-1]) == 2:
        # The comma after the last «and» cannot stand between people, so none of them does.
        return [name for piece in parts for name in _one_or_each(piece, len(piece) == 2)]
    only_families = len(pieces) > 1 and all(len(_words(part)) == 1 for part in flat)
    return [
        name
        for piece, split in zip(pieces, parts, strict=True)
        for name in _one_or_each(
            split,
            len(split) == 2
            and _is_one_word(split[0])
            and not only_families
            and not all(map(_CJK.search, split))  # two whole names
            and not piece.rstrip().endswith(","),  # «A, B, and C» separates with commas
        )
    ]


def _one_or_each(parts: list[str], is_one: bool) -> list[str]:
    return [", ".join(parts)] if is_one else parts


def _named(names: Iterator[str] | list[str]) -> Iterator[Person]:
    for name in names:
        person = parse_person(name)
        if person.family and not _OTHERS.fullmatch(person.family):
            yield person


def _from_parts(parts: Sequence[str]) -> Person:
    """``Family, Given``: two or more texts that stood between commas."""
    family, given = _words(parts[0]), [word for part in parts[1:] for word in _words(part)]
    if len(given) > 1 and _is_suffix(given[-1]):  # King, Martin Luther, Jr.
        family.append(given.pop())
    while given and _is_particle(given[-1], lower_only=True):
        family.insert(0, given.pop())
    return _person(given, family)


def _from_words(words: list[str]) -> Person:
    """``Given Family``, or something that stays whole."""
    if len(words) < 2 or _stays_whole(words):
        return _person([], words)
    end = len(words) - 1 if _is_suffix(words[-1]) else len(words)
    start = _family_start(words[:end])
    return _person(words[:start], words[start:])


def _family_start(words: Sequence[str]) -> int:
    if _is_particle(words[0], lower_only=True):
        return 0
    for index in range(1, len(words) - 1):
        if words[index] == "y":  # Ortega y Gasset: the word before it belongs to the name
            return max(index - 1, 1)
        if _is_particle(words[index]):
            return index
    return len(words) - 1


def _stays_whole(words: Sequence[str]) -> bool:
    plain = [_bare(word).casefold().strip(".") for word in words]
    if plain[-1] in _COLLECTIVES or not _COLLECTIVE_ANYWHERE.isdisjoint(plain):
        return True
    if any(_CJK.search(word) for word in words):
        return True
    # «Hinton G.E.»: family first, or an Indian given name with initials; nobody can tell.
    return bool(_DOTTED_INITIALS.fullmatch(words[-1])) and not _DOTTED_INITIALS.match(words[0])


def _person(given: Sequence[str], family: Sequence[str]) -> Person:
    if not family:
        given, family = family, given
    return Person(_bare(" ".join(family)), _bare(" ".join(given)))


def _comma_parts(text: str) -> list[str]:
    """The texts between commas; a suffix goes back to the name that it follows."""
    parts: list[str] = []
    for part in _split(text, ","):
        if parts and _is_suffix(part.strip()):
            parts[-1] += f" {part.strip()}"
        elif _bare(part):
            parts.append(part.strip())
    return parts


def _is_one_word(text: str) -> bool:
    words = [word for word in _words(text) if not _is_suffix(word)]
    while len(words) > 1 and _is_particle(words[0]):
        words = words[1:]
    return len(words) == 1


def _is_particle(word: str, lower_only: bool = False) -> bool:
    if word.islower() or not any(map(str.isalpha, word)):
        return word in _PARTICLES
    return not lower_only and word.lower() in _PARTICLES - _LOWER_PARTICLES


def _is_suffix(word: str) -> bool:
    return _SUFFIX.fullmatch(word) is not None


def _are_initials(text: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", text)
    return 0 < len(letters) <= 4 and letters.isupper() and (len(letters) == 1 or "." in text)


def _is_braced(text: str) -> bool:
    """Whether one pair of braces encloses all of the text."""
    if not text.startswith("{"):
        return False
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return index == len(text) - 1
    return False


def _bare(text: str) -> str:
    return " ".join(text.replace("{", "").replace("}", "").split())


def _words(text: str) -> list[str]:
    return [word for word in _split(text, r"\s") if _bare(word)]


def _split(text: str, separator: str) -> Iterator[str]:
    """The texts between separators that stand outside of braces."""
    depth = start = 0
    for match in re.finditer(rf"[{{}}]|{separator}", text, re.IGNORECASE):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]
