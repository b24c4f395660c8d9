"""The pages that the READMEs show: the first of each theme, small.

    .venv/bin/python scripts/theme_pages.py

Needs PyMuPDF, which the development set-up has. Run it when a theme changes its looks.
"""

from __future__ import annotations

from pathlib import Path

import pymupdf
from PIL import ImageOps

from brieftex.pipeline import typeset
from brieftex.theme import theme_names

PAGES = Path(__file__).parents[1] / "docs/pages"
ROOT = PAGES.parents[1]
WIDTH = 360
ISSUES = {"official": ROOT / "tests/pdf/official.yaml"}


def main() -> None:
    """Write ``docs/pages/<theme>.png`` for every theme."""
    for name in theme_names():
        issue = ISSUES.get(name, ROOT / "briefing.yaml")
        pdf = typeset(issue, theme=name, bundled_fonts=True).pdf
        with pymupdf.open(stream=pdf, filetype="pdf") as book:
            scale = WIDTH / book[0].rect.width
            pixmap = book[0].get_pixmap(matrix=pymupdf.Matrix(scale, scale))
        page = ImageOps.expand(pixmap.pil_image(), border=1, fill="#b0b0b0")
        page.quantize(32).save(PAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
