"""What a source can do to us: refuse for good (``SourceError``) or answer badly (``Unusable``)."""

from __future__ import annotations


class SourceError(Exception):
    """A source could not be reached, refused, or sent nothing that can be used.

    Its text is one sentence for the reader; ``hint`` says what to do about it, or is empty.
    """

    def __init__(self, source: str, message: str, hint: str = "") -> None:
        super().__init__(source, message, hint)
        self.source = source
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """The sentence: ``arXiv answered 503 Service Unavailable (asked 4 times)``."""
        return f"{self.source} {self.message}"


class Unusable(Exception):  # noqa: N818 - it is an answer, and no error until patience ends
    """An answer, or the lack of one, that is worth another try.

    ``retry_after`` is the wait that the source asks for, ``attempts`` how many tries it is worth
    at most: where nobody can be reached, the reader is mostly offline, and wants to know.
    """

    def __init__(
        self,
        reason: str,
        hint: str = "",
        retry_after: float | None = None,
        attempts: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.retry_after = retry_after
        self.attempts = attempts
