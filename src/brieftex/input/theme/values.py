"""What the values of a theme file can be, and how each is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from brieftex.diagnostics import Kind
from brieftex.diagnostics.messages.theme import BAD_FORMAT, BAD_LENGTH, BAD_THEME_VALUE
from brieftex.document.styles import MarkLook
from brieftex.typeset.styles import Align
from brieftex.units import Color, Sp, parse_length

_OWN_UNIT = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*(字|行)\s*")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a value may be measured in or refer to. None: not known where it stands."""

    em: Sp | None = None  # the size of the style that the value belongs to
    cell: Sp | None = None  # one Han of the body
    line: Sp | None = None  # one line of the grid
    colors: Mapping[str, Color] = field(default_factory=dict)
    roles: tuple[str, ...] = ()


Reader: TypeAlias = Callable[[str, Scope], object]
"""A value of a text. Raises ValueError."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value; ``kind`` is the finding when it cannot be read, ``choices`` what it says;
    ``form`` names what it is, empty where the choices do."""

    read: Reader
    kind: Kind = BAD_THEME_VALUE
    choices: Callable[[Scope], str] = lambda _: ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of values; ``count`` of them, 0 for any number above none."""

    leaf: Leaf
    count: int = 0


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping with these keys, all of them needed in the end unless ``partial``."""

    known: Mapping[str, Shape]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping from names of the theme's own; ``needed`` must be among them. ``of_roles``:
    the names are those of roles."""

    shape: Shape
    needed: tuple[str, ...]
    of_roles: bool = False


Shape: TypeAlias = Leaf | Items | Keys | Named


def _length(text: str, scope: Scope) -> Sp:
    if text.strip() == "0":
        return 0
    match = _OWN_UNIT.fullmatch(text)
    if match is None:
        return parse_length(text, scope.em)
    unit = scope.cell if match[2] == "字" else scope.line
    if unit is None:
        raise ValueError(text)
    # Down, not half up: two lines of 0.5行 must not be more than one line of the grid.
    return int(Fraction(match[1]) * unit // 1)


def _permille(text: str, _scope: Scope) -> int:
    return parse_length(text, 1000)


def _count(text: str, _scope: Scope) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError(text)
    return int(text)


def _flag(text: str, _scope: Scope) -> bool:
    return {"true": True, "false": False}[text]


def _color(text: str, scope: Scope) -> Color:
    return scope.colors[text] if text in scope.colors else Color.parse(text)


def _role(text: str, scope: Scope) -> str:
    if text not in scope.roles:
        raise ValueError(text)
    return text


def _look(text: str, scope: Scope) -> MarkLook:
    words = text.split()
    roles = [word for word in words if word not in ("bold", "dots")]
    if not words or len(roles) > 1 or len(set(words)) < len(words):
        raise ValueError(text)
    return MarkLook(_role(roles[0], scope) if roles else None, "bold" in words, "dots" in words)


def choice(*names: str) -> Leaf:
    """One of these words, which may be the members of a StrEnum."""
    return Leaf(lambda text, _: names[names.index(text)], choices=lambda _: "、".join(names))


def words_with(*fields: str) -> Leaf:
    """Words in which these fields may stand in braces, exactly so, and no other brace."""
    forms = [f"{{{name}}}" for name in fields]

    def read(text: str, _scope: Scope) -> str:
        rest = text
        for form in forms:
            rest = rest.replace(form, "")
        if "{" in rest or "}" in rest:
            raise ValueError(text)
        return text

    known = "、".join(forms)
    form = f"文字，可用 {known.replace('、', ' ')}" if forms else "文字"
    return Leaf(read, BAD_FORMAT, lambda _: known or "（不用花括号）", form)


LENGTH = Leaf(_length, BAD_LENGTH, form="长度")
PERMILLE = Leaf(_permille, BAD_LENGTH, form="长度（em）")
COUNT = Leaf(_count, choices=lambda _: "0～9999", form="整数")
FLAG = Leaf(_flag, choices=lambda _: "true、false", form="true 或 false")
COLOR = Leaf(_color, choices=lambda scope: "、".join(("#d7261e", *scope.colors)), form="颜色")
ROLE = Leaf(_role, choices=lambda scope: "、".join(scope.roles), form="字体角色")
LOOK = Leaf(
    _look,
    choices=lambda scope: "、".join((*scope.roles, "bold", "dots", "kai bold")),
    form="字体角色、bold、dots",
)
ALIGN = Leaf(lambda text, _: Align(text), choices=lambda _: "、".join(a.value for a in Align))
TEXT = Leaf(lambda text, _: text, form="名称")
NUMBER = words_with("han", "arabic", "circled")
WORDS = words_with()
