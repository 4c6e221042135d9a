"""Works as BibTeX: types, signs, capitals, names; what is written reads back."""

from __future__ import annotations

import datetime
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperkb.formats.bibtex import read_bibliography
from paperkb.formats.bibtex_entry import bibtex_entry, entry_key
from paperkb.model import Person, Work


def test_a_paper_of_a_meeting_that_is_on_arxiv_too() -> None:
    work = Work(
        title="BERT: Pre-training of Deep Bidirectional Transformers",
        authors=(Person("Devlin", "Jacob"), Person("van der Maaten", "L."), Person("Google AI")),
        year=2019,
        date=datetime.date(2018, 10, 11),
        arxiv="1810.04805",
        doi="10.18653/v1/n19-1423",
        venue="NAACL",
        categories=("cs.CL", "cs.LG"),
        ids=frozenset({"arxiv:1810.04805"}),
    )
    assert bibtex_entry("devlin2018bert", work) == (
        "@inproceedings{devlin2018bert,\n"
        "  title = {{BERT}: Pre-training of Deep Bidirectional Transformers},\n"
        "  author = {Devlin, Jacob and van der Maaten, L. and {Google AI}},\n"
        "  booktitle = {NAACL},\n"
        "  year = {2019},\n"
        "  eprint = {1810.04805},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  doi = {10.18653/v1/n19-1423},\n"
        "  url = {https://arxiv.org/abs/1810.04805},\n"
        "}\n"
    )


def test_a_preprint() -> None:
    work = Work(
        title="T", year=2020, date=datetime.date(2020, 5, 1), arxiv="2005.00001", venue="ArXiv"
    )
    entry = bibtex_entry("k", work)
    assert entry.startswith("@misc{k,")
    assert "month = {may}" in entry
    assert "howpublished" not in entry


@pytest.mark.parametrize(
    ("venue", "kind", "field"),
    [
        ("ICLR", "inproceedings", "booktitle"),
        ("NeurIPS", "inproceedings", "booktitle"),
        ("ICML '08", "inproceedings", "booktitle"),
        ("2016 IEEE Conference on Computer Vision (CVPR)", "inproceedings", "booktitle"),
        ("Nature", "article", "journal"),
        ("J. Mach. Learn. Res.", "article", "journal"),
        ("TACL", "article", "journal"),
        ("Proceedings of the IEEE", "article", "journal"),
        ("IEEE Trans. Pattern Anal. Mach. Intell.", "article", "journal"),
        ("OpenAI blog", "misc", "howpublished"),
    ],
)
def test_the_type_follows_the_venue(venue: str, kind: str, field: str) -> None:
    entry = bibtex_entry("k", Work(title="T", venue=venue))
    assert entry.startswith(f"@{kind}{{k,")
    assert f"{field} = {{{venue}}}" in entry


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("U-Net and ImageNet in 3D", "{U-Net} and {ImageNet} in {3D}"),
        ("An Encoder-Decoder", "An Encoder-Decoder"),
        ("UNDERSTANDING RLHF", "UNDERSTANDING RLHF"),
        ("Some kernel methods of Gauss", "Some kernel methods of {Gauss}"),
        ("The $L_2$ norm", "The {$L_2$} norm"),
        ("Costs $5 and 10% & more_", r"Costs \$5 and 10\% \& more\_"),
        ("An open { brace\\", r"An open \textbraceleft{} brace\textbackslash{}"),
        ("Schrödinger’s Naïve 猫", "Schrödinger’s Naïve 猫"),
    ],
)
def test_titles(title: str, written: str) -> None:
    assert f"  title = {{{written}}},\n" in bibtex_entry("k", Work(title=title))


@pytest.mark.parametrize(
    ("person", "written"),
    [
        (Person("Barnes and Noble"), "{Barnes and Noble}"),
        (Person("Platón"), "Platón"),
        (Person("Acme, Inc."), "{Acme, Inc.}"),
        (Person("R&D", "A_b"), r"R\&D, A\_b"),
    ],
)
def test_names(person: Person, written: str) -> None:
    entry = bibtex_entry("k", Work(title="T", authors=(person,)))
    assert f"  author = {{{written}}},\n" in entry


def test_a_key_that_bibtex_refuses() -> None:
    assert entry_key("my paper, (2)") == "my-paper-2"
    assert entry_key("{}") == "paper"
    assert entry_key("nlp/devlin2018bert") == "nlp/devlin2018bert"


_TEXT = st.text(string.ascii_letters + string.digits + " {}\\$%&#_~^@\"',.:-éß猫", min_size=1).map(
    lambda text: " ".join(text.split())
)


@settings(max_examples=150)
@given(title=_TEXT.filter(bool), venue=_TEXT, url=st.text("ab/{}\\ %#?", max_size=9))
def test_nothing_breaks_out_of_its_entry(title: str, venue: str, url: str) -> None:
    work = Work(title=title, venue=venue, url=f"https://a.org/{url}", year=2020)
    entry = bibtex_entry("first", work) + bibtex_entry("second", Work(title="Second"))
    found, problems = read_bibliography(entry, "papers.bib")
    assert not problems
    assert [work.key for work in found] == ["first", "second"]
    assert found[0].work.year == 2020
