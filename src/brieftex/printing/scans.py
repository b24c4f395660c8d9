"""Scans of an issue, PDF or pictures, held against the maps of marked copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from brieftex.bounded import Bounds, TooCostlyError, bounded_each
from brieftex.pdf.raster import NoRasteriserError, UnreadablePagesError, page_pictures
from brieftex.source import open_regular, read_regular
from brieftex.tracing.linemap import LineMap
from brieftex.tracing.scans import MOST_PAGES, ScanError, scanned_pages
from brieftex.tracing.suspects import PageFound, pages_found
from brieftex.verification import PDF_LIMIT

PIXELS_TO_THE_INCH = 300
"""How finely pages of a PDF are looked at: a shift is one pixel."""

SCAN_SECONDS, SCAN_MEBIBYTES = 60, 1024
"""What reading a page may take, and a second more for each map that it is held against."""


def pages_of_scans(
    paths: Sequence[Path],
    maps: dict[str, LineMap],
    progress: Callable[[int, list[PageFound]], None],
) -> list[PageFound]:
    """What the pages of all files show, numbered through; ``progress`` is told of each. Raises
    ScanError, NoRasteriserError and OSError."""
    found: list[PageFound] = []
    count = 0
    bounds = Bounds(SCAN_SECONDS + len(maps), SCAN_MEBIBYTES)
    for path in paths:
        with open_regular(path) as file:
            is_pdf = b"%PDF-" in file.read(1024)
        data = read_regular(path, PDF_LIMIT) if is_pdf else b""
        try:
            for here in bounded_each(partial(_pages, path, data, maps, count), bounds):
                if isinstance(here, Exception):
                    raise here
                progress(count, here)
                found += here
                count += 1
        except (TooCostlyError, MemoryError) as error:
            raise ScanError("TOO_COSTLY") from error
        except RuntimeError as error:
            raise ScanError("DAMAGED") from error
    return found


def _pages(
    path: Path, data: bytes, maps: dict[str, LineMap], count: int
) -> Iterator[list[PageFound] | Exception]:
    """What each page of a file shows, or why it cannot be read, as values that can be sent;
    ``data`` is what a PDF file holds."""
    try:
        pictures = page_pictures(data, PIXELS_TO_THE_INCH) if data else scanned_pages(path)
        for number, picture in enumerate(pictures):
            if number == MOST_PAGES:
                yield ScanError("TOO_MANY")
                return
            yield list(pages_found(count + number, picture, maps))
    except (ScanError, NoRasteriserError, OSError) as error:
        yield error
    except UnreadablePagesError:
        yield ScanError("DAMAGED")
    except ValueError:  # a page larger than any paper
        yield ScanError("TOO_LARGE")
