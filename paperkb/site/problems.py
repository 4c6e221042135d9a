"""What can be wrong with a site, as errors that a reader is told in a sentence."""

from __future__ import annotations


class TemplateProblem(ValueError):  # noqa: N818 - the field's word
    """A template that cannot be rendered; the text says which, where and why."""
