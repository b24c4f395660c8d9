"""Where a line end without an empty line behind it parts two paragraphs.

In: the text of a body. Out: the numbers of the lines that begin a paragraph though no empty
line stands before them, and of those that do not though nothing tells that they go on. To
CommonMark a line end within a paragraph means nothing, and a text that a program has wrapped at
a column wants it so. Text pasted from Word, WeChat or a mail has one line a paragraph. Which of
the two a body is shows only in all of it: where lines were wrapped, every line is full, that is,
the first word of the next would not have fitted any more, and lines end anywhere. Elsewhere a
line end was meant if a sentence ends there or the next line begins as paragraphs do
(GB/T 9704-2012 7.3.3: 一、（一）1.（1）).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from brieftex.input.markdown.indents import (
    closing_lines,
    far_lines,
    shifted_lines,
    unmoved_closing,
)
from brieftex.input.markdown.parallels import list_entries
from brieftex.input.markdown.sheet import sheet_lines
from brieftex.input.markdown.spaced import spaced_rows
from brieftex.input.markdown.table_lines import table_lines
from brieftex.input.markdown.typed_line import (
    SLACK,
    TypedLine,
    blocks_within,
    has_text,
    is_block,
    is_item,
    typed_runs,
)
from brieftex.model.content import Paragraphs
from brieftex.patterns import late

_WORDS = late(r"[\w \u3000·（）()-]+")
_LEAST_WRAP, _MOST_WRAP = 40, 140
"""Columns at which programs wrap lines; a Han character takes two."""
_FULL_WIDTH = str.maketrans("“‘”’—…·", "（（））－！・")
"""Marks that take an em in Chinese and elsewhere a column, as others that always take an em."""
_FIRST = 4
"""Columns of the indent of a first line."""
_SHORT = 40
"""Columns up to which a line is short: nothing was wrapped there, and it may be a heading."""
_TORN = 3
"""Least number of lines that go on behind an empty one."""
_VERSE, _NAMES = 4, 3
"""Least number of lines of uneven verse, and of names."""
_VERSE_WIDTH = 10
"""Columns of the shortest verse: four Han characters and a mark."""
_MARKS = frozenset("，。；：、！？,.;:!?")
_ENDED = frozenset(("", *"。！？…；：”"))
_IN_SENTENCE = frozenset("，。；：！？,;")
_HEADING = 60
"""Columns of the longest heading, 30 Han characters."""


class LineEnds(Struct, frozen=True):
    """Lines of a text, from 0, that have no empty line before them: ``parted`` begin a paragraph
    of their own, ``doubtful`` were joined to the line above for want of any sign. ``rows`` are
    those of tables that look like text, ``closing`` the end of a letter, which is set to the
    right, ``unmoved`` one that no blanks moved there, ``far`` other lines that begin with many
    blanks. ``shifts`` are the blanks and columns by which lines of an indented list are shifted
    back. ``blocks`` begin something that the line above would take in: tables, pictures, text below
    a quotation, items if that line had left their list."""

    parted: frozenset[int] = frozenset()
    doubtful: tuple[int, ...] = ()
    rows: frozenset[int] = frozenset()
    closing: frozenset[int] = frozenset()
    far: tuple[int, ...] = ()
    unmoved: tuple[int, ...] = ()
    shifts: Mapping[int, tuple[int, int]] = {}
    blocks: frozenset[int] = frozenset()


def line_ends(text: str, manner: Paragraphs = Paragraphs.AUTO) -> LineEnds:
    """What the line ends of ``text`` mean."""
    if "\n" not in text.strip("\n"):
        return LineEnds()
    rows, closing = spaced_rows(text) | sheet_lines(text), closing_lines(text)
    tables, below = table_lines(text)
    others = rows | closing | tables
    far = tuple(far_lines(text, others))
    shifts = shifted_lines(text)
    runs = [run for run in typed_runs(text, others, shifts) if len(run) > 1]
    parted, doubtful = _decided(runs, manner)
    lines = text.split("\n") if below else []
    parted |= {number for number in below if not is_block(lines[number])}
    unmoved = () if closing else unmoved_closing(text)
    blocks = set(blocks_within(text, tables))
    blocks.update(
        following.number
        for run in runs
        for line, following in pairwise(run)
        if following.settled and is_item(following.text) and not is_item(line.text)
    )
    return LineEnds(parted, doubtful, rows, closing, far, unmoved, shifts, frozenset(blocks))


def torn_lines(text: str) -> tuple[int, ...]:
    """The numbers of the lines of ``text``, from 0, that only go on with the line above, though
    there are empty lines between the two: so the text of a PDF or a scan comes out of many
    programs, with an empty line behind each line of the page.

    Most lines that end no sentence are full, and three of them at least. A first line lacks two
    Han characters more, where its indent was lost.
    """
    lines = text.split("\n")
    if sum(line[-1:] not in _ENDED for line in lines) < _TORN:
        return ()  # as of most texts
    numbers = [number for number, line in enumerate(lines) if has_text(line)]
    close = "\n".join([lines[number].translate(_FULL_WIDTH) for number in numbers])
    pairs = [
        (line, following, line.reach(following))
        for run in typed_runs(close, frozenset(), {})
        for line, following in pairwise(run)
        if not following.settled and numbers[following.number] > numbers[line.number] + 1
    ]
    ends = [(line.width, reach) for line, _, reach in pairs if _is_prose(line)]
    columns = {width for width, _ in ends if _LEAST_WRAP <= width <= _MOST_WRAP}
    if len(ends) < _TORN or not columns:
        return ()
    count, column = max((sum(a <= c < b for a, b in ends), c) for c in columns)
    if count < _TORN or 2 * count <= len(ends):
        return ()
    full = {
        line.number
        for line, _, reach in pairs
        if line.width <= column + SLACK and reach + (0 if line.ends_sentence else _FIRST) > column
    }
    return tuple(
        numbers[following.number]
        for line, following, _ in pairs
        if line.number in full and not _may_begin(line, following, following.number in full)
    )


def _is_prose(line: TypedLine) -> bool:
    """Whether a sentence goes on behind the line, which titles and names do not have in them."""
    return not line.ends_sentence and not _IN_SENTENCE.isdisjoint(line.text)


def _may_begin(line: TypedLine, following: TypedLine, is_full: bool) -> bool:
    """Whether a paragraph may begin with ``following``: where a sentence ends with the line above,
    one that stands alone does."""
    if line.ends_sentence:
        return following.begins_paragraph or not is_full
    return following.has_marker


def _decided(
    runs: Sequence[Sequence[TypedLine]], manner: Paragraphs
) -> tuple[frozenset[int], tuple[int, ...]]:
    """The lines that begin a paragraph, and the doubtful ones."""
    if manner is Paragraphs.BLANK:
        return frozenset(), ()
    if manner is Paragraphs.LINE:
        return frozenset(line.number for run in runs for line in run[1:]), ()
    column = _wrapped_at(runs)
    parted = frozenset(number for run in runs for number in _parted(run, column))
    doubtful = tuple(
        following.number
        for run in runs
        for line, following in pairwise(run)
        if following.number not in parted and not _is_joined_surely(line, following, column)
    )
    return parted, doubtful


def _wrapped_at(runs: Sequence[Sequence[TypedLine]]) -> int | None:
    """The column at which the text was wrapped, or None.

    At least two lines are full there without ending a sentence, and of those that do not end one
    and have no address in them most are.
    """
    pairs = [
        (line, following)
        for run in runs
        for line, following in pairwise(run)
        if not line.has_address
    ]
    open_ended = [(a, b) for a, b in pairs if not a.ends_sentence]
    if len(open_ended) < 2:
        return None
    column = max(a.width for a, _ in pairs)
    if not _LEAST_WRAP <= column <= _MOST_WRAP:
        return None
    full = sum(_is_full(a, b, column) for a, b in open_ended)
    return column if full >= 2 and 2 * full > len(open_ended) else None


def _is_full(line: TypedLine, following: TypedLine, column: int) -> bool:
    """Whether the first word of ``following`` would have gone beyond ``column``."""
    return line.reach(following) > column


def _parted(run: Sequence[TypedLine], column: int | None) -> Iterator[int]:
    """The lines of one run that begin a paragraph."""
    verse = column is None and _is_verse(run)
    short = [not line.goes_on and line.width <= _HEADING for line in run[:-1]]
    listed = list_entries(["" if line.goes_on else line.text for line in run]) if any(short) else ()
    for k, (line, following) in enumerate(pairwise(run)):
        full = column is not None and _is_full(line, following, column)
        if following.settled or (full and not _is_ended(line, following)):
            continue
        apart = short[k] and (k in listed or k + 1 in listed)
        if verse or apart or _is_meant(line, following):
            yield following.number


def _is_ended(line: TypedLine, following: TypedLine) -> bool:
    """Whether a full line ends all the same: at an address or the number of a page, or with a
    sentence before an address or a heading."""
    if line.is_folio or following.is_folio or line.is_address:
        return True
    return line.ends_sentence and (following.is_numbered or following.is_address)


def _is_meant(line: TypedLine, following: TypedLine) -> bool:
    """Whether the end of ``line`` parts it from ``following``."""
    if line.ends_sentence or following.begins_paragraph or line.is_apart(following):
        return True
    if line.is_folio or following.is_folio:
        return True
    if line.goes_on:
        return False
    if line.is_own or following.is_own:
        return True
    return line.width <= _HEADING and (line.is_numbered or following.begins_with_date)


def _is_joined_surely(line: TypedLine, following: TypedLine, column: int | None) -> bool:
    """Whether something tells that ``following``, which is not parted from ``line``, goes on."""
    full = column is not None and _is_full(line, following, column)
    return following.settled or line.broken or line.goes_on or full or following.text[0] in _MARKS


def _is_verse(run: Sequence[TypedLine]) -> bool:
    """Whether each line stands for itself: verse, an address, a list of names.

    None is as long as a line that a program wraps. Verse has lines of one length that all end in
    a mark, or sentences end with every other line; names have no marks.
    """
    if any(line.width >= _SHORT for line in run):
        return False
    if all(line.text[-1] in _MARKS for line in run):
        sentences = sum(line.ends_sentence for line in run)
        even = len({line.width for line in run}) == 1 and run[0].width >= _VERSE_WIDTH
        return even or (len(run) >= _VERSE and 2 * sentences >= len(run))
    return len(run) >= _NAMES and all(
        line.width <= _SHORT // 2 and _WORDS.fullmatch(line.text) for line in run
    )
