"""Faces as they are used: lookups, measures, and subsets read back by fontTools."""

from __future__ import annotations

import io
import random
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from helpers.cases import each
from helpers.fontfiles import BRIEFTEST, bundled_face

from brieftex.fonts.face import Face, ShapedText, is_ideograph
from brieftex.fonts.locations import bundled_folder
from brieftex.fonts.sfnt import may_embed, read_face_names
from brieftex.text.classify import classify
from brieftex.text.clreq import CharClass

FANG, SERIF = "FandolFang-Regular.otf", "NotoSerifSC-Regular.ttf"
BUNDLED = ("FandolFang-Regular.otf", "FandolKai-Regular.otf", "NotoSansSC-Medium.ttf",
           "NotoSerifSC-Bold.ttf", "NotoSerifSC-Regular.ttf")  # fmt: skip
TEXT = "党委政策研究室，“2024年”——…（A·b）国"


@pytest.fixture(params=BUNDLED)
def face(request: pytest.FixtureRequest) -> Face:
    return bundled_face(request.param)


def opened(file: Path | io.BytesIO) -> TTFont:
    """The font as fontTools reads it. Glyphs of TrueType are called by their numbers: to make up
    names for tens of thousands of them takes longer than the rest of a test."""
    font = TTFont(file)
    if "glyf" in font:
        font.setGlyphOrder([f"g{k}" for k in range(font["maxp"].numGlyphs)])
    return font


def drawn(glyph_set: Any, name: str) -> list[tuple[str, tuple[Any, ...]]]:
    pen = RecordingPen()
    glyph_set[name].draw(pen)
    value: list[tuple[str, tuple[Any, ...]]] = pen.value
    return value


def cff_top(program: bytes) -> Any:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    return fonts.topDictIndex[0]


def cff_drawn(program: bytes, gid: int) -> list[tuple[str, tuple[Any, ...]]]:
    top = cff_top(program)
    pen = RecordingPen()
    top.CharStrings[top.charset[gid]].draw(pen)
    value: list[tuple[str, tuple[Any, ...]]] = pen.value
    return value


# -- lookups ------------------------------------------------------------------------------


@each("code", [*range(0x20), 0x7F, 0x80, 0x9F, 0xD800])
def test_control_characters_and_surrogates_have_no_glyph(face: Face, code: int) -> None:
    assert face.glyph(chr(code)) == 0


def test_spaces_have_a_glyph_without_ink(face: Face) -> None:
    for char in " \u00a0\u3000":
        assert face.glyph(char) != 0
        assert face.ink(face.glyph(char)) is None


@pytest.mark.parametrize("char", "堃镕㙟𠅤")
def test_rare_characters_are_in_noto_alone(char: str) -> None:
    assert [name for name in BUNDLED if bundled_face(name).glyph(char)] == [
        name for name in BUNDLED if name.startswith("Noto")
    ]


def test_measures_agree_with_fonttools(face: Face) -> None:
    font = opened(face.path)
    cmap = font.getBestCmap()
    for char in set(TEXT):
        gid = face.glyph(char)
        assert gid == font.getGlyphID(cmap[ord(char)])
        assert face.advance(gid) == font["hmtx"][cmap[ord(char)]][0]
    assert face.upem == font["head"].unitsPerEm
    head = font["head"]
    assert face.bbox == (head.xMin, head.yMin, head.xMax, head.yMax)
    assert (face.ascender, face.descender) == (880, -120)
    assert face.weight == font["OS/2"].usWeightClass
    assert face.italic_angle == 0
    assert 650 < face.cap_height < 760
    assert face.is_cff == ("CFF " in font)


def test_names() -> None:
    assert bundled_face(FANG).family == "FandolFang"
    assert bundled_face("NotoSansSC-Medium.ttf").family == "Noto Sans SC"
    assert bundled_face("NotoSansSC-Medium.ttf").postscript_name == "NotoSansSC-Medium"


def test_ink_of_marks() -> None:
    face = bundled_face(FANG)
    left, right = face.ink(face.glyph("（")) or (0, 0)
    assert 500 < left < right <= 1000
    assert face.ink(face.glyph("—")) == (0, 1000)


# -- shapes -------------------------------------------------------------------------------


def test_shape_is_in_columns() -> None:
    face = bundled_face(SERIF)
    shape = face.shape("（Ab𠅤）")
    assert len(shape.glyphs) == len(shape.advances) == len(shape.offsets) == 5
    assert shape.clusters == (0, 1, 2, 3, 4)
    assert shape.glyphs[3] == face.glyph("𠅤")


def test_the_locale_does_not_change_the_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = []
    for locale in ("ja_JP.UTF-8", "C"):
        monkeypatch.setenv("LC_ALL", locale)
        shapes.append(bundled_face(SERIF).shape("骨直曜"))
    assert shapes[0] == shapes[1]


# -- subsets ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [n for n in BUNDLED if n.endswith(".otf")])
def test_a_cid_keyed_subset_has_cids_equal_to_glyph_ids(name: str) -> None:
    face = bundled_face(name)
    glyphs = [face.glyph(char) for char in TEXT]
    subset = face.subset(glyphs)
    charset = cff_top(subset.program).charset
    assert subset.kind == "cff"
    assert subset.program[:1] == b"\x01"  # a bare CFF table, no sfnt around it
    assert charset == [".notdef", *(f"cid{gid:05}" for gid in range(1, len(charset)))]
    assert sorted(subset.mapping.values()) == list(range(len(charset)))
    assert set(subset.mapping) == {0, *glyphs}


@pytest.mark.parametrize("name", BUNDLED)
def test_subsets_draw_the_same_outlines(name: str) -> None:
    face = bundled_face(name)
    font = opened(face.path)
    before = font.getGlyphSet()
    glyphs = sorted({face.glyph(char) for char in TEXT})
    subset = face.subset(glyphs)
    if subset.kind == "truetype":
        after = opened(io.BytesIO(subset.program))
        assert not {"cmap", "name", "OS/2", "post", "GSUB", "GPOS"} & set(after.keys())
        glyph_set = after.getGlyphSet()
    for gid in (0, *glyphs):
        new = subset.mapping[gid]
        old_outline = drawn(before, font.getGlyphName(gid))
        if subset.kind == "cff":
            assert cff_drawn(subset.program, new) == old_outline
        else:
            assert drawn(glyph_set, f"g{new}") == old_outline
            assert after["hmtx"][f"g{new}"][0] == face.advance(gid)


def test_a_subset_is_dense_small_and_repeatable(face: Face) -> None:
    glyphs = [face.glyph(char) for char in TEXT]
    subset = face.subset(glyphs)
    assert subset.mapping[0] == 0
    assert sorted(subset.mapping.values()) == list(range(len(subset.mapping)))
    assert len(subset.program) < 40_000
    again = bundled_face(face.path.name).subset([*reversed(glyphs), *glyphs])
    assert (again.program, again.mapping) == (subset.program, subset.mapping)


def test_a_subset_by_characters_is_that_by_glyphs(face: Face) -> None:
    """Ensures that what HarfBuzz is asked with makes no difference: that > comes along with <
    where characters are asked for, its mirror image."""
    characters = [char for char in TEXT + "<（é“①" if face.glyph(char)]
    glyphs = [face.glyph(char) for char in characters]
    known, asked = bundled_face(face.path.name), bundled_face(face.path.name)
    assert all(map(known.glyph, characters))
    by_characters, by_glyphs = known.subset(glyphs), asked.subset(glyphs)
    assert (by_characters.program, by_characters.mapping) == (by_glyphs.program, by_glyphs.mapping)


def test_a_subset_of_nothing_is_notdef(face: Face) -> None:
    assert dict(face.subset([]).mapping) == {0: 0}


# -- other kinds of font --------------------------------------------------------------------


def square(pen: Any, size: int) -> Any:
    pen.moveTo((0, 0))
    for point in ((0, size), (size, size), (size, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen


def built(builder: FontBuilder, path: Path, fs_type: int = 0) -> Face:
    builder.setupHorizontalMetrics(dict.fromkeys(builder.font.getGlyphOrder(), (500, 0)))
    builder.setupHorizontalHeader(ascent=0)
    builder.setupNameTable({"familyName": "Probe", "psName": "Probe (x)"})
    builder.setupOS2(fsType=fs_type, sTypoAscender=0)
    builder.setupPost()
    builder.save(path)
    return Face(path)


def started(is_ttf: bool) -> FontBuilder:
    builder = FontBuilder(1000, isTTF=is_ttf)
    builder.setupGlyphOrder([".notdef", "space", "A", "B", "blank"])
    builder.setupCharacterMap(
        {0x20: "space", 0x41: "A", 0x42: "B", 0x7530: "blank", 0x3164: "space"}
    )
    return builder


def name_keyed(path: Path) -> Face:
    builder = started(is_ttf=False)
    sizes = {".notdef": 10, "A": 300, "B": 400}
    strings = {}
    for name in builder.font.getGlyphOrder():
        pen = T2CharStringPen(500, None)
        strings[name] = (square(pen, sizes[name]) if name in sizes else pen).getCharString()
    builder.setupCFF("Probe", {}, strings, {})
    return built(builder, path)


def test_a_name_keyed_cff_subset_can_be_addressed_by_glyph_id(tmp_path: Path) -> None:
    face = name_keyed(tmp_path / "probe.otf")
    subset = face.subset([face.glyph("B")])
    new = subset.mapping[face.glyph("B")]
    top = cff_top(subset.program)
    assert new == 1
    assert not hasattr(top, "ROS") or top.charset[new] == "cid00001"
    assert cff_drawn(subset.program, new)[1][1] == ((0, 400),)


def test_a_visible_character_with_a_blank_glyph_counts_as_missing(tmp_path: Path) -> None:
    face = name_keyed(tmp_path / "probe.otf")
    assert face.glyph("田") == 0
    assert face.glyph("A") != 0
    assert face.glyph("\u3164") != 0  # the Hangul filler is blank by nature


def test_names_become_pdf_names_and_missing_measures_are_made_up(tmp_path: Path) -> None:
    face = name_keyed(tmp_path / "probe.otf")
    assert face.postscript_name == "Probex"
    assert (face.ascender, face.descender, face.cap_height) == (880, -120, 700)


def truetype(path: Path, fs_type: int = 0, *, variable: bool = False) -> Face:
    builder = started(is_ttf=True)
    outlines = {name: TTGlyphPen(None).glyph() for name in builder.font.getGlyphOrder()}
    outlines |= {n: square(TTGlyphPen(None), s).glyph() for n, s in (("A", 300), ("B", 400))}
    builder.setupGlyf(outlines)
    if variable:
        builder.setupNameTable({"familyName": "Probe"})
        builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
        wider = [(0, 0), (0, 0), (90, 0), (90, 0)] + [(0, 0)] * 4
        builder.setupGvar({"A": [TupleVariation({"wght": (0, 1, 1)}, wider)]})
    return built(builder, path, fs_type)


def test_a_variable_font_is_fixed_at_its_default(tmp_path: Path) -> None:
    face = truetype(tmp_path / "probe.ttf", variable=True)
    font = TTFont(io.BytesIO(face.subset([face.glyph("A")]).program))
    assert not {"fvar", "gvar"} & set(font.keys())
    font.setGlyphOrder([".notdef", "A"])
    assert drawn(font.getGlyphSet(), "A")[1][1] == ((0, 300),)


@pytest.mark.parametrize(
    ("fs_type", "allowed"),
    [(0, True), (2, False), (4, True), (6, True), (8, True), (0x102, False), (0x108, False),
     (0x200, False)],
)  # fmt: skip
def test_embedding_permissions(tmp_path: Path, fs_type: int, allowed: bool) -> None:
    truetype(tmp_path / "probe.ttf", fs_type)
    (names,) = read_face_names(tmp_path / "probe.ttf")
    assert may_embed(names.fs_type) is allowed


@pytest.mark.parametrize("content", [b"", b"not a font", b"\0\1\0\0\0\1" + b"\0" * 40])
def test_what_is_no_font_is_not_usable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "probe.ttf"
    path.write_bytes(content)
    assert not Face(path).usable
    assert not Face(tmp_path / "none.ttf").usable


def test_a_damaged_font_is_not_usable_or_can_be_used(tmp_path: Path) -> None:
    whole = BRIEFTEST.read_bytes()
    chance = random.Random(20260105)
    path = tmp_path / "torn.ttf"
    for _ in range(300):
        torn = bytearray(whole)
        for _ in range(20):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        path.write_bytes(torn)
        face = Face(path)
        if face.usable:
            face.shape("中文（A")
            glyphs = [face.glyph(char) for char in "中文（A"]
            assert face.subset(glyphs).program
            assert face.postscript_name
            assert face.cap_height
            assert len(face.bbox) == 4


def test_a_face_outlives_what_happens_to_its_file(tmp_path: Path) -> None:
    """Ensures that no copy, update or share that goes away ends the process with SIGBUS: a
    file that is mapped is cut off under the face's feet."""
    font = tmp_path / "x.ttf"
    shutil.copy(BRIEFTEST, font)
    code = (
        "import sys; from pathlib import Path; from brieftex.fonts.face import Face\n"
        "face = Face(Path(sys.argv[1])); face.upem\n"
        "open(sys.argv[1], 'wb').close()\n"
        "assert face.usable"
    )
    done = subprocess.run([sys.executable, "-c", code, str(font)], check=False)
    assert done.returncode == 0


def test_ideographs_of_bundled_faces_need_no_test() -> None:
    """Ensures what ``is_ideograph`` promises, by which these are neither tested nor shaped."""
    ideographs = [char for char in map(chr, range(0x3400, 0xA000)) if is_ideograph(char)]
    assert set(classify("".join(ideographs))) == {CharClass.HAN.value}
    for path in sorted(bundled_folder().glob("*.[ot]tf")):
        trusted, tested = Face(path, mapped=True), bundled_face(path.name)
        # Fandol has blank glyphs elsewhere; of Noto, whose faces are alike, a part will do.
        for char in ideographs[:: 1 if "Fandol" in path.name else 7]:
            assert trusted.glyph(char) == tested.glyph(char), (path.name, char)
            gid = trusted.glyph(char)
            alone = ShapedText((gid,), (trusted.advance(gid),), (0,), (0,)) if gid else None
            assert alone in (None, tested.shape(char)), (path.name, char)


def past_its_glyphs() -> bytes:
    """The test font with a cmap that maps every character to glyph 60000."""
    data = bytearray(BRIEFTEST.read_bytes())
    entry = data.index(b"cmap")
    (table,) = struct.unpack_from(">I", data, entry + 8)
    (count,) = struct.unpack_from(">H", data, table + 2)
    for record in range(count):
        (offset,) = struct.unpack_from(">I", data, table + 8 + 8 * record)
        at = table + offset
        segments = struct.unpack_from(">H", data, at + 6)[0] // 2
        assert struct.unpack_from(">H", data, at) == (4,)
        for k in range(segments - 1):
            (start,) = struct.unpack_from(">H", data, at + 16 + 2 * segments + 2 * k)
            struct.pack_into(">H", data, at + 16 + 4 * segments + 2 * k, (60000 - start) % 65536)
            struct.pack_into(">H", data, at + 16 + 6 * segments + 2 * k, 0)
    return bytes(data)


def test_a_character_whose_glyph_does_not_exist_is_lacking(tmp_path: Path) -> None:
    """Ensures that a damaged cmap sends its characters to the next face: the writer of the PDF
    looked for the glyph in vain."""
    path = tmp_path / "past.ttf"
    path.write_bytes(past_its_glyphs())
    face = Face(path)
    assert (face.glyph("一"), face.glyph("a")) == (0, 0)
    assert set(face.shape("一a").glyphs) == {0}
