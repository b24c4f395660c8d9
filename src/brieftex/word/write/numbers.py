"""Numbers that Word counts: multilevel lists linked to the styles of headings, and other lists.

What Word would count is counted along here; where that is not the number of the document, the
paragraph gets a list that starts with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from brieftex.document.paragraphs import Numbered
from brieftex.model.theme import Theme
from brieftex.word.write.markup import properties, tag

_FORMATS = {
    "{han}": "chineseCountingThousand", "{arabic}": "decimal",
    "{circled}": "decimalEnclosedCircleChinese",
}  # fmt: skip
_LEVELS = 9
_FAMILIES = {
    "headings": ("headings", ("section", "item", "heading1", "heading2", "heading3")),
    "body": ("body_headings", ("body_heading1", "body_heading2", "body_heading3")),
    "attachment": (
        "body_headings",
        ("attachment_heading1", "attachment_heading2", "attachment_heading3"),
    ),
}  # fmt: skip


class _Series(Struct):
    """A multilevel list: the form and the style of each level; where counting has got to, and the
    list that Word counts with now."""

    identifier: int
    forms: Sequence[str]
    styles: Sequence[str]
    first: int
    now: int
    counts: list[int] = field(default_factory=lambda: [0] * _LEVELS)


class WordNumbers:
    """The lists of one document."""

    def __init__(self, theme: Theme) -> None:
        """The lists that the headings of the theme count in."""
        self._series: dict[str, _Series] = {}
        self._lists: list[tuple[int, int, int, int]] = []  # list, series, level and start
        for name, (source, styles) in _FAMILIES.items():
            self._add(name, getattr(theme, source), styles)
        self._add("list", theme.lists.ordered, ())
        self._add("bullets", theme.lists.bullets, ())

    def _add(self, name: str, forms: Sequence[str], styles: Sequence[str]) -> None:
        number = self._list(len(self._series) + 1)
        self._series[name] = _Series(len(self._series) + 1, forms, styles, number, number)

    def _list(self, series: int, level: int = -1, start: int = 0) -> int:
        self._lists.append((len(self._lists) + 1, series, level, start))
        return len(self._lists)

    def of_style(self, style: str) -> tuple[int, int] | None:
        """The list and the level that a style is linked to."""
        for series in self._series.values():
            if style in series.styles:
                return series.first, series.styles.index(style)
        return None

    def count(self, number: Numbered, style: str) -> str:
        """Count a paragraph; its numbering properties, empty where those of its style do."""
        linked = next((s for s in self._series.values() if style in s.styles), None)
        name = {"body_headings": "body"}.get(number.series, number.series)
        series = linked or self._series[name]
        level = min(number.level, _LEVELS - 1)
        expected = series.counts[level] + 1
        bullet = number.series == "bullets"
        if number.value != expected and not bullet:
            series.now = self._list(series.identifier, level, number.value)
        series.counts[level] = number.value
        series.counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        own = linked is not None and series.styles.index(style) == level
        if own and series.now == series.first:
            return ""
        return tag("numPr", tag("ilvl", val=level), tag("numId", val=series.now))

    def part(self, listed: Sequence[str], styled: Mapping[str, str]) -> str:
        """The part numbering.xml; ``listed`` are the indents of the levels of lists, ``styled``
        those of styles, which LibreOffice takes from here."""
        kinds = ""
        for name, series in self._series.items():
            own = [styled[style] for style in series.styles]
            kinds += _abstract(series, listed if name in ("list", "bullets") else own)
        return kinds + "".join(
            tag("num", tag("abstractNumId", val=series), *_start(level, start), numId=number)
            for number, series, level, start in self._lists
        )


def _abstract(series: _Series, indents: Sequence[str]) -> str:
    levels = [_level(series, level, indents) for level in range(_LEVELS)]
    kind = tag("multiLevelType", val="multilevel")
    return tag("abstractNum", kind, *levels, abstractNumId=series.identifier)


def _start(level: int, start: int) -> Iterator[str]:
    if level >= 0:
        yield tag("lvlOverride", tag("startOverride", val=start), ilvl=level)


def _level(series: _Series, level: int, indents: Sequence[str]) -> str:
    form = series.forms[min(level, len(series.forms) - 1)]
    counted = next((field for field in _FORMATS if field in form), None)
    inner = [tag("start", val=1), tag("numFmt", val=_FORMATS[counted] if counted else "bullet")]
    if level < len(series.styles):
        inner.append(tag("pStyle", val=style_id(series.styles[level])))
    inner.append(tag("suff", val="nothing" if series.styles else "tab"))
    shown = form if counted is None else form.replace(counted, f"%{level + 1}")
    inner += [tag("lvlText", val=shown), tag("lvlJc", val="left")]
    inner.append(properties("pPr", {"ind": indents[min(level, len(indents) - 1)]}))
    return tag("lvl", *inner, ilvl=level)


def style_id(name: str) -> str:
    """The identifier of the style that a theme calls ``name``."""
    return "Normal" if name == "body" else "".join(p.capitalize() for p in name.split("_"))
