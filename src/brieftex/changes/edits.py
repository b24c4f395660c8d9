"""The shortest way from one sequence to another, and from one text to another by words.

Myers, "An O(ND) difference algorithm" (1986): as few deletions and insertions as there can be. Its
work is the square of their number, so that where there are many the sequences are parted first,
at what they have in common as often as each other ("patience", after the game of cards). A unit of
text is a word of our own segmentation, a number with its decimals, a word of Latin letters
or a single mark, so that no word and no number is cut in the middle.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from enum import Enum
from itertools import groupby, pairwise

from msgspec import Struct

from brieftex.patterns import late
from brieftex.text.segmentation import HAN_RANGES, words_of_run

_MOST = 250
"""Deletions and insertions up to which the shortest way is looked for."""
_MOST_PARTED = 8
"""Times that what lies between common units is parted again; what is left counts as replaced."""

_AMOUNT = r"\d+(?:\.\d+|[,，]\d{3}(?!\d))*(?:%|‰|℃|个百分点|(?:万亿|万|亿)?元?)"
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"
QUANTITIES = late(f"{_AMOUNT}|[{_NUMERALS}]{{2,}}")
"""Numbers with their units, in digits, and of two and more characters in Chinese."""

_PIECES = late(
    f"{_AMOUNT}|[A-Za-z]+(?:[-'][A-Za-z]+)*|(?P<han>[{HAN_RANGES}]+)|.",
    re.DOTALL,
)
"""Numbers, words of Latin letters, strings of Han characters, and single marks."""

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢"
    "姜崔钟谭陆汪范廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤欧阳"
)
"""Surnames that seldom are words of their own."""

_NOT_GIVEN = frozenset("upcdrymftq")
"""Parts of speech, by their first letters, of characters that are no given names."""

_VERBS = frozenset("说讲谈看去来到要会能让请在是有做办带把给向对")
"""Nor are these."""

_LEAST_KEPT = 3
"""Characters that stand between two changes; fewer are shown as part of both."""
_STOPS = frozenset("，。；：！？\n")


class Change(Enum):
    """What became of a stretch of text."""

    KEPT = "kept"
    GONE = "gone"
    ADDED = "added"


class TextEdit(Struct, frozen=True):
    """A stretch of text that is kept, gone or added."""

    change: Change
    text: str


def steps(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[Change, int, int]]:
    """A way from ``old`` to ``new``, unit by unit: what happens, and at which place of each. It is
    the shortest if that changes few (``_MOST``)."""
    found: list[tuple[Change, int, int]] = []
    _add_steps(found, old, new, (0, 0), 0)
    return found


def _add_steps(
    found: list[tuple[Change, int, int]],
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    at: tuple[int, int],
    level: int,
) -> None:
    """Add the way between two stretches, which begin at places ``at``; both were parted ``level``
    times."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    found += ((Change.KEPT, at[0] + k, at[1] + k) for k in range(start))
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    i, j = at[0] + start, at[1] + start
    way = _shortest(inner_old, inner_new)
    if way is not None:
        found += ((change, i + x, j + y) for change, x, y in way)
    else:
        a = b = 0
        anchors = _anchors(inner_old, inner_new) if level < _MOST_PARTED else []
        for x, y in anchors:
            _add_steps(found, inner_old[a:x], inner_new[b:y], (i + a, j + b), level + 1)
            found.append((Change.KEPT, i + x, j + y))
            a, b = x + 1, y + 1
        if anchors:
            _add_steps(found, inner_old[a:], inner_new[b:], (i + a, j + b), level + 1)
        else:
            found += ((Change.GONE, i + x, j) for x in range(len(inner_old)))
            found += ((Change.ADDED, i + len(inner_old), j + y) for y in range(len(inner_new)))
    i, j = at[0] + len(old) - end, at[1] + len(new) - end
    found += ((Change.KEPT, i + k, j + k) for k in range(end))


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Places of units that both have as often as each other, the first of one with the first of
    the other and so on: as many as stand in the same order."""
    places: list[dict[Hashable, list[int]]] = [{}, {}]
    for side, seen in zip((old, new), places, strict=True):
        for k, unit in enumerate(side):
            seen.setdefault(unit, []).append(k)
    pairs = sorted(
        pair
        for unit, here in places[0].items()
        if len(here) == len(places[1].get(unit, ()))
        for pair in zip(here, places[1][unit], strict=True)
    )
    return [pairs[k] for k in rising([y for _, y in pairs])]


def rising(places: Sequence[int]) -> list[int]:
    """The numbers of as many places as rise one after the other (by piles of cards)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for k, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place)
            ends.append(k)
        else:
            tails[at], ends[at] = place, k
    kept: list[int] = []
    k = ends[-1] if ends else -1
    while k >= 0:
        kept.append(k)
        k = before[k]
    return kept[::-1]


def _shortest(
    old: Sequence[Hashable], new: Sequence[Hashable]
) -> list[tuple[Change, int, int]] | None:
    """Myers' greedy way, or None if it changes too many. ``furthest`` has for each diagonal
    k = x - y how far along ``old`` it was followed, at the place k of a list, which counts from its
    end for those below 0."""
    if not old or not new:
        gone = [(Change.GONE, i, 0) for i in range(len(old))]
        return gone + [(Change.ADDED, len(old), j) for j in range(len(new))]
    if abs(len(old) - len(new)) > _MOST:
        return None
    ids: dict[Hashable, int] = {}
    one = [ids.setdefault(unit, len(ids)) for unit in old]
    two = [ids.setdefault(unit, len(ids)) for unit in new]
    rows, columns = len(one), len(two)
    most = min(rows + columns, _MOST)
    trace: list[list[int]] = []
    furthest = [0] * (2 * most + 3)
    for depth in range(most + 1):
        for k in range(-depth, depth + 1, 2):
            if k == -depth or (k != depth and furthest[k - 1] < furthest[k + 1]):
                x = furthest[k + 1]
            else:
                x = furthest[k - 1] + 1
            y = x - k
            while x < rows and y < columns and one[x] == two[y]:
                x += 1
                y += 1
            furthest[k] = x
            if x >= rows and y >= columns:
                return _backwards(rows, columns, trace)
        trace.append(furthest[: depth + 1] + furthest[len(furthest) - depth :])
    return None


def _backwards(
    rows: int, columns: int, trace: Sequence[Sequence[int]]
) -> list[tuple[Change, int, int]]:
    """The way from the end back to the beginning. ``trace`` has what was reached after each
    number of changes."""
    found: list[tuple[Change, int, int]] = []
    x, y = rows, columns
    for depth in range(len(trace), 0, -1):
        furthest, k = trace[depth - 1], x - y
        down = k == -depth or (k != depth and furthest[k - 1] < furthest[k + 1])
        old_x = furthest[k + 1] if down else furthest[k - 1]
        old_y = old_x - (k + 1 if down else k - 1)
        begin = old_x if down else old_x + 1
        while x > begin:
            x, y = x - 1, y - 1
            found.append((Change.KEPT, x, y))
        found.append((Change.ADDED, old_x, old_y) if down else (Change.GONE, old_x, old_y))
        x, y = old_x, old_y
    found += [(Change.KEPT, at, at) for at in range(x - 1, -1, -1)]
    return found[::-1]


def units(text: str, whole: Sequence[tuple[int, int]] = ()) -> list[str]:
    """A text as words, numbers and marks; what stands between the offsets in ``whole`` is one."""
    found: list[str] = []
    at = 0
    for start, end in whole:
        found += _units(text[at:start])
        found.append(text[start:end])
        at = end
    return found + _units(text[at:])


def _units(text: str) -> list[str]:
    found: list[str] = []
    for match in _PIECES.finditer(text):
        if match.lastgroup != "han":
            found.append(match[0])
        else:
            found += (word for word, _ in _han_units(match[0]))
    return found


def _han_units(run: str) -> list[tuple[str, bool]]:
    """The words of a string of Han characters, and whether each is a person's name. Numerals that
    the list has one by one are one number, a surname and what follows it one name."""
    found: list[tuple[str, bool]] = []
    at = given = 0  # how many characters a name that has begun may still have
    for length, tag in words_of_run(run):
        word = run[at : at + length]
        at += length
        last = found[-1][0] if found else ""
        if word[0] in _NUMERALS and last and not set(last) - set(_NUMERALS):
            found[-1] = last + word, False
            given = 0
        elif given and length == 1 and tag[:1] not in _NOT_GIVEN and word not in _VERBS:
            found[-1] = last + word, True
            given -= 1
        elif given and word in ("某", "某某"):
            found[-1] = last + word, True
            given = 0
        else:
            found.append((word, tag[:2] == "nr" and length > 1))
            given = 2 if word in _SURNAMES else 0
    return found


def person_names(text: str) -> list[str]:
    """The names of persons in a text."""
    return [
        word
        for match in _PIECES.finditer(text)
        if match.lastgroup == "han"
        for word, named in _han_units(match[0])
        if named
    ]


def text_edits(
    old: str,
    new: str,
    whole: tuple[Sequence[tuple[int, int]], Sequence[tuple[int, int]]] = ((), ()),
) -> list[TextEdit]:
    """The shortest way from one text to another by units; ``whole`` are offsets in both between
    which nothing is parted."""
    if whole[0] or whole[1]:
        return _edits(units(old, whole[0]), units(new, whole[1]))
    # Pieces that both begin or end with are not looked into: their words are the same. The first
    # pieces that differ are, whatever follows, as their first words may be.
    one, two = ([match[0] for match in _PIECES.finditer(text)] for text in (old, new))
    least = min(len(one), len(two))
    start = next((k for k in range(least) if one[k] != two[k]), least)
    room = least - start - 1
    end = next((k for k in range(room) if one[-1 - k] != two[-1 - k]), max(0, room))
    inner = ("".join(side[start : len(side) - end]) for side in (one, two))
    before, after = (
        ["".join(one[:start]), *units(words), "".join(one[len(one) - end :])] for words in inner
    )
    return [edit for edit in _edits(before, after) if edit.text]


def _edits(before: Sequence[str], after: Sequence[str]) -> list[TextEdit]:
    ways = groupby(steps(before, after), key=lambda step: step[0])
    return [
        TextEdit(
            change,
            "".join(after[j] if change is Change.ADDED else before[i] for _, i, j in stretch),
        )
        for change, stretch in ways
    ]


def readable(edits: Sequence[TextEdit]) -> list[TextEdit]:
    """The edits as a reader takes them in: what is gone before what is added, and no scraps of
    one or two characters left standing between changes."""
    found: list[TextEdit] = []
    gone = added = ""
    for i, edit in enumerate(edits):
        between = 0 < i < len(edits) - 1
        if edit.change is Change.GONE:
            gone += edit.text
        elif edit.change is Change.ADDED:
            added += edit.text
        elif (
            between and len(edit.text) < _LEAST_KEPT and not set(edit.text) & set("，。；：！？\n")
        ):
            gone, added = gone + edit.text, added + edit.text
        else:
            found += _pair(gone, added)
            gone = added = ""
            found.append(edit)
    return found + _pair(gone, added)


def _pair(gone: str, added: str) -> list[TextEdit]:
    found = [TextEdit(Change.GONE, gone), TextEdit(Change.ADDED, added)]
    return [edit for edit in found if edit.text]


def replaced(edits: Sequence[TextEdit]) -> Iterator[tuple[str, str]]:
    """What stands for what: pairs of a stretch that is gone and the one added in its place."""
    for one, two in pairwise(edits):
        if one.change is Change.GONE and two.change is Change.ADDED:
            yield one.text, two.text
