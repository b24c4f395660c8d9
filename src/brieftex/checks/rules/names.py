"""Rules about people and units that an earlier issue writes differently."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from brieftex.checks.engine.contents import sources
from brieftex.checks.engine.corpus import TextRole, running_texts
from brieftex.checks.engine.rule import HAN, Rules
from brieftex.checks.rules.series import file_name, in_sequence, line_of
from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import series as kinds
from brieftex.model.content import Inline
from brieftex.model.issue import Issue

RULES = Rules()

_PEOPLE = ("colophon.prepared_by", "colophon.reviewed_by", "colophon.approved_by")


def _names(issue: Issue) -> Iterator[tuple[Inline, str]]:
    """People and units, with their paths; no titles of sources."""
    for text in running_texts(issue):
        if text.role is TextRole.NAME and not text.path.endswith((".title", "salutation")):
            yield text.inline, text.path


def _folded(name: str) -> str:
    """A name without what a typist may do one way or the other."""
    return re.sub(r"[\s\W_]", "", unicodedata.normalize("NFKC", name)).casefold()


@RULES.series(kinds.NAME_SPELT_DIFFERENTLY)
def name_spelt_differently(issues: Sequence[Issue]) -> Iterator[tuple[int, Finding]]:
    """A name that differs from an earlier issue's in spaces, marks, width or case only.

    What it does: 找出与以前各期只差空格、标点、全半角或大小写的人名和单位名。
    Why: 写法不统一，检索和统计时会算成两个。
    Example: 以前写“玛丽安·霍尔特”，本期写“玛丽安 霍尔特”
    Use instead: 各期用同一种写法
    Reference: 简报编写惯例
    """
    for group in in_sequence(issues):
        seen: dict[str, tuple[int, Inline]] = {}
        for index in group:
            for inline, path in _names(issues[index]):
                key = _folded(inline.text)
                if len(key) < 2:
                    continue
                first, before = seen.setdefault(key, (index, inline))
                if first != index and _spelling(before.text) != _spelling(inline.text):
                    yield index, kinds.NAME_SPELT_DIFFERENTLY.at(
                        inline.span(), path, name=inline.text, before=before.text,
                        other=file_name(issues[first]),
                        line=line_of(issues[first], before),
                    ).also(before.span(), issues[first].source)  # fmt: skip


def _spelling(name: str) -> str:
    """A name as it counts: 王　一 with a wide space is only set to the width of three."""
    return name.replace("\u3000", "")


@RULES.series(kinds.SIMILAR_PERSON)
def similar_person(issues: Sequence[Issue]) -> Iterator[tuple[int, Finding]]:
    """A person of the colophon whose name differs in one character from a regular one's.

    What it does: 找出版记里与以前至少两期的某人同姓、只差一个字的三字姓名。
    Why: 经常出现的姓名突然变了一个字，多半是打错了。
    Example: 前几期“陆景澜”，本期“陆景谰”
    Use instead: 核对以后统一
    Reference: 简报编写惯例
    """
    for group in in_sequence(issues):
        seen: dict[str, list[tuple[int, Inline]]] = {}
        for index in group:
            people = [(i, p) for i, p in _names(issues[index]) if p.startswith(_PEOPLE)]
            here = {_spelling(inline.text) for inline, _ in people}
            for inline, path in people:
                name = _spelling(inline.text)
                if name in seen or not re.fullmatch(f"[{HAN}]{{3}}", name):
                    continue
                for known, places in seen.items():
                    off = sum(a != b for a, b in zip(name, known, strict=False))
                    if len(places) > 1 and name[0] == known[0] and off == 1 and known not in here:
                        first, before = places[0]
                        file = file_name(issues[first])
                        yield index, kinds.SIMILAR_PERSON.at(
                            inline.span(), path, name=name, before=known, other=file,
                            line=line_of(issues[first], before),
                        ).also(before.span(), issues[first].source)  # fmt: skip
                        break
            for inline, _ in people:
                if re.fullmatch(f"[{HAN}]{{3}}", _spelling(inline.text)):
                    seen.setdefault(_spelling(inline.text), []).append((index, inline))


@RULES.series(kinds.UNIT_NAMED_DIFFERENTLY)
def unit_named_differently(issues: Sequence[Issue]) -> Iterator[tuple[int, Finding]]:
    """A source whose site an earlier issue calls by a name that begins or ends the same way.

    What it does: 找出同一网站、名称与以前只有长短之分的来源，例如“人民网”和“人民网教育频道”。
    Why: 同一来源前后名称不一，读者会以为是两家。
    Example: 以前写“人民网”，本期同一网站写“人民网官网”
    Use instead: 各期用同一个名称
    Reference: 简报编写惯例
    """
    for group in in_sequence(issues):
        seen: dict[str, tuple[int, Inline]] = {}
        for index in group:
            for path, note in sources(issues[index]):
                host = _host(note.url)
                if not host:
                    continue
                first, before = seen.setdefault(host, (index, note.name))
                if first != index and _is_longer(note.name.text, before.text):
                    yield index, kinds.UNIT_NAMED_DIFFERENTLY.at(
                        note.name.span(), f"{path}.name",
                        before=before.text, other=file_name(issues[first]),
                        line=line_of(issues[first], before),
                    ).also(before.span(), issues[first].source)  # fmt: skip


def _host(url: Inline | None) -> str:
    if url is None or url.text[:4].lower() != "http":
        return ""
    try:
        return (urlsplit(url.text).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that hold no IPv6 address
        return ""


def _is_longer(name: str, before: str) -> bool:
    """Whether one of two names is the other one with something added."""
    short, long = sorted((_folded(name), _folded(before)), key=len)
    return short != long and (long.startswith(short) or long.endswith(short))
