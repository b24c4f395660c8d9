"""How the characters of composed texts look, in words, and where two texts differ in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile

from brieftex.changes.looks import said_looks
from brieftex.styled.text import Text, TextRun

_FACES = {"body": "仿宋", "hei": "黑体", "kai": "楷体", "song": "宋体", "title": "小标宋"}


def looked_stretches(
    old: Text, new: Text, was: tuple[int, int], now: tuple[int, int]
) -> Iterator[tuple[int, int, str]]:
    """The stretches of what two texts have in common, at these offsets in each: as offsets in
    ``new``, and what became of the look of each, in words; nothing where it is as it was."""
    (a, b), (c, d) = was, now
    if b - a != d - c:  # the mark of a note, whose number is another
        yield c, d, ""
        return
    pairs = list(zip(_looks(old, a, b), _looks(new, c, d), strict=True))
    start = 0
    while start < len(pairs):
        end = start + 1
        while end < len(pairs) and pairs[end] == pairs[start]:
            end += 1
        said = said_looks(new.text[c + start : c + end], pairs[start:end])
        yield c + start, c + end, next(said, "")
        start = end


def same_looks(old: Text, new: Text) -> bool:
    """Whether two texts with the same characters look the same."""
    if len(old.runs) == len(new.runs) == 1 and not (old.rubies or new.rubies):
        return _run_look(old, 0, old.runs[0]) == _run_look(new, 0, new.runs[0])
    count = len(new.text)
    return _looks(old, 0, count) == _looks(new, 0, count)


def _looks(text: Text, start: int, end: int) -> list[tuple[str, ...]]:
    """How each of these characters looks, in words."""
    found: list[tuple[str, ...]] = []
    first = bisect_right(text.runs, start, key=lambda run: run.end)
    at = text.runs[first - 1].end if first else 0
    for run in islice(text.runs, first, None):
        if at >= end:
            break
        found += [_run_look(text, at, run)] * (min(run.end, end) - max(at, start))
        at = run.end
    first = bisect_right(text.rubies, start, key=lambda ruby: ruby.end)
    for ruby in takewhile(lambda ruby: ruby.start < end, islice(text.rubies, first, None)):
        for k in range(max(ruby.start, start), min(ruby.end, end)):
            found[k - start] = (*found[k - start], f"注音 {ruby.text}")
    return found


def _run_look(text: Text, at: int, run: TextRun) -> tuple[str, ...]:
    """How a run looks that begins ``at`` an offset."""
    style, href = run.style, run.href
    said = [_FACES.get(style.font, style.font)]
    said += [word for word, value in (("加粗", style.stroke), ("着重号", style.dot)) if value]
    if href is not None and href[:1] != "#" and text.text[at : run.end] not in href:
        said.append(f"链接 {href}")
    return tuple(said)
