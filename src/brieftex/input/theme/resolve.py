"""From the merged values of a theme's files to the ``Theme``: lengths in Sp, names resolved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from brieftex.diagnostics import Finding, Source
from brieftex.diagnostics.messages.theme import BAD_THEME_VALUE, MISSING_THEME_KEY
from brieftex.document.styles import (
    Binding,
    BreakRules,
    ChartStyle,
    Finish,
    LineNumbers,
    MarkLook,
    NoteStyle,
    PageStyle,
    Watermark,
)
from brieftex.input.theme.keys import STYLE, STYLES, THEME
from brieftex.input.theme.read import Raw, Value, merged
from brieftex.input.theme.values import Items, Leaf, Named, Scope, Shape
from brieftex.model import theme
from brieftex.typeset.styles import CharStyle, FontRequest, LineRules, RoleRequest, TextStyle
from brieftex.units import BLACK, Rect, Size, pt

_CHAR_KEYS = ("font", "size", "color", "rise")
# A page that could not be read must not hide what else is wrong with a theme.
_SOME_SCOPE = Scope(em=pt(16), cell=pt(16), line=pt(29))
_SOME_MARKS = theme.MarkRules(MarkLook(), MarkLook(), MarkLook(), {}, 0, 0, 0, BLACK)


class IncompleteThemeError(Exception):
    """The theme cannot be used; the findings have been noted."""


def resolve(
    name: str, raw: dict[str, Raw], home: Source, found: list[tuple[Source, Finding]]
) -> theme.Theme:
    """The theme that ``raw`` describes.

    ``home`` is the file asked for, where missing keys are reported. What is wrong goes to
    ``found``, each finding with its file; then IncompleteThemeError is raised.
    """
    resolver = _Resolver(home, found)
    page = resolver.page(raw.get("page", {}))
    scope = _SOME_SCOPE
    if page is not None:
        grid, em = page
        scope = Scope(em=em, cell=em, line=grid.leading)
    colors = resolver.part(raw, "colors", scope)
    fonts = resolver.part(raw, "fonts", scope)
    scope = replace(
        scope,
        colors={key: color for key, color in (colors or {}).items() if color is not None},
        roles=tuple((fonts or {}).get("roles") or ()),
    )
    looks = resolver.part(raw, "marks", scope)
    marks = _SOME_MARKS if found else theme.MarkRules(**looks)
    styles = resolver.styles(raw.get("styles", {}), scope, marks)
    values = {
        key: resolver.part(raw, key, scope)
        for key in THEME.known
        if key not in {"extends", "page", "colors", "fonts", "marks", "styles"}
    }
    if found or page is None:
        raise IncompleteThemeError
    return _theme(name, page, _fonts(fonts), styles, values | {"marks": marks})


@dataclass(frozen=True, slots=True)
class _Resolver:
    home: Source
    found: list[tuple[Source, Finding]]

    def part(self, raw: dict[str, Raw], key: str, scope: Scope) -> Any:
        """The value of a top-level key; None when there is something wrong with it."""
        return self.read(raw.get(key), THEME.known[key], key, scope)

    def read(self, raw: Raw | None, shape: Shape, path: str, scope: Scope) -> Any:
        """A value of ``shape``: a dict, a tuple or what the leaf reads; None when it is bad."""
        if raw is None:
            self.missing(path)
            return None
        if isinstance(shape, Leaf):
            assert isinstance(raw, Value)
            return self.leaf(raw, shape, path, scope)
        if isinstance(shape, Items):
            assert isinstance(raw, tuple)
            return tuple(self.leaf(value, shape.leaf, path, scope) for value in raw)
        assert isinstance(raw, dict)
        if isinstance(shape, Named):
            for key in shape.needed:
                if key not in raw:
                    self.missing(f"{path}.{key}")
            if shape.of_roles:
                self.roles_only(raw, path, scope)
            return {
                key: self.read(value, shape.shape, f"{path}.{key}", scope)
                for key, value in raw.items()
            }
        keys = raw if shape.partial else shape.known
        return {
            key: self.read(raw.get(key), shape.known[key], f"{path}.{key}", scope) for key in keys
        }

    def leaf(self, value: Value, shape: Leaf, path: str, scope: Scope) -> object:
        try:
            return shape.read(value.text, scope)
        except (ValueError, KeyError):
            words = {
                "text": value.text,
                "key": path,
                "choices": shape.choices(scope),
                "fields": shape.choices(scope),
            }
            self.found.append((value.source, shape.kind.at(value.span, path, **words)))
            return None

    def roles_only(self, raw: dict[str, Raw], path: str, scope: Scope) -> None:
        choices = "、".join(scope.roles)
        for key, value in raw.items():
            if key not in scope.roles and isinstance(value, Value):
                words = {"key": path, "text": key, "choices": choices}
                self.found.append((value.source, BAD_THEME_VALUE.at(value.span, path, **words)))

    def missing(self, path: str) -> None:
        self.found.append((self.home, MISSING_THEME_KEY.at(None, path, key=path)))

    def page(self, raw: Raw) -> tuple[PageStyle, int] | None:
        """The page and the side of a cell.

        The type area is cut down to whole cells of the grid (by less than 0.001 mm), so that
        the measure is ``characters`` times the em to the scaled point.
        """
        before = len(self.found)
        values = self.read(raw, THEME.known["page"], "page", Scope())
        if len(self.found) > before:
            return None
        if not (values["characters"] and values["lines"]):
            self.missing("page.characters" if values["lines"] else "page.lines")
            return None
        em = values["width"] // values["characters"]
        lines, width = values["lines"], em * values["characters"]
        if values["flush"] and lines > 1:  # the last line has no white below its characters
            leading = (values["height"] - em) // (lines - 1)
            height = leading * (lines - 1) + em
        else:
            leading = values["height"] // lines
            height = leading * lines
        area = Rect(values["left"], values["top"], width, height)
        return PageStyle(Size(*values["paper"]), area, leading, lines), em

    def styles(self, raw: Raw, scope: Scope, marks: theme.MarkRules) -> dict[str, TextStyle]:
        """Every style, those it is ``like`` laid under it."""
        assert isinstance(raw, dict)
        styles: dict[str, TextStyle] = {}
        for name in STYLES:
            if name not in raw:
                self.missing(f"styles.{name}")
            elif (style := self.style(raw, name, scope, marks)) is not None:
                styles[name] = style
        return styles

    def style(
        self, raw: dict[str, Raw], name: str, scope: Scope, marks: theme.MarkRules
    ) -> TextStyle | None:
        before = len(self.found)
        keys = self.with_like(raw, name, (name,))
        path = f"styles.{name}"
        size = self.read(keys.get("size"), STYLE.known["size"], f"{path}.size", scope)
        values = self.read(dict(keys), STYLE, path, replace(scope, em=size or scope.em))
        if len(self.found) > before:
            return None
        values["size"] = size  # an em here is the body's, elsewhere the style's own
        for key in ("font", "leading"):
            if key not in values:
                self.missing(f"{path}.{key}")
                return None
        bold = values.pop("bold", False)
        char = CharStyle(**{key: values.pop(key) for key in _CHAR_KEYS if key in values})
        return TextStyle(marks.bold(char) if bold else char, **values)

    def with_like(self, raw: dict[str, Raw], name: str, chain: tuple[str, ...]) -> dict[str, Raw]:
        """The keys of a style and of the style that it is like."""
        keys = raw[name]
        assert isinstance(keys, dict)
        keys = dict(keys)
        like = keys.pop("like", None)
        if not isinstance(like, Value):
            return keys
        if like.text not in raw or like.text in chain:
            choices = "、".join(other for other in raw if other not in chain)
            path = f"styles.{name}.like"
            words = {"key": path, "text": like.text, "choices": choices}
            self.found.append((like.source, BAD_THEME_VALUE.at(like.span, path, **words)))
            return keys
        under = self.with_like(raw, like.text, (*chain, like.text))
        over = merged(under, keys)
        assert isinstance(over, dict)
        return over


def _fonts(values: dict[str, Any]) -> FontRequest:
    roles = {key: RoleRequest(**families) for key, families in values["roles"].items()}
    return FontRequest(roles, values["fallback"])


def _theme(
    name: str,
    page: tuple[PageStyle, int],
    fonts: FontRequest,
    styles: dict[str, TextStyle],
    values: dict[str, Any],
) -> theme.Theme:
    notes = values["notes"]
    area = NoteStyle(
        notes.pop("rule_width"),
        notes.pop("rule_thickness"),
        notes.pop("above"),
        notes.pop("below"),
        notes.pop("between"),
    )
    return theme.Theme(
        name=name,
        em=page[1],
        page=page[0],
        fonts=fonts,
        lines=LineRules(**values["lines"]),
        styles=styles,
        marks=values["marks"],
        headings=values["headings"],
        lists=theme.ListRules(**values["lists"]),
        masthead=theme.MastheadRules(**values["masthead"]),
        contents=theme.ContentsRules(**values["contents"]),
        start=theme.StartRules(**values["start"]),
        running_head=theme.HeadRules(**values["running_head"]),
        folio=theme.FolioRules(**values["folio"]),
        signature=theme.SignatureRules(**values["signature"]),
        notes=theme.NoteRules(**notes, area=area),
        tables=theme.TableRules(**values["tables"]),
        figures=theme.FigureRules(**values["figures"]),
        charts=ChartStyle(**values["charts"]),
        colophon=theme.ColophonRules(**values["colophon"]),
        labels=values["labels"],
        attachment_list=values["attachment_list"],
        breaks=BreakRules(**values["breaks"]),
        codes=theme.CodeRules(**values["codes"]),
        compact=values["compact"],
        finish=Finish(
            Binding(**values["binding"]),
            LineNumbers(**values["line_numbers"], char=styles["line_number"].char),
            Watermark(**values["watermark"], char=styles["watermark"].char),
        ),
        fit=theme.FitRules(**values["fit"]),
    )
