"""A stretch of Markdown with its place in the file, and what reading it turned up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from brieftex.diagnostics import Finding, OffsetMap, Span


@dataclass
class Findings:
    """What reading one body has come across so far."""

    findings: list[Finding] = field(default_factory=list)
    calls: list[tuple[str, Span]] = field(default_factory=list)
    references: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Passage:
    """Markdown text of one leaf block and the map of its characters to the file."""

    text: str
    origin: OffsetMap


def window(origin: OffsetMap, start: int, end: int) -> OffsetMap:
    """The part of ``origin`` that concerns ``start`` up to ``end``.

    ``OffsetMap.through`` copies every later entry behind its last one; a body has one per
    line, and reading every paragraph through all of them would be quadratic.
    """
    first, last = bisect_right(origin.starts, start), bisect_left(origin.starts, end)
    return OffsetMap(
        (start, *origin.starts[first:last]),
        (origin.source(start), *origin.sources[first:last]),
    )
