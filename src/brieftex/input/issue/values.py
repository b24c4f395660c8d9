"""Scalars of an issue file become values: text, numbers, dates, addresses, lists of names.

A reader returns None when there is nothing usable, and has then said why.
"""

from __future__ import annotations

import datetime
import re

from brieftex.diagnostics.messages import schema as messages
from brieftex.diagnostics.messages.fields import NO_SUCH_YEAR
from brieftex.diagnostics.messages.typed import ADDRESS_TOO_LONG
from brieftex.input.fields import Choice, Field, Plain, Quotes, Reading, is_empty
from brieftex.input.fields.forms import Schema
from brieftex.input.fields.schema import one_or_list
from brieftex.input.fields.typed import clean, short
from brieftex.input.issue.context import trimmed
from brieftex.input.issue.prose import read_line_by_line, read_lines, read_markdown, read_prose
from brieftex.input.issue.suggest import (
    date_advice,
    guessed_date,
    guessed_number,
    listed,
    outer_brackets,
)
from brieftex.input.issue.titles import as_printed, broken
from brieftex.input.markdown import ADDRESS_LIMIT, with_scripts
from brieftex.input.yaml import Node, Scalar, Sequence
from brieftex.model.content import Inline, Paragraphs
from brieftex.model.issue import State
from brieftex.patterns import late
from brieftex.styled.styles import LineBreaking

NUMBER_LIMIT = 999_999
"""Largest issue number, running total and number of copies."""

FIRST_YEAR = 1000
"""A year of fewer digits is a slip, and no PDF can hold it."""

_DATE = late(
    r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]",
    re.ASCII,
)
_URL = late(r"https?://[^\s/?#]\S*|mailto:[^\s@]+@[^\s@]+", re.IGNORECASE)
_CODE = late(r"BT\d{3}", re.ASCII)


def read_text(reading: Reading, node: Node, field: Field, path: str) -> Inline | None:
    """Read plain text."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    return as_printed(reading, with_scripts(trimmed(node)), field, path)


def read_title(reading: Reading, node: Node, field: Field, path: str) -> Inline | None:
    """Read a line of Markdown, broken where the editor broke it."""
    inline = read_markdown(reading, node, field, path)
    return None if inline is None else broken(inline, reading.source.text)


def read_integer(reading: Reading, node: Node, field: Field, path: str) -> int | None:
    """Read a number from 1 to ``NUMBER_LIMIT``."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    text = clean(node.text)
    if not re.fullmatch(r"[+-]?\d+", text, re.ASCII):
        guess = guessed_number(text)
        lead, lead_en = ("写成", "write") if guess or field.instead else ("例如", "such as")
        if guess is None and field.instead:  # 第3、4期合刊 belongs into the field that takes words
            written, suggestion = field.instead, short(text)
        else:
            written, suggestion = field.key, f"{guess or field.example}"
        reading.report(
            messages.NOT_AN_INTEGER, reading.first_line(node), path,
            label=field.label, key=field.key, text=short(text), written=written,
            suggestion=suggestion, lead=lead, lead_en=lead_en,
        )  # fmt: skip
        if guess is not None and 1 <= guess <= NUMBER_LIMIT:
            reading.propose(node, str(guess))
        return None
    # The length first: Python refuses to convert thousands of digits.
    if len(text) > 9 or not 1 <= int(text) <= NUMBER_LIMIT:
        reading.report(
            messages.NUMBER_OUT_OF_RANGE, reading.first_line(node), path,
            label=field.label, key=field.key, text=short(text), limit=NUMBER_LIMIT,
        )  # fmt: skip
        return None
    return int(text)


def read_version(reading: Reading, node: Node, field: Field, path: str) -> int | None:
    """Read the schema version, which is 1."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    text = clean(node.text)
    if text in ("1", "1.0"):
        return 1
    reading.report(messages.UNSUPPORTED_VERSION, reading.first_line(node), path, text=short(text))
    return None


def read_date(reading: Reading, node: Node, field: Field, path: str) -> datetime.date | None:
    """Read a day: 2024-03-20, 2024/3/20, 2024.3.20 or 2024年3月20日."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    text = clean(node.text)
    parts = day_parts(text)
    if parts is None:
        zh, en = date_advice(text, field.key)
        reading.report(
            messages.NOT_A_DATE, reading.first_line(node), path,
            label=field.label, key=field.key, text=short(text), advice=zh, advice_en=en,
        )  # fmt: skip
        day = guessed_date(text)
        if day is not None and day.year >= FIRST_YEAR:
            reading.propose(node, day.isoformat())
        return None
    place = reading.first_line(node)
    if parts[0] < FIRST_YEAR:
        year = f"{parts[0]:04}"
        reading.report(NO_SUCH_YEAR, place, path, label=field.label, text=year, first=FIRST_YEAR)
        return None
    try:
        return datetime.date(*parts)
    except ValueError:
        reading.report(messages.NO_SUCH_DAY, place, path, text=text)
        return None


def day_parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date as a file may write it; there need be no such day."""
    match = _DATE.fullmatch(clean(text))
    if match is None:
        return None
    year, month, day = match.group(1, 3, 4) if match[1] else match.group(5, 6, 7)
    return int(year), int(month), int(day)


def read_url(reading: Reading, node: Node, field: Field, path: str) -> Inline | None:
    """Read an address that begins with http:, https: or mailto:."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    url = trimmed(node)
    if not _URL.fullmatch(url.text):
        span = reading.first_line(node)
        reading.report(messages.BAD_URL, span, path, label=field.label, key=field.key)
        return None
    if len(url.text) > ADDRESS_LIMIT:
        count, limit = len(url.text), ADDRESS_LIMIT
        reading.report(ADDRESS_TOO_LONG, url.span(), path, count=count, limit=limit)
        return None
    return url


def read_true(reading: Reading, node: Node, field: Field, path: str) -> bool | None:
    """Read the word true."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    if node.text.strip().lower() in _TRUE_WORDS:
        return True
    reading.report(messages.FALSE_PAGE_BREAK, reading.first_line(node), path)
    return None


def read_path(reading: Reading, node: Node, field: Field, path: str) -> str | None:
    """Read text that names a file or a theme."""
    inline = read_text(reading, node, field, path)
    return None if inline is None else inline.text


def read_names(reading: Reading, node: Node, field: Field, path: str) -> tuple[Inline, ...]:
    """Read a list of texts, or one text as a list of one."""
    if isinstance(node, Scalar):
        if bracketed(reading, node, field, path):
            return ()
        _check_commas(reading, node, path)
        return (as_printed(reading, with_scripts(trimmed(node)), field, path),)
    if not isinstance(node, Sequence):
        reading.wrong_type(node, field, path)
        return ()
    names: list[Inline] = []
    for i, item in enumerate(node.items):
        if not isinstance(item, Scalar):
            reading.wrong_type(item, field, f"{path}[{i}]")
        elif is_empty(item):
            reading.empty_item(item, i, field, f"{path}[{i}]")
        else:
            _check_commas(reading, item, path)
            name = with_scripts(trimmed(item))
            names.append(as_printed(reading, name, field, f"{path}[{i}]"))
    return tuple(names)


def read_people(reading: Reading, node: Node, field: Field, path: str) -> tuple[Inline, ...]:
    """Read a list of people and offices, or one text that lists them with marks of its own."""
    if isinstance(node, Scalar) and not bracketed(reading, node, field, path):
        return (as_printed(reading, with_scripts(trimmed(node)), field, path),)
    return () if isinstance(node, Scalar) else read_names(reading, node, field, path)


def bracketed(reading: Reading, node: Scalar, field: Field, path: str) -> bool:
    """Report a list in full-width brackets, which is a text."""
    mark = outer_brackets(node.text)
    if mark and node.plain:
        inner = listed(node.text.strip()[1:-1])
        reading.report(
            messages.WRONG_BRACKET, reading.first_line(node), path,
            mark=mark, key=field.key, inner=inner,
        )  # fmt: skip
    return bool(mark and node.plain)


def _check_commas(reading: Reading, node: Scalar, path: str) -> None:
    """Report several items that a full-width comma makes one."""
    if node.plain and "，" in node.text:
        text = node.text.strip()
        reading.report(
            messages.WRONG_COMMA, reading.first_line(node), path,
            text=short(text), inner=listed(text),
        )  # fmt: skip


def read_texts(reading: Reading, node: Node, field: Field, path: str) -> tuple[str, ...]:
    """Read a list of words."""
    return tuple(name.text for name in read_names(reading, node, field, path))


def read_codes(reading: Reading, node: Node, field: Field, path: str) -> frozenset[str]:
    """Read a list of codes such as BT412."""
    names = read_names(reading, node, field, path)
    for name in names:
        if not _CODE.fullmatch(name.text):
            reading.report(messages.BAD_CODE, name.span(), path, text=short(name.text))
    return frozenset(name.text for name in names)


# YAML reads an unquoted 2024 as a number and `no` as false; the program reads both as text.
FILLED: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
CELL_SCHEMA: Schema = {"type": ["string", "number", "boolean", "null"]}
_DATE_SCHEMA: Schema = {
    "type": "string",
    "pattern": r"^([1-9]\d{3}([-/.])\d{1,2}\2\d{1,2}|[1-9]\d{3}年\d{1,2}月\d{1,2}[日号])$",
}
_URL_SCHEMA: Schema = {
    "type": "string",
    "pattern": r"^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)\S+$",
}
_INTEGER_SCHEMA: Schema = {"type": "integer", "minimum": 1, "maximum": NUMBER_LIMIT}
_CODES_SCHEMA = one_or_list({"type": "string", "pattern": r"^BT\d{3}$"})

VERSION = Plain(read_version, {"const": 1}, "1", quotes=Quotes.REFUSED)
TEXT = Plain(read_text, FILLED, "文字", quotes=Quotes.PRINTED)
TITLE = Plain(read_title, FILLED, "文字", quotes=Quotes.PRINTED)
"""Text in which a line break is the editor's."""
MARKDOWN = Plain(read_markdown, FILLED, "一行文字")
LINES = Plain(read_lines, one_or_list(FILLED), "一行文字，或列表")
"""One line of Markdown or several."""
LINE_BY_LINE = Plain(read_line_by_line, FILLED, "分行的文字")
"""Text whose lines are those of the page."""
PROSE = Plain(read_prose, FILLED, "正文文字")
"""A body that is Markdown, never a list of blocks."""
INTEGER = Plain(read_integer, _INTEGER_SCHEMA, "数", quotes=Quotes.REFUSED)
DATE = Plain(read_date, _DATE_SCHEMA, "日期", quotes=Quotes.REFUSED)
URL = Plain(read_url, _URL_SCHEMA, "网址", quotes=Quotes.REFUSED)
FILE_PATH = Plain(read_path, {"type": "string", "minLength": 1}, "路径", quotes=Quotes.REFUSED)
MARK = Plain(
    read_path,
    {"type": "string", "pattern": r"^[0-9a-f]{24}\.([A-Za-z0-9_-]{2})*$"},
    "印记",
    quotes=Quotes.REFUSED,
)
"""What an approved text is known by (``approval``)."""
NAMES = Plain(read_names, one_or_list(FILLED), "列表")
PEOPLE = Plain(read_people, one_or_list(FILLED), "文字或列表")
"""Names, or a text with commas of its own."""
TEXTS = Plain(read_texts, one_or_list(FILLED), "列表")
CODES = Plain(read_codes, _CODES_SCHEMA, "列表")

_YES = dict.fromkeys(("true", "yes", "on", "是", "要"), True)
_NO = dict.fromkeys(("false", "no", "off", "否", "不要"), False)
YES_OR_NO = Choice({**_YES, **_NO}, quotes=Quotes.FREE)
CONTENTS = Choice({**_YES, **_NO, "auto": None, "自动": None})
"""True, false or, for auto, None."""
PARAGRAPHS = Choice({
    "auto": Paragraphs.AUTO, "blank": Paragraphs.BLANK, "line": Paragraphs.LINE,
    "自动": Paragraphs.AUTO, "空行": Paragraphs.BLANK, "每行": Paragraphs.LINE,
})  # fmt: skip
"""What parts paragraphs."""
STATES = Choice({
    "draft": State.DRAFT, "review": State.REVIEW, "final": State.FINAL,
    "草稿": State.DRAFT, "送审": State.REVIEW, "定稿": State.FINAL,
})  # fmt: skip
"""How far an issue is."""

ORIENTATION = Choice({
    "portrait": False, "landscape": True,
    "竖排": False, "横排": True, "纵向": False, "横向": True,
})  # fmt: skip
"""Whether something lies across its page."""

SIDE = Choice({
    "left": "left", "center": "center", "right": "right",
    "左": "left", "中": "center", "右": "right",
    "居左": "left", "居中": "center", "居右": "right",
})  # fmt: skip
"""Where lines stand."""

BREAKING = Choice(
    {
        **{way.value: way for way in LineBreaking},
        "整段": LineBreaking.TOTAL,
        "逐行": LineBreaking.FIRST,
    }
)

_TRUE_WORDS = ("on", "true", "yes", "是")
TRUE = Plain(
    read_true,
    {"enum": [True, "on", "yes", "是"]},
    "、".join(f"`{word}`" for word in _TRUE_WORDS),
    quotes=Quotes.REFUSED,
)
"""What can only be asked for."""
