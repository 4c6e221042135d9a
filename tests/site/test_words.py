"""The words of the interface: which language, whose file, what is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup

from paperkb.site.problems import TemplateProblem
from paperkb.site.words import Words, fallbacks
from tests.vaults import write_files


@pytest.mark.parametrize(
    ("language", "lang", "notes_lang", "topics"),
    [
        ("en", "en", "", "Topics"),
        ("en-GB", "en-GB", "", "Topics"),
        ("de", "de", "", "Themen"),
        ("de-AT", "de-AT", "", "Themen"),
        ("DE", "DE", "", "Themen"),
        ("zh", "zh", "", "主题"),
        ("zh-Hans-CN", "zh-Hans-CN", "", "主题"),
        ("zh-Hant", "en", "zh-Hant", "Topics"),
        ("zh-TW", "en", "zh-TW", "Topics"),
        ("pt-BR", "en", "pt-BR", "Topics"),
    ],
)
def test_a_language_that_nobody_translated_is_english_and_says_so(
    tmp_path: Path, language: str, lang: str, notes_lang: str, topics: str
) -> None:
    words = Words(tmp_path, language)
    assert (words.lang, words.notes_lang, words.t("Topics")) == (lang, notes_lang, topics)


def test_tags_are_looked_for_from_the_closest_on() -> None:
    assert fallbacks("de-Latn-AT") == ["de-latn-at", "de-latn", "de"]
    assert fallbacks("zh-HK") == ["zh-hk"]


def test_the_vaults_own_words_go_first_and_the_others_stay(tmp_path: Path) -> None:
    own = '["Topics"]\nde = "Regale"\nde-AT = "Kasteln"\nen = "Shelves"\npt = "Temas"\n'
    write_files(tmp_path, {"templates/languages.toml": own})
    said = {tag: Words(tmp_path, tag).t("Topics") for tag in ("de", "de-AT", "en", "en-GB", "pt")}
    assert list(said.values()) == ["Regale", "Kasteln", "Shelves", "Shelves", "Temas"]
    assert Words(tmp_path, "pt-BR").lang == "pt-BR"
    assert Words(tmp_path, "de").t("Tags") == "Schlagwörter"
    assert Words(tmp_path, "pt").t("Tags") == "Tags"


def test_values_are_filled_in_and_whatever_else_stays() -> None:
    words = Words(Path(), "en")
    assert words.t("{a} of {b} {c}", a=1, b="{a}") == "1 of {a} {c}"
    assert words.t("{a}") == "{a}"
    assert words.tn("{count} note", "{count} notes", 1) == "1 note"
    assert words.tn("{count} note", "{count} notes", 0) == "0 notes"


def test_only_a_value_that_is_markup_is_not_escaped() -> None:
    made = Words(Path(), "en").t("<b> {link} {name}", link=Markup("<a>x</a>"), name="<i>")
    assert made == Markup("&lt;b&gt; <a>x</a> &lt;i&gt;")
    assert isinstance(made, Markup)
    assert not isinstance(Words(Path(), "en").t("<b> {name}", name="x"), Markup)


def test_scripts_get_the_words_that_stand_in_them(tmp_path: Path) -> None:
    own = '["No \'x\'"]\nde = "a"\n["one"]\nde = "b"\n["two"]\nde = "c"\n["three"]\nde = "d"\n'
    write_files(tmp_path, {"templates/languages.toml": own})
    used = Words(tmp_path, "de").used_by(["""t("No 'x'"), f('one')""", "`three` // two"])
    assert used == {"No 'x'": "a", "one": "b", "three": "d"}
    assert Words(tmp_path, "en").used_by(['"one"']) == {}


@pytest.mark.parametrize("wrong", ["[", '["Topics"]\nde = 1', 'de = "Themen"', b"\xff"])
def test_a_wrong_file_says_where(tmp_path: Path, wrong: str | bytes) -> None:
    write_files(tmp_path, {"templates/languages.toml": wrong})
    with pytest.raises(TemplateProblem, match=r"languages\.toml"):
        Words(tmp_path, "de").t("Topics")
