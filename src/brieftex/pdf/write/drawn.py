"""A page as it was drawn, to be put into another file just so.

All that a content stream depends on is the look of its page (``layout.look``). What else it was
made of is noted beside the stream: structure nodes with the tags of their content, names of images,
codes of glyphs that were copied with other white. Each is asked for again in another file, where it
may be something else; then the page is drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from brieftex.fonts.face import Face
from brieftex.layout.look import PageLook
from brieftex.memory import Memo
from brieftex.pdf.write.tags import DrawnMark
from brieftex.picture import Picture


class DrawnImage(Struct, frozen=True):
    """A picture that was drawn, the name of its image and how it was turned."""

    picture: Picture
    name: str
    turn: tuple[int, ...]


class DrawnCopy(Struct, frozen=True):
    """A copy of a glyph with more white beside it (``Font.spaced``), and its code."""

    face: Face
    glyph: int
    before: int
    after: int
    code: bytes


class DrawnPage(Struct, frozen=True):
    """The packed content of a page, its graphics states, and what it asked for, in order."""

    stream: bytes
    states: Mapping[str, bytes]
    marks: tuple[DrawnMark, ...]
    images: tuple[DrawnImage, ...]
    copies: tuple[DrawnCopy, ...]


class KnownPages:
    """The pages of a file by their index: how each was drawn, where that is known."""

    def __init__(self, looks: Sequence[PageLook | None], memo: Memo) -> None:
        """``looks`` are those of all pages."""
        self._looks = looks
        self._memo = memo

    def get(self, index: int) -> DrawnPage | None:
        """How a page like this was drawn."""
        known: DrawnPage | None = self._memo.get(self._looks[index])
        return known

    def put(self, index: int, drawn: DrawnPage) -> None:
        """Keep how it was drawn."""
        self._memo.put(self._looks[index], drawn)
