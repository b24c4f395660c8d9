"""YAML tree → ``Issue``, or every problem of the file at once."""

from __future__ import annotations

from pathlib import Path

from brieftex.diagnostics import Finding, InputError, Severity, Source, Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.input.issue import bodies, charts, tables, values
from brieftex.input.issue import fit as fitting
from brieftex.input.issue.context import Reader, Reading
from brieftex.input.issue.fields import ISSUE, MASTHEAD, Form
from brieftex.input.issue.records import Values, read_record
from brieftex.input.yaml import Mapping
from brieftex.model.content import Body
from brieftex.model.issue import (
    Attachment,
    Colophon,
    Foreword,
    Issue,
    Item,
    Masthead,
    Section,
    Signature,
    SourceNote,
)

_READERS: dict[Form, Reader] = {
    Form.VERSION: values.read_version,
    Form.TEXT: values.read_text,
    Form.TITLE: values.read_title,
    Form.MARKDOWN: values.read_markdown,
    Form.INTEGER: values.read_integer,
    Form.DATE: values.read_date,
    Form.URL: values.read_url,
    Form.PATH: values.read_path,
    Form.CONTENTS: values.read_contents,
    Form.BREAKING: values.read_breaking,
    Form.TRUE: values.read_true,
    Form.FIT: fitting.read_fit,
    Form.FLAG: values.read_flag,
    Form.CHART: values.read_chart_kind,
    Form.AMOUNTS: charts.read_amounts,
    Form.NAMES: values.read_names,
    Form.TEXTS: values.read_texts,
    Form.CODES: values.read_codes,
    Form.BODY: bodies.read_body,
    Form.PROSE: bodies.read_prose,
    Form.CELLS: tables.read_cells,
    Form.ROWS: tables.read_rows,
    Form.ALIGNS: tables.read_aligns,
}


def read(tree: Mapping, source: Source, folder: Path) -> tuple[Issue, list[Finding]]:
    """Read the tree of an issue file into the model.

    ``folder`` is where relative paths start; no figure may lie outside it. The diagnostics
    are warnings and notes, in file order. Raises InputError with all findings of the file
    when any of them is an error.
    """
    reading = Reading(source, folder, _READERS)
    # What the whole file lacks is shown at its first key.
    found = read_record(reading, tree, ISSUE, "")
    head = found.get("masthead", {})
    if "retention" in head and "classification" not in head:
        field = MASTHEAD.find("classification")
        assert field is not None
        reading.report(
            messages.MISSING_FIELD, head["retention"].span(), "masthead", owner=MASTHEAD.label,
            label=field.label, key=field.key, example="`classification: 机密`",
        )  # fmt: skip
    wrong = any(d.severity is Severity.ERROR for d in reading.findings)
    if not wrong and not any(key in found for key in ("foreword", "sections", "attachments")):
        reading.report(messages.NO_CONTENT, Span(tree.span.start, tree.span.start))
    findings = sorted(reading.findings, key=lambda d: d.span.start if d.span else -1)
    if wrong:
        raise InputError(source, findings)
    return _issue(found, source, folder), findings


def _issue(found: Values, source: Source, folder: Path) -> Issue:
    """The model of an issue without errors, so that every required field is there."""
    colophon = found.get("colophon")
    return Issue(
        source=source,
        folder=folder,
        masthead=Masthead(**found["masthead"]),
        theme=found.get("theme", "briefing"),
        title=found.get("title"),
        contents=found.get("contents"),
        foreword=Foreword(**found["foreword"]) if "foreword" in found else None,
        sections=tuple(_section(section) for section in found.get("sections", [])),
        signature=Signature(**found["signature"]) if "signature" in found else None,
        attachments=tuple(Attachment(**a) for a in found.get("attachments", [])),
        colophon=None if colophon is None else Colophon(**colophon),
        line_breaking=found.get("line_breaking"),
        fit=found.get("fit"),
        keep=found.get("keep", ()),
        allow=found.get("allow", frozenset()),
    )


def _section(found: Values) -> Section:
    items = tuple(_item(item) for item in found["items"])
    return Section(found["title"], items, found.get("editor_note"))


def _item(found: Values) -> Item:
    sources = tuple(SourceNote(**note) for note in found.get("sources", []))
    return Item(found["title"], found.get("body", Body()), sources, found.get("editor_note"))
