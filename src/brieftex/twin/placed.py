"""Paragraphs that are new or stand elsewhere now, and items that are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.input.issue.fields import ISSUE, SECTION
from brieftex.input.issue.quoting import indented
from brieftex.input.issue.write import YamlWriter
from brieftex.input.markdown.write import inline_markdown, paragraph_markdown
from brieftex.model.content import Body, BodyBlock, Heading, ListBlock, Paragraph, Quotation
from brieftex.model.issue import Item
from brieftex.twin.comparing import (
    BODY_HEADINGS,
    PROSE_STYLES,
    Rewrite,
    TwinComparison,
    new_inline,
    sort_of,
)
from brieftex.twin.gone import without_lines
from brieftex.twin.shown import marked_text
from brieftex.twin.sources import FilePlaces, Holder
from brieftex.twin.wording import FileEdit


def placed_steps(comparison: TwinComparison, moved: set[int]) -> Iterator[Rewrite]:
    """Paragraphs that are new or stand elsewhere now, behind the one before them that stayed."""
    group: list[int] = []
    anchor = -1
    for j, one in enumerate(comparison.edited):
        if one.note:
            break
        if j in comparison.ignored:
            continue
        i = comparison.pairs.get(j)
        if i is not None and j not in moved:
            if group:
                yield from _group(comparison, group, anchor, j)
                group = []
            anchor = j
        elif (i is not None or one.text.strip()) and one.cell is None:
            group.append(j)
        elif one.cell is not None and i is None and one.text.strip():
            yield Rewrite("added", [], frozenset([j]))
    if group:
        yield from _group(comparison, group, anchor, -1)


def _group(
    comparison: TwinComparison, group: Sequence[int], anchor: int, following: int
) -> Iterator[Rewrite]:
    items = [k for k, j in enumerate(group) if comparison.edited[j].style == "item"]
    text, rest = list(group), list[int]()
    if items:
        text, rest = list(group[: items[0]]), list(group[items[0] :])
    if text:
        yield _insertion(comparison, text, anchor, following)
    if rest:
        yield new_items(comparison, rest, anchor, following)


def _insertion(
    comparison: TwinComparison, group: Sequence[int], anchor: int, following: int
) -> Rewrite:
    """Paragraphs in a body: behind the lines of the one before, or before those of the next."""
    sort, olds = sort_of(comparison, group)
    removal = _removals(comparison, olds)
    step = Rewrite(sort, [], frozenset(group), olds)
    if removal is None:
        return step
    places = comparison.places
    for at, after in ((anchor, True), (following, False)):
        i = comparison.pairs.get(at)
        unit = None if i is None else comparison.unit(i)
        if i is None or unit is None:
            continue
        scalar = places.scalar(min(comparison.written(i)))
        assert scalar is not None
        indent = " " * places.indent(scalar)
        blocks = [_block(comparison, j) for j in group]
        if after:
            text = _joined(comparison, group, blocks, i, indent)
            close = _gap_behind(places, unit[1], comparison, i, group)
            step.ways.append([*removal, FileEdit(unit[1], unit[1], text + close)])
        else:
            text = "".join(f"{_lines(block, indent)}\n\n" for block in blocks)
            step.ways.append([*removal, FileEdit(unit[0], unit[0], text)])
    for at, after in ((anchor, True), (following, False)):
        for edit in _as_block(comparison, group, at, after=after):
            step.ways.append([*removal, edit])
            step.new |= {at}
    return step


def _joined(
    comparison: TwinComparison, group: Sequence[int], blocks: Sequence[str], i: int, indent: str
) -> str:
    """The lines of paragraphs behind one of the twin's: entries of a list stand close."""
    text, before = "", comparison.base[i].style
    for j, block in zip(group, blocks, strict=True):
        style = comparison.edited[j].style
        text += ("\n" if style == before == "list" else "\n\n") + _lines(block, indent)
        before = style
    return text


def _gap_behind(
    places: FilePlaces, end: int, comparison: TwinComparison, i: int, group: Sequence[int]
) -> str:
    """An empty line behind what was put in, where the next line has text."""
    nxt = places.line(end + 1) if end + 1 < len(places.text) else (end, end)
    line = places.text[slice(*nxt)]
    scalar = places.scalar(min(comparison.written(i)))
    inside = scalar is not None and nxt[0] < scalar.span.end
    listed = comparison.edited[group[-1]].style == comparison.base[i].style == "list"
    return "\n" if line.strip() and inside and not listed else ""


def _lines(block: str, indent: str) -> str:
    return "\n".join(f"{indent}{line}" if line else "" for line in block.split("\n"))


def _removals(comparison: TwinComparison, olds: frozenset[int]) -> list[FileEdit] | None:
    """The edits that take moved paragraphs away from where they were; None if one cannot be."""
    found = []
    for i in sorted(olds):
        unit = comparison.unit(i)
        if unit is None:
            return None
        found.append(without_lines(comparison, i, unit))
    return found


def _block(comparison: TwinComparison, j: int) -> str:
    """A paragraph as the lines of a body: as it was written if it only moved."""
    one = comparison.edited[j]
    i = comparison.pairs.get(j)
    if i is not None and marked_text(comparison.base[i]) == marked_text(one):
        unit = comparison.unit(i)
        if unit is not None:
            lines = comparison.places.text[slice(*unit)].split("\n")
            by = len(lines[0]) - len(lines[0].lstrip(" "))
            return "\n".join(line[by:] if line[:by].isspace() else line for line in lines)
    inline = new_inline(comparison, one)
    if one.style in BODY_HEADINGS or (not one.style and one.para.outline is not None):
        level = BODY_HEADINGS.get(one.style, (one.para.outline or 0) + 1)
        return f"{'#' * (level + 1 - _above(comparison, j))} {inline_markdown(inline)[0]}"
    written, _ = paragraph_markdown(inline)
    label = one.para.label
    if one.style == "list" or label is not None:
        sign = "- " if label is None or label.bullet else f"{label.value}. "
        return sign + written.replace("\n", "\n" + " " * len(sign))
    if one.style == "quotation":
        return "> " + written.replace("\n", "\n> ")
    return written


def _above(comparison: TwinComparison, j: int) -> int:
    """How many levels of numbers belong to what stands above the body in which a heading of the
    document stands: body_heading2 is the first below a section."""
    if not comparison.edited[j].style.startswith("body_heading"):
        return 0
    for k in range(j - 1, -1, -1):
        if comparison.edited[k].style in ("section", "item"):
            return 1
    return 0


def _as_block(
    comparison: TwinComparison, group: Sequence[int], anchor: int, *, after: bool
) -> Iterator[FileEdit]:
    """A body that is written on the line of its key, as a block with the new paragraphs behind or
    before its own."""
    i = comparison.pairs.get(anchor)
    if i is None or comparison.base[i].style not in PROSE_STYLES or comparison.unit(i) is not None:
        return
    places = comparison.places
    scalar = places.scalar(min(comparison.written(i), default=-1))
    if scalar is None:
        return
    line = places.text[places.line(scalar.span.start)[0] : scalar.span.start]
    column = len(line) - len(line.lstrip(" "))
    column += 2 if line.lstrip(" ").startswith("- ") else 0
    indent = " " * (column + 2)
    pair = comparison.pair(anchor)
    first = scalar.text.strip()
    if marked_text(pair.base) != marked_text(pair.edited):
        first = _block(comparison, anchor)
    new = [_block(comparison, j) for j in group]
    blocks = [first, *new] if after else [*new, first]
    text = "|\n" + "\n\n".join(_lines(block, indent) for block in blocks)
    end = scalar.span.start + len(places.text[scalar.span.start : scalar.span.end].rstrip())
    yield FileEdit(scalar.span.start, end, text)


def new_items(
    comparison: TwinComparison, group: Sequence[int], anchor: int, following: int
) -> Rewrite:
    """Items that are new, or were moved as a whole, beside the item before them."""
    sort, olds = sort_of(comparison, group)
    step = Rewrite(sort, [], frozenset(group), olds)
    places = comparison.places
    for at, after in ((anchor, True), (following, False)):
        i = comparison.pairs.get(at)
        home = None if i is None else _item_of(comparison, i)
        lines = None if home is None else places.own_lines(home.span)
        if home is None or lines is None:
            continue
        column = home.span.start - places.line(home.span.start)[0]
        if not olds:
            text = "\n".join(indented(_item_lines(comparison, group), column)) + "\n"
            removal: list[FileEdit] = []
        else:
            taken = _taken_items(comparison, olds)
            if taken is None:
                continue
            text = "".join(places.text[slice(*span)] for span in taken)
            removal = [FileEdit(*span, "") for span in taken]
        where = lines[1] if after else lines[0]
        if where and not places.text[:where].endswith("\n"):
            text = "\n" + text.rstrip("\n")
        step.ways.append([*removal, FileEdit(where, where, text)])
    return step


def _item_of(comparison: TwinComparison, i: int) -> Holder | None:
    """The entry of the list of items that a paragraph of the twin belongs to."""
    held = comparison.written(i)
    if not held:
        return None
    at = min(held)
    for section in _listed(comparison.places.holders, ISSUE["sections"].words):
        for item in _listed(section.inner, SECTION["items"].words):
            if item.span.start <= at < item.span.end and not item.flow:
                return item
    return None


def _listed(holders: Sequence[Holder], words: Sequence[str]) -> Iterator[Holder]:
    """The entries of the list under a key."""
    for holder in holders:
        if holder.key in words:
            yield from holder.inner


def _taken_items(comparison: TwinComparison, olds: frozenset[int]) -> list[tuple[int, int]] | None:
    """The lines of items all of whose paragraphs are among those that moved."""
    found: list[tuple[int, int]] = []
    for i in sorted(olds):
        item = _item_of(comparison, i)
        lines = None if item is None else comparison.places.own_lines(item.span)
        if item is None or lines is None:
            return None
        inside = {
            k for k in range(len(comparison.base))
            if any(item.span.start <= at < item.span.end for at in comparison.written(k))
            and not comparison.base[k].note
        }  # fmt: skip
        if not inside <= olds:
            return None
        if lines not in found:
            found.append(lines)
    return found


def _item_lines(comparison: TwinComparison, group: Sequence[int]) -> list[str]:
    lines: list[str] = []
    starts = [k for k, j in enumerate(group) if comparison.edited[j].style == "item"]
    for start, end in zip(starts, [*starts[1:], len(group)], strict=True):
        title = new_inline(comparison, comparison.edited[group[start]])
        blocks: list[BodyBlock] = []
        for j in group[start + 1 : end]:
            one = comparison.edited[j]
            inline = new_inline(comparison, one)
            if one.style in BODY_HEADINGS:
                blocks.append(Heading(BODY_HEADINGS[one.style], inline))
            elif one.style == "quotation":
                blocks.append(Quotation((Paragraph(inline),)))
            elif one.style == "list":
                label = one.para.label
                number = label.value if label is not None and not label.bullet else None
                blocks.append(ListBlock(number, ((Paragraph(inline),),)))
            else:
                blocks.append(Paragraph(inline))
        lines += YamlWriter().item(Item(title, Body(tuple(blocks))), "")
    return lines
