"""Telling how far the work is: silent, unless somebody listens."""

from __future__ import annotations

import pytest

from paperkb.watch import SILENT, Watch


def test_nobody_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with SILENT.step("parse", 10), SILENT.step("within"):
        SILENT.advance()
        SILENT.advance(5)
    assert capsys.readouterr() == ("", "")


def test_an_error_within_a_step_is_the_workers_own() -> None:
    with pytest.raises(KeyError), Watch().step("parse"):
        raise KeyError
