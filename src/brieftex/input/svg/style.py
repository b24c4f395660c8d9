"""What elements look like: attributes, ``style`` and simple style sheets, inherited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from brieftex.input.svg.tree import Element

INHERITED = {
    "fill": "black", "fill-opacity": "1", "fill-rule": "nonzero", "stroke": "none",
    "stroke-width": "1", "stroke-opacity": "1", "stroke-dasharray": "none",
    "stroke-dashoffset": "0", "stroke-linecap": "butt", "stroke-linejoin": "miter",
    "stroke-miterlimit": "4", "color": "black", "font-family": "", "font-size": "16px",
    "font-weight": "normal", "font-style": "normal", "text-anchor": "start",
    "dominant-baseline": "auto", "visibility": "visible", "clip-rule": "nonzero",
    "letter-spacing": "normal", "writing-mode": "lr-tb", "marker-start": "none",
    "marker-mid": "none", "marker-end": "none",
}  # fmt: skip
"""Properties that pass to what is inside, and their first values."""

_OWN = (
    "opacity", "display", "clip-path", "mask", "filter", "stop-color", "stop-opacity",
    "alignment-baseline", "baseline-shift", "text-decoration", "transform", "mix-blend-mode",
)  # fmt: skip

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(\*|[A-Za-z][\w-]*)?((?:[.#][\w-]+)*)")
_AT_RULE = re.compile(r"@[^;{]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")


@dataclass(slots=True)
class StyleSheet:
    """The rules of all style sheets of a file: (weight, order, test, declarations)."""

    rules: list[tuple[int, int, Callable[[Element], bool], dict[str, str]]] = field(
        default_factory=list
    )

    def add(self, text: str) -> list[str]:
        """Add the rules of a style sheet; what in it is not understood."""
        odd: list[str] = []
        text = _COMMENT.sub("", text)
        if _AT_RULE.search(text):
            odd.append("@ 规则")
            text = _AT_RULE.sub("", text)
        for selectors, body in _RULE.findall(text):
            for selector in selectors.split(","):
                test = _test(selector.strip())
                if test is None:
                    odd.append(f"选择器 {selector.strip()[:20]}")
                else:
                    weight, matches = test
                    self.rules.append((weight, len(self.rules), matches, declarations(body)))
        return odd

    def of(self, element: Element) -> dict[str, str]:
        """The declarations that hold for an element, the stronger last."""
        found: dict[str, str] = {}
        for _, _, matches, body in sorted(self.rules, key=lambda rule: rule[:2]):
            if matches(element):
                found |= body
        return found


def _test(selector: str) -> tuple[int, Callable[[Element], bool]] | None:
    """Weight and test of a selector such as ``text``, ``.a``, ``#b`` or ``path.a``."""
    match = _SIMPLE.fullmatch(selector)
    if match is None or not selector:
        return None
    name = match[1] if match[1] != "*" else None
    parts = re.findall(r"([.#])([\w-]+)", match[2])
    classes = {part for mark, part in parts if mark == "."}
    names = {part for mark, part in parts if mark == "#"}

    def matches(element: Element) -> bool:
        return (
            (name is None or element.name == name)
            and classes <= set(element.attributes.get("class", "").split())
            and names <= {element.attributes.get("id")}
        )

    return 100 * len(names) + 10 * len(classes) + (name is not None), matches


def declarations(text: str) -> dict[str, str]:
    """``fill: red; stroke: none`` as a mapping."""
    found: dict[str, str] = {}
    for part in _COMMENT.sub("", text).split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip()
    return found


def own_values(element: Element, sheet: StyleSheet) -> dict[str, str]:
    """What an element itself says: attributes, then style sheets, then ``style``."""
    known: Iterable[str] = (*INHERITED, *_OWN)
    values = {name: element.attributes[name] for name in known if name in element.attributes}
    if sheet.rules:
        values |= sheet.of(element)
    if "style" in element.attributes:
        values |= declarations(element.attributes["style"])
    if "font" in values:
        values |= _font(values["font"])
    return values


def _font(text: str) -> dict[str, str]:
    """The parts of the short form: ``bold 12px/1.5 SimSun``."""
    match = re.match(
        r"(?P<before>.*?)(?P<size>[\d.]+(?:px|pt|em|%|mm))(?:/\S+)?\s+(?P<family>.+)", text
    )
    if match is None:
        return {}
    weight = "bold" if "bold" in match["before"] else "normal"
    return {"font-size": match["size"], "font-family": match["family"], "font-weight": weight}


def inherited(parent: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """The values of an element inside one with the values ``parent``."""
    values = {name: parent.get(name, first) for name, first in INHERITED.items()}
    for name, value in own.items():
        if name in INHERITED and value == "inherit":
            continue
        values[name] = value
    return values
