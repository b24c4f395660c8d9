"""The text of a new issue: an empty form of some kind with comments, or the frame of the one
before.

From the last issue come the masthead, the colophon and everything else that stays from issue
to issue, as it was typed; the texts of the last issue give way to placeholders. Number, total
and every date move on.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from msgspec import Struct

from brieftex.diagnostics import Source, Span
from brieftex.input.fields import Field, Record
from brieftex.input.issue.bodies import BODY
from brieftex.input.issue.fields import ATTENDANCE, FOREWORD, ISSUE
from brieftex.input.issue.forms import Forms
from brieftex.input.issue.values import DATE, FIRST_YEAR, NUMBER_LIMIT, PROSE
from brieftex.input.yaml import Mapping, Node, Scalar, Sequence, parse
from brieftex.model.content import Body
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


ISSUE_KINDS = {
    "single": ("单篇", "专题"),
    "digest": ("综合", "简报"),
    "weekly": ("周报",),
    "official": ("公文",),
    "minutes": ("纪要", "会议纪要"),
}
"""The kinds of issue that have a form, and what editors call them."""


def kind_named(name: str) -> str | None:
    """The kind of that name, English or Chinese, or None."""
    return next((kind for kind, names in ISSUE_KINDS.items() if name in (kind, *names)), None)


def fresh(kind: str, date: datetime.date) -> str:
    """A form of a kind to fill in, dated ``date``; it can be built as it is."""
    forms = files("brieftex.input.issue").joinpath("templates")
    form = forms.joinpath(f"{kind}.yaml").read_text(encoding="utf-8")
    return form.replace("{date}", date.isoformat())


def with_english_keys(text: str, record: Record = ISSUE) -> str:
    """The text of an issue, or of what ``record`` describes, with every key in English."""
    source = Source("issue.yaml", text)
    for key, english in reversed(list(_keys(parse(source), (record,)))):
        text = text[: key.start] + english + text[key.end :]
    return text


def _keys(node: Node, records: tuple[Record, ...]) -> Iterator[tuple[Span, str]]:
    """The places of all keys of a file, in order, each with its English name."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _keys(item, records)
    elif isinstance(node, Mapping):
        keys = [key.text for key, _ in node.entries]
        record = next((r for r in records if all(map(r.find, keys))), None)
        for key, value in node.entries:
            field = None if record is None else record.find(key.text)
            if field is not None:
                yield key.span, field.key
                yield from _keys(value, field.form.records)


_PERIODS = (("日报", 1), ("每日", 1), ("周", 7), ("旬", 10))
"""What the name of a briefing says of the days between its issues."""


def period(name: str) -> int | None:
    """The days from one issue to the next of a briefing of this name; None where it does not
    say."""
    return next((days for word, days in _PERIODS if word in name), None)


def next_date(
    last: datetime.date, before: datetime.date | None, usual: int | None = None
) -> datetime.date:
    """When the issue after the one of ``last`` is due.

    As long after it as it was after ``before``, in months where that was whole months; where
    there is none before, ``usual`` days later, or a month where nothing is known. From Saturday
    and Sunday it moves on to Monday, unless the last issue itself appeared at a weekend.
    """
    days = usual if before is None else (last - before).days
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


def issue_date(issue: Issue) -> datetime.date | None:
    """The date of an issue: that of its masthead, or of its signature."""
    signed = None if issue.signature is None else issue.signature.date
    return issue.masthead.date or signed


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
    made = _renewed(issue, (key.text, field.key), node)
    if made is not None:
        return made
    for start, old, new in sorted(_moved(issue, field, node, numbers), reverse=True):
        at = start - place.start
        text = text[:at] + new + text[at + len(old) :]
    return text


def _renewed(issue: Issue, names: tuple[str, str], node: Node) -> str | None:
    """The lines of a field whose texts give way to placeholders, by its name in the file and its
    key; None for a field that stays."""
    name, key = names
    forms = Forms(chinese=not name.isascii())
    body = issue.body or Body()
    lines: Iterable[str]
    match key:
        case "title":
            lines = [f"{name}: （标题）" if issue.body else f"# {name}: （本期专题名）"]
        case "summary":
            lines = [f"# {name}: （提要）"]
        case "foreword":
            lines = _foreword(issue.source, name, node)
        case "body":
            lines = [f"{name}:{forms.opening(body)}", *forms.body(body, 2)]
        case "sources":
            lines = [f"{name}:", *forms.sources(2)]
        case "sections":
            lines = [f"{name}:", *forms.sections(issue)]
        case "attendance":
            lines = _attendance(name, node)
        case "attachments":
            tables = forms.tables(issue)
            lines = [f"{name}:", *tables] if tables else []
        case "state" | "approved_by" | "approved_on" | "approved_text":
            lines = []
        case _:
            return None
    return "\n".join([*lines, ""])


def _moved(
    issue: Issue, field: Field, node: Node, numbers: Numbers
) -> Iterator[tuple[int, str, str]]:
    """Place, text and new text of every number and date of a record that moves on."""
    if not isinstance(node, Mapping) or field.form.record is None:
        return
    old = issue.masthead.supplement
    new: dict[str, object] = {
        "number": numbers.number,
        "total": numbers.total,
        "supplement": None if old is None else _next(old),
        # These are never carried over: two documents with one number cannot be told apart.
        "document_number": "（发文字号）",
        "number_words": "（期号文字）",
    }
    for key, value in node.entries:
        inner = field.form.record.find(key.text)
        if inner is None or not isinstance(value, Scalar) or not value.text.strip():
            continue
        place = value.span.start if value.plain else value.span.start + 1
        if field.key == "masthead" and new.get(inner.key) is not None:
            yield place, value.text, str(new[inner.key])
        elif inner.form is DATE and (date := issue_date(issue)) and numbers.date:
            yield place, value.text, _date_like(value.text, numbers.date - date)


def _date_like(text: str, later: datetime.timedelta) -> str:
    """A date so much later, written the same way."""
    year, month, day = (int(number) for number in re.findall(r"\d+", text)[:3])
    date = _moved_on(datetime.date(year, month, day), later)
    padded = "-" in text or re.search(r"\D0\d", text) is not None
    width = 2 if padded else 1
    numbers = iter((f"{date.year}", f"{date.month:0{width}}", f"{date.day:0{width}}"))
    return re.sub(r"\d+", lambda _: next(numbers), text, count=3)


def _foreword(source: Source, key: str, node: Node) -> list[str]:
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
    return [*lines, f"  {body}: |", "    （卷首语的正文。）"]


def _attendance(key: str, node: Node) -> list[str]:
    """Placeholders for who was there."""
    words = {"present": "出席人员", "excused": "请假人员", "observers": "列席人员"}
    lines = [f"{key}:"]
    for name, _ in node.entries if isinstance(node, Mapping) else ():
        field = ATTENDANCE.find(name.text)
        if field is not None:
            lines.append(f"  {name.text}: [（{words[field.key]}）]")
    return lines
