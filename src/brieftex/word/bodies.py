"""Judged blocks become the blocks of a body: headings, lists, tables, figures, speeches.

Numbers that the program makes are taken off and compared with those of the document.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.compose.numbering import label as numbered
from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import incoming as messages
from brieftex.input.issue.titles import strip_number
from brieftex.model.content import (
    Body,
    BodyBlock,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Quotation,
    Speech,
)
from brieftex.model.issue import SourceNote
from brieftex.word import signs
from brieftex.word.facts import Look, Para, PrintedNumber, RunKind, TableFacts
from brieftex.word.inlines import Account, common_look, inline_of
from brieftex.word.roles import BlockRole, Judged, split_run_in
from brieftex.word.sources import take_contributors, take_source
from brieftex.word.tables import calls_of, table_of
from brieftex.word.trims import (
    BULLETS,
    NUMBERS,
    PRINTED,
    behind,
    digits_of,
    entry_kind,
    without_calls,
)

_NOWHERE = Span(0, 0)
_MOST_LEVELS = 4


class BodyParts(Struct):
    """What a run of blocks holds: the blocks of its body, and beside it sources and names."""

    blocks: list[BodyBlock] = field(default_factory=list)
    sources: list[SourceNote] = field(default_factory=list)
    contributors: list[Inline] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)


class BodyMaker:
    """Makes bodies of one document. ``forms`` are the labels of its headings by level;
    ``pictures`` gives the path of each picture, None for those that cannot be printed."""

    def __init__(
        self, account: Account, base: Look, forms: Sequence[str], pictures: Sequence[str | None]
    ) -> None:
        """Nothing is made yet."""
        self.account = account
        self._base = base
        self._forms = forms
        self._pictures = pictures
        self._counts: list[int] = []
        self._differs: set[str] = set()
        self.used: set[str] = set()

    def inline(self, paragraph: Para) -> Inline:
        """The text of a paragraph within a body."""
        return inline_of(self.account, paragraph, self._base)

    def title(self, paragraph: Para, sort: str = "") -> Inline:
        """The text of a heading, in whose own look nothing stands out, without its number."""
        inline = inline_of(self.account, paragraph, common_look([paragraph]))
        if inline.calls:
            inline = replace(inline, calls=())
        bare, number = strip_number(inline, sort)
        if number:
            self.account.leave(number, NUMBERS, paragraph.number)
        return bare

    def body(self, parts: BodyParts) -> Body:
        """A body with the notes that it calls."""
        labels = set(parts.calls)
        notes = [
            (label, tuple(Paragraph(self.inline(p)) for p in paragraphs if p.text.strip()))
            for label, paragraphs in self.account.facts.notes
            if label in labels
        ]
        kept = tuple((label, blocks) for label, blocks in notes if blocks)
        missing = labels - {label for label, _ in kept}
        self.used |= labels
        blocks = tuple(parts.blocks)
        return Body(
            blocks if not missing else tuple(without_calls(b, missing) for b in blocks), kept
        )

    def leave_unused_notes(self) -> None:
        """List the notes that are called where none can stand, in a title for example."""
        reason = "标题等处的脚注，程序不能排", "notes of titles, which cannot be set"
        for label, paragraphs in self.account.facts.notes:
            if label not in self.used:
                for paragraph in paragraphs:
                    self.account.leave(paragraph.text, reason, paragraph.number)

    def parts(self, judged: Sequence[Judged], levels: Sequence[int]) -> BodyParts:
        """The body of blocks among which headings of ``levels`` occur, the first the highest."""
        parts = BodyParts()
        self._counts = [0] * (len(levels) + 1)
        at = 0
        while at < len(judged):
            at = self._next(judged, at, levels, parts)
        return parts

    def _next(
        self, judged: Sequence[Judged], at: int, levels: Sequence[int], parts: BodyParts
    ) -> int:
        """Read one block or several that belong together; where the next stands."""
        one = judged[at]
        block = one.block
        if isinstance(block, TableFacts):
            self._table(judged, at, parts)
            return at + 1
        if one.role is not BlockRole.TEXT:
            if one.role is BlockRole.SOURCE:
                if not take_source(self.account, block, parts.sources):
                    self._paragraph(block, parts)
            elif one.role is BlockRole.CONTRIBUTORS:
                parts.contributors += take_contributors(self.account, block)
            else:
                self._heading(one, levels, parts)
            return at + 1
        pictures = [p for p in block.pieces if p.kind is RunKind.PICTURE]
        if pictures and not block.text.strip():
            return self._figures(judged, at, parts)
        if (length := self._list_length(judged, at)) > 0:
            self._list([j.block for j in judged[at : at + length]], parts)
            return at + length
        self._paragraph(block, parts)
        if pictures:
            self._figure_blocks(block, None, parts)
        return at + 1

    # -- text ----------------------------------------------------------------------------

    def _called(self, inline: Inline, parts: BodyParts) -> Inline:
        parts.calls += [call.label for call in inline.calls]
        return inline

    def _heading(self, one: Judged, levels: Sequence[int], parts: BodyParts) -> None:
        block = one.block
        assert isinstance(block, Para)
        head, rest = split_run_in(block) if one.role is BlockRole.RUN_IN else (block, None)
        assert head is not None
        rank = levels.index(one.level) if one.level in levels else len(levels) - 1
        rank = min(rank, _MOST_LEVELS - 1)
        inline = self.title(head)
        if not inline.text.strip():
            self._paragraph(block, parts)
            return
        self._count(head, rank)
        if one.doubt is not None:
            self._doubt(one, block.number)
        text = inline.text.replace("\n", "")
        if text != inline.text:
            inline = Inline(text)
        parts.blocks.append(Heading(rank + 1, inline))
        if rest is not None:
            self._paragraph(rest, parts)

    def _doubt(self, one: Judged, number: int) -> None:
        doubt = one.doubt
        assert doubt is not None
        self.account.findings.append(messages.ROLE_GUESSED.at(
            self.account.span(number), "", role=doubt.taken[0], role_en=doubt.taken[1],
            other=doubt.other[0], other_en=doubt.other[1], signs=doubt.signs,
        ))  # fmt: skip

    def _count(self, block: Para, rank: int) -> None:
        """Count a heading, and compare its number with the one that will be printed."""
        if rank >= len(self._counts):
            return
        self._counts[rank] += 1
        self._counts[rank + 1 :] = [0] * (len(self._counts) - rank - 1)
        form = self._forms[min(rank, len(self._forms) - 1)]
        self.compare_number(block, numbered(form, self._counts[rank]), f"body {rank}")

    def compare_number(self, block: Para, ours: str, sort: str) -> None:
        """Tell where a heading's number in the document is not ``ours``: once for each ``sort``
        that it is of another form, and once that it counts otherwise, as do those after it."""
        typed = signs.typed_level(block.text)
        theirs = block.label.text.strip() if block.label else typed[1].strip() if typed else ""
        one, two = digits_of(theirs), digits_of(ours)
        if not theirs or one == two:
            return
        sort += "" if signs.han_number(one) == signs.han_number(two) else " count"
        if sort not in self._differs:
            self._differs.add(sort)
            self.account.findings.append(messages.LABEL_DIFFERS.at(
                self.account.span(block.number), "", theirs=theirs, ours=ours
            ))  # fmt: skip

    def _paragraph(self, block: Para, parts: BodyParts) -> None:
        speech = signs.SPEECH_SIGN.match(block.text.lstrip())
        quoted = block.indented or block.style in ("quote", "intense quote", "引用", "明显引用")
        base = common_look([block]) if quoted else self._base
        inline = self._called(inline_of(self.account, block, base), parts)
        if not inline.text and not inline.calls:
            return
        if block.label is not None and not block.label.bullet:
            inline = self._with_label(inline, block.label)
        made: BodyBlock = Paragraph(inline)
        if speech is not None and self._is_speech(block):
            made = self._speech(inline, block)
        elif quoted:
            last = parts.blocks[-1] if parts.blocks else None
            if isinstance(last, Quotation):
                parts.blocks[-1] = Quotation((*last.blocks, made))
                return
            made = Quotation((made,))
        parts.blocks.append(made)

    def _with_label(self, inline: Inline, label: PrintedNumber) -> Inline:
        """A paragraph with the number that the program would have printed before it."""
        text = label.text.strip()
        self.account.added.append(text)
        by = len(text)
        return replace(
            inline,
            text=text + inline.text,
            stretches=tuple(
                replace(s, start=s.start + by, end=s.end + by) for s in inline.stretches
            ),
            calls=tuple(replace(c, at=c.at + by) for c in inline.calls),
            rubies=tuple(replace(u, start=u.start + by, end=u.end + by) for u in inline.rubies),
        )

    def _is_speech(self, block: Para) -> bool:
        first = block.pieces[0]
        own = first.look
        return own.bold or own.face is not self._base.face

    def _speech(self, inline: Inline, block: Para) -> BodyBlock:
        found = signs.SPEECH_SIGN.match(inline.text)
        if found is None or (inline.calls and inline.calls[0].at < found.end()):
            return Paragraph(inline)
        left = inline.text[: found.end()]
        self.account.leave("".join(c for c in left if c in "（(）)：:"), PRINTED, block.number)
        by = found.end()
        rest = replace(
            inline,
            text=inline.text[by:],
            stretches=tuple(
                replace(s, start=max(s.start - by, 0), end=s.end - by)
                for s in inline.stretches
                if s.end > by
            ),
            calls=tuple(replace(c, at=c.at - by) for c in inline.calls),
            rubies=tuple(
                replace(u, start=u.start - by, end=u.end - by)
                for u in inline.rubies
                if u.start >= by
            ),
        )
        if any(ruby.start < by for ruby in inline.rubies):
            return Paragraph(inline)
        return Speech(Inline(found[1]), Inline(found[2]), (Paragraph(rest),))

    # -- lists ---------------------------------------------------------------------------

    def _list_length(self, judged: Sequence[Judged], at: int) -> int:
        """How many blocks from here on are entries of one list; 0 for none."""
        first = judged[at].block
        kind = entry_kind(first)
        if kind is None:
            return 0
        length, number = 1, kind[1]
        while at + length < len(judged) and judged[at + length].role is BlockRole.TEXT:
            entry = entry_kind(judged[at + length].block)
            if entry is None or entry[0] != kind[0] or entry[1] != number + (kind[0] == "number"):
                break
            number = entry[1]
            length += 1
        return length if kind[0] == "bullet" or length > 1 else 0

    def _list(self, blocks: Sequence[object], parts: BodyParts) -> None:
        items: list[tuple[BodyBlock, ...]] = []
        start: int | None = None
        for block in blocks:
            assert isinstance(block, Para)
            kind = entry_kind(block)
            assert kind is not None
            if start is None and kind[0] == "number":
                start = kind[1]
            inline = self._called(self.inline(block), parts)
            if block.label is None:
                typed = (signs.BULLET_SIGN if kind[0] == "bullet" else signs.TYPED_ENTRY).match(
                    inline.text
                )
                if typed is not None:
                    reason = BULLETS if kind[0] == "bullet" else NUMBERS
                    self.account.leave(typed[0], reason, block.number)
                    inline = behind(inline, typed.end())
            items.append((Paragraph(inline),))
        parts.blocks.append(ListBlock(start, tuple(items)))

    def _table(self, judged: Sequence[Judged], at: int, parts: BodyParts) -> None:
        """A table below its caption, the pictures of its cells behind it."""
        block = judged[at].block
        assert isinstance(block, TableFacts)
        caption, above = self._caption_above(judged, at, parts)
        if above:
            parts.blocks.pop()
        made = table_of(self.account, block, caption)
        parts.calls += calls_of(made)
        parts.blocks.append(made)
        for paragraph in (p for row in block.rows for _, cell in row for p in cell.blocks):
            self._figure_blocks(paragraph, None, parts)

    def _caption_above(
        self, judged: Sequence[Judged], at: int, parts: BodyParts
    ) -> tuple[Inline | None, bool]:
        before = judged[at - 1].block if at else None
        last = parts.blocks[-1] if parts.blocks else None
        if not isinstance(before, Para) or not isinstance(last, Paragraph):
            return None, False
        found = signs.TABLE_NUMBER.match(last.inline.text)
        style = before.style in ("caption", "题注")
        if (found is None and not style) or len(last.inline.text) > 40 or "。" in last.inline.text:
            return None, False
        inline = inline_of(self.account, before, common_look([before]))
        if (found := signs.TABLE_NUMBER.match(inline.text)) is not None:
            self.account.leave(found[0], NUMBERS, before.number)
            inline = behind(inline, found.end())
        return (inline if inline.text else None), True

    # -- figures ------------------------------------------------------------------------------

    def _figures(self, judged: Sequence[Judged], at: int, parts: BodyParts) -> int:
        block = judged[at].block
        assert isinstance(block, Para)
        following = judged[at + 1].block if at + 1 < len(judged) else None
        caption: Inline | None = None
        if isinstance(following, Para) and len(following.text) <= 60:
            found = signs.FIGURE_NUMBER.match(following.text)
            if (found and "。" not in following.text) or following.style in ("caption", "题注"):
                caption = inline_of(self.account, following, common_look([following]))
                if (number := signs.FIGURE_NUMBER.match(caption.text)) is not None:
                    self.account.leave(number[0], NUMBERS, following.number)
                    caption = behind(caption, number.end())
        self._figure_blocks(block, caption, parts)
        return at + 1 + (caption is not None)

    def _figure_blocks(self, block: Para, caption: Inline | None, parts: BodyParts) -> None:
        for piece in block.pieces:
            if piece.kind is not RunKind.PICTURE:
                continue
            number = int(piece.text)
            path = self._pictures[number]
            if path is None:
                if caption is not None and caption.text:
                    parts.blocks.append(Paragraph(caption))
                    caption = None
                continue
            alt = self.account.facts.pictures[number].alt or (caption.text if caption else "")
            shown = caption if caption is not None and caption.text else None
            parts.blocks.append(Figure(path, alt or "插图", shown, _NOWHERE))
            caption = None
