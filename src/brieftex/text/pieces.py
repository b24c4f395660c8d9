"""Pieces: the glyphs of one unit of a line, with their places and widths.

How characters become pieces is not known here (``text.shaping``).
"""

from __future__ import annotations

from typing import TypeAlias, cast

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from brieftex.fonts.face import Face
from brieftex.units import Sp

PieceLook: TypeAlias = "tuple[Face, int, int, Sp]"
"""The face, stretch, scale and rise of a piece. One run can hold the glyphs of those that have the
same."""

PieceEntry: TypeAlias = "tuple[int, str, Sp, object, Piece]"
"""A piece in the columns of a text: its glyph, its characters, its width, its look and itself. One
that is not a single glyph at its left edge has no glyph and no characters there, and a look that no
other has. Han characters, which are thousands, have only entries of their own: those of a face
share a piece without a glyph (``entry_piece``)."""


class Piece(Struct, frozen=True, eq=False):
    """Glyphs that are set together, in columns.

    ``xs`` are their origins from the piece's left edge, Sp; ``texts`` the characters that each
    represents. ``left`` and ``right`` are the blanks that a mark can give up on these sides:
    measured from its ink, at most half an em. ``stretch`` scales the glyphs horizontally,
    ``scale`` in both directions, in 1/1000; ``rise`` (Sp) lifts their baseline. ``ink`` is the
    horizontal extent of a mark's ink. ``over`` are the combining marks: pieces without width
    and with the same origin. ``look`` is made of the others; pieces that are given the look that
    they have share it, so that it is soon compared.
    """

    face: Face
    glyphs: tuple[int, ...]
    xs: tuple[Sp, ...]
    texts: tuple[str, ...]
    width: Sp
    left: Sp = 0
    right: Sp = 0
    stretch: int = 1000
    ink: tuple[Sp, Sp] | None = None
    scale: int = 1000
    rise: Sp = 0
    over: tuple[Piece, ...] = ()
    look: PieceLook = cast("PieceLook", ())

    def __post_init__(self) -> None:
        look = (self.face, self.stretch, self.scale, self.rise)
        if look != self.look:
            force_setattr(self, "look", look)

    def entry(self) -> PieceEntry:
        """The piece in columns."""
        if len(self.glyphs) == 1 and self.xs == (0,) and not self.over:
            return self.glyphs[0], self.texts[0], self.width, self.look, self
        return 0, "", self.width, self, self

    def moved(self, shift: Sp, width: Sp) -> Piece:
        """The same glyphs ``shift`` further right, in a piece of another width."""
        xs = tuple([x + shift for x in self.xs])
        over = tuple([piece.moved(shift, piece.width) for piece in self.over])
        return replace(self, xs=xs, width=width, over=over)

    def in_cell(self, cell: Sp, blank: Sp) -> Piece:
        """A mark with its ink centred in a ``cell``, and ``blank`` to give up after it."""
        first, last = self.ink or (0, self.width)
        shift = (cell - first - last) // 2
        return replace(self.moved(shift, cell + blank), left=0, right=blank)


def entry_piece(entry: PieceEntry) -> Piece:
    """The piece of an entry, with the glyph that a Han character has there alone."""
    glyph, text, _, _, piece = entry
    if not text or piece.glyphs:
        return piece
    return replace(piece, glyphs=(glyph,), xs=(0,), texts=(text,))
