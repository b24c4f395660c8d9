"""Which quotation marks, brackets and title marks of a text belong together.

In: text of several lines; no pair reaches over the end of a line. Knows nothing of rules.
"""

from __future__ import annotations

from msgspec import Struct

from brieftex.patterns import late

_OPEN = {"“": "”", "‘": "’", "（": "）", "(": "）", "《": "》", "〈": "〉", "〔": "〕", "【": "】"}
_CLOSE = {"”": "”", "’": "’", "）": "）", ")": "）", "》": "》", "〉": "〉", "〕": "〕", "】": "】"}
_MARK = late(r"[“”‘’（）()《》〈〉〔〕【】\n]")
# `1）` and `甲）` at the start of an item.
_ITEM_NUMBER = late(
    r"(?:^|[，；。：、\s（“])(?:[0-9]{1,2}|[A-Za-z一二三四五六七八九十甲乙丙丁]{1,2})$"
)


class Pair(Struct, frozen=True):
    """Offsets of two marks, and that of the opening mark around them, -1 for none."""

    start: int
    end: int
    parent: int


class Nesting(Struct, frozen=True):
    """The pairs of a text in order of their ends, and the marks that have no partner."""

    pairs: tuple[Pair, ...]
    unopened: tuple[int, ...]
    unclosed: tuple[int, ...]


def nest(text: str) -> Nesting:
    """Match the marks of each line of ``text``."""
    pairs: list[Pair] = []
    unopened: list[int] = []
    unclosed: list[int] = []
    stack: list[int] = []
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        if mark == "\n":
            unclosed += stack
            stack.clear()
        elif mark in _OPEN:
            stack.append(at)
        elif not (mark == "’" and _is_apostrophe(text, at, stack)):
            if stack and _OPEN[text[stack[-1]]] == _CLOSE[mark]:
                start = stack.pop()
                pairs.append(Pair(start, at, stack[-1] if stack else -1))
            else:
                _close_over(text, at, stack, (pairs, unopened, unclosed))
    unclosed += stack
    # A half-width bracket alone is a smiley or mathematics.
    return Nesting(
        tuple(pairs),
        tuple(at for at in unopened if text[at] != ")" and not _is_item_number(text, at)),
        tuple(at for at in sorted(unclosed) if text[at] != "("),
    )


def _close_over(
    text: str, at: int, stack: list[int], found: tuple[list[Pair], list[int], list[int]]
) -> None:
    """Close a mark over others that were left open, if it was opened at all."""
    pairs, unopened, unclosed = found
    for depth in range(len(stack) - 1, -1, -1):
        if _OPEN[text[stack[depth]]] == _CLOSE[text[at]]:
            unclosed += stack[depth + 1 :]
            pairs.append(Pair(stack[depth], at, stack[depth - 1] if depth else -1))
            del stack[depth:]
            return
    unopened.append(at)


def _is_apostrophe(text: str, at: int, stack: list[int]) -> bool:
    before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    if not (before.isascii() and before.isalnum()):
        return False
    return (after.isascii() and after.isalpha()) or all(text[i] != "‘" for i in stack)


def _is_item_number(text: str, at: int) -> bool:
    line = text[max(text.rfind("\n", 0, at) + 1, at - 4) : at]
    return text[at] == "）" and _ITEM_NUMBER.search(line) is not None
