"""A synthetic vault: the same notes for the same seed, of any size.

    python bench/vault.py FOLDER 10000

Notes are like a reader's: 4.3 KB of front matter and prose, 5 tags, 8 citation links to earlier
papers (most to famous ones, as in life), some formulas, code and lists.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

SEED = 2017
TAGS = 120
TOPICS = ("vision", "language", "speech", "rl", "theory", "generative", "optimisation", "systems")
AREAS = ("models", "data", "training", "evaluation", "scaling")
STATUSES = ("inbox", "queued", "reading", "skimmed", "read", "read", "read", "dropped")

_SYLLABLES = "ra to ne li ka mo su de vi ge pro ter con al is ur ent ation ive al or ment".split()


def write_vault(folder: Path, size: int, seed: int = SEED) -> None:
    """Write ``size`` notes below ``folder/papers``, and a ``paperkb.toml``."""
    rng = random.Random(seed)  # noqa: S311 - a vault, not a secret
    words = [_word(rng) for _ in range(6000)]
    people = [f"{_word(rng).capitalize()} {_word(rng).capitalize()}" for _ in range(size // 3 + 9)]
    papers = folder / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    (folder / "paperkb.toml").write_text('[site]\ntitle = "Bench"\n', encoding="utf-8")
    keys: list[str] = []
    for number in range(size):
        key, text = _note(rng, number, size, keys, words, people)
        keys.append(key)
        (papers / f"{key}.md").write_text(text, encoding="utf-8")


def _note(
    rng: random.Random,
    number: int,
    size: int,
    keys: list[str],
    words: list[str],
    people: list[str],
) -> tuple[str, str]:
    year = 1990 + 36 * number // size
    authors = [people[_zipf(rng, len(people))] for _ in range(rng.randint(1, 5))]
    title = " ".join(rng.choices(words, k=rng.randint(4, 9))).capitalize()
    key = f"{authors[0].split()[-1].lower()}{year}{words[number % len(words)]}{number}"
    cited = _cited(rng, keys)
    tags = rng.sample([f"tag{n}" for n in range(TAGS)], 5)
    front = [
        "---",
        f"title: {title}",
        "authors:",
        *(f"  - {author}" for author in authors),
        f"year: {year}",
        f'arxiv: "{7 + number // 60000:02d}{4 + number // 9999 % 9:02d}.{number % 9999 + 1:04d}"',
        f"venue: {rng.choice(['NeurIPS', 'ICML', 'ICLR', 'ACL', 'CVPR'])}",
        f"tags: [{', '.join(tags)}]",
        f"topics: [{rng.choice(TOPICS)}/{rng.choice(AREAS)}]",
        f"status: {rng.choice(STATUSES)}",
        f"added: {2015 + number * 11 // size}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        f"tldr: {_sentence(rng, words)}",
        "---",
        "",
    ]
    body = []
    for section in ("What it is", "Builds on", "Method", "Results", "Questions"):
        body += [f"## {section}", ""]
        for _ in range(2):
            sentences = [_sentence(rng, words) for _ in range(4)]
            if cited:
                link = cited.pop()
                form = rng.choice(("[[{}]]", "[@{}]", "[[{}|that paper]]", "[it]({}.md)"))
                sentences[1] = sentences[1].rstrip(".") + f", as in {form.format(link)}."
            body += [" ".join(sentences), ""]
        if section == "Method":
            body += ["$$\\mathcal{L} = \\sum_{i=1}^{n} \\log p(x_i \\mid \\theta)$$", ""]
            body += ["- inputs: $x \\in \\mathbb{R}^d$", "- outputs: $y$", ""]
        if section == "Results" and number % 4 == 0:
            body += ["```python", f"def step(x):\n    return x * {number}", "```", ""]
    return key, "\n".join((*front, *body))


def _cited(rng: random.Random, keys: list[str]) -> list[str]:
    """Eight earlier papers; half of the links go to the most famous hundredth."""
    if len(keys) < 8:
        return list(keys)
    famous = keys[: max(len(keys) // 100, 8)]
    chosen = {rng.choice(famous if rng.random() < 0.5 else keys) for _ in range(12)}
    return sorted(chosen)[:8]


def _zipf(rng: random.Random, size: int) -> int:
    """An index below ``size``, small ones far more often: few authors write many papers."""
    return min(int(size ** rng.random()) - 1, size - 1)


def _sentence(rng: random.Random, words: list[str]) -> str:
    return " ".join(rng.choices(words, k=rng.randint(9, 16))).capitalize() + "."


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4)))


if __name__ == "__main__":
    write_vault(Path(sys.argv[1]), int(sys.argv[2]))
