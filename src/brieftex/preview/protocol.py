"""What the preview says to the browser, and what it answers: JSON texts.

``pages`` comes after every attempt to set the issue, and once to each new window; only pages
and outlines that the windows have not got are in it. ``source`` answers a click on a page,
``place`` one on a finding, ``file`` a stretch of the file, at which a window may be opened.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import quote

from brieftex.diagnostics import Finding, Source, Span
from brieftex.preview.session import Outcome
from brieftex.preview.sync import SourceMark, mark_of, source_at
from brieftex.units import SP_PER_PT, Rect, to_pt

# Characters of a line that are shown around the place that is meant: a paragraph is one line.
_AROUND = 60


def pages_message(outcome: Outcome, outlines: Mapping[str, str], had: Mapping[str, str]) -> str:
    """The state of things; ``outlines`` are the new ones, ``had`` the pages already sent."""
    drawn = outcome.drawn
    fresh = [
        f'"{name}":{page}'
        for name, page in (drawn.pages.items() if drawn else ())
        if name not in had
    ]
    facts = {
        "kind": "pages",
        "number": outcome.number,
        "good": outcome.good,
        "at": int(outcome.at.timestamp() * 1000),
        "seconds": round(outcome.seconds, 3),
        "names": drawn.names if drawn else (),
        "characters": drawn.made.characters if drawn else 0,
        "title": drawn.made.document.metadata.title if drawn else "",
        "file": Path(outcome.source.name).name,
        "defect": outcome.defect,
        "findings": [_finding(d, outcome.source) for d in outcome.findings],
        "outlines": outlines,
    }
    return f'{json.dumps(facts, ensure_ascii=False)[:-1]},"fresh":{{{",".join(fresh)}}}}}'


def answer(question: object, outcome: Outcome) -> str | None:
    """The answer to what a window asked, None when there is none."""
    match question:
        case {
            "ask": "source",
            "page": int(page),
            "x": int() | float() as x,
            "y": int() | float() as y,
        } if isfinite(x) and isfinite(y):
            return _source_answer(outcome, page, x, y)
        case {"ask": "place", "number": int(number), "finding": int(finding)}:
            if number == outcome.number and 0 <= finding < len(outcome.findings):
                return _place_answer(outcome, finding)
        case {"ask": "file", "start": int(start), "end": int(end)}:
            return _file_answer(outcome, start, end)
    return None


def _file_answer(outcome: Outcome, start: int, end: int) -> str | None:
    drawn = outcome.drawn
    if drawn is None or not 0 <= start < end <= len(drawn.made.source.text):
        return None
    span = Span(start, end)
    mark = mark_of(drawn.made.pages, span)
    if mark is None:
        return None
    return _dumped({"kind": "file", **_excerpt(drawn.made.source, span), **_mark(mark)})


def _source_answer(outcome: Outcome, page: int, x: float, y: float) -> str | None:
    drawn = outcome.drawn
    if drawn is None or not 0 < page <= len(drawn.made.pages):
        return None
    found = source_at(drawn.made.pages[page - 1], int(x * SP_PER_PT), int(y * SP_PER_PT))
    if found is None:
        return None
    span, mark = found
    return _dumped({"kind": "source", **_excerpt(drawn.made.source, span), **_mark(mark)})


def _place_answer(outcome: Outcome, finding: int) -> str:
    span = outcome.findings[finding].span
    drawn, mark = outcome.drawn, None
    # A theme's lines have no place on a page.
    here = drawn is not None and drawn.made.source.name == outcome.source.name
    if span is not None and drawn is not None and here:
        mark = mark_of(drawn.made.pages, outcome.in_pages(span))
    return _dumped({"kind": "place", "finding": finding, **(_mark(mark) if mark else {})})


def _finding(d: Finding, source: Source) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "severity": d.severity.value,
        "code": d.kind.code,
        "name": d.kind.name,
        "message": d.message(naming=source.naming),
        "hints": d.hints(naming=source.naming),
        "file": Path(source.name).name,
    }
    if d.related is not None:
        there = _excerpt(d.related.source or source, d.related.span)
        facts["related"] = {**there, "message": d.second()}
    return facts if d.span is None else {**facts, **_excerpt(source, d.span)}


def _excerpt(source: Source, span: Span) -> dict[str, Any]:
    """Where a span is: file, line and column, the line around it in three parts, and where an
    editor opens it."""
    line, column = source.position(span.start)
    text = source.line(line)
    start = min(column - 1, len(text))
    end = max(min(start + span.end - span.start, len(text)), start)
    first, last = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    path = quote(Path(source.name).absolute().as_posix())
    return {
        "file": Path(source.name).name,
        "line": line,
        "column": column,
        "before": "…" * (first > 0) + text[first:start].lstrip(),
        "meant": text[start : min(end, start + 2 * _AROUND)],
        "after": text[end:last] + "…" * (last < len(text)),
        # As VS Code and its kin take it; a drive letter needs the slash before it, too.
        "editor": f"vscode://file/{path.lstrip('/')}:{line}:{column}",
    }


def _mark(mark: SourceMark) -> dict[str, Any]:
    return {"page": mark.page, "areas": [_area(area) for area in mark.areas]}


def _area(area: Rect) -> Sequence[float]:
    return [round(to_pt(n), 2) for n in (area.x, area.y, area.width, area.height)]


def _dumped(letter: Mapping[str, Any]) -> str:
    return json.dumps(letter, ensure_ascii=False)
