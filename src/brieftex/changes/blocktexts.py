"""What blocks say: their texts, of what sort they are, and copies of them with other texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias
from unicodedata import east_asian_width

from msgspec.structs import replace

from brieftex.changes.parts import TextPart
from brieftex.document.blocks import (
    Block,
    EntryBlock,
    FigureBlock,
    FigureRowBlock,
    FootBlock,
    JointBlock,
    MastheadBlock,
    PairBlock,
    PanelBlock,
    SignatureBlock,
    StructureNode,
)
from brieftex.document.changes import PictureNames
from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.document.paragraphs import NamesBlock, TextBlock
from brieftex.document.tables import TableBlock
from brieftex.picture import PdfPage
from brieftex.styled.text import Text

Art: TypeAlias = FigureBlock | ChartBlock | DrawingBlock

_LABEL = 6
"""Characters of the longest label of a line of the colophon."""

ART = (FigureBlock, ChartBlock, DrawingBlock)

_SORTS = {
    "Caption": "图表题", "LBody": "列表", "Note": "脚注", "BlockQuote": "引文", "TH": "表格",
    "TD": "表格", "TOCI": "目录",
}  # fmt: skip
_HEADINGS = frozenset(f"H{level}" for level in range(1, 7))


def block_sort(block: Block, nodes: Sequence[StructureNode]) -> str:  # noqa: C901, PLR0911  # a table
    """Of what sort a block is, in the words of the list of changes."""
    match block:
        case TableBlock():
            return "表格"
        case ChartBlock():
            return "图表"
        case FigureBlock(picture=PdfPage()):
            return "外来页"
        case FigureBlock() | DrawingBlock() | FigureRowBlock():
            return "插图"
        case PanelBlock():
            return "提要框"
        case NamesBlock():
            return "名单"
        case MastheadBlock() | JointBlock():
            return "报头"
        case SignatureBlock():
            return "落款"
        case EntryBlock():
            return "目录"
    node = next((text.runs[0].node for text in block_texts(block) if text.runs), -1)
    while node >= 0:
        role = nodes[node].role
        if role in _HEADINGS:
            return "小标题"
        if role in _SORTS:
            return _SORTS[role]
        node = nodes[node].parent
    return "字段" if isinstance(block, PairBlock) else "段落"


def block_texts(block: Block | FootBlock) -> Iterator[Text]:
    """The texts of a block that are compared, in reading order."""
    match block:
        case TextBlock(text=text) | EntryBlock(text=text):
            yield text
        case PairBlock(left=left, right=right):
            yield from (left, right)
        case SignatureBlock(names=names, date=date, office=office):
            yield from (text for text in (office, *names, date) if text is not None)
        case JointBlock(names=names, suffix=suffix):
            yield from (*names, suffix)
        case TableBlock(caption=caption, notes=notes):
            yield from (above.text for above in (caption, notes.unit) if above is not None)
            yield from (cell.text for row in (*block.header, *block.rows) for cell in row)
            yield from (below.text for below in notes.below)
        case (
            FigureBlock(caption=TextBlock() as caption)
            | ChartBlock(caption=TextBlock() as caption)
            | DrawingBlock(caption=TextBlock() as caption)
            | FigureRowBlock(caption=TextBlock() as caption)
        ):
            yield caption.text
        case NamesBlock(names=names):
            yield from names
        case MastheadBlock(parts=parts) | FootBlock(blocks=parts) | PanelBlock(blocks=parts):
            yield from chain.from_iterable(map(block_texts, parts))


def said_by(block: Block, names: PictureNames | None = None) -> str:
    """What a block says, without the numbers before its texts; of a figure also which picture it
    is, of a chart its values, if the ``names`` of pictures are given."""
    texts = [text.text[text.lead :] for text in block_texts(block)]
    if isinstance(block, TableBlock):
        return "|".join(texts)
    if names is not None and isinstance(block, ART):
        texts.append(picture_name(block, names))
    if names is not None and isinstance(block, FigureRowBlock):
        texts += [picture_name(art, names) for art in block.arts]
    if names is not None and isinstance(block, ChartBlock):
        texts += [f"{name}={value}" for name, value in chart_values(block).items()]
    return "\n".join(text for text in texts if text)


def block_parts(
    blocks: Sequence[Block], nodes: Sequence[StructureNode], names: PictureNames
) -> list[TextPart]:
    """Blocks as what can be matched."""
    return [TextPart(block_sort(block, nodes), said_by(block, names), None) for block in blocks]


def with_texts(  # noqa: PLR0911  # a table
    block: Block, change: Callable[[Text], Text]
) -> Block:
    """The block with each of its texts changed."""
    match block:
        case TextBlock() | EntryBlock():
            return replace(block, text=change(block.text))
        case PairBlock():
            return replace(block, left=change(block.left), right=change(block.right))
        case SignatureBlock():
            return replace(
                block,
                office=None if block.office is None else change(block.office),
                names=tuple(map(change, block.names)),
                date=None if block.date is None else change(block.date),
            )
        case JointBlock():
            return replace(
                block, names=tuple(map(change, block.names)), suffix=change(block.suffix)
            )
        case TableBlock():
            return _table_with(block, change)
        case NamesBlock():
            return replace(block, names=tuple(map(change, block.names)))
        case PanelBlock():
            return replace(block, blocks=tuple(with_texts(part, change) for part in block.blocks))
        case FigureBlock() | ChartBlock() | DrawingBlock() | FigureRowBlock() if block.caption:
            return replace(block, caption=replace(block.caption, text=change(block.caption.text)))
        case MastheadBlock():
            return replace(block, parts=tuple(with_texts(part, change) for part in block.parts))
    return block


def first_nodes(block: Block) -> list[int]:
    """A node of each text of a block, and that of a figure."""
    found = [text.runs[0].node for text in block_texts(block) if text.runs]
    return [block.node, *found] if isinstance(block, ART) else found


def picture_name(block: Art, names: PictureNames) -> str:
    """What identifies the picture of a figure; empty for charts and where it is not known."""
    known = "" if block.span is None else names.get(block.span, "")
    if isinstance(block, FigureBlock) and isinstance(block.picture, PdfPage):
        return f"{known} {block.picture.number}"  # all pages of a file have one place
    return known


def chart_values(chart: ChartBlock) -> dict[str, str]:
    """The values of a chart as they are printed, by series and category; its unit and kind."""
    found: dict[str, str] = {}
    for series in chart.series:
        before = f"{series.name.text}·" if series.name is not None else ""
        for category, value in zip(chart.categories, series.values, strict=False):
            found[before + category.text] = "" if value is None else value.label.text
    if chart.unit is not None:
        found["单位"] = chart.unit.text
    return found


def _table_with(block: TableBlock, change: Callable[[Text], Text]) -> TableBlock:
    def changed(line: TextBlock) -> TextBlock:
        return replace(line, text=change(line.text))

    caption = None if block.caption is None else changed(block.caption)
    unit = None if block.notes.unit is None else changed(block.notes.unit)
    header, rows = (
        tuple(tuple(replace(c, text=change(c.text)) for c in row) for row in part)
        for part in (block.header, block.rows)
    )
    notes = replace(block.notes, unit=unit, below=tuple(map(changed, block.notes.below)))
    return replace(block, caption=caption, header=header, rows=rows, notes=notes)


def narrowed(block: Block, was: Block) -> Block:
    """A text block that holds more than ``was``, with its type smaller so that it is as wide."""
    if not (isinstance(block, TextBlock) and isinstance(was, TextBlock)):
        return block
    before, after = half_cells(was.text.text), half_cells(block.text.text)
    if after <= before:
        return block

    def small(length: int) -> int:
        return length * before // after

    runs = tuple(
        replace(run, style=replace(run.style, size=small(run.style.size)))
        for run in block.text.runs
    )
    style = block.style
    look = replace(
        style,
        char=replace(style.char, size=small(style.char.size)),
        leading=small(style.leading),
    )
    return replace(block, text=replace(block.text, runs=runs), style=look)


def half_cells(text: str) -> int:
    """The width of the longest line of a text in halves of a Han character."""
    return max(
        (sum(2 if east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n")),
        default=0,
    )


def named_field(part: TextPart) -> TextPart:
    """A line of the masthead or the colophon, known by what it begins with (抄送：)."""
    label, colon, _ = part.text.partition("：")
    label = label.rpartition("\n")[2]  # of two things on one line the one that always is there
    return replace(part, sort=f"{part.sort}·{label if colon and len(label) <= _LABEL else ''}")


def list_kind(block: TextBlock) -> str:
    """Of which kind the list is that a paragraph stands in."""
    kind = None if block.number is None else block.number.series
    return {"list": "编号列表", "bullets": "符号列表"}.get(kind or "", "段落")
