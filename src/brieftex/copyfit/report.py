"""What is said about a number of pages: what was changed for it, or what to cut or to add."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from brieftex.copyfit.adjustment import Adjustment, changed_steps, refitted
from brieftex.copyfit.advice import PageEdit
from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages.fitting import (
    FIT_CHANGED,
    FIT_HOPELESS,
    FIT_TOO_LONG,
    FIT_TOO_SHORT,
)
from brieftex.document.paragraphs import TextBlock
from brieftex.input.theme import Theme
from brieftex.layout.paginate import Layout
from brieftex.model.issue import Fit, FitKind
from brieftex.units import Sp, to_mm, to_pt

_SHOWN: Final = 10
"""The first characters of a paragraph by which it is named."""

_STEP_WORDS: Final = (
    ("发言人", "speakers"), ("小标题", "sub-headings"), ("条目标题", "titles of items"),
    ("栏目标题", "titles of sections"), ("段落", "paragraphs"),
)  # fmt: skip
"""The styles that the steps of ``Adjustment.space`` change, by name."""


def edits_wanted(
    wanted: Fit, pages: int, edits: Sequence[PageEdit], layout: Layout, *, less: bool
) -> Finding:
    """The finding that a number of pages is out of reach, with the edits that would bring it
    within; the first has its place."""
    place, zh, en = wanted.span, wish(wanted), wish_en(wanted)
    if not edits:
        return FIT_HOPELESS.at(place, "fit", wanted=zh, wanted_en=en, pages=pages)
    count = sum(edit.characters for edit in edits)
    lines = -(-count // characters_in_line(layout))
    phrases = [_phrase(edit, less=less) for edit in edits]
    advice, advice_en = "；".join(zh for zh, _ in phrases), "; ".join(en for _, en in phrases)
    if less:
        return FIT_TOO_LONG.at(
            place, "fit", wanted=zh, wanted_en=en, pages=pages, lines=lines, characters=count,
            advice=advice, advice_en=advice_en,
        ).also(edits[0].at)  # fmt: skip
    return FIT_TOO_SHORT.at(
        place, "fit", wanted=zh, wanted_en=en, pages=pages, lines=lines, characters=count,
        advice=advice, advice_en=advice_en,
    ).also(edits[0].at)  # fmt: skip


def _phrase(edit: PageEdit, *, less: bool) -> tuple[str, str]:
    """What an edit asks for, in both languages."""
    words, count = edit.words, edit.characters
    if edit.whole:
        return f"删去“{words}”整条（正文 {count} 字）", f"leave out “{words}” ({count} characters)"
    shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "……"
    if less:
        return (
            f"“{shown}”一段删去 {count} 字",
            f"cut {count} characters from the paragraph “{shown}”",
        )
    return f"“{shown}”一段增加 {count} 字", f"add {count} characters to the paragraph “{shown}”"


def characters_in_line(layout: Layout) -> int:
    """The number of characters in a line of body text."""
    sizes = Counter(
        block.style.char.size
        for block in layout.document.blocks
        if isinstance(block, TextBlock)
        for _ in block.text.text
    )
    size = sizes.most_common(1)[0][0] if sizes else layout.document.page.leading
    return max(1, layout.document.page.type_area.width // size)


def what_changed(wanted: Fit, theme: Theme, change: Adjustment, layout: Layout) -> Finding:
    """A note on what was changed, in the words of an editor."""
    before, after = theme.page, refitted(theme, change).page
    parts: list[tuple[str, str]] = []
    if change.lines != before.lines:
        old, new = _pt(before.leading), _pt(after.leading)
        parts.append((
            f"行距 {old} 磅改为 {new} 磅（每面 {before.lines} 行改为 {after.lines} 行）",
            f"leading {old} pt to {new} pt ({before.lines} to {after.lines} lines)",
        ))  # fmt: skip
    if change.space:
        names = [_STEP_WORDS[k] for k in changed_steps(theme, change.space)]
        less = change.space < 0
        parts.append((
            "、".join(zh for zh, _ in names) + f"上下的空{'减少' if less else '增加'}",
            f"{'less' if less else 'more'} white around " + ", ".join(en for _, en in names),
        ))  # fmt: skip
    for name, name_en, one, other in (
        ("高", "height", before.type_area.height, after.type_area.height),
        ("宽", "width", before.type_area.width, after.type_area.width),
    ):
        if _mm(one) != _mm(other):
            parts.append((
                f"版心的{name} {_mm(one)} 毫米改为 {_mm(other)} 毫米",
                f"{name_en} of the type area {_mm(one)} mm to {_mm(other)} mm",
            ))  # fmt: skip
    if change.pages:
        lines = _most_missing(layout)
        parts.append((f"有的页面少排 1～{lines} 行" if lines > 1 else "有的页面少排 1 行",
                      f"some pages up to {lines} lines short"))  # fmt: skip
    return FIT_CHANGED.at(
        wanted.span, "fit", pages=len(layout.plans), changes="，".join(zh for zh, _ in parts),
        changes_en=", ".join(en for _, en in parts),
    )  # fmt: skip


def _most_missing(layout: Layout) -> int:
    """The lines by which the shortest page is short, forced page breaks apart."""
    columns, leading = layout.columns, layout.document.page.leading
    ends = [plan.end for plan in layout.plans]
    return max(
        (layout.room(page) - layout.used(page)) // leading
        for page, end in enumerate(ends)
        if end < len(columns.heights) and not columns.forced[end]
    )


def _pt(length: Sp) -> str:
    return f"{to_pt(length):.1f}".removesuffix(".0")


def _mm(length: Sp) -> str:
    return f"{to_mm(length):.0f}"


def wish(wanted: Fit) -> str:
    """What an issue asks for."""
    number = wanted.number
    return {
        FitKind.PAGES: f"{number} 页",
        FitKind.MAX_PAGES: f"{number} 页以内",
        FitKind.MULTIPLE_OF: f"{number} 的倍数页",
    }[wanted.kind]


def wish_en(wanted: Fit) -> str:
    """The same in English."""
    number = wanted.number
    return {
        FitKind.PAGES: f"{number} pages",
        FitKind.MAX_PAGES: f"at most {number} pages",
        FitKind.MULTIPLE_OF: f"a multiple of {number} pages",
    }[wanted.kind]


def tens(count: int) -> int:
    """A count of characters, rounded up to a number that one would say."""
    return -(-count // 10) * 10
