"""A document whose styles are named as those of a theme becomes an issue: masthead, foreword,
sections and items, attachments, signature, colophon, each known by its style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from brieftex.diagnostics.messages import incoming as messages
from brieftex.model.content import Body, Inline, Paragraph
from brieftex.model.issue import (
    Attachment,
    Attendance,
    Colophon,
    Foreword,
    Issue,
    Item,
    Masthead,
    Section,
    Signature,
    SourceNote,
)
from brieftex.patterns import late
from brieftex.word import signs
from brieftex.word.facts import BlockFacts, Facts, Para
from brieftex.word.front import colophon_line, masthead_of
from brieftex.word.inlines import Account
from brieftex.word.named_bodies import NamedBodies, NamedParts
from brieftex.word.named_front import FRONT_STYLES, NamedFront
from brieftex.word.shape import NAME, Shaped
from brieftex.word.trims import NUMBERS, PRINTED, READ, behind, remaining

_FOREWORD = ("foreword", "foreword_title", "foreword_heading")
_PIECE = frozenset((
    "body", "body_heading1", "body_heading2", "body_heading3", "salutation", "sources",
    "contributors",
))  # fmt: skip
_ENDS = ("attendance", "signature", "remark", "attachment_list")
_LABEL = late(r"(?:提要|摘要|编者按|出席|请假|列席)[：:]\s*")
_PEOPLE = {"出": "present", "请": "excused", "列": "observers"}


def is_named(facts: Facts) -> bool:
    """Whether the styles of a document say what its paragraphs are."""
    named = [block.named for block in facts.blocks if isinstance(block, Para)]
    return any(name in FRONT_STYLES - {"title"} for name in named) or "item" in named


def shape_named(
    facts: Facts, issue: Issue, pictures: Sequence[str | None], stem: str
) -> Shaped:  # fmt: skip
    """The issue that a document is. ``issue`` gives its source, folder and whatever the document
    lacks; ``stem`` is the title of one that has none."""
    account = Account(facts)
    account.left += facts.left
    maker = NamedReader(account, pictures)
    return maker.shaped(issue, stem)


NAMELESS = Inline(NAME)
"""What stands for the name of a briefing that a document does not have."""


class NamedReader:
    """Takes a document apart from front to back, or some of its blocks."""

    def __init__(self, account: Account, pictures: Sequence[str | None]) -> None:
        """``pictures`` gives the path of each picture, None for those that cannot be printed."""
        self._account = account
        self.bodies = NamedBodies(account, pictures)
        self._comments: dict[str, tuple[str, ...]] = {}

    def shaped(self, issue: Issue, stem: str) -> Shaped:
        """The issue that all of it is."""
        blocks = list(self._account.facts.blocks)
        front, blocks = NamedFront(self._account, self.bodies).taken(blocks)
        colophon, blocks = self._colophon(blocks)
        blocks, attachments = self._attachments(blocks)
        attendance, signature, blocks = self._ends(blocks)
        made = replace(
            issue, masthead=self._masthead(front, issue),
            attachments=attachments, colophon=colophon or issue.colophon,
            signature=signature or issue.signature, attendance=attendance or issue.attendance,
        )  # fmt: skip
        made = self._text(blocks, made, front, stem)
        self.bodies.leave_unused_notes()
        account = self._account
        return Shaped(
            made, self._comments, tuple(account.all_findings()), tuple(account.left),
            tuple(account.added), frozenset(self.bodies.drawn),
        )  # fmt: skip

    # -- masthead ------------------------------------------------------------------------

    def _masthead(self, front: dict[str, object], issue: Issue) -> Masthead:
        values = {k: v for k, v in front.items() if k in Masthead.__struct_fields__}
        last = issue.masthead
        held = {
            each: value
            for each in Masthead.__struct_fields__
            if each not in ("places", "name") and (value := getattr(last, each)) not in (None, ())
        }
        if "name" not in values:
            values["name"] = last.name if last.name.text else NAMELESS
            if values["name"] is NAMELESS:
                self._decide("masthead.name", ("刊名", "name of the briefing"), NAME, "刊名")
        return masthead_of({**held, **values}, NAMELESS)

    def _decide(self, path: str, what: tuple[str, str], text: str, missing: str) -> None:
        self._comments[path] = (f"待定：稿件里没有{missing}",)
        self._account.findings.append(messages.TO_DECIDE.at(
            None, path, what=what[0], what_en=what[1], text=text
        ))  # fmt: skip

    # -- what stands behind the text ---------------------------------------------------------

    def _colophon(self, blocks: list[BlockFacts]) -> tuple[Colophon | None, list[BlockFacts]]:
        values: dict[str, Any] = {}
        rest: list[BlockFacts] = []
        for block in blocks:
            lines = [block] if isinstance(block, Para) else [
                p for row in block.rows for _, cell in row for p in cell.blocks
            ]  # fmt: skip
            if not lines or any(line.named != "colophon" for line in lines):
                rest.append(block)
                continue
            for line in lines:
                text = line.text.strip()
                if colophon_line(self._account, values, line) or not text:
                    continue
                if "printed_by" in values:
                    rest.append(line)
                else:
                    values["printed_by"] = Inline(text)
        return (Colophon(**values) if values else None), rest

    def _attachments(
        self, blocks: list[BlockFacts]
    ) -> tuple[list[BlockFacts], tuple[Attachment, ...]]:
        starts = [
            k for k, block in enumerate(blocks)
            if isinstance(block, Para) and block.named == "attachment_title"
        ]  # fmt: skip
        made = []
        for start, end in zip(starts, [*starts[1:], len(blocks)], strict=bool(starts)):
            head = blocks[start]
            assert isinstance(head, Para)
            parts = self.bodies.parts(self._unlabelled(blocks[start + 1 : end]))
            title = self.bodies.inline(head)
            made.append(Attachment(title, self._whole(parts)))
        return self._unlabelled(blocks[: starts[0]] if starts else blocks), tuple(made)

    def _unlabelled(self, blocks: Sequence[BlockFacts]) -> list[BlockFacts]:
        """Blocks without the labels that stand above attachments."""
        kept: list[BlockFacts] = []
        for block in blocks:
            if isinstance(block, Para) and block.named == "attachment_label":
                self._account.leave(block.text, NUMBERS, block.number)
            else:
                kept.append(block)
        return kept

    def _ends(
        self, blocks: list[BlockFacts]
    ) -> tuple[Attendance | None, Signature | None, list[BlockFacts]]:
        """Attendance and signature, and the rest; the list of attachments is printed by itself."""
        rest: list[BlockFacts] = []
        present: dict[str, tuple[Inline, ...]] = {}
        signed: dict[str, Any] = {}
        for block in blocks:
            if not isinstance(block, Para) or block.named not in _ENDS:
                rest.append(block)
            elif block.named == "attachment_list":
                self._account.leave(block.text, PRINTED, block.number)
            elif block.named == "attendance":
                self._attendance(block, present)
            else:
                self._signed(block, signed)
        attendance = Attendance(**present) if present else None
        return attendance, (Signature(**signed) if signed else None), rest

    def _attendance(self, block: Para, present: dict[str, tuple[Inline, ...]]) -> None:
        text = block.text.strip()
        label = _LABEL.match(text)
        key = _PEOPLE.get(text[:1], "present")
        rest = text[label.end() :] if label else text
        # A sentence is kept whole: what it parts are not names alone.
        names = [rest] if "，" in rest or rest.endswith("。") else rest.split("、")
        present[key] = tuple(Inline(name) for name in names if name)
        self._account.leave(remaining(text, "".join(names)), PRINTED, block.number)

    def _signed(self, block: Para, signed: dict[str, Any]) -> None:
        text = block.text.strip()
        if block.named == "remark":
            bare = re.fullmatch(r"[（(](.*)[）)]", text)
            signed["remark"] = Inline(bare[1] if bare else text)
            self._account.leave("（）" * bool(bare), PRINTED, block.number)
            return
        seals = tuple(path for path, _ in self.bodies.pictured(block))
        if seals:
            signed["seals"] = (*signed.get("seals", ()), *seals)
        found = signs.day_of(text)
        if found is not None and found[1] == (0, len(text)):
            signed["date"] = found[0]
            self._account.leave(text, READ, block.number)
            return
        office, gap, name = text.partition("\u3000\u3000")
        if gap and "\t" not in text:
            signed["office"] = Inline(office)
            text = name
        names = tuple(Inline(one.strip()) for one in re.split(r"\t+", text) if one.strip())
        signed["names"] = (*signed.get("names", ()), *names)

    # -- the text ------------------------------------------------------------------------

    def _text(
        self, blocks: list[BlockFacts], issue: Issue, front: dict[str, object], stem: str
    ) -> Issue:
        starts = [
            k for k, block in enumerate(blocks)
            if isinstance(block, Para) and block.named in ("section", "item")
        ]  # fmt: skip
        first = starts[0] if starts else len(blocks)
        title = front.get("title")
        issue = replace(issue, title=title if isinstance(title, Inline) else None)
        before = blocks[:first]
        names = {b.named for b in before if isinstance(b, Para)}
        lone = title is None and not names & _PIECE  # charts or tables alone
        if names & set(_FOREWORD) or (before and (starts or lone)):
            issue = self._with_foreword(before, issue)
        elif before:
            issue = self._with_piece(before, issue, front, stem)
        sections = self.sections(blocks[first:])
        return replace(issue, sections=sections) if sections else issue

    def _salutation(
        self, blocks: list[BlockFacts], named: str = "salutation"
    ) -> tuple[Inline | None, list[BlockFacts]]:
        """The text of the first block of a style, and the rest."""
        for k, block in enumerate(blocks):
            if isinstance(block, Para) and block.named == named:
                return self.bodies.inline(block), [*blocks[:k], *blocks[k + 1 :]]
        return None, blocks

    def _with_foreword(self, blocks: list[BlockFacts], issue: Issue) -> Issue:
        summary, blocks = self._summary(blocks)
        title, blocks = self._salutation(blocks, "foreword_title")
        salutation, blocks = self._salutation(blocks)
        body = self._whole(self.bodies.parts(blocks))
        if not body.blocks:
            return replace(issue, summary=summary or issue.summary)
        foreword = Foreword(body, salutation, title)
        return replace(issue, foreword=foreword, summary=summary or issue.summary)

    def _with_piece(
        self, blocks: list[BlockFacts], issue: Issue, front: dict[str, object], stem: str
    ) -> Issue:
        summary, blocks = self._summary(blocks)
        salutation, blocks = self._salutation(blocks)
        parts = self.bodies.parts(blocks)
        if issue.title is None and "name" not in front:
            issue = replace(issue, title=Inline(stem))
            self._account.added.append(stem)
            self._decide("title", ("标题", "title"), stem, "标题，用了文件名")
        return replace(
            issue, summary=summary or issue.summary, salutation=salutation,
            body=self.bodies.body(parts), sources=tuple(parts.sources),
            contributors=tuple(parts.contributors),
        )  # fmt: skip

    def _summary(self, blocks: list[BlockFacts]) -> tuple[Inline | None, list[BlockFacts]]:
        for k, block in enumerate(blocks):
            if isinstance(block, Para) and block.named == "summary":
                inline = self._labelled(self.bodies.inline(block), block)
                return inline, [*blocks[:k], *blocks[k + 1 :]]
        return None, blocks

    def _labelled(self, inline: Inline, block: Para) -> Inline:
        """A text without the label that the program prints."""
        found = _LABEL.match(inline.text)
        if found is None or found.end() == len(inline.text):
            return inline
        self._account.leave(found[0], PRINTED, block.number)
        return behind(inline, found.end())

    def sections(self, blocks: Sequence[BlockFacts]) -> tuple[Section, ...]:
        """Sections with their items; items before the first are of one without a title."""
        starts = [
            k for k, block in enumerate(blocks)
            if isinstance(block, Para) and block.named == "section"
        ]  # fmt: skip
        made: list[Section] = []
        if blocks and (not starts or starts[0] > 0):
            made.append(self._section(None, blocks[: starts[0] if starts else len(blocks)]))
        for start, end in zip(starts, [*starts[1:], len(blocks)], strict=bool(starts)):
            head = blocks[start]
            assert isinstance(head, Para)
            made.append(self._section(head, blocks[start + 1 : end]))
        return tuple(made)

    def _section(self, head: Para | None, blocks: Sequence[BlockFacts]) -> Section:
        starts = [
            k for k, block in enumerate(blocks) if isinstance(block, Para) and block.named == "item"
        ]
        base = 0 if head is None else 1
        note, own = self._editor_note(blocks[: starts[0] if starts else len(blocks)])
        body = self._whole(self.bodies.parts(own, base))
        items = []
        for start, end in zip(starts, [*starts[1:], len(blocks)], strict=bool(starts)):
            title = blocks[start]
            assert isinstance(title, Para)
            level = 2 if title.label is not None else base
            items.append(self._item(title, list(blocks[start + 1 : end]), level))
        shown = None if head is None else self.bodies.inline(head)
        if not items and not body.blocks:
            body = Body((Paragraph(Inline("（正文。）")),))
            self._account.added.append("（正文。）")
        return Section(shown, tuple(items), note, body if body.blocks else None)

    def _item(self, head: Para, blocks: list[BlockFacts], base: int) -> Item:
        summary, blocks = self._summary(blocks)
        note, rest = self._editor_note(blocks)
        parts = self.bodies.parts(rest, base)
        body = self.bodies.body(parts)
        title = self.bodies.inline(head)
        return Item(title, body, tuple(parts.sources), note, summary, tuple(parts.contributors))

    def _editor_note(
        self, blocks: Sequence[BlockFacts]
    ) -> tuple[Body | None, Sequence[BlockFacts]]:
        """The editor's note before a text, up to its last paragraph of that style."""
        last = max(
            (k for k, b in enumerate(blocks) if isinstance(b, Para) and b.named == "editor_note"),
            default=-1,
        )
        if last < 0:
            return None, blocks
        parts = self.bodies.parts(blocks[: last + 1])
        first = parts.blocks[0] if parts.blocks else None
        if isinstance(first, Paragraph):
            parts.blocks[0] = Paragraph(self._labelled(first.inline, blocks_para(blocks)))
        return self.bodies.body(parts), blocks[last + 1 :]

    def _whole(self, parts: NamedParts) -> Body:
        """A body with what there is no field for, as paragraphs."""
        lines = [_source_line(source) for source in parts.sources]
        lines += [name.text for name in parts.contributors]
        body = self.bodies.body(parts)
        return Body((*body.blocks, *(Paragraph(Inline(line)) for line in lines)), body.notes)


def blocks_para(blocks: Sequence[BlockFacts]) -> Para:
    """The first paragraph among blocks."""
    return next(block for block in blocks if isinstance(block, Para))


def _source_line(source: SourceNote) -> str:
    day = source.date
    shown = "" if day is None else f"{day.year}年{day.month}月{day.day}日"
    texts = (source.name.text, source.url.text if source.url else "", shown)
    return " ".join(text for text in texts if text)
