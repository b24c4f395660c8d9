"""The rules about several issues."""

from __future__ import annotations

import pytest
from helpers.checking import issue_of, series

from brieftex.checks.engine.registry import compare_issues


def issue(
    number: int = 1,
    total: int | None = None,
    date: str = "",
    title: str = "",
    url: str = "",
    more: str = "",
    source: str = "甲网",
) -> str:
    head = f"brieftex: 1\nmasthead:\n  name: 试排\n  number: {number}\n"
    head += f"  total: {total}\n" * (total is not None) + f"  date: {date}\n" * bool(date)
    note = f", url: '{url}'" if url else ""
    return (
        f"{head}sections:\n  - title: 动态\n    items:\n"
        f"      - title: {title or f'本校第{number}号动态消息'}\n        body: 好\n"
        f"        sources: [{{name: {source}{note}}}]\n{more}"
    )


def written_by(*names: str) -> str:
    return f"colophon: {{prepared_by: [{', '.join(names)}]}}\n"


def test_a_good_series_has_no_findings() -> None:
    first = issue(11, 27, "2024-11-20", url="https://a.cn/1", more=written_by("陆景澜"))
    second = issue(12, 28, "2024-12-20", url="https://a.cn/2", more=written_by("陆景澜"))
    third = issue(1, 29, "2025-01-20", url="https://a.cn/3", more=written_by("方以镕"))
    assert series(first, second, third) == [[], [], []]
    assert series(third, first, second) == [[], [], []]


@pytest.mark.parametrize(("before", "after"), [(3, 5), (3, 3), (3, 1)])
def test_numbers_out_of_sequence(before: int, after: int) -> None:
    first = issue(before, 27, "2024-03-20", "甲校出台新的办法")
    second = issue(after, 28, "2024-04-20", "乙校出台新的办法")
    assert series(first, second) == [[], ["number-out-of-sequence"]]


@pytest.mark.parametrize("total", [29, 27, 37])
def test_totals_out_of_sequence(total: int) -> None:
    found = series(issue(3, 27, "2024-03-20"), issue(4, total, "2024-04-20"))
    assert found[1] == ["total-out-of-sequence"]


@pytest.mark.parametrize("date", ["2024-02-20", "2023-04-20", "2024-03-19"])
def test_dates_out_of_sequence(date: str) -> None:
    found = series(issue(3, 27, "2024-03-20"), issue(4, 28, date))
    assert found == [[], ["date-out-of-sequence"]]


def test_the_place_is_the_number_itself() -> None:
    text = issue(5, 28, "2024-04-20")
    issues = [issue_of(issue(3, 27, "2024-03-20"), "a.yaml"), issue_of(text, "b.yaml")]
    (finding,) = compare_issues(issues)[1]
    assert finding.span is not None
    assert text[finding.span.start : finding.span.end] == "5"
    assert finding.message() == "期号是 5，上一期（a.yaml）是 3"
    assert finding.hints() == ("应为 4",)


def test_two_briefings_in_one_folder_are_two_series() -> None:
    other = issue(7, title="另一份刊物的消息").replace("name: 试排", "name: 参阅")
    assert series(issue(1), other, issue(2)) == [[], [], []]


@pytest.mark.parametrize(
    "title", ["衡澜大学推出首访清单", "衡澜大学 推出首访清单", "衡澜大学推出“首访清单”"]
)
def test_an_item_that_ran_before(title: str) -> None:
    first, second = issue(1, title="衡澜大学推出首访清单"), issue(2, title=title)
    assert series(first, second) == [[], ["item-already-ran"]]


def test_regular_short_titles_may_come_back() -> None:
    assert series(issue(1, title="简讯"), issue(2, title="简讯")) == [[], []]


@pytest.mark.parametrize(
    "url", ["https://a.cn/news/1", "https://a.cn/x?id=3", "http://b.cn/1.html"]
)
def test_an_address_that_was_used_before(url: str) -> None:
    assert series(issue(1, url=url), issue(2, url=url)) == [[], ["source-already-used"]]
    assert series(issue(1, url="https://a.cn/"), issue(2, url="https://a.cn/")) == [[], []]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("玛丽安·霍尔特", "玛丽安 霍尔特"), ("玛丽安·霍尔特", "玛丽安・霍尔特"),
        ("OpenLab公司", "openlab公司"), ("衡大（本部）", "衡大(本部)"),
    ],
)  # fmt: skip
def test_a_name_in_another_spelling(before: str, after: str) -> None:
    first, second = issue(1, more=written_by(before)), issue(2, more=written_by(after))
    assert series(first, second) == [[], ["name-spelt-differently"]]
    assert series(first, issue(2, more=written_by(before))) == [[], []]


def test_a_wide_space_in_a_name_of_two_characters_is_no_other_spelling() -> None:
    first, second = issue(1, more=written_by("王一")), issue(2, more=written_by("王　一"))
    assert series(first, second) == [[], []]


@pytest.mark.parametrize("name", ["陆景谰", "陆锦澜", "陆景兰"])
def test_a_regular_name_with_one_other_character(name: str) -> None:
    regular = [issue(n, more=written_by("陆景澜")) for n in (1, 2)]
    assert series(*regular, issue(3, more=written_by(name)))[2] == ["similar-person"]
    assert series(regular[0], issue(2, more=written_by(name)))[1] == []
    assert series(*regular, issue(3, more=written_by("陆景澜", name)))[2] == []


@pytest.mark.parametrize("name", ["甲网教育频道", "某省甲网", "甲网官网"])
def test_one_site_by_two_names(name: str) -> None:
    first = issue(1, url="https://www.a.cn/news/1")
    second = issue(2, url="https://a.cn/news/2", source=name)
    assert series(first, second) == [[], ["unit-named-differently"]]
    assert series(first, issue(2, url="https://a.cn/news/2", source="乙学院")) == [[], []]


def numbered(number: str, day: int) -> str:
    return (
        f"masthead: {{name: 校, document_number: '{number}', date: 2026-03-0{day}}}\n"
        f"body: 第{day}件。\n"
    )


@pytest.mark.parametrize("number", ["校发〔2026〕12号", "校发[2026]12号", "校发 〔2026〕 12 号"])
def test_two_documents_with_one_number(number: str) -> None:
    """Ensures that the later one is told, whatever the order of the files."""
    first, second = numbered("校发〔2026〕12号", 1), numbered(number, 2)
    assert ["document-number-repeated" in names for names in series(first, second)] == [False, True]
    assert ["document-number-repeated" in names for names in series(second, first)] == [True, False]
    assert series(first, numbered("校发〔2026〕13号", 2)) == [[], []]
    assert series(numbered("（发文字号）", 1), numbered("（发文字号）", 2)) == [[], []]


def test_a_supplement_is_counted_by_itself() -> None:
    """Catches a gap that is not seen because a supplement came between."""
    extra = "masthead: {name: 甲刊, supplement: 1, date: 2026-01-20}\nbody: 好。\n"
    heads = [
        f"masthead: {{name: 甲刊, number: {n}, date: 2026-0{n}-10}}\nbody: 好。\n"
        for n in (1, 2, 3)
    ]
    assert series(heads[0], extra, heads[1]) == [[], [], []]
    assert series(heads[0], extra, heads[2]) == [[], [], ["number-out-of-sequence"]]
