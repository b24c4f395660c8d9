"""A PDF file is verified, alone or against an issue, which is set again for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from brieftex.diagnostics import Finding, Source
from brieftex.pipeline import TypesetPages, typeset_pages
from brieftex.source import read_regular

if TYPE_CHECKING:
    from brieftex.pdf.read.readback import Readback

PDF_LIMIT = 256 * 1024 * 1024
"""Largest PDF file that is verified, bytes."""


def verify_file(  # noqa: PLR0913  # all but two are named
    path: Path,
    against: Path | None = None,
    *,
    theme: str | None = None,
    edition: str | None = None,
    bundled_fonts: bool = False,
    password: str | None = None,
    seconds: int | None = None,
    memory: int | None = None,
) -> tuple[list[Finding], Source | None]:
    """What is wrong with the PDF file ``path``, and the source of the issue ``against``.

    The issue is set as ``typeset`` does, to be compared. Reading the file may take so many
    ``seconds`` of CPU time and MiB of ``memory``. Raises OSError when the PDF cannot be
    read and InputError when the issue cannot be set.
    """
    # A dump needs none of these.
    from brieftex.bounded import Bounds  # noqa: PLC0415
    from brieftex.pdf.read.verify import expected_of, verify_bounded  # noqa: PLC0415

    data = read_regular(path, PDF_LIMIT)
    usual = Bounds()
    # A volume of ten thousand pages is no attack: a second more for each MiB.
    bounds = Bounds(seconds or usual.seconds + len(data) // 2**20, memory or usual.mebibytes)
    if against is None:
        return verify_bounded(data, bounds, password=password), None
    made = typeset_pages(against, theme=theme, edition=edition, bundled_fonts=bundled_fonts)
    expected = expected_of(made.document, made.pages)
    found = verify_bounded(data, bounds, expected, password, _manuscript(made))
    return found, made.source


def _manuscript(made: TypesetPages) -> Callable[[Readback], Iterator[Finding]]:
    """What holds a file against the issue file, which is read once more for it."""
    from brieftex.manuscript.compare import differences  # noqa: PLC0415  # not in a build
    from brieftex.manuscript.written import Printing  # noqa: PLC0415

    theme = made.theme
    signed = theme.signature.from_masthead
    parts = [p for p in theme.masthead.arrangement if p != "name" or not theme.masthead.preprinted]
    printing = Printing(theme.labels, theme.source_lines, parts, signed)
    return lambda read: differences(read, made.source, printing)
