"""Stage 6 as Microsoft Word does it: where the lines of a paragraph end.

Word goes line by line and never revises a line. A line ends at the last break at which it fits:
at its natural width, with its last mark hanging past the measure, with its marks compressed by
half an em together, or with both. What does not fit goes to the next line; a character that may
not begin a line takes the one before it along. Runts are not avoided.

``text.msword`` makes columns with Word's widths, breaks and hanging marks.
"""

from __future__ import annotations

from bisect import bisect_right

from brieftex.layout.lines.linebreak import Measures
from brieftex.text import parameters
from brieftex.text.columns import Columns
from brieftex.units import Sp, pt


def break_msword(columns: Columns, measures: Measures) -> list[int]:
    """Breaks of the lines, ascending, the last one the unit count."""
    result: list[int] = []
    a = 0
    for stop in columns.forced:
        while a < stop:
            a = _line_end(columns, a, stop, measures.rest if a else measures.first)
            result.append(a)
    return result


def most_taken(em: Sp) -> Sp:
    """By how much a line's marks may be compressed in all: half an em, in whole half points."""
    return em // pt(1) * pt(1) // 2


def _line_end(columns: Columns, a: int, stop: int, measure: Sp) -> int:
    """Where the line from unit ``a`` ends: if need be at the first break, as an overfull line."""
    breaks, em = columns.breaks, columns.em
    taken = most_taken(em)
    found = emergency = 0
    # No line fits beyond this: two em at most may be trimmed or hang at its end.
    reach = columns.sums[a] + measure + taken + 2 * em
    for k in range(bisect_right(breaks, a), len(breaks)):
        b = breaks[k]
        if b > stop or columns.sums[b - 1] > reach:
            break
        excess = columns.natural(a, b) - measure - columns.hangs.get(b, 0)
        if excess <= min(taken, columns.shrink(a, b)):
            if columns.penalties[k] < parameters.URL_INSIDE:
                found = b
            else:
                emergency = b
    return found or emergency or breaks[bisect_right(breaks, a)]
