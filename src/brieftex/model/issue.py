"""The issue as the editor wrote it: frozen values, one field for each key of the file.

The keys, their meaning and their limits are given once, here and in ``issue.schema``; the
JSON Schema is made from them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct, field

from brieftex.diagnostics import Finding, Severity, Source, Span
from brieftex.model.content import Body, Inline, Paragraphs, PdfPages
from brieftex.picture import Picture
from brieftex.styled.styles import LineBreaking
from brieftex.vector import Drawing

Places: TypeAlias = Mapping[str, Span]
"""Where the value of each field that is written stands, by the field's name: numbers and dates
have no place of their own."""


class Masthead(Struct, frozen=True):
    """报头. ``name`` has a line for each office that issues a document jointly; ``suffix`` follows
    it (文件), ``above`` stands over it; ``name_picture`` is the path of a picture of it. A
    ``supplement`` (增刊) is counted by itself; ``number_words`` stand for the number."""

    name: Inline
    number: int | None = None
    total: int | None = None
    issuer: Inline | None = None
    date: datetime.date | None = None
    classification: Inline | None = None
    urgency: Inline | None = None
    retention: Inline | None = None
    copy_number: int | None = None
    document_number: Inline | None = None
    signers: tuple[Inline, ...] = ()
    above: Inline | None = None
    suffix: Inline | None = None
    name_picture: str | None = None
    supplement: int | None = None
    number_words: Inline | None = None
    places: Places = field(default_factory=dict)


class Foreword(Struct, frozen=True):
    """卷首语 or 编者按: its headings carry no number. ``span`` are its lines in the file, where
    nothing else stands in them."""

    body: Body
    salutation: Inline | None = None
    title: Inline | None = None
    span: Span | None = None


class SourceNote(Struct, frozen=True):
    """Where an item was taken from (来源)."""

    name: Inline
    title: Inline | None = None
    url: Inline | None = None
    date: datetime.date | None = None
    accessed: datetime.date | None = None
    places: Places = field(default_factory=dict)


class Item(Struct, frozen=True):
    """One piece of news or opinion. ``span`` are its lines in the file, where nothing else
    stands in them."""

    title: Inline
    body: Body = Body()
    sources: tuple[SourceNote, ...] = ()
    editor_note: Body | None = None
    summary: Inline | None = None
    contributors: tuple[Inline, ...] = ()
    span: Span | None = None


class Section(Struct, frozen=True):
    """栏目: text of its own, items below it, or both; its heading may be missing."""

    title: Inline | None = None
    items: tuple[Item, ...] = ()
    editor_note: Body | None = None
    body: Body | None = None


class Attachment(Struct, frozen=True):
    """附件, on pages of its own, the first of them an odd one if it is to be (``odd_page``). Pages
    of a PDF file are the last block of its body; without a title it is called as that file is."""

    title: Inline
    body: Body = Body()
    odd_page: bool = False

    @property
    def pdf(self) -> PdfPages | None:
        """The pages of a PDF file, if there are any."""
        last = self.body.blocks[-1] if self.body.blocks else None
        return last if isinstance(last, PdfPages) else None

    @property
    def called_as_file(self) -> bool:
        """Whether the title is but the name of the file."""
        pdf, at = self.pdf, self.title.span()
        return pdf is not None and pdf.span.start <= at.start and at.end <= pdf.span.end


class Attendance(Struct, frozen=True):
    """Who was at a meeting (出席), who was excused (请假), who sat in (列席)."""

    present: tuple[Inline, ...] = ()
    excused: tuple[Inline, ...] = ()
    observers: tuple[Inline, ...] = ()


class Signature(Struct, frozen=True):
    """落款: who signs, when, and a remark below (署名、成文日期、附注). ``office`` is that of a
    person who signs (签发人职务); ``seals`` are the paths of the pictures of the seals, in the
    order of the names."""

    names: tuple[Inline, ...] = ()
    date: datetime.date | None = None
    remark: Inline | None = None
    office: Inline | None = None
    seals: tuple[str, ...] = ()
    places: Places = field(default_factory=dict)


class Colophon(Struct, frozen=True):
    """版记: who wrote, checked and signed; who receives; who printed it, when, how many."""

    prepared_by: tuple[Inline, ...] = ()
    reviewed_by: tuple[Inline, ...] = ()
    approved_by: tuple[Inline, ...] = ()
    report_to: tuple[Inline, ...] = ()
    send_to: tuple[Inline, ...] = ()
    distribute_to: tuple[Inline, ...] = ()
    copies: int | None = None
    copy_to: tuple[Inline, ...] = ()
    printed_by: Inline | None = None
    printed_on: datetime.date | None = None
    even_page: bool = False
    places: Places = field(default_factory=dict)


class FitKind(StrEnum):
    """What a number of pages means: exactly so many, at most so many, or a multiple of it."""

    PAGES = "pages"
    MAX_PAGES = "max_pages"
    MULTIPLE_OF = "multiple_of"


class Fit(Struct, frozen=True):
    """页数要求; ``span`` is where it stands."""

    kind: FitKind
    number: int
    span: Span

    def met(self, pages: int) -> bool:
        """Whether this number of pages is what is wanted."""
        if self.kind is FitKind.MULTIPLE_OF:
            return pages % self.number == 0
        return pages == self.number or (self.kind is FitKind.MAX_PAGES and pages < self.number)


class State(StrEnum):
    """The state of an issue: 草稿, 送审, 定稿."""

    DRAFT = "draft"
    REVIEW = "review"
    FINAL = "final"


class Approval(Struct, frozen=True):
    """Who approved an issue, when, and the mark of what was approved (``input.issue.approval``);
    ``changed``: the text was changed since."""

    by: str | None = None
    day: datetime.date | None = None
    mark: str | None = None
    changed: bool = False


class Issue(Struct, frozen=True):
    """A whole issue. ``contents`` None means auto, ``line_breaking`` None as the theme says;
    ``folder`` is where relative paths start; ``pictures`` are those of its figures, by
    their paths as written.

    An issue may be a single piece, such as an official document: then ``salutation``,
    ``summary``, ``body``, ``sources`` and ``contributors`` are that piece's, and its title is
    that of the issue.
    """

    source: Source
    folder: Path
    masthead: Masthead
    theme: str = "briefing"
    title: Inline | None = None
    summary: Inline | None = None
    contents: bool | None = None
    foreword: Foreword | None = None
    salutation: Inline | None = None
    body: Body | None = None
    sources: tuple[SourceNote, ...] = ()
    contributors: tuple[Inline, ...] = ()
    sections: tuple[Section, ...] = ()
    attendance: Attendance | None = None
    signature: Signature | None = None
    attachments: tuple[Attachment, ...] = ()
    colophon: Colophon | None = None
    line_breaking: LineBreaking | None = None
    paragraphs: Paragraphs = Paragraphs.AUTO
    fit: Fit | None = None
    keep: tuple[str, ...] = ()
    allow: frozenset[str] = frozenset()
    pictures: Mapping[str, Picture | Drawing] = field(default_factory=dict)
    state: State | None = None
    approval: Approval = Approval()

    @property
    def files(self) -> tuple[str, ...]:
        """The files that are printed beside the text, by their paths as written: pictures, and the
        PDF files of attachments."""
        attached = (attachment.pdf for attachment in self.attachments)
        return (*self.pictures, *(pdf.path for pdf in attached if pdf is not None))

    def without_allowed(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings but for warnings and notes that the editor does not want to see. All that
        is said about an issue passes here; an error cannot be allowed."""
        return [
            finding
            for finding in findings
            if finding.severity is Severity.ERROR or finding.kind.code not in self.allow
        ]
