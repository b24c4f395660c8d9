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
    FAR,
    closing_lines,
    far_lines,
    indent_of,
    shifted_lines,
    unmoved_closing,
)
from brieftex.input.markdown.parallels import list_entries
from brieftex.input.markdown.scripts import ANY_WIDE, FOLDED_WIDE, columns_of, is_wide
from brieftex.input.markdown.sheet import sheet_lines
from brieftex.input.markdown.spaced import spaced_rows
from brieftex.input.markdown.table_lines import table_lines
from brieftex.model.content import Paragraphs
from brieftex.patterns import Folding, late

_NUMERAL = "一二三四五六七八九十百"
_COUNTED = "万亿千百个倍年月日元米人名吨亩"
_BLANKS = " \t\u00a0\u3000\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ITEM = late(r"[-*+][ \t]|\d{1,9}[.)][ \t]")
_BEGINS_LIST = late(r"[-*+]|1[.)]")
_BLANK = f"[{_BLANKS}]*"
# What a paragraph begins with and a line within one hardly ever: numbers, ordinals, bullets.
_MARKERS = (
    rf"{_BLANK}(?:[{_NUMERAL}]{{1,4}}[、．.]|[（(](?:[{_NUMERAL}]{{1,4}}|\d{{1,2}})[）)]"
    rf"|\d{{1,3}}(?:[、．]|\.(?!\d)|[）)])|[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]"
    rf"|第[{_NUMERAL}\d]{{1,4}}[章节条款编]"
    rf"|[{_NUMERAL}]{{1,2}}[是要](?![不否])|(?:其|第)[{_NUMERAL}]{{1,2}}(?:是|[，、,])"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[ \u3000]+(?=[{ANY_WIDE}])(?![{_COUNTED}])"  # 1.1 编制目的
    rf"|[➀-➓]|\d\ufe0f?\u20e3|[☀-➿⬀-⯿\U0001f300-\U0001faff\ue000-\uf8ff]|[（(][A-Za-z][）)]"
    rf"|[Ølnuoü§][ \t\u3000]+(?=[{ANY_WIDE}])"  # bullets of Wingdings, as Word leaves them
    rf"|[•·●○◦◎↑↓▼◆◇■□▪▫▶►▲△★☆※✓✔√✗✕✘☐☑☒➢➤→–—](?!—){_BLANK}(?=[^\s\d])|——"
    rf"|×[ \t\u3000]+(?=[{ANY_WIDE}])|【[^【】]{{1,12}}】)"
)
# A marker that Word has set off by a tab; with more of them it is a row of a spreadsheet.
TABBED = late(
    rf"{_BLANK}(?:[•·●○◦◎◆◇■□▪▫▶►▲△★☆※✓✔√➢➤→–—*+Ølnuoü§\ue000-\uf8ff-]|[①-⑳⑴-⒇➀-➓]"
    rf"|[（(]?[{_NUMERAL}\d]{{1,3}}[.．、）)]|第[{_NUMERAL}\d]{{1,4}}[章节条])[ \u3000]*\t[^\t]*$"
)
# A line of its own: an address, the title of a document, what ends a letter, 附件1, who said it
# when in a chat, a line drawn with signs, all of it in brackets, the day of a chronicle.
_OWN = late(
    r"https?://\S+|（[^（）]{1,40}）|\([^()]{1,40}\)|【[^【】]{1,24}】"
    r"|\S{1,16} +\d{4}([-/.])\d{1,2}\1\d{1,2} +\d{1,2}:\d\d(?::\d\d)?|([_＿—─=＝*~～-])\2{4,}"
    r"|关于[^，。]{2,60}的(?:通知|报告|请示|函|意见|方案|办法|批复|通报|决定|总结)"
    r"|(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[ \u3000]+(?![{_COUNTED}])[\u4e00-\u9fff]{{2,16}}"  # 1 总则
    r"|[同当是]日|是月|此致|敬礼[！!]?|(?:顺|谨|敬)?祝|附件\d{0,2}|特此(?:通知|报告|函告|函复|说明)"
)
# The number of a page that was copied along, which is no more of the sentence around it.
_FOLIO = late(
    r"[-－—–·]{0,2} ?\d{1,3} ?[-－—–·]{0,2}|\d{1,3} ?/ ?\d{1,3}"
    r"|第 ?\d{1,3} ?页[，,/]? ?(?:共 ?\d{1,3} ?页)?|共 ?\d{1,3} ?页|Page \d{1,3}(?: of \d{1,3})?"
)
# A heading by its number: what follows such a line is a paragraph of its own.
_NUMBERED_HEADING = late(
    rf"{_BLANK}(?:[{_NUMERAL}]{{1,4}}[、．.]|[（(][{_NUMERAL}]{{1,4}}[）)]"
    rf"|\d{{1,3}}(?:[、．]|\.(?!\d))|第[{_NUMERAL}\d]{{1,4}}[章节编])"
)
# 问：… 李明：… 地址：… at the beginning of a line.
_LABEL = late(
    rf"{_BLANK}(?:[^\s，。；：、！？]{{1,8}}(?:（[^（）]{{1,16}}）)?"
    r"|[^\s，。；：、！？](?:[ \u3000]+[^\s，。；：、！？]){1,3})(?:：|:[ \t])"
)
# Who wrote it, or where it comes from, behind a sentence.
_ASIDE = late(r"(?<=[。！？；])[（(][^（）()]{1,30}[）)]$")
_CLOSING = "”’』」）)】》〉\"'*=_"
_SENTENCE_END = "。！？!?…；;：:．"
_GOING_ON = "，、,—－-·/／（《“‘「『【〈("
# Markdown whose lines are its own: headings, quotations, tables, notes, fences, rules, pictures.
_BLOCK = late(
    r"#{1,6}[ \t]|\||`{3}|~{3}|\[[^\]]{1,99}\]:|!\[|(?:[-*_][ \t]*){3,}$|[-*+][ \t]"
    r"|\d{1,9}[.)][ \t]|[│┃║┌├└┏┣┗╔╠╚╭╰]|\+[-=]{2,}[+=-]"
)
_QUOTED = late(r"(?:[ \t]*>)*")
_DATE = late(
    r"[\d〇零一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[^，。]{0,8}$"
    r"|\d{4}([-./])\d{1,2}\1\d{1,2}$"
)
_WORDS = late(r"[\w \u3000·（）()-]+")
_ADDRESS = late(r"https?://\S+")
_FIRST_WORD = (
    rf"[“‘（《「『【〈(]*(?:[{ANY_WIDE}]|[^\s{ANY_WIDE}]+)[，。；：？！、”’）》」』】〉)]*"
)
_WIDE = Folding(FOLDED_WIDE, _MARKERS, _FIRST_WORD)
_MARKER, _NEXT = _WIDE.late(_MARKERS), _WIDE.late(_FIRST_WORD)

_LEAST_WRAP, _MOST_WRAP = 40, 140
"""Columns at which programs wrap lines; a Han character takes two."""
_SLACK = 4
"""Columns that a full line may lack, where a mark was kept from beginning or ending one."""
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
_IN_SENTENCE = frozenset("，。；：！？,;")
_HEADING = 60
"""Columns of the longest heading, 30 Han characters."""


class _Line(Struct, frozen=True):
    """A line of text: its number, what is written in it, whether its indent says what it is
    (U+3000 parts paragraphs anyway, and an item of a list begins one), whether two spaces or a
    backslash at its end break the line, the columns of its indent, and those that marks of
    quotations and spaces take before the text of an item."""

    number: int
    text: str
    settled: bool
    broken: bool
    indent: int
    margin: int

    @property
    def width(self) -> int:
        """How many columns it takes, counted from where a program that wraps lines counts."""
        return self.margin + columns_of(self.text)

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does, or a part of one that a colon or semicolon ends."""
        if self.text.rstrip("*=_ ").endswith(("”", "』", "」")):
            return True
        text = _ASIDE.sub("", self.text)
        return text.rstrip(_CLOSING).endswith((*_SENTENCE_END, "."))

    @property
    def begins_paragraph(self) -> bool:
        return bool(_MARKER.match(_WIDE.fold(self.text)) or _LABEL.match(self.text))

    def is_apart(self, other: _Line) -> bool:
        """Whether blanks moved one of the two to the middle or the right, the other elsewhere."""
        far = max(self.indent, other.indent) >= FAR
        return far and abs(self.indent - other.indent) >= _SLACK

    @property
    def goes_on(self) -> bool:
        return self.text[-1:] in tuple(_GOING_ON)


class LineEnds(Struct, frozen=True):
    """Lines of a text, from 0, that have no empty line before them: ``parted`` begin a paragraph
    of their own, ``doubtful`` were joined to the line above for want of any sign. ``rows`` are
    those of tables that look like text, ``closing`` the end of a letter, which is set to the
    right, ``unmoved`` one that no blanks moved there, ``far`` other lines that begin with many
    blanks. ``shifts`` are the blanks and columns by which lines of an indented list are shifted
    back."""

    parted: frozenset[int] = frozenset()
    doubtful: tuple[int, ...] = ()
    rows: frozenset[int] = frozenset()
    closing: frozenset[int] = frozenset()
    far: tuple[int, ...] = ()
    unmoved: tuple[int, ...] = ()
    shifts: Mapping[int, tuple[int, int]] = {}


def line_ends(text: str, manner: Paragraphs = Paragraphs.AUTO) -> LineEnds:
    """What the line ends of ``text`` mean."""
    if "\n" not in text.strip("\n"):
        return LineEnds()
    rows, closing = spaced_rows(text) | sheet_lines(text), closing_lines(text)
    tables, below = table_lines(text)
    others = rows | closing | tables
    far = tuple(far_lines(text, others))
    shifts = shifted_lines(text)
    runs = [run for run in _runs(text, others, shifts) if len(run) > 1]
    parted, doubtful = _decided(runs, manner)
    lines = text.split("\n") if below else []
    parted |= {number for number in below if not _BLOCK.match(lines[number].strip(_BLANKS))}
    unmoved = () if closing else unmoved_closing(text)
    return LineEnds(parted, doubtful, rows, closing, far, unmoved, shifts)


def torn_lines(text: str) -> tuple[int, ...]:
    """The numbers of the lines of ``text``, from 0, that only go on with the line above, though
    there are empty lines between the two: so the text of a PDF or a scan comes out of many
    programs, with an empty line behind each line of the page.

    Most lines that end no sentence are full, and three of them at least. A first line lacks two
    Han characters more, where its indent was lost.
    """
    lines = text.split("\n")
    numbers = [number for number, line in enumerate(lines) if line.strip(_BLANKS)]
    close = "\n".join([lines[number].translate(_FULL_WIDTH) for number in numbers])
    pairs = [
        (line, following, _reach(line, following))
        for run in _runs(close, frozenset(), {})
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
        if line.width <= column + _SLACK and reach + (0 if line.ends_sentence else _FIRST) > column
    }
    return tuple(
        numbers[following.number]
        for line, following, _ in pairs
        if line.number in full and not _may_begin(line, following, following.number in full)
    )


def _is_prose(line: _Line) -> bool:
    """Whether a sentence goes on behind the line, which titles and names do not have in them."""
    return not line.ends_sentence and not _IN_SENTENCE.isdisjoint(line.text)


def _may_begin(line: _Line, following: _Line, is_full: bool) -> bool:
    """Whether a paragraph may begin with ``following``: where a sentence ends with the line above,
    one that stands alone does."""
    if line.ends_sentence:
        return following.begins_paragraph or not is_full
    return _MARKER.match(_WIDE.fold(following.text)) is not None


def _decided(
    runs: Sequence[Sequence[_Line]], manner: Paragraphs
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


def _runs(
    text: str, others: frozenset[int], shifts: Mapping[int, tuple[int, int]]
) -> Iterator[list[_Line]]:
    """Lines of text that follow each other: neither empty nor blocks of Markdown nor ``others``."""
    run: list[_Line] = []
    fenced, depth, in_item = False, 0, False
    for number, raw in enumerate(text.split("\n")):
        marks = _QUOTED.match(raw)
        quoted = marks[0].count(">") if marks else 0
        rest = raw[marks.end() :] if marks else raw
        line = rest.strip(_BLANKS)
        fenced ^= line.startswith(("```", "~~~"))
        apart = (
            fenced or not line or _BLOCK.match(line) or ("\t" in line and not TABBED.match(line))
        ) or number in others
        item = not fenced and _ITEM.match(line) is not None
        if run and ((apart and not item) or quoted != depth):
            yield run
            run = []
        depth = quoted
        # What stands right below an item of a list may still begin a paragraph. An item ends a
        # paragraph itself, unless its number is not 1 and no item goes before it.
        if item or not apart:
            alone = item and not in_item and not _BEGINS_LIST.match(line)
            indent = indent_of(rest)
            inside = (
                in_item and rest.startswith("  ") and indent - shifts.get(number, (0, 0))[1] >= 2
            )
            settled = rest.startswith("\u3000") or (item and not alone)
            broken = rest.endswith(("  ", "\\"))
            margin = len(raw) - len(rest) + (indent if item or inside else 0)
            run.append(_Line(number, line, settled, broken, indent, margin))
        in_item = item or (in_item and not apart)
    if run:
        yield run


def _wrapped_at(runs: Sequence[Sequence[_Line]]) -> int | None:
    """The column at which the text was wrapped, or None.

    At least two lines are full there without ending a sentence, and of those that do not end one
    and have no address in them most are.
    """
    pairs = [
        (line, following)
        for run in runs
        for line, following in pairwise(run)
        if not _ADDRESS.search(line.text)
    ]
    open_ended = [(a, b) for a, b in pairs if not a.ends_sentence]
    if len(open_ended) < 2:
        return None
    column = max(a.width for a, _ in pairs)
    if not _LEAST_WRAP <= column <= _MOST_WRAP:
        return None
    full = sum(_is_full(a, b, column) for a, b in open_ended)
    return column if full >= 2 and 2 * full > len(open_ended) else None


def _is_full(line: _Line, following: _Line, column: int) -> bool:
    """Whether the first word of ``following`` would have gone beyond ``column``."""
    return _reach(line, following) > column


def _reach(line: _Line, following: _Line) -> int:
    """To which column ``line`` would go with the first word of ``following``, and the slack."""
    first = _NEXT.match(_WIDE.fold(following.text))
    space = not (is_wide(line.text[-1]) or is_wide(following.text[0]))
    word = following.text[: first.end()] if first else ""
    return line.width + space + columns_of(word) + _SLACK


def _parted(run: Sequence[_Line], column: int | None) -> Iterator[int]:
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


def _is_ended(line: _Line, following: _Line) -> bool:
    """Whether a full line ends all the same: at an address or the number of a page, or with a
    sentence before a heading."""
    heading = line.ends_sentence and _NUMBERED_HEADING.match(following.text) is not None
    folio = _FOLIO.fullmatch(line.text) or _FOLIO.fullmatch(following.text)
    return heading or folio is not None or _ADDRESS.fullmatch(line.text) is not None


def _is_meant(line: _Line, following: _Line) -> bool:
    """Whether the end of ``line`` parts it from ``following``."""
    if line.ends_sentence or following.begins_paragraph or line.is_apart(following):
        return True
    if _FOLIO.fullmatch(line.text) or _FOLIO.fullmatch(following.text):
        return True
    if line.goes_on:
        return False
    if _OWN.fullmatch(line.text) or _OWN.fullmatch(following.text):
        return True
    if _NUMBERED_HEADING.match(line.text) and line.width <= _HEADING:
        return True
    return bool(_DATE.match(following.text)) and line.width <= _HEADING


def _is_joined_surely(line: _Line, following: _Line, column: int | None) -> bool:
    """Whether something tells that ``following``, which is not parted from ``line``, goes on."""
    full = column is not None and _is_full(line, following, column)
    return following.settled or line.broken or line.goes_on or full or following.text[0] in _MARKS


def _is_verse(run: Sequence[_Line]) -> bool:
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
