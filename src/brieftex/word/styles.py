"""The effective look of characters and the effective properties of paragraphs.

A value is that of the run, else of its character style, of the paragraph's style, each with those
it is based on, else of the document's defaults; a face may lead on to the theme
(ECMA-376 Part 1, 17.7.2). In Chinese offices it is ``w:eastAsia`` that counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from brieftex.word.facts import Alignment, FaceSort, Look, face_of
from brieftex.word.named import named_styles
from brieftex.word.names import a, child, integer, local, switched, value, w
from brieftex.word.package import Package

_DEEPEST = 20
_CENTERED = ("center", "distribute")
_END = ("right", "end")


class Styles:
    """Answers what a run or a paragraph looks like in the end."""

    def __init__(self, package: Package) -> None:
        """Reads styles and theme once."""
        part = package.others.get("styles")
        self._styles: dict[tuple[str, str], Any] = {}
        self._default: dict[str, str] = {}
        self._defaults: Any = None
        self._paragraph: Any = None
        self._its_style = ""
        for style in () if part is None else part.root:
            if local(style) == "docDefaults":
                self._defaults = style
            identifier = style.get(w("styleId"))
            if local(style) != "style" or identifier is None:
                continue
            kind = style.get(w("type"), "paragraph")
            self._styles.setdefault((kind, identifier), style)
            if style.get(w("default")) in ("1", "true"):
                self._default.setdefault(kind, identifier)
        self._named = named_styles(part.root if part is not None else ())
        theme = package.others.get("theme")
        self._theme = {} if theme is None else _theme_faces(theme.root)
        self._chains: dict[tuple[str, str], list[Any]] = {}
        self._shared: dict[str, list[Any]] = {}
        self._looks: dict[tuple[Any, ...], tuple[Look, bool]] = {}

    def name(self, paragraph: Any) -> str:
        """The name of a paragraph's style, in lower case; numeric ids are those of Chinese Word,
        and WPS translates names."""
        chain = self._paragraph_chain(paragraph)
        return (value(chain[0], "name") or "").strip().lower() if chain else ""

    def named(self, paragraph: Any) -> str:
        """What a theme calls its style, or one that it is based on; "" for the styles of other
        documents."""
        at = self.style_id(paragraph)
        for _ in range(_DEEPEST):
            if at in self._named or ("paragraph", at) not in self._styles:
                break
            at = value(self._styles["paragraph", at], "basedOn") or ""
        return self._named.get(at, "")

    def plain_look(self, paragraph: Any) -> Look:
        """The look that its style gives to characters."""
        return self.look(paragraph.makeelement(w("r")), paragraph)

    def names(self, paragraph: Any) -> tuple[str, ...]:
        """The names of the style and of those it is based on."""
        chain = self._paragraph_chain(paragraph)
        return tuple((value(style, "name") or "").strip().lower() for style in chain)

    def outline(self, paragraph: Any) -> int | None:
        """The outline level from 0, that of the style's name if it is ``heading N``."""
        for properties in self._properties(paragraph):
            level = integer(value(properties, "outlineLvl"))
            if level is not None:
                return level if 0 <= level <= 8 else None
        for name in self.names(paragraph):
            for prefix in ("heading ", "标题 ", "标题"):
                number = integer(name.removeprefix(prefix)) if name.startswith(prefix) else None
                if number is not None and 1 <= number <= 9:
                    return number - 1
        return None

    def align(self, paragraph: Any) -> Alignment:
        """How its lines stand."""
        for properties in self._properties(paragraph):
            word = value(properties, "jc")
            if word is not None:
                if word in _CENTERED:
                    return Alignment.CENTER
                return Alignment.END if word in _END else Alignment.START
        return Alignment.START

    def is_indented(self, paragraph: Any) -> bool:
        """Whether all its lines stand further in at both sides."""
        sides = [0, 0]
        for properties in reversed(list(self._properties(paragraph))):
            indent = child(properties, "ind")
            for i, names in enumerate((("left", "start"), ("right", "end"))):
                for name in names:
                    if indent is None:
                        continue
                    twips = integer(indent.get(w(name)))
                    hundredths = integer(indent.get(w(f"{name}Chars")))
                    if twips is not None:
                        sides[i] = twips
                    if hundredths:
                        sides[i] = hundredths * 3
        return min(sides) >= 200

    def begins_page(self, paragraph: Any) -> bool:
        """Whether it begins a page."""
        return any(
            on for p in self._properties(paragraph) if (on := switched(p, "pageBreakBefore"))
        )

    def numbering(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and the level from 0 that count it."""
        number: str | None = None
        level: int | None = None
        for properties in self._properties(paragraph):
            found = child(properties, "numPr")
            if found is None:
                continue
            number = value(found, "numId") if number is None else number
            level = integer(value(found, "ilvl")) if level is None else level
        if number is None or number == "0":
            return None
        return number, level or 0

    def style_id(self, paragraph: Any) -> str:
        """The identifier of its style; asked for each of its runs, looked up once."""
        if paragraph is not self._paragraph:
            given = value(child(paragraph, "pPr"), "pStyle")
            self._paragraph, self._its_style = (
                paragraph,
                given or self._default.get("paragraph", ""),
            )
        return self._its_style

    def look(self, run: Any, paragraph: Any) -> Look:
        """The look of a run's characters."""
        return self.shown(run, paragraph)[0]

    def shown(self, run: Any, paragraph: Any) -> tuple[Look, bool]:
        """The look of a run, and whether it is hidden: asked once for runs of the same
        properties."""
        own = child(run, "rPr")
        inner = () if own is None else tuple((e.tag, *sorted(e.attrib.items())) for e in own)
        key = inner, self.style_id(paragraph)
        if key not in self._looks:
            chain = list(self._run_chain(run, paragraph))
            self._looks[key] = self._look(chain), _on(chain, "vanish")
        return self._looks[key]

    def _look(self, chain: Sequence[Any]) -> Look:
        raised = next((v for p in chain if (v := value(p, "vertAlign"))), "")
        size = next((n for p in chain if (n := integer(value(p, "sz")))), 0)
        dots = next((v for p in chain if (v := value(p, "em"))), "none")
        line = next((v for p in chain if (v := value(p, "u"))), "none")
        if not raised:  # LibreOffice lifts smaller characters by half points
            lift = next((n for p in chain if (n := integer(value(p, "position")))), 0)
            sizes = [n for p in chain if (n := integer(value(p, "sz")))]
            if lift and len(sizes) > 1 and sizes[0] < sizes[1]:
                raised = "superscript" if lift > 0 else "subscript"
        shade = next((v for p in chain if (v := value(p, "highlight"))), "none")
        return Look(
            face=self._face(chain),
            size=size,
            bold=_on(chain, "b"),
            italic=_on(chain, "i"),
            dotted=dots != "none",
            raised={"superscript": 1, "subscript": -1}.get(raised, 0),
            underlined=line != "none",
            struck=_on(chain, "strike") or _on(chain, "dstrike"),
            shaded=shade != "none",
        )

    def _face(self, chain: Sequence[Any]) -> FaceSort:
        for properties in chain:
            faces = child(properties, "rFonts")
            if faces is None:
                continue
            theme = faces.get(w("eastAsiaTheme"))
            name = self._theme.get(theme, "") if theme else faces.get(w("eastAsia"))
            if name:
                return face_of(name)
        return FaceSort.OTHER

    def _run_chain(self, run: Any, paragraph: Any) -> Iterator[Any]:
        own = child(run, "rPr")
        if own is not None:
            yield own
            style = value(own, "rStyle")
            for each in self._chain("character", style) if style else ():
                if (properties := child(each, "rPr")) is not None:
                    yield properties
        for each in self._paragraph_chain(paragraph):
            if (properties := child(each, "rPr")) is not None:
                yield properties
        if self._defaults is not None:
            properties = self._defaults.find(f"{w('rPrDefault')}/{w('rPr')}")
            if properties is not None:
                yield properties

    def _properties(self, paragraph: Any) -> Iterator[Any]:
        own = child(paragraph, "pPr")
        if own is not None:
            yield own
        at = self.style_id(paragraph)
        if at not in self._shared:
            found = (child(style, "pPr") for style in self._chain("paragraph", at))
            self._shared[at] = [properties for properties in found if properties is not None]
        yield from self._shared[at]

    def _paragraph_chain(self, paragraph: Any) -> list[Any]:
        return self._chain("paragraph", self.style_id(paragraph))

    def _chain(self, kind: str, identifier: str) -> list[Any]:
        key = kind, identifier
        if key not in self._chains:
            found: list[Any] = []
            at: str | None = identifier
            while at and len(found) < _DEEPEST:
                style = self._styles.get((kind, at))
                if style is None:
                    break
                found.append(style)
                at = value(style, "basedOn")
            self._chains[key] = found
        return self._chains[key]


def _on(chain: Sequence[Any], name: str) -> bool:
    return bool(next((on for p in chain if (on := switched(p, name)) is not None), False))


def _theme_faces(root: Any) -> dict[str, str]:
    """The East Asian faces of a theme by the words that run properties use."""
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        for scheme in root.iter(a(f"{kind}Font")):
            east = scheme.find(a("ea"))
            name = "" if east is None else east.get("typeface", "")
            hans = [
                f.get("typeface", "") for f in scheme.iter(a("font")) if f.get("script") == "Hans"
            ]
            found[f"{kind}EastAsia"] = name or next(iter(hans), "")
    return found
