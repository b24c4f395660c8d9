"""The ink that a map expects is the ink that PDFium draws."""

from __future__ import annotations

import pypdfium2
import pytest
from helpers.scanning import RICH

from brieftex.diagnostics import Source
from brieftex.pipeline import typeset_pages
from brieftex.printing.drawing import CopyDrawer
from brieftex.printing.traced import TracedIssue
from brieftex.tracing.ink import correlation, row_means
from brieftex.tracing.linemap import STRIP, UnknownMapError, packed_map, unpacked_map

DPI = 288  # two pixels to a strip


def test_the_expected_ink_is_what_is_drawn() -> None:
    made = typeset_pages(Source("a.yaml", RICH), edition="print", bundled_fonts=True)
    known = unpacked_map(TracedIssue(made, "试排", "print", 2, {}).map)
    document = pypdfium2.PdfDocument(CopyDrawer(made).file(made.pages))
    parts = 0
    for page, drawn in zip(known.pages, document, strict=True):
        assert (round(page.width), round(page.height)) == (595, 842)
        ink = drawn.render(scale=DPI / 72).to_pil().convert("L")
        ink = ink.point(lambda value: 255 - value).convert("F")
        for row in page.rows:
            for part in row.parts:
                scale, depth = DPI / 72, round(len(part.ink) * STRIP * DPI / 72)
                top = round(row.top * scale)
                rows = row_means(ink, part.left * scale, part.right * scale, top, top + depth)
                seen = [(a + b) / 2 for a, b in zip(rows[::2], rows[1::2], strict=True)]
                assert sum(seen) == pytest.approx(sum(part.ink), rel=0.15, abs=20)
                assert correlation(seen, list(part.ink)) > 0.85
                parts += 1
    assert parts > 150


def test_a_map_comes_back_from_its_bytes() -> None:
    made = typeset_pages(Source("a.yaml", RICH), edition="print", bundled_fonts=True)
    data = TracedIssue(made, "试排", "print", 2, {}).map
    assert packed_map(unpacked_map(data)) == data
    for bad in (b"", b"x", data[:-1], data[:40] + b"\0" + data[41:]):
        with pytest.raises(UnknownMapError):
            unpacked_map(bad)
