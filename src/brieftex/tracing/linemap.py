"""Where each line of an issue stands and what its ink looks like: what scans are held against.

In: the pages as they are without any line moved. Out: a value, and its bytes for the ledger. The
ink of a line is kept in parts of a few characters, as the share of black in strips of half a point,
worked out from the outlines of the glyphs: a scan is read without the issue, its fonts or the
version of brieftex that it was set with.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from math import floor
from typing import TypeAlias

import msgspec
from msgspec import Struct

from brieftex.fonts.face import Face
from brieftex.layout.page import GlyphRun, Page, PlacedLine
from brieftex.tracing.shifts import TextRow
from brieftex.units import to_pt

STRIP = 0.5
"""The height of a strip, pt."""

_PART = 4.5  # ems of a line that make a part
_UP, _DOWN = 1.0, 0.3  # ems above and below the baseline that are looked at
_FULL = 255
_TIMES = 0.25, 0.5, 0.75, 1.0  # of a curve: its points that edges lead to
_LEAST_PART = 1.5  # ems: what is narrower tells nothing


class InkPart(Struct, frozen=True, array_like=True):
    """A few characters from ``left`` to ``right``, pt: the share of ink, of 255, in each strip."""

    left: float
    right: float
    ink: bytes


class MapRow(Struct, frozen=True, array_like=True):
    """A row of text, its baseline ``y`` pt below the top of the page and its first strip at
    ``top``; ``sign`` as in ``TextRow``."""

    y: float
    top: float
    sign: int
    parts: tuple[InkPart, ...]


class MapPage(Struct, frozen=True, array_like=True):
    """The rows of a page of this size, pt."""

    width: float
    height: float
    rows: tuple[MapRow, ...]


class LineMap(Struct, frozen=True):
    """An issue of which copies were made whose lines are moved. ``seed`` is what their words are
    drawn from, ``signs`` how many there are, ``leading`` that of the body, pt."""

    issue: str
    edition: str
    seed: str
    signs: int
    leading: float
    pages: tuple[MapPage, ...]


class UnknownMapError(Exception):
    """These bytes are no map."""


def packed_map(made: LineMap) -> bytes:
    """A map as bytes, the same each time."""
    return zlib.compress(msgspec.msgpack.encode(made), 9)


def map_digest(data: bytes) -> str:
    """What rows of the ledger name a map by."""
    return sha256(data).hexdigest()


def unpacked_map(data: bytes) -> LineMap:
    """The map of these bytes. Raises UnknownMapError."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(data), type=LineMap)
    except (zlib.error, msgspec.DecodeError) as error:
        raise UnknownMapError from error


GlyphInks: TypeAlias = dict[tuple[Face, int, int, int], tuple[int, tuple[float, ...]]]
"""The areas of a glyph's ink, pt², in strips, and how many strips the first is below the baseline:
by face, glyph, size and stretch. Kept by whoever makes several maps."""


def map_pages(
    pages: Sequence[Page], rows: Sequence[Sequence[TextRow]], inks: GlyphInks
) -> tuple[MapPage, ...]:
    """The pages of a map."""
    return tuple(
        MapPage(
            to_pt(page.trim.width),
            to_pt(page.trim.height),
            tuple(made for row in own if (made := _row(page, row, inks)) is not None),
        )
        for page, own in zip(pages, rows, strict=True)
    )


def _row(page: Page, row: TextRow, inks: GlyphInks) -> MapRow | None:
    lines = [item for k in row.items if isinstance(item := page.items[k], PlacedLine)]
    size = max(to_pt(run.size) for item in lines for run in item.line.runs)
    top = -round(_UP * size / STRIP)
    count = round(_DOWN * size / STRIP) - top
    parts = [part for item in lines for part in _parts(item, size, top, count, inks)]
    if not parts:
        return None
    y = to_pt(row.y)
    return MapRow(round(y, 3), round(y + top * STRIP, 3), row.sign, tuple(parts))


def _parts(
    item: PlacedLine, size: float, top: int, count: int, inks: GlyphInks
) -> Iterator[InkPart]:
    """The parts of a line, cut between glyphs."""
    glyphs = sorted(
        ((at, run, glyph) for run in item.line.runs
         for at, glyph in zip(run.xs, run.glyphs, strict=True)),
        key=lambda found: found[0],
    )  # fmt: skip
    if not glyphs:
        return
    left, end = to_pt(item.x), to_pt(item.x + item.line.width)
    pieces = max(1, round(to_pt(item.line.width) / (_PART * size)))
    bounds = [to_pt(item.x) + to_pt(item.line.width) * k / pieces for k in range(1, pieces)]
    areas = [0.0] * count
    for at, run, glyph in glyphs:
        x = to_pt(item.x + at)
        if bounds and x >= bounds[0] - size / 2:
            del bounds[0]
            yield from _part(left, x, areas, size)
            left, areas = x, [0.0] * count
        key = run.face, glyph, run.size, run.stretch
        if key not in inks:
            inks[key] = _ink(run, glyph)
        first, strips = inks[key]
        first += -top - round(to_pt(run.rise) / STRIP)
        for k, area in enumerate(strips, first):
            if 0 <= k < count:
                areas[k] += area
    yield from _part(left, end, areas, size)


def _part(left: float, right: float, areas: list[float], size: float) -> Iterator[InkPart]:
    if right - left >= _LEAST_PART * size and any(areas):
        full = (right - left) * STRIP
        ink = bytes(min(_FULL, round(_FULL * area / full)) for area in areas)
        yield InkPart(round(left, 2), round(right, 2), ink)


def _ink(run: GlyphRun, glyph: int) -> tuple[int, tuple[float, ...]]:
    """The ink of a glyph in strips from above: the area between its contours is the sum of x dy
    along them, strip by strip (Green's theorem)."""
    scale = to_pt(run.size) / run.face.upem
    strips: dict[int, float] = {}
    for contour in _contours(run.face, glyph):
        downs = [(x, -y * scale / STRIP) for x, y in contour]
        for (x0, ya), (x1, yb) in pairwise(downs):
            if ya == yb:
                continue
            low, high, sign = (ya, yb, 1) if yb > ya else (yb, ya, -1)
            slope = (x1 - x0) / (yb - ya)
            at, k = low, floor(low)
            while at < high:
                end = min(k + 1, high)
                x = x0 + slope * ((at + end) / 2 - ya)
                strips[k] = strips.get(k, 0.0) + sign * (end - at) * x
                at = k = k + 1
    if not strips:
        return 0, ()
    first, last = min(strips), max(strips)
    scale *= STRIP * run.stretch / 1000
    turn = -1 if sum(strips.values()) < 0 else 1
    return first, tuple(turn * strips.get(k, 0.0) * scale for k in range(first, last + 1))


def _contours(face: Face, glyph: int) -> Iterator[list[tuple[float, float]]]:
    """The contours of a glyph as the corners of straight edges."""
    corners: list[tuple[float, float]] = []
    for kind, points in face.outline(glyph):
        if kind == "M":
            yield corners
            corners = [(points[0], points[1])]
        elif kind == "Z":
            corners.append(corners[0])
        elif kind == "L":
            corners.append((points[0], points[1]))
        elif len(points) == 6:
            corners += _on_cubic(corners[-1], points)
        else:
            corners += _on_parabola(corners[-1], points)
    yield corners


def _on_cubic(start: tuple[float, float], points: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Points of a curve, the last of which ends it (de Casteljau)."""
    (ax, ay), (bx, by, cx, cy, dx, dy) = start, points
    for t in _TIMES:
        x, y = bx + (cx - bx) * t, by + (cy - by) * t
        x0, y0 = ax + (bx - ax) * t, ay + (by - ay) * t
        x1, y1 = cx + (dx - cx) * t, cy + (dy - cy) * t
        x0, y0 = x0 + (x - x0) * t, y0 + (y - y0) * t
        x1, y1 = x + (x1 - x) * t, y + (y1 - y) * t
        yield x0 + (x1 - x0) * t, y0 + (y1 - y0) * t


def _on_parabola(
    start: tuple[float, float], points: Sequence[float]
) -> Iterator[tuple[float, float]]:
    """The same of a curve with one control point."""
    (ax, ay), (bx, by, cx, cy) = start, points
    for t in _TIMES:
        x0, y0 = ax + (bx - ax) * t, ay + (by - ay) * t
        x1, y1 = bx + (cx - bx) * t, by + (cy - by) * t
        yield x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
