"""Scalars of an issue file become values: text, numbers, dates, addresses, lists of names.

A reader returns None when there is nothing usable, and has then said why.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Container

from brieftex.diagnostics.messages import schema as messages
from brieftex.input.issue.context import Reading, is_empty, trimmed
from brieftex.input.issue.fields import (
    BREAKING_WORDS,
    CHART_WORDS,
    CONTENTS_WORDS,
    FLAG_WORDS,
    NUMBER_LIMIT,
    TRUE_WORDS,
    Field,
    Form,
)
from brieftex.input.issue.suggest import (
    clean,
    date_advice,
    guessed_number,
    listed,
    outer_brackets,
)
from brieftex.input.issue.titles import broken, strip_number
from brieftex.input.markdown import parse_inline
from brieftex.input.yaml import Node, Scalar, Sequence
from brieftex.model.content import Inline

_DATE = re.compile(
    r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]",
    re.ASCII,
)
_URL = re.compile(r"https?://[^\s/?#]\S*|mailto:[^\s@]+@[^\s@]+", re.IGNORECASE)
_CODE = re.compile(r"BT\d{3}", re.ASCII)
_CHOICES = {
    Form.CONTENTS: "true（是）、false（否）、auto（自动）",
    Form.BREAKING: "total（整段）、first（逐行）、word",
    Form.FLAG: "true（是）、false（否）",
    Form.CHART: "bar（柱形图）、hbar（条形图）、line（折线图）、pie（饼图）",
}


def read_text(reading: Reading, node: Node, field: Field, path: str) -> Inline | None:
    """Read plain text."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    return trimmed(node)


def read_title(reading: Reading, node: Node, field: Field, path: str) -> Inline | None:
    """Read plain text, broken where the editor broke it, without a number typed before it."""
    inline = read_text(reading, node, field, path)
    if inline is None:
        return None
    if field.titled:
        title, number = strip_number(inline, field.titled)
        if number:
            span = inline.span(0, len(number))
            reading.report(messages.TYPED_NUMBER, span, path, number=number.strip())
        inline = title
    return broken(inline, reading.source.text)


def read_markdown(reading: Reading, node: Node, field: Field, path: str) -> Inline | None:
    """Read one line of Markdown."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    inline, findings = parse_inline(node.text, node.origin)
    reading.add(findings, path)
    return inline


def read_integer(reading: Reading, node: Node, field: Field, path: str) -> int | None:
    """Read a number from 1 to ``NUMBER_LIMIT``."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    text = clean(node.text)
    if not re.fullmatch(r"[+-]?\d+", text, re.ASCII):
        guess = guessed_number(text)
        suggestion = field.example if guess is None else guess
        reading.report(
            messages.NOT_AN_INTEGER, reading.first_line(node), path,
            label=field.label, key=field.key, text=_short(text), suggestion=suggestion,
        )  # fmt: skip
        return None
    # The length first: Python refuses to convert thousands of digits.
    if len(text) > 9 or not 1 <= int(text) <= NUMBER_LIMIT:
        reading.report(
            messages.NUMBER_OUT_OF_RANGE, reading.first_line(node), path,
            label=field.label, key=field.key, text=_short(text), limit=NUMBER_LIMIT,
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
    reading.report(messages.UNSUPPORTED_VERSION, reading.first_line(node), path, text=_short(text))
    return None


def read_date(reading: Reading, node: Node, field: Field, path: str) -> datetime.date | None:
    """Read a day: 2024-03-20, 2024/3/20, 2024.3.20 or 2024年3月20日."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    text = clean(node.text)
    match = _DATE.fullmatch(text)
    if match is None:
        zh, en = date_advice(text, field.key)
        reading.report(
            messages.NOT_A_DATE, reading.first_line(node), path,
            label=field.label, key=field.key, text=_short(text), advice=zh, advice_en=en,
        )  # fmt: skip
        return None
    parts = (match[1], match[3], match[4]) if match[1] else (match[5], match[6], match[7])
    try:
        return datetime.date(*map(int, parts))
    except ValueError:
        reading.report(messages.NO_SUCH_DAY, reading.first_line(node), path, text=text)
        return None


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
    return url


def read_contents(reading: Reading, node: Node, field: Field, path: str) -> bool | None:
    """Read true, false or auto; auto is None."""
    return CONTENTS_WORDS.get(_chosen(reading, node, field, path, CONTENTS_WORDS))


def read_breaking(reading: Reading, node: Node, field: Field, path: str) -> str | None:
    """Read how lines break: total, first or word."""
    return BREAKING_WORDS.get(_chosen(reading, node, field, path, BREAKING_WORDS))


def read_flag(reading: Reading, node: Node, field: Field, path: str) -> bool | None:
    """Read true or false."""
    return FLAG_WORDS.get(_chosen(reading, node, field, path, FLAG_WORDS))


def read_chart_kind(reading: Reading, node: Node, field: Field, path: str) -> str | None:
    """Read the kind of a chart."""
    return CHART_WORDS.get(_chosen(reading, node, field, path, CHART_WORDS))


def _chosen(reading: Reading, node: Node, field: Field, path: str, words: Container[str]) -> str:
    """The word that is written, reported unless it is one of ``words``."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return ""
    word = node.text.strip().lower()
    if word not in words:
        reading.report(
            messages.NOT_A_CHOICE, reading.first_line(node), path, label=field.label,
            key=field.key, text=_short(node.text), choices=_CHOICES[field.form],
        )  # fmt: skip
    return word


def read_true(reading: Reading, node: Node, field: Field, path: str) -> bool | None:
    """Read the word true."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    if node.text.strip().lower() in TRUE_WORDS:
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
        return (trimmed(node),)
    if not isinstance(node, Sequence):
        reading.wrong_type(node, field, path)
        return ()
    names: list[Inline] = []
    for i, item in enumerate(node.items):
        if not isinstance(item, Scalar):
            reading.wrong_type(item, field, f"{path}[{i}]")
        elif is_empty(item):
            reading.report(
                messages.EMPTY_VALUE, item.span, f"{path}[{i}]",
                label=f"{field.label}的第 {i + 1} 项", key=field.key,
                example=f"`{field.key}: {field.example}`",
            )  # fmt: skip
        else:
            _check_commas(reading, item, path)
            names.append(trimmed(item))
    return tuple(names)


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
            text=_short(text), inner=listed(text),
        )  # fmt: skip


def read_texts(reading: Reading, node: Node, field: Field, path: str) -> tuple[str, ...]:
    """Read a list of words."""
    return tuple(name.text for name in read_names(reading, node, field, path))


def read_codes(reading: Reading, node: Node, field: Field, path: str) -> frozenset[str]:
    """Read a list of codes such as BT412."""
    names = read_names(reading, node, field, path)
    for name in names:
        if not _CODE.fullmatch(name.text):
            reading.report(messages.BAD_CODE, name.span(), path, text=_short(name.text))
    return frozenset(name.text for name in names)


def _short(text: str) -> str:
    """A text for a message: its first line, not more than a dozen or so characters."""
    line = text.strip().split("\n")[0]
    return line if len(line) <= 20 else line[:20] + "…"
