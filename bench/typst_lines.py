"""Typst's lines for a paragraph, read back from the PDF that it writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import pymupdf
from linefaults import PlacedLine

FONTS = Path(__file__).parents[1] / "fonts"

# Typst knows Fandol Fang by its style name. Every paragraph gets a page of its own. Hanging is
# off on both sides.
_SOURCE = """\
#let job = json(bytes(sys.inputs.job))
#set text(
  lang: "zh", region: "cn", size: job.size * 1pt, overhang: false, costs: (runt: job.runt * 1%),
  font: ((name: "Tinos", covers: "latin-in-cjk"), "FandolFang R"),
)
#set smartquote(enabled: false)
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
#for measure in job.measures {
  for text in job.paragraphs {
    page(width: measure * 1pt + 40pt, height: auto, margin: 20pt, par(text))
  }
}
"""
_MARGIN = 20
_KERN = 0.06
# Marks of which Typst drops the blank half at a line's edge.
_HALF_AT_END = frozenset("，、。．；：？！）〕］｝〉》」』】〗”’")


def typst_lines(
    paragraphs: Sequence[str], measures: Sequence[float], size: float, runt: int
) -> Iterator[list[list[PlacedLine]]]:
    """For each of ``measures`` (pt) the lines of each paragraph, by Typst at a runt cost of
    ``runt`` per cent."""
    job = {
        "paragraphs": list(paragraphs),
        "measures": list(measures),
        "size": size,
        "runt": runt,
    }
    inputs = {"job": json.dumps(job)}
    engine: Any = import_module("typst")  # here: the other benchmarks do without
    compiler = engine.Compiler(
        _SOURCE.encode(), sys_inputs=inputs, font_paths=[str(FONTS)], ignore_system_fonts=True
    )
    document: Any = pymupdf.open(stream=compiler.compile())  # type: ignore[no-untyped-call]
    with document:
        pages = iter(document)
        for measure in measures:
            yield [list(_lines(text, next(pages), measure, size)) for text in paragraphs]


def _lines(text: str, page: Any, measure: float, size: float) -> Iterator[PlacedLine]:
    glyphs = [glyph for span in page.get_texttrace() for glyph in span["chars"]]
    offset = 0
    for _, row in groupby(glyphs, key=lambda glyph: round(glyph[2][1], 1)):
        xs: dict[int, float] = {}
        right, hyphen = 0.0, False
        for code, _glyph, (x, _y), box in row:
            char = chr(code)
            if char.isspace():
                continue
            while text[offset].isspace():
                offset += 1
            if text[offset] != char:
                # A hyphen that Typst added, or a reader that cannot tell - from a soft one.
                assert char in "-\u00ad\u2010", f"{text[offset : offset + 9]!r} became {char!r}"
                hyphen = text[offset] != "-"
            if not hyphen:
                xs[offset] = (x - _MARGIN) / size
                offset += 1
            right = (box[2] - _MARGIN) / size
        if text[offset - 1] in _HALF_AT_END:
            right -= 0.5
        room = measure / size
        if text[offset : offset + 1].isspace() and 0 < right - room < _KERN:
            right = room  # the last letter is kerned with a space that the line end swallowed
        yield PlacedLine(min(xs), offset, xs, right, room, hyphen)
    assert not text[offset:].strip(), f"{text[offset:]!r} is missing"
