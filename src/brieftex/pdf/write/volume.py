"""A file of many parts, each drawn by itself: an issue of a yearbook, its contents, its index.

What a part leaves behind when it is drawn is small: the references of its pages and topmost
structure elements, the leaf of the parent tree, the places that links may lead to. Faces and
pictures are shared by all parts. Parts may be drawn in any order; their order in the file is said
at the end. Nothing else is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.blocks import Metadata, OutlineEntry, StructureNode
from brieftex.fonts.face import Face
from brieftex.layout.page import Page
from brieftex.pdf.write import metadata as about
from brieftex.pdf.write.draw import Images, PageDrawing
from brieftex.pdf.write.objects import array, text_string
from brieftex.pdf.write.parts import glyphs_in_use
from brieftex.pdf.write.picture import EmbeddedPicture
from brieftex.pdf.write.reportlab_bridge import Written
from brieftex.pdf.write.streamed import FilePart, StreamedFile, reference_to
from brieftex.pdf.write.tags import Branch, Tags
from brieftex.pdf.write.volume_font import VolumeFont
from brieftex.picture import Picture


class PartPages(Struct, frozen=True):
    """The pages of a part, and what of its document is drawn. ``name`` stands before its anchors,
    as ``name/anchor``, where other parts lead to them: those in ``kept`` only."""

    name: str
    title: str
    pages: Sequence[Page]
    nodes: Sequence[StructureNode]
    pictures: Mapping[Picture, EmbeddedPicture]
    kept: Iterable[str] = ()


class WrittenPart(Struct, frozen=True):
    """A part that is in the file: its name, its node of the page tree, how many pages it has, and
    its structure element."""

    name: str
    tree: bytes
    pages: int
    element: bytes


class PageLabel(Struct, frozen=True):
    """How pages are counted from the one with this ``index`` on: ``style`` is D for digits, r for
    small Roman numerals, empty for none (ISO 32000-1, 12.4.2)."""

    index: int
    style: str
    start: int = 1


class VolumeFile:
    """A file in the making; ``write`` takes its bytes piece by piece."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        """Nothing is drawn yet."""
        self._file = StreamedFile(write)
        self._fonts: dict[Face, VolumeFont] = {}
        self._root = self._file.reserved()
        self._document = self._file.reserved()
        self._pictures: dict[bytes, bytes] = {}
        self._key = 0
        self._count = 0
        self._leaves: list[bytes] = []
        self._names: list[bytes] = []
        self._limits: list[bytes] = []
        self.destinations: dict[str, bytes] = {}
        """Where parts can lead to, by name: ``part/anchor``, and ``part/page-n`` for the n-th page
        of a part."""

    def add(self, part: PartPages) -> WrittenPart:
        """Draw a part. Raises ValueError as ``draw`` does."""
        self._count += 1
        pages = FilePart(self._file)
        tags = Tags(part.nodes, len(part.pages), self._key, f"p{self._count:05}")
        for face, used in glyphs_in_use(part.pages).items():
            if face not in self._fonts:
                self._fonts[face] = VolumeFont(face, f"F{len(self._fonts)}")
            self._fonts[face].take(used)
        images = Images(self._file, part.pictures, self._pictures)
        drawing = PageDrawing(pages, part.pages, tags, self._fonts, images, self.destinations)
        drawing.add_pages()
        drawing.add_links()
        element = self._file.reserved()
        branch = tags.add_below(reference_to(element), pages)
        title = text_string(part.title)
        body = b"<</S/Part/P %b/T%b/K%b>>" % (
            reference_to(self._document), title, array(branch.tops),
        )  # fmt: skip
        self._file.fill(element, Written(body))
        self._keep(part, pages, drawing)
        self._grow(branch)
        return WrittenPart(part.name, pages.close(), pages.count, reference_to(element))

    def _keep(self, part: PartPages, pages: FilePart, drawing: PageDrawing) -> None:
        """Keep where other parts may lead to."""
        for anchor in part.kept:
            self.destinations[f"{part.name}/{anchor}"] = drawing.destination(anchor)
        for index in range(pages.count):
            here = b"[%b/XYZ null null null]" % pages.page(index)
            self.destinations[f"{part.name}/page-{index + 1}"] = here

    def _grow(self, branch: Branch) -> None:
        """Take a part's leaves of the parent tree and of the names of notes."""
        if branch.next_key > self._key:
            limits = b"[%d %d]" % (self._key, branch.next_key - 1)
            leaf = b"<</Limits%b/Nums%b>>" % (limits, branch.numbers)
            self._leaves.append(self._file.add(Written(leaf)))
        self._key = branch.next_key
        if branch.names:
            leaf = b"<</Limits[%b]/Names[%b]>>" % (branch.name_limits, branch.names)
            self._names.append(self._file.add(Written(leaf)))

    def finish(
        self,
        parts: Sequence[WrittenPart],
        outline: Sequence[OutlineEntry],
        labels: Sequence[PageLabel],
        metadata: Metadata,
        *,
        conforming: bool = True,
    ) -> None:
        """Write the rest; to be called once. ``parts`` are in the order of the file; anchors of
        ``outline`` are names of ``destinations``. A file that is not ``conforming`` does not call
        itself PDF/A and PDF/UA."""
        file, date = self._file, about.date_of(metadata)
        names = [
            b"/%b %b" % (font.name.encode("ascii"), font.add_to(file))
            for font in self._fonts.values()
        ]
        file.fill(file.fonts, Written(b"<<%b>>" % b"".join(names)))
        count = sum(part.pages for part in parts)
        kids = array(part.tree for part in parts)
        file.fill(file.tree, Written(b"<</Type/Pages/Count %d/Kids%b>>" % (count, kids)))
        root = self._structure(parts, metadata)
        wanted = {entry.anchor: self.destinations[entry.anchor] for entry in outline}
        bookmarks = about.outline(outline, wanted, file, opened=1)
        packet = about.xmp(metadata, date, 2 if conforming else None, accessible=conforming)
        catalog = (
            b"<</Type/Catalog/Pages %b/Lang%b/StructTreeRoot %b/MarkInfo<</Marked true>>"
            b"/ViewerPreferences<</DisplayDocTitle true>>/PageLabels%b/OutputIntents[%b]"
            b"/Metadata %b%b>>"
        ) % (
            reference_to(file.tree),
            text_string(metadata.language),
            root,
            _page_labels(labels),
            about.output_intent(file),
            file.add(packet),
            b"/PageMode/UseOutlines/Outlines " + bookmarks if bookmarks else b"",
        )
        info = file.add(Written(about.information(metadata, date)))
        file.finish(file.add(Written(catalog)), info)

    def _structure(self, parts: Sequence[WrittenPart], metadata: Metadata) -> bytes:
        """The root of the structure tree, and the document below it."""
        kids = array(part.element for part in parts)
        top = b"<</S/Document/P %b/Lang%b/K%b>>"
        language = text_string(metadata.language)
        document = self._file.fill(
            self._document, Written(top % (reference_to(self._root), language, kids))
        )
        root = b"<</Type/StructTreeRoot/K[%b]/ParentTree<</Kids%b>>/ParentTreeNextKey %d%b>>" % (
            document,
            array(self._leaves),
            self._key,
            b"/IDTree<</Kids%b>>" % array(self._names) if self._names else b"",
        )
        return self._file.fill(self._root, Written(root))


def as_part(nodes: Sequence[StructureNode]) -> tuple[StructureNode, ...]:
    """The nodes of a document that is a part of another."""
    return tuple(replace(node, role="Sect") if node.role == "Document" else node for node in nodes)


def _page_labels(labels: Sequence[PageLabel]) -> bytes:
    entries = (
        b"%d<<%b/St %d>>"
        % (label.index, b"/S/" + label.style.encode("ascii") if label.style else b"", label.start)
        for label in labels
    )
    return b"<</Nums%b>>" % array(entries)
