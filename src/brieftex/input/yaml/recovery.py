"""A broken YAML text, mended as it is read, so that one slip does not hide what follows.

In: a text and the repairs that ``cause`` and ``typo`` propose. Out: the mended text, and for
each place in it the place in the file. Repairs never add or remove a line. A repair that
loses text is remembered by its lines: what seems to be missing there may be what was lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Finding, Source, Span
from brieftex.input.yaml.lines import KEY_AND_VALUE, line_bounds


class Repair(Struct, frozen=True):
    """Characters ``start`` up to ``end`` become ``text``, which has as many line breaks.

    ``sure`` says that the line is then as it was meant: a further problem in it is one of its
    own and no consequence. ``lossy`` says that content was dropped, ``right`` that the line is as
    it should be written, so that ``check --fix`` may write it.
    """

    start: int
    end: int
    text: str = ""
    sure: bool = False
    lossy: bool = False
    right: bool = False


class Cause(Struct, frozen=True):
    """A finding, and the way past it if there is one."""

    diagnostic: Finding
    repair: Repair | None = None

    @property
    def place(self) -> Span:
        """Where the finding is: in a text, everything is somewhere."""
        return self.diagnostic.span or Span(0, 0)


def blanked(text: str, start: int, end: int) -> Repair:
    """Make nothing of a stretch of lines."""
    return Repair(start, end, re.sub(r"[^\r\n]", " ", text[start:end]), lossy=True)


class Mending:
    """A text under repair."""

    def __init__(self, source: Source) -> None:
        """``source`` is the file as it is."""
        self.source = source
        self.unmended = source
        self._edits: list[Repair] = []
        self._moving: list[Repair] = []  # those that move what stands behind them
        self._doubtful: set[int] = set()
        self._lossy: set[int] = set()

    @property
    def text(self) -> str:
        """The text as mended so far."""
        return self.source.text

    @property
    def touched(self) -> bool:
        """Whether the text is not the file's any more."""
        return bool(self._edits)

    @property
    def lossy(self) -> bool:
        """Whether something was dropped."""
        return bool(self._lossy)

    def apply(self, repair: Repair) -> bool:
        """Make a repair. False when it would change nothing."""
        if self.text[repair.start : repair.end] == repair.text:
            return False
        lines = self._lines(repair.start, repair.end)
        if not repair.sure:
            self._doubtful.update(lines)
        if repair.lossy:
            self._lossy.update(lines)
        text = self.text[: repair.start] + repair.text + self.text[repair.end :]
        self.source = Source(self.source.name, text)
        self._edits.append(repair)
        if len(repair.text) != repair.end - repair.start:
            self._moving.append(repair)
        return True

    def skip(self, place: int) -> bool:
        """Drop the line of ``place`` and all up to the next line that begins a top-level field.

        False when nothing was left to drop.
        """
        start, end = line_bounds(self.text, place)
        following = re.compile(r"(?:\r\n?|\n)(?=\S)").finditer(self.text, end)
        stop = next(
            (m.start() for m in following if KEY_AND_VALUE.match(self.text, m.end())),
            len(self.text),
        )
        if not self.text[start:stop].strip() and start > 0:
            start = line_bounds(self.text, len(self.text[:start].rstrip()))[0]
        return self.apply(blanked(self.text, start, stop))

    def righted(self) -> tuple[str, int]:
        """The file with the first repairs that make it as it should be written, and their
        number; what comes behind one that only helps to read on waits for the next time."""
        text, count = self.unmended.text, 0
        for edit in self._edits:
            if not edit.right:
                break
            text = text[: edit.start] + edit.text + text[edit.end :]
            count += 1
        return text, count

    def is_doubtful(self, span: Span | None) -> bool:
        """Whether what is wrong at a place may be due to a repair: it is in a line that was
        only guessed at, or the first behind what was dropped."""
        if span is None or not self._doubtful:
            return False
        line = self._line(span.start)
        if line in self._doubtful:
            return True
        start = line_bounds(self.text, span.start)[0]
        before = self.text[:start].rstrip()
        first = self._line(len(before)) + 1 if before else 1
        return any(number in self._lossy for number in range(first, line))

    def original(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings in the mended text, at their places in the file."""
        return [
            replace(
                d,
                span=d.span and self._original(d.span),
                related=d.related and replace(d.related, span=self._original(d.related.span)),
                fix=None if self._edits else d.fix,
            )
            for d in findings
        ]

    def _original(self, span: Span) -> Span:
        start, end = self._place(span.start), self._place(span.end)
        return Span(start, max(start, end))

    def _place(self, place: int) -> int:
        for edit in reversed(self._moving):
            if place >= edit.start + len(edit.text):
                place += edit.end - edit.start - len(edit.text)
            elif place > edit.start:
                place = min(place, edit.end)
        return place

    def _line(self, place: int) -> int:
        return self.source.position(min(place, len(self.text)))[0]

    def _lines(self, start: int, end: int) -> Sequence[int]:
        return range(self._line(start), self._line(end) + 1)
