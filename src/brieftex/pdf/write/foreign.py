"""Pages of other files, written as form XObjects into ours."""

from __future__ import annotations

from functools import partial
from hashlib import sha256

from brieftex.pdf.read.foreign import ForeignPart
from brieftex.pdf.write.objects import Objects
from brieftex.pdf.write.reportlab_bridge import Written


class ForeignObjects:
    """What was taken of a file, written at its first use."""

    def __init__(self, part: ForeignPart) -> None:
        """Nothing is written yet."""
        self._part = part
        self._digest = sha256(repr(part.pages).encode())
        for body in part.objects:
            for piece in body:
                self._digest.update(piece if isinstance(piece, bytes) else b" %d " % piece)
        self._references: list[bytes] = []

    def reference(self, file: Objects, index: int) -> bytes:
        """The reference to an object."""
        if not self._references:
            for body in self._part.objects:
                made = file.add(Written(partial(self._body, body)))
                self._references.append(made)
        return self._references[index]

    def _body(self, parts: tuple[bytes | int, ...]) -> bytes:
        references = self._references
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
