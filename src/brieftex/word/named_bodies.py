"""Bodies of a document whose styles are named as those of a theme: each style says what its
paragraph is, so that nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import incoming as messages
from brieftex.model.content import (
    Body,
    BodyBlock,
    Figure,
    Heading,
    Inline,
    NameList,
    PageBreak,
    Panel,
    Paragraph,
    Quotation,
    Speech,
    Verse,
)
from brieftex.model.issue import SourceNote
from brieftex.patterns import late
from brieftex.word import signs
from brieftex.word.charts import chart_of, is_chart
from brieftex.word.facts import Alignment, BlockFacts, Para, RunKind, TableFacts
from brieftex.word.inlines import Account, inline_of
from brieftex.word.named_lists import word_lists
from brieftex.word.roles import split_run_in
from brieftex.word.sources import take_contributors, take_source
from brieftex.word.tables import calls_of, table_of
from brieftex.word.trims import NUMBERS, PRINTED, behind, without_calls

_NOWHERE = Span(0, 0)
_HEADING = late(r"(?:body_|attachment_)?heading(\d)|foreword_heading")
_TABLE_NOTE = late(r"(?:注[：:]\s*)?(?:\d{1,2}[.．、]\s*)?")
_TABLE_SOURCE = late(r"(?:资料|数据)?来源[：:]\s*(?:\d{1,2}[.．、]\s*)?")
_UNIT = late(r"(?:计量)?单位[：:]\s*")
_SHOWN = 40
"""Characters of a description that a finding shows."""

_SIDES = {Alignment.START: None, Alignment.CENTER: "center", Alignment.END: "right"}


class NamedParts(Struct):
    """What a run of blocks holds beside its body."""

    blocks: list[BodyBlock] = field(default_factory=list)
    sources: list[SourceNote] = field(default_factory=list)
    contributors: list[Inline] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)


class NamedBodies:
    """Makes bodies. ``pictures`` gives the path of each picture, None for those that cannot be
    printed."""

    def __init__(self, account: Account, pictures: Sequence[str | None]) -> None:
        """Nothing is made yet."""
        self.account = account
        self.pictures = pictures
        self.used: set[str] = set()
        self.drawn: set[int] = set()  # pictures that are charts, drawn anew

    def inline(self, block: Para, parts: NamedParts | None = None) -> Inline:
        """The text of a paragraph, what stands out from its style marked; its notes are called
        only in ``parts``."""
        inline = inline_of(self.account, block, block.plain)
        if parts is None:
            return replace(inline, calls=()) if inline.calls else inline
        parts.calls += [call.label for call in inline.calls]
        return inline

    def pictured(self, block: Para) -> list[tuple[str, str]]:
        """The pictures of a paragraph that can be printed, and their descriptions."""
        numbers = [int(p.text) for p in block.pieces if p.kind is RunKind.PICTURE]
        shown = [(self.pictures[k], self.account.facts.pictures[k].alt) for k in numbers]
        return [(path, alt) for path, alt in shown if path is not None]

    def parts(self, blocks: Sequence[BlockFacts], base: int = 0) -> NamedParts:
        """The body of blocks; ``base`` is the level of lists of headings at which it begins."""
        parts = NamedParts()
        at = 0
        while at < len(blocks):
            at += self._next(blocks, at, base, parts)
            if at < len(blocks) and _ends_page(blocks[at - 1]):
                parts.blocks.append(PageBreak(_NOWHERE))
        return parts

    def body(self, parts: NamedParts) -> Body:
        """A body with the notes that it calls."""
        labels = set(parts.calls)
        self.used |= labels
        notes = tuple(
            (label, made)
            for label, paragraphs in self.account.facts.notes
            if label in labels
            and (made := tuple(Paragraph(self.inline(p)) for p in paragraphs if p.text.strip()))
        )
        missing = labels - {label for label, _ in notes}
        blocks = tuple(parts.blocks)
        if missing:
            blocks = tuple(without_calls(block, missing) for block in blocks)
        return Body(blocks, notes)

    def leave_unused_notes(self) -> None:
        """List the notes that nothing in a body calls."""
        reason = "标题等处的脚注，程序不能排", "notes of titles, which cannot be set"
        for label, paragraphs in self.account.facts.notes:
            for paragraph in paragraphs if label not in self.used else ():
                self.account.leave(paragraph.text, reason, paragraph.number)

    # -- one block after another -------------------------------------------------------------

    def _next(  # noqa: C901  # one kind of block after another
        self, blocks: Sequence[BlockFacts], at: int, base: int, parts: NamedParts
    ) -> int:
        """Read one block or several that belong together; how many they are."""
        block = blocks[at]
        if block.frame and (count := _alike(blocks, at, lambda b: b.frame == block.frame)):
            self._panel(blocks[at : at + count], base, parts)
            return count
        if isinstance(block, TableFacts) or block.named in ("table_caption", "table_unit"):
            return self._table(blocks, at, parts)
        first = block.pieces[0].kind if block.pieces else None
        if parts.blocks and (block.new_page or first is RunKind.PAGE):
            parts.blocks.append(PageBreak(_NOWHERE))
        if any(piece.kind is RunKind.PICTURE for piece in block.pieces):
            return self._figure(blocks, at, parts)
        found = _HEADING.fullmatch(block.named)
        if found is not None:
            self._heading(block, int(found[1] or 1), base, parts)
        elif block.named == "sources":
            self._sources(block, parts)
        elif block.named == "contributors":
            self._contributors(block, parts)
        elif block.named == "names":
            parts.blocks.append(_names(self.inline(block, parts)))
        elif block.named == "speaker":
            return self._speech(blocks, at, base, parts)
        elif block.named in ("quotation", "verse", "list"):
            return self._several(blocks, at, parts)
        elif block.label is not None and not block.label.bullet:
            self._run_in(block, base, parts)
        else:
            self._paragraph(block, parts)
        return 1

    def _paragraph(self, block: Para, parts: NamedParts) -> None:
        inline = self.inline(block, parts)
        if inline.text or inline.calls:
            parts.blocks.append(Paragraph(inline))

    def _heading(self, block: Para, named: int, base: int, parts: NamedParts) -> None:
        inline = self.inline(block)
        level = named if block.label is None else block.label.level + 1 - base
        if inline.text:
            parts.blocks.append(Heading(max(1, min(level, 4)), inline))

    def _run_in(self, block: Para, base: int, parts: NamedParts) -> None:
        """A heading that runs in: Word counts the paragraph, which is no entry of a list."""
        head, rest = split_run_in(block)
        if head is None:
            self._heading(block, 1, base, parts)
            return
        own = head.pieces[0].look
        inline = inline_of(self.account, head, own)
        assert block.label is not None
        level = max(1, min(block.label.level + 1 - base, 4))
        parts.blocks.append(Heading(level, replace(inline, calls=())))
        self._paragraph(rest, parts)

    def _sources(self, block: Para, parts: NamedParts) -> None:
        for line in _lines(block):
            if not take_source(self.account, line, parts.sources):
                self._paragraph(line, parts)

    def _contributors(self, block: Para, parts: NamedParts) -> None:
        if signs.CONTRIBUTORS_SIGN.fullmatch(block.text.strip()):
            parts.contributors += take_contributors(self.account, block)
        else:
            self._paragraph(block, parts)

    def _several(self, blocks: Sequence[BlockFacts], at: int, parts: NamedParts) -> int:
        """Paragraphs of one style that are one block."""
        first = blocks[at]
        assert isinstance(first, Para)
        count = _alike(blocks, at, lambda b: isinstance(b, Para) and b.named == first.named)
        held = [block for block in blocks[at : at + count] if isinstance(block, Para)]
        if first.named == "quotation":
            inner = tuple(Paragraph(self.inline(block, parts)) for block in held)
            parts.blocks.append(Quotation(inner))
        elif first.named == "verse":
            held = held[: _alike(held, 0, lambda b: isinstance(b, Para) and b.align is first.align)]
            lines = tuple(self.inline(block, parts) for block in held)
            parts.blocks.append(Verse(lines, _SIDES[first.align], _NOWHERE))
        else:
            parts.blocks += word_lists(held, lambda block: self.inline(block, parts))
        return len(held)

    # -- boxes, speeches, tables, figures ------------------------------------------------------

    def _panel(self, held: Sequence[BlockFacts], base: int, parts: NamedParts) -> None:
        first = held[0]
        title = None
        if isinstance(first, Para) and first.named == "box_title":
            title, held = self.inline(first, parts), held[1:]
        inner = self.parts([replace(block, frame=0) for block in held], base)
        parts.calls += inner.calls
        parts.sources += inner.sources
        parts.contributors += inner.contributors
        parts.blocks.append(Panel(title, tuple(inner.blocks), _NOWHERE))

    def _speech(self, blocks: Sequence[BlockFacts], at: int, base: int, parts: NamedParts) -> int:
        """A speaker's line, and what is said: up to the next speaker, or what no speech has."""
        line = blocks[at]
        assert isinstance(line, Para)
        count = _alike(blocks, at + 1, _is_said)
        inline = self.inline(line)
        name, gap, role = inline.text.partition("\u3000")
        if not gap:
            name, gap, role = inline.text.partition(" ")
        inner = self.parts(blocks[at + 1 : at + 1 + count], base)
        parts.calls += inner.calls
        parts.sources += inner.sources
        parts.contributors += inner.contributors
        parts.blocks.append(
            Speech(Inline(name), Inline(role) if role else None, tuple(inner.blocks))
        )
        return 1 + count

    def _table(self, blocks: Sequence[BlockFacts], at: int, parts: NamedParts) -> int:
        """A table with its caption and unit above it, its notes and sources below."""
        count, caption, unit = 0, None, None
        while at + count < len(blocks):
            above = blocks[at + count]
            if not isinstance(above, Para) or above.named not in ("table_caption", "table_unit"):
                break
            inline = self.inline(above)
            if above.named == "table_caption":
                caption = self._without(signs.TABLE_NUMBER, inline, above, NUMBERS)
            else:
                unit = self._without(_UNIT, inline, above, PRINTED)
            count += 1
        block = blocks[at + count] if at + count < len(blocks) else None
        if not isinstance(block, TableFacts):
            parts.blocks += [Paragraph(one) for one in (caption, unit) if one is not None]
            return count
        count += 1
        notes: list[Inline] = []
        sources: list[Inline] = []
        while at + count < len(blocks):
            below = blocks[at + count]
            if not isinstance(below, Para) or below.named != "table_note":
                break
            inline = self.inline(below)
            if _TABLE_SOURCE.match(inline.text) or sources:
                sources.append(self._without(_TABLE_SOURCE, inline, below, PRINTED))
            else:
                notes.append(self._without(_TABLE_NOTE, inline, below, PRINTED))
            count += 1
        made = table_of(self.account, block, caption)
        parts.calls += calls_of(made)
        made = replace(
            made, unit=unit, notes=tuple(notes), sources=tuple(sources), turned=block.turned,
            grid=block.grid,
        )  # fmt: skip
        parts.blocks.append(made)
        return count

    def _without(
        self, pattern: re.Pattern[str], inline: Inline, block: Para, reason: tuple[str, str]
    ) -> Inline:
        """A text without words before it that the program prints."""
        found = pattern.match(inline.text)
        if found is None or not found[0]:
            return inline
        self.account.leave(found[0], reason, block.number)
        return behind(inline, found.end())

    def _figure(self, blocks: Sequence[BlockFacts], at: int, parts: NamedParts) -> int:
        """Pictures side by side, and the caption below."""
        block = blocks[at]
        assert isinstance(block, Para)
        count, caption = 1, None
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(below, Para) and below.named == "figure_caption":
            caption = self._without(signs.FIGURE_NUMBER, self.inline(below), below, NUMBERS)
            count = 2
        made: list[Figure] = []
        for piece in block.pieces:
            if piece.kind is not RunKind.PICTURE:
                continue
            number = int(piece.text)
            alt = self.account.facts.pictures[number].alt or "插图"
            chart = chart_of(alt, caption, turned=block.turned)
            if chart is not None:
                parts.blocks.append(chart)
                self.drawn.add(number)
                self.account.findings.append(messages.CHART_BY_WORDS.at(
                    self.account.span(block.number), "", alt=alt[:_SHOWN]
                ))  # fmt: skip
                return count
            if is_chart(alt):
                self.account.findings.append(messages.CHART_AS_PICTURE.at(
                    self.account.span(block.number), "", alt=alt[:_SHOWN]
                ))  # fmt: skip
            path = self.pictures[number]
            if path is not None:
                made.append(Figure(path, alt, None, _NOWHERE, block.turned))
        if made:
            beside = tuple(made[1:])
            parts.blocks.append(replace(made[0], caption=caption, beside=beside))
        elif caption is not None:
            parts.blocks.append(Paragraph(caption))
        if block.text.strip():
            self._paragraph(block, parts)
        return count


def _alike(blocks: Sequence[BlockFacts], at: int, wanted: object) -> int:
    """How many blocks from ``at`` on are such as ``wanted`` says."""
    count = 0
    while at + count < len(blocks) and wanted(blocks[at + count]):  # type: ignore[operator]
        count += 1
    return count


def _is_said(block: BlockFacts) -> bool:
    """Whether a block goes on with a speech."""
    if isinstance(block, TableFacts):
        return True
    ends = ("speaker", "sources", "contributors", "body", "figure_caption")
    return block.named not in ends and _HEADING.fullmatch(block.named) is None


def _ends_page(block: BlockFacts) -> bool:
    """Whether a page break stands at the end of a paragraph, where LibreOffice puts it."""
    last = block.pieces[-1] if isinstance(block, Para) and block.pieces else None
    return last is not None and last.kind is RunKind.PAGE


def _lines(block: Para) -> Iterator[Para]:
    """A paragraph parted at its line breaks."""
    held: list[object] = []
    for piece in block.pieces:
        if piece.kind is RunKind.BREAK:
            yield replace(block, pieces=tuple(held))
            held = []
        else:
            held.append(piece)
    yield replace(block, pieces=tuple(held))


def _names(inline: Inline) -> NameList:
    names = [name for name in re.split(r"[\t\n\u3000]+", inline.text) if name.strip()]
    return NameList(tuple(Inline(name.strip()) for name in names), _NOWHERE)
