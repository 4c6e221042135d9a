"""What ``cites:`` and ``citedby:`` find follows the links."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.library.library import Library
from paperkb.model import Ambiguous, Found, Hidden, Known, Missing, Resolution
from tests.vaults import load, load_indexed, write_files


def _facts(library: Library) -> dict[str, list[int]]:
    query = "select entry, hits from posting where entry like 'cite%' order by entry"
    return dict(library.index.rows(query))


def test_a_private_note_about_a_known_work_does_not_show_in_what_cites_it(tmp_path: Path) -> None:
    entry = "@article{smith, title={Things}, author={Smith, Ann}, year={2001}, doi={10.1000/abc}}"
    citing = "Builds on [@smith], [[smith]] and https://doi.org/10.1000/abc."
    write_files(tmp_path, {"refs.bib": entry, "a.md": citing})
    alone = load(tmp_path).public.resolutions_of("a")
    assert alone == (Known("smith"),) * 3
    write_files(tmp_path, {"p.md": "---\nprivate: true\ndoi: 10.1000/abc\n---\n"})
    library = load(tmp_path)
    assert library.public.resolutions_of("a") == alone
    assert library.resolutions_of("a") == (Found("p"),) * 3


ENTRY = "@misc{{k{}, title={{K}}, doi={{10.1000/{}}}}}"
SECRET = "---\nprivate: true\ntitle: S\n{}---\n# Details\n"


@pytest.mark.parametrize(
    ("written", "here", "public"),
    [
        ("[[secret]]", Found("secret"), Hidden()),
        ("[[The Method]]", Found("secret"), Found("pub")),  # the one beside the note that links
        ("[[The Method#Details]]", Found("secret", "details"), Found("pub", "details")),
        ("[[Twin]]", Ambiguous(("x/twin", "y/twin", "z/twin")), Ambiguous(("x/twin", "y/twin"))),
        ("[[Third]]", Ambiguous(("one", "two")), Found("two")),
        ("https://doi.org/10.1000/x", Ambiguous(("pub", "secret")), Found("pub")),
        ("[@k1]", Found("secret"), Found("pub")),
        ("[@k2]", Found("secret"), Known("k2")),  # nobody sees that there is a note about it
        ("https://doi.org/10.1000/y", Found("secret"), Known("k2")),
        ("https://doi.org/10.1000/z", Found("secret"), Missing("work")),
        ("[[k3]]", Found("k3"), Hidden()),
        ("[[pub]]", Found("pub"), Found("pub")),
    ],
)
def test_where_a_link_leads_here_and_on_the_site(
    tmp_path: Path, written: str, here: Resolution, public: Resolution
) -> None:
    aliases = "aliases: [The Method]\n"
    ids = "".join(f"- https://doi.org/10.1000/{end}\n" for end in "xyz")
    files = {
        "a.md": f"On {written}.", "refs.bib": "\n".join(map(ENTRY.format, (1, 2, 3), "xyw")),
        "q/pub.md": f"---\ntitle: P\ndoi: 10.1000/x\n{aliases}---\n# Details\n",
        "secret.md": SECRET.format(f"{aliases}urls:\n{ids}"), "k3.md": SECRET.format(""),
        "x/twin.md": "", "y/twin.md": "", "z/twin.md": SECRET.format(""),
        "v/one.md": SECRET.format("aliases: Third\n"), "w/two.md": "---\naliases: Third\n---\n",
    }  # fmt: skip
    write_files(tmp_path, files)
    library = load(tmp_path)
    assert library.resolutions_of("a") == (here,)
    assert library.public.resolutions_of("a") == (public,)
    for name in ("secret.md", "k3.md", "z/twin.md", "v/one.md"):
        (tmp_path / name).unlink()
    if public != Hidden() and not isinstance(public, Ambiguous):  # those are called by their paths
        assert load(tmp_path).public.resolutions_of("a") == (public,)


def test_keys_that_differ_in_case_share_an_entry(tmp_path: Path) -> None:
    """Of two notes that the query language cannot tell apart, one may come and go."""
    steps: list[dict[str, str | None]] = [
        {"a.md": "[[b]] text", "b.md": "[[a]] and [[A]]", "A.md": "x"},
        {"A.md": "[[b]]"},
        {"a.md": "no more"},
        {"a.md": "[[b]]"},
        {"A.md": None},
        {"A.md": "[[b]]"},
        {"a.md": "no more", "A.md": "no more"},
        {"a.md": "[[a]]", "A.md": "[[a]]"},
        {"A.md": "no more"},  # the other one names itself, which is no citation
    ]
    for step in steps:
        write_files(tmp_path, {name: text for name, text in step.items() if text is not None})
        for name, text in step.items():
            if text is None:
                (tmp_path / name).unlink()
        library = load_indexed(tmp_path)
        assert _facts(library) == _facts(load(tmp_path))
        library.close()
