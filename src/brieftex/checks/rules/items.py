"""Rules about the items of an issue and their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brieftex.checks.engine.contents import items, source_lists, sources
from brieftex.checks.engine.corpus import Corpus
from brieftex.checks.engine.rule import Rules
from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages import structure as kinds
from brieftex.model.issue import Issue

RULES = Rules()


@RULES.issue(kinds.ITEM_WITHOUT_SOURCE)
def item_without_source(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """An item that names no source.

    What it does: 找出没有写来源（`sources`）也没有写供稿（`contributors`）的条目。
    Why: 简报摘编的消息要能查到出处；本单位自己写的可以不管。
    Example: 一条没有 `sources` 的动态
    Use instead: sources: [{name: 甲大学新闻网, date: 2024-03-02}]
    Reference: 简报编写惯例
    """
    del corpus
    for path, item in items(issue):
        if not (item.sources or item.contributors):
            yield kinds.ITEM_WITHOUT_SOURCE.at(item.title.span(), path)


@RULES.issue(kinds.REPEATED_TITLE)
def repeated_title(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """Two items with the same title.

    What it does: 找出本期标题相同的条目；空格和标点不计。
    Why: 多半是复制后忘了改，目录里也分不清。
    Example: 两条都叫“衡澜大学召开座谈会”
    Use instead: 各有各的标题
    Reference: 简报编写惯例
    """
    seen: dict[str, Span] = {}
    for path, item in items(issue):
        title, at = re.sub(r"[\W_]", "", item.title.text), item.title.span()
        if title in seen:
            line = corpus.source.position(seen[title].start)[0]
            yield kinds.REPEATED_TITLE.at(at, f"{path}.title", line=line).also(seen[title])
        seen.setdefault(title, at)


@RULES.issue(kinds.REPEATED_SOURCE)
def repeated_source(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """The same source twice below one item.

    What it does: 找出同一条下面重复的来源。
    Why: 同一个网址，或者名称、标题、日期都相同，就是同一条来源。
    Example: 同一条的 `sources` 里两个相同的网址
    Use instead: 每条来源只写一次
    Reference: 简报编写惯例
    """
    for path, notes in source_lists(issue):
        seen: dict[object, Span] = {}
        for n, note in enumerate(notes):
            title = note.title.text if note.title else None
            key = note.url.text if note.url else (note.name.text, title, note.date)
            at = (note.url or note.name).span()
            if key in seen:
                line, where = corpus.source.position(seen[key].start)[0], f"{path}[{n}]"
                yield kinds.REPEATED_SOURCE.at(at, where, line=line).also(seen[key])
            seen.setdefault(key, at)


@RULES.issue(kinds.SHARED_SOURCE)
def shared_source(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """The same address below two items.

    What it does: 找出两条动态共用的网址。
    Why: 可能是同一件事写了两条，也可能是抄网址时抄错了行；一份报告供几条使用是可以的。
    Example: 两条的 `sources` 里有同一个 `url`
    Use instead: 各写各的网址
    Reference: 简报编写惯例
    """
    seen: dict[str, tuple[str, Span]] = {}
    for path, notes in source_lists(issue):
        for n, note in enumerate(notes):
            if note.url is None:
                continue
            span = note.url.span()
            owner, first = seen.setdefault(note.url.text, (path, span))
            if owner != path:
                line, where = corpus.source.position(first.start)[0], f"{path}[{n}].url"
                yield kinds.SHARED_SOURCE.at(span, where, line=line).also(first)


@RULES.issue(kinds.SOURCE_AFTER_ISSUE)
def source_after_issue(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """A source that is younger than the issue.

    What it does: 找出发布或查阅日期晚于本期日期的来源。
    Why: 不可能引用还没有发布的消息，两个日期总有一个错了。
    Example: 报头 date: 2024-03-20，来源 date: 2024-12-28
    Use instead: 来源 date: 2023-12-28
    Reference: 简报编写惯例
    """
    del corpus
    day = issue.masthead.date
    if day is None:
        return
    for path, note in sources(issue):
        for key, date in (("date", note.date), ("accessed", note.accessed)):
            if date is not None and date > day:
                yield kinds.SOURCE_AFTER_ISSUE.at(
                    note.name.span(), f"{path}.{key}",
                    date=date.isoformat(), issue=day.isoformat(),
                )  # fmt: skip


@RULES.issue(kinds.LONE_ITEM)
def lone_item(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """A section with a single item, in an issue that has others.

    What it does: 找出只有一条的栏目；全期只有一个栏目时，没有标题的栏目，都不管。
    Why: 分栏目是为了归类，一条不成类。
    Example: “他山之石”栏目下面只有一条
    Use instead: 并入相近的栏目
    Reference: 简报编写惯例
    """
    del corpus
    if len(issue.sections) > 1:
        for s, section in enumerate(issue.sections):
            if len(section.items) == 1 and section.title is not None:
                yield kinds.LONE_ITEM.at(section.title.span(), f"sections[{s}]")
