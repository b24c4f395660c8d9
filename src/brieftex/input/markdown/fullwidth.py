"""Marks of Markdown as a Chinese input method types them: ＊＊着重＊＊ ＃＃ 【^1】 ｜甲｜乙｜.

In: a body. Out: the same text, character by character, with ASCII marks where these were meant
for sure. Nothing changes its place, so that every offset holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from brieftex.input.markdown.stars import printed_stars
from brieftex.patterns import late

_EMPHASIS = late(r"(?<![＊\\])＊＊(?![＊\s])([^＊\n]*[^＊\s])＊＊(?!＊)")
_HEADING = late(r"(?m)^[ \t]*＃{2,4}[ \u3000](?=[^\s＃])")
_CALL = late(r"(?<!\\)(?:【\^([^\s【】\[\]]+)】|\[\^([^\s【】\[\]]+)】|【\^([^\s【】\[\]]+)\])")
_DEFINITION = late(r"(?m)^([ \t\u3000]*\[\^[^\s\[\]]+\])：")
_LINK = late(r"(?<!\\)【([^【】\[\]\n]+)】[(（](https?://[!-'*-~]+)[)）]")
_ROW = r"[ \t]*[｜|][^\n]*[｜|][ \t]*"
_TABLE = late(rf"(?m)^{_ROW}\n{_ROW}$(?:\n{_ROW}$)*")
_RULE = late(r"(?m)^[ \t]*\|(?:[ \t]*[:：]?[-－—─]+[:：]?[ \t]*\|)+[ \t]*$")
_ASCII = str.maketrans("＊＃【】（）：｜－—─\u3000", "*#[]():|--- ")


def as_meant(text: str, *, whole: bool = True) -> tuple[str, list[int]]:
    """``text`` with ASCII marks, and where the first character of each change stands. Unless it
    is a ``whole`` body, but a title or a cell, no blocks are looked for."""
    places: list[int] = []

    def changed(match: re.Match[str]) -> str:
        """ASCII for everything in a match but its groups."""
        places.append(match.start())
        pieces, at = [], match.start()
        for group in range(1, len(match.groups()) + 1):
            if match.start(group) >= 0:
                pieces += [match.string[at : match.start(group)].translate(_ASCII), match[group]]
                at = match.end(group)
        return "".join([*pieces, match.string[at : match.end()].translate(_ASCII)])

    if not any(mark in text for mark in ("＊＊", "＃＃", "^", "【", "｜")):
        return text, places
    stars = printed_stars(text.replace("＊", "*")) if "＊＊" in text else ()
    text = _EMPHASIS.sub(lambda match: match[0] if match.start() in stars else changed(match), text)
    for pattern in (_CALL, _LINK):
        text = pattern.sub(changed, text)
    if not whole:
        return text, sorted(places)
    for pattern in (_HEADING, _DEFINITION):
        text = pattern.sub(changed, text)
    text = _TABLE.sub(_bars(places), text)
    return text, sorted(places)


def _bars(places: list[int]) -> Callable[[re.Match[str]], str]:
    """The rows of a table with ASCII bars, but for those that begin with one: ｜ is a character in
    them. The rule, which is the second row if there is one, gets hyphens as well."""

    def changed(match: re.Match[str]) -> str:
        rows = match[0].split("\n")
        for k, row in enumerate(rows):
            if row.lstrip(" \t").startswith("｜"):
                rows[k] = row.replace("｜", "|")
        if _RULE.fullmatch(rows[1]):
            rows[1] = rows[1].translate(_ASCII)
        made = "\n".join(rows)
        if made != match[0]:
            places.append(match.start())
        return made

    return changed
