"""Copies of glyphs with other white, read by fontTools and HarfBuzz."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from brieftex.fonts.face import Face
from brieftex.fonts.spaced import SpacedGlyph, with_spaced

FONTS = Path(__file__).parents[3] / "fonts"
SERIF = Face(FONTS / "NotoSerifSC-Regular.ttf")
TINOS = Face(FONTS / "Tinos-Regular.ttf")


def outline(font: TTFont, number: int) -> list[tuple[str, tuple[tuple[float, float], ...]]]:
    """The contours of a glyph, without components."""
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[font.getGlyphName(number)].draw(pen)
    return pen.value


def subset_of(face: Face, text: str) -> tuple[bytes, list[int]]:
    """The program of some characters, and their glyphs in it."""
    glyphs = [face.glyph(char) for char in text]
    subset = face.subset(glyphs)
    return subset.program, [subset.mapping[glyph] for glyph in glyphs]


@pytest.mark.parametrize("face", [SERIF, TINOS], ids=["serif", "tinos"])
def test_a_copy_has_the_outline_and_more_white(face: Face) -> None:
    """Ensures that ink stays as it is, moved by the white before it, in composites as well."""
    program, glyphs = subset_of(face, "27aé ")
    copies = [SpacedGlyph(g, b, a) for g in glyphs for b, a in ((256, 0), (0, 125), (-64, -3))]
    made = with_spaced(program, copies)
    font = TTFont(BytesIO(made), checkChecksums=2)
    own = TTFont(BytesIO(program))
    count = own["maxp"].numGlyphs
    assert font["maxp"].numGlyphs == count + len(copies)
    old, new = own["hmtx"].metrics, font["hmtx"].metrics
    reader = hb.Font(hb.Face(made))
    for number in range(count):
        assert outline(font, number) == outline(own, number)
        assert new[font.getGlyphName(number)] == old[own.getGlyphName(number)]
    for number, copy in enumerate(copies, count):
        steps = [
            (step, tuple((x + copy.before, y) for x, y in points))
            for step, points in outline(own, copy.glyph)
        ]
        assert outline(font, number) == steps
        advance, bearing = old[own.getGlyphName(copy.glyph)]
        wanted = advance + copy.before + copy.after
        assert new[font.getGlyphName(number)] == (wanted, bearing + copy.before)
        assert reader.get_glyph_h_advance(number) == wanted
        if steps:
            assert reader.get_glyph_extents(number).x_bearing == bearing + copy.before


def test_what_the_tables_count_is_true() -> None:
    """Ensures the numbers that readers reserve room by."""
    program, glyphs = subset_of(TINOS, "é")
    font = TTFont(BytesIO(with_spaced(program, [SpacedGlyph(glyphs[0], 512, 4096)])))
    written = font["maxp"], font["hhea"].advanceWidthMax
    kept = [getattr(written[0], key) for key in vars(written[0]) if key.startswith("max")]
    font["maxp"].recalc(font)
    font["hhea"].recalc(font)
    again = [getattr(font["maxp"], key) for key in vars(font["maxp"]) if key.startswith("max")]
    assert all(one >= other for one, other in zip(kept, again, strict=True))
    assert written[1] == font["hhea"].advanceWidthMax


def test_a_large_program_gets_long_offsets() -> None:
    """Ensures that copies beyond the 131,070 bytes of short offsets are found."""
    program, glyphs = subset_of(TINOS, "2")
    copies = [SpacedGlyph(glyphs[0], white, 0) for white in range(7000)]
    made = TTFont(BytesIO(with_spaced(program, copies)))
    formats = [font["head"].indexToLocFormat for font in (TTFont(BytesIO(program)), made)]
    assert formats == [0, 1]
    assert made["glyf"]["glyph07001"].components[0].x == 6999
