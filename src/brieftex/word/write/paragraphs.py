"""The body under construction: paragraphs with their bookmarks, pictures, breaks.

Each paragraph has a bookmark named after what it says, by which an edited document leads back to
the issue file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.document.paragraphs import Numbered, TextBlock
from brieftex.model.theme import Theme
from brieftex.styled.styles import TextStyle
from brieftex.units import Size, Sp
from brieftex.word.write.markup import emu, properties, tag, text_element, twips
from brieftex.word.write.measuring import RoughMeasure, WordMeasure, text_width
from brieftex.word.write.numbers import WordNumbers, style_id
from brieftex.word.write.runs import COUNTED, Composer, ParagraphText
from brieftex.word.write.styles import (
    Grid,
    blank_line,
    differing_properties,
    is_snapped,
    paragraph_properties,
)

BOOKMARK = "brieftex_"
"""What the names of the bookmarks of paragraphs begin with."""

_SEQUENCES = {"figure": "图", "table": "表"}


TINY = {"sz": tag("sz", val=2), "szCs": tag("szCs", val=2)}
"""The size of what stands beside pictures, whose lines would be higher for it."""


class PictureFile(Struct, frozen=True):
    """A picture as a file for a document: its bytes, their ending, its size on the page."""

    data: bytes
    ending: str
    size: Size


class TwinParagraph(Struct, frozen=True):
    """A paragraph of a document that was made: the name of its bookmark, its style, what a reader
    of the file reads, and where each of these characters stands in the issue file (``NOWHERE``,
    ``COUNTED``)."""

    mark: str
    style: str
    said: str
    places: tuple[int, ...]


class Placing(Struct, frozen=True):
    """Where a paragraph stands beside what its style says: an anchor that leads to it, how many
    lines it takes, how it was counted, more properties."""

    anchor: str | None = None
    lines: int = 1
    number: Numbered | None = None
    more: Mapping[str, str] = {}


_HERE = Placing()


class BodyWriter(Struct):
    """Writes the parts of a document that hold text. ``pictures`` are those of figures and charts
    by their nodes; ``folios`` the pages of anchors."""

    theme: Theme
    grid: Grid
    numbers: WordNumbers
    composer: Composer
    pictures: Mapping[int, PictureFile]
    folios: Mapping[str, int]
    alts: Sequence[str | None]
    out: list[str] = field(default_factory=list)
    made: list[TwinParagraph] = field(default_factory=list)
    media: list[PictureFile] = field(default_factory=list)
    breaks: bool = False
    first: bool = True
    touches: bool = False
    count: int = 0
    marks: dict[str, int] = field(default_factory=dict)
    measure: WordMeasure = field(default_factory=RoughMeasure)

    def content(self, style: TextStyle) -> ParagraphText:
        """The content of a paragraph in this style, empty so far."""
        return ParagraphText(self.composer, self._own(style).char)

    def add(self, element: str) -> None:
        """Add an element of the body."""
        self.out.append(element)
        self.first = self.touches = False

    def text_block(self, block: TextBlock) -> None:
        """Add a paragraph, heading or line."""
        self.add(self.text_paragraph(block))
        char, body = block.style.char, self.theme.styles["body"].char
        self.touches = char.size >= body.size and block.style.leading == self.grid.leading

    def text_paragraph(self, block: TextBlock, more: Mapping[str, str] | None = None) -> str:
        """A paragraph, heading or line."""
        content, number = self.content(block.style), block.number
        start = 0
        style = block.style
        if number is not None and number.series in _SEQUENCES:
            start = number.length
            before, _, after = number.form.partition("{arabic}")
            content.words(before, style.char)
            content.field(f"SEQ {_SEQUENCES[number.series]} \\* ARABIC", str(number.value))
            content.words(after, style.char)
            number = None
        elif number is not None:
            start = number.length
        elif block.label is not None:
            content.words(block.label.text, style.char)
            content.tab()
        pressed = self.measure.pressed(block.text, style, self.grid.measure)
        content.text(block.text, start, list(pressed))
        lines = self.measure.lines(block.text, style, self.grid.measure)
        own = dict(more or {})
        if block.text.rubies and is_snapped(style, self.grid):
            # Readings stand in the white between lines, which no line is to be higher for.
            own = {**blank_line(self.grid), **own}
        if block.label is not None and block.number is None:
            hanging = twips(text_width(block.label.text, style.char.size) + block.label_gap)
            left = twips(style.left)
            own["ind"] = tag("ind", left=left, firstLineChars=0, hanging=hanging)
        if number is not None and block.text.runs:
            # Word sets a number as it sets the mark at the paragraph's end: one before a heading
            # that runs in looks like the heading.
            looks = self.composer.looks
            first = block.text.runs[0].style
            if looks.differing(first, content.base):
                own["rPr"] = properties("rPr", looks.of(first))
        place = Placing(block.anchor, lines, number, own)
        return self.paragraph(style, content, place)

    def paragraph(self, style: TextStyle, content: ParagraphText, place: Placing = _HERE) -> str:
        """A paragraph with its bookmarks."""
        held = self._properties(style, place)
        said = "".join(content.said)
        counted = [c for c, at in zip(said, content.places, strict=True) if at != COUNTED]
        mark = self._mark("".join(counted))
        self.made.append(TwinParagraph(mark, style.name, said, tuple(content.places)))
        inner = self.bookmarked(mark, "".join(content.elements))
        if place.anchor is not None and place.anchor in self.composer.anchors:
            inner = self.bookmarked(self.composer.anchors[place.anchor], inner)
        return tag("p", properties("pPr", held), inner)

    def empty(self, style: TextStyle, more: Mapping[str, str]) -> str:
        """A paragraph without text."""
        return tag("p", properties("pPr", {**self._properties(style, Placing()), **more}))

    def _own(self, style: TextStyle) -> TextStyle:
        return self.theme.styles.get(style.name, style)

    def _properties(self, style: TextStyle, place: Placing) -> dict[str, str]:
        base = self._own(style)
        held = differing_properties(style, base, self.grid, place.lines)
        if style.name != "body":
            held["pStyle"] = tag("pStyle", val=style_id(style.name))
        linked = self.numbers.of_style(style.name) is not None
        if place.number is not None:
            if numbered := self.numbers.count(place.number, style.name):
                held["numPr"] = numbered
            if place.number.series in ("list", "bullets"):
                held["ind"] = self._listed(style, place.number)
        elif linked:
            held["numPr"] = tag("numPr", tag("numId", val=0))
        if self.breaks:
            held["pageBreakBefore"] = tag("pageBreakBefore")
            if style.space and "spacing" not in place.more:
                flat = paragraph_properties(replace(style, space=0), self.grid, place.lines)
                held["spacing"] = flat["spacing"]
            self.breaks = False
        return {**held, **place.more}

    def _listed(self, style: TextStyle, number: Numbered) -> str:
        gap = self.theme.lists.bullet_gap if number.series == "bullets" else self.theme.lists.gap
        shown = number.form.replace("{arabic}", "0")
        hanging = twips(text_width(shown, style.char.size) + gap)
        left = twips(style.left + style.hang)
        right = twips(style.right)
        return tag("ind", left=left, right=right, firstLineChars=0, hanging=hanging)

    def bookmarked(self, name: str, inner: str) -> str:
        """Elements of a paragraph within a bookmark."""
        self.count += 1
        number = self.count
        start = tag("bookmarkStart", id=number, name=name)
        return start + inner + tag("bookmarkEnd", id=number)

    def _mark(self, said: str) -> str:
        digest = said_digest(said)
        seen = self.marks[digest] = self.marks.get(digest, 0) + 1
        return BOOKMARK + digest + (f"_{seen}" if seen > 1 else "")

    # -- pictures ------------------------------------------------------------------------

    def picture(self, node: int) -> str:
        """The run that shows the picture of a node, nothing where there is none."""
        found = self.pictures.get(node)
        if found is None:
            return ""
        width, height = emu(found.size.width), emu(found.size.height)
        inline = (
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" '
            f'cy="{height}"/>{self._graphic(found, node, (width, height))}</wp:inline>'
        )
        return tag("r", properties("rPr", TINY), tag("drawing", inline))

    def floating(self, node: int, x: Sp, y: Sp) -> str:
        """The run of a picture behind the text, so far from the measure's left edge and below the
        paragraph that it belongs to."""
        found = self.pictures.get(node)
        if found is None:
            return ""
        width, height = emu(found.size.width), emu(found.size.height)
        anchor = (
            '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
            'behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f'<wp:positionH relativeFrom="column"><wp:posOffset>{emu(x)}</wp:posOffset>'
            f'</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{emu(y)}'
            f'</wp:posOffset></wp:positionV><wp:extent cx="{width}" cy="{height}"/>'
            f"<wp:wrapNone/>{self._graphic(found, node, (width, height))}</wp:anchor>"
        )
        return tag("r", tag("drawing", anchor))

    def _graphic(self, found: PictureFile, node: int, size: tuple[int, int]) -> str:
        if found not in self.media:
            self.media.append(found)
        number = self.media.index(found) + 1
        self.count += 1
        alt = quoteattr(self.alts[node] or "")
        width, height = size
        return (
            f'<wp:docPr id="{self.count}" name="图片 {self.count}" descr={alt}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
            "</wp:cNvGraphicFramePr><a:graphic>"
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{self.count}" '
            f'name="image{number}.{found.ending}" descr={alt}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="rImage{number}"/><a:stretch><a:fillRect/></a:stretch>'
            '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
        )


def spacer(gap: Sp) -> str:
    """The run that parts two pictures by so much."""
    held = {**TINY, "spacing": tag("spacing", val=twips(gap))}
    return tag("r", properties("rPr", held), text_element(" "))


def said_digest(said: str) -> str:
    """What the bookmark of a paragraph that says this is called behind ``BOOKMARK``: blanks do not
    count, so that it can be told from the document whether the paragraph is still as it was."""
    plain = "".join(said.split())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:12]
