"""Pages of other files, written as form XObjects into ours; and what is odd about those files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from brieftex.bounded import TooCostlyError
from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages import foreign as say
from brieftex.foreign import (
    FOREIGN_LIMIT,
    DamagedError,
    LockedError,
    NoSuchPageError,
    TooManyPagesError,
    foreign_bounds,
)
from brieftex.pdf.read.foreign import LEFT_BEHIND, ForeignPart, read_foreign
from brieftex.pdf.write.objects import Objects
from brieftex.pdf.write.reportlab_bridge import Written
from brieftex.picture import PdfPage, Picture
from brieftex.source import read_regular


class ForeignObjects:
    """What was taken of a file, written into another at its first use there: copies of an issue
    are drawn into several."""

    def __init__(self, part: ForeignPart) -> None:
        """Nothing is written yet."""
        self._part = part
        self._digest = sha256(repr(part.pages).encode())
        for body in part.objects:
            for piece in body:
                self._digest.update(piece if isinstance(piece, bytes) else b" %d " % piece)
        self._file: Objects | None = None
        self._references: list[bytes] = []

    def reference(self, file: Objects, index: int) -> bytes:
        """The reference to an object of ``file``."""
        if self._file is not file:
            references: list[bytes] = []
            for body in self._part.objects:
                made = file.add(Written(partial(self._body, body, references)))
                references.append(made)
            self._file, self._references = file, references
        return self._references[index]

    @staticmethod
    def _body(parts: tuple[bytes | int, ...], references: list[bytes]) -> bytes:
        return b"".join([p if isinstance(p, bytes) else b" " + references[p] for p in parts])

    def mark(self, index: int) -> bytes:
        """What tells an object from any other of any file."""
        return self._digest.digest() + b"%d" % index


class ForeignForm:
    """A page as a picture that is drawn into a rectangle, as an image is."""

    turn: tuple[int, ...] = (1, 0, 0, 1, 0, 0)

    def __init__(self, objects: ForeignObjects, index: int) -> None:
        """The form with this index."""
        self._objects, self._index = objects, index

    @property
    def mark(self) -> bytes:
        """What tells it from any other picture."""
        return self._objects.mark(self._index)

    def add_to(self, file: Objects) -> bytes:
        """Add the form; the reference to it."""
        return self._objects.reference(file, self._index)


def foreign_forms(
    path: Path, pictures: Sequence[PdfPage], at: Span | None
) -> tuple[dict[Picture, ForeignForm], list[Finding]]:
    """What draws these pages of one file, and what is odd about it; nothing where they cannot be
    taken, or are others than they were when the issue was read."""
    name = path.name
    numbers = sorted({picture.number for picture in pictures})
    try:
        data = read_regular(path, FOREIGN_LIMIT)
        part = read_foreign(data, list(_ranges(numbers)))
    except TooCostlyError:
        bounds = foreign_bounds(data)
        costly = say.PAPER_TOO_COSTLY.at(
            at, file=name, seconds=bounds.seconds, mebibytes=bounds.mebibytes
        )
        return {}, [costly]
    except (DamagedError, LockedError, NoSuchPageError, TooManyPagesError):
        return {}, [say.PAPER_UNREADABLE.at(at, file=name)]
    except (OSError, ValueError):
        return {}, [say.PAPER_MISSING.at(at, file=name)]
    objects = ForeignObjects(part)
    taken = {page.number: page for page in part.pages}
    forms: dict[Picture, ForeignForm] = {}
    for picture in pictures:
        page = taken[picture.number]
        if picture != PdfPage.of(path, page.number, page.width, page.height):
            return {}, [say.PAPER_UNREADABLE.at(at, file=name)]
        forms[picture] = ForeignForm(objects, page.form)
    return forms, list(_odd(part, name, at))


def _ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order as ranges."""
    first = last = 0
    for number in numbers:
        if first and number == last + 1:
            last = number
            continue
        if first:
            yield first, last
        first = last = number
    if first:
        yield first, last


def _odd(part: ForeignPart, name: str, at: Span | None) -> Iterator[Finding]:
    if part.faces:
        yield say.PAPER_FACES.at(at, file=name, faces="、".join(part.faces[:8]))
    if part.layers:
        yield say.PAPER_LAYERS.at(at, file=name)
    if part.dynamic:
        yield say.PAPER_DYNAMIC.at(at, file=name)
    if part.fields:
        yield say.PAPER_FIELDS.at(at, file=name, count=part.fields)
    if part.left:
        words = [LEFT_BEHIND[what] for what in part.left]
        what, what_en = "、".join(zh for zh, _ in words), ", ".join(en for _, en in words)
        yield say.PAPER_LEFT_BEHIND.at(at, file=name, what=what, what_en=what_en)
