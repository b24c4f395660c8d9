"""合订本: the issues of a year in one file, each as it was, with what helps to find things in it.

One issue after the other is set, drawn into the file and forgotten; what is kept of it is a record
of titles and numbers. Cover and contents are drawn last and stand first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct

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
from brieftex.collection.matter import VolumeTitle, cover, set_matter
from brieftex.collection.nouns import NamedNoun, NounList
from brieftex.collection.records import VolumeRecord, volume_record
from brieftex.collection.spool import Spool
from brieftex.collection.statistics import STATISTICS, statistics
from brieftex.collection.texts import FolioFinder, page_texts
from brieftex.collection.volume import (
    CollectionError,
    LookWish,
    PartsMaker,
    VolumeProgress,
    part_bookmarks,
    roman,
    set_all,
    with_back,
    write_volume,
)
from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages.foreign import NOT_CONFORMING
from brieftex.document.blocks import OutlineEntry
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Page
from brieftex.pdf.write.volume import PageLabel, VolumeFile, WrittenPart
from brieftex.text.shaping import Shaper
from brieftex.units import mm

_GAP = mm(8)
"""Between the columns of the index."""


class YearbookWish(Struct, frozen=True):
    """How a yearbook is made: ``name`` and ``kind`` on its cover instead of those of the issues;
    the rest as in ``LookWish``."""

    name: str = ""
    kind: str = ""
    theme: str | None = None
    edition: str | None = None
    bundled_fonts: bool = False
    right: bool = True
    index: bool = True
    statistics: bool = True
    nouns: NounList = NounList()

    @property
    def look(self) -> LookWish:
        """How its parts look."""
        return LookWish(self.theme, self.edition, self.bundled_fonts, self.right)


class Yearbook(Struct, frozen=True):
    """What was made: where, its title, its issues, its pages, its bytes, how many warnings there
    are in the issues, and what is odd about the whole."""

    target: Path
    title: VolumeTitle
    issues: tuple[IssueHead, ...]
    pages: int
    size: int
    warnings: int
    findings: tuple[Finding, ...]


def _silent(stage: str, done: int, of: int) -> None:
    """Say nothing."""


def collect_yearbook(
    paths: Sequence[Path], target: Path, wish: YearbookWish, progress: VolumeProgress = _silent
) -> Yearbook:
    """Make the yearbook of these issues. Raises CollectionError, NoPinyinError, OSError, and
    InputError for the theme of its own pages."""
    found, nouns = _heads(paths, wish.nouns, progress)
    heads = in_order_of_issue(found)

    def begin(file: VolumeFile, spool: Spool) -> _YearbookMaker:
        return _YearbookMaker(file, spool, wish, heads, nouns if wish.index else None)

    def finish(maker: _YearbookMaker) -> list[WrittenPart]:
        set_all(heads, maker.add_issue, progress)
        return maker.finish()

    maker, pages, size = write_volume(target, begin, finish, progress)
    odd = () if maker.conforming else (NOT_CONFORMING.at(None),)
    return Yearbook(target, maker.title, tuple(heads), pages, size, maker.warnings, odd)


def _heads(
    paths: Sequence[Path], own: NounList, progress: VolumeProgress
) -> tuple[list[IssueHead], dict[str, NamedNoun]]:
    """The heads of all issues and the nouns for the index. Raises CollectionError."""
    heads: list[IssueHead] = []
    nouns: dict[str, NamedNoun] = {noun.text: noun for noun in own.nouns}
    unread: list[UnreadIssue] = []
    for count, found in enumerate(read_heads(paths), 1):
        progress("read", count, len(paths))
        if isinstance(found, UnreadIssue):
            unread.append(found)
            continue
        heads.append(found[0])
        for noun in found[1]:
            if noun.text not in own.none:
                nouns.setdefault(noun.text, noun)
    if unread:
        raise CollectionError(unread)
    return heads, nouns


class _YearbookMaker(PartsMaker):
    """A yearbook in the making."""

    def __init__(
        self,
        file: VolumeFile,
        spool: Spool,
        wish: YearbookWish,
        heads: Sequence[IssueHead],
        nouns: dict[str, NamedNoun] | None,
    ) -> None:
        """Without ``nouns`` there is no index."""
        title, folder = title_of(heads, wish), heads[0].path.parent
        super().__init__(file, spool, wish.look, title, folder, heads[0].theme)
        self.wish = wish
        self.records: list[VolumeRecord] = []
        self.finder = None if nouns is None else FolioFinder(nouns)

    def add_issue(self, head: IssueHead) -> None:
        """Set and draw an issue. Raises CollectionError."""
        made, pictures = self.issue(head.path)
        self.begin_part()
        name = f"issue-{len(self.records) + 1}"
        record = volume_record(name, head, made, self.folio)
        if self.finder is not None:
            for text in page_texts(made.pages, made.document, self.folio):
                self.finder.search(text)
        setting = Setting(self.shaper(made.issue.folder, made.theme.fonts), made.document.lines)
        words = self.count(name, len(made.pages))
        pages = with_folios(made.pages, made.document, setting, words)
        kept = {piece.anchor for piece in record.pieces} | {e.anchor for e in record.outline}
        title = head.words or head.name
        self.parts.append(self.drawn(name, title, pages, made.document, kept, pictures))
        self.records.append(record)

    def finish(self) -> list[WrittenPart]:
        """Draw the volume's own pages, write the rest of the file; its parts in their order."""
        setting = Setting(Shaper(self.book), self.matter.theme.lines)
        outline = list(chain.from_iterable(map(_issue_bookmarks, self.records)))
        if self.wish.statistics:
            document = statistics(self.matter, self.records)
            outline += self.add_behind("统计", STATISTICS, document, set_matter(document, setting))
        if self.finder is not None and self.finder.folios:
            entries = index_entries(self.finder.folios)
            document, over = index(self.matter, entries, self.pages)
            pages = set_in_columns(document, over, COLUMNS, _GAP, setting)
            outline += self.add_behind("索引", INDEX, document, pages)
        front, bookmarks = self._front(setting)
        parts = [*front, *self.parts]
        before = sum(part.pages for part in front)
        labels = [PageLabel(0, "r"), PageLabel(before, "D")]
        keywords = dict.fromkeys(p.section for r in self.records for p in r.pieces if p.section)
        metadata = self.title.metadata(list(keywords))
        self.file.finish(
            parts, [*bookmarks, *outline], labels, metadata, conforming=self.conforming
        )
        return parts

    def _front(self, setting: Setting) -> tuple[list[WrittenPart], list[OutlineEntry]]:
        """Cover and contents, and their bookmarks."""
        document = cover(self.matter, setting)
        pages: tuple[Page, ...] = with_back(set_matter(document, setting))
        front = [self.add_own("封面", "cover", document, pages, [""] * len(pages))]
        lists = [by_issue(self.records), by_section(self.records)]
        remark = "页码是合订本的，印在每页下方的〔　〕里"
        document = contents(self.matter, lists, remark)
        pages = set_matter(document, setting)
        if self.wish.right:
            pages = with_back(pages)
        words = [roman(number + 1) if p.items else "" for number, p in enumerate(pages)]
        front.append(self.add_own("目录", "contents", document, pages, words))
        entries = part_bookmarks("目录", "contents", document.outline)
        return front, [*part_bookmarks("封面", "cover", ()), *entries]


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
    title = record.head.words or record.head.name
    return part_bookmarks(title, record.part, record.outline)
