"""会议材料: agenda and papers of a meeting in one file, issues and pages of other PDF files alike.

Each paper begins on a right page and has a tab at the fore edge; one folio goes through all. All
papers are looked at before the first is drawn, so that everything that is wrong is told at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from brieftex.collection.agenda import PaperEntry, agenda
from brieftex.collection.folios import with_folios
from brieftex.collection.heads import UnreadIssue, head_of
from brieftex.collection.matter import VolumeTitle, cover, set_matter
from brieftex.collection.papers import paper_document, take_pages
from brieftex.collection.spool import Spool
from brieftex.collection.tabs import with_tabs
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
from brieftex.compose.inline import one_line
from brieftex.diagnostics import Finding, InputError, Severity, Source
from brieftex.diagnostics.messages.foreign import NOT_CONFORMING, PAPER_MISSING, PAPER_REPLACED
from brieftex.document.blocks import OutlineEntry
from brieftex.input.issue.figures import figure_path
from brieftex.input.issue.file import read_issue
from brieftex.input.meeting.read import read_meeting
from brieftex.layout.lines.paragraph import Setting
from brieftex.model.meeting import Meeting, Paper
from brieftex.pdf.write.volume import PageLabel, VolumeFile, WrittenPart
from brieftex.text.shaping import Shaper


class MeetingVolume(Struct, frozen=True):
    """What was made: where, how many papers, pages and bytes; what is odd about the papers of
    other programs; how many warnings there are in the issues."""

    target: Path
    source: Source
    papers: int
    pages: int
    size: int
    findings: tuple[Finding, ...]
    warnings: int


class _PaperJob(Struct, frozen=True):
    """A paper, the point of the agenda it belongs to, its issue file if it is one."""

    item: int
    paper: Paper
    issue: Path | None


def _silent(stage: str, done: int, of: int) -> None:
    """Say nothing."""


def collect_meeting(
    path: Path, target: Path, look: LookWish, progress: VolumeProgress = _silent
) -> MeetingVolume:
    """Make the volume of the meeting in this file. Raises InputError for the file itself,
    CollectionError for its papers, and OSError."""
    meeting, odd = read_meeting(path)
    jobs = _jobs(meeting, path, target)
    findings = [*odd]

    def begin(file: VolumeFile, spool: Spool) -> _MeetingMaker:
        return _MeetingMaker(file, spool, look, meeting)

    def finish(maker: _MeetingMaker) -> list[WrittenPart]:
        set_all(jobs, lambda job: findings.extend(maker.add_paper(job)), progress)
        return maker.finish()

    maker, pages, size = write_volume(target, begin, finish, progress)
    if not maker.conforming:
        findings.append(NOT_CONFORMING.at(None))
    return MeetingVolume(
        target, meeting.source, len(maker.papers), pages, size, tuple(findings), maker.warnings
    )


def _jobs(meeting: Meeting, path: Path, target: Path) -> list[_PaperJob]:
    """The papers in their order, each issue read once to see whether it has errors. Raises
    CollectionError with everything that is wrong with any, such as being ``target`` itself."""
    jobs: list[_PaperJob] = []
    wrong: list[Finding] = []
    unread: list[UnreadIssue] = []
    for index, item in enumerate(meeting.agenda):
        for paper in item.papers:
            issue = None
            if paper.issue is None:
                taken, found = take_pages(meeting, paper)
                wrong += [f for f in found if f.severity is Severity.ERROR]
                if taken is not None and _is_same(taken.block.pages[0].path, target):
                    wrong.append(PAPER_REPLACED.at(paper.span, file=paper.pdf))
            else:
                issue = _issue_path(meeting, paper)
                if issue is None:
                    wrong.append(PAPER_MISSING.at(paper.span, file=paper.issue))
                else:
                    unread += _faults(issue)
                    if _is_same(issue, target):
                        wrong.append(PAPER_REPLACED.at(paper.span, file=paper.issue))
            jobs.append(_PaperJob(index, paper, issue))
    if wrong:
        unread.insert(0, UnreadIssue(path, wrong, meeting.source))
    if unread:
        raise CollectionError(unread)
    return jobs


def _is_same(path: Path, target: Path) -> bool:
    return target.exists() and path.samefile(target)


def _issue_path(meeting: Meeting, paper: Paper) -> Path | None:
    try:
        path = figure_path(meeting.folder, paper.issue or "")
    except (OSError, ValueError, RuntimeError):
        return None
    return path if path is not None and path.is_file() else None


def _faults(path: Path) -> Iterator[UnreadIssue]:
    try:
        read_issue(path)
    except InputError as error:
        yield UnreadIssue(path, error.findings, error.source)


class _MeetingMaker(PartsMaker):
    """A meeting volume in the making."""

    def __init__(self, file: VolumeFile, spool: Spool, look: LookWish, meeting: Meeting) -> None:
        """The cover says what the meeting's file says."""
        organizer = "" if meeting.organizer is None else one_line(meeting.organizer.text)
        when = [_date_words(meeting)]
        when += [one_line(i.text) for i in (meeting.time, meeting.place) if i is not None]
        extent = "　".join(word for word in when if word)
        title = VolumeTitle(
            one_line(meeting.name.text),
            "会议材料",
            extent,
            organizer,
            meeting.date,
            "" if meeting.remark is None else one_line(meeting.remark.text),
        )
        super().__init__(file, spool, look, title, meeting.folder, meeting.theme)
        self.meeting = meeting
        self.papers: list[PaperEntry] = []
        self.bookmarks: list[OutlineEntry] = []

    def add_paper(self, job: _PaperJob) -> list[Finding]:
        """Set and draw a paper; what is odd about it. Raises CollectionError."""
        self.begin_part()
        number = len(self.papers) + 1
        name = f"paper-{number}"
        title = None if job.paper.title is None else one_line(job.paper.title.text)
        if job.issue is not None:
            made, pictures = self.issue(job.issue)
            head = head_of(job.issue, made.issue)
            own = "" if made.issue.title is None else one_line(made.issue.title.text)
            title = title or own or f"{head.name} {head.words}".strip()
            shaper = self.shaper(made.issue.folder, made.theme.fonts)
            document, pages = made.document, made.pages
            odd: list[Finding] = []
        else:
            taken, odd = take_pages(self.meeting, job.paper)
            if taken is None:  # it was changed after it was looked at
                raise CollectionError([UnreadIssue(Path(), odd, self.meeting.source)])
            title = taken.block.title
            shaper = Shaper(self.book)
            setting = Setting(shaper, self.matter.theme.lines)
            document, pages = paper_document(self.matter, taken.block, setting)
            pictures = dict(taken.forms)
            self.conforming = False
        setting = Setting(shaper, document.lines)
        entry = PaperEntry(job.item, number, title, name, self.folio)
        words = self.count(name, len(pages))
        pages = with_tabs(with_folios(pages, document, setting, words), document, setting, number)
        kept = [outlined.anchor for outlined in document.outline]
        self.parts.append(self.drawn(name, title, pages, document, kept, pictures))
        self.papers.append(entry)
        self.bookmarks += part_bookmarks(f"{number}. {title}", name, document.outline)
        return odd

    def finish(self) -> list[WrittenPart]:
        """Draw cover and agenda, write the rest of the file; its parts in their order."""
        setting = Setting(Shaper(self.book), self.matter.theme.lines)
        document = cover(self.matter, setting)
        pages = with_back(set_matter(document, setting))
        front = [self.add_own("封面", "cover", document, pages, [""] * len(pages))]
        document = agenda(self.matter, self.meeting, self.papers)
        pages = set_matter(document, setting)
        if self.look.right:
            pages = with_back(pages)
        words = [roman(number + 1) if p.items else "" for number, p in enumerate(pages)]
        front.append(self.add_own("议程", "agenda", document, pages, words))
        bookmarks = [*part_bookmarks("封面", "cover", ()), *part_bookmarks("议程", "agenda", ())]
        before = sum(part.pages for part in front)
        labels = [PageLabel(0, "r"), PageLabel(before, "D")]
        parts = [*front, *self.parts]
        metadata = replace(self.title.metadata(), keywords=tuple(p.title for p in self.papers))
        self.file.finish(
            parts, [*bookmarks, *self.bookmarks], labels, metadata, conforming=self.conforming
        )
        return parts


def _date_words(meeting: Meeting) -> str:
    date = meeting.date
    return "" if date is None else f"{date.year}年{date.month}月{date.day}日"
