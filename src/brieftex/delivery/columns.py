"""The rows of a list of readers that are readers, each cell by the name of its column.

Offices keep such a list as a sheet to be printed: its title above the names of the columns, a
total and notes below, columns that are nothing to us.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from brieftex.delivery.spreadsheet import SheetCell, sheet_rows
from brieftex.diagnostics import Finding, Source, Span
from brieftex.diagnostics.messages import delivery as messages
from brieftex.patterns import late

READER_COLUMNS = {
    "name": ("姓名", "收件人", "名字"),
    "office": ("单位", "部门", "单位名称", "工作单位", "处室", "科室"),
    "post": ("职务", "称呼"),
    "address": ("邮箱", "电子邮箱", "邮件地址", "邮箱地址", "电子邮件", "email", "e-mail"),
    "copies": ("份数", "数量"),
    "form": ("方式", "形式"),
    "edition": ("版本",),
    "language": ("称谓语言", "语言"),
}
"""The columns by their English names, with the Chinese ones."""

_IDLE = ("序号", "编号", "备注", "电话", "联系电话", "手机", "手机号", "手机号码", "性别")
"""Columns of lists that serve other ends, too: there is nothing to say of them."""

_IN_BRACKETS = late(r"\(.*?\)|\s")

# What a row begins with that is no reader's.
_NO_READER = late(
    r"(?:[合总小共]\s*计|总数)(?:[：:（(\d\s].*)?|[一二三四五六七八九十]{1,3}、.*|（[一二三四五六七八九十]{1,3}）.*"
    r"|(?:说明|附?注|备注|填表人?|制表人?|审核人?|填报(?:人|单位)?|日期|打印日期)\d*[：:].*"
)


def reader_column(word: str) -> str | None:
    """The column that is called so, whatever stands in brackets behind it: 份数（份）."""
    word = _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", word)).lower()
    return next((key for key, names in READER_COLUMNS.items() if word in (key, *names)), None)


def column_names() -> str:
    """The names of all columns, for messages."""
    return "、".join(names[0] for names in READER_COLUMNS.values())


def headed_rows(rows: Sequence[list[SheetCell]]) -> Sequence[list[SheetCell]]:
    """The rows from the names of the columns on: above them there may be a title, and lines of
    one or two cells."""
    for at, row in enumerate(rows):
        if any(reader_column(cell.text) == "name" for cell in row):
            return rows[at:]
        if sum(bool(cell.text) for cell in row) > 2:
            break
    return rows


def csv_rows(source: Source) -> tuple[list[tuple[Span, dict[str, SheetCell]]], list[Finding]]:
    """The readers of a sheet: the place of each row, and its cells by their columns."""
    rows, found = sheet_rows(source)
    if not rows:
        return [], found
    head, *rest = headed_rows(rows)
    columns = [reader_column(cell.text) for cell in head]
    if "name" not in columns:
        return [], [*found, messages.NO_NAME_COLUMN.at(head[0].span, columns=column_names())]
    for index, (cell, column) in enumerate(zip(head, columns, strict=True)):
        if column is None and cell.text and "".join(cell.text.split()) not in _IDLE:
            told = messages.UNKNOWN_COLUMN.at(cell.span, column=cell.text, columns=column_names())
            found.append(told)
        elif column is not None and column in columns[:index]:
            found.append(messages.REPEATED_COLUMN.at(cell.span, column=cell.text))
    made: list[tuple[Span, dict[str, SheetCell]]] = []
    for row in rest:
        first = next(cell for cell in row if cell.text)
        if _NO_READER.fullmatch(first.text):
            found.append(messages.NO_READER_ROW.at(first.span, text=first.text))
            continue
        surplus = next((cell for cell in row[len(head) :] if cell.text), None)
        if surplus is not None:
            found.append(messages.SURPLUS_CELLS.at(surplus.span, count=len(row), columns=len(head)))
        cells = {c: cell for c, cell in zip(columns, row, strict=False) if c is not None}
        made.append((row[0].span, cells))
    return made, [*found, *_offices_left_out([cells for _, cells in made])]


def _offices_left_out(rows: Sequence[dict[str, SheetCell]]) -> list[Finding]:
    """Of cells that were merged, only the first has its text in a CSV file."""
    found: list[Finding] = []
    above = ""
    for cells in rows:
        cell = cells.get("office")
        if cell is None or cell.text or not above:
            above = cell.text if cell is not None else ""
        elif (name := cells.get("name")) is not None and name.text:
            told = messages.OFFICE_LEFT_OUT.at(name.span, name=name.text, office=above)
            found.append(told)
    return found[:1]
