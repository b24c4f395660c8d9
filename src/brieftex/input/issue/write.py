"""An ``Issue`` as the text of a file, as an editor would write it: the inverse of reading.

Keys are Chinese, bodies are block scalars with an empty line between paragraphs. Comments stand
above the value that they are about. Pieces of it serve for items that go into another file.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from brieftex.input.fields import Record
from brieftex.input.issue.blocks import (
    CHART,
    FIGURE,
    NAME_LIST,
    PAGE_BREAK,
    PANEL,
    QUOTE,
    SPEECH,
    TABLE,
    TABLE_CONTENT,
    VERSE,
)
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
from brieftex.input.issue.written_fields import (
    amount_lines,
    attached_lines,
    beside_lines,
    key_of,
    orientation_lines,
)
from brieftex.input.issue.written_parts import LabelledNotes, markdown_parts, notes_of
from brieftex.input.issue.written_tables import ALIGN_WORDS, width_words, written_rows
from brieftex.input.markdown.write import body_markdown, inline_markdown
from brieftex.model.content import (
    Body,
    BodyBlock,
    Chart,
    Figure,
    Inline,
    NameList,
    PageBreak,
    Panel,
    Paragraphs,
    Quotation,
    Speech,
    Table,
    TableCell,
    Verse,
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
        lines = [
            f"{key_of(ISSUE, 'brieftex')}: 1",
            *self._scalar(ISSUE, "theme", issue.theme, ""),
        ]
        lines += self._approval(issue)
        lines += ["", *self._said("masthead"), f"{key_of(ISSUE, 'masthead')}:"]
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
            lines.append(f"{key_of(SECTION, 'items')}:")
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
        return [*self._said(_inner(path, key)), f"{key_of(record, key)}: {value}"]

    def _text(self, record: Record, key: str, text: Inline | None, path: str) -> list[str]:
        return [] if text is None else self._scalar(record, key, yaml_text(text.text), path)

    def _title(self, record: Record, title: Inline | None, path: str) -> list[str]:
        if title is None:
            return []
        key = key_of(record, path.rpartition(".")[2])
        written, exact = inline_markdown(title)
        if not exact or strip_number(title, record.name)[1]:
            self.inexact.append(title.text)
        lines = [line.removesuffix("\\") for line in written.split("\n")]
        if len(lines) > 1:
            return [*self._said(path), f"{key}: |", *indented(lines)]
        return [*self._said(path), f"{key}: {yaml_text(written)}"]

    def _line(self, record: Record, key: str, text: Inline | None) -> list[str]:
        """One line of Markdown."""
        return [] if text is None else [f"{key_of(record, key)}: {self._markdown(text)}"]

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
        lines = [*self._said(_inner(path, key)), f"{key_of(record, key)}: [{', '.join(shown)}]"]
        if len(lines[-1]) > 60:
            lines[-1:] = [f"{key_of(record, key)}:", *(f"  - {name}" for name in shown)]
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
        return [*self._said(key), f"{key_of(holder, key)}:", *inner] if inner else []

    def _sources(self, holder: Record, sources: Sequence[SourceNote], path: str) -> list[str]:
        if not sources:
            return []
        lines = [f"{key_of(holder, 'sources')}:"]
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
        return [*self._said("foreword"), f"{key_of(ISSUE, 'foreword')}:", *indented(lines)]

    def _sections(self, sections: Sequence[Section]) -> list[str]:
        lines = [f"{key_of(ISSUE, 'sections')}:"] if sections else []
        for i, section in enumerate(sections):
            lines += indented(self.section(section, f"sections[{i}]"))
        return lines

    def _attachments(self, attachments: Sequence[Attachment]) -> list[str]:
        lines = [f"{key_of(ISSUE, 'attachments')}:"] if attachments else []
        for i, attachment in enumerate(attachments):
            path = f"attachments[{i}]"
            named = None if attachment.called_as_file else attachment.title
            inner = self._title(ATTACHMENT, named, f"{path}.title")
            inner += self._body(ATTACHMENT, "body", attachment.body, path)
            inner += attached_lines(attachment)
            lines += indented([*self._said(path), *list_entry(inner)])
        return lines

    # -- bodies --------------------------------------------------------------------------

    def _body(self, record: Record, key: str, body: Body | None, path: str) -> list[str]:
        if body is None or not (body.blocks or body.notes):
            return []
        said, name = self._said(_inner(path, key)), key_of(record, key)
        parts = list(markdown_parts(body))
        if len(parts) == 1 and isinstance(parts[0], Body):
            body = Body(parts[0].blocks, body.notes)
            return [*said, f"{name}: |", *indented(self._prose(body))]
        return [*said, f"{name}:", *indented(self.entries(body))]

    def entries(self, body: Body) -> list[str]:
        """A body as the entries of a list: Markdown, and what needs fields of its own."""
        lines: list[str] = []
        for part in markdown_parts(body):
            notes = notes_of(part, body)
            prose = isinstance(part, Body) and ["|", *self._prose(Body(part.blocks, notes))]
            lines += list_entry(prose or self._block(part, notes))  # type: ignore[arg-type]
        return lines

    def _prose(self, body: Body) -> list[str]:
        lines, exact = body_markdown(body)
        if not exact:
            self.inexact.append(lines[0])
        return lines

    def _block(  # noqa: PLR0911  # one case for each sort of block
        self, block: BodyBlock, notes: LabelledNotes
    ) -> list[str]:
        match block:
            case Speech(speaker=speaker, role=role, blocks=blocks):
                lines = [*self._line(SPEECH, "speaker", speaker), *self._line(SPEECH, "role", role)]
                return lines + self._inner_prose(SPEECH, "text", Body(blocks, notes))
            case Quotation(blocks=blocks):
                return self._inner_prose(QUOTE, "quote", Body(blocks, notes))
            case Figure(path=path, alt=alt, caption=caption):
                return [
                    f"{key_of(FIGURE, 'figure')}: {yaml_text(path)}",
                    *self._line(FIGURE, "caption", caption),
                    f"{key_of(FIGURE, 'alt')}: {yaml_text(alt)}",
                    *beside_lines(block),
                    *orientation_lines(FIGURE, turned=block.turned),
                ]
            case Table():
                return [f"{key_of(TABLE, 'table')}:", *indented(self._table(block))]
            case Chart():
                return self._chart(block)
            case Panel(title=title, blocks=blocks):
                inner = self._inner_prose(PANEL, "box", Body(blocks, notes))
                return inner + self._line(PANEL, "title", title)
            case Verse(lines=lines, align=align):
                written = indented([self._verse(line) for line in lines])
                aligned = [f"{key_of(VERSE, 'align')}: {ALIGN_WORDS[align]}"] if align else []
                return [f"{key_of(VERSE, 'lines')}: |", *written, *aligned]
            case NameList(names=names):
                return self._names(NAME_LIST, "names", names, "")
            case PageBreak():
                return [f"{key_of(PAGE_BREAK, 'page_break')}: true"]
        raise TypeError(block)

    def _verse(self, line: Inline) -> str:
        written, exact = inline_markdown(line)
        if not exact or "\n" in written:
            self.inexact.append(line.text)
        return written

    def _inner_prose(self, record: Record, key: str, body: Body) -> list[str]:
        return [f"{key_of(record, key)}: |", *indented(self._prose(body))]

    def _table(self, table: Table) -> list[str]:
        lines = self._line(TABLE_CONTENT, "caption", table.caption)
        lines += self._text(TABLE_CONTENT, "unit", table.unit, "")
        rows = written_rows(table.lines, len(table.align), self._cell)
        heads = len(table.header)
        if heads == 1:
            lines.append(f"{key_of(TABLE_CONTENT, 'header')}: {rows[0]}")
        elif heads:
            lines.append(f"{key_of(TABLE_CONTENT, 'header')}:")
            lines += [f"  - {row}" for row in rows[:heads]]
        lines.append(f"{key_of(TABLE_CONTENT, 'rows')}:")
        lines += [f"  - {row}" for row in rows[heads:]]
        if any(table.align):
            aligns = ", ".join(ALIGN_WORDS[each] for each in table.align)
            lines.append(f"{key_of(TABLE_CONTENT, 'align')}: [{aligns}]")
        if table.widths:
            widths = ", ".join(map(width_words, table.widths))
            lines.append(f"{key_of(TABLE_CONTENT, 'widths')}: [{widths}]")
        if table.grid:
            lines.append(f"{key_of(TABLE_CONTENT, 'grid')}: true")
        lines += self._lines(TABLE_CONTENT, "notes", table.notes)
        lines += self._lines(TABLE_CONTENT, "sources", table.sources)
        lines += orientation_lines(TABLE_CONTENT, turned=table.turned)
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
        align = f"{key_of(TABLE_CELL, 'align')}: {ALIGN_WORDS[cell.align]}"
        return f"{{{key_of(TABLE_CELL, 'text')}: {text}, {align}}}"

    def _lines(self, record: Record, key: str, lines: Sequence[Inline]) -> list[str]:
        """Lines of Markdown, or one."""
        if len(lines) < 2:
            return self._line(record, key, lines[0] if lines else None)
        return [f"{key_of(record, key)}:", *(f"  - {self._markdown(line)}" for line in lines)]

    def _chart(self, chart: Chart) -> list[str]:
        lines = [f"{key_of(CHART, 'chart')}: {chart.kind}"]
        lines += self._names(CHART, "categories", chart.categories, "")
        lines += amount_lines(chart)
        lines += self._text(CHART, "unit", chart.unit, "")
        if chart.stacked:
            lines.append(f"{key_of(CHART, 'stacked')}: true")
        lines += self._line(CHART, "caption", chart.caption)
        if chart.alt is not None:
            lines.append(f"{key_of(CHART, 'alt')}: {yaml_text(chart.alt)}")
        return lines + orientation_lines(CHART, turned=chart.turned)


def _inner(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
