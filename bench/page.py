"""The page that keeps results: ``docs/benchmarks.md``, written whole by ``--write``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from string import Template

TEMPLATE = Path(__file__).with_name("page.md")


def with_results(results: str, command: str, day: date) -> str:
    """The page with the tables of one run."""
    page = Template(TEMPLATE.read_text(encoding="utf-8"))
    return page.substitute(results=results, command=command, day=day.isoformat())
