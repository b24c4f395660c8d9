"""Blocks with a fixed place on the page: the masthead at its top, the colophon at its foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.document.blocks import Block, FootBlock, MastheadBlock, PairBlock, RuleBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.document.styles import PageStyle
from brieftex.layout.blocks.box import Box, moved, raised
from brieftex.layout.page import GlyphRun, Line, Placed, PlacedFrame, PlacedLine, PlacedPicture
from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.styled.text import with_words
from brieftex.units import Sp

SetPart = Callable[[Block], list[Box]]
"""Sets one part of a stack as boxes whose heights are not rounded to the grid."""


def ink_of_run(run: GlyphRun) -> tuple[Sp, Sp] | None:
    """Top and bottom of a run's ink above its line's baseline, Sp; None if it is blank."""
    boxes = [box for glyph in run.glyphs if (box := run.face.ink_heights(glyph))]
    if not boxes:
        return None
    top, bottom = max(box[0] for box in boxes), min(box[1] for box in boxes)
    em = run.face.upem
    return run.rise + top * run.size // em, run.rise + bottom * run.size // em


def first_ink_top(line: Line) -> Sp:
    """The height of the ink of the line's first character above the baseline, Sp."""
    for run in line.runs:
        for glyph in run.glyphs:
            if box := run.face.ink_heights(glyph):
                return run.rise + box[0] * run.size // run.face.upem
    return 0


def ink_edges(items: Sequence[Placed]) -> tuple[Sp, Sp] | None:
    """The upper and the lower edge of the ink of lines and pictures, y downwards; None if all are
    blank."""
    edges = [
        (item.rect.y, item.rect.y + item.rect.height)
        for item in items
        if isinstance(item, PlacedPicture | PlacedFrame)
    ]
    edges += [
        (item.y - ink[0], item.y - ink[1])
        for item in items
        if isinstance(item, PlacedLine)
        for run in item.line.runs
        if (ink := ink_of_run(run))
    ]
    return (min(top for top, _ in edges), max(foot for _, foot in edges)) if edges else None


def set_masthead(block: MastheadBlock, page: PageStyle, set_part: SetPart) -> Box:
    """The masthead as one box, with no page break after it."""
    stack = _Stack(page.leading)
    for index, part in enumerate(block.parts):
        boxes = set_part(part)
        items = [item for box in boxes for item in box.items]
        ink = ink_edges(items)
        name_at = page.overhang + block.name_top if block.name_top is not None else None
        printed = index not in block.preprinted
        if name_at is not None and index == block.name and ink is not None:
            # GB/T 9704-2012 7.2.4 places the upper edge of the ink, not of the line.
            stack.y = (max(stack.y, name_at) if stack.begun else name_at) - ink[0]
            stack.add(part, boxes, printed=printed)
            stack.y = stack.ink
        else:
            if name_at is not None and _is_drawn(part) and stack.begun:
                stack.y = stack.ink
            stack.add(part, boxes, printed=printed)
    if block.foot is not None:
        rule = set_part(block.foot)[0]
        foot = page.trim.height - block.foot_height - page.type_area.y + page.overhang
        stack.items.extend(moved(item, 0, foot - rule.height) for item in rule.items)
    depth = stack.y if block.name_top is not None else raised(stack.y, page.leading)
    return Box(depth, tuple(stack.items), after=FORBIDDEN, anchors=tuple(stack.anchors))


def _is_drawn(part: Block) -> bool:
    """Whether it is a rule, and not only space."""
    return isinstance(part, RuleBlock) and part.thickness > 0


class _Stack(Struct):
    """Parts stacked below each other; ``ink`` is the lower edge of the last part's ink."""

    line: Sp
    y: Sp = 0
    ink: Sp = 0
    begun: bool = False
    items: list[Placed] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)

    def add(self, part: Block, boxes: Sequence[Box], *, printed: bool = True) -> None:
        """Add the boxes of a part, below the empty lines that its style asks for; of one that is
        not ``printed``, its room."""
        style = getattr(part, "style", None)
        if style is not None and self.begun:
            self.y += style.space * self.line
        self.begun = True
        for box in boxes:
            placed = [moved(item, 0, self.y) for item in box.items]
            self.items.extend(placed if printed else ())
            self.anchors.extend(box.anchors)
            self.y += box.height
            if edges := ink_edges(placed):
                self.ink = edges[1]


def with_pages(block: FootBlock, pages: int | None) -> FootBlock:
    """``block`` with the number of pages filled in, or three digits as long as it is None."""
    number = "000" if pages is None else str(pages)

    def counted(part: TextBlock | PairBlock | RuleBlock) -> TextBlock | PairBlock | RuleBlock:
        if not (isinstance(part, PairBlock) and part.counted and part.right.runs):
            return part
        return replace(part, right=with_words(part.right, "{pages}", number))

    return replace(block, blocks=tuple(counted(part) for part in block.blocks))


def set_foot(block: FootBlock, page: PageStyle, set_part: SetPart) -> Box:
    """The colophon in one box, its last rule at the foot of the type area."""
    inner = [box for part in block.blocks for box in set_part(part)]
    height = sum(box.height for box in inner)
    total = raised(height + page.overhang, page.leading)
    y = total - page.overhang - height
    items: list[Placed] = []
    for box in inner:
        items.extend(moved(item, 0, y) for item in box.items)
        y += box.height
    return Box(total, tuple(items), foot=True)
