"""署名 and 成文日期 of a document of Word, with the seals behind them (GB/T 9704-2012 7.3.5)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.document.blocks import SignatureBlock
from brieftex.styled.styles import Align, TextStyle
from brieftex.styled.text import Text
from brieftex.units import Sp, mm
from brieftex.word.write.markup import tag, twips
from brieftex.word.write.measuring import text_width
from brieftex.word.write.paragraphs import BodyWriter, Placing

_APART = mm(3)
"""The distance of neighbouring seals."""


def add_signature_block(writer: BodyWriter, block: SignatureBlock) -> None:
    """Add the names and the date at their places from the right edge (GB/T 9704-2012 7.3.5)."""
    style, size = block.style, block.style.char.size
    measure = writer.grid.measure
    date = 0 if block.date is None else text_width(block.date.text, size)
    names = [text_width(name.text, size) for name in block.names]
    if block.office is not None:
        _add_person(writer, block)
        return
    if block.sealed and len(names) > 1:
        _add_sealed(writer, block, names, date)
        return
    edges = [_edge(block, width, date) for width in names]
    last = style.right
    if not block.sealed and names:
        # The date begins two characters to the right of the names.
        left = measure - style.right - max(names)
        last = max(measure - left - 2 * size - date, 0)
        if measure - left - 2 * size < date:
            edges = [edge + date - (measure - left - 2 * size) for edge in edges]
    for k, (name, edge) in enumerate(zip(block.names, edges, strict=True)):
        _add_signed(
            writer, [name], replace(style, right=max(edge, 0), space=style.space * (k == 0))
        )
    if block.date is not None:
        look = replace(style, right=last, space=0 if block.names else style.space)
        seals = () if block.blank else block.seals[:1]
        arts = [(measure - last - date // 2, art.node) for art in seals]
        _add_signed(writer, [block.date], look, _seals(writer, arts, 5))


def _add_sealed(writer: BodyWriter, block: SignatureBlock, names: Sequence[Sp], date: Sp) -> None:
    """Several names side by side, each in the middle of its seal, the date below the last."""
    style, measure = block.style, writer.grid.measure
    middle = min(measure - style.right - date // 2, measure - max(names) // 2)
    pitch = max(block.seal + _APART, max(names) + style.char.size)
    columns = max(1, min(3, (middle - max(names) // 2) // pitch + 1))
    space, arts = style.space, list[tuple[Sp, int]]()
    for first in range(0, len(names), columns):
        group = range(first, min(first + columns, len(names)))
        places = [middle - (len(group) - 1 - k) * pitch for k in range(len(group))]
        content = writer.content(style)
        last = block.date is not None and group[-1] == len(names) - 1
        arts = [(x, block.seals[k].node) for k, x in zip(group, places, strict=True)
                if not block.blank and k < len(block.seals)]  # fmt: skip
        for k in group:
            content.tab()
            content.text(block.names[k])
        if not last:
            content.element(_seals(writer, arts, 3))
        stops = (tag("tab", val="center", pos=twips(x)) for x in places)
        held = {"tabs": tag("tabs", *stops)}
        look = replace(style, align=Align.LEFT, right=0, space=space)
        writer.add(writer.paragraph(look, content, Placing(more=held)))
        space = -(-block.seal // writer.grid.leading) - 1
    if block.date is not None:
        look = replace(style, right=measure - middle - date // 2, space=0)
        _add_signed(writer, [block.date], look, _seals(writer, arts, 5))


def _seals(writer: BodyWriter, arts: Sequence[tuple[Sp, int]], eighths: int) -> str:
    """Seals behind a line, each centred at its place and so many eighths of it above the line."""
    shown = ""
    for x, node in arts:
        found = writer.pictures.get(node)
        if found is not None:
            left, top = x - found.size.width // 2, -found.size.height * eighths // 8
            shown += writer.floating(node, left, top)
    return shown


def _edge(block: SignatureBlock, name: Sp, date: Sp) -> Sp:
    """How far a name is from the right edge: in the middle of the date where a seal is set."""
    return block.style.right + ((date - name) // 2 if block.sealed and date else 0)


def _add_person(writer: BodyWriter, block: SignatureBlock) -> None:
    """Office and name of a person on one line, the date one empty line below."""
    style = block.style
    content = writer.content(style)
    if block.office is not None:
        content.text(block.office)
        content.words("\u3000\u3000")
    for name in block.names:
        content.text(name)
    for art in block.seals:
        content.element(writer.picture(art.node))
    writer.add(writer.paragraph(style, content))
    if block.date is not None:
        _add_signed(writer, [block.date], replace(style, space=1))


def _add_signed(
    writer: BodyWriter, texts: Sequence[Text], style: TextStyle, before: str = ""
) -> None:
    content = writer.content(style)
    content.element(before)
    for text in texts:
        content.text(text)
    writer.add(writer.paragraph(style, content))
