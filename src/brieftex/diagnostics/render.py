"""Findings as text: for people (full, concise), for programs (json) and for GitHub.

Columns are those of a terminal: wide and full-width characters (UAX #11 W and F) take two,
combining and invisible ones none, so that the carets stand under what they mean.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence

from brieftex.diagnostics.core import Finding, Severity, Source
from brieftex.diagnostics.offsets import Span
from brieftex.names import shown_name

FORMATS = ("full", "concise", "json", "github")

_WORDS_ZH = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_ANSI = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;36m"}
_BLUE, _BOLD, _RESET = "\x1b[1;34m", "\x1b[1m", "\x1b[0m"
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

_EXCERPT = 88
"""Widest excerpt of a line, columns: a whole paragraph is one line of YAML."""


def render_findings(
    findings: Iterable[Finding],
    source: Source,
    style: str = "full",
    language: str = "zh",
    color: bool = False,
) -> str:
    """The findings of one source as text in order of place; none give "", or [] in json.

    ``style`` is one of ``FORMATS``, ``language`` ``zh`` or ``en``. ``color`` adds ANSI
    colours to ``full`` and ``concise``. Ends with a newline. Raises ValueError.
    """
    found = in_order(findings)
    if style == "json":
        return json.dumps(records(found, source, language), ensure_ascii=False, indent=2) + "\n"
    if style == "full":
        return "".join(_full(d, source, language, color) for d in found)
    if style == "concise":
        return "".join(_concise(d, source, language, color) for d in found)
    if style == "github":
        return "".join(_github(d, source, language) for d in found)
    raise ValueError(style)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sorted by place, those without one first, then by code; repetitions dropped."""
    unique = dict.fromkeys(findings)
    return sorted(unique, key=lambda d: (d.span.start if d.span else -1, d.kind.code))


def records(
    findings: Sequence[Finding], source: Source, language: str = "zh"
) -> list[dict[str, object]]:
    """The findings as JSON values; lines and columns from 1, the end column exclusive."""
    rows: list[dict[str, object]] = []
    for d in findings:
        row: dict[str, object] = {
            "file": source.name,
            "code": d.kind.code,
            "name": d.kind.name,
            "severity": d.severity.value,
            "message": d.message(language, source.naming),
            "hints": list(d.hints(language, source.naming)),
            "path": _path(d, source),
        }
        if d.span is not None:
            row |= _range(d.span, source)
        if d.related is not None:
            there = d.related.source or source
            row["related"] = {
                "file": there.name,
                **_range(d.related.span, there),
                "message": d.second(language),
            }
        if d.fix is not None:
            row["fix"] = [_edit(span, text, source) for span, text in d.fix.edits]
        rows.append(row)
    return rows


def _range(span: Span, source: Source) -> dict[str, object]:
    (line, column), (end_line, end_column) = source.position(span.start), source.position(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _edit(span: Span, text: str, source: Source) -> dict[str, object]:
    return {**_range(span, source), "text": text}


def width(text: str) -> int:
    """The columns that a terminal gives a text without control characters."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _shown(text: str) -> str:
    """The text with what would move a terminal's cursor made visible, length kept."""
    return "".join(
        " " if c == "\t" else "\ufffd" if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c
        for c in text
    )


def _path(d: Finding, source: Source) -> str:
    """The path in the keys of the file, which it can be looked up by."""
    return source.naming.path(d.path) if source.naming else d.path


def _place(span: Span | None, source: Source) -> str:
    if span is None:
        return shown_name(source.name)
    line, column = source.position(span.start)
    return f"{shown_name(source.name)}:{line}:{column}"


def _full(d: Finding, source: Source, language: str, color: bool) -> str:
    tint, blue, bold, reset = (
        (_ANSI[d.severity], _BLUE, _BOLD, _RESET) if color else ("", "", "", "")
    )
    zh = language != "en"
    word = _WORDS_ZH[d.severity] if zh else d.severity.value
    colon, hint = ("：", "建议：") if zh else (": ", "hint: ")
    message = shown_name(d.message(language, source.naming))
    lines = [f"{tint}{word}[{d.kind.code}]{reset} {bold}{d.kind.name}{colon}{message}{reset}"]
    path = _path(d, source)
    path = f"   {path}" if path else ""
    lines.append(f"  {blue}-->{reset} {_place(d.span, source)}{path}")
    if d.span is not None:
        lines += _quoted(source, d.span, "^", tint, color)
    if d.related is not None:
        there = d.related.source or source
        lines.append(f"  {blue}:::{reset} {_place(d.related.span, there)}   {d.second(language)}")
        lines += _quoted(there, d.related.span, "-", blue, color)
    lines += [f"{hint}{shown_name(h)}" for h in d.hints(language, source.naming)]
    return "\n".join(lines) + "\n\n"


def _quoted(source: Source, span: Span, mark: str, tint: str, color: bool) -> list[str]:
    """The line of a place with its number, and marks below the place."""
    blue, reset = (_BLUE, _RESET) if color else ("", "")
    number = source.position(span.start)[0]
    text, marks = _excerpt(source, span)
    gutter = " " * len(str(number))
    return [
        f" {blue}{gutter} |{reset}",
        f" {blue}{number} |{reset} {text}".rstrip(),
        f" {blue}{gutter} |{reset} {tint}{marks.replace('^', mark)}{reset}",
    ]


def _excerpt(source: Source, span: Span) -> tuple[str, str]:
    """The line of the span's start, cut around it when long, and the carets below it."""
    number, column = source.position(span.start)
    # A line may be a book long and hold thousands of findings: no more of it is looked at than
    # is shown. Characters of no width take room in it as well.
    bounds = source.line_bounds(number)
    behind = max(column - 1 - _EXCERPT, 0)
    shown = slice(bounds.start + behind, min(bounds.start + column - 1 + 2 * _EXCERPT, bounds.end))
    line = _shown(source.text[shown])
    start = min(column - 1 - behind, len(line))
    end = max(min(start + span.end - span.start, len(line)), start)
    # Show some text before the caret, then as much as fits.
    first, room = start, _EXCERPT // 2
    while first > 0 and room > 0:
        first -= 1
        room -= _columns(line[first])
    last, room = first, _EXCERPT
    while last < len(line) and room > 0:
        room -= _columns(line[last])
        last += 1
    end = min(end, last)
    prefix = "…" if behind + first else ""
    suffix = "…" if bounds.start + behind + last < bounds.end else ""
    indent = width(prefix + line[first:start])
    carets = "^" * max(width(line[start:end]), 1)
    return prefix + line[first:last] + suffix, " " * indent + carets


def _concise(d: Finding, source: Source, language: str, color: bool) -> str:
    tint, reset = (_ANSI[d.severity], _RESET) if color else ("", "")
    message = shown_name(d.message(language, source.naming))
    text = f"{_place(d.span, source)}: {tint}{d.kind.code}{reset} {message}\n"
    if d.related is not None:
        place = _place(d.related.span, d.related.source or source)
        text += f"{place}: {_BLUE if color else ''}{d.kind.code}{reset} {d.second(language)}\n"
    return text


def _github(d: Finding, source: Source, language: str) -> str:
    text = _annotation(_GITHUB[d.severity], d, d.span, source, d.message(language, source.naming))
    if d.related is not None:
        there = d.related.source or source
        text += _annotation("notice", d, d.related.span, there, d.second(language))
    return text


def _annotation(level: str, d: Finding, span: Span | None, source: Source, message: str) -> str:
    fields = [f"file={_escaped(source.name, in_field=True)}"]
    if span is not None:
        place = _range(span, source)
        fields += [f"line={place['line']}", f"col={place['column']}"]
        # GitHub refuses columns of an annotation that spans lines.
        fields += [f"endLine={place['end_line']}"]
        if place["end_line"] == place["line"]:
            fields += [f"endColumn={place['end_column']}"]
    fields.append(f"title={d.kind.code} {d.kind.name}")
    return f"::{level} {','.join(fields)}::{_escaped(message)}\n"


def _escaped(text: str, in_field: bool = False) -> str:
    """Escaped for a workflow command, as GitHub's toolkit does."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_field else text
