"""The styles of a theme as styles of Word, by their names in the theme.

Where Word has a style of its own for a purpose (headings, captions, contents, notes), the theme's
takes its name and keeps its own as an alias, so that navigation, contents and cross-references of
Word know it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from brieftex.model.theme import Theme
from brieftex.styled.styles import Align, TextStyle
from brieftex.units import Sp
from brieftex.word.write.faces import role_style
from brieftex.word.write.markup import properties, tag, twips
from brieftex.word.write.numbers import WordNumbers, style_id
from brieftex.word.write.runs import Looks

_JC = {Align.JUSTIFY: "both", Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right"}
_BUILT_IN = {
    "body": "Normal", "title": "Title", "contents_heading": "TOC Heading",
    "contents_section": "toc 1", "contents_item": "toc 2", "note": "footnote text",
    "running_head": "header", "folio": "footer", "quotation": "Quote", "signature": "Signature",
    "salutation": "Salutation", "figure_caption": "caption",
}  # fmt: skip
_UNUSED = ("chart", "line_number", "watermark", "summary_label", "editor_note_label",
           "attendance_label", "speaker_role")  # fmt: skip
"""Styles of words within other texts: character styles of roles serve for these."""

_OUTLINE = {
    "section": 0, "item": 1, "heading1": 2, "heading2": 3, "heading3": 4, "body_heading1": 0,
    "body_heading2": 1, "body_heading3": 2, "attachment_title": 0, "attachment_heading1": 1,
    "attachment_heading2": 2, "attachment_heading3": 3, "foreword_title": 0, "foreword_heading": 1,
}  # fmt: skip
"""The level of each heading in Word's outline, from 0."""

_IN_SECTIONS = ("section", "item", "heading1", "heading2", "heading3")
_ALONE = ("body_heading1", "body_heading2", "body_heading3")


_NATURAL = 150
"""How high a line of characters is by itself, per cent of their size, in the highest of faces."""


class Grid(Struct, frozen=True):
    """The grid of a page: the leading of its lines and the measure, Sp, and the leading in whole
    twips as Word has it."""

    leading: Sp
    measure: Sp
    pitch: int


def built_in_names(theme: Theme, *, sections: bool) -> dict[str, str]:
    """The names that styles have in Word where it knows their purpose; headings 1 to 5 are those
    of sections, or of a single piece."""
    names = dict(_BUILT_IN)
    heads = _IN_SECTIONS if sections else _ALONE
    names |= {name: f"heading {level}" for level, name in enumerate(heads, 1)}
    return {name: word for name, word in names.items() if name in theme.styles}


def paragraph_properties(style: TextStyle, grid: Grid, lines: int = 1) -> dict[str, str]:
    """The properties of a paragraph in ``style`` that takes so many lines.

    As on the page, white above and below and the lines together are whole lines of the grid. A
    leading of its own switches the grid off for the paragraph, as Word wants it.
    """
    return dict(_paragraph_properties(style, grid, lines))


@lru_cache(256)
def _paragraph_properties(style: TextStyle, grid: Grid, lines: int) -> Mapping[str, str]:
    """Kept, since a document has few that differ, and hundreds of paragraphs of each."""
    pitch = grid.pitch
    snapped = is_snapped(style, grid)
    line = pitch if snapped else twips(style.leading)
    content = lines * style.leading + style.before + style.after
    spare = -content % grid.leading
    height = (content + spare) // grid.leading * pitch
    above = twips(style.before + spare // 2)
    below = max(height - lines * line - above, 0)
    if snapped and not style.before and not style.after:
        above = below = 0
    above += style.space * pitch
    held = {
        "spacing": tag(
            "spacing", before=above, after=below, line=240 if snapped else line,
            lineRule="auto" if snapped else "exact",
        ),
        "snapToGrid": tag("snapToGrid", val=None if snapped else 0),
        "jc": tag("jc", val=_JC[style.align]),
        "keepNext": tag("keepNext", val=None if style.keep_next else 0),
        "keepLines": tag("keepLines", val=None if style.keep_lines else 0),
    }  # fmt: skip
    held["ind"] = indents(style)
    return held


def blank_line(grid: Grid) -> dict[str, str]:
    """The spacing of a paragraph whose lines are those of the grid, whatever stands in them."""
    return {
        "spacing": tag("spacing", before=0, after=0, line=grid.pitch, lineRule="exact"),
        "snapToGrid": tag("snapToGrid", val=0),
    }


def is_snapped(style: TextStyle, grid: Grid) -> bool:
    """Whether lines are left to the grid of the page. What is so large that its own height may be
    more than a line of the grid would take two of them: programs differ by the face they have."""
    return style.leading == grid.leading and style.char.size * _NATURAL <= grid.leading * 100


def indents(style: TextStyle) -> str:
    """Indents: that of the first line in characters, which follows the size (w:firstLineChars)."""
    left, right = twips(style.left + style.hang), twips(style.right)
    first = style.indent - style.hang
    chars = abs(first) * 100 // style.char.size
    chars += -chars % 10 if chars % 10 > 4 else -(chars % 10)
    if first < 0:
        return tag("ind", left=left, right=right, firstLineChars=0, hanging=twips(-first))
    return tag("ind", left=left, right=right, firstLineChars=chars, firstLine=twips(first))


def differing_properties(
    style: TextStyle, base: TextStyle, grid: Grid, lines: int = 1
) -> dict[str, str]:
    """The properties by which a paragraph differs from the style that it has."""
    one, other = _paragraph_properties(style, grid, lines), _paragraph_properties(base, grid, 1)
    return {name: value for name, value in one.items() if other[name] != value}


def styles_part(theme: Theme, grid: Grid, numbers: WordNumbers, *, sections: bool) -> str:
    """The part styles.xml."""
    names = built_in_names(theme, sections=sections)
    body = theme.styles["body"]
    language = tag("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    looks = Looks(theme.fonts)
    size = looks.of(body.char)
    defaults = properties("rPr", {"rFonts": size["rFonts"], "lang": language})
    parts = [tag("docDefaults", tag("rPrDefault", defaults), tag("pPrDefault"))]
    order = ["body", *(n for n in theme.styles if n != "body" and n not in _UNUSED)]
    parts += [_style(theme, looks, name, grid, numbers, names.get(name)) for name in order]
    parts += _own_styles(theme)
    parts += [role_style(theme.fonts, role) for role in theme.fonts.roles]
    return "".join(parts)


def _style(  # noqa: PLR0913, PLR0917  # what a style of Word is made of
    theme: Theme, known: Looks, name: str, grid: Grid, numbers: WordNumbers, built_in: str | None
) -> str:
    style, body = theme.styles[name], theme.styles["body"]
    is_body = name == "body"
    inner = [tag("name", val=built_in or name)]
    if built_in is not None and built_in != name:
        inner.append(tag("aliases", val=name))
    if not is_body:
        inner.append(tag("basedOn", val="Normal"))
    if name in _OUTLINE or name in ("title", "item"):
        inner.append(tag("next", val="Normal"))
    inner.append(tag("qFormat"))
    held = paragraph_properties(style, grid)
    looks = known.of(style.char)
    if is_body:
        # Marks may hang out of the measure, as in Word they do unless it is told that they may not.
        # LibreOffice 7.4, which takes this the other way round, has lines where they need not, and
        # would set an empty line behind a paragraph whose last mark hangs.
        held["overflowPunct"] = tag("overflowPunct", val=1)
        held["widowControl"] = tag("widowControl")
        if not theme.lines.script_gap[0]:
            held |= {gap: tag(gap, val=0) for gap in ("autoSpaceDE", "autoSpaceDN")}
    else:
        base, look = paragraph_properties(body, grid), known.of(body.char)
        held = {key: value for key, value in held.items() if base[key] != value}
        looks = {key: value for key, value in looks.items() if look[key] != value}
    if name in _OUTLINE:
        held["outlineLvl"] = tag("outlineLvl", val=_OUTLINE[name])
    if (found := numbers.of_style(name)) is not None:
        number, level = found
        held["numPr"] = tag("numPr", *_level(level), tag("numId", val=number))
    if name in ("contents_section", "contents_item"):
        stop = tag("tab", val="right", leader="middleDot", pos=twips(grid.measure))
        held["tabs"] = tag("tabs", stop)
    inner += [properties("pPr", held), properties("rPr", looks)]
    is_default, custom = (1 if is_body else None), (None if built_in else 1)
    return tag(
        "style", *inner, type="paragraph", default=is_default, customStyle=custom,
        styleId=style_id(name),
    )  # fmt: skip


def _level(level: int) -> Iterable[str]:
    return [tag("ilvl", val=level)] if level else []


def _own_styles(theme: Theme) -> Iterator[str]:
    """Styles that a theme does not name: pictures, calls of notes, links, tables."""
    picture = properties("pPr", {
        "keepNext": tag("keepNext"), "spacing": tag("spacing", line=240, lineRule="auto"),
        "ind": tag("ind", firstLineChars=0, firstLine=0), "jc": tag("jc", val="center"),
    })  # fmt: skip
    yield tag(
        "style", tag("name", val="figure"), tag("basedOn", val="Normal"), tag("qFormat"), picture,
        type="paragraph", customStyle=1, styleId="Figure",
    )  # fmt: skip
    raised = properties("rPr", {"vertAlign": tag("vertAlign", val="superscript")})
    yield tag(
        "style", tag("name", val="footnote reference"), raised,
        type="character", styleId="FootnoteReference",
    )  # fmt: skip
    yield tag(
        "style", tag("name", val="Normal Table"),
        tag("tblPr", tag("tblInd", w=0, type="dxa"), tag("tblCellMar", *(
            tag(side, w=twips(theme.tables.padding) if side in ("left", "right") else 0, type="dxa")
            for side in ("top", "left", "bottom", "right")
        ))), type="table", default=1, styleId="TableNormal",
    )  # fmt: skip
