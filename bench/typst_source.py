"""The same issue for Typst: brieftex's composed document written as Typst markup.

Same text, numbers, faces, sizes, leading, type area and page breaks; Typst breaks the lines
and pages. Printed on standard output.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import assert_never

from brieftex.document.blocks import (
    Block,
    BreakBlock,
    Document,
    EntryBlock,
    FigureBlock,
    FigureRowBlock,
    JointBlock,
    MastheadBlock,
    PairBlock,
    PanelBlock,
    RuleBlock,
    SignatureBlock,
)
from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.document.paragraphs import NamesBlock, TextBlock
from brieftex.document.tables import TableBlock
from brieftex.fonts.load import load_fonts
from brieftex.fonts.report import FontBook
from brieftex.input.theme import load_theme
from brieftex.pipeline import typeset_pages
from brieftex.styled.styles import Align, CharStyle, TextStyle
from brieftex.styled.text import Text
from brieftex.units import Sp, to_pt

# Typst knows this file by its style name.
_FAMILIES = {"FandolFang-Regular.otf": "FandolFang R"}

_PREAMBLE = """\
#set smartquote(enabled: false)
#let lines(size, leading, indent, hang, side, how, space, body) = block(
  above: space, below: leading - size, inset: side, width: 100%,
  {
    set text(size: size)
    set par(
      leading: leading - size, spacing: leading - size, justify: how == none,
      first-line-indent: (amount: indent, all: true), hanging-indent: hang,
    )
    align(if how == none { start } else { how }, par(body))
  },
)
#let entry(size, target, leader, body) = block(width: 100%, {
  set text(size: size)
  body
  box(width: 1fr, repeat(leader))
  context str(locate(label(target)).page())
})
"""


class Writer:
    """Writes one document; ``book`` tells which families play a role."""

    def __init__(self, document: Document, book: FontBook, root: Path, leading: int = 1000) -> None:
        """Picture paths are written relative to ``root``; ``leading`` is relative to the
        document's, in 1/1000."""
        self.leading = leading
        self.document = document
        self.book = book
        self.root = root

    def write(self) -> str:
        """The whole Typst file."""
        foot = () if self.document.foot is None else self.document.foot.blocks
        blocks = (*self.document.blocks, *foot)
        return "\n".join([self._setup(), *(self._block(b) for b in blocks), ""])

    def _setup(self) -> str:
        page = self.document.page
        area = page.type_area
        margins = {
            "left": area.x,
            "right": page.trim.width - area.x - area.width,
            "top": area.y,
            "bottom": page.trim.height - area.y - area.height,
        }
        sides = ", ".join(f"{side}: {_pt(length)}" for side, length in margins.items())
        folio = '"第 " + str(counter(page).get().first()) + " 页 共 "'
        folio += ' + str(counter(page).final().first()) + " 页"'
        head = " ".join(part for part in self.document.furniture.head if part)
        return (
            f"{_PREAMBLE}"
            f"#set page(width: {_pt(page.trim.width)}, height: {_pt(page.trim.height)},"
            f" margin: ({sides}), header: align(center, {_string(head)}),"
            f" footer: context align(center, {folio}))\n"
            f'#set text(lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)'
        )

    def _block(self, block: Block) -> str:  # noqa: C901, PLR0911, PLR0912  # one for each kind
        match block:
            case TextBlock(text=text, style=style, anchor=anchor, label=label):
                marks = "" if anchor is None else f"#metadata(none)#label({_string(anchor)})"
                start = "" if label is None else self._text(label, style) + " "
                return marks + self._lines(start + self._text(text, style), style)
            case PairBlock(left=left, right=right, style=style):
                cells = f"[{self._text(left, style)}], [{self._text(right, style)}]"
                return self._lines(f"#grid(columns: (1fr, auto), {cells})", style)
            case EntryBlock(text=text, target=target, style=style, leader=leader):
                size = _pt(style.char.size)
                body = self._text(text, style)
                return f"#entry({size}, {_string(target)}, {_string(leader)})[{body}]"
            case RuleBlock(thickness=thickness, color=color):
                return f'#line(length: 100%, stroke: {_pt(thickness)} + rgb("{color}"))'
            case TableBlock():
                return self._table(block)
            case FigureBlock(picture=found, width=width, max_height=height):
                place = _string("/" + found.path.resolve().relative_to(self.root).as_posix())
                picture = (
                    f'image({place}, width: {_pt(width)}, height: {_pt(height)}, fit: "contain")'
                )
                caption = "" if block.caption is None else self._block(block.caption)
                return f"#align(center, {picture})\n{caption}"
            case DrawingBlock(size=size):
                caption = "" if block.caption is None else self._block(block.caption)
                return f"#box(width: {_pt(size.width)}, height: {_pt(size.height)})\n{caption}"
            case ChartBlock(width=width, style=style):  # Typst alone draws none: room for it
                caption = "" if block.caption is None else self._block(block.caption)
                return f"#box(width: {_pt(width)}, height: {_pt(style.height)})\n{caption}"
            case BreakBlock():
                return "#pagebreak(weak: true)"
            case SignatureBlock(names=names, date=date, style=style):
                signed = (*names, *((date,) if date else ()))
                return "\n".join(self._lines(self._text(text, style), style) for text in signed)
            case JointBlock(names=names, suffix=suffix, style=style):
                return "\n".join(self._lines(self._text(text, style), style)
                                 for text in (*names, suffix))  # fmt: skip
            case FigureRowBlock(arts=arts):
                return self._boxed((*arts, *((block.caption,) if block.caption else ())))
            case NamesBlock(names=names, style=style):
                cells = ", ".join(f"[{self._text(name, style)}]" for name in names)
                return self._lines(f"#grid(columns: (1fr,) * 5, {cells})", style)
            case PanelBlock(blocks=inner, padding=padding):
                return f"#block(stroke: 0.5pt, inset: {_pt(padding)})[{self._boxed(inner)}]"
            case MastheadBlock(parts=blocks):
                return "\n".join(map(self._block, blocks))
        assert_never(block)

    def _boxed(self, blocks: Iterable[Block]) -> str:
        return "\n".join(map(self._block, blocks))

    def _lines(self, body: str, style: TextStyle) -> str:
        how = "none" if style.align is Align.JUSTIFY else style.align.value
        sides = f"(left: {_pt(style.left)}, right: {_pt(style.right)})"
        leading = style.leading * self.leading // 1000
        gap = leading - style.char.size
        space = _pt(max(gap, style.before + gap + style.space * leading))
        measures = map(_pt, (style.char.size, leading, style.indent, style.hang))
        return f"#lines({', '.join(measures)}, {sides}, {how}, {space})[{body}]"

    def _table(self, block: TableBlock) -> str:
        def cells(rows: Iterable[tuple[Text, ...]]) -> str:
            return "".join(f"[{self._text(text, block.style)}], " for row in rows for text in row)

        header = cells(tuple(cell.text for cell in row) for row in block.header)
        body = cells(tuple(cell.text for cell in row) for row in block.rows)
        columns = len((block.header or block.rows)[0])
        caption = "" if block.caption is None else self._block(block.caption) + "\n"
        size, stroke = _pt(block.style.char.size), _pt(block.light)
        return (
            f"{caption}#[#set text(size: {size})\n#table(columns: {columns}, stroke: {stroke},"
            f" inset: {_pt(block.padding)}, table.header({header}), {body})]"
        )

    def _text(self, text: Text, style: TextStyle) -> str:
        return "".join(self._runs(text, style.char))

    def _runs(self, text: Text, base: CharStyle) -> Iterator[str]:
        notes = dict(text.calls)
        start = 0
        for run in text.runs:
            if start in notes:
                paragraphs = self.document.notes[notes[start]]
                body = "".join(self._text(p.text, p.style) for p in paragraphs)
                yield f"#footnote[{body}]"
            else:
                piece = f"#{_string(text.text[start : run.end])};"
                if run.href is not None and not run.href.startswith("#"):
                    piece = f"#link({_string(run.href)})[{piece}]"
                size = "" if run.style.size == base.size else f", size: {_pt(run.style.size)}"
                yield f"#text({self._font(run.style.font)}{size})[{piece}]"
            start = run.end

    def _font(self, name: str) -> str:
        role = self.book.role(name)
        latin, *han = (
            _string(_FAMILIES.get(face.path.name, face.family))
            for face in (role.latin[0], *role.han)
        )
        letters = f'(name: {latin}, covers: regex("[ -~]"))'
        return f"font: ({letters}, {', '.join(han)}), weight: {role.han[0].weight}"


def _pt(length: Sp) -> str:
    return f"{to_pt(length):.3f}pt"


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main() -> None:
    """Write the issue named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("issue", type=Path)
    parser.add_argument("leading", type=int, nargs="?", default=1000, help="1/1000 of ours")
    args = parser.parse_args()
    path, leading = args.issue.resolve(), args.leading
    document = typeset_pages(path, bundled_fonts=True).document
    book = load_fonts(load_theme("briefing", path.parent).fonts, None, bundled_only=True)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream
    print(Writer(document, book, path.parent, leading).write())


if __name__ == "__main__":
    main()
