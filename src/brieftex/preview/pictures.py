"""Pictures as the PDF has them, packed for a browser: without colour profile, on white paper."""

from __future__ import annotations

import zlib
from hashlib import blake2b
from io import BytesIO

from msgspec import Struct

from brieftex.diagnostics import Finding
from brieftex.layout.page import PlacedPicture
from brieftex.pdf.write.picture import ImageData, read_item
from brieftex.picture import Markup, Picture
from brieftex.preview.cache import Stamp, stamp
from brieftex.units import to_pt

RESOLUTION = 300
"""Pixels to the inch; a window shows no more even where it is zoomed."""


class Served(Struct, frozen=True):
    """A picture for the browser; ``turn`` maps the unit square onto itself, y upwards."""

    name: str
    kind: str
    data: bytes
    turn: tuple[int, ...]


# In place of what cannot be read; the finding says so.
_NOTHING = Served("", "image/png", b"", (1, 0, 0, 1, 0, 0))


class Pictures:
    """The pictures of an issue, each read again when its file or its size changed."""

    def __init__(self) -> None:
        """None is read yet."""
        self.by_name: dict[str, Served] = {}
        self._read: dict[tuple[Picture, int, int], tuple[Stamp | None, Served, list[Finding]]] = {}

    def use(self, item: PlacedPicture) -> tuple[Served, list[Finding]]:
        """The picture of an item, and what is wrong with it."""
        key = item.picture, item.rect.width, item.rect.height
        # The markup of an SVG file is the file.
        now = None if isinstance(item.picture, Markup) else stamp(item.picture.path)
        known = self._read.get(key)
        if known is None or known[0] != now:
            width = to_pt(item.rect.width) / 72
            longest = max(width, to_pt(item.rect.height) / 72)
            data, odd = read_item(item, width, longest, RESOLUTION)
            served = _NOTHING if data is None else _served(data)
            known = self._read[key] = now, served, odd
            self.by_name[served.name] = served
        return known[1], known[2]

    def forget(self, used: set[str]) -> None:
        """Let go of all but the named ones."""
        self.by_name = {name: self.by_name[name] for name in self.by_name if name in used}
        self._read = {key: known for key, known in self._read.items() if known[1].name in used}


def _served(picture: ImageData) -> Served:
    data, kind = picture.data, "image/jpeg"
    if picture.filter != b"/Filter/DCTDecode":
        data, kind = _png(picture), "image/png"
    return Served(blake2b(data, digest_size=12).hexdigest(), kind, data, picture.turn)


def _png(picture: ImageData) -> bytes:
    """The pixels as a PNG, packed lightly: it travels no further than this machine."""
    from PIL import Image  # noqa: PLC0415  # few issues have pictures

    mode = "L" if picture.space == b"DeviceGray" else "RGB"
    image = Image.frombytes(mode, (picture.width, picture.height), zlib.decompress(picture.data))
    packed = BytesIO()
    image.save(packed, "PNG", compress_level=1)
    return packed.getvalue()
