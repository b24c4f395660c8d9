"""Path data and basic shapes (SVG 1.1, 8.3 and 9) as moves, lines and Bézier curves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import acos, cos, hypot, pi, radians, sin, sqrt, tan

from brieftex.input.svg.matrix import NUMBER
from brieftex.patterns import late

RawStep = tuple[str, tuple[float, ...]]
"""As ``vector.Step``, in user units."""

_COUNTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_TOKEN = late(r"[MmLlHhVvCcSsQqTtAaZz]|" + NUMBER.pattern)
_KAPPA = 0.5522847498


def path_steps(data: str) -> list[RawStep]:
    """The steps of path data, up to the first error in it (SVG 1.1, F.2)."""
    pen = _Pen()
    for command, values in _commands(data):
        pen.draw(command, values)
    return pen.steps


def _commands(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each command with its values; one that is repeated without its letter, too."""
    tokens = _tokens(data)
    command, at = "", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        elif command in ("", "z", "Z"):
            return
        count = _COUNTS[command.lower()]
        values = tokens[at : at + count]
        if len(values) < count or any(value.isalpha() for value in values):
            return
        yield command, tuple(map(float, values))
        at += count
        command = {"m": "l", "M": "L"}.get(command, command)


def _tokens(data: str) -> list[str]:
    """Letters and numbers. The flags of an arc may be written without space: ``a1 1 0 01 2 3``."""
    tokens: list[str] = []
    place = 0  # of the next value in its command
    command = ""
    at = 0
    while at < len(data):
        if command in ("a", "A") and place % 7 in (3, 4):
            found = re.compile(r"[\s,]*([01])").match(data, at)
            if found is None:
                break  # an error
            tokens.append(found[1])
            place, at = place + 1, found.end()
            continue
        match = _TOKEN.search(data, at)
        if match is None:
            break
        if data[at : match.start()].strip(" \t\r\n\f,"):
            break  # an error
        tokens.append(match[0])
        if match[0].isalpha():
            command, place = match[0], 0
        else:
            place += 1
        at = match.end()
    return tokens


class _Pen:
    """Where the pen stands, where the sub-path began, and the last control point."""

    def __init__(self) -> None:
        self.steps: list[RawStep] = []
        self.x = self.y = self.first_x = self.first_y = 0.0
        self.control: tuple[str, float, float] = ("", 0.0, 0.0)

    def draw(self, command: str, values: tuple[float, ...]) -> None:
        kind = command.lower()
        relative = command.islower()
        dx, dy = (self.x, self.y) if relative else (0.0, 0.0)
        if kind == "z":
            self.steps.append(("h", ()))
            self.x, self.y = self.first_x, self.first_y
            self.control = ("", 0.0, 0.0)
        elif kind in ("m", "l"):
            self._straight(kind, values[0] + dx, values[1] + dy)
        elif kind == "h":
            self._straight("l", values[0] + dx, self.y)
        elif kind == "v":
            self._straight("l", self.x, values[0] + dy)
        elif kind == "a":
            self._arc(values[:5], values[5] + dx, values[6] + dy)
        else:
            points = [v + (dy if k % 2 else dx) for k, v in enumerate(values)]
            self._curve(kind, points)

    def _straight(self, kind: str, x: float, y: float) -> None:
        self.steps.append((kind, (x, y)))
        self.x, self.y = x, y
        if kind == "m":
            self.first_x, self.first_y = x, y
        self.control = ("", 0.0, 0.0)

    def _curve(self, kind: str, points: list[float]) -> None:
        cubic = kind in ("c", "s")
        if kind in ("s", "t"):
            sort, cx, cy = self.control
            near = sort == ("c" if cubic else "q")
            mirrored = (2 * self.x - cx, 2 * self.y - cy) if near else (self.x, self.y)
            points = [*mirrored, *points]
        x0, y0 = self.x, self.y
        if cubic:
            self.control = ("c", points[2], points[3])
        else:
            cx, cy, x, y = points
            self.control = ("q", cx, cy)
            points = [
                x0 + (cx - x0) * 2 / 3, y0 + (cy - y0) * 2 / 3,
                x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3, x, y,
            ]  # fmt: skip
        self.steps.append(("c", tuple(points)))
        self.x, self.y = points[-2], points[-1]

    def _arc(self, shape: tuple[float, ...], x: float, y: float) -> None:
        """An elliptical arc (SVG 1.1, F.6.5) in curves of at most a quarter."""
        start = (self.x, self.y)
        self._straight("l", x, y)
        rx, ry, turn, large, sweep = shape
        if not rx or not ry or start == (x, y):
            return
        self.steps.pop()
        found = _center(start, (x, y), (abs(rx), abs(ry), radians(turn)), large != sweep)
        (cx, cy), (rx, ry), first, angle = found
        if not sweep and angle > 0:
            angle -= 2 * pi
        elif sweep and angle < 0:
            angle += 2 * pi
        c, s = cos(radians(turn)), sin(radians(turn))
        count = max(1, int(abs(angle) / (pi / 2) + 0.999))
        step = angle / count
        reach = 4 / 3 * tan(step / 4)

        def on(u: float, v: float) -> tuple[float, float]:
            return cx + rx * u * c - ry * v * s, cy + rx * u * s + ry * v * c

        for k in range(count):
            a, b = first + k * step, first + (k + 1) * step
            end = on(cos(b), sin(b)) if k + 1 < count else (x, y)
            before = on(cos(a) - reach * sin(a), sin(a) + reach * cos(a))
            after = on(cos(b) + reach * sin(b), sin(b) - reach * cos(b))
            self.steps.append(("c", (*before, *after, *end)))


def _center(
    start: tuple[float, float],
    end: tuple[float, float],
    shape: tuple[float, float, float],
    positive: bool,
) -> tuple[tuple[float, float], tuple[float, float], float, float]:
    """Centre, radii, first angle and angle of an arc (SVG 1.1, F.6.5 and F.6.6)."""
    rx, ry, turn = shape
    c, s = cos(turn), sin(turn)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = c * half_x + s * half_y, -s * half_x + c * half_y
    short = (x / rx) ** 2 + (y / ry) ** 2
    if short > 1:
        rx, ry = rx * sqrt(short), ry * sqrt(short)
    below = (rx * y) ** 2 + (ry * x) ** 2
    root = sqrt(max(0.0, ((rx * ry) ** 2 - below) / below)) * (1 if positive else -1)
    u, v = root * rx * y / ry, -root * ry * x / rx
    cx = c * u - s * v + (start[0] + end[0]) / 2
    cy = s * u + c * v + (start[1] + end[1]) / 2
    first = _angle(1, 0, (x - u) / rx, (y - v) / ry)
    angle = _angle((x - u) / rx, (y - v) / ry, (-x - u) / rx, (-y - v) / ry)
    return (cx, cy), (rx, ry), first, angle


def _angle(ux: float, uy: float, vx: float, vy: float) -> float:
    size = hypot(ux, uy) * hypot(vx, vy)
    angle = acos(max(-1.0, min(1.0, (ux * vx + uy * vy) / size))) if size else 0.0
    return -angle if ux * vy - uy * vx < 0 else angle


def rounded(
    x: float, y: float, width: float, height: float, r: tuple[float, float]
) -> list[RawStep]:
    """A rectangle with corners of radii ``r``."""
    rx, ry = min(r[0], width / 2), min(r[1], height / 2)
    right, bottom = x + width, y + height
    if not rx or not ry:
        return [
            ("m", (x, y)), ("l", (right, y)), ("l", (right, bottom)), ("l", (x, bottom)), ("h", ()),
        ]  # fmt: skip
    h, v = rx * (1 - _KAPPA), ry * (1 - _KAPPA)
    return [
        ("m", (x + rx, y)), ("l", (right - rx, y)),
        ("c", (right - h, y, right, y + v, right, y + ry)), ("l", (right, bottom - ry)),
        ("c", (right, bottom - v, right - h, bottom, right - rx, bottom)),
        ("l", (x + rx, bottom)), ("c", (x + h, bottom, x, bottom - v, x, bottom - ry)),
        ("l", (x, y + ry)), ("c", (x, y + v, x + h, y, x + rx, y)), ("h", ()),
    ]  # fmt: skip


def ellipse_steps(x: float, y: float, rx: float, ry: float) -> list[RawStep]:
    """An ellipse around a point, from the right clockwise (SVG 1.1, 9.3 and 9.4)."""
    h, v = rx * _KAPPA, ry * _KAPPA
    return [
        ("m", (x + rx, y)),
        ("c", (x + rx, y + v, x + h, y + ry, x, y + ry)),
        ("c", (x - h, y + ry, x - rx, y + v, x - rx, y)),
        ("c", (x - rx, y - v, x - h, y - ry, x, y - ry)),
        ("c", (x + h, y - ry, x + rx, y - v, x + rx, y)),
        ("h", ()),
    ]
