"""Transforms (SVG 1.1, 7.6): x' = a x + c y + e, y' = b x + d y + f."""

from __future__ import annotations

from math import cos, hypot, radians, sin, sqrt, tan

from msgspec import Struct

from brieftex.patterns import late

_CALL = late(r"(\w+)\s*\(([^)]*)\)")
_BETWEEN = late(r"[\s,]*")
NUMBER = late(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


class Matrix(Struct, frozen=True):
    """A transform of the plane."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, inner: Matrix) -> Matrix:
        """The transform that applies ``inner`` first."""
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def scale(self) -> float:
        """How much longer lengths become, on average."""
        return sqrt(abs(self.a * self.d - self.b * self.c))

    @property
    def is_even(self) -> bool:
        """Whether shapes keep their proportions: turned, moved, scaled or mirrored only."""
        across, down = hypot(self.a, self.b), hypot(self.c, self.d)
        size = max(across, down)
        skew = abs(self.a * self.c + self.b * self.d)
        return abs(across - down) <= 1e-4 * size and skew <= 1e-4 * size * size

    @property
    def is_mirrored(self) -> bool:
        """Whether what turned clockwise turns the other way."""
        return self.a * self.d < self.b * self.c

    @property
    def direction(self) -> tuple[float, float]:
        """Cosine and sine of the angle, clockwise on the page, that the x axis is turned by."""
        length = hypot(self.a, self.b)
        return (self.a / length, self.b / length) if length else (1.0, 0.0)


def numbers(text: str) -> list[float]:
    """All numbers in a text."""
    return [float(match) for match in NUMBER.findall(text)]


def read_transform(text: str) -> Matrix | None:
    """The transform that an attribute describes; None when it cannot be understood."""
    result, at = Matrix(), 0
    while True:
        between = _BETWEEN.match(text, at)
        assert between is not None  # nothing matches, too
        if between.end() == len(text):
            return result
        match = _CALL.match(text, between.end())
        if match is None or between[0].count(",") > 1:
            return None
        if not _BETWEEN.fullmatch(NUMBER.sub("", match[2])):
            return None
        made = _single(match[1], numbers(match[2]))
        if made is None:
            return None
        result, at = result.then(made), match.end()


def _single(name: str, values: list[float]) -> Matrix | None:
    made: Matrix | None = None
    match name, len(values):
        case "matrix", 6:
            made = Matrix(*values)
        case "translate", 1 | 2:
            made = Matrix(e=values[0], f=values[1] if len(values) > 1 else 0.0)
        case "scale", 1 | 2:
            made = Matrix(a=values[0], d=values[-1])
        case "rotate", 1 | 3:
            x, y = values[1:] or (0.0, 0.0)
            s, c = sin(radians(values[0])), cos(radians(values[0]))
            made = Matrix(e=x, f=y).then(Matrix(c, s, -s, c)).then(Matrix(e=-x, f=-y))
        case "skewX", 1:
            made = Matrix(c=tan(radians(values[0])))
        case "skewY", 1:
            made = Matrix(b=tan(radians(values[0])))
    return made
