"""SVG figures: files of a bounded size, read when the issue is checked and again when it is
composed."""

from __future__ import annotations

from pathlib import Path

from brieftex.input.svg import SvgDrawing, SvgError, read_svg

__all__ = ["BYTE_LIMIT", "SvgError", "read_drawing"]

BYTE_LIMIT = 4_000_000


def read_drawing(path: Path) -> SvgDrawing:
    """The drawing in an SVG file. Raises SvgError and OSError."""
    with path.open("rb") as file:
        data = file.read(BYTE_LIMIT + 1)
    if len(data) > BYTE_LIMIT:
        megabytes = BYTE_LIMIT // 1_000_000
        raise SvgError(0, f"文件超过 {megabytes} MB", f"it is larger than {megabytes} MB")
    return read_svg(data)
