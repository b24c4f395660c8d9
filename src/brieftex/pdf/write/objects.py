"""PDF objects written by hand, for ``reportlab_bridge`` to number and file.

reportlab's own objects cannot hold everything that PDF/A and PDF/UA ask for, and its streams
end without a line break (ISO 19005-2, 6.1.7.1). What stands here is written as bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from threading import Thread
from typing import Protocol
from urllib.parse import quote

from brieftex.pdf.write.reportlab_bridge import Written
from brieftex.units import SP_PER_PT, Color, Sp

# zlib's own default: the best level costs a third more time and saves one part in two hundred.
_LEVEL = 6
_FLATE = b"/Filter/FlateDecode"
_SMALL = 1 << 14  # bytes, which are compressed in less time than another thread takes
_URI_CHARACTERS = "!#$%&'()*+,-./:;=?@[]_~"  # RFC 3986, 2.2 and 2.3, and the escape itself


class Objects(Protocol):
    """A file in the making that numbers objects: one that is kept until it is whole
    (``reportlab_bridge.File``), or one that is written as it grows (``streamed``)."""

    def add(self, value: Written) -> bytes:
        """Number an object; the reference to it."""

    def page(self, index: int) -> bytes:
        """The reference to a page that has been added, ``index`` from 0."""


class PageObjects(Objects, Protocol):
    """A file in the making that takes pages."""

    def add_page(  # noqa: PLR0913, PLR0917  # a page is made of all these
        self,
        size: tuple[float, float],
        content: Written,
        images: Mapping[str, bytes],
        states: Mapping[str, bytes],
        key: int,
        rotate: int = 0,
    ) -> None:
        """Add a page of this width and height in points, with its images and graphics states by
        name, and its key in the structure tree; readers show it rotated clockwise by ``rotate``
        degrees."""

    def annotate(self, index: int, annotations: Sequence[bytes]) -> None:
        """Give a page its annotations, as references."""


def stream(entries: bytes, data: bytes | Packing, *, packed: bool = True) -> Written:
    """A stream (ISO 32000-1, 7.3.8). ``entries`` are those of its dictionary but for Length
    and the filter; ``packed`` compresses ``data``."""
    if isinstance(data, Packing):
        return Written(lambda: _stream(entries + _FLATE, data.result()))
    return Written(packed_stream(entries, data) if packed else _stream(entries, data))


def packed_stream(entries: bytes, data: bytes) -> bytes:
    """A stream whose data is compressed, as it stands in the file."""
    return _stream(entries + _FLATE, zlib.compress(data, _LEVEL))


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream\n" % (entries, len(data), data)


class Packing:
    """Data being compressed while other work goes on: zlib lets other threads run."""

    def __init__(self, data: bytes) -> None:
        """Begin at once; what is small is done at once."""
        self._packed = b""
        self._thread: Thread | None = None
        if len(data) < _SMALL:
            self._pack(data)
        else:
            self._thread = Thread(target=self._pack, args=(data,), daemon=True)
            self._thread.start()

    def _pack(self, data: bytes) -> None:
        self._packed = zlib.compress(data, _LEVEL)

    def result(self) -> bytes:
        """The compressed data, once it is there."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        return self._packed


def text_string(text: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, else UTF-16 in hexadecimal."""
    if text.isascii() and text.isprintable():
        return literal(text.encode("ascii"))
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().upper().encode("ascii")


def literal(data: bytes) -> bytes:
    """A literal string (ISO 32000-1, 7.3.4.2)."""
    escaped = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(%b)" % escaped.replace(b"\r", b"\\r")


def uri(href: str) -> bytes:
    """A URI, which is ASCII (ISO 32000-1, 12.6.4.7); what is escaped already stays."""
    return quote(href, safe=_URI_CHARACTERS).encode("ascii")


def array(values: Iterable[bytes]) -> bytes:
    """An array of values already written."""
    return b"[%b]" % b" ".join(values)


def thousandths(length: Sp) -> int:
    """Thousandths of a point, rounded half up."""
    return (length * 1000 + SP_PER_PT // 2) // SP_PER_PT


def number(thousandths: int) -> str:
    """A number given in thousandths, as short as it can be written."""
    return f"{thousandths / 1000:.7g}"


@cache
def color_operands(color: Color) -> bytes:
    """The parts of a colour, of which there are few."""
    parts = (color.red, color.green, color.blue)
    return " ".join(f"{part / 255:.4g}" for part in parts).encode("ascii")
