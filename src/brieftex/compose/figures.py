"""Tables and figures, with their numbered captions (表1, 图1)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from brieftex.compose.builder import Draft
from brieftex.compose.numbering import label
from brieftex.diagnostics.messages.compose import PICTURE_LOST
from brieftex.document.blocks import Align, Cell, DrawingBlock, FigureBlock, TableBlock, TextBlock
from brieftex.input.issue.figures import is_svg
from brieftex.input.issue.picture import PictureError, read_picture
from brieftex.model import content
from brieftex.model.content import Inline

_ALIGN = {"left": Align.LEFT, "center": Align.CENTER, "right": Align.RIGHT}


def add_table(draft: Draft, table: content.Table, parent: int) -> None:
    """Add a table; one with a caption is numbered."""
    rules, style = draft.theme.tables, draft.style("table")
    node = draft.node("Table", parent)
    caption = None
    if table.caption is not None:
        draft.tables += 1
        words = label(draft.theme.labels["table"], draft.tables)
        caption = _caption(draft, table.caption, words, "table_caption", node)
    header = (_row(draft, table, table.header, node, heads=True),) if table.header else ()
    rows = tuple(_row(draft, table, row, node, heads=False) for row in table.rows)
    draft.add(
        TableBlock(
            caption,
            header,
            rows,
            style,
            rules.padding,
            rules.heavy,
            rules.light,
            rules.grid or table.grid,
            rules.color,
            rules.least_size,
        )
    )


def _row(
    draft: Draft, table: content.Table, cells: tuple[Inline, ...], parent: int, *, heads: bool
) -> tuple[Cell, ...]:
    """A row's cells. A heading without an alignment stands in the middle of its column."""
    look = draft.style("table").char
    style = replace(look, font=draft.theme.tables.header) if heads else look
    natural = Align.CENTER if heads else None
    row = draft.node("TR", parent)
    return tuple(
        Cell(
            draft.text(cell, style, draft.node("TH" if heads else "TD", row)),
            natural if align is None else _ALIGN[align],
        )
        for cell, align in zip(cells, table.align, strict=True)
    )


def add_figure(draft: Draft, figure: content.Figure, parent: int) -> None:
    """Add a figure; one with a caption is numbered. One whose file has gone since
    the issue was read is noted and left out."""
    node = draft.node("Figure", parent, alt=figure.alt or _caption_text(figure))
    caption = figure_caption(draft, figure.caption, node)
    path = draft.issue.folder / figure.path
    rules = draft.theme.figures
    try:
        if is_svg(figure.path):
            draft.add(_drawing(draft, figure, path, node, caption))
            return
        picture = read_picture(path)
    except (OSError, ValueError, PictureError):  # it was there when the issue was read
        draft.found.append(PICTURE_LOST.at(figure.span, file=figure.path))
        return
    pixels = (picture.width, picture.height)
    width = min(rules.width, draft.theme.page.type_area.width)
    height = min(rules.max_height, draft.theme.page.type_area.height * 4 // 5)  # and a caption
    draft.add(FigureBlock(path, pixels, width, height, node, caption, figure.span))


def _drawing(
    draft: Draft, figure: content.Figure, path: Path, node: int, caption: TextBlock | None
) -> DrawingBlock:
    # Here, so that an issue without SVG figures does not wait for them.
    from brieftex.compose.drawings import drawing_block  # noqa: PLC0415
    from brieftex.input.issue.drawing import SvgError, read_drawing  # noqa: PLC0415

    try:
        found = read_drawing(path)
    except SvgError as error:
        raise ValueError(error.en) from error
    return drawing_block(draft, figure, found, node, caption)


def figure_caption(draft: Draft, caption: Inline | None, parent: int) -> TextBlock | None:
    """The numbered caption of a figure or chart; without one it gets no number."""
    if caption is None:
        return None
    draft.figures += 1
    words = label(draft.theme.labels["figure"], draft.figures)
    return _caption(draft, caption, words, "figure_caption", parent)


def _caption(draft: Draft, caption: Inline, words: str, style: str, parent: int) -> TextBlock:
    node = draft.node("Caption", parent)
    look = draft.style(style)
    return TextBlock(draft.text(caption, look.char, node, words), look)


def _caption_text(figure: content.Figure) -> str:
    return "" if figure.caption is None else figure.caption.text
