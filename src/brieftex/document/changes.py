"""What differs from an earlier draft, as the make-up of pages sees it: where bars stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct

from brieftex.diagnostics import Span


class ChangedPart(Struct, frozen=True):
    """Where content of a structure node differs from an earlier draft, for the bars in the margin.

    With ``text``, only the lines of this text that hold characters ``start`` up to ``end``, or the
    place between two where these are the same; without, all content of the node. ``moved``: it
    stood elsewhere. ``entry`` is the index of the change in the list of changes, -1 for none.
    """

    text: str | None = None
    start: int = 0
    end: int = 0
    moved: bool = False
    entry: int = -1

    @property
    def all(self) -> bool:
        """Whether it is all content of the node, or all of a text: places are within one."""
        return self.text is None or self.moved


def ordered_parts(parts: Iterable[ChangedPart]) -> tuple[ChangedPart, ...]:
    """The parts of one node as ``ChangeMarks`` has them."""
    return tuple(sorted(parts, key=lambda one: (not one.all, one.text or "", one.start, one.end)))


class ChangeMarks(Struct, frozen=True):
    """What differs from an earlier draft, by the structure nodes in which it is printed: of each
    first what is ``all`` of something, then the rest by text and place."""

    parts: Mapping[int, tuple[ChangedPart, ...]]


PictureNames: TypeAlias = Mapping[Span, str]
"""What identifies the bytes of the picture of a figure, by the figure's place in its file."""


class PictureSides(Struct, frozen=True):
    """What identifies the pictures of both drafts."""

    old: PictureNames = {}
    new: PictureNames = {}
