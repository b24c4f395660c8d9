"""Pictures on pages, as a build has them: the header read for the model, the data for the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from PIL import Image

from brieftex.input.issue.picture import read_header
from brieftex.layout.page import Page, PlacedPicture
from brieftex.pdf.write.picture import ImageData, read_pictures
from brieftex.picture import Picture
from brieftex.units import Rect


def placed(rect: Rect, path: Path, node: int = 1) -> PlacedPicture:
    return PlacedPicture(rect, read_header(path).raster, node)


def data_of(pages: Sequence[Page], resolution: int = 0) -> dict[Picture, ImageData]:
    found, findings = read_pictures(pages, resolution)
    assert findings == []
    return found


def noise(width: int, height: int, seed: int = 0) -> Image.Image:
    """Gray noise, which no compression makes small; the same for the same seed, which that of
    Pillow is not."""
    return Image.frombytes("L", (width, height), Random(seed).randbytes(width * height))
