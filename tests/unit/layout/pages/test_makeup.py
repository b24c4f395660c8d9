from __future__ import annotations

import pytest
from helpers.specimens import (
    CHAR,
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
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from brieftex.diagnostics import OffsetMap, Span
from brieftex.document.blocks import (
    BreakBlock,
    Document,
    EntryBlock,
    FootBlock,
    OutlineEntry,
    RuleBlock,
    WithContents,
    call_anchor,
    note_anchor,
)
from brieftex.document.figures import DrawingBlock
from brieftex.document.paragraphs import Code, TextBlock
from brieftex.document.styles import Binding, ChangeLook, Finish, LineNumbers, Sides, Watermark
from brieftex.document.tables import Cell, TableBlock
from brieftex.layout.blocks.box import Box, baseline
from brieftex.layout.dump import line_text
from brieftex.layout.lines.cache import LineCache
from brieftex.layout.page import Anchor, Artifact, Page, PlacedLine, PlacedPath, PlacedRule
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.makeup import make_up
from brieftex.layout.pages.postprocess import postprocess
from brieftex.layout.paginate import Layout
from brieftex.layout.paginate import paginate as laid_out
from brieftex.memory import KeepingMemo
from brieftex.styled.styles import Align, LineRules
from brieftex.styled.text import Text, TextRun
from brieftex.units import BLACK, Rect, Size, mm

BASE = baseline(LEADING, EM)
TOP, LEFT = 2 * EM, 2 * EM


def furniture(page: Page, kind: Artifact) -> list[tuple[float, float, str]]:
    """x, y (em) and words of lines that are no text."""
    return [
        (item.x / EM, item.y / EM, line_text(item.line))
        for item in page.items
        if isinstance(item, PlacedLine) and item.artifact is kind
    ]


def at(page: Page, words: str) -> PlacedLine:
    """The line that says so."""
    (found,) = [
        item
        for item in page.items
        if isinstance(item, PlacedLine) and line_text(item.line) == words
    ]
    return found


# --- body -----------------------------------------------------------------------------------


def test_lines_stand_on_the_grid() -> None:
    """Ensures that the k-th line of every page has the same baseline."""
    first, second = paginate(document(*(block(w) for w in "一二三四五六七八九十")))
    for page in (first, second):
        ys = [item.y for item in page.items if isinstance(item, PlacedLine)]
        assert ys == [TOP + BASE + k * LEADING for k in range(len(ys))]
    assert at(first, "一").x == LEFT


def test_a_space_at_the_top_of_a_page_is_gone() -> None:
    """Ensures that a heading which begins a page stands on its first line."""
    blocks = [block(w) for w in "一二三四五六"]
    pages = paginate(document(*blocks, block("题", space=2), *blocks[:4]))
    assert at(pages[1], "题").y == TOP + BASE


def test_anchors_are_where_their_slugs_are() -> None:
    """Ensures that a link leads to the top of its heading's line."""
    (page,) = paginate(document(block("一"), block("二", "here")))
    assert page.anchors == (Anchor("here", TOP + LEADING),)


def test_links_lie_over_their_words() -> None:
    """Ensures that the active area is the em box of the linked characters."""
    text = Text("见这里", (TextRun(1, CHAR, 0), TextRun(3, CHAR, 7, "https://a.cn")))
    (page,) = paginate(document(TextBlock(text, style())))
    (link,) = page.links
    assert (link.href, link.node) == ("https://a.cn", 7)
    assert (link.rect.x, link.rect.width, link.rect.height) == (LEFT + EM, 2 * EM, EM)
    assert link.rect.y == TOP + BASE - EM * 88 // 100


def test_links_to_notes_and_back_say_which() -> None:
    """Ensures that a screen reader tells the note a link leads to by its number, from 1."""
    hrefs = [f"#{anchor(1)}" for anchor in (note_anchor, call_anchor)]
    text = Text("见这里", (TextRun(1, CHAR, 0, hrefs[0]), TextRun(3, CHAR, 7, hrefs[1])))
    (page,) = paginate(document(TextBlock(text, style()), notes=noted("甲", "乙")))
    assert [link.description for link in page.links] == ["脚注2", "正文：脚注2处"]


# --- notes ----------------------------------------------------------------------------------


def noted(*words: str) -> tuple[tuple[TextBlock, ...], ...]:
    return tuple((block(w, leading=EM),) for w in words)


def called(words: str, *notes: int) -> TextBlock:
    """A paragraph that calls these notes at its start."""
    return TextBlock(plain(words, calls=tuple((0, n) for n in notes)), style())


def test_notes_stand_on_the_foot_of_the_page_that_calls_them() -> None:
    """Ensures that notes end on the type area's lower edge, in the order of their calls,
    a gap apart, and that a page without a call has none."""
    made = document(
        called("一", 0),
        called("二", 1),
        *(block(w) for w in "三四五六七八"),
        notes=noted("甲", "乙"),
    )
    first, second = paginate(made)
    assert lines_on(first) == ["一", "二", "三", "四", "甲", "乙"]
    assert lines_on(second) == ["五", "六", "七", "八"]
    bottom = TOP + 6 * LEADING
    assert at(first, "乙").y == bottom - EM + baseline(EM, EM)
    assert at(first, "甲").y == at(first, "乙").y - EM - EM // 4


def test_the_rule_of_the_notes() -> None:
    """Ensures that a rule stands ``below`` above the first note, ``above`` below the body at
    the least."""
    made = document(called("一", 0), *(block(w) for w in "二三四五六七"), notes=noted("甲"))
    first = paginate(made)[0]
    (rule,) = [item.rect for item in first.items if isinstance(item, PlacedRule)]
    bottom = TOP + 6 * LEADING
    assert rule == Rect(LEFT, bottom - EM - EM // 2 - EM // 8, 4 * EM, EM // 8)
    last = [w for w in lines_on(first) if w != "甲"][-1]
    assert at(first, last).y - BASE + LEADING + EM <= rule.y


def test_notes_stand_above_the_foot() -> None:
    """Ensures that notes on the last page and the colophon, which both stand at its foot, do
    not stand on each other."""
    foot = FootBlock((RuleBlock(EM // 8, BLACK, on_grid=False), block("报：甲")))
    (page,) = paginate(document(called("一", 0), foot, notes=noted("注")))
    rule = next(i.rect for i in page.items if isinstance(i, PlacedRule) and i.rect.width > 5 * EM)
    assert at(page, "注").y < rule.y
    assert at(page, "报：甲").y > rule.y


# --- contents -------------------------------------------------------------------------------


def entry(words: str, target: str, leader: str = "·", **fields: object) -> EntryBlock:
    folio = TextRun(0, CHAR, 5, f"#{target}")
    return EntryBlock(plain(words), target, style(align=Align.LEFT, **fields), leader, folio)


def test_contents_numbers() -> None:
    """Ensures that an entry shows the page its target is on, at the right edge, as a link."""
    pages = paginate(
        document(
            entry("一", "a"), entry("二", "b"), block("甲", "a"), BreakBlock(), block("乙", "b")
        )
    )
    assert lines_on(pages[0]) == ["一", "1", "二", "2", "甲"]
    assert at(pages[0], "2").x + EM // 2 == LEFT + 10 * EM
    assert [(link.href, link.node) for link in pages[0].links] == [("#a", 5), ("#b", 5)]


def test_numbers_keep_the_right_edge_of_their_style() -> None:
    """Ensures that ``right`` of an entry's style holds for its number."""
    (page,) = paginate(document(entry("一", "a", right=EM), block("甲", "a")))
    assert at(page, "1").x + EM // 2 == LEFT + 9 * EM


def test_leaders() -> None:
    """Ensures that leaders fill the way to the number in whole dots, keep off text and number,
    are no text, and stand in columns."""
    words = ("一", "一二", "一二三四五")
    (page,) = paginate(document(*(entry(w, "a") for w in words), block("甲", "a"), lines=9))
    leaders = furniture(page, Artifact.LAYOUT)
    dots = [set(text) for _, _, text in leaders]
    assert dots == [{"·"}] * 3
    ends = {x + len(text) for x, _, text in leaders}
    assert len(ends) == 1
    (end,) = ends
    assert end <= 12 - 1.5  # the width kept for the number, whatever it has
    for (x, _, _), text in zip(leaders, words, strict=True):
        assert 0.5 <= x - (2 + len(text)) < 0.5 + 1


def test_no_leaders_where_there_is_no_room() -> None:
    """Ensures that a long entry has none rather than some on top of it."""
    (page,) = paginate(document(entry("一二三四五六", "a"), block("甲", "a")))
    assert len(furniture(page, Artifact.LAYOUT)) == 1
    for words in ("一二三四五六七", "一二三四五六七八"):
        (page,) = paginate(document(entry(words, "a"), block("甲", "a")))
        assert furniture(page, Artifact.LAYOUT) == []


def test_an_entry_without_a_target() -> None:
    """Ensures that a dead link in the contents shows no number, and is no crash."""
    (page,) = paginate(document(entry("一", "gone"), block("甲")))
    assert lines_on(page)[0] == "一"


# --- running head and folio -----------------------------------------------------------------


def pages_with(**fields: object) -> tuple[Page, ...]:
    return paginate(
        document(block("一"), BreakBlock(), block("二"), BreakBlock(), block("三"), **fields)
    )


def test_the_running_head() -> None:
    """Ensures that the head has its three texts at the left, middle and right of the type
    area, on its baseline, with its rule, and not on the first page."""
    first, second, _ = pages_with(
        head=("左", "中", "右"), head_rule=EM // 8, head_rule_y=3 * EM // 2
    )
    assert furniture(first, Artifact.HEADER) == []
    assert furniture(second, Artifact.HEADER) == [(2, 1, "左"), (6.5, 1, "中"), (11, 1, "右")]
    (rule,) = [i for i in second.items if isinstance(i, PlacedRule)]
    assert rule == PlacedRule(Rect(LEFT, 3 * EM // 2, 10 * EM, EM // 8), BLACK, Artifact.HEADER)


def test_no_head_no_rule() -> None:
    """Ensures that a rule does not stand below nothing."""
    second = pages_with(head_rule=EM // 8)[1]
    assert not [i for i in second.items if isinstance(i, PlacedRule)]


def test_the_head_on_the_first_page() -> None:
    """Ensures that the theme may want it there."""
    first = pages_with(head=("左", "", ""), head_on_first=True)[0]
    assert furniture(first, Artifact.HEADER) == [(2, 1, "左")]


def test_the_folio() -> None:
    """Ensures that page numbers and their count are filled in, and may be left off page 1."""
    pages = pages_with(folio=("", "{page}/{pages}", ""))
    found = [[text for _, _, text in furniture(page, Artifact.FOOTER)] for page in pages]
    assert found == [[], ["2/3"], ["3/3"]]
    on_first = pages_with(folio=("", "{page}", ""), folio_on_first=True)[0]
    assert furniture(on_first, Artifact.FOOTER) == [(6.75, 16, "1")]


@pytest.mark.parametrize(("mirrored", "xs"), [(False, [10.5, 10.5]), (True, [3, 10.5])])
def test_folios_of_facing_pages(mirrored: bool, xs: list[float]) -> None:
    """Ensures that odd pages have the number at the right, even ones at the left, each the
    inset from the edge (GB/T 9704-2012 7.5)."""
    pages = pages_with(folio=("", "", "{page}"), mirrored=mirrored, folio_inset=EM)
    assert [furniture(page, Artifact.FOOTER)[0][0] for page in pages[1:]] == xs


# --- the foot -------------------------------------------------------------------------------


def test_the_foot_stands_on_the_type_areas_foot() -> None:
    """Ensures that the last rule of the colophon is the lower edge of the type area, however
    short the page is (GB/T 9704-2012 7.4.1)."""
    foot = FootBlock((block("报：甲"), RuleBlock(EM // 8, BLACK, on_grid=False)))
    (page,) = paginate(document(block("一"), foot))
    (rule,) = [i.rect for i in page.items if isinstance(i, PlacedRule)]
    assert rule.y + rule.height == TOP + 6 * LEADING


def test_a_foot_that_does_not_fit_has_a_page_with_text() -> None:
    """Ensures that the colophon does not stand alone on a page where lines can go with it."""
    foot = FootBlock((block("报"), block("送")))
    pages = paginate(document(block("中文字体排印测试简报" * 5), foot))
    assert len(lines_on(pages[-1])) > 2


def test_reading_order() -> None:
    """Ensures that the head comes first and the folio last, the notes after the body."""
    made = document(
        called("一", 0), notes=noted("注"), head=("头", "", ""), head_on_first=True,
        folio=("", "{page}", ""), folio_on_first=True,
    )  # fmt: skip
    (page,) = paginate(made)
    words = [line_text(i.line) for i in page.items if isinstance(i, PlacedLine)]
    assert words == ["头", "一", "注", "1"]


def test_pages_are_numbered_and_trimmed() -> None:
    """Ensures that every page knows its number and its size."""
    pages = pages_with()
    assert [page.number for page in pages] == [1, 2, 3]
    assert {page.trim for page in pages} == {document().page.trim}


def test_nothing_has_no_page() -> None:
    """Ensures that a document without blocks is no crash."""
    assert paginate(document()) == ()
    assert paginate(replace(document(block("")))) == ()


# --- findings -------------------------------------------------------------------------------


def test_what_is_wrong_is_told_once() -> None:
    """Ensures that a head that comes again on each page says once what it lacks, that a table's
    head does so, and that a character of the file that stands in two places is one fault."""
    cells = tuple((Cell(plain(w), 0),) for w in "一二三四五六七八")
    head = ((Cell(plain("☃"), 0),),)
    table = TableBlock(None, head, cells, (Align.LEFT,), style(align=Align.LEFT), 0, 1, 1, False)
    twice = replace(block("二☄"), text=replace(plain("二☄"), origin=OffsetMap((0,), (40,))))
    made = document(table, twice, twice, head=("☂", "", ""), head_on_first=True)
    made_setting = setting()
    pages, found = make_up(laid_out(made, made_setting), made_setting)
    assert len(pages) > 1
    chars = sorted((dict(d.values)["char"], d.span) for d in found)
    assert chars == [("☂", Span(0, 1)), ("☃", Span(0, 1)), ("☄", Span(41, 42))]


def test_lines_that_were_only_tried_say_nothing() -> None:
    """Ensures that pages without the contents, which are thrown away, leave no finding."""
    short = document(*(block(w) for w in "一二三四五六☃"))
    long = document(*(block(w) for w in "一二三四五六七"))
    made = replace(short, with_contents=WithContents(2, long))
    made_setting = setting()
    layout = laid_out(made, made_setting)
    assert layout.document == long
    assert make_up(layout, made_setting)[1] == []


def test_a_watermark_and_line_numbers_say_what_they_lack() -> None:
    """Ensures that outlines are no hiding place for a character that no face has."""
    char = CHAR
    look = ChangeLook(BLACK, BLACK, BLACK, EM // 8, BLACK, EM)
    marks = Finish(Binding(), LineNumbers(1, EM, char), Watermark("☃", char, 45), look)
    made = replace(document(*(block(w) for w in "一二三四五六七八")), finish=marks)
    made_setting = setting()
    pages, _ = make_up(laid_out(made, made_setting), made_setting)
    _, found = postprocess(pages, made, made_setting)
    assert [dict(d.values)["char"] for d in found] == ["☃"]


# --- what comes together at the top and the foot ----------------------------------------------


def test_a_tables_head_stands_below_a_figure_that_waited() -> None:
    """Ensures that what comes again above a table does so above the table, not above the figure
    at the page's top."""
    cells = tuple((Cell(plain(w), 0),) for w in "甲乙丙丁戊己庚辛")
    head = ((Cell(plain("头"), 0),),)
    look = style(align=Align.LEFT)
    table = TableBlock(None, head, cells, (Align.LEFT,), look, 0, 1, 1, False)
    waiting = DrawingBlock(Size(EM, 3 * LEADING), (), 0, TextBlock(plain("图"), style()))
    lines = [block(w) for w in "一二三四五"]
    pages = paginate(document(*lines, waiting, table, lines=9))
    first, second = pages[:2]
    assert lines_on(first) == ["一", "二", "三", "四", "五", "头", "甲", "乙"]
    assert lines_on(second)[:2] == ["图", "丙"]
    assert at(second, "图").y < at(second, "头").y < at(second, "丙").y


def test_notes_end_where_characters_do() -> None:
    """Ensures that on a page whose characters, not their cells, fill the type area the last
    line of the notes stands on its foot, too."""
    made = document(called("一", 0), notes=noted("注"))
    area = made.page.type_area
    flush = replace(made.page, type_area=replace(area, height=area.height - LEADING // 2))
    (page,) = paginate(replace(made, page=flush))
    note = at(page, "注")
    foot = area.y + flush.type_area.height
    (usual,) = paginate(made)
    assert foot - note.y == area.y + area.height - at(usual, "注").y


def test_a_long_head_is_cut_to_a_few_characters() -> None:
    """Ensures that two titles which must share the head are cut until they fit, the longer
    first, and that there is no second ellipsis."""
    (page,) = paginate(document(block("一"), head=("甲" * 9, "", "乙" * 5), head_on_first=True))
    words = [words for _, _, words in furniture(page, Artifact.HEADER)]
    assert words == ["甲甲甲…", "乙乙乙乙乙"]


def shortened(texts: list[str], room: float) -> list[str]:
    """Texts that are to share so many ems: the widest loses a character, again and again."""
    cut = list(texts)

    while sum(len(text) + 1 for text in cut if text) - 1 > room:
        k = max(range(3), key=lambda k: len(cut[k]))
        if len(cut[k]) < 3:
            break
        cut[k] = cut[k].removesuffix("…")[:-1] + "…"
    return cut


@given(
    st.lists(st.integers(0, 24).map(lambda count: "甲" * count), min_size=3, max_size=3),
    st.sampled_from([0, 0.25, 1, 4]),
)
@settings(max_examples=80)
def test_a_head_is_cut_no_more_than_it_must(texts: list[str], inset: float) -> None:
    """Ensures that texts that share a line lose as few characters as they can, always the widest,
    and that they stand at the left, in the middle and at the right of their room."""
    made = document(
        block("一"), folio=tuple(texts), folio_on_first=True, folio_inset=int(inset * EM)
    )
    (page,) = paginate(made)
    room = 10 - 2 * inset
    wanted = []
    for share, text in enumerate(shortened(texts, room)):
        if text:
            wanted.append((2 + inset + (room - len(text)) * share / 2, 16.0, text))
    found = furniture(page, Artifact.FOOTER)
    assert [(text, y) for _, y, text in found] == [(text, y) for _, y, text in wanted]
    assert [x for x, _, _ in found] == pytest.approx([x for x, _, _ in wanted], abs=1e-5)


@pytest.mark.parametrize("count", [12, 30, 31, 45])
def test_a_head_of_dashes_is_cut_no_more_than_it_must(count: int) -> None:
    """Ensures it where each of three texts gives up as much, in characters of two ems, which is the
    most that can be too many at once."""
    made = document(block("一"), folio=("⸺" * count,) * 3, folio_on_first=True)
    wide = replace(made.page, type_area=replace(made.page.type_area, width=40 * EM))
    (page,) = paginate(replace(made, page=wide))
    # Each has an ellipsis of one em, and there is an em between two.
    texts = sorted(text for _, _, text in furniture(page, Artifact.FOOTER))
    assert [len(text) for text in texts] == [6, 7, 7]
    assert all(text.strip("⸺") == "…" for text in texts)


def blank_between(made: Document) -> Layout:
    """The layout of a document of two pages with a blank one between."""
    layout = laid_out(made, setting())
    first, second = layout.plans
    between = PagePlan((), (first.notes[1], first.notes[1]), first.end)
    return replace(layout, plans=[first, between, second])


def test_a_blank_page_has_neither_head_nor_folio() -> None:
    """Ensures GB/T 9704-2012 7.5: a blank page shows no number but is counted, and neither does
    the page of the colophon behind it; a page of notes alone is none."""
    look = {"head": ("头", "", ""), "head_on_first": True, "folio": ("", "{page}/{pages}", ""),
            "folio_on_first": True}  # fmt: skip
    text = block("一"), BreakBlock()
    for last, shown in ((block("二"), ["3/3"]), (FootBlock((block("报"),)), [])):
        made = document(*text, last, **look)
        if isinstance(last, FootBlock):
            made = document(*text, block("二"), last, **look)
        pages, _ = make_up(blank_between(made), setting())
        folios = [[words for _, _, words in furniture(page, Artifact.FOOTER)] for page in pages]
        heads = [[words for _, _, words in furniture(page, Artifact.HEADER)] for page in pages]
        assert folios == [["1/3"], [], shown]
        assert heads == [["头"], [], ["头"]]
    notes = document(called("一", 0), notes=noted("甲" * 170), lines=4, **look)
    pages = paginate(notes)
    assert len(pages) > 2
    assert all(furniture(page, Artifact.HEADER) for page in pages)
    assert all(furniture(page, Artifact.FOOTER) for page in pages)


def test_a_head_names_the_last_section_that_has_begun() -> None:
    """Ensures that {section} is what begins on the page or has begun before, and nothing before
    the first."""
    pages = pages_with(
        head=("", "{section}", "{page}"), head_on_first=True,
        sections=(("a", "甲"), ("b", "乙"), ("c", "丙")),
    )  # fmt: skip
    blocks = [block("一"), BreakBlock(), block("二", "a"), block("三", "b"), BreakBlock()]
    made = document(
        *blocks, block("四"), BreakBlock(), block("五", "c"), head=("", "{section}", ""),
        head_on_first=True, sections=(("a", "甲"), ("b", "乙"), ("c", "丙"), ("d", "丁")),
    )  # fmt: skip
    heads = [[words for _, _, words in furniture(page, Artifact.HEADER)] for page in pages]
    assert heads == [["1"], ["2"], ["3"]]
    heads = [[words for _, _, words in furniture(page, Artifact.HEADER)] for page in paginate(made)]
    assert heads == [[], ["乙"], ["乙"], ["丙"]]


def test_the_colophon_keeps_its_place_when_pages_are_counted() -> None:
    """Ensures that its lines stand where they stood when it was only measured."""
    foot = FootBlock((block("报：甲"), RuleBlock(EM // 8, BLACK, on_grid=False), block("送：乙")))
    made = document(block("一"), foot)
    (page,) = paginate(made)
    assert at(page, "报：甲").x == at(page, "送：乙").x == LEFT
    (rule,) = [i.rect for i in page.items if isinstance(i, PlacedRule)]
    assert rule.x == LEFT
    assert at(page, "报：甲").y < rule.y < at(page, "送：乙").y < TOP + 6 * LEADING


def test_a_page_for_itself_says_where_and_how_a_screen_shows_it() -> None:
    """Ensures that what lies across is placed on a page seen from its left edge, head and folio
    as on all others, anchors at the corner that a screen shows above."""
    text = Text("见这里", (TextRun(1, CHAR, 0), TextRun(3, CHAR, 7, "https://a.cn")))
    made = document(TextBlock(text, style(), "here"), head=("头", "", ""), head_on_first=True)
    layout = laid_out(made, setting())
    turned = replace(layout, plans=[replace(plan, turned=True) for plan in layout.plans])
    ((upright,), _), ((page,), _) = make_up(layout, setting()), make_up(turned, setting())
    assert (upright.turned, page.turned) == (False, True)
    height, area = made.page.trim.height, made.page.turned.type_area
    assert furniture(page, Artifact.HEADER) == furniture(upright, Artifact.HEADER)
    assert page.anchors == (Anchor("here", height),)
    line = at(page, "见这里")
    assert line.turn == (0, -1_000_000)
    assert (line.x, line.y) == (area.y + BASE, height - area.x)
    (link,) = page.links
    above = area.y + BASE - EM * 88 // 100
    assert link.rect == Rect(above, height - area.x - 3 * EM, EM, 2 * EM)


def test_codes_stand_beside_their_lines() -> None:
    """Ensures that a code is level with what it belongs to, whichever line of the page that is, in
    the outer margin, and that one without room is told with its page."""
    code = Code(0, 1, Span(3, 4), (), EM // 2, EM // 8, EM // 4)
    made = document(*(block(words) for words in "一二三四五六七八"))
    layout = laid_out(made, setting())
    boxes = list(layout.galley.boxes)
    for k in (2, 7):
        boxes[k] = replace(boxes[k], beside=((EM, code),))
    layout = replace(layout, galley=replace(layout.galley, boxes=tuple(boxes)))
    pages, found = make_up(layout, setting())
    assert found == []
    for page, k in zip(pages, (2, 2), strict=True):
        (path,) = [item for item in page.items if isinstance(item, PlacedPath)]
        assert (path.x, path.y) == (12 * EM + EM // 4, TOP + k * LEADING + EM - EM // 4)
    boxes[2] = replace(boxes[2], beside=((EM, code),) * 30)
    layout = replace(layout, galley=replace(layout.galley, boxes=tuple(boxes)))
    pages, found = make_up(layout, setting())
    placed = sum(isinstance(item, PlacedPath) for item in pages[0].items)
    assert 0 < placed < 30
    told = [(dict(one.values)["page"], one.span) for one in found]
    assert told == [(1, Span(3, 4))] * (30 - placed)


@pytest.mark.parametrize(("baseline", "foot"), [(-1, 8), (1, 7)])
def test_the_folio_on_a_page_of_another_file_is_as_low_as_printers_print(
    baseline: int, foot: int
) -> None:
    """Ensures that it stands 8 mm above the foot of the paper, or lower where the theme has it
    so; baseline and foot are in mm, that one from where it is 8 mm above."""
    made = document(block("一"), folio=("", "{page}", ""), folio_on_first=True)
    trim = made.page.trim
    furnished = replace(made.furniture, folio_baseline=trim.height - mm(8) + mm(baseline))
    layout = laid_out(replace(made, furniture=furnished), setting())
    boxes = [replace(box, whole=True) for box in layout.galley.boxes]
    layout = replace(layout, galley=replace(layout.galley, boxes=tuple(boxes)))
    (page,), _ = make_up(layout, setting())
    ((_, y, _),) = furniture(page, Artifact.FOOTER)
    assert y * EM == pytest.approx(trim.height - mm(foot), abs=2)


# --- pages that are known -------------------------------------------------------------------


def planned(layout: Layout, *pages: tuple[tuple[int, int], ...], turned: int = 0) -> Layout:
    """A layout with these spans of boxes on its pages, the first of which has the note."""
    ends = [(0, 1), *[(1, 1)] * (len(pages) - 1)]
    plans = [
        PagePlan(spans, ends[k], spans[-1][1] if spans else 0, turned=0 < turned == k + 1)
        for k, spans in enumerate(pages)
    ]
    return replace(layout, plans=plans)


def test_pages_that_are_known_are_those_of_the_same_layout() -> None:
    """Ensures that a page is made anew where anything of it is another though its boxes are the
    same objects: its place in the document, which of its boxes begins it, what stands above and
    below the text, what links lead to."""
    plain_, cache = setting(), LineCache(KeepingMemo(), KeepingMemo())
    kept = replace(plain_, cache=cache)
    entry = EntryBlock(plain("题"), "here", style(), "·", TextRun(0, CHAR, 0, "#here"))
    foot = FootBlock((block("甲"),))
    texts = called("一", 0), block("二"), block("三", "here")
    made = document(
        entry, *texts, foot, notes=noted("注"), head=("", "报", ""), head_on_first=True,
        folio=("第{page}页", "", "{pages}"), folio_on_first=True, mirrored=True,
    )  # fmt: skip
    whole = laid_out(made, kept)
    boxes = [*whole.galley.boxes]
    for k, depth in ((1, 2), (2, 3)):
        head = Box(depth * LEADING, (PlacedRule(Rect(0, 0, EM, EM // 8), BLACK),))
        code = Code(0, 1, Span(3, 4), (), EM // 2, EM // 8, EM // 4)
        boxes[k] = replace(boxes[k], head=head, beside=((EM, code),))
    whole = replace(whole, galley=replace(whole.galley, boxes=tuple(boxes)))
    start, text, end, last = ((0, 2),), ((2, 3),), ((3, 4),), ((4, 5),)
    base = planned(whole, start, text, (), end, text, last)
    page, around, notes = made.page, made.furniture, made.note_style
    look = ChangeLook(BLACK, BLACK, BLACK, 0, BLACK, 0)
    mirrored = Finish(
        Binding(Sides.MIRRORED), LineNumbers(0, 0, CHAR), Watermark("", CHAR, 0), look
    )
    documents = [
        replace(made, page=replace(page, trim=Size(15 * EM, page.trim.height))),
        replace(made, furniture=replace(around, head=("", "刊", ""))),
        replace(made, furniture=replace(around, folio_baseline=around.folio_baseline + 1)),
        replace(made, finish=mirrored),
        replace(made, note_style=replace(notes, rule_width=EM)),
        replace(made, outline=(OutlineEntry(0, "题目", "here"),)),
    ]
    for now in (
        planned(whole, start, (), text, end, text, last),
        planned(whole, start, text, (), end, (), last),
        planned(whole, start, text, end, (), text, last),
        planned(whole, start, text, (), end, text, last, ()),
        planned(whole, start, text, (), end, text, last, turned=2),
        planned(whole, ((0, 1), (1, 2)), text, (), end, text, last),
        *[replace(base, document=other) for other in documents],
    ):
        for layout in (base, now, base):
            assert make_up(layout, kept) == make_up(layout, plain_)
    other = replace(kept, rules=LineRules(script_gap=(500, 500, 500)))
    cache.begin(other.shaper, other.rules, other.keep)
    assert make_up(base, other) == make_up(base, replace(other, cache=None))
