"""合订本: the issues of a year in one file, each as it was, with what helps to find things in it.

One issue after the other is set, drawn into the file and forgotten; what is kept of it is a record
of titles and numbers. Cover and contents are drawn last and stand first. When the file is whole it
is read back part by part, and takes its name only then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from brieftex.batch.services import SharedServices
from brieftex.collection.columns import set_in_columns
from brieftex.collection.contents import by_issue, by_section, contents
from brieftex.collection.folios import with_folios
from brieftex.collection.heads import (
    IssueHead,
    UnreadIssue,
    in_order_of_issue,
    period_words,
    range_words,
    read_heads,
)
from brieftex.collection.index import COLUMNS, INDEX, index, index_entries
from brieftex.collection.matter import MatterMaker, VolumeTitle, cover, set_matter
from brieftex.collection.nouns import NamedNoun, NounList
from brieftex.collection.records import VolumeRecord, volume_record
from brieftex.collection.spool import Spool
from brieftex.collection.statistics import STATISTICS, statistics
from brieftex.collection.texts import FolioFinder, page_texts
from brieftex.diagnostics import Finding, InputError, Severity, Source
from brieftex.document.blocks import Document, OutlineEntry
from brieftex.input.issue.file import read_issue
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Page
from brieftex.output import write_piece, written_whole
from brieftex.pdf.read.compare import wanted_of
from brieftex.pdf.read.parts import PartsReader
from brieftex.pdf.read.verify import expected_of
from brieftex.pdf.write.picture import ImageData, read_pictures
from brieftex.pdf.write.volume import PageLabel, PartPages, VolumeFile, WrittenPart, as_part
from brieftex.picture import Picture
from brieftex.pipeline import TypesetPages, set_issue
from brieftex.styled.styles import FontRequest
from brieftex.text.shaping import Shaper
from brieftex.units import mm

_GAP = mm(8)
"""Between the columns of the index."""

FOLIO_WORDS = "〔{}〕"
"""The continuous folio, told from the issue's own by its brackets."""

VolumeProgress = Callable[[str, int, int], None]


class YearbookWish(Struct, frozen=True):
    """How a yearbook is made: ``name`` and ``kind`` on its cover instead of those of the issues;
    ``theme`` of its own pages, ``edition`` of all; without ``right`` an issue begins on the next
    page, be it a left one."""

    name: str = ""
    kind: str = ""
    theme: str | None = None
    edition: str | None = None
    bundled_fonts: bool = False
    right: bool = True
    index: bool = True
    statistics: bool = True
    nouns: NounList = NounList()


class Yearbook(Struct, frozen=True):
    """What was made: where, its title, its issues, its pages, its bytes, and how many warnings
    there are in the issues."""

    target: Path
    title: VolumeTitle
    issues: tuple[IssueHead, ...]
    pages: int
    size: int
    warnings: int


class CollectionError(Exception):
    """Files that keep the volume from being made, with what is wrong with each."""

    def __init__(self, unread: Sequence[UnreadIssue]) -> None:
        """What is wrong with which files."""
        super().__init__(f"{len(unread)} files")
        self.unread = tuple(unread)


def _silent(stage: str, done: int, of: int) -> None:
    """Say nothing."""


def collect_yearbook(
    paths: Sequence[Path], target: Path, wish: YearbookWish, progress: VolumeProgress = _silent
) -> Yearbook:
    """Make the yearbook of these issues. Raises CollectionError, NoPinyinError, OSError."""
    heads: list[IssueHead] = []
    nouns: dict[str, NamedNoun] = {noun.text: noun for noun in wish.nouns.nouns}
    unread: list[UnreadIssue] = []
    for count, found in enumerate(read_heads(paths), 1):
        progress("read", count, len(paths))
        if isinstance(found, UnreadIssue):
            unread.append(found)
            continue
        heads.append(found[0])
        for noun in found[1]:
            if noun.text not in wish.nouns.none:
                nouns.setdefault(noun.text, noun)
    if unread:
        raise CollectionError(unread)
    heads = in_order_of_issue(heads)
    with written_whole(target) as handle, Spool() as spool:
        size = 0

        def write(data: bytes) -> None:
            nonlocal size
            write_piece(handle, data)
            size += len(data)

        maker = _Maker(VolumeFile(write), spool, wish, heads, nouns if wish.index else None)
        for count, head in enumerate(heads, 1):
            progress("set", count, len(heads))
            maker.add_issue(head)
        parts = maker.finish()
        reader = PartsReader(handle)
        faults: list[Finding] = []
        for count, part in enumerate(parts):
            progress("verify", count + 1, len(parts))
            faults += reader.faults(count, spool.take(part.name))
        if reader.count != len(parts) or faults:
            source = Source(str(target), "")
            raise CollectionError([UnreadIssue(target, list(dict.fromkeys(faults)), source)])
    pages = sum(part.pages for part in parts)
    return Yearbook(target, maker.title, tuple(heads), pages, size, maker.warnings)


class _Maker:
    """A yearbook in the making."""

    def __init__(
        self,
        file: VolumeFile,
        spool: Spool,
        wish: YearbookWish,
        heads: Sequence[IssueHead],
        nouns: dict[str, NamedNoun] | None,
    ) -> None:
        self.file, self.spool, self.wish = file, spool, wish
        self.services = SharedServices()
        self.title = title_of(heads, wish)
        self.records: list[VolumeRecord] = []
        self.parts: list[WrittenPart] = []
        self.folio = 1  # of the next page
        self.pages: dict[int, str] = {}  # the anchor of the page of each folio
        self.finder = None if nouns is None else FolioFinder(nouns)
        self.warnings = 0
        folder = heads[0].path.parent if heads else Path()
        name = wish.theme or heads[0].theme
        theme = self.services.theme(name, folder, wish.edition, given=wish.theme is not None)
        self.matter = MatterMaker(self.title, theme, folder)
        self.book = self.services.fonts(theme.fonts, folder, wish.bundled_fonts)

    def add_issue(self, head: IssueHead) -> None:
        """Set and draw an issue."""
        try:
            made, pictures, odd = self._set(head)
        except InputError as error:
            raise CollectionError([UnreadIssue(head.path, error.findings, error.source)]) from error
        self.warnings += sum(f.severity is Severity.WARNING for f in (*made.findings, *odd))
        if self.wish.right and self.folio % 2 == 0:
            self._turn()
        name = f"issue-{len(self.records) + 1}"
        setting = Setting(self._shaper(made.issue.folder, made.theme.fonts), made.document.lines)
        words = [FOLIO_WORDS.format(self.folio + k) for k in range(len(made.pages))]
        pages = with_folios(made.pages, made.document, setting, words)
        record = volume_record(name, head, made, self.folio)
        kept = {piece.anchor for piece in record.pieces} | {e.anchor for e in record.outline}
        if self.finder is not None:
            for text in page_texts(made.pages, made.document, self.folio):
                self.finder.search(text)
        self._count(name, len(pages))
        part = self._drawn(name, head.words or head.name, pages, made.document, kept, pictures)
        self.parts.append(part)
        self.records.append(record)

    def _set(
        self, head: IssueHead
    ) -> tuple[TypesetPages, Mapping[Picture, ImageData], list[Finding]]:
        """The pages of an issue, its pictures and what is odd about these. Raises InputError."""
        self.services.begin()
        issue, findings = read_issue(head.path)
        made = set_issue(
            issue,
            findings,
            edition=self.wish.edition,
            bundled_fonts=self.wish.bundled_fonts,
            services=self.services,
        )
        pictures, odd = read_pictures(made.pages, made.document.resolution)
        if any(finding.severity is Severity.ERROR for finding in odd):
            raise InputError(issue.source, odd)
        return made, pictures, odd

    def _shaper(self, folder: Path, request: FontRequest) -> Shaper:
        return Shaper(self.services.fonts(request, folder, self.wish.bundled_fonts))

    def _turn(self) -> None:
        """Leave a left page empty, so that what follows begins on a right one."""
        last = self.records[-1] if self.records else None
        if last is None:
            return
        document = replace(self.matter.document(self.matter.draft(), ""), outline=())
        page = Page(1, document.page.trim, (), (), ())
        name = f"blank-{self.folio}"
        self._count(name, 1)
        self.parts.append(self._drawn(name, "空白页", (page,), document, (), {}))

    def _count(self, name: str, pages: int) -> None:
        for number in range(1, pages + 1):
            self.pages[self.folio] = f"{name}/page-{number}"
            self.folio += 1

    def _drawn(  # noqa: PLR0913, PLR0917  # a part is made of all these
        self, name: str, title: str, pages: Sequence[Page], document: Document,
        kept: Iterable[str], pictures: Mapping[Picture, ImageData],
    ) -> WrittenPart:  # fmt: skip
        self.spool.put(name, wanted_of(expected_of(document, pages)))
        nodes = as_part(document.nodes)
        return self.file.add(PartPages(name, title, pages, nodes, pictures, sorted(kept)))

    def _add_matter(
        self,
        title: str,
        name: str,
        document: Document,
        pages: Sequence[Page],
        words: Sequence[str],
    ) -> WrittenPart:
        """Draw pages of the volume's own with these folios."""
        setting = Setting(Shaper(self.book), document.lines)
        numbered = with_folios(pages, document, setting, words)
        kept = [entry.anchor for entry in document.outline]
        return self._drawn(name, title, numbered, document, kept, {})

    def finish(self) -> list[WrittenPart]:
        """Draw the volume's own pages, write the rest of the file; its parts in their order."""
        setting = Setting(Shaper(self.book), self.matter.theme.lines)
        outline = list(chain.from_iterable(map(_issue_bookmarks, self.records)))
        if self.wish.statistics:
            document = statistics(self.matter, self.records)
            outline += self._add_behind("统计", STATISTICS, document, set_matter(document, setting))
        if self.finder is not None and self.finder.folios:
            entries = index_entries(self.finder.folios)
            document, over = index(self.matter, entries, self.pages)
            pages = set_in_columns(document, over, COLUMNS, _GAP, setting)
            outline += self._add_behind("索引", INDEX, document, pages)
        front, bookmarks = self._front(setting)
        parts = [*front, *self.parts]
        before = sum(part.pages for part in front)
        labels = [PageLabel(0, "r"), PageLabel(before, "D")]
        keywords = dict.fromkeys(p.section for r in self.records for p in r.pieces if p.section)
        metadata = self.title.metadata(list(keywords))
        self.file.finish(parts, [*bookmarks, *outline], labels, metadata)
        return parts

    def _add_behind(
        self, title: str, name: str, document: Document, pages: Sequence[Page]
    ) -> list[OutlineEntry]:
        """Add pages behind the issues; their bookmarks."""
        if self.wish.right and self.folio % 2 == 0:
            self._turn()
        words = [FOLIO_WORDS.format(self.folio + k) for k in range(len(pages))]
        self._count(name, len(pages))
        self.parts.append(self._add_matter(title, name, document, pages, words))
        return _bookmarks(title, name, document.outline)

    def _front(self, setting: Setting) -> tuple[list[WrittenPart], list[OutlineEntry]]:
        """Cover and contents, and their bookmarks."""
        document = cover(self.matter, setting)
        pages = set_matter(document, setting)
        empty = Page(2, document.page.trim, (), (), ())
        words = [""] * (len(pages) + 1)
        front = [self._add_matter("封面", "cover", document, (*pages, empty), words)]
        lists = [by_issue(self.records), by_section(self.records)]
        remark = "页码是合订本的，印在每页下方的〔　〕里"
        document = contents(self.matter, lists, remark)
        pages = set_matter(document, setting)
        if self.wish.right and len(pages) % 2:
            pages = (*pages, Page(len(pages) + 1, document.page.trim, (), (), ()))
        words = [_roman(number + 1) if p.items else "" for number, p in enumerate(pages)]
        front.append(self._add_matter("目录", "contents", document, pages, words))
        entries = _bookmarks("目录", "contents", document.outline)
        return front, [*_bookmarks("封面", "cover", ()), *entries]


def title_of(heads: Sequence[IssueHead], wish: YearbookWish) -> VolumeTitle:
    """What the volume is called."""
    names = list(dict.fromkeys(head.name for head in heads))
    issuers = list(dict.fromkeys(head.issuer for head in heads if head.issuer))
    name = wish.name or "、".join(names[:3]) + ("等" if len(names) > 3 else "")
    kind = wish.kind or f"{period_words(heads)}合订本"
    dates = [head.date for head in heads if head.date is not None]
    return VolumeTitle(
        name, kind, range_words(heads), "、".join(issuers[:2]), max(dates, default=None)
    )


def _issue_bookmarks(record: VolumeRecord) -> list[OutlineEntry]:
    return _bookmarks(record.head.words or record.head.name, record.part, record.outline)


def _bookmarks(title: str, part: str, outline: Sequence[OutlineEntry]) -> list[OutlineEntry]:
    """A part's bookmark, and those of its document below it."""
    own = [OutlineEntry(e.level + 1, e.title, f"{part}/{e.anchor}") for e in outline]
    return [OutlineEntry(0, title, f"{part}/page-1"), *own]


def _roman(number: int) -> str:
    """A number in small Roman numerals."""
    made = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        made += letters * (number // value)
        number %= value
    return made
