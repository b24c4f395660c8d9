"""Set lines kept from one run to the next over the same issue (preview, copyfitting).

The lines of a text depend on its characters and their styles, on the paragraph style and measure,
on the faces and on the line rules, but not on its place in the file or in the structure tree. So
a text that is set again gets its cached lines with its new offsets and nodes. Cached lines equal
lines set afresh (tests/unit/layout/lines/test_cache.py).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import OffsetMap
from brieftex.layout.page import Line
from brieftex.memory import NOTHING_KEPT, KeepingMemo, Memo
from brieftex.styled.styles import LineRules
from brieftex.styled.text import Text
from brieftex.text.shaping import Shaper

Make: TypeAlias = Callable[[Text], list[Line]]


class _Known(Struct):
    """The text as it was last set, and its lines."""

    lines: list[Line]
    text: Text
    node: int


class LineCache:
    """The lines of the last run, for the next one; lines not used again are dropped. ``blocks`` and
    ``pages`` are for what is made of lines, where a process has room for that, too."""

    def __init__(self, blocks: Memo = NOTHING_KEPT, pages: Memo = NOTHING_KEPT) -> None:
        """Begin with an empty cache."""
        self._lines = KeepingMemo()
        self.blocks, self.pages = blocks, pages

    def begin(self, shaper: Shaper, rules: LineRules, keep: tuple[str, ...]) -> None:
        """Begin a run; the cache is cleared if faces, rules or words to keep have changed."""
        basis = shaper, rules, keep
        self._lines.begin(basis)
        self.blocks.begin(basis)

    def recall(self, text: Text, look: Hashable, make: Make) -> list[Line]:
        """The lines of ``text``: cached, or made by ``make`` from the text without its offsets.
        ``look`` is what they depend on besides the text and the arguments of ``begin``."""
        if text.rubies:  # rare, and ruby text has offsets of its own
            return make(text)
        node = next((run.node for run in text.runs if run.node >= 0), 0)
        key = (look, text.text, tuple([at for at, _ in text.calls]), _runs(text, node))
        known: _Known | None = self._lines.get(key)
        if known is None:
            plain = replace(text, origin=OffsetMap())
            known = _Known(make(plain), plain, node)
        if known.text != text:
            lines = _moved(known.lines, node - known.node, text)
            known = _Known(lines, text, node)
        self._lines.put(key, known)
        return known.lines


def _runs(text: Text, node: int) -> tuple[Hashable, ...]:
    """The runs as a key, their nodes relative to ``node``, the text's first."""
    return tuple(
        [
            (run.end, run.style, run.node - node if run.node >= 0 else None, run.href)
            for run in text.runs
        ]
    )


def _moved(lines: Sequence[Line], step: int, text: Text) -> list[Line]:
    """Cached lines for ``text``, whose offsets differ and whose nodes are ``step`` higher."""
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
