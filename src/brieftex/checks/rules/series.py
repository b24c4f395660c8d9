"""Rules about the issues of one briefing, each in the light of those before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath

from brieftex.checks.engine.contents import items, sources
from brieftex.checks.engine.rule import Rules
from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import series as kinds
from brieftex.model.content import Inline
from brieftex.model.issue import Issue

RULES = Rules()


def in_sequence(issues: Sequence[Issue]) -> list[tuple[int, ...]]:
    """The indices of the issues by briefing (name of the masthead), each in order.

    The order is that of the totals; without them of the dates, without these of the files.
    """
    groups: dict[str, list[int]] = {}
    for index, issue in enumerate(issues):
        groups.setdefault(re.sub(r"\s", "", issue.masthead.name.text), []).append(index)
    ordered = []
    for group in groups.values():
        heads = [issues[index].masthead for index in group]
        if all(head.total is not None for head in heads):
            group.sort(key=lambda index: issues[index].masthead.total or 0)
        elif all(head.date is not None for head in heads):
            group.sort(key=lambda index: str(issues[index].masthead.date))
        ordered.append(tuple(group))
    return ordered


def file_name(issue: Issue) -> str:
    """An issue as a message calls it: its file."""
    return PurePath(issue.source.name).name


def line_of(issue: Issue, inline: Inline) -> int:
    """The line of the file in which a text begins."""
    return issue.source.position(inline.span().start)[0]


def _neighbours(issues: Sequence[Issue]) -> Iterator[tuple[int, Issue, Issue]]:
    """Index of an issue, the issue, and the one before it."""
    for group in in_sequence(issues):
        # A supplement is counted by itself.
        regular = (index for index in group if issues[index].masthead.supplement is None)
        for before, index in pairwise(regular):
            yield index, issues[index], issues[before]


def _date_of(issue: Issue) -> str:
    """The date of an issue, which a document has in its signature; empty without one."""
    signed = None if issue.signature is None else issue.signature.date
    return str(issue.masthead.date or signed or "")


@RULES.series(kinds.NUMBER_OUT_OF_SEQUENCE)
def number_out_of_sequence(issues: Sequence[Issue]) -> Iterator[tuple[int, Finding]]:
    """The number within the year leaves a gap or comes twice.

    What it does: 检查期号是否逐期加一；换年时可以从1开始，也可以接着编。
    Why: 期号是存档和引用的依据。
    Example: 第3期之后是第5期
    Use instead: 第3期之后是第4期
    Reference: 简报编写惯例
    """
    for index, issue, before in _neighbours(issues):
        number, last = issue.masthead.number, before.masthead.number
        if number is None or last is None or number == last + 1:
            continue
        days = issue.masthead.date, before.masthead.date
        new_year = days[0] is None or days[1] is None or days[0].year > days[1].year
        if not (new_year and number == 1):
            yield index, kinds.NUMBER_OUT_OF_SEQUENCE.at(
                issue.masthead.places["number"], "masthead.number",
                number=number, before=last, other=file_name(before),
                right=1 if new_year and None not in days else last + 1,
            ).also(before.masthead.places["number"], before.source)  # fmt: skip


@RULES.series(kinds.TOTAL_OUT_OF_SEQUENCE)
def total_out_of_sequence(issues: Sequence[Issue]) -> Iterator[tuple[int, Finding]]:
    """The running total leaves a gap or comes twice.

    What it does: 检查总期号是否逐期加一。
    Why: 总期号从创刊起连续编排，缺号说明漏发或编错。
    Example: 总第27期之后是总第29期
    Use instead: 总第27期之后是总第28期
    Reference: 简报编写惯例
    """
    for index, issue, before in _neighbours(issues):
        total, last = issue.masthead.total, before.masthead.total
        if total is not None and last is not None and total != last + 1:
            yield index, kinds.TOTAL_OUT_OF_SEQUENCE.at(
                issue.masthead.places["total"], "masthead.total",
                number=total, before=last, other=file_name(before), right=last + 1,
            ).also(before.masthead.places["total"], before.source)  # fmt: skip


@RULES.series(kinds.DATE_OUT_OF_SEQUENCE)
def date_out_of_sequence(issues: Sequence[Issue]) -> Iterator[tuple[int, Finding]]:
    """An issue that is dated before the one before it.

    What it does: 检查各期日期是否先后有序。
    Why: 后一期的日期不会早于前一期，多半是年份或月份忘了改。
    Example: 总第27期2024-03-20，总第28期2024-02-20
    Use instead: 总第28期2024-04-20
    Reference: 简报编写惯例
    """
    for index, issue, before in _neighbours(issues):
        date, last = issue.masthead.date, before.masthead.date
        if date is not None and last is not None and date < last:
            yield index, kinds.DATE_OUT_OF_SEQUENCE.at(
                issue.masthead.places["date"], "masthead.date", date=date.isoformat(),
                before=last.isoformat(), other=file_name(before),
            ).also(before.masthead.places["date"], before.source)  # fmt: skip


@RULES.series(kinds.DOCUMENT_NUMBER_REPEATED)
def document_number_repeated(issues: Sequence[Issue]) -> Iterator[tuple[int, Finding]]:
    """Two documents with one number.

    What it does: 找出发文字号相同的两件公文；空格和括号的写法不计。
    Why: 发文字号是公文的身份，重号的公文无法登记和查找；多半是照上一件改写时忘了改。
    Example: 两个文件的 `document_number` 都是“校发〔2026〕12号”
    Use instead: 一件一号
    Reference: GB/T 9704—2012 7.2.5
    """
    seen: dict[str, tuple[int, Inline]] = {}
    for index in sorted(range(len(issues)), key=lambda index: _date_of(issues[index])):
        number = issues[index].masthead.document_number
        written = "" if number is None else re.sub(r"[\W_]", "", number.text)
        # 〔2026〕 alone, or a placeholder, is no number yet.
        if number is None or not re.search(r"\d(?=号?$)", written):
            continue
        first, before = seen.setdefault(written, (index, number))
        if first != index:
            yield index, kinds.DOCUMENT_NUMBER_REPEATED.at(
                number.span(), "masthead.document_number", number=number.text,
                other=file_name(issues[first]), line=line_of(issues[first], before),
            ).also(before.span(), issues[first].source)  # fmt: skip


@RULES.series(kinds.ITEM_ALREADY_RAN)
def item_already_ran(issues: Sequence[Issue]) -> Iterator[tuple[int, Finding]]:
    """An item whose title an earlier issue has.

    What it does: 找出标题与以前各期相同的条目；空格和标点不计，六个字以下的标题不管。
    Why: 同一条消息不登两次。
    Example: 上一期登过“衡澜大学推出首访清单”，本期又有
    Use instead: 后续报道另拟标题
    Reference: 简报编写惯例
    """
    for group in in_sequence(issues):
        seen: dict[str, tuple[int, Inline]] = {}
        for index in group:
            for path, item in items(issues[index]):
                title = re.sub(r"[\W_]", "", item.title.text)
                if len(title) < 6:
                    continue
                first, before = seen.setdefault(title, (index, item.title))
                if first != index:
                    earlier = issues[first]
                    yield index, kinds.ITEM_ALREADY_RAN.at(
                        item.title.span(), f"{path}.title",
                        other=file_name(earlier), line=line_of(earlier, before),
                    ).also(before.span(), earlier.source)  # fmt: skip


@RULES.series(kinds.SOURCE_ALREADY_USED)
def source_already_used(issues: Sequence[Issue]) -> Iterator[tuple[int, Finding]]:
    """An address that an earlier issue has.

    What it does: 找出以前各期用过的网址；首页一类没有具体页面的网址不管。
    Why: 标题改了，网址相同，多半还是同一条消息。
    Example: 上一期用过 https://example.edu.cn/news/1
    Use instead: 换成这一条自己的网址
    Reference: 简报编写惯例
    """
    for group in in_sequence(issues):
        seen: dict[str, tuple[int, Inline]] = {}
        for index in group:
            for path, note in sources(issues[index]):
                if note.url is None or not re.search(r"[^/]/[^/]", note.url.text):
                    continue
                first, before = seen.setdefault(note.url.text, (index, note.url))
                if first != index:
                    yield index, kinds.SOURCE_ALREADY_USED.at(
                        note.url.span(), f"{path}.url",
                        other=file_name(issues[first]), line=line_of(issues[first], before),
                    ).also(before.span(), issues[first].source)  # fmt: skip
