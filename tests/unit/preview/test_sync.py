"""From a point on a page to the file and back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brieftex.diagnostics import Source, Span
from brieftex.layout.dump import line_text
from brieftex.layout.page import Page, PlacedLine
from brieftex.pipeline import typeset_pages
from brieftex.preview.sync import carried, mark_of, source_at
from brieftex.units import pt

ISSUE = """\
brieftex: 1
masthead:
  name: 试排
  number: 1
  issuer: 办公室
  date: 2026-01-05
contents: true
sections:
  - title: 动态甲
    items:
      - title: 一件小事
        body: |
          开头一段，有**着重**的字，也有 English words 和数字1286。这一段要长到折行为止才算够长。

          第二段[^1]。

          [^1]: 注文在此。
"""

ADDED = "第期06年月5日目录一、一、[][]"  # and some 1, 2 or 3


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Page, ...], Source]:
    path = tmp_path_factory.mktemp("issue") / "issue.yaml"
    path.write_text(ISSUE, encoding="utf-8")
    result = typeset_pages(path, bundled_fonts=True)
    return result.pages, result.source


def points(page: Page) -> list[tuple[str, int, int]]:
    """Every glyph of the editor's text, with a point in it."""
    found = []
    for item in page.items:
        if isinstance(item, PlacedLine) and item.artifact is None:
            for run in item.line.runs:
                found += [
                    (text, item.x + x + run.size // 8, item.y - run.size // 3)
                    for text, x in zip(run.texts, run.xs, strict=True)
                    if len(text) == 1 and text.strip() and run.stretch == 1000
                ]
    return found


def test_every_character_leads_to_itself(made: tuple[tuple[Page, ...], Source]) -> None:
    """Ensures that a click on any printed character names that character of the file; those
    that brieftex adds name one of the text they belong to."""
    pages, source = made
    wrong = []
    count = 0
    for page in pages:
        for text, x, y in points(page):
            found = source_at(page, x, y)
            assert found is not None
            span, mark = found
            assert mark.page == page.number
            count += 1
            if source.text[span.start : span.end] != text:
                wrong.append(text)
    # The number and the date of the issue, the title and the page numbers of the contents,
    # the numbers of titles and of the note.
    assert re.sub("[123]", "", "".join(wrong)) == ADDED
    assert count > 2 * len(wrong)


def test_a_span_is_marked_where_it_stands(made: tuple[tuple[Page, ...], Source]) -> None:
    pages, source = made
    for words in ("着重", "English", "1286", "注文在此"):
        at = source.text.index(words)
        mark = mark_of(pages, Span(at, at + len(words)))
        assert mark is not None
        for area in mark.areas:
            inside = source_at(pages[mark.page - 1], area.x + area.width // 2, area.y + pt(6))
            assert inside is not None
            assert at <= inside[0].start < at + len(words)


def test_a_title_is_marked_in_its_own_place(made: tuple[tuple[Page, ...], Source]) -> None:
    """Ensures that a finding in a title does not lead to the contents."""
    pages, source = made
    at = source.text.index("一件小事")
    mark = mark_of(pages, Span(at, at + 4))
    assert mark is not None
    places = [
        (page.number, item.y)
        for page in pages
        for item in page.items
        if isinstance(item, PlacedLine) and "一件小事" in line_text(item.line)
    ]
    contents, own = places
    area = mark.areas[0]
    assert mark.page == own[0]
    assert area.y < own[1] < area.y + area.height
    assert contents < own


def test_what_is_not_printed_is_marked_nearby(made: tuple[tuple[Page, ...], Source]) -> None:
    pages, source = made
    at = source.text.index("items:")
    mark = mark_of(pages, Span(at, at + 5))
    assert mark is not None
    found = source_at(pages[mark.page - 1], mark.areas[0].x, mark.areas[0].y)
    assert found is not None
    assert abs(found[0].start - at) < 40


def test_a_long_span_is_marked_on_all_its_lines(made: tuple[tuple[Page, ...], Source]) -> None:
    pages, source = made
    start, end = source.text.index("开头一段"), source.text.index("才算够长")
    mark = mark_of(pages, Span(start, end))
    assert mark is not None
    assert len(mark.areas) >= 2


def test_a_page_without_text() -> None:
    assert source_at(Page(1, None, (), (), ()), 0, 0) is None  # type: ignore[arg-type]
    assert mark_of((), Span(0, 1)) is None


@given(st.text("ab", max_size=9), st.text("x", max_size=9), st.text("y", max_size=9),
       st.text("ab", max_size=9), st.data())  # fmt: skip
def test_offsets_outside_a_change_keep_their_character(
    head: str, old: str, new: str, tail: str, data: st.DataObject
) -> None:
    before, after = head + old + tail, head + new + tail
    offset = data.draw(st.integers(0, len(before)))
    found = carried(offset, before, after)
    if offset <= len(head):
        assert found == offset
    elif offset >= len(head) + len(old):
        assert len(after) - found == len(before) - offset
    else:
        assert len(head) <= found <= len(head) + len(new)


def test_repeated_text_around_a_change() -> None:
    for offset in range(6):
        assert carried(offset, "aaaaa", "aaa") <= 3
        assert carried(min(offset, 3), "aaa", "aaaaa") <= 5
