"""Where something stands in a file, and what is wrong with it there.

A ``Kind`` is one sort of problem: its code, name, severity and wording in Chinese and
English, kept in the ``diagnostics.messages`` package. A ``Finding`` is one finding: a
kind, a place and the values that fill the wording.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import accumulate
from typing import Protocol

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from brieftex.diagnostics.offsets import Span
from brieftex.patterns import late

# What an editor's window and YAML 1.2 call a new line. str.splitlines knows more (U+000B,
# U+001C …), which would put a message on another line than the editor shows.
_LINE_BREAK = late(r"\r\n|\r|\n")


class Naming(Protocol):
    """What a file calls its keys."""

    def path(self, path: str) -> str:
        """A path of English keys in the file's."""

    def text(self, text: str, path: str) -> str:
        """A message about the value at ``path``, with its keys in the file's."""


class Source(Struct, frozen=True):
    """A file that was read: the name to show and its text (no BOM, newlines as they stood).

    ``naming`` is None for a file whose keys are English.
    """

    name: str
    text: str
    _line_starts: tuple[int, ...] = ()
    naming: Naming | None = None

    def __post_init__(self) -> None:
        """Count the lines once."""
        if "\r" in self.text:
            ends: Iterable[int] = (match.end() for match in _LINE_BREAK.finditer(self.text))
        else:  # a third of the time
            ends = accumulate([len(line) + 1 for line in self.text.split("\n")[:-1]])
        force_setattr(self, "_line_starts", (0, *ends))

    @property
    def line_count(self) -> int:
        """How many lines there are; a newline at the end opens one more, which is empty."""
        return len(self._line_starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at ``offset`` (0 to the length)."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The character at ``line`` and ``column``, both from 0 as YAML marks count them."""
        if line >= len(self._line_starts):
            return len(self.text)
        return min(self._line_starts[line] + column, len(self.text))

    def line_start(self, number: int) -> int:
        """The offset at which line ``number``, from 1, begins."""
        return self._line_starts[number - 1]

    def line(self, number: int) -> str:
        """Line ``number``, from 1, without its newline. Raises IndexError when there is none."""
        bounds = self.line_bounds(number)
        return self.text[bounds.start : bounds.end]

    def line_bounds(self, number: int) -> Span:
        """Where line ``number``, from 1, stands without its newline. Raises IndexError likewise."""
        start = self._line_starts[number - 1]
        if number == len(self._line_starts):
            return Span(start, len(self.text))
        end = self._line_starts[number] - 1
        return Span(start, end - (end > start and self.text[end - 1 : end + 1] == "\r\n"))


class Severity(StrEnum):
    """How much a finding matters: an error stops the build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_ROOM = 160
"""Characters that a message shows of what a value has between two marks or spaces."""
_LONG = late(rf"[^\s，、；。]{{{_ROOM},}}")


class Kind(Struct, frozen=True):
    """One sort of problem.

    ``name`` says what is wrong, in kebab case. ``zh`` and ``en`` are str.format templates of
    the message, the hints likewise (at most two). No final full stop. ``second`` says in both
    languages what there is at the second place of a finding that is about two.
    """

    code: str
    name: str
    severity: Severity
    zh: str
    en: str
    hints_zh: tuple[str, ...] = ()
    hints_en: tuple[str, ...] = ()
    second: tuple[str, str] = ("", "")

    def at(self, span: Span | None, path: str = "", /, **values: object) -> Finding:
        """A finding of this kind at ``span``; ``values`` fill the templates.

        ``path`` names the value, by position only, so that a template may have that field.
        """
        return Finding(self, span, path, tuple(sorted(values.items())))


class Fix(Struct, frozen=True):
    """How a finding can be mended: every span of the source that gives way, and to what.

    The spans hold at least a character each, are in order and do not overlap.
    """

    edits: tuple[tuple[Span, str], ...]


class Place(Struct, frozen=True):
    """A place in a file; ``source`` is None for the file that the finding is about."""

    span: Span
    source: Source | None = None


class Finding(Struct, frozen=True):
    """One finding. ``path`` names the value, such as ``sections[0].items[2].title``;
    ``fix`` is None when only a human can mend it. ``related`` is a second place that it is
    about: where a key was first written, what an earlier issue has."""

    kind: Kind
    span: Span | None
    path: str = ""
    values: tuple[tuple[str, object], ...] = ()
    fix: Fix | None = None
    related: Place | None = None

    def also(self, span: Span, source: Source | None = None) -> Finding:
        """The finding with its second place, in another file if ``source`` is given."""
        return replace(self, related=Place(span, source))

    def within(self, path: str) -> Finding:
        """The finding with ``path`` unless it has one of its own."""
        return self if self.path else replace(self, path=path)

    @property
    def severity(self) -> Severity:
        """The kind's severity."""
        return self.kind.severity

    def message(self, language: str = "zh", naming: Naming | None = None) -> str:
        """The filled message, ``zh`` or ``en``, with the keys of a file as ``naming`` has them."""
        return self._said(self.kind.en if language == "en" else self.kind.zh, naming)

    def second(self, language: str = "zh") -> str:
        """What there is at the second place, ``zh`` or ``en``."""
        return self.kind.second[language == "en"]

    def hints(self, language: str = "zh", naming: Naming | None = None) -> tuple[str, ...]:
        """The filled hints, likewise."""
        templates = self.kind.hints_en if language == "en" else self.kind.hints_zh
        return tuple(self._said(template, naming) for template in templates)

    def _said(self, template: str, naming: Naming | None) -> str:
        fields: Mapping[str, object] = {name: _shown(value) for name, value in self.values}
        text = template.format_map(fields)
        return naming.text(text, self.path) if naming else text


def _shown(value: object) -> object:
    """A value for a sentence, with the ends of what is long and goes on without a mark or a space:
    a picture that was pasted as its data has a million characters."""
    if isinstance(value, str) and len(value) > _ROOM:
        return _LONG.sub(lambda run: f"{run[0][: _ROOM // 2]}……{run[0][-_ROOM // 4 :]}", value)
    return value
