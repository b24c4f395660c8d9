"""SVG files of real programs, in the finished PDF and in Chromium, pixel by pixel."""

from __future__ import annotations

import re
import shutil
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from math import ceil
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from playwright.sync_api import CDPSession, Error, Page, sync_playwright

from brieftex.input.svg import read_svg
from brieftex.input.svg.families import role_of
from brieftex.input.svg.markup import FAMILIES
from brieftex.layout.page import PlacedFrame, PlacedPicture
from brieftex.pipeline import Typeset, typeset
from brieftex.units import Rect, to_pt

MADE = sorted(Path(__file__).with_name("made").glob("*.svg"))
WIDTH = 800
"""Pixels, of both pictures that are compared."""

ISSUE = "brieftex: 1\nmasthead: {name: 试排}\nforeword:\n  body:\n"
FIGURE = "    - {{figure: {}, alt: 某个程序画的图}}\n"

FONTS = """\
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Typeset:
    """One issue with all the files, with no more pixels than are compared."""
    folder = tmp_path_factory.mktemp("all")
    for path in MADE:
        shutil.copy(path, folder)
    text = ISSUE + "".join(FIGURE.format(path.name) for path in MADE)
    (folder / "issue.yaml").write_text(text, "utf-8")
    return typeset(folder / "issue.yaml", edition="mail", bundled_fonts=True)


@pytest.fixture(scope="module")
def window(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A window of a Chromium that knows the bundled faces alone."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not installed")
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(FONTS.format(fonts=root / "fonts", cache=folder), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox"],
            env={"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)},
        )
        yield browser.new_page()
        browser.close()


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


def captured(window: Page, session: CDPSession, options: dict[str, object]) -> str:
    """A picture of the window, asked for again, a frame later, where Chromium has none yet."""
    for tries_left in reversed(range(20)):
        try:
            return str(session.send("Page.captureScreenshot", options)["data"])
        except Error as error:
            if "Unable to capture" not in str(error) or not tries_left:
                raise
            window.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    raise AssertionError


def in_chromium(window: Page, path: Path, folder: Path) -> Image.Image:
    found = read_svg(path.read_bytes())
    (folder / path.name).write_text(
        in_our_faces(path.read_text("utf-8"), exact=found.drawing is not None), "utf-8"
    )
    px = 96 / 72
    width, height = (to_pt(side) * px for side in (found.width, found.height))
    # The protocol itself, since Playwright has one scale for each of its contexts, and to make one
    # takes longer than the picture.
    session = window.context.new_cdp_session(window)
    clip = {"x": 0, "y": 0, "width": round(width), "height": round(height), "scale": 1}
    view = {"width": clip["width"], "height": max(clip["height"], 100), "mobile": False}
    session.send("Emulation.setDeviceMetricsOverride", {"deviceScaleFactor": WIDTH / width, **view})
    window.goto((folder / path.name).as_uri())
    shot = captured(window, session, {"format": "png", "clip": clip})
    with Image.open(BytesIO(b64decode(shot))) as image:
        return image.convert("RGB").resize((WIDTH, round(WIDTH * height / width)))


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


def in_pdf(printed: Typeset) -> Iterator[Image.Image]:
    """The pictures of the issue, as PDFium shows them."""
    pdf = pypdfium2.PdfDocument(printed.pdf)
    for page in printed.pages:
        for item in page.items:
            if isinstance(item, PlacedFrame | PlacedPicture):
                yield part_of(pdf[page.number - 1], item.rect)
    pdf.close()


def unlike(a: Image.Image, b: Image.Image) -> tuple[float, float]:
    """The mean difference of two pictures, of 255, and the share of their area that is another
    colour; edges that two programs smooth in their own ways are none of it."""
    size = (min(a.width, b.width), min(a.height, b.height))
    both = [image.crop((0, 0, *size)).filter(ImageFilter.BoxBlur(4)) for image in (a, b)]
    far = ImageChops.difference(*both).convert("L")
    return ImageStat.Stat(far).mean[0], sum(far.histogram()[48:]) / (size[0] * size[1])


MEAN, AREA = 4.0, 0.015
"""The bounds. Most pictures are within a fourth of them; a label that is lost in a picture of
ten is beyond."""

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
    window = request.getfixturevalue("window")
    wrong = {}
    for path, mine in zip(MADE, in_pdf(printed), strict=True):
        mean, area = unlike(mine, in_chromium(window, path, tmp_path))
        most, largest = WIDER.get(path.stem, (MEAN, AREA))
        if mean > most or area > largest:
            wrong[path.stem] = (mean, area)
    assert wrong == {}


def test_there_are_files_of_many_programs() -> None:
    assert len(MADE) >= 60
    assert len({path.stem.partition("-")[0] for path in MADE}) >= 10
