"""Size and resolution of a PNG or JPEG, from its header alone.

Nothing is decoded and only some hundred bytes are read, so that a hostile header costs
nothing: whoever decodes asks here first whether the picture is of a sane size.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from struct import unpack
from typing import BinaryIO

SIDE_LIMIT = 20_000
"""Longest side, pixels: an A4 page at 1,200 dpi is 14,000 high."""

PIXEL_LIMIT = 100_000_000
"""Most pixels: decoded, 300 MB of RGB."""

# A camera writes some dozen segments before the picture itself.
_SEGMENT_LIMIT = 500

_PNG = b"\x89PNG\r\n\x1a\n"
_OTHERS = (
    (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"%PDF", "PDF"),
    (b"<svg", "SVG"), (b"<?xml", "SVG"), (b"\x01\0\0\0", "EMF"), (b"\xd7\xcd\xc6\x9a", "WMF"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """What a header says. ``format`` is ``PNG`` or ``JPEG``; lengths are pixels, as the
    picture is seen upright.

    ``dpi`` is the resolution across and down as written in the file, None when it is not.
    """

    format: str
    width: int
    height: int
    dpi: tuple[float, float] | None = None


class Fault(Enum):
    """Why a picture cannot be used."""

    FORMAT = 1
    DAMAGED = 2
    TOO_LARGE = 3


class PictureError(Exception):
    """A file is no usable picture. ``detail`` is the format found, or the size."""

    def __init__(self, fault: Fault, detail: str = "", width: int = 0, height: int = 0) -> None:
        """Note the fault; ``width`` and ``height`` are given for TOO_LARGE."""
        super().__init__(fault.name, detail)
        self.fault = fault
        self.detail = detail
        self.width = width
        self.height = height


def read_picture(path: Path) -> Picture:
    """Read the header of a PNG or JPEG.

    Raises PictureError when it is neither, has no size or is larger than ``SIDE_LIMIT`` or
    ``PIXEL_LIMIT`` allow, and OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(16)
        file.seek(0)
        if start.startswith(_PNG):
            picture = _png(file)
        elif start.startswith(b"\xff\xd8\xff"):
            picture = _jpeg(file)
        else:
            raise PictureError(Fault.FORMAT, _other(start))
    width, height = picture.width, picture.height
    if width < 1 or height < 1:
        raise PictureError(Fault.DAMAGED)
    if max(width, height) > SIDE_LIMIT or width * height > PIXEL_LIMIT:
        raise PictureError(Fault.TOO_LARGE, width=width, height=height)
    return picture


def _other(start: bytes) -> str:
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WebP"
    if start[4:8] == b"ftyp":
        return "HEIC"
    return next((name for magic, name in _OTHERS if start.startswith(magic)), "")


def _exactly(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise PictureError(Fault.DAMAGED)
    return data


def _png(file: BinaryIO) -> Picture:
    # PNG (ISO/IEC 15948) 11.2.2 IHDR, 11.3.4.3 pHYs.
    length, name, width, height = unpack(">I4sII", _exactly(file, 24)[8:])
    if name != b"IHDR" or length != 13:
        raise PictureError(Fault.DAMAGED)
    file.seek(5 + 4, 1)
    for _ in range(_SEGMENT_LIMIT):
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IDAT":
            break
        length = unpack(">I", head[:4])[0]
        if head[4:] == b"pHYs" and length == 9:
            across, down, unit = unpack(">IIB", _exactly(file, 9))
            dpi = (across * 0.0254, down * 0.0254) if unit == 1 and across and down else None
            return Picture("PNG", width, height, dpi)
        file.seek(length + 4, 1)
    return Picture("PNG", width, height)


def _jpeg(file: BinaryIO) -> Picture:
    # ITU-T T.81 B.1.1.4 segments, B.2.2 frame header; ITU-T T.871 10.1 JFIF density.
    file.seek(2)
    dpi = None
    sideways = False
    for _ in range(_SEGMENT_LIMIT):
        marker = _marker(file)
        length = unpack(">H", _exactly(file, 2))[0] - 2
        if length < 0 or marker in (0xD9, 0xDA):
            break
        # SOF0 to SOF15, without DHT (C4), JPG (C8) and DAC (CC), which share the range.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = unpack(">HH", _exactly(file, 5)[1:])
            if sideways:
                width, height = height, width
            return Picture("JPEG", width, height, dpi)
        if marker == 0xE0 and length >= 14:
            data = _exactly(file, 12)
            length -= 12
            unit, across, down = unpack(">BHH", data[7:12])
            if data[:5] == b"JFIF\0" and unit in (1, 2) and across and down:
                scale = 1.0 if unit == 1 else 2.54
                dpi = (across * scale, down * scale)
        elif marker == 0xE1:
            sideways = sideways or _is_sideways(_exactly(file, length))
            length = 0
        file.seek(length, 1)
    raise PictureError(Fault.DAMAGED)


def _is_sideways(segment: bytes) -> bool:
    """Whether Exif data says that the picture lies on its side (Exif 2.32, 4.6.4, tag 274)."""
    tiff = segment[6:]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if segment[:6] != b"Exif\0\0" or order is None or len(tiff) < 10:
        return False
    (at,) = unpack(order + "I", tiff[4:8])
    (count,) = unpack(order + "H", tiff[at : at + 2].ljust(2, b"\0"))
    for k in range(min(count, _SEGMENT_LIMIT)):
        entry = tiff[at + 2 + 12 * k :][:10]
        if len(entry) == 10 and unpack(order + "H", entry[:2])[0] == 274:
            return unpack(order + "H", entry[8:10])[0] in range(5, 9)
    return False


def _marker(file: BinaryIO) -> int:
    """The next marker's second byte; any number of fill bytes FF may stand before it."""
    if _exactly(file, 1) != b"\xff":
        raise PictureError(Fault.DAMAGED)
    for _ in range(_SEGMENT_LIMIT):
        byte = _exactly(file, 1)[0]
        if byte != 0xFF:
            return byte
    raise PictureError(Fault.DAMAGED)
