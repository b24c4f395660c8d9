"""Lines of one shape, of which the first is looked at to know how all of them are shown.

The shape of a line is where its glyphs stand, in which faces and sizes, and of which kinds they
are: what ``actual_text`` finds out depends on nothing else, as long as ToUnicode gives the text of
each glyph. Nine in ten lines of a volume of plain text have the shape of an earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, filterfalse
from operator import itemgetter

from brieftex.fonts.face import Face
from brieftex.layout.page import Line, PlacedLine
from brieftex.pdf.write.actual_text import SetRun, ShownLine, begins_han, show_line
from brieftex.pdf.write.font_in_use import FontInUse, SizedFonts

_MOST_SHAPES = 1024
"""Shapes of lines that are kept."""


class ShownLines:
    """How to show the lines of pages. A line that is no part of the text may stand on many of them,
    as running heads do, and is looked at once."""

    def __init__(self, fonts: Mapping[Face, FontInUse]) -> None:
        """``fonts`` has every face on the pages."""
        self._fonts = SizedFonts(fonts)
        self._known: dict[int, tuple[Line, ShownLine]] = {}
        self._shapes: dict[tuple[object, ...], ShownLine] = {}

    def shown(self, placed: PlacedLine) -> ShownLine:
        """How to show a line; its copies of glyphs are asked for, whether it is known or not."""
        line = placed.line
        if placed.artifact is None:
            return self._shown(line)
        if id(line) in self._known:
            _, known = self._known[id(line)]
            return _with_glyphs(known, line, known.codes) or known
        known = self._shown(line)
        self._known[id(line)] = line, known
        return known

    def _shown(self, line: Line) -> ShownLine:
        runs: list[SetRun] = []
        codes: list[bytes] = []
        shape: list[object] = []
        regular = True
        for run in line.runs:
            glyphs, texts = run.glyphs, run.texts
            if not glyphs:
                continue
            sized = self._fonts[run.face, run.size, run.stretch]
            font = sized.font
            of_each = itemgetter(*glyphs)
            try:
                kinds = of_each(font.kinds)
            except KeyError:
                _tell_apart(font, glyphs)
                kinds = of_each(font.kinds)
            if len(glyphs) > 1:
                plain = of_each(font.texts) == texts
                codes += of_each(font.codes)
            else:  # of one, ``itemgetter`` makes no tuple
                plain = of_each(font.texts) == texts[0]
                codes.append(of_each(font.codes))
            regular = regular and plain
            runs.append((run, sized, plain))
            shape += sized, run.xs, kinds
        key = tuple(shape)
        known = self._shapes.get(key) if regular else None
        if known is not None and (like := _with_glyphs(known, line, codes)):
            return like
        made = show_line(runs, codes)
        if all(run.plain and run.bridged is None for run in made.runs) and not made.single:
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            self._shapes[key] = made
        return made


def _tell_apart(font: FontInUse, glyphs: Sequence[int]) -> None:
    """Number the kinds of glyphs. Those of one kind leave the same gaps and take the same white."""
    for glyph in filterfalse(font.kinds.__contains__, glyphs):
        text = font.texts[glyph]
        kind = font.widths[glyph], not text, text.isspace(), begins_han(text)
        font.kinds[glyph] = font.numbers.setdefault(kind, len(font.numbers))


def _with_glyphs(known: ShownLine, line: Line, codes: list[bytes]) -> ShownLine | None:
    """A line of the shape of one that is ``known``; None where there is no copy of a glyph of it
    that has to have more white."""
    if known.whites:
        glyphs: Sequence[int] = line.runs[0].glyphs
        if len(line.runs) > 1:
            glyphs = [*chain.from_iterable([run.glyphs for run in line.runs])]
        for k, (shown, _, _) in known.whites.items():
            if not shown.font.font.spaceable(glyphs[k]):
                return None
        for k, (shown, before, after) in known.whites.items():
            codes[k] = shown.font.font.spaced(glyphs[k], before, after)[0]
    return ShownLine(
        known.runs, codes, known.xs, known.advances, known.rooms, known.spread, known.whites
    )
