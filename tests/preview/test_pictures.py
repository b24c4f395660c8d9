"""SVG files of real programs, in the finished PDF and in Chromium, pixel by pixel."""

from __future__ import annotations

import re
import shutil
from base64 import b64decode
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from math import ceil
from pathlib import Path

import pypdfium2
import pytest
from helpers.browsers import captured, window_of
from PIL import Image, ImageChops, ImageFilter, ImageStat
from playwright.sync_api import CDPSession, Page

from brieftex.input.svg.families import role_of
from brieftex.input.svg.markup import FAMILIES
from brieftex.layout.page import PlacedFrame, PlacedPicture
from brieftex.pipeline import Typeset, typeset
from brieftex.units import Rect, to_pt

MADE = sorted((Path(__file__).parents[1] / "pictures/made").glob("*.svg"))
WIDTH = 800
"""Pixels, of both pictures that are compared."""

HIGHEST = 12_000
"""Pixels. Chromium takes pictures of up to 16,384."""

ISSUE = "brieftex: 1\nmasthead: {name: 试排}\nforeword:\n  body:\n"
FIGURE = "    - {{figure: {}, alt: 某个程序画的图}}\n"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Typeset:
    """One issue with all the files, with as many pixels as tell what is compared, which are
    blurred."""
    folder = tmp_path_factory.mktemp("all")
    for path in MADE:
        shutil.copy(path, folder)
    text = ISSUE + "".join(FIGURE.format(path.name) for path in MADE)
    (folder / "issue.yaml").write_text(text, "utf-8")
    (folder / "theme.yaml").write_text("extends: briefing\nfigures: {resolution: 75}\n", "utf-8")
    return typeset(folder / "issue.yaml", theme="theme.yaml", bundled_fonts=True)


def in_our_faces(text: str, *, exact: bool) -> str:
    """The file with its families changed for those that ours are set in."""

    def family(names: str) -> str:
        role = role_of(names, bold=False)
        return f"Tinos, {FAMILIES[role]}" if exact else FAMILIES[role]

    text = re.sub(
        r"(font-family\s*:\s*)([^;}]+?)(?=[;}]|\"\s*[/>\w])", lambda m: m[1] + family(m[2]), text
    )
    text = re.sub(r"(font-family=)(\"[^\"]*\"|'[^']*')", lambda m: f'{m[1]}"{family(m[2])}"', text)
    text = re.sub(
        r"(font\s*:[^;}]*?\d(?:px|pt|em)(?:/[\d.]+)?\s+)([^;}\"]+)",
        lambda m: m[1] + family(m[2]),
        text,
    )
    style = f"<style>svg{{font-family:{family('')}}} *{{font-synthesis:none}}</style>"
    return re.sub(r"(<svg\b[^>]*>)", lambda m: m[1] + style, text, count=1)


def in_chromium(
    window: Page, items: Sequence[PlacedFrame | PlacedPicture], folder: Path
) -> Iterator[Image.Image]:
    """The files, as large as these, below each other on pages of about ``HIGHEST`` pixels: to open
    a page and to take its picture takes as long as to draw ten files."""
    # The protocol itself, since Playwright scrolls and waits before each picture.
    session = window.context.new_cdp_session(window)
    shown, tops = "", [0]
    for k, (path, item) in enumerate(zip(MADE, items, strict=True), 1):
        text = in_our_faces(path.read_text("utf-8"), exact=isinstance(item, PlacedFrame))
        (folder / path.name).write_text(text, "utf-8")
        height = round(WIDTH * item.rect.height / item.rect.width)
        shown += f'<img src="{path.name}" style="top:{tops[-1]}px;height:{height}px">'
        tops.append(tops[-1] + height)
        if tops[-1] > HIGHEST or k == len(items):
            yield from cut_up(window, session, folder, shown, tops)
            shown, tops = "", [0]


def cut_up(
    window: Page, session: CDPSession, folder: Path, shown: str, tops: list[int]
) -> Iterator[Image.Image]:
    """The pictures of one page, that begin at ``tops``."""
    style = f"body{{margin:0}} img{{position:absolute;left:0;width:{WIDTH}px}}"
    (folder / "some.html").write_text(f"<style>{style}</style>{shown}", "utf-8")
    view = {"width": WIDTH, "height": tops[-1], "deviceScaleFactor": 1, "mobile": False}
    session.send("Emulation.setDeviceMetricsOverride", view)
    window.goto((folder / "some.html").as_uri())
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": tops[-1], "scale": 1}
    shot = captured(window, session, {"format": "png", "clip": clip, "optimizeForSpeed": True})
    with Image.open(BytesIO(b64decode(shot))) as image:
        for top, end in pairwise(tops):
            yield image.crop((0, top, WIDTH, end)).convert("RGB")


def part_of(page: pypdfium2.PdfPage, rect: Rect) -> Image.Image:
    """A rectangle of a page, ``WIDTH`` pixels wide. To draw the whole page takes twice as long."""
    scale = WIDTH / to_pt(rect.width)
    wide, high = (ceil(side * scale) for side in page.get_size())
    left, top = round(to_pt(rect.x) * scale), round(to_pt(rect.y) * scale)
    right, below = wide - left - WIDTH, high - top - round(to_pt(rect.height) * scale)
    # PDFium rounds up what is cut off.
    cut = [(pixels - 0.5) / scale for pixels in (left, below, right, top)]
    image: Image.Image = page.render(scale=scale, crop=tuple(cut)).to_pil()
    return image.convert("RGB")


def in_pdf(printed: Typeset, items: Sequence[PlacedFrame | PlacedPicture]) -> Iterator[Image.Image]:
    """The pictures of the issue, as PDFium shows them."""
    pdf = pypdfium2.PdfDocument(printed.pdf)
    numbers = {id(item): page.number for page in printed.pages for item in page.items}
    for item in items:
        yield part_of(pdf[numbers[id(item)] - 1], item.rect)
    pdf.close()


def unlike(a: Image.Image, b: Image.Image) -> tuple[float, float]:
    """The mean difference of two pictures, of 255, and the share of their area that is another
    colour; edges that two programs smooth in their own ways are none of it.
    Half as many pixels tell as much."""
    size = (min(a.width, b.width), min(a.height, b.height))
    both = [image.crop((0, 0, *size)).reduce(2).filter(ImageFilter.BoxBlur(2)) for image in (a, b)]
    far = ImageChops.difference(*both).convert("L")
    return ImageStat.Stat(far).mean[0], sum(far.histogram()[48:]) / (far.width * far.height)


MEAN, AREA = 4.0, 0.015
"""The bounds. Most pictures are within a fourth of them; what lost all its words is beyond, a
single label that is lost seldom is."""

# Where more differs, why, and how much.
WIDER = {
    # Bold digits of ours are in the sans face, and its labels in HTML are placed by guess.
    "mermaid-classes": (8.0, 0.05),
    "mermaid-state": (4.0, 0.03),
    "graphviz-table": (5.0, 0.02),
    # A picture of four lines, so that a pixel of its height is much.
    "plantuml-gantt": (8.0, 0.05),
    "gnuplot-bars": (4.0, 0.03),
    "graphviz-flow": (5.0, 0.02),
    "schemdraw-flow": (4.0, 0.03),
}


def test_files_of_real_programs_look_as_in_chromium(
    printed: Typeset, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """And nobody is warned of them: what a renderer draws well is told once in a note. One test,
    since to set the issue and to start Chromium takes longer than all pictures."""
    found = [f for f in printed.findings if f.kind.name != "page-underfull"]
    assert {finding.severity for finding in found} <= {"info"}
    names = [dict(finding.values)["figure"] for finding in found]
    assert len(names) == len(set(names))
    placed = [
        item
        for page in printed.pages
        for item in page.items
        if isinstance(item, PlacedFrame | PlacedPicture)
    ]
    window = window_of(request.getfixturevalue("opener"))
    theirs = in_chromium(window, placed, tmp_path)
    wrong = {}
    for path, mine, their in zip(MADE, in_pdf(printed, placed), theirs, strict=True):
        mean, area = unlike(mine, their)
        most, largest = WIDER.get(path.stem, (MEAN, AREA))
        if mean > most or area > largest:
            wrong[path.stem] = (mean, area)
    window.close()
    assert wrong == {}


def test_there_are_files_of_many_programs() -> None:
    assert len(MADE) >= 60
    assert len({path.stem.partition("-")[0] for path in MADE}) >= 10
