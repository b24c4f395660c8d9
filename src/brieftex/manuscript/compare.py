"""What is written in an issue file and not printed so in a finished PDF.

The running text is searched in its order: each passage begins where the one before it ends, but for
few characters that a theme adds, such as numbers and labels. Fields of masthead, signature and
colophon, whose places a theme chooses, are looked for in what the running text leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from brieftex.diagnostics import Finding, Source, Span
from brieftex.diagnostics.messages import verification as say
from brieftex.manuscript.issue import read_written
from brieftex.manuscript.printed import Printed, PrintedFigure, PrintedText, read_printed
from brieftex.manuscript.tokens import CALL, Token, bare, meant, place
from brieftex.manuscript.written import (
    OF_FIGURE,
    Manuscript,
    Printing,
    WrittenChart,
    WrittenFigure,
    WrittenText,
    YamlText,
)
from brieftex.patterns import late
from brieftex.pdf.read.readback import Readback

_ADDED = 60
"""Tokens that a theme may add between two passages: the label of an attachment, 《》."""

_LABEL = 30
"""The same before a caption or an entry of the contents."""

_CONTEXT = 12
"""Tokens shown on each side of the first difference."""

_TELLING = 6
"""Tokens that tell a passage from others, so that reading can go on there after a loss."""

_WAYS = 64
"""The most ways of reading marks that are followed: of many in a row, not all."""

_PERIOD = late(
    r"(?=.*[\d一二三四五六七八九十])[\d〇零一二三四五六七八九十第前年度月日季期周旬半上中下初末底学号时届个点QqHhWw①-⑳/.:～~—–-]+"
)
"""A category that readers can infer from those beside it, as 2021年: it may be left out."""


_CHARTS = ("柱形图", "条形图", "折线图", "饼图", "堆叠")
"""With what the description of a chart begins."""


def differences(read: Readback, source: Source, printing: Printing) -> Iterator[Finding]:
    """Every passage of an issue file that a finished file does not show as it is written.

    Raises BrokenPdfError when the file cannot be followed.
    """
    printed = read_printed(read)
    notes = [note.text for note in printed.notes]
    whole = {bare(note) for note in notes}

    def has_note(tokens: Sequence[Token]) -> bool:
        return meant(tokens) in whole or any(_reaches(tokens, note) for note in notes)

    written = read_written(source.text, printing, has_note)
    yield from _Comparison(source, printed, written).run()


def _reaches(tokens: Sequence[Token], text: str) -> bool:
    """Whether all of ``text`` is what the tokens say."""
    _, end, failed = _match(tokens, text, _past(text, 0))
    return failed == len(tokens) and _past(text, end) == len(text)


def _past(text: str, at: int) -> int:
    while text.startswith("\n", at):
        at += 1
    return at


def _match(tokens: Sequence[Token], text: str, at: int) -> tuple[int, int, int]:
    """How far ``text`` says from ``at`` on what the tokens say: where it ends at least and at most,
    and how many of them it has. Followed are all ways in which marks may be printed or not."""
    ways = {(at, False)}
    for k, token in enumerate(tokens):
        after = set()
        for begin, parted in ways:
            parted |= token.parted
            start = _past(text, begin) if parted else begin
            for form in token.texts:
                if not form:
                    after.add((begin, parted))
                elif text.startswith(form, start):
                    after.add((start + len(form), False))
        if not after:
            end = max(_past(text, begin) for begin, _ in ways)
            return end, end, k
        ways = after if len(after) <= _WAYS else set(sorted(after)[:: len(after) // _WAYS + 1])
    ends = [begin for begin, _ in ways]
    return min(ends), max(ends), len(tokens)


class _Comparison:
    """One pass over what is written, in its order."""

    def __init__(self, source: Source, printed: Printed, written: Manuscript) -> None:
        self._source = source
        self._printed = printed
        self._written = written

    def run(self) -> Iterator[Finding]:
        """The differences, the running text first."""
        left: list[str] = []
        yield from self._stream(left)
        # A name may be signed, in a picture.
        signed = (f.alt for f in self._printed.figures if f.alt.startswith("签名章："))
        yield from self._fields("\n".join((*left, *signed)))
        yield from self._notes()
        yield from self._contents()
        yield from self._figures()

    # -- the running text ------------------------------------------------------------

    def _stream(self, left: list[str]) -> Iterator[Finding]:
        """Compare the running text; what stands beside it goes into ``left``."""
        piece = self._printed.stream
        text = piece.text
        at = self._printed.front
        stream = self._written.stream
        if (
            stream
            and self._find(stream[0], text, at, len(text)) is None
            and self._find(stream[0], text, 0, at)
        ):
            at = 0  # a theme without a masthead
        left.append(text[:at])
        far = True  # anything may stand before the first passage and before an attachment
        slack = 0  # marks behind the last passage that may be its own, or the next one's
        for passage, following in zip(stream, (*stream[1:], None), strict=False):
            far |= passage.path.startswith("attachments") and passage.path.endswith("].title")
            room = len(text) if far else _ADDED + slack
            found = self._find(passage, text, at, room, following if far else None)
            if found is None:
                yield self._difference(passage, piece, at, room)
                if len(meant(passage.tokens)) >= _TELLING:
                    at, far = self._beyond(passage, text, at), True
                continue
            left.append(text[at : found[0]])
            start, at, most = found
            far, slack = far and most == start, most - at
        left.append(text[at:])

    def _find(
        self,
        passage: WrittenText,
        text: str,
        at: int,
        room: int,
        following: WrittenText | None = None,
    ) -> tuple[int, int, int] | None:
        """Where a passage stands, and where it ends at least and at most; no further than ``room``
        from ``at``; where several do, before the ``following`` one: the title of an attachment is
        listed before it, too."""
        tokens, first = passage.tokens, None
        for start in _starts(tokens, text, at, at + room):
            least, most, count = _match(tokens, text, start)
            if count == len(tokens):
                first = first or (start, least, most)
                if following is None or self._find(following, text, least, _ADDED + most - least):
                    return start, least, most
        return first

    def _beyond(self, passage: WrittenText, text: str, at: int) -> int:
        """Where to go on behind a passage that is not there as written: behind its last words,
        if these are."""
        tail = meant(passage.tokens)[-_TELLING:]
        found = text.find(tail, at, at + len(meant(passage.tokens)) + _ADDED)
        return found + len(tail) if found >= 0 else at

    def _difference(self, passage: WrittenText, piece: PrintedText, at: int, room: int) -> Finding:
        """The first difference at the place that agrees longest with a passage."""
        text, tokens = piece.text, passage.tokens
        best = (-1, 0, 0, 0)  # characters that agree, the token, those of it, the end
        for start in (_past(text, at), *_starts(tokens, text, at, at + room)):
            _, end, k = _match(tokens, text, start)
            same = _common(tokens[k].texts[0], text, end) if k < len(tokens) else 0
            best = max(best, (end + same - start, k, same, end + same))
        _, k, same, end = best
        said = meant(tokens)
        before = len(meant(tokens[:k])) + same
        token = tokens[min(k, len(tokens) - 1)]
        offset = place(token, passage.value.text, same)
        return self._lost(
            passage,
            offset,
            said[max(before - _CONTEXT, 0) : before + _CONTEXT],
            text[max(end - min(before, _CONTEXT), 0) : end + _CONTEXT],
            piece.page(end),
        )

    def _lost(
        self, passage: WrittenText, offset: int, wanted: str, found: str, page: int
    ) -> Finding:
        """A finding about a passage at an offset in its value."""
        zh, en = passage.what
        where = f"第 {page} 页" if page else ""
        where_en = f" on page {page}" if page else ""
        return say.NOT_AS_WRITTEN.at(
            self._span(passage.value, offset), passage.path,
            what=zh, what_en=en, wanted=_shown(wanted), found=_shown(found),
            where=where, where_en=where_en,
        )  # fmt: skip

    def _missing(self, passage: WrittenText) -> Finding:
        zh, en = passage.what
        wanted = _shown(meant(passage.tokens)[: 2 * _CONTEXT])
        offset = passage.tokens[0].at if passage.tokens else 0
        span = self._span(passage.value, offset)
        return say.NOT_PRINTED.at(span, passage.path, what=zh, what_en=en, wanted=wanted)

    def _span(self, value: YamlText, offset: int) -> Span:
        """The line of a value in which its character ``offset`` stands, from there on."""
        source, text = self._source, self._source.text
        if value.literal:
            first = source.position(value.start)[0] + 1
            number = min(first + value.text.count("\n", 0, offset), source.line_count)
            begin = value.text.rfind("\n", 0, offset) + 1
            line = value.text[begin:].partition("\n")[0]
            bounds = source.line_bounds(number)
            at = text.find(line.strip(), bounds.start, bounds.end) if line.strip() else -1
            lead = len(line) - len(line.lstrip())
            start = (bounds.start if at < 0 else at - lead) + offset - begin
            return Span(min(start, bounds.end), max(bounds.end, start))
        words = value.text[offset : offset + _CONTEXT].partition("\n")[0]
        start = text.find(words, value.start, value.end) if words else -1
        start = value.start if start < 0 else start
        number = source.position(start)[0]
        return Span(start, max(min(source.line_bounds(number).end, value.end), start))

    # -- what stands apart -----------------------------------------------------------

    def _fields(self, left: str) -> Iterator[Finding]:
        """Each field, longest first, in what the running text has left."""
        for passage in sorted(self._written.fields, key=lambda p: -len(meant(p.tokens))):
            found = self._whole(passage, left)
            if found is None:
                yield self._missing(passage)
            else:
                start, end = found[0], found[-1]
                left = left[:start] + "\x02" * (end - start) + left[end:]

    def _whole(self, passage: WrittenText, left: str) -> tuple[int, ...] | None:
        """Where a field stands; a number is not a part of another one."""
        number = meant(passage.tokens)
        marks = any(len(token.texts) > 1 for token in passage.tokens)
        if marks or not (number.isdigit() and number.isascii()):
            return self._find(passage, left, 0, len(left))
        found = re.search(rf"(?<!\d)0*{number}(?!\d)", left)
        return found.span() if found else None

    def _notes(self) -> Iterator[Finding]:
        rest = list(self._printed.notes)
        lost = []
        for passage in self._written.notes:
            same = (k for k, piece in enumerate(rest) if _reaches(passage.tokens, piece.text))
            k = next(same, None)
            if k is None:
                lost.append(passage)
            else:
                del rest[k]
        for passage in lost:
            start = meant(passage.tokens)[:2]
            like = next((p for p in rest if p.text.startswith(start)), None)
            if like is None:
                yield self._missing(passage)
            else:
                rest.remove(like)
                yield self._difference(passage, like, 0, 1)

    def _contents(self) -> Iterator[Finding]:
        """Each title in its entry, where there are contents."""
        entries = iter(self._printed.entries)
        if not self._printed.entries:
            return
        for passage in self._written.titles:
            entry = next(entries, None)
            if entry is None or self._find(passage, entry.text, 0, _LABEL) is None:
                yield say.NOT_IN_CONTENTS.at(
                    self._span(passage.value, 0), passage.path, title=meant(passage.tokens)
                )

    def _figures(self) -> Iterator[Finding]:
        """Each figure, wherever its page had room: first those that are there as written, then
        what is left by its description."""
        there = list(self._printed.figures)
        rest = []
        for figure in sorted(self._written.figures, key=lambda figure: figure.is_vague):
            seen = next(
                (s for s in there if self._is(figure, s) and self._is_whole(figure, s)), None
            )
            if seen is None:
                rest.append(figure)
            else:
                there.remove(seen)
        stream = self._printed.stream.text
        for figure in rest:
            seen = next((s for s in there if self._is(figure, s)), None)
            if seen is None and figure.raw and self._find(figure.raw, stream, 0, len(stream)):
                continue
            if seen is None:
                empty = WrittenText((), figure.value, figure.path, OF_FIGURE)
                told = figure.alt or figure.caption or empty
                yield self._missing(replace(told, what=OF_FIGURE))
            else:
                there.remove(seen)
                yield from self._figure(figure, seen)

    def _is_whole(self, figure: WrittenFigure, seen: PrintedFigure) -> bool:
        if (figure.caption is None) != (not seen.caption.text):
            return False  # of alike figures, the one that has no caption either
        return next(self._figure(figure, seen), None) is None

    def _is(self, figure: WrittenFigure, seen: PrintedFigure) -> bool:
        """Whether a printed figure is described as a written one."""
        if figure.alt is not None:
            return self._find(figure.alt, seen.alt, 0, 0) is not None
        return seen.alt.startswith(_CHARTS)

    def _figure(self, figure: WrittenFigure, seen: PrintedFigure) -> Iterator[Finding]:
        caption = figure.caption
        if caption and self._find(caption, seen.caption.text, 0, _LABEL) is None:
            yield self._difference(caption, seen.caption, 0, _LABEL)
        if figure.chart is not None:
            yield from self._chart(figure, figure.chart, seen)

    def _chart(
        self, figure: WrittenFigure, chart: WrittenChart, seen: PrintedFigure
    ) -> Iterator[Finding]:
        words = seen.words.text
        wanted = [*chart.names, *([chart.unit] if chart.unit else []), *chart.categories]
        if chart.pie:
            wanted += chart.amounts
        elif all(_PERIOD.fullmatch(meant(p.tokens)) for p in chart.categories):
            wanted = wanted[: len(wanted) - len(chart.categories) + 1]
        for passage in sorted(wanted, key=lambda p: -len(meant(p.tokens))):
            found = self._find(passage, words, 0, len(words))
            if found is None:
                yield self._missing(passage)
            else:
                words = words[: found[0]] + "\x02" + words[found[-1] :]
        if figure.alt is None:
            at = 0
            for passage in (*chart.categories, *chart.amounts):
                if passage is chart.amounts[0]:
                    at = 0
                found = self._find(passage, seen.alt, at, len(seen.alt))
                if found is None:
                    yield self._missing(passage)
                else:
                    at = found[-1]


def _starts(tokens: Sequence[Token], text: str, at: int, end: int) -> Iterator[int]:
    """Where the tokens may begin: at each place from ``at`` to ``end`` where one of the first
    has its characters, that is, all up to the first that must be there."""
    heads: set[str] = set()
    for token in tokens:
        heads.update(form for form in token.texts if form)
        if "" not in token.texts:
            break
    else:  # nothing has to be there
        heads = set()
    places = set()
    for head in heads:
        start = text.find(head, at)
        while 0 <= start <= end:
            places.add(start)
            start = text.find(head, start + 1)
    if not heads:
        places.add(at)
    yield from sorted(places)


def _common(one: str, text: str, at: int) -> int:
    """How many characters of ``one`` stand in ``text`` from ``at`` on."""
    count = 0
    while count < len(one) and text.startswith(one[count], at + count):
        count += 1
    return count


def _shown(text: str) -> str:
    """For a message: calls as ①, paragraph ends as spaces."""
    return text.replace(CALL, "［注］").replace("\n", " ").replace("\x02", "").strip()
