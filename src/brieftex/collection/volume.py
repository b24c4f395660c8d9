"""What all volumes have in common: parts are set, numbered and drawn one after the other.

The file is written as it grows, read back, and only then given its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from brieftex.batch.services import SharedServices
from brieftex.collection.folios import with_folios
from brieftex.collection.heads import UnreadIssue
from brieftex.collection.matter import MatterMaker, VolumeTitle
from brieftex.collection.spool import Spool
from brieftex.diagnostics import Finding, InputError, Severity, Source
from brieftex.document.blocks import Document, OutlineEntry
from brieftex.input.issue.file import read_issue
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Page, has_foreign_pages
from brieftex.output import write_piece, written_whole
from brieftex.pdf.read.compare import wanted_of
from brieftex.pdf.read.parts import PartsReader
from brieftex.pdf.read.verify import expected_of
from brieftex.pdf.write.picture import EmbeddedPicture, read_pictures
from brieftex.pdf.write.volume import PartPages, VolumeFile, WrittenPart, as_part
from brieftex.picture import Picture
from brieftex.pipeline import TypesetPages, set_issue
from brieftex.styled.styles import FontRequest
from brieftex.text.shaping import Shaper

FOLIO_WORDS = "〔{}〕"
"""The continuous folio, told from the issue's own by its brackets."""

VolumeProgress = Callable[[str, int, int], None]
"""What is told of the work: a stage (read, set, verify), how many parts are done, of how many."""


class LookWish(Struct, frozen=True):
    """How a volume's parts look: ``theme`` of its own pages, ``edition`` of all; without ``right``
    a part begins on the next page, be it a left one."""

    theme: str | None = None
    edition: str | None = None
    bundled_fonts: bool = False
    right: bool = True


class CollectionError(Exception):
    """Some files keep the volume from being made; says what is wrong with each."""

    def __init__(self, unread: Sequence[UnreadIssue]) -> None:
        """What is wrong with which files."""
        super().__init__(f"{len(unread)} files")
        self.unread = tuple(unread)


class PartsMaker:
    """The parts of a volume in the making."""

    def __init__(  # noqa: PLR0913, PLR0917  # what they are made with
        self, file: VolumeFile, spool: Spool, look: LookWish, title: VolumeTitle, folder: Path,
        theme: str,
    ) -> None:  # fmt: skip
        """``theme`` is that of the volume's own pages where ``look`` has none."""
        self.file, self.spool, self.look, self.title = file, spool, look, title
        self.services = SharedServices()
        self.parts: list[WrittenPart] = []
        self.folio = 1  # of the next page
        self.pages: dict[int, str] = {}  # the anchor of the page of each folio
        self.warnings = 0
        self.conforming = True
        made = self.services.theme(
            look.theme or theme, folder, look.edition, given=look.theme is not None
        )
        self.matter = MatterMaker(title, made, folder)
        self.book = self.services.fonts(made.fonts, folder, look.bundled_fonts)

    def issue(self, path: Path) -> tuple[TypesetPages, Mapping[Picture, EmbeddedPicture]]:
        """The pages of an issue, and its pictures. Raises CollectionError."""
        self.services.begin()
        try:
            issue, findings = read_issue(path)
            made = set_issue(
                issue,
                findings,
                edition=self.look.edition,
                bundled_fonts=self.look.bundled_fonts,
                services=self.services,
            )
        except InputError as error:
            raise CollectionError([UnreadIssue(path, error.findings, error.source)]) from error
        pictures, odd = read_pictures(made.pages, made.document.resolution)
        if any(finding.severity is Severity.ERROR for finding in odd):
            raise CollectionError([UnreadIssue(path, odd, issue.source)])
        self.conforming &= not has_foreign_pages(made.pages)
        self.warnings += sum(f.severity is Severity.WARNING for f in (*made.findings, *odd))
        return made, pictures

    def shaper(self, folder: Path, request: FontRequest) -> Shaper:
        """What the folio of an issue is set with."""
        return Shaper(self.services.fonts(request, folder, self.look.bundled_fonts))

    def begin_part(self) -> None:
        """Leave a left page empty if the next part is to begin on a right one."""
        if not (self.look.right and self.folio % 2 == 0):
            return
        document = self.matter.document(self.matter.draft(), "")
        page = Page(1, document.page.trim, (), (), ())
        name = f"blank-{self.folio}"
        self.count(name, 1)
        self.parts.append(self.drawn(name, "空白页", (page,), document))

    def count(self, name: str, pages: int) -> list[str]:
        """Take the next folios for the pages of a part; their words."""
        words = [FOLIO_WORDS.format(self.folio + k) for k in range(pages)]
        for number in range(1, pages + 1):
            self.pages[self.folio] = f"{name}/page-{number}"
            self.folio += 1
        return words

    def drawn(  # noqa: PLR0913, PLR0917  # a part is made of all these
        self,
        name: str,
        title: str,
        pages: Sequence[Page],
        document: Document,
        kept: Iterable[str] = (),
        pictures: Mapping[Picture, EmbeddedPicture] | None = None,
    ) -> WrittenPart:
        """Draw a part, and put aside what it should hold."""
        self.spool.put(name, wanted_of(expected_of(document, pages)))
        nodes = as_part(document.nodes)
        part = PartPages(name, title, pages, nodes, pictures or {}, sorted(kept))
        return self.file.add(part)

    def add_own(
        self, title: str, name: str, document: Document, pages: Sequence[Page],
        words: Sequence[str],
    ) -> WrittenPart:  # fmt: skip
        """Draw pages of the volume's own with these folios."""
        setting = Setting(Shaper(self.book), document.lines)
        numbered = with_folios(pages, document, setting, words)
        kept = [entry.anchor for entry in document.outline]
        return self.drawn(name, title, numbered, document, kept)

    def add_behind(
        self, title: str, name: str, document: Document, pages: Sequence[Page]
    ) -> list[OutlineEntry]:
        """Add pages of the volume's own behind the others; their bookmarks."""
        self.begin_part()
        words = self.count(name, len(pages))
        self.parts.append(self.add_own(title, name, document, pages, words))
        return part_bookmarks(title, name, document.outline)


def part_bookmarks(title: str, part: str, outline: Sequence[OutlineEntry]) -> list[OutlineEntry]:
    """A part's bookmark, and those of its document below it."""
    own = [OutlineEntry(e.level + 1, e.title, f"{part}/{e.anchor}") for e in outline]
    return [OutlineEntry(0, title, f"{part}/page-1"), *own]


_Made = TypeVar("_Made", bound=PartsMaker)
_Thing = TypeVar("_Thing")


def write_volume(
    target: Path,
    begin: Callable[[VolumeFile, Spool], _Made],
    finish: Callable[[_Made], list[WrittenPart]],
    progress: VolumeProgress,
) -> tuple[_Made, int, int]:
    """Write a volume whose maker ``begin`` makes and whose parts ``finish`` draws, in their order;
    the maker, how many pages there are, and how many bytes. Raises CollectionError and OSError."""
    with written_whole(target) as handle, Spool() as spool:
        size = 0

        def write(data: bytes) -> None:
            nonlocal size
            write_piece(handle, data)
            size += len(data)

        maker = begin(VolumeFile(write), spool)
        parts = finish(maker)
        reader = PartsReader(handle, conforming=maker.conforming)
        faults: list[Finding] = []
        for count, part in enumerate(parts):
            progress("verify", count + 1, len(parts))
            faults += reader.faults(count, spool.take(part.name))
        if reader.count != len(parts) or faults:
            source = Source(str(target), "")
            raise CollectionError([UnreadIssue(target, list(dict.fromkeys(faults)), source)])
    return maker, sum(part.pages for part in parts), size


def set_all(
    things: Sequence[_Thing], add: Callable[[_Thing], None], progress: VolumeProgress
) -> None:
    """Add one after the other, and go on behind one that cannot be set, so that all are named.
    Raises CollectionError."""
    unread: list[UnreadIssue] = []
    for count, thing in enumerate(things, 1):
        progress("set", count, len(things))
        try:
            add(thing)
        except CollectionError as error:
            unread += error.unread
    if unread:
        raise CollectionError(unread)


def roman(number: int) -> str:
    """A number in small Roman numerals."""
    made = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        made += letters * (number // value)
        number %= value
    return made


def with_back(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages with an empty one behind them if they end on a right one."""
    if len(pages) % 2 == 0:
        return tuple(pages)
    return (*pages, replace(pages[-1], number=len(pages) + 1, items=(), links=(), anchors=()))
