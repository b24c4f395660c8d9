"""PDF pages as PNG pictures, by PDFium (the extra ``png``): to look at, not to archive."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from brieftex.bounded import TooCostlyError, bounded
from brieftex.foreign import FOREIGN_LIMIT, foreign_bounds
from brieftex.source import read_regular

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

MOST_PIXELS = 100_000_000
"""Most pixels of one page: 400 MB of memory."""


class NoRasteriserError(ImportError):
    """PDFium is not installed."""


class UnreadablePagesError(ValueError):
    """PDFium cannot read the file."""


def png_pages(pdf: bytes, dpi: float) -> Iterator[bytes]:
    """A PNG file of each page, with ``dpi`` pixels to the inch.

    Raises NoRasteriserError, UnreadablePagesError, and ValueError where a page would be larger than
    ``MOST_PIXELS`` or ``dpi`` is not above 0.
    """
    for picture in page_pictures(pdf, dpi):
        made = BytesIO()
        picture.save(made, "PNG")
        yield made.getvalue()


def page_pictures(pdf: bytes, dpi: float) -> Iterator[Image.Image]:
    """The same as pictures of Pillow; raises the same."""
    document = _opened(pdf)
    try:
        for page in document:
            width, height = (side * dpi / 72 for side in page.get_size())
            if not (dpi > 0 and width * height <= MOST_PIXELS):
                raise ValueError(f"{dpi} dpi make a page of {width:.0f} by {height:.0f} pixels")
            yield page.render(scale=dpi / 72).to_pil()
    finally:
        document.close()


def foreign_pixels(path: Path, number: int, width: int) -> tuple[int, int, bytes]:
    """Page ``number``, from 1, of another program's file, about ``width`` pixels wide: its width,
    height and RGB pixels on white. Raises the same as ``png_pages``, and OSError."""
    data = read_regular(path, FOREIGN_LIMIT)
    _pdfium()
    try:
        return bounded(lambda: _pixels(data, number, width), foreign_bounds(data))
    except (RuntimeError, TooCostlyError) as error:
        raise UnreadablePagesError(str(error)) from error


def _pixels(pdf: bytes, number: int, width: int) -> tuple[int, int, bytes]:
    document = _opened(pdf)
    try:
        page = document[number - 1]
        across, down = page.get_size()
        if width * width * down / across > MOST_PIXELS:
            raise ValueError(f"{width} pixels across make too large a picture")
        image = page.render(scale=width / across, may_draw_forms=True).to_pil().convert("RGB")
        return image.width, image.height, image.tobytes()
    finally:
        document.close()


def _pdfium() -> Any:
    try:
        import pypdfium2  # an extra  # noqa: PLC0415
    except ImportError as error:
        raise NoRasteriserError(
            "pages become pictures by pypdfium2: pip install 'brieftex[png]'", name="pypdfium2"
        ) from error
    return pypdfium2


def _opened(pdf: bytes) -> Any:
    pypdfium2 = _pdfium()
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePagesError(str(error)) from error
