"""Stages 5 to 7: the blocks of a document become the boxes of the vertical list (长条样).

Every box gets its height and the penalty of a page break after it; where pages end is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import dropwhile

from msgspec.structs import replace

from brieftex.document.blocks import (
    Block,
    BreakBlock,
    Document,
    EntryBlock,
    FigureBlock,
    FigureRowBlock,
    FootBlock,
    JointBlock,
    MastheadBlock,
    PairBlock,
    PanelBlock,
    RuleBlock,
    SignatureBlock,
    call_anchor,
)
from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.document.paragraphs import NamesBlock, TextBlock
from brieftex.document.styles import PageStyle
from brieftex.document.tables import TableBlock
from brieftex.layout.blocks.beside import with_codes
from brieftex.layout.blocks.box import Box, Galley, baseline, moved, raised
from brieftex.layout.blocks.figure import set_art
from brieftex.layout.blocks.groups import groups_of
from brieftex.layout.blocks.known import adapted, known_boxes, known_of
from brieftex.layout.blocks.masthead import set_foot, set_masthead, with_pages
from brieftex.layout.blocks.signature import clear_of_seals, set_signature
from brieftex.layout.blocks.table_notes import set_whole_table
from brieftex.layout.lines.paragraph import Setting, calls_in, natural_line, set_text
from brieftex.layout.page import Line, Placed, PlacedLine, PlacedRule
from brieftex.layout.pages.parameters import FORBIDDEN, ORPHAN, WIDOW
from brieftex.styled.styles import Align, TextStyle
from brieftex.styled.text import Text
from brieftex.units import Rect, Sp


def build_galley(document: Document, setting: Setting) -> Galley:
    """Set all blocks and footnotes of ``document``."""
    measure, page = document.page.type_area.width, document.page
    grid = page.leading
    boxes: list[Box] = []
    forced = turned = odd = False
    begun = 0  # the first box behind the last break
    for group in groups_of(document.blocks):
        first = group[0]
        made = _set_group(group, page.turned if turned else page, setting, (boxes, begun))
        if isinstance(first, TableBlock) and _touches(first, boxes):
            made.insert(0, Box(grid, after=FORBIDDEN, blank=True))
        if isinstance(first, (TextBlock, SignatureBlock)) and first.style.keep_previous:
            _keep_above(boxes, grid, setting)
        if made and boxes and boxes[-1].overhang[0]:
            made = clear_of_seals(made, boxes[-1], grid, grid // 4)
        if isinstance(first, BreakBlock):
            forced, turned, odd = bool(boxes), first.turned, first.odd
            begun = len(boxes)
        elif made:
            made = [adapted(box, setting, turned=True) for box in made] if turned else made
            if forced or odd:
                forced = forced or made[0].forced
                made[0] = adapted(made[0], setting, forced=forced, odd=odd)
                forced = odd = False
            boxes.extend(made)
    if document.foot is not None:
        foot = set_colophon(document.foot, document.page, setting)
        boxes.append(adapted(foot, setting, forced=forced))
    elif boxes and boxes[-1].blank:
        boxes.pop()  # below the last table, which it would push to another page
    notes = tuple([tuple(_texts(note, measure, None, setting)) for note in document.notes])
    depths = page.depth, page.turned.depth
    low = [_with_low_head(box, depths[box.turned], setting) if box.head else box for box in boxes]
    return Galley(tuple(low), notes)


def _set_group(
    group: Sequence[Block], page: PageStyle, setting: Setting, above: tuple[list[Box], int]
) -> list[Box]:
    """The boxes of a group of blocks; ``above`` are all boxes before it, and the index of the first
    behind the last break."""
    measure, grid, first = page.type_area.width, page.leading, group[0]
    entries = isinstance(first, EntryBlock) and not first.aside
    if entries or len(group) > 1:
        set_together = _contents if entries else _texts
        make = partial(set_together, group, measure, grid, setting)
        return [*known_of(group, (measure, grid, entries), setting, make)]
    if isinstance(first, MastheadBlock):

        def head() -> list[Box]:
            return [set_masthead(first, page, lambda part: set_block(part, measure, None, setting))]

        return known_boxes(first, page, setting, head)
    if isinstance(first, FigureBlock) and (first.fills or first.whole):
        below = _lines(first.caption, measure, grid, setting) if first.caption else []
        from brieftex.layout.blocks.sheet import set_sheet  # noqa: PLC0415  # few have any

        boxes, begun = above
        near = list(dropwhile(lambda box: box.blank, boxes[begun:]))
        return set_sheet(first, page, near, below)
    return set_block(first, measure, grid, setting)


def _touches(block: TableBlock, boxes: Sequence[Box]) -> bool:
    """Whether the first rule of a table would stand right below a line of text: where a caption
    would have its room, one without gets an empty line."""
    if block.caption is not None or block.notes.unit is not None or not boxes:
        return False
    lines = [item for item in boxes[-1].items if isinstance(item, PlacedLine)]
    low = max((item.y + item.line.runs[0].size // 8 for item in lines if item.line.runs), default=0)
    return bool(lines) and not boxes[-1].blank and boxes[-1].height - low < boxes[-1].height // 4


def _with_low_head(box: Box, depth: Sp, setting: Setting) -> Box:
    """``box`` with only the upper rule of a repeated head that is half as high as a page or
    higher: the rows of the table would have no room below it."""
    head = box.head
    if head is None or 2 * head.height <= depth:
        return box
    return known_of((box,), "low head", setting, lambda: replace(box, head=_upper_rule(head)))


def _upper_rule(head: Box) -> Box:
    """The upper rule alone of what is repeated."""
    rules = [item for item in head.items if isinstance(item, PlacedRule)]
    wide = [item.rect for item in rules if item.rect.width > item.rect.height]
    top = min((rect.y + rect.height // 2 for rect in wide), default=0)
    upper = [item for item in rules if item.rect in wide and item.rect.y <= top]
    return Box(0, tuple(moved(item, 0, -top) for item in upper))


LEAST_ABOVE = 2
"""The lines that stand on the same page above what belongs to them (sources, a signature)."""


def _keep_above(boxes: list[Box], grid: Sp, setting: Setting) -> None:
    """Forbid page breaks after the last lines of ``boxes``, below which what belongs to them is."""
    wanted = LEAST_ABOVE * grid
    for k in reversed(range(len(boxes))):
        boxes[k] = adapted(boxes[k], setting, after=FORBIDDEN)
        wanted -= 0 if boxes[k].blank else boxes[k].height
        if wanted <= 0 or boxes[k].forced:
            return


def set_colophon(
    block: FootBlock, page: PageStyle, setting: Setting, pages: int | None = None
) -> Box:
    """The colophon as one box; room is reserved for the number of ``pages`` if it is None."""
    measure = page.type_area.width

    def foot() -> list[Box]:
        counted = with_pages(block, pages)
        return [set_foot(counted, page, lambda part: set_block(part, measure, None, setting))]

    return known_boxes(block, (page, pages), setting, foot)[0]


def set_block(block: Block, measure: Sp, grid: Sp | None, setting: Setting) -> list[Box]:
    """The boxes of one block. Heights are rounded up to ``grid`` unless it is None."""
    if isinstance(block, TextBlock):
        return _lines(block, measure, grid, setting)
    make = partial(_set_block, block, measure, grid, setting)
    return known_boxes(block, (measure, grid), setting, make)


def _set_block(  # noqa: C901  # one case for each sort of block
    block: Block, measure: Sp, grid: Sp | None, setting: Setting
) -> list[Box]:
    boxes: list[Box] = []
    match block:
        case PairBlock():
            boxes = _pair(block, measure, grid, setting)
        case EntryBlock():
            boxes = _entry(block, measure, grid, setting)
        case RuleBlock():
            boxes = [_rule(block, measure, grid)]
        case JointBlock():
            from brieftex.layout.blocks.joint import set_joint  # noqa: PLC0415  # as below

            boxes = [set_joint(block, measure, setting)]
        case TableBlock():
            boxes = set_whole_table(
                block, measure, grid, setting, lambda text, on: _lines(text, measure, on, setting)
            )
        case FigureBlock() | ChartBlock() | DrawingBlock() | FigureRowBlock():
            boxes = _figure(block, measure, grid, setting)
        case SignatureBlock():
            signed = set_signature(block, measure, setting)
            boxes = _stack(signed.rows, signed.style, grid, signed.below)
            boxes[-1] = replace(boxes[-1], overhang=signed.overhang)
        case NamesBlock():
            from brieftex.layout.blocks.names import set_names  # noqa: PLC0415  # as below

            boxes = _name_rows(block, set_names(block, measure, setting), grid)
        case PanelBlock():
            from brieftex.layout.blocks.panel import framed  # noqa: PLC0415  # few have any

            inside = measure - 2 * block.padding
            inner = [box for part in block.blocks for box in set_block(part, inside, grid, setting)]
            boxes = framed(inner, block, measure, grid)
        case BreakBlock():
            pass  # the next block's first box is forced instead
    return boxes


def _name_rows(
    block: NamesBlock, rows: Sequence[Sequence[tuple[Sp, Line]]], grid: Sp | None
) -> list[Box]:
    base = baseline(block.style.leading, block.style.char.size)
    placed = [tuple(PlacedLine(x, base, line) for x, line in row) for row in rows]
    lines = [row[0][1] for row in rows]
    return _stack(placed, block.style, grid, lines=lines)


def _stack(
    rows: Sequence[tuple[Placed, ...]],
    style: TextStyle,
    grid: Sp | None,
    extra: Sp = 0,
    lines: Sequence[Line] = (),
) -> list[Box]:
    """A box for each row of ``style``; ``lines`` are those of its text, if it is one. The space
    that fills the last grid line is divided between above and below, but for what belongs to the
    text above, which it does not part from it. A page may break only where the rows so far fill
    whole grid lines."""
    content = style.before + len(rows) * style.leading + style.after + extra
    total = raised(content, grid)
    above = style.before + (0 if style.keep_previous else (total - content) // 2)
    boxes: list[Box] = []
    done = 0
    for k, row in enumerate(rows):
        top = above if k == 0 else 0
        last = k == len(rows) - 1
        height = total - done if last else top + style.leading
        done += height
        boxes.append(
            Box(
                height,
                tuple([moved(item, 0, top) for item in row]) if top else row,
                after=_after(k, len(rows), style, done, grid),
                line=lines[k] if lines else None,
            )
        )
    if style.space and grid is not None:
        boxes.insert(0, Box(style.space * grid, after=FORBIDDEN, blank=True))
    return boxes


def _after(k: int, count: int, style: TextStyle, done: Sp, grid: Sp | None) -> int:
    if k == count - 1:
        return FORBIDDEN if style.keep_next else 0
    if style.keep_lines or (grid is not None and done % grid):
        return FORBIDDEN
    return ORPHAN * (k == 0) + WIDOW * (k == count - 2)


def _lines(block: TextBlock, measure: Sp, grid: Sp | None, setting: Setting) -> list[Box]:
    make = partial(_set_lines, block, measure, grid, setting)
    return known_boxes(block, (measure, grid), setting, make)


def _set_lines(block: TextBlock, measure: Sp, grid: Sp | None, setting: Setting) -> list[Box]:
    style = block.style
    lines = set_text(block.text, style, measure, setting)
    if not lines and block.label is None:
        # Nothing to print, but links to it still need a destination.
        return [Box(0, after=FORBIDDEN, anchors=(block.anchor,))] if block.anchor else []
    base = baseline(style.leading, style.char.size)
    rows: list[tuple[Placed, ...]]
    rows = [(PlacedLine(line.shift, base, line),) for line in lines] or [()]
    if block.label is not None:
        label = natural_line(block.label, setting)
        x = style.left + style.indent - block.label_gap - label.width
        rows[0] = (PlacedLine(x, base, label), *rows[0])
    boxes = _stack(rows, style, grid, lines=lines)
    first = len(boxes) - len(rows)
    for k, line in enumerate(lines if block.text.calls else (), first):
        if calls := calls_in(block.text, line):
            boxes[k] = replace(boxes[k], notes=calls, anchors=tuple(map(call_anchor, calls)))
    if block.codes:
        boxes[first:] = with_codes(boxes[first:], lines, block.codes)
    if block.anchor is not None:
        boxes[first] = replace(boxes[first], anchors=(block.anchor, *boxes[first].anchors))
    return boxes


def _pair(block: PairBlock, measure: Sp, grid: Sp | None, setting: Setting) -> list[Box]:
    style = block.style
    base = baseline(style.leading, style.char.size)
    room = measure - style.left - style.right
    look = replace(style, align=Align.LEFT, left=0, right=0, indent=0)
    left = _side(block.left, look, room, setting)
    right = _side(block.right, replace(look, hang=block.hang), room, setting)
    widest = max((line.shift + line.width for line in right), default=0)
    x = measure - style.right - widest
    ends: list[tuple[Placed, ...]] = [(PlacedLine(x + line.shift, base, line),) for line in right]
    rows: list[tuple[Placed, ...]] = [
        (PlacedLine(style.left + line.shift, base, line),) for line in left
    ]
    if len(left) == 1 and ends and left[0].width + widest + style.char.size <= room:
        # First in reading order, although it stands beside the last line.
        beside = PlacedLine(style.left, base + (len(ends) - 1) * style.leading, left[0])
        return _stack([(beside, *ends[0]), *ends[1:]], style, grid)
    return _stack([*rows, *ends], style, grid)


def _side(text: Text, style: TextStyle, room: Sp, setting: Setting) -> list[Line]:
    """One side of a pair, as a single line if it fits into ``room``."""
    if not text.text:
        return []
    line = natural_line(text, setting)
    if line.width <= room and "\n" not in text.text:
        return [line]
    return set_text(text, style, room, setting)


def _texts(blocks: Sequence[Block], measure: Sp, grid: Sp | None, setting: Setting) -> list[Box]:
    return [box for block in blocks for box in set_block(block, measure, grid, setting)]


def _contents(
    entries: Sequence[Block], measure: Sp, grid: Sp | None, setting: Setting
) -> list[Box]:
    """The entries of the contents, whose leading may be less than the grid: only their sum is
    rounded up to whole grid lines. Where a page begins among them, white space at its top
    brings what is left to whole grid lines, too."""
    boxes = _texts(entries, measure, None, setting)
    if grid is None:
        return boxes
    total = sum(box.height for box in boxes)
    rest = raised(total, grid)
    boxes[-1] = adapted(boxes[-1], setting, height=boxes[-1].height + rest - total, after=0)
    for k, box in enumerate(boxes):
        if k and rest % grid:
            boxes[k] = adapted(box, setting, head=Box(raised(rest, grid) - rest))
        rest -= box.height
    return boxes


def _entry(block: EntryBlock, measure: Sp, grid: Sp | None, setting: Setting) -> list[Box]:
    # No line reaches into the column of page numbers, which are not known yet.
    room = (block.digits + 1) * block.folio.style.size // 2  # the digits and the space before them
    style = replace(block.style, right=block.style.right + room)
    lines = set_text(block.text, style, measure, setting) or [natural_line(block.text, setting)]
    base = baseline(style.leading, style.char.size)
    boxes = _stack([(PlacedLine(line.shift, base, line),) for line in lines], style, grid)
    # The number goes beside the last line: its place is known here, its value is not.
    top = boxes[-1].items[0].y if isinstance(boxes[-1].items[0], PlacedLine) else base
    boxes[-1] = replace(boxes[-1], entry=(block, lines[-1], top))
    if block.anchor is not None:
        boxes[0] = replace(boxes[0], anchors=(block.anchor,))
    return boxes


def _rule(block: RuleBlock, measure: Sp, grid: Sp | None) -> Box:
    second = block.gap + block.second if block.second else 0
    content = block.above + block.thickness + second + block.below
    total = raised(content, grid) if block.on_grid else content
    top = block.above + (total - content) // 2
    width = block.width or measure
    rules = ((top, block.thickness), (top + block.thickness + block.gap, block.second))
    items = tuple(
        PlacedRule(Rect((measure - width) // 2, y, width, thickness), block.color)
        for y, thickness in rules
        if thickness
    )
    return Box(total, items, after=FORBIDDEN)


def _figure(
    block: FigureBlock | ChartBlock | DrawingBlock | FigureRowBlock,
    measure: Sp,
    grid: Sp | None,
    setting: Setting,
) -> list[Box]:
    """A figure centred in the measure, with its caption below."""
    size, items = set_art(block, measure, setting)
    gap = grid // 4 if grid else 0
    total = raised(size.height + gap, grid)
    x, y = (measure - size.width) // 2, (total - size.height) // 2
    placed = tuple(moved(item, x, y) for item in items)
    below = _lines(block.caption, measure, grid, setting) if block.caption else []
    after = FORBIDDEN if below else 0
    # Notes stay in order, so a figure whose caption calls one does not float.
    floating = 0 if any(box.notes for box in below) else 1 + len(below)
    return [Box(total, placed, after=after, floating=floating, at=block.span), *below]
