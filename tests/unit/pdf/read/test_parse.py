"""Objects and files read by our parser and by qpdf's, through pikepdf: they must agree."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from helpers.cases import each
from hypothesis import given
from hypothesis import strategies as st

from brieftex.pdf.read.parse import (
    BrokenPdfError,
    PdfFile,
    Reference,
    Stream,
    UnusualPdfError,
    parse_object,
    text_of,
)


def name(text: str) -> str:
    """A name as our parser gives it: a character a byte, without the slash."""
    return text[1:].encode().decode("latin-1")


def plain(value: Any) -> Any:
    """What pikepdf reads, in our parser's terms."""
    if isinstance(value, pikepdf.Array):
        return [plain(part) for part in value]
    if isinstance(value, pikepdf.Dictionary):
        return {name(key): plain(part) for key, part in value.items()}
    if isinstance(value, pikepdf.Name):
        return name(str(value))
    if isinstance(value, pikepdf.String):
        return bytes(value)
    return float(value) if isinstance(value, Decimal) else value


NAMES = st.text("abcXYZ019 #/()<>[]%é", min_size=1, max_size=6)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**31), 2**31 - 1),
    st.decimals(-9999, 9999, places=3),
    st.binary(max_size=12).map(pikepdf.String),
    st.text("ab()\\\n\r", max_size=9).map(lambda s: pikepdf.String(s.encode())),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def as_pikepdf(value: Any) -> Any:
    """The value as pikepdf's own objects."""
    if isinstance(value, list):
        return pikepdf.Array([as_pikepdf(part) for part in value])
    if isinstance(value, dict):
        return pikepdf.Dictionary({f"/{key}": as_pikepdf(part) for key, part in value.items()})
    return value


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_objects_are_read_as_qpdf_writes_them(values: list[Any]) -> None:
    """Ensures it for every kind of object, however they are nested."""
    array = as_pikepdf(values)
    data = array.unparse()
    found, end = parse_object(data + b" 7", 0)
    assert data[end:] == b""
    assert without_null(found) == without_null(plain(pikepdf.Object.parse(data)))


def without_null(value: Any) -> Any:
    """The value without the entries that are as good as absent (ISO 32000-1, 7.3.7)."""
    if isinstance(value, list):
        return [without_null(part) for part in value]
    if isinstance(value, dict):
        return {key: without_null(part) for key, part in value.items() if part is not None}
    return value


@each(
    "source",
    [
        rb"(plain)", rb"()", rb"(a(b)c)", rb"((((a)b))c)", rb"(\(a)", rb"(a\)b(\))c)",
        rb"(a\\)", rb"((\\))", rb"(\n\r\t\b\f\q)", rb"(\101\7\1234\400)", b"(a\\\nb\\\r\nc\\\rd)",
        b"((a)\\\nb)", rb"<>", rb"<48656C6C6F>", rb"<4 8 6>", b"<4\n8\t6\r5>", rb"<abcdef>",
        rb"<A>",
        rb"/Name", rb"/A#20B", rb"/A#2FB#2f", rb"/", rb"/a.b-c+d", rb"/#41",
        b"12", b"-7", b"+3", b"0.5", b"-.25", b"4.", b"+1.5", b"00012",
        b"true", b"false", b"null", b"[]", b"<<>>", b"[[][[]]]", b"[/A/B(c)<64>1 2.5]",
        b"<</A 1/B[2 3]/C<</D(e)>>>>", b"[1%comment\n2]", b"%first\n  5", b"[ 1\0 2\f3 ]",
        b"[true false null/x]", b"<< /A /B /C /D >>", b"[1 2 3]", b"[1 0 2 0]", b"<</A(>>)>>",
        b"[(])]", b"[<5d>]", b"<</A%x>>\n1>>",
    ],
)  # fmt: skip
def test_syntax_is_read_as_qpdf_reads_it(source: bytes) -> None:
    """Ensures the lexical rules (ISO 32000-1, 7.2 and 7.3)."""
    found, end = parse_object(source, 0)
    assert end == len(source)
    want = plain(pikepdf.Object.parse(source))
    assert found == want
    assert type(found) is type(want)


@each(
    "source",
    [
        b"", b"   ", b"%only", b"[1 2", b"[1 2)", b"<</A 1", b"<</A>>", b"<<1 2>>", b"<<(A) 2>>",
        b"(a", b"((a)", b"<4g>", b">>", b"]", b"falsch", b"[" * 70, b"<</A" * 70, b"endobj",
    ],
)  # fmt: skip
def test_what_is_no_object_is_refused(source: bytes) -> None:
    """Ensures an error that callers expect, never another."""
    with pytest.raises(BrokenPdfError):
        parse_object(source, 0)


def test_sixty_levels_are_read() -> None:
    """Ensures that the bound is where it says, for arrays and dictionaries alike."""
    for begin, end in ((b"[", b"]"), (b"<</A ", b">>")):
        assert parse_object(begin * 60 + b"1" + end * 60, 0)[1] == 60 * len(begin + end) + 1
        with pytest.raises(BrokenPdfError):
            parse_object(begin * 61 + b"1" + end * 61, 0)


def test_references_are_told_from_numbers() -> None:
    """Ensures ``1 0 R``, and numbers before something that begins with R."""
    assert parse_object(b"[1 0 R 2 0 3 10 R]", 0)[0] == [Reference(1, 0), 2, 0, Reference(3, 10)]
    assert parse_object(b"[12\n3\tR]", 0)[0] == [Reference(12, 3)]
    assert parse_object(b"<</A 4 0 R>>", 0)[0] == {"A": Reference(4, 0)}
    with pytest.raises(BrokenPdfError):
        parse_object(b"[1 0 Red]", 0)


@pytest.mark.parametrize("text", ["", "abc", "简报 2026", "𠮷é—"])
def test_text_strings_of_either_encoding(text: str) -> None:
    """Ensures UTF-16 with its mark, and PDFDocEncoding where qpdf writes it."""
    assert text_of(parse_object(pikepdf.String(text).unparse(), 0)[0]) == text


# --- whole files ----------------------------------------------------------------------------


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file with a classic table of cross-references."""
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    return stream.getvalue()


@pytest.fixture
def data() -> bytes:
    """A file with a page, a packed and a plain stream and an array in objects of their own."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 300))
    pdf.Root.Packed = pdf.make_stream(b"packed " * 100)
    pdf.Root.List = pdf.make_indirect(pikepdf.Array([1, 2, 3]))
    pdf.Root.Number = pdf.make_indirect(7)
    pdf.Root.Word = pikepdf.Name.Word
    pdf.Root.Truth = True
    return saved(pdf)


def test_objects_are_found_where_the_table_says(data: bytes) -> None:
    """Ensures each way of asking for a value, and what it answers for another kind."""
    file = PdfFile(data)
    root = file.catalog
    assert file.array(root["List"]) == [1, 2, 3]
    assert file.array(root["Word"]) == []
    assert file.number(root["Number"]) == 7
    assert file.number(root["Truth"], 5) == 5
    assert file.number(None, 3) == 3
    assert file.name(root["Word"]) == "Word"
    assert file.name(root["Number"]) == ""
    stream = file.get(root["Packed"])
    assert isinstance(stream, Stream)
    assert file.unpacked(stream) == b"packed " * 100
    assert file.unpacked(stream) is file.unpacked(stream)
    assert file.dictionary(root["Packed"]) is stream.entries
    assert file.dictionary(root["List"]) == {}
    assert file.get(Reference(9999, 0)) is None
    page = file.dictionary(file.array(file.dictionary(root["Pages"])["Kids"])[0])
    assert page["MediaBox"] == [0, 0, 200, 300]


def appended(data: bytes, objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """The file with an incremental update (ISO 32000-1, 7.5.6)."""
    previous = int(data[data.rfind(b"startxref") + 9 :].split()[0])
    tail, made = b"xref\n", data if data.endswith(b"\n") else data + b"\n"
    for number, body in objects.items():
        tail += b"%d 1\n%010d 00000 n \n" % (number, len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    root = PdfFile(data).trailer["Root"]
    entries = b"<</Size 99/Root %d 0 R/Prev %d%b>>" % (root.number, previous, trailer)
    return made + tail + b"trailer\n" + entries + b"\nstartxref\n%d\n%%%%EOF\n" % len(made)


def test_a_later_part_of_the_file_wins(data: bytes) -> None:
    """Ensures that an update replaces objects, and that what it does not name stays."""
    number = PdfFile(data).catalog["List"].number
    file = PdfFile(appended(data, {number: b"[4 5]", 70: b"(new)"}, b"/Info 70 0 R"))
    assert file.array(file.catalog["List"]) == [4, 5]
    assert file.get(file.trailer["Info"]) == b"new"
    assert file.number(file.catalog["Number"]) == 7
    twice = appended(appended(data, {number: b"[4 5]"}), {number: b"[6]"})
    assert PdfFile(twice).array(PdfFile(twice).catalog["List"]) == [6]


def test_objects_that_are_free_are_not_there(data: bytes) -> None:
    """Ensures it of an entry whose offset would lead to an object (ISO 32000-1, 7.5.4)."""
    made = appended(data, {70: b"(new)"})
    free = re.sub(rb"(70 1\n\d{10} 00000) n", rb"\1 f", made)
    assert free != made
    assert PdfFile(made).get(Reference(70, 0)) == b"new"
    assert PdfFile(free).get(Reference(70, 0)) is None


def test_the_length_of_a_stream_may_be_elsewhere(data: bytes) -> None:
    """Ensures it before the stream and after it."""
    made = appended(data, {70: b"<</Length 71 0 R>>stream\nabc(\nendstream", 71: b"4"})
    stream = PdfFile(made).get(Reference(70, 0))
    assert stream.raw == b"abc("
    assert PdfFile(made).unpacked(stream) == b"abc("


@pytest.mark.parametrize(
    ("objects", "error"),
    [
        ({70: b"<</Length 9>>stream\nabc\nendstream"}, BrokenPdfError),
        ({70: b"<</Length 2>>stream\nabcdefghijklmnopqr\nendstream"}, BrokenPdfError),
        ({70: b"<</Length -1>>stream\nabc\nendstream"}, BrokenPdfError),
        ({70: b"<<>>stream\nabc\nendstream"}, BrokenPdfError),
        ({70: b"71 0 R", 71: b"70 0 R"}, BrokenPdfError),
        ({70: b"<</Length 3/Filter/LZWDecode>>stream\nabc\nendstream"}, UnusualPdfError),
        (
            {
                70: b"<</Length 3/Filter/FlateDecode/DecodeParms<</Predictor 12>>>>"
                b"stream\nabc\nendstream"
            },
            UnusualPdfError,
        ),
        ({70: b"<</Length 3/Filter/FlateDecode>>stream\nabc\nendstream"}, BrokenPdfError),
    ],
)  # fmt: skip
def test_broken_objects_are_refused(
    data: bytes, objects: dict[int, bytes], error: type[Exception]
) -> None:
    """Ensures that no half of a stream is taken for the whole."""
    file = PdfFile(appended(data, objects))
    with pytest.raises(error):
        file.unpacked(file.get(Reference(70, 0)))


@pytest.mark.parametrize(
    "change",
    [
        lambda d: b"x" + d,
        lambda d: d.replace(b"startxref", b"startxxxx"),
        lambda d: d.replace(b"startxref\n", b"startxref\n9"),
        lambda d: d.replace(b"trailer", b"treiler"),
        lambda d: d.replace(b"\nxref", b"\nxxxx"),
        lambda d: d.replace(b"trailer <<", b"trailer /Root <<"),
        lambda d: d.replace(b"xref\n0 ", b"xref\n0 99"),
    ],
)
def test_files_without_a_sound_table_are_refused(data: bytes, change: Any) -> None:
    """Ensures an error instead of a file without pages."""
    broken = change(data)
    assert broken != data
    with pytest.raises(BrokenPdfError):
        PdfFile(broken)


def test_an_object_under_another_number_is_refused(data: bytes) -> None:
    """Ensures that the table and the file agree."""
    made = appended(data, {70: b"1"})
    file = PdfFile(made.replace(b"\n70 0 obj", b"\n71 0 obj"))
    with pytest.raises(BrokenPdfError):
        file.get(Reference(70, 0))


def test_parts_of_a_file_in_a_circle_end(data: bytes) -> None:
    """Ensures that /Prev may lead back to where one came from."""
    made = appended(data, {70: b"1"})
    last = int(made[made.rfind(b"startxref") + 9 :].split()[0])
    first = int(data[data.rfind(b"startxref") + 9 :].split()[0])
    circle = made.replace(b"/Prev %d" % first, b"/Prev %d" % last)
    assert PdfFile(circle).get(Reference(70, 0)) == 1
