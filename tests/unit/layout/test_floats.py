from __future__ import annotations

from pathlib import Path

from helpers.cases import each
from helpers.specimens import EM, block, document, lines_on, paginate

from brieftex.document.blocks import BreakBlock, FigureBlock, FootBlock
from brieftex.layout.page import Page, PlacedPicture
from brieftex.picture import Raster

HAN = "中文字体排印测试简报"


def figure(lines: int, caption: str = "图") -> FigureBlock:
    """A square picture that takes so many lines of two em, and its caption's."""
    side = 2 * lines * EM - EM
    below = block(caption) if caption else None
    return FigureBlock(Raster(Path("a.png"), 10, 10), side, side, 1, below)


def seen(pages: tuple[Page, ...]) -> list[list[str]]:
    """The pages' lines, a picture as ▣."""
    found = []
    for page in pages:
        lines = lines_on(page)
        at = [k for k, i in enumerate(page.items) if isinstance(i, PlacedPicture)]
        for k in at:
            lines.insert(k, "▣")
        found.append(lines)
    return found


def paragraphs(words: str) -> list:  # type: ignore[type-arg]
    return [block(word) for word in words]


def test_a_figure_that_fits_stays() -> None:
    """Ensures that nothing moves that need not."""
    made = document(*paragraphs("一二"), figure(3), *paragraphs("三四"), lines=10)
    assert seen(paginate(made)) == [["一", "二", "▣", "图", "三", "四"]]


def test_a_figure_that_does_not_fit_goes_to_the_next_top() -> None:
    """Ensures that the text after it fills the page before, in order, and that the caption
    goes with the figure."""
    made = document(
        *paragraphs("一二三四五"), figure(4), *paragraphs("六七八九十甲乙丙丁戊"), lines=8
    )
    assert seen(paginate(made)) == [
        ["一", "二", "三", "四", "五", "六", "七", "八"],
        ["▣", "图", "九", "十", "甲"],
        ["乙", "丙", "丁", "戊"],
    ]


def test_a_figure_that_leaves_little_empty_does_not_move() -> None:
    """Ensures that a page may be a line short rather than have its text reordered."""
    made = document(*paragraphs("一二三四五六七"), figure(4), *paragraphs("八九十"), lines=8)
    assert seen(paginate(made))[0] == list("一二三四五六七")


def test_nothing_floats_over_a_forced_break() -> None:
    """Ensures that a figure stays in its section: the text of the next does not come before
    it."""
    made = document(
        *paragraphs("一二三四五"), figure(4), BreakBlock(), *paragraphs("六七八九"), lines=8
    )
    assert seen(paginate(made)) == [
        ["一", "二", "三", "四", "五"],
        ["▣", "图"],
        ["六", "七", "八", "九"],
    ]


def test_no_heading_is_parted_from_its_text_to_fill_the_page() -> None:
    """Ensures that the text drawn up before a figure does not end with a heading."""
    made = document(
        *paragraphs("一二三四五"), figure(4), block("六"), block("题", keep_next=True),
        *paragraphs("七八九十"), lines=7,
    )  # fmt: skip
    assert seen(paginate(made))[0] == list("一二三四五六")


def test_figures_keep_their_order() -> None:
    """Ensures that a second figure never comes before the first."""
    made = document(
        *paragraphs("一二三四五"), figure(4, "甲"), *paragraphs("六"), figure(2, "乙"),
        *paragraphs("七八九十子丑寅卯"), lines=8,
    )  # fmt: skip
    captions = [w for page in seen(paginate(made)) for w in page if w in "甲乙"]
    assert captions == ["甲", "乙"]


@each("count", range(9))
def test_nothing_is_lost(count: int) -> None:
    """Ensures that every line and figure is set once, wherever figures fall."""
    words = HAN[:count]
    made = document(*paragraphs(words), figure(4), *paragraphs("甲乙丙丁"), lines=8)
    found = sorted(w for page in seen(paginate(made)) for w in page)
    assert found == sorted([*words, "▣", "图", *"甲乙丙丁"])


def test_the_foot_is_not_drawn_up_before_a_figure() -> None:
    """Ensures that the colophon stays on the last page."""
    made = document(*paragraphs("一二三四五"), figure(4), FootBlock((block("报"),)), lines=8)
    assert seen(paginate(made))[-1][-1] == "报"
