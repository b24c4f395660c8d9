"""A document and its pictures become a file of Word, block by block."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.blocks import (
    Block,
    BreakBlock,
    Document,
    EntryBlock,
    FigureBlock,
    FigureRowBlock,
    JointBlock,
    MastheadBlock,
    PairBlock,
    PanelBlock,
    RuleBlock,
    SignatureBlock,
)
from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.document.paragraphs import NamesBlock, TextBlock
from brieftex.document.tables import TableBlock
from brieftex.model.theme import Theme
from brieftex.units import Sp
from brieftex.word.write.faces import font_table
from brieftex.word.write.fronts import (
    add_colophon_block,
    add_contents_block,
    add_masthead_block,
    add_pair,
)
from brieftex.word.write.markup import properties, tag, twips
from brieftex.word.write.measuring import RoughMeasure, WordMeasure, text_width
from brieftex.word.write.numbers import WordNumbers
from brieftex.word.write.package import WordPart, packed
from brieftex.word.write.pages import settings_part
from brieftex.word.write.paragraphs import (
    TINY,
    BodyWriter,
    PictureFile,
    Placing,
    TwinParagraph,
    spacer,
)
from brieftex.word.write.runs import Composer, Links, Looks
from brieftex.word.write.sections import PageFacts, Sections
from brieftex.word.write.signing import add_signature_block
from brieftex.word.write.styles import Grid, blank_line, indents, styles_part
from brieftex.word.write.tables import add_word_table, boxed


class Twin(Struct, frozen=True):
    """A document of Word, and its paragraphs in order."""

    data: bytes
    paragraphs: tuple[TwinParagraph, ...]


def text_mark(text: str) -> str:
    """What tells whether a document was made of this text of an issue file."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def write_twin(  # noqa: PLR0913, PLR0917  # a document is made of all of these
    document: Document, theme: Theme, pictures: Mapping[int, PictureFile],
    known: PageFacts, mark: str, measure: WordMeasure | None = None,
) -> Twin:  # fmt: skip
    """The document as a file of Word.

    ``pictures`` are those of figures, charts and drawings by their nodes. ``mark`` is that of the
    issue file's text. ``measure`` says how large texts and tables are; roughly, if there is none.
    """
    page = document.page
    grid = Grid(page.leading, page.type_area.width, page.leading * 20 // 65_536)
    numbers = WordNumbers(theme)
    alts = [node.alt for node in document.nodes]
    anchors = {name: f"_{name.replace('-', '_')}" for name in _anchors(document)}
    links, note_links = Links(), Links()
    looks = Looks(theme.fonts)
    composer = Composer(looks, links, anchors, _reference)
    writer = BodyWriter(theme, grid, numbers, composer, pictures, known.folios, alts)
    writer.measure = measure or RoughMeasure()
    sections = Sections(document, theme, grid, Composer(looks, Links()))
    for group in _groups(document.blocks):
        first = group[0]
        if isinstance(first, BreakBlock) and (first.turned is not sections.turned or first.odd):
            start = "oddPage" if first.odd else None
            _begin_section(writer, sections, turned=first.turned, start=start)
            area = page.turned.type_area if first.turned else page.type_area
            writer.grid = replace(grid, measure=area.width)
        else:
            _add_group(writer, group, page.overhang)
    if known.foot_alone and document.foot is not None:
        _begin_section(writer, sections, start="evenPage", silent=known.foot_silent)
        writer.add(_low(writer))  # LibreOffice begins no section with a table that floats
    _end(writer, document)
    inner = Composer(looks, note_links, anchors)
    notes = BodyWriter(
        theme,
        grid,
        numbers,
        inner,
        pictures,
        known.folios,
        alts,
        count=writer.count,
        marks=writer.marks,
        measure=writer.measure,
    )
    footnotes = _footnotes(notes, document)
    headed = any(b.style.name == "section" for b in document.blocks if isinstance(b, TextBlock))
    styles = styles_part(theme, grid, numbers, sections=headed)
    settings = settings_part(document, sections.edges)
    parts = [
        WordPart("styles", "styles", styles, "rStyles"),
        WordPart("numbering", "numbering", numbers.part(*_indents(theme)), "rNumbering"),
        WordPart("settings", "settings", settings, "rSettings"),
        WordPart("fontTable", "fonts", font_table(theme.fonts), "rFonts"),
        WordPart("footnotes", "footnotes", footnotes, "rNotes", links=note_links.held),
        *sections.parts(),
    ]  # fmt: skip
    body = tag("body", *writer.out, sections.properties())
    media = [(picture.data, picture.ending) for picture in writer.media]
    data = packed(body, parts, media, links.held, document.metadata, mark)
    return Twin(data, (*writer.made, *notes.made))


def _begin_section(
    writer: BodyWriter, sections: Sections, *, turned: bool = False, start: str | None = None,
    silent: bool = False,
) -> None:  # fmt: skip
    """End the section before, if anything stands in it, and begin another on a new page."""
    writer.breaks = False
    if not writer.first:
        writer.add(_low(writer, {"sectPr": sections.properties()}))
    sections.begin(writer.first, turned=turned, start=start, silent=silent)


def _low(writer: BodyWriter, more: Mapping[str, str] | None = None) -> str:
    """A paragraph of hardly any height, where Word needs one."""
    low = {
        "spacing": tag("spacing", before=0, after=0, line=20, lineRule="exact"),
        "snapToGrid": tag("snapToGrid", val=0),
    }
    return writer.empty(writer.theme.styles["body"], {**low, **(more or {})})


def _reference(note: int) -> str:
    return tag("footnoteReference", id=note + 1)


def _anchors(document: Document) -> Iterator[str]:
    for block in document.blocks:
        for one in block.parts if isinstance(block, MastheadBlock) else (block,):
            if isinstance(one, TextBlock) and one.anchor is not None:
                yield one.anchor


def _groups(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    """The blocks, those of the contents together with their heading."""
    group: list[Block] = []
    for k, block in enumerate(blocks):
        heads = k + 1 < len(blocks) and isinstance(blocks[k + 1], EntryBlock)
        if isinstance(block, EntryBlock) or (heads and isinstance(block, TextBlock)):
            group.append(block)
            continue
        if group:
            yield group
            group = []
        yield [block]
    if group:
        yield group


def _add_group(writer: BodyWriter, group: list[Block], overhang: Sp) -> None:
    first = group[0]
    entries = [block for block in group if isinstance(block, EntryBlock)]
    if entries:
        heading = first if isinstance(first, TextBlock) else None
        add_contents_block(writer, heading, entries)
        return
    _add_block(writer, first, overhang)


def _add_block(  # noqa: C901  # one case for each sort of block
    writer: BodyWriter, block: Block, overhang: Sp
) -> None:
    match block:
        case TextBlock():
            writer.text_block(block)
        case PairBlock():
            add_pair(writer, block)
        case MastheadBlock():
            add_masthead_block(writer, block, overhang)
        case SignatureBlock():
            add_signature_block(writer, block)
        case TableBlock():
            add_word_table(writer, block)
        case NamesBlock():
            _add_names(writer, block)
        case PanelBlock():
            _add_panel(writer, block, overhang)
        case FigureBlock() | ChartBlock() | DrawingBlock():
            _add_figure(writer, (block,), block.caption)
        case FigureRowBlock():
            _add_figure(writer, block.arts, block.caption, block.gap)
        case BreakBlock():
            writer.breaks = not writer.first
        case RuleBlock() | JointBlock() | EntryBlock():  # these stand within others
            pass


_USUAL = 4
"""Columns of names are as wide as the widest of up to so many characters."""


def _add_names(writer: BodyWriter, block: NamesBlock) -> None:
    """Add names in columns: one paragraph with a line for each row and a tab before each column.
    Those of two characters are as wide as those of three."""
    style, size = block.style, block.style.char.size
    room = writer.grid.measure - style.left - style.right
    short = [len(name.text) == 2 and not name.text.isascii() for name in block.names]
    widths = [
        3 * size if two else text_width(name.text, size)
        for name, two in zip(block.names, short, strict=True)
    ]
    usual = [width for width in widths if width <= _USUAL * size] or widths
    widest = min(max(usual), room)
    columns = max(1, (room + block.gap) // (widest + block.gap))
    pitch = (room - widest) // (columns - 1) if columns > 1 else room
    content = writer.content(style)
    at = 0
    for k, (name, width) in enumerate(zip(block.names, widths, strict=True)):
        if at and (at >= columns or at * pitch + width > room):
            content.element("<w:r><w:br/></w:r>", "\n")
            at = 0
        elif k:
            content.tab()
        content.text(name)
        at += 1 if width <= widest else max(1, -(-(width + block.gap) // pitch))
    stops = (tag("tab", val="left", pos=twips(style.left + k * pitch)) for k in range(1, columns))
    more = {"tabs": tag("tabs", *stops)} if columns > 1 else {}
    writer.add(writer.paragraph(style, content, Placing(more=more)))


def _add_panel(writer: BodyWriter, block: PanelBlock, overhang: Sp) -> None:
    """Add a box as a table of one cell, empty lines above and below it as on the page."""
    outside, grid, breaks = writer.out, writer.grid, writer.breaks
    writer.out, writer.breaks = [], False
    writer.grid = replace(grid, measure=grid.measure - 2 * block.padding)
    for inner in block.blocks:
        _add_block(writer, inner, overhang)
    held, writer.out, writer.grid, writer.breaks = writer.out, outside, grid, breaks
    if held:
        style = writer.theme.styles["body"]
        writer.add(writer.empty(style, blank_line(grid)))
        writer.add(boxed(held, block, grid))
        writer.add(writer.empty(style, blank_line(grid)))


def _add_figure(
    writer: BodyWriter, arts: Sequence[FigureBlock | ChartBlock | DrawingBlock],
    caption: TextBlock | None, gap: Sp = 0,
) -> None:  # fmt: skip
    """Add pictures side by side, the caption below. As on the page they take whole lines together
    with a quarter of one, and nothing but they has a height: the mark that ends the paragraph, and
    what parts them, are as small as can be."""
    body, grid = writer.theme.styles["body"], writer.grid
    content = writer.content(body)
    for k, art in enumerate(arts):
        if k:
            content.element(spacer(gap))
        content.element(writer.picture(art.node))
    found = [writer.pictures[art.node] for art in arts if art.node in writer.pictures]
    height = max((picture.size.height for picture in found), default=0)
    lines = -(-(height + grid.leading // 4) // grid.leading)
    spare = lines * grid.pitch - twips(height) - 1
    held = {
        "pStyle": tag("pStyle", val="Figure"),
        "snapToGrid": tag("snapToGrid", val=0),
        "spacing": tag("spacing", before=spare // 2, after=spare - spare // 2, line=240,
                       lineRule="auto"),
        "rPr": properties("rPr", TINY),
    }  # fmt: skip
    if caption is None:
        held["keepNext"] = tag("keepNext", val=0)
    writer.add(writer.paragraph(body, content, Placing(more=held)))
    if caption is not None:
        writer.text_block(caption)


def _end(writer: BodyWriter, document: Document) -> None:
    """Add what stands behind all blocks. A table has to be followed by a paragraph."""
    if document.foot is not None:
        add_colophon_block(writer, document.foot)
    if writer.out and writer.out[-1].startswith("<w:tbl>"):
        writer.add(_low(writer))


def _footnotes(writer: BodyWriter, document: Document) -> str:
    """The part footnotes.xml: the rules above notes, and the notes."""
    kinds = (("separator", -1), ("continuationSeparator", 0))
    inner = [
        tag("footnote", tag("p", properties("pPr", _flat()), tag("r", tag(kind))),
            type=kind, id=number)
        for kind, number in kinds
    ]  # fmt: skip
    for number, note in enumerate(document.notes, 1):
        lines = []
        for k, block in enumerate(note):
            content = writer.content(block.style)
            if k == 0 and block.label is not None:
                # The number alone: LibreOffice has its own place for it, outside of what is
                # set around it.
                content.element(tag("r", tag("footnoteRef")) + "<w:r><w:tab/></w:r>", "\t")
            content.text(block.text)
            shown = block.label.text if block.label else ""
            hanging = twips(text_width(shown, block.style.char.size) + block.label_gap)
            left = twips(block.style.left)
            more = {
                "ind": tag("ind", left=left, firstLineChars=0, hanging=hanging if k == 0 else 0)
            }
            line = twips(block.style.leading)
            more["spacing"] = tag("spacing", before=0, after=0, line=line, lineRule="exact")
            lines.append(writer.paragraph(block.style, content, Placing(more=more)))
        inner.append(tag("footnote", *lines, id=number))
    return "".join(inner)


def _flat() -> dict[str, str]:
    return {"spacing": tag("spacing", before=0, after=0, line=240, lineRule="auto"),
            "ind": tag("ind", firstLineChars=0, firstLine=0)}  # fmt: skip


def _indents(theme: Theme) -> tuple[list[str], dict[str, str]]:
    """The indents of the levels of lists, whose labels hang out of them, and those of styles."""
    style, rules = theme.styles["list"], theme.lists
    hanging = twips(style.char.size + rules.bullet_gap)
    listed = [
        tag("ind", left=twips(style.left + rules.step * (depth + 1)), hanging=hanging)
        for depth in range(9)
    ]
    return listed, {name: indents(style) for name, style in theme.styles.items()}
