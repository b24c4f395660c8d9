"""The widths of columns from what their contents need: integers only, no text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from brieftex.units import Sp

SHORT = 8
"""Cells are centred in columns whose texts are up to this many em wide; longer text is set flush
left, or justified where it takes several lines."""

_GIVEN = 3, 4
"""Columns up to SHORT are not broken as long as together they take no more than this share of the
table's width."""

_FAIR = 5, 4
"""How many equal shares of the width a column may take to keep its words whole."""

_WORD = 3
"""A column up to this many em wide always gets the width of its words while there is any."""


def column_widths(
    natural: Sequence[Sp],
    room: Sp,
    em: Sp,
    content: Sequence[Sp] = (),
    levels: Sequence[Sequence[Sp]] = (),
) -> list[Sp]:
    """Widths that fill ``room``, Sp.

    These are the natural widths where they fit, with the rest shared out evenly. Otherwise
    every column gets what it needs at the highest of the ``levels`` (widths by Need) that fits
    for all; then short columns get what they need beyond that, level by level, and their natural
    width, the shortest first. What is left is divided among the others in proportion to their
    ``content``, the sum of their cells' natural widths, which keeps rows low. Where even the
    first level does not fit, the widest columns are cut down to one common width.
    """
    count, total = len(natural), sum(natural)
    if total <= room:
        each, left = divmod(room - total, count)
        return [width + each + (k < left) for k, width in enumerate(natural)]
    levels = levels or [[min(width, em) for width in natural]]
    fitting = [level for level in levels if sum(level) <= room]
    if not fitting:
        return _cut(levels[0], room, em)
    widths = list(fitting[-1])
    for level in levels[len(fitting) :]:
        _raise(widths, level, room, em)
    part, whole = _GIVEN
    spare = room * part // whole - sum(widths)
    for k in sorted(range(count), key=natural.__getitem__):
        more = natural[k] - widths[k]
        if natural[k] <= SHORT * em and 0 < more <= spare:
            widths[k] += more
            spare -= more
    _share(widths, natural, room, content)
    return widths


def _raise(widths: list[Sp], level: Sequence[Sp], room: Sp, em: Sp) -> None:
    """Raise columns to ``level``, the narrowest first and equal ones together, as long as none
    takes much more than an equal share of what is left of ``room``. What a word of two or three
    characters needs is no large share: for it they are raised one by one, too."""
    spare, left = room - sum(widths), len(widths)
    order = sorted(range(len(widths)), key=level.__getitem__)
    for wanted, group in groupby(order, key=level.__getitem__):
        columns = list(group)
        more = sum(max(0, wanted - widths[k]) for k in columns)
        part, whole = _FAIR
        short = wanted <= _WORD * em
        if more > spare and short:
            for k in columns:
                if 0 < wanted - widths[k] <= spare:
                    spare -= wanted - widths[k]
                    widths[k] = wanted
        if more > spare or (wanted * left * whole > room * part and not short):
            return
        for k in columns:
            widths[k] = max(widths[k], wanted)
        spare -= more
        left -= len(columns)
        room -= wanted * len(columns)


def _share(widths: list[Sp], natural: Sequence[Sp], room: Sp, content: Sequence[Sp]) -> None:
    """Divide what is left of ``room`` among the columns narrower than their natural width."""
    spare = room - sum(widths)
    weights = content or [1] * len(widths)
    open_columns = [k for k in range(len(widths)) if widths[k] < natural[k]]
    while spare and open_columns:
        shares = sum(weights[k] for k in open_columns)
        given = 0
        for k in open_columns:
            more = min(natural[k] - widths[k], max(1, spare * weights[k] // max(1, shares)))
            more = min(more, spare - given)
            widths[k] += more
            given += more
        spare -= given
        open_columns = [k for k in open_columns if widths[k] < natural[k]]


def _cut(natural: Sequence[Sp], room: Sp, em: Sp) -> list[Sp]:
    """Widths that fill ``room``, with the widest columns cut down to one common width."""
    widths = [0] * len(natural)
    open_columns = sorted(range(len(natural)), key=natural.__getitem__)
    for done, k in enumerate(open_columns):
        widths[k] = min(natural[k], max(em, room // (len(natural) - done)))
        room -= widths[k]
    widths[open_columns[-1]] += max(room, 0)
    return widths
