"""Pictures as the PDF has them: without colour profile, on white paper, set upright."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from brieftex.pdf.write.picture import Picture, read_picture
from brieftex.preview.cache import Stamp, stamp


@dataclass(frozen=True, slots=True)
class Served:
    """A picture for the browser; ``turn`` maps the unit square onto itself, y upwards."""

    name: str
    kind: str
    data: bytes
    turn: tuple[int, ...]


class Pictures:
    """The pictures of an issue, each read again when its file changed."""

    def __init__(self) -> None:
        """None is read yet."""
        self.by_name: dict[str, Served] = {}
        self._read: dict[Path, tuple[Stamp, Served]] = {}

    def use(self, path: Path) -> tuple[str, tuple[int, ...]]:
        """Name and turn of a picture. Raises PictureDataError."""
        now = stamp(path)
        known = self._read.get(path)
        if known is None or known[0] != now:
            known = self._read[path] = now, _served(read_picture(path))
            self.by_name[known[1].name] = known[1]
        return known[1].name, known[1].turn

    def forget(self, used: set[str]) -> None:
        """Let go of all but the named ones."""
        self.by_name = {name: self.by_name[name] for name in self.by_name if name in used}
        self._read = {path: pair for path, pair in self._read.items() if pair[1].name in used}


def _served(picture: Picture) -> Served:
    data, kind = picture.data, "image/jpeg"
    if not picture.filter:
        data, kind = _png(picture), "image/png"
    return Served(blake2b(data, digest_size=12).hexdigest(), kind, data, picture.turn)


def _png(picture: Picture) -> bytes:
    """The pixels as a PNG (ISO/IEC 15948), packed lightly: it travels no further than this
    machine."""
    channels = 1 if picture.space == b"DeviceGray" else 3
    row = picture.width * channels
    rows = [b"\0" + picture.data[y * row : (y + 1) * row] for y in range(picture.height)]
    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, channels - 1, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
        for tag, data in chunks
    )
