"""A note → the words that tell what it is about: pure, so that any process may find them.

Which of them are rare is not known here; that depends on the other notes (``library/related.py``).
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from paperkb.search.document import Texts
from paperkb.search.terms import (
    STOP_WORDS,
    has_cjk,
    is_cjk,
    terms_of_written,
    words_as_written,
)

MOST = 20
"""Telling words of one note: those that it says most."""
_LEAST = 2
"""A word that is said once, and in no prominent place, tells nothing."""
_STRONG, _STRONGEST = 5, 12
_SHORTEST = 3

BOOSTS = (("title", 6), ("aliases", 4), ("tldr", 3), ("abstract", 2), ("headings", 1), ("body", 1))
"""What it counts to be said in a field. Tags have pages of their own, and authors are no words."""

_COMMON = STOP_WORDS | frozenset(
    "about above across after again against all almost along already also although always am among "
    "an another any anything are around as aside at away back based be became because become been "
    "before behind being below best better between both but by called came can cannot case certain "
    "change come could did different do doe doing done down due during each either else enough etc "
    "even ever every example fact far few find first five follow following for found four from "
    "full further gave general get give given go going gone good got great had half hand hard has "
    "have having he held help her here high him his how however idea if important improve in "
    "including instead interesting into is it its itself just keep kept kind know known large last "
    "later le least les less let like likely little long look lot low made main make making many "
    "may maybe me mean might more moreover most much must my near need never new next no non none "
    "nor not note nothing now number of off often old on once one only open or order other our out "
    "over own paper part per perhap please point possible problem propose proposed provide put "
    "question quite rather read really related result said same say second section see seem seen "
    "set several shall she should show shown similar simple since single small so some something "
    "sometime still such take taken than that the their them then there these they thing think "
    "third this those though three through thu time to together too top toward tried try two under "
    "until up upon us use used useful using usually various very via want was way we well went "
    "were what when where whether which while who whole whose why will with within without work "
    "would yet you your author approach method abstract summary introduction conclusion "
    "accuracy data dataset experiment implementation improvement outperform performance size "
    "process sota stateoftheart task test introduce introducing demonstrate perform evaluate arxiv "
    "http https www com org pdf html figure table eq ref todo doi github".split()
)
"""English words that tell nothing in any vault; what tells nothing in this one, its notes show."""


class Said(NamedTuple):
    """A term that a note says, how strongly (1 to 3), and how it is written there."""

    term: str
    strength: int
    written: str


def telling_words(texts: Texts) -> list[Said]:
    """The words that a note says most, the strongest first."""
    counted: Counter[str] = Counter()
    for field, boost in BOOSTS:
        value = getattr(texts, field)
        text = value if isinstance(value, str) else "\n".join(value)
        if text:
            _count(counted, _times(text), boost)
    weights: dict[str, int] = {}
    written: dict[str, str] = {}
    parts: list[tuple[str, int]] = []
    for word, weight in counted.most_common():
        made = terms_of_written(word) if word.isascii() or not is_cjk(word) else ((word, 0, True),)
        if len(made) > 1:
            parts += [(term, weight) for term, _, is_whole in made if not is_whole]
        for term, _, is_whole in made:
            if is_whole or len(made) == 1:
                weights[term] = weights.get(term, 0) + weight
                written.setdefault(term, word)
    for term, weight in parts:  # they say again what is said, and nothing of their own
        if term in weights:
            weights[term] += weight
    for name in texts.authors:
        for term, _, _ in (
            row for word in words_as_written(name) for row in terms_of_written(word)
        ):
            weights.pop(term, None)
    told = sorted((-w, term) for term, w in weights.items() if _is_word(term))
    return [Said(term, _strength(-weight), written[term]) for weight, term in told[:MOST]]


def joined(words: Sequence[str]) -> list[str]:
    """Words as a reader sees them: pairs of Chinese, Japanese or Korean signs that go on in one
    another are one word, and what stands in a longer word is not said twice."""
    made = list({word.casefold(): word for word in reversed(words)}.values())[::-1]
    pairs = [word for word in made if not word.isascii() and is_cjk(word)]
    for first, second in itertools.permutations(pairs, 2):
        if first in made and second in made and first[-1] == second[0]:
            made[made.index(first)] = first + second[1:]
            made.remove(second)
    if len(made) == 1:
        return made
    folded_words = [word.casefold() for word in made]
    all_words = "\n".join(folded_words)
    return [word for word, low in zip(made, folded_words, strict=True) if all_words.count(low) == 1]


def _count(counted: Counter[str], times: Counter[str], boost: int) -> None:
    """Count the words that a field says often enough. One that is said once may be said again with
    a capital or as a plural."""
    for word, count in times.items():
        if boost * count >= _LEAST:
            counted[word] += boost * count
        elif (plain := word.lower()) != word or word[-1] == "s":
            plain = plain if plain in times else plain.removesuffix("s")
            if plain != word and plain in times:
                before = times[plain] if boost * times[plain] < _LEAST else 0
                counted[plain] += boost * (count + before)


def _times(text: str) -> Counter[str]:
    """How often each word is said; of Chinese, Japanese and Korean, which do not part words, each
    pair of signs."""
    times = Counter(words_as_written(text))
    if not text.isascii():
        for word in [word for word in times if has_cjk(word)]:
            count = times.pop(word)
            for term, _, _ in terms_of_written(word):
                times[term] += count
    return times


def _strength(weight: int) -> int:
    return 1 + (weight >= _STRONG) + (weight >= _STRONGEST)


def _is_word(term: str) -> bool:
    if is_cjk(term):
        return len(term) > 1
    return len(term) >= _SHORTEST and not term.isdigit() and term not in _COMMON
