"""What the window shows is what the PDF shows."""

from __future__ import annotations

import shutil
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from helpers.browsers import captured
from PIL import Image, ImageChops, ImageFilter, ImageStat
from suite.test_suite import furnished

from brieftex import typeset

from .conftest import Watch, Window

PX_PER_PT = 2


def shown(window: Window, number: int) -> Image.Image:
    """A page as the window has it, at its very pixels. It is packed as fast as may be, since to
    pack it well takes longer than to draw it."""
    leaf = window.page.locator(".leaf").nth(number - 1)
    leaf.scroll_into_view_if_needed()
    ink = f"document.querySelectorAll('.leaf .ink')[{number - 1}]"
    window.until(f"{ink}.firstChild")
    window.get(f"Promise.all([...{ink}.querySelectorAll('image')].map(image => image.decode()))")
    box = leaf.bounding_box()
    assert box is not None
    session = window.page.context.new_cdp_session(window.page)
    shot = captured(window.page, session, {"clip": {**box, "scale": 1}, "optimizeForSpeed": True})
    session.detach()
    return Image.open(BytesIO(b64decode(shot))).convert("RGB")


def large(seen: Window) -> None:
    """Show the pages at the scale of the comparison."""
    if seen.page.is_visible("#side"):
        seen.page.keyboard.press("i")
    press = "document.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
    seen.get(f"[...'0+++'].forEach(key => {press})")  # all in one: no step is drawn
    seen.rest()
    assert seen.page.inner_text("#zoom-now") == f"{PX_PER_PT * 72 / 96:.0%}"


def printed(pdf: pypdfium2.PdfDocument, number: int, size: tuple[int, int]) -> Image.Image:
    image: Image.Image = pdf[number - 1].render(scale=PX_PER_PT).to_pil().convert("RGB")
    return image.resize(size, Image.Resampling.BOX) if image.size != size else image


def unlike(a: Image.Image, b: Image.Image) -> tuple[float, float]:
    """Mean difference of two pictures, and the largest over a patch as wide as a thin stroke is
    high: edges that two programs smooth in their own ways are none."""
    both = [image.filter(ImageFilter.BoxBlur(3)) for image in (a, b)]
    far = ImageChops.difference(*both).convert("L")
    return ImageStat.Stat(far).mean[0], far.getextrema()[1]


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue of five pages with all that the sample has, in a folder of its own."""
    folder = furnished(tmp_path_factory.mktemp("sample"))
    shutil.copy(root / "tests/helpers/digest.yaml", folder)
    return folder


ALL_SORTS = """\
brieftex: 1
theme: ./own.yaml
masthead: {name: 试排, number: 1, issuer: 办公室, date: 2026-01-05}
contents: false
sections:
  - title: 各种画法
    items:
      - title: 字和图
        body:
          - text: |
              着重==加点的字==，注音{歙县｜Shè xiàn}，**加粗**，English *words* 1286 —— 好。
          - {figure: 图.svg, alt: 图, caption: 图形}
          - figure: 照片.jpg
            alt: 照片
            beside: [{figure: 照片.png, alt: 照片}]
            caption: 侧放和正放的照片
          - {chart: pie, caption: 饼, categories: [甲, 乙, 丙], values: [5, 3, 2]}
          - table: {header: [名, 数], rows: [[甲, 12], [乙, 3]]}
"""

SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120" viewBox="0 0 300 120">
  <clipPath id="half"><rect x="20" y="20" width="60" height="90"/></clipPath>
  <circle cx="60" cy="60" r="40" fill="#c33" clip-path="url(#half)"/>
  <path d="M110 20h60v60h-60z M125 35h30v30h-30z" fill-rule="evenodd" fill="#36a" stroke="#000"/>
  <path d="M190 100 C200 20 230 20 240 100" fill="none" stroke="#080" stroke-width="5"
    stroke-dasharray="9 6" stroke-linecap="round"/>
  <text x="262" y="100" font-size="16" transform="rotate(-60 262 100)">斜放的字</text>
</svg>
"""


def test_all_sorts_of_ink(
    tmp_path: Path, watch: Callable[..., Watch], window: Callable[..., Window]
) -> None:
    """Ensures that dots, readings, outlines around glyphs, clipped and dashed paths, turned
    words, a photograph that lies on its side, one that does not and a watermark look as they do in
    print."""
    folder = tmp_path / "期"
    folder.mkdir()
    (folder / "issue.yaml").write_text(ALL_SORTS, encoding="utf-8")
    (folder / "own.yaml").write_text("extends: briefing\nmarks:\n  strong: bold\n", "utf-8")
    (folder / "图.svg").write_text(SVG, encoding="utf-8")
    photo = Image.new("RGB", (60, 40), "#2266cc")
    photo.paste("#ffcc00", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[274] = 6
    photo.save(folder / "照片.jpg", exif=exif, quality=95)
    photo.save(folder / "照片.png")
    watched = watch(folder / "issue.yaml", "--no-open", "--watermark", "样张")
    seen = window(watched.address, width=1600, height=1900)
    large(seen)
    made = typeset(folder / "issue.yaml", bundled_fonts=True, watermark="样张")
    pdf = pypdfium2.PdfDocument(made.pdf)
    assert seen.page.locator(".leaf").count() == len(pdf)
    for number in range(1, len(pdf) + 1):
        ours = shown(seen, number)
        mean, most = unlike(ours, printed(pdf, number, ours.size))
        assert (mean < 1.5, most < 70) == (True, True), (number, mean, most)


def test_every_page_looks_like_its_print(
    folder: Path, watch: Callable[..., Watch], window: Callable[..., Window]
) -> None:
    watched = watch(folder / "digest.yaml")
    seen = window(watched.address, width=1600, height=1900)
    large(seen)
    pdf = pypdfium2.PdfDocument(typeset(folder / "digest.yaml", bundled_fonts=True).pdf)
    assert seen.page.locator(".leaf").count() == len(pdf)
    # Words come last, when the browser has time.
    seen.until("!document.querySelector('.leaf .words:empty')")
    pictures = seen.get(
        "[...document.querySelectorAll('.leaf')].flatMap((leaf, k) =>"
        " /图\\d/.test(leaf.querySelector('.words').textContent) ? [k + 1] : [])"
    )
    assert pictures
    for number in range(1, len(pdf) + 1):
        ours = shown(seen, number)
        mean, most = unlike(ours, printed(pdf, number, ours.size))
        # Another page differs by 10 and 240, the same page a pixel lower by 2 and 120.
        assert (mean < 1.5, most < 70) == (True, True), (number, mean, most)
