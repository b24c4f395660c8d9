"""Stage 6 as Microsoft Word does it: where the lines of a paragraph end.

Word goes line by line and looks at no line twice. A line ends at the last break at which it
fits: at its natural width, or with its last mark hanging past the measure, or with half an em
taken from its marks, or both. What does not fit goes to the next line, and a character that
may not begin it takes the one before along; nothing is done about runts.

``text.wordrules`` makes columns with Word's widths, breaks and hanging marks.
"""

from __future__ import annotations

from bisect import bisect_right

from brieftex.layout.lines.linebreak import Measures
from brieftex.text import parameters
from brieftex.text.columns import Columns
from brieftex.units import Sp, pt


def break_msword(columns: Columns, measures: Measures) -> list[int]:
    """Breaks of the lines, ascending, the last the unit count."""
    result: list[int] = []
    a = 0
    for stop in columns.forced:
        while a < stop:
            a = _line_end(columns, a, stop, measures.rest if a else measures.first)
            result.append(a)
    return result


def most_taken(em: Sp) -> Sp:
    """How much a line's marks may give up together: half an em, in whole half points."""
    return em // pt(1) * pt(1) // 2


def _line_end(columns: Columns, a: int, stop: int, measure: Sp) -> int:
    """Where the line from unit ``a`` ends: at worst at the first break, sticking out."""
    breaks, em = columns.breaks, columns.em
    taken = most_taken(em)
    found = emergency = 0
    # Beyond this no line fits: at its end two em may be trimmed or hang.
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
