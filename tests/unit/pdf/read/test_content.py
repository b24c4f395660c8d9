"""What a content stream shows, by marked content, and what ToUnicode says."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from helpers.cases import each
from helpers.characters import UTF8
from hypothesis import given
from hypothesis import strategies as st

from brieftex.pdf.read.content import Decoder, PageContent, to_unicode
from brieftex.pdf.read.metrics import PageFont
from brieftex.pdf.read.operators import operations
from brieftex.pdf.read.parse import BrokenPdfError
from brieftex.pdf.read.pieces import IDENTITY
from brieftex.pdf.read.placement import DrawnForm, Resources, shown_page

LETTERS = {code: chr(0x4E00 + code) for code in range(1, 300)} | {5: "fi"}
PROPERTIES = {"P1": {"MCID": 7}, "P2": {"ActualText": b"\xfe\xff\x4e\x00"}}


def resources(**forms: bytes) -> Resources:
    """Two fonts, of one byte a code and of two, two property lists, and forms."""
    fonts = {
        "W": PageFont(Decoder(LETTERS), lambda: None),
        "S": PageFont(Decoder({c: chr(c) for c in range(32, 127)}, 1), lambda: None),
    }
    made: Resources = Resources(
        font=fonts.get,
        properties=lambda name: PROPERTIES.get(name, {}),
        drawn=lambda name: name in forms and DrawnForm(forms[name], IDENTITY, made),
    )
    return made


def read(data: bytes, **forms: bytes) -> PageContent:
    """The content read, on top of a chosen font."""
    content, _ = shown_page(b"/S 9 Tf " + data, resources(**forms), None)
    return content


def texts(content: PageContent) -> list[tuple[str, int | None, str]]:
    """Tag, number and text of each sequence."""
    return [(one.tag, one.mcid, one.text) for one in content.sequences]


@each(
    ("data", "want"),
    [
        (b"/P <</MCID 0>> BDC (ab) Tj (c) Tj EMC", [("P", 0, "abc")]),
        (
            b"/P<</MCID 0>>BDC(ab)Tj EMC /H <</MCID 1>>BDC <6364>Tj EMC",
            [("P", 0, "ab"), ("H", 1, "cd")],
        ),
        (b"/P /P1 BDC [(a) -20 (b) 3 <63>] TJ EMC", [("P", 7, "abc")]),
        # A font and the string behind it are one match: the font is that of the string.
        (
            b"/P <</MCID 0>> BDC /W 9 Tf 1 0 0 1 2 3 Tm 0 Tc [(\0\7) 4 (\0\x08)] TJ EMC",
            [("P", 0, LETTERS[7] + LETTERS[8])],
        ),
        (b"/P <</MCID 0>> BDC /W 9 Tf /S 8 Tf (a) Tj /W 9 Tf EMC", [("P", 0, "a")]),
        (b"/Artifact BMC (x) Tj EMC", [("Artifact", None, "x")]),
        (
            b"/P <</MCID 0>> BDC (a) Tj /Span <</Lang (en)>> BDC (b) Tj EMC (c) Tj EMC",
            [("P", 0, "abc")],
        ),
        (
            b"/P <</MCID 0>> BDC /Artifact BMC (x) Tj EMC (b) Tj EMC",
            [("P", 0, "b"), ("Artifact", None, "x")],
        ),
        (
            b"/P <</MCID 0>> BDC /Span <</MCID 1>> BDC (b) Tj EMC (a) Tj EMC",
            [("P", 0, "a"), ("Span", 1, "b")],
        ),
        (
            b"/P <</MCID 0>> BDC /Span <</ActualText (xy)>> BDC (abc) Tj EMC (d) Tj EMC",
            [("P", 0, "xyd")],
        ),
        (
            b"/P <</MCID 0>> BDC /Span<</ActualText<FEFF4E01>>>BDC [(a)]TJ EMC (d) Tj EMC",
            [("P", 0, "\u4e01d")],
        ),
        (b"/P <</MCID 0>> BDC /Span /P2 BDC (abc) Tj EMC (d) Tj EMC", [("P", 0, "\u4e00d")]),
        (
            (
                b"/P <</MCID 0/ActualText (x)>> BDC "
                b"/Span <</ActualText (y)>> BDC (a) Tj EMC (b) Tj EMC"
            ),
            [("P", 0, "x")],
        ),
        (
            (
                b"/P <</MCID 0/ActualText (x)>> BDC "
                b"/Span <</Lang (y)/ActualText (y)>> BDC (a) Tj EMC (b) Tj EMC"
            ),
            [("P", 0, "x")],
        ),
        (b"/P <</MCID 0>> BDC (a(b)\\)c\\\\) Tj EMC", [("P", 0, "a(b))c\\")]),
        (b"/P <</MCID 0>> BDC (EMC) Tj (BT /Q BMC) Tj EMC", [("P", 0, "EMCBT /Q BMC")]),
        (b"/P <</MCID 0/Q (>> BDC)/R <</S [1 2]>>>> BDC (a) Tj EMC", [("P", 0, "a")]),
        (
            b"/P <</MCID 0>> BDC /W 9 Tf <00010002> Tj /S 9 Tf (a) Tj EMC",
            [("P", 0, "\u4e01\u4e02a")],
        ),
        (b"/P <</MCID 0>> BDC q /W 9 Tf <0005> Tj Q (a) Tj EMC", [("P", 0, "fia")]),
        (b"Q /P <</MCID 0>> BDC (a) Tj EMC", [("P", 0, "")]),
        (b"/P <</MCID 0>> BDC /X Do (d) Tj EMC", [("P", 0, "formd")]),
        (b"/P <</MCID 0>> BDC BI /W 1 ID (a) Tj EMC EI (b) Tj EMC (c) Tj", [("P", 0, "b")]),
        (b"EMC EMC /P <</MCID 0>> BDC (a) Tj EMC", [("P", 0, "a")]),
        (
            b"/P <</MCID true>> BDC EMC /P <</MCID 1.5>> BDC (a) Tj EMC",
            [("P", 1, ""), ("P", None, "a")],
        ),
    ],
)
def test_text_goes_to_the_marked_content_it_stands_in(
    data: bytes, want: list[tuple[str, int | None, str]]
) -> None:
    """Ensures nesting, property lists, replacement texts, fonts, forms and inline images."""
    assert texts(read(data, X=b"(form) Tj")) == want


@each(
    ("data", "unmarked"),
    [
        (b"/P BMC (a) Tj 0 0 9 9 re f EMC", 0), (b"(a) Tj", 1), (b"(a) Tj <62> Tj", 2),
        (b"0 0 9 9 re f", 1), (b"0 0 9 9 re f*", 1), (b"0 0 m 9 9 l S", 1), (b"0 0 m 9 9 l s", 1),
        (b"9 9 re B", 1), (b"9 9 re B*", 1), (b"9 9 re b", 1), (b"9 9 re b*", 1), (b"9 9 re F", 1),
        (b"/Sh sh", 1), (b"/Picture Do", 1), (b"BI /W 1 ID x EI", 1), (b"BI /W 1 ID x EI S", 2),
        (b"S BI /W 1 ID x S", 2),  # a picture without an end
        (b"/X Do", 1), (b"/P BMC /X Do EMC", 0), (b"/P BMC EMC S", 1),
        (b"q Q 1 0 0 1 0 0 cm BT ET 0 g 9 w 9 9 re W n", 0), (b"/G gs /C cs /C CS 1 sc 2 SCN", 0),
        (b"/Span <</ActualText (x)>> BDC (a) Tj EMC", 1),
        (b"/P BMC /Span <</ActualText (x)>> BDC (a) Tj EMC EMC", 0),
    ],
)  # fmt: skip
def test_paint_outside_marked_content_is_counted(data: bytes, unmarked: int) -> None:
    """Ensures every operator that paints (ISO 32000-1, Annex A), and none that does not."""
    assert read(data, X=b"(form) Tj").faults.unmarked == unmarked


@each(
    ("data", "missing", "unreadable", "text"),
    [
        (b"<0001> Tj", 0, 0, "\u4e01"),
        (b"<00010000> Tj", 1, 0, "\u4e01"),
        (b"<00000000> Tj", 2, 0, ""),
        (b"<00010000> Tj <00010000> Tj", 2, 0, "\u4e01\u4e01"),
        (b"<FFFF0001> Tj", 0, 1, "\ufffd\u4e01"),
        (b"<FFFF> Tj <FFFF> Tj", 0, 2, "\ufffd\ufffd"),
        (b"<FFFF0000> Tj", 1, 1, "\ufffd"),
        (b"(\0\1\0) Tj", 0, 0, "\u4e01"),
        (b"/Span <</ActualText (x)>> BDC (\0\0) Tj EMC", 1, 0, "x"),
        (b"/Span <</ActualText (x)>> BDC [(\0\1) 2 (\0\0\0\0)] TJ EMC", 2, 0, "x"),
        (b"/Span <</Lang (x)/ActualText (x)>> BDC <00000001> Tj EMC", 1, 0, "x"),
    ],
)
def test_glyphs_that_say_nothing_are_counted(
    data: bytes, missing: int, unreadable: int, text: str
) -> None:
    """Ensures that .notdef counts under a replacement text, too, and each time."""
    content = read(b"/W 9 Tf /P <</MCID 0>> BDC " + data + b" EMC")
    assert (content.faults.missing, content.faults.unreadable) == (missing, unreadable)
    assert content.sequences[0].text == text


@pytest.mark.parametrize(
    "mark", [b"BDC", b"/P BDC", b"/P 5 BDC", b"(P) <<>> BDC", b"/P <</MCID 0 BDC", b"BMC", b"5 BMC"]
)
def test_marked_content_without_a_tag_or_properties_is_broken(mark: bytes) -> None:
    """Ensures that text is not taken for marked where nobody can say as what."""
    with pytest.raises(BrokenPdfError):
        read(mark + b" (a) Tj EMC")


def test_a_string_is_shown_by_an_operator() -> None:
    """Ensures that one without it is not taken for text, and that all four show it."""
    content = read(b"/P <</MCID 0>> BDC (a) Tj (b) 3 Tr (c) ' 1 2 (d) \" [(e) 1.2.3 (f)] TJ EMC")
    assert content.sequences[0].text == "acdef"


def test_wrong_operands_do_not_hide_text() -> None:
    """Ensures that numbers which are too many or none are told from text, which is read on."""
    for wrong in (b"1 2 Tm", b"1.2.3 Tc (x) Tj", b"9 Td", b"/S 1-2 Tf", b"2 w re 1 0 0 1 1-1 1 Tm"):
        content = read(b"/P <</MCID 0>> BDC " + wrong.replace(b"(x) Tj", b"") + b" (a) Tj EMC")
        assert content.sequences[0].text == "a"


def test_forms_have_fonts_of_their_own_and_a_bound() -> None:
    """Ensures that a form does not change the font of what follows, and that circles end."""
    form = b"/W 9 Tf <0001> Tj Q Q"
    content = read(b"/P <</MCID 0>> BDC q /X Do (a) Tj Q EMC", X=form)
    assert content.sequences[0].text == "\u4e01a"
    deep = {f"X{k}": b"/X%d Do" % (k + 1) for k in range(12)} | {"X12": b"(a) Tj"}
    assert read(b"/P BMC /X1 Do EMC", **deep).sequences[0].text == "a"
    with pytest.raises(BrokenPdfError):
        read(b"/P BMC /X0 Do EMC", **deep)


TEXTS = st.text(UTF8, min_size=1, max_size=3)


def hexadecimal(text: str) -> bytes:
    """A string in UTF-16."""
    return b"<" + text.encode("utf-16-be").hex().encode() + b">"


@given(st.dictionaries(st.integers(0, 0xFFFF), TEXTS, max_size=8))
def test_single_codes_of_a_cmap(texts_of: dict[int, str]) -> None:
    """Ensures bfchar with texts of any length and plane."""
    lines = [b"<%04x> %b" % (code, hexadecimal(text)) for code, text in texts_of.items()]
    cmap = b"%d beginbfchar\n%b\nendbfchar\n" % (len(lines), b"\n".join(lines))
    assert to_unicode(cmap) == texts_of


@each(
    ("codes", "want"),
    [
        (b"<0003> <0041>\n<0004> <4e2D>", {3: "A", 4: "中"}),
        (b"<0003> <0041>\n<0003> <0042>\n<0004>", {3: "B"}),
        (b"<0003> <d83d>\n<0004> <de00>", {3: "\ufffd", 4: "\ufffd"}),  # not one character
        (b"<0003> <D83DDE00>\n<0004> <0041>", {3: "\U0001f600", 4: "A"}),
        (b"<0003> <00 41>\n<0004> <41>", {3: "A", 4: "\ufffd"}),
        (b"<0003> <0 41>\n<0004> <0 41>", {3: "\u0410", 4: "\u0410"}),
        (b"<03> <0041> <000000004> <0042>", {3: "A", 4: "B"}),
        (b"<> <0041> <0004> <>", {0: "A", 4: ""}),
        (b"<0003> [ <0041> <0042>", {3: "", 0x41: "B"}),
    ],
)
def test_single_codes_of_any_length(codes: bytes, want: dict[int, str]) -> None:
    """Ensures that each text is read by itself, though most are read together."""
    assert to_unicode(b"begincmap 9 beginbfchar\n" + codes + b"\nendbfchar") == want


@each(
    ("ranges", "want"),
    [
        (b"<0003> <0005> <0041>", {3: "A", 4: "B", 5: "C"}),
        (b"<0003> <0003> <00410042>", {3: "AB"}),
        (b"<0003> <0004> <00410042>", {3: "AB", 4: "AC"}),
        (b"<0003> <0004> <D83DDE00>", {3: "\U0001f600", 4: "\U0001f601"}),
        (b"<0003> <0005> [<0041> <0058> <0042>]", {3: "A", 4: "X", 5: "B"}),
        (b"<0003> <0004> [<0041>]", {3: "A"}),
        (b"<0003> <0004> [<0041> <0042> <0043>]\n<0007> <0007> <0044>", {3: "A", 4: "B", 7: "D"}),
        (b"<0003> <0003> <0041>\n<0009> <000a> <0042>", {3: "A", 9: "B", 10: "C"}),
        (b"<0005> <0003> <0041>", {}),
        (b"<0003> <0003> <>", {3: "\0"}),
    ],
)
def test_ranges_of_a_cmap(ranges: bytes, want: dict[int, str]) -> None:
    """Ensures both forms of bfrange (ISO 32000-1, 9.10.3)."""
    cmap = b"1 beginbfrange\n" + ranges + b"\nendbfrange\n"
    assert to_unicode(cmap) == want
    assert to_unicode(b"1 beginbfchar <00ff> <005a> endbfchar\n" + cmap) == {255: "Z"} | want


def test_ranges_have_a_bound() -> None:
    """Ensures that a small file can't ask for a million texts many times over."""
    line = b"<0000> <FFFF> <0041>\n"
    assert len(to_unicode(b"1 beginbfrange\n" + line * 15 + b"endbfrange")) == 65536
    with pytest.raises(BrokenPdfError):
        to_unicode(b"1 beginbfrange\n" + line * 16 + b"endbfrange")


@given(st.lists(st.text("ab(\\)> EMC/BT[]", max_size=8), max_size=5))
def test_strings_are_told_from_operators(parts: list[str]) -> None:
    """Ensures that what a string says is never taken for an operator, as qpdf writes it."""
    strings: list[Any] = [pikepdf.String(part.encode()) for part in parts]
    data = b" ".join(b"%b Tj" % string.unparse() for string in strings)
    content = read(b"/P <</MCID 0>> BDC " + data + b" EMC")
    assert texts(content) == [("P", 0, "".join(parts))]
    assert content.faults.unmarked == 0


def test_a_long_stream_is_read_as_a_short_one() -> None:
    """A map of a million lines is not held as operators all at once; what they say is the same."""
    data = b"BT /S 9 Tf 1 0 0 1 2 3 Tm 0 Tc (a\\)) Tj [(c) 4 <64>] TJ ET /P <</MCID 0>> BDC f EMC"
    some = list(filter(any, operations(data)))
    assert some[1] == (b"/S 9", b"2", b"3", b"0", b"(a\\))", b"", b"", b"")
    assert list(operations(data + b"\n" * 70_000))[: len(some)] == some
