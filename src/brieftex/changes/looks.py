"""What changed in the look of words that stayed: marks, links, readings above them; and in the form
of blocks, such as the kind of a list or the widths of a table's columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from brieftex.changes.edits import Change, TextEdit, readable, text_edits
from brieftex.model.content import (
    BodyBlock,
    Chart,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Mark,
    Table,
    Verse,
)

_MARKS = (
    (Mark.STRONG, "黑体"), (Mark.EMPHASIS, "楷体"), (Mark.HIGHLIGHT, "着重号"), (Mark.CODE, "代码"),
)  # fmt: skip
_PLAIN = "不加标记"
_SHOWN = 12
"""Characters of the words in question that are shown, half at each end."""

_LEVELS = "一二三四五六"
_CHARTS = {"bar": "柱形图", "hbar": "条形图", "line": "折线图", "pie": "饼图"}
_ALIGNS = {"left": "左齐", "center": "居中", "right": "右齐", None: "自动"}


def inline_looks(inline: Inline) -> list[tuple[str, ...]] | None:
    """How each character of a text is set apart, in words; None if none is."""
    if not inline.stretches and not inline.rubies:
        return None
    found: list[tuple[str, ...]] = [()] * len(inline.text)
    for stretch in inline.stretches:
        said = [name for mark, name in _MARKS if mark in stretch.marks]
        words = inline.text[stretch.start : stretch.end]
        if stretch.href is not None and words not in stretch.href:
            said.append(f"链接 {stretch.href}")
        for at in range(stretch.start, stretch.end):
            found[at] = tuple(said)
    for ruby in inline.rubies:
        for at in range(ruby.start, ruby.end):
            found[at] = (*found[at], f"注音 {ruby.reading}")
    return found


def look_changes(old: Inline | None, new: Inline | None) -> list[str]:
    """What changed in the looks of the words that two texts have in common."""
    if old is None or new is None:
        return []
    before, after = inline_looks(old), inline_looks(new)
    if before is None and after is None:
        return []
    before = before or [()] * len(old.text)
    after = after or [()] * len(new.text)
    if old.text == new.text:
        return list(said_looks(new.text, list(zip(before, after, strict=True))))
    found: list[str] = []
    i = j = 0
    for edit in readable(text_edits(old.text, new.text)):
        count = len(edit.text)
        if edit.change is Change.KEPT:
            pairs = zip(before[i : i + count], after[j : j + count], strict=True)
            found += said_looks(edit.text, list(pairs))
        i += count * (edit.change is not Change.ADDED)
        j += count * (edit.change is not Change.GONE)
    return found


def said_looks(
    text: str, pairs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
) -> Iterator[str]:
    """In words, which stretches of a text had other looks: these are given for each character."""
    for (was, now), part in groupby(range(len(text)), key=pairs.__getitem__):
        places = list(part)
        if was != now:
            words = text[places[0] : places[-1] + 1].replace("\n", "")
            if len(words) > _SHOWN:
                words = f"{words[: _SHOWN // 2]}…{words[-_SHOWN // 2 :]}"
            yield f"“{words}”{_look(was)}→{_look(now)}"


def _look(said: tuple[str, ...]) -> str:
    return "、".join(said) or _PLAIN


def list_form(block: ListBlock) -> str:
    """Of which kind a list is."""
    if block.start is None:
        return "符号列表"
    return "编号列表" + "（1）" * block.bracket + (f"从{block.start}起" if block.start != 1 else "")


def block_form(block: BodyBlock | None) -> tuple[tuple[str, str], ...]:
    """The form of a block beside what it says: what of it, and how it is, in words."""
    match block:
        case Heading(level=level):
            return (("级", f"{_LEVELS[min(level, len(_LEVELS)) - 1]}级小标题"),)
        case Table(widths=widths, align=align, grid=grid, turned=turned):
            given = [f"{float(w.amount):g}{w.unit}" if w is not None else "自动" for w in widths]
            aligns = [_ALIGNS.get(one, str(one)) for one in align]
            cells = [c.align for row in block.lines for c in row if c.align is not None]
            return (
                ("列宽", "、".join(given) or "自动"), ("列的对齐", "、".join(aligns)),
                ("格的对齐", "、".join(_ALIGNS.get(one, str(one)) for one in cells) or "自动"),
                ("线", "全线" if grid else "主题的线"), ("页面", _page(turned)),
                ("表头", f"{len(block.header)}行"),
            )  # fmt: skip
        case Chart(kind=kind, stacked=stacked, turned=turned, alt=alt):
            form = _CHARTS.get(kind, kind) + "（堆叠）" * stacked
            unit = "无" if block.unit is None else block.unit.text
            return (
                ("图形", form),
                ("单位", unit),
                ("页面", _page(turned)),
                ("替代文字", alt or ""),
            )
        case Figure(turned=turned, alt=alt, beside=beside):
            return (("页面", _page(turned)), ("替代文字", alt), ("并排", f"{len(beside) + 1}幅"))
        case Verse(align=align):
            return (("对齐", _ALIGNS.get(align, str(align))),)
        case _:
            return ()


def _page(turned: bool) -> str:
    return "横放" if turned else "竖放"


def form_changes(old: BodyBlock | None, new: BodyBlock | None) -> list[str]:
    """What changed in the form of a block of one sort."""
    before = dict(block_form(old))
    return [
        f"{what}：{before[what] or '无'}→{now or '无'}"
        for what, now in block_form(new)
        if what in before and before[what] != now
    ]


def kept(text: str) -> tuple[TextEdit, ...]:
    """A text in which no words changed, as edits."""
    return (TextEdit(Change.KEPT, text),) if text else ()
