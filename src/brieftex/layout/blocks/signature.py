"""署名, 成文日期 and seals below what they sign (GB/T 9704-2012 7.3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from brieftex.document.blocks import SignatureBlock
from brieftex.layout.blocks.box import Box, baseline, moved, raised
from brieftex.layout.blocks.figure import set_art
from brieftex.layout.lines.paragraph import Setting, natural_line, set_text
from brieftex.layout.page import Line, Placed, PlacedLine
from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.styled.styles import Align, TextStyle
from brieftex.units import Sp, mm

SignedLine: TypeAlias = tuple[Placed, ...]

APART = mm("2")
"""The least distance of two seals, which may not touch."""

MOST = 3
"""The most seals in a row."""


class Signed(NamedTuple):
    """The lines of a signature, its style, the room wanted below the last line, and how far seals
    reach below it instead, from which x on."""

    rows: list[SignedLine]
    style: TextStyle
    below: Sp = 0
    overhang: tuple[Sp, Sp] = (0, 0)


def set_signature(block: SignatureBlock, measure: Sp, setting: Setting) -> Signed:
    """A signature, set.

    Its lines stay on one page.
    """
    style = replace(block.style, keep_lines=True)
    if block.office is not None:
        return Signed(_by_person(block, measure, setting), style)
    whole = replace(style, align=Align.LEFT, left=0, right=0, indent=0, hang=0)
    if block.sealed and block.names and (block.seals or len(block.names) > 1):
        names = [natural_line(text, setting) for text in block.names]
        if max(line.width for line in names) <= measure:
            return _sealed(block, names, measure, setting)
    names = [line for text in block.names for line in set_text(text, whole, measure, setting)]
    date = None if block.date is None else natural_line(block.date, setting)
    base = baseline(style.leading, style.char.size)
    lines = [*names, *((date,) if date else ())]
    places = _signed(names, date, measure - style.right, block)
    room = measure - max(x + line.width for x, line in zip(places, lines, strict=True))
    shift = max(min(room, 0), -min(places))  # keep within the type area on both sides
    rows: list[SignedLine] = [
        (PlacedLine(x + shift, base, line),) for x, line in zip(places, lines, strict=True)
    ]
    return Signed(rows, style)


def _signed(names: Sequence[Line], date: Line | None, edge: Sp, block: SignatureBlock) -> list[Sp]:
    """The left ends of the lines of a signature (7.3.5.1 and 7.3.5.2)."""
    if date is None:
        return [edge - line.width for line in names]
    start = edge - date.width
    if block.sealed:
        return [*(start + (date.width - line.width) // 2 for line in names), start]
    shift = 2 * block.style.char.size
    widest = max((line.width for line in names), default=0)
    left = min(edge - widest, start - shift) if names else start
    return [*(left for _ in names), left + shift if names else start]


def _by_person(block: SignatureBlock, measure: Sp, setting: Setting) -> list[SignedLine]:
    """The office, the name or the picture of a signature, and the date below an empty line."""
    style, base = block.style, baseline(block.style.leading, block.style.char.size)
    edge = measure - style.right
    signs: list[Placed] = []
    left = edge
    for art in block.seals:
        size, items = set_art(art, measure, setting)
        left = edge - size.width
        # Level with the line, which it may be higher than: 以签名章为准上下居中.
        signs = [moved(item, left, (style.leading - size.height) // 2) for item in items]
    for text in block.names:
        line = natural_line(text, setting)
        left = edge - line.width
        signs.append(PlacedLine(left, base, line))
    if block.office is not None:
        office = natural_line(block.office, setting)
        x = max(left - 2 * style.char.size - office.width, 0)
        signs.insert(0, PlacedLine(x, base, office))
    rows: list[SignedLine] = [tuple(signs)]
    if block.date is not None:
        date = natural_line(block.date, setting)
        rows += [(), (PlacedLine(edge - date.width, base, date),)]
    return rows


def _sealed(block: SignatureBlock, names: Sequence[Line], measure: Sp, setting: Setting) -> Signed:
    """Names side by side in rows, each in the middle of its seal; the date below the last name,
    in the middle of the same seal (7.3.5.1).

    The names and the date are a little below the middle of the seals, and the top of the first
    seals is within a line of the text above.
    """
    style, base = block.style, baseline(block.style.leading, block.style.char.size)
    line = style.leading
    date = None if block.date is None else natural_line(block.date, setting)
    arts = [set_art(art, measure, setting) for art in block.seals]
    tallest = max([block.seal, *(size.height for size, _ in arts)])
    cell = max(line.width for line in names)
    widest = max([block.seal, *(size.width for size, _ in arts)])
    pitch = max(widest + APART, cell + style.char.size)
    half = max(cell, widest if arts else 0) // 2
    middle = measure - style.right - (0 if date is None else date.width // 2)
    middle = min(middle, measure - half)
    columns = max(1, min(MOST, (middle - half) // pitch + 1))
    pitch_down = -(-(tallest + APART) // line)  # whole lines
    rows: list[list[Placed]] = []
    low = lift = 0
    count = len(names)
    groups = [range(k, min(k + columns, count)) for k in range(0, count, columns)]
    for number, group in enumerate(groups):
        last = number == len(groups) - 1
        if rows:
            rows += [[] for _ in range(pitch_down - 1)]
        center = (line if last and date else line // 2) - line // 4
        top = len(rows) * line + center
        places = [middle - (len(group) - 1 - k) * pitch for k in range(len(group))]
        if not last:  # all columns, from the left
            places = [middle - (columns - 1 - k) * pitch for k in range(len(group))]
        if not rows and arts:
            # The first seals begin within a line of the last characters above.
            space = max(0, -(-(tallest // 2 - center) // line))
            gap = space * line + center - tallest // 2 + (line - style.char.size) // 2
            style, lift = replace(style, space=space), max(0, gap - line)
        row: list[Placed] = []
        for k, x in zip(group, places, strict=True):
            if k < len(arts):
                size, items = arts[k]
                at = center - lift - size.height // 2
                drawn = () if block.blank else items
                row += [moved(item, x - size.width // 2, at) for item in drawn]
                low = max(low, top - lift + size.height // 2)
        row += [
            PlacedLine(x - names[k].width // 2, base, names[k])
            for k, x in zip(group, places, strict=True)
        ]
        rows.append(row)
    if date is not None:
        rows.append([PlacedLine(middle - date.width // 2, base, date)])
    below = max(0, low - len(rows) * line)
    overhang = (0, 0)
    if block.open_below:
        below, overhang = 0, (below, places[0] - widest // 2)
    lines = [tuple(row) for row in rows]
    return Signed(lines, replace(style, keep_lines=True), below, overhang)


def clear_of_seals(made: Sequence[Box], above: Box, grid: Sp, gap: Sp) -> list[Box]:
    """``made``, which stands below ``above``: beside the foot of its seals where no line comes as
    near to one as ``gap``, and below them otherwise (附注 keeps clear of 印章)."""
    depth, left = above.overhang
    y, boxes = 0, list(made)
    for box in made:
        if y >= depth:
            return boxes
        ends = (i.x + i.line.width for i in box.items if isinstance(i, PlacedLine))
        if max(ends, default=0) > left - gap:
            return [Box(raised(depth, grid), after=FORBIDDEN), *boxes]
        y += box.height
    if y < depth:
        boxes[-1] = replace(boxes[-1], height=boxes[-1].height + raised(depth - y, grid))
    return boxes
