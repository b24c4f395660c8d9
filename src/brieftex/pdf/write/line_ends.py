"""The text that is copied from line ends.

URLs: text copied from two lines contains a line end, which makes a URL useless. So the first piece
of a URL represents all of it, and each further one a zero width space, by /ActualText
(``pdf.write.actual_text``). Its first character is kept separate, since a gap before it may have to
be bridged.

Hyphens: readers take one at a line end for hyphenation and drop it, as Poppler does, or replace it
by U+FFFE, as PDFium does. One that belongs to the word is followed by a zero width space, which
preserves it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from brieftex.layout.page import GlyphRun, Line, Page, Placed, PlacedLine
from brieftex.patterns import late

NOTHING = "\u200b"
"""Not an empty text: PDFium would take the glyphs for what they are."""

_ADDRESS = late(r"(?:https?://|www\.)[!-~]+|[!-~]+@[!-~]+")


def for_copying(page: Page) -> Page:
    """``page`` with the texts of its glyphs adapted for copying."""
    lines = [item.line for item in page.items if isinstance(item, PlacedLine)]
    if [line for line in lines if line.links]:
        page = _with_whole_addresses(page)
    if any(map(_ends_in_hyphen, lines)):
        page = replace(page, items=tuple(map(_with_hyphen, page.items)))
    return page


def _ends_in_hyphen(line: Line) -> bool:
    return bool(line.runs) and line.runs[-1].texts[-1:] == ("-",)


def _with_hyphen(item: Placed) -> Placed:
    if not isinstance(item, PlacedLine) or not _ends_in_hyphen(item.line):
        return item
    *before, last = item.line.runs
    last = replace(last, texts=(*last.texts[:-1], "-" + NOTHING))
    return replace(item, line=replace(item.line, runs=(*before, last)))


def _with_whole_addresses(page: Page) -> Page:
    broken = {
        node: text
        for node, (text, lines) in _linked(page).items()
        if lines > 1 and _ADDRESS.fullmatch(text)
    }
    if not broken:
        return page
    begun: set[int] = set()
    return replace(page, items=tuple(_joined(item, broken, begun) for item in page.items))


def _linked(page: Page) -> dict[int, tuple[str, int]]:
    """The text of each link on a page, by its node, and how many lines it stands in."""
    found: dict[int, tuple[str, int]] = {}
    for item in page.items:
        if not isinstance(item, PlacedLine) or item.artifact is not None:
            continue
        for node in dict.fromkeys(node for _, _, _, node in item.line.links):
            text, lines = found.get(node, ("", 0))
            parts = (part for run in item.line.runs if run.node == node for part in run.texts)
            found[node] = "".join((text, *parts)), lines + 1
    return found


def _joined(item: Placed, broken: dict[int, str], begun: set[int]) -> Placed:
    if not isinstance(item, PlacedLine) or not any(run.node in broken for run in item.line.runs):
        return item
    runs = tuple(_runs(item.line.runs, broken, begun))
    return replace(item, line=replace(item.line, runs=runs))


def _runs(
    runs: tuple[GlyphRun, ...], broken: dict[int, str], begun: set[int]
) -> Iterator[GlyphRun]:
    for run in runs:
        whole = broken.get(run.node)
        if whole is None or not run.glyphs:
            yield run
            continue
        texts = [""] * len(run.texts)
        if run.node in begun:
            texts[0] = NOTHING
        else:
            texts[0] = run.texts[0] if len(texts) > 1 else whole
            texts[1:2] = [whole[len(texts[0]) :]] * (len(texts) > 1)
            begun.add(run.node)
        yield replace(run, texts=tuple(texts))
