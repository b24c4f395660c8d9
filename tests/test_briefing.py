"""The main job: what must hold of the sample issue from its text to its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from helpers.samples import sample

from brieftex.document.paragraphs import TextBlock
from brieftex.fonts.load import load_fonts
from brieftex.input.issue.approval import STATE_FIELDS
from brieftex.input.issue.fields import ISSUE
from brieftex.input.issue.file import read_issue
from brieftex.input.theme import load_theme
from brieftex.layout.blocks.galley import build_galley
from brieftex.layout.dump import line_text
from brieftex.layout.lines.paragraph import Setting, set_text
from brieftex.layout.page import Line, Page, PlacedLine
from brieftex.model.content import Figure, ListBlock, Quotation, Speech, Table
from brieftex.pipeline import TypesetPages
from brieftex.styled.styles import Align
from brieftex.text.shaping import Shaper

NOT_AT_START = "，。、；：？！）》”’〕】·～％"
NOT_AT_END = "（《“‘〔【"
SAMPLE = "briefing.yaml"


@pytest.fixture(scope="module")
def made() -> TypesetPages:
    """The sample issue in pages."""
    return sample()


@pytest.fixture(scope="module")
def paragraphs(made: TypesetPages, root: Path) -> list[tuple[TextBlock, list[Line]]]:
    """Every text block with its lines, set again from the document."""
    issue, _ = read_issue(root / SAMPLE)
    book = load_fonts(load_theme(issue.theme, root).fonts, None, bundled_only=True)
    setting = Setting(Shaper(book), made.document.lines, made.document.keep)
    measure = made.document.page.type_area.width
    return [
        (block, set_text(block.text, block.style, measure, setting))
        for block in made.document.blocks
        if isinstance(block, TextBlock)
    ]


def body_lines(page: Page) -> Iterator[PlacedLine]:
    """The lines of a page that are text, not furniture."""
    return (item for item in page.items if isinstance(item, PlacedLine) and not item.artifact)


def test_nothing_in_the_sample_is_set_badly(made: TypesetPages) -> None:
    """Ensures that no line is overfull, loose, a runt or splits a token."""
    assert [d for d in made.findings if d.kind.code.startswith("BT4")] == []


def test_the_sample_is_a_real_issue(root: Path) -> None:
    """Ensures that the test bed keeps its size and that every kind of block occurs in it."""
    text = (root / SAMPLE).read_text(encoding="utf-8")
    assert len(re.findall("[\u4e00-\u9fff]", text)) >= 8500
    issue, findings = read_issue(root / SAMPLE)
    assert findings == []
    items = [item for section in issue.sections for item in section.items]
    assert len(issue.sections) == 3
    assert len(items) >= 7
    kinds = {type(block) for item in items for block in item.body.blocks}
    assert {Figure, ListBlock, Quotation, Speech, Table} <= kinds
    assert any(len(item.body.notes) for item in items)
    # Of a single piece, such as the minutes of a meeting.
    single = {"summary", "salutation", "body", "contributors", "sources", "attendance"}
    others = single.union(STATE_FIELDS)  # the latter are written by ``brieftex approve``
    for field in ISSUE.fields:
        assert re.search(rf"^{field.key}:", text, re.MULTILINE) or field.key in others


def test_no_line_has_a_forbidden_edge(made: TypesetPages) -> None:
    """Ensures 避头尾 on the pages themselves (GB/T 15834 5.1)."""
    for page in made.pages:
        for item in body_lines(page):
            text = line_text(item.line)
            assert text[0] not in NOT_AT_START, text
            assert text[-1] not in NOT_AT_END, text


def test_justified_lines_are_exact(
    made: TypesetPages, paragraphs: list[tuple[TextBlock, list[Line]]]
) -> None:
    """Ensures that right edges are flush to the scaled point and last lines natural."""
    measure = made.document.page.type_area.width
    count = 0
    for block, lines in paragraphs:
        style = block.style
        if style.align is not Align.JUSTIFY:
            continue
        for line in lines[:-1]:
            assert line.shift + line.width == measure - style.right
            count += 1
        assert lines[-1].width <= lines[-1].natural
    assert count > 200


def test_body_lines_stand_on_the_grid(made: TypesetPages) -> None:
    """Ensures that body text is in register on every page: no block shifts what follows."""
    page_style = made.document.page
    size = made.document.blocks and page_style.type_area.width // 28
    for page in made.pages:
        heights = {
            (item.y - page_style.type_area.y) % page_style.leading
            for item in body_lines(page)
            if item.line.runs[0].size == size
            and item.line.width > page_style.type_area.width // 2
            and page.number > 1  # the contents is closer than the grid
        }
        assert len(heights) <= 1, page.number


def test_no_widow_and_no_orphan(
    made: TypesetPages, paragraphs: list[tuple[TextBlock, list[Line]]]
) -> None:
    """Ensures that no page begins with a paragraph's last line or ends with its first, and
    that no heading is the last thing on a page."""
    firsts: dict[str, TextBlock] = {}
    lasts: set[str] = set()
    for block, lines in paragraphs:
        texts = [line_text(line) for line in lines]
        if len(texts) > 1:
            firsts[texts[0]] = block
            lasts.add(texts[-1])
        elif texts and block.style.keep_next:
            firsts[texts[0]] = block
    for before, after in pairwise(made.pages):
        body = [line_text(item.line) for item in body_lines(before)]
        notes = before.items and [t for t in body if t.startswith("[")]
        end = [text for text in body if text not in (notes or [])]
        if not notes and end:
            assert end[-1] not in firsts, (before.number, end[-1])
        start = next(line_text(item.line) for item in body_lines(after))
        assert start not in lasts, (after.number, start)


def test_the_galley_breaks_only_on_the_grid(made: TypesetPages, root: Path) -> None:
    """Ensures that a page can never begin between two grid lines: where a break is allowed,
    the slugs so far fill whole lines."""
    issue, _ = read_issue(root / SAMPLE)
    book = load_fonts(load_theme(issue.theme, root).fonts, None, bundled_only=True)
    galley = build_galley(made.document, Setting(Shaper(book), made.document.lines))
    height = 0
    for box in galley.boxes:
        height += box.height
        if box.after < 1_000_000_000 and box.entry is None:
            assert height % made.document.page.leading == 0
