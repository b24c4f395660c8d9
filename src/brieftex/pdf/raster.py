"""PDF pages as PNG pictures, by PDFium (the extra ``png``): to look at, not to archive."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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


def _opened(pdf: bytes) -> Any:
    try:
        import pypdfium2  # an extra  # noqa: PLC0415
    except ImportError as error:
        raise NoRasteriserError(
            "pages become pictures by pypdfium2: pip install 'brieftex[png]'", name="pypdfium2"
        ) from error
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePagesError(str(error)) from error
