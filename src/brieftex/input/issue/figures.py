"""Are the figures of a body there, inside the issue's folder, and of a sane size?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from brieftex.diagnostics.messages import schema as messages
from brieftex.input.fields import Reading
from brieftex.input.issue.picture import PIXEL_LIMIT, SIDE_LIMIT, Fault, PictureError, read_picture
from brieftex.model.content import Body, BodyBlock, Figure, ListBlock, Quotation, Speech
from brieftex.source import confined


def check_figures(reading: Reading, body: Body, path: str) -> None:
    """Report every figure of a body that cannot be set. Reads headers only."""
    blocks = [*body.blocks, *(block for _, note in body.notes for block in note)]
    for figure in _figures(blocks):
        _check(reading, figure, path)


def figure_path(folder: Path, figure: str) -> Path | None:
    """The file of a figure, or None when it is not inside the folder.

    Symbolic links count by what they lead to. The file need not exist. Raises OSError and
    ValueError when the system cannot follow the path.
    """
    return confined(folder, figure, (folder,))


def _figures(blocks: list[BodyBlock]) -> Iterator[Figure]:
    """All figures, also those in lists, quotations and speeches."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, Quotation | Speech):
            waiting += reversed(block.blocks)
        elif isinstance(block, ListBlock):
            waiting += [inner for item in reversed(block.items) for inner in reversed(item)]


def _check(reading: Reading, figure: Figure, path: str) -> None:
    span, name = figure.span, figure.path
    try:
        file = figure_path(reading.folder, name)
        if file is None:
            reading.report(messages.FIGURE_OUTSIDE, span, path, figure=name)
            return
        # A pipe or a device would keep us waiting for ever.
        if not file.is_file():
            reading.report(messages.FIGURE_MISSING, span, path, figure=name)
            return
        if is_svg(name):
            _check_drawing(reading, figure, file, path)
        else:
            read_picture(file)
    except PictureError as error:
        _report(reading, figure, error, path)
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links in a circle
        reason = getattr(error, "strerror", None) or str(error)
        reading.report(messages.FIGURE_UNREADABLE, span, path, figure=name, reason=reason)


def is_svg(name: str) -> bool:
    """Whether a figure's name is that of an SVG file."""
    return name.lower().endswith(".svg")


def _check_drawing(reading: Reading, figure: Figure, file: Path, path: str) -> None:
    # Here, so that an issue without SVG figures does not wait for it.
    from brieftex.input.issue.drawing import SvgError, read_drawing  # noqa: PLC0415

    span, name = figure.span, figure.path
    try:
        found = read_drawing(file)
    except SvgError as error:
        where, where_en = (
            (f"第 {error.line} 行", f"line {error.line}: ") if error.line else ("", "")
        )
        reading.report(
            messages.DRAWING_UNUSABLE, span, path, figure=name, where=where, where_en=where_en,
            reason=error.zh, reason_en=error.en,
        )  # fmt: skip
        return
    for what, line in found.odd:
        reading.report(messages.DRAWING_CHANGED, span, path, figure=name, what=what, line=line)


def _report(reading: Reading, figure: Figure, error: PictureError, path: str) -> None:
    span, name = figure.span, figure.path
    if error.fault is Fault.FORMAT:
        found, found_en = error.detail or "不认识的格式", error.detail or "unknown format"
        reading.report(
            messages.FIGURE_FORMAT, span, path, figure=name, found=found, found_en=found_en
        )
    elif error.fault is Fault.DAMAGED:
        reading.report(messages.FIGURE_DAMAGED, span, path, figure=name)
    else:
        reading.report(
            messages.FIGURE_TOO_LARGE, span, path, figure=name, width=error.width,
            height=error.height, side=SIDE_LIMIT, megapixels=PIXEL_LIMIT // 1_000_000,
        )  # fmt: skip
