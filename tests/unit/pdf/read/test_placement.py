"""Where text stands on a page, by our reader and by PDFium: they must agree."""

from __future__ import annotations

from io import BytesIO
from itertools import cycle, product
from typing import Any, TypeAlias

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from helpers.cases import each
from helpers.textpages import LETTERS, hexadecimal, made, ours, placed, shown
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftex.pdf.read.parse import BrokenPdfError, PdfFile
from brieftex.pdf.read.pieces import Placement, TextFragment
from brieftex.pdf.read.readback import Readback

Letter: TypeAlias = tuple[str, tuple[float, ...], float]
"""A letter, its box, and how well that is known, in points."""


def glyphs(found: Placement) -> list[Letter]:
    """Every glyph that shows something with its box. Of simple fonts no boxes are read."""
    return [
        (glyph.text, glyph.ink, 0.6 if piece.font.boxes else 3.5)
        for piece in found.pieces
        for glyph in piece.glyphs()
    ]


def theirs(data: bytes) -> list[Letter]:
    """What PDFium finds: every glyph that shows something with its box."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0]
        text = page.get_textpage()
        result = []
        for k in range(text.count_chars()):
            char = chr(pdfium.FPDFText_GetUnicode(text.raw, k))
            if char.strip() and not pdfium.FPDFText_IsGenerated(text.raw, k):
                result.append((char, text.get_charbox(k), 0.0))
        text.close()
        page.close()
    finally:
        document.close()
    return result


NUMBER = st.integers(-200, 200).map(lambda n: n / 10)
SMALL = st.integers(-20, 20).map(lambda n: n / 10)
TEXT = st.text(LETTERS + " ", min_size=1, max_size=4).filter(str.strip)


def written(*operators: str) -> st.SearchStrategy[bytes]:
    """One of some operators without operands."""
    return st.sampled_from([operator.encode() for operator in operators])


def spread(parts: list[Any]) -> bytes:
    """The operator that shows texts with numbers between them."""
    return b"[" + b" ".join(
        hexadecimal(part) if isinstance(part, str) else b"%g" % part for part in parts
    ) + b"] TJ"  # fmt: skip


STEP = st.one_of(
    TEXT.map(shown),
    TEXT.map(shown),
    st.lists(TEXT | st.integers(-900, 900), min_size=1, max_size=4).map(spread),
    TEXT.map(lambda text: hexadecimal(text) + b" '"),
    st.tuples(SMALL, SMALL, TEXT).map(
        lambda t: b'%g %g %b "' % (t[0], t[1], hexadecimal(t[2]))
    ),
    st.tuples(NUMBER, NUMBER).map(lambda t: b"%g %g Td" % t),
    st.tuples(NUMBER, NUMBER).map(lambda t: b"%g %g TD" % t),
    st.tuples(st.integers(20, 500), st.integers(20, 700)).map(
        lambda t: b"1 0 0 1 %d %d Tm" % t
    ),
    st.tuples(st.integers(100, 500), st.integers(100, 700)).map(
        lambda t: b"0 1.5 -1.5 0 %d %d Tm" % t
    ),
    st.tuples(st.integers(100, 500), st.integers(100, 700)).map(
        lambda t: b".8 .6 -.6 .8 %d %d Tm" % t
    ),
    st.just(b"T*"),
    TEXT.map(lambda text: b"/F1 11 Tf (" + text.encode() + b") Tj /F0 11 Tf"),
    TEXT.map(lambda text: b"/F1 9 Tf [(" + text.encode() + b") -99 (Q)] TJ /F0 9 Tf"),
    SMALL.map(lambda n: b"%g Tc" % n),
    SMALL.map(lambda n: b"%g Tw" % n),
    st.integers(50, 150).map(lambda n: b"%d Tz" % n),
    NUMBER.map(lambda n: b"%g TL" % n),
    NUMBER.map(lambda n: b"%g Ts" % n),
    st.integers(6, 30).map(lambda n: b"/F0 %d Tf" % n),
    st.tuples(NUMBER, NUMBER).map(lambda t: b"ET q 1.2 0 0 .9 %g %g cm BT 90 90 Td" % t),
    st.just(b"ET Q BT 200 300 Td"),
    st.just(b"ET /X0 Do BT 300 200 Td"),
    st.just(b"/Span <</Lang (>>\\)) /MCID 3>> BDC"),
    st.just(b"EMC"),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(STEP, max_size=14), st.lists(STEP, max_size=4), st.booleans())
def test_text_stands_where_pdfium_finds_it(
    steps: list[bytes], inner: list[bytes], ranges: bool
) -> None:
    """Ensures every operator that moves, sizes, spaces or shows text (ISO 32000-1, 9.3, 9.4),
    graphics states and forms among them."""
    begin = b"BT /F0 12 Tf 14 TL 1 0 0 1 100 500 Tm "
    form = (
        b"q 0 Tc 0 Tw 100 Tz 0 Ts 9 TL BT /F0 10 Tf 50 60 Td "
        + b"\n".join(i for i in inner if b"Do" not in i)
        + b" ET Q"
    )
    data = made(begin + b"\n".join(steps) + b"\n" + shown("Q") + b" ET", form, ranges=ranges)
    mine, others = glyphs(ours(data)), theirs(data)
    # PDFium leaves out a letter that is printed twice in nearly one place, so both are sets.
    assert [one for one in mine if not among(one, others)] == []
    assert [one for one in others if not among(one, mine)] == []


def among(one: Letter, many: list[Letter]) -> bool:
    """Whether one of many is the same letter in the same place."""
    char, box, near = one
    return any(
        char == letter
        and all(abs(a - b) < max(near, known) for a, b in zip(box, other, strict=True))
        for letter, other, known in many
    )


def test_a_form_ends_what_it_saves() -> None:
    """Ensures that a q without its Q inside a form is not ended by one outside."""
    form = b"q 2 0 0 2 0 0 cm"
    content = b"q 1 0 0 1 9 9 cm /X0 Do Q BT /F0 9 Tf 200 300 Td " + shown("Q") + b" ET"
    (piece,) = ours(made(content, form)).pieces
    assert piece.matrix == (1, 0, 0, 1, 200, 300)


def test_a_form_is_placed_by_its_matrix() -> None:
    """Ensures that this comes before what is outside, and that one of other than six numbers is
    none."""
    data = made(b"2 0 0 2 0 0 cm /X0 Do", b"BT /F0 9 Tf %b ET" % shown("A"))
    for matrix, wanted in (
        ([1, 0, 0, 1, 5, -7], (2, 0, 0, 2, 10, -14)),
        ([1, 0, 0, 1, 5], (2, 0, 0, 2, 0, 0)),
        ([1, 0, 0, 1, 5, -7, 3], (2, 0, 0, 2, 0, 0)),
        ([], (2, 0, 0, 2, 0, 0)),
    ):
        pdf = pikepdf.open(BytesIO(data))
        pdf.pages[0].Resources.XObject.X0.Matrix = pikepdf.Array(matrix)
        stream = BytesIO()
        pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        (piece,) = ours(stream.getvalue()).pieces
        assert piece.matrix == wanted


def pieces(content: bytes, form: bytes = b"") -> list[TextFragment]:
    """The pieces of a page with that content."""
    return ours(made(content, form)).pieces


def test_text_that_is_not_painted_is_no_piece() -> None:
    """Ensures it for render modes 3 and 7, for blanks, and only until the mode is changed."""
    text = shown("A")
    content = b"BT /F0 9 Tf 3 Tr %b 7 Tr %b 1 Tr %b 0 Tr %b %b ET" % (
        text, text, text, shown(" "), shown("bc"),
    )  # fmt: skip
    assert [piece.text for piece in pieces(content)] == ["A", "bc"]


def test_text_without_a_font_is_passed_over() -> None:
    """Ensures that an unknown font hides what is set in it, not what follows."""
    content = b"BT %b /Nix 9 Tf %b /F0 9 Tf %b ET" % (shown("A"), shown("b"), shown("c"))
    assert [piece.text for piece in pieces(content)] == ["c"]


def test_figures_are_numbered_and_what_they_hold_is_theirs() -> None:
    """Ensures it for marks inside a figure, for what follows, and for ends without a beginning."""
    text = [shown(char) for char in "AbcdgH"]
    content = (
        b"EMC BT /F0 9 Tf %b /Figure <</MCID 0>> BDC %b /Span BMC %b EMC %b EMC %b "
        b"/Figure BMC %b EMC ET" % tuple(text)
    )
    assert [piece.figure for piece in pieces(content)] == [0, 1, 1, 1, 0, 2]


def test_a_state_is_given_back() -> None:
    """Ensures that size, font and matrix end with Q, and that Q alone does no harm."""
    content = b"Q BT /F0 9 Tf ET q 2 0 0 2 0 0 cm BT /F0 5 Tf %b ET Q BT %b ET" % (
        shown("A"), shown("b"),
    )  # fmt: skip
    first, second = pieces(content)
    assert (first.size, first.matrix[0]) == (5, 2)
    assert (second.size, second.matrix[0]) == (9, 1)


@each(
    ("content", "count"),
    [
        (b"0 0 600 800 re f", 0),
        (b"-2 0 10 10 re f", 1),
        (b"0 -2 10 10 re f", 1),
        (b"595 10 7 10 re S", 1),
        (b"10 795 10 7 re B*", 1),
        (b"-0.9 10 5 5 re f", 0),
        (b"10 10 m 601.5 20 l S", 1),
        (b"10 10 m 20 20 30 30 40 802 c f*", 1),
        (b"-50 10 5 5 re n 10 10 5 5 re f", 0),
        (b"-50 10 5 5 re f -50 10 5 5 re f 10 10 5 5 re f", 2),
        (b"q 2 0 0 2 0 0 cm 290 10 20 10 re f Q", 1),
        (b"q 1 0 0 1 0 -20 cm 10 10 20 10 re f Q 10 10 20 10 re f", 1),
        (b"q 0 0 100 100 re W n -50 10 5 5 re f Q", 0),
        (b"q 0 0 100 100 re W* n -50 10 5 5 re f Q -50 10 5 5 re f", 1),
        (b"/X0 Do", 0),
        (b"BI /W 1 /H 1 /CS /G /BPC 8 ID -9 -9 re f EI 10 10 5 5 re f", 0),
        (b"BI /W 1 /H 1 /CS /G /BPC 8 ID x EI -10 10 5 5 re f", 1),
    ],
)
def test_ink_off_the_paper_is_counted(content: bytes, count: int) -> None:
    """Ensures it for each edge, from a point on, through matrices, and not where it is clipped."""
    assert ours(made(content, b"-50 10 5 5 re f")).outside == count


def test_forms_inside_forms_have_a_bound() -> None:
    """Ensures that a form which draws itself ends."""
    pdf = pikepdf.open(BytesIO(made(b"/X0 Do")))
    form = pdf.pages[0].Resources.XObject.X0
    form.write(b"/X0 Do")
    form.Resources.XObject = pikepdf.Dictionary(X0=form)
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    read = Readback(PdfFile(stream.getvalue()))
    assert read.sheets[0].broken
    with pytest.raises(BrokenPdfError):
        placed(read)


def test_widths_and_boxes_where_a_font_says_little() -> None:
    """Ensures the default width, and the middle of the cell for a glyph without a program."""
    pdf = pikepdf.open(BytesIO(made(b"BT /F0 10 Tf " + shown("Ab") + b" ET")))
    below = pdf.pages[0].Resources.Font.F0.DescendantFonts[0]
    del below.FontDescriptor["/FontFile2"]
    del below["/W"]
    below.DW = 700
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    (piece,) = ours(stream.getvalue()).pieces
    assert piece.end - piece.start == pytest.approx(14)
    first, second = piece.glyphs()
    assert first.ink == pytest.approx((0.7, 0, 6.3, 7))
    assert second.ink == pytest.approx((7.7, 0, 13.3, 7))
    assert second.cell == pytest.approx((7, -1.2, 14, 8.8))


@pytest.mark.parametrize(
    ("matrix", "upright"),
    [(b"1 0 0 1", True), (b"0 1 -1 0", True), (b"0 2 1 0", True), (b".8 .6 -.6 .8", False),
     (b"1 0 .2 1", False), (b"1 .2 0 1", False)],
)  # fmt: skip
def test_text_along_an_edge_is_upright(matrix: bytes, upright: bool) -> None:
    """Ensures it for the four directions, and not for slanted or turned text."""
    (piece,) = pieces(b"BT /F0 9 Tf %b 100 100 Tm %b ET" % (matrix, shown("A")))
    assert piece.upright is upright


@pytest.mark.parametrize("box", [[], [0, 0, 600], [0, 0, 600, 800, 7]])
def test_a_page_without_a_size_is_broken(box: list[int]) -> None:
    pdf = pikepdf.open(BytesIO(made(b"")))
    pdf.pages[0].obj.MediaBox = pikepdf.Array(box)
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pytest.raises(BrokenPdfError):
        ours(stream.getvalue())


def changed(content: bytes, change: Any) -> Placement:
    """What our reader finds on a page whose resources were changed."""
    pdf = pikepdf.open(BytesIO(made(content)))
    change(pdf, pdf.pages[0].Resources)
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return ours(stream.getvalue())


def test_fonts_that_are_no_objects_are_told_apart() -> None:
    """Ensures that two fonts that stand in the resources themselves have each its own widths."""

    def direct(_: pikepdf.Pdf, resources: Any) -> None:
        for name, width in (("/F5", 500), ("/F6", 900)):
            resources.Font[name] = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, FirstChar=65,
                BaseFont=pikepdf.Name.Tinos, Widths=[width],
            )  # fmt: skip

    found = changed(b"BT /F5 10 Tf (A) Tj /F6 10 Tf (A) Tj /F5 10 Tf (A) Tj ET", direct)
    assert [piece.end - piece.start for piece in found.pieces] == pytest.approx([5, 9, 5])


@pytest.mark.parametrize(
    ("matrix", "outside"),
    [
        (b"400 300 -90 400 100 50", 0),
        (b"300 0 0 300 -2 50", 1),
        (b"300 0 0 300 50 -2", 1),
        (b"400 300 300 400 0 50", 1),  # only its far corner is beyond the edge
        (b"400 100 300 -30 -90 20", 1),
        (b"300 0 -90 300 50 50", 1),
        (b"300 -90 0 300 50 50", 1),
    ],
)
def test_every_corner_of_a_picture_is_looked_at(matrix: bytes, outside: int) -> None:
    def picture(pdf: pikepdf.Pdf, resources: Any) -> None:
        resources.XObject.X1 = pdf.make_stream(
            b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip

    assert changed(b"q %b cm /X1 Do Q" % matrix, picture).outside == outside


def test_usual_operators_mean_the_same_one_by_one() -> None:
    """Ensures that nothing of a font, a place, a spacing and a string is lost or goes to another
    where these follow one another, which is one match of our reader: between them stands
    something that means nothing, and parts them, in the other page."""
    before = product((b"", b"/F0 20 Tf"), (b"", b"1 0 0 1 40 %d Tm"), (b"", b"3.5 Tc", b"0 Tc"))
    strings = cycle((shown("Ab"), spread(["x", -300, "Q"]), b"1 0 0 1 9 9 Tm", shown("gH")))
    steps = [b"BT", b"/F0 12 Tf"]
    for height, (parts, string) in enumerate(zip(before, strings, strict=False)):
        steps += [part.replace(b"%d", b"%d" % (30 * height)) for part in parts if part]
        steps.append(string)
    usual, parted = ours(made(b"\n".join(steps))), ours(made(b"\n0 Tw\n".join(steps)))
    assert len(usual.pieces) > 10
    assert len({(piece.size, piece.spacing) for piece in usual.pieces}) > 3
    assert glyphs(usual) == glyphs(parted)


@pytest.mark.parametrize(
    ("state", "box"),
    [
        (b"", (100, 198.8, 110, 208.8)),
        (b"50 Tz", (100, 198.8, 105, 208.8)),
        (b"150 Tz", (100, 198.8, 115, 208.8)),
        (b"3 Ts", (100, 201.8, 110, 211.8)),
        (b"2 0 0 3 100 200 Tm", (100, 196.4, 120, 226.4)),
        (b"-1 0 0 -1 100 200 Tm", (90, 191.2, 100, 201.2)),
    ],
)
def test_the_box_of_a_piece_is_that_of_its_cells(
    state: bytes, box: tuple[float, float, float, float]
) -> None:
    """Ensures it of a letter an em wide, and of the ink of it, which is as wide and as high."""
    pdf = pikepdf.open(
        BytesIO(made(b"BT /F0 10 Tf 1 0 0 1 100 200 Tm %b %b ET" % (state, shown("A"))))
    )
    below = pdf.pages[0].Resources.Font.F0.DescendantFonts[0]
    del below["/W"]
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    (piece,) = ours(stream.getvalue()).pieces
    (glyph,) = piece.glyphs()
    assert (piece.left, piece.bottom, piece.right, piece.top) == pytest.approx(box)
    assert glyph.cell == pytest.approx(box)
    left, bottom, right, top = piece.font.box(glyph.code)
    wide, high = (box[2] - box[0]), (box[3] - box[1])
    assert glyph.ink[2] - glyph.ink[0] == pytest.approx((right - left) * wide)
    assert glyph.ink[3] - glyph.ink[1] == pytest.approx((top - bottom) * high)


@pytest.mark.parametrize(
    "matrix", [(0.5, 0, 0, 0.5, 0, 0), (-1, 0, 0, 1, 300, 0), (2, 0, 0, 2, 0, 0)]
)
def test_every_matrix_counts(matrix: tuple[float, ...]) -> None:
    """Ensures it of those that make things smaller, mirrored and larger."""
    (piece,) = pieces(b"%g %g %g %g %g %g cm BT /F0 9 Tf %b ET" % (*matrix, shown("A")))
    assert piece.matrix == matrix


def test_forms_are_looked_into_as_deep_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures that as many forms as the bound says may stand in each other, and no more."""
    monkeypatch.setattr("brieftex.pdf.read.placement._DEEPEST", 3)
    for depth in (3, 4):
        pdf = pikepdf.open(BytesIO(made(b"/X0 Do", b"BT /F0 9 Tf %b ET" % shown("A"))))
        inner = pdf.pages[0].Resources.XObject.X0
        for _ in range(depth - 1):
            inner = pdf.make_stream(
                b"/X0 Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(X0=inner)),
            )  # fmt: skip
        pdf.pages[0].Resources.XObject.X0 = inner
        stream = BytesIO()
        pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        if depth == 3:
            assert [piece.text for piece in ours(stream.getvalue()).pieces] == ["A"]
        else:
            with pytest.raises(BrokenPdfError):
                ours(stream.getvalue())
