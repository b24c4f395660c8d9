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
from brieftex.diagnostics import Finding, InputError, Severity
from brieftex.document.blocks import Document
from brieftex.fonts.load import FontBook, FontRequest
from brieftex.input.issue.file import read_issue
from brieftex.input.theme import Theme, marked_with
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Page, Placed
from brieftex.layout.pages.makeup import make_up
from brieftex.layout.pages.postprocess import postprocess
from brieftex.layout.paginate import paginate
from brieftex.model.issue import Issue, State
from brieftex.pdf.read.verify import expected_of, verify
from brieftex.pdf.write.draw import draw
from brieftex.pdf.write.picture import read_pictures
from brieftex.pipeline import DRAFT_MARK, Services, TypesetPages, set_issue
from brieftex.text.shaping import Shaper


class NoCopyNumberError(Exception):
    """The theme's masthead has no place for 份号."""


class PressSettings(Struct, frozen=True):
    """How an issue is set for print; ``watermark`` as ``typeset`` has it."""

    theme: str | None = None
    edition: str | None = "print"
    watermark: str | None = None
    bundled_fonts: bool = False
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
    """Whether ``pdf`` is a whole document, for one reader, with its tags and metadata."""

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
            self._setting = Setting(Shaper(book), document.lines, document.keep)
        return self._setting


def set_for_press(path: Path, numbers: Sequence[int], settings: PressSettings) -> PressRun:
    """Set, draw and verify the issue at ``path`` for the copies with these numbers, or for one
    without. Raises InputError, and NoCopyNumberError."""
    issue, findings = read_issue(path)
    if numbers:
        issue = _numbered(issue, numbers[0])
    if settings.reader and issue.state is State.DRAFT:
        settings = replace(settings, watermark=f"{DRAFT_MARK} {settings.reader}")
    kept = _KeptServices()
    made = _set(issue, findings, settings, kept)
    if settings.reader:
        made = _told_in_metadata(made, settings.reader)
    setting = kept.made_setting()
    theme = kept.theme(issue.theme, issue.folder)
    watermark = settings.watermark
    if watermark is None and issue.state is State.DRAFT:
        watermark = DRAFT_MARK
    if watermark is not None:
        theme = marked_with(theme, watermark)
    pages = list(made.pages)
    firsts: dict[int, tuple[int, ...]] = {}
    if numbers:
        own = _masthead(issue, theme, setting)
        bare = _masthead(
            replace(issue, masthead=replace(issue.masthead, copy_number=None)), theme, setting
        )
        if own == bare:
            raise NoCopyNumberError
        rest = tuple(range(1, len(made.pages)))
        firsts[numbers[0]] = (0, *rest)
        for number in numbers[1:]:
            other = _masthead(_numbered(issue, number), theme, setting)
            first = _with_masthead(made.pages[0], own, other)
            if first is None:
                whole = _set(_numbered(issue, number), findings, settings, kept).pages
                firsts[number] = tuple(range(len(pages), len(pages) + len(whole)))
                pages += whole
            else:
                firsts[number] = (len(pages), *rest)
                pages.append(first)
    return PressRun(made, setting, _drawn(made, pages), firsts, bool(settings.reader))


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


def _masthead(issue: Issue, theme: Theme, setting: Setting) -> tuple[Placed, ...]:
    """What is on the first page of an issue that is nothing but its masthead."""
    alone = Issue(
        source=issue.source,
        folder=issue.folder,
        masthead=issue.masthead,
        title=issue.title,
        summary=issue.summary,
        contents=False,
        signature=issue.signature,
    )
    document, _ = compose(alone, theme)
    pages, _ = make_up(paginate(document, setting), setting)
    return postprocess(pages, document, setting)[0][0].items


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


def _drawn(made: TypesetPages, pages: Sequence[Page]) -> bytes:
    """The file of all pages, once that of one copy was verified. Raises InputError."""
    document = made.document
    parts = document.nodes, document.outline, document.metadata
    pictures, odd = read_pictures(made.pages, document.resolution)
    if any(finding.severity is Severity.ERROR for finding in odd):
        raise InputError(made.source, odd)
    one = draw(made.pages, *parts, pictures=pictures)
    if faults := verify(one, expected_of(document, made.pages)):
        raise InputError(made.source, faults)
    return one if len(pages) == len(made.pages) else draw(pages, *parts, pictures=pictures)
