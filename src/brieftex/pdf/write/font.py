"""One composite font per face: Type0, Identity-H (ISO 32000-1, 9.7).

All glyphs of the document are known before the first is drawn. A face is subset once, and
its codes are the glyph ids of the subset, two bytes each: code = CID = new glyph id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from typing import TypeVar

from brieftex.fonts.face import Face
from brieftex.pdf.write.objects import Packing, array, literal, stream
from brieftex.pdf.write.reportlab_bridge import File, Written

# The text of a glyph that represents none of its own: a reader without support for
# /ActualText gets nothing visible. PDF/A forbids 0, FEFF and FFFE only; pdf.js leaves out
# format characters together with their advance.
_NO_TEXT = "\u200b"

# Blanks that fonts have, the rarest in text first; the space last.
_BLANKS = "\u2003\u2002\u2005\u2009\u3000\u00a0 "

# Ranges of a CMap: at most 100 to a block, and one first byte to a range
# (Adobe Technical Note 5014, CMap and CIDFont Files, 1.6).
_BLOCK = 100

_CMAP = b"""/CIDInit/ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000><FFFF>
endcodespacerange
%bendcmap
CMapName currentdict/CMap defineresource pop
end
end
"""


_T = TypeVar("_T")


class Font:
    """A face as embedded in the file.

    ``name`` is its resource name, ``codes`` the two bytes of each glyph, escaped for a literal
    string, ``widths`` their advances in 1/1000 em as written in the file, and ``texts`` their
    texts in ToUnicode. ``filler`` is the code and width of a blank glyph without text; a face
    without blanks has none.
    """

    def __init__(self, face: Face, name: str, texts: Mapping[int, str]) -> None:
        """``texts`` has every glyph used, with what ToUnicode should give for it."""
        self.name = name
        self._face = face
        self.texts = dict(texts)
        given = {gid: text or _NO_TEXT for gid, text in texts.items()}
        filler, stand_in = _blanks(face, texts)
        if filler in texts:
            # Where the filler is text, the other blank is drawn, under /ActualText if that is
            # text as well.
            self.texts[filler] = given.setdefault(stand_in, given[filler])
        if filler and (filler not in texts or filler != stand_in):
            given[filler] = _NO_TEXT
        self._subset = face.subset(tuple(given))
        self._packing = Packing(self._subset.program)
        mapping = self._subset.mapping
        self._given = sorted((mapping[gid], gid, text) for gid, text in given.items())
        self.codes = {gid: literal(new.to_bytes(2, "big"))[1:-1] for new, gid, _ in self._given}
        self.widths = {gid: _per_mille(face.advance(gid), face.upem) for gid in given}
        self.filler = (self.codes[filler], self.widths[filler]) if filler else None
        if filler in texts:
            self.codes[filler], self.widths[filler] = self.codes[stand_in], self.widths[stand_in]

    def add_to(self, file: File) -> bytes:
        """Add the font's objects; the reference to the Type0 font."""
        cff = self._subset.kind == "cff"
        base = f"{_tag(self._subset.program)}+{self._face.postscript_name}".encode("ascii")
        info = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        descendant = file.add(
            Written(
                b"<</Type/Font/Subtype/%b/BaseFont/%b/CIDSystemInfo%b/FontDescriptor %b%b%b>>"
                % (
                    b"CIDFontType0" if cff else b"CIDFontType2",
                    base,
                    info,
                    file.add(Written(self._descriptor(file, base))),
                    self._width_entry(),
                    b"" if cff else b"/CIDToGIDMap/Identity",
                )
            )
        )
        return file.add(
            Written(
                b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H"
                b"/DescendantFonts[%b]/ToUnicode %b>>"
                % (base, descendant, file.add(stream(b"", self._to_unicode())))
            )
        )

    def _descriptor(self, file: File, base: bytes) -> bytes:
        """The font descriptor (ISO 32000-1, 9.8), lengths in 1/1000 em."""
        subset, face = self._subset, self._face
        if subset.kind == "cff":
            program = b"/FontFile3 " + file.add(stream(b"/Subtype/CIDFontType0C", self._packing))
        else:
            program = b"/FontFile2 " + file.add(
                stream(b"/Length1 %d" % subset.length1, self._packing)
            )
        ascent, descent, cap_height, *box = (
            round(length * 1000 / face.upem)
            for length in (face.ascender, face.descender, face.cap_height, *face.bbox)
        )
        return (
            b"<</Type/FontDescriptor/FontName/%b/Flags 4/FontBBox%b/ItalicAngle %b"
            b"/Ascent %d/Descent %d/CapHeight %d/StemV %d%b>>"
        ) % (
            base,
            array(b"%d" % edge for edge in box),
            b"%g" % face.italic_angle,
            ascent,
            descent,
            cap_height,
            # The usual estimate: fonts do not say how thick their stems are.
            50 + (face.weight / 65) ** 2,
            program,
        )

    def _width_entry(self) -> bytes:
        """/W with the glyphs that are not one em wide, the default (ISO 32000-1, 9.7.4.3)."""
        face = self._face
        widths = ((new, _per_mille(face.advance(gid), face.upem)) for new, gid, _ in self._given)
        groups = _consecutive([entry for entry in widths if entry[1] != 1000])
        return b"/W" + array(
            b"%d" % group[0][0] + array(b"%g" % width for _, width in group) for group in groups
        )

    def _to_unicode(self) -> bytes:
        """The ToUnicode CMap (ISO 32000-1, 9.10.3): runs of codes with a text for each."""
        ranges = [
            b"<%04X><%04X>[%b]\n"
            % (group[0][0], group[-1][0], b"".join(b"<%b>" % _utf16_hex(text) for _, text in group))
            for group in _consecutive([(new, text) for new, _, text in self._given])
        ]
        blocks = (ranges[i : i + _BLOCK] for i in range(0, len(ranges), _BLOCK))
        return _CMAP % b"".join(
            b"%d beginbfrange\n%bendbfrange\n" % (len(block), b"".join(block)) for block in blocks
        )


def _consecutive(entries: Sequence[tuple[int, _T]]) -> Iterator[list[tuple[int, _T]]]:
    """Groups of entries whose codes follow one another and share their first byte."""
    numbered = enumerate(entries)
    for _, group in groupby(numbered, lambda pair: (pair[1][0] - pair[0], pair[1][0] >> 8)):
        yield [entry for _, entry in group]


def texts_of_glyphs(glyphs: Sequence[int], texts: Sequence[str]) -> dict[int, str]:
    """What ToUnicode gives for each glyph: the first text that it stands for, '' if it is
    only ever a later part of a cluster."""
    firsts = dict(zip(reversed(glyphs), reversed(texts), strict=True))
    if "" in firsts.values():
        for glyph, text in zip(glyphs, texts, strict=True):
            firsts[glyph] = firsts[glyph] or text
    return firsts


def _blanks(face: Face, texts: Mapping[int, str]) -> tuple[int, int]:
    """The blank glyph to fill gaps with, and the one to draw where the filler is text.

    The filler is one that is not used as text if there is any. Where a face has a single
    blank and uses it the two are the same: then pdf.js, which alone needs a filler that is
    read as nothing, guesses spaces. Glyph 0 stands for none.
    """
    found = {face.glyph(char): None for char in _BLANKS}
    blanks = [gid for gid in found if gid and face.advance(gid) > 0]
    if not blanks:
        return 0, 0
    unused = [gid for gid in blanks if gid not in texts]
    return (unused or blanks)[0], blanks[-1]


def _tag(program: bytes) -> str:
    """Six capitals that mark a subset (ISO 32000-1, 9.6.4), the same for the same program."""
    value = int.from_bytes(sha256(program).digest()[:8], "big")
    return "".join(chr(ord("A") + value // 26**i % 26) for i in range(6))


def _per_mille(advance: int, upem: int) -> float:
    """An advance in 1/1000 em, to two decimals: at 100 pt that is 1/1000 pt."""
    return round(advance * 1000 / upem, 2)


def _utf16_hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().upper().encode("ascii")
