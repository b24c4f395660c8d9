"""Rows and columns that tables gained, and tables that are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.input.issue.quoting import yaml_text
from brieftex.input.markdown.write import inline_markdown
from brieftex.twin.comparing import Rewrite, TwinComparison
from brieftex.twin.sources import Holder
from brieftex.twin.wording import FileEdit
from brieftex.word.inlines import inline_of


def new_tables(comparison: TwinComparison) -> frozenset[int]:
    """The numbers of the tables none of whose cells was in the twin."""
    numbers = {one.cell[0] for one in comparison.edited if one.cell is not None}
    known = {cell[0] for j in comparison.pairs if (cell := comparison.edited[j].cell) is not None}
    return frozenset(numbers - known)


def table_steps(comparison: TwinComparison) -> Iterator[Rewrite]:
    """A step for each row and each column that is new as a whole, and for other cells that are."""
    fresh = new_tables(comparison)
    cells: dict[int, dict[tuple[int, int], int]] = {}
    for j, one in enumerate(comparison.edited):
        if one.cell is not None and one.cell[0] not in fresh and j not in comparison.ignored:
            table, row, column = one.cell
            cells.setdefault(table, {}).setdefault((row, column), j)
    for held in cells.values():
        yield from _steps(comparison, held)


def _steps(comparison: TwinComparison, held: dict[tuple[int, int], int]) -> Iterator[Rewrite]:
    new = {at for at, j in held.items() if j not in comparison.pairs}
    rows = sorted({row for row, _ in new if all(at in new for at in held if at[0] == row)})
    columns = sorted(
        {column for _, column in new if all(at in new for at in held if at[1] == column)}
    )
    done: set[tuple[int, int]] = set()
    for row in rows:
        own = {at: held[at] for at in held if at[0] == row}
        done |= own.keys()
        yield _row(comparison, held, row, own)
    for column in columns:
        own = {at: held[at] for at in held if at[1] == column and at not in done}
        done |= own.keys()
        yield _column(comparison, held, own)
    for at in sorted(new - done):
        if comparison.edited[held[at]].text.strip():
            yield Rewrite("added", [], frozenset([held[at]]))


def _row(
    comparison: TwinComparison, held: dict[tuple[int, int], int], row: int,
    own: dict[tuple[int, int], int],
) -> Rewrite:  # fmt: skip
    """A row behind the one above it, or before the one below: written as that one is."""
    step = Rewrite("added", [], frozenset(own.values()))
    places = comparison.places
    for beside, after in ((row - 1, True), (row + 1, False)):
        at = _written(comparison, held, beside)
        if at is None:
            continue
        line = places.line(at)
        shown = places.text[slice(*line)]
        indent = shown[: len(shown) - len(shown.lstrip(" "))]
        texts = [_text(comparison, own[key]) for key in sorted(own)]
        if shown.lstrip().startswith("|"):
            first = line[1] if after else line[0]
            words = f"{indent}| {' | '.join(text.replace('|', '&#124;') for text in texts)} |"
            step.ways.append([_whole_line(first, words, after=after)])
        entry = entry_of(places.holders, at)
        lines = None if entry is None else places.own_lines(entry.span)
        if entry is not None and lines is not None:
            column = entry.span.start - places.line(entry.span.start)[0]
            listed = ", ".join(yaml_text(text, listed=True) for text in texts)
            words = f"{'':{column}}- [{listed}]"
            first = lines[1] - 1 if after else lines[0]
            step.ways.append([_whole_line(first, words, after=after)])
    return step


def _whole_line(at: int, words: str, *, after: bool) -> FileEdit:
    return FileEdit(at, at, f"\n{words}" if after else f"{words}\n")


def _column(
    comparison: TwinComparison, held: dict[tuple[int, int], int], own: dict[tuple[int, int], int]
) -> Rewrite:
    """A column behind the one at its left: in each row a value more."""
    step = Rewrite("added", [], frozenset(own.values()))
    places = comparison.places
    edits: list[FileEdit] = []
    rules: set[int] = set()
    for (row, column), j in sorted(own.items()):
        left = comparison.pairs.get(held.get((row, column - 1), -1))
        at = None if left is None else max(comparison.written(left), default=None)
        scalar = None if at is None else places.scalar(at)
        if at is None or scalar is None:
            return step
        text = _text(comparison, j)
        line = places.line(at)
        if places.is_block(scalar):  # | a | b |
            bar = places.text.find("|", at, line[1])
            if bar < 0:
                return step
            edits.append(FileEdit(bar, bar, f"| {text.replace('|', '&#124;')} "))
            rules.add(line[1] + 1)
            continue
        edits.append(FileEdit(scalar.span.end, scalar.span.end,
                              f", {yaml_text(text, listed=True)}"))  # fmt: skip
    for start in rules:
        shown = places.text[start : places.line(start)[1]]
        if shown.strip() and set(shown.strip()) <= set("|:- "):
            end = start + len(shown.rstrip())
            edits.append(FileEdit(end, end, " --- |"))
    step.ways.append(edits)
    return step


def _text(comparison: TwinComparison, j: int) -> str:
    """What a new cell says, as Markdown."""
    one = comparison.edited[j]
    inline = inline_of(comparison.account, one.para, one.base)
    return inline_markdown(inline)[0].replace("\n", " ")


def _written(comparison: TwinComparison, held: dict[tuple[int, int], int], row: int) -> int | None:
    """Where a cell of a row stands that was in the twin."""
    for at in sorted(held):
        i = comparison.pairs.get(held[at]) if at[0] == row else None
        if i is not None and comparison.written(i):
            return min(comparison.written(i))
    return None


def entry_of(holders: Sequence[Holder], at: int) -> Holder | None:
    """The innermost entry of a list on lines of its own that holds a character."""
    for holder in holders:
        if holder.span.start <= at < holder.span.end:
            inner = entry_of(holder.inner, at)
            own = holder if holder.listed and not holder.flow else None
            return inner or own
    return None
