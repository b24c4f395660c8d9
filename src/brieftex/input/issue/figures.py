"""The figures of a body: found inside the issue's folder, their headers or drawings read.

This is the one time that anybody looks at a figure before it is drawn: what is found here goes
into the model (``Issue.pictures``).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.diagnostics.reasons import reason_of
from brieftex.input.fields import Reading
from brieftex.model.content import (
    Body,
    BodyBlock,
    Figure,
    ListBlock,
    Panel,
    Quotation,
    Speech,
)
from brieftex.picture import Markup
from brieftex.source import confined, open_regular


def read_figures(reading: Reading, body: Body, path: str) -> None:
    """Read every figure of a body, and report those that cannot be set."""
    blocks = [*body.blocks, *(block for _, note in body.notes for block in note)]
    for figure in _figures(blocks):
        read_picture(reading, figure.path, figure.span, path)


def figure_path(folder: Path, figure: str) -> Path | None:
    """The file of a figure, or None when it is not inside the folder.

    Symbolic links count by what they lead to. The file need not exist. Where it does not exist
    as written, ``%20`` is read as browsers do and backslashes as Windows does, and other ways to
    write the same accents in Unicode are tried, since macOS and archives change them. Raises
    OSError and ValueError when the system cannot follow the path.
    """
    root = folder.resolve()
    first: Path | None = None
    for name in dict.fromkeys((figure, unquote(figure), figure.replace("\\", "/"))):
        path = confined(folder, name, (folder,))
        if path is None:
            continue
        if path.exists():
            return path
        if alike := _alike(root, name):
            return alike
        first = first or path
    return first


def _alike(root: Path, name: str) -> Path | None:
    """The file whose path is the same but for how Unicode composes its characters."""
    found = root
    for part in Path(name).parts:
        inner = found / part
        if part != ".." and not inner.exists() and found.is_dir():
            wanted = normalize("NFC", part)
            names = sorted(entry.name for entry in found.iterdir())
            inner = found / next((n for n in names if normalize("NFC", n) == wanted), part)
        found = inner
    path = found.resolve()
    return path if path.exists() and path.is_relative_to(root) else None


def _figures(blocks: list[BodyBlock]) -> Iterator[Figure]:
    """All figures, also those in lists, quotations and speeches."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if isinstance(block, Figure):
            yield from (block, *block.beside)
        elif isinstance(block, Quotation | Speech | Panel):
            waiting += reversed(block.blocks)
        elif isinstance(block, ListBlock):
            waiting += [inner for item in reversed(block.items) for inner in reversed(item)]


def read_picture(reading: Reading, name: str, span: Span, path: str, *, words: bool = True) -> None:
    """Read the picture ``name``, and report at ``span`` that it cannot be set. Unless its
    ``words`` may be text of the page, it is drawn with them: a seal lies under a name."""
    reading.looked += 1
    if name in reading.pictures:
        return
    try:
        file = figure_path(reading.folder, name)
        if file is None:
            reading.report(messages.FIGURE_OUTSIDE, span, path, figure=name)
        elif file.suffix.lower() == ".svg":
            _read_drawing(reading, (name, span), file, path, words=words)
        else:
            _read_raster(reading, (name, span), file, path)
    except (FileNotFoundError, NotADirectoryError):
        reading.report(messages.FIGURE_MISSING, span, path, figure=name)
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, RuntimeError):  # how pathlib tells it
            error = OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        reason, reason_en = reason_of(error)
        reading.report(
            messages.FIGURE_UNREADABLE, span, path, figure=name,
            reason=reason, reason_en=reason_en,
        )  # fmt: skip


def _read_raster(reading: Reading, named: tuple[str, Span], file: Path, path: str) -> None:
    # Here, so that an issue without pictures does not wait for it.
    from brieftex.input.issue import picture as pictures  # noqa: PLC0415

    name, span = named
    try:
        header = pictures.read_header(file)
    except pictures.PictureError as error:
        match error.fault:
            case pictures.Fault.FORMAT:
                found, found_en = error.detail or "不认识的格式", error.detail or "unknown format"
                reading.report(
                    messages.FIGURE_FORMAT, span, path, figure=name, found=found, found_en=found_en
                )
            case pictures.Fault.DAMAGED:
                reading.report(messages.FIGURE_DAMAGED, span, path, figure=name)
            case pictures.Fault.TOO_LARGE:
                reading.report(
                    messages.FIGURE_TOO_LARGE, span, path, figure=name, width=error.width,
                    height=error.height, side=pictures.SIDE_LIMIT,
                    megapixels=error.detail,
                )  # fmt: skip
        return
    reading.pictures[name] = header.raster
    if header.frames > 1:
        reading.report(messages.FIGURE_FRAMES, span, path, figure=name, count=header.frames)


def _read_drawing(
    reading: Reading, named: tuple[str, Span], file: Path, path: str, *, words: bool
) -> None:
    # Here, so that an issue without SVG figures does not wait for it.
    from brieftex.input.svg import BYTE_LIMIT, SvgError, read_svg  # noqa: PLC0415

    name, span = named
    with open_regular(file) as opened:
        data = opened.read(BYTE_LIMIT + 1)
    try:
        found = reading.memo.recall(("svg", data, words), lambda: read_svg(data, words=words))
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
    if found.drawing is not None:
        reading.pictures[name] = found.drawing
        return
    reading.pictures[name] = Markup(
        file, found.width, found.height, found.markup, found.texts, found.background
    )
    what, line = found.why
    if not words:
        return  # that it becomes a picture is meant
    reading.report(messages.DRAWING_RENDERED, span, path, figure=name, what=what, line=line)
