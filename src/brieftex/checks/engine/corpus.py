"""Every text of an issue in one string, so that a rule looks for its pattern only once.

In: an ``Issue``. Out: a ``Corpus``, whose ``text`` has one line for each running text, in the
order of the file, and which knows where each character stood. Addresses and code are masked:
no rule about Chinese applies to them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from enum import Enum, auto
from functools import cache, cached_property, partial
from itertools import accumulate, repeat

from msgspec import Struct

from brieftex.checks.engine.nesting import Nesting, nest
from brieftex.diagnostics import Source, Span
from brieftex.memory import NOTHING_KEPT, Memo
from brieftex.model.content import (
    Body,
    BodyBlock,
    Chart,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Mark,
    NameList,
    Panel,
    Paragraph,
    Quotation,
    Speech,
    Table,
    Verse,
)
from brieftex.model.issue import Colophon, Issue, Item, Section, SourceNote
from brieftex.patterns import late

MASK = "\ue000"
"""Stands for what no rule shall see; a character of private use."""

BREAK = "\u2028"
"""Stands for a hard line break within a running text."""

_ADDRESS = late(
    r"(?:https?://|mailto:|www\.)[!-~]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)

# A reference as GB/T 7714-2015 has it (张三. 研究[J]. 农业经济, 2025(3): 12-15.) has ASCII marks.
_REFERENCE = late(r"\S\[(?:[MCGNJDRSPZ]|DB|CP|EB)(?:/(?:OL|CD|DK|MT))?\][.:]")
_ASCII_MARK = late("[.,:;()]")

_RARE = late("[^\n -~·—‘’“”…\u3000-\u301f\u4e00-\u9fff！（），：；？～]")
"""What few texts have."""

_pattern = cache(late)
"""Those of the rules, which are few."""


class TextRole(Enum):
    """What a running text is for."""

    __hash__ = object.__hash__  # part of many keys, and Enum's own is written in Python

    NAME = auto()
    TITLE = auto()
    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()  # the first paragraph in an item of a list
    CAPTION = auto()
    CELL = auto()


FILE_NAME = "pdf"
"""Ends the path of a title that is the name of a file."""


class RunningText(Struct, frozen=True):
    """One line of the copy; ``path`` names the value, texts of one body share it."""

    inline: Inline
    role: TextRole
    path: str


class CopyPart(Struct, frozen=True):
    """The running texts of a part of an issue, and what they are of, which is held because it is
    known by what it is."""

    held: tuple[object, ...]
    texts: Sequence[RunningText]
    masked: Sequence[str]

    @property
    def lines(self) -> Sequence[Hashable]:
        """For each line what a rule sees of it that looks at that line alone."""
        return [(line, text.role) for line, text in zip(self.masked, self.texts, strict=True)]


class Corpus:
    """Running texts, one line each."""

    def __init__(self, source: Source, parts: Sequence[CopyPart]) -> None:
        """The copy of all ``parts``."""
        self.source = source
        self.parts = parts
        self.texts = [text for part in parts for text in part.texts]
        self.masked = masked = [line for part in parts for line in part.masked]
        self.text = "\n".join(masked)
        self.doubtful: Corpus | None = None
        """Those of its lines of which it is not known that all their marks have partners."""
        self._near: dict[str, tuple[tuple[int, int], ...]] = {}
        self._starts = [0, *accumulate([len(line) + 1 for line in masked])][: len(masked)]

    @classmethod
    def of(cls, issue: Issue, memo: Memo = NOTHING_KEPT) -> Corpus:
        """The copy of ``issue``; ``memo`` knows that of the same parts."""
        return cls(
            issue.source,
            [
                memo.recall((path, *map(id, held)), partial(_copied, held, texts))
                for path, held, texts in _parts(issue)
            ],
        )

    @property
    def stray(self) -> tuple[int, ...]:
        """The marks of the copy that have no partner."""
        return *self.nesting.unopened, *self.nesting.unclosed

    @property
    def is_paired(self) -> bool:
        """Whether there are none."""
        return not (self if self.doubtful is None else self.doubtful).stray

    def number(self, offset: int) -> int:
        """The number of the line around ``offset``."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def end(self, number: int) -> int:
        """Where the line of this number ends."""
        return self._starts[number] + len(self.masked[number])

    def has_any(self, characters: Iterable[str]) -> bool:
        """Whether one of these characters occurs; most marks that a rule is about do not."""
        return any(map(self.text.__contains__, characters))

    @cached_property
    def _rare(self) -> str:
        return "".join(_RARE.findall(self.text))

    @cached_property
    def nesting(self) -> Nesting:
        """Which marks of the copy belong together."""
        return nest(self.text)

    def find(self, pattern: str, *words: str) -> Iterator[re.Match[str]]:
        r"""Every match in the copy. Each has one of ``words``, if any are given, in it or beside
        it: most copies have none of them, and to compile a pattern takes longer than to see that.
        Patterns that begin with a character or a set, ``\d\d*`` and not ``\d+``, are found in a
        third of the time: ``re`` passes over all others at once.
        """
        if words and not any(word in self.text for word in words):
            return iter(())
        return _pattern(pattern).finditer(self.text)

    def find_at_start(self, pattern: str, *words: str) -> Iterator[re.Match[str]]:
        """The same at the starts of lines, where alone they are looked for."""
        if words and not any(word in self.text for word in words):
            return iter(())
        found = map(_pattern(pattern).match, repeat(self.text), self._starts)
        return (match for match in found if match)

    def find_rare(self, rare: str, pattern: str) -> Iterator[re.Match[str]]:
        """The same, where each has a character of the set ``rare`` in it. What few texts have is
        first looked for among what the copy has of it."""
        return self.find(pattern) if _pattern(rare).search(self._rare) else iter(())

    def find_near(self, near: str, pattern: str) -> Iterator[re.Match[str]]:
        """Every match of ``pattern``, which never spans lines, in the lines where ``near`` matches:
        rules of one kind look for the same things there, and most lines have none."""
        if near not in self._near:
            numbers = dict.fromkeys(self.number(match.start()) for match in self.find(near))
            self._near[near] = tuple((self._starts[n], self.end(n)) for n in numbers)
        for start, end in self._near[near]:
            yield from _pattern(pattern).finditer(self.text, start, end)

    def at(self, offset: int) -> tuple[RunningText, int]:
        """The running text around ``offset``, and the offset within it."""
        index = self.number(offset)
        return self.texts[index], offset - self._starts[index]

    def lines(self) -> Iterator[tuple[int, int, RunningText]]:
        """Start, end and text of each line."""
        for start, text in zip(self._starts, self.texts, strict=True):
            yield start, start + len(text.inline.text), text

    def span(self, start: int, end: int) -> Span:
        """Where characters ``start`` up to ``end`` of one line stood in the file."""
        text, first = self.at(start)
        return text.inline.span(first, first + end - start)

    def exact_span(self, start: int, end: int) -> Span | None:
        """The same if these characters stand in the file just so, else None: behind a
        backslash, as an escape, across a fold or across marks of emphasis they do not."""
        span, text = self.span(start, end), self.source.text
        if end <= start or text[span.start : span.end] != self.written(start, end):
            return None
        around = text[max(span.start - 1, 0) : span.start] + text[span.end : span.end + 1]
        # Two ' within '…' are one, and a backslash takes what follows along.
        doubled = self.text[start] == "'" and "'" in around
        return None if text[span.start - 1 : span.start] == "\\" or doubled else span

    def written(self, start: int, end: int) -> str:
        """The characters themselves, unmasked."""
        text, first = self.at(start)
        return text.inline.text[first : first + end - start]


def _masked(inline: Inline) -> str:
    text = inline.text
    if "\n" in text:
        text = text.replace("\n", BREAK)
    pieces, at = [], 0
    for stretch in inline.stretches:
        if Mark.CODE in stretch.marks or text.startswith("http", stretch.start, stretch.end):
            pieces += [text[at : stretch.start], MASK * (stretch.end - stretch.start)]
            at = stretch.end
    if pieces:
        text = "".join([*pieces, text[at:]])
    if "@" in text or "www." in text or ":" in text:
        text = _ADDRESS.sub(lambda match: MASK * len(match[0]), text)
    if "]" in text and _REFERENCE.search(text):
        text = _ASCII_MARK.sub(MASK, text)
    return text


def running_texts(issue: Issue) -> Iterator[RunningText]:
    """Every text that is printed, in the order of the schema."""
    for _, _, texts in _parts(issue):
        yield from texts


def _copied(held: tuple[object, ...], texts: Iterator[RunningText]) -> CopyPart:
    # How a file is called is no copy, and a mended name leads to no file.
    kept = [text for text in texts if not text.path.endswith(f".{FILE_NAME}")]
    return CopyPart(held, kept, [_masked(text.inline) for text in kept])


def _parts(issue: Issue) -> Iterator[tuple[str, tuple[object, ...], Iterator[RunningText]]]:
    """The same part by part: where each stands, what it depends on besides, and its texts."""
    own = issue.title, issue.summary, issue.foreword, issue.salutation, issue.body
    held: tuple[object, ...] = (issue.masthead, *own, *issue.contributors, 0, *issue.sources)
    yield "head", held, _head(issue)
    for s, section in enumerate(issue.sections):
        path = f"sections[{s}]"
        held = section.title, section.editor_note, section.body
        yield path, held, _section(section, path)
        for i, item in enumerate(section.items):
            path = f"sections[{s}].items[{i}]"
            yield path, (item,), _item(item, path)
    attached = [part for one in issue.attachments for part in (one.title, one.body)]
    yield "foot", (issue.attendance, issue.signature, *attached, issue.colophon), _foot(issue)


def _head(issue: Issue) -> Iterator[RunningText]:
    """What stands above the sections."""
    head = issue.masthead
    for key in (
        "above", "name", "suffix", "number_words", "issuer", "classification", "retention",
        "urgency", "document_number",
    ):  # fmt: skip
        yield from _one(getattr(head, key), TextRole.NAME, f"masthead.{key}")
    yield from _names(head.signers, "masthead.signers")
    yield from _one(issue.title, TextRole.TITLE, "title")
    yield from _one(issue.summary, TextRole.PARAGRAPH, "summary")
    if issue.foreword is not None:
        yield from _one(issue.foreword.title, TextRole.TITLE, "foreword.title")
        yield from _one(issue.foreword.salutation, TextRole.NAME, "foreword.salutation")
        yield from _body(issue.foreword.body, "foreword.body")
    yield from _one(issue.salutation, TextRole.NAME, "salutation")
    yield from _whole(issue.body, "body")
    yield from _names(issue.contributors, "contributors")
    yield from _sources(issue.sources, "sources")


def _section(section: Section, path: str) -> Iterator[RunningText]:
    """What a section has itself."""
    yield from _one(section.title, TextRole.TITLE, f"{path}.title")
    yield from _whole(section.editor_note, f"{path}.editor_note")
    yield from _whole(section.body, f"{path}.body")


def _item(item: Item, path: str) -> Iterator[RunningText]:
    yield RunningText(item.title, TextRole.TITLE, f"{path}.title")
    yield from _whole(item.editor_note, f"{path}.editor_note")
    yield from _one(item.summary, TextRole.PARAGRAPH, f"{path}.summary")
    yield from _body(item.body, f"{path}.body")
    yield from _names(item.contributors, f"{path}.contributors")
    yield from _sources(item.sources, f"{path}.sources")


def _foot(issue: Issue) -> Iterator[RunningText]:
    """What stands below the sections."""
    if issue.attendance is not None:
        for key in ("present", "excused", "observers"):
            yield from _names(getattr(issue.attendance, key), f"attendance.{key}")
    if issue.signature is not None:
        yield from _one(issue.signature.office, TextRole.NAME, "signature.office")
        yield from _names(issue.signature.names, "signature.names")
        yield from _one(issue.signature.remark, TextRole.NAME, "signature.remark")
    for a, attachment in enumerate(issue.attachments):
        key = FILE_NAME if attachment.called_as_file else "title"
        yield RunningText(attachment.title, TextRole.TITLE, f"attachments[{a}].{key}")
        yield from _body(attachment.body, f"attachments[{a}].body")
    if issue.colophon is not None:
        yield from _colophon(issue.colophon)


def _whole(body: Body | None, path: str) -> Iterator[RunningText]:
    if body is not None:
        yield from _body(body, path)


def _colophon(colophon: Colophon) -> Iterator[RunningText]:
    for key in (
        "prepared_by", "reviewed_by", "approved_by",
        "report_to", "send_to", "distribute_to", "copy_to",
    ):  # fmt: skip
        yield from _names(getattr(colophon, key), f"colophon.{key}")
    yield from _one(colophon.printed_by, TextRole.NAME, "colophon.printed_by")


def _names(names: tuple[Inline, ...], path: str) -> Iterator[RunningText]:
    for n, name in enumerate(names):
        yield RunningText(name, TextRole.NAME, f"{path}[{n}]")


def _one(inline: Inline | None, role: TextRole, path: str) -> Iterator[RunningText]:
    if inline is not None:
        yield RunningText(inline, role, path)


def _sources(notes: tuple[SourceNote, ...], path: str) -> Iterator[RunningText]:
    for n, note in enumerate(notes):
        yield RunningText(note.name, TextRole.NAME, f"{path}[{n}].name")
        yield from _one(note.title, TextRole.NAME, f"{path}[{n}].title")


def _body(body: Body, path: str) -> Iterator[RunningText]:
    yield from _blocks(body.blocks, path, TextRole.PARAGRAPH)
    for _, note in body.notes:
        yield from _blocks(note, path, TextRole.PARAGRAPH)


def _blocks(  # noqa: C901  # one case for each sort of block
    blocks: tuple[BodyBlock, ...], path: str, first: TextRole
) -> Iterator[RunningText]:
    """The texts of blocks; ``first`` is the sort of the first paragraph among them."""
    for block in blocks:
        match block:
            case Paragraph(inline):
                yield RunningText(inline, first, path)
                first = TextRole.PARAGRAPH
            case Heading(_, inline):
                yield RunningText(inline, TextRole.HEADING, path)
            case ListBlock(_, items):
                for item in items:
                    yield from _blocks(item, path, TextRole.ITEM)
            case Quotation() | Speech():
                if isinstance(block, Speech):
                    yield RunningText(block.speaker, TextRole.NAME, path)
                    yield from _one(block.role, TextRole.NAME, path)
                yield from _blocks(block.blocks, path, TextRole.PARAGRAPH)
            case Table():
                yield from _table(block, path)
            case Panel(title=title, blocks=inner):
                yield from _one(title, TextRole.CAPTION, path)
                yield from _blocks(inner, path, TextRole.PARAGRAPH)
            case Verse(lines=lines):
                yield from (RunningText(line, TextRole.CELL, path) for line in lines)
            case NameList(names=names):
                yield from (RunningText(name, TextRole.NAME, path) for name in names)
            case Figure() | Chart():
                yield from _one(block.caption, TextRole.CAPTION, path)


def _table(table: Table, path: str) -> Iterator[RunningText]:
    yield from _one(table.caption, TextRole.CAPTION, path)
    for row in table.lines:
        for cell in row:
            yield RunningText(cell.inline, TextRole.CELL, path)
    for line in (*table.notes, *table.sources):
        yield RunningText(line, TextRole.CAPTION, path)
