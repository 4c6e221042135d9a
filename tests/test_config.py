"""Settings: what ``paperkb.toml`` may say, and what is told of a value that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.config import ConfigError, load_settings
from tests.vaults import write_files


@pytest.mark.parametrize("language", ["en", "de-AT", "zh-Hans-CN", "sr-Latn", "es-419"])
def test_a_language_is_a_tag(tmp_path: Path, language: str) -> None:
    write_files(tmp_path, {"paperkb.toml": f'[site]\nlanguage = "{language}"'})
    assert load_settings(tmp_path, {}).language == language


@pytest.mark.parametrize("language", ["", "x", "de_AT", "German!", "de AT", 'de\\" onload=\\"'])
def test_what_is_no_tag_of_a_language_is_told(tmp_path: Path, language: str) -> None:
    write_files(tmp_path, {"paperkb.toml": f'[site]\nlanguage = "{language}"'})
    with pytest.raises(ConfigError, match="language must be a tag like en, de-AT or zh-Hans"):
        load_settings(tmp_path, {})


@pytest.mark.parametrize("kind", ["folder", "dead link", "link to itself"])
def test_what_is_there_and_no_file_is_told(tmp_path: Path, kind: str) -> None:
    """It may have held notes back: no settings would publish them."""
    path = tmp_path / "paperkb.toml"
    if kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("gone.toml" if kind == "dead link" else path)
    with pytest.raises(ConfigError, match=r"paperkb\.toml"):
        load_settings(tmp_path, {})


@pytest.mark.parametrize("out", ["../x", "/x", "templates", "templates/site"])
def test_a_site_is_not_written_where_it_would_do_harm(tmp_path: Path, out: str) -> None:
    write_files(tmp_path, {"paperkb.toml": f'[site]\nout = "{out}"'})
    with pytest.raises(ConfigError, match="out must not"):
        load_settings(tmp_path, {})
