from __future__ import annotations

from itertools import pairwise

import pytest
from helpers.cases import each
from helpers.fontfiles import bundled_face
from helpers.specimens import CHAR, EM, FONT, shaper
from msgspec.structs import astuple, replace

from brieftex.fonts.face import Face, ShapedText
from brieftex.fonts.locations import bundled_folder
from brieftex.fonts.report import FontBook, Role
from brieftex.styled.styles import CharStyle
from brieftex.text.pieces import Piece
from brieftex.text.shaping import SCRIPT_SCALE, PieceTable, Shaper, missing_characters


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
    face = bundled_face("FandolFang-Regular.otf")
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
    face = bundled_face(name)
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


@pytest.mark.parametrize("char", "一国㐂龥")
def test_a_han_character_is_made_as_any_wide_one(table: PieceTable, char: str) -> None:
    """Ensures that the short way for ideographs leads to the same piece."""
    assert astuple(table[char]) == astuple(table._wide(char))


def test_sizes_have_tables_of_their_own() -> None:
    """Ensures that a heading's characters do not come in the body's size."""
    assert shaper().table(CharStyle("body", 2 * EM))["中"].width == 2 * EM


def test_fallback_goes_by_character() -> None:
    """Ensures that one letter the first face lacks does not send its whole word elsewhere,
    and that what follows returns."""
    latin = bundled_face("Tinos-Regular.ttf")
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
    assert missing_characters("中龘龘", found.missing) == [(1, 2), (2, 3)]
    # Only what a text has is looked for in it: at its beginning, too, and without it for nothing.
    assert missing_characters("龘中", found.missing) == [(0, 1)]
    assert missing_characters("中", found.missing) == []


def test_combining_marks_stay_with_their_base() -> None:
    """Ensures that a Han character with a mark above is one cluster and loses neither."""
    face = bundled_face("Tinos-Regular.ttf")
    table = Shaper(FontBook({"body": Role((face,), (face,))}, ())).table(CHAR)
    pieces = table.cluster("e\u0301")
    assert len(pieces) == 1
    assert "".join(pieces[0].texts) == "e\u0301"


def test_a_tilde_that_looks_like_an_accent_is_passed_over() -> None:
    """Ensures that ～ is drawn by a face whose wave fills its cell: Fandol Kai's is a small
    raised one (typography.md 1.3)."""
    kai = bundled_face("FandolKai-Regular.otf")
    serif = bundled_face("NotoSerifSC-Regular.ttf")
    table = Shaper(FontBook({"body": Role((kai, serif), (kai,))}, ())).table(CHAR)
    assert table["～"].face is serif
    assert table["中"].face is kai


KAI, SERIF, TINOS = "FandolKai-Regular.otf", "NotoSerifSC-Regular.ttf", "Tinos-Regular.ttf"


def chain(*names: str) -> Shaper:
    """A shaper whose one role has these bundled faces for Han and Latin alike."""
    faces = tuple(bundled_face(name) for name in names)
    return Shaper(FontBook({"body": Role(faces, faces)}, ()))


def pieces_and_marks(pieces: tuple[Piece, ...]) -> list[Piece]:
    return [one for piece in pieces for one in (piece, *piece.over)]


@pytest.mark.parametrize("mark", "\u0301\u0300\u0323\u0336\u0338\u20dd\u20de\u0332")
def test_no_mark_is_joined_without_asking_its_face(mark: str) -> None:
    """Catches the empty box of a face without the mark, after Han and after Latin."""
    found = chain(KAI, SERIF, TINOS)
    table = found.table(CHAR)
    for pieces, text in (
        (table.cluster("字" + mark), "字" + mark),
        (table.word("xq" + mark), "q" + mark),
    ):
        drawn = pieces_and_marks(pieces)
        box = any(0 in piece.glyphs for piece in drawn)
        assert box == (text in found.missing)
        assert text in "".join(part for piece in drawn for part in piece.texts)
    assert set(found.missing) <= {"q\u20dd", "q\u20de"}


def test_marks_stand_over_their_han_character() -> None:
    """Catches an accent that lies on the strokes, beside its character, or that stretches the
    line; a stroke through two characters is one stroke."""
    table = chain(KAI, SERIF, TINOS).table(CHAR)
    (accented,) = table.cluster("字\u0301")
    (accent,) = accented.over
    assert accented.width == table["字"].width
    assert accent.width == 0
    ink, heights = accent.face.ink(accent.glyphs[0]), accent.face.ink_heights(accent.glyphs[0])
    top = accented.face.ink_heights(accented.glyphs[0])
    assert ink
    assert heights
    assert top
    middle = accent.xs[0] + (ink[0] + ink[1]) * EM // accent.face.upem // 2
    assert abs(middle - accented.width // 2) <= EM // 500
    gap = accent.rise + heights[1] * EM // accent.face.upem - top[0] * EM // accented.face.upem
    assert 0 < gap < EM // 10
    (struck,) = table.cluster("字\u0336")
    ink = struck.over[0].face.ink(struck.over[0].glyphs[0])
    assert ink
    width = (ink[1] - ink[0]) * EM * struck.over[0].stretch // 1000 // struck.over[0].face.upem
    assert abs(width - struck.width) <= EM // 200


def extent(piece: Piece) -> tuple[int, int, int, int]:
    """Left, right, bottom and top of the ink of a piece's first glyph, Sp."""
    face, gid = piece.face, piece.glyphs[0]
    across, up = face.ink(gid), face.ink_heights(gid)
    assert across
    assert up
    left, right = (piece.xs[0] + x * EM * piece.stretch // 1000 // face.upem for x in across)
    return left, right, *(piece.rise + y * EM // face.upem for y in reversed(up))


@pytest.mark.parametrize("names", [(TINOS, SERIF), (SERIF, TINOS)])
@pytest.mark.parametrize("text", ["x\u0304", "P\u0302", "e\u0302\u0301\u030c", "a\u0308\u0301"])
def test_marks_that_compose_no_letter_stand_over_it(text: str, names: tuple[str, ...]) -> None:
    """Catches the bar of x̄ beside its letter, and the second mark on the first."""
    found = chain(*names)
    *before, piece = found.table(CHAR).word("m" + text)
    assert (
        "".join(part for one in (*before, piece, *piece.over) for part in one.texts) == "m" + text
    )
    letter = extent(piece)
    assert piece.over
    for mark in map(extent, piece.over):
        assert abs(mark[0] + mark[1] - letter[0] - letter[1]) <= EM // 100
        assert 0 < mark[2] - letter[3] < EM // 3
        letter = letter[0], letter[1], letter[2], mark[3]
    assert [mark.width for mark in piece.over] == [0] * len(piece.over)
    assert not found.missing


def test_a_mark_below_stands_below() -> None:
    (piece,) = chain(TINOS, SERIF).table(CHAR).word("o\u0308\u0332")
    assert piece.texts == ("o\u0308",)  # ö is a glyph
    assert 0 < extent(piece)[2] - extent(piece.over[0])[3] < EM // 5
    (han,) = chain(KAI, SERIF, TINOS).table(CHAR).cluster("字\u0323\u0331")
    edges = [extent(han), *map(extent, han.over)]
    assert len(edges) == 3
    for above, below in pairwise(edges):
        assert 0 < above[2] - below[3] < EM // 10


def test_a_circle_around_a_letter_has_room() -> None:
    """Catches the ring of a⃝ printed over its neighbours, and its letter outside."""
    (piece,) = chain(TINOS, SERIF).table(CHAR).word("a\u20dd")
    left, right, *_ = extent(piece.over[0])
    assert left >= -EM // 100
    assert right <= piece.width + EM // 100
    assert left < extent(piece)[0] < extent(piece)[1] < right
    ink = piece.over[0].face.ink(piece.over[0].glyphs[0])
    assert ink
    assert piece.width == (ink[1] - ink[0]) * EM // piece.over[0].face.upem
    (letter,) = chain(TINOS, SERIF).table(CHAR).word("a")
    assert piece.xs[0] == (piece.width - letter.width) // 2


def test_a_mark_stands_over_a_letter_in_a_circle() -> None:
    """Ensures that an accent follows its letter into the middle of the circle."""
    (piece,) = chain(TINOS, SERIF).table(CHAR).word("x\u20dd\u0304")
    *_, accent = map(extent, piece.over)
    letter = extent(piece)
    assert len(piece.over) == 2
    assert abs(accent[0] + accent[1] - letter[0] - letter[1]) <= EM // 100


@each("selector", "\ufe00\ufe07\ufe0e\ufe0f\U000e0100\U000e01ef")
def test_a_selector_is_no_mark(selector: str) -> None:
    """Ensures that a character with a selector and a mark has one mark, and is copied whole."""
    found = chain(SERIF, TINOS)
    (piece,) = found.table(CHAR).cluster(f"字{selector}\u0301")
    assert len(piece.over) == 1
    assert "".join((*piece.texts, *piece.over[0].texts)) == f"字{selector}\u0301"
    assert not found.missing


def test_only_a_glyph_at_its_left_edge_stands_in_the_columns(table: PieceTable) -> None:
    """Ensures that what is drawn beside its place, left or right, or has marks, is not taken for a
    glyph of its own that needs no look at its piece."""
    piece = table["中"]
    assert piece.entry() == (piece.glyphs[0], "中", EM, piece.look, piece)
    for shift in (-1, 1):
        assert piece.moved(shift, EM).entry()[:3] == (0, "", EM)
    assert table.entries["·"][:3] == (0, "", EM // 2)
    assert table.word("ab")[0].entry()[:3] == (0, "", EM)


def test_han_characters_of_a_face_share_what_they_have_in_common() -> None:
    """Ensures that the entry of a character of a bundled face holds its glyph, and so does the
    piece made of it."""
    face = Face(bundled_folder() / "FandolFang-Regular.otf", mapped=True)
    table = Shaper(FontBook({"body": Role((face,), (face,))}, ())).table(CHAR)
    first, second = table.entries["中"], table.entries["文"]
    assert first[-1] is second[-1]
    assert (first[0], second[0]) == (face.glyph("中"), face.glyph("文"))
    assert table["文"].entry()[:-1] == second[:-1]
    assert table["文"].texts == ("文",)


class OfTwoGlyphs(Face):
    """The test font, but each character of two is drawn by the glyphs of both."""

    def shape(self, text: str) -> ShapedText:
        """The glyphs of the character, and of another behind it."""
        made = super().shape(text)
        more = super().shape("丄").glyphs
        return replace(
            made,
            glyphs=made.glyphs + more,
            advances=(*made.advances, 500),
            offsets=(0, 0),
            clusters=(0, 0),
        )


@each("char", "中①")
def test_a_character_of_several_glyphs_is_set_whole(char: str) -> None:
    """Ensures that a face may draw a wide character by more than one glyph: each has its place, the
    first its text, and the width is that of all."""
    face = OfTwoGlyphs(FONT)
    piece = Shaper(FontBook({"body": Role((face,), (face,))}, ())).table(CHAR)[char]
    assert piece.xs == (0, EM)
    assert piece.texts == (char, "")
    assert piece.width == EM + 500 * EM // face.upem


class OfHugeInk(Face):
    """The test font, but each glyph is said to have ink of a thousand em."""

    def ink(self, gid: int) -> tuple[int, int] | None:
        """A damaged font may say so."""
        return None if super().ink(gid) is None else (0, 1000 * self.upem)


@each("char", "·—～中")
def test_no_glyph_is_condensed_to_nothing(char: str) -> None:
    """Catches a stretch of 0, by which the place of every glyph after it would be divided."""
    face = OfHugeInk(FONT)
    piece = Shaper(FontBook({"body": Role((face,), (face,))}, ())).table(CHAR)[char]
    assert piece.stretch >= 1


@pytest.mark.parametrize(
    ("text", "printed"),
    [("1\ufe0f\u20e3", "①"), ("9\u20e3", "⑨"), ("0\ufe0f\u20e3", "⓪"), ("#\ufe0f\u20e3", "#")],
)
def test_a_keycap_is_its_circled_digit(text: str, printed: str) -> None:
    """Catches a digit in an empty box: no bundled face has U+20E3."""
    found = chain(TINOS, SERIF)
    (piece,) = found.table(CHAR).word(text)
    assert piece.glyphs == (piece.face.glyph(printed),)
    assert piece.texts == (text,)  # it is copied as it was written
    assert found.missing == {text: printed}


def test_the_keycap_of_ten_is_one_character() -> None:
    """Catches a refusal: ⑩ stands for it as ① does for 1️⃣."""
    found = chain(TINOS, SERIF)
    piece = found.table(CHAR)["🔟"]
    assert piece.glyphs == (piece.face.glyph("⑩"),)
    assert piece.texts == ("🔟",)
    assert found.missing == {"🔟": "⑩"}
    assert chain(TINOS).table(CHAR)["🔟"].glyphs == (0,)


@pytest.mark.parametrize(
    ("text", "printed"),
    [("☐", "□"), ("\uf0a3", "□"), ("\uf0b7", "•"), ("⋅", "·"),
     ("☑", "√"), ("✔\ufe0f", "√"), ("❌", "×"), ("➢", "▶"), ("⭐", "★"), ("⅐", "1⁄7"),
     ("𝑥", "x"), ("𝟏", "1"), ("𝛼", "α"), ("Ⅿ", "M"), ("㌬", "パーツ")],
)  # fmt: skip
def test_a_sign_that_no_face_has_is_printed_as_its_like(text: str, printed: str) -> None:
    """Catches a refusal of what chat programs and equations of Word put into texts, and a
    substitute that is printed in silence or copied instead of what was written."""
    found = chain(TINOS, SERIF)
    table = found.table(CHAR)
    for pieces in ([table[text]] if len(text) == 1 else [], table.word(text)):
        for piece in pieces:
            assert piece.glyphs == tuple(map(piece.face.glyph, printed))
            assert "".join(piece.texts) == text
    assert found.missing == {text: printed}


@each("text", ["葛\U000e0100", "神\ufe00"])
def test_a_form_that_no_face_has_is_told_of(text: str) -> None:
    """Catches a name that is printed in another form than the one typed, in silence."""
    found = chain(TINOS, SERIF)
    (piece,) = found.table(CHAR).cluster(text)
    assert piece.glyphs == (piece.face.glyph(text[0]),)
    assert found.missing == {text: text[0]}
    # At another size it was taken for a character with a mark, which is no longer missing.
    larger = replace(CHAR, size=2 * CHAR.size)
    (piece,) = found.table(larger).cluster(text)
    assert piece.glyphs == (piece.face.glyph(text[0]),)
    assert found.missing == {text: text[0]}


@each("text", "👍⏰㊣\ue000ẍ̂")
def test_what_has_no_like_is_refused_or_drawn(text: str) -> None:
    """Ensures that nothing stands for what only looks as if it had a substitute."""
    found = chain(TINOS, SERIF)
    found.table(CHAR).word(text)
    assert not any(found.missing.values())


def test_a_keycap_without_circled_digits_is_the_digit() -> None:
    """Ensures that a face with digits alone is enough."""
    found = chain(TINOS)
    (piece,) = found.table(CHAR).word("7\ufe0f\u20e3")
    assert piece.glyphs == (piece.face.glyph("7"),)
    assert found.missing == {"7\ufe0f\u20e3": "7"}


@pytest.mark.parametrize(("text", "base"), [("₂", "2"), ("⁵", "5"), ("⁻", "−"), ("ⁿ", "n")])
def test_scripts_are_set_from_ordinary_characters(text: str, base: str) -> None:
    """Ensures that what Noto has no glyph for is smaller, off the line and in the same face,
    not another face's, and that it is read as it was written."""
    piece = chain(SERIF, TINOS).table(CHAR).word("CO" + text)[-1]
    assert piece.face.path.name == SERIF
    assert piece.glyphs == (piece.face.glyph(base),)
    assert piece.texts == (text,)
    assert piece.scale == SCRIPT_SCALE
    # A raised digit, 0.7 em high before it is reduced, ends above capitals, a lowered one stands
    # across the baseline.
    top = piece.rise + piece.scale * EM * 7 // 10_000
    assert -EM // 5 < piece.rise < 0 < top if text == "₂" else EM * 7 // 10 < top < EM


def test_a_row_of_scripts_is_of_one_make() -> None:
    """Catches ² of the face beside a raised ⁻ in 10⁻²: two sizes in one exponent."""
    table = chain(SERIF, TINOS).table(CHAR)
    assert [piece.scale for piece in table.word("10\u207b\xb2")] == [1000] + [SCRIPT_SCALE] * 2
    assert [piece.scale for piece in table.word("m\xb2")] == [1000]


@pytest.mark.parametrize("name", [SERIF, "FandolFang-Regular.otf"])
def test_a_mark_is_centred_in_a_cell(name: str) -> None:
    """Ensures that the ink of a mark stands in the middle of the cell that it gets, with its blank
    behind it, wherever it stands in its own."""
    for char in "？！":
        mark = chain(name).table(CHAR)[char]
        assert mark.ink is not None
        for cell, blank in ((EM // 2, 0), (EM // 2, EM // 2), (3 * EM // 4, EM // 8)):
            made = mark.in_cell(cell, blank)
            assert 2 * made.xs[0] + sum(mark.ink) == pytest.approx(cell, abs=1)
            assert (made.width, made.left, made.right) == (cell + blank, 0, blank)


@pytest.mark.parametrize("name", [SERIF, KAI, "FandolFang-Regular.otf"])
def test_marks_fit_their_cells(name: str) -> None:
    """Ensures that the ink of a mark whose cell the standard states stands in the middle of it,
    with a tenth of it free at least: a solidus, which is half a cell, is condensed."""
    for char in "／·～…":
        piece = chain(name).table(CHAR)[char]
        ink = piece.face.ink(piece.glyphs[0])
        assert ink
        left, right = (piece.xs[0] + x * EM * piece.stretch // 1000 // piece.face.upem for x in ink)
        assert right - left <= piece.width * 91 // 100
        assert abs(left + right - piece.width) <= EM // 200
