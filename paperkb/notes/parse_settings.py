"""What a parse depends on beside the bytes. Apart from the parser, so that asking costs nothing."""

from __future__ import annotations

from dataclasses import dataclass

PARSER_VERSION = 24
"""Raised whenever the same bytes would parse to something else."""


@dataclass(frozen=True, slots=True)
class ParseSettings:
    """The settings that a parse depends on; with the bytes, the key of its result."""

    macros: tuple[tuple[str, str], ...] = ()
    extra_fields: tuple[str, ...] = ()
