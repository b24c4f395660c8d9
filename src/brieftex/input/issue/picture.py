"""Format and size of a picture, from its header alone.

Nothing is decoded, so that a hostile header costs nothing: whoever decodes asks here first
whether the picture is of a sane size.
"""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager
from enum import Enum
from struct import error as StructError  # noqa: N812  # what it is
from typing import TYPE_CHECKING, BinaryIO, cast

from msgspec import Struct

from brieftex.picture import PICTURE_LIMIT, Raster
from brieftex.silence import silent_if_tiff
from brieftex.source import TooLargeError, open_regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image

SIDE_LIMIT = 20_000
"""Longest side, pixels: an A4 page at 1,200 dpi is 14,000 high."""

MEMORY_LIMIT = 400_000_000
"""Bytes that a picture may take while it is decoded."""

# Pillow looks for the parts of a JPEG byte by byte, however many there are of what is none. The
# frames of the largest GIF, in blocks of 255 bytes, are found with less.
_MOST_READS = 4_000_000

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")

# Bytes for a pixel while it is decoded: 4 in Pillow, whatever the format; a progressive JPEG has
# all its coefficients in memory, WebP's decoder two pictures and Pillow a copy.
_COSTS = {"WEBP": 16, "progressive": 10}
_COST = 4

_ORIENTATION = 274  # TIFF 6.0, tag 274
_OTHERS = (
    (b"%PDF", "PDF"), (b"<svg", "SVG"), (b"<?xml", "SVG"), (b"\x01\0\0\0", "EMF"),
    (b"\xd7\xcd\xc6\x9a", "WMF"), (b"8BPS", "Photoshop PSD"), (b"PK\x03\x04", "ZIP"),
    (b"\0\0\x01\0", "ICO"), (b"\0\0\0\x0cjP", "JPEG 2000"), (b"\xd0\xcf\x11\xe0", "Office"),
)  # fmt: skip


class Header(Struct, frozen=True):
    """What a header says: a picture that can be used, and whether there are more in the file."""

    raster: Raster
    frames: int = 1


class Fault(Enum):
    """Why a picture cannot be used."""

    FORMAT = 1
    DAMAGED = 2
    TOO_LARGE = 3


class PictureError(Exception):
    """A file is no usable picture. ``detail`` is the format found, or how many million pixels
    it may have."""

    def __init__(self, fault: Fault, detail: str = "", width: int = 0, height: int = 0) -> None:
        """Note the fault; ``width`` and ``height`` are given for TOO_LARGE."""
        super().__init__(fault.name, detail)
        self.fault = fault
        self.detail = detail
        self.width = width
        self.height = height


class _Metered:
    """A file that is read from ``_MOST_READS`` times at most; then it is damaged."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek = file.seek
        self.tell = file.tell
        self._read = file.read
        self._left = _MOST_READS

    def read(self, size: int = -1) -> bytes:
        """As the file does. Raises OSError."""
        self._left -= 1
        if self._left < 0:
            raise OSError("no end of the header")
        return self._read(size)


def read_header(path: Path) -> Header:
    """Read the header of a picture in one of ``FORMATS``.

    Raises PictureError when it is none, has no size or is larger than ``SIDE_LIMIT`` or
    ``MEMORY_LIMIT`` allow, TooLargeError when its file is larger than ``PICTURE_LIMIT``, and
    another OSError when that cannot be read.
    """
    # Here, so that an issue without pictures does not wait for it.
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    with open_regular(path) as opened, _quietly():
        size = os.fstat(opened.fileno()).st_size
        if size > PICTURE_LIMIT:
            raise TooLargeError(size)
        file = cast("BinaryIO", _Metered(opened))
        start = file.read(16)
        file.seek(0)
        try:
            with silent_if_tiff(start), Image.open(file, formats=_FORMATS) as image:
                width, height = image.size
                measured = image.format == "TIFF" and image.mode in ("I", "F")
                held = _orientation(image)
                many = image.format in ("GIF", "TIFF", "WEBP", "PNG")
                kind = "progressive" if "progressive" in image.info else image.format
                frames = getattr(image, "n_frames", 1) if many else 1
        except UnidentifiedImageError:
            fault = Fault.DAMAGED if _is_known(start) else Fault.FORMAT
            raise PictureError(fault, _other(start)) from None
        except (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, StructError,
                OverflowError, AttributeError, EOFError, MemoryError) as error:  # fmt: skip
            raise PictureError(Fault.DAMAGED) from error
    if measured:  # heights or temperatures, of which nobody knows which are black and white
        raise PictureError(Fault.FORMAT, "32 位 TIFF")
    if width < 1 or height < 1:
        raise PictureError(Fault.DAMAGED)
    most = MEMORY_LIMIT // _COSTS.get(str(kind), _COST)
    if max(width, height) > SIDE_LIMIT or width * height > most:
        raise PictureError(Fault.TOO_LARGE, str(most // 1_000_000), width, height)
    if held in range(5, 9):  # on its side
        width, height = height, width
    return Header(Raster(path, width, height, held), frames)


def _orientation(image: Image.Image) -> int:
    """How the camera was held; 1, upright, where that cannot be read."""
    if image.format == "TIFF" or "exif" not in image.info:
        return 1  # Pillow turns TIFF itself
    from PIL import Image  # noqa: PLC0415

    exif = Image.Exif()
    try:
        exif.load(image.info["exif"])
        held = exif.get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, StructError):
        return 1
    return held if held in range(1, 9) else 1


@contextmanager
def _quietly() -> Iterator[None]:
    """Pillow without its own bound, which knows no size to tell, and without its warnings."""
    from PIL import Image  # noqa: PLC0415

    bound = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = bound


def _is_known(start: bytes) -> bool:
    """Whether a file says that it is in one of ``FORMATS``, which then must be damaged."""
    return start.startswith(
        (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
    ) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")


def _other(start: bytes) -> str:
    if start[4:8] == b"ftyp":
        return "AVIF" if start[8:11] == b"avi" else "HEIC"
    return next((name for magic, name in _OTHERS if start.startswith(magic)), "")
