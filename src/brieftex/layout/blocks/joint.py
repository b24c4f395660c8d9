"""The names of offices that issue a document jointly (GB/T 9704-2012 7.2.4)."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.document.blocks import JointBlock
from brieftex.layout.blocks.box import Box, baseline
from brieftex.layout.lines.paragraph import Setting, natural_line
from brieftex.layout.page import GlyphRun, Line, PlacedLine
from brieftex.units import Sp


def set_joint(block: JointBlock, measure: Sp, setting: Setting) -> Box:
    """The names below each other, spread to the width of the longest; the suffix beside them,
    level with their middle. All of it is centred in the measure."""
    style = block.style
    names = [natural_line(name, setting) for name in block.names]
    suffix = natural_line(block.suffix, setting)
    gap = style.char.size // 2 if suffix.width else 0
    widest = max(line.width for line in names)
    x = (measure - widest - gap - suffix.width) // 2
    base = style.before + baseline(style.leading, style.char.size)
    items = [
        PlacedLine(x, base + k * style.leading, spread_out(line, widest))
        for k, line in enumerate(names)
    ]
    if suffix.width:
        middle = base + (len(names) - 1) * style.leading // 2
        items.append(PlacedLine(x + widest + gap, middle, suffix))
    return Box(style.before + len(names) * style.leading + style.after, tuple(items))


def spread_out(line: Line, width: Sp) -> Line:
    """``line`` with its characters spread evenly over ``width``."""
    starts = [k for run in line.runs for k, text in enumerate(run.texts) if text]
    gaps, extra = len(starts) - 1, width - line.width
    if gaps < 1 or extra <= 0:
        return line
    runs: list[GlyphRun] = []
    count = -1
    for run in line.runs:
        xs: list[Sp] = []
        for x, text in zip(run.xs, run.texts, strict=True):
            count += bool(text)
            xs.append(x + extra * max(count, 0) // gaps)
        runs.append(replace(run, xs=tuple(xs)))
    return replace(line, runs=tuple(runs), width=width)
