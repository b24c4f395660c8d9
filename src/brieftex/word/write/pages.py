"""Pages: their size and grid, running heads and folios, and the settings of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from brieftex.document.blocks import Document, Furniture, MastheadBlock
from brieftex.document.styles import Sides
from brieftex.model.theme import Theme
from brieftex.units import SP_PER_PT, Sp
from brieftex.word.write.fronts import rule_border
from brieftex.word.write.markup import properties, tag, twips
from brieftex.word.write.numbers import style_id
from brieftex.word.write.runs import Composer, ParagraphText
from brieftex.word.write.styles import Grid
from brieftex.word.write.tables import border

_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES", "{section}": 'STYLEREF "heading 1"'}
_SLACK = 4
"""Twips that the type area is lower than its lines, so that no rounding costs the last of them."""


_FLAT = {
    "spacing": tag("spacing", before=0, after=0, line=240, lineRule="auto"),
    "snapToGrid": tag("snapToGrid", val=0),
}


class Edges(Struct, frozen=True):
    """The heads and feet of a document: each a sort (``header``, ``footer``), on which pages
    (``default``, ``even``, ``first``), and its content."""

    parts: tuple[tuple[str, str, str], ...]
    first_differs: bool
    even_differs: bool


def edges_of(document: Document, theme: Theme, grid: Grid, composer: Composer) -> Edges:
    """Running heads and folios, on odd and even pages and on the first."""
    furniture = document.furniture
    head, folio = any(furniture.head), any(furniture.folio)
    foot_rule = next((b.foot for b in document.blocks if isinstance(b, MastheadBlock)), None)
    first = (head and not furniture.head_on_first) or (folio and not furniture.folio_on_first)
    first = first or foot_rule is not None
    even = furniture.mirrored and folio and furniture.folio[0] != furniture.folio[2]
    kinds = ["default", *(["even"] if even else []), *(["first"] if first else [])]
    mark = _watermark(document, theme)
    parts = []
    for kind in kinds:
        shown = furniture.head if kind != "first" or furniture.head_on_first else ("", "", "")
        line = _head(furniture, shown, theme, grid, composer)
        parts.append(("header", kind, _with_mark(line, mark)))
        texts = furniture.folio if kind != "first" or furniture.folio_on_first else ("", "", "")
        texts = texts[::-1] if kind == "even" else texts
        rule = None
        if kind == "first" and foot_rule is not None:
            rule = tag("pBdr", rule_border(foot_rule, 4, "top"))
        parts.append(("footer", kind, _folio(furniture, texts, theme, grid, composer, rule)))
    return Edges(tuple(parts), first, even)


def _head(
    furniture: Furniture, texts: Sequence[str], theme: Theme, grid: Grid, composer: Composer
) -> str:
    more: dict[str, str] = {}
    if furniture.head_rule and any(texts):
        space = max(0, (furniture.head_rule_y - furniture.head_baseline) // SP_PER_PT - 2)
        more["pBdr"] = tag("pBdr", border("bottom", furniture.head_rule, "#000000", space))
    return _three(texts, "running_head", theme, grid, composer, more, 0)


def _folio(  # noqa: PLR0913, PLR0917  # a folio is made of all of these
    furniture: Furniture, texts: Sequence[str], theme: Theme, grid: Grid, composer: Composer,
    rule: str | None,
) -> str:  # fmt: skip
    more = {} if rule is None else {"pBdr": rule}
    inset = 0 if rule is not None else furniture.folio_inset
    return _three(texts, "folio", theme, grid, composer, more, inset)


def _three(  # noqa: PLR0913, PLR0917  # a line of three texts is made of all of these
    texts: Sequence[str], name: str, theme: Theme, grid: Grid, composer: Composer,
    more: Mapping[str, str], inset: Sp,
) -> str:  # fmt: skip
    """A line with texts at the left, in the middle and at the right."""
    style = theme.styles[name]
    content = ParagraphText(composer, style.char)
    left, middle, right = texts
    held = {"pStyle": tag("pStyle", val=style_id(name)), **_FLAT, **more}
    held["ind"] = tag("ind", left=twips(inset), right=twips(inset), firstLineChars=0, firstLine=0)
    shown = [text for text in texts if text]
    if len(shown) < 2:
        side = "left" if left else "right" if right else "center"
        held["jc"] = tag("jc", val=side)
        _fill(content, shown[0] if shown else "")
    else:
        edge = twips(grid.measure - inset)
        stops = (
            tag("tab", val="center", pos=twips(grid.measure) // 2),
            tag("tab", val="right", pos=edge),
        )
        held["tabs"] = tag("tabs", *stops)
        held["jc"] = tag("jc", val="left")
        _fill(content, left)
        content.tab()
        _fill(content, middle)
        content.tab()
        _fill(content, right)
    return tag("p", properties("pPr", held), *content.elements)


def _fill(content: ParagraphText, text: str) -> None:
    for part in re.split(r"(\{\w+\})", text):
        if part in _FIELDS:
            content.field(_FIELDS[part], "1")
        elif part:
            content.words(part)


def section_properties(  # noqa: PLR0913  # a page is made of all of these
    document: Document, edges: Edges, grid: Grid, references: Sequence[str], size: Sp,
    *, turned: bool = False, start: str | None = None,
) -> str:  # fmt: skip
    """The properties of a section: paper, margins, the grid of its lines; ``turned``: its pages lie
    across; ``start``: on which page it begins (ST_SectionMark), the next one if nothing is said.
    ``references`` lead to its heads and feet.

    The grid has lines alone, and characters keep their cells by their own spacing: LibreOffice
    gives each character two cells of a grid of characters that is a hair too narrow for it.
    """
    page, furniture = document.page, document.furniture
    if turned:
        page = page.turned
    paper_width, paper_height = twips(page.trim.width), twips(page.trim.height)
    top = twips(page.type_area.y - page.overhang)
    left = twips(page.type_area.x)
    measure = twips(page.type_area.width) + 2
    bottom = paper_height - top - page.lines * grid.pitch - _SLACK
    below = twips(document.page.trim.height)
    head = twips(furniture.head_baseline - size)
    foot = below - twips(furniture.folio_baseline) - twips(size) // 4
    if furniture.folio_top:
        foot = below - twips(furniture.folio_top) - twips(size)
    inner = [*references]
    if start is not None:
        inner.append(tag("type", val=start))
    lying = "landscape" if turned else None
    inner.append(tag("pgSz", w=paper_width, h=paper_height, orient=lying))
    inner.append(tag(
        "pgMar", top=top, right=max(paper_width - left - measure, 0), bottom=max(bottom, 0),
        left=left, header=max(head, 0), footer=max(foot, 0), gutter=0,
    ))  # fmt: skip
    finish = document.finish
    if finish is not None and finish.line_numbers.every:
        gap = twips(finish.line_numbers.gap)
        inner.append(tag("lnNumType", countBy=finish.line_numbers.every, distance=gap))
    inner.append(tag("cols", space=720))
    if edges.first_differs and any('"first"' in one for one in references):
        inner.append(tag("titlePg"))
    inner.append(tag("docGrid", type="lines", linePitch=grid.pitch))
    return tag("sectPr", *inner)


def settings_part(document: Document, edges: Edges) -> str:
    """The part settings.xml, its elements in the order of its schema."""
    inner = []
    if document.finish is not None and document.finish.binding.sides is Sides.MIRRORED:
        inner.append(tag("mirrorMargins"))
    inner.append(tag("bordersDoNotSurroundHeader"))
    inner.append(tag("bordersDoNotSurroundFooter"))
    inner.append(tag("defaultTabStop", val=420))
    if edges.even_differs:
        inner.append(tag("evenAndOddHeaders"))
    inner.append(tag("drawingGridVerticalSpacing", val=twips(document.page.leading) // 2))
    inner.append(tag("characterSpacingControl", val="compressPunctuation"))
    separators = tag("footnote", id=-1) + tag("footnote", id=0)
    inner.append(tag("footnotePr", separators))
    mode = tag("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/"
               "word", val=15)  # fmt: skip
    inner.append(tag(
        "compat", tag("spaceForUL"), tag("balanceSingleByteDoubleByteWidth"),
        tag("doNotLeaveBackslashAlone"), tag("ulTrailSpace"), tag("doNotExpandShiftReturn"),
        tag("adjustLineHeightInTable"), tag("useFELayout"), mode,
    ))  # fmt: skip
    inner.append(tag("themeFontLang", val="en-US", eastAsia="zh-CN"))
    return "".join(inner)


def _watermark(document: Document, theme: Theme) -> str:
    """The words across each page, as Word draws them: WordArt in the running head."""
    from xml.sax.saxutils import quoteattr  # noqa: PLC0415  # drafts alone have them

    finish = document.finish
    if finish is None or not finish.watermark.text:
        return ""
    mark = finish.watermark
    count = max(len(mark.text), 2)
    size = min(mark.char.size, document.page.type_area.width * 9 // 10 // count)
    width, height = size * count // SP_PER_PT, size // SP_PER_PT
    from brieftex.word.write.faces import han_family  # noqa: PLC0415

    face = han_family(theme.fonts.roles[mark.char.font])
    return (
        '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
        'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype><v:shape id="PowerPlusWaterMarkObject" '
        f'type="#_x0000_t136" style="position:absolute;width:{width}pt;height:{height}pt;'
        f"rotation:{360 - mark.angle};z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        f'mso-position-vertical-relative:margin" fillcolor="{mark.char.color}" stroked="f">'
        f'<v:textpath style="font-family:{quoteattr(face)[1:-1]};font-size:1pt" '
        f"string={quoteattr(mark.text)}/></v:shape></w:pict></w:r>"
    )


def _with_mark(line: str, mark: str) -> str:
    return line.removesuffix("</w:p>") + mark + "</w:p>" if mark else line
