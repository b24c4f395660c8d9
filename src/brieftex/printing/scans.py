"""Scans of an issue, PDF or pictures, held against the maps of marked copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from brieftex.pdf.raster import UnreadablePagesError, page_pictures
from brieftex.pipeline import PDF_LIMIT
from brieftex.source import open_regular, read_regular
from brieftex.tracing.linemap import LineMap
from brieftex.tracing.scans import ScanError, scanned_pages
from brieftex.tracing.suspects import PageFound, pages_found

if TYPE_CHECKING:
    from PIL import Image

PIXELS_TO_THE_INCH = 300
"""How finely pages of a PDF are looked at: a shift is one pixel."""


def pages_of_scans(
    paths: Sequence[Path],
    maps: dict[str, LineMap],
    progress: Callable[[int, list[PageFound]], None],
) -> list[PageFound]:
    """What the pages of all files show, numbered through; ``progress`` is told of each. Raises
    ScanError, NoRasteriserError and OSError."""
    found: list[PageFound] = []
    count = 0
    for path in paths:
        for picture in _pictures(path):
            here = list(pages_found(count, picture, maps))
            progress(count, here)
            found += here
            count += 1
    return found


def _pictures(path: Path) -> Iterator[Image.Image]:
    with open_regular(path) as file:
        start = file.read(1024)
    if b"%PDF-" not in start:
        yield from scanned_pages(path)
        return
    try:
        yield from page_pictures(read_regular(path, PDF_LIMIT), PIXELS_TO_THE_INCH)
    except UnreadablePagesError as error:
        raise ScanError("DAMAGED") from error
    except ValueError as error:  # a page larger than any paper
        raise ScanError("TOO_LARGE") from error
