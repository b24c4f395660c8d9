from __future__ import annotations

import pytest
from helpers.specimens import CHAR, EM, FONT, shaper

from brieftex.document.blocks import CharStyle
from brieftex.fonts.face import Face
from brieftex.fonts.load import bundled_folder
from brieftex.fonts.report import FontBook, Role
from brieftex.text.shaping import PieceTable, Shaper, missing_characters
from brieftex.units import pt


@pytest.fixture
def table() -> PieceTable:
    return shaper().table(CHAR)


@pytest.mark.parametrize(
    ("char", "width", "left", "right"),
    [
        ("中", 1, 0, 0),
        ("，", 1, 0, 0.5),
        ("。", 1, 0, 0.5),
        ("？", 1, 0, 0.5),
        ("）", 1, 0, 0.5),
        ("“", 1, 0.5, 0),
        ("《", 1, 0.5, 0),
        ("—", 1, 0, 0),
        ("…", 1, 0, 0),
        ("～", 1, 0, 0),
        ("·", 0.5, 0, 0),
        ("\u3000", 1, 0, 0),
    ],
)
def test_widths_and_blanks(
    table: PieceTable, char: str, width: float, left: float, right: float
) -> None:
    """Ensures that a mark's cell and the blank it may give come out of the face and the
    standard: the blank stops at its ink and at half an em."""
    piece = table[char]
    assert (piece.width / EM, piece.left / EM, piece.right / EM) == (width, left, right)


@pytest.mark.parametrize(("char", "most"), [("？", 0.33), ("！", 0.5), ("，", 0.5)])
def test_the_blank_is_measured_from_the_ink(char: str, most: float) -> None:
    """Ensures that a centred ？, as in Fandol, is not trimmed into its ink."""
    face = Face(bundled_folder() / "FandolFang-Regular.otf")
    piece = Shaper(FontBook({"body": Role((face,), (face,))}, ())).table(CHAR)[char]
    ink = face.ink(piece.glyphs[0])
    assert ink is not None
    assert 0 < piece.right <= most * EM
    assert piece.right <= (face.upem - ink[1]) * EM // face.upem + 1


def test_the_interpunct_is_centred_in_its_half_cell(table: PieceTable) -> None:
    """Ensures that the · of a face with a whole cell is moved, not only cut."""
    assert table["·"].xs == (-EM // 4,)


@pytest.mark.parametrize("name", ["NotoSerifSC-Regular.ttf", "FandolFang-Regular.otf"])
def test_dashes_meet(name: str) -> None:
    """Ensures that — fills its cell from edge to edge, so that —— has no hole: Noto's dash
    alone is 0.89 em."""
    face = Face(bundled_folder() / name)
    piece = Shaper(FontBook({"body": Role((face,), (face,))}, ())).table(CHAR)["—"]
    ink = face.ink(piece.glyphs[0])
    assert ink is not None
    left = piece.xs[0] + ink[0] * EM * piece.stretch // 1000 // face.upem
    right = piece.xs[0] + ink[1] * EM * piece.stretch // 1000 // face.upem
    assert abs(left) <= EM // 100
    assert abs(right - EM) <= EM // 100
    assert piece.width == EM


def test_words_are_shaped_whole(table: PieceTable) -> None:
    """Ensures that a Western word is one piece with its letters' origins."""
    (piece,) = table.word("word")
    assert piece.texts == ("w", "o", "r", "d")
    assert piece.xs == (0, EM // 2, EM, 3 * EM // 2)
    assert piece.width == 2 * EM


def test_pieces_are_made_once(table: PieceTable) -> None:
    """Ensures that a character costs the shaper one look, however often it occurs."""
    assert table["中"] is table["中"]
    assert table.word("ab") is table.word("ab")
    assert shaper().table(CHAR) is table


def test_sizes_have_tables_of_their_own() -> None:
    """Ensures that a heading's characters do not come in the body's size."""
    assert shaper().table(CharStyle("body", pt(32)))["中"].width == 2 * EM


def test_fallback_goes_by_character() -> None:
    """Ensures that one letter the first face lacks does not send its whole word elsewhere,
    and that what follows returns."""
    latin = Face(bundled_folder() / "Tinos-Regular.ttf")
    test = Face(FONT)
    table = Shaper(FontBook({"body": Role((test,), (test, latin))}, ())).table(CHAR)
    assert [(p.face, "".join(p.texts)) for p in table.word("caþe")] == [
        (test, "ca"),
        (latin, "þ"),
        (test, "e"),
    ]


def test_characters_that_no_face_has() -> None:
    """Ensures that a missing character is remembered, and set as the first face's .notdef so
    that the page stays whole."""
    found = shaper()
    piece = found.table(CHAR)["龘"]
    assert piece.glyphs == (0,)
    assert "龘" in found.missing
    assert missing_characters("中龘龘", found.missing) == [1, 2]


def test_combining_marks_stay_with_their_base() -> None:
    """Ensures that a Han character with a mark above is one cluster and loses neither."""
    face = Face(bundled_folder() / "Tinos-Regular.ttf")
    table = Shaper(FontBook({"body": Role((face,), (face,))}, ())).table(CHAR)
    pieces = table.cluster("e\u0301")
    assert len(pieces) == 1
    assert "".join(pieces[0].texts) == "e\u0301"


def test_a_tilde_that_looks_like_an_accent_is_passed_over() -> None:
    """Ensures that ～ is drawn by a face whose wave fills its cell: Fandol Kai's is a small
    raised one (typography.md 1.3)."""
    kai = Face(bundled_folder() / "FandolKai-Regular.otf")
    serif = Face(bundled_folder() / "NotoSerifSC-Regular.ttf")
    table = Shaper(FontBook({"body": Role((kai, serif), (kai,))}, ())).table(CHAR)
    assert table["～"].face is serif
    assert table["中"].face is kai
