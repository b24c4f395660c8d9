"""What a font's entries say of its codes: widths, characters, boxes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from helpers.textpages import made, program
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftex.pdf.read.content import Decoder, Faults
from brieftex.pdf.read.glyph_boxes import GlyphBoxes
from brieftex.pdf.read.metrics import CodeWidths, Metrics, PageFont
from brieftex.pdf.read.parse import PdfFile
from brieftex.pdf.read.pieces import IDENTITY, Glyph, TextFragment
from brieftex.pdf.read.readback import Readback

widths = st.integers(0, 1500)
lists = st.tuples(st.integers(0, 300), st.lists(widths, max_size=4))
ranges = st.tuples(st.integers(0, 300), st.integers(-2, 9), widths)


def font(name: str, change: Any = None) -> Metrics | None:
    """What is known of a font of the usual page once something in it is changed."""
    pdf = pikepdf.open(BytesIO(made(b"")))
    entries = pdf.pages[0].Resources.Font[name]
    if change is not None:
        change(pdf, entries)
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    read = Readback(PdfFile(stream.getvalue()))
    fonts = read.file.dictionary(
        read.file.dictionary(read.sheets[0].entries.get("Resources")).get("Font")
    )
    found = read.font(fonts[name.lstrip("/")])
    assert found is not None
    return found.metrics


@given(st.lists(lists | ranges, max_size=5), st.none() | widths)
@settings(max_examples=25)
def test_widths_of_codes(entries: list[tuple[Any, ...]], default: int | None) -> None:
    """Ensures both ways to list them (ISO 32000-1, 9.7.4.3), later entries before earlier ones, and
    the width of all other codes, which is an em where nothing is said."""
    listed: list[Any] = []
    wanted: dict[int, float] = {}
    for entry in entries:
        if len(entry) == 2:
            listed += [entry[0], list(entry[1])]
            wanted |= {entry[0] + k: width / 1000 for k, width in enumerate(entry[1])}
        else:
            first, more, width = entry
            listed += [first, max(0, first + more), width]
            wanted |= dict.fromkeys(range(first, max(0, first + more) + 1), width / 1000)

    def change(_: pikepdf.Pdf, entries: Any) -> None:
        entries.DescendantFonts[0].W = pikepdf.Array(listed)
        del entries.DescendantFonts[0]["/DW"]
        if default is not None:
            entries.DescendantFonts[0].DW = default

    found = font("/F0", change)
    assert found is not None
    assert found.wide
    assert dict(found.widths) == wanted
    assert found.widths[9999] == (1.0 if default is None else default / 1000)


@pytest.mark.parametrize(
    ("listed", "wanted"),
    [
        ([5], {}),  # cut off
        ([5, 6], {5: 1.0, 6: 1.0}),
        ([5, [100], 8], {5: 0.1}),
        ([0xFFFE, 0x20000, 300], {0xFFFE: 0.3, 0xFFFF: 0.3}),  # there are no more codes
        (["/A", ["/B", 7]], {0: 0.0, 1: 0.007}),
    ],
)
def test_widths_that_are_listed_badly(listed: list[Any], wanted: dict[int, float]) -> None:
    entries = pikepdf.Array(
        [pikepdf.Name(one) if isinstance(one, str) else
         pikepdf.Array([pikepdf.Name(i) if isinstance(i, str) else i for i in one])
         if isinstance(one, list) else one for one in listed]
    )  # fmt: skip
    found = font("/F0", lambda _, font: font.DescendantFonts[0].__setattr__("W", entries))
    assert found is not None
    assert dict(found.widths) == wanted


def test_codes_lead_to_glyphs_by_the_map() -> None:
    """Ensures that a code beyond the map shows the glyph of no character, and that without a map
    codes are glyphs (ISO 32000-1, 9.7.4.2)."""
    data, glyphs, _ = program()
    boxes = GlyphBoxes(lambda: data)
    a, b = glyphs["A"], glyphs["b"]
    mapping = b"".join(code.to_bytes(2, "big") for code in (0, b, a)) + b"\0"

    def change(pdf: pikepdf.Pdf, entries: Any) -> None:
        entries.DescendantFonts[0].CIDToGIDMap = pdf.make_stream(mapping)

    plain, mapped = font("/F0"), font("/F0", change)
    assert plain is not None
    assert mapped is not None
    assert boxes.box(a) != boxes.box(b) != boxes.box(0)
    assert [mapped.box(code) for code in range(5)] == [boxes.box(g) for g in (0, b, a, 0, 0)]
    assert [plain.box(code) for code in (a, b)] == [boxes.box(a), boxes.box(b)]


def test_simple_fonts() -> None:
    """Ensures that widths are counted from the first code, that others are half an em, and that
    glyphs of a font that is drawn by procedures are not known."""
    found = font("/F1")
    assert found is not None
    _, glyphs, wide = program()
    assert not found.wide
    assert [found.widths[ord(char)] for char in "AbQ"] == [wide[glyphs[c]] / 1000 for c in "AbQ"]
    assert [found.widths[code] for code in (31, 123, 250)] == [0.5] * 3
    assert found.box(ord("A")) == pytest.approx(
        (found.widths[65] / 10, 0, found.widths[65] * 0.9, 0.7)
    )
    simple = PageFont(Decoder(found.texts, 1), lambda: found)
    extent = pytest.approx(sum(map(found.widths.get, (65, 98, 32))))
    assert simple.string(b"<41 6220>", Faults()) == ((65, 98, 32), "Ab ", extent, False)
    assert font("/F1", lambda _, font: font.__setattr__("Subtype", pikepdf.Name.Type3)) is None
    assert font("/F0", lambda _, font: font.__setattr__("Encoding", pikepdf.Name.V)) is None
    assert font("/F0", lambda _, font: font.__setattr__("DescendantFonts", 5)) is not None


def test_strings_of_two_byte_codes() -> None:
    """Ensures that a last half of a code is passed over, and which strings show nothing."""
    texts = {1: "a", 2: " ", 3: "\u3000\u200b", 4: ""}
    metrics = Metrics(CodeWidths([(1, 0.5), (2, 0.25)], 2.0), texts, True, None)
    known, faults = PageFont(Decoder(texts), lambda: metrics), Faults()
    assert known.string(b"<000100020>", faults) == ((1, 2), "a ", 0.75, False)
    assert known.string(b"(\0\2\0\3\0\4)", faults) == ((2, 3, 4), " \u3000\u200b", 4.25, True)
    assert known.string(b"()", faults) == ((), "", 0, True)
    assert faults == Faults()
    for _ in range(2):  # what it shows is not known, and counted each time
        assert known.string(b"(\0\7)", faults) == ((7,), "\ufffd", 2.0, False)
    assert faults.unreadable == 2


def test_glyphs_know_what_they_stand_for() -> None:
    """Ensures that marks of punctuation and those that combine are told from letters and from what
    the file says nothing about."""
    texts = {1: "，", 2: "a", 3: "\u0301", 4: "", 5: "\u0301\u0308", 6: "e\u0301", 7: "—"}
    font = Metrics(CodeWidths([], 1.0), texts, True, None)
    piece = TextFragment(font, (), 9, 1, 0, 0, IDENTITY, 0, 9, 0, True, 0, 0, 9, 9)
    glyphs = [Glyph(piece, code, 0) for code in (*texts, 8)]
    assert [glyph.text for glyph in glyphs] == [*texts.values(), ""]
    assert [glyph.code for glyph in glyphs if glyph.mark] == [1, 7]
    assert [glyph.code for glyph in glyphs if glyph.combines] == [3, 5]


def test_a_code_beyond_the_map_is_the_glyph_of_no_character() -> None:
    """Ensures that it is the first one, and not the last."""

    class Boxes(GlyphBoxes):
        def box(self, glyph: int) -> tuple[float, float, float, float]:
            return (glyph,) * 4

    found = Metrics(CodeWidths([], 1.0), {}, True, Boxes(lambda: b""), (0, 2, 1))
    assert [found.box(code)[0] for code in range(5)] == [0, 2, 1, 0, 0]
