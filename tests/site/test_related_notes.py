"""Related notes as pages show them: why, and from which facts."""

from __future__ import annotations

from paperkb.library.cells import cell
from paperkb.site.context import SiteContext
from paperkb.site.related_notes import related_notes
from tests.site.conftest import Site
from tests.vaults import Vault

_SAID = "Diffusion of scores. Diffusion again: score and scores. "
FILES = {
    "a.md": f"---\ntitle: Alpha\n---\n{_SAID} [[x]] [@k]",
    "b.md": f"---\ntitle: Beta\n---\n{_SAID} [[x]] [@k]",
    "s.md": "---\ntitle: Survey\nyear: 2001\nauthors: [A B, C D, E F]\n---\n[[a]] and [[b]]",
    "x.md": "---\ntitle: Xi\n---\nOther words.",
    "refs.bib": "@misc{k, title={K}, author={Lovelace, Ada}, year={1843}, doi={10.1000/x}}",
    **{f"n{n}.md": "nothing" for n in range(9)},
}


def test_each_with_the_reasons_why(vault: Vault) -> None:
    (found,) = related_notes(SiteContext(vault(FILES)), "a")
    assert found.card.key == "b"
    assert [card.key for card in found.references] == ["k", "x"]
    assert [card.key for card in found.citing] == ["s"]
    assert found.words == ("Diffusion", "scores")


def test_a_page_shows_them_with_links(site: Site) -> None:
    text = (site(FILES) / "notes/a.html").read_text()
    section = text[text.index('id="pkb:related"') :]
    assert 'href="../notes/b.html">Beta</a>' in section
    assert 'href="https://doi.org/10.1000/x" rel="noopener noreferrer">Lovelace 1843</a>' in section
    assert 'href="../notes/x.html">Xi</a>' in section
    assert 'href="../notes/s.html">B et al. 2001</a>' in section
    assert "Diffusion, scores" in section
    assert 'id="pkb:related"' not in (site(FILES) / "notes/n0.html").read_text()


def test_an_edit_elsewhere_is_none_of_its_business(vault: Vault) -> None:
    context = SiteContext(vault(FILES))
    context.reads.restart()
    related_notes(context, "a")
    assert cell("related", "a") in context.reads.cells
    assert not {cell("text", "b"), cell("links", "b"), cell("notes")} & context.reads.cells
