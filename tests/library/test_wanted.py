"""What notes cite and nobody has taken notes of."""

from __future__ import annotations

from paperkb.library.wanted import Wanted, wanted
from tests.vaults import Vault


def test_the_most_cited_first_with_who_cites_it(vault: Vault) -> None:
    library = vault(
        {
            "a.md": "[GANs](https://arxiv.org/abs/1406.2661v2) [@known] [[dangling]] @handle",
            "b.md": "See https://arxiv.org/pdf/1406.2661 twice: arXiv:1406.2661. [@known]",
            "c.md": "---\narxiv: 1706.03762\n---\n[[a]] https://arxiv.org/abs/1706.03762",
            "p.md": "---\nprivate: true\n---\n[@known] https://doi.org/10.1000/secret",
            "d.md": "https://arxiv.org/abs/1706.03762 https://doi.org/10.1000/x",
            "refs.bib": "@misc{known, title={K}}",
        }
    )
    assert wanted(library.public) == [
        Wanted("", "arxiv:1406.2661", "GANs", ("a", "b")),
        Wanted("known", "", "", ("a", "b")),
        Wanted("", "doi:10.1000/x", "", ("d",)),
    ]
