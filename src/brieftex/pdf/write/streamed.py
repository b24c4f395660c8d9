"""A PDF file that is written as it grows: what is finished leaves the memory.

Objects are numbered when they are added and written when their part is closed; of each that was
written only its offset is kept, eight bytes. Pages may come in any order of their parts: the page
tree (ISO 32000-1, 7.7.3) has a node for each part, and the root names these last.
"""

from __future__ import annotations

from array import array as offsets_of
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from itertools import islice

from brieftex.pdf.write.objects import array
from brieftex.pdf.write.reportlab_bridge import Written

_HEADER = b"%PDF-1.7\n%\x93\x8c\x8b\x9e\n"
_ENTRIES = 4096  # of the cross-reference table, written at a time


class StreamedFile:
    """A PDF 1.7 file that ``write`` takes piece by piece."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        """``write`` may raise OSError."""
        self._write = write
        self._offsets = offsets_of("Q", [0])
        self._at = 0
        self._digest = sha256()
        self._waiting: list[tuple[int, Written]] = []
        self.fonts = self.reserved()  # the dictionary of all fonts, which pages share
        self.tree = self.reserved()  # the root of the page tree
        self._put(_HEADER)

    def reserved(self) -> int:
        """The number of an object that is going to be written."""
        self._offsets.append(0)
        return len(self._offsets) - 1

    def add(self, value: Written) -> bytes:
        """Number an object; the reference to it. It is written at the next ``flush``."""
        return self.fill(self.reserved(), value)

    def fill(self, number: int, value: Written) -> bytes:
        """Give a reserved object its value; the reference to it."""
        self._waiting.append((number, value))
        return reference_to(number)

    def page(self, index: int) -> bytes:
        """No page stands outside of a part; ``FilePart`` has them."""
        raise IndexError(index)

    def flush(self) -> None:
        """Write what was added."""
        waiting, self._waiting = self._waiting, []
        for number, value in waiting:
            body = value.body if isinstance(value.body, bytes) else value.body()
            self._digest.update(body)
            self._offsets[number] = self._at
            self._put(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def finish(self, root: bytes, info: bytes) -> None:
        """Write what waits, the cross-reference table and the trailer; to be called once."""
        self.flush()
        start, count = self._at, len(self._offsets)
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        entries = (b"%010d 00000 n \n" % offset for offset in islice(self._offsets, 1, None))
        while piece := b"".join(islice(entries, _ENTRIES)):
            self._put(piece)
        identity = self._digest.hexdigest()[:32].encode("ascii")
        trailer = b"trailer\n<</Size %d/Root %b/Info %b/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n"
        self._put(trailer % (count, root, info, identity, identity, start))

    def _put(self, data: bytes) -> None:
        self._write(data)
        self._at += len(data)


class FilePart:
    """The pages of a part, and what belongs to them."""

    def __init__(self, file: StreamedFile) -> None:
        """Begin a part of ``file``."""
        self._file = file
        self._node = file.reserved()
        self._pages: list[int] = []
        self._annotations: dict[int, tuple[bytes, ...]] = {}

    def add(self, value: Written) -> bytes:
        """Number an object; the reference to it."""
        return self._file.add(value)

    def page(self, index: int) -> bytes:
        """The reference to a page of the part, ``index`` from 0."""
        return reference_to(self._pages[index])

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def add_page(  # noqa: PLR0913, PLR0917  # a page is made of all these
        self,
        size: tuple[float, float],
        content: Written,
        images: Mapping[str, bytes],
        states: Mapping[str, bytes],
        key: int,
        rotate: int = 0,
    ) -> None:
        """Add a page, as ``PageObjects`` says."""
        index = len(self._pages)
        number = self._file.reserved()
        self._pages.append(number)
        drawn = self.add(content)

        def body() -> bytes:
            notes = self._annotations.get(index, ())
            return (
                b"<</Type/Page/Parent %b/MediaBox[0 0 %.7g %.7g]/Rotate %d/Contents %b"
                b"/Resources<</Font %b%b%b>>/StructParents %d/Tabs/S%b>>"
            ) % (
                reference_to(self._node),
                *size,
                rotate,
                drawn,
                reference_to(self._file.fonts),
                _named(b"XObject", images),
                _named(b"ExtGState", states),
                key,
                b"/Annots" + array(notes) if notes else b"",
            )

        self._file.fill(number, Written(body))

    def annotate(self, index: int, annotations: Sequence[bytes]) -> None:
        """Give a page its annotations, as references."""
        self._annotations[index] = tuple(annotations)

    def close(self) -> bytes:
        """Write the part; the reference to its node of the page tree."""
        kids = array(map(reference_to, self._pages))
        node = b"<</Type/Pages/Parent %b/Count %d/Kids%b>>"
        tree = reference_to(self._file.tree)
        made = self._file.fill(self._node, Written(node % (tree, len(self._pages), kids)))
        self._file.flush()
        return made


def reference_to(number: int) -> bytes:
    """The reference to an object."""
    return b"%d 0 R" % number


def _named(key: bytes, values: Mapping[str, bytes]) -> bytes:
    if not values:
        return b""
    parts = (b"/%b %b" % (name.encode("ascii"), value) for name, value in values.items())
    return b"/%b<<%b>>" % (key, b"".join(parts))
