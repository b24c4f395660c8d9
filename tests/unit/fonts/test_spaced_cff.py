"""Copies of glyphs in CFF programs, read by fontTools."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen

from brieftex.fonts.face import Face, Subset
from brieftex.fonts.spaced import SpacedGlyph
from brieftex.fonts.spaced_cff import CffProgram, CharStrings

FONTS = Path(__file__).parents[3] / "fonts"
FACES = [Face(FONTS / "FandolFang-Regular.otf"), Face(FONTS / "FandolKai-Regular.otf")]
WHITES = ((-500, 0), (0, -500), (125, 0), (0, 125), (-250, -250), (1000, 7))


def drawn(program: bytes) -> list[tuple[float, list[tuple[str, tuple[tuple[float, float], ...]]]]]:
    """The width and the contours of each glyph."""
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(program), None)
    top = fonts[0]
    found = []
    for name in top.charset:
        string, _ = top.CharStrings.getItemAndSelector(name)
        pen = RecordingPen()
        string.draw(pen)
        found.append((string.width, pen.value))
    return found


@pytest.mark.parametrize("face", FACES, ids=["fang", "kai"])
def test_a_copy_has_the_outline_and_more_white(face: Face) -> None:
    """Ensures that ink stays as it is, moved by the white before it, and nothing else changes."""
    glyphs = [face.glyph(char) for char in "中，。（《”—1a "]
    subset = face.subset(glyphs)
    found = CffProgram.of(subset.program)
    assert found is not None
    numbers = [subset.mapping[glyph] for glyph in glyphs]
    assert all(map(found.can_copy, numbers))
    copies = [SpacedGlyph(number, *white) for number in numbers for white in WHITES]
    made, own = drawn(found.with_copies(copies)), drawn(subset.program)
    assert made[: len(own)] == own
    for copy, (width, contours) in zip(copies, made[len(own) :], strict=True):
        old_width, old = own[copy.glyph]
        assert width == old_width + copy.before + copy.after
        assert contours == [
            (step, tuple((x + copy.before, y) for x, y in points)) for step, points in old
        ]


def test_more_glyphs_than_a_byte_counts() -> None:
    """Ensures that charset, FDSelect and CharStrings grow beyond one byte for each number."""
    face = FACES[0]
    subset = face.subset([face.glyph("，")])
    found = CffProgram.of(subset.program)
    assert found is not None
    copies = [SpacedGlyph(subset.mapping[face.glyph("，")], 0, white) for white in range(1, 700)]
    made = drawn(found.with_copies(copies))
    assert [width for width, _ in made[-699:]] == [1000 + white for white in range(1, 700)]


@pytest.mark.parametrize("face", FACES, ids=["fang", "kai"])
def test_a_subset_of_known_charstrings_is_harfbuzzs(
    face: Face, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches a second subset of a face with other bytes than it has alone: with other counts,
    above all where these begin to need a second byte, or with charstrings of other glyphs."""
    asked: list[int] = []
    made = Face._made_subset

    def counted(face: Face, glyphs: frozenset[int]) -> Subset:
        asked.append(len(glyphs))
        return made(face, glyphs)

    monkeypatch.setattr(Face, "_made_subset", counted)
    han = [glyph for code in range(0x4E00, 0x6000) if (glyph := face.glyph(chr(code)))]
    again = Face(face.path)
    for first, count in ((0, 300), (7, 255), (7, 256), (7, 257), (7, 258), (100, 500), (1, 400)):
        glyphs = han[first : first + count]
        subset, alone = again.subset(glyphs), Face(face.path).subset(glyphs)
        assert (subset.program, subset.mapping) == (alone.program, alone.mapping)
        assert (subset.parts, subset.kind) == (alone.parts, "cff")
    # All that are alone, and of the others the first, small ones and glyphs that were lacking.
    assert asked == [300, 300, 255, 255, 256, 256, 257, 258, 300, 500, 400]


def test_a_subset_with_other_glyphs_or_in_another_order_is_not_known() -> None:
    """Catches charstrings of a subset that took more glyphs along than it was asked for, or has
    them in another order than the face: a subset put together would lack them, or differ."""
    glyphs = frozenset(range(1, 400))
    subset = FACES[0].subset([*glyphs])
    assert subset.parts is not None
    for mapping in (subset.mapping, {**subset.mapping, 1: 2, 2: 1}, {**subset.mapping, 400: 400}):
        known = CharStrings()
        known.take(glyphs, subset.parts, mapping)
        assert (known.subset(glyphs) is not None) == (mapping is subset.mapping)


def test_programs_that_nothing_can_be_added_to() -> None:
    """Catches an exception, or a program with the wrong glyphs: there are no copies then."""
    program = FACES[0].subset([FACES[0].glyph("中")]).program
    for end in range(len(program)):
        assert CffProgram.of(program[:end]) is None
    assert CffProgram.of(program + b"\0") is None
    assert CffProgram.of(b"") is None
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({0x61: "a"})
    strings = {name: T2CharStringPen(600, None).getCharString() for name in (".notdef", "a")}
    builder.setupCFF("Named", {}, strings, {})
    file = BytesIO()
    builder.font["CFF "].cff.compile(file, builder.font)
    assert CffProgram.of(file.getvalue()) is None  # it is not CID-keyed


def test_any_byte_may_be_wrong() -> None:
    """Catches an exception for a damaged program."""
    program = bytearray(FACES[1].subset([FACES[1].glyph("，")]).program)
    for at, old in enumerate(bytes(program[:400])):
        for value in (0, 1, 12, 28, 29, 30, 255):
            program[at] = value
            found = CffProgram.of(bytes(program))
            if found is not None and found.can_copy(1):
                found.with_copies([SpacedGlyph(1, 5, 5)])
        program[at] = old
