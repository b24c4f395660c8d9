"""The statistics of a volume: what was published when, in which sections, by whom; as tables and
charts of an issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from brieftex.collection.matter import MatterMaker
from brieftex.collection.records import VolumeRecord
from brieftex.compose.body import add_body
from brieftex.compose.context import Headings, Surroundings
from brieftex.diagnostics import Span
from brieftex.document.blocks import Document
from brieftex.document.paragraphs import TextBlock
from brieftex.model.content import (
    Amount,
    Body,
    BodyBlock,
    Chart,
    Heading,
    Inline,
    Paragraph,
    Series,
    Table,
    TableCell,
)

STATISTICS = "statistics"
"""The anchor of its first page."""

MOST_ROWS = 20
"""Rows of a table of names, the commonest first."""

MOST_BARS = 12
"""Bars of a chart; further sections are taken together."""

_NOWHERE = Span(0, 1)


def statistics(maker: MatterMaker, records: Sequence[VolumeRecord]) -> Document:
    """The document of the statistics."""
    draft = maker.draft()
    style = maker.theme.styles["foreword_title"]
    title = f"{maker.title.kind.removesuffix('合订本')}编发统计"
    text = draft.words(title, style.char, draft.heading_node(1, 0), 0)
    draft.add(TextBlock(text, style, STATISTICS))
    headings = Headings((), ("foreword_heading",), 2, 0, STATISTICS)
    add_body(draft, Body(tuple(_blocks(records))), Surroundings(0, headings))
    return maker.document(draft, "统计")


def _blocks(records: Sequence[VolumeRecord]) -> Iterable[BodyBlock]:
    pieces = sum(len(record.pieces) for record in records)
    pages = sum(record.pages for record in records)
    characters = sum(record.characters for record in records)
    yield Paragraph(
        Inline(
            f"本卷收{len(records)}期，刊发{pieces}篇，共{pages}页、{_wan(characters)}字，"
            f"平均每期{pieces / len(records):.1f}篇、{pages / len(records):.1f}页。"
        )
    )
    months = _months(records)
    yield Heading(1, Inline("编发情况"))
    header = ("月份" if months else "期号", "期数", "篇数", "页数", "字数")
    rows = [
        (name, len(group), _pieces(group), _pages(group), _characters(group))
        for name, group in (months or _issues(records))
    ]
    total = ("合计", len(records), pieces, pages, characters)
    yield _table("各月编发情况" if months else "各期编发情况", header, [*rows, total])
    if len(rows) > 1:
        named = [(str(row[0]), int(row[2])) for row in rows[-24:]]
        yield _chart("bar", "篇数的变化", named, "篇")
    yield from _sections(records)
    yield from _names(
        "供稿", ("供稿单位和作者", "篇数"), (n for r in records for n in r.contributors)
    )
    yield from _names("来源", ("来源", "次数"), (n for r in records for n in r.sources))


def _sections(records: Sequence[VolumeRecord]) -> Iterable[BodyBlock]:
    counts: Counter[str] = Counter(p.section for r in records for p in r.pieces if p.section)
    issues: Counter[str] = Counter(
        section for r in records for section in {p.section for p in r.pieces} if section
    )
    if not counts:
        return
    yield Heading(1, Inline("栏目"))
    ranked = counts.most_common()
    shown = [(name, issues[name], count) for name, count in ranked[: 2 * MOST_ROWS]]
    yield _table("各栏目刊发情况", ("栏目", "期数", "篇数"), shown)
    if len(ranked) > 1:
        bars = ranked[:MOST_BARS]
        rest = sum(count for _, count in ranked[MOST_BARS:])
        yield _chart("hbar", "各栏目的篇数", [*bars, *([("其他", rest)] if rest else [])], "篇")


def _names(title: str, header: tuple[str, str], names: Iterable[str]) -> Iterable[BodyBlock]:
    counts = Counter(names)
    if not counts:
        return
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ROWS]
    yield Heading(1, Inline(title))
    more = f"（前{MOST_ROWS}位）" if len(counts) > MOST_ROWS else ""
    yield _table(f"{header[0]}{more}", header, ranked)


def _months(records: Sequence[VolumeRecord]) -> list[tuple[str, list[VolumeRecord]]]:
    """The issues of each month; none where an issue has no date or all are of one month."""
    found: dict[str, list[VolumeRecord]] = {}
    years = {r.head.date.year for r in records if r.head.date is not None}
    for record in records:
        date = record.head.date
        if date is None:
            return []
        name = f"{date.month}月" if len(years) == 1 else f"{date.year}年{date.month}月"
        found.setdefault(name, []).append(record)
    return list(found.items()) if len(found) > 1 else []


def _issues(records: Sequence[VolumeRecord]) -> list[tuple[str, list[VolumeRecord]]]:
    return [(r.head.words.partition("（")[0] or r.head.path.stem, [r]) for r in records]


def _pieces(records: Iterable[VolumeRecord]) -> int:
    return sum(len(record.pieces) for record in records)


def _pages(records: Iterable[VolumeRecord]) -> int:
    return sum(record.pages for record in records)


def _characters(records: Iterable[VolumeRecord]) -> int:
    return sum(record.characters for record in records)


def _wan(number: int) -> str:
    return f"{number / 10_000:.1f}万" if number >= 10_000 else str(number)


def _table(caption: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    return Table(
        (_row(header),),
        tuple(map(_row, rows)),
        tuple("left" if k == 0 else "right" for k in range(len(header))),
        Inline(caption),
        _NOWHERE,
    )


def _row(cells: Sequence[object]) -> tuple[TableCell, ...]:
    return tuple(TableCell(Inline(str(cell)), k) for k, cell in enumerate(cells))


def _chart(kind: str, caption: str, numbers: Sequence[tuple[str, int]], unit: str) -> Chart:
    return Chart(
        kind,
        tuple(Inline(name) for name, _ in numbers),
        (Series(None, tuple(Amount(Fraction(n), Inline(str(n))) for _, n in numbers)),),
        Inline(unit),
        stacked=False,
        alt=None,
        caption=Inline(caption),
        span=_NOWHERE,
    )
