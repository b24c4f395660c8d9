"""A finished PDF file as a reader finds it: pages, tags in reading order, links, bookmarks.

It is read from the bytes, without the code that wrote them. ``audit`` judges what is found
here, ``compare`` compares it with the document.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any, TypeVar

from msgspec import Struct, field

from brieftex.memory import NOTHING_KEPT, Memo
from brieftex.pdf.read.content import Decoder, PageContent, to_unicode
from brieftex.pdf.read.glyph_boxes import Rectangle
from brieftex.pdf.read.metrics import Metrics, PageFont, Unpack, metrics_of, number_of
from brieftex.pdf.read.overlap import Misprints, misprints
from brieftex.pdf.read.parse import (
    BrokenPdfError,
    PdfFile,
    Reference,
    Stream,
    UnusualPdfError,
    text_of,
)
from brieftex.pdf.read.pieces import IDENTITY, Placement
from brieftex.pdf.read.placement import DrawnForm, Resources, shown_page
from brieftex.pdf.read.tokens import ContentTokens

_Read = TypeVar("_Read")

# In place of the name of a font: a form was drawn, which has fonts of its own.
_FORM = ""

Decode = Callable[[PdfFile, Stream], bytes]
"""Unpacks streams that ``PdfFile.unpacked`` does not."""

_MOST_PAGES = 20_000
_MOST_ELEMENTS = 2_000_000
_DEEPEST = 200


def is_foreign(file: PdfFile, form: Stream) -> bool:
    """Whether a form is a page of another file, taken in as a picture is."""
    pieces = file.dictionary(form.entries.get("PieceInfo"))
    return file.dictionary(pieces.get("brieftex")).get("Private") == "Foreign"


class ReadPage(Struct):
    """A page: its dictionary, what its content shows and what is wrong with its print. ``broken``
    is why that could not be read, in English."""

    reference: Reference | None
    entries: dict[str, Any]
    content: PageContent = field(default_factory=PageContent)
    misprints: Misprints = field(default_factory=Misprints)
    broken: str = ""


class StructureElement(Struct):
    """A structure element on the way from the root: its reference, dictionary and roles."""

    reference: Reference | None
    entries: dict[str, Any]
    roles: tuple[str, ...]


class ContentItem(Struct):
    """Something at the end of the tree: marked content (``mcid``), an annotation or an object
    (``annotation``), or an element without kids (neither). ``page`` is an index or -1."""

    element: StructureElement
    page: int
    mcid: int | None = None
    annotation: Reference | None = None


class Bookmark(Struct):
    """A bookmark and the page it leads to: an index, -1 for none."""

    title: str
    page: int


class Readback:
    """A file that is read: ``sheets`` at once, the rest when it is asked for."""

    def __init__(
        self,
        file: PdfFile,
        decode: Decode | None = None,
        fonts: dict[Reference, PageFont] | None = None,
        memo: Memo = NOTHING_KEPT,
    ) -> None:
        """Read every page; ``fonts`` are known from other parts of the file, ``memo`` may know
        pages of other files. Raises BrokenPdfError when the page tree cannot be followed."""
        self.file = file
        self.fonts: dict[str, dict[str, Any]] = {}  # those first selected here, by their names
        # Of functions that do not hold this object: fonts keep it.
        self.unpacked = partial(_unpacked, file, decode)
        self._memo = memo
        self._tokens = ContentTokens(file, memo)
        self._fonts = {} if fonts is None else fonts
        self.sheets = [ReadPage(*found) for found in self._pages()]
        self.index = {s.reference: k for k, s in enumerate(self.sheets) if s.reference}
        for sheet in self.sheets:
            try:
                self._read(sheet)
            except (BrokenPdfError, UnicodeError, ValueError) as error:
                sheet.broken = str(error)

    def token(self, *values: Any) -> Hashable:
        """What tells values that hold something else from one another, in any file that this memo
        knows; None where nothing does."""
        if not self._memo.keeps:
            return None
        try:
            return tuple(map(self._tokens.of, values))
        except BrokenPdfError:
            return None

    def recalled(self, what: Hashable, token: Hashable, make: Callable[[], _Read]) -> _Read:
        """What is read of the values with this token; ``what`` names who reads."""
        return make() if token is None else self._memo.recall((what, token), make)

    def _read(self, sheet: ReadPage) -> None:
        """Read the content of a page. Raises as ``shown`` does."""
        parts = map(sheet.entries.get, ("Contents", "Resources", "MediaBox"))
        token = self.token(*parts)
        known = None if token is None else self._memo.get(("page", token))
        if known is not None:
            sheet.content, sheet.misprints, selected = known
            entries = self.file.dictionary(sheet.entries.get("Resources"))
            fonts = self.file.dictionary(entries.get("Font"))
            for name in selected:
                self.font(fonts.get(name))
            return
        selected = dict[str, None]()
        sheet.content, placement = self.shown(sheet, selected)
        if placement is not None:
            sheet.misprints = misprints(placement)
        if token is not None and _FORM not in selected:
            self._memo.put(("page", token), (sheet.content, sheet.misprints, tuple(selected)))

    def shown(
        self, sheet: ReadPage, selected: dict[str, None] | None = None
    ) -> tuple[PageContent, Placement | None]:
        """What a page shows, as ``shown_page`` gives it; ``selected`` collects the names of its
        fonts. Raises BrokenPdfError, UnicodeError and ValueError."""
        entries = self.file.dictionary(sheet.entries.get("Resources"))
        resources = self._resources(entries, {} if selected is None else selected)
        return shown_page(self.contents(sheet.entries), resources, self._paper(sheet))

    def _paper(self, sheet: ReadPage) -> Rectangle | None:
        """The edges of a page, None where it does not say them."""
        edges = list(map(self.file.get, self.file.array(sheet.entries.get("MediaBox"))))
        if len(edges) != 4 or not all(isinstance(edge, int | float) for edge in edges):
            return None
        a, b, c, d = map(float, edges)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def _pages(self) -> Iterator[tuple[Reference | None, dict[str, Any]]]:
        file = self.file
        inherited = ("Resources", "MediaBox")
        waiting: list[tuple[Any, dict[str, Any]]] = [(self._page_tree(), {})]
        seen: set[Reference] = set()
        count = 0
        while waiting:
            value, above = waiting.pop()
            if isinstance(value, Reference):
                if value in seen:
                    raise BrokenPdfError("page tree in a circle")
                seen.add(value)
            entries = file.dictionary(value)
            below = above | {key: entries[key] for key in inherited if key in entries}
            if "Kids" in entries:
                waiting += [(kid, below) for kid in reversed(file.array(entries["Kids"]))]
            elif entries:
                count += 1
                if count > _MOST_PAGES:
                    raise BrokenPdfError("too many pages")
                yield (value if isinstance(value, Reference) else None), {**below, **entries}

    def _page_tree(self) -> Any:
        """What holds the pages."""
        return self.file.catalog.get("Pages")

    def _structure(self) -> Any:
        """What holds the structure elements."""
        return self.file.dictionary(self.file.catalog.get("StructTreeRoot")).get("K")

    def parent_nodes(self, first: int, last: int) -> list[Any]:
        """Nodes of the parent tree (ISO 32000-1, 14.7.4.4) that have these keys between them."""
        del first, last
        root = self.file.dictionary(self.file.catalog.get("StructTreeRoot"))
        return [root.get("ParentTree")]

    def contents(self, entries: dict[str, Any]) -> bytes:
        """The content stream of a page. Raises BrokenPdfError."""
        found = self.file.passing(entries.get("Contents"))
        parts = found if isinstance(found, list) else [found]
        streams = (self.file.passing(part) for part in parts)
        return b"\n".join(
            self.unpacked(part, kept=False) for part in streams if isinstance(part, Stream)
        )

    def _resources(self, entries: dict[str, Any], selected: dict[str, None]) -> Resources:
        """What names mean in a page or a form; ``selected`` collects those of its fonts."""
        file = self.file
        fonts, forms, properties = (
            file.dictionary(entries.get(key)) for key in ("Font", "XObject", "Properties")
        )

        def font(name: str) -> PageFont | None:
            selected[name] = None
            return self.font(fonts.get(name))

        def drawn(name: str) -> DrawnForm | bool:
            found = file.get(forms.get(name))
            if not isinstance(found, Stream):
                return False
            if found.entries.get("Subtype") != "Form" or is_foreign(file, found):
                return True  # a page of another file is a picture to us
            selected[_FORM] = None
            inner = found.entries.get("Resources")
            below = self._resources(file.dictionary(inner), {}) if inner else None
            edges = [number_of(file.get(v)) for v in file.array(found.entries.get("Matrix"))]
            matrix = IDENTITY
            if len(edges) == 6:
                a, b, c, d, e, f = edges
                matrix = a, b, c, d, e, f
            return DrawnForm(self.unpacked(found), matrix, below)

        return Resources(font, lambda name: file.dictionary(properties.get(name)), drawn)

    def font(self, value: Any) -> PageFont | None:
        """A font as pages show text in it; None where there is no such font."""
        if isinstance(value, Reference) and value in self._fonts:
            return self._fonts[value]
        font = self.file.dictionary(value)
        if not font:
            return None
        name = self.file.name(font.get("BaseFont")) or "?"
        self.fonts[name] = font
        wide = self.file.name(font.get("Subtype")) == "Type0"
        cmap = self.file.get(font.get("ToUnicode"))
        if isinstance(cmap, Stream):
            token = self.token(font.get("ToUnicode"))
            texts = self.recalled("texts", token, lambda: to_unicode(self.unpacked(cmap)))
        else:  # simple fonts have an encoding that readers know
            texts = {} if wide else {code: chr(code) for code in range(32, 256)}
        measured = partial(_metrics, self.file, font, texts, self.unpacked)
        made = PageFont(Decoder(texts, 2 if wide else 1), measured)
        if isinstance(value, Reference):
            self._fonts[value] = made
        return made

    @cached_property
    def leaves(self) -> list[ContentItem]:
        """The structure tree in reading order. Raises BrokenPdfError."""
        return list(self._walk())

    def _walk(self) -> Iterator[ContentItem]:
        file = self.file
        root = file.dictionary(file.catalog.get("StructTreeRoot"))
        roles = file.dictionary(root.get("RoleMap"))
        waiting: list[tuple[Any, StructureElement, int]] = [
            (self._structure(), StructureElement(None, root, ()), -1)
        ]
        seen: set[Reference] = set()
        count = 0
        while waiting:
            value, above, page = waiting.pop()
            count += 1
            if count > _MOST_ELEMENTS:
                raise BrokenPdfError("too many structure elements")
            kid = file.get(value)
            if isinstance(kid, list):
                waiting += [(part, above, page) for part in reversed(kid)]
            elif isinstance(kid, int):
                yield ContentItem(above, page, mcid=kid)
            elif isinstance(kid, dict) and "S" not in kid:
                page = self._page(kid.get("Pg"), page)
                yield self._leaf(kid, above, page)
            elif isinstance(kid, dict):
                again = isinstance(value, Reference) and value in seen
                if again or len(above.roles) > _DEEPEST:
                    raise BrokenPdfError("structure tree in a circle")
                reference = value if isinstance(value, Reference) else None
                if reference is not None:
                    seen.add(reference)
                role = file.name(kid["S"])
                role = str(roles.get(role, role))
                element = StructureElement(reference, kid, (*above.roles, role))
                page = self._page(kid.get("Pg"), page)
                if "K" in kid:
                    waiting.append((kid["K"], element, page))
                yield ContentItem(element, page)

    def _leaf(self, kid: dict[str, Any], above: StructureElement, page: int) -> ContentItem:
        if "Obj" in kid:
            target = kid["Obj"]
            return ContentItem(
                above, page, annotation=target if isinstance(target, Reference) else None
            )
        return ContentItem(above, page, mcid=self.file.number(kid.get("MCID"), -1))

    def _page(self, value: Any, otherwise: int) -> int:
        return self.index.get(value, -1) if isinstance(value, Reference) else otherwise

    def destination(self, value: Any) -> int:
        """The index of the page that a destination leads to, -1 for none."""
        file = self.file
        found = file.get(value)
        if isinstance(found, dict):
            found = file.get(found.get("D"))
        if isinstance(found, (str, bytes)):
            found = self._named(found)
        if not isinstance(found, list) or not found:
            return -1
        return self.index.get(found[0], -1) if isinstance(found[0], Reference) else -1

    def _named(self, name: str | bytes) -> Any:
        """A named destination (ISO 32000-1, 12.3.2.3), of either kind."""
        file, catalog = self.file, self.file.catalog
        if isinstance(name, str):
            found = file.get(file.dictionary(catalog.get("Dests")).get(name))
        else:
            tree = file.dictionary(catalog.get("Names")).get("Dests")
            found = next((v for k, v in self.names(tree) if k == name), None)
        return file.get(found.get("D")) if isinstance(found, dict) else found

    def names(self, tree: Any) -> Iterator[tuple[Any, Any]]:
        """The pairs of a name tree (ISO 32000-1, 7.9.6)."""
        waiting, count = [tree], 0
        while waiting and count < _MOST_ELEMENTS:
            count += 1
            node = self.file.dictionary(waiting.pop())
            waiting += reversed(self.file.array(node.get("Kids")))
            pairs = self.file.array(node.get("Names"))
            for key, value in zip(pairs[::2], pairs[1::2], strict=False):
                yield self.file.get(key), self.file.get(value)

    def _first_bookmark(self) -> Any:
        return self.file.dictionary(self.file.catalog.get("Outlines")).get("First")

    def bookmarks(self) -> Iterator[Bookmark]:
        """The outline in its order."""
        file = self.file
        waiting = [self._first_bookmark()]
        seen: set[Any] = set()
        while waiting:
            value = waiting.pop()
            entry = file.dictionary(value)
            if not entry or (isinstance(value, Reference) and value in seen):
                continue
            if isinstance(value, Reference):
                seen.add(value)
            action = file.dictionary(entry.get("A"))
            target = entry.get("Dest", action.get("D"))
            yield Bookmark(text_of(file.get(entry.get("Title"))), self.destination(target))
            waiting += [v for v in (entry.get("Next"), entry.get("First")) if v is not None]


def _unpacked(file: PdfFile, decode: Decode | None, stream: Stream, *, kept: bool = True) -> bytes:
    """The bytes of a stream, which are ``kept`` as long as it is. Raises BrokenPdfError."""
    try:
        return file.unpacked(stream, kept=kept)
    except UnusualPdfError:
        if decode is None:
            raise
        return decode(file, stream)


def _metrics(
    file: PdfFile, font: dict[str, Any], texts: Mapping[int, str], unpacked: Unpack
) -> Metrics | None:
    """What tells where the glyphs of a font stand, None where it cannot be read."""
    try:
        return metrics_of(file, font, texts, unpacked)
    except (BrokenPdfError, ValueError, TypeError, OverflowError, RecursionError):
        return None
