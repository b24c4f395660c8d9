"""One font face: its glyphs, outlines, metrics and subset. HarfBuzz is used here alone.

Lengths here are in the font's own units; ``upem`` of them make an em.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, TypeAlias

import uharfbuzz as hb
from msgspec import Struct

from brieftex.fonts.misdrawn import MISDRAWN, TOLD_APART, confused
from brieftex.fonts.spaced_cff import CffProgram, CharStrings
from brieftex.source import read_regular

# Tables that PDF readers never use: the PDF's own dictionaries replace them.
_DROPPED = b"GSUB GPOS GDEF BASE VORG vhea vmtx name OS/2 post cmap STAT gasp meta"

_OUTLINES = ("glyf", "CFF ", "CFF2")

# Blank by design although Unicode classes them as symbols or letters.
_BLANK_BY_NATURE = frozenset("\u2800\u3164\u115f\u1160\uffa0")


FONT_LIMIT = 256 * 1024 * 1024
"""The largest font file that is read, in bytes: the largest Han collections have 150 MB."""

Stroke: TypeAlias = tuple[str, tuple[float, ...]]


def is_ideograph(char: str) -> bool:
    """Whether ``char`` is one of the Han characters whose glyphs in bundled faces need no test:
    there they are never blank, and shaping changes none (``tests/fonts`` looks at each)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


@cache
def _pen() -> hb.DrawFuncs:
    """Callbacks that append strokes to a list."""
    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, strokes: strokes.append(("M", (x, y))))
    pen.set_line_to_func(lambda x, y, strokes: strokes.append(("L", (x, y))))
    pen.set_quadratic_to_func(lambda a, b, x, y, strokes: strokes.append(("Q", (a, b, x, y))))
    pen.set_cubic_to_func(
        lambda a, b, c, d, x, y, strokes: strokes.append(("C", (a, b, c, d, x, y)))
    )
    pen.set_close_path_func(lambda strokes: strokes.append(("Z", ())))
    return pen


class ShapedText(Struct, frozen=True):
    """Shaped glyphs in columns: glyph ids, advances, x offsets (font units), and for each the
    offset of the first character of its cluster."""

    glyphs: tuple[int, ...]
    advances: tuple[int, ...]
    offsets: tuple[int, ...]
    clusters: tuple[int, ...]


class Subset(Struct, frozen=True):
    """The part of a face that a document embeds.

    ``made`` is a TrueType file (``truetype``, for FontFile2, with /CIDToGIDMap /Identity)
    or a bare CFF table (``cff``, for FontFile3 /CIDFontType0C), in parts if it can be added to. In
    both the CID of a glyph is its new id. ``mapping`` leads from the ids of the face to the new
    ones, which are dense and start with .notdef.
    """

    made: bytes | CffProgram
    kind: Literal["truetype", "cff"]
    mapping: Mapping[int, int]

    @property
    def parts(self) -> CffProgram | None:
        """A CFF program that can be added to."""
        return None if isinstance(self.made, bytes) else self.made

    @property
    def program(self) -> bytes:
        """The program's bytes."""
        return self.made if isinstance(self.made, bytes) else self.made.data


class Face:
    """A face of a font file, opened on first use.

    Equality and hash are identity: one build opens a face once.
    """

    def __init__(
        self, path: Path, index: int = 0, *, mapped: bool = False, beside: Face | None = None
    ) -> None:
        """``index`` selects a face of a collection (.ttc), which is read once for those that are
        made ``beside`` one another. A file that is ``mapped`` into memory must not change while
        the face is in use, or the process would be killed (SIGBUS)."""
        self.mapped = mapped
        self._beside = beside
        self.path = path
        self.index = index
        self._glyphs: dict[str, int] = {}
        self._shapes: dict[str, ShapedText] = {}
        self.refused: set[str] = set()  # those asked for that are ``confused``
        self._subset: tuple[frozenset[int], Subset] | None = None
        self._strings = CharStrings()

    @cached_property
    def _hb_face(self) -> hb.Face:
        return hb.Face(self._blob, self.index)

    @cached_property
    def _blob(self) -> hb.Blob:
        if self._beside is not None:
            return self._beside._blob  # noqa: SLF001  # it is of this class
        if self.mapped:  # only the pages used are read
            return hb.Blob.from_file_path(str(self.path))
        return hb.Blob(read_regular(self.path, FONT_LIMIT))

    @cached_property
    def _hb_font(self) -> hb.Font:
        return hb.Font(self._hb_face)

    @cached_property
    def _buffer(self) -> hb.Buffer:
        buffer = hb.Buffer()
        # Variation selectors without effect, joiners: no glyphs of their own.
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        return buffer

    @cached_property
    def usable(self) -> bool:
        """Whether the file can be opened and subset, and has outlines."""
        try:
            return not self._tables.isdisjoint(_OUTLINES) and bool(self.subset([]).program)
        except (
            hb.HarfBuzzError,
            OSError,
            RuntimeError,
            ValueError,
        ):  # a table's tag may not be ASCII
            return False

    @cached_property
    def upem(self) -> int:
        """Font units to the em."""
        return int(self._hb_face.upem)

    @cached_property
    def _tables(self) -> frozenset[str]:
        return frozenset(self._hb_face.table_tags)

    @cached_property
    def is_cff(self) -> bool:
        """Whether the outlines are CFF (cubic), not TrueType."""
        return "glyf" not in self._tables

    @cached_property
    def family(self) -> str:
        """The family's name in English, for messages and the PDF."""
        ids = hb.OTNameIdPredefined
        names = (self._hb_face.get_name(n, "en") for n in (ids.TYPOGRAPHIC_FAMILY, ids.FONT_FAMILY))
        return next(filter(None, names), self.path.stem)

    @cached_property
    def postscript_name(self) -> str:
        """The PostScript name, reduced to characters that a PDF name holds without escapes."""
        name = self._hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME, "en") or ""
        kept = "".join(c for c in name if "!" <= c <= "~" and c not in "[](){}<>/%#")
        return kept or f"Face{self.index}"

    def glyph(self, char: str) -> int:
        """The glyph of one character, 0 if the face has none.

        It is also 0 for control characters, and for visible characters whose glyph is blank:
        some fonts, Fandol among them, map these to the space, and text would vanish unnoticed.
        So it is for characters that the face is known to draw as another, or cannot be told
        from another where that matters (``confused``); the latter are added to ``refused``.
        """
        gid = self._glyphs.get(char)
        if gid is None:
            gid = self._nominal(char)
            if gid and char in self._misdrawn:
                gid = 0
            elif gid and char in TOLD_APART and char in self.confused:
                self.refused.add(char)
                gid = 0
            self._glyphs[char] = gid
        return gid

    def begin_issue(self) -> None:
        """Forget which characters were ``refused``: an issue is told of its own alone."""
        for char in self.refused:
            self._glyphs.pop(char, None)
        self.refused.clear()

    def _nominal(self, char: str) -> int:
        """The glyph that the cmap names. 0 for none, for controls, for a number beyond the glyphs
        of the font, and for a visible character whose glyph is blank; only the ideographs of a
        face that is mapped into memory, which is one of brieftex's own, are taken as they are."""
        if self.mapped and is_ideograph(char):
            return self._hb_font.get_nominal_glyph(ord(char)) or 0
        category = unicodedata.category(char)
        gid = 0 if category in ("Cc", "Cs") else self._hb_font.get_nominal_glyph(ord(char)) or 0
        if gid >= self.glyph_count:
            return 0
        visible = category[0] not in "ZCM" and char not in _BLANK_BY_NATURE
        return 0 if gid and visible and self.ink(gid) is None else gid

    @cached_property
    def glyph_count(self) -> int:
        """How many glyphs there are: tables of a damaged font may name others."""
        return int(self._hb_face.glyph_count)

    @cached_property
    def _misdrawn(self) -> str:
        return MISDRAWN.get(self.postscript_name, "")

    @cached_property
    def confused(self) -> frozenset[str]:
        """Currency signs, digits and marks that the face draws alike; bundled faces are listed."""
        if self.postscript_name in MISDRAWN:
            return frozenset()
        return confused(lambda char: self.outline(gid) if (gid := self._nominal(char)) else ())

    def draws(self, text: str) -> bool:
        """Whether the face has glyphs for a character and the marks that combine with it,
        as they are or composed into one."""
        if len(text) == 1:
            return bool(self.glyph(text))
        return bool(self.glyph(text[0])) and 0 not in self.shape(text).glyphs

    def varies(self, char: str, selector: str) -> bool:
        """Whether the face knows a variation sequence (OpenType cmap, format 14)."""
        return self._hb_font.get_variation_glyph(ord(char), ord(selector)) is not None

    def advance(self, gid: int) -> int:
        """The advance width of a glyph."""
        return int(self._hb_font.get_glyph_h_advance(gid))

    def ink(self, gid: int) -> tuple[int, int] | None:
        """The left and right edge of a glyph's ink, from its origin; None if it is blank."""
        box = self._hb_font.get_glyph_extents(gid)
        if box is None or not box.width or not box.height:
            return None
        return box.x_bearing, box.x_bearing + box.width

    def ink_heights(self, gid: int) -> tuple[int, int] | None:
        """Top and bottom of a glyph's ink above the baseline; None if it is blank."""
        box = self._hb_font.get_glyph_extents(gid)
        if box is None or not box.width or not box.height:
            return None
        return box.y_bearing, box.y_bearing + box.height

    def outline(self, gid: int) -> tuple[Stroke, ...]:
        """The contours of a glyph, y upwards: each step is a letter and its points.

        ``M`` begins a contour, ``L`` is a line, ``Q`` and ``C`` are curves with one and two
        control points, ``Z`` closes the contour.
        """
        strokes: list[Stroke] = []
        self._hb_font.draw_glyph(gid, _pen(), strokes)
        return tuple(strokes)

    def shape(self, text: str) -> ShapedText:
        """Shape ``text`` from left to right, as simplified Chinese. Characters that the face lacks
        become glyph 0: check them with ``glyph`` first."""
        if (found := self._shapes.get(text)) is not None:
            return found
        buffer = self._buffer
        buffer.clear_contents()
        buffer.add_str(text)
        buffer.direction = "ltr"
        # Always set: HarfBuzz would otherwise take the language of the process's locale.
        buffer.language = "zh-Hans"
        buffer.guess_segment_properties()
        hb.shape(self._hb_font, buffer)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions or []
        glyphs = tuple([info.codepoint for info in infos])
        if not self.mapped and max(glyphs, default=0) >= self.glyph_count:
            glyphs = tuple([gid if gid < self.glyph_count else 0 for gid in glyphs])
        shape = self._shapes[text] = ShapedText(
            glyphs,
            tuple([position.x_advance for position in positions]),
            tuple([position.x_offset for position in positions]),
            tuple([info.cluster for info in infos]),
        )
        return shape

    def _field(self, tag: str, offset: int, layout: str) -> tuple[int, ...]:
        """Numbers from a table, zeros if it is too short or missing."""
        data = bytes(self._hb_face.reference_table(tag).data)[:128].ljust(128, b"\0")
        return struct.unpack_from(layout, data, offset)

    @cached_property
    def _heights(self) -> tuple[int, int]:
        # The typographic heights first: in Chinese faces they are about an em, while hhea holds
        # the tallest accent in some, and a selection would jump in height from face to face.
        for tag, offset in (("OS/2", 68), ("hhea", 4)):
            above, below = self._field(tag, offset, ">hh")
            if above > 0:
                return above, below
        return self.upem * 880 // 1000, -self.upem * 120 // 1000

    @property
    def ascender(self) -> int:
        """The height of the em box above the baseline."""
        return self._heights[0]

    @property
    def descender(self) -> int:
        """The depth of the em box below the baseline, a negative number."""
        return self._heights[1]

    @cached_property
    def cap_height(self) -> int:
        """The height of capital letters, measured on H where the font does not say."""
        if stated := self._hb_font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT):
            return int(stated)
        gid = self.glyph("H")
        return self._hb_font.get_glyph_extents(gid).y_bearing if gid else self.upem * 7 // 10

    @cached_property
    def bbox(self) -> tuple[int, int, int, int]:
        """The bounding box of all glyphs: left, bottom, right, top."""
        left, bottom, right, top = self._field("head", 36, ">4h")
        return left, bottom, right, top

    @cached_property
    def italic_angle(self) -> float:
        """Degrees counter-clockwise from the vertical: 0 upright, negative for italics."""
        return float(self._hb_font.get_style_value(hb.StyleTag.SLANT_ANGLE))

    @cached_property
    def weight(self) -> int:
        """The weight, 400 regular, 700 bold."""
        return int(self._hb_font.get_style_value(hb.StyleTag.WEIGHT))

    def subset(self, glyphs: Sequence[int], *, same_ids: bool = False) -> Subset:
        """The program that holds ``glyphs`` and .notdef; the same glyphs give the same bytes.
        With ``same_ids`` they keep the ids that they have in the face.

        A variable font is fixed at its default. Raises RuntimeError when HarfBuzz cannot
        subset the file: a damaged one, which is not ``usable``. The last one is kept: most edits
        of a text need no other glyphs. So are charstrings of CFF: another text needs few others.
        """
        wanted = frozenset(glyphs)
        if same_ids:
            return self._made_subset(wanted, same_ids=True)
        if self._subset is None or self._subset[0] != wanted:
            self._subset = wanted, self._put_together(wanted) or self._made_subset(wanted)
        return self._subset[1]

    def _put_together(self, wanted: frozenset[int]) -> Subset | None:
        """A subset made of what others had, and of one of the glyphs that they lacked."""
        lacking = self._strings.lacking(wanted)
        if lacking is None:
            return None
        if lacking:
            self._made_subset(lacking)
        made = self._strings.subset(wanted)
        return made and Subset(made[0], "cff", made[1])

    def _made_subset(self, glyphs: frozenset[int], *, same_ids: bool = False) -> Subset:
        flags = hb.SubsetFlags
        wanted = hb.SubsetInput()
        # Asked for glyphs, HarfBuzz turns the map of all characters round, which takes longer than
        # the rest where there are few; asked for characters it only looks these up.
        characters = {gid: ord(char) for char, gid in self._glyphs.items() if gid}
        if glyphs <= characters.keys():
            wanted.unicode_set.update(map(characters.__getitem__, glyphs))
        else:
            wanted.glyph_set.update(glyphs)
        wanted.flags = flags.NO_LAYOUT_CLOSURE | flags.NO_HINTING | flags.NOTDEF_OUTLINE
        wanted.flags |= flags.NO_BIDI_CLOSURE  # > does not come along with <
        if same_ids:
            wanted.flags |= flags.RETAIN_GIDS
        if self.is_cff:
            # With the identity charset the CID of a glyph is its new id, also in CID-keyed
            # fonts; where the font is not CID-keyed PDF takes the CID as the glyph id anyway.
            wanted.flags |= flags.DESUBROUTINIZE | flags.CFF_IDENTITY_CHARSET | flags.DOWNGRADE_CFF2
        if self._hb_face.has_var_data:
            wanted.pin_all_axes_to_default(self._hb_face)
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _DROPPED.split())
        plan = hb.SubsetPlan(self._hb_face, wanted)
        result, mapping = plan.execute(), dict(plan.old_to_new_glyph_mapping)
        if not self.is_cff:
            return Subset(bytes(result.blob.data), "truetype", mapping)
        program = bytes(result.reference_table("CFF ").data)
        parts = CffProgram.of(program)
        if parts is not None and not same_ids:
            self._strings.take(glyphs, parts, mapping)
        return Subset(parts or program, "cff", mapping)
