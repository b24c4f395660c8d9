"""No face draws a character as another: those that do are known, and asked for nothing."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from unicodedata import normalize

import pytest
from fontTools.ttLib import TTFont
from helpers.fontfiles import BRIEFTEST, bundled_face

from brieftex.fonts.face import Face
from brieftex.fonts.load import load_fonts
from brieftex.fonts.locations import bundled_folder
from brieftex.fonts.misdrawn import MISDRAWN
from brieftex.fonts.report import FaceChoice, FontBook, Origin, Role
from brieftex.input.theme.load import load_theme

FANDOL = ("FandolFang-Regular", "FandolKai-Regular")
FACES = sorted(path for path in bundled_folder().iterdir() if path.suffix in (".otf", ".ttf"))


@cache
def hanzi() -> tuple[str, ...]:
    """Every hanzi of GBK: GB 2312's two levels, and the traditional forms."""
    codes = (bytes((a, b)) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF))
    found = (code.decode("gbk", "ignore") for code in codes)
    return tuple(sorted({char for char in found if len(char) == 1 and "\u4e00" <= char < "\ua000"}))


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_no_two_hanzi_of_a_face_have_one_outline(path: Path) -> None:
    """Catches 餘 printed as 余: what has the outline of another character is in the table."""
    face = bundled_face(path.name)
    assert face.postscript_name in MISDRAWN
    assert face.confused == frozenset()
    boxes = defaultdict(list)  # few have one box, and only what has may have one outline
    for char in hanzi():
        if gid := face.glyph(char):
            boxes[face.ink(gid), face.ink_heights(gid)].append((char, gid))
    drawn = defaultdict(set)
    for box, glyphs in boxes.items():
        for char, gid in glyphs if len(glyphs) > 1 else ():
            # Noto's glyphs are the same where they look the same, and slower to draw.
            key = face.outline(gid) if path.stem in FANDOL else gid
            drawn[box, key].add(normalize("NFKC", char))
    alike = [chars for chars in drawn.values() if len(chars) > 1]
    assert alike in ([], [{"墫", "壿"}])  # one character in two forms


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_small_kana_are_small(path: Path) -> None:
    """Catches ヶ printed as ケ: Fandol's faces draw two of them at full size."""
    face = bundled_face(path.name)
    small = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
    for char, full in zip(small, "あいうえおつやゆよわかけアイウエオツヤユヨワカケ", strict=True):
        heights = []
        for each in (char, full):
            if gid := face.glyph(each):
                points = [y for _, xy in face.outline(gid) for y in xy[1::2]]
                heights.append(max(points) - min(points))
        assert len(heights) < 2 or heights[0] < 0.9 * heights[1], char


@pytest.mark.parametrize(
    ("name", "chars"), [(FANDOL[0], "鬱衹幹鬆臟醜滷餘鹼癥捨準￥™"), (FANDOL[1], "誠懲騁稱￥™")]
)
def test_what_was_seen_to_be_wrong_comes_from_another_face(name: str, chars: str) -> None:
    """Catches ￥ printed as ＄, 懲 as 誠 and 幹 as 干, which are near but not equal in outline."""
    face, other = bundled_face(f"{name}.otf"), bundled_face("NotoSerifSC-Regular.ttf")
    for char in chars:
        assert face.glyph(char) == 0
        assert other.glyph(char)
    for right in "干松丑余碱症舍准诚惩＄":
        assert face.glyph(right)


def test_a_face_of_the_office_is_asked_at_first_use(tmp_path: Path) -> None:
    """Ensures that a face which draws ￥ as ＄ draws neither, and is told of where one of them is
    used; full-width and half-width forms of one character may be alike."""
    font = TTFont(BRIEFTEST)
    for table in font["cmap"].tables:
        table.cmap[0xFF04] = table.cmap[0xFFE5]
        table.cmap[0xFF11] = table.cmap[0x31]
    font.save(tmp_path / "office.ttf")
    face = Face(tmp_path / "office.ttf")
    assert face.glyph("1")
    assert face.glyph("１") == face.glyph("1")
    choice = FaceChoice("body", "han", ("x",), "办公字体", face, Origin.SYSTEM)
    book = FontBook({"body": Role((face,), (face,))}, (choice,))
    assert book.confusions(lambda: "￥1") == ()  # nobody asked for it yet
    assert face.glyph("￥") == face.glyph("＄") == 0
    assert book.confusions(lambda: "1") == ()
    (finding,) = book.confusions(lambda: "￥1")
    assert finding.kind.code == "BT435"
    assert dict(finding.values)["chars"] == "＄￥"
    assert book.confusions() == (finding,)


def test_the_theme_has_a_right_glyph_for_every_hanzi() -> None:
    """Ensures that what a face does not get to draw is drawn, in the theme's own roles."""
    book = load_fonts(load_theme("briefing", bundled_folder()).fonts, None, bundled_only=True)
    for role in book.roles.values():
        assert [c for c in hanzi() if not any(face.glyph(c) for face in role.han)] == []
