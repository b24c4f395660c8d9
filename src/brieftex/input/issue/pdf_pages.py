"""Pages of PDF files of other programs: which are wanted, how they stand, and how large each is.

The fields are those of an attachment and of a meeting's paper. The file is looked at once, as a
picture is: what is found goes into the model.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from brieftex.bounded import TooCostlyError
from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages import foreign as say
from brieftex.foreign import (
    FOREIGN_LIMIT,
    MOST_FOREIGN_PAGES,
    DamagedError,
    LockedError,
    NoSuchPageError,
    PageRanges,
    TooManyPagesError,
    foreign_bounds,
    seen_pages,
)
from brieftex.input.fields import Choice, Field, Plain, Quotes, Reading
from brieftex.input.fields.typed import clean, short
from brieftex.input.issue.figures import figure_path
from brieftex.input.yaml import Node, Scalar
from brieftex.model.content import PageFit
from brieftex.patterns import late
from brieftex.picture import PdfPage
from brieftex.source import read_regular

MOST_PAGE_RANGES = 100
"""Pages and ranges of pages of one file."""

_RANGE = late(r"(\d{1,5})(?:\s*[-–—~～至到]\s*(\d{1,5}))?")


def read_page_ranges(
    reading: Reading, node: Node, field: Field, path: str
) -> tuple[tuple[int, int], ...] | None:
    """Read pages: 1-6, or 1-3,8."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    text = clean(node.text)
    parts = [_RANGE.fullmatch(part.strip()) for part in re.split("[,，、]", text)]
    made = [(int(part[1]), int(part[2] or part[1])) for part in parts if part]
    upward = all(0 < first <= last for first, last in made)
    if len(made) < len(parts) or len(made) > MOST_PAGE_RANGES or not upward:
        reading.report(say.BAD_PAGES, reading.first_line(node), path, text=short(text))
        return None
    return tuple(made)


PDF_PAGES = Plain(
    read_page_ranges, {"type": ["string", "integer"], "minLength": 1, "minimum": 1}, "页码",
    quotes=Quotes.REFUSED,
)  # fmt: skip
PAGE_FIT = Choice({
    **{fit.value: fit for fit in PageFit}, "版心": PageFit.INSIDE, "整页": PageFit.WHOLE,
})  # fmt: skip


class FoundPages(Struct, frozen=True):
    """The pages of a file, in their order, and what identifies its bytes."""

    pages: tuple[PdfPage, ...]
    digest: str


def find_pages(folder: Path, name: str, wanted: PageRanges, at: Span) -> FoundPages | Finding:
    """The ``wanted`` pages of the file that a file in ``folder`` calls ``name`` at ``at``; or why
    there are none."""
    try:
        path = figure_path(folder, name)
        if path is None or not path.is_file():
            return say.PAPER_MISSING.at(at, file=name)
        data = read_regular(path, FOREIGN_LIMIT)
    except (OSError, ValueError, RuntimeError):
        return say.PAPER_MISSING.at(at, file=name)
    try:
        seen = seen_pages(data, wanted)
    except (DamagedError, LockedError, NoSuchPageError, TooCostlyError, TooManyPagesError) as error:
        return _refusal(error, data, name, at)
    pages = tuple(PdfPage.of(path, page.number, page.width, page.height) for page in seen)
    return FoundPages(pages, sha256(data).hexdigest())


def _refusal(error: Exception, data: bytes, name: str, at: Span) -> Finding:
    """Why pages were not taken."""
    match error:
        case LockedError():
            found = say.PAPER_LOCKED.at(at, file=name)
        case NoSuchPageError(page=page, count=count):
            found = say.PAPER_WITHOUT_PAGE.at(at, file=name, page=page, count=count)
        case TooManyPagesError():
            found = say.PAPER_OF_TOO_MANY_PAGES.at(at, file=name, most=MOST_FOREIGN_PAGES)
        case TooCostlyError():
            bounds = foreign_bounds(data)
            found = say.PAPER_TOO_COSTLY.at(
                at, file=name, seconds=bounds.seconds, mebibytes=bounds.mebibytes
            )
        case _:
            found = say.PAPER_UNREADABLE.at(at, file=name)
    return found
