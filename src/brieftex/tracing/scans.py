"""Files of scanners and cameras → pictures, one for each page in the file."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence

from brieftex.input.issue.picture import MEMORY_LIMIT, PictureError, read_header
from brieftex.silence import silent_if_tiff

MOST_PAGES = 2_000
"""Most pages of one file."""

_BROKEN = (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, EOFError)


class ScanError(Exception):
    """The file is not a picture that can be read."""


def scanned_pages(path: Path) -> Iterator[Image.Image]:
    """The pictures of a PNG, JPEG, TIFF, BMP, WebP or GIF file, upright as the camera was held.
    Raises ScanError, and OSError when the file cannot be read."""
    try:
        read_header(path)  # is it of a sane size?
    except PictureError as error:
        raise ScanError(error.fault.name) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about sizes, which were looked at
        try:
            with path.open("rb") as data, silent_if_tiff(data.peek(2)), Image.open(data) as file:
                for frame in ImageSequence.Iterator(file):
                    if frame.width * frame.height * 4 > MEMORY_LIMIT:
                        raise ScanError("TOO_LARGE")
                    yield _flat(ImageOps.exif_transpose(frame))
        except (*_BROKEN, Image.DecompressionBombError) as error:
            raise ScanError("DAMAGED") from error


def _flat(picture: Image.Image) -> Image.Image:
    """The picture in greys, on white paper where it lets through."""
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode.startswith("I"):  # 16 bits
        return picture.point(lambda value: value / 256).convert("L")
    if "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if "A" in picture.getbands():
        paper = Image.new("L", picture.size, "white")
        paper.paste(picture.convert("L"), mask=picture.getchannel("A"))
        return paper
    return picture.convert("L")
