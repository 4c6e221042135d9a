"""Small vaults, written out in the tests that read them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from paperkb.config import load_settings
from paperkb.library.index import open_index
from paperkb.library.library import Library
from paperkb.library.load import load_library
from paperkb.model import Resolution

EXAMPLE_VAULT = Path(__file__).parent.parent / "example-vault"

Vault = Callable[[Mapping[str, str | bytes]], Library]


def write_files(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write path → content below ``root``."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        target.write_bytes(data)


def write_raw(root: Path, name: bytes, data: bytes = b"") -> None:
    """Write a file whose name is bytes, as file systems have them."""
    Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_bytes(data)


def load(root: Path) -> Library:
    """The library of a folder, with the settings of its own ``paperkb.toml``."""
    return load_library(root, load_settings(root, {}))


def load_indexed(root: Path) -> Library:
    """The same by way of the index in the folder, which must work."""
    return load_library(root, load_settings(root, {}), open_index(root, pytest.fail))


def link_targets(library: Library, key: str) -> list[Resolution]:
    """Where the links of a note lead, in their order."""
    return list(library.resolutions[key])
