"""From the merged values of a theme's files to the ``Theme``: lengths in Sp, names resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Finding, Kind, Source, Span
from brieftex.diagnostics.messages.theme import BAD_THEME_VALUE, MISSING_THEME_KEY
from brieftex.document.styles import (
    Binding,
    BreakRules,
    ChangeLook,
    ChartStyle,
    Finish,
    LineNumbers,
    MarkLook,
    NoteStyle,
    PageStyle,
    Watermark,
)
from brieftex.input.fields import Form, ListOf, NamedOf, RecordOf
from brieftex.input.theme.keys import STYLE, STYLES, THEME
from brieftex.input.theme.read import Raw, merged
from brieftex.input.theme.relations import TOGETHER, page_problems, theme_problems
from brieftex.input.theme.values import Leaf, Scope, ThemeValueError, WrittenValue
from brieftex.model import theme
from brieftex.styled.styles import CharStyle, FontRequest, LineRules, RoleRequest, TextStyle
from brieftex.units import BLACK, Rect, Size, pt

_CHAR_KEYS = ("font", "size", "color", "rise")
# A page that could not be read must not hide what else is wrong with a theme.
_SOME_SCOPE = Scope(em=pt(16), cell=pt(16), line=pt(29))
_SOME_MARKS = theme.MarkRules(MarkLook(), MarkLook(), MarkLook(), {}, 0, 0, 0, BLACK)


class IncompleteThemeError(Exception):
    """The theme cannot be used; the findings have been noted."""


def resolve_theme(
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
        for key in (field.key for field in THEME.fields)
        if key not in {"extends", "page", "colors", "fonts", "marks", "styles"}
    }
    if not found and page is not None:
        resolver.note(theme_problems(page[0], page[1], styles, values), raw)
    if found or page is None:
        raise IncompleteThemeError
    return _theme(name, page, _fonts(fonts), styles, values | {"marks": marks})


class _Resolver(Struct, frozen=True):
    home: Source
    found: list[tuple[Source, Finding]]

    def part(self, raw: dict[str, Raw], key: str, scope: Scope) -> Any:
        """The value of a top-level key; None when there is something wrong with it."""
        return self.read(raw.get(key), THEME[key].form, key, scope)

    def read(self, raw: Raw | None, form: Form, path: str, scope: Scope) -> Any:
        """A value of ``form``: a dict, a tuple or what the leaf reads; None when it is bad."""
        if raw is None:
            self.missing(path)
            return None
        match form:
            case Leaf():
                assert isinstance(raw, WrittenValue)
                return self.leaf(raw, form, path, scope)
            case ListOf(item=Leaf() as item):
                assert isinstance(raw, tuple)
                return tuple(self.leaf(value, item, path, scope) for value in raw)
            case NamedOf():
                assert isinstance(raw, dict)
                for key in form.needed:
                    if key not in raw:
                        self.missing(f"{path}.{key}")
                if path == "marks.heavier":
                    self.roles_only(raw, path, scope)
                return {
                    key: self.read(value, form.inner, f"{path}.{key}", scope)
                    for key, value in raw.items()
                }
            case RecordOf(record=record):
                assert isinstance(raw, dict)
                return {
                    field.key: self.read(
                        raw.get(field.key), field.form, f"{path}.{field.key}", scope
                    )
                    for field in record.fields
                    if field.required or field.key in raw
                }
        raise TypeError(form)

    def leaf(self, value: WrittenValue, form: Leaf, path: str, scope: Scope) -> object:
        try:
            return form.value(value.text, path, scope)
        except ThemeValueError as error:
            self.report(error.kind, value, path, **error.values)
            return None

    def report(self, kind: Kind, raw: Raw | None, path: str, **values: object) -> None:
        """Report something wrong with a value, or with the first in it that has a place."""
        span, source = self.place(raw)
        self.found.append((source, kind.at(span, path, **values)))

    def place(self, raw: Raw | None) -> tuple[Span | None, Source]:
        """Where a value stands: of several within it the first in the file asked for, or else the
        first."""
        leaves = list(_leaves(raw))
        mine = (leaf for leaf in leaves if leaf.source == self.home)
        leaf = next(mine, leaves[0] if leaves else None)
        return (None, self.home) if leaf is None else (leaf.span, leaf.source)

    def roles_only(self, raw: dict[str, Raw], path: str, scope: Scope) -> None:
        choices = "、".join(scope.roles)
        for key, value in raw.items():
            if key not in scope.roles:
                self.report(BAD_THEME_VALUE, value, path, key=path, text=key, choices=choices)

    def missing(self, path: str) -> None:
        self.found.append((self.home, MISSING_THEME_KEY.at(None, path, key=path)))

    def page(self, raw: Raw) -> tuple[PageStyle, int] | None:
        """The page and the side of a cell.

        The type area is cut down to whole cells of the grid (by less than 0.001 mm), so that
        the measure is ``characters`` times the em to the scaled point.
        """
        before = len(self.found)
        values = self.read(raw, THEME["page"].form, "page", Scope())
        if len(self.found) > before:
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
        page = PageStyle(Size(*values["paper"]), area, leading, lines)
        self.note(page_problems(page, em), {"page": raw})
        return None if len(self.found) > before else (page, em)

    def note(self, findings: Iterable[Finding], raw: Raw) -> None:
        """Report values that do not go together, each at the key that it names; at another of them
        if that alone is in the file asked for, where it can be changed."""
        for finding in findings:
            keys = (finding.path, *TOGETHER.get(finding.path, ()))
            places = {key: self.place(at(raw, key)) for key in keys}
            mine = (key for key, (span, source) in places.items() if span and source == self.home)
            path = next(mine, finding.path)
            span, source = places[path]
            self.found.append((source, replace(finding, span=span, path=path)))

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
        size = self.read(keys.get("size"), STYLE["size"].form, f"{path}.size", scope)
        values = self.read(dict(keys), RecordOf(STYLE), path, replace(scope, em=size or scope.em))
        if len(self.found) > before:
            return None
        values["size"] = size  # an em here is the body's, elsewhere the style's own
        for key in ("font", "leading"):
            if key not in values:
                self.missing(f"{path}.{key}")
                return None
        bold = values.pop("bold", False)
        char = CharStyle(**{key: values.pop(key) for key in _CHAR_KEYS if key in values})
        return TextStyle(marks.bold(char) if bold else char, name=name, **values)

    def with_like(self, raw: dict[str, Raw], name: str, chain: tuple[str, ...]) -> dict[str, Raw]:
        """The keys of a style and of the style that it is like."""
        keys = raw[name]
        assert isinstance(keys, dict)
        keys = dict(keys)
        like = keys.pop("like", None)
        if not isinstance(like, WrittenValue):
            return keys
        if like.text not in raw or like.text in chain:
            choices = "、".join(other for other in raw if other not in chain)
            path = f"styles.{name}.like"
            self.report(BAD_THEME_VALUE, like, path, key=path, text=like.text, choices=choices)
            return keys
        under = self.with_like(raw, like.text, (*chain, like.text))
        over = merged(under, keys)
        assert isinstance(over, dict)
        return over


def _leaves(raw: Raw | None) -> Iterator[WrittenValue]:
    """The values as written within one."""
    if isinstance(raw, dict | tuple):
        for part in raw.values() if isinstance(raw, dict) else raw:
            yield from _leaves(part)
    elif raw is not None:
        yield raw


def at(raw: Raw | None, path: str) -> Raw | None:
    """What is written at a path."""
    for key in path.split("."):
        raw = raw.get(key) if isinstance(raw, dict) else None
    return raw


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
        body_headings=values["body_headings"],
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
        source_lines=values["source_lines"],
        attachment_list=values["attachment_list"],
        pages=BreakRules(**values["pages"]),
        codes=theme.CodeRules(**values["codes"]),
        box=theme.BoxRules(**values["box"]),
        compact=values["compact"],
        finish=Finish(
            Binding(**values["binding"]),
            LineNumbers(**values["line_numbers"], char=styles["line_number"].char),
            Watermark(**values["watermark"], char=styles["watermark"].char),
            ChangeLook(**values["changes"]),
        ),
        fit=theme.FitRules(**values["fit"]),
    )
