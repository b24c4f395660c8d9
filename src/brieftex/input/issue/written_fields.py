"""Single fields of blocks as lines of an issue file."""

from __future__ import annotations

from brieftex.input.fields import Record
from brieftex.input.issue.blocks import BESIDE, CHART, FIGURE
from brieftex.input.issue.blocks import SERIES as SERIES_RECORD
from brieftex.input.issue.fields import ATTACHMENT
from brieftex.input.issue.quoting import indented, list_entry, yaml_text
from brieftex.model.content import Chart, Figure, PageFit
from brieftex.model.issue import Attachment


def key_of(record: Record, key: str) -> str:
    """The Chinese name of a field."""
    return record[key].names[0]


def amount_lines(chart: Chart) -> list[str]:
    """The numbers of a chart."""
    lines: list[str] = []
    amounts = [
        "["
        + ", ".join("''" if a is None else yaml_text(a.typed.text, listed=True) for a in one.values)
        + "]"
        for one in chart.series
    ]
    if len(amounts) == 1 and chart.series[0].name is None:
        lines.append(f"{key_of(CHART, 'values')}: {amounts[0]}")
    else:
        lines.append(f"{key_of(CHART, 'series')}:")
        for one, values in zip(chart.series, amounts, strict=True):
            name = yaml_text(one.name.text if one.name else "")
            entry = [
                f"{key_of(SERIES_RECORD, 'name')}: {name}",
                f"{key_of(SERIES_RECORD, 'values')}: {values}",
            ]
            lines += indented(list_entry(entry))
    return lines


def beside_lines(figure: Figure) -> list[str]:
    """The figures beside another one."""
    if not figure.beside:
        return []
    lines = [f"{key_of(FIGURE, 'beside')}:"]
    for one in figure.beside:
        path, alt = yaml_text(one.path), yaml_text(one.alt)
        lines += [
            f"  - {key_of(BESIDE, 'figure')}: {path}",
            f"    {key_of(BESIDE, 'alt')}: {alt}",
        ]
    return lines


def orientation_lines(record: Record, *, turned: bool) -> list[str]:
    """Whether something lies across its page."""
    return [f"{key_of(record, 'orientation')}: 横排"] if turned else []


def attached_lines(attachment: Attachment) -> list[str]:
    """The pages of a PDF file, and where an attachment begins."""
    lines: list[str] = []
    if (pdf := attachment.pdf) is not None:
        lines.append(f"{key_of(ATTACHMENT, 'pdf')}: {yaml_text(pdf.path)}")
        if pdf.ranges:
            lines.append(f"{key_of(ATTACHMENT, 'pages')}: {yaml_text(pdf.numbers)}")
        if pdf.fit is PageFit.WHOLE:
            lines.append(f"{key_of(ATTACHMENT, 'fit')}: 整页")
    return [*lines, f"{key_of(ATTACHMENT, 'odd_page')}: 是"] if attachment.odd_page else lines
