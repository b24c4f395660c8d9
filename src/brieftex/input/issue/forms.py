"""What stays of the texts of the last issue in the next one: titles of sections, and the forms of
speeches, charts and tables, empty but there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from brieftex.input.issue.written_tables import written_rows
from brieftex.model.content import Body, BodyBlock, Chart, Inline, Speech, Table
from brieftex.model.issue import Issue, Item, Section

_CHARTS = {"bar": "柱形图", "hbar": "条形图", "line": "折线图", "pie": "饼图"}
_ORDINALS = "一二三四五六七八九十"

_ENGLISH = {
    "标题": "title", "条目": "items", "正文": "body", "来源": "sources", "名称": "name",
    "发言人": "speaker", "职务": "role", "文字": "text", "图表": "chart", "图题": "caption",
    "表题": "caption", "单位": "unit", "类别": "categories", "系列": "series", "数值": "values",
    "堆叠": "stacked", "供稿": "contributors",
    "表格": "table", "表头": "header", "行": "rows", "格线": "grid",
}  # fmt: skip


class Forms(Struct, frozen=True):
    """Writes the lines of placeholders, in keys of one language."""

    chinese: bool

    def key(self, name: str) -> str:
        """A key in the language of the file."""
        return name if self.chinese else _ENGLISH[name]

    def sections(self, issue: Issue) -> Iterator[str]:
        """The sections with their titles: a placeholder for the first item of each, and for every
        one with a form."""
        for section in issue.sections:
            shown = "" if section.title is None else section.title.text.replace("\n", "")
            starts = [f"{self.key('标题')}: {quoted(shown)}"] if shown else []
            if section.body is not None:
                starts.append(f"{self.key('正文')}:{self.opening(section.body)}")
            if section.items:
                starts.append(f"{self.key('条目')}:")
            for number, start in enumerate(starts):
                yield ("  - " if number == 0 else "    ") + start
                if start.startswith(f"{self.key('正文')}:"):
                    yield from self.body(section.body or Body(), 6)
            for number, item in enumerate(_kept(section)):
                named = f"（{shown}第{_ORDINALS[min(number, 9)]}条的标题）"
                yield f"      - {self.key('标题')}: {quoted(named)}"
                yield f"        {self.key('正文')}:{self.opening(item.body)}"
                yield from self.body(item.body, 10)
                if item.contributors:
                    yield f"        {self.key('供稿')}: {_listed(item.contributors)}"
                else:
                    yield f"        {self.key('来源')}:"
                    yield from self.sources(10)

    def sources(self, indent: int) -> Iterator[str]:
        """A placeholder for a source."""
        yield f"{' ' * indent}- {self.key('名称')}: （媒体或单位）"

    def tables(self, issue: Issue) -> list[str]:
        """The attachments that hold a table or a chart, which come again."""
        lines: list[str] = []
        for attachment in issue.attachments:
            if _forms(attachment.body):
                lines.append(f"  - {self.key('标题')}: {quoted(attachment.title.text)}")
                lines.append(f"    {self.key('正文')}:")
                lines += self.body(attachment.body, 6)
        return lines

    def opening(self, body: Body) -> str:
        """What stands behind the key of a body: a list follows where it has forms, else text."""
        return "" if _forms(body) else " |"

    def body(self, body: Body, indent: int) -> Iterator[str]:
        """A placeholder for the text, and the forms in it as a list of blocks."""
        space = " " * indent
        forms = _forms(body)
        yield f"{space}{'- ' if forms else ''}（正文。）"
        for block in forms:
            for number, line in enumerate(self._block(block)):
                yield f"{space}{'- ' if number == 0 else '  '}{line}"

    def _block(self, block: BodyBlock) -> Iterator[str]:
        match block:
            case Speech():
                yield f"{self.key('发言人')}: （姓名）"
                if block.role is not None:
                    yield f"{self.key('职务')}: （职务）"
                yield f"{self.key('文字')}: （发言。）"
            case Chart():
                yield from self._chart(block)
            case Table():
                yield f"{self.key('表格')}:"
                if block.caption is not None:
                    yield f"  {self.key('表题')}: （表题）"
                if block.unit is not None:
                    yield f"  {self.key('单位')}: {quoted(block.unit.text)}"
                yield from self._heads(block)
                empty = ", ".join(["''"] * len(block.align))
                yield f"  {self.key('行')}:"
                yield f"    - [{empty}]"
                if block.grid:
                    yield f"  {self.key('格线')}: {'是' if self.chinese else 'true'}"
                if block.turned:
                    yield f"  {self.key('版面方向')}: {'横排' if self.chinese else 'landscape'}"

    def _heads(self, table: Table) -> Iterator[str]:
        """The heads of a table, merged as they are."""
        columns = len(table.align)
        lists = written_rows(table.header, columns, lambda cell: _flow(cell.inline.text))
        if len(lists) == 1:
            yield f"  {self.key('表头')}: {lists[0]}"
        elif lists:
            yield f"  {self.key('表头')}:"
            yield from (f"    - {row}" for row in lists)

    def _chart(self, chart: Chart) -> Iterator[str]:
        kind = _CHARTS[chart.kind] if self.chinese else chart.kind
        yield f"{self.key('图表')}: {kind}"
        if chart.caption is not None:
            yield f"{self.key('图题')}: （图题）"
        if chart.unit is not None:
            yield f"{self.key('单位')}: {quoted(chart.unit.text)}"
        if chart.stacked:
            yield f"{self.key('堆叠')}: {'是' if self.chinese else 'true'}"
        yield f"{self.key('类别')}: {_listed(chart.categories)}"
        # No number of the last issue stays; a 0 can be set, and is easily seen.
        empty = f"[{', '.join(['0'] * len(chart.categories))}]"
        if len(chart.series) == 1 and chart.series[0].name is None:
            yield f"{self.key('数值')}: {empty}"
            return
        yield f"{self.key('系列')}:"
        for series in chart.series:
            name = "" if series.name is None else series.name.text
            yield f"  - {{{self.key('名称')}: {_flow(name)}, {self.key('数值')}: {empty}}}"


def _kept(section: Section) -> list[Item]:
    """The items of which something stays: those with a form, and one without."""
    kept = [item for item in section.items if _forms(item.body)]
    plain = [item for item in section.items if not _forms(item.body)]
    return [*kept, *(replace(item, body=Body()) for item in plain[:1])]


def _forms(body: Body) -> list[BodyBlock]:
    return [block for block in body.blocks if isinstance(block, Speech | Chart | Table)]


def quoted(text: str) -> str:
    """A text as YAML: bare where that is safe, else in single quotes."""
    bare = re.fullmatch(r"[\w（“《][^:#\n]*", text) and text == text.strip()
    return text if bare else "'" + text.replace("'", "''") + "'"


def _listed(texts: Iterable[Inline]) -> str:
    return f"[{', '.join(_flow(text.text) for text in texts)}]"


def _flow(text: str) -> str:
    """A text as an entry of a list in brackets."""
    safe = re.fullmatch(r"[\w（）％%·—]+", text)
    return text if safe else "'" + text.replace("\n", " ").replace("'", "''") + "'"
