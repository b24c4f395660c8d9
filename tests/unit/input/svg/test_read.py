"""SVG files: what is drawn where, what is refused, what is named because it is not drawn."""

from __future__ import annotations

import re

import pytest
from helpers.cases import each
from hypothesis import example, given
from hypothesis import strategies as st

from brieftex.input.svg import SvgError, SvgFile, cascade, read_svg
from brieftex.input.svg.colors import read_color
from brieftex.input.svg.matrix import read_transform
from brieftex.input.svg.paths import path_steps
from brieftex.units import SP_PER_PT, Color, Rect
from brieftex.vector import Drawing, Shape, Words, bounds

PX = SP_PER_PT * 3 // 4
RED, BLACK = Color(255, 0, 0), Color(0, 0, 0)


SYMBOL = '<symbol id="s" viewBox="0 0 10 10"><path d="M0 0h5v5"/></symbol>'
HTML = 'xmlns="http://www.w3.org/1999/xhtml"'
GRADIENT = '<linearGradient id="g"><stop stop-color="red"/></linearGradient>'


def svg(inner: str, more: str = 'width="100" height="80"') -> bytes:
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {space} {more}>\n{inner}\n</svg>".encode()


def drawing(inner: str) -> Drawing:
    found = read_svg(svg(inner))
    assert (found.odd, found.why) == ((), ("", 0))
    assert found.drawing is not None
    return found.drawing


def handed_on(inner: str) -> SvgFile:
    found = read_svg(svg(inner))
    assert found.drawing is None
    return found


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


@each(
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
        ('<symbol id="s" overflow="visible"><path d="M0 0h5v5"/></symbol><use href="#s" x="2"/>',
         (2, 0, 5, 5)),
        ('<rect x="10%" y="10%" width="50%" height="50%"/>', (10, 8, 50, 40)),
        ('<g font-size="10"><rect x="1em" width="2em" height="1in"/></g>', (10, 0, 20, 96)),
        ('<switch><g requiredExtensions="x"/><path d="M0 0h5v5"/></switch>', (0, 0, 5, 5)),
    ],
)  # fmt: skip
def test_shapes_stand_where_the_file_says(inner: str, box: tuple[float, ...]) -> None:
    assert px(shape(inner)) == box


def test_the_view_box_is_scaled_into_the_size_and_stays_in_proportion() -> None:
    found = read_svg(
        svg('<path d="M10 10h10v10"/>', 'width="200" height="80" viewBox="10 10 20 10"')
    ).drawing
    assert found is not None
    assert (found.width, found.height) == (200 * PX, 80 * PX)
    (part,) = found.parts
    assert isinstance(part, Shape)
    assert px(part) == (20, 0, 80, 80)


def test_without_a_size_the_view_box_gives_it() -> None:
    assert read_svg(svg("", 'viewBox="0 0 30 20" width="100%"')).drawing == Drawing(
        30 * PX, 20 * PX, ()
    )


def test_paths_repeat_commands_and_reflect_control_points() -> None:
    assert path_steps("M1 2 3 4m1 1 2 2") == [
        ("m", (1, 2)), ("l", (3, 4)), ("m", (4, 5)), ("l", (6, 7)),
    ]  # fmt: skip
    assert path_steps("M0 0C1 1 2 2 3 0S5-2 6 0")[2] == ("c", (4, -2, 5, -2, 6, 0))
    assert path_steps("M0 0Q3 3 6 0T12 0")[2][1] == pytest.approx((8, -2, 10, -2, 12, 0))
    assert path_steps("M1 1L2 2zl1 1")[-1] == ("l", (2, 2))


@pytest.mark.parametrize(("large", "sweep", "top"), [(0, 1, -5), (1, 1, -5), (0, 0, 5), (1, 0, 5)])
def test_half_circles_bulge_as_their_flags_say(large: int, sweep: int, top: float) -> None:
    steps = path_steps(f"M0 0A5 5 0 {large}{sweep}10 0")
    assert steps[-1][1][-2:] == (10, 0)
    middle = steps[1][1][-2:]
    assert middle == pytest.approx((5, top))


@each("data", ["", "L1 1", "M", "M1", "M1 1 x", "h5", "M1 1L2", "M0 0Z5 5"])
def test_broken_path_data_ends_where_it_breaks(data: str) -> None:
    assert all(kind in "mlch" for kind, _ in path_steps(data))


@each(
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


@pytest.mark.parametrize(
    "size", ['width="200" height="100"', 'width="200"', 'height="100"', 'width="200" height="900"']
)
def test_a_stroke_that_does_not_scale_keeps_its_width_in_a_view_box(size: str) -> None:
    path = '<path d="M0 0h9" stroke="red" stroke-width="3" vector-effect="non-scaling-stroke"/>'
    found = read_svg(svg(path, f'viewBox="0 0 100 50" {size}')).drawing
    assert found is not None
    (part,) = found.parts
    assert isinstance(part, Shape)
    assert part.paint.width == 3 * PX


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
    (moved,) = words('<text y="9" dy="1em" font-size="2em"><tspan dx="1mm">甲</tspan></text>')
    assert (moved.x, moved.y, moved.size) == (round(PX * 96 / 25.4), 41 * PX, 32 * PX)


HANDED_ON = [
    ('<image href="data:image/png;base64,AAAA" width="9" height="9"/>', "image"),
    ('<path d="M0 0h9v9" filter="url(#f)"/>', "filter"),
    ('<path d="M0 0h9v9" mask="url(#f)"/>', "mask"),
    (f'{GRADIENT}<path d="M0 0h9v9" fill="url(#g)"/>', "渐变"),
    ('<g opacity=".5"><path d="M0 0h9v9"/></g>', "半透明"),
    ('<path d="M0 0h9v9" opacity=".5" stroke="red"/>', "半透明"),
    ('<text fill-opacity=".5">甲</text>', "半透明"),
    ("<text>甲<textPath>乙</textPath></text>", "textPath"),
    ('<text>甲<tspan fill="red">乙</tspan></text>', "一行文字"),
    ('<text>m<tspan dy="-5">2</tspan></text>', "一行文字"),
    ('<text>甲<tspan dx="5">乙</tspan></text>', "移位"),
    ('<text x="1 5 9" y="3">甲乙丙</text>', "逐字"),
    ('<text letter-spacing="2">甲</text>', "letter-spacing"),
    ('<text textLength="40">甲</text>', "textLength"),
    ('<text writing-mode="tb">甲</text>', "writing-mode"),
    ('<text stroke="red">甲</text>', "stroke"),
    ('<text transform="scale(1 2)">甲</text>', "变形"),
    ('<text transform="scale(-1 1)">甲</text>', "变形"),
    ('<text xml:space="preserve">甲  乙</text>', "空格"),
    ('<path transform="scale(1 2)" stroke="red" d="M0 0h9"/>', "变形"),
    ('<svg width="9" height="9"><path d="M0 0h9"/></svg>', "svg"),
    (f'{SYMBOL}<use href="#s" width="20" height="20"/>', "symbol"),
    ('<clipPath id="c"><text>甲</text></clipPath><path clip-path="url(#c)" d="M0 0"/>', "剪切"),
    ('<path d="M0 0h9v9" clip-path="circle(4px)"/>', "剪切"),
    ('<path d="M0 0h9v9" pathLength="3"/>', "pathLength"),
    ('<rect width="calc(1px + 2px)" height="9"/>', "长度"),
    ('<path transform="rotate(5)" transform-origin="9 9" d="M0 0h9"/>', "transform-origin"),
    ('<marker id="m" refX="a"/><path stroke="red" marker-end="url(#m)" d="M0 0h9"/>', "refX"),
    ('<path d="M0 0h9v9" unheard-of="1"/>', "unheard-of"),
    ('<blink d="M0 0h9v9"/>', "blink"),
]  # fmt: skip


@each(("inner", "what"), HANDED_ON)
def test_what_is_not_drawn_exactly_is_handed_on_whole(inner: str, what: str) -> None:
    # Catches a picture that is almost right, and nobody is told.
    found = handed_on(inner)
    assert what in found.why[0]
    assert found.why[1] == 2


SELECTORS = [
    ("path", True), ("g path", True), ("g > path", True), ("svg > path", False),
    ("svg > g path", True), ("svg > g > path", False), (".in > path", True),
    (".out > path", False), (".out > .in > path", True), (".out .in > path", True),
    ("svg .in > path", True), ("#a .in>path", True), ("svg > .in path", False),
    ("svg > .out .in > path", True), ("svg > .out > path", False), (".in .out path", False),
    ("svg > .out > .in > path", True), (".out > .in path", True), (".in > .in > path", False),
    (".out:first-child path", False), (".out:last-child path", True), (":root > .out path", True),
    (".in:first-child > path", True), ("svg:first-child > :not(.in) path", True),
]  # fmt: skip


@each(("selector", "holds"), SELECTORS)
def test_a_rule_holds_where_its_selector_says(selector: str, holds: bool) -> None:
    """Catches `>` applied one step too far out: words of Mermaid's had the colour of a box."""
    style = f"<style>{selector}{{fill:#f00}}</style>"
    inner = f'{style}<g class="out"><g class="in"><path d="M0 0h9v9"/></g></g>'
    found = read_svg(svg(inner, 'id="a" width="100" height="80"')).drawing
    assert found is not None
    (part,) = found.parts
    assert isinstance(part, Shape)
    assert (part.paint.fill == RED) is holds


ODD = [
    ('<image href="a.png" width="9" height="9"/>', "image"),
    ('<image href="https://example.com/a.png" width="9" height="9"/>', "image"),
    (f"<foreignObject><table {HTML}/></foreignObject>", "foreignObject"),
    ('<path d="M0 0h9v9" transform="spin(3)"/>', "transform"),
    ('<use href="other.svg#a"/>', "use"),
    ("<style>g{transform-box:fill-box;transform:rotate(9deg)}</style><g/>", "transform-box"),
    ("<style>@import url(a.css);</style>", "@import"),
    ("<style>path:nth-child(2){fill:red}</style>", "选择器 path:nth-child"),
    ('<path d="M0 0h9v9" fill="oklch(50% 0.2 20)"/>', "颜色 oklch"),
    ('<g filter="url(#f)"><animate attributeName="x"/></g>', "动画"),
    ('<g font-style="italic"><text>甲<tspan font-style="normal">乙</tspan></text></g>', "斜体"),
    ("<style>.a{font:oblique 9px serif}</style><text>甲<tspan class='a'>乙</tspan></text>", "斜体"),
]  # fmt: skip


@each(("inner", "what"), ODD)
def test_what_nobody_draws_is_named_with_its_line(inner: str, what: str) -> None:
    # Catches a picture that lacks a part, and nobody is told.
    odd = read_svg(svg(inner)).odd
    assert any(what in name for name, _ in odd), odd
    assert all(line == 2 for _, line in odd)


SILENT = [
    '<g font-style="italic"><path d="M0 0h9v9"/><text font-style="normal">甲</text></g>',
    "<style>.a:hover{fill:red} a:visited{fill:red} ::selection{fill:red}</style>",
    "<style>@font-face{font-family:x;src:url(x.woff)} @keyframes k{from{opacity:0}}</style>",
    "<style>@media (prefers-color-scheme: dark){path{fill:red}}</style>",
    '<path d="M0 0h9v9" style="cursor:pointer;-inkscape-stroke:none;user-select:none"/>',
    '<path d="M0 0h9v9" onclick="x()" data-a="b" aria-label="c" class="d" tabindex="0"/>',
    '<script>alert(1)</script><path d="M0 0h9v9" fill="bluish"/>',
]


@pytest.mark.parametrize("inner", SILENT)
def test_what_cannot_apply_on_paper_is_not_mentioned(inner: str) -> None:
    # Catches a note about every chart that changes under a mouse.
    drawing(inner)


def test_what_lets_paper_through_is_painted_so() -> None:
    (part,) = drawing('<path fill="red" fill-opacity="50%" opacity=".5" d="M0 0h9v9"/>').parts
    assert isinstance(part, Shape)
    assert (part.paint.fill, part.paint.fill_opacity) == (RED, 250)


def test_values_of_css_are_resolved() -> None:
    # Catches black boxes where draw.io writes light-dark(), and var() without a value.
    fills = [
        "light-dark(#00f, var(--x, #fff))", "var(--none, rgb(0 0 255 / 100%))", "var(--own)",
        "hsl(240deg 100% 50%)",
    ]  # fmt: skip
    paths = "".join(f'<path style="fill:{fill}" d="M0 0h9v9"/>' for fill in fills)
    parts = drawing(f'<g style="--own:blue">{paths}</g>').parts
    assert [p.paint.fill for p in parts if isinstance(p, Shape)] == [Color(0, 0, 255)] * 4


def test_selectors_reach_where_css_says() -> None:
    sheet = (
        "<style>#m .n rect{fill:blue} g > rect{fill:red} [id=k]{fill:lime!important}"
        " g rect:first-child{stroke:red} .n>.o>rect{fill:green}</style>"
    )
    rects = '<rect width="1" height="1"/><g class="o"><rect id="k" width="1" height="1"/></g>'
    parts = drawing(f'{sheet}<g id="m"><g class="n">{rects}</g></g><g class="n">{rects}</g>').parts
    paints = [part.paint for part in parts if isinstance(part, Shape)]
    assert [paint.fill for paint in paints] == [
        Color(0, 0, 255), Color(0, 255, 0), RED, Color(0, 255, 0),
    ]  # fmt: skip
    assert all(paint.stroke == RED for paint in paints)


def test_labels_in_html_become_text() -> None:
    # Catches a Mermaid diagram without a single word.
    (label,) = words(
        f'<g transform="translate(10 10)"><foreignObject width="60" height="24"><div {HTML} '
        'style="text-align:center;line-height:1.5"><span style="color:red"><p>起草</p></span>'
        "</div></foreignObject></g>"
    )
    assert (label.text, label.x, label.share, label.color) == ("起草", 40 * PX, 1, RED)
    lines = words(
        f'<switch><foreignObject width="100%" height="100%"><div {HTML} style="display:flex;'
        'align-items:unsafe center;width:40px;height:1px;padding-top:30px;margin-left:5px">'
        f'<div style="text-align:left"><div style="font-size:12px">一二三四五<br/>六</div></div>'
        '</div></foreignObject><text x="9" y="9">一...</text></switch>'
    )
    assert [line.text for line in lines] == ["一二三", "四五", "六"]
    middles = [line.y - round(12 * 0.38 * PX) for line in lines]
    assert middles[1] == pytest.approx(30 * PX, abs=2)


def test_words_of_a_picture_are_known() -> None:
    found = handed_on('<text>面积 m<tspan dy="-5">2</tspan></text><defs><text>x</text></defs>')
    assert found.texts == ("面积 m2",)


def test_markup_for_the_renderer_holds_no_more_than_the_drawing() -> None:
    # Catches scripts, foreign names and families that the renderer does not have.
    found = handed_on(
        '<script>x</script><text font-family="SimSun" onclick="y" letter-spacing="2">A&amp;</text>'
    )
    assert "script" not in found.markup
    assert "onclick" not in found.markup
    assert "font-family:Noto Serif SC;" in found.markup
    assert "A&amp;" in found.markup


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "gb18030", "utf-16"])
def test_encodings_of_chinese_programs(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n' + svg("<text>镕基</text>").decode()
    found = read_svg(text.encode(encoding if encoding != "gb2312" else "gb18030")).drawing
    assert found is not None
    assert [part.text for part in found.parts if isinstance(part, Words)] == ["镕基"]


def test_entities_are_replaced() -> None:
    head = '<!DOCTYPE svg PUBLIC "x" "http://www.w3.org/x.dtd" [<!ENTITY u "甲乙">]>'
    found = read_svg((head + svg("<text>&u;&nbsp;丙</text>").decode()).encode()).drawing
    assert found is not None
    assert [part.text for part in found.parts if isinstance(part, Words)] == ["甲乙\xa0丙"]


def test_dashes_and_corners_are_those_of_the_file() -> None:
    paint = shape(
        '<path stroke="red" stroke-dasharray="4" stroke-dashoffset="1" stroke-miterlimit="2" '
        'd="M0 0h9"/>'
    ).paint
    assert (paint.dash, paint.phase, paint.miter) == ((4 * PX,) * 2, PX, 2000)
    assert shape('<path stroke="red" d="M0 0h9"/>').paint.miter == 4000


BOMB = b"""<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<svg width="9" height="9"><text>&b;</text></svg>"""

REFUSED = {
    "no XML": b"\x89PNG", "empty": b"", "cut off": svg("<g>"), "another root": b"<html/>",
    "no size": svg("", ""), "entities": BOMB, "nested": svg("<g>" * 70 + "</g>" * 70),
    "many": svg("<g/>" * 50_001), "tiny": svg("", 'width="1e-308" height="1e-308"'),
    "swelling": b'<!DOCTYPE svg [<!ENTITY a "' + b"x" * 9000 + b'">]><svg width="9" height="9">'
    + b"&a;" * 3000 + b"</svg>", "thin": svg("", 'width="1" height="5000"'),
    "undefined": b'<!DOCTYPE svg SYSTEM "a"><svg width="9" height="9">&b;</svg>',
    "doubling": svg("".join(
        f'<g id="a{k}"><use href="#a{k + 1}"/><use href="#a{k + 1}"/></g>' for k in range(40)
    ) + '<g id="a40"><path d="M0 0h1"/></g>'),
    "encoding": b'<?xml version="1.0" encoding="klingon"?><svg width="1" height="1"/>',
    "huge": svg('<path d="M0 0h1e999"/>'),
    "infinite": svg('<g transform="scale(1e308)"><path d="M9 9h9e99v9"/></g>'),
    "rules": svg("<style>" + "g g{fill:red}" * 2000 + "</style>" + "<g/>" * 3000),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_and_broken_files_are_refused_at_a_line(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cascade, "WORK_LIMIT", 200_000)  # three seconds are not waited for
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
    for part in found.drawing.parts if found.drawing else ():
        if isinstance(part, Shape):
            assert part.outline[0][0] == "m"


MARKER = (
    '<marker id="m" markerWidth="4" markerHeight="4" refX="4" refY="2" orient="{}" {}>'
    '<path d="M0 0L4 2L0 4z" fill="red"/></marker>'
)


@each(
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


def test_markers_that_use_each_other_are_handed_on() -> None:
    inner = '<marker id="m"><path d="M0 0h1v1" marker-end="url(#m)" stroke="red"/></marker>'
    handed_on(inner + '<path d="M0 0h9" stroke="red" marker-end="url(#m)"/>')


@pytest.mark.parametrize(
    "inner",
    [
        "<style>" + "/*" * 100_000 + "</style>",
        "<style>" + "{" * 100_000 + "</style>",
        '<text style="font:' + "1" * 100_000 + '">甲</text>',
        '<path stroke-dasharray="' + "1" * 100_000 + 'x" d="M0 0h1"/>',
        '<path style="fill:' + "var(--a," * 50_000 + '" d="M0 0h1"/>',
    ],
    ids=["comments", "braces", "font", "dashes", "var"],
)
def test_hostile_styles_are_read_in_the_time_of_their_length(inner: str) -> None:
    # Catches a pattern that tries every place against every other: hours, not milliseconds.
    read_svg(svg(inner))


def test_a_transform_that_cannot_be_read_is_none() -> None:
    assert read_transform("rotate(1 2)") is None
    assert read_transform("translate(1) x") is None
    assert read_transform("") is not None
