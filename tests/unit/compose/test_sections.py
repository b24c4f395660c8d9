"""The shapes of an issue: one piece, sections with text of their own, sections without a title."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.checking import issue_of
from helpers.issues import assert_sound

from brieftex.compose.compose import compose
from brieftex.document.blocks import Document
from brieftex.document.paragraphs import TextBlock
from brieftex.input.theme import load_theme
from brieftex.model.theme import Theme

BRIEFING = load_theme("briefing", Path())
OFFICIAL = load_theme("official", Path())

HEADINGS = """    ## 甲
    字。
    ### 乙
    字。
    #### 丙
    字。
    ##### 丁
    字。
"""


def composed(text: str, theme: Theme = BRIEFING) -> Document:
    issue = issue_of("masthead: {name: 工作简报}\ncontents: false\n" + text)
    document, found = compose(issue, theme)
    assert [finding for finding in found if finding.kind.name != "part-left-out"] == []
    assert_sound(document, issue)
    return document


def texts(document: Document) -> list[str]:
    return [block.text.text for block in document.blocks if isinstance(block, TextBlock)]


def outline(document: Document) -> list[tuple[int, str]]:
    return [(entry.level, entry.title) for entry in document.outline]


def faces(document: Document) -> dict[str, str]:
    return {
        block.text.text: block.style.char.font
        for block in document.blocks
        if isinstance(block, TextBlock)
    }


@pytest.mark.parametrize("theme", [BRIEFING, OFFICIAL], ids=lambda theme: theme.name)
def test_a_single_piece_counts_as_the_standard_does(theme: Theme) -> None:
    """GB/T 9704-2012 7.3.3; catches headings that go on as below an item, in its faces, and
    bookmarks that no title holds."""
    document = composed(f"title: 改革成效\nsalutation: 各部门：\nbody: |\n{HEADINGS}", theme)
    found = ["各部门：", "一、甲", "（一）乙", "1.丙", "（1）丁"]
    assert [text for text in texts(document) if text != "字。"] == found
    shown = faces(document)
    assert [shown[text] for text in found[1:]] == ["hei", "kai", "body", "body"]
    assert outline(document) == [
        (0, "改革成效"), (1, "一、甲"), (2, "（一）乙"), (3, "1.丙"), (4, "（1）丁"),
    ]  # fmt: skip
    roles = [node.role for node in document.nodes if node.role.startswith("H")]
    assert roles == ["H1", "H2", "H3", "H4", "H5"]


def test_a_section_may_be_text_before_its_items_or_instead() -> None:
    """Catches text that is left out, and headings that count like the items below them."""
    document = composed(
        "sections:\n- title: 动态\n  body: |\n    导语。\n    ## 总体\n    字。\n"
        "  items: [{title: 子, body: 文。}, {title: 丑, body: 文。}]\n"
        "- title: 要闻\n  body: 只有话。\n"
    )
    assert texts(document) == [
        "一、动态", "导语。", "（一）总体", "字。", "1. 子", "文。", "2. 丑", "文。",
        "二、要闻", "只有话。",
    ]  # fmt: skip


def test_numbers_of_one_form_go_on() -> None:
    """Catches two （一） in a section, and two 一、 in an issue."""
    document = composed(
        "body: |\n  ## 导言\n  字。\n"
        "sections:\n- title: 动态\n  body: |\n    ## 总体\n    字。\n"
        "  items: [{title: 子, body: 文。}]\n",
        OFFICIAL,
    )
    assert texts(document) == [
        "一、导言", "字。", "二、动态", "（一）总体", "字。", "（二）子", "文。",
    ]  # fmt: skip


def test_a_sole_item_has_no_number_and_its_headings_go_on_from_its_section() -> None:
    """Catches a 1. that no 2. follows, and 一、 below 一、."""
    head = "sections:\n- title: 动态\n  items:\n  - title: 子\n    body: |\n"
    document = composed(head + _deep())
    assert [t for t in texts(document) if t != "字。"] == [
        "一、动态", "子", "（一）甲", "1.乙", "（1）丙", "①丁",
    ]  # fmt: skip


def test_a_section_without_a_title_is_no_level() -> None:
    """Catches an empty heading or bookmark, and a number given to nothing."""
    document = composed(
        f"sections:\n- items:\n  - title: 子\n    body: |\n{_deep()}- title: 动态\n  body: 字。\n"
    )
    found = [text for text in texts(document) if text != "字。"]
    assert found == ["子", "一、甲", "（一）乙", "1.丙", "（1）丁", "一、动态"]
    assert outline(document)[:2] == [(0, "子"), (1, "一、甲")]
    assert outline(document)[-1] == (0, "一、动态")
    roles = [node.role for node in document.nodes if node.role.startswith("H")]
    assert roles == ["H1", "H2", "H3", "H4", "H5", "H6", "H2"]


def _deep() -> str:
    return "".join(f"  {line}\n" for line in HEADINGS.splitlines())


def test_summary_and_contributors_stand_around_the_text() -> None:
    """Catches a label that comes twice, and a piece whose last line is nobody's."""
    document = composed(
        "sections:\n- title: 动态\n  items:\n"
        "  - {title: 子, summary: 先试点。, body: 文。, contributors: [教务处, 科研处]}\n"
        "  - {title: 丑, summary: 提要　再推开。, body: 文。, contributors: 校办}\n"
    )
    assert texts(document) == [
        "一、动态", "1. 子", "提要：先试点。", "文。", "（教务处、科研处供稿）",
        "2. 丑", "提要　再推开。", "文。", "（校办供稿）",
    ]  # fmt: skip


def test_contents_list_what_has_a_title() -> None:
    """Catches an entry without words, and pages promised for a piece that has no parts."""
    issue = issue_of(
        "masthead: {name: 工作简报}\ncontents: true\n"
        "sections:\n- items: [{title: 子, body: 文。}]\n- title: 动态\n  body: 字。\n"
    )
    document, _ = compose(issue, BRIEFING)
    entries = [getattr(block, "target", None) for block in document.blocks]
    assert [e for e in entries if e] == ["section-1-item-1", "section-2"]
    alone = issue_of("masthead: {name: 工作简报}\ncontents: true\ntitle: 题\nbody: 文。\n")
    assert "目　录" not in texts(compose(alone, BRIEFING)[0])


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        ("['{name}{title}{date}', '{url}']", "来源：甲网（2026-01-02）\nhttps://a.cn/1\n乙报《题》"),
        (
            "['信息来源：{name}{title}', '网址链接：{url}']",
            "来源：信息来源：甲网\n网址链接：https://a.cn/1\n信息来源：乙报《题》",
        ),
        ("['{name}，{date}，网址：{url}。']", "来源：甲网，（2026-01-02），网址：https://a.cn/1。\n乙报。"),
    ],
)  # fmt: skip
def test_sources_stand_in_the_lines_of_the_theme(tmp_path: Path, lines: str, printed: str) -> None:
    """Catches a label without what it labels, an empty line, a source that is left out."""
    (tmp_path / "own.yaml").write_text(f"extends: briefing\nsource_lines: {lines}\n", "utf-8")
    text = (
        "body: 好。\nsources:\n- {name: 甲网, url: 'https://a.cn/1', date: 2026-01-02}\n"
        "- {name: 乙报, title: 题}\n"
    )
    assert texts(composed(text, load_theme("own.yaml", tmp_path)))[-1] == printed


def test_a_long_list_of_attachments_goes_on_over_the_page() -> None:
    """Catches a list that is kept together as one, however long."""
    attachments = "".join(f"- {{title: 名单{n}, body: 好。}}\n" for n in range(40))
    document = composed(f"body: 好。\nattachments:\n{attachments}", OFFICIAL)
    listed = [b for b in document.blocks if isinstance(b, TextBlock) and b.label is not None]
    assert [block.style.keep_previous for block in listed] == [True] + [False] * 39


def test_what_a_theme_does_not_print_is_told(tmp_path: Path) -> None:
    """Catches a number or an address that is lost in silence."""
    (tmp_path / "own.yaml").write_text("extends: letter\nsource_lines: ['{name}']\n", "utf-8")
    theme = load_theme("own.yaml", tmp_path)
    issue = issue_of(
        "masthead: {name: 校办, number: 3, document_number: 校函〔2026〕3号}\nbody: 好。\n"
        "sources:\n- {name: 甲网, url: 'https://a.cn/1'}\n- {name: 乙网, url: 'https://a.cn/2'}\n"
    )
    told = [(f.message(), issue.source.position(f.span.start)[0]) for f in compose(issue, theme)[1]
            if f.span is not None]  # fmt: skip
    assert told == [("主题“own”不印期号", 1), ("主题“own”不印来源的网址", 4)]


def test_a_sole_item_below_text_of_its_section_has_no_number_either() -> None:
    """Catches a 1. that no 2. follows, where the section begins with a paragraph."""
    document = composed(
        "sections:\n- {title: 动态, body: 导语。, items: [{title: 子, body: 文。}]}\n"
    )
    assert texts(document) == ["一、动态", "导语。", "子", "文。"]
