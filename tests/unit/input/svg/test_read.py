"""SVG files: what is drawn where, what is refused, what is named because it is not drawn."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brieftex.input.svg import SvgError, read_svg
from brieftex.input.svg.colors import read_color
from brieftex.input.svg.matrix import read_transform
from brieftex.input.svg.paths import read_path
from brieftex.units import SP_PER_PT, Color, Rect
from brieftex.vector import Drawing, Shape, Words, bounds

PX = SP_PER_PT * 3 // 4
RED, BLACK = Color(255, 0, 0), Color(0, 0, 0)


SYMBOL = '<symbol id="s" viewBox="0 0 10 10"><path d="M0 0h5v5"/></symbol>'
GRADIENT = '<linearGradient id="g"><stop stop-color="red"/></linearGradient>'


def svg(inner: str, more: str = 'width="100" height="80"') -> bytes:
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {space} {more}>\n{inner}\n</svg>".encode()


def drawing(inner: str) -> Drawing:
    found = read_svg(svg(inner))
    assert found.odd == ()
    return found.drawing


def shape(inner: str) -> Shape:
    (part,) = drawing(inner).parts
    assert isinstance(part, Shape)
    return part


def words(inner: str) -> list[Words]:
    return [part for part in drawing(inner).parts if isinstance(part, Words)]


def px(part: Shape) -> tuple[float, float, float, float]:
    """The bounds of a shape, px."""
    box = bounds(part.outline)
    return tuple(round(v / PX, 2) for v in (box.x, box.y, box.width, box.height))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("inner", "box"),
    [
        ('<rect x="1" y="2" width="30" height="40"/>', (1, 2, 30, 40)),
        ('<rect x="1mm" y="2" width="1in" height="3pt" rx="2"/>', (3.78, 2, 96, 4)),
        ('<circle cx="20" cy="20" r="5"/>', (15, 15, 10, 10)),
        ('<ellipse cx="20" cy="20" rx="5" ry="9"/>', (15, 11, 10, 18)),
        ('<line x1="1" y1="2" x2="8" y2="9" stroke="red"/>', (1, 2, 7, 7)),
        ('<polyline points="1,2 3,4 5 6"/>', (1, 2, 4, 4)),
        ('<polygon points="1,2,3,4,5,6"/>', (1, 2, 4, 4)),
        ('<path d="M1 2l3 4h5v6z"/>', (1, 2, 8, 10)),
        ('<g transform="translate(10 5) scale(2)"><path d="M1 2L3 4"/></g>', (12, 9, 4, 4)),
        ('<path transform="rotate(90)" d="M1-2L3-4"/>', (2, 1, 2, 2)),
        ('<path transform="rotate(90 10 10)" d="M10 10L20 10"/>', (10, 10, 0, 10)),
        ('<defs><path id="a" d="M0 0h4v4"/></defs><use xlink:href="#a" x="3"/>', (3, 0, 4, 4)),
        ('<svg x="10" y="10" width="20" height="20" viewBox="0 0 10 10"><path d="M1 1h3v3"/></svg>',
         (12, 12, 6, 6)),
        (f'{SYMBOL}<use href="#s" width="20" height="20"/>', (0, 0, 10, 10)),
        ('<switch><foreignObject/><path d="M0 0h5v5"/></switch>', (0, 0, 5, 5)),
    ],
)  # fmt: skip
def test_shapes_stand_where_the_file_says(inner: str, box: tuple[float, ...]) -> None:
    assert px(shape(inner)) == box


def test_the_view_box_is_scaled_into_the_size_and_stays_in_proportion() -> None:
    found = read_svg(
        svg('<path d="M10 10h10v10"/>', 'width="200" height="80" viewBox="10 10 20 10"')
    )
    assert (found.drawing.width, found.drawing.height) == (200 * PX, 80 * PX)
    (part,) = found.drawing.parts
    assert isinstance(part, Shape)
    assert px(part) == (20, 0, 80, 80)


def test_without_a_size_the_view_box_gives_it() -> None:
    assert read_svg(svg("", 'viewBox="0 0 30 20" width="100%"')).drawing == Drawing(
        30 * PX, 20 * PX, ()
    )


def test_paths_repeat_commands_and_reflect_control_points() -> None:
    assert read_path("M1 2 3 4m1 1 2 2") == [
        ("m", (1, 2)), ("l", (3, 4)), ("m", (4, 5)), ("l", (6, 7)),
    ]  # fmt: skip
    assert read_path("M0 0C1 1 2 2 3 0S5-2 6 0")[2] == ("c", (4, -2, 5, -2, 6, 0))
    assert read_path("M0 0Q3 3 6 0T12 0")[2][1] == pytest.approx((8, -2, 10, -2, 12, 0))
    assert read_path("M1 1L2 2zl1 1")[-1] == ("l", (2, 2))


@pytest.mark.parametrize(("large", "sweep", "top"), [(0, 1, -5), (1, 1, -5), (0, 0, 5), (1, 0, 5)])
def test_half_circles_bulge_as_their_flags_say(large: int, sweep: int, top: float) -> None:
    steps = read_path(f"M0 0A5 5 0 {large}{sweep}10 0")
    assert steps[-1][1][-2:] == (10, 0)
    middle = steps[1][1][-2:]
    assert middle == pytest.approx((5, top))


@pytest.mark.parametrize("data", ["", "L1 1", "M", "M1", "M1 1 x", "h5", "M1 1L2", "M0 0Z5 5"])
def test_broken_path_data_ends_where_it_breaks(data: str) -> None:
    assert all(kind in "mlch" for kind, _ in read_path(data))


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("red", (255, 0, 0, 1)), ("#F00", (255, 0, 0, 1)), ("#ff0000", (255, 0, 0, 1)),
        ("rgb(255, 0, 0)", (255, 0, 0, 1)), ("rgb(100%,0%,0%)", (255, 0, 0, 1)),
        ("rgba(255 0 0 / 50%)", (255, 0, 0, 0.5)), ("hsl(0, 100%, 50%)", (255, 0, 0, 1)),
        ("transparent", (0, 0, 0, 0)), ("url(#a)", None), ("reddish", None), ("rgb(1,2)", None),
    ],
)  # fmt: skip
def test_colors(text: str, color: object) -> None:
    found = read_color(text)
    assert found == (None if color is None else pytest.approx(color))


def test_styles_cascade_and_inherit() -> None:
    parts = drawing(
        "<style>path{fill:blue} .a,#b{fill:red} /* x */ *{stroke:none}</style>"
        '<g fill="green"><path d="M0 0h1v1"/><path class="a" d="M0 0h1v1"/>'
        '<path id="b" style="fill:lime" d="M0 0h1v1"/><rect width="1" height="1"/></g>'
    ).parts
    fills = [part.paint.fill for part in parts if isinstance(part, Shape)]
    assert fills == [Color(0, 0, 255), RED, Color(0, 255, 0), Color(0, 128, 0)]


def test_strokes_scale_with_their_shape() -> None:
    paint = shape(
        '<path transform="scale(2)" fill="none" stroke="red" stroke-width="3" '
        'stroke-dasharray="4 1 2" stroke-linecap="round" stroke-linejoin="bevel" d="M0 0h9"/>'
    ).paint
    assert (paint.fill, paint.stroke, paint.width) == (None, RED, 6 * PX)
    assert paint.dash == tuple(v * PX for v in (8, 2, 4, 8, 2, 4))
    assert (paint.cap, paint.join) == (1, 2)


def test_what_is_hidden_is_not_drawn() -> None:
    inner = '<g display="none"><path d="M0 0h9v9"/></g><path style="visibility:hidden" d="M0 0h9"/>'
    assert (
        drawing(inner + '<path fill="none" d="M0 0h9v9"/><rect width="0" height="9"/>').parts == ()
    )


def test_clips_hold_and_what_sticks_out_is_cut() -> None:
    inner = (
        '<clipPath id="c"><rect width="9" height="9"/></clipPath>'
        '<g clip-path="url(#c)"><path d="M0 0h5v5"/><path d="M0 0h500v5"/></g>'
    )
    first, second = drawing(inner).parts
    assert isinstance(first, Shape)
    assert isinstance(second, Shape)
    assert [bounds(clip) for clip in first.clips] == [Rect(0, 0, 9 * PX, 9 * PX)]
    assert bounds(second.clips[-1]) == Rect(0, 0, 100 * PX, 80 * PX)


def test_words_have_place_size_and_anchor() -> None:
    (one,) = words(
        '<text x="10" y="20" font-size="12" text-anchor="middle"> 甲 <tspan>乙</tspan></text>'
    )
    assert (one.text, one.x, one.y, one.size, one.share) == ("甲 乙", 10 * PX, 20 * PX, 12 * PX, 1)
    lines = words('<text x="1"><tspan x="1" y="9">甲</tspan><tspan x="1" dy="10">乙</tspan></text>')
    assert [(line.text, line.x, line.y) for line in lines] == [
        ("甲", PX, 9 * PX),
        ("乙", PX, 19 * PX),
    ]
    turned = words('<text transform="rotate(-90 5 5)" x="5" y="5" font-weight="700">甲</text>')[0]
    assert turned.turn == (0, -1_000_000)
    assert (turned.x, turned.y, turned.bold) == (5 * PX, 5 * PX, True)
    each = words('<text x="1 5 9" y="3">甲乙丙</text>')
    assert [(w.text, w.x) for w in each] == [("甲", PX), ("乙", 5 * PX), ("丙", 9 * PX)]


ODD = [
    ('<image href="a.png" width="9" height="9"/>', "image"),
    ('<image href="https://example.com/a.png" width="9" height="9"/>', "image"),
    ("<script>alert(1)</script>", "script"),
    ("<foreignObject><p>x</p></foreignObject>", "foreignObject"),
    ('<path d="M0 0h9v9" filter="url(#f)"/>', "filter"),
    ('<path d="M0 0h9v9" mask="url(#f)"/>', "mask"),
    ('<path d="M0 0h9v9" fill="url(#f)"/>', "pattern"),
    ('<path d="M0 0h9v9" fill="bluish"/>', "颜色 bluish"),
    ('<path d="M0 0h9v9" opacity="0.5"/>', "半透明"),
    ('<path d="M0 0h9v9" transform="spin(3)"/>', "transform"),
    ('<use href="other.svg#a"/>', "use"),
    ("<style>@import url(a.css); g > path{fill:red}</style>", "@ 规则"),
    ("<style>g > path{fill:red}</style>", "选择器 g > path"),
    (f'{GRADIENT}<path d="M0 0h9v9" fill="url(#g)"/>', "渐变"),
    ("<text>甲<textPath>乙</textPath></text>", "textPath"),
    ('<text>甲<tspan fill="red">乙</tspan></text>', "一行文字"),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "what"), ODD)
def test_what_is_not_drawn_as_it_is_is_named_with_its_line(inner: str, what: str) -> None:
    # Catches a picture that lacks a part, and nobody is told.
    odd = read_svg(svg(inner)).odd
    assert any(what in name for name, _ in odd), odd
    assert all(line == 2 for _, line in odd)


def test_what_lets_white_through_becomes_lighter() -> None:
    (part,) = read_svg(svg('<path fill="red" fill-opacity=".5" d="M0 0h9v9"/>')).drawing.parts
    assert isinstance(part, Shape)
    assert part.paint.fill == Color(255, 128, 128)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<svg width="9" height="9"><text>&b;</text></svg>"""

REFUSED = {
    "no XML": b"\x89PNG", "empty": b"", "cut off": svg("<g>"), "another root": b"<html/>",
    "no size": svg("", ""), "entities": BOMB, "nested": svg("<g>" * 70 + "</g>" * 70),
    "many": svg("<g/>" * 20_001), "circle": svg('<g id="a"><use href="#a"/></g>'),
    "doubling": svg("".join(
        f'<g id="a{k}"><use href="#a{k + 1}"/><use href="#a{k + 1}"/></g>' for k in range(40)
    ) + '<g id="a40"><path d="M0 0h1"/></g>'),
    "encoding": b'<?xml version="1.0" encoding="klingon"?><svg width="1" height="1"/>',
    "huge": svg('<path d="M0 0h1e999"/>'),
    "infinite": svg('<g transform="scale(1e308)"><path d="M9 9h9e99v9"/></g>'),
    "many steps": svg(f'<path d="M0 0{"h1" * 300_001}"/>'),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_and_broken_files_are_refused_at_a_line(name: str) -> None:
    with pytest.raises(SvgError) as caught:
        read_svg(REFUSED[name])
    assert re.search("[\u4e00-\u9fff]", caught.value.zh)
    assert caught.value.en
    assert caught.value.line >= 0


PIECES = [
    "<svg", ' width="9" height="9"', ' viewBox="0 0 9 9"', ">", "<g", "<path", ' d="M0 0', "A1 1 0",
    " 01 5 5", "C1,2", '"', "/>", "</g>", "</svg>", "<text", ' x="', "1e9", "-.5", "甲", "<use",
    ' href="#a"', ' id="a"', ' transform="', "rotate(", "matrix(", "1 2 3", ")", "<style>", "}{",
    "</style>", ' style="', "fill:url(#a)", "<clipPath", ' clip-path="url(#a)"', "nan", "\x00",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example('<svg width="9" height="9"><path d="M0 0A1 1 0 01 5 5"/></svg>')
@example('<svg width="9" height="9"><g transform="scale(0)"><text>甲</text></g></svg>')
@example('<svg width="9" height="9"><text font-size="1e9">甲</text></svg>')
def test_any_file_is_a_drawing_or_an_error(text: str) -> None:
    try:
        found = read_svg(text.encode())
    except SvgError:
        return
    for part in found.drawing.parts:
        if isinstance(part, Shape):
            assert part.outline[0][0] == "m"


MARKER = (
    '<marker id="m" markerWidth="4" markerHeight="4" refX="4" refY="2" orient="{}" {}>'
    '<path d="M0 0L4 2L0 4z" fill="red"/></marker>'
)


@pytest.mark.parametrize(
    ("marker", "line", "box"),
    [
        # From where the line ends, back against its direction, as large as the stroke says.
        (MARKER.format("auto", ""), 'd="M10 10H50" marker-end="url(#m)"', (42, 6, 8, 8)),
        (MARKER.format("auto", ""), 'd="M10 50V10" marker-end="url(#m)"', (6, 10, 8, 8)),
        (MARKER.format("auto", ""), 'd="M10 10H50" marker-start="url(#m)"', (2, 6, 8, 8)),
        (
            MARKER.format("auto-start-reverse", ""),
            'd="M10 10H50" marker-start="url(#m)"',
            (10, 6, 8, 8),
        ),
        (MARKER.format("90", ""), 'd="M10 10H50" marker-end="url(#m)"', (46, 2, 8, 8)),
        (
            MARKER.format("auto", 'markerUnits="userSpaceOnUse"'),
            'd="M10 10C10 50 20 50 50 50" marker-end="url(#m)"',
            (46, 48, 4, 4),
        ),
        (
            MARKER.format("auto", 'viewBox="0 0 8 8"'),
            'd="M0 9H50" marker-end="url(#m)"',
            (46, 7, 4, 4),
        ),
        (MARKER.format("0", ""), 'd="M0 0H30V30" marker-mid="url(#m)"', (22, -4, 8, 8)),
    ],
)
def test_arrowheads_stand_at_the_ends_of_their_lines(
    marker: str, line: str, box: tuple[float, ...]
) -> None:
    line = f'<path fill="none" stroke="black" stroke-width="2" {line}/>'
    parts = drawing(marker + line).parts
    (head,) = (p for p in parts if isinstance(p, Shape) and p.paint.fill == RED)
    assert px(head) == pytest.approx(box, abs=0.02)
    assert head.clips


def test_markers_that_use_each_other_are_refused() -> None:
    inner = '<marker id="m"><path d="M0 0h1v1" marker-end="url(#m)" stroke="red"/></marker>'
    with pytest.raises(SvgError):
        read_svg(svg(inner + '<path d="M0 0h9" stroke="red" marker-end="url(#m)"/>'))


def test_a_transform_that_cannot_be_read_is_none() -> None:
    assert read_transform("rotate(1 2)") is None
    assert read_transform("translate(1) x") is None
    assert read_transform("") is not None
