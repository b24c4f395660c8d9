from __future__ import annotations

from pathlib import Path

import pytest
from helpers.cases import each
from helpers.specimens import (
    CHAR,
    EM,
    LEADING,
    block,
    document,
    paginate,
    plain,
    setting,
    style,
    words_of,
)
from msgspec.structs import replace

from brieftex.document.blocks import (
    Block,
    BreakBlock,
    EntryBlock,
    FigureBlock,
    FootBlock,
    PairBlock,
    RuleBlock,
)
from brieftex.layout.blocks.box import Box, baseline
from brieftex.layout.blocks.galley import build_galley, set_block
from brieftex.layout.blocks.groups import groups_of
from brieftex.layout.page import PlacedLine, PlacedPicture, PlacedRule
from brieftex.layout.pages.parameters import FORBIDDEN, ORPHAN, WIDOW
from brieftex.picture import Raster
from brieftex.styled.styles import Align
from brieftex.styled.text import TextRun
from brieftex.units import BLACK, Rect

HAN = "中文字体排印测试简报标点符号行首末段落题目录正引注图表数据说明来源编审核签发送"
BASE = baseline(LEADING, EM)


def boxes_of(made: Block, grid: int | None = LEADING) -> list[Box]:
    """The slugs of a block in a measure of ten em."""
    return set_block(made, 10 * EM, grid, setting())


def lines_in(box: Box) -> list[tuple[float, float, str]]:
    """X (em), y of the baseline below the first line's (em) and words of a slug's lines."""
    lines = [item for item in box.items if isinstance(item, PlacedLine)]
    words = words_of([item.line for item in lines])
    return [(item.x / EM, (item.y - BASE) / EM, w) for item, w in zip(lines, words, strict=True)]


# --- paragraphs -----------------------------------------------------------------------------


def test_a_paragraph_is_a_slug_for_each_line() -> None:
    """Ensures that every line stands a line of the grid below the one before."""
    boxes = boxes_of(block(HAN[:25], indent=2 * EM))
    assert [box.height for box in boxes] == [LEADING] * 3
    assert [lines_in(box) for box in boxes] == [
        [(2, 0, HAN[:8])],
        [(0, 0, HAN[8:18])],
        [(0, 0, HAN[18:25])],
    ]


@pytest.mark.parametrize(
    ("lines", "after"),
    [
        (1, [0]),
        (2, [ORPHAN + WIDOW, 0]),
        (3, [ORPHAN, WIDOW, 0]),
        (5, [ORPHAN, 0, 0, WIDOW, 0]),
    ],
)
def test_widows_and_orphans_cost(lines: int, after: list[int]) -> None:
    """Ensures that a page break after the first or before the last line of a paragraph is
    dear, and free elsewhere."""
    assert [box.after for box in boxes_of(block((HAN * 2)[: 10 * lines]))] == after


def test_kept_lines_and_headings_do_not_part() -> None:
    """Ensures that no page ends inside a title or right after it."""
    heading = boxes_of(block(HAN[:25], keep_next=True))
    assert [box.after for box in heading] == [ORPHAN, WIDOW, FORBIDDEN]
    title = boxes_of(block(HAN[:25], keep_next=True, keep_lines=True))
    assert [box.after for box in title] == [FORBIDDEN] * 3
    kept = boxes_of(block(HAN[:25], keep_lines=True))
    assert [box.after for box in kept] == [FORBIDDEN, FORBIDDEN, 0]


def test_space_above_is_a_blank_slug() -> None:
    """Ensures that the empty lines above a heading stay with it, but not at a page's top."""
    space, line = boxes_of(block("中文", space=2))
    assert space == Box(2 * LEADING, after=FORBIDDEN, blank=True)
    assert line.height == LEADING


def test_what_is_off_the_grid_returns_to_it() -> None:
    """Ensures that a heading of odd heights takes whole lines, with what is left shared out
    above and below (占行): two em of text and one before in four, half an em each."""
    (box,) = boxes_of(block("中文", before=EM))
    assert box.height == 2 * LEADING
    assert lines_in(box) == [(0, 1.5, "中文")]


def test_lines_closer_than_the_grid_part_only_on_it() -> None:
    """Ensures that a page does not end where half a grid line is filled: the next page would
    stand off the grid. Three lines of one em take two grid lines, half an em above."""
    boxes = boxes_of(block((HAN * 2)[:50], leading=EM))
    assert sum(box.height for box in boxes) == 3 * LEADING
    assert all(box.after >= FORBIDDEN for box in boxes[:-1])
    four = boxes_of(block((HAN * 2)[:40], leading=EM))
    assert [box.after >= FORBIDDEN for box in four] == [True, False, True, False]


def test_an_empty_paragraph_takes_no_room() -> None:
    """Ensures that nothing is not a line."""
    assert boxes_of(block("")) == []


def test_what_has_no_ink_keeps_its_anchor_and_label() -> None:
    """Ensures that a heading of invisible characters is still where its entry leads, and that
    a list's item does not lose its bullet with its text."""
    (box,) = boxes_of(block("\u200b", "here"))
    assert (box.height, box.items, box.anchors) == (0, (), ("here",))
    (box,) = boxes_of(replace(block("\u200b", left=2 * EM), label=plain("1.")))
    assert [words for _, _, words in lines_in(box)] == ["1."]


def test_note_calls_and_anchors_are_where_they_stand() -> None:
    """Ensures that a note goes to the page of the line that calls it, a link to the
    paragraph's first line, below its space, and a note's way back to the line of its call."""
    text = plain(HAN[:25], calls=((3, 0), (20, 1)))
    boxes = boxes_of(replace(block("", "here", space=1), text=text))
    assert [box.notes for box in boxes] == [(), (0,), (), (1,)]
    assert [box.anchors for box in boxes] == [(), ("here", "call-1"), (), ("call-2",)]


def test_labels_stand_before_the_indent() -> None:
    """Ensures that a list's number ends ``label_gap`` before its text, on its first line, and
    comes first in reading order."""
    item = replace(block(HAN[:12], left=2 * EM), label=plain("1."), label_gap=EM // 4)
    first, second = boxes_of(item)
    assert lines_in(first) == [(0.75, 0, "1."), (2, 0, HAN[:8])]
    assert lines_in(second) == [(2, 0, HAN[8:12])]


# --- pairs and rules ------------------------------------------------------------------------


def test_a_pair_stands_at_both_edges() -> None:
    """Ensures that issuer and date are on one line, flush at both edges of the measure less
    the style's own."""
    pair = PairBlock(plain("办公室"), plain("3月"), style(left=EM, right=EM))
    (box,) = boxes_of(pair)
    assert lines_in(box) == [(1, 0, "办公室"), (7.25, 0, "3月")]


def test_a_pair_that_does_not_fit_takes_two_lines() -> None:
    """Ensures that a long name does not run into the date: it needs an em between."""
    for count, boxes in ((4, 1), (5, 2), (12, 3)):
        pair = PairBlock(plain(HAN[:count]), plain("年月日年月"), style())
        made = boxes_of(pair)
        assert len(made) == boxes
        assert lines_in(made[-1])[-1] == (5, 0, "年月日年月")


@pytest.mark.parametrize(
    ("left", "right", "lines"),
    [("中文", "", [(0, 0, "中文")]), ("", "中文", [(8, 0, "中文")])],
)
def test_half_a_pair(left: str, right: str, lines: list[tuple[float, float, str]]) -> None:
    """Ensures that a pair with one side is one line, the side at its edge."""
    (box,) = boxes_of(PairBlock(plain(left), plain(right), style()))
    assert lines_in(box) == lines


def test_a_rule() -> None:
    """Ensures that a rule fills the measure and keeps the text below it on the grid."""
    (box,) = boxes_of(RuleBlock(EM // 4, BLACK, EM, EM // 2))
    assert box.height == LEADING
    (rule,) = box.items
    assert isinstance(rule, PlacedRule)
    assert rule.rect == Rect(0, EM + EM // 8, 10 * EM, EM // 4)
    (free,) = boxes_of(RuleBlock(EM // 4, BLACK, EM, EM // 2, on_grid=False))
    assert free.height == EM + EM // 4 + EM // 2


# --- contents -------------------------------------------------------------------------------


def entry(words: str, target: str, **fields: object) -> EntryBlock:
    return EntryBlock(plain(words), target, style(**fields), "·", TextRun(0, CHAR, 0, "#" + target))


def test_a_contents_fills_whole_grid_lines_together() -> None:
    """Ensures that entries closer than the grid do not leave the grid to those behind them,
    wherever a page parts them: white at its top makes up for what is missing."""
    entries = [entry(w, "a", align=Align.LEFT, leading=3 * EM // 2) for w in "中文字体排"]
    galley = build_galley(document(*entries, block("正文")), setting())
    contents = galley.boxes[:-1]
    assert sum(box.height for box in contents) == 4 * LEADING
    heads = [0 if box.head is None else box.head.height for box in contents]
    assert heads == [0, 3 * EM // 2, EM, EM // 2, 0]
    for k, head in enumerate(heads):
        assert (head + sum(box.height for box in contents[k:])) % LEADING == 0


def test_an_entry_without_ink_keeps_its_number() -> None:
    """Ensures that a contents survives a title that cannot be seen."""
    (box,) = boxes_of(entry("\u200b", "a", align=Align.LEFT))
    assert box.entry is not None


def test_an_entry_in_two_lines_has_its_number_at_the_second() -> None:
    """Ensures that the number stands where the eye arrives at the end of the title."""
    made = document(entry(HAN[:11], "a", align=Align.LEFT, right=2 * EM), block("正文", "a"))
    (page,) = paginate(made)
    numbers = [i for i in page.items if isinstance(i, PlacedLine) and words_of([i.line]) == ["1"]]
    assert [(item.x / EM, (item.y - BASE) / EM) for item in numbers] == [(9.5, 4)]


@each("count", range(5, 14))
@each("page", [1, 9, 99])
def test_no_title_reaches_the_page_numbers(count: int, page: int) -> None:
    """Ensures that a title of any length, in one line or two, ends before the number begins."""
    between: list[Block] = [BreakBlock(), block("正文")] * (page - 1)
    made = document(
        entry(HAN[:count], "a", align=Align.LEFT), *between, BreakBlock(), block("正文", "a")
    )
    pages = paginate(made)
    items = [i for i in pages[0].items if isinstance(i, PlacedLine)]
    (number,) = [i for i in items if words_of([i.line]) == [str(len(pages))]]
    beside = [i for i in items if i.y == number.y and i is not number and i.artifact is None]
    assert all(i.x + i.line.width < number.x for i in beside)
    assert beside


# --- figures --------------------------------------------------------------------------------


def figure(
    pixels: tuple[int, int], width: int, height: int, caption: str = ""
) -> tuple[list[Box], Rect]:
    """A figure of at most ``width`` × ``height`` em and its picture's place."""
    below = block(caption, align=Align.CENTER) if caption else None
    made = boxes_of(FigureBlock(Raster(Path("a.png"), *pixels), width * EM, height * EM, 1, below))
    (picture,) = made[0].items
    assert isinstance(picture, PlacedPicture)
    return made, picture.rect


@pytest.mark.parametrize(
    ("pixels", "most", "width", "height"),
    [
        ((400, 200), (8, 9), 8, 4),
        ((400, 200), (20, 20), 10, 5),
        ((400, 200), (8, 3), 6, 3),
        ((100, 400), (8, 8), 2, 8),
        ((1, 1), (4, 9), 4, 4),
    ],
)
def test_a_picture_fits_its_bounds(
    pixels: tuple[int, int], most: tuple[int, int], width: int, height: int
) -> None:
    """Ensures that a picture keeps its proportions within its width, its height and the
    measure, and stands in the middle."""
    boxes, rect = figure(pixels, *most)
    assert (rect.width / EM, rect.height / EM) == (width, height)
    assert rect.x * 2 + rect.width == 10 * EM
    assert boxes[0].height % LEADING == 0
    assert boxes[0].height >= rect.height


def test_a_figure_and_its_caption_do_not_part() -> None:
    """Ensures that a caption stays below its picture, also when both float."""
    boxes, _ = figure((4, 2), 8, 9, "图1")
    assert boxes[0].after == FORBIDDEN
    assert boxes[0].floating == 2
    alone, _ = figure((4, 2), 8, 9)
    assert (alone[0].after, alone[0].floating) == (0, 1)


# --- page breaks and the foot ---------------------------------------------------------------


def test_a_break_forces_the_next_block() -> None:
    """Ensures that a page break acts on what follows, is one however often it is said, and is
    none before the first and after the last block."""
    galley = build_galley(
        document(
            BreakBlock(), block("一"), BreakBlock(), BreakBlock(), block("二", space=1),
            block("三"), BreakBlock(),
        ),
        setting(),
    )  # fmt: skip
    assert [box.forced for box in galley.boxes] == [False, True, False, False]


def test_an_empty_block_does_not_swallow_a_break() -> None:
    """Ensures that a break before a block without lines acts on the next that has some."""
    galley = build_galley(document(block("一"), BreakBlock(), block(""), block("二")), setting())
    assert [box.forced for box in galley.boxes] == [False, True]


def test_the_foot_is_one_slug_with_its_last_rule_on_its_lower_edge() -> None:
    """Ensures that the colophon is never parted, and that its last rule coincides with the
    foot of the type area (GB/T 9704-2012 7.4.1)."""
    foot = FootBlock(
        (
            RuleBlock(EM // 8, BLACK, on_grid=False),
            block("报：甲"),
            RuleBlock(EM // 8, BLACK, on_grid=False),
        )
    )
    (box,) = build_galley(document(foot), setting()).boxes
    assert box.foot
    assert box.height == 2 * LEADING
    first, last = (item.rect for item in box.items if isinstance(item, PlacedRule))
    assert last.y + last.height == box.height
    assert last.y - first.y == EM // 8 + LEADING


def test_notes_are_set_at_their_own_heights() -> None:
    """Ensures that footnotes, which no page break parts, are not raised to the grid."""
    galley = build_galley(document(block("一"), notes=((block("注", leading=EM),),)), setting())
    assert [[box.height for box in note] for note in galley.notes] == [[EM]]


def test_only_what_looks_at_nothing_above_is_set_together() -> None:
    """Ensures that texts that change what is above them, or whose place other blocks do, are
    groups of their own."""
    text, source, rule = block("甲"), block("乙", keep_previous=True), RuleBlock(0, BLACK)
    inside = replace(entry("丁", "b"), aside=True)
    ends = [BreakBlock(), text, rule, rule, source, text, inside, inside]
    blocks = [entry("丙", "a"), entry("丙", "a"), text, text, text, source, text, text, *ends]
    assert [len(group) for group in groups_of(blocks)] == [2, 1, 2, 1, 2, *[1] * len(ends)]
