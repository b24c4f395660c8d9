"""Pages as the browser draws them: JSON, made of the same values as the PDF.

A page is its size and its items; a line is the outlines of its glyphs, by number, each at its
own place. Outlines are SVG path data in font units, relative to the glyph's origin, and go to
the browser once. Lengths are points, y downwards; a glyph stands within a tenth of a font
unit of where the layout put it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from typing import TypeAlias

from brieftex.fonts.face import Face, Stroke
from brieftex.layout.dump import line_text
from brieftex.layout.look import looks_of
from brieftex.layout.page import (
    Dots,
    GlyphRun,
    Line,
    Page,
    PlacedLine,
    PlacedPath,
    PlacedPicture,
    PlacedRule,
)
from brieftex.memory import KeepingMemo
from brieftex.picture import on_its_side
from brieftex.units import SP_PER_PT, Rect, Sp
from brieftex.vector import SOLID, Outline

# What an item is; whether a line goes on with the text of the line before, or stands aside:
# a running head, a reading, a turned word in a drawing.
RULE, PICTURE, PATH, LINE, NEXT_LINE, ASIDE = range(6)


NamedPicture: TypeAlias = tuple[str, tuple[int, ...]]
"""The name of a picture and how it is turned."""

NamePicture: TypeAlias = Callable[[PlacedPicture], NamedPicture]


class PageEncoder:
    """Draws pages. Remembers lines, which keep their look when they move, and outlines."""

    def __init__(self) -> None:
        """Nothing is drawn yet."""
        self.outlines: dict[str, str] = {}
        """Path data by face and glyph: ``2.118``."""
        self._faces: dict[Face, int] = {}
        self._memo = KeepingMemo()

    def begin(self) -> None:
        """Begin the pages of another setting; what the last one had no use for goes."""
        self._memo.begin()

    def pages(self, pages: Sequence[Page], picture: NamePicture) -> list[tuple[str, str]]:
        """For each page the name by which it is known again, and its JSON; ``picture`` gives the
        name and the turn of a picture."""
        drawn: list[tuple[str, str]] = []
        recall = self._memo.recall
        for page, look in zip(pages, looks_of(pages, self._memo), strict=True):
            named = tuple([picture(i) for i in page.items if isinstance(i, PlacedPicture)])
            make = partial(self._named, page, iter(named).__next__)
            kinds = recall(("kinds", id(page)), partial(_kinds, page))  # the look keeps the page
            drawn.append(recall((look, kinds, named), make))
        return drawn

    def _named(self, page: Page, picture: Callable[[], NamedPicture]) -> tuple[str, str]:
        drawn = self.page(page, lambda _: picture())
        return page_digest(drawn), drawn

    def page(self, page: Page, picture: NamePicture) -> str:
        """The JSON of ``page``; ``picture`` gives the name and the turn of a picture."""
        items: list[str] = []
        kinds = iter(_kinds(page))
        for item in page.items:
            if isinstance(item, PlacedLine):
                at = f"{_pt(item.x)},{_pt(item.y)}"
                turn = f",{[n / 1_000_000 for n in item.turn]}" if item.turn else ""
                if item.line.above is not None:
                    items.append(f"[{ASIDE},{at},{self._line(item.line.above)}{turn}]")
                items.append(f"[{next(kinds)},{at},{self._line(item.line)}{turn}]")
            elif isinstance(item, PlacedRule):
                items.append(f'[{RULE},{_rect(item.rect)},"{item.color}"]')
            elif isinstance(item, PlacedPicture):
                name, upright = picture(item)
                upright = on_its_side(upright) if item.turned else upright
                items.append(f'[{PICTURE},{_rect(item.rect)},"{name}",{json.dumps(upright)}]')
            elif isinstance(item, PlacedPath):
                items.append(_path(item))
        width, height = _pt(page.trim.width), _pt(page.trim.height)
        # As it is seen: what lies across a page is turned upright.
        size = f'[{height},{width}],"turned":true' if page.turned else f"[{width},{height}]"
        return f'{{"size":{size},"items":[{",".join(items)}]}}'

    def _line(self, line: Line) -> str:
        """Width, size, text, glyph runs and dots."""
        looks = [
            (run.face, run.size, run.color, run.rise, run.stretch, run.stroke) for run in line.runs
        ]
        glyphs = [(run.glyphs, run.xs, run.texts) for run in line.runs]
        key = line.width, line.dots, tuple(looks), tuple(glyphs)
        return self._memo.recall(key, partial(self._set_line, line))

    def _set_line(self, line: Line) -> str:
        runs = ",".join([self._run(run) for run in line.runs if run.glyphs])
        text = json.dumps(line_text(line), ensure_ascii=False)
        size = max((run.size for run in line.runs), default=0)
        dots = ",".join([_dots(dots) for dots in line.dots])
        return f"{_pt(line.width)},{_pt(size)},{text},[{runs}],[{dots}]"

    def _run(self, run: GlyphRun) -> str:
        """Colour, rise, how much a font unit is across and up, glyphs, their places in tenths
        of a font unit, the width of the pen around them."""
        face = self._faces.setdefault(run.face, len(self._faces))
        glyphs = [f"{face}.{gid}" for gid in run.glyphs]
        for name, gid in zip(glyphs, run.glyphs, strict=True):
            if name not in self.outlines:
                self.outlines[name] = path_data(run.face.outline(gid))
        unit = run.face.upem
        across = run.size * run.stretch
        places = [(20_000 * x * unit + across) // (2 * across) for x in run.xs]
        up = run.size / unit / SP_PER_PT
        names = '","'.join(glyphs)
        return (
            f'["{run.color}",{_pt(run.rise)},{up * run.stretch / 1000:.9f},{up:.9f},'
            f'["{names}"],{places},{_pt(run.stroke)}]'.replace(" ", "")
        )


def page_digest(page: str) -> str:
    """The name by which a drawn page is known again."""
    return blake2b(page.encode(), digest_size=8).hexdigest()


def path_data(strokes: tuple[Stroke, ...]) -> str:
    """SVG path data, every number relative, so that outlines can be put one behind another."""
    parts: list[str] = []
    x = y = start_x = start_y = 0.0
    for letter, points in strokes:
        if letter == "Z":
            parts.append("z")
            x, y = start_x, start_y
            continue
        numbers = [_number(value - (y if k % 2 else x)) for k, value in enumerate(points)]
        parts.append(letter.lower() + " ".join(numbers).replace(" -", "-"))
        x, y = points[-2:]
        if letter == "M":
            start_x, start_y = x, y
    return "".join(parts)


def _kinds(page: Page) -> tuple[int, ...]:
    """What each line of a page is to the one before it."""
    lines = [item for item in page.items if isinstance(item, PlacedLine)]
    above = (None, *(item.line for item in lines))
    return tuple(map(_kind, lines, above))


def _kind(item: PlacedLine, before: Line | None) -> int:
    if item.artifact is not None or item.turn is not None:
        return ASIDE
    line = item.line
    goes_on = before is not None and before.text is line.text and before.end == line.start
    return NEXT_LINE if goes_on else LINE


def _dots(dots: Dots) -> str:
    """Colour, radius, how far below the baseline, places."""
    xs = ",".join(map(_pt, dots.xs))
    return f'["{dots.color}",{_pt(dots.diameter // 2)},{_pt(dots.drop)},[{xs}]]'


def _path(item: PlacedPath) -> str:
    """Path data, fill, stroke, its width, dashes, cap and join, fill rule; miter limit, where
    dashes begin, opacity of fill and stroke; path data of what it is clipped to."""
    paint = item.paint
    values = (
        PATH,
        _steps(item.outline, item),
        str(paint.fill) if paint.fill else "none",
        str(paint.stroke) if paint.stroke else "none",
        paint.width / SP_PER_PT,
        [length / SP_PER_PT for length in paint.dash],
        paint.cap,
        paint.join,
        "evenodd" if paint.even_odd else "nonzero",
        [
            paint.miter / SOLID,
            paint.phase / SP_PER_PT,
            paint.fill_opacity / SOLID,
            paint.stroke_opacity / SOLID,
        ],
        [_steps(clip, item) for clip in item.clips],
    )
    return json.dumps(values, separators=(",", ":"))


def _steps(outline: Outline, item: PlacedPath) -> str:
    parts: list[str] = []
    for operator, points in outline:
        at = [_pt((item.y if k % 2 else item.x) + value) for k, value in enumerate(points)]
        parts.append("Z" if operator == "h" else operator.upper() + " ".join(at))
    return "".join(parts)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _pt(length: Sp) -> str:
    return f"{length / SP_PER_PT:.4f}".rstrip("0").rstrip(".")


def _rect(rect: Rect) -> str:
    return ",".join(map(_pt, (rect.x, rect.y, rect.width, rect.height)))
