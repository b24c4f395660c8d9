"""Block tokens → ``Body``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, takewhile
from typing import Any, ClassVar

from markdown_it.token import Token
from msgspec.structs import replace

from brieftex.diagnostics import Finding, Fix, Kind, OffsetMap, Span
from brieftex.diagnostics.messages import markup as messages
from brieftex.diagnostics.messages import table as merging
from brieftex.diagnostics.messages import typed
from brieftex.input.markdown.fullwidth import as_meant
from brieftex.input.markdown.images import image_path, image_title, plain_text
from brieftex.input.markdown.inline import read_caption, read_inline
from brieftex.input.markdown.lookalikes import lookalikes
from brieftex.input.markdown.paragraphs import line_ends, torn_lines
from brieftex.input.markdown.parser import block_tokens
from brieftex.input.markdown.passage import Findings, Passage
from brieftex.input.markdown.plain import plain_paragraphs
from brieftex.model.content import (
    Body,
    BodyBlock,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Paragraphs,
    Quotation,
    Table,
    Verse,
)
from brieftex.model.merging import MERGE_SIDES, Merge, Merged, PlacedCell, TablePlace, merge_cells

_MERGES = {mark.value: mark for mark in Merge}


def read_body(text: str, origin: OffsetMap, manner: Paragraphs) -> tuple[Body, list[Finding]]:
    """The blocks and notes of ``text``, whose lines end in U+000A, and all its problems."""
    paragraphs = plain_paragraphs(text, origin)
    if paragraphs is not None:
        return Body(paragraphs), []
    text, marks = as_meant(text)
    ends = line_ends(text, manner)
    tokens, env = block_tokens(text, ends)
    reader = _Reader(text, origin, tokens)
    blocks = reader.blocks("")
    reader.judge(env)
    if marks:
        place = origin.span(marks[0], marks[0] + 1)
        reader.findings.findings.append(typed.MARKS_READ.at(place, count=len(marks)))
    reader.torn(() if manner is Paragraphs.LINE else torn_lines(text))
    reader.say(typed.INDENT_UNREAD, ends.far, count=len(ends.far))
    reader.say(typed.CLOSING_UNREAD, ends.unmoved, count=len(ends.unmoved))
    if manner is Paragraphs.AUTO:
        reader.say(typed.LINES_PARTED, sorted(ends.parted), count=len(ends.parted))
        reader.say(typed.LINES_JOINED, ends.doubtful, count=len(ends.doubtful))
    found = reader.findings.findings
    found.sort(key=lambda finding: (finding.span.start if finding.span else 0, finding.kind.code))
    return Body(blocks, tuple(reader.notes.items())), found


class _Reader:
    """Walks the tokens of one body once; nesting is bounded by the parser."""

    def __init__(self, text: str, origin: OffsetMap, tokens: list[Token]) -> None:
        self._text = text
        self._origin = origin
        self._tokens: Iterator[Token] = iter(tokens)
        self.findings = Findings()
        self.notes: dict[str, tuple[BodyBlock, ...]] = {}
        self._note_spans: dict[str, Span] = {}

    def blocks(self, closing: str) -> tuple[BodyBlock, ...]:
        """The blocks up to the token of type ``closing``."""
        blocks: list[BodyBlock] = []
        for token in self._tokens:
            if token.type == closing:
                break
            if read := self._READ.get(token.type):
                blocks += read(self, token)
        return tuple(blocks)

    def _report(self, kind: Kind, token: Token, **values: object) -> None:
        span = self._origin.span(token.meta["pos"], token.meta["end"])
        self.findings.findings.append(kind.at(span, "", **values))

    # -- text --------------------------------------------------------------------

    def _passage(self, token: Token) -> Passage:
        inner: OffsetMap = token.meta["map"]
        first = inner.sources[0]
        end = inner.source(len(token.content))
        return Passage(token.content, self._origin.window(first, end).through(inner))

    def _inline(self, token: Token) -> Inline:
        return read_inline(self._passage(token), token.children or [], self.findings)

    def _paragraph(self, opening: Token) -> list[BodyBlock]:
        token = next(self._tokens)
        children = token.children or []
        images = [child for child in children if child.type == "image"]
        if images and all(_is_space(child) for child in children if child.type != "image"):
            passage = self._passage(token)
            return [self._figure(passage, image) for image in images]
        self.findings.findings += lookalikes(
            self._text, token.content, token.meta["map"], self._origin.span
        )
        inline = self._inline(token)
        return [Paragraph(inline)] if inline.text or inline.calls else []

    def _heading(self, opening: Token) -> list[BodyBlock]:
        hashes = opening.markup
        if len(hashes) == 1:
            self._report(messages.HEADING_TOO_HIGH, opening)
        elif len(hashes) > 5:
            self._report(messages.HEADING_TOO_DEEP, opening, hashes=hashes)
        inline = self._inline(next(self._tokens))
        if not inline.text:
            self._report(messages.HEADING_EMPTY, opening)
            return [Paragraph(inline)] if inline.calls else []
        return [Heading(min(max(len(hashes) - 1, 1), 4), inline)]

    def _figure(self, passage: Passage, image: Token) -> Figure:
        span = passage.origin.span(image.meta["pos"], image.meta["end"])
        label = image.meta.get("label")
        if label:
            self.findings.references.add(label)
        path = image_path(passage, image)
        alt = plain_text(image.children or [])
        if not path:
            self.findings.findings.append(messages.IMAGE_WITHOUT_PATH.at(span))
        if not alt:
            self.findings.findings.append(messages.IMAGE_WITHOUT_ALT.at(span, path=path))
        title = image_title(passage, image)
        caption = read_caption(title, self.findings) if title else None
        shown = caption if caption and (caption.text or caption.calls) else None
        return Figure(path, alt, shown, span)

    def _closing(self, opening: Token) -> list[BodyBlock]:
        lines = takewhile(lambda token: token.type == "inline", self._tokens)
        self._report(typed.CLOSING_READ, opening)
        span = self._origin.span(opening.meta["pos"], opening.meta["end"])
        return [Verse(tuple(map(self._inline, lines)), "right", span)]

    # -- blocks within blocks ------------------------------------------------------

    def _quotation(self, opening: Token) -> list[BodyBlock]:
        return [Quotation(self.blocks("blockquote_close"))]

    def _list(self, opening: Token) -> list[BodyBlock]:
        ordered = opening.type == "ordered_list_open"
        closing = opening.type.replace("open", "close")
        items: list[tuple[BodyBlock, ...]] = []
        heads: list[Token] = []
        for token in self._tokens:
            if token.type == closing:
                break
            heads.append(token)
            items.append(self.blocks("list_item_close"))
        start = int(opening.attrs.get("start", 1)) if ordered else None
        # 1. 1. 1. counts itself.
        if start is not None and {head.info for head in heads} != {str(start)}:
            self._find_renumbered(heads, start)
        return [ListBlock(start, tuple(items), ordered and opening.markup == ")")]

    def _find_renumbered(self, heads: list[Token], start: int) -> None:
        for number, head in enumerate(heads, start):
            if head.info != str(number):
                sign = head.markup
                self._report(typed.ITEM_RENUMBERED, head, text=head.info, sign=sign, number=number)
                return

    def _note(self, opening: Token) -> list[BodyBlock]:
        label: str = opening.meta["label"]
        before = len(self.findings.calls)
        blocks = self.blocks("note_close")
        for called, span in self.findings.calls[before:]:
            self.findings.findings.append(messages.NOTE_IN_NOTE.at(span, label=called))
        if label in self.notes:
            span = self._origin.span(opening.meta["pos"], opening.meta["end"])
            finding = messages.NOTE_DUPLICATE.at(span, label=label)
            self.findings.findings.append(finding.also(self._note_spans[label]))
            return []
        if not blocks:
            self._report(messages.NOTE_EMPTY, opening, label=label)
        self.notes[label] = blocks
        self._note_spans[label] = self._origin.span(opening.meta["pos"], opening.meta["end"])
        return []

    def _table(self, opening: Token) -> list[BodyBlock]:
        rows: list[list[TablePlace]] = []
        spans: list[list[Span]] = []
        align: list[str | None] = []
        for token in self._tokens:
            match token.type:
                case "table_close":
                    break
                case "th_open":
                    style = str(token.attrs.get("style", ""))
                    align.append(style.removeprefix("text-align:") or None)
                case "tr_open":
                    rows.append([])
                    spans.append([])
                    self._check_row(token, len(align))
                case "inline":
                    mark = _MERGES.get(token.content.strip())
                    rows[-1].append(mark or PlacedCell(self._inline(token)))
                    spans[-1].append(self._passage(token).origin.span(0, len(token.content)))
        if opening.meta.get("loose"):
            self._report(typed.ROWS_READ, opening)
        span = self._origin.span(opening.meta["pos"], opening.meta["end"])
        made = merge_cells(rows, 1)
        self._report_merges(rows, spans, made)
        heads = [cell.inline for row in made.rows[: made.heads] for cell in row]
        # A head of nothing is none, unless the table has nothing else.
        shown = made.heads == len(rows) or any(cell.text or cell.calls for cell in heads)
        header = made.rows[: made.heads] if shown else ()
        return [Table(header, made.rows[made.heads :], tuple(align), None, span)]

    def _report_merges(
        self, rows: list[list[TablePlace]], spans: list[list[Span]], made: Merged
    ) -> None:
        """Report marks that merge nothing, and rows of which nothing else is left."""
        for r, c in made.stray:
            mark = rows[r][c]
            assert isinstance(mark, Merge)
            side, side_en = MERGE_SIDES[mark]
            self.findings.findings.append(merging.MERGES_NOTHING.at(
                spans[r][c], "", mark=mark.value, side=side, side_en=side_en
            ))  # fmt: skip
        for row, places in zip(made.rows, spans, strict=True):
            if not row and not made.stray:
                self.findings.findings.append(merging.ROW_COVERED.at(places[0]))

    def _check_row(self, row: Token, columns: int) -> None:
        count: int = row.meta["cells"]
        if columns and count > columns:
            self._report(messages.ROW_TOO_LONG, row, cells=count, columns=columns)
        elif count < columns:
            self._report(messages.ROW_TOO_SHORT, row, cells=count, columns=columns)

    # -- what cannot be set --------------------------------------------------------

    def _refuse_code(self, token: Token) -> list[BodyBlock]:
        self._report(messages.CODE_BLOCK_UNSUPPORTED, token, fence=token.markup)
        return []

    def _refuse_rule(self, token: Token) -> list[BodyBlock]:
        self._report(messages.RULE_UNSUPPORTED, token)
        return []

    def _refuse_html(self, token: Token) -> list[BodyBlock]:
        html = token.content.strip().partition("\n")[0]
        self._report(messages.HTML_REFUSED, token, html=html)
        return []

    # -- the body as a whole -------------------------------------------------------

    def judge(self, env: dict[str, Any]) -> None:
        """Report what only the whole body shows."""
        report = self.findings.findings.append
        called = {label for label, _ in self.findings.calls}
        for label, span in self.findings.calls:
            if label not in self.notes:
                report(messages.NOTE_UNDEFINED.at(span, label=label))
        for label, span in self._note_spans.items():
            if label not in called:
                report(messages.NOTE_UNUSED.at(span, label=label))
        for label, reference in env.get("references", {}).items():
            if label not in self.findings.references:
                report(messages.REFERENCE_UNUSED.at(self._lines(reference["map"]), label=label))
        for reference in env.get("duplicate_refs", ()):
            label, span = reference["label"], self._lines(reference["map"])
            first = self._lines(env["references"][label]["map"])
            report(messages.REFERENCE_DUPLICATE.at(span, label=label).also(first))
        if "too_deep" in env:
            report(messages.NESTING_TOO_DEEP.at(self._origin.span(*env["too_deep"])))

    def say(self, kind: Kind, lines: Sequence[int], *, count: int) -> None:
        """Say once, at the first of ``lines`` if there are any, what became of all ``count``."""
        if not lines:
            return
        first = self._line_starts[lines[0]]
        span = self._origin.span(first, self._text.find("\n", first) % (len(self._text) + 1))
        self.findings.findings.append(kind.at(span, count=count))

    def torn(self, lines: Sequence[int]) -> None:
        """Say where empty lines stand within sentences, and how to be rid of them."""
        self.say(typed.LINES_TORN, lines, count=len(lines))
        if not lines:
            return
        edits = []
        for number in lines:
            start = self._line_starts[number]
            above = self._text.index("\n", len(self._text[:start].rstrip()))
            place = Span(self._origin.source(above) + 1, self._origin.source(start - 1) + 1)
            edits.append((place, ""))
        told = self.findings.findings[-1]
        self.findings.findings[-1] = replace(told, fix=Fix(tuple(edits)))

    def _lines(self, lines: list[int]) -> Span:
        return self._origin.span(self._line_starts[lines[0]], self._line_starts[lines[1]] - 1)

    @cached_property
    def _line_starts(self) -> list[int]:
        # A newline at the end of the text ends a line and begins none.
        lines = self._text.removesuffix("\n").split("\n")
        return list(accumulate((len(line) + 1 for line in lines), initial=0))

    # Of the class: a reader that holds its own methods is only freed when cycles are collected.
    _READ: ClassVar[dict[str, Callable[[_Reader, Token], list[BodyBlock]]]] = {
        "paragraph_open": _paragraph,
        "heading_open": _heading,
        "bullet_list_open": _list,
        "ordered_list_open": _list,
        "blockquote_open": _quotation,
        "table_open": _table,
        "note_open": _note,
        "closing_open": _closing,
        "fence": _refuse_code,
        "hr": _refuse_rule,
        "html_block": _refuse_html,
    }


def _is_space(token: Token) -> bool:
    return token.type in ("softbreak", "hardbreak") or (
        token.type == "text" and not token.content.strip()
    )
