"""Sessions at the command line, as a reader would see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.transcript import play

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(transcript: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAPERKB_VAULT", "PAPERKB_ARXIV_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    play(transcript, tmp_path)
