"""A paragraph that was changed: where its words stand in the issue file, what to write there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.changes.edits import Change, steps
from brieftex.diagnostics import Span
from brieftex.input.issue.quoting import yaml_text
from brieftex.input.markdown.write import inline_markdown, paragraph_markdown
from brieftex.model.content import Inline, Mark, NoteCall, Ruby, Stretch
from brieftex.twin.shown import Shown
from brieftex.twin.sources import FilePlaces
from brieftex.word.write.runs import COUNTED


class FileEdit(Struct, frozen=True):
    """Characters ``start`` up to ``end`` of the file become ``text``."""

    start: int
    end: int
    text: str


class Hunk(Struct, frozen=True):
    """Characters ``start`` up to ``end`` of the twin's paragraph become those from ``begin`` up to
    ``stop`` of the one that came back."""

    start: int
    end: int
    begin: int
    stop: int


class EditedPair(Struct, frozen=True):
    """A paragraph of the twin, where its characters stand, and what became of it."""

    base: Shown
    places: tuple[int, ...]
    edited: Shown


def hunks(old: str, new: str) -> list[Hunk]:
    """The shortest way from one text to another, character by character."""
    found: list[Hunk] = []
    for change, i, j in steps(old, new):
        if change is Change.KEPT:
            continue
        start, end = (i, i + 1) if change is Change.GONE else (i, i)
        begin, stop = (j, j + 1) if change is Change.ADDED else (j, j)
        last = found[-1] if found else None
        if last is not None and last.end == start and last.stop == begin:
            found[-1] = Hunk(last.start, end, last.begin, stop)
        else:
            found.append(Hunk(start, end, begin, stop))
    return found


def without_counted(base: str, places: Sequence[int], edited: str, *, instead: bool = True) -> str:
    """The text that came back with the numbers of fields as they were, or without them."""
    at = 0
    while at < len(places):
        if places[at] != COUNTED:
            at += 1
            continue
        end = at
        while end < len(places) and places[end] == COUNTED:
            end += 1
        before = base[max(at - 2, 0) : at]
        found = edited.find(before)
        if found >= 0:
            first = last = found + len(before)
            while last < len(edited) and edited[last].isdecimal():
                last += 1
            if last > first:
                edited = edited[:first] + base[at:end] * instead + edited[last:]
        at = end
    return edited


def character_edits(pair: EditedPair, places: FilePlaces) -> list[FileEdit] | None:
    """The edits of single characters, as few as can be; None where a change stands in words that
    the file does not have."""
    found: list[FileEdit] = []
    for hunk in hunks(pair.base.text, pair.edited.text):
        written = [k for k in range(hunk.start, hunk.end) if pair.places[k] >= 0]
        text = pair.edited.text[hunk.begin : hunk.stop]
        if written:
            for number, (first, last) in enumerate(_stretches(written, pair.places)):
                start = pair.places[first]
                end = pair.places[last] + places.width(pair.places[last], pair.base.text[last])
                found.append(_in_value(places, FileEdit(start, end, text if number == 0 else "")))
        elif hunk.start == hunk.end and text:
            at = _beside(pair, hunk.start, places)
            if at is None:
                return None
            found.append(_in_value(places, FileEdit(at, at, text)))
        elif not _is_trimming(pair, hunk):
            return None
    return found


def _in_value(places: FilePlaces, edit: FileEdit) -> FileEdit:
    """The edit as the value needs it that it stands in. A name in ``[…]`` that goes takes its comma
    with it, those that are added are entries of their own; quotes are doubled within quotes."""
    scalar = places.scalar(edit.start) or places.scalar(edit.start - 1)
    if scalar is None:
        return edit
    quote = places.text[scalar.span.start : scalar.span.start + 1]
    if quote == "'":
        edit = FileEdit(edit.start, edit.end, edit.text.replace("'", "''"))
    elif quote == '"':
        edit = FileEdit(edit.start, edit.end, edit.text.replace("\\", "\\\\").replace('"', '\\"'))
    if not _is_listed(places, scalar.span):
        return edit
    if not edit.text and (edit.start, edit.end) == (scalar.span.start, scalar.span.end):
        return flow_removal(places.text, scalar.span) or edit
    return FileEdit(edit.start, edit.end, edit.text.replace("、", ", "))


def flow_removal(text: str, span: Span) -> FileEdit | None:
    """The edit that takes an entry of ``[…]`` away, with a comma beside it."""
    if (after := re.match(r"\s*,[ \t]*", text[span.end :])) is not None:
        return FileEdit(span.start, span.end + after.end(), "")
    if (before := re.search(r",[ \t]*$", text[: span.start])) is not None:
        return FileEdit(before.start(), span.end, "")
    return None


def _is_trimming(pair: EditedPair, hunk: Hunk) -> bool:
    """Whether only marks went that stand between values, such as 、 behind a name that went, or
    only numbers changed that Word makes anew."""
    if all(pair.places[k] == COUNTED for k in range(hunk.start, hunk.end)):
        return True
    gone = pair.base.text[hunk.start : hunk.end]
    return hunk.begin == hunk.stop and set(gone) <= set("、，；。　 \t\n")


def _stretches(written: Sequence[int], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Characters that stand side by side in the file."""
    first = last = written[0]
    for k in written[1:]:
        if k == last + 1 and 0 < places[k] - places[last] <= 6:
            last = k
            continue
        yield first, last
        first = last = k
    yield first, last


def _beside(pair: EditedPair, at: int, places: FilePlaces) -> int | None:
    """The place in the file before character ``at`` of the twin's paragraph."""
    if at > 0 and pair.places[at - 1] >= 0:
        before = pair.places[at - 1]
        return before + places.width(before, pair.base.text[at - 1])
    if at < len(pair.places) and pair.places[at] >= 0:
        return pair.places[at]
    return None


# -- written anew --------------------------------------------------------------------------


class Wording(Struct, frozen=True):
    """A text of the issue within a paragraph: characters ``start`` up to ``end`` of the twin's
    are those of ``inline`` from ``first`` on; in the one that came back from ``begin`` to
    ``stop``."""

    inline: Inline
    first: int
    start: int
    end: int
    begin: int
    stop: int


def wordings(pair: EditedPair, places: FilePlaces) -> Iterator[Wording]:
    """The texts of a paragraph, each from its first to its last character here, whatever the
    program prints between them."""
    kept = dict(_kept(pair.base.text, pair.edited.text))
    held = [places.inlines.get(at) if at >= 0 else None for at in pair.places]
    at = 0
    while at < len(held):
        here = held[at]
        if here is None:
            at += 1
            continue
        end = last = at + 1
        while end < len(held):
            there = held[end]
            if there is not None and there[0] is not here[0]:
                break
            end += 1
            if there is not None:
                last = end
        begin = _image(kept, at, pair, first=True)
        stop = _image(kept, last, pair, first=False)
        yield Wording(here[0], here[1], at, last, begin, max(begin, stop))
        at = last


def _kept(old: str, new: str) -> Iterator[tuple[int, int]]:
    for change, i, j in steps(old, new):
        if change is Change.KEPT:
            yield i, j


def _image(kept: Mapping[int, int], at: int, pair: EditedPair, *, first: bool) -> int:
    """Where the edge before character ``at`` is in the paragraph that came back: what was put in
    at an edge belongs to the text within."""
    if first:
        return max((kept[k] + 1 for k in range(at) if k in kept), default=0)
    after = (kept[k] for k in range(at, len(pair.places)) if k in kept)
    return min(after, default=len(pair.edited.text))


def new_wording(
    pair: EditedPair, wording: Wording, places: FilePlaces, notes: Mapping[str, str]
) -> Inline:
    """The text as it should be now, with its marks; ``notes`` gives the labels of the file for
    the numbers of notes in the document that came back."""
    kept = {j: i for i, j in _kept(pair.base.text, pair.edited.text)}
    base, edited = pair.base, pair.edited
    model, marks_now = _columns(wording.inline), edited.marks(base.base)
    text: list[str] = []
    marks: list[Mark] = []
    hrefs: list[str | None] = []
    origin: list[int] = []
    before: dict[int, int] = {}  # how many characters stand before each of the paragraph's
    for j in range(wording.begin, wording.stop):
        before[j] = len(text)
        i = kept.get(j, -1)
        if i >= 0 and pair.places[i] < 0:
            continue  # printed beside it, as the brackets of a note are
        own = places.inlines.get(pair.places[i]) if i >= 0 else None
        text.append(edited.text[j])
        if own is None or own[0] is not wording.inline:
            marks.append(marks_now[j])
            hrefs.append(edited.hrefs[j] or None)
            origin.append(-1)
            continue
        mark, href = model[own[1]]
        marks.append(mark if _alike(base, i, edited, j) else marks_now[j])
        same = base.hrefs[i] == edited.hrefs[j]
        hrefs.append(href if same else edited.hrefs[j] or None)
        origin.append(own[1])
    calls = [
        NoteCall(before.get(at, len(text)), notes.get(label, label))
        for at, label in edited.calls
        if wording.begin <= at
        and all(pair.places[kept[k]] < 0 if k in kept else False for k in range(wording.stop, at))
    ]
    whole = "".join(text)
    return Inline(
        whole,
        stretches=tuple(_as_stretches(whole, marks, hrefs)),
        calls=tuple(calls),
        rubies=tuple(_rubies(wording.inline, origin)),
    )


def _alike(base: Shown, i: int, edited: Shown, j: int) -> bool:
    one, two = base.looks[i], edited.looks[j]
    return (one.bold, one.italic, one.face, one.dotted) == (
        two.bold,
        two.italic,
        two.face,
        two.dotted,
    )


def _columns(inline: Inline) -> list[tuple[Mark, str | None]]:
    found: list[tuple[Mark, str | None]] = [(Mark.NONE, None)] * len(inline.text)
    for stretch in inline.stretches:
        for k in range(stretch.start, stretch.end):
            found[k] = stretch.marks, stretch.href
    return found


def _as_stretches(
    text: str, marks: Sequence[Mark], hrefs: Sequence[str | None]
) -> Iterator[Stretch]:
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (marks[end], hrefs[end]) == (marks[at], hrefs[at]):
            end += 1
        if marks[at] or hrefs[at] is not None:
            start, stop = at, end
            while start < stop and text[start].isspace():
                start += 1
            while stop > start and text[stop - 1].isspace():
                stop -= 1
            if start < stop:
                yield Stretch(start, stop, marks[at], hrefs[at])
        at = end


def _rubies(inline: Inline, origin: Sequence[int]) -> Iterator[Ruby]:
    """The readings above characters that are all still there, side by side."""
    for ruby in inline.rubies:
        wanted = list(range(ruby.start, ruby.end))
        if wanted and wanted[0] in origin:
            at = origin.index(wanted[0])
            if list(origin[at : at + len(wanted)]) == wanted:
                yield replace(ruby, start=at, end=at + len(wanted))


def rewriting(places: FilePlaces, wording: Wording, now: Inline) -> Iterator[list[FileEdit]]:
    """Ways to write the whole text anew, the one that is read as Markdown first."""
    inline = wording.inline
    start, end = inline.origin.source(0), inline.origin.source(len(inline.text) - 1)
    scalar = places.scalar(start)
    if scalar is None:
        return
    markdown, _ = inline_markdown(now)
    if not places.is_block(scalar):
        span = scalar.span
        last = places.text[span.start : span.end].rstrip()
        stop = span.start + len(last)
        listed = _is_listed(places, span)
        for text in dict.fromkeys((markdown, now.text)):
            yield [_trimmed(places, FileEdit(span.start, stop, yaml_text(text, listed=listed)))]
        return
    first, stop = places.lines(start, end)
    begin = places.content(first, start)
    prose, _ = paragraph_markdown(now)
    indent = (
        " " * (begin - first) if places.text[first:begin].isspace() else " " * places.indent(scalar)
    )
    for text in dict.fromkeys((prose, markdown)):
        shown = text.replace("\n", f"\n{indent}")
        yield [_trimmed(places, FileEdit(begin, stop, shown))]


def _is_listed(places: FilePlaces, span: Span) -> bool:
    """Whether a value stands within ``[…]`` or ``{…}``."""
    line = places.text[places.line(span.start)[0] : span.start]
    return line.count("[") > line.count("]") or line.count("{") > line.count("}")


def _trimmed(places: FilePlaces, edit: FileEdit) -> FileEdit:
    """The edit without what stays as it is at both ends."""
    old, new = places.text[edit.start : edit.end], edit.text
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return FileEdit(edit.start + head, edit.end - tail, new[head : len(new) - tail])
