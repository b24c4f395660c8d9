"""A composite font whose glyphs become known while the file is written.

The codes of its glyphs have to be right before the program exists. In TrueType they are counted up
as glyphs come, and a /CIDToGIDMap leads to the glyphs of the program (ISO 32000-1, 9.7.4.2). CFF
has no such map: there the codes are the glyph ids of the face, which its program keeps. What a
glyph stands for in ToUnicode is what it stood for first; anything else is given by /ActualText.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from brieftex.fonts.face import Face
from brieftex.fonts.spaced import SpacedGlyph, with_spaced
from brieftex.fonts.spaced_cff import CffProgram
from brieftex.pdf.write.font import (
    BLANKS,
    NO_TEXT,
    FontEntry,
    Program,
    add_font,
    code_bytes,
    font_objects,
    per_mille,
)
from brieftex.pdf.write.font_in_use import FontInUse
from brieftex.pdf.write.objects import Objects

_LAST_CODE = 0xFFFF
_SPARE = 4096  # codes that are kept for glyphs, not given to copies with other white

_TEXT_BLANKS = " \u3000\u00a0"
"""Blanks that text often holds: another one is taken for the filler if there is any."""


class VolumeFont(FontInUse):
    """A face in a file that grows; ``take`` the glyphs of a page before it is drawn."""

    def __init__(self, face: Face, name: str) -> None:
        """``name`` is its resource name."""
        super().__init__()
        self.name = name
        self.codes: dict[int, bytes] = {}
        self.widths: dict[int, float] = {}
        self.texts: dict[int, str] = {}
        self._face = face
        self._cff = face.is_cff
        # The next code: glyphs of TrueType begin behind .notdef, copies of CFF behind all glyphs.
        self._next = face.glyph_count if self._cff else 1
        self._glyphs: list[int] = [0]  # of TrueType: the face's glyph of each code, or a copy
        self._copies: dict[SpacedGlyph, int] = {}
        self._entries: list[FontEntry] = []
        self.filler = self._made_filler()

    def _made_filler(self) -> tuple[bytes, float] | None:
        found = {face_gid: char for char in BLANKS if (face_gid := self._face.glyph(char))}
        blanks = [gid for gid in found if self._face.advance(gid) > 0]
        common = {self._face.glyph(char) for char in _TEXT_BLANKS}
        best = [gid for gid in blanks if gid not in common] or blanks[-1:]
        if not best:
            return None
        gid = best[0]
        width = per_mille(self._face.advance(gid), self._face.upem)
        code = gid if self._cff else self._new_code(gid)
        self._entries.append((code, width, NO_TEXT))
        if self._cff:  # where it is text, it is given as such by /ActualText
            self.codes[gid], self.widths[gid], self.texts[gid] = code_bytes(code), width, ""
        return code_bytes(code), width

    def _new_code(self, gid: int) -> int:
        code = self._next
        if code > _LAST_CODE:
            raise ValueError("more glyphs than codes")  # no face has so many
        self._next += 1
        self._glyphs.append(gid)
        return code

    def take(self, texts: Mapping[int, str]) -> None:
        """Give codes to glyphs that have none, with the texts that they stand for."""
        for gid, text in texts.items():
            if gid in self.codes:
                continue
            code = gid if self._cff else self._new_code(gid)
            self.codes[gid] = code_bytes(code)
            width = self.widths[gid] = per_mille(self._face.advance(gid), self._face.upem)
            self.texts[gid] = text
            self._entries.append((code, width, text or NO_TEXT))

    @cached_property
    def _whole(self) -> CffProgram | None:
        """All glyphs of a CFF face, by which it is known of which there can be copies."""
        count = self._face.glyph_count
        whole = self._face.subset(range(count), same_ids=True).parts
        return whole if whole is not None and len(whole.glyphs) == count else None

    def spaceable(self, gid: int) -> bool:
        """Whether there can be copies of a glyph, and codes are left for them."""
        return self._next < _LAST_CODE - _SPARE and super().spaceable(gid)

    def _can_copy(self, gid: int) -> bool:
        return not self._cff or (self._whole is not None and self._whole.can_copy(gid))

    def _copy(self, gid: int, before: int, after: int) -> tuple[bytes, float, float]:
        upem = self._face.upem
        copy = SpacedGlyph(gid, before * upem // 8, after * upem // 8)
        width = per_mille(self._face.advance(gid) + copy.before + copy.after, upem)
        code = self._copies[copy] = self._new_code(-1)
        self._entries.append((code, width, self.texts[gid]))
        return code_bytes(code), width, copy.before * 1000 / upem

    def add_to(self, file: Objects) -> bytes:
        """Add the font's objects, after which nothing is taken; the reference to it."""
        entries = sorted(self._entries)
        if self._cff:
            count = self._face.glyph_count
            used = [code for code, _, _ in entries if code < count]
            # The last glyph as well: a program that keeps ids ends with the last that it has.
            subset = self._face.subset([*used, count - 1], same_ids=True)
            if self._copies:
                assert subset.parts is not None
                program = subset.parts.with_copies(list(self._copies))
            else:
                program = subset.program
            return add_font(file, self._face, font_objects(Program(program, cff=True), entries))
        subset = self._face.subset([gid for gid in self._glyphs if gid > 0])
        mapping, program = subset.mapping, subset.program
        if self._copies:
            copies = [
                SpacedGlyph(mapping[copy.glyph], copy.before, copy.after) for copy in self._copies
            ]
            program = with_spaced(program, copies)
        ids = [mapping[gid] if gid > 0 else 0 for gid in self._glyphs]
        for number, code in enumerate(self._copies.values()):
            ids[code] = len(mapping) + number
        cids = b"".join(gid.to_bytes(2, "big") for gid in ids)
        written = font_objects(Program(program, cff=False, cids=cids), entries)
        return add_font(file, self._face, written)
