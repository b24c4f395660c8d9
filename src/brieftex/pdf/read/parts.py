"""A file read part by part: what is in memory is one part, however many there are.

The file is not read as a whole. Its cross-reference table says where objects stand, and each is
read from the file when it is asked for. A part is what one node right below the root of the page
tree holds, the structure element that stands at the same place below the document, and the
bookmarks below the one that leads to its first page.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import verification as say
from brieftex.pdf.read.audit import OF_FOREIGN_PAGES, audit, overlaps
from brieftex.pdf.read.compare import Wanted, compare_wanted
from brieftex.pdf.read.metrics import PageFont
from brieftex.pdf.read.parse import BrokenPdfError, PdfFile, Reference, Value, parse_object
from brieftex.pdf.read.readback import Readback

_TAIL = 2048
_WINDOW = 20 << 16
"""Bytes of the cross-reference table that are read at a time, a multiple of 20."""


class StoredPdf(PdfFile):
    """The objects of a file that stays on the disk, open as ``handle``."""

    def __init__(self, handle: int) -> None:
        """Read the cross-reference table. Raises BrokenPdfError."""
        self._handle = handle
        self._size = os.fstat(handle).st_size
        self._starts = array("Q")
        super().__init__(b"")

    def _read_tables(self) -> None:
        tail = self._bytes(max(0, self._size - _TAIL), self._size)
        at = tail.rfind(b"startxref")
        if self._bytes(0, 5) != b"%PDF-" or at < 0:
            raise BrokenPdfError("no header or no startxref")
        table = int(tail[at + 9 :].split()[0])
        head = self._bytes(table, table + 64).split(b"\n", 2)
        if len(head) < 3 or head[0] != b"xref" or not head[1].startswith(b"0 "):
            raise BrokenPdfError("no cross-reference table")
        count = int(head[1][2:])
        first = table + len(head[0]) + len(head[1]) + 2
        for start in range(first, first + 20 * count, _WINDOW):
            data = self._bytes(start, min(start + _WINDOW, first + 20 * count))
            self._starts.extend(int(data[k : k + 10]) for k in range(0, len(data), 20))
        self._starts[0] = table
        self._ends = array("Q", sorted(self._starts))
        trailer = tail[tail.rindex(b"trailer") + len(b"trailer") : at]
        self.trailer, _ = parse_object(trailer, 0)

    def _offset(self, number: int) -> int | None:
        if not 0 < number < len(self._starts):
            raise BrokenPdfError(f"no object {number}")
        return 0

    def _read(self, number: int, offset: int) -> Value:
        del offset  # each object is read alone, so that it begins where its bytes do
        start = self._starts[number]
        at = bisect_right(self._ends, start)
        end = self._ends[at] if at < len(self._ends) else self._size
        self.data = self._bytes(start, end)
        return super()._read(number, 0)

    def forget(self) -> None:
        """Let go of all objects that were read."""
        self._known.clear()
        self._unpacked.clear()

    def _bytes(self, start: int, end: int) -> bytes:
        os.lseek(self._handle, start, os.SEEK_SET)
        pieces = []
        while start < end and (piece := os.read(self._handle, end - start)):
            pieces.append(piece)
            start += len(piece)
        return b"".join(pieces)


class PartsReader:
    """Reads a file part by part, in its order."""

    def __init__(self, handle: int, *, conforming: bool = True) -> None:
        """``handle`` is open for reading; a file with pages of others is not ``conforming`` to
        PDF/A and PDF/UA. Raises BrokenPdfError."""
        self._allowed = () if conforming else OF_FOREIGN_PAGES
        self._file = StoredPdf(handle)
        self._fonts: dict[Reference, PageFont] = {}
        file = self._file
        catalog = file.catalog
        self._nodes = file.array(file.dictionary(catalog.get("Pages")).get("Kids"))
        root = file.dictionary(catalog.get("StructTreeRoot"))
        tops = file.array(root.get("K"))
        document = file.dictionary(tops[0] if tops else None)
        self._elements = file.array(document.get("K"))
        self._places: dict[Reference, int] = {}
        self._firsts: list[int] = []
        for node in self._nodes:
            self._firsts.append(len(self._places))
            for page in file.array(file.dictionary(node).get("Kids")):
                self._places[page] = len(self._places)
        self._bookmarks = dict(self._top_bookmarks())
        self._leaves = list(self._parent_leaves(root))
        file.forget()

    @property
    def count(self) -> int:
        """How many parts there are."""
        return len(self._nodes)

    def _parent_leaves(self, root: dict[str, Any]) -> Iterator[tuple[int, int, Any]]:
        """First key, last key and reference of each leaf of the parent tree."""
        file = self._file
        for leaf in file.array(file.dictionary(root.get("ParentTree")).get("Kids")):
            limits = file.array(file.dictionary(leaf).get("Limits"))
            if len(limits) == 2:
                yield file.number(limits[0]), file.number(limits[1]), leaf
            file.forget()

    def _top_bookmarks(self) -> Iterator[tuple[int, Any]]:
        """The page that each top bookmark leads to, and the first bookmark below it."""
        file = self._file
        value = file.dictionary(file.catalog.get("Outlines")).get("First")
        seen: set[Any] = set()
        while isinstance(value, Reference) and value not in seen:
            seen.add(value)
            entry = file.dictionary(value)
            target = file.array(entry.get("Dest"))
            if target and isinstance(target[0], Reference):
                yield self._places.get(target[0], -1), entry.get("First")
            value = entry.get("Next")

    def faults(self, part: int, wanted: Wanted) -> list[Finding]:
        """Everything wrong with a part, counted from 0, and every difference from ``wanted``."""
        if len(self._elements) != len(self._nodes):
            return [say.UNREADABLE_PDF.at(None)]
        first = self._firsts[part]
        below = self._bookmarks.get(first)
        try:
            read = _PartReadback(
                self._file, self._fonts,
                _PartPlace(self._nodes[part], self._elements[part], below, first, self._places,
                           self._leaves),
            )  # fmt: skip
            found = [*audit(read), *overlaps(read)]
            found += compare_wanted(read, wanted)
        except (BrokenPdfError, RecursionError, UnicodeError, ValueError):
            found = [say.UNREADABLE_PDF.at(None)]
        self._file.forget()
        for font in self._fonts.values():
            font.known.clear()
        return [f for f in dict.fromkeys(found) if f.kind not in self._allowed]


class _PartPlace(Struct, frozen=True):
    """Where a part is: its node of the page tree, its structure element, its first bookmark, the
    index of its first page; ``places`` has those of all pages of the file, ``leaves`` the first
    and the last key of each leaf of the parent tree, and its reference."""

    node: Any
    element: Any
    bookmark: Any
    first: int
    places: Mapping[Reference, int]
    leaves: Sequence[tuple[int, int, Any]]


class _PartReadback(Readback):
    """One part of a file."""

    def __init__(self, file: PdfFile, fonts: dict[Reference, PageFont], place: _PartPlace) -> None:
        self._place = place
        super().__init__(file, None, fonts)

    def _page_tree(self) -> Any:
        return self._place.node

    def _structure(self) -> Any:
        return self._place.element

    def _first_bookmark(self) -> Any:
        return self._place.bookmark

    def parent_nodes(self, first: int, last: int) -> list[Any]:
        """The leaves of the parent tree with these keys."""
        return [leaf for low, high, leaf in self._place.leaves if low <= last and first <= high]

    def destination(self, value: Any) -> int:
        """The index, from the first page of the part, of the page that a destination leads to;
        that of another part counts as the first one, and -1 is none."""
        found = self.file.get(value)
        if not isinstance(found, list) or not found or not isinstance(found[0], Reference):
            return -1
        index = self._place.places.get(found[0], -1)
        return -1 if index < 0 else max(index - self._place.first, 0)
