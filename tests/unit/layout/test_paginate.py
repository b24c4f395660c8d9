"""Pages that depend on what their number brings: it comes to an end, and to the right one."""

from __future__ import annotations

from helpers.specimens import CHAR, block, document, plain, setting, style
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from brieftex.document.blocks import BreakBlock, Document, EntryBlock, FootBlock, WithContents
from brieftex.document.styles import BreakRules
from brieftex.layout.pages.breakers import BreakPages
from brieftex.layout.pages.columns import PageColumns
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.pagebreak import break_pages
from brieftex.layout.paginate import MOST_PASSES, Layout, paginate
from brieftex.styled.text import TextRun
from brieftex.units import Sp

TEXT = [block("中文字体排印测试简报" * 3) for _ in range(9)]


def contents(entries: int) -> list[EntryBlock]:
    folio = TextRun(0, CHAR, 0)
    return [EntryBlock(plain("一"), "", style(), "…", folio) for _ in range(entries)]


def issue(entries: int, *, pages: int = 4, least: int = 3, even: bool = False) -> Document:
    """A document of five pages or six, with contents from so many pages on; they have a page
    of their own if they leave as many entries as ``least`` on their last."""
    foot = FootBlock((block("报"),), even=even)
    rules = BreakRules(last_lines=1, last_entries=least)
    short = replace(document(*TEXT, foot), breaks=rules)
    long = replace(document(*contents(entries), BreakBlock(), *TEXT, foot), breaks=rules)
    return replace(short, with_contents=WithContents(pages, long))


def counting(breaker: BreakPages = break_pages) -> tuple[BreakPages, list[int]]:
    """A breaker that counts its calls."""
    calls: list[int] = []

    def counted(columns: PageColumns, depth: Sp) -> list[PagePlan]:
        calls.append(len(columns.heights))
        return breaker(columns, depth)

    return counted, calls


def starts_page(layout: Layout, entries: int) -> bool:
    """Whether what follows the contents stands on another page than their last entry."""
    boxes = layout.galley.boxes
    last = next(k for k, box in reversed([*enumerate(boxes)]) if box.entry)
    assert sum(box.entry is not None for box in boxes) == entries
    return any(plan.spans[0][0] == last + 1 for plan in layout.plans)


def test_a_short_issue_is_done_at_once() -> None:
    breaker, calls = counting()
    made = issue(5, pages=99)
    layout = paginate(made, setting(), breaker)
    assert len(calls) == 1
    assert layout.document == made


def test_contents_come_with_the_pages_and_share_their_last() -> None:
    """Ensures that both decisions are taken: eight entries come because there are five pages,
    and what follows runs on below the two of them on their second."""
    breaker, calls = counting()
    layout = paginate(issue(8), setting(), breaker)
    assert len(calls) == MOST_PASSES
    assert not starts_page(layout, 8)
    breaker, calls = counting()
    layout = paginate(issue(8, least=2), setting(), breaker)
    assert len(calls) == MOST_PASSES - 1
    assert starts_page(layout, 8)


@given(st.lists(st.integers(1, 9), min_size=9), st.integers(0, 9), st.integers(1, 30))
def test_it_ends_whatever_the_breaker_does(depths: list[int], entries: int, pages: int) -> None:
    """Ensures that no number of pages that comes and goes with the contents keeps it going:
    here a page holds now one line, now nine."""
    lines = iter(depths)

    def fickle(columns: PageColumns, depth: Sp) -> list[PagePlan]:
        return break_pages(columns, depth // 6 * next(lines))

    breaker, calls = counting(fickle)
    layout = paginate(issue(entries, pages=pages, even=True), setting(), breaker)
    assert len(calls) <= MOST_PASSES
    assert layout.plans[-1].end == len(layout.galley.boxes) == calls[-1]


def test_it_ends_whatever_the_document_wants() -> None:
    """Ensures that the bound is the loop's own, and no matter of good documents."""
    made = document(*TEXT)
    for _ in range(9):
        made = replace(document(*TEXT), with_contents=WithContents(1, made))
    breaker, calls = counting()
    paginate(made, setting(), breaker)
    assert len(calls) == MOST_PASSES


def test_the_colophon_on_an_even_page_counts() -> None:
    """Ensures that contents come with the page that the colophon alone adds."""
    even = issue(5, pages=6, even=True)
    assert len(paginate(replace(even, with_contents=None), setting()).plans) == 6
    assert paginate(even, setting()).document == even.with_contents.document  # type: ignore[union-attr]
    odd = issue(5, pages=6)
    assert len(paginate(replace(odd, with_contents=None), setting()).plans) == 5
    assert paginate(odd, setting()).document == odd
