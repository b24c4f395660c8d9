"""Boxes around text, and names in columns."""

from __future__ import annotations

from itertools import pairwise

from helpers.specimens import (
    EM,
    LEADING,
    block,
    document,
    lines_on,
    paginate,
    plain,
    setting,
    style,
)

from brieftex.document.blocks import PanelBlock
from brieftex.document.paragraphs import NamesBlock, TextBlock
from brieftex.layout.blocks.galley import set_block
from brieftex.layout.dump import line_text
from brieftex.layout.page import PlacedLine, PlacedRule
from brieftex.units import BLACK, Color


def names_at(*names: str, ems: int = 20) -> list[dict[str, float]]:
    """The left edge in em of each name, by rows."""
    made = NamesBlock(tuple(map(plain, names)), style(), EM)
    return [
        {line_text(i.line): i.x / EM for i in box.items if isinstance(i, PlacedLine)}
        for box in set_block(made, ems * EM, LEADING, setting())
    ]


def test_names_of_two_and_of_three_characters_are_equally_wide() -> None:
    """Catches 王明 and 李小红 that end at different places; four characters stay as they are."""
    made = NamesBlock(tuple(map(plain, ("甲乙", "甲乙丙", "甲乙丙丁"))), style(), EM)
    (box,) = set_block(made, 20 * EM, LEADING, setting())
    lines = [item.line for item in box.items if isinstance(item, PlacedLine)]
    assert [line.width / EM for line in lines] == [3, 3, 4]
    assert lines[0].runs[0].xs == (0, 2 * EM)
    assert line_text(lines[0]) == "甲乙"  # what is copied and searched has no space in it


def test_names_stand_in_columns() -> None:
    rows = names_at("甲乙", "甲乙丙", "丁戊己", "丙丁", "中文字", "字体", "排印测")
    assert [min(row.values()) for row in rows] == [0] * len(rows)
    edges = {x for row in rows for x in row.values()}
    assert edges == set(rows[0].values())  # no name stands between two columns


def test_a_long_name_takes_the_room_of_two() -> None:
    """Catches 阿卜杜拉·买买提 printed over its neighbour, and columns made for it alone."""
    rows = names_at("甲乙", "中文字体排印测试", "丙丁", "戊己庚")
    for row in rows:
        items = sorted((x, len(name)) for name, x in row.items())
        for (x, count), (after, _) in pairwise(items):
            assert x + max(count, 3) + 1 <= after + 0.01
    assert sum(map(len, rows)) == 4
    assert len(rows[0]) > 1


def panel(*words: str, shade: Color | None = None, thickness: int = EM // 16) -> PanelBlock:
    blocks = tuple(TextBlock(plain(w), style()) for w in words)
    return PanelBlock(blocks, thickness, BLACK, shade, EM)


def rules(page_items: object) -> list[PlacedRule]:
    return [item for item in page_items if isinstance(item, PlacedRule)]  # type: ignore[attr-defined]


def test_a_box_is_closed_on_each_page() -> None:
    """Catches a box that is open below where a page ends within it, or above on the next."""
    first, second = paginate(document(block("一"), panel(*"甲乙丙丁戊己"), lines=6))
    assert lines_on(first)[:2] == ["一", "甲"]
    for page in (first, second):
        flat = sorted(r.rect.y for r in rules(page.items) if r.rect.width > r.rect.height)
        lines = [i.y for i in page.items if isinstance(i, PlacedLine) and line_text(i.line) != "一"]
        assert len(flat) == 2
        assert flat[0] < min(lines) < max(lines) < flat[1]
        tall = [r.rect for r in rules(page.items) if r.rect.height > r.rect.width]
        assert min(r.y for r in tall) <= flat[0] + EM // 8
        assert max(r.y + r.height for r in tall) >= flat[1]


def test_the_text_in_a_box_stays_on_the_grid_and_off_its_sides() -> None:
    (page,) = paginate(document(block("一"), panel("甲"), block("二"), lines=8))
    ys = {line_text(i.line): i for i in page.items if isinstance(i, PlacedLine)}
    assert (ys["甲"].y - ys["一"].y) % LEADING == (ys["二"].y - ys["甲"].y) % LEADING == 0
    assert ys["甲"].x - ys["一"].x == EM
    assert ys["甲"].y - ys["一"].y == 2 * LEADING  # an empty line between them


def test_a_shade_lies_behind_its_text() -> None:
    """Catches a shade that is painted over the words, and rules where the theme has none."""
    made = panel("甲", shade=Color(238, 238, 238), thickness=0)
    (page,) = paginate(document(block("一"), made, lines=8))
    shade = next(k for k, i in enumerate(page.items) if isinstance(i, PlacedRule))
    word = next(
        k for k, i in enumerate(page.items)
        if isinstance(i, PlacedLine) and line_text(i.line) == "甲"
    )  # fmt: skip
    assert shade < word
    assert {r.color for r in rules(page.items)} == {Color(238, 238, 238)}
