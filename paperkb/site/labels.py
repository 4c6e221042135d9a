"""What links and citations show: plain text, for whoever writes a page or a copy of it."""

from __future__ import annotations

from paperkb.library.names import fold, stem_of
from paperkb.model import Found, Hidden, Known, Link, Resolution, Work
from paperkb.site.cards import author_year
from paperkb.site.context import SiteContext


def link_label(context: SiteContext, link: Link, resolution: Resolution) -> str:
    """The text of a link: its own, or, of one that is written as the key itself, author and year.
    An alias is the writer's own word."""
    if isinstance(resolution, Hidden):
        return link.own_label or private_label(context)
    written = link.label or "#".join(filter(None, (link.target, link.anchor)))
    work = cited_work(context, resolution)
    if work is None or link.label or not _names_key(context, link, resolution):
        return written
    name, year = author_year(work)
    text = f"{name} ({year})" if name and year else work.title or written
    return text + (f" § {link.anchor.lstrip('^')}" if link.anchor else "")


def citation_label(link: Link, work: Work) -> str:
    """How a citation names a work: «Vaswani et al., 2017», or «Vaswani et al. (2017)» for a bare
    ``@key``."""
    name, year = author_year(work)
    if link.suppress_author:
        return year or work.title
    if link.bare:
        return f"{name} ({year})" if name and year else work.title
    return f"{name}, {year}" if name and year else name or work.title


def private_label(context: SiteContext) -> str:
    """What stands for a note that nobody may read."""
    return context.words.t("private note")


def cited_work(context: SiteContext, resolution: Resolution) -> Work | None:
    """The work that a link leads to, if it leads to one."""
    return context.work(resolution.key) if isinstance(resolution, Found | Known) else None


def _names_key(context: SiteContext, link: Link, resolution: Resolution) -> bool:
    if isinstance(resolution, Found):
        note = context.note(resolution.key)
        return fold(stem_of(link.target)) == fold(stem_of(note.path if note else resolution.key))
    return isinstance(resolution, Known)
