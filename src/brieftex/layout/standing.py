"""What stands at fixed places of a page: the masthead at its top, the colophon at its foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from brieftex.document.blocks import (
    Block,
    FootBlock,
    MastheadBlock,
    PageStyle,
    PairBlock,
    RuleBlock,
    TextBlock,
)
from brieftex.layout.page import GlyphRun, Line, Placed, PlacedLine
from brieftex.layout.pagecosts import FORBIDDEN
from brieftex.layout.slug import Slug, moved, raised
from brieftex.units import Sp

SetPart = Callable[[Block], list[Slug]]
"""Sets a part of a stack as slugs, off the grid."""


def ink_of_run(run: GlyphRun) -> tuple[Sp, Sp] | None:
    """How far the ink of a run reaches above its line's baseline: top, bottom; None if blank."""
    boxes = [box for glyph in run.glyphs if (box := run.face.ink_heights(glyph))]
    if not boxes:
        return None
    top, bottom = max(box[0] for box in boxes), min(box[1] for box in boxes)
    em = run.face.upem
    return run.rise + top * run.size // em, run.rise + bottom * run.size // em


def first_ink_top(line: Line) -> Sp:
    """How far the ink of the line's first character reaches above the baseline."""
    for run in line.runs:
        for glyph in run.glyphs:
            if box := run.face.ink_heights(glyph):
                return run.rise + box[0] * run.size // run.face.upem
    return 0


def ink_edges(items: Sequence[Placed]) -> tuple[Sp, Sp] | None:
    """The upper and the lower edge of the ink of lines, downwards as their places are."""
    edges = [
        (item.y - ink[0], item.y - ink[1])
        for item in items
        if isinstance(item, PlacedLine)
        for run in item.line.runs
        if (ink := ink_of_run(run))
    ]
    return (min(top for top, _ in edges), max(foot for _, foot in edges)) if edges else None


def set_masthead(block: MastheadBlock, page: PageStyle, set_part: SetPart) -> Slug:
    """The masthead as one slug; nothing parts it from what follows."""
    stack = _Stack(page.leading)
    for index, part in enumerate(block.parts):
        slugs = set_part(part)
        items = [item for slug in slugs for item in slug.items]
        ink = ink_edges(items)
        name_at = page.overhang + block.name_top if block.name_top is not None else None
        if name_at is not None and index == block.name and ink is not None:
            # GB/T 9704-2012 7.2.4: the place of its upper edge, not that of its line.
            stack.y = max(stack.y, name_at) - ink[0]
            stack.add(part, slugs)
            stack.y = stack.ink
        else:
            if name_at is not None and isinstance(part, RuleBlock) and stack.items:
                stack.y = stack.ink
            stack.add(part, slugs)
    depth = stack.y if block.name_top is not None else raised(stack.y, page.leading)
    return Slug(depth, tuple(stack.items), after=FORBIDDEN, anchors=tuple(stack.anchors))


@dataclass(slots=True)
class _Stack:
    """Slugs one below the other; ``ink`` is the lower edge of the last part's."""

    line: Sp
    y: Sp = 0
    ink: Sp = 0
    items: list[Placed] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)

    def add(self, part: Block, slugs: Sequence[Slug]) -> None:
        """Add the slugs of a part, below the empty lines it wants above it."""
        style = getattr(part, "style", None)
        if style is not None and self.items:
            self.y += style.space * self.line
        for slug in slugs:
            placed = [moved(item, 0, self.y) for item in slug.items]
            self.items.extend(placed)
            self.anchors.extend(slug.anchors)
            self.y += slug.height
            if edges := ink_edges(placed):
                self.ink = edges[1]


def with_pages(block: FootBlock, pages: int | None) -> FootBlock:
    """``block`` with the number of pages in its words; None: not known yet, three digits."""
    number = "000" if pages is None else str(pages)

    def counted(part: TextBlock | PairBlock | RuleBlock) -> TextBlock | PairBlock | RuleBlock:
        if not (isinstance(part, PairBlock) and part.counted and part.right.runs):
            return part
        words = part.right.text.replace("{pages}", number)
        run = replace(part.right.runs[-1], end=len(words))
        return replace(part, right=replace(part.right, text=words, runs=(run,)))

    return replace(block, blocks=tuple(counted(part) for part in block.blocks))


def set_foot(block: FootBlock, page: PageStyle, set_part: SetPart) -> Slug:
    """Everything of the foot in one slug, its last rule on the foot of the type area."""
    inner = [slug for part in block.blocks for slug in set_part(part)]
    height = sum(slug.height for slug in inner)
    total = raised(height + page.overhang, page.leading)
    y = total - page.overhang - height
    items: list[Placed] = []
    for slug in inner:
        items.extend(moved(item, 0, y) for item in slug.items)
        y += slug.height
    return Slug(total, tuple(items), foot=True)
