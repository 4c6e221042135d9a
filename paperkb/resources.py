"""Where the shipped templates are: inside the package, or beside it in a working copy."""

from __future__ import annotations

from pathlib import Path


def templates_folder() -> Path:
    """The folder of the shipped templates (``pages``, ``note``, ``static``).

    A wheel carries it as ``paperkb/templates``; an editable install finds the top-level one.
    """
    package = Path(__file__).resolve().parent
    shipped = package / "templates"
    return shipped if shipped.is_dir() else package.parent / "templates"
