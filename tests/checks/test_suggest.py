"""«Did you mean …?»"""

from __future__ import annotations

from paperkb.checks.suggest import MAX_SUGGESTIONS, Suggester
from tests.vaults import Vault


def test_names_aliases_titles_and_bibliography_keys_are_near(vault: Vault) -> None:
    suggester = Suggester(
        vault(
            {
                "papers/he2015deep.md": "---\ntitle: Deep Residual Learning\n"
                "aliases: ResNet\n---\n",
                "refs.bib": "@misc{devlin2018bert, title={B}}",
            }
        )
    )
    assert suggester.near("he2015dep") == ("he2015deep",)
    assert suggester.near("papers/He2015Deeep.md") == ("he2015deep",)
    assert suggester.near("Resnets") == ("he2015deep",)
    assert suggester.near("deep residual lerning") == ("he2015deep",)
    assert suggester.near("@devlin2018brt") == ("devlin2018bert",)
    assert suggester.near("something else") == ()
    assert suggester.hint("something else") == ""


def test_the_nearest_first_and_not_too_many(vault: Vault) -> None:
    suggester = Suggester(
        vault({f"smith2020{end}.md": "x" for end in ("net", "nets", "n", "ne", "x")})
    )
    near = suggester.near("smith2020netss")
    assert near[0] == "smith2020nets"
    assert len(near) == MAX_SUGGESTIONS
