"""Drawing: made-up pages become the bytes of the file.

Nothing is decided here. reportlab, behind ``reportlab_bridge``, numbers the objects and writes the
frame of the file; content streams, fonts, page dictionaries and the structure tree are made by this
package.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from msgspec import Struct

from brieftex.document.blocks import Metadata, OutlineEntry, StructureNode
from brieftex.fonts.face import Face
from brieftex.layout.look import looks_of
from brieftex.layout.page import (
    Artifact,
    Link,
    Page,
    Placed,
    PlacedFrame,
    PlacedLine,
    PlacedPath,
    PlacedPicture,
    PlacedRule,
)
from brieftex.memory import FORGETFUL, Memory
from brieftex.pdf.write import metadata as about
from brieftex.pdf.write.content import Content
from brieftex.pdf.write.drawn import DrawnCopy, DrawnImage, DrawnPage, KnownPages
from brieftex.pdf.write.font import Font, merged_texts
from brieftex.pdf.write.font_in_use import FontInUse
from brieftex.pdf.write.line_ends import for_copying
from brieftex.pdf.write.line_shapes import ShownLines
from brieftex.pdf.write.objects import (
    Objects,
    PageObjects,
    literal,
    number,
    packed_stream,
    text_string,
    thousandths,
    uri,
)
from brieftex.pdf.write.parts import drawn_parts, glyphs_in_use
from brieftex.pdf.write.picture import EmbeddedPicture
from brieftex.pdf.write.reportlab_bridge import File, Written
from brieftex.pdf.write.tags import DrawnMark, Tags
from brieftex.picture import Picture, on_its_side
from brieftex.units import Rect, to_pt

_SCHEMES = ("http://", "https://", "mailto:")

# ISO 32000-1, 14.8.2.2.2
_ARTIFACTS = {
    Artifact.HEADER: b"/Artifact<</Type/Pagination/Subtype/Header>>",
    Artifact.FOOTER: b"/Artifact<</Type/Pagination/Subtype/Footer>>",
    Artifact.WATERMARK: b"/Artifact<</Type/Pagination/Subtype/Watermark>>",
    Artifact.LAYOUT: b"/Artifact<</Type/Layout>>",
}


class DrawOptions(Struct, frozen=True):
    """Options of a file. ``source`` is the name and content of the issue file, to be attached. A
    file that will be encrypted is not ``archival``; one with pages of other programs' files is
    neither that nor ``accessible``."""

    source: tuple[str, bytes] | None = None
    archival: bool = True
    accessible: bool = True

    @property
    def part(self) -> int | None:
        """The part of ISO 19005 that the file follows, all at level A: 3 allows attachments."""
        if not self.archival:
            return None
        return 2 if self.source is None else 3


PLAIN = DrawOptions()


def draw(  # noqa: PLR0913, PLR0917  # a file is made of all these
    pages: Sequence[Page],
    nodes: Sequence[StructureNode],
    outline: Sequence[OutlineEntry],
    metadata: Metadata,
    options: DrawOptions = PLAIN,
    pictures: Mapping[Picture, EmbeddedPicture] = MappingProxyType({}),
    memory: Memory = FORGETFUL,
) -> bytes:
    """The PDF file of ``pages``: PDF 1.7, PDF/UA-1 and PDF/A as ``options`` says.

    ``nodes`` and ``outline`` are the document's, ``pictures`` the data of those on the pages.
    The same arguments give the same bytes, whatever the clock says and whatever there is in
    ``memory``. Raises ValueError when a link or bookmark leads to no anchor or to a scheme that is
    not http, https or mailto.
    """
    file = File(metadata.language)
    tags = Tags(nodes, len(pages))
    fonts, known = _fonts(pages, memory)
    drawing = PageDrawing(file, pages, tags, fonts, Images(file, pictures), known=known)
    drawing.add_pages()
    for font in fonts.values():
        file.add_font(font.name, font.add_to(file))
    drawing.add_links()
    _catalog(file, drawing, outline, tags, pages)
    _describe(file, metadata, options)
    return file.data()


class PageDrawing:
    """Draws pages into a file, whole or a part of one: content, images, tags, links. ``elsewhere``
    has the destinations of anchors on other pages of the file."""

    def __init__(  # noqa: PLR0913, PLR0917  # what pages are drawn with
        self,
        file: PageObjects,
        pages: Sequence[Page],
        tags: Tags,
        fonts: Mapping[Face, FontInUse],
        images: Images,
        elsewhere: Mapping[str, bytes] = MappingProxyType({}),
        known: KnownPages | None = None,
    ) -> None:
        """``tags`` and ``fonts`` know all of the pages; ``known`` may have some of them drawn."""
        self._file = file
        self._pages = pages
        self._tags = tags
        self._fonts = fonts
        self._lines = ShownLines(fonts)
        self._images = images
        self._elsewhere = elsewhere
        self._known = known
        self._anchors = {
            anchor.name: (index, thousandths(page.trim.height - anchor.y))
            for index, page in reversed(list(enumerate(pages)))  # the first of a name counts
            for anchor in reversed(page.anchors)
        }

    def add_pages(self) -> None:
        """Add the pages without their links."""
        for index, page in enumerate(self._pages):
            self._add_page(index, page)

    def add_links(self) -> None:
        """Add the links of all pages."""
        for index, page in enumerate(self._pages):
            links = [self._add_link(link, index, page) for link in page.links]
            self._file.annotate(index, links)

    def _add_page(self, index: int, page: Page) -> None:
        self._tags.begin_page()
        drawn = self._known.get(index) if self._known else None
        if drawn is None or not self._is_drawn_so(drawn):
            drawn = self._drawn(page)
            if self._known:
                self._known.put(index, drawn)
        size = to_pt(page.trim.width), to_pt(page.trim.height)
        images = {image.name: self._images.use(image.picture)[1] for image in drawn.images}
        key, rotate = self._tags.page_key(index), 90 if page.turned else 0
        self._file.add_page(size, Written(drawn.stream), images, drawn.states, key, rotate)

    def _is_drawn_so(self, drawn: DrawnPage) -> bool:
        """Whether a page that looks like this one is drawn as that was. If so, its content is
        marked, and glyphs are copied for it."""
        for image in drawn.images:
            name, _, turn = self._images.use(image.picture)
            if (name, turn) != (image.name, image.turn):
                return False
        for copy in drawn.copies:
            code, _, _ = self._fonts[copy.face].spaced(copy.glyph, copy.before, copy.after)
            if code != copy.code:
                return False
        return self._tags.mark_again(drawn.marks)

    def _drawn(self, page: Page) -> DrawnPage:
        for font in self._fonts.values():
            font.asked.clear()
        content = Content(page.trim.height, self._lines)
        marks, images = self._draw_items(page, content)
        copies = tuple(
            DrawnCopy(face, *copy, font.copied[copy][0])
            for face, font in (self._fonts.items() if self._known else ())
            for copy in font.asked
        )
        packed = packed_stream(b"", content.data())
        return DrawnPage(packed, content.states, tuple(marks), tuple(images), copies)

    def _draw_items(self, page: Page, content: Content) -> tuple[list[DrawnMark], list[DrawnImage]]:
        """Draw the items of a page; what was marked, and the images used."""
        marks: list[DrawnMark] = []
        images: list[DrawnImage] = []
        current: int | Artifact | None = None
        for owner, item, count in drawn_parts(for_copying(page)):
            if owner != current:
                if current is not None:
                    content.end()
                content.begin(self._mark(owner, item, page, marks))
                current = owner
            if isinstance(item, PlacedLine):
                content.text(item, count)
            elif isinstance(item, PlacedRule):
                content.rule(item.rect, item.color)
            elif isinstance(item, PlacedPicture):
                name, _, turn = self._images.use(item.picture)
                images.append(DrawnImage(item.picture, name, turn))
                content.picture(item.rect, name, on_its_side(turn) if item.turned else turn)
            elif isinstance(item, PlacedPath):
                content.path(item)
        if current is not None:
            content.end()
        return marks, images

    def _mark(
        self, owner: int | Artifact, item: Placed, page: Page, marks: list[DrawnMark]
    ) -> bytes:
        if isinstance(owner, Artifact):
            return _ARTIFACTS[owner]
        box = None
        if isinstance(item, PlacedPicture | PlacedFrame):
            box = _corners(item.rect, page)
        tag = self._tags.mark(owner, box)
        marks.append(DrawnMark(owner, tag, box))
        return tag

    def _add_link(self, link: Link, index: int, page: Page) -> bytes:
        """Add a link annotation (ISO 32000-1, 12.5.6.5); the reference to it."""
        if link.href.startswith("#"):
            target = b"/Dest" + self.destination(link.href[1:])
        elif link.href.lower().startswith(_SCHEMES):
            target = b"/A<</S/URI/URI%b>>" % literal(uri(link.href))
        else:
            raise ValueError(f"link to {link.href!r}")
        reference = self._file.add(
            Written(
                b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F 4/Contents%b"
                b"/StructParent %d%b>>"
                % (
                    _corners(link.rect, page),
                    text_string(link.description),
                    self._tags.next_key(),
                    target,
                )
            )
        )
        self._tags.annotate(link.node, index, reference)
        return reference

    def destination(self, anchor: str) -> bytes:
        """Where an anchor is: its page, with its height at the top of the window and the
        magnification as it is (ISO 32000-1, 12.3.2.2)."""
        if anchor in self._anchors:
            index, y = self._anchors[anchor]
            return b"[%b/XYZ null %b null]" % (self._file.page(index), number(y).encode("ascii"))
        if anchor not in self._elsewhere:
            raise ValueError(f"no anchor {anchor!r}")
        return self._elsewhere[anchor]

    @property
    def anchors(self) -> Iterable[str]:
        """The names of the anchors on the pages."""
        return self._anchors


def _catalog(
    file: File,
    drawing: PageDrawing,
    entries: Sequence[OutlineEntry],
    tags: Tags,
    pages: Sequence[Page],
) -> None:
    """Fill the document catalog (ISO 32000-1, 7.7.2)."""
    destinations = {entry.anchor: drawing.destination(entry.anchor) for entry in entries}
    file.set_catalog(
        Outlines=about.outline(entries, destinations, file),
        StructTreeRoot=tags.add_to(file),
        MarkInfo=b"<</Marked true>>",
        ViewerPreferences=b"<</DisplayDocTitle true>>",
        PageLabels=about.page_labels(
            [page.number for page in pages], sum(page.front for page in pages)
        ),
        OutputIntents=b"[%b]" % about.output_intent(file),
    )


def _describe(file: File, metadata: Metadata, options: DrawOptions) -> None:
    """Metadata, which says what the file conforms to, and the attached source."""
    date = about.date_of(metadata)
    file.set_info(about.information(metadata, date))
    packet = about.xmp(metadata, date, options.part, accessible=options.accessible)
    file.set_catalog(Metadata=packet)
    if options.source is not None:
        name, content = options.source
        attached = about.attachment(name, content, date, file)
        names = b"<</EmbeddedFiles<</Names[%b %b]>>>>" % (text_string(name), attached)
        file.set_catalog(AF=b"[%b]" % attached, Names=names)


class Images:
    """The pictures of a document, each embedded once. ``stored`` are those that the file has
    already, by their bytes: parts of one file share them."""

    def __init__(
        self,
        file: Objects,
        data: Mapping[Picture, EmbeddedPicture],
        stored: dict[bytes, bytes] | None = None,
    ) -> None:
        """``data`` has every picture that is going to be used."""
        self._file = file
        self._data = data
        self._stored = {} if stored is None else stored
        self._known: dict[Picture, tuple[str, bytes, tuple[int, ...]]] = {}

    def use(self, picture: Picture) -> tuple[str, bytes, tuple[int, ...]]:
        """Resource name, reference and turn of a picture."""
        if picture not in self._known:
            data = self._data[picture]
            mark = data.mark
            if mark not in self._stored:
                self._stored[mark] = data.add_to(self._file)
            name = f"I{len(self._known)}"
            self._known[picture] = (name, self._stored[mark], data.turn)
        return self._known[picture]


def _fonts(pages: Sequence[Page], memory: Memory) -> tuple[dict[Face, Font], KnownPages | None]:
    """A font for each face in use, with all its glyphs; the pages known that were drawn with the
    same, where they are kept."""
    memo = memory.stage("glyphs")
    looks = looks_of(pages, memo)
    if memo.keeps:
        on_each = (partial(glyphs_in_use, [page]) for page in pages)
        parts = [memo.recall(*one) for one in zip(looks, on_each, strict=True)]
    else:
        parts = [glyphs_in_use(pages)]
    found: dict[Face, list[Mapping[int, str]]] = {}
    for part in parts:
        for face, texts in part.items():
            found.setdefault(face, []).append(texts)
    merged = [(face, merged_texts(texts)) for face, texts in found.items()]
    made = memory.stage("fonts")
    fonts = {face: Font(face, f"F{n}", texts, made) for n, (face, texts) in enumerate(merged)}
    return fonts, KnownPages(looks, memory.stage("pages", merged)) if memo.keeps else None


def _corners(rect: Rect, page: Page) -> bytes:
    """Lower left and upper right corner, in points from the foot of the page."""
    top = page.trim.height - rect.y
    lengths = (rect.x, top - rect.height, rect.x + rect.width, top)
    return " ".join(number(thousandths(length)) for length in lengths).encode("ascii")
