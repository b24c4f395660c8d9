"""Paragraphs that are new or stand elsewhere now, and items that are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from brieftex.input.issue.fields import ISSUE, SECTION
from brieftex.input.issue.quoting import indented
from brieftex.input.issue.write import YamlWriter
from brieftex.input.markdown.write import body_markdown, inline_markdown, paragraph_markdown
from brieftex.model.content import (
    Body,
    BodyBlock,
    Heading,
    ListBlock,
    Paragraph,
    Quotation,
    Table,
)
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
from brieftex.twin.tables import entry_of, new_tables, table_steps
from brieftex.twin.wording import FileEdit
from brieftex.word.facts import BlockFacts, Para
from brieftex.word.inlines import Account
from brieftex.word.named_issue import NamedReader


def placed_steps(comparison: TwinComparison, moved: set[int]) -> Iterator[Rewrite]:
    """Paragraphs that are new or stand elsewhere now, behind the one before them that stayed."""
    group: list[int] = []
    anchor = -1
    fresh = new_tables(comparison)
    yield from table_steps(comparison)
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
        elif one.cell is not None:
            group += [j] if one.cell[0] in fresh else []
        elif i is not None or one.text.strip():
            group.append(j)
    if group:
        yield from _group(comparison, group, anchor, -1)


def _group(
    comparison: TwinComparison, group: Sequence[int], anchor: int, following: int
) -> Iterator[Rewrite]:
    sections = [k for k, j in enumerate(group) if comparison.edited[j].style == "section"]
    if sections:
        yield new_sections(comparison, group[sections[0] :], anchor, following)
        group = group[: sections[0]]
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
    entries = [[*removal, edit] for edit in _as_entries(comparison, group, anchor, following)]
    if comparison.edited[group[0]].style == "speaker":
        step.ways += entries  # paragraphs of what was said before it would be another's words
    for at, after in ((anchor, True), (following, False)):
        i = comparison.pairs.get(at)
        unit = None if i is None else comparison.unit(i)
        if i is None or unit is None:
            continue
        scalar = places.scalar(min(comparison.written(i)))
        assert scalar is not None
        indent = " " * places.indent(scalar)
        blocks = _blocks(comparison, group)
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
    step.ways += [way for way in entries if way not in step.ways]
    return step


def _as_entries(
    comparison: TwinComparison, group: Sequence[int], anchor: int, following: int
) -> Iterator[FileEdit]:
    """Speeches, tables and the like as entries of a body that is a list, behind the entry of the
    paragraph before them or before that of the next."""
    places = comparison.places
    for beside, after in ((anchor, True), (following, False)):
        i = comparison.pairs.get(beside)
        held = [] if i is None else comparison.written(i)
        entry = entry_of(places.holders, min(held)) if held else None
        lines = None if entry is None else places.own_lines(entry.span)
        if entry is None or lines is None:
            continue
        parts = named_reader(comparison).bodies.parts(_facts_of(comparison, group))
        column = entry.span.start - places.line(entry.span.start)[0]
        written = indented(YamlWriter().entries(Body(tuple(parts.blocks))), column)
        where = lines[1] if after else lines[0]
        text = "\n".join(written) + "\n"
        if where and not places.text[:where].endswith("\n"):
            text = "\n" + text.rstrip("\n")
        yield FileEdit(where, where, text)


def _joined(
    comparison: TwinComparison, group: Sequence[int], blocks: Sequence[str], i: int, indent: str
) -> str:
    """The lines of paragraphs behind one of the twin's: entries of a list stand close."""
    text, before = "", comparison.base[i].style
    if len(blocks) != len(group):  # a table among them
        return "".join("\n\n" + _lines(block, indent) for block in blocks)
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


def _blocks(comparison: TwinComparison, group: Sequence[int]) -> list[str]:
    """Paragraphs as the lines of a body; with a table among them as the blocks that they are."""
    if all(comparison.edited[j].cell is None for j in group):
        return [_block(comparison, j) for j in group]
    parts = named_reader(comparison).bodies.parts(_facts_of(comparison, group))
    lines, _ = body_markdown(Body(tuple(map(_bare, filter(is_prose, parts.blocks)))))
    return ["\n".join(lines)]


def is_prose(block: BodyBlock) -> bool:
    """Whether a block can be written in a body that is lines of text."""
    return isinstance(block, Paragraph | Heading | Quotation | ListBlock | Table)


def _bare(block: BodyBlock) -> BodyBlock:
    """A table without what lines of text have no form for."""
    if not isinstance(block, Table):
        return block
    return replace(block, caption=None, unit=None, notes=(), sources=(), grid=False)


def _facts_of(comparison: TwinComparison, group: Sequence[int]) -> list[BlockFacts]:
    """The blocks of the document that paragraphs are, or stand in."""
    numbers = {comparison.edited[j].para.number for j in group}
    return [
        block for block in comparison.account.facts.blocks
        if (block.number in numbers if isinstance(block, Para) else any(
            p.number in numbers for row in block.rows for _, cell in row for p in cell.blocks))
    ]  # fmt: skip


def named_reader(comparison: TwinComparison) -> NamedReader:
    """Reads blocks of the document by their styles, without telling what it leaves out."""
    facts = comparison.account.facts
    return NamedReader(Account(facts), [None] * len(facts.pictures))


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
    new = _blocks(comparison, group)
    blocks = [first, *new] if after else [*new, first]
    text = "|\n" + "\n\n".join(_lines(block, indent) for block in blocks)
    end = scalar.span.start + len(places.text[scalar.span.start : scalar.span.end].rstrip())
    yield FileEdit(scalar.span.start, end, text)


def new_items(
    comparison: TwinComparison, group: Sequence[int], anchor: int, following: int
) -> Rewrite:
    """Items that are new, or were moved as a whole, beside the item before them."""

    def lines() -> list[str]:
        return _item_lines(comparison, group)

    return _new_entries(comparison, group, (anchor, following), _item_of, lines)


def new_sections(
    comparison: TwinComparison, group: Sequence[int], anchor: int, following: int
) -> Rewrite:
    """Sections that are new, or were moved as a whole, beside the section before them."""

    def lines() -> list[str]:
        sections = named_reader(comparison).sections(_facts_of(comparison, group))
        return [line for one in sections for line in YamlWriter().section(one, "")]

    return _new_entries(comparison, group, (anchor, following), _section_of, lines)


def _new_entries(
    comparison: TwinComparison,
    group: Sequence[int],
    beside: tuple[int, int],
    home_of: Callable[[TwinComparison, int], Holder | None],
    new_lines: Callable[[], list[str]],
) -> Rewrite:
    """Entries of a list behind the one of the first neighbour, or before that of the second."""
    sort, olds = sort_of(comparison, group)
    step = Rewrite(sort, [], frozenset(group), olds)
    places = comparison.places
    for at, after in zip(beside, (True, False), strict=True):
        i = comparison.pairs.get(at)
        home = None if i is None else home_of(comparison, i)
        lines = None if home is None else places.own_lines(home.span)
        if home is None or lines is None:
            continue
        column = home.span.start - places.line(home.span.start)[0]
        removal: list[FileEdit] = []
        if olds:
            taken = _taken(comparison, olds, home_of)
            if taken is None:
                continue
            text = "".join(places.text[slice(*span)] for span in taken)
            removal = [FileEdit(*span, "") for span in taken]
        else:
            text = "\n".join(indented(new_lines(), column)) + "\n"
        where = lines[1] if after else lines[0]
        if where and not places.text[:where].endswith("\n"):
            text = "\n" + text.rstrip("\n")
        step.ways.append([*removal, FileEdit(where, where, text)])
    return step


def _section_of(comparison: TwinComparison, i: int) -> Holder | None:
    """The entry of the list of sections that a paragraph of the twin belongs to."""
    held = comparison.written(i)
    for section in _listed(comparison.places.holders, ISSUE["sections"].words) if held else ():
        if section.span.start <= min(held) < section.span.end and not section.flow:
            return section
    return None


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


def _taken(
    comparison: TwinComparison, olds: frozenset[int],
    home: Callable[[TwinComparison, int], Holder | None],
) -> list[tuple[int, int]] | None:  # fmt: skip
    """The lines of items, or of sections, all of whose paragraphs are among those that moved."""
    found: list[tuple[int, int]] = []
    for i in sorted(olds):
        item = home(comparison, i)
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
    """New items as entries of a list, with all that stands in them."""
    sections = named_reader(comparison).sections(_facts_of(comparison, group))
    items = [item for section in sections for item in section.items]
    return [line for item in items for line in YamlWriter().item(item, "")]
