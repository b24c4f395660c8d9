"""Lines remembered from one setting of an issue to the next.

The lines of a text depend on its characters and their styles, on the look that was asked for,
on the faces and on the rules; where the text stands in the file and in the logical structure
makes no difference to them. So a text that comes again gets its old lines, with its new
places. Lines that are remembered equal lines set afresh (tests/unit/layout/lines/test_cache.py).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import OffsetMap
from brieftex.layout.page import Line
from brieftex.styled.styles import LineRules
from brieftex.styled.text import Text
from brieftex.text.shaping import Shaper

Make: TypeAlias = Callable[[Text], list[Line]]


class _Known(Struct):
    """The lines of a text as it last came."""

    lines: list[Line]
    text: Text
    node: int


class LineCache:
    """What the last setting made, for the next one. Texts that do not come again are forgotten."""

    def __init__(self) -> None:
        """A memory of nothing."""
        self._basis: tuple[Shaper, LineRules, tuple[str, ...]] | None = None
        self._last: dict[Hashable, _Known] = {}
        self._now: dict[Hashable, _Known] = {}

    def begin(self, shaper: Shaper, rules: LineRules, keep: tuple[str, ...]) -> None:
        """Begin a setting; with other faces, rules or words than before nothing is remembered."""
        basis = shaper, rules, keep
        self._last = self._now if self._basis == basis else {}
        self._basis, self._now = basis, {}

    def recall(self, text: Text, look: Hashable, make: Make) -> list[Line]:
        """The lines of ``text``: remembered, or made by ``make`` from the text without its
        places. ``look`` is what they depend on besides the text and what ``begin`` was told."""
        if text.rubies:  # seldom, and their places are not the text's
            return make(text)
        node = next((run.node for run in text.runs if run.node >= 0), 0)
        key = (look, text.text, tuple([at for at, _ in text.calls]), _runs(text, node))
        known = self._now.get(key) or self._last.get(key)
        if known is None:
            plain = replace(text, origin=OffsetMap())
            known = _Known(make(plain), plain, node)
        if known.text != text:
            lines = _moved(known.lines, node - known.node, text)
            known = _Known(lines, text, node)
        self._now[key] = known
        return known.lines


def _runs(text: Text, node: int) -> tuple[Hashable, ...]:
    """The runs, their nodes counted from the text's first."""
    return tuple(
        [
            (run.end, run.style, run.node - node if run.node >= 0 else None, run.href)
            for run in text.runs
        ]
    )


def _moved(lines: Sequence[Line], step: int, text: Text) -> list[Line]:
    """The lines of ``text``, which differs in its places: its nodes are ``step`` further."""
    if not step:
        return [replace(line, text=text) for line in lines]
    return [
        replace(
            line,
            text=text,
            runs=tuple([replace(r, node=r.node + step) if r.node >= 0 else r for r in line.runs]),
            links=tuple([(a, b, href, n + step if n >= 0 else n) for a, b, href, n in line.links]),
        )
        for line in lines
    ]
