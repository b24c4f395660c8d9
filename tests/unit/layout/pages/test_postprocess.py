"""What pages get for their purpose: where a watermark and line numbers stand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from helpers.cases import each
from helpers.specimens import CHAR, EM, LEADING, block, document, paginate, setting
from msgspec.structs import replace

from brieftex.document.blocks import Document
from brieftex.document.styles import Binding, ChangeLook, Finish, LineNumbers, Sides, Watermark
from brieftex.layout.page import Artifact, Page, PlacedPath, PlacedPicture
from brieftex.layout.pages.postprocess import postprocess
from brieftex.picture import PdfPage
from brieftex.styled.styles import CharStyle
from brieftex.units import BLACK, Color, Rect, Size
from brieftex.vector import SOLID, bounds

LOOK = ChangeLook(BLACK, BLACK, BLACK, EM // 8, BLACK, EM)
NO_NUMBERS = LineNumbers(0, EM, CHAR)
NO_MARK = Watermark("", CHAR, 0)


def ready(made: Document, finish: Finish) -> tuple[Page, ...]:
    """The pages of a document, finished so."""
    finished = replace(made, finish=finish)
    return postprocess(paginate(finished), finished, setting())[0]


def boxes(page: Page, kind: Artifact) -> list[Rect]:
    """Where the paths of a kind are, on the page."""
    return [
        replace(box, x=box.x + item.x, y=box.y + item.y)
        for item in page.items
        if isinstance(item, PlacedPath) and item.artifact is kind
        for box in [bounds(item.outline)]
    ]


@each("angle", [0, 30, 45, 90])
@each("trim", [(14, 18), (18, 14), (40, 9), (9, 40)])
@each("words", ["密", "中文字体排印测试简报标点"])
def test_a_watermark_is_as_large_as_fits(words: str, trim: tuple[int, int], angle: int) -> None:
    """Ensures that a watermark stands in the middle of the page and takes up to four fifths of its
    width or height, whichever it reaches first, and never more than its size."""
    size = 4 * EM
    made = document(block("一"))
    page = replace(made.page, trim=Size(trim[0] * EM, trim[1] * EM))
    (sheet,) = ready(
        replace(made, page=page),
        Finish(Binding(), NO_NUMBERS, Watermark(words, CharStyle("body", size), angle), LOOK),
    )
    (mark,) = boxes(sheet, Artifact.WATERMARK)
    (whole,) = boxes(
        ready(
            replace(made, page=replace(page, trim=Size(1000 * EM, 1000 * EM))),
            Finish(Binding(), NO_NUMBERS, Watermark(words, CharStyle("body", size), angle), LOOK),
        )[0],
        Artifact.WATERMARK,
    )
    near = EM // 50  # points are rounded to tenths of a point, the scale to thousandths
    shares = mark.width / (0.8 * trim[0] * EM), mark.height / (0.8 * trim[1] * EM)
    assert max(shares) <= 1.01
    assert max(shares) >= 0.98 or mark.width == pytest.approx(whole.width, abs=near)
    assert mark.width <= whole.width + near
    assert mark.width / mark.height == pytest.approx(whole.width / whole.height, rel=0.02)
    assert mark.x + mark.width / 2 == pytest.approx(trim[0] * EM / 2, abs=near)
    assert mark.y + mark.height / 2 == pytest.approx(trim[1] * EM / 2, abs=near)


def test_line_numbers_stand_in_the_outer_margin() -> None:
    """Ensures that every second line is numbered, on its baseline, by so much beside the type
    area: at the right, and on the even pages of a mirrored document at the left, where the numbers
    end at one edge."""
    made = document(*(block(w) for w in "一二三四五六七八九十甲乙"))
    area = made.page.type_area
    lines = LineNumbers(2, EM // 2, replace(CHAR, size=EM // 2))
    single = ready(made, Finish(Binding(), lines, NO_MARK, LOOK))
    mirrored = ready(made, Finish(Binding(Sides.MIRRORED), lines, NO_MARK, LOOK))
    assert [len(boxes(page, Artifact.LAYOUT)) for page in single] == [3, 3]
    for page in single:
        right = area.x + area.width + EM // 2
        for box in boxes(page, Artifact.LAYOUT):
            assert right <= box.x
            assert box.x + box.width <= right + EM // 4
        steps = [b.y - a.y for a, b in pairwise(boxes(page, Artifact.LAYOUT))]
        assert steps == pytest.approx([2 * LEADING] * 2, abs=EM // 50)  # digits are not one height
    start = Binding(Sides.MIRRORED).outer(made.page)
    for box in boxes(mirrored[1], Artifact.LAYOUT):
        assert start - EM <= box.x
        assert start - EM * 3 // 4 <= box.x + box.width <= start - EM // 2
    assert boxes(mirrored[0], Artifact.LAYOUT) == boxes(single[0], Artifact.LAYOUT)


def test_a_watermark_over_a_page_of_another_file_is_as_pale_as_on_paper() -> None:
    """Ensures that it lies on such a page, which may be white, and looks on white as the themes'
    own, whose colour is the paper's but for a tenth; below all else on any other page."""
    pale = Color(0xE4, 0xE4, 0xE4)
    mark = Watermark("密", replace(CHAR, color=pale), 45)
    made = replace(
        document(block("一")), finish=Finish(Binding(least=3 * EM), NO_NUMBERS, mark, LOOK)
    )
    (page,) = paginate(made)
    sheet = PlacedPicture(Rect(0, 0, EM, EM), PdfPage(Path("a.pdf"), 1, EM, EM), -1)
    (plain, covered), _ = postprocess(
        [page, replace(page, items=(sheet, *page.items))], made, setting()
    )
    below, above = plain.items[0], covered.items[-1]
    assert isinstance(below, PlacedPath)
    assert isinstance(above, PlacedPath)
    assert (below.paint.fill, below.paint.fill_opacity) == (pale, SOLID)
    grey, share = above.paint.fill, above.paint.fill_opacity / SOLID
    assert grey is not None
    assert grey.red == grey.green == grey.blue
    assert 255 - share * (255 - grey.red) == pytest.approx(pale.red, abs=2)
    assert above.outline == below.outline
    # What is bound is moved, the watermark stays in the middle of the paper.
    assert (above.x, above.y) == (below.x, below.y)
    assert [item.x for item in plain.items[1:]] == [item.x + EM for item in page.items]
    # A page that is another file's alone stays where it is.
    (whole,), _ = postprocess([replace(page, whole=True)], made, setting())
    assert whole.items[1:] == page.items


def test_a_watermark_is_turned_with_the_page() -> None:
    """Ensures that it looks on a page that a screen turns as on the others."""
    made = document(block("一"))
    (page,) = paginate(made)

    def mark(page: Page, angle: int) -> PlacedPath:
        finish = Finish(Binding(), NO_NUMBERS, Watermark("密", CHAR, angle), LOOK)
        (finished,), _ = postprocess([page], replace(made, finish=finish), setting())
        first = finished.items[0]
        assert isinstance(first, PlacedPath)
        return first

    assert mark(replace(page, turned=True), 0) == mark(page, 90)
    assert mark(replace(page, turned=True), 30) == mark(page, 120)
