"""What the window shows is what the PDF shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from brieftex import typeset

from .conftest import Watch, Window

PX_PER_PT = 2


def shown(window: Window, number: int) -> Image.Image:
    """A page as the window has it, at its very pixels."""
    leaf = window.page.locator(".leaf").nth(number - 1)
    leaf.scroll_into_view_if_needed()
    window.until(f"document.querySelectorAll('.leaf .ink')[{number - 1}].firstChild")
    window.page.wait_for_load_state("networkidle")
    return Image.open(BytesIO(leaf.screenshot())).convert("RGB")


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
    """The sample issue, in a folder of its own."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copy(root / "briefing.yaml", folder)
    shutil.copytree(root / "images", folder / "images")
    return folder


def test_every_page_looks_like_its_print(
    folder: Path, watch: Callable[..., Watch], window: Callable[..., Window]
) -> None:
    watched = watch(folder / "briefing.yaml")
    seen = window(watched.address, width=1600, height=1900)
    if seen.page.is_visible("#side"):
        seen.page.keyboard.press("i")
    seen.get(f"sessionStorage.setItem('zoom', {PX_PER_PT * 72 / 96})")
    seen.page.reload()
    seen.until("document.documentElement.dataset.painted")
    pdf = pypdfium2.PdfDocument(typeset(folder / "briefing.yaml", bundled_fonts=True).pdf)
    assert seen.page.locator(".leaf").count() == len(pdf)
    pictures = seen.get(
        "[...document.querySelectorAll('.leaf')].flatMap((leaf, k) =>"
        " /图\\d/.test(leaf.querySelector('.words').textContent) ? [k + 1] : [])"
    )
    assert pictures
    for number in sorted({1, 2, *pictures, *range(3, len(pdf) + 1, 4), len(pdf)}):
        ours = shown(seen, number)
        mean, most = unlike(ours, printed(pdf, number, ours.size))
        # Another page differs by 10 and 240, the same page a pixel lower by 2 and 120.
        assert (mean < 1.5, most < 70) == (True, True), (number, mean, most)
