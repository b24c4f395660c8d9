"""An ``Issue`` as the text of a file, as an editor would write it: the inverse of reading.

Keys are Chinese, bodies are block scalars with an empty line between paragraphs. Comments stand
above the value that they are about. Pieces of what is here serve for items that go into a file
that there is already.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from brieftex.input.fields import Record
from brieftex.input.issue.blocks import (
    CHART,
    FIGURE,
    PAGE_BREAK,
    QUOTE,
    SPEECH,
    TABLE,
    TABLE_CONTENT,
)
from brieftex.input.issue.blocks import SERIES as SERIES_RECORD
from brieftex.input.issue.fields import (
    ATTACHMENT,
    ATTENDANCE,
    COLOPHON,
    FOREWORD,
    ISSUE,
    ITEM,
    MASTHEAD,
    SECTION,
    SIGNATURE,
    SOURCE,
)
from brieftex.input.issue.quoting import indented, list_entry, yaml_text
from brieftex.input.issue.tables import TABLE_CELL
from brieftex.input.issue.titles import strip_number
from brieftex.input.issue.written_parts import LabelledNotes, markdown_parts, notes_of
from brieftex.input.issue.written_tables import ALIGN_WORDS, width_words, written_rows
from brieftex.input.markdown.write import body_markdown, inline_markdown
from brieftex.model.content import (
    Body,
    BodyBlock,
    Chart,
    Figure,
    Inline,
    PageBreak,
    Paragraphs,
    Quotation,
    Speech,
    Table,
    TableCell,
)
from brieftex.model.issue import Attachment, Foreword, Issue, Item, Section, SourceNote
from brieftex.model.merging import Merge


class YamlWriter(Struct):
    """Lines of a file so far, and what could not be written so that it comes back.

    ``comments`` gives the lines of the comment above a value, by its path."""

    comments: Mapping[str, Sequence[str]] = field(default_factory=dict)
    inexact: list[str] = field(default_factory=list)

    def issue(self, issue: Issue) -> str:
        """The text of a whole file."""
        lines = [f"{_key(ISSUE, 'brieftex')}: 1", *self._scalar(ISSUE, "theme", issue.theme, "")]
        lines += self._approval(issue)
        lines += ["", *self._said("masthead"), f"{_key(ISSUE, 'masthead')}:"]
        lines += indented(self._fields(MASTHEAD, issue.masthead, "masthead"))
        for part in (
            self._title(ISSUE, issue.title, "title"),
            self._text(ISSUE, "summary", issue.summary, ""),
            self._contents(issue),
            self._foreword(issue.foreword),
            self._text(ISSUE, "salutation", issue.salutation, ""),
            self._body(ISSUE, "body", issue.body, ""),
            self._names(ISSUE, "contributors", issue.contributors, ""),
            self._sources(ISSUE, issue.sources, "sources"),
            self._sections(issue.sections),
            self._record(ISSUE, "attendance", ATTENDANCE, issue.attendance),
            self._record(ISSUE, "signature", SIGNATURE, issue.signature),
            self._attachments(issue.attachments),
            self._record(ISSUE, "colophon", COLOPHON, issue.colophon),
            self._wishes(issue),
        ):
            if part:
                lines += ["", *part]
        return "\n".join(lines) + "\n"

    def section(self, section: Section, path: str) -> list[str]:
        """A section as an entry of a list."""
        lines = self._title(SECTION, section.title, f"{path}.title")
        lines += self._body(SECTION, "editor_note", section.editor_note, path)
        lines += self._body(SECTION, "body", section.body, path)
        if section.items:
            lines.append(f"{_key(SECTION, 'items')}:")
            for i, item in enumerate(section.items):
                lines += indented(self.item(item, f"{path}.items[{i}]"))
        return [*self._said(path), *list_entry(lines)]

    def item(self, item: Item, path: str) -> list[str]:
        """An item as an entry of a list."""
        lines = self._title(ITEM, item.title, f"{path}.title")
        lines += self._body(ITEM, "editor_note", item.editor_note, path)
        lines += self._text(ITEM, "summary", item.summary, path)
        lines += self._body(ITEM, "body", item.body, path)
        lines += self._names(ITEM, "contributors", item.contributors, path)
        lines += self._sources(ITEM, item.sources, f"{path}.sources")
        return [*self._said(path), *list_entry(lines)]

    def _approval(self, issue: Issue) -> list[str]:
        """How far the issue is, and who approved it."""
        lines = []
        if issue.state is not None:
            lines += self._scalar(ISSUE, "state", issue.state.value, "")
        for key, held in (
            ("approved_by", issue.approval.by),
            ("approved_on", issue.approval.day),
            ("approved_text", issue.approval.mark),
        ):
            if held is not None:
                shown = yaml_text(held) if isinstance(held, str) else held.isoformat()
                lines += self._scalar(ISSUE, key, shown, "")
        return lines

    def _contents(self, issue: Issue) -> list[str]:
        if issue.contents is None:
            return []
        return self._scalar(ISSUE, "contents", "true" if issue.contents else "false", "")

    def _wishes(self, issue: Issue) -> list[str]:
        """What is asked of the setting."""
        lines = []
        if issue.line_breaking is not None:
            lines += self._scalar(ISSUE, "line_breaking", issue.line_breaking.value, "")
        if issue.paragraphs is not Paragraphs.AUTO:
            lines += self._scalar(ISSUE, "paragraphs", issue.paragraphs.value, "")
        if issue.fit is not None:
            wish = f"{{{issue.fit.kind.value}: {issue.fit.number}}}"
            lines += self._scalar(ISSUE, "fit", wish, "")
        for key, words in (("keep", issue.keep), ("allow", sorted(issue.allow))):
            lines += self._names(ISSUE, key, tuple(words), "")
        return lines

    # -- fields --------------------------------------------------------------------------

    def _said(self, path: str) -> list[str]:
        return [f"# {line}" for line in self.comments.get(path, ())]

    def _scalar(self, record: Record, key: str, value: object, path: str) -> list[str]:
        return [*self._said(_inner(path, key)), f"{_key(record, key)}: {value}"]

    def _text(self, record: Record, key: str, text: Inline | None, path: str) -> list[str]:
        return [] if text is None else self._scalar(record, key, yaml_text(text.text), path)

    def _title(self, record: Record, title: Inline | None, path: str) -> list[str]:
        if title is None:
            return []
        key = _key(record, path.rpartition(".")[2])
        written, exact = inline_markdown(title)
        if not exact or strip_number(title, record.name)[1]:
            self.inexact.append(title.text)
        lines = [line.removesuffix("\\") for line in written.split("\n")]
        if len(lines) > 1:
            return [*self._said(path), f"{key}: |", *indented(lines)]
        return [*self._said(path), f"{key}: {yaml_text(written)}"]

    def _line(self, record: Record, key: str, text: Inline | None) -> list[str]:
        """One line of Markdown."""
        return [] if text is None else [f"{_key(record, key)}: {self._markdown(text)}"]

    def _markdown(self, text: Inline) -> str:
        written, exact = inline_markdown(text)
        if not exact:
            self.inexact.append(text.text)
        return yaml_text(written)

    def _names(
        self, record: Record, key: str, names: Sequence[Inline | str], path: str
    ) -> list[str]:
        if not names:
            return []
        texts = [name if isinstance(name, str) else name.text for name in names]
        shown = [yaml_text(text, listed=True) for text in texts]
        lines = [*self._said(_inner(path, key)), f"{_key(record, key)}: [{', '.join(shown)}]"]
        if len(lines[-1]) > 60:
            lines[-1:] = [f"{_key(record, key)}:", *(f"  - {name}" for name in shown)]
        return lines

    def _fields(self, record: Record, value: Struct, path: str) -> list[str]:
        """The fields of a record whose values are texts, numbers, dates and lists of names."""
        lines: list[str] = []
        for each in record.fields:
            held = getattr(value, each.key, None)
            if held is None or held == () or held is False:
                continue
            if each.key == "name" and record is MASTHEAD:
                lines += self._title(record, held, _inner(path, each.key))
            elif isinstance(held, tuple):
                lines += self._names(record, each.key, held, path)
            elif isinstance(held, Inline):
                lines += self._text(record, each.key, held, path)
            elif isinstance(held, str):
                lines += self._scalar(record, each.key, yaml_text(held), path)
            elif isinstance(held, datetime.date):
                lines += self._scalar(record, each.key, held.isoformat(), path)
            elif held is True:
                lines += self._scalar(record, each.key, "true", path)
            else:
                lines += self._scalar(record, each.key, held, path)
        return lines

    def _record(self, holder: Record, key: str, record: Record, value: Struct | None) -> list[str]:
        if value is None:
            return []
        inner = indented(self._fields(record, value, key))
        return [*self._said(key), f"{_key(holder, key)}:", *inner] if inner else []

    def _sources(self, holder: Record, sources: Sequence[SourceNote], path: str) -> list[str]:
        if not sources:
            return []
        lines = [f"{_key(holder, 'sources')}:"]
        for i, source in enumerate(sources):
            here = f"{path}[{i}]"
            lines += indented([*self._said(here), *list_entry(self._fields(SOURCE, source, here))])
        return lines

    def _foreword(self, foreword: Foreword | None) -> list[str]:
        if foreword is None:
            return []
        lines = self._title(FOREWORD, foreword.title, "foreword.title")
        lines += self._text(FOREWORD, "salutation", foreword.salutation, "foreword")
        lines += self._body(FOREWORD, "body", foreword.body, "foreword")
        return [*self._said("foreword"), f"{_key(ISSUE, 'foreword')}:", *indented(lines)]

    def _sections(self, sections: Sequence[Section]) -> list[str]:
        if not sections:
            return []
        lines = [f"{_key(ISSUE, 'sections')}:"]
        for i, section in enumerate(sections):
            lines += indented(self.section(section, f"sections[{i}]"))
        return lines

    def _attachments(self, attachments: Sequence[Attachment]) -> list[str]:
        if not attachments:
            return []
        lines = [f"{_key(ISSUE, 'attachments')}:"]
        for i, attachment in enumerate(attachments):
            path = f"attachments[{i}]"
            inner = self._title(ATTACHMENT, attachment.title, f"{path}.title")
            inner += self._body(ATTACHMENT, "body", attachment.body, path)
            lines += indented([*self._said(path), *list_entry(inner)])
        return lines

    # -- bodies --------------------------------------------------------------------------

    def _body(self, record: Record, key: str, body: Body | None, path: str) -> list[str]:
        if body is None or not (body.blocks or body.notes):
            return []
        said, name = self._said(_inner(path, key)), _key(record, key)
        parts = [(part, notes_of(part, body)) for part in markdown_parts(body)]
        if len(parts) == 1 and isinstance(parts[0][0], Body):
            return [
                *said,
                f"{name}: |",
                *indented(self._prose(Body(parts[0][0].blocks, body.notes))),
            ]
        lines = [*said, f"{name}:"]
        for part, notes in parts:
            if isinstance(part, Body):
                lines += ["  - |", *indented(self._prose(Body(part.blocks, notes)), 4)]
            else:
                lines += indented(list_entry(self._block(part, notes)))
        return lines

    def _prose(self, body: Body) -> list[str]:
        lines, exact = body_markdown(body)
        if not exact:
            self.inexact.append(lines[0])
        return lines

    def _block(self, block: BodyBlock, notes: LabelledNotes) -> list[str]:
        match block:
            case Speech(speaker=speaker, role=role, blocks=blocks):
                lines = [*self._line(SPEECH, "speaker", speaker), *self._line(SPEECH, "role", role)]
                return lines + self._inner_prose(SPEECH, "text", Body(blocks, notes))
            case Quotation(blocks=blocks):
                return self._inner_prose(QUOTE, "quote", Body(blocks, notes))
            case Figure(path=path, alt=alt, caption=caption):
                return [
                    f"{_key(FIGURE, 'figure')}: {yaml_text(path)}",
                    *self._line(FIGURE, "caption", caption),
                    f"{_key(FIGURE, 'alt')}: {yaml_text(alt)}",
                    *_orientation(FIGURE, turned=block.turned),
                ]
            case Table():
                return [f"{_key(TABLE, 'table')}:", *indented(self._table(block))]
            case Chart():
                return self._chart(block)
            case PageBreak():
                return [f"{_key(PAGE_BREAK, 'page_break')}: true"]
        raise TypeError(block)

    def _inner_prose(self, record: Record, key: str, body: Body) -> list[str]:
        return [f"{_key(record, key)}: |", *indented(self._prose(body))]

    def _table(self, table: Table) -> list[str]:
        lines = self._line(TABLE_CONTENT, "caption", table.caption)
        lines += self._text(TABLE_CONTENT, "unit", table.unit, "")
        rows = written_rows(table.lines, len(table.align), self._cell)
        heads = len(table.header)
        if heads == 1:
            lines.append(f"{_key(TABLE_CONTENT, 'header')}: {rows[0]}")
        elif heads:
            lines.append(f"{_key(TABLE_CONTENT, 'header')}:")
            lines += [f"  - {row}" for row in rows[:heads]]
        lines.append(f"{_key(TABLE_CONTENT, 'rows')}:")
        lines += [f"  - {row}" for row in rows[heads:]]
        if any(table.align):
            aligns = ", ".join(ALIGN_WORDS[each] for each in table.align)
            lines.append(f"{_key(TABLE_CONTENT, 'align')}: [{aligns}]")
        if table.widths:
            widths = ", ".join(map(width_words, table.widths))
            lines.append(f"{_key(TABLE_CONTENT, 'widths')}: [{widths}]")
        if table.grid:
            lines.append(f"{_key(TABLE_CONTENT, 'grid')}: true")
        lines += self._lines(TABLE_CONTENT, "notes", table.notes)
        lines += self._lines(TABLE_CONTENT, "sources", table.sources)
        lines += _orientation(TABLE_CONTENT, turned=table.turned)
        return lines

    def _cell(self, cell: TableCell) -> str:
        written, exact = inline_markdown(cell.inline)
        if not exact:
            self.inexact.append(cell.inline.text)
        if written in (Merge.LEFT.value, Merge.ABOVE.value):
            written = f"\\{written}"
        text = yaml_text(written, listed=True)
        if cell.align is None:
            return text
        align = f"{_key(TABLE_CELL, 'align')}: {ALIGN_WORDS[cell.align]}"
        return f"{{{_key(TABLE_CELL, 'text')}: {text}, {align}}}"

    def _lines(self, record: Record, key: str, lines: Sequence[Inline]) -> list[str]:
        """Lines of Markdown, or one."""
        if len(lines) < 2:
            return self._line(record, key, lines[0] if lines else None)
        return [f"{_key(record, key)}:", *(f"  - {self._markdown(line)}" for line in lines)]

    def _chart(self, chart: Chart) -> list[str]:
        lines = [f"{_key(CHART, 'chart')}: {chart.kind}"]
        lines += self._names(CHART, "categories", chart.categories, "")
        amounts = [
            "["
            + ", ".join(
                "''" if a is None else yaml_text(a.typed.text, listed=True) for a in one.values
            )
            + "]"
            for one in chart.series
        ]
        if len(amounts) == 1 and chart.series[0].name is None:
            lines.append(f"{_key(CHART, 'values')}: {amounts[0]}")
        else:
            lines.append(f"{_key(CHART, 'series')}:")
            for one, values in zip(chart.series, amounts, strict=True):
                name = yaml_text(one.name.text if one.name else "")
                entry = [
                    f"{_key(SERIES_RECORD, 'name')}: {name}",
                    f"{_key(SERIES_RECORD, 'values')}: {values}",
                ]
                lines += indented(list_entry(entry))
        lines += self._text(CHART, "unit", chart.unit, "")
        if chart.stacked:
            lines.append(f"{_key(CHART, 'stacked')}: true")
        lines += self._line(CHART, "caption", chart.caption)
        if chart.alt is not None:
            lines.append(f"{_key(CHART, 'alt')}: {yaml_text(chart.alt)}")
        return lines + _orientation(CHART, turned=chart.turned)


def _key(record: Record, key: str) -> str:
    """The Chinese name of a field."""
    return record[key].names[0]


def _orientation(record: Record, *, turned: bool) -> list[str]:
    return [f"{_key(record, 'orientation')}: 横排"] if turned else []


def _inner(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
