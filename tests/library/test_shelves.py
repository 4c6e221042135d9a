"""Orders and groups."""

from __future__ import annotations

from paperkb.library.shelves import in_order_of_time, nested_groups, topic_labels, topics_by_age
from tests.vaults import Vault


def test_oldest_first_exact_dates_before_the_year_alone_undated_last(vault: Vault) -> None:
    library = vault(
        {
            "a.md": "text",
            "b.md": "---\nyear: 2017\n---\n",
            "c.md": "---\ndate: 2017-12-01\n---\n",
            "d.md": "---\ndate: 2017-01-02\n---\n",
            "e.md": "---\nyear: 1986\n---\n",
        }
    )
    assert [note.key for note in in_order_of_time(library.notes)] == ["e", "d", "c", "b", "a"]


def test_a_nested_label_belongs_to_its_parents_once(vault: Vault) -> None:
    library = vault({"a.md": "x", "b.md": "y"})
    a, b = library.notes
    groups = nested_groups([(a, ["nlp/Parsing", "NLP/tagging"]), (b, ["nlp"])])
    assert {label: [note.key for note in notes] for label, notes in groups.items()} == {
        "nlp": ["a", "b"], "nlp/parsing": ["a"], "nlp/tagging": ["a"],
    }  # fmt: skip
    assert list(groups) == sorted(groups)


def test_topics_stand_in_the_order_of_their_oldest_paper(vault: Vault) -> None:
    library = vault(
        {
            "new.md": "---\nyear: 2020\ntopics: [alpha]\n---\n",
            "old.md": "---\nyear: 1958\ntopics: [zeta]\n---\n",
            "mid.md": "---\nyear: 1997\ntopics: [alpha/deep]\n---\n",
        }
    )
    groups = nested_groups((note, note.fields.topics) for note in library.notes)
    assert list(topics_by_age(groups)) == ["zeta", "alpha", "alpha/deep"]


def test_topics_are_called_as_they_were_first_written(vault: Vault) -> None:
    library = vault(
        {
            "a.md": "---\ntopics: [Vision/Detection]\n---\n",
            "b.md": "---\ntopics: [vision/3D]\n---\n",
        }
    )
    assert topic_labels(library.notes) == {
        "vision": "Vision", "vision/detection": "Vision/Detection", "vision/3d": "Vision/3D",
    }  # fmt: skip
