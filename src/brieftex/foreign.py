"""PDF files of other programs, as far as an issue needs to know them before it is set: how many
pages there are, and how large each is as it is seen.

Who made such a file is not known, so it is read in a copy of this process that the kernel bounds
(``bounded``). What is on the pages is taken when they are drawn (``pdf.read.foreign``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from brieftex.bounded import Bounds, bounded

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

PageRanges = Sequence[tuple[int, int]]
"""Pairs of a first and a last page, from 1; all pages where there is none."""

FOREIGN_LIMIT = 256 * 1024 * 1024
"""Largest file, bytes."""

MOST_FOREIGN_PAGES = 5000
"""Pages of one file that are taken."""

FOREIGN_SECONDS, FOREIGN_MEBIBYTES = 20, 1024
"""What reading a file may take, and a second more for each MiB of it."""

LARGEST_FOREIGN_SIDE, LEAST_FOREIGN_SIDE = 200 * 72.0, 3.0
"""Of a page, in points: Acrobat's own bounds (ISO 32000-1, annex C.2)."""

_MOST_REMEMBERED = 256
_KNOWN: dict[tuple[bytes, tuple[tuple[int, int], ...]], tuple[SeenPage, ...]] = {}
"""Files that were read: a preview asks at each save."""

_Taken = TypeVar("_Taken")


class SeenPage(Struct, frozen=True):
    """A page by its number, and its size as it is seen, in points."""

    number: int
    width: float
    height: float


class LockedError(Exception):
    """The file wants a password, or another one."""


class DamagedError(Exception):
    """The file cannot be read."""


class NoSuchPageError(Exception):
    """A page that the file does not have; how many it has."""

    def __init__(self, page: int, count: int) -> None:
        """Which page of how many."""
        super().__init__(page, count)  # as they are, so that it can be sent
        self.page, self.count = page, count


class TooManyPagesError(Exception):
    """More pages than are taken."""


def foreign_bounds(data: bytes) -> Bounds:
    """What reading a file may take."""
    size = len(data) // 2**20
    return Bounds(FOREIGN_SECONDS + size, FOREIGN_MEBIBYTES + 4 * size)


def seen_pages(data: bytes, wanted: PageRanges) -> tuple[SeenPage, ...]:
    """The pages of ``wanted`` ranges. Raises what ``from_foreign`` does."""
    key = sha256(data).digest(), tuple(wanted)
    if key not in _KNOWN:
        found = from_foreign(data, wanted, _sizes)
        while len(_KNOWN) >= _MOST_REMEMBERED:
            del _KNOWN[next(iter(_KNOWN))]
        _KNOWN[key] = found
    return _KNOWN[key]


def _sizes(reader: PdfReader, numbers: Sequence[int]) -> tuple[SeenPage, ...]:
    return tuple(SeenPage(n, *seen_size(reader.pages[n - 1])) for n in numbers)


def from_foreign(
    data: bytes, wanted: PageRanges, take: Callable[[PdfReader, Sequence[int]], _Taken]
) -> _Taken:
    """What ``take`` makes of the pages with these numbers, in a process of its own.

    Raises DamagedError, LockedError, NoSuchPageError, TooManyPagesError, and TooCostlyError.
    """
    try:
        found = bounded(lambda: _answer(data, wanted, take), foreign_bounds(data))
    except RuntimeError as error:
        raise DamagedError from error
    if isinstance(found, Exception):
        raise found
    return found


def _answer(
    data: bytes, wanted: PageRanges, take: Callable[[PdfReader, Sequence[int]], _Taken]
) -> _Taken | Exception:
    """What was taken, or why nothing was, as a value that can be sent."""
    from pypdf import PdfReader  # for such files only  # noqa: PLC0415

    with quietly():
        try:
            reader = PdfReader(BytesIO(data))
            if reader.is_encrypted:
                return LockedError()
            count = len(reader.pages)
            if not count:
                return DamagedError()
            pages = [n for a, b in wanted or [(1, count)] for n in range(a, min(b, count + 1) + 1)]
            beyond = next((n for n in pages if n > count), None)
            if beyond is not None:
                return NoSuchPageError(beyond, count)
            if len(pages) > MOST_FOREIGN_PAGES:
                return TooManyPagesError()
            return take(reader, pages)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  # whatever it is, the file is to blame
            return DamagedError()


@contextmanager
def quietly() -> Iterator[None]:
    """Silence the log of pypdf."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def seen_size(page: PageObject) -> tuple[float, float]:
    """Width and height of what is seen of a page, turned by /Rotate, in points. Raises ValueError
    for a page without a size that any program shows."""
    left, bottom, right, top = seen_box(page)
    unit = float(page.get("/UserUnit", 1) or 1)
    width, height = (right - left) * unit, (top - bottom) * unit
    for side in (width, height):
        if not LEAST_FOREIGN_SIDE <= side <= LARGEST_FOREIGN_SIDE * max(unit, 1):
            raise ValueError("a page of no size")
    return (width, height) if quarter_turns(page) % 2 == 0 else (height, width)


def quarter_turns(page: PageObject) -> int:
    """How often a page is turned clockwise by a quarter, 0 to 3."""
    return int(page.get("/Rotate", 0) or 0) % 360 // 90


def seen_box(page: PageObject) -> tuple[float, float, float, float]:
    """What of a page is seen: its crop box inside its media box. Raises ValueError."""
    media = normalised([float(v) for v in page.mediabox])
    crop = normalised([float(v) for v in page.cropbox])
    box = (
        max(media[0], crop[0]), max(media[1], crop[1]),
        min(media[2], crop[2]), min(media[3], crop[3]),
    )  # fmt: skip
    found = box if box[0] < box[2] and box[1] < box[3] else media
    if not (found[0] < found[2] and found[1] < found[3]):
        raise ValueError("a page without a size")
    return found


def normalised(edges: Sequence[Any]) -> tuple[float, float, float, float]:
    """A rectangle with its lower left corner first."""
    a, b, c, d = edges
    return min(a, c), min(b, d), max(a, c), max(b, d)
