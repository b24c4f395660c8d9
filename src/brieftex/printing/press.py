"""An issue set once for any number of copies, each with its own 份号 where the masthead has it.

Only the masthead differs from copy to copy. It is composed and set alone for each number, and what
is different in it takes its place on the first page; everything else is set and drawn once. Where
that is not exact (the masthead would take another room) the whole issue is set for that number.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from brieftex.compose.compose import compose
from brieftex.delivery.naming import issue_name
from brieftex.delivery.register import copy_label
from brieftex.diagnostics import Finding
from brieftex.document.blocks import Document
from brieftex.fonts.report import FontBook
from brieftex.input.issue.file import read_issue
from brieftex.input.theme import Theme, marked_with
from brieftex.layout.lines.cache import LineCache
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Page, Placed
from brieftex.layout.pages.makeup import make_up
from brieftex.layout.pages.postprocess import postprocess
from brieftex.layout.paginate import paginate
from brieftex.model.issue import Issue, State
from brieftex.pipeline import DRAFT_MARK, TypesetPages, set_issue
from brieftex.printing.drawing import CopyDrawer
from brieftex.printing.traced import TracedIssue
from brieftex.services import Services
from brieftex.styled.styles import FontRequest
from brieftex.text.shaping import Shaper
from brieftex.tracing.linemap import GlyphInks


class NoCopyNumberError(Exception):
    """The theme's masthead has no place for 份号."""


class PressSettings(Struct, frozen=True):
    """How an issue is set for print; ``watermark`` as ``typeset`` has it. ``traced``, if not 0, is
    how many copies are to be told apart by lines that are moved."""

    theme: str | None = None
    edition: str | None = "print"
    watermark: str | None = None
    bundled_fonts: bool = False
    traced: int = 0
    reader: str = ""

    def for_reader(self, reader: str, number: int) -> PressSettings:
        """The same for the copy of one reader: name and number stand across each page, as an
        artifact, and the number among the keywords, so in XMP."""
        words = f"{reader} {number:06}".strip()
        return replace(self, watermark=words, reader=words)


class PressRun(Struct, frozen=True):
    """An issue drawn: ``pdf`` has the ``pages`` of the first copy and then the first page of each
    other one; ``firsts`` says which, by number. Without numbers it is the one copy."""

    made: TypesetPages
    setting: Setting
    pdf: bytes
    firsts: dict[int, tuple[int, ...]]

    whole: bool = False
    """Whether ``pdf`` is a whole document, of one copy, with its tags and metadata."""

    traces: dict[int, TracedIssue] = {}
    """By what the lines of each copy are moved."""

    @property
    def count(self) -> int:
        """Pages of one copy."""
        return len(self.made.pages)

    def order(self, number: int) -> tuple[int, ...]:
        """The pages of a copy in ``pdf``."""
        return self.firsts.get(number, tuple(range(self.count)))


class _KeptServices(Services):
    """Theme and faces, taken once."""

    def __init__(self) -> None:
        self._theme: Theme | None = None
        self._book: FontBook | None = None
        self._setting: Setting | None = None

    def theme(
        self, name: str, folder: Path, edition: str | None = None, *, given: bool = False
    ) -> Theme:
        if self._theme is None:
            self._theme = super().theme(name, folder, edition, given=given)
        return self._theme

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        if self._book is None:
            self._book = super().fonts(request, folder, bundled_only)
        return self._book

    def made_setting(self) -> Setting:
        """What the issue was set with."""
        assert self._setting is not None
        return self._setting

    def setting(self, book: FontBook, document: Document) -> Setting:
        if self._setting is None:
            self._setting = Setting(Shaper(book), document.lines, document.keep, LineCache())
        return self._setting


class Press:
    """An issue to be set for any number of copies: what is the same in them is read and made once.
    Raises InputError if the issue has errors."""

    def __init__(self, path: Path, settings: PressSettings) -> None:
        """Read the issue at ``path``."""
        self._issue, self._findings = read_issue(path)
        self._settings = settings
        self._kept = _KeptServices()
        self._inks: GlyphInks = {}

    def run(self, numbers: Sequence[int], reader: str | None = None) -> PressRun:
        """Set, draw and verify the copies with these numbers, or one without; the only one may be
        made for a ``reader``, whose name stands on it. Raises InputError, NoCopyNumberError and
        TooFewLinesError."""
        settings = self._settings
        if reader is not None:
            settings = settings.for_reader(reader, numbers[0])
        issue = _numbered(self._issue, numbers[0]) if numbers else self._issue
        if settings.reader and issue.state is State.DRAFT:
            settings = replace(settings, watermark=f"{DRAFT_MARK} {settings.reader}")
        made = _set(issue, self._findings, settings, self._kept)
        if settings.reader:
            made = _told_in_metadata(made, settings.reader)
        copies = _Copies(made, issue, self._theme(issue, settings), self._kept.made_setting())
        traced = self._traced(made) if settings.traced else None
        pages: list[Page] = []
        firsts: dict[int, tuple[int, ...]] = {}
        traces: dict[int, TracedIssue] = {}
        for number in numbers:
            own = copies.pages(number)
            trace = traced
            if own is None:  # another masthead takes another room
                whole = _set(_numbered(issue, number), self._findings, settings, self._kept)
                own = whole.pages
                trace = self._traced(whole) if settings.traced else None
            if trace is not None:
                traces[number] = trace
                own = trace.pages(own, copy_label(number))
            shared = bool(pages) and trace is None and own[1:] == made.pages[1:]
            new = own[:1] if shared else own
            order = range(len(pages), len(pages) + len(new))
            firsts[number] = (*order, *range(1, len(own))) if shared else tuple(order)
            pages += new
        pdf = CopyDrawer(made).file(pages or made.pages)
        alone = bool(settings.reader or (traces and len(numbers) == 1))
        return PressRun(made, self._kept.made_setting(), pdf, firsts, alone, traces)

    def _theme(self, issue: Issue, settings: PressSettings) -> Theme:
        """The theme the issue was set in, with what stands across its pages."""
        theme = self._kept.theme(issue.theme, issue.folder)
        watermark = settings.watermark
        if watermark is None and issue.state is State.DRAFT:
            watermark = DRAFT_MARK
        return theme if watermark is None else marked_with(theme, watermark)

    def _traced(self, made: TypesetPages) -> TracedIssue:
        name, settings = issue_name(made.issue.masthead), self._settings
        return TracedIssue(made, name, settings.edition or "", settings.traced, self._inks)


class _Copies:
    """The pages of numbered copies, made from those of the first one."""

    def __init__(self, made: TypesetPages, issue: Issue, theme: Theme, setting: Setting) -> None:
        self._made = made
        self._issue = issue
        self._theme = theme
        self._setting = replace(setting, cache=None)  # lines of the body stay in it
        self._own: tuple[Placed, ...] | None = None

    def pages(self, number: int) -> tuple[Page, ...] | None:
        """The pages of a copy; None if they have to be set anew. Raises NoCopyNumberError."""
        if self._own is None:
            self._own = self._masthead(self._issue.masthead.copy_number)
            if self._own == self._masthead(None):
                raise NoCopyNumberError
        pages = self._made.pages
        if number == self._issue.masthead.copy_number:
            return pages
        first = _with_masthead(pages[0], self._own, self._masthead(number))
        return None if first is None else (first, *pages[1:])

    def _masthead(self, number: int | None) -> tuple[Placed, ...]:
        """What is on the first page of an issue that is nothing but its masthead."""
        issue = self._issue
        alone = Issue(
            source=issue.source,
            folder=issue.folder,
            masthead=replace(issue.masthead, copy_number=number),
            title=issue.title,
            summary=issue.summary,
            contents=False,
            signature=issue.signature,
        )
        document, _ = compose(alone, self._theme)
        pages, _ = make_up(paginate(document, self._setting), self._setting)
        return postprocess(pages, document, self._setting)[0][0].items


def _told_in_metadata(made: TypesetPages, words: str) -> TypesetPages:
    metadata = made.document.metadata
    metadata = replace(metadata, keywords=(*metadata.keywords, f"份号 {words}"))
    return replace(made, document=replace(made.document, metadata=metadata))


def _numbered(issue: Issue, number: int) -> Issue:
    return replace(issue, masthead=replace(issue.masthead, copy_number=number))


def _set(
    issue: Issue, findings: list[Finding], settings: PressSettings, kept: Services
) -> TypesetPages:
    return set_issue(
        issue,
        findings,
        theme=settings.theme,
        edition=settings.edition,
        watermark=settings.watermark,
        bundled_fonts=settings.bundled_fonts,
        services=kept,
    )


def _with_masthead(page: Page, own: tuple[Placed, ...], other: tuple[Placed, ...]) -> Page | None:
    """The page with what differs in another masthead in the place of its own; None if a part of
    one has no counterpart in the other."""
    if len(own) != len(other):
        return None
    changed = [(a, b) for a, b in zip(own, other, strict=True) if a != b]
    items = list(page.items)
    for before, after in changed:
        if before not in items:
            return None
        items[items.index(before)] = after
    return replace(page, items=tuple(items))
