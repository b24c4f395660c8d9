"""Printers, copiers and scanners as they are: a page of a PDF becomes a picture of its copy."""

from __future__ import annotations

import io
import random
from functools import lru_cache
from math import pi, sin
from typing import Any

import pypdfium2
from helpers.support import ISSUE
from msgspec import Struct
from PIL import Image, ImageChops, ImageFilter

PROSE = "各组围着一台停了的仪器说开去，有人讲它的来历，有人讲它的去处，说到后来都笑了。"
RICH = ISSUE.replace("body: 只有一段话。", "body: |").rstrip() + f"""
          {PROSE * 4}[^1]

          - {PROSE * 2}
          - {PROSE}

          ## 一张表

          | 名称 | 台数 | 说明 |
          |---|---|---|
          | 电镜 | 3 | {PROSE} |
          | 质谱 | 4 | {PROSE} |
          | 核磁 | 5 | 都好 |

          {PROSE * 3}=={PROSE[:9]}=={{汉｜hàn}}

          > {PROSE * 3}

          [^1]: {PROSE * 4}

          {PROSE * 40}
        sources:
          - {{name: 一篇报道, url: "https://example.org/a/very/long/address/that/breaks"}}
colophon: {{prepared_by: [甲], copies: 60}}
"""  # fmt: skip
"""An issue with everything that lines may stand beside: four pages."""

PRINTER = 600
"""Dots to the inch of the printer: the page is black or white there."""


class Copier(Struct, frozen=True):
    """What happens to a page. ``angle`` in degrees; ``scale`` of the copy, ``stretch`` of its
    height alone; ``wobble`` by how many mm the feed is ahead or behind, in a wave; ``blur`` in
    pixels, ``noise`` of 255; ``quality`` of the JPEG, 0 for none; ``bits`` 1: black and white."""

    dpi: int = 200
    angle: float = 0.0
    scale: float = 1.0
    stretch: float = 1.0
    wobble: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    quality: int = 0
    bits: int = 8
    margin: float = 0.0
    """White or cut off, if below 0, round about, in inches."""


def drawn_page(pdf: bytes, number: int, dpi: int) -> Image.Image:
    """A page in greys. PDFium sets small characters on whole pixels: 300 to the inch and more are
    as good as those of a printer."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        made = document[number].render(scale=dpi / 72, grayscale=True).to_pil()
    finally:
        document.close()
    assert isinstance(made, Image.Image)
    return made


def plain_copy(pdf: bytes, number: int) -> Image.Image:
    """A page as a scanner without faults gives it, 150 dots to the inch: for tests that are about
    something else, and a quarter of the work of ``copied``."""
    return drawn_page(pdf, number, 300).reduce(2)


def rendered_page(pdf: bytes, number: int) -> Image.Image:
    """A page as it is printed, black on white."""
    return drawn_page(pdf, number, PRINTER).point(lambda value: 255 if value > 127 else 0)


def copied(page: Image.Image, copier: Copier, seed: int = 0, dpi: int = PRINTER) -> Image.Image:
    """What a scanner makes of a printed page, a picture of so many ``dpi``."""
    wanted = copier.scale * copier.dpi
    times = max(1, int(dpi // (2 * wanted)))
    made, fine = page.reduce(times), dpi / times
    if copier.wobble:
        made = _wobbled(made, copier.wobble * fine / 25.4, fine, seed)
    if copier.angle:
        made = made.rotate(copier.angle, Image.Resampling.BILINEAR, expand=True, fillcolor=255)
    share = wanted / fine
    size = round(made.width * share), round(made.height * share * copier.stretch)
    made = made.resize(size, Image.Resampling.BOX if share < 0.7 else Image.Resampling.BICUBIC)
    if copier.margin:
        more = round(copier.margin * copier.dpi)
        paper = Image.new("L", (made.width + 2 * more, made.height + 2 * more), 255)
        paper.paste(made, (more, more))
        made = paper
    if copier.blur:
        made = made.filter(ImageFilter.GaussianBlur(copier.blur))
    if copier.noise:
        made = made.point(lambda value: 40 + value * 3 // 4)  # grey paper, faint ink
        made = ImageChops.add(made, _noise(made.size, copier.noise, seed), 1, -128)
    if copier.bits == 1:
        made = made.point(lambda value: 255 if value > 140 else 0)
    if copier.quality:
        data = io.BytesIO()
        made.save(data, "JPEG", quality=copier.quality)
        made = Image.open(data)
        made.load()
    return made


def a_copier(dpi: int, chance: random.Random) -> Copier:
    """Some copier: askew by 0.5 to 2 degrees, 97 to 103 % or to other paper, noisy, unsharp."""
    paper = chance.choice([1.0, 1.0, 0.866, 0.816]) if dpi < 300 else chance.choice([1.0, 0.707])
    return Copier(
        dpi=dpi,
        angle=chance.choice([-1, 1]) * chance.uniform(0.5, 2.0),
        scale=paper * chance.uniform(0.97, 1.03),
        stretch=chance.uniform(0.997, 1.003),
        wobble=chance.uniform(0.0, 0.12),
        blur=chance.uniform(0.2, 0.9),
        noise=chance.uniform(2.0, 16.0),
        quality=chance.choice([0, 35, 50, 75]),
        margin=chance.uniform(-0.15, 0.3),
    )


def _noise(size: tuple[int, int], sigma: float, seed: int) -> Image.Image:
    """Noise about 128, the same for the same seed."""
    chance = random.Random(seed)
    made = Image.new("L", size)
    small = _noisy_tile(sigma)
    for y in range(0, size[1], small.height):
        for x in range(0, size[0], small.width):
            turned = small.transpose(chance.choice(list(Image.Transpose)))
            made.paste(turned, (x, y))
    return made


@lru_cache(4)
def _noisy_tile(sigma: float) -> Image.Image:
    """A square of noise, of which all noise is laid: to draw every pixel takes half a second."""
    chance = random.Random(0)
    side = 160
    data = bytes(min(255, max(0, round(chance.gauss(128, sigma)))) for _ in range(side * side))
    return Image.frombytes("L", (side, side), data)


def _wobbled(page: Image.Image, most: float, dpi: float, seed: int) -> Image.Image:
    """The page with its rows ahead or behind in a wave of 60 to 200 mm."""
    chance = random.Random(seed)
    period = chance.uniform(60, 200) * dpi / 25.4
    phase = chance.uniform(0, 2 * pi)
    strips = 96
    edges = [round(page.height * k / strips) for k in range(strips + 1)]
    moved = [y + most * sin(2 * pi * y / period + phase) for y in edges]
    mesh: list[Any] = []
    for k in range(strips):
        box = 0, edges[k], page.width, edges[k + 1]
        a, b = moved[k], moved[k + 1]
        mesh.append((box, (0, a, 0, b, page.width, b, page.width, a)))
    return page.transform(
        page.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=255
    )
