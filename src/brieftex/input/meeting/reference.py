"""The reference of the meeting file, as Markdown, made from the table of fields."""

from __future__ import annotations

from brieftex.input.fields import Field
from brieftex.input.fields.forms import inside
from brieftex.input.fields.reference import ABOUT_COLUMN, EXAMPLE_COLUMN, KEY, NAMES_COLUMN, table
from brieftex.input.meeting.fields import MEETING, meeting_homes

_HEAD = """\
# 会议文件

本文由 `brieftex schema --meeting --markdown` 生成，列出会议文件（YAML）的全部字段；各种内容的
写法同[简报文件](issue.md)。加粗的字段必须写；材料要写 `issue` 或 `pdf`。

"""


def meeting_markdown() -> str:
    """The document, ending in a newline."""
    holders = {id(record): field for field, record in meeting_homes()}
    parts = []
    for record in dict.fromkeys(inside(MEETING)):
        field = holders[id(record)]
        title = "最外层" if field is None else f"{record.label} `{field.key}`"
        columns = (KEY, NAMES_COLUMN, ("内容", _content), ABOUT_COLUMN, EXAMPLE_COLUMN)
        parts.append(f"## {title}\n\n{table(columns, record.fields)}")
    return _HEAD + "\n".join(parts)


def _content(field: Field) -> str:
    record = field.form.record
    return field.form.told() if record is None else f"见下：{record.label}"
