"""Where a paper is on the web."""

from __future__ import annotations

from paperkb.identifiers import Identifier, find_identifier
from paperkb.model import Work

_WEB = ("https://", "http://")


def work_address(work: Work) -> str:
    """Where a reader finds a work: arXiv, else its DOI, else its own address; empty if nowhere."""
    for name in sorted(work.ids):
        if identifier := find_identifier(name):
            return identifier.url
    return work.url if work.url and work.url.startswith(_WEB) else ""


def pdf_address(work: Work) -> str:
    """Where its PDF is on the web, of the version that was read; empty if that is not known."""
    if work.arxiv:
        page = Identifier("arxiv", work.arxiv, work.version).url
        return page.replace("/abs/", "/pdf/")
    return work.pdf if work.pdf and work.pdf.startswith(_WEB) else ""
