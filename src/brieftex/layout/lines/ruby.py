"""What stands above and below a set line: ruby text and emphasis dots (着重号).

Neither adds to the leading: the line gap of Chinese text is at least half an em, and ruby must not
push a line off the grid (CLREQ, Interlinear Annotations).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from brieftex.layout.page import Dots, GlyphRun, Line
from brieftex.patterns import CharacterSet
from brieftex.text.itemize import Items
from brieftex.text.ruby import Above, ruby_starts
from brieftex.units import Sp

# Characters that get a dot: Han, 〇 and kana; marks and spaces do not (CLREQ).
_DOTTED = CharacterSet("\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd")

_DROP = 270
"""From the baseline down to the centre of a dot, in 1/1000 em: the em box of Han characters ends
at 120."""


def annotate(
    items: Items, a: int, origins: Sequence[Sp], width: Sp
) -> tuple[Line | None, tuple[Dots, ...]]:
    """The ruby text and the dots of a line of units at ``origins``, the first of them ``a``; ruby
    text must fit into ``width``."""
    b = a + len(origins)
    ends = [x + piece.width for x, piece in zip(origins, items.pieces[a:b], strict=True)]
    low, high = (bisect_left(items.above, edge, key=lambda one: one.first) for edge in (a, b))
    above = _line(items.above[low:high], items, a, ends, width)
    return above, tuple(_dots(items, a, ends))


def _line(
    aboves: Sequence[Above], items: Items, a: int, ends: Sequence[Sp], width: Sp
) -> Line | None:
    """The ruby text as a line of its own, whose runs are raised; None without any."""
    if not aboves:
        return None
    centres = [
        (ends[one.first - a] - items.pieces[one.first].width + ends[one.end - 1 - a]) // 2
        for one in aboves
    ]
    runs: list[GlyphRun] = []
    for one, start in zip(aboves, ruby_starts(aboves, centres, width), strict=True):
        runs.extend(_runs(one, start, blank=one is not aboves[-1]))
    first, last = aboves[0].ruby, aboves[-1].ruby
    return Line(tuple(runs), width, width, 0, first.start, last.end)


def _runs(above: Above, start: Sp, *, blank: bool) -> Iterator[GlyphRun]:
    style, node = above.ruby.style, above.ruby.node
    pieces = above.pieces + ((above.width, above.blank),) * blank
    for look, parts in groupby(pieces, lambda part: part[1].look):
        face, stretch, scale, rise = look
        placed = [(start + x, piece) for x, piece in parts]
        yield GlyphRun(
            face,
            style.size * scale // 1000,
            style.color,
            style.rise + rise,
            node,
            tuple(glyph for _, piece in placed for glyph in piece.glyphs),
            tuple(x + offset for x, piece in placed for offset in piece.xs),
            tuple(text for _, piece in placed for text in piece.texts),
            stretch,
        )


def _dots(items: Items, a: int, ends: Sequence[Sp]) -> Iterator[Dots]:
    runs = items.text.runs
    for index, units in groupby(range(a, a + len(ends)), key=items.runs.__getitem__):
        style = runs[index].style
        if not style.dot:
            continue
        xs = tuple(
            ends[i - a] - items.pieces[i].width // 2
            for i in units
            if (items.texts[i] or "".join(items.pieces[i].texts))[:1] in _DOTTED
        )
        if xs:
            yield Dots(xs, style.size * _DROP // 1000 - style.rise, style.dot, style.color)
