"""One composite font per face: Type0, Identity-H (ISO 32000-1, 9.7).

All glyphs of the document are known before the first is drawn. A face is subset once, and
its codes are the glyph ids of the subset, two bytes each: code = CID = new glyph id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct

from brieftex.fonts.face import Face, Subset
from brieftex.fonts.spaced import SpacedGlyph, with_spaced
from brieftex.memory import NOTHING_KEPT, Memo
from brieftex.pdf.write.font_in_use import FontInUse
from brieftex.pdf.write.objects import Objects, Packing, array, literal, packed_stream, stream
from brieftex.pdf.write.reportlab_bridge import Written

# The text of a glyph that represents none of its own: a reader without support for
# /ActualText gets nothing visible. PDF/A forbids 0, FEFF and FFFE only; pdf.js leaves out
# format characters together with their advance.
NO_TEXT = "\u200b"

# Blanks that fonts have, the rarest in text first; the space last.
BLANKS = "\u2003\u2002\u2005\u2009\u3000\u00a0 "

# Entries of a CMap: at most 100 to a block (Adobe Technical Note 5014, CMap and CIDFont Files).
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


class Font(FontInUse):
    """A face as embedded in a file whose glyphs are all known before the first is drawn."""

    def __init__(
        self, face: Face, name: str, texts: Mapping[int, str], memo: Memo = NOTHING_KEPT
    ) -> None:
        """``texts`` has every glyph used, with what ToUnicode should give for it; ``memo`` may know
        a font of the same."""
        super().__init__()
        self.name = name
        self._face = face
        self._memo = memo
        self._key = (face, frozenset(texts.items())) if memo.keeps else ()
        made = memo.recall(("glyphs", self._key), lambda: _font_glyphs(face, texts))
        self.texts, self.codes, self.widths = made.texts, made.codes, made.widths
        self.filler, self._subset = made.filler, made.subset
        self._entries = [*made.entries]
        self._copies: dict[SpacedGlyph, int] = {}

    def _can_copy(self, gid: int) -> bool:
        if self._subset.kind == "truetype":
            return True
        parts = self._subset.parts
        return parts is not None and parts.can_copy(self._subset.mapping[gid])

    def _copy(self, gid: int, before: int, after: int) -> tuple[bytes, float, float]:
        upem = self._face.upem
        copy = SpacedGlyph(self._subset.mapping[gid], before * upem // 8, after * upem // 8)
        width = per_mille(self._face.advance(gid) + copy.before + copy.after, upem)
        code = self._copies[copy] = len(self._subset.mapping) + len(self._copies)
        self._entries.append((code, width, self.texts[gid]))
        return code_bytes(code), width, copy.before * 1000 / upem

    def add_to(self, file: Objects) -> bytes:
        """Add the font's objects, after which no copies are made; the reference to the Type0
        font. The program is compressed while other work goes on."""
        copies = tuple(self._copies)
        key = "file", self._key, copies
        return add_font(file, self._face, self._memo.recall(key, lambda: self._written(copies)))

    def _written(self, copies: Sequence[SpacedGlyph]) -> FontObjects:
        subset = self._subset
        if not copies:
            program = subset.program
        elif subset.parts is not None:
            program = subset.parts.with_copies(copies)
        else:
            program = with_spaced(subset.program, copies)
        return font_objects(Program(program, self._subset.kind == "cff"), self._entries)


class _FontGlyphs(Struct, frozen=True):
    """What is known of a font from its glyphs alone, as ``FontInUse`` has it."""

    texts: dict[int, str]
    codes: dict[int, bytes]
    widths: dict[int, float]
    filler: tuple[bytes, float] | None
    entries: tuple[FontEntry, ...]
    subset: Subset


def _font_glyphs(face: Face, wanted: Mapping[int, str]) -> _FontGlyphs:
    texts = dict(wanted)
    given = {gid: text or NO_TEXT for gid, text in wanted.items()}
    filler, stand_in = _blanks(face, wanted)
    if filler in wanted:
        # Where the filler is text, the other blank is drawn, under /ActualText if that is text as
        # well.
        texts[filler] = given.setdefault(stand_in, given[filler])
    if filler and (filler not in wanted or filler != stand_in):
        given[filler] = NO_TEXT
    subset = face.subset(tuple(given))
    mapping = subset.mapping
    widths = {gid: per_mille(face.advance(gid), face.upem) for gid in given}
    ordered = sorted(given, key=mapping.__getitem__)
    entries = tuple([(mapping[gid], widths[gid], given[gid]) for gid in ordered])
    codes = {gid: code_bytes(mapping[gid]) for gid in given}
    blank = (codes[filler], widths[filler]) if filler else None
    if filler in wanted:
        codes[filler], widths[filler] = codes[stand_in], widths[stand_in]
    return _FontGlyphs(texts, codes, widths, blank, entries, subset)


class Program(Struct, frozen=True):
    """A font program as it is embedded; ``cids`` leads from codes to the glyphs of a TrueType
    program, two bytes each, where they differ."""

    data: bytes
    cff: bool
    cids: bytes = b""


FontEntry: TypeAlias = tuple[int, float, str]
"""A code, its width in 1/1000 em, its text in ToUnicode."""


class FontObjects(Struct, frozen=True):
    """A program with what is written beside it: the mark of the subset, the program compressed,
    /W, and the ToUnicode CMap as it stands in the file."""

    program: Program
    mark: str
    packed: Packing
    widths: bytes
    to_unicode: bytes


def font_objects(program: Program, entries: Sequence[FontEntry]) -> FontObjects:
    """What is written of a font with these entries, in the order of their codes."""
    packing = Packing(program.data)
    cmap = packed_stream(b"", _to_unicode(entries))
    return FontObjects(program, _tag(program.data), packing, _width_entry(entries), cmap)


def add_font(file: Objects, face: Face, made: FontObjects) -> bytes:
    """Add a Type0 font (ISO 32000-1, 9.7); the reference to it."""
    program = made.program
    base = f"{made.mark}+{face.postscript_name}".encode("ascii")
    info = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    descriptor = file.add(Written(_descriptor(file, face, base, made)))
    if program.cids:
        mapping = b"/CIDToGIDMap " + file.add(stream(b"", program.cids))
    else:
        mapping = b"" if program.cff else b"/CIDToGIDMap/Identity"
    descendant = file.add(
        Written(
            b"<</Type/Font/Subtype/%b/BaseFont/%b/CIDSystemInfo%b/FontDescriptor %b%b%b>>"
            % (
                b"CIDFontType0" if program.cff else b"CIDFontType2",
                base,
                info,
                descriptor,
                made.widths,
                mapping,
            )
        )
    )
    return file.add(
        Written(
            b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H"
            b"/DescendantFonts[%b]/ToUnicode %b>>"
            % (base, descendant, file.add(Written(made.to_unicode)))
        )
    )


def _descriptor(file: Objects, face: Face, base: bytes, made: FontObjects) -> bytes:
    """The font descriptor (ISO 32000-1, 9.8), lengths in 1/1000 em."""
    program = made.program
    if program.cff:
        key, entries = b"/FontFile3 ", b"/Subtype/CIDFontType0C"
    else:
        key, entries = b"/FontFile2 ", b"/Length1 %d" % len(program.data)
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
        key + file.add(stream(entries, made.packed)),
    )


def _width_entry(entries: Sequence[FontEntry]) -> bytes:
    """/W with the glyphs that are not one em wide, the default (ISO 32000-1, 9.7.4.3)."""
    widths = [(code, width) for code, width, _ in entries if width != 1000]
    numbered = enumerate(widths)
    groups = groupby(numbered, lambda pair: pair[1][0] - pair[0])
    runs = ([entry for _, entry in group] for _, group in groups)
    return b"/W" + array(
        b"%d" % run[0][0] + array(b"%g" % width for _, width in run) for run in runs
    )


def _to_unicode(entries: Sequence[FontEntry]) -> bytes:
    """The ToUnicode CMap (ISO 32000-1, 9.10.3), code by code: Ghostscript does not read
    ranges that give a text for each."""
    lines = [f"<{code:04X}><{_utf16_hex(text)}>\n" for code, _, text in entries]
    blocks = (lines[i : i + _BLOCK] for i in range(0, len(lines), _BLOCK))
    return _CMAP % b"".join(
        b"%d beginbfchar\n%bendbfchar\n" % (len(block), "".join(block).encode("ascii"))
        for block in blocks
    )


def texts_of_glyphs(glyphs: Sequence[int], texts: Sequence[str]) -> dict[int, str]:
    """What ToUnicode gives for each glyph of a face, of which these are shown for these ``texts``:
    the first one that it stands for, '' if it is only ever a later part of a cluster.

    Glyphs stand in the order in which they are met from the end, in which a volume gives them
    codes."""
    made = dict(zip(reversed(glyphs), reversed(texts), strict=True))
    if "" in made.values():
        pairs = zip(reversed(glyphs), reversed(texts), strict=True)
        made.update((glyph, text) for glyph, text in pairs if text)
    return made


def merged_texts(parts: Sequence[Mapping[int, str]]) -> dict[int, str]:
    """The texts of the glyphs of several parts, each as ``texts_of_glyphs`` gives it, as it gives
    them of all together."""
    made: dict[int, str] = {}
    for part in reversed(parts):
        made.update(part)
    if "" in made.values():
        for part in reversed(parts):
            made.update((glyph, text) for glyph, text in part.items() if text)
    return made


def _blanks(face: Face, texts: Mapping[int, str]) -> tuple[int, int]:
    """The blank glyph to fill gaps with, and the one to draw where the filler is text.

    The filler is one that is not used as text if there is any. Where a face has a single
    blank and uses it the two are the same: then pdf.js, which alone needs a filler that is
    read as nothing, guesses spaces. Glyph 0 stands for none.
    """
    found = {face.glyph(char): None for char in BLANKS}
    blanks = [gid for gid in found if gid and face.advance(gid) > 0]
    if not blanks:
        return 0, 0
    unused = [gid for gid in blanks if gid not in texts]
    return (unused or blanks)[0], blanks[-1]


def _tag(program: bytes) -> str:
    """Six capitals that mark a subset (ISO 32000-1, 9.6.4), the same for the same program."""
    value = int.from_bytes(sha256(program).digest()[:8], "big")
    return "".join(chr(ord("A") + value // 26**i % 26) for i in range(6))


@cache  # there are no more than two bytes can tell
def code_bytes(number: int) -> bytes:
    """The bytes of a code, escaped for a literal string."""
    return literal(number.to_bytes(2, "big"))[1:-1]


@lru_cache(1024)  # most glyphs of a face are as wide as others
def per_mille(advance: int, upem: int) -> float:
    """An advance in 1/1000 em, to two decimals: at 100 pt that is 1/1000 pt."""
    return round(advance * 1000 / upem, 2)


@lru_cache(8192)
def _utf16_hex(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()
