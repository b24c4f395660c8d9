"""What can be searched in an issue: its pieces, and the passages of each with their places.

Values alone, so that a search that has nothing to read loads no reader of issues.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum

from msgspec import Struct


class PassageKind(StrEnum):
    """What a passage is."""

    TITLE = "title"
    BODY = "body"
    SOURCE = "source"
    SPEAKER = "speaker"


class SearchText(Struct, frozen=True):
    """A running text: its characters, its first line in the file, from 1, the offset there, and
    the characters with which it goes on in further lines."""

    kind: PassageKind
    text: str
    first_line: int
    start: int
    turns: tuple[int, ...] = ()

    def line(self, at: int) -> int:
        """The line of the file in which character ``at`` stands."""
        return self.first_line + bisect_right(self.turns, at)


class SearchPiece(Struct, frozen=True):
    """An item, or what stands outside of all items; ``number`` is its place in the issue.

    ``section`` and ``title`` are empty where it has none.
    """

    number: int
    section: str
    title: str
    passages: tuple[SearchText, ...]


class IssueRecord(Struct, frozen=True):
    """An issue as it is searched: its name, how it is numbered, its date (ISO 8601) or ""."""

    name: str
    numbering: str
    date: str
    pieces: tuple[SearchPiece, ...]
