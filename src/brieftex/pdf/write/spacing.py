"""How glyphs get to their places: by character spacing, and where that is not enough by adjustments
between them (ISO 32000-1, 9.3.2 and 9.4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import sub

from brieftex.pdf.write.font_in_use import RunStyle
from brieftex.units import SP_PER_PT

LEAST_GAP = 0.09
"""From so many em on a gap is bridged; it is no spacing of characters."""

# A glyph that is this far from its place gets an adjustment: 0.004 pt.
TOLERANCE = SP_PER_PT * 4 // 1000

# Up to this many glyphs, adjustments are shorter than a change of character spacing.
_FEW = 3


def character_spacing(style: RunStyle, rooms: Sequence[float]) -> float:
    """The /Tc, in points, that leaves the fewest glyphs of a run to be moved: in a justified line
    most have the same room after them. Gaps that are bridged begin where the glyph ends. The least
    of the ``rooms`` comes first."""
    count = len(rooms)
    if count < _FEW:
        return 0.0
    middle = rooms[count // 2]
    if abs(middle) * count <= TOLERANCE or middle > LEAST_GAP * style.size:
        return 0.0
    return round(middle / SP_PER_PT * 1000 / style.stretch, 4)


def adjusted_at(
    xs: Sequence[float], steps: Sequence[float], pen: float, scale: float
) -> tuple[tuple[tuple[int, bytes], ...], float]:
    """The adjustments that keep glyphs at ``xs`` which carry on by these ``steps``, each behind so
    many of them, and where the pen is in the end; ``scale`` is Sp for 1/1000 em."""
    made: list[tuple[int, bytes]] = []
    # Where the pen would be without adjustments, and how far these have taken it back.
    pens = [*accumulate(steps, initial=pen)]
    back, low, high = 0.0, -TOLERANCE, TOLERANCE
    for k, off in enumerate(map(sub, xs, pens)):
        if low <= off <= high:
            continue
        adjustment = round(-(off + back) / scale, 1)
        made.append((k, b"%.7g" % adjustment))
        back += adjustment * scale
        low, high = -TOLERANCE - back, TOLERANCE - back
    return tuple(made), pens[-1] - back


def carried_by(style: RunStyle, spacing: float) -> float:
    """Sp after each glyph for a /Tc, as stretched."""
    return spacing * SP_PER_PT * style.stretch / 1000
