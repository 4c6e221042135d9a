"""Where links lead, and everything that is tolerated on the way."""

from __future__ import annotations

import pytest

from paperkb.model import Ambiguous, Found, FoundFile, Known, Missing, Resolution, SamePage
from tests.vaults import Vault

BIB = """
@article{devlin2018bert, title={BERT}, eprint={1810.04805}, archivePrefix={arXiv}, year={2018}}
@inproceedings{sutskever2014sequence, title={Sequence to Sequence}, year={2014}}
"""
FILES: dict[str, str | bytes] = {
    "papers/vaswani2017attention.md": "---\ntitle: Attention\narxiv: 1706.03762\n"
    "aliases: [Transformer, AIAYN]\n---\n# Model {#x}\n## Über uns\ntext\n\nA claim. ^claim\n",
    "papers/he2015deep.md": "---\ndoi: 10.1109/CVPR.2016.90\n---\n",
    "papers/acl.md": "---\nurl: https://aclanthology.org/P19-1001/\n---\n",
    "papers/My Note.md": "x",
    "papers/Größe.md": "x",
    "2019-05-01-word-embeddings.md": "x",
    "cv/survey.md": "x",
    "nlp/survey.md": "x",
    "nlp/UPPER.md": "x",
    "nlp/upper.md": "x",
    "deep/index.md": "x",
    "figures/a b.png": b"PNG",
    "figures/plot.svg": b"SVG",
    "refs.bib": BIB,
}


def resolve(vault: Vault, written: str, path: str = "papers/me.md") -> Resolution:
    library = vault({**FILES, path: written})
    note = next(note for note in library.notes if note.path == path)
    assert library.parsed(note).links, f"{written!r} is no link"
    return library.resolutions[note.key][0]


FOUND = [
    ("[[vaswani2017attention]]", "vaswani2017attention"),
    ("[[vaswani2017attention|words]]", "vaswani2017attention"),
    ("[[vaswani2017attention.md]]", "vaswani2017attention"),
    ("[[@vaswani2017attention]]", "vaswani2017attention"),
    ("[[VASWANI2017Attention]]", "vaswani2017attention"),
    ("[[papers/vaswani2017attention]]", "vaswani2017attention"),
    ("[[./vaswani2017attention]]", "vaswani2017attention"),
    ("[[../papers/vaswani2017attention]]", "vaswani2017attention"),
    ("[[Transformer]]", "vaswani2017attention"),
    ("[[aiayn]]", "vaswani2017attention"),
    ("[[my%20note]]", "My Note"),
    ("[[my   note]]", "My Note"),
    ("[[Gro\u0308\u00dfe]]", "Größe"),
    ("[[GRÖSSE]]", "Größe"),
    ("[[word-embeddings]]", "2019-05-01-word-embeddings"),
    ("[[nlp/survey]]", "nlp/survey"),
    ("[[nlp/UPPER]]", "UPPER"),
    ("[[arxiv:1706.03762v3]]", "vaswani2017attention"),
    ("![[My Note]]", "My Note"),
    ("[t](vaswani2017attention.md)", "vaswani2017attention"),
    ("[t](vaswani2017attention)", "vaswani2017attention"),
    ("[t](../papers/My%20Note.md)", "My Note"),
    ("[t](<../papers/My Note.md>)", "My Note"),
    ("[t](/papers/My%20Note)", "My Note"),
    ("[t](Gr%C3%B6%C3%9Fe.md)", "Größe"),
    ("[t](moved/from/he2015deep.md)", "he2015deep"),
    ("[t](../deep/)", "index"),
    ("[t][r]\n\n[r]: he2015deep.md", "he2015deep"),
    ("[@vaswani2017attention]", "vaswani2017attention"),
    ("See @vaswani2017attention.", "vaswani2017attention"),
    ("[-@vaswani2017attention, p. 3]", "vaswani2017attention"),
    ("https://arxiv.org/abs/1706.03762v5", "vaswani2017attention"),
    ("See [t](https://arxiv.org/pdf/1706.03762.pdf)", "vaswani2017attention"),
    ("arXiv:1706.03762", "vaswani2017attention"),
    ("https://huggingface.co/papers/1706.03762", "vaswani2017attention"),
    ("https://doi.org/10.48550/arXiv.1706.03762", "vaswani2017attention"),
    ("https://doi.org/10.1109/cvpr.2016.90", "he2015deep"),
    ("https://aclanthology.org/P19-1001.pdf", "acl"),
    ("---\ncites: [vaswani2017attention]\n---\n", "vaswani2017attention"),
    ("---\nrelated: ['[[Transformer]]']\n---\n", "vaswani2017attention"),
    ("---\ncites: ['doi:10.1109/CVPR.2016.90']\n---\n", "he2015deep"),
]


@pytest.mark.parametrize(("written", "key"), FOUND)
def test_a_link_finds_its_note(vault: Vault, written: str, key: str) -> None:
    assert resolve(vault, written) == Found(key)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[[devlin2018bert]]", Known("devlin2018bert")),
        ("[[@Devlin2018BERT]]", Known("devlin2018bert")),
        ("[@sutskever2014sequence]", Known("sutskever2014sequence")),
        ("https://arxiv.org/abs/1810.04805", Known("devlin2018bert")),
        ("[[nowhere]]", Missing("work")),
        ("[@nobody1999]", Missing("work")),
        ("[t](nowhere.md)", Missing("work")),
        ("https://arxiv.org/abs/2001.00001", Missing("work")),
        ("[t](nowhere.pdf)", Missing("file")),
        ("![[nowhere.png]]", Missing("file")),
        ("![](nowhere.png)", Missing("file")),
        ("[t](../../x)", Missing("outside")),
        ("[t](../../../etc/passwd)", Missing("outside")),
        ("[t](..%2F..%2Fx.md)", Missing("outside")),
        ("![[a b.png]]", FoundFile("figures/a b.png")),
        ("![[A B.PNG]]", FoundFile("figures/a b.png")),
        ("![x](../figures/a%20b.png)", FoundFile("figures/a b.png")),
        ("![x](/figures/plot.svg)", FoundFile("figures/plot.svg")),
        ("[refs](../refs.bib)", FoundFile("refs.bib")),
        ("[[survey]]", Ambiguous(("cv/survey", "nlp/survey"))),
        ("[[Upper]]", Ambiguous(("UPPER", "upper"))),
    ],
)
def test_everything_else_that_a_link_can_be(
    vault: Vault, written: str, expected: Resolution
) -> None:
    assert resolve(vault, written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[[vaswani2017attention#Über uns]]", Found("vaswani2017attention", "über-uns")),
        ("[[vaswani2017attention#über-uns]]", Found("vaswani2017attention", "über-uns")),
        ("[t](vaswani2017attention.md#%C3%BCber-uns)", Found("vaswani2017attention", "über-uns")),
        ("[[vaswani2017attention#Model#Über uns]]", Found("vaswani2017attention", "über-uns")),
        ("[[vaswani2017attention#^claim]]", Found("vaswani2017attention", "^claim")),
        ("[[vaswani2017attention#^nothing]]", Found("vaswani2017attention", "")),
        ("[[vaswani2017attention#Nothing]]", Found("vaswani2017attention", "")),
        ("[[#Own]]\n# First\n## Own", SamePage("own")),
        ("[t](#own)\n# First\n## Own", SamePage("own")),
        ("[[#Other]]\n# Own", SamePage("")),
    ],
)
def test_headings_and_blocks(vault: Vault, written: str, expected: Resolution) -> None:
    assert resolve(vault, written) == expected


def test_the_nearest_of_two_notes_wins(vault: Vault) -> None:
    assert resolve(vault, "[[survey]]", "nlp/me.md") == Found("nlp/survey")
    assert resolve(vault, "[[survey]]", "cv/other.md") == Found("cv/survey")


def test_a_bibliography_entry_of_a_paper_with_a_note_leads_to_the_note(vault: Vault) -> None:
    library = vault(
        {
            "bert.md": "---\narxiv: 1810.04805\n---\n",
            "me.md": "[@devlin2018bert]",
            "refs.bib": BIB,
        }
    )
    assert library.resolutions["me"] == (Found("bert"),)


def test_two_notes_of_one_paper_are_both_named(vault: Vault) -> None:
    library = vault(
        {
            "a.md": "---\narxiv: 1706.03762\n---\n",
            "b.md": "---\ndoi: 10.48550/arXiv.1706.03762\n---\n",
            "me.md": "https://arxiv.org/abs/1706.03762",
        }
    )
    assert library.resolutions["me"] == (Ambiguous(("a", "b")),)


def test_a_note_goes_before_a_bibliography_entry_of_the_same_name(vault: Vault) -> None:
    library = vault({"devlin2018bert.md": "x", "me.md": "[@devlin2018bert]", "refs.bib": BIB})
    assert library.resolutions["me"] == (Found("devlin2018bert"),)
