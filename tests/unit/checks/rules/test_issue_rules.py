"""The rules about an issue as a whole."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from helpers.cases import each
from helpers.checking import found, issue_of, items, names, saying

from brieftex.checks.engine.fixes import mend
from brieftex.checks.engine.registry import check_issue
from brieftex.diagnostics import Source
from brieftex.input.issue.template import ISSUE_KINDS, fresh

SOURCE = "sources: [{name: 甲网, url: 'https://a.cn/1', date: 2024-03-01}]"
BOTH = "sources:\n  - {name: 甲网, url: 'https://a.cn/1'}\n  - {name: 乙网, url: 'https://a.cn/1'}"


def body(text: str) -> str:
    return f"body: {text}\n{SOURCE}"


@pytest.mark.parametrize("lacking", ["body: 好", "body: 好\nsources: []", "body: >-\n  好。"])
def test_an_item_without_a_source(lacking: str) -> None:
    assert names(items(lacking)) == ["item-without-source"]
    assert names(items(body("好"))) == []


@pytest.mark.parametrize("title", ["甲校动态", "甲校 动态", "甲校　动态"])
def test_a_title_that_comes_twice(title: str) -> None:
    text = items(body("好"), body("好").replace("a.cn/1", "a.cn/2")).replace("第1件事", "甲校动态")
    assert names(text) == []
    assert names(text.replace("第2件事", title)) == ["repeated-title"]


@pytest.mark.parametrize(
    "sources",
    [
        BOTH,
        "sources:\n  - {name: 甲网, date: 2024-03-01}\n  - {name: 甲网, date: 2024-03-01}",
        "sources:\n  - {name: 甲网, title: 题}\n  - {name: 甲网, title: 题}",
    ],
)
def test_a_source_that_comes_twice_below_one_item(sources: str) -> None:
    assert names(items(f"body: 好\n{sources}")) == ["repeated-source"]


def test_two_articles_of_one_paper_are_two_sources() -> None:
    two = "sources:\n  - {name: 甲网, title: 题}\n  - {name: 甲网, title: 另题}"
    assert names(items(f"body: 好\n{two}")) == []


@pytest.mark.parametrize("count", [2, 3, 4])
def test_an_address_that_two_items_share(count: int) -> None:
    assert names(items(*[body("好")] * count)) == ["shared-source"] * (count - 1)


@pytest.mark.parametrize(
    ("field", "date"), [("date", "2024-03-21"), ("date", "2025-01-01"), ("accessed", "2024-04-01")]
)
def test_a_source_younger_than_the_issue(field: str, date: str) -> None:
    sources = f"body: 好\nsources: [{{name: 甲网, {field}: {date}}}]"
    assert names(items(sources, head="  date: 2024-03-20\n")) == ["source-after-issue"]
    assert names(items(sources, head="  date: 2025-03-20\n")) == []
    assert names(items(sources)) == []


def test_a_section_with_one_item_among_others() -> None:
    one = "  - title: {}\n    items:\n      - {{title: 事{}, body: 好, sources: [{{name: 甲}}]}}\n"
    head = "brieftex: 1\nmasthead:\n  name: 试排\nsections:\n"
    assert names(head + one.format("甲", 1)) == []
    assert names(head + one.format("甲", 1) + one.format("乙", 2)) == ["lone-item"] * 2
    three = "".join(one.format(name, name) for name in "甲乙丙")
    assert names(head + three) == ["lone-item"] * 3


TABLE = "\n  - table: {caption: 情况, header: [甲, 乙], rows: [[1, 2]]}"


@each(
    ("text", "mentioned"),
    [
        ("数据如表1所示。", True), ("（见表1）", True), ("情况见下表。", True),
        ("表1、表2说明", True), ("表1—3说明", True), ("结果见表 1。", True),
        ("数据如下。", False), ("表现很好。", False), ("领导表示满意。", False),
    ],
)  # fmt: skip
def test_a_table_that_the_text_never_mentions(text: str, mentioned: bool) -> None:
    part = f"body:\n  - {text}{TABLE}\n{SOURCE}"
    assert ("table-not-mentioned" in names(items(part))) is not mentioned


def test_figures_likewise() -> None:
    issue = items(f"body:\n  - 图1说明了一切。{TABLE}\n{SOURCE}")
    assert names(issue) == ["table-not-mentioned"]  # a figure needs a file: see test_suite
    assert found(issue, "table-not-mentioned") == ["情况"]


@pytest.mark.parametrize("text", ["如图1所示。", "（见表2）", "参见图3。", "如表 5所示"])
def test_a_figure_that_is_not_there(text: str) -> None:
    assert "no-such-figure" in names(items(f"body:\n  - {text}{TABLE}\n{SOURCE}"))
    assert names(saying("如其图3-1所示", "该报告图9说明")) == []


@pytest.mark.parametrize(
    "paragraphs",
    [("正文。", "## 打算"), ("## 甲", "## 乙", "正文。"), ("## 甲", "### 乙", "## 丙", "正文。")],
)
def test_a_heading_without_text(paragraphs: tuple[str, ...]) -> None:
    assert names(saying(*paragraphs)) == ["heading-without-text"]


@each(
    ("paragraphs", "rights"),
    [
        (
            ("一、总体情况", "好。", "二、存在问题", "（一）重视不够", "差。"),
            ["## 总体情况", "## 存在问题", "### 重视不够"],
        ),
        (("（1）坚持高位推动，压实责任", "好。"), ["## 坚持高位推动，压实责任"]),
        (("1.加强领导", "好。"), ["## 加强领导"]),
        (("第一章 总则", "好。", "一、目的", "好。"), ["## 第一章 总则", "### 目的"]),
        # A list, a sentence, what ends a body, a date, a name behind its number.
        (("一、统一思想", "二、压实责任", "三、狠抓落实", "好。"), []),
        (("一、统一思想，压实责任。", "好。"), []),
        (("主要做法如下：", "一、统一思想"), []),
        (("3.15消费者权益日", "好。"), []),
        (("（一）要求如下：", "好。"), []),
    ],
)
def test_a_heading_that_was_typed_as_text(paragraphs: tuple[str, ...], rights: list[str]) -> None:
    found_ = check_issue(issue_of(saying(*paragraphs)))
    told = [dict(f.values)["right"] for f in found_ if f.kind.name == "typed-heading"]
    assert told == rights


@each(
    ("salutation", "mended"),
    [
        ("各镇人民政府", "各镇人民政府："),
        ("'校领导'", "'校领导：'"),
        ("校领导：", "校领导："),
        ("同志们！", "同志们！"),
    ],
)
def test_a_salutation_has_a_colon(salutation: str, mended: str) -> None:
    text = saying("好。").replace("foreword:", f"foreword:\n  salutation: {salutation}")
    assert mend(Source("a.yaml", text), Path()).source.text == text.replace(salutation, mended)
    told = names(text)
    assert told == (["open-salutation"] if salutation != mended else [])


def test_a_heading_above_a_lower_one_is_no_mistake() -> None:
    assert names(saying("## 甲", "### 乙", "正文。")) == []


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("### 甲", "正文。"),
        ("## 甲", "#### 乙", "正文。"),
        ("## 甲", "正文。", "#### 乙", "正文。"),
    ],
)
def test_a_level_left_out(paragraphs: tuple[str, ...]) -> None:
    assert names(saying(*paragraphs)) == ["skipped-level"]


@each(
    ("paragraphs", "wrong"),
    [
        (("一是统一；三是公开。",), ["三是"]),
        (("第一，统一。第三，公开。",), ["第三，"]),
        (("其一，统一；其二，公开；其四，便捷。",), ["其四，"]),
        (("（一）统一", "（三）公开"), ["（三）"]),
        (("一是统一；二是公开；二是便捷。",), ["二是"]),
        (("一要统一，二要公开，三要便捷。",), []),
        (("第一，统一。第二，公开。",), []),
        (("（一）统一", "正文。", "（二）公开"), []),
        (("一是统一；二是公开。", "三是便捷。"), []),
        (("一是甲；二是乙。一是丙；二是丁。",), []),
        (("他是第三，我是第五，",), []),
        (("第一，二是统一。二是公开。",), []),  # a comma belongs to one number alone
    ],
)
def test_a_gap_in_numbers_typed_by_hand(paragraphs: tuple[str, ...], wrong: list[str]) -> None:
    assert found(saying(*paragraphs), "number-gap") == wrong


@pytest.mark.parametrize(
    ("paragraphs", "late"),
    [
        (("6个OECD成员国。", "OECD（经济合作与发展组织）发布报告。"), ["OECD"]),
        (("WHO表示。", "世界卫生组织（WHO）发布报告。"), ["WHO"]),
        (("执行《办法》。", "《管理办法》（以下简称《办法》）印发。"), ["《办法》"]),
        (("OECD（经济合作与发展组织）发布报告。", "6个OECD成员国。"), []),
        (("世界卫生组织（WHO）发布报告。", "WHO表示。"), []),
        (("《管理办法》（以下简称《办法》）印发。", "执行《办法》。"), []),
    ],
)
def test_an_abbreviation_before_it_is_explained(
    paragraphs: tuple[str, ...], late: list[str]
) -> None:
    assert found(saying(*paragraphs), "late-explanation") == late


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("6个OECD成员国", ["OECD"]),
        ("加入ASEAN和RCEP", ["ASEAN", "RCEP"]),
        ("UNESCO发布报告，UNESCO认为", ["UNESCO"]),
        ("GDP增长5%，DNA测序", []),
        ("型号为XR-3000，文号HL-25", []),
        ("执行GB/T 9704—2012，见ISO 9001", []),
        ("STEM（科学、技术、工程和数学）", []),
        ("CO₂、SO₄²⁻、NO_x和CO^2^，US$5", []),
    ],
)
def test_an_abbreviation_that_nobody_explains(text: str, unknown: list[str]) -> None:
    assert found(saying(text), "unexplained-abbreviation") == unknown


@pytest.mark.parametrize(
    "text", ["（正文。）", "（各方动态第一条的标题）", "（媒体或单位）", "（卷首语的正文。）"]
)
def test_a_form_that_is_not_filled_in(text: str) -> None:
    assert names(saying("好。", text, text)) == ["placeholder-left"]
    assert names(saying(f"{text}后面有字", "（略）", "（此件公开发布）")) == []


@pytest.mark.parametrize("kind", ISSUE_KINDS)
def test_every_placeholder_of_the_form_is_known(kind: str) -> None:
    """Ensures that forms and rule do not drift apart, and that nothing else is found in a form."""
    form = fresh(kind, datetime.date(2026, 3, 2))
    (finding,) = check_issue(issue_of(form))
    assert finding.kind.name == "placeholder-left"
    used = [
        line.split(" # ")[0].rstrip()
        for line in form.splitlines()
        if not re.match(r" *#(?: |$)", line)
    ]
    written = re.findall(
        r"(?m)(?:: |^ +(?:- )?|\[|, |## |]: )（.*?）(?=：?$|[],])", "\n".join(used)
    )
    assert dict(finding.values)["count"] == len(written)
