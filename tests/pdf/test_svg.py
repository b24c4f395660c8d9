"""SVG figures in the finished file, beside another program's picture of the same file."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pypdfium2
import pytest
from pdf.verapdf import problems
from PIL import Image, ImageChops, ImageStat

from brieftex.layout.page import PlacedFrame
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


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
@pytest.mark.parametrize("text", [PLAIN, MORE, WORDS])
def test_svg_figures_conform(text: str, flavour: str, tmp_path: Path) -> None:
    assert problems(made(tmp_path, text).pdf, flavour) == []


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
