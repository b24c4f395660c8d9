"""The class of each character of a text, as a letter of ``clreq.CharClass``.

Most characters have a fixed class. Marks shared by Chinese and Western text, “ ” ‘ ’ — … · /
(East Asian Width A), take their script from what they enclose, then from what surrounds them, and
failing that from the paragraph (GB/T 15834-2011 4.8, 4.13, 4.14): a passage in a Western language
is Western, and everything else in a Chinese publication is Chinese.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, compress, count, pairwise
from operator import itemgetter
from typing import Final

from brieftex.patterns import FORMAT, CharacterSet, late
from brieftex.text.clreq import MEMBERS, UNIT_SQUARES, WESTERN_RANGES, CharClass
from brieftex.text.graphemes import clusters, may_cluster

_HAN: Final = CharClass.HAN.value
_FORMAT: Final = CharacterSet(FORMAT)


class _Classes(dict[int, str]):
    """Maps code points to class letters, for str.translate. Code points not listed are classed
    by general category and East Asian Width."""

    def __missing__(self, code: int) -> str:
        if 0x4E00 <= code < 0xA000:  # the character database is asked for the others
            self[code] = _HAN
            return _HAN
        char = chr(code)
        category = unicodedata.category(char)
        wide = unicodedata.east_asian_width(char) in "WFH"
        if category[0] == "M" or char in _FORMAT:
            letter = CharClass.MARK
        elif (category[0] == "L" or category == "Nd") and not (
            wide or _within(code, _WESTERN_LETTERS)
        ):
            letter = CharClass.LETTER
        elif wide and category in _BRACKETS:
            letter = _BRACKETS[category]
        elif _within(code, UNIT_SQUARES):
            letter = CharClass.POSTFIX
        elif _within(code, WESTERN_RANGES) or (category[0] == "P" and not wide):
            letter = CharClass.WESTERN
        else:
            letter = CharClass.HAN
        self[code] = letter.value
        return letter.value


_BRACKETS: Final = {"Ps": CharClass.OPENING, "Pe": CharClass.CLOSING}
_WESTERN_LETTERS: Final = ((0x2B0, 0x2FF), (0x2070, 0x209F))
"""Modifier letters, superscripts and subscripts: part of a word, but not words themselves."""


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


_CLASSES: Final = _Classes(
    {ord(char): str(kind) for kind, members in MEMBERS.items() for char in members}
)

_LETTERS: Final = bytearray(0x10000)
"""The class of each code point below U+10000 that was met, _UNSURE added where more than the
character decides; 0 for the others."""

_UNSURE: Final = 0x80
_SURE: Final = bytes(code % _UNSURE for code in range(256))
_SHARED: Final = frozenset("“”‘’—…·/")
_QUOTES: Final = late("[“”‘’]")
# Patterns that begin with a character or a set, and not with a repetition, are found much sooner.
_ROWS: Final = late("——*|……*")
_PATH: Final = late(r"/[A-Za-z0-9._~-]+/[A-Za-z0-9._~-]")
_SOLIDI: Final = late("(?:https?://|www\\.)[!-~]*|/")
_OPENERS: Final = {"“": "”", "‘": "’"}

# In a class string: a stretch that is not Chinese, and two words within one.
_STRETCH: Final = late(r"[^H(),.!DE~mpqIn][^H(),.!DE~mpqIn]*")
_PARTING: Final = late(r"[H(),.!DE~mpqIn]")
_RUNNING: Final = late(r"L[^s]*s[^L]*L")
_OF_WORDS: Final = bytes(chr(code) in "L0" for code in range(256))
_TRANSPARENT: Final = "sgjyzM"
_CHINESE: Final = frozenset("H(),.!DE~m/pqI")


def classify(text: str, calls: Iterable[tuple[int, int]] = ()) -> str:
    """The class letters of ``text``, one for each character.

    ``calls`` are the offsets (start, end) of footnote calls, which are ignored as context.
    """
    letters = _plain(text)
    plain = letters.translate(_SURE).decode("ascii")
    if letters.isascii():
        return plain
    if "M" in plain or may_cluster(text):
        plain = _joined(text, plain)
    seen = plain
    for start, end in calls:
        seen = seen[:start] + CharClass.JOINER * (end - start) + seen[end:]
    classes = list(plain)
    context = _Context(seen)
    for match in _ROWS.finditer(text) if "—" in text or "…" in text else ():
        start, end = match.span()
        dash = match[0][0] == "—"
        if end - start > 1:
            classes[start:end] = (CharClass.DASH if dash else CharClass.ELLIPSIS) * (end - start)
        elif context.stands_between(start) and context.is_chinese(start, end):
            classes[start] = CharClass.CONNECTOR if dash else CharClass.ELLIPSIS
    if _QUOTES.search(text):
        _pair_quotes(text, context, classes)
    if "·" in text:
        _interpuncts(text, context, classes)
    if "/" in text:
        _solidi(text, seen, classes)
    return "".join(classes)


def _plain(text: str) -> bytes:
    """The classes of the characters of a text without regard to context, _UNSURE added where that
    may matter."""
    codes = array("H", text.encode("utf-16", "surrogatepass")[2:])
    if len(codes) != len(text) or len(text) < 2:
        return bytes(map(_letter, text))
    # One call looks all of them up in a row of letters, in half of the time of translate.
    looked_up = itemgetter(*codes)
    classes = bytes(looked_up(_LETTERS))
    if 0 in classes:
        for char in {*text}:
            _LETTERS[ord(char)] = _letter(char)
        classes = bytes(looked_up(_LETTERS))
    return classes


def _letter(char: str) -> int:
    letter = _CLASSES[ord(char)]
    if "\u4e00" <= char <= "\u9fff":
        return ord(letter)
    unsure = char in _SHARED or letter == CharClass.MARK or may_cluster(char)
    return ord(letter) + _UNSURE * unsure


def _joined(text: str, plain: str) -> str:
    """The classes ``plain`` with every character that continues a grapheme cluster as a MARK."""
    classes = list(plain)
    for start, end in clusters(text):
        if end - start > 1 and classes[start] != CharClass.NEWLINE:
            classes[start + 1 : end] = CharClass.MARK * (end - start - 1)
    return "".join(classes)


class _Context:
    """The stretches of a paragraph that are not Chinese, which decide the script of marks."""

    def __init__(self, seen: str) -> None:
        """``seen`` are the classes of characters without regard to context."""
        self.seen = seen

    @cached_property
    def _stretches(self) -> list[tuple[int, int]]:
        return [match.span() for match in _STRETCH.finditer(self.seen)]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._stretches]

    @cached_property
    def _of_lines(self) -> bool:
        return CharClass.NEWLINE in self.seen

    @cached_property
    def _words(self) -> list[int]:
        """Where letters and digits are."""
        return [*compress(count(), self.seen.encode("ascii").translate(_OF_WORDS))]

    @cached_property
    def _runs_west(self) -> list[bool]:
        """For each stretch, whether it is a Western passage: two words or more."""
        return [_RUNNING.search(self.seen, *span) is not None for span in self._stretches]

    @cached_property
    def _parted(self) -> list[int]:
        """For each stretch, how many times something Chinese, not only the end of a line, stands
        between two stretches up to it."""
        between = [self.seen[a:b].strip("n") for (_, a), (b, _) in pairwise(self._stretches)]
        return list(accumulate(map(bool, between), initial=0))

    @cached_property
    def chinese(self) -> bool:
        """Whether the paragraph is Chinese: it has Chinese characters, or nothing Western."""
        covered = sum(end - start for start, end in self._stretches)
        return covered < len(self.seen) - self.seen.count("n") or not any(self._runs_west)

    def is_chinese(self, start: int, end: int, otherwise: bool | None = None) -> bool:
        """Whether the marks around or at ``start`` to ``end`` are Chinese. ``otherwise`` is the
        script of what surrounds them, if that is not the paragraph itself."""
        if not self._of_lines and _PARTING.search(self.seen, start, end):
            return True  # they enclose something Chinese
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end) - 1
        if first != last and self._parted[first] != self._parted[last]:
            return True  # the same
        begin, stop = self._stretches[first][0], self._stretches[last][1]
        left, right = self._has_word(begin, start), self._has_word(end, stop)
        if (begin and not left and self.seen[begin - 1] != "n") or (
            stop < len(self.seen) and not right and self.seen[stop] != "n"
        ):
            return True  # a neighbour is Chinese
        if (left or right) and (self._runs_west[first] or self._runs_west[last]):
            return False
        return self.chinese if otherwise is None else otherwise

    def stands_between(self, at: int) -> bool:
        """Whether the mark at ``at`` has something before it, and something after it or at least
        something Chinese before it: the dashes of a folio (— 1 —) connect nothing."""
        first, last = self._visible
        return first < at and (at < last or _visible(self.seen, at, -1) in _CHINESE)

    @cached_property
    def _visible(self) -> tuple[int, int]:
        seen = self.seen
        return len(seen) - len(seen.lstrip(_TRANSPARENT)), len(seen.rstrip(_TRANSPARENT)) - 1

    def _has_word(self, start: int, end: int) -> bool:
        at = bisect_left(self._words, start)
        return at < len(self._words) and self._words[at] < end


def _pair_quotes(text: str, context: _Context, classes: list[str]) -> None:
    """Set the class of each quotation mark: both marks of a pair have the same script."""
    # From the outside in: a pair without evidence of its own takes the script around it.
    within: list[tuple[int, bool]] = []
    closers = _pairs(text, context.seen)
    for at, end in sorted(closers):
        while within and within[-1][0] < at:
            within.pop()
        around = within[-1][1] if within else None
        chinese = context.is_chinese(at, end, around)
        if end - at > 1:
            within.append((end, chinese))
        if chinese:
            for mark in {at, end - 1}:
                opens = text[mark] in _OPENERS
                classes[mark] = CharClass.OPENING if opens else CharClass.CLOSING


def _pairs(text: str, seen: str) -> list[tuple[int, int]]:
    """The offsets (start, end) of each pair of quotation marks and what it encloses; of an
    unpaired mark, those of the mark alone. A quotation of several paragraphs opens in each of
    them and closes in the last (GB/T 15834 4.8.3)."""
    found: list[tuple[int, int]] = []
    open_at: list[int] = []
    for match in _QUOTES.finditer(text):
        at, char = match.start(), match[0]
        if char in _OPENERS:
            open_at.append(at)
        elif char == "’" and _apostrophe(seen, at, bool(open_at) and text[open_at[-1]] == "‘"):
            continue
        elif open_at and _OPENERS[text[open_at[-1]]] == char:
            found.append((open_at.pop(), at + 1))
        else:
            found.append((at, at + 1))
    return [*found, *((at, at + 1) for at in open_at)]


def _apostrophe(seen: str, at: int, opened: bool) -> bool:
    """Whether ’ is an apostrophe: between letters (it’s) or, where no ‘ is open, after a letter
    or before a digit (the ’90s)."""
    before, after = seen[max(at - 1, 0) : at], seen[at + 1 : at + 2]
    if opened:
        return before == after == CharClass.LETTER
    return before == CharClass.LETTER or (after == CharClass.DIGIT and before in ("", "s", "0"))


def _interpuncts(text: str, context: _Context, classes: list[str]) -> None:
    """Set the class of ·: an interpunct between the parts of a name, one of which is Chinese
    (J·K·罗琳), or between digits in Chinese text (“3·15”); in kW·h a multiplication sign."""
    for places in _chains(text):
        beside = [k for at in places for k in (at - 1, at + 1) if 0 <= k < len(text)]
        name = any(classes[k] in _CHINESE for k in beside)
        date = {classes[k] for k in beside} == {CharClass.DIGIT}
        if name or (date and context.is_chinese(places[0], places[-1] + 1)):
            for at in places:
                classes[at] = CharClass.INTERPUNCT


def _chains(text: str) -> Iterator[list[int]]:
    """The places of each · and those that follow it behind Western letters, digits and dots."""
    chain: list[int] = []
    at = text.find("·")
    while at >= 0:
        chain.append(at)
        following = text.find("·", at + 1)
        between = text[at + 1 : following]
        if following < 0 or not all(c in "._" or (c < "\u2e80" and c.isalnum()) for c in between):
            yield chain
            chain = []
        at = following


def _solidi(text: str, seen: str, classes: list[str]) -> None:
    """Set the class of /: a solidus if a neighbour, spaces skipped, is Chinese; never in URLs or
    where a path begins: /usr/bin after Han, or anything after ，（：."""
    for match in _SOLIDI.finditer(text):
        at = match.start()
        before, after = (_visible(seen, at, step, classes) for step in (-1, 1))
        begins = after not in _CHINESE and (before in "(,." or _PATH.match(text, at))
        if len(match[0]) == 1 and not begins and not _CHINESE.isdisjoint((before, after)):
            classes[at] = CharClass.SOLIDUS


def _visible(seen: str, at: int, step: int, classes: Sequence[str] = "") -> str:
    """The class of the nearest visible character before or after ``at``, SPACE if none."""
    at += step
    while 0 <= at < len(seen) and seen[at] in _TRANSPARENT:
        at += step
    return (classes or seen)[at] if 0 <= at < len(seen) else CharClass.SPACE
