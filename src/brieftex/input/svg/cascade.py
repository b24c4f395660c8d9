"""Which values hold for each element: attributes, style sheets and ``style`` become one.

In goes the tree of a file, out comes the same tree with attributes only, as SVG 1.1 knows
them: custom properties, ``light-dark()``, short forms, font sizes relative to others and the
colours of CSS 4 are resolved, so that neither reader behind this one needs to know of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from brieftex.input.svg.colors import read_color
from brieftex.input.svg.css import (
    Compound,
    Declarations,
    StyleRule,
    declarations,
    read_sheet,
    substituted,
)
from brieftex.input.svg.lengths import font_size, read_length, user_scale
from brieftex.input.svg.matrix import NUMBER, Matrix, read_transform
from brieftex.input.svg.tree import Element, SvgError
from brieftex.patterns import late

WORK_LIMIT = 4_000_000
"""Tries to match a rule to an element."""

INHERITED = {
    "fill": "black", "fill-opacity": "1", "fill-rule": "nonzero", "stroke": "none",
    "stroke-width": "1", "stroke-opacity": "1", "stroke-dasharray": "none",
    "stroke-dashoffset": "0", "stroke-linecap": "butt", "stroke-linejoin": "miter",
    "stroke-miterlimit": "4", "color": "black", "font-family": "", "font-size": "16",
    "font-weight": "normal", "font-style": "normal", "font-variant": "normal",
    "font-stretch": "normal", "text-anchor": "start", "dominant-baseline": "auto",
    "visibility": "visible", "clip-rule": "nonzero", "letter-spacing": "normal",
    "word-spacing": "normal", "writing-mode": "lr-tb", "direction": "ltr",
    "marker-start": "none", "marker-mid": "none", "marker-end": "none", "paint-order": "normal",
    "color-interpolation-filters": "linearRGB", "shape-rendering": "auto",
    "text-rendering": "auto", "image-rendering": "auto", "font-kerning": "auto",
}  # fmt: skip
"""Properties that pass to what is inside, and their first values."""

_OWN = frozenset((
    "opacity", "display", "clip-path", "mask", "filter", "stop-color", "stop-opacity",
    "alignment-baseline", "baseline-shift", "text-decoration", "transform", "transform-origin",
    "mix-blend-mode", "isolation", "overflow", "flood-color", "flood-opacity", "lighting-color",
    "enable-background", "unicode-bidi", "vector-effect", "mask-type",
))  # fmt: skip
# As attributes these mean nothing.
_PRESENTED = _OWN - {"mix-blend-mode", "isolation"}
_GEOMETRY = frozenset(("x", "y", "cx", "cy", "r", "rx", "ry", "width", "height"))
_SIZED = frozenset(("rect", "circle", "ellipse", "image", "svg", "foreignObject"))
_COLORS = frozenset(("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color"))
_NUMBERS = frozenset((
    "stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit",
))  # fmt: skip
_NUMERIC = late(rf"(?:{NUMBER.pattern})(?:[a-zA-Z]+|%)?\Z|calc\(")
_SHARES = frozenset((
    "opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "flood-opacity",
))  # fmt: skip

# What a browser would do and nothing here does.
_NOT_DONE = {
    "rotate": "变换 rotate", "scale": "变换 scale", "translate": "变换 translate",
    "offset-path": "offset-path", "inline-size": "自动换行的文字", "shape-inside": "自动换行的文字",
    "text-transform": "大小写变换 text-transform",
}  # fmt: skip
_SHORT = frozenset(("font", "marker", "background", "background-color"))
_UNSET = ("none", "initial", "auto", "normal", "0", "unset", "view-box", "inherit", "revert")

_FONT_LIMIT = 500  # characters
_FONT = late(
    r"(?P<before>.*?)(?P<size>(?:\d+\.?\d*|\.\d+)(?:px|pt|em|rem|%|mm|cm|in|pc))(?:\s*/\s*\S+)?"
    r"\s+(?P<family>.+)", re.DOTALL,
)  # fmt: skip
_LATER_COLOR = late(r"(?:oklch|oklab|lch|lab|color|color-mix|hwb|device-cmyk)\(")


class Resolved(Struct):
    """A tree of attributes only; ``odd`` names what could not be resolved and its line;
    ``background`` is the colour behind it all."""

    root: Element
    odd: dict[str, int] = field(default_factory=dict)
    background: str | None = None


class _Around(Struct, frozen=True):
    """What an element gets from those around it."""

    values: Mapping[str, str]
    customs: Mapping[str, str]
    own: Mapping[str, str]
    matrix: Matrix


def resolve_styles(root: Element) -> Resolved:
    """Resolve all styles of a tree, which is changed. Raises SvgError."""
    cascade = _Cascade(Resolved(root))
    cascade.gather(root)
    cascade.index()
    scale = user_scale(root.attributes)
    around = _Around(INHERITED, {}, {}, Matrix(a=scale, d=scale))
    cascade.apply(root, frozenset({"root", "first-child", "last-child"}), [], around)
    return cascade.made


_Placed = tuple[Element, frozenset[str]]
"""An element and the pseudo-classes that it is in."""


class _Cascade:
    def __init__(self, made: Resolved) -> None:
        self.made = made
        self.rules: list[StyleRule] = []
        self.by_key: dict[str, list[int]] = {}
        self.work = 0

    def note(self, what: str, line: int) -> None:
        self.made.odd.setdefault(what, line)

    def gather(self, element: Element) -> None:
        """Read the style sheets of the tree."""
        for child in element.elements():
            if child.name != "style":
                self.gather(child)
            elif child.attributes.get("type", "text/css").strip().lower() in ("text/css", ""):
                rules, odd = read_sheet(child.text())
                self.rules += rules
                for what in odd:
                    self.note(what, child.line)

    def index(self) -> None:
        """Know the rules by what the element that they hold for must be called."""
        order = sorted(range(len(self.rules)), key=lambda k: (self.rules[k].selector.weight, k))
        self.rules = [self.rules[k] for k in order]
        for k, rule in enumerate(self.rules):
            compound = rule.selector.compounds[0][1]
            key = next(
                (f"#{name}" for name in sorted(compound.ids)),
                next((f".{name}" for name in sorted(compound.classes)), compound.name or "*"),
            )
            self.by_key.setdefault(key, []).append(k)

    def apply(
        self, element: Element, states: frozenset[str], above: list[_Placed], around: _Around
    ) -> None:
        """Resolve an element and all in it; ``states`` are the pseudo-classes that it is in."""
        found = self._declared((element, states), above)
        customs = around.customs
        own_customs = {name: value for name, value in found if name.startswith("--")}
        if own_customs:
            customs = {**customs, **own_customs}
        own: dict[str, str] = {}
        for name, value in found:
            if not name.startswith("--"):
                self._set(own, name, substituted(value, customs), element)
        self._inherit(own, around, element)
        values = {**around.values, **{k: v for k, v in own.items() if k in INHERITED}}
        matrix = around.matrix.then(read_transform(own.get("transform", "")) or Matrix())
        if own.pop("vector-effect", "none") == "non-scaling-stroke":
            self._keep_width(own, values, matrix, element)
        if own.pop("transform-box", None) and "transform" in own:
            self.note("变换的原点 transform-box", element.line)
        original = Element(element.name, element.attributes, element.line)
        kept = {
            name: value
            for name, value in element.attributes.items()
            if name not in INHERITED and name not in _OWN and name not in ("style", "class")
        }
        element.attributes = {**kept, **own}
        inner = _Around(values, customs, own, matrix)
        children = element.elements()
        above.append((original, states))
        for k, child in enumerate(children):
            ends = {"first-child": k == 0, "last-child": k == len(children) - 1}
            held = frozenset(name for name, holds in ends.items() if holds)
            self.apply(child, held, above, inner)
        above.pop()

    def _declared(self, placed: _Placed, above: list[_Placed]) -> list[tuple[str, str]]:
        """All that is declared for an element, the stronger last."""
        element, _ = placed
        got = element.attributes
        found = [(k, v.strip()) for k, v in got.items() if k in INHERITED or k in _PRESENTED]
        important: list[tuple[str, str]] = []

        def add(body: Declarations) -> None:
            found.extend((name, value) for name, (value, strong) in body.items() if not strong)
            important.extend((name, value) for name, (value, strong) in body.items() if strong)

        if self.rules:
            for k in self._candidates(element):
                if self._matches(self.rules[k], placed, above):
                    add(self.rules[k].body)
        if "style" in got:
            add(declarations(got["style"]))
        return found + important

    def _candidates(self, element: Element) -> list[int]:
        keys = ["*", _local(element.name), f"#{element.attributes.get('id', '')}"]
        keys += {f".{name}" for name in element.attributes.get("class", "").split()}
        return sorted(k for key in keys for k in self.by_key.get(key, ()))

    def _matches(self, rule: StyleRule, placed: _Placed, above: list[_Placed]) -> bool:
        compounds = rule.selector.compounds
        self._tick(placed[0])
        if not _is(compounds[0][1], *placed):
            return False
        # Ancestors from near to far, as near as possible each: only a parent that is asked for
        # by > can make that choice wrong, so those are tried again further out.
        return self._outward(compounds, 1, above, len(above))

    def _outward(
        self, compounds: tuple[tuple[str, Compound], ...], at: int, above: list[_Placed], depth: int
    ) -> bool:
        """Whether the compounds from ``at`` on hold for some of the first ``depth`` ancestors."""
        if at == len(compounds):
            return True
        way, compound = compounds[at]
        while depth:
            depth -= 1
            self._tick(above[depth][0])
            if _is(compound, *above[depth]) and self._outward(compounds, at + 1, above, depth):
                return True
            if way == ">":
                return False
        return False

    def _tick(self, element: Element) -> None:
        self.work += 1
        if self.work > WORK_LIMIT:
            raise SvgError(element.line, "样式规则太多", "too many style rules")

    def _set(self, own: dict[str, str], name: str, value: str | None, element: Element) -> None:
        """Note a value that holds; one that a browser would not understand does not."""
        if value is None:
            return
        low = value.lower()
        if element.name.startswith("html:"):
            own[name] = value
        elif name in _SHORT:
            self._short(own, name, value, element)
        elif low in ("initial", "revert", "revert-layer", "unset"):
            own.pop(name, None)
            if low == "initial" and name in INHERITED:
                own[name] = INHERITED[name]
        elif name in INHERITED or name in _OWN:
            checked = self._checked(name, value, element)
            if checked is not None:
                own[name] = checked
        else:
            self._set_other(own, name, value, element)

    def _set_other(self, own: dict[str, str], name: str, value: str, element: Element) -> None:
        """What SVG 1.1 says in attributes, and what nobody here does."""
        low = value.lower()
        if name in _NOT_DONE:
            if low not in _UNSET:
                self.note(_NOT_DONE[name], element.line)
        elif name == "white-space":
            if low in ("pre", "pre-wrap", "break-spaces"):
                element.attributes["xml:space"] = "preserve"
        elif name == "transform-box":
            if low not in _UNSET:
                own[name] = low
        elif name in _GEOMETRY and element.name in _SIZED and low != "auto":
            element.attributes[name] = value
        elif name == "d" and element.name == "path":
            match = re.fullmatch(r"path\(\s*([\"'])(.*)\1\s*\)", value, re.DOTALL)
            if match:
                element.attributes["d"] = match[2]

    def _short(self, own: dict[str, str], name: str, value: str, element: Element) -> None:
        if name == "marker":
            own |= {f"marker-{place}": value for place in ("start", "mid", "end")}
        elif name == "font":
            # Longer ones are none, and would take the square of their length.
            match = _FONT.fullmatch(value.strip()) if len(value) <= _FONT_LIMIT else None
            if match:
                before = match["before"].lower()
                weight = re.search(r"bold|[1-9]00", before)
                own["font-size"], own["font-family"] = match["size"], match["family"]
                own["font-weight"] = weight[0] if weight else "normal"
                own["font-style"] = "italic" if re.search("italic|oblique", before) else "normal"
        elif element is self.made.root and value.lower() not in ("none", "transparent", "initial"):
            color = read_color(value.split("url(", maxsplit=1)[0])
            if color is None:
                self.note("背景 background", element.line)
            else:
                self.made.background = _written(color)

    def _checked(self, name: str, value: str, element: Element) -> str | None:
        """A value as SVG 1.1 writes it; None if it is not valid."""
        if name == "transform":
            return self._transform(value, element)
        if name in _SHARES and value.endswith("%"):
            number = NUMBER.match(value)
            return f"{float(number[0]) / 100:g}" if number else None
        if name in _NUMBERS and value not in ("none", "inherit"):
            parts = value.replace(",", " ").split()
            return value if parts and all(map(_NUMERIC.match, parts)) else None
        return self._color(value, element) if name in _COLORS else value

    def _color(self, value: str, element: Element) -> str | None:
        low = value.lower()
        if low in ("none", "inherit", "currentcolor", "context-fill", "context-stroke"):
            return "currentColor" if low == "currentcolor" else low
        color = read_color(value)
        if color is not None:
            return _written(color)
        if _LATER_COLOR.match(low):
            self.note(f"颜色 {value[:20]}", element.line)
        return value if low.startswith("url(") else None

    def _transform(self, value: str, element: Element) -> str | None:
        """A transform of CSS as the attribute writes it."""
        if value == "none":
            return None
        text = re.sub(r"(?<=[\d.])(?:px|deg)\b", "", value)
        text = re.sub(r"\btranslateX\(", "translate(", text)
        text = re.sub(r"\btranslateY\(", "translate(0,", text)
        text = re.sub(r"\bscaleX\(([^)]*)\)", r"scale(\1,1)", text)
        text = re.sub(r"\bscaleY\(", "scale(1,", text)
        if read_transform(text) is None:
            self.note("变换 transform", element.line)
            return None
        return text

    def _inherit(self, own: dict[str, str], around: _Around, element: Element) -> None:
        for name in [name for name, value in own.items() if value == "inherit"]:
            del own[name]
            if name not in INHERITED and name in around.own:
                own[name] = around.own[name]
        if "font-size" in own and not element.name.startswith("html:"):
            size = font_size(own["font-size"], float(around.values["font-size"]))
            if size is None:
                del own["font-size"]
            else:
                own["font-size"] = f"{size:.6g}"

    def _keep_width(
        self, own: dict[str, str], values: Mapping[str, str], matrix: Matrix, element: Element
    ) -> None:
        """A stroke as thick as if nothing were scaled."""
        scale = matrix.scale
        if abs(scale - 1) < 1e-6:
            return
        width = read_length(values["stroke-width"])
        if not matrix.is_even or width is None or scale <= 0:
            self.note("不随图形缩放的线宽 vector-effect", element.line)
            return
        own["stroke-width"] = f"{width / scale:.6g}"


def _written(color: tuple[float, float, float, float]) -> str:
    red, green, blue, alpha = color
    text = f"#{round(red):02x}{round(green):02x}{round(blue):02x}"
    if alpha >= 0.9995:
        return text
    return f"rgba({round(red)},{round(green)},{round(blue)},{max(alpha, 0):.4g})"


def _is(compound: Compound, element: Element, states: frozenset[str]) -> bool:
    got = element.attributes
    return (
        (compound.name is None or _local(element.name) == compound.name)
        and compound.states <= states
        and (not compound.ids or compound.ids <= {got.get("id")})
        and (not compound.classes or compound.classes <= set(got.get("class", "").split()))
        and all(_passes(test, got) for test in compound.tests)
        and not any(_is(other, element, states) for other in compound.but)
    )


def _local(name: str) -> str:
    return name.removeprefix("html:")


def _passes(test: tuple[str, str, str], got: Mapping[str, str]) -> bool:
    key, how, wanted = test
    value = got.get(key.rpartition(":")[2] if key.startswith("xlink") else key)
    if value is None:
        return False
    return {
        "": True,
        "=": value == wanted,
        "~=": wanted in value.split(),
        "|=": value == wanted or value.startswith(f"{wanted}-"),
        "^=": bool(wanted) and value.startswith(wanted),
        "$=": bool(wanted) and value.endswith(wanted),
        "*=": bool(wanted) and wanted in value,
    }[how]
