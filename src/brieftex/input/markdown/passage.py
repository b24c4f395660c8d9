"""A stretch of Markdown with its place in the file, and what reading it turned up."""

from __future__ import annotations

from msgspec import Struct, field

from brieftex.diagnostics import Finding, OffsetMap, Span


class Findings(Struct):
    """What reading one body has come across so far."""

    findings: list[Finding] = field(default_factory=list)
    calls: list[tuple[str, Span]] = field(default_factory=list)
    references: set[str] = field(default_factory=set)


class Passage(Struct, frozen=True):
    """Markdown text of one leaf block and the map of its characters to the file."""

    text: str
    origin: OffsetMap
