"""A page in memory: where it goes and what it is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Deferred:
    """A value that is dear to make, and what it is made from, which is not."""

    ingredients: str
    make: Callable[[], str]

    def __repr__(self) -> str:
        """The ingredients: they are what a fingerprint needs."""
        return self.ingredients


@dataclass(frozen=True)
class Page:
    """A file of the site. With a ``template``, its bytes are rendered from ``data``; without one,
    ``data`` holds them (``body``) or names the file they are copied from (``source``).

    ``data`` is plain, ordered values only, so that its ``repr`` is the same for the same facts.
    """

    path: str
    template: str
    data: Mapping[str, Any]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything that the page is made from, known before anything is rendered."""
        made_from = repr((self.path, self.template, list(self.data.items())))
        return hashlib.blake2b(made_from.encode("utf-8", "replace"), digest_size=16).hexdigest()
