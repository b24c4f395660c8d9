"""Which lines of an issue are moved, as libraries find them in the finished file."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any, TypeAlias

import pytest
from helpers.scanning import RICH
from helpers.support import ISSUE
from pdf.verapdf import problems
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer

from brieftex.diagnostics import Source
from brieftex.pdf.read.verify import verify
from brieftex.pipeline import TypesetPages, typeset_pages
from brieftex.printing.drawing import CopyDrawer
from brieftex.printing.traced import TooFewLinesError, TracedIssue


@pytest.fixture(scope="module")
def made() -> TypesetPages:
    return typeset_pages(Source("a.yaml", RICH), edition="print", bundled_fonts=True)


@pytest.fixture(scope="module")
def files(made: TypesetPages) -> tuple[bytes, bytes]:
    issue = TracedIssue(made, "试排", "print", 2, {})
    drawer = CopyDrawer(made)
    return drawer.file(made.pages), drawer.file(issue.pages(made.pages, "000017"))


Characters: TypeAlias = list[list[tuple[float, float, float, str]]]
"""Of each page every character: baseline, left, size, text."""


@pytest.fixture(scope="module")
def read(files: tuple[bytes, bytes]) -> tuple[Characters, Characters]:
    """Both files as pdfminer reads them."""
    plain, marked = (
        [list(_characters(page)) for page in extract_pages(BytesIO(pdf))] for pdf in files
    )
    return plain, marked


def _characters(parent: LTContainer[Any]) -> Iterator[tuple[float, float, float, str]]:
    for item in parent:
        if isinstance(item, LTChar):
            yield item.matrix[5], item.matrix[4], item.size, item.get_text()
        elif isinstance(item, LTContainer):
            yield from _characters(item)


def test_lines_move_by_a_quarter_of_a_point_and_nothing_else_does(
    read: tuple[Characters, Characters],
) -> None:
    moves: set[float] = set()
    rows = 0
    for plain, marked in zip(*read, strict=True):
        assert [c[1:] for c in plain] == [c[1:] for c in marked]
        moved = {}
        for (before, _, size, _), (after, *_) in zip(plain, marked, strict=True):
            by = round(after - before, 2)
            assert moved.setdefault(round(before, 2), by) == by  # a line as a whole
            assert not (by and 10 < size < 12)  # no note, no source
        moves |= set(moved.values())
        heights = sorted(moved)
        rows += sum(moved[y] != 0 for y in heights)
        for one, other in pairwise(heights):
            assert not (moved[one] and moved[other] and other - one > 12)
        assert not moved[heights[0]]  # something stays above and below
        assert not moved[heights[-1]]
    assert moves == {-0.25, 0.0, 0.25}
    assert rows > 20


def test_cells_headings_notes_and_the_colophon_stay(read: tuple[Characters, Characters]) -> None:
    moved, stayed = "", ""
    for plain, marked in zip(*read, strict=True):
        for (before, _, _, text), (after, *_) in zip(plain, marked, strict=True):
            if abs(after - before) > 0.1:
                moved += text
            else:
                stayed += text
    assert "一张表" in stayed
    assert "核磁5都好" in stayed.replace(" ", "")
    for text in ("电镜", "质谱", "试排", "一件小事", "https", "共印", "编发"):
        assert text not in moved
    assert "•" in moved + stayed


def test_a_marked_file_is_as_good_as_any(files: tuple[bytes, bytes]) -> None:
    assert verify(files[1]) == []
    assert problems(files[1], "ua1", "2a") == []


def test_the_same_copy_is_the_same_file(made: TypesetPages, files: tuple[bytes, bytes]) -> None:
    again = TracedIssue(made, "试排", "print", 2, {})
    drawer = CopyDrawer(made)
    assert drawer.file(again.pages(made.pages, "000017")) == files[1]
    assert drawer.file(again.pages(made.pages, "000018")) != files[1]
    assert again.map == TracedIssue(made, "试排", "print", 9, {}).map


def test_a_short_issue_is_refused() -> None:
    short = typeset_pages(Source("a.yaml", ISSUE), bundled_fonts=True)
    with pytest.raises(TooFewLinesError) as caught:
        TracedIssue(short, "试排", "print", 60, {})
    assert (caught.value.lines, caught.value.needed) == (0, 26)
