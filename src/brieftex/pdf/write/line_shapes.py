"""Lines of one shape, of which the first is looked at to know how all of them are shown.

The shape of a line is where its glyphs stand, in which styles, and of which kinds they are: what
``actual_text`` finds out depends on nothing else, as long as ToUnicode gives the text of each
glyph. Nine in ten lines of a volume of plain text have the shape of an earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

from brieftex.fonts.face import Face
from brieftex.layout.page import Line
from brieftex.pdf.write.actual_text import SetRun, ShownLine, show_line
from brieftex.pdf.write.font_in_use import FontInUse, RunStyle

_MOST_SHAPES = 1024
"""Shapes of lines that are kept."""


class ShownLines:
    """How to show the lines of pages."""

    def __init__(self, fonts: Mapping[Face, FontInUse]) -> None:
        """``fonts`` has every face on the pages."""
        self._fonts = fonts
        self._styles: dict[tuple[object, ...], RunStyle] = {}
        self._shapes: dict[tuple[object, ...], ShownLine] = {}

    def shown(self, line: Line) -> tuple[ShownLine, list[bytes]]:
        """How to show a line, and the codes of its glyphs. Copies of them are asked for, whether
        the shape is known or not."""
        runs: list[SetRun] = []
        codes: list[bytes] = []
        shape: list[object] = []
        regular = True
        for run in line.runs:
            glyphs, texts = run.glyphs, run.texts
            if not glyphs:
                continue
            look = run.face, run.size, run.stretch, run.color, run.rise, run.stroke
            style = self._styles.get(look)
            if style is None:
                style = self._styles[look] = RunStyle(self._fonts[run.face], run)
            font = style.font
            of_each = itemgetter(*glyphs)
            if len(glyphs) > 1:
                kinds = of_each(style.kinds)
                plain = of_each(font.texts) == texts
                codes += of_each(font.codes)
            else:  # of one it makes no tuple
                kinds = (of_each(style.kinds),)
                plain = of_each(font.texts) == texts[0]
                codes.append(of_each(font.codes))
            regular = regular and plain
            runs.append((run, style, plain, kinds))
            shape += style, run.xs, kinds
        key = tuple(shape)
        known = self._shapes.get(key) if regular else None
        if known is not None and _with_whites(known, runs, codes):
            known.again = True
            return known, codes
        made = show_line(runs, codes)
        if not made.single:
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            self._shapes[key] = made
        return made, codes


def _with_whites(known: ShownLine, runs: Sequence[SetRun], codes: list[bytes]) -> bool:
    """Put copies in the place of glyphs that are to have more white, as in the ``known`` line of
    that shape. False, and nothing is done, where there is no copy of one of them."""
    copies = [
        (k, shown.style.font, runs[shown.number][0].glyphs[k - shown.start], before, after)
        for k, (shown, before, after) in known.whites.items()
    ]
    for _, font, glyph, _, _ in copies:
        if not font.spaceable(glyph):
            return False
    for k, font, glyph, before, after in copies:
        codes[k] = font.spaced(glyph, before, after)[0]
    return True
