"""How the characters of composed texts look, in words, and where two texts differ in it."""

from __future__ import annotations

from collections.abc import Iterator

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
        return _run_look(old.runs[0], old.text) == _run_look(new.runs[0], new.text)
    count = len(new.text)
    return _looks(old, 0, count) == _looks(new, 0, count)


def _looks(text: Text, start: int, end: int) -> list[tuple[str, ...]]:
    """How each of these characters looks, in words."""
    found: list[tuple[str, ...]] = []
    at = 0
    for run in text.runs:
        first, last = max(at, start), min(run.end, end)
        if first < last:
            found += [_run_look(run, text.text[at : run.end])] * (last - first)
        at = run.end
    for ruby in text.rubies:
        for k in range(max(ruby.start, start), min(ruby.end, end)):
            found[k - start] = (*found[k - start], f"注音 {ruby.text}")
    return found


def _run_look(run: TextRun, words: str) -> tuple[str, ...]:
    style = run.style
    said = [_FACES.get(style.font, style.font)]
    said += [word for word, value in (("加粗", style.stroke), ("着重号", style.dot)) if value]
    if run.href is not None and run.href[:1] != "#" and words not in run.href:
        said.append(f"链接 {run.href}")
    return tuple(said)
