"""What has its own place on the page: masthead, colophon, contents."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.blocks import (
    EntryBlock,
    FigureBlock,
    FootBlock,
    JointBlock,
    MastheadBlock,
    MastheadPart,
    PairBlock,
    RuleBlock,
)
from brieftex.document.figures import DrawingBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.styled.styles import Align, TextStyle
from brieftex.styled.text import Text
from brieftex.units import SP_PER_PT, Sp
from brieftex.word.write.markup import properties, tag, twips
from brieftex.word.write.measuring import text_width
from brieftex.word.write.paragraphs import BodyWriter, Placing
from brieftex.word.write.tables import border

_WORD_SPACE = 31
"""Points that Word sets between text and a border at most."""

_TOC = '<w:fldChar w:fldCharType="{}"/>'


def add_pair(writer: BodyWriter, block: PairBlock) -> None:
    """Add a line with text at its left and at its right edge."""
    writer.add(pair_paragraph(writer, block))


def pair_paragraph(writer: BodyWriter, block: PairBlock, more: dict[str, str] | None = None) -> str:
    """A line with text at its left and, behind a tab, at its right edge."""
    style = block.style
    content = writer.content(style)
    content.text(block.left)
    held = dict(more or {})
    if block.right.text:
        size = style.char.size
        wide = text_width(block.left.text + block.right.text, size) + size
        if block.left.text and wide > writer.grid.measure - style.left - style.right:
            content.element("<w:r><w:br/></w:r>", "\n")
        content.tab()
        if block.counted and "{pages}" in block.right.text:
            before, _, after = block.right.text.partition("{pages}")
            content.words(before)
            content.field("NUMPAGES", str(writer.folios.get("", 1)))
            content.words(after)
        else:
            content.text(block.right)
        stop = twips(writer.grid.measure - style.right)
        held["tabs"] = tag("tabs", tag("tab", val="right", pos=stop))
    return writer.paragraph(style, content, Placing(more=held))


# -- masthead ----------------------------------------------------------------------------


def add_masthead_block(writer: BodyWriter, block: MastheadBlock, overhang: Sp) -> None:
    """Add the masthead: as high as on the page, with its rule as a border."""
    pitch = writer.grid.pitch
    rows: list[_Row] = []
    y = pending = 0
    for index, part in enumerate(block.parts):
        if isinstance(part, RuleBlock):
            pending += twips(part.above + part.thickness + part.below)
            if part.thickness and rows and not part.width:
                rows[-1].rule = part
                rows[-1].below = twips(part.below)
            elif part.thickness:
                thick = part.thickness + part.gap + part.second
                y += pending
                rows.append(_Row(part, twips(part.above) - 20, twips(part.below + thick)))
                pending = 0
            continue
        style, lines = _row_size(writer, part)
        height = lines * twips(style.leading) + twips(style.after)
        above = twips(style.before) + style.space * pitch * bool(rows)
        if block.name_top is not None and index == block.name:
            ink = (style.leading - style.char.size) // 2 + style.char.size * 6 // 100
            above = max(twips(block.name_top + overhang - ink) - y, 0)
        y += above + pending + height
        # White around a rule belongs to the line above it.
        ruled = bool(rows) and rows[-1].rule is not None
        rows.append(_Row(part, above + pending * (not ruled), twips(style.after)))
        pending = 0
    if rows:
        rows[-1].below += -(y + pending) % pitch + pending * (rows[-1].rule is None)
    for row in rows:
        _add_row(writer, row)


class _Row(Struct):
    """A line of the masthead: white above and below it, twips, and the rule below."""

    part: MastheadPart
    above: int
    below: int
    rule: RuleBlock | None = None


def _row_size(writer: BodyWriter, part: MastheadPart) -> tuple[TextStyle, int]:
    measure = writer.grid.measure
    match part:
        case TextBlock():
            return part.style, writer.measure.lines(part.text, part.style, measure)
        case PairBlock():
            lines = max(part.left.text.count("\n"), part.right.text.count("\n")) + 1
            return part.style, lines
        case JointBlock():
            return part.style, len(part.names)
    style = writer.theme.styles["masthead_name"]
    node = part.node if isinstance(part, FigureBlock | DrawingBlock) else -1
    found = writer.pictures.get(node)
    height = style.leading if found is None else found.size.height
    return replace(style, leading=height), 1


def _add_row(writer: BodyWriter, row: _Row) -> None:
    part, above, below, rule = row.part, row.above, row.below, row.rule
    style = part.style if isinstance(part, TextBlock | PairBlock | JointBlock) else None
    line = twips(style.leading) if style is not None else 240
    held = {
        "spacing": tag("spacing", before=max(above, 0), after=max(below, 0), line=line,
                       lineRule="exact" if style is not None else "auto"),
        "snapToGrid": tag("snapToGrid", val=0),
    }  # fmt: skip
    if rule is not None:
        space = min(_WORD_SPACE, rule.above // SP_PER_PT)
        held["pBdr"] = tag("pBdr", rule_border(rule, space))
    match part:
        case RuleBlock():
            side = (writer.grid.measure - part.width) // 2
            held["spacing"] = tag("spacing", before=max(above, 0), after=max(below, 0), line=20,
                                  lineRule="exact")  # fmt: skip
            held["ind"] = tag("ind", left=twips(side), right=twips(side), firstLineChars=0,
                              firstLine=0)  # fmt: skip
            held["pBdr"] = tag("pBdr", rule_border(part, 0))
            writer.add(writer.empty(writer.theme.styles["body"], held))
        case TextBlock():
            writer.add(writer.text_paragraph(part, held))
        case PairBlock():
            writer.add(pair_paragraph(writer, part, held))
        case JointBlock():
            _add_joint(writer, part, held)
        case FigureBlock() | DrawingBlock():
            look = writer.theme.styles["masthead_name"]
            content = writer.content(look)
            content.element(writer.picture(part.node))
            writer.add(writer.paragraph(look, content, Placing(more=held)))


def rule_border(rule: RuleBlock, space: int, side: str = "bottom") -> str:
    """A rule as the border of a paragraph; two of them as one border of two lines."""
    kind, thickness = "single", rule.thickness
    if rule.second:
        thick = rule.thickness > rule.second
        kind = "thickThinSmallGap" if thick else "thinThickSmallGap"
        thickness = rule.thickness + rule.gap + rule.second
    return border(side, thickness, str(rule.color), space, kind)


def _add_joint(writer: BodyWriter, block: JointBlock, held: dict[str, str]) -> None:
    """Add the names of several offices, equally wide, and what follows them in the middle of all
    (GB/T 9704-2012 7.2.4)."""
    size = block.style.char.size
    widest = max(text_width(name.text, size) for name in block.names) + size // 2
    suffix = text_width(block.suffix.text, size) + size // 2
    widths = [twips(widest), twips(suffix)] if block.suffix.text else [twips(widest)]
    rows = []
    for k, name in enumerate(block.names):
        more = dict(held)
        if k:
            more["spacing"] = tag(
                "spacing", before=0, after=0, line=twips(block.style.leading), lineRule="exact"
            )
        style = replace(block.style, align=Align.JUSTIFY)
        more["jc"] = tag("jc", val="distribute")
        more.pop("pBdr", None)
        cells = [tag("tc", properties("tcPr", {"tcW": tag("tcW", w=widths[0], type="dxa")}),
                     _line(writer, name, style, more))]  # fmt: skip
        if block.suffix.text:
            merge = tag("vMerge", val="restart" if k == 0 else "continue")
            props = {"tcW": tag("tcW", w=widths[1], type="dxa"), "vMerge": merge,
                     "vAlign": tag("vAlign", val="center")}  # fmt: skip
            more = {**more, "jc": tag("jc", val="center")}
            inner = _line(writer, block.suffix, style, more) if k == 0 else writer.empty(style, {})
            cells.append(tag("tc", properties("tcPr", props), inner))
        rows.append(tag("tr", *cells))
    own = properties("tblPr", {
        "tblW": tag("tblW", w=sum(widths), type="dxa"), "jc": tag("jc", val="center"),
        "tblLayout": tag("tblLayout", type="fixed"),
    })  # fmt: skip
    grid = tag("tblGrid", *(tag("gridCol", w=width) for width in widths))
    writer.add(tag("tbl", own, grid, *rows))
    more = {"spacing": tag("spacing", before=0, after=0, line=20, lineRule="exact"),
            "snapToGrid": tag("snapToGrid", val=0)}  # fmt: skip
    if "pBdr" in held:
        more["pBdr"] = held["pBdr"]
    writer.add(writer.empty(block.style, more))


def _line(writer: BodyWriter, text: Text, style: TextStyle, more: dict[str, str]) -> str:
    content = writer.content(style)
    content.text(text)
    return writer.paragraph(style, content, Placing(more=more))


# -- colophon ----------------------------------------------------------------------------


def add_colophon_block(writer: BodyWriter, block: FootBlock) -> None:
    """Add the colophon as a table at the foot of the type area, its rules as borders. Across it is
    placed from the edge of the page: LibreOffice lets no table float that fills its column."""
    width = twips(writer.grid.measure)
    held = {
        "spacing": tag("spacing", before=0, after=0, line=writer.grid.pitch, lineRule="exact"),
        "snapToGrid": tag("snapToGrid", val=0),
    }
    rows: list[str] = []
    rule: RuleBlock | None = None
    part: list[str] = []
    for one in block.blocks:
        if isinstance(one, RuleBlock):
            if part and rule is not None:
                rows.append(_colophon_row(width, part, (rule, one)))
                part = []
            rule = one
        elif isinstance(one, PairBlock):
            part.append(pair_paragraph(writer, one, held))
        else:
            part.append(writer.text_paragraph(one, held))
    own = properties("tblPr", {
        "tblpPr": tag("tblpPr", vertAnchor="margin", horzAnchor="page",
                      tblpX=twips(writer.theme.page.type_area.x), tblpYSpec="bottom"),
        "tblOverlap": tag("tblOverlap", val="never"),
        "tblW": tag("tblW", w=width, type="dxa"),
        "tblLayout": tag("tblLayout", type="fixed"),
        "tblCellMar": tag("tblCellMar", tag("left", w=0, type="dxa"),
                          tag("right", w=0, type="dxa")),
    })  # fmt: skip
    if rows:
        writer.add(tag("tbl", own, tag("tblGrid", tag("gridCol", w=width)), *rows))


def _colophon_row(width: int, part: Sequence[str], rules: tuple[RuleBlock, RuleBlock]) -> str:
    above, below = rules
    borders = (
        border("top", above.thickness, str(above.color)),
        border("bottom", below.thickness, str(below.color)),
    )
    held = {
        "tcW": tag("tcW", w=width, type="dxa"),
        "tcBorders": tag("tcBorders", *borders),
    }
    cell = tag("tc", properties("tcPr", held), *part)
    return tag("tr", tag("trPr", tag("cantSplit")), cell)


# -- contents ----------------------------------------------------------------------------


def add_contents_block(
    writer: BodyWriter, heading: TextBlock | None, entries: Sequence[EntryBlock]
) -> None:
    """Add the contents: a field that Word makes anew of the headings, with what it shows now."""
    inner = [] if heading is None else [writer.text_paragraph(heading)]
    begin = tag("r", _TOC.format("begin")) + tag(
        "r", '<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z '
        '\\t "attachment_title,1" </w:instrText>',
    ) + tag("r", _TOC.format("separate"))  # fmt: skip
    for k, entry in enumerate(entries):
        style = entry.style
        content = writer.content(style)
        if k == 0:
            content.element(begin)
        content.text(entry.text)
        content.tab()
        bookmark = writer.composer.anchors.get(entry.target, "")
        content.field(f"PAGEREF {bookmark} \\h", str(writer.folios.get(entry.target, "")))
        if k == len(entries) - 1:
            content.element(tag("r", _TOC.format("end")))
        room = (entry.digits + 1) * entry.folio.style.size // 2  # no line reaches below the numbers
        look = replace(style, right=style.right + room)
        lines = writer.measure.lines(entry.text, look, writer.grid.measure)
        inner.append(writer.paragraph(style, content, Placing(lines=lines)))
    gallery = tag("docPartGallery", val="Table of Contents") + tag("docPartUnique")
    held = tag("sdtPr", tag("docPartObj", gallery))
    writer.add(tag("sdt", held, tag("sdtContent", *inner)))
