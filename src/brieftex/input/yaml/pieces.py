"""The piece of a text that says all about one of its mappings: whole lines of its own.

In: a text and where a mapping stands in it. Out: where the piece begins and ends. Two pieces with
the same characters are read alike, wherever they stand.
"""

from __future__ import annotations

from brieftex.diagnostics import Span
from brieftex.patterns import late

_BEFORE = late(r" *(?:- +)?")
# The rest of a line, and the blank lines and comments behind it.
_BEHIND = late(r"[ \t]*(?:#[^\r\n]*)?(?:(?:\r\n?|\n)[ \t]*(?:#[^\r\n]*)?)*(?:\r\n?|\n|\Z)")


def piece_of(text: str, span: Span) -> Span | None:
    """The lines of the mapping at ``span``, with the dash before it and the comments behind it;
    None where others share a line with it."""
    start = text.rfind("\n", 0, span.start) + 1
    # Only on that line: a file with no such character would be searched to its beginning each time.
    start = max(start, text.rfind("\r", start, span.start) + 1)
    behind = _BEHIND.match(text, span.end)
    if behind is None or not _BEFORE.fullmatch(text, start, span.start):
        return None
    return Span(start, behind.end())
