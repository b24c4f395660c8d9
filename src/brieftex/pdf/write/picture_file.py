"""Pictures as files of their own, as other documents than a PDF hold them."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from brieftex.pdf.write.picture import ImageData
from brieftex.picture import Markup
from brieftex.units import Size, to_pt

CHART_RESOLUTION = 300
"""Pixels to the inch of charts and drawings: more than a screen shows or an office prints."""


def picture_file(picture: ImageData) -> tuple[bytes, str]:
    """The bytes of a picture, upright, and their ending."""
    from PIL import Image  # noqa: PLC0415  # few issues have pictures

    packed = BytesIO()
    if picture.filter == b"/Filter/DCTDecode":
        if picture.turn not in _TURNS:
            return picture.data, "jpeg"
        with Image.open(BytesIO(picture.data)) as image:
            _upright(image, picture.turn).save(packed, "JPEG", quality=92)
        return packed.getvalue(), "jpeg"
    mode = "L" if picture.space == b"DeviceGray" else "RGB"
    pixels = zlib.decompress(picture.data)
    whole = Image.frombytes(mode, (picture.width, picture.height), pixels)
    _upright(whole, picture.turn).save(packed, "PNG")
    return packed.getvalue(), "png"


_TURNS: dict[tuple[int, ...], str] = {
    (-1, 0, 0, 1, 1, 0): "FLIP_LEFT_RIGHT",
    (-1, 0, 0, -1, 1, 1): "ROTATE_180",
    (1, 0, 0, -1, 0, 1): "FLIP_TOP_BOTTOM",
    (0, -1, -1, 0, 1, 1): "TRANSPOSE",
    (0, -1, 1, 0, 0, 1): "ROTATE_270",
    (0, 1, 1, 0, 0, 0): "TRANSVERSE",
    (0, 1, -1, 0, 1, 0): "ROTATE_90",
}
"""How Pillow names what turns a picture upright, by the matrix of ``ImageData.turn``."""


def _upright(image: Any, turn: tuple[int, ...]) -> Any:
    from PIL import Image  # noqa: PLC0415

    return image if turn not in _TURNS else image.transpose(Image.Transpose[_TURNS[turn]])


def drawn_file(size: Size, svg: str) -> tuple[bytes, str]:
    """A chart or a drawing, given as SVG, as pixels, and their ending."""
    from brieftex.pdf.write.rendering import rasterise  # noqa: PLC0415  # few issues need it

    width = round(to_pt(size.width) / 72 * CHART_RESOLUTION)
    image = rasterise(Markup(Path(), size.width, size.height, svg), max(width, 1))
    packed = BytesIO()
    image.save(packed, "PNG", dpi=(CHART_RESOLUTION, CHART_RESOLUTION))
    return packed.getvalue(), "png"
