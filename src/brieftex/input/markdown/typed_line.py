"""Lines of a text as they were typed or pasted, and what their words tell.

In: the text of a body. Out: runs of lines that follow each other without being empty, nor blocks of
Markdown; of each what it begins and ends with, and how wide it is. What follows from it, where
paragraphs end, is decided in ``paragraphs``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from brieftex.input.markdown.indents import FAR, indent_of
from brieftex.input.markdown.scripts import ANY_WIDE, FOLDED_WIDE, columns_of, is_wide
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
    rf"|[➀-➓]|[［\[【]\d{{1,3}}[］\]】]|\d\ufe0f?\u20e3|[☀-➿⬀-⯿\U0001f300-\U0001faff\ue000-\uf8ff]|[（(][A-Za-z][）)]"
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
    r"https?://\S+|\*\*(?!\s)[^*]{1,40}\*\*[：:]?|==(?!\s)[^=]{1,40}==|（[^（）]{1,40}）|\([^()]{1,40}\)|【[^【】]{1,24}】"
    r"|\S{1,16} +\d{4}([-/.])\d{1,2}\1\d{1,2} +\d{1,2}:\d\d(?::\d\d)?|([_＿—─=＝*~～-])\2{4,}"
    r"|关于[^，。]{2,60}的(?:通知|报告|请示|函|意见|方案|办法|批复|通报|决定|总结)"
    r"|(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[ \u3000]+(?![{_COUNTED}])[\u4e00-\u9fff]{{2,16}}"  # 1 总则
    r"|[同当是]日|是月|此致|敬礼[！!]?|(?:顺|谨|敬)?祝|附件\d{0,2}|特此(?:通知|报告|函告|函复|说明)"
)
FOLIO = (
    r"[-－—–·]{1,2} ?\d{1,3} ?[-－—–·]{1,2}|\d{1,3}(?: ?/ ?\d{1,3})?|共 ?\d{1,3} ?页"
    r"|第 ?(?:\d{1,3}|[一二三四五六七八九十百]{1,4}) ?页[，,/]? ?(?:共 ?\d{1,3} ?页)?"
    r"|[Pp]\.? ?\d{1,3}|Page \d{1,3}(?: of \d{1,3})?"
)
"""The number of a page that was copied along, which is no more of the sentence around it."""
_FOLIO = late(FOLIO)
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
_ROW_BEGINS = r"[|│┃║┌├└┏┣┗╔╠╚╭╰]|\+[-=]{2,}[+=-]"
_ROW = late(_ROW_BEGINS)
_PICTURE = late(r"!\[[^\[\]]*\]\([^()]*\)")
_COMPARED = frozenset("=＝-−+±.0123456789０１２３４５６７８９")
_WITHIN = late(rf"\t|!\[|>|{_ROW_BEGINS}")
_NOTE = late(r"\[\^[^\s\[\]]+\]:")
_QUOTED = late(r"(?:[ \t]*>)*")
_DATE = late(
    r"[\d〇零一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[^，。]{0,8}$"
    r"|\d{4}([-./])\d{1,2}\1\d{1,2}$"
)
_ADDRESS = late(r"https?://\S+")
_FIRST_WORD = (
    rf"[“‘（《「『【〈(]*(?:[{ANY_WIDE}]|[^\s{ANY_WIDE}]+)[，。；：？！、”’）》」』】〉)]*"
)
_WIDE = Folding(FOLDED_WIDE, _MARKERS, _FIRST_WORD)
_MARKER, _NEXT = _WIDE.late(_MARKERS), _WIDE.late(_FIRST_WORD)

SLACK = 4
"""Columns that a full line may lack, where a mark was kept from beginning or ending one."""


class TypedLine(Struct, frozen=True):
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
        """Whether it begins with a marker or a label."""
        return self.has_marker or _LABEL.match(self.text) is not None

    def is_apart(self, other: TypedLine) -> bool:
        """Whether blanks moved one of the two to the middle or the right, the other elsewhere."""
        far = max(self.indent, other.indent) >= FAR
        return far and abs(self.indent - other.indent) >= SLACK

    @property
    def goes_on(self) -> bool:
        """Whether it ends with a mark behind which nothing ends."""
        return self.text[-1:] in tuple(_GOING_ON)

    @property
    def has_marker(self) -> bool:
        """Whether it begins with a number, an ordinal or a bullet."""
        return _MARKER.match(_WIDE.fold(self.text)) is not None

    @property
    def is_numbered(self) -> bool:
        """Whether it begins with a number as headings do."""
        return _NUMBERED_HEADING.match(self.text) is not None

    @property
    def is_own(self) -> bool:
        """Whether it is a paragraph by itself, whatever stands around it."""
        return _OWN.fullmatch(self.text) is not None

    @property
    def is_folio(self) -> bool:
        """Whether it is the number of a page."""
        return _FOLIO.fullmatch(self.text) is not None

    @property
    def is_address(self) -> bool:
        """Whether it is an address and nothing else."""
        return _ADDRESS.fullmatch(self.text) is not None

    @property
    def has_address(self) -> bool:
        """Whether an address, which no program parts, stands in it."""
        return _ADDRESS.search(self.text) is not None

    @property
    def begins_with_date(self) -> bool:
        """Whether it is a date, and hardly more."""
        return _DATE.match(self.text) is not None

    def reach(self, following: TypedLine) -> int:
        """To which column it would go with the first word of ``following``, and the slack."""
        first = _NEXT.match(_WIDE.fold(following.text))
        space = not (is_wide(self.text[-1]) or is_wide(following.text[0]))
        word = following.text[: first.end()] if first else ""
        return self.width + space + columns_of(word) + SLACK


def is_item(text: str) -> bool:
    """Whether a line is an item of a list."""
    return _ITEM.match(text) is not None


def is_block(line: str) -> bool:
    """Whether a line of Markdown is a block, or the beginning of one."""
    return _BLOCK.match(line.strip(_BLANKS)) is not None


def has_text(line: str) -> bool:
    """Whether there is more on a line than blanks and what cannot be seen."""
    return bool(line.strip(_BLANKS))


def _unquoted(raw: str) -> tuple[int, str]:
    """How many quotations a line stands in, and what stands there; >50人 is none."""
    marks = _QUOTED.match(raw)
    if not marks or raw[marks.end() : marks.end() + 1] in _COMPARED:
        return 0, raw
    return marks[0].count(">"), raw[marks.end() :]


def blocks_within(text: str, tables: frozenset[int]) -> Iterator[int]:
    """The numbers of lines that begin something of their own, though the line above would take them
    in: rows of a table below a line of a list or a quotation, a picture, what stands below one or
    below a quotation."""
    empty, within, row, picture, depth = True, False, False, False, 0
    for number, raw in enumerate(text.split("\n") if _WITHIN.search(text) else ()):
        quoted, rest = _unquoted(raw)
        line = rest.strip(_BLANKS)
        begun, shown, tabbed = row, picture, "\t" in line and not TABBED.match(line)
        row = number in tables or tabbed or _ROW.match(line) is not None
        picture = _PICTURE.fullmatch(line) is not None
        if line and not empty:
            taken = row and within and not begun
            if taken or picture or shown or quoted < depth:
                yield number
        if line and empty:  # what an empty line parts from a list is of it only if it is set in
            within &= rest.startswith(("  ", "\t"))
        within |= quoted > 0 or is_item(line) or _NOTE.match(line) is not None
        empty, depth = not line, quoted if line else 0


def typed_runs(
    text: str, others: frozenset[int], shifts: Mapping[int, tuple[int, int]]
) -> Iterator[list[TypedLine]]:
    """Lines of text that follow each other: neither empty nor blocks of Markdown nor ``others``."""
    run: list[TypedLine] = []
    fenced, depth, in_item = False, 0, False
    for number, raw in enumerate(text.split("\n")):
        quoted, rest = _unquoted(raw)
        line = rest.strip(_BLANKS)
        fenced ^= line.startswith(("```", "~~~"))
        apart = (
            fenced or not line or _BLOCK.match(line) or ("\t" in line and not TABBED.match(line))
        ) or number in others
        note = _NOTE.match(line) is not None
        item = not fenced and (note or is_item(line))
        if run and ((apart and not item) or quoted != depth):
            yield run
            run = []
        depth = quoted
        # What stands right below an item of a list may still begin a paragraph. An item ends a
        # paragraph itself, unless its number is not 1 and no item goes before it.
        if item or not apart:
            alone = item and not (in_item or note or _BEGINS_LIST.match(line))
            indent = indent_of(rest)
            inside = (
                in_item and rest.startswith("  ") and indent - shifts.get(number, (0, 0))[1] >= 2
            )
            settled = rest.startswith("\u3000") or (item and not alone)
            broken = rest.endswith(("  ", "\\"))
            margin = len(raw) - len(rest) + (indent if item or inside else 0)
            run.append(TypedLine(number, line, settled, broken, indent, margin))
        in_item = item or (in_item and not apart)
    if run:
        yield run
