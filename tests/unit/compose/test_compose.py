from __future__ import annotations

import datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from helpers.chance import dealt
from helpers.issues import Manuscript, assert_sound, blocks, lines, role_path, texts
from helpers.tables import plain_table
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from brieftex.compose.compose import compose
from brieftex.diagnostics import Span
from brieftex.document.blocks import (
    BreakBlock,
    Document,
    EntryBlock,
    FigureBlock,
    PairBlock,
    RuleBlock,
)
from brieftex.document.paragraphs import TextBlock
from brieftex.document.tables import TableBlock
from brieftex.input.theme import load_theme
from brieftex.model import content
from brieftex.model.content import (
    Body,
    Figure,
    Heading,
    Inline,
    ListBlock,
    NoteCall,
    PageBreak,
    Paragraph,
    Quotation,
    Speech,
    Stretch,
)
from brieftex.model.issue import (
    Attachment,
    Colophon,
    Foreword,
    Issue,
    Item,
    Masthead,
    Section,
    Signature,
    SourceNote,
)
from brieftex.styled.styles import Align
from brieftex.units import to_mm, to_pt

DAY = datetime.date(2024, 3, 5)
BRIEFING = load_theme("briefing", Path())
OFFICIAL = load_theme("official", Path())


def made(script: Manuscript, *blocks: content.BodyBlock, notes: object = ()) -> Document:
    """An issue of one section with one item of these blocks, composed; it must be sound."""
    body = Body(blocks, notes)  # type: ignore[arg-type]
    item = Item(script.write("条目"), body)
    return sound(script.issue(sections=(Section(script.write("栏目"), (item,)),)))


def sound(issue: Issue, theme: object = BRIEFING) -> Document:
    document, found = compose(issue, theme)  # type: ignore[arg-type]
    assert found == []
    assert_sound(document, issue)
    return document


def paragraph(script: Manuscript, text: str, *calls: NoteCall) -> Paragraph:
    return Paragraph(script.write(text, calls=calls))


def head(script: Manuscript, level: int, text: str) -> Heading:
    return Heading(level, script.write(text))


def whole_issue(picture: Path) -> Issue:
    """Every feature once."""
    script = Manuscript()
    write = script.write
    masthead = Masthead(
        write("资政参考"), 3, 27, write("党委政策研究室"), DAY, write("内部资料　注意保存"),
        write("特急"), write("1年"), 12, write("甲大研〔2024〕5号"), (write("戊"), write("己")),
    )  # fmt: skip
    table = plain_table(
        (write("名称"), write("数量")),
        ((write("甲"), write("1")), (write(""), write("2"))),
        (None, "right"),
        write("用量"),
    )
    body = (
        paragraph(script, "见注。", NoteCall(2, "1")),
        head(script, 1, "小标题"),
        head(script, 2, "更小"),
        head(script, 3, "最小"),
        head(script, 1, "又一个"),
        ListBlock(3, ((paragraph(script, "其三"),), (paragraph(script, "其四"),))),
        ListBlock(None, ((ListBlock(1, ((paragraph(script, "里层"),),)),),)),
        Quotation((paragraph(script, "引文"), Quotation((paragraph(script, "引中引"),)))),
        table,
        Figure(picture.name, "柱形图", write("机时"), Span(0, 1)),
        Speech(write("堃某某"), write("某某大学校长"), (paragraph(script, "发言"),)),
        PageBreak(Span(0, 1)),
    )
    item = Item(
        write("某校获批"),
        Body(body, (("1", (paragraph(script, "注文。"),)),)),
        (
            SourceNote(write("人民网"), write("题"), write("http://a.cn/x"), DAY, DAY),
            SourceNote(write("新华社")),
        ),
    )
    sections = tuple(Section(write(f"栏目{n}"), (item,)) for n in range(3))
    foreword = Foreword(
        Body((head(script, 1, "什么是简报？"), paragraph(script, "首段。"))), write("校领导：")
    )
    attachments = tuple(
        Attachment(write(title), Body((head(script, 1, "总则"), paragraph(script, "文"))))
        for title in ("办法", "名单")
    )
    colophon = Colophon(
        (write("甲"), write("乙")), (write("丙"),), (write("丁"),), (write("校领导"),),
        (write("各学院"), write("各处")), (write("各所"),), 60,
        (write("省教育厅"),), write("办公室"), DAY,
    )  # fmt: skip
    return script.issue(
        folder=picture.parent, masthead=masthead, title=write("新质生产力"), foreword=foreword,
        sections=sections, attachments=attachments, colophon=colophon,
        signature=Signature((write("甲大学"), write("乙大学")), DAY, write("联系人：丙")),
    )  # fmt: skip


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("issue") / "chart.png"
    Image.new("L", (30, 20)).save(path)
    return path


@pytest.mark.parametrize("theme", [BRIEFING, OFFICIAL], ids=["briefing", "official"])
def test_a_whole_issue_is_sound_and_complete(picture: Path, theme: object) -> None:
    """Catches text lost on the way, whatever its place, and any broken run, node or link."""
    issue = whole_issue(picture)
    document = sound(issue, theme)
    everything = "\n".join(text.text for text in texts(document))
    for word in ("资政参考", "内部资料　注意保存", "特急", "第3期　（总第27期）", "党委政策研究室",
                 "2024年3月5日", "新质生产力", "校领导：", "什么是简报？", "某校获批", "更小",
                 "最小", "引中引", "数量", "用量", "机时", "堃某某　某某大学校长", "发言", "里层",
                 "注文。", "http://a.cn/x", "新华社", "办法", "名单", "共印60份"):  # fmt: skip
        assert word in everything


def test_sections_items_and_headings_are_numbered() -> None:
    """Catches counts that do not begin again, and levels labelled one off."""
    script = Manuscript()
    levels = (1, 2, 3, 3, 2, 1, 2)
    body = Body(tuple(head(script, level, "题") for level in levels))
    items = (Item(script.write("条目"), body), Item(script.write("又一条"), body))
    document = sound(script.issue(sections=(Section(script.write("栏目"), items),)))
    assert lines(document)[2:11] == [
        "一、栏目", "1. 条目",
        "（一）题", "（1）题", "①题", "②题", "（2）题", "（二）题", "（1）题",
    ]  # fmt: skip
    assert lines(document)[11:13] == ["2. 又一条", "（一）题"]


def test_the_standard_numbers_in_its_own_order() -> None:
    script = Manuscript()
    headings = tuple(head(script, level, "题") for level in (1, 2))
    items = (Item(script.write("条目"), Body(headings)), Item(script.write("又一条")))
    issue = script.issue(sections=(Section(script.write("栏目"), items),))
    assert lines(sound(issue, OFFICIAL))[2:] == [
        "一、栏目", "（一）条目", "1.题", "（1）题", "（二）又一条",
    ]  # fmt: skip


def test_a_heading_with_a_full_stop_runs_into_its_paragraph() -> None:
    """Catches a heading lost as one, its number, or the place of what follows it."""
    script = Manuscript()
    document = made(
        script, head(script, 1, "统筹。"), paragraph(script, "各处", NoteCall(1, "1")),
        head(script, 1, "另行。"), ListBlock(None, ((paragraph(script, "其一"),),)),
        notes=(("1", (paragraph(script, "注"),)),),
    )  # fmt: skip
    assert lines(document)[4:7] == ["（一）统筹。各[1]处", "（二）另行。", "•其一"]
    block = blocks(document)[4]
    assert isinstance(block, TextBlock)
    roles = [role_path(document, run.node).split("/")[-1] for run in block.text.runs]
    assert roles == ["H4", "P", "Link", "P"]
    assert len({run.style.font for run in block.text.runs}) == 2
    assert block.style == BRIEFING.styles["body"]
    assert [entry.title for entry in document.outline][2:] == ["（一）统筹", "（二）另行"]


def test_an_editor_note_is_named_once() -> None:
    """Catches a second 编者按 where the editor has typed one, and a call moved by the label."""
    script = Manuscript()
    note = Body(
        (paragraph(script, "三校", NoteCall(2, "1")),), (("1", (paragraph(script, "注"),)),)
    )
    item = Item(script.write("题"), editor_note=note)
    typed = Body((paragraph(script, "编者按：四篇"),))
    section = Section(script.write("栏"), (item,), typed)
    document = sound(script.issue(sections=(section,)))
    assert [line for line in lines(document) if "按" in line] == ["编者按：四篇", "编者按：三校[1]"]
    block = next(b for b in blocks(document) if isinstance(b, TextBlock) and b.text.calls)
    assert block.text.calls == ((6, 0),)
    assert block.style.left == block.style.right == 2 * BRIEFING.em


def test_a_foreword_has_no_numbers_and_an_attachment_its_own(picture: Path) -> None:
    """Catches counting that runs on from the body into an attachment."""
    found = lines(sound(whole_issue(picture)))
    assert "什么是简报？" in found
    assert found[found.index("附件2") :][:3] == ["附件2", "名单", "一、总则"]


def test_a_sole_attachment_has_no_number() -> None:
    """GB/T 9704-2012 7.3.7."""
    script = Manuscript()
    issue = script.issue(attachments=(Attachment(script.write("办法"), Body()),))
    assert lines(sound(issue))[-2:] == ["附件", "办法"]
    assert lines(sound(issue, OFFICIAL))[-4:] == ["附件：办法", "", "附件", "办法"]


def test_headings_descend_by_one_even_where_the_editor_skips(picture: Path) -> None:
    """Catches an H5 after an H3, which PDF/UA-1 7.4.2 forbids."""
    script = Manuscript()
    document = made(script, head(script, 3, "深"), head(script, 1, "浅"))
    roles = [node.role for node in document.nodes if node.role.startswith("H")]
    assert roles == ["H1", "H2", "H3", "H4", "H4"]
    whole = [n.role for n in sound(whole_issue(picture)).nodes if n.role.startswith("H")]
    assert whole[:3] == ["H1", "H2", "H2"]


def test_no_two_pages_are_broken_in_a_row(picture: Path) -> None:
    """Catches a blank page where the editor's break meets the section's own."""
    found = sound(whole_issue(picture)).blocks
    breaks = [isinstance(block, BreakBlock) for block in found]
    assert not any(a and b for a, b in pairwise(breaks))


def test_a_small_issue_stays_on_its_first_page() -> None:
    """Catches a masthead with a page to itself."""
    script = Manuscript()
    assert not any(isinstance(b, BreakBlock) for b in made(script).blocks)


@pytest.mark.parametrize(
    ("name", "width_mm", "size_pt"),
    [("资政参考", 107.2, 76), ("高校改革动态", 120, 56.69), ("教", 26.8, 76), ("a", 13.4, 76)],
)
def test_the_name_is_as_large_as_fits(name: str, width_mm: float, size_pt: float) -> None:
    """Catches a name over the measure, or a short one blown up to fill it."""
    script = Manuscript()
    document = sound(script.issue(masthead=Masthead(script.write(name))))
    style = blocks(document)[0].style  # type: ignore[union-attr]
    size = style.char.size
    ems = sum(1 if ord(c) > 127 else 0.5 for c in name)
    assert (round(to_pt(size), 2), round(to_mm(size) * ems, 1)) == (size_pt, width_mm)
    assert abs(style.leading * 100 - 112 * size) < 200


@pytest.mark.parametrize(("count", "lines_"), [(14, 1), (17, 1), (22, 1), (30, 2)])
def test_a_long_name_shrinks_to_a_bound(count: int, lines_: int) -> None:
    """Catches a name set in small print instead of on two lines."""
    script = Manuscript()
    document = sound(script.issue(masthead=Masthead(script.write("名" * count))))
    size = blocks(document)[0].style.char.size  # type: ignore[union-attr]
    assert -(-size * count // document.page.type_area.width) == lines_
    assert to_pt(size) > 17


def test_the_masthead_lacks_what_the_issue_lacks() -> None:
    """Catches an empty line, a 第None期, or a pair of nothing."""
    script = Manuscript()
    assert lines(sound(script.issue())) == ["资政参考", ""]
    dated = script.issue(masthead=Masthead(script.write("甲"), number=3, date=DAY))
    document = sound(dated)
    assert lines(document)[:3] == ["甲", "第3期", "2024年3月5日"]
    pair = blocks(document)[2]
    assert isinstance(pair, PairBlock)
    assert (pair.left.text, pair.right.text) == ("", "2024年3月5日")
    assert isinstance(blocks(document)[3], RuleBlock)


def test_contents_lead_to_every_section_item_and_attachment(picture: Path) -> None:
    document = sound(whole_issue(picture))
    entries = [block for block in document.blocks if isinstance(block, EntryBlock)]
    assert [e.text.text for e in entries][:3] == ["一、栏目0", "某校获批", "二、栏目1"]
    assert [e.text.text for e in entries][-2:] == ["附件1　办法", "附件2　名单"]
    anchors = {b.anchor: b for b in document.blocks if isinstance(b, TextBlock)}
    for entry in entries[:-2]:
        assert entry.folio.href == f"#{entry.target}"
        assert anchors[entry.target].text.text == entry.text.text
        assert role_path(document, entry.folio.node).endswith("TOCI/Reference/Link")


@pytest.mark.parametrize(
    ("count", "wanted", "printed"),
    [(2, None, False), (3, None, True), (1, True, True), (3, False, False), (0, True, False)],
)
def test_contents_are_printed_as_wanted(count: int, wanted: bool | None, printed: bool) -> None:
    script = Manuscript()
    sections = tuple(Section(script.write("栏"), ()) for _ in range(count))
    document = sound(script.issue(sections=sections, contents=wanted))
    assert any(isinstance(b, EntryBlock) for b in document.blocks) == printed


@pytest.mark.parametrize(("count", "pages"), [(2, 8), (1, 0)])
def test_many_pages_call_for_contents(count: int, pages: int) -> None:
    """Catches contents of two entries, and contents before the pages are counted."""
    script = Manuscript()
    items = tuple(Item(script.write("题")) for _ in range(count))
    document = sound(script.issue(sections=(Section(script.write("栏"), items),)))
    assert not any(isinstance(b, EntryBlock) for b in document.blocks)
    longer = document.with_contents
    assert (longer.pages if longer else 0) == pages
    assert longer is None or any(isinstance(b, EntryBlock) for b in longer.document.blocks)


@pytest.mark.parametrize("wanted", [True, False])
def test_pages_have_no_say_where_the_editor_has_spoken(wanted: bool) -> None:
    script = Manuscript()
    items = tuple(Item(script.write("题")) for _ in range(9))
    issue = script.issue(sections=(Section(script.write("栏"), items),), contents=wanted)
    assert sound(issue).with_contents is None


def test_contents_leave_note_calls_out() -> None:
    """Catches a footnote printed with the contents, or a [1] in the outline."""
    script = Manuscript()
    title = script.write("栏目", calls=(NoteCall(2, "1"),))
    document = sound(script.issue(sections=(Section(title, ()),), contents=True))
    assert [b.text.text for b in document.blocks if isinstance(b, EntryBlock)] == ["一、栏目"]
    assert [e.title for e in document.outline] == ["目录", "一、栏目"]


def test_notes_are_numbered_through_the_issue_where_labels_repeat() -> None:
    """Catches notes of two items taken for one because both are called 1."""
    script = Manuscript()
    items = tuple(
        Item(
            script.write("题"),
            Body(
                (paragraph(script, "文", NoteCall(1, "1")),), (("1", (paragraph(script, note),)),)
            ),
        )
        for note in ("注甲", "注乙")
    )
    document = sound(script.issue(sections=(Section(script.write("栏"), items),)))
    notes = [(b.label.text if b.label else "", b.text.text) for n in document.notes for b in n]
    assert notes == [("[1]", "注甲"), ("[2]", "注乙")]
    assert [line for line in lines(document) if "文" in line] == ["文[1]", "文[2]"]


def test_a_note_that_calls_notes_ends() -> None:
    """Catches endless recursion of notes that call each other, and a note left uncomposed."""
    script = Manuscript()
    notes = (
        ("a", (paragraph(script, "甲", NoteCall(1, "b")),)),
        ("b", (paragraph(script, "乙", NoteCall(1, "a")),)),
    )
    document = made(script, paragraph(script, "文", NoteCall(1, "a")), notes=notes)
    assert [note[0].text.text for note in document.notes] == ["甲[2]", "乙[1]"]


def test_whatever_stands_in_a_note_becomes_lines() -> None:
    """Catches a table or a heading in a note, for which the foot of a page has no place."""
    script = Manuscript()
    cells = (script.write("甲"), script.write("乙"))
    blocks = (
        head(script, 1, "题"),
        plain_table(cells, (cells,), (None, None)),
        ListBlock(1, ((paragraph(script, "项"),),)),
        PageBreak(Span(0, 1)),
    )
    document = made(script, paragraph(script, "文", NoteCall(1, "n")), notes=(("n", blocks),))
    [note] = document.notes
    assert [b.text.text for b in note] == ["题", "甲　乙", "甲　乙", "项"]
    assert not any(entry.title == "题" for entry in document.outline)


def test_a_note_stands_beside_its_paragraph_in_the_tree() -> None:
    script = Manuscript()
    notes = (("n", (paragraph(script, "注"),)),)
    cell = script.write("格", calls=(NoteCall(1, "n"),))
    document = made(script, plain_table((), ((cell,),), (None,)), notes=notes)
    [note] = document.notes
    assert role_path(document, note[0].text.runs[0].node) == "Document/Sect/Sect/Note/P"


def test_list_labels_hang_and_count_from_the_first() -> None:
    """Catches a list that begins at 1 whatever the editor wrote, and labels in the text."""
    script = Manuscript()
    inner = ListBlock(None, ((paragraph(script, "内"),),))
    document = made(
        script, ListBlock(9, ((paragraph(script, "甲"), inner), (paragraph(script, "乙"),)))
    )
    blocks = [b for b in document.blocks if isinstance(b, TextBlock) and b.label]
    assert [(b.label.text, b.text.text) for b in blocks if b.label] == [
        ("9.", "甲"), ("–", "内"), ("10.", "乙"),
    ]  # fmt: skip
    em = document.page.type_area.width // 28
    assert [b.style.left // em for b in blocks] == [3, 4, 3]
    paths = [role_path(document, b.text.runs[0].node) for b in blocks]
    assert paths[1].endswith("L/LI/LBody/L/LI/LBody/P")


def test_a_list_written_with_brackets_keeps_them() -> None:
    """1) was printed as 1."""
    script = Manuscript()
    items = ((paragraph(script, "甲"),), (paragraph(script, "乙"),))
    document = made(script, ListBlock(3, items, bracket=True))
    labels = [b.label.text for b in document.blocks if isinstance(b, TextBlock) and b.label]
    assert labels == ["3)", "4)"]


def test_a_list_item_without_text_keeps_its_label() -> None:
    """Catches a bullet lost because nothing stands beside it."""
    script = Manuscript()
    nested = ListBlock(1, ((paragraph(script, "里"),),))
    document = made(script, ListBlock(1, ((), (nested,))))
    assert lines(document)[-3:] == ["1.", "2.", "①里"]


def test_quotations_and_lists_go_in_further_in_each_other() -> None:
    """Catches an indent lost or doubled where one stands in the other."""
    script = Manuscript()
    quoted = Quotation((
        paragraph(script, "引"),
        Quotation((paragraph(script, "引中引"),)),
        ListBlock(None, ((paragraph(script, "引中项"),),)),
    ))  # fmt: skip
    listed = ListBlock(None, ((Quotation((paragraph(script, "项中引"),)),),))
    document = made(script, quoted, listed)
    em = document.page.type_area.width // 28
    found = {
        b.text.text: (b.style.left // em, b.style.right // em, b.style.char.font)
        for b in document.blocks
        if isinstance(b, TextBlock)
    }
    assert found["引"] == (2, 2, "kai")
    assert found["引中引"] == (4, 4, "kai")
    assert found["引中项"] == (5, 2, "kai")
    assert found["项中引"] == (5, 2, "kai")


def test_a_heading_typed_as_text_stays_with_what_is_below() -> None:
    """Catches 三、存在问题 as the last line of a page, where a text of Word lost its headings."""
    script = Manuscript()
    words = "一、总体情况", "好。", "二、问题", "（一）不够", "差。", "三、甲", "四、乙", "完。"
    made_blocks = made(script, *(paragraph(script, text) for text in words)).blocks
    texts_ = [b for b in made_blocks if isinstance(b, TextBlock) and b.text.text in words]
    kept = [b.text.text for b in texts_ if b.style.keep_next]
    assert kept == ["一、总体情况", "二、问题", "（一）不够"]


def test_a_speaker_stands_above_what_was_said() -> None:
    """Catches name and office in one face, and white between a heading and its speaker."""
    script = Manuscript()
    speeches = [
        Speech(script.write(name), script.write("校长"), (paragraph(script, "话"),))
        for name in ("甲", "乙")
    ]
    blocks = made(script, *speeches).blocks
    speakers = [b for b in blocks if isinstance(b, TextBlock) and "校长" in b.text.text]
    assert [b.style.space for b in speakers] == [0, 1]
    assert all(b.style.keep_next for b in speakers)
    assert [(r.end, r.style.font) for r in speakers[0].text.runs] == [(1, "hei"), (4, "kai")]


def test_tables_and_figures_are_counted_by_their_captions(picture: Path) -> None:
    """Catches a number for what bears no caption, and one count for both."""
    script = Manuscript()
    cell = (script.write("格"),)
    table = plain_table(cell, (cell,), (None,), script.write("表题"))
    figure = Figure(picture.name, "", script.write("图题"), Span(0, 1))
    blocks = (table, replace(table, caption=None), table, figure, replace(figure, caption=None))
    item = Item(script.write("题"), Body(blocks))
    section = Section(script.write("栏"), (item,))
    document = sound(script.issue(sections=(section,), folder=picture.parent))
    captions = [b.caption for b in document.blocks if isinstance(b, TableBlock | FigureBlock)]
    assert [c.text.text if c else None for c in captions] == [
        "表1　表题", None, "表2　表题", "图1　图题", None,
    ]  # fmt: skip
    figures = [b for b in document.blocks if isinstance(b, FigureBlock)]
    assert figures[0].picture.width == 30
    assert document.nodes[figures[0].node].alt == "图题"


def test_table_cells_are_tagged_and_aligned() -> None:
    script = Manuscript()
    row = (script.write("甲"), script.write("1"))
    document = made(script, plain_table(row, (row,), (None, "right")))
    [table] = [b for b in document.blocks if isinstance(b, TableBlock)]
    assert table.aligns == (None, Align.RIGHT)
    assert {cell.align for cell in (*table.header[0], *table.rows[0])} == {None}
    nodes = [document.nodes[cell.text.runs[0].node] for cell in (*table.header[0], *table.rows[0])]
    assert [(n.role, n.scope) for n in nodes] == [("TH", "Column")] * 2 + [("TD", None)] * 2


def test_sources_are_one_block_with_a_link_for_each_address() -> None:
    """Catches a second 来源：, a link over more than the address, an address that is not encoded
    as those in bodies are, and 《《》》."""
    script = Manuscript()
    url = "https://a.cn/一?x=1&y=2"
    sources = (
        SourceNote(script.write("人民网"), script.write("论新"), script.write(url), DAY, DAY),
        SourceNote(script.write("新华社"), script.write("《新论》访谈")),
    )
    item = Item(script.write("题"), Body(), sources)
    document = sound(script.issue(sections=(Section(script.write("栏"), (item,)),)))
    block = document.blocks[-1]
    assert isinstance(block, TextBlock)
    assert block.text.text == (
        f"来源：人民网《论新》（2024-03-05），访问日期：2024-03-05\n{url}\n新华社《新论》访谈"
    )
    links = [(r.end, r.href) for r in block.text.runs if r.href]
    assert links == [(block.text.text.index("\n新华社"), "https://a.cn/%E4%B8%80?x=1&y=2")]


def test_the_colophon_says_who_and_how_many(picture: Path) -> None:
    """GB/T 9704-2012 7.4. Catches rules for parts that are missing, and a lost separator."""
    foot = sound(whole_issue(picture), OFFICIAL).foot
    assert foot is not None
    rules = [round(to_mm(b.thickness), 2) for b in foot.blocks if isinstance(b, RuleBlock)]
    assert rules == [0.35, 0.25, 0.25, 0.35]
    receivers = [b for b in foot.blocks if isinstance(b, TextBlock)]
    assert [b.text.text for b in receivers] == [
        "报：校领导。", "送：各学院，各处。", "发：各所。", "抄送：省教育厅。",
    ]  # fmt: skip
    assert [b.style.hang // b.style.char.size for b in receivers] == [2, 2, 2, 3]
    pair, printed = (b for b in foot.blocks if isinstance(b, PairBlock))
    assert (printed.left.text, printed.right.text) == ("办公室", "2024年3月5日印发")
    assert pair.left.text == "编写：甲、乙　审核：丙　签发：丁"
    assert (pair.right.text, pair.counted) == ("共{pages}页　共印60份", True)


def test_an_empty_colophon_is_none() -> None:
    """Catches three rules around nothing."""
    script = Manuscript()
    assert sound(script.issue(colophon=Colophon())).foot is None
    foot = sound(script.issue(colophon=Colophon(copies=60))).foot
    assert foot is not None
    assert [type(b) for b in foot.blocks] == [RuleBlock, PairBlock, RuleBlock]


def test_running_head_folio_and_metadata(picture: Path) -> None:
    document = sound(whole_issue(picture))
    furniture = document.furniture
    assert furniture.head == ("资政参考", "", "2024年第3期")
    assert furniture.folio == ("", "第 {page} 页 共 {pages} 页", "")
    data = document.metadata
    assert data.title == "资政参考 2024年第3期（总第27期）：新质生产力"
    assert (data.author, data.language, data.date) == ("党委政策研究室", "zh-CN", DAY)
    assert data.keywords == ("栏目0", "栏目1", "栏目2")


def test_the_folio_of_the_standard_stands_outside() -> None:
    """GB/T 9704-2012 7.5: — 1 —, right on odd pages, left on even ones, one 字 in."""
    furniture = sound(Manuscript().issue(), OFFICIAL).furniture
    assert furniture.folio == ("", "", "— {page} —")
    assert furniture.mirrored
    assert to_pt(furniture.folio_inset) == 14


def test_an_issue_with_only_a_picture_in_its_foreword(picture: Path) -> None:
    """Catches a bookmark that leads to an anchor which no block bears."""
    script = Manuscript()
    foreword = Foreword(Body((Figure(picture.name, "图", None, Span(0, 1)),)))
    document = sound(script.issue(foreword=foreword, folder=picture.parent))
    assert document.outline == ()


def test_an_attachment_list_aligns_its_names() -> None:
    """GB/T 9704-2012 7.3.4. Catches a label repeated, or white between the entries."""
    script = Manuscript()
    attachments = tuple(Attachment(script.write(t), Body()) for t in ("甲", "乙"))
    document = sound(script.issue(attachments=attachments), OFFICIAL)
    listed = [b for b in document.blocks if isinstance(b, TextBlock) and b.label]
    assert [(b.label.text, b.text.text) for b in listed if b.label] == [
        ("附件：1.", "甲"), ("2.", "乙"),
    ]  # fmt: skip
    assert [b.style.space for b in listed] == [1, 0]
    assert len({b.style.left for b in listed}) == 1


def test_composing_twice_gives_the_same(picture: Path) -> None:
    """Catches a count or an anchor kept from one issue to the next."""
    issue = whole_issue(picture)
    assert compose(issue, BRIEFING) == compose(issue, BRIEFING)


SCRIPT = Manuscript()
WORDS = [SCRIPT.write(word) for word in ("甲", "乙丙", "", "a b", "“甲”")]
SPAN = Span(0, 1)


def inline(chance: Random) -> Inline:
    """Words, in half of which a note is called and which are a link."""
    words = chance.choice(WORDS)
    if chance.random() < 0.5:
        return words
    call = NoteCall(min(chance.randint(0, 3), len(words.text)), chance.choice(["1", "2", "none"]))
    linked = (Stretch(0, len(words.text), href="http://a"),) if words.text else ()
    return replace(words, calls=(call,), stretches=linked)


def several(chance: Random, depth: int, most: int = 3) -> tuple[content.BodyBlock, ...]:
    return tuple(body_block(chance, depth) for _ in range(chance.randint(0, most)))


def body_block(chance: Random, depth: int) -> content.BodyBlock:
    """A block that holds others so many deep."""
    match chance.choice(("leaf", "leaf", "list", "quotation", "speech")) if depth else "leaf":
        case "list":
            first = chance.choice([None, *range(10)])
            items = tuple(several(chance, depth - 1) for _ in range(chance.randint(0, 3)))
            return ListBlock(first, items)
        case "quotation":
            return Quotation(several(chance, depth - 1))
        case "speech":
            role = inline(chance) if chance.random() < 0.5 else None
            return Speech(inline(chance), role, several(chance, depth - 1))
    a, b = inline(chance), inline(chance)
    return chance.choice((
        Paragraph(a),
        Heading(chance.randint(1, 3), a),
        plain_table((a, b), ((b, a),), (None, "left"), a),
        PageBreak(SPAN),
    ))  # fmt: skip


BLOCKS = dealt(lambda chance: several(chance, 2, 5))
NOTES = dealt(lambda chance: (("1", several(chance, 2, 5)), ("2", several(chance, 2, 5))))


@settings(max_examples=60)
@given(BLOCKS, NOTES, st.sampled_from([BRIEFING, OFFICIAL]))
def test_any_body_gives_a_sound_document(
    blocks: tuple[content.BodyBlock, ...], notes: object, theme: object
) -> None:
    """Catches whatever a combination of blocks, notes and calls breaks in the document."""
    body = Body(blocks, notes)  # type: ignore[arg-type]
    item = Item(WORDS[0], body)
    issue = SCRIPT.issue(
        masthead=Masthead(WORDS[0]),
        foreword=Foreword(body),
        sections=(Section(WORDS[1], (item, item)),),
        attachments=(Attachment(WORDS[0], body),),
    )
    sound(issue, theme)
