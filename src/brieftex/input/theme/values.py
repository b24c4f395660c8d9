"""What the values of a theme file can be: how each is read, its bounds, its schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import TypeAlias

from msgspec import Struct, field

from brieftex.diagnostics import Kind, Source, Span
from brieftex.diagnostics.messages.fields import OUT_OF_RANGE
from brieftex.diagnostics.messages.theme import BAD_FORMAT, BAD_LENGTH, BAD_THEME_VALUE
from brieftex.document.styles import MarkLook
from brieftex.input.fields import Field, Form, Reading
from brieftex.input.fields.forms import Definitions, Schema
from brieftex.input.yaml import Node, Scalar
from brieftex.patterns import late
from brieftex.styled.styles import Align
from brieftex.units import ZIHAO_PT, Color, Sp, parse_length

_OWN_UNIT = late(r"\s*([+-]?\d+(?:\.\d+)?)\s*(字|行)\s*")


_TEXT: Schema = {"type": ["string", "number"]}
_LENGTH: Schema = {
    "anyOf": [
        {"const": 0},
        {
            "type": "string",
            "pattern": r"^\s*([+-]?\d+(\.\d+)?\s*(pt|mm|cm|in|em|字|行)|0|"
            + "|".join(ZIHAO_PT)
            + r")\s*$",
        },
    ]
}


class Scope(Struct, frozen=True):
    """What a value may be measured in or refer to. None: not known where it stands."""

    em: Sp | None = None  # the size of the style that the value belongs to
    cell: Sp | None = None  # one Han of the body
    line: Sp | None = None  # one line of the grid
    colors: Mapping[str, Color] = field(default_factory=dict)
    roles: tuple[str, ...] = ()


class WrittenValue(Struct, frozen=True):
    """A scalar as written, and where."""

    text: str
    span: Span
    source: Source


Parse: TypeAlias = Callable[[str, Scope], object]
"""A value of a text. Raises ValueError and KeyError."""


class ThemeValueError(ValueError):
    """A value cannot be read: ``kind`` says why, ``values`` fill its words."""

    def __init__(self, kind: Kind, **values: object) -> None:
        """As ``Kind.at`` takes them."""
        super().__init__(kind.name)
        self.kind = kind
        self.values = values


class Leaf(Form):
    """One value, which stays text while files are laid over each other: what ``2em`` or ``red``
    comes to depends on the theme that extends this one.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what there is to say of a value
        self,
        parse: Parse,
        name: str,
        json: Schema,
        choices: Callable[[Scope], str] = lambda _: "",
        kind: Kind = BAD_THEME_VALUE,
        bounds: tuple[str, str] | None = None,
    ) -> None:
        """``name`` is what the reference calls it; ``choices`` says what it can be where it is
        something else; ``bounds`` are its least and most, as one would write them."""
        self.parse = parse
        self.name = name
        self.json = json
        self.choices = choices
        self.kind = kind
        self.bounds = bounds

    def read(self, reading: Reading, node: Node, field: Field, path: str) -> WrittenValue | None:
        """The text, and where it stands."""
        if isinstance(node, Scalar):
            return WrittenValue(node.text, node.span, reading.source)
        reading.wrong_type(node, field, path)
        return None

    def value(self, text: str, path: str, scope: Scope) -> object:
        """What the text comes to. Raises ThemeValueError."""
        try:
            value = self.parse(text, scope)
        except (ValueError, KeyError):
            raise self._unreadable(text, path, scope) from None
        if self.bounds is not None:
            least, most = (_bound(self.parse, bound) for bound in self.bounds)
            if not least <= value <= most:  # type: ignore[operator]  # lengths and counts only
                raise ThemeValueError(
                    OUT_OF_RANGE, key=path, text=text, least=self.bounds[0], most=self.bounds[1]
                )
        return value

    def _unreadable(self, text: str, path: str, scope: Scope) -> ThemeValueError:
        if self.kind is BAD_THEME_VALUE:
            choices = self.choices(scope)
            return ThemeValueError(BAD_THEME_VALUE, key=path, text=text, choices=choices)
        if self.kind is BAD_FORMAT:
            return ThemeValueError(BAD_FORMAT, text=text, fields=self.choices(scope))
        return ThemeValueError(BAD_LENGTH, text=text)

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002  # refers to none
        """The schema given; bounds of lengths, which no schema can hold, in words."""
        return self.json

    def told(self) -> str:
        """The name, and the bounds."""
        return self.name if self.bounds is None else f"{self.name}，{'～'.join(self.bounds)}"


@cache
def _bound(parse: Parse, text: str) -> object:
    """A bound, which is measured in nothing of the theme's."""
    return parse(text, Scope())


def _length(text: str, scope: Scope) -> Sp:
    return _measured(text, scope.em, scope.cell, scope.line)


@lru_cache(maxsize=512)  # a theme writes the same few lengths again and again
def _measured(text: str, em: Sp | None, cell: Sp | None, line: Sp | None) -> Sp:
    if text.strip() == "0":
        return 0
    match = _OWN_UNIT.fullmatch(text)
    if match is None:
        return parse_length(text, em)
    unit = cell if match[2] == "字" else line
    if unit is None:
        raise ValueError(text)
    # Down, not half up: two lines of 0.5行 must not be more than one line of the grid.
    return int(Fraction(match[1]) * unit // 1)


def _permille(text: str, _scope: Scope) -> int:
    return 0 if text.strip() == "0" else parse_length(text, 1000)


def _count(text: str, _scope: Scope) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text, re.ASCII):
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
    told = " ".join(f"`{name}`" for name in names)
    words = [str(name) for name in names]
    return Leaf(
        lambda text, _: names[names.index(text)], told, {"enum": words}, lambda _: "、".join(words)
    )


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
    name = f"文字，可用 {known.replace('、', ' ')}" if forms else "文字"
    return Leaf(read, name, _TEXT, lambda _: known or "（不用花括号）", BAD_FORMAT)


def length(least: str, most: str) -> Leaf:
    """A length within bounds, which are written as lengths."""
    return Leaf(_length, "长度", _LENGTH, kind=BAD_LENGTH, bounds=(least, most))


def share(least: str, most: str) -> Leaf:
    """A length in ems of the text it belongs to, within bounds; 1/1000 em."""
    return Leaf(_permille, "长度", _LENGTH, kind=BAD_LENGTH, bounds=(least, most))


def count(least: int, most: int) -> Leaf:
    """A whole number within bounds."""
    return Leaf(
        _count,
        "整数",
        {"type": "integer", "minimum": least, "maximum": most},
        lambda _: f"{least}～{most}",
        bounds=(str(least), str(most)),
    )


FLAG = Leaf(_flag, "true 或 false", {"type": "boolean"}, lambda _: "true、false")
COLOR = Leaf(_color, "颜色", _TEXT, lambda scope: "、".join(("#d7261e", *scope.colors)))
ROLE = Leaf(_role, "字体角色", _TEXT, lambda scope: "、".join(scope.roles))
LOOK = Leaf(
    _look,
    "字体角色、bold、dots",
    _TEXT,
    lambda scope: "、".join((*scope.roles, "bold", "dots", "kai bold")),
)
_ALIGNS = [align.value for align in Align]
ALIGN = Leaf(
    lambda text, _: Align(text),
    " ".join(f"`{name}`" for name in _ALIGNS),
    {"enum": _ALIGNS},
    lambda _: "、".join(_ALIGNS),
)
ANY_TEXT = Leaf(lambda text, _: text, "名称", _TEXT)
NUMBER_WORDS = words_with("han", "arabic", "circled")
WORDS = words_with()
