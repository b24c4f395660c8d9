"""Boxes of glyphs, against fontTools' for programs that it compiled itself."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any

import pytest
from fontTools.cffLib import encodeNumber
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from brieftex.pdf.read.glyph_boxes import GlyphBoxes, _Cff, _dictionary

NUMBER = st.one_of(
    st.integers(-107, 107),
    st.integers(-1131, 1131),
    st.integers(-3000, 3000),
    st.integers(-8000, 8000).map(lambda n: n / 16),
)


def operands(*counts: int) -> st.SearchStrategy[list[float]]:
    """So many numbers."""
    return st.sampled_from(counts).flatmap(lambda n: st.lists(NUMBER, min_size=n, max_size=n))


DRAWN = {
    "rmoveto": operands(2), "hmoveto": operands(1), "vmoveto": operands(1),
    "rlineto": operands(2, 4, 6), "hlineto": operands(1, 2, 3, 4), "vlineto": operands(1, 2, 3, 4),
    "rrcurveto": operands(6, 12), "rcurveline": operands(8, 14), "rlinecurve": operands(8, 10),
    "hhcurveto": operands(4, 5, 8, 9), "vvcurveto": operands(4, 5, 8, 9),
    "hvcurveto": operands(4, 5, 8, 9, 12, 13), "vhcurveto": operands(4, 5, 8, 9, 12, 13),
    "flex": operands(13), "hflex": operands(7), "hflex1": operands(9), "flex1": operands(11),
}  # fmt: skip
STEP = st.sampled_from(sorted(DRAWN)).flatmap(
    lambda name: DRAWN[name].map(lambda values: [*values, name])
)
HINTS = st.sampled_from(
    [
        [],
        [1, 2, "hstem"],
        [400, 1, 2, "hstem", 3, 4, "vstem"],  # with the glyph's width before the first operand
        [1, 2, 3, 4, "hstemhm", 5, 6, "hintmask", b"\xa0"],
        [*range(8), "hstemhm", *range(8), "hintmask", b"\xa0"],  # eight hints, a byte
        [*range(8), "hstemhm", *range(10), "hintmask", b"\xa0\x80"],  # nine, and two
        [1, 2, "hstemhm", *range(16), "vstemhm", "cntrmask", b"\x15\x0e", "hintmask", b"\x0e\x80"],
    ]
)


def cff(*programs: list[Any], upem: int = 1000, kind: int = 0) -> bytes:
    """A CFF table that fontTools made, with a glyph for each program after .notdef."""
    names = [".notdef", *(f"g{k}" for k in range(1, len(programs) + 1))]
    strings = {".notdef": T2CharString(program=["endchar"])}
    for name, program in zip(names[1:], programs, strict=True):
        strings[name] = T2CharString(program=[*program, "endchar"])
    font = FontBuilder(upem, isTTF=False)
    font.setupGlyphOrder(names)
    font.setupCFF("Test", {}, strings, {})
    if upem != 1000:
        font.font["CFF "].cff.topDictIndex[0].FontMatrix = [1 / upem, 0, 0, 1 / upem, 0, 0]
    if kind:
        font.font["CFF "].cff.topDictIndex[0].rawDict["CharstringType"] = kind
    stream = BytesIO()
    font.font["CFF "].cff.compile(stream, font.font)
    return stream.getvalue()


def control_box(program: list[Any]) -> tuple[float, float, float, float]:
    """The box of the points that fontTools draws."""
    pen = ControlBoundsPen(None)
    string = T2CharString(program=[*program, "endchar"])
    string.compile()
    string.private = type("Private", (), {"nominalWidthX": 0, "defaultWidthX": 0, "rawDict": {}})()
    string.draw(pen)
    return pen.bounds


@given(HINTS, st.lists(STEP, min_size=1, max_size=6))
def test_charstrings_reach_as_far_as_fonttools_draws_them(
    hints: list[Any], steps: list[list[Any]]
) -> None:
    """Ensures every drawing operator, with every number of operands that it takes."""
    program = [*hints, 10, 20, "rmoveto", *(part for step in steps for part in step)]
    box = GlyphBoxes(lambda: cff(program)).box(1)
    assert box == pytest.approx([edge / 1000 for edge in control_box(program)], abs=2e-4)


COUNTS = {
    "rmoveto": (2,), "hmoveto": (1,), "vmoveto": (1,), "rlineto": (2, 4), "hlineto": (1, 2, 3, 4),
    "vlineto": (1, 2, 3, 4), "rrcurveto": (6, 12), "rcurveline": (8,), "rlinecurve": (8,),
    "hhcurveto": (4, 5, 8, 9), "vvcurveto": (4, 5, 8, 9), "hvcurveto": (4, 5, 8, 9, 12, 13),
    "vhcurveto": (4, 5, 8, 9, 12, 13), "flex": (13,), "hflex": (7,), "hflex1": (9,), "flex1": (11,),
}  # fmt: skip


def test_each_operator_by_itself() -> None:
    """Ensures that every edge of the box is where each operator alone leads, whatever else there
    is that might hide it; and where a line behind it begins."""
    chance = Random(1)
    programs = [
        [0, 0, "rmoveto", *(chance.randint(-300, 300) for _ in range(count)), name, *end]
        for name, counts in COUNTS.items()
        for count in counts
        for end in ([], [1, 1, "rlineto"], [900, 900, "rlineto"], [-900, -900, "rlineto"])
        for _ in range(3)
    ]
    boxes = GlyphBoxes(lambda: cff(*programs))
    for glyph, program in enumerate(programs, start=1):
        assert boxes.box(glyph) == pytest.approx([edge / 1000 for edge in control_box(program)])


EDGES = (0, 107, 108, 255, 363, 364, 619, 620, 875, 876, 1131, 1132, 9999, 32767)


def test_integers_of_every_length_are_read() -> None:
    """Ensures it of charstrings and of the dictionary, at both ends of each way to write one."""
    numbers = [sign * edge for edge in EDGES for sign in (1, -1)]
    boxes = GlyphBoxes(lambda: cff(*([number, 7, "rmoveto"] for number in numbers)))
    for glyph, number in enumerate(numbers, start=1):
        assert boxes.box(glyph) == pytest.approx((number / 1000, 0.007) * 2)
    written, wanted = b"", {}
    for key in (*((byte,) for byte in range(22) if byte != 12), *((12, k) for k in range(39))):
        values = [number + sum(key) for number in (*numbers, 40_000, -40_000, 1 / 2048, -12.5, 3e9)]
        written += b"".join(map(encodeNumber, values)) + bytes(key)
        wanted[key] = pytest.approx(values)
    assert _dictionary(written) == wanted


@pytest.mark.parametrize(
    ("charset", "plain"),
    [
        (b"\2\0\1\1\1", True),  # from 1 on, 257 more
        (b"\2\0\1\0\2", True),
        (b"\2\0\1\0\1", False),  # the last glyph has another CID
        (b"\2\0\2\0\2", False),
        (b"\1\0\1\2\0", True),
        (b"\1\0\1\1\0", False),
        (b"\0\0\1\0\2\0\3", False),  # one by one, which is not looked at
        (b"\3\0\1\0\2", False),
    ],
)
def test_glyphs_whose_numbers_are_their_cids(charset: bytes, plain: bool) -> None:
    """Ensures that one range from 1 to the last of four glyphs is told from any other, with counts
    of one byte and of two (Technical Note 5176, tables 18 to 20)."""
    program = _Cff(cff([0, 0, "rmoveto"], [0, 0, "rmoveto"], [0, 0, "rmoveto"]))
    at = len(program.data)
    program.data += charset
    assert program._plain(at) is plain


@pytest.mark.parametrize("upem", [1000, 2048])
def test_boxes_are_in_em(upem: int) -> None:
    """Ensures that the matrix of the font counts."""
    boxes = GlyphBoxes(lambda: cff([0, 0, "rmoveto", 512, 1024, "rlineto"], upem=upem))
    assert boxes.box(1) == pytest.approx((0, 0, 512 / upem, 1024 / upem))
    assert boxes.box(0) == (0, 0, 0, 0)


def test_charstrings_of_another_type_are_not_known() -> None:
    """Ensures that those of Type 1, whose operators mean other things, are not run (Technical Note
    5176, table 9), and that a font may say that its own are of Type 2."""
    program = [0, 0, "rmoveto", 500, 700, "rlineto"]
    assert GlyphBoxes(lambda: cff(program, kind=1)).box(1) is None
    assert GlyphBoxes(lambda: cff(program, kind=2)).box(1) == pytest.approx((0, 0, 0.5, 0.7))
    assert GlyphBoxes(lambda: cff(program, kind=3)).box(1) is None
    # fontTools does not write down that they are of Type 2.
    third, second = (bytes((139 + kind, 12, 6)) for kind in (3, 2))
    written = cff(program, kind=3, upem=2048)
    assert written.count(third) == 1
    box = GlyphBoxes(lambda: written.replace(third, second)).box(1)
    assert box == pytest.approx((0, 0, 500 / 2048, 700 / 2048))


def test_a_longer_head_and_no_name() -> None:
    """Ensures that the top dictionary is found behind an INDEX that is empty, which is two bytes
    (Technical Note 5176, 5), and a head of other than four bytes."""
    data = cff([0, 0, "rmoveto", 500, 700, "rlineto"])
    named = 4 + 2 + 1 + 2 + len("Test")
    assert data[4:named] == b"\0\1\1\1\5Test"
    head = data[:2] + bytes((named - 2, data[3])) + bytes(named - 6)
    nameless = head + b"\0\0" + data[named:]
    assert len(nameless) == len(data)
    assert GlyphBoxes(lambda: nameless).box(1) == pytest.approx((0, 0, 0.5, 0.7))


@pytest.mark.parametrize("code", [b"\xd8\x0a", b"\xd8\x1d", b"\x0c\x0a", b"\xd8\x02"])
def test_what_it_does_not_run_is_not_known(code: bytes) -> None:
    """Ensures None instead of a box that may be too small: for the operators callsubr, callgsubr
    and add, for one that does not exist, and for glyphs that are not there."""
    program = [0, 0, "rmoveto", 5, 6, "rlineto", 77, "vmoveto"]
    data = cff([1, 2, "rmoveto", 3, 4, "rlineto"], program).replace(b"\xd8\x04", code)
    boxes = GlyphBoxes(lambda: data)
    assert boxes.box(2) is None
    assert boxes.box(3) is None
    assert boxes.box(1) == pytest.approx((0.001, 0.002, 0.004, 0.006))


def outline(*points: tuple[int, int]) -> Any:
    """A TrueType glyph of one contour."""
    pen = TTGlyphPen(None)
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


@pytest.mark.parametrize("long", [False, True])
def test_glyphs_of_truetype_say_their_box(long: bool) -> None:
    """Ensures both widths of the index to glyphs, blanks and glyphs after blanks."""
    font = FontBuilder(2048)
    names = [".notdef", "a", "blank", "b"]
    font.setupGlyphOrder(names)
    glyphs = {
        ".notdef": outline((0, 0), (10, 10), (20, 0)),
        "a": outline((-100, -200), (300, 1500), (900, 7)),
        "blank": TTGlyphPen(None).glyph(),
        "b": outline((1, 2), (3, 4), (2048, 1024)),
    }
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    font.setupHorizontalHeader()
    font.setupMaxp()
    font.setupHead(unitsPerEm=2048)
    stream = BytesIO()
    font.font.save(stream)
    data = stream.getvalue()
    if long:
        data = with_long_index(data)
    boxes = GlyphBoxes(lambda: data)
    assert boxes.box(1) == pytest.approx((-100 / 2048, -200 / 2048, 900 / 2048, 1500 / 2048))
    assert boxes.box(2) == (0, 0, 0, 0)
    assert boxes.box(3) == pytest.approx((1 / 2048, 2 / 2048, 1, 0.5))


def with_long_index(data: bytes) -> bytes:
    """The font with an index of four bytes a glyph, as big fonts have."""
    font = TTFont(BytesIO(data))
    locations = font["loca"].locations
    font["loca"].set([*locations[:-1], 0x20000])
    index = b"".join(place.to_bytes(4, "big") for place in locations)
    tables: dict[bytes, bytes] = {
        tag.encode(): font.reader[tag] for tag in ("glyf", "hmtx", "hhea", "maxp")
    }
    head = bytearray(font.reader["head"])
    head[50:52] = b"\0\1"
    tables |= {b"loca": index, b"head": bytes(head)}
    at = 12 + 16 * len(tables)
    records = body = b""
    for tag, table in tables.items():
        place = (at + len(body)).to_bytes(4, "big")
        records += tag + b"\0\0\0\0" + place + len(table).to_bytes(4, "big")
        body += table + b"\0" * (-len(table) % 4)
    return b"\0\1\0\0" + len(tables).to_bytes(2, "big") + bytes(6) + records + body


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:10],
        lambda data: data[: len(data) // 2],
        lambda data: b"\0\1\0\0" + data[4:],
        lambda _: b"\xff" * 200,
    ],
)
def test_broken_programs_are_not_known(damage: Callable[[bytes], bytes]) -> None:
    """Ensures None, not an exception."""
    data = cff([1, 2, "rmoveto", *[3, 4, "rlineto"] * 40])
    assert GlyphBoxes(lambda: damage(data)).box(1) is None
