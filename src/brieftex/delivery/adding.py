"""A reader is added to a list: the bytes of the new file, the old ones at their beginning."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

from brieftex.delivery.columns import READER_COLUMNS, headed_rows, reader_column
from brieftex.delivery.readers import check_readers
from brieftex.delivery.spreadsheet import delimiter_of, sheet_line, sheet_rows
from brieftex.diagnostics import Finding, InputError, Source, Span
from brieftex.diagnostics.messages.delivery import LIST_UNENCODABLE, NO_COLUMN_FOR
from brieftex.source import decode_source, encode_like


def with_reader(path: Path, before: bytes | None, fields: dict[str, str]) -> bytes:
    """The file ``path`` with one more reader; ``before`` None: there was none, and Excel will open
    the new one by its byte order mark. Raises InputError with what is wrong with either."""
    yaml = path.suffix.lower() in (".yaml", ".yml")
    if before is None:
        head = (
            "readers:\n" if yaml else sheet_line([n[0] for n in READER_COLUMNS.values()]) + "\r\n"
        )
        before = (b"" if yaml else codecs.BOM_UTF8) + head.encode("utf-8")
    source, _ = decode_source(str(path), before)
    text = source.text
    newline = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith(("\n", "\r")):
        text += newline
    text += (_record(fields) if yaml else _row(source, fields)) + newline
    added = Source(source.name, text)
    check_readers(added, yaml=yaml)
    after = encode_like(before, source.text, text)
    if after is None:
        raise _refused(added, LIST_UNENCODABLE.at(Span(len(source.text), len(text))))
    return after


def _row(source: Source, fields: dict[str, str]) -> str:
    rows, _ = sheet_rows(source)
    columns = [reader_column(cell.text) for cell in headed_rows(rows)[0]] if rows else []
    for key in fields:
        if key not in columns:
            name = READER_COLUMNS[key][0]
            raise _refused(source, NO_COLUMN_FOR.at(Span(0, 0), column=name))
    cells = ["" if column is None else fields.get(column, "") for column in columns]
    return sheet_line(cells, delimiter_of(source.text))


def _record(fields: dict[str, str]) -> str:
    values = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items())
    return "  - {" + ", ".join(values) + "}"


def _refused(source: Source, finding: Finding) -> InputError:
    return InputError(source, [finding])
