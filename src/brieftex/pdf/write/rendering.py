"""SVG files of other programs, rasterised by resvg with the bundled faces."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

from brieftex.fonts.face import Face
from brieftex.fonts.locations import bundled_folder
from brieftex.picture import Markup

if TYPE_CHECKING:
    from PIL import Image

PIXELS_PER_INCH = 400
"""What is printed: finer than an office printer shows, and half of the file of 600."""

FILTERED_PER_INCH = 200
"""With filters, which take many times as long: shadows are soft."""

_SIDE_LIMIT = 8000  # pixels: an A3 page at that resolution is 6,600 high

# White space, controls and marks that change others: no face needs to have them.
_UNSEEN = frozenset(("Cc", "Cf", "Mn", "Zl", "Zp", "Zs"))

_SANS, _SERIF = "Noto Sans SC", "Noto Serif SC"


class RenderingError(Exception):
    """resvg cannot draw a file; the message says why, in English."""


def font_files() -> list[Path]:
    """The font files, in fallback order."""
    return sorted(path for path in bundled_folder().iterdir() if path.suffix in (".otf", ".ttf"))


def resolution_of(markup: Markup) -> int:
    """The greatest resolution at which a picture is rasterised, in ppi."""
    return FILTERED_PER_INCH if "<filter" in markup.svg else PIXELS_PER_INCH


def rasterise(markup: Markup, width: int) -> Image.Image:
    """The picture, ``width`` pixels wide, on its background. Raises RenderingError."""
    # Here, since few issues need them.
    import resvg_py  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    height = ceil(width * markup.height / markup.width)
    width = max(1, width * _SIDE_LIMIT // max(width, height, _SIDE_LIMIT))
    faces = [str(path) for path in font_files()] if "<text" in markup.svg else []
    try:
        with _quiet():
            data = resvg_py.svg_to_bytes(
                svg_string=markup.svg, background=str(markup.background or "#ffffff"),
                skip_system_fonts=True, font_files=faces,
                font_family=_SANS, sans_serif_family=_SANS, serif_family=_SERIF,
                monospace_family=_SANS, cursive_family=_SANS, fantasy_family=_SANS,
                dpi=96, width=width, languages=["zh", "en"],
            )  # fmt: skip
    except (ValueError, OSError, RuntimeError) as error:
        raise RenderingError(str(error)) from error
    except BaseException as error:
        # A panic in Rust is no Exception to Python.
        if type(error).__name__ != "PanicException":
            raise
        raise RenderingError("resvg gave up") from error
    with Image.open(BytesIO(bytes(data))) as image:
        return image.convert("RGB")


@contextmanager
def _quiet() -> Iterator[None]:
    """A context in which nothing reaches standard error: a panic in Rust is written there, for
    developers, before Python hears of it."""
    try:
        kept = os.dup(2)
    except OSError:  # closed
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def missing(markup: Markup) -> list[str]:
    """The characters in a picture's words that none of the faces has."""
    used = {char for text in markup.texts for char in text}
    wanted = sorted(char for char in used if category(char) not in _UNSEEN)
    if not wanted:
        return []
    for path in font_files():
        face = Face(path, mapped=True)
        wanted = [char for char in wanted if not face.glyph(char)]
        if not wanted:
            break
    return wanted
