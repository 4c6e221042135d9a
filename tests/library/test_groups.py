"""Tags, topics, authors and years: who is in them, in which order, and how they are called."""

from __future__ import annotations

from paperkb.library.groups import levels
from tests.vaults import Vault


def test_a_label_is_nested_in_others() -> None:
    assert levels("a/b/c") == ["a", "a/b", "a/b/c"]
    assert levels("a") == ["a"]


def test_a_tag_is_shown_as_most_often_written(vault: Vault) -> None:
    library = vault({"a.md": "#ner #nlp", "b.md": "#NER", "c.md": "#NER #Nlp"})
    assert [(tag.name, tag.label, tag.size) for tag in library.groups("tag")] == [
        ("ner", "NER", 3), ("nlp", "Nlp", 2),
    ]  # fmt: skip
    assert library.tags_of(library.by_key["a"]) == ("NER", "Nlp")


def test_a_nested_label_belongs_to_its_parents_once(vault: Vault) -> None:
    library = vault({"a.md": "#nlp/Parsing #NLP/tagging", "b.md": "#nlp"})
    assert [(tag.name, tag.size) for tag in library.groups("tag")] == [
        ("nlp", 2), ("nlp/parsing", 1), ("nlp/tagging", 1),
    ]  # fmt: skip
    assert library.members("tag", "nlp") == [("a", None), ("b", None)]
    assert library.written_tags() == [("nlp", 1), ("nlp/Parsing", 1), ("nlp/tagging", 1)]


def test_shelves_stand_in_the_order_of_their_oldest_paper(vault: Vault) -> None:
    library = vault(
        {
            "new.md": "---\nyear: 2020\ntopics: [alpha]\n---\n",
            "old.md": "---\nyear: 1958\ntopics: [zeta]\n---\n",
            "mid.md": "---\nyear: 1997\ntopics: [Alpha/deep]\n---\n",
        }
    )
    assert [(s.label, s.first, s.last) for s in library.shelves()] == [
        ("zeta", "1958", "1958"), ("Alpha", "1997", "2020"), ("Alpha/deep", "1997", "1997"),
    ]  # fmt: skip


def test_the_years_of_a_shelf_are_those_that_are_known(vault: Vault) -> None:
    library = vault(
        {
            "old.md": "---\nyear: 1958\ntopics: [t]\n---\n",
            "new.md": "---\nyear: 1998\ntopics: [t]\n---\n",
            "none.md": "---\ntopics: [t, u]\n---\n",
        }
    )
    assert [(s.label, s.size, s.first, s.last) for s in library.shelves()] == [
        ("t", 3, "1958", "1998"), ("u", 1, "", ""),
    ]  # fmt: skip


def test_a_group_has_its_notes_in_order_of_time_undated_last(vault: Vault) -> None:
    library = vault(
        {
            "b.md": "---\nyear: 2001\n---\n#t #t/u", "a.md": "---\nyear: 2020\n---\n#T",
            "c.md": "#t", "p.md": "---\nprivate: true\nyear: 1990\n---\n#t",
        }
    )  # fmt: skip
    assert library.members("tag", "t") == [("p", 1990), ("b", 2001), ("a", 2020), ("c", None)]
    assert [member.key for member in library.public.members("tag", "t")] == ["b", "a", "c"]


def test_a_topic_within_another_is_found_by_its_beginning(vault: Vault) -> None:
    library = vault({"a.md": "---\ntopics: [x/y/z, x/w, xy/v, 'x-y/u']\n---\n"})
    assert library.nested("topic", "x") == [("x/w", 1), ("x/y", 1), ("x/y/z", 1)]
    assert [group.name for group in library.groups("topic", within="x/y")] == ["x/y/z"]
    assert [shelf.name for shelf in library.shelves(within="x")] == ["x/w", "x/y", "x/y/z"]


def test_what_goes_together_is_written_for_its_own_sake(vault: Vault) -> None:
    library = vault(
        {
            "a.md": "#t #u/v #w", "b.md": "#t #w #t/x", "c.md": "#w",
            "p.md": "---\nprivate: true\n---\n#t #secret",
        }
    )  # fmt: skip
    assert library.together("tag", "t") == [("w", 2), ("secret", 1), ("u/v", 1)]
    assert library.public.together("tag", "t") == [("w", 2), ("u/v", 1)]


def test_a_nested_label_is_spelled_level_by_level(vault: Vault) -> None:
    library = vault({"a.md": "#NLP/parsing", "b.md": "#nlp/Parsing", "c.md": "#nlp #nlp"})
    assert library.spelling("tag", "nlp/parsing") == "nlp/Parsing"
    assert library.groups("tag")[1].label == "nlp/Parsing"


def test_private_notes_spell_nothing_for_the_public(vault: Vault) -> None:
    library = vault({"a.md": "#tag", "p.md": "---\nprivate: true\n---\n#TAG #TAG"})
    assert library.spelling("tag", "tag") == "TAG"
    assert library.public.spelling("tag", "tag") == "tag"


def test_groups_that_would_share_an_address(vault: Vault) -> None:
    library = vault({"a.md": "---\nauthors: [A B, A-B, 'a b']\n---\n#x"})
    assert library.groups_at("author", "a-b") == ["A B", "A-B", "a b"]
    assert library.groups_at("tag", "x") == ["x"]


def test_an_author_with_a_slash_is_nested_in_nobody(vault: Vault) -> None:
    library = vault({"a.md": "---\nauthors: [The A/B Collaboration]\n---\n"})
    assert [group.name for group in library.groups("author")] == ["The A/B Collaboration"]
    assert [name for name, _, _ in library.facet("author")] == ["The A/B Collaboration"]
