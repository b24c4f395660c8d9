"""Which lines of made-up pages have a bar beside them, and which words a line along them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement, groupby, pairwise

import pytest
from helpers.specimens import EM, FONT, LEADING, document, setting
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from brieftex.document.blocks import Decoration, Document, StructureNode
from brieftex.document.changes import ChangedPart, ChangeMarks, ordered_parts
from brieftex.document.styles import Binding, ChangeLook, Finish, LineNumbers, Sides, Watermark
from brieftex.fonts.face import Face
from brieftex.input.issue.file import read_issue
from brieftex.layout.page import GlyphRun, Line, Page, PlacedLine, PlacedRule
from brieftex.layout.pages.changebars import changed_lines, with_changes
from brieftex.layout.pages.postprocess import postprocess
from brieftex.model.issue import Issue
from brieftex.pipeline import Against, typeset_pages
from brieftex.styled.styles import CharStyle
from brieftex.styled.text import Text, TextRun
from brieftex.units import BLACK, Color, Rect

_LONG = "衡澜大学成立教学质量监测中心，对全校课程开展评估；评估只看课堂实效。" * 5
_OTHER = "二是改进食堂服务，学生就餐排队时间缩短了一半以上，满意度明显提高。"


def issue_of(*paragraphs: str) -> Issue:
    body = "".join(f"    {paragraph}\n\n" for paragraph in paragraphs)
    text = f"brieftex: 1\nmasthead: {{name: 试排}}\nforeword:\n  body: |\n{body}"
    return read_issue(text.encode())[0]


def barred(old: Issue, new: Issue) -> list[tuple[str, bool]]:
    """The lines with a bar, and whether all that happened there is that they moved."""
    made = typeset_pages(new, against=Against(old), bundled_fonts=True)
    found = []
    for page in made.pages:
        moved: dict[int, bool] = {}
        for changed in changed_lines(page, made.document):
            moved[changed.base] = moved.get(changed.base, True) and changed.part.moved
        found += [
            (item.line.text.text[item.line.start : item.line.end], moved[item.y])
            for item in page.items
            if isinstance(item, PlacedLine) and item.y in moved
        ]
    return found


def test_every_line_of_a_paragraph_that_moved_and_was_edited_has_a_bar() -> None:
    edited = _LONG.replace("只看", "只问", 1)
    old = issue_of(_LONG, _OTHER, _OTHER[::-1])
    lines = barred(old, issue_of(_OTHER, _OTHER[::-1], edited))
    assert "".join(words for words, _ in lines) == edited
    assert [moved for words, moved in lines if "只问" not in words] == [True] * (len(lines) - 1)


def test_only_lines_with_changed_words_have_a_bar_among_many_readings() -> None:
    readings = "{甲|jiǎ}乙丙，" * 40
    at = readings.index("乙", len(readings) // 2)
    lines = barred(issue_of(readings), issue_of(readings[:at] + "丑" + readings[at + 1 :]))
    assert 1 <= len(lines) <= 2  # the word may lie across the end of a line
    assert "丑" in "".join(words for words, _ in lines)


# --- pages put together by hand ----------------------------------------------------------------

FACE = Face(FONT)
RED, BAR, GAP = Color(200, 0, 0), EM // 8, EM // 2
LOOK = ChangeLook(BLACK, BLACK, BLACK, BAR, RED, GAP)
NODES = (
    StructureNode("Document", -1),
    StructureNode("P", 0),
    StructureNode("Span", 1, decoration=Decoration.UNDERLINE),
    StructureNode("Span", 1, decoration=Decoration.THROUGH),
    StructureNode("Span", 2),
)
TEXTS = "甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未"


def run_of(words: str, x: int = 0, node: int = 1, size: int = EM, rise: int = 0) -> GlyphRun:
    """A run whose characters are an em wide."""
    glyphs = tuple(FACE.glyph(char) or 0 for char in words)
    xs = tuple(x + k * size for k in range(len(words)))
    return GlyphRun(FACE, size, BLACK, rise, node, glyphs, xs, tuple(words))


def line_of(*runs: GlyphRun, start: int = 0, end: int = 1, text: str = TEXTS[0]) -> Line:
    whole = Text(text, (TextRun(len(text), CharStyle("body", EM), 0),))
    return Line(runs, 0, 0, 0, start, end, text=whole)


def marked(
    parts: dict[int, tuple[ChangedPart, ...]],
    *,
    sides: Sides = Sides.SINGLE,
    gap: int = GAP,
) -> Document:
    """A document of which these parts have changed."""
    char = CharStyle("body", EM)
    finish = Finish(
        Binding(sides), LineNumbers(0, 0, char), Watermark("", char, 0), replace(LOOK, gap=gap)
    )
    marks = ChangeMarks({node: ordered_parts(some) for node, some in parts.items()})
    return replace(document(), nodes=NODES, finish=finish, changes=marks)


def rules(page: Page, made: Document) -> list[PlacedRule]:
    """What is drawn because of changes."""
    added = with_changes(page, made).items[len(page.items) :]
    assert all(isinstance(item, PlacedRule) for item in added)
    return [item for item in added if isinstance(item, PlacedRule)]


def sheet(*items: PlacedLine, number: int = 1, turned: bool = False) -> Page:
    return Page(number, document().page.trim, items, (), (), turned)


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from([EM, EM // 2]), st.booleans(), st.booleans()),
        min_size=1,
        max_size=7,
        unique_by=lambda row: row[0],
    ),
    st.booleans(),
)
@settings(max_examples=60)
def test_bars_stand_beside_what_changed(
    rows: list[tuple[int, int, bool, bool]], turned: bool
) -> None:
    """Ensures that bars reach from the top of the em box of each changed line to its foot, no bar
    lies on another, those of lines half a leading apart at most are one, and one for changes is as
    thick as the style says, while two thin ones stand beside what only moved."""
    parts = {1: (ChangedPart(),), 2: (ChangedPart(moved=True),), 3: (ChangedPart(moved=True),)}
    parts[3] += (ChangedPart(),)
    lines, wanted = [], {}
    for base, size, moved, edited in rows:
        node = 3 if moved and edited else 2 if moved else 1
        y = base * EM // 2
        at = {"x": y, "y": 0} if turned else {"x": 0, "y": y}
        lines.append(PlacedLine(line=line_of(run_of("甲", node=node, size=size)), **at))
        wanted[y - size * 880 // 1000, y + size * 120 // 1000] = moved and not edited
    drawn = [
        item.rect
        for item in rules(sheet(*lines, turned=turned), marked(parts))
        if item.color == RED
    ]
    area = document().page.type_area
    if turned:
        drawn = [Rect(rect.y, rect.x, rect.height, rect.width) for rect in drawn]
        left = area.y - GAP - BAR
    else:
        left = area.x + area.width + GAP
    bars = []
    for (top, height), some in groupby(drawn, lambda rect: (rect.y, rect.height)):
        shown = [(rect.x, rect.width) for rect in some]
        thin = [(left, BAR // 3), (left + BAR, BAR // 3)]
        assert shown in ([(left, BAR)], thin)
        bars.append((top, top + height, shown == thin))
    edges = sorted(wanted)
    assert {top for top, _, _ in bars} <= {top for top, _ in edges} | {end for _, end, _ in bars}
    for (_, end, kind), (top, _, other) in pairwise(bars):
        assert end <= top
        assert kind != other or top - end > LEADING // 2
    for (top, end), moved in wanted.items():
        inside = [bar for bar in bars if bar[0] < end and top < bar[1]]
        assert min(bar[0] for bar in inside) <= top
        assert max(bar[1] for bar in inside) >= end
        assert all(a[1] == b[0] for a, b in pairwise(inside))
        alone = all(top >= b or end <= a for a, b in edges if (a, b) != (top, end))
        assert not alone or [kind for _, _, kind in inside] == [moved]
    covered = sum(end - top for top, end, _ in bars)
    longest = sum(end - top for top, end in edges) + len(edges) * LEADING // 2
    assert covered <= longest


@pytest.mark.parametrize(("sides", "number"), [(Sides.SINGLE, 2), (Sides.MIRRORED, 1),
                                               (Sides.MIRRORED, 2)])  # fmt: skip
@pytest.mark.parametrize("gap", [0, GAP, 3 * EM])
def test_bars_stand_in_the_outer_margin(sides: Sides, number: int, gap: int) -> None:
    """Ensures that a bar is so far from the type area as the style says, or at the edge of the
    paper, and at the left of the even pages of a mirrored document."""
    made = marked({1: (ChangedPart(),)}, sides=sides, gap=gap)
    (bar,) = rules(sheet(PlacedLine(0, 5 * EM, line_of(run_of("甲"))), number=number), made)
    margin = min(gap, 2 * EM - BAR)
    even = sides is Sides.MIRRORED and number == 2
    assert bar.rect.x == (2 * EM - margin - BAR if even else 12 * EM + margin)
    assert bar.rect.width == BAR


def test_marks_are_drawn_when_pages_are_finished() -> None:
    """Ensures that bars and lines are among what finished pages get, and nothing where no earlier
    draft is known."""
    made, page = marked({1: (ChangedPart(),)}), sheet(PlacedLine(0, 5 * EM, line_of(run_of("甲"))))
    (finished,), _ = postprocess([page], made, setting())
    assert finished.items == (*page.items, *rules(page, made))
    (plain,), _ = postprocess([page], replace(made, changes=None), setting())
    assert plain.items == page.items


edges = st.lists(st.integers(0, 8), max_size=6).map(sorted)


def changes_of(own: list[int], other: list[int], whole: list[ChangedPart]) -> list[ChangedPart]:
    """Stretches of both texts, none of which overlap, and what is all of a node or a text."""
    stretches = [
        ChangedPart(text, start, end, entry=k)
        for text, cuts in zip(TEXTS, (own, other), strict=True)
        for k, (start, end) in enumerate(zip(cuts[::2], cuts[1::2], strict=False))
    ]
    return whole + stretches


wholes = st.lists(
    st.sampled_from([ChangedPart(), *(ChangedPart(text, 0, 8, moved=True) for text in TEXTS)]),
    max_size=2,
)
changes = st.builds(changes_of, edges, edges, wholes).map(tuple)


def holds(line: Line, part: ChangedPart) -> bool:
    """Whether a line holds one of the changed characters, or the place between two of them: where
    the line begins or within it, or where the text ends."""
    if part.text is None:
        return True
    if part.text != line.text.text:
        return False
    if part.start < part.end:
        return any(line.start <= k < line.end for k in range(part.start, part.end))
    last = line.end == len(part.text)
    return part.start in range(line.start, line.end + last)


@given(
    st.dictionaries(st.integers(0, 4), changes, max_size=3),
    st.lists(st.integers(-1, 4), min_size=1, max_size=4),
    st.sampled_from(list(combinations(range(9), 2))),
    st.sampled_from(TEXTS),
)
def test_a_line_holds_the_changes_of_its_words(
    parts: dict[int, tuple[ChangedPart, ...]], owners: list[int], ends: tuple[int, int], text: str
) -> None:
    """Ensures that each change of the nearest node around a run of which anything is known, and no
    other, is told of a line that holds some of its characters."""
    runs = [run_of("甲", k * EM, node) for k, node in enumerate(owners)]
    line = line_of(*runs, start=ends[0], end=ends[1], text=text)
    page = sheet(PlacedLine(0, 5 * EM, line))
    wanted = set()
    for node in owners:
        while node >= 0 and node not in parts:
            node = NODES[node].parent
        wanted |= {part for part in parts.get(node, ()) if holds(line, part)}
    found = [changed.part for changed in changed_lines(page, marked(parts))]
    assert len(found) == len(set(found))
    assert set(found) == wanted


def drawn_along(runs: list[GlyphRun]) -> Iterator[tuple[Decoration, int, int, int, int]]:
    """The lines along words by their definition: kind, from, to, and size and rise of the run."""
    cells: list[tuple[object, list[int]]] = []
    for k, run in enumerate(runs):
        kind = NODES[run.node].decoration if run.node >= 0 else None
        inked = [x for x, char in zip(run.xs, run.texts, strict=True) if char != " "]
        if kind is None:
            cells.append((None, []))
        elif inked:
            last = inked[-1] + run.size
            follow = runs[k + 1].xs[0] if k + 1 < len(runs) else last
            cells.append(
                ((kind, run.size, run.rise), [inked[0], max(min(last, follow), inked[-1])])
            )
    for key, some in groupby(cells, lambda cell: cell[0]):
        if isinstance(key, tuple):
            edges = [edge for _, edges in some for edge in edges]
            yield key[0], edges[0], edges[-1], key[1], key[2]


pieces = st.tuples(
    st.sampled_from(["甲", "甲乙", " 甲", "甲 ", "甲 乙", " "]),
    st.sampled_from([-1, 1, 2, 2, 3, 4]),
    st.sampled_from([(EM, 0), (EM, 0), (EM, 0), (EM // 2, EM // 4)]),
    st.sampled_from([0, 0, EM // 4, -EM // 4]),
)


@given(st.lists(pieces, min_size=1, max_size=6), st.sampled_from([None, (0, -1_000_000), (5, 5)]))
def test_lines_run_along_words_of_one_kind(
    drawn: list[tuple[str, int, tuple[int, int], int]], turn: tuple[int, int] | None
) -> None:
    """Ensures that words that are next to each other and decorated alike have one line from the
    first character with ink to the last, as thick as their size asks for, below the baseline or
    through the characters, along a line that reads upwards, too, and none along one that is
    turned otherwise."""
    runs, x = [], 0
    for words, node, (size, rise), gap in drawn:
        runs.append(run_of(words, x, node, size, rise))
        x = runs[-1].xs[-1] + size + gap
    item = PlacedLine(3 * EM, 7 * EM, line_of(*runs), turn=turn)
    wanted = []
    for kind, start, end, size, rise in drawn_along(runs):
        thick = size * 55 // 1000
        down = (
            size * 150 // 1000 if kind is Decoration.UNDERLINE else -size * 330 // 1000 - thick // 2
        )
        down -= rise
        if turn is None:
            wanted.append(Rect(3 * EM + start, 7 * EM + down, end - start, thick))
        elif turn == (0, -1_000_000):
            wanted.append(Rect(3 * EM + down, 7 * EM - end, thick, end - start))
    assert [item.rect for item in rules(sheet(item), marked({}))] == wanted


@pytest.mark.parametrize("before", [0, 300])
def test_a_line_holds_a_stretch_or_a_place_that_it_shares(before: int) -> None:
    """Ensures it of every line of four characters, for all stretches and places in them, and behind
    many others, where numbers that are equal are not the same object."""
    text = "甲" * (before + 4)
    for start, end in combinations(range(5), 2):
        line = line_of(run_of("甲"), start=before + start, end=before + end, text=text)
        page = sheet(PlacedLine(0, 5 * EM, line))
        for first, last in combinations_with_replacement(range(5), 2):
            part = ChangedPart(text, before + first, before + last)
            found = list(changed_lines(page, marked({1: (part,)})))
            assert bool(found) is holds(line, part), (start, end, first, last)


def test_nothing_is_drawn_along_what_has_no_width() -> None:
    """Ensures it where the next words begin in the same place, and that those have their line."""
    first, second = run_of("甲", 3 * EM, 2), run_of("乙", 3 * EM, 3)
    drawn = rules(sheet(PlacedLine(0, 5 * EM, line_of(first, second))), marked({}))
    assert [(rule.rect.x, rule.rect.width) for rule in drawn] == [(3 * EM, EM)]


@pytest.mark.parametrize(("more", "bars"), [(-1, 1), (0, 1), (1, 2)])
def test_lines_half_a_leading_apart_share_a_bar(more: int, bars: int) -> None:
    """Ensures that bars are one across what is between two lines of a paragraph, not more."""
    below = 5 * EM + EM * 120 // 1000 + LEADING // 2 + EM * 880 // 1000 + more
    lines = [PlacedLine(0, y, line_of(run_of("甲"))) for y in (5 * EM, below)]
    assert len(rules(sheet(*lines), marked({1: (ChangedPart(),)}))) == bars
