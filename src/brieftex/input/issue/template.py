"""The text of a new issue: an empty form with comments, or the frame of the one before.

From the last issue come the masthead, the colophon and everything else that stays from issue
to issue, as it was typed; the texts of the last issue give way to placeholders. Number, total
and every date move on.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from importlib.resources import files

from msgspec import Struct

from brieftex.diagnostics import Source, Span
from brieftex.input.fields import Field
from brieftex.input.issue.bodies import BODY
from brieftex.input.issue.fields import FOREWORD, ISSUE
from brieftex.input.issue.values import DATE, FIRST_YEAR, NUMBER_LIMIT, PROSE
from brieftex.input.yaml import Mapping, Node, Scalar
from brieftex.model.issue import Issue

SCHEMA_FILE = "brieftex.schema.json"
"""What the first line of a new issue names: where an editor's completion looks for the schema."""

_MONTHLY = ((27, 32, 1), (57, 63, 2), (87, 94, 3), (178, 186, 6), (360, 372, 12))
"""Days from one issue to the next that mean so many months."""


class Numbers(Struct, frozen=True):
    """What distinguishes an issue from the one before; each None where there is none."""

    number: int | None
    total: int | None
    date: datetime.date | None


def fresh(date: datetime.date) -> str:
    """A form to fill in, dated ``date``; it can be built as it is."""
    form = files("brieftex.input.issue").joinpath("template.yaml").read_text(encoding="utf-8")
    return form.replace("{date}", date.isoformat())


def next_date(last: datetime.date, before: datetime.date | None) -> datetime.date:
    """When the issue after the one of ``last`` is due.

    As long after it as it was after ``before``, in months where that was whole months; a month
    later where nothing is known. From Saturday and Sunday it moves on to Monday, unless the
    last issue itself appeared at a weekend.
    """
    days = None if before is None else (last - before).days
    months = 1 if days is None else next((m for lo, hi, m in _MONTHLY if lo <= days <= hi), 0)
    if months:
        year, month = divmod(last.year * 12 + last.month - 1 + months, 12)
        if year > datetime.MAXYEAR:
            return datetime.date.max
        day = min(last.day, calendar.monthrange(year, month + 1)[1])
        date = datetime.date(year, month + 1, day)
    else:
        date = _moved_on(last, datetime.timedelta(days=max(days or 0, 1)))
    weekend = date.weekday() >= 5 and last.weekday() < 5
    return _moved_on(date, datetime.timedelta(days=7 - date.weekday())) if weekend else date


def _moved_on(date: datetime.date, by: datetime.timedelta) -> datetime.date:
    """A day so much later, or the last or first one that an issue file may hold."""
    try:
        return max(date + by, datetime.date(FIRST_YEAR, 1, 1))
    except OverflowError:
        return datetime.date.max if by > datetime.timedelta() else datetime.date(FIRST_YEAR, 1, 1)


def next_numbers(issue: Issue, date: datetime.date | None) -> Numbers:
    """The numbers of the issue after this one, if it appears on ``date``.

    The number begins anew with the year; the total goes on.
    """
    head = issue.masthead
    new_year = head.date is not None and date is not None and date.year > head.date.year
    number = None if head.number is None else 1 if new_year else _next(head.number)
    return Numbers(number, None if head.total is None else _next(head.total), date)


def _next(number: int) -> int:
    return min(number + 1, NUMBER_LIMIT)


def following(issue: Issue, tree: Mapping, numbers: Numbers) -> str:
    """The frame of the issue after ``issue``, whose file has the tree ``tree``.

    The lines of the file end in newlines only.
    """
    head = f"# yaml-language-server: $schema={SCHEMA_FILE}\n#\n"
    head += "# 把“（……）”换成本期的文字；报头、版记从上一期抄来，请核对期号、日期和文号。\n\n"
    text = issue.source.text
    starts = [_with_comments(text, key.span.start) for key, _ in tree.entries]
    ends = [*starts[1:], len(text)]
    parts = [
        _part(issue, entry, Span(start, end), numbers)
        for entry, start, end in zip(tree.entries, starts, ends, strict=True)
    ]
    return head + "\n".join(part.strip("\n") + "\n" for part in parts if part.strip())


def _with_comments(text: str, place: int) -> int:
    """The start of the line of ``place``, or of the comments that stand right above it; those
    at the head of the file are about that issue and stay there."""
    line = start = text.rfind("\n", 0, place) + 1
    while start > 0:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text.startswith("#", above):
            return start
        start = above
    return line


def _part(issue: Issue, entry: tuple[Scalar, Node], place: Span, numbers: Numbers) -> str:
    """What becomes of a top-level field whose lines stand at ``place``."""
    key, node = entry
    field = ISSUE.find(key.text)
    text = issue.source.text[place.start : place.end]
    if field is None:
        return text
    match field.key:
        case "title":
            return f"# {key.text}: （本期专题名）\n"
        case "foreword":
            return _foreword(issue.source, key.text, node)
        case "sections":
            return _sections(issue, key.text)
        case "attachments" | "state" | "approved_by" | "approved_on" | "approved_text":
            return ""
    for start, old, new in sorted(_moved(issue, field, node, numbers), reverse=True):
        at = start - place.start
        text = text[:at] + new + text[at + len(old) :]
    return text


def _moved(
    issue: Issue, field: Field, node: Node, numbers: Numbers
) -> Iterator[tuple[int, str, str]]:
    """Place, text and new text of every number and date of a record that moves on."""
    if not isinstance(node, Mapping) or field.form.record is None:
        return
    new = {"number": numbers.number, "total": numbers.total}
    for key, value in node.entries:
        inner = field.form.record.find(key.text)
        if inner is None or not isinstance(value, Scalar) or not value.text.strip():
            continue
        place = value.span.start if value.plain else value.span.start + 1
        if field.key == "masthead" and new.get(inner.key) is not None:
            yield place, value.text, str(new[inner.key])
        elif inner.form is DATE and issue.masthead.date and numbers.date:
            yield place, value.text, _date_like(value.text, numbers.date - issue.masthead.date)


def _date_like(text: str, later: datetime.timedelta) -> str:
    """A date so much later, written the same way."""
    year, month, day = (int(number) for number in re.findall(r"\d+", text)[:3])
    date = _moved_on(datetime.date(year, month, day), later)
    padded = "-" in text or re.search(r"\D0\d", text) is not None
    width = 2 if padded else 1
    numbers = iter((f"{date.year}", f"{date.month:0{width}}", f"{date.day:0{width}}"))
    return re.sub(r"\d+", lambda _: next(numbers), text, count=3)


def _foreword(source: Source, key: str, node: Node) -> str:
    """The foreword's title and salutation, and a placeholder for its text."""
    lines = [f"{key}:"]
    body = "body"
    for name, value in node.entries if isinstance(node, Mapping) else ():
        field = FOREWORD.find(name.text)
        if field is not None and field.form in (BODY, PROSE):
            body = name.text
        elif isinstance(value, Scalar):
            written = source.text[value.span.start : value.span.end]
            lines += [f"  {name.text}: {written}"] * ("\n" not in written)
    return "\n".join([*lines, f"  {body}: |", "    （卷首语的正文。）", ""])


def _sections(issue: Issue, key: str) -> str:
    """The sections' titles, each with a placeholder for its first item."""
    names = ("title", "items", "body", "sources", "name")
    if not key.isascii():
        names = ("标题", "条目", "正文", "来源", "名称")
    title, items, body, sources, name = names
    lines = [f"{key}:"]
    for section in issue.sections:
        shown = "" if section.title is None else section.title.text.replace("\n", "")
        named = [f"  - {title}: {_quoted(shown)}", f"    {items}:"]
        lines += named if shown else [f"  - {items}:"]
        lines += [
            f"      - {title}: {_quoted(f'（{shown}第一条的标题）')}",
            f"        {body}: |",
            "          （正文。）",
            f"        {sources}:",
            f"          - {name}: （媒体或单位）",
        ]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """A text as YAML: bare where that is safe, else in single quotes."""
    bare = re.fullmatch(r"[\w（“《][^:#\n]*", text) and text == text.strip()
    return text if bare else "'" + text.replace("'", "''") + "'"
