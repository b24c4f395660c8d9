"""How glyphs get to their places: by character spacing, and where that is not enough by adjustments
between them (ISO 32000-1, 9.3.2 and 9.4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import sub

from msgspec import Struct

from brieftex.layout.page import GlyphRun
from brieftex.units import SP_PER_PT

LEAST_GAP = 0.09
"""From so many em on a gap is bridged; it is no spacing of characters."""

# A glyph that is this far from its place gets an adjustment: 0.004 pt.
TOLERANCE = SP_PER_PT * 4 // 1000

# Up to this many glyphs, adjustments are shorter than a change of character spacing.
_FEW = 3


class RunSpacing(Struct, frozen=True):
    """The /Tc of a run, in points. Shown as a whole with it, the run is as long as ``advance``, and
    its glyphs are no farther from their places than ``lost``, because a size is written to a
    thousandth, and ``slack``, because rooms differ (Sp)."""

    points: float
    advance: float
    lost: float
    slack: float


class Adjustments(Struct, frozen=True):
    """The adjustments inside of a piece, each ``behind`` so many of its glyphs, and where the pen
    is at its ``end`` (Sp in the line): ``of`` the glyphs from here to there, with this spacing, by
    a pen that is there."""

    of: tuple[int, int, float, float]
    behind: tuple[tuple[int, bytes], ...]
    end: float


def character_spacing(run: GlyphRun, rooms: list[float]) -> float:
    """The /Tc, in points, that leaves the fewest glyphs to be moved: in a justified line most
    have the same room after them. Gaps that are bridged begin where the glyph ends. The least of
    the ``rooms`` comes first."""
    count = len(rooms)
    if count < _FEW:
        return 0.0
    middle = rooms[count // 2]
    if abs(middle) * count <= TOLERANCE or middle > LEAST_GAP * run.size:
        return 0.0
    return round(middle / SP_PER_PT * 1000 / run.stretch, 4)


def run_spacing(
    run: GlyphRun, rooms: list[float], advances: list[float], share: float
) -> RunSpacing:
    """The /Tc of a run that is shown as a whole, and what it leads to. Its glyphs carry on by these
    ``advances``, of which the size as written loses a ``share``."""
    points = character_spacing(run, rooms)
    carried = carried_by(run, points)
    advance = sum(advances)
    lost = advance * share
    # No glyph can be farther off, were each room the least or the greatest.
    slack = len(rooms) * max(carried - rooms[0], rooms[-1] - carried) if rooms else 0.0
    return RunSpacing(points, advance - lost + len(advances) * carried, abs(lost), slack)


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


def carried_by(run: GlyphRun, spacing: float) -> float:
    """Sp after each glyph for a /Tc, as stretched."""
    return spacing * SP_PER_PT * run.stretch / 1000
