from __future__ import annotations

from pathlib import Path

import pytest
from helpers.specimens import EM, LEADING, block, document, plain, setting, style
from msgspec.structs import replace

from brieftex.checks.makeup import check_pages
from brieftex.diagnostics import Finding, OffsetMap, Span
from brieftex.document.blocks import Block, BreakBlock, FigureBlock
from brieftex.document.tables import Cell, TableBlock
from brieftex.layout.paginate import paginate
from brieftex.picture import Raster
from brieftex.styled.styles import Align
from brieftex.units import mm

HAN = "中文字体排印测试简报" * 9


def found(*blocks: Block, lines: int = 4) -> list[Finding]:
    """What is said of the pages of these blocks, so many lines of ten em on each."""
    made = document(*blocks, lines=lines)
    return check_pages(paginate(made, setting()))


def codes(*blocks: Block, lines: int = 4) -> list[str]:
    return [finding.kind.code for finding in found(*blocks, lines=lines)]


def figure(width: int, height: int, limit: int = 4 * LEADING) -> FigureBlock:
    """A picture of so many pixels, the width of the measure if it may be as high."""
    return FigureBlock(Raster(Path("a.png"), width, height), 10 * EM, limit, 1, None, Span(7, 9))


def test_good_pages_have_nothing_to_say() -> None:
    assert codes(block(HAN[:40]), block(HAN[:80])) == []
    assert codes(block(HAN[:20]), BreakBlock(), block(HAN[:20])) == []


def test_a_paragraph_parted_where_it_cannot_be_otherwise() -> None:
    """Ensures that each end of a paragraph that stands alone is named with its page: two
    lines on pages of one are both, of three on pages of two the first is alone and leaves
    half its page empty."""
    messages = found(block(HAN[:20]), lines=1)
    assert [finding.kind.code for finding in messages] == ["BT414", "BT413"]
    assert messages[1].message() == "段落的最后一行独自排在第 2 页的页首"
    assert codes(block(HAN[:30]), lines=2) == ["BT414", "BT412"]


def test_the_place_is_that_of_the_line() -> None:
    """Ensures that the finding leads to the line that stands alone."""
    text = replace(plain(HAN[:20]), origin=OffsetMap((0,), (100,)))
    first, last = found(replace(block(HAN[:20]), text=text), lines=1)
    assert (first.span, last.span) == (Span(100, 110), Span(110, 120))


def test_lines_kept_together_that_no_page_holds() -> None:
    """Ensures that a heading longer than the page is reported where it is parted."""
    assert codes(block(HAN[:50], keep_lines=True), lines=4) == ["BT415"]


def test_a_heading_at_the_foot() -> None:
    """Ensures that headings one after the other over more than a page are no silent fault."""
    headings = [block(w, keep_next=True) for w in "一二三四五"]
    assert codes(*headings, block("文"), lines=4) == ["BT415"]


def test_a_page_that_stays_empty() -> None:
    """Ensures that a page more than a fifth empty is reported at what did not fit there."""
    (finding,) = found(block(HAN[:20]), figure(900, 900, 3 * LEADING), lines=4)
    assert finding.kind.code == "BT412"
    assert finding.span == Span(7, 9)
    assert finding.message() == "第 1 页下面空了 2 行，因为这里的内容排不进"
    assert finding.hints() == ("把图表改小，或在它前面补些文字",)


def test_a_page_that_stays_empty_for_text_blames_no_figure() -> None:
    """Catches advice about a figure where there is none."""
    text = block(HAN[:30], keep_lines=True)
    (finding,) = found(block(HAN[:20]), text, lines=4)
    assert finding.kind.code == "BT412"
    assert finding.hints() == ("删去几行，或在它前面补些文字",)


def test_a_picture_higher_than_a_page() -> None:
    """Ensures that what sticks out of the type area is reported at its place: five lines of
    picture on a page of four."""
    (finding,) = found(figure(900, 900, 10 * EM), lines=4)
    assert finding.kind.code == "BT411"
    assert finding.span == Span(7, 9)


def test_a_row_alone() -> None:
    """Ensures that a table of two rows on pages of one is reported."""
    rows = tuple((Cell(plain(w), 0),) for w in "甲乙")
    table = TableBlock(None, (), rows, (Align.LEFT,), style(align=Align.LEFT), 0, 1, 1, False)
    assert codes(table, lines=1) == ["BT416"]


@pytest.mark.parametrize(
    ("pixels", "code"),
    [
        ((1000, 10), ["BT417"]),
        ((10, 1000), ["BT418"]),
        ((900, 800), []),
        ((10, 10), ["BT427"]),
    ],
)
def test_a_picture_that_is_too_small_once_it_fits(pixels: tuple[int, int], code: list[str]) -> None:
    """Ensures that a strip is reported whichever way it lies, and so is a thumbnail."""
    assert mm(15) < 10 * EM
    assert codes(figure(*pixels), lines=8) == code
