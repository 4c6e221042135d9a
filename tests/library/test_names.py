"""Names and how they compare."""

from __future__ import annotations

import pytest

from paperkb.library.names import (
    decoded,
    fold,
    keyed,
    result_name,
    stem_of,
    undated,
    venue_name,
    without_extension,
)


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("papers/a.md", "a"),
        ("a.b.markdown", "a.b"),
        ("A.MD", "A"),
        ("a.html", "a"),
        ("a.pdf", "a.pdf"),
    ],
)
def test_the_stem_is_the_name_without_folder_and_extension(path: str, stem: str) -> None:
    assert stem_of(path) == stem
    assert without_extension(path.rpartition("/")[2]) == stem


@pytest.mark.parametrize(
    ("one", "other"),
    [("Größe", "GRÖSSE"), ("u\u0308ber", "über"), ("@key", "Key"), (" a  b ", "a b")],
)
def test_spellings_that_are_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_an_at_sign_inside_a_name_counts() -> None:
    assert fold("a@b") != fold("ab")


@pytest.mark.parametrize(
    ("stem", "rest"), [("2019-05-01-title", "title"), ("2019-05-01-", ""), ("title", ""), ("", "")]
)
def test_a_jekyll_date_is_left_out(stem: str, rest: str) -> None:
    assert undated(stem) == rest


@pytest.mark.parametrize(
    ("target", "plain"),
    [
        ("My%20Note", "My Note"),
        ("100%", "100%"),
        ("%E4", "%E4"),  # not UTF-8: left as it is
        ("a%00b", "a%00b"),  # no file has such a name
        ("%C3%A4", "ä"),
    ],
)
def test_url_encoding_is_undone_where_it_makes_sense(target: str, plain: str) -> None:
    assert decoded(target) == plain


@pytest.mark.parametrize(
    ("paths", "keys"),
    [
        (["papers/a.md", "b.md"], ["a", "b"]),
        (["x/a.md", "y/a.md"], ["x/a", "y/a"]),
        (["a.md", "x/a.md"], ["a", "x/a"]),
        (["x/a.md", "x/a.markdown"], ["x/a.md", "x/a.markdown"]),
        (["a.md", "a.markdown", "a.md.md"], ["a.md", "a.markdown", "a.md.md"]),
        (["A.md", "a.md"], ["A", "a"]),
    ],
)
def test_keys_are_stems_or_paths_and_never_shared(paths: list[str], keys: list[str]) -> None:
    assert keyed(paths) == keys


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("NeurIPS 2017", "NeurIPS"), ("2016 CVPR", "CVPR"), ("ICML (2019)", "ICML"),
        ("ACL, 2020", "ACL"), ("2020", "2020"), ("arXiv:2001.00001", "arXiv:2001.00001"),
        ("Proc. of the  2017 Conference", "Proc. of the Conference"),
        ("Computer Vision (ICCV)", "Computer Vision (ICCV)"),
        ("Computer Vision (ICCV 2017)", "Computer Vision (ICCV)"),
        ("2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)", "CVPR"),
        ("Conference on Computer Vision and Pattern Recognition (CVPR'06)", "CVPR"),
        ("European Conference on Computer Vision (ECCV 2014)", "ECCV"),
        ("Proceedings of the National Academy of Sciences (USA)",
         "Proceedings of the National Academy of Sciences (USA)"),
        ("Neural Information Processing Systems (NIPS)", "NeurIPS"), ("NIPS 2012", "NeurIPS"),
    ],
)  # fmt: skip
def test_a_venue_is_one_whatever_the_year(written: str, name: str) -> None:
    assert venue_name(written) == name


def test_a_leaderboard_has_two_levels_whatever_is_in_its_names() -> None:
    assert result_name("Translation", " WMT14  en/de") == "Translation/WMT14 en∕de"
    assert result_name("", "") == "–/–"
