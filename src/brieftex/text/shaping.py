"""Characters to pieces of type: a piece is what one unit of a line is set from.

A Han character or a Chinese mark is shaped alone: nothing in its face acts across such
characters in horizontal setting, but features such as ccmp would turn —— into a dash of
another width. Western words are shaped whole. Every piece is made once for a face and size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from brieftex.fonts.face import Face
from brieftex.fonts.load import FontBook
from brieftex.styled.styles import CharStyle
from brieftex.text.classify import classify
from brieftex.text.clreq import BLANK_LEFT, BLANK_RIGHT, CELL, CELL_OF, CharClass
from brieftex.units import Sp


class Piece(Struct, frozen=True, eq=False):
    """Glyphs that stand together, in columns.

    ``xs`` are their origins from the piece's left, Sp; ``texts`` what each stands for.
    ``left`` and ``right`` is the blank that a mark can give up on that side: measured from
    its ink, at most half an em. ``stretch`` scales the glyphs horizontally, 1/1000. ``ink`` is
    where the ink of a mark begins and ends.
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

    def in_cell(self, cell: Sp, blank: Sp) -> Piece:
        """A mark of known ink in the middle of a ``cell``, with ``blank`` behind it to give."""
        first, last = self.ink or (0, self.width)
        shift = (cell - first - last) // 2
        xs = tuple([x + shift for x in self.xs])
        return replace(self, xs=xs, width=cell + blank, left=0, right=blank)


class Shaper:
    """The pieces of all characters, by role and size. Remembers what no face has."""

    def __init__(self, book: FontBook) -> None:
        """``book`` says which faces play which role."""
        self._book = book
        self._tables: dict[tuple[str, Sp], PieceTable] = {}
        self.missing: set[str] = set()

    def table(self, style: CharStyle) -> PieceTable:
        """The pieces of a role at a size."""
        key = style.font, style.size
        found = self._tables.get(key)
        if found is None:
            role = self._book.role(style.font)
            found = self._tables[key] = PieceTable(role.han, role.latin, style.size, self.missing)
        return found


class PieceTable(dict[str, Piece]):
    """The pieces of one role at one size: ``table[char]`` for a character in Chinese,
    ``table.word(text)`` for Western text without spaces."""

    def __init__(
        self, han: tuple[Face, ...], latin: tuple[Face, ...], size: Sp, missing: set[str]
    ) -> None:
        """``han`` and ``latin`` are fallback chains; ``missing`` collects what none has."""
        super().__init__()
        self.size = size
        self._han = han
        self._latin = tuple(dict.fromkeys((*latin, *han)))
        self._missing = missing
        self._words: dict[str, tuple[Piece, ...]] = {}

    def __missing__(self, char: str) -> Piece:
        piece = self[char] = self._wide(char)
        return piece

    def word(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a word or a part of one: one for each face that it takes."""
        found = self._words.get(text)
        if found is None:
            found = self._words[text] = tuple(self._shaped(text, self._latin))
        return found

    def cluster(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a Han character with what combines with it."""
        return tuple(self._shaped(text, self._han))

    def _wide(self, char: str) -> Piece:
        # Alone, a shared mark such as — has no context: it is here because it is Chinese.
        kind = CharClass.DASH if char == "—" else CharClass(classify(f"字{char}字")[1])
        face = self._face_for(char, self._han, least_ink=600 if char in "～〜" else 0)
        shape = face.shape(char)
        advance = sum(shape.advances)
        cell = CELL_OF.get(char) or CELL.get(kind)
        # Measured where it matters: most characters are Han, and that is half of their cost.
        measured = kind != CharClass.HAN and len(shape.glyphs) == 1
        first, last = (face.ink(shape.glyphs[0]) if measured else None) or (0, advance)
        if cell is None:
            width, xs, stretch = advance, (0, *accumulate(shape.advances[:-1])), 1000
        else:
            width = cell * face.upem // 1000
            # A dash fills its cell so that the halves of —— meet; Noto's — does not.
            # Of any other mark that is wider than its cell (／) as much is left as has room.
            ink = max(last - first, 1)
            stretch = width * 1000 // ink if char in "—⸺⸻" else min(1000, width * 900 // ink)
            xs = ((width - (last + first) * stretch // 1000) // 2,)
        half = face.upem // 2
        return Piece(
            face,
            shape.glyphs,
            tuple(self._sp(x, face) for x in xs),
            (char, *("" for _ in shape.glyphs[1:])),
            self._sp(width, face),
            self._sp(max(min(half, first), 0), face) if kind in BLANK_LEFT else 0,
            self._sp(max(min(half, advance - last), 0), face) if kind in BLANK_RIGHT else 0,
            stretch,
            (self._sp(first, face), self._sp(last, face)) if kind == "!" else None,
        )

    def _face_for(self, char: str, chain: tuple[Face, ...], least_ink: int = 0) -> Face:
        """The first face with the character, its ink at least so many 1/1000 em wide."""
        having = (face for face in chain if face.glyph(char))
        first = next(having, None)
        if first is None:
            self._missing.add(char)
            return chain[0]
        for face in (first, *having) if least_ink else ():
            ink = face.ink(face.glyph(char))
            if ink and (ink[1] - ink[0]) * 1000 >= least_ink * face.upem:
                return face
        return first

    def _shaped(self, text: str, chain: tuple[Face, ...]) -> Iterable[Piece]:
        start = 0
        while start < len(text):
            face = self._face_for(text[start], chain)
            end = start + 1
            while end < len(text) and self._joins(text[end], face, chain):
                end += 1
            yield self._piece(text[start:end], face)
            start = end

    def _joins(self, char: str, face: Face, chain: tuple[Face, ...]) -> bool:
        # Combining marks stay with their base even if another face has them too.
        return classify(char) == CharClass.MARK or self._face_for(char, chain) is face

    def _piece(self, text: str, face: Face) -> Piece:
        shape = face.shape(text)
        origins = accumulate(shape.advances, initial=0)
        xs = [x + offset for x, offset in zip(origins, shape.offsets, strict=False)]
        # A cluster's characters belong to its first glyph.
        heads = sorted(set(shape.clusters))
        until = dict(zip(heads, (*heads[1:], len(text)), strict=True))
        texts = [text[c : until.pop(c)] if c in until else "" for c in shape.clusters]
        return Piece(
            face,
            shape.glyphs,
            tuple(self._sp(x, face) for x in xs),
            tuple(texts),
            self._sp(sum(shape.advances), face),
        )

    def _sp(self, length: int, face: Face) -> Sp:
        return length * self.size // face.upem


def missing_characters(text: str, missing: Mapping[str, object] | set[str]) -> list[int]:
    """Offsets in ``text`` of the characters that no face has."""
    return [offset for offset, char in enumerate(text) if char in missing]
