"""One issue, set again and again: what comes of it each time.

An outcome has pages even when the file is wrong: those of the last time that it was right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.diagnostics import Finding, InputError, Severity, Source, Span
from brieftex.diagnostics.render import in_order
from brieftex.input.issue.file import read_issue
from brieftex.layout.page import PlacedPicture
from brieftex.model.issue import Issue
from brieftex.pipeline import Against, TypesetPages, typeset_pages
from brieftex.preview.cache import CachedServices, stamp
from brieftex.preview.page_json import PageEncoder
from brieftex.preview.pictures import Pictures
from brieftex.preview.sync import carried


class Drawn(Struct, frozen=True):
    """Pages that were set, and drawn: ``names`` in order, ``pages`` by name."""

    made: TypesetPages
    names: tuple[str, ...]
    pages: dict[str, str]


class Outcome(Struct, frozen=True):
    """What came of one attempt.

    ``drawn`` are the newest good pages, of this attempt when ``good``. ``findings`` are in
    order and lie in ``source``. ``defect`` tells of a failure of brieftex itself.
    """

    number: int
    good: bool
    drawn: Drawn | None
    findings: tuple[Finding, ...]
    source: Source
    seconds: float
    at: datetime
    defect: str = ""

    def in_pages(self, span: Span) -> Span:
        """A span of ``source`` as one of the source that the pages were made from."""
        if self.drawn is None or self.good:
            return span
        texts = self.source.text, self.drawn.made.source.text
        start = carried(span.start, *texts)
        return Span(start, max(carried(span.end, *texts), start))


class Session(Struct):
    """Sets the issue ``path``. ``options`` holds the options of ``typeset_pages``; ``on_defect``
    puts a failure of brieftex into words. Bars stand beside what differs from the issue
    ``against``, if there is one."""

    path: Path
    options: Mapping[str, Any]
    on_defect: Callable[[Exception], str]
    against: Path | None = None
    kept: CachedServices = field(default_factory=CachedServices)
    ink: PageEncoder = field(default_factory=PageEncoder)
    pictures: Pictures = field(default_factory=Pictures)
    last: Outcome | None = None
    earlier: tuple[object, Issue] | None = None

    @property
    def watched(self) -> tuple[Path, ...]:
        """The files besides the issue and its pictures whose changes count."""
        return self.kept.files if self.against is None else (*self.kept.files, self.against)

    def attempt(self) -> Outcome:
        """Set the issue as it is now."""
        begun, at = perf_counter(), datetime.now(UTC)
        number = self.last.number + 1 if self.last else 1
        drawn = self.last.drawn if self.last else None
        good, defect = False, ""
        findings: tuple[Finding, ...] = ()
        source = Source(str(self.path), "")
        try:
            drawn = self._drawn()
            good, findings, source = True, drawn.made.findings, drawn.made.source
        except InputError as error:
            findings, source = error.findings, error.source
        except Exception as error:  # noqa: BLE001  # a defect must not end the editor's day
            defect = self.on_defect(error)
        seconds = perf_counter() - begun
        self.last = Outcome(
            number, good, drawn, tuple(in_order(findings)), source, seconds, at, defect
        )
        return self.last

    def _compared(self, path: Path) -> Against:
        """The earlier issue, read again when its file changed. Raises InputError."""
        now = stamp(path)
        if self.earlier is None or self.earlier[0] != now:
            self.earlier = now, read_issue(path)[0]
        return Against(self.earlier[1])

    def _drawn(self) -> Drawn:
        options = dict(self.options)
        if self.against is not None:
            options["against"] = self._compared(self.against)
        made = typeset_pages(self.path, **options, services=self.kept)
        used: set[str] = set()

        odd: list[Finding] = []

        def picture(item: PlacedPicture) -> tuple[str, tuple[int, ...]]:
            served, findings = self.pictures.use(item)
            odd.extend(findings)
            used.add(served.name)
            return served.name, served.turn

        self.ink.begin()
        drawn = self.ink.pages(made.pages, picture)
        made = replace(made, findings=(*made.findings, *odd))
        if any(finding.severity is Severity.ERROR for finding in odd):
            raise InputError(made.source, made.findings)
        self.pictures.forget(used)
        return Drawn(made, tuple(name for name, _ in drawn), dict(drawn))
