"""The numbers that Word prints before paragraphs, computed as it counts them.

A paragraph refers to a list and a level; lists share an abstract one, may override its levels and
begin anew (ECMA-376 Part 1, 17.9). A level begins anew after one above it.
"""

from __future__ import annotations

import re
from typing import Any

from brieftex.compose.numbering import circled, to_han
from brieftex.word.facts import PrintedNumber
from brieftex.word.names import integer, local, value, w
from brieftex.word.package import Package

_HAN = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional",
    "taiwaneseCountingThousand", "chineseLegalSimplified", "koreanCounting",
}  # fmt: skip
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_LEVELS = 9


class Numbering:
    """Counts while paragraphs are walked in their order."""

    def __init__(self, package: Package) -> None:
        """Reads the lists once."""
        part = package.others.get("numbering")
        self._abstract: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in () if part is None else part.root:
            if local(element) == "abstractNum":
                self._abstract.setdefault(element.get(w("abstractNumId"), ""), element)
            elif local(element) == "num":
                self._lists.setdefault(element.get(w("numId"), ""), element)

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of a list that is linked to a style."""
        abstract = self._abstract.get(self._abstract_id(number))
        for level in () if abstract is None else abstract.iter(w("lvl")):
            if value(level, "pStyle") == style:
                return integer(level.get(w("ilvl")))
        return None

    def label(self, number: str, level: int) -> PrintedNumber | None:
        """The label of the next paragraph of a list; counts it."""
        if number not in self._lists or not 0 <= level < _LEVELS:
            return None
        abstract = self._abstract_id(number)
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        override = self._override(number, level)
        start = integer(value(override, "startOverride", "val")) if override is not None else None
        definition = self._level(number, level)
        if definition is None:
            return None
        first = integer(value(definition, "start"), 1) or 0
        if start is not None and (number, level) not in self._begun:
            counts[level] = start
        else:
            before = counts[level]
            counts[level] = first if before is None else before + 1
        self._begun.add((number, level))
        for deeper in range(level + 1, _LEVELS):
            counts[deeper] = None
        return self._written(number, level, counts)

    def _written(self, number: str, level: int, counts: list[int | None]) -> PrintedNumber:
        definition = self._level(number, level)
        form = value(definition, "numFmt") or "decimal"
        text = value(definition, "lvlText") or ""
        current = counts[level] or 0
        if form == "bullet":
            return PrintedNumber(text, level, current, bullet=True)
        if form == "none":
            return PrintedNumber(re.sub(r"%\d", "", text), level, current)

        def counted(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            inner = self._level(number, at)
            count = counts[at]
            if count is None:
                count = integer(value(inner, "start"), 1) or 0
            return _number(count, (value(inner, "numFmt") or "decimal"))

        return PrintedNumber(re.sub(r"%([1-9])", counted, text), level, current)

    def _abstract_id(self, number: str) -> str:
        found = self._lists.get(number)
        return (value(found, "abstractNumId") or "") if found is not None else ""

    def _override(self, number: str, level: int) -> Any:
        for element in self._lists[number].iter(w("lvlOverride")):
            if integer(element.get(w("ilvl"))) == level:
                return element
        return None

    def _level(self, number: str, level: int) -> Any:
        override = self._override(number, level)
        if override is not None and (own := override.find(w("lvl"))) is not None:
            return own
        abstract = self._abstract.get(self._abstract_id(number))
        for element in () if abstract is None else abstract.iter(w("lvl")):
            if integer(element.get(w("ilvl"))) == level:
                return element
        return None


def _number(count: int, form: str) -> str:  # noqa: PLR0911  # one line for each form
    if form in _HAN and 1 <= count <= 9999:
        return to_han(count)
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return str(count).translate(_DIGITS)
    if form.startswith("decimalFullWidth"):
        return str(count).translate(_WIDE)
    if form.startswith("decimalEnclosedCircle") and count >= 1:
        return circled(count)
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        return chr((97 if form == "lowerLetter" else 65) + count - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= count < 40:
        tens, ones = divmod(count, 10)
        roman = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return roman if form == "lowerRoman" else roman.upper()
    if form == "decimalZero":
        return f"{count:02}"
    return str(count)
