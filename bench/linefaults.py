"""What is wrong with the lines of a set paragraph, whoever set it.

The rules are those of GB/T 15834-2011 (5.1), at the level that CLREQ calls GB, written down
here once more rather than taken from brieftex.text.clreq, so that a slip there shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from statistics import mean

from msgspec import Struct

from brieftex.text.tokens import tokens

TOLERANCE = 0.1 / 16
"""How far a line may miss its measure, em: 0.1 pt at 16 pt."""

LOOSE = 0.25
"""The mean gap between Han characters from which a line looks loose, em."""

_NOT_AT_START = frozenset("，、。．；：？！）〕］｝〉》」』】〗”’～·％‰℃%°′″)]},.;:!?-–/／")
_NOT_AT_END = frozenset("（〔［｛〈《「『【〖“‘￥＄№([{¥$€£/／")
_PAIRED = re.compile("—{2,}|…{2,}")
_SINGLE_DASH = re.compile("(?<!—)—(?!—)")
_URL = re.compile(r"(?:https?://|www\.)[!-~]+|[!-~]+@[!-~]+")
_PATH = re.compile("[!-~]/[!-~]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile("[A-Za-z0-9]")
_SCRIPT = re.compile("[\u3400-\u4dbf\u4e00-\u9fff] ?[A-Za-z0-9]")


class Fault(StrEnum):
    """The kinds of fault; the value is how the table calls them."""

    START = "forbidden line start"
    END = "forbidden line end"
    PAIR = "—— or …… split"
    RUNT = "runt"
    TOKEN = "protected token split"
    HYPHEN = "hyphen"
    OVERFULL = "line too wide"
    SHORT = "justified line too short"
    LOOSE = "line loose by > 1/4 em"


class PlacedLine(Struct, frozen=True):
    """A line as it stands: characters ``start`` to ``end`` of its text.

    ``xs`` are their origins by offset in the text (spaces have none), ``right`` is where the
    line ends without the blank half of its last mark, ``room`` where it should, all in em
    from where the line begins. ``hyphen`` says that the setter added one.
    """

    start: int
    end: int
    xs: Mapping[int, float]
    right: float
    room: float
    hyphen: bool = False


def faults(text: str, lines: Sequence[PlacedLine]) -> Iterator[tuple[Fault, int]]:
    """Every fault of the justified paragraph ``text``, with the number of its line."""
    cuts = {line.start: k for k, line in enumerate(lines) if k}
    yield from _edges(text, cuts)
    for start, end in split_tokens(text, cuts):
        yield Fault.TOKEN, next(k for cut, k in cuts.items() if start < cut < end)
    if len(lines) > 1 and is_runt(text[lines[-1].start :]):
        yield Fault.RUNT, len(lines) - 1
    for k, line in enumerate(lines):
        if line.hyphen:
            yield Fault.HYPHEN, k
        if line.right > line.room + TOLERANCE:
            yield Fault.OVERFULL, k
        elif k < len(lines) - 1:
            if line.right < line.room - TOLERANCE:
                yield Fault.SHORT, k
            if (mean_gap(text, line) or 0) > LOOSE:
                yield Fault.LOOSE, k


def _edges(text: str, cuts: Mapping[int, int]) -> Iterator[tuple[Fault, int]]:
    """What may not stand where these lines begin: offset of the first character by line."""
    urls = {i for match in _URL.finditer(text) for i in range(match.start() + 1, match.end())}
    dashes = {match.start() for match in _SINGLE_DASH.finditer(text)}
    for cut, k in cuts.items():
        if cut not in urls:
            if text[cut] in _NOT_AT_START or cut in dashes:
                yield Fault.START, k
            before = text[:cut].rstrip()[-1]
            if before in _NOT_AT_END and not (before == "/" and _PATH.match(text, cut - 2)):
                yield Fault.END, k - 1
    for match in _PAIRED.finditer(text):
        for cut, k in cuts.items():
            if match.start() < cut < match.end() and (cut - match.start()) % 2:
                yield Fault.PAIR, k


def split_tokens(text: str, cuts: Mapping[int, int] | set[int]) -> list[tuple[int, int]]:
    """The protected tokens that some line start of ``cuts`` falls into."""
    spans = dict.fromkeys(tokens(text, ()))
    return [(start, end) for start, end in spans if any(start < cut < end for cut in cuts)]


def is_runt(last: str) -> bool:
    """Whether a last line is one Han character, with or without marks, or marks alone."""
    return len(_HAN.findall(last)) < 2 and not _WORD.search(last)


def mean_gap(text: str, line: PlacedLine) -> float | None:
    """The mean space between two Han characters next to each other, em; None without any."""
    gaps = [
        line.xs[i + 1] - line.xs[i] - 1
        for i in range(line.start, line.end - 1)
        if _HAN.match(text[i]) and _HAN.match(text[i + 1])
    ]
    return mean(gaps) if gaps else None


def script_gaps(text: str, line: PlacedLine) -> list[float]:
    """The spaces between a Han character and the letter or digit that follows it, em."""
    matches = _SCRIPT.finditer(text, line.start, line.end)
    return [line.xs[m.end() - 1] - line.xs[m.start()] - 1 for m in matches]
