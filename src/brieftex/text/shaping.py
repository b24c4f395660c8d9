"""Shaping: characters become pieces, the glyphs of one unit of a line.

A Han character or a Chinese mark is shaped by itself: no kerning or ligature applies between such
characters in horizontal text, but features such as ccmp would turn —— into a dash of another
width. Western words are shaped whole. Every piece is made once for a face and size.

Before anything is set a face is checked for coverage: of a character, of a base with its combining
marks, of a whole string of superscripts. What no face of the chain covers is composed of what the
faces have (a raised digit for ⁵, ① for a keycap), or becomes .notdef of the first face: a build
refuses it, a preview shows its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from operator import add
from typing import Final
from weakref import ref

from msgspec.structs import replace

from brieftex.fonts.face import Face, is_ideograph
from brieftex.fonts.report import FontBook
from brieftex.patterns import FORMAT, late
from brieftex.styled.styles import CharStyle
from brieftex.text.classify import classify
from brieftex.text.clreq import BLANK_LEFT, BLANK_RIGHT, CELL, CELL_OF, CharClass
from brieftex.text.pieces import Piece, PieceEntry, PieceLook, entry_piece
from brieftex.text.scripts import SCRIPT_BASE, SCRIPTS, is_superscript
from brieftex.text.substitutes import UNSEEN, substitutes
from brieftex.units import Sp

SCRIPT_SCALE: Final = 620
"""The size of a superscript or subscript made of an ordinary character, in 1/1000 em."""

_RAISED, _LOWERED = 350, -140  # its baseline, in 1/1000 em

_CLUSTER: Final = late(".M*", re.DOTALL)  # a character with its combining marks
_SCRIPT_ROW: Final = late(f"[{re.escape(SCRIPTS)}]+")

# Letters with the marks of European scripts, mathematics and phonetics, U+0300 and following.
_ACCENTED: Final = late(r".[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
_FORMAT_END: Final = late(f"[{FORMAT}]+\\Z")
_VARIATION: Final = late(".[\ufe00-\ufe02\U000e0100-\U000e01ef]")
"""A Han character with the selector of one of its forms (Unicode 23.4, UTS #37)."""

# Canonical combining classes (UAX #44): over the base, below it, above it.
_OVERLAY, _BELOW, _ABOVE = 1, 220, 230
_CLEARANCE = 40  # between a mark and its base, in 1/1000 em


class Shaper:
    """The pieces of all characters, by role and size.

    ``missing`` maps what no face has, a character or a cluster, to its substitute, the empty
    string if there is none.
    """

    def __init__(self, book: FontBook) -> None:
        """``book`` has the faces of each role."""
        self._book = book
        self._tables: dict[tuple[str, Sp], PieceTable] = {}
        self.missing: dict[str, str] = {}

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
    ``table.entries[char]`` for its entry, ``table.word(text)`` for Western text without spaces.
    """

    def __init__(
        self, han: tuple[Face, ...], latin: tuple[Face, ...], size: Sp, missing: dict[str, str]
    ) -> None:
        """``han`` and ``latin`` are fallback chains; ``missing`` is the shaper's."""
        super().__init__()
        self.size = size
        self._han = tuple(dict.fromkeys((*han, *latin)))
        self._latin = tuple(dict.fromkeys((*latin, *han)))
        self._missing = missing
        self._words: dict[str, tuple[Piece, ...]] = {}
        # The look of what is set in a face as it is.
        self._looks: dict[Face, PieceLook] = {face: (face, 1000, 1000, 0) for face in self._han}
        self._shared: dict[tuple[Face, Sp], Piece] = {}
        self.entries = _CharacterEntries(self)
        # Words that are one unit wherever they stand, as ``Units`` found: others may break where
        # codes do.
        self.units: tuple[dict[str, PieceEntry], dict[str, PieceEntry]] = ({}, {})

    def __missing__(self, char: str) -> Piece:
        piece = self[char] = entry_piece(self.entries[char])
        return piece

    def word(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a word or a part of one, one piece for each face needed."""
        found = self._words.get(text)
        if found is None:
            first = self._latin[0]
            if text.isascii() and all(map(first.glyph, text)):  # nothing to look for elsewhere
                found = (self._piece(text, first),)
            else:
                found = tuple(self._shaped(text, self._latin))
            self._words[text] = found
        return found

    def cluster(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a Han character with its combining marks: one piece with the marks in
        ``over``, unless a face has glyphs for the whole."""
        if (base := _FORMAT_END.sub("", text)) != text and base:
            *others, last = self.cluster(base) if len(base) > 1 else (self[base],)
            texts = (*last.texts[:-1], last.texts[-1] + text[len(base) :])
            return (*others, replace(last, texts=texts))
        found = tuple(self._shaped(text, self._han))
        if _VARIATION.fullmatch(text) and self._missing.setdefault(text, text[0]) == text[0]:
            if any(face.varies(*text) for face in self._han):
                del self._missing[text]
            return found
        combine = re.fullmatch(".M+", classify(text), re.DOTALL)
        if combine is None or (len(found[0].glyphs) == 1 and text not in self._missing):
            return found
        marked = self._with_marks(text, self[text[0]], 1, self._han)
        return found if marked is None else (marked,)

    def character(self, char: str) -> PieceEntry:
        """The entry of a character in Chinese, made anew."""
        return self._ideograph(char) if is_ideograph(char) else self._wide(char).entry()

    def _ideograph(self, char: str) -> PieceEntry:
        """What ``_wide`` makes of a Han character, which has no cell and no blank to give up."""
        face = self._han[0]
        gid = face.glyph(char)
        if not gid:
            face = self._face_for(char, self._han)
            gid = face.glyph(char)
        if not (gid and face.mapped):
            return self._piece(char, face).entry()
        look, width = self._looks[face], face.advance(gid) * self.size // face.upem
        piece = self._shared.get((face, width))
        if piece is None:
            piece = self._shared[face, width] = Piece(face, (), (), (), width, look=look)
        return gid, char, width, look, piece

    def _wide(self, char: str) -> Piece:
        # A shared mark such as — needs a Chinese context to be classed as Chinese.
        kind = CharClass.DASH if char == "—" else CharClass(classify(f"字{char}字")[1])
        face = self._face_for(char, self._han, least_ink=600 if char in "～〜" else 0)
        if char in self._missing and (piece := self._substitute(char, self._han)):
            return piece
        shape = face.shape(char)
        advance = sum(shape.advances)
        cell = CELL_OF.get(char) or CELL.get(kind)
        # Han characters are not measured: it would double the time they take.
        measured = kind != CharClass.HAN and len(shape.glyphs) == 1
        first, last = (face.ink(shape.glyphs[0]) if measured else None) or (0, advance)
        if cell is None:
            width, xs, stretch = advance, (0, *accumulate(shape.advances[:-1])), 1000
        else:
            width = cell * face.upem // 1000
            # A dash fills its cell so that the halves of —— meet; Noto's — does not.
            # Any other mark that is wider than its cell (／) is condensed to fit.
            ink = max(last - first, 1)
            stretch = width * 1000 // ink if char in "—⸺⸻" else min(1000, width * 900 // ink)
            stretch = max(stretch, 1)  # none at all would be no ink, whatever a damaged face says
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
            look=self._looks[face],
        )

    def _face_for(self, text: str, chain: tuple[Face, ...], least_ink: int = 0) -> Face:
        """The first face that draws a character or cluster with ink at least ``least_ink`` wide,
        in 1/1000 em. If there is none, the first face, and the text is ``missing``."""
        having = (face for face in chain if face.draws(text))
        first = next(having, None)
        if first is None:
            if not UNSEEN.fullmatch(text):
                self._missing.setdefault(text, "")
            return chain[0]
        for face in (first, *having) if least_ink else ():
            ink = face.ink(face.glyph(text))
            if ink and (ink[1] - ink[0]) * 1000 >= least_ink * face.upem:
                return face
        return first

    def _shaped(self, text: str, chain: tuple[Face, ...]) -> Iterator[Piece]:
        """The pieces of a string of Western characters or of one cluster."""
        at = 0
        for row in _SCRIPT_ROW.finditer(text):
            if all(chain[0].draws(char) for char in row[0]):
                continue
            yield from self._in_faces(text[at : row.start()], chain)
            yield from map(self._script, row[0])
            at = row.end()
        yield from self._in_faces(text[at:], chain)

    def _in_faces(self, text: str, chain: tuple[Face, ...]) -> Iterator[Piece]:
        """The pieces of a text, a new one at each change of face."""
        start, last = 0, None
        for cluster in _CLUSTER.finditer(classify(text)):
            part = text[cluster.start() : cluster.end()]
            face = self._face_for(part, chain)
            apart = self._set_apart(part, face, chain)
            if apart is not None:
                if cluster.start() > start and last is not None:
                    yield self._piece(text[start : cluster.start()], last)
                yield apart
                start, last = cluster.end(), None
            elif face is not last:
                if last is not None:
                    yield self._piece(text[start : cluster.start()], last)
                start, last = cluster.start(), face
        if last is not None:
            yield self._piece(text[start:], last)

    def _set_apart(self, text: str, face: Face, chain: tuple[Face, ...]) -> Piece | None:
        """What stands for a cluster that is not a glyph of a face: a substitute, or a letter with
        marks positioned over it; None for any other."""
        if text in self._missing and (piece := self._substitute(text, chain)):
            return piece
        if not _ACCENTED.fullmatch(text) or len(face.shape(text).glyphs) == 1:
            return None
        count = len(text)
        while count > 1 and not _composed(text[:count], chain):
            count -= 1
        base = _composed(text[:count], chain)
        if not base:
            return None
        piece = self._piece(base, self._face_for(base, chain), text[:count])
        return self._with_marks(text, piece, count, chain)

    def _substitute(self, text: str, chain: tuple[Face, ...]) -> Piece | None:
        """The first of the substitutes of a missing character or cluster that a face has."""
        for printed in substitutes(text):
            face = next((face for face in chain if all(map(face.draws, printed))), None)
            if face is not None:
                self._missing[text] = printed
                if len(printed) > 1 or unicodedata.category(printed) in ("Lu", "Ll", "Nd"):
                    return self._piece(printed, face, text)
                return replace(self[printed], texts=(text,), left=0, right=0)  # a symbol, no mark
        return None

    def _script(self, char: str) -> Piece:
        """A superscript or subscript made of the ordinary character in the face of its word,
        reduced and shifted, where a glyph of its own would come from another face."""
        base = SCRIPT_BASE[char]
        face = self._face_for(base, self._latin)
        piece = self._piece(base, face, char, SCRIPT_SCALE)
        rise = _RAISED if is_superscript(char) else _LOWERED
        return replace(piece, rise=self.size * rise // 1000)

    def _with_marks(
        self, text: str, base: Piece, count: int, chain: tuple[Face, ...]
    ) -> Piece | None:
        """A character, the first ``count`` of ``text``, with the marks that follow positioned over
        it, each from a face that has it; None if no face has one. Faces have no anchors for marks
        on Han characters, and many have none on letters."""
        marks = [char for char in text[count:] if not UNSEEN.match(char)]
        chain = tuple(dict.fromkeys((base.face, *chain)))
        faces = [next((f for f in chain if f.draws(mark)), None) for mark in marks]
        if text[:count] in self._missing or None in faces:
            return None
        self._missing.pop(text, None)
        base = replace(base, texts=(text[: len(text) - len(marks)], *base.texts[1:]))
        over: list[Piece] = []
        for mark, face in zip(marks, faces, strict=True):
            if face is not None:
                piece = self._piece(mark, face)
                base = self._enclosed(base, piece, mark)
                over.append(self._over([base, *over], piece, mark))
        return replace(base, over=tuple(over))

    def _enclosed(self, base: Piece, piece: Piece, mark: str) -> Piece:
        """A letter as wide as the circle or square around it."""
        ink = piece.face.ink(piece.glyphs[0]) if unicodedata.category(mark) == "Me" else None
        width = self._sp(ink[1] - ink[0], piece.face) if ink else 0
        return base if width <= base.width else base.moved((width - base.width) // 2, width)

    def _over(self, below: list[Piece], piece: Piece, mark: str) -> Piece:
        """A mark positioned over, above or below a character and its other marks."""
        base, face = below[0], piece.face
        ink, heights = face.ink(piece.glyphs[0]), face.ink_heights(piece.glyphs[0])
        reached = [edge for one in below for edge in self._heights(one)]
        if ink is None or heights is None or not reached:
            return replace(piece, width=0)
        letter = not is_ideograph(base.texts[0][0])  # whose marks are drawn at the right height
        stretch, rise = 1000, 0
        kind = unicodedata.combining(mark)
        clear = self.size * _CLEARANCE // 1000
        if kind == _OVERLAY:  # as wide as the character, so that a row of them is one stroke
            stretch = max(base.width * 1000 // self._sp(ink[1] - ink[0], face), 1)
        elif kind == _ABOVE:
            rise = max(reached) + clear - self._sp(heights[1], face)
            rise = max(rise, 0) if letter else rise
        elif kind == _BELOW:
            rise = min(reached) - clear - self._sp(heights[0], face)
            rise = min(rise, 0) if letter else rise
        middle = base.width
        if letter and (edges := base.face.ink(base.glyphs[0])) and kind in (_ABOVE, _BELOW):
            middle = 2 * base.xs[0] + self._sp(edges[0] + edges[1], base.face)
        left = (middle - self._sp(ink[0] + ink[1], face) * stretch // 1000) // 2
        return replace(piece, xs=(left,), width=0, stretch=stretch, rise=rise)

    def _heights(self, piece: Piece) -> list[Sp]:
        """Top and bottom of a piece's ink, if it is not blank."""
        heights = piece.face.ink_heights(piece.glyphs[0]) or ()
        return [piece.rise + self._sp(y, piece.face) for y in heights]

    def _piece(self, text: str, face: Face, stands_for: str = "", scale: int = 1000) -> Piece:
        """The glyphs of ``text``, which are extracted as ``stands_for`` if that is given."""
        shape = face.shape(text)
        size, upem = self.size * scale // 1000, face.upem
        if not shape.glyphs:  # a joiner or selector alone
            return Piece(face, (), (), (), 0)
        xs: Iterable[int] = accumulate(shape.advances[:-1], initial=0)
        if any(shape.offsets):
            xs = map(add, xs, shape.offsets)
        if shape.clusters == tuple(range(len(text))):
            texts = [*text]
        else:  # a cluster's characters belong to its first glyph
            heads = sorted(set(shape.clusters))
            until = dict(zip(heads, (*heads[1:], len(text)), strict=True))
            texts = [text[c : until.pop(c)] if c in until else "" for c in shape.clusters]
        if stands_for:
            texts = [stands_for, *("" for _ in texts[1:])]
        return Piece(
            face,
            shape.glyphs,
            tuple([x * size // upem for x in xs]),
            tuple(texts),
            sum(shape.advances) * size // upem,
            scale=scale,
            look=self._looks[face],
        )

    def _sp(self, length: int, face: Face) -> Sp:
        return length * self.size // face.upem


class _CharacterEntries(dict[str, PieceEntry]):
    """The entries of characters in Chinese, each made when it is first asked for."""

    def __init__(self, table: PieceTable) -> None:
        """``table`` makes them and holds them: what held it in turn would never be freed."""
        super().__init__()
        self._table = ref(table)

    def __missing__(self, char: str) -> PieceEntry:
        table = self._table()
        assert table is not None  # whoever asks has it
        entry = self[char] = table.character(char)
        return entry


def _composed(text: str, chain: tuple[Face, ...]) -> str:
    """The one character that a base and its marks compose, if a face has it, or else nothing."""
    whole = unicodedata.normalize("NFC", text)
    return whole if len(whole) == 1 and any(face.glyph(whole) for face in chain) else ""


def missing_characters(text: str, missing: Mapping[str, str]) -> list[tuple[int, int]]:
    """The offsets (start, end) of everything in ``text`` that no face has."""
    found = "|".join(map(re.escape, sorted(filter(text.count, missing), key=len, reverse=True)))
    return [m.span() for m in re.finditer(found, text)] if found else []
