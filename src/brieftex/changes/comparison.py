"""Two issues → what changed, piece by piece, in the order of the new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from brieftex.changes.edits import (
    QUANTITIES,
    Change,
    TextEdit,
    person_names,
    readable,
    replaced,
    text_edits,
)
from brieftex.changes.looks import form_changes, kept, look_changes
from brieftex.changes.matching import match_parts, match_pieces, moved_parts, out_of_order
from brieftex.changes.parts import IssuePiece, TextPart, pieces_of
from brieftex.diagnostics import Span
from brieftex.model.content import Chart, Figure, PdfPages, Table
from brieftex.model.issue import Issue


class Difference(Struct, frozen=True):
    """One thing that changed. ``kind`` is changed, added, gone, moved, renamed or, where no words
    changed but how they look, format; ``piece`` and
    ``sort`` say what; spans are places in the old and the new file; ``swaps`` are numbers and
    names that gave way to others. ``detail`` says where something was or is, or which cell."""

    kind: str
    piece: str
    sort: str
    edits: tuple[TextEdit, ...] = ()
    old: Span | None = None
    new: Span | None = None
    detail: str = ""
    swaps: tuple[tuple[str, str], ...] = ()


_TEXTS = frozenset((
    "段落", "列表", "引文", "小标题", "发言", "编者按", "提要框", "分行文字",
))  # fmt: skip
"""Sorts of blocks that are text, each of which may become another."""

Digests = Mapping[str, str]
"""Digests of the bytes of pictures, by their paths as written."""


def issue_differences(
    old: Issue, new: Issue, pictures: tuple[Digests, Digests] = ({}, {})
) -> list[Difference]:
    """What changed from one issue to another. ``pictures`` identify the files of figures."""
    before, after = pieces_of(old), pieces_of(new)
    pairs = match_pieces(before, after)
    partner = {j: i for i, j in pairs}
    found: list[Difference] = []
    moved = moved_pieces(before, after, pairs)
    for j, piece in enumerate(after):
        i = partner.get(j)
        if i is None:
            found += _whole("added", piece)
            continue
        was = before[i]
        if was.title != piece.title:
            edits = tuple(readable(text_edits(was.title, piece.title)))
            found.append(Difference(
                "renamed", piece_name(piece), "标题", edits, was.span, piece.span,
                swaps=swaps_in(edits),
            ))  # fmt: skip
        if j in moved:
            found.append(Difference(
                "moved", piece_name(piece), "条目", old=was.span, new=piece.span, detail=moved[j]
            ))  # fmt: skip
        found += _parts(was, piece, pictures)
    still = {i for i, _ in pairs}
    for i, piece in enumerate(before):
        if i not in still:
            found += _whole("gone", piece)
    return _with_moves(found)


def piece_name(piece: IssuePiece) -> str:
    """What a piece is called: its title, if it has one."""
    return {"head": "报头", "foot": "落款、版记"}.get(piece.sort, piece.title)


def _whole(kind: str, piece: IssuePiece) -> Iterator[Difference]:
    if not piece.title and not piece.parts:
        return
    change = Change.ADDED if kind == "added" else Change.GONE
    text = "\n".join(part.text for part in piece.parts)
    edits = (TextEdit(change, text),) if text else ()
    sort = {"item": "条目", "section": "栏目", "attachment": "附件"}.get(piece.sort, "部分")
    old, new = (piece.span, None) if kind == "gone" else (None, piece.span)
    yield Difference(kind, piece_name(piece), sort, edits, old, new)


def moved_pieces(
    before: Sequence[IssuePiece], after: Sequence[IssuePiece], pairs: Sequence[tuple[int, int]]
) -> dict[int, str]:
    """Where the items were that now stand elsewhere, by their new numbers."""
    sections = {after[j].home: before[i].home for i, j in pairs if after[j].sort == "section"}
    titles = {p.home: p.title or "无题" for p in before if p.sort == "section"}
    found: dict[int, str] = {}
    for sort in ("item", "section", "attachment"):
        by_new = sorted((j, i) for i, j in pairs if after[j].sort == sort)
        stay = []
        for j, i in by_new:
            home = sections.get(after[j].home)
            if sort == "item" and home != before[i].home:
                found[j] = f"原在《{titles.get(before[i].home, '')}》"
            else:
                stay.append((j, i))
        for k in out_of_order([i for _, i in stay]):
            found[stay[k][0]] = "次序改了"
    return found


def _parts(
    was: IssuePiece, piece: IssuePiece, pictures: tuple[Digests, Digests]
) -> Iterator[Difference]:
    name = piece_name(piece)
    for i, j in match_parts(was.parts, piece.parts):
        if i is None:
            assert j is not None
            part = piece.parts[j]
            edits = (TextEdit(Change.ADDED, part.text),)
            yield Difference("added", name, part.sort, edits, new=part.span)
        elif j is None:
            part = was.parts[i]
            edits = (TextEdit(Change.GONE, part.text),)
            yield Difference("gone", name, part.sort, edits, old=part.span)
        else:
            yield from _part(name, was.parts[i], piece.parts[j], pictures)


def _part(
    name: str, one: TextPart, two: TextPart, pictures: tuple[Digests, Digests]
) -> Iterator[Difference]:
    match one.block, two.block:
        case Table(), Table():
            yield from _tables(name, one, two)
        case Chart(), Chart():
            yield from _charts(name, one, two)
        case Figure(path=path), Figure(path=other):
            before, after = pictures[0].get(path), pictures[1].get(other)
            # The file of a draft that was sent alone is not there: its name has to do.
            if before != after if before and after else path != other:
                yield Difference(
                    "changed", name, "插图", old=one.span, new=two.span, detail=f"图片换了：{other}"
                )
            elif one.text != two.text:
                yield from _figures(name, one, two)
        case PdfPages(digest=was), PdfPages(digest=now, path=other) if was and now and was != now:
            yield _text(name, one, two, f"PDF 文件换了：{other}")
        case _ if one.text != two.text:
            yield _text(name, one, two)
    yield from _looks(name, one, two)


def _looks(name: str, one: TextPart, two: TextPart) -> Iterator[Difference]:
    """What changed in how a block looks, although its words are the same."""
    found = look_changes(one.inline, two.inline) + form_changes(one.block, two.block)
    if one.form != two.form:
        found.append(f"{one.form or '段落'}→{two.form or '段落'}")
    if isinstance(one.block, Table | Chart | Figure) and isinstance(
        two.block, Table | Chart | Figure
    ):
        found += look_changes(one.block.caption, two.block.caption)
    if found:
        text = kept(two.text) if two.inline is not None else ()
        yield Difference("format", name, two.sort, text, one.span, two.span, "；".join(found))


def _figures(name: str, one: TextPart, two: TextPart) -> Iterator[Difference]:
    """Figures whose files are the same: their captions, and what is said of them."""
    old, new = one.block, two.block
    assert isinstance(old, Figure)
    assert isinstance(new, Figure)
    yield from _captions(name, one, two, old, new)


def _text(name: str, one: TextPart, two: TextPart, detail: str = "") -> Difference:
    edits = tuple(readable(text_edits(one.text, two.text)))
    return Difference("changed", name, two.sort, edits, one.span, two.span, detail, swaps_in(edits))


def _tables(name: str, one: TextPart, two: TextPart) -> Iterator[Difference]:
    """Tables by cell: rows side by side, then their cells."""
    old, new = one.block, two.block
    assert isinstance(old, Table)
    assert isinstance(new, Table)
    olds, news = old.lines, new.lines
    rows = [
        [TextPart("行", "|".join(cell.inline.text for cell in row), None) for row in lines]
        for lines in (olds, news)
    ]
    yield from _captions(name, one, two, old, new)
    for i, j in match_parts(*rows):
        if i is None or j is None:
            part = rows[1][j] if j is not None else rows[0][i or 0]
            change, kind = (Change.ADDED, "added") if i is None else (Change.GONE, "gone")
            where = _row_name(old, i or 0) if j is None else _row_name(new, j)
            if part.text:
                row = (TextEdit(change, part.text),)
                yield Difference(kind, name, "表格", row, one.span, two.span, where)
            continue
        where = _row_name(new, j)
        same = [(c.column, c.colspan, c.rowspan) for c in olds[i]] == [
            (c.column, c.colspan, c.rowspan) for c in news[j]
        ]
        if not same:
            if rows[0][i].text != rows[1][j].text:
                yield _text(name, rows[0][i], rows[1][j], where)
            yield Difference(
                "changed", name, "表格", (), one.span, two.span, f"{where}，合并的格变了"
            )
            continue
        for cell, was in zip(news[j], olds[i], strict=True):
            place = f"{where}第{cell.column + 1}列"
            for said in look_changes(was.inline, cell.inline):
                yield Difference("format", name, "表格", (), one.span, two.span, f"{place}，{said}")
            if cell.inline.text != was.inline.text:
                edits = tuple(readable(text_edits(was.inline.text, cell.inline.text)))
                yield Difference(
                    "changed", name, "表格", edits, one.span, two.span, place, swaps_in(edits)
                )


def _row_name(table: Table, k: int) -> str:
    """What row ``k`` of a table, heads included, is called."""
    heads = len(table.header)
    if k >= heads:
        return f"第{k - heads + 1}行"
    return f"表头第{k + 1}行" if heads > 1 else "表头"


def _captions(
    name: str,
    one: TextPart,
    two: TextPart,
    old: Table | Chart | Figure,
    new: Table | Chart | Figure,
) -> Iterator[Difference]:
    texts = ["" if thing.caption is None else thing.caption.text for thing in (old, new)]
    if texts[0] != texts[1]:
        edits = tuple(readable(text_edits(texts[0], texts[1])))
        yield Difference(
            "changed", name, f"{two.sort}题", edits, one.span, two.span, "", swaps_in(edits)
        )


def _charts(name: str, one: TextPart, two: TextPart) -> Iterator[Difference]:
    """Charts by value: each is named by its series and category."""
    old, new = one.block, two.block
    assert isinstance(old, Chart)
    assert isinstance(new, Chart)
    yield from _captions(name, one, two, old, new)
    values = [
        {
            (series.name.text if series.name else "", category.text): amount.typed.text
            if amount
            else ""
            for series in chart.series
            for category, amount in zip(chart.categories, series.values, strict=False)
        }
        for chart in (old, new)
    ]
    for key in dict.fromkeys((*values[0], *values[1])):
        was, now = values[0].get(key), values[1].get(key)
        if was == now:
            continue
        kind = "added" if was is None else "gone" if now is None else "changed"
        pair = [(Change.GONE, was or ""), (Change.ADDED, now or "")]
        edits = tuple(TextEdit(change, text) for change, text in pair if text)
        where = "·".join(part for part in key if part)
        yield Difference(kind, name, "图表", edits, one.span, two.span, where, swaps_in(edits))


def swaps_in(edits: Sequence[TextEdit]) -> tuple[tuple[str, str], ...]:
    """Numbers and names of persons that gave way to others."""
    found: list[tuple[str, str]] = []
    for was, now in replaced(edits):
        for kind in (QUANTITIES.findall, person_names):
            before, after = kind(was), kind(now)
            if before and len(before) == len(after):
                found += [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return tuple(dict.fromkeys(found))


def _with_moves(found: Sequence[Difference]) -> list[Difference]:
    """Blocks that are gone in one place and added in another, which is one thing: they moved, and
    may have been edited. One that stands where it stood is now of another sort."""
    gone = [k for k, one in enumerate(found) if one.kind == "gone" and one.edits]
    added = [k for k, one in enumerate(found) if one.kind == "added" and one.edits]
    parts = [
        [TextPart(_alike(found[k].sort), found[k].edits[0].text, None) for k in side]
        for side in (gone, added)
    ]
    pairs = {added[b]: gone[a] for b, a in moved_parts(*parts).items()}
    taken = set(pairs.values())
    return [
        _moved(found[pairs[k]], one) if k in pairs else one
        for k, one in enumerate(found)
        if k not in taken
    ]


def _alike(sort: str) -> str:
    """Blocks that say the same may be of another sort now; items and what is no text are not."""
    return "文" if sort in _TEXTS else sort


def _moved(was: Difference, now: Difference) -> Difference:
    before, after = was.edits[0].text, now.edits[0].text
    edits = kept(after) if before == after else tuple(readable(text_edits(before, after)))
    same = was.piece == now.piece
    if was.sort != now.sort and same:
        said = f"{was.sort}→{now.sort}"
        kind = "format" if before == after else "changed"
    else:
        said = "次序改了" if same else f"原在“{was.piece}”"
        kind = "moved"
    swaps = swaps_in(edits)
    return Difference(kind, now.piece, now.sort, edits, was.old, now.new, said, swaps)
