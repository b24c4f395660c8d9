"""What the package offers to programs beside ``typeset`` and ``check`` (docs/api.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from brieftex.output import write_whole
from brieftex.pdf.raster import png_pages
from brieftex.pipeline import Typeset, typeset
from brieftex.source import Given

__all__ = ["build", "render"]


def build(issue: Given, target: Path | str, **options: Any) -> Typeset:
    """Set an issue as ``typeset`` does with these options, and write the PDF to ``target``.

    The file is whole or not there at all; its folder is made. Raises InputError, and OSError
    when it cannot be written.
    """
    made = typeset(issue, **options)
    write_whole(Path(target), made.pdf)
    return made


def render(pdf: bytes | Typeset, dpi: float = 150) -> Iterator[bytes]:
    """The pages of a PDF as PNG files, in order; needs the extra ``png``.

    Raises NoRasteriserError, an ImportError, without it, and ValueError for a ``dpi`` that
    makes no page or one too large for the memory.
    """
    yield from png_pages(pdf if isinstance(pdf, bytes) else pdf.pdf, dpi)
