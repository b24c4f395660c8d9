"""A meeting and its papers as the organiser wrote them: frozen values, a field for each key."""

from __future__ import annotations

import datetime
from pathlib import Path

from msgspec import Struct

from brieftex.diagnostics import Source, Span
from brieftex.model.content import Inline, PageFit


class Paper(Struct, frozen=True):
    """A paper: an issue file, or pages of a PDF file. ``pages`` are pairs of a first and a last
    one, all where there is none; ``span`` is where the file is named."""

    span: Span
    issue: str | None = None
    pdf: str | None = None
    title: Inline | None = None
    pages: tuple[tuple[int, int], ...] = ()
    fit: PageFit = PageFit.INSIDE


class AgendaItem(Struct, frozen=True):
    """A point of the agenda: when, what, by whom, with which papers."""

    title: Inline
    time: Inline | None = None
    presenters: tuple[Inline, ...] = ()
    papers: tuple[Paper, ...] = ()


class Meeting(Struct, frozen=True):
    """A meeting: its name, who holds it, when and where, and its agenda. ``folder`` is where
    papers are looked for."""

    source: Source
    folder: Path
    name: Inline
    agenda: tuple[AgendaItem, ...]
    theme: str = "briefing"
    organizer: Inline | None = None
    date: datetime.date | None = None
    time: Inline | None = None
    place: Inline | None = None
    host: Inline | None = None
    remark: Inline | None = None
