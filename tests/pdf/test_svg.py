"""SVG figures in the finished file, beside another program's picture of the same file."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pypdfium2
import pytest
from helpers.services import RASTERISED
from pdf.verapdf import problems
from PIL import Image, ImageChops, ImageStat

from brieftex.diagnostics import InputError
from brieftex.layout.page import PlacedFrame, PlacedPicture
from brieftex.pdf.write import rendering
from brieftex.pipeline import Typeset, typeset
from brieftex.units import to_pt

ISSUE = """\
brieftex: 1
masthead: {name: 试排}
foreword:
  body:
    - figure: flow.svg
      caption: 流程
      alt: 预约、审核、测试三步
"""

PLAIN = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">
  <defs><path id="arrow" d="M0 0h40l-8-6m8 6l-8 6" fill="none" stroke="#333"/></defs>
  <rect fill="#fdf3e7" stroke="#8f2a22" x="10" y="10" width="80" height="50" rx="10"/>
  <use href="#arrow" x="95" y="35"/>
  <g transform="translate(150 10) scale(.5) rotate(-5)">
    <rect fill="#fdf3e7" stroke="#8f2a22" stroke-width="6" width="160" height="90"/></g>
  <path d="M20 180C40 60 90 60 110 130S160 190 180 90a15 15 0 0 1 20-10q10-10 20 0t10 20"
    fill="none" stroke="steelblue" stroke-width="4" stroke-linecap="round"/>
  <path d="M250 10l10 40-35-25h50l-35 25z" fill="#46647f" fill-rule="evenodd"/>
  <ellipse cx="120" cy="180" rx="40" ry="12" fill="#46647f" transform="rotate(15 120 180)"/>
  <polyline points="10,100 30,80 50,100 70,80" fill="none" stroke="green" stroke-linejoin="bevel"
    stroke-width="6"/>
</svg>
"""
# What MuPDF leaves out of an SVG: style sheets, clips, dashes.
MORE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">
  <style>.box {fill: tomato}</style>
  <clipPath id="round"><circle cx="100" cy="100" r="40"/></clipPath>
  <g clip-path="url(#round)"><rect class="box" x="60" y="60" width="80" height="80"/></g>
  <path d="M200 20v160" stroke="black" stroke-width="10" stroke-dasharray="40 40"/>
</svg>
"""

WORDS = """\
<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" font-family="SimHei">
  <text x="150" y="40" text-anchor="middle" font-size="20">预约 2 日</text>
  <text x="30" y="150" transform="rotate(-90 30 150)" font-family="KaiTi">竖排的标签</text>
  <text x="290" y="190" text-anchor="end" fill="#8f2a22"><tspan x="290" dy="-20">甲乙</tspan></text>
</svg>
"""


# What shines through, which is vectors with graphics states.
CLEAR = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">
  <rect width="150" height="200" fill="#ff0000"/>
  <rect x="50" y="50" width="200" height="100" fill="#0000ff" fill-opacity="50%"/>
  <path d="M20 180h260" fill="none" stroke="#00ff00" stroke-width="20" opacity=".5"/>
  <rect x="200" y="20" width="60" height="20"/>
  <rect x="10" y="10" width="40" height="40" fill="gray" stroke="green" stroke-opacity=".5"
    stroke-width="20"/>
</svg>
"""
# What resvg draws.
RENDERED = """\
<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" style="background:#eee">
  <linearGradient id="g"><stop stop-color="red"/>
    <stop offset="1" stop-color="blue"/></linearGradient>
  <rect x="50" y="50" width="200" height="100" fill="url(#g)"/>
  <text x="60" y="40" font-family="SimHei" font-size="20">面积 m<tspan dy="-8">2</tspan></text>
</svg>
"""


def made(folder: Path, text: str) -> Typeset:
    (folder / "flow.svg").write_text(text, "utf-8")
    (folder / "issue.yaml").write_text(ISSUE, "utf-8")
    return typeset(folder / "issue.yaml", bundled_fonts=True)


def figure_of(result: Typeset, width: int) -> Image.Image:
    """The figure as PDFium shows it, ``width`` pixels wide."""
    frame = next(i for page in result.pages for i in page.items if isinstance(i, PlacedFrame))
    scale = width / to_pt(frame.rect.width)
    page = pypdfium2.PdfDocument(result.pdf)[0].render(scale=scale).to_pil().convert("RGB")
    left, top = (round(to_pt(v) * scale) for v in (frame.rect.x, frame.rect.y))
    return page.crop((left, top, left + width, top + round(to_pt(frame.rect.height) * scale)))


def test_shapes_look_as_mupdf_shows_them(tmp_path: Path) -> None:
    # Catches a wrong arc, transform or rule: each moves far more ink than smooth edges do.
    mine = figure_of(made(tmp_path, PLAIN), 600)
    with pymupdf.open(stream=PLAIN.encode(), filetype="svg") as document:
        pixmap = document[0].get_pixmap(matrix=pymupdf.Matrix(2, 2), alpha=False)
    other = Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)
    difference = ImageChops.difference(mine, other.resize(mine.size)).convert("L")
    strong = difference.point(lambda value: 255 * (value > 100))
    assert ImageStat.Stat(strong).mean[0] < 255 * 0.004


def test_clips_style_sheets_and_dashes_show(tmp_path: Path) -> None:
    picture = figure_of(made(tmp_path, MORE), 600)
    red, white, black = (255, 99, 71), (255, 255, 255), (0, 0, 0)
    places = {(200, 200): red, (130, 130): white, (270, 200): red, (400, 80): black}
    places |= {(400, 160): white, (400, 240): black, (400, 320): white}
    assert {place: picture.getpixel(place) for place in places} == places


@pytest.mark.parametrize("text", [PLAIN, MORE, WORDS, CLEAR, RENDERED])
def test_svg_figures_conform(text: str, tmp_path: Path) -> None:
    assert problems(made(tmp_path, text).pdf, "ua1", "2a") == []


def test_words_are_text_in_the_issues_faces(tmp_path: Path) -> None:
    with pymupdf.open(stream=made(tmp_path, WORDS).pdf) as pdf:
        text = "".join(page.get_text() for page in pdf)
        fonts = {font[3].partition("+")[2] for page in pdf for font in page.get_fonts()}
        turned = [
            line["dir"]
            for block in pdf[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            if "".join(span["text"] for span in line["spans"]).startswith("竖")
        ]
    for words in ("预约2日", "竖排的标签", "甲乙"):
        assert words in text.replace(" ", "").replace("\n", "")
    assert {"FandolKai-Regular", "NotoSansSC-Medium"} <= fonts
    assert turned == [pytest.approx((0, -1))]


def test_what_shines_through_does_so_in_the_pdf(tmp_path: Path) -> None:
    # Catches opacity mixed with white where something lies below, and kept for what follows.
    picture = figure_of(made(tmp_path, CLEAR), 600)
    places = {
        (60, 300): (255, 0, 0), (200, 200): (127, 0, 127), (400, 200): (127, 127, 255),
        (500, 360): (127, 255, 127), (460, 60): (0, 0, 0), (36, 60): (64, 128, 64),
    }  # fmt: skip
    for place, color in places.items():
        assert picture.getpixel(place) == pytest.approx(color, abs=3), place


def test_what_is_not_drawn_here_is_rendered_and_told_in_one_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "PIXELS_PER_INCH", RASTERISED)
    result = made(tmp_path, RENDERED)
    (finding,) = result.findings
    assert (finding.kind.code, finding.severity) == ("BT296", "info")
    assert finding.span is not None
    (item,) = (i for p in result.pages for i in p.items if isinstance(i, PlacedPicture))
    with pymupdf.open(stream=result.pdf) as pdf:
        (image,) = pdf[0].get_images()
        assert image[2] == round(to_pt(item.rect.width) / 72 * RASTERISED)
        pixels = pymupdf.Pixmap(pdf, image[0])
        scale = pixels.width / 300
        assert pixels.pixel(5, 5) == (238, 238, 238)
        assert pixels.pixel(round(52 * scale), round(100 * scale)) == pytest.approx(
            (253, 0, 2), abs=3
        )
        words = [pixels.pixel(x, y) for x in range(round(60 * scale), round(150 * scale), 3)
                 for y in range(round(20 * scale), round(40 * scale), 3)]  # fmt: skip
        assert sum(sum(word) < 200 for word in words) > len(words) // 20
    # Those who do not see it read its words.
    assert "预约、审核、测试三步（图中文字：面积 m2）" in [
        node.alt for node in result.document.nodes
    ]


def test_what_is_rendered_is_the_same_again(tmp_path: Path) -> None:
    assert made(tmp_path, RENDERED).pdf == made(tmp_path, RENDERED).pdf


def test_words_that_only_cut_are_there(tmp_path: Path) -> None:
    # Catches a picture without its faces because none of its words is painted.
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><defs><clipPath id="c">'
        '<text x="20" y="180" font-size="200">字</text></clipPath></defs>'
        '<rect width="300" height="200" fill="#00aa00" clip-path="url(#c)"/></svg>'
    )
    with pymupdf.open(stream=made(tmp_path, text).pdf) as pdf:
        pixels = pymupdf.Pixmap(pdf, pdf[0].get_images()[0][0])
        assert pixels.color_count(colors=True).get(bytes((0, 170, 0)), 0) > 10_000 // 16


def test_characters_that_no_face_has_do_not_vanish_in_silence(tmp_path: Path) -> None:
    result = made(tmp_path, RENDERED.replace("面积", "面\ue123"))
    (finding,) = (f for f in result.findings if f.kind.name == "missing-in-picture")
    assert "U+E123" in finding.message()
    assert finding.severity == "warning"


def test_a_drawing_that_the_renderer_gives_up_is_a_finding(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("resvg_py.svg_to_bytes", _refuse)
        with pytest.raises(InputError) as caught:
            made(tmp_path, RENDERED)
    (finding,) = (f for f in caught.value.findings if f.severity == "error")
    assert (finding.kind.code, finding.span is not None) == ("BT905", True)


def _refuse(**_options: object) -> bytes:
    raise ValueError("no")
