"""The ticket: what a print shop has to know about an issue, taken from its pages.

Colours come from the paints of the pages. A picture of pixels counts as colour: what is in it is
not looked at. Ink is judged by the em boxes of lines and the outlines of everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from msgspec import Struct

from brieftex.delivery.register import plain_markdown
from brieftex.layout.page import (
    Artifact,
    Page,
    Placed,
    PlacedLine,
    PlacedPath,
    PlacedPicture,
    PlacedRule,
)
from brieftex.units import Color, Rect, mm, pt, to_mm, to_pt
from brieftex.vector import bounds

SLIP_THEME = Path(__file__).with_name("slip.yaml")
"""The theme of the slip, which goes to the print shop: A5."""

EDGE = mm(5)
"""Ink nearer to the edge than that is lost on many office printers."""

LEAST_TYPE = pt("6.5")
"""小六: what is smaller is not read on paper."""

LEAST_GREY = 12
"""Two fills whose lightness differs by fewer of a hundred parts look alike in grey print."""

SPOIL = 2
"""Of a hundred sheets so many are spoilt."""

_ABOVE, _BELOW = 88, 12  # of an em, in hundredths: where glyphs may have ink


class EdgeInk(Struct, frozen=True):
    """Ink on a page, so many mm from the nearest edge."""

    page: int
    mm: float


class AlikeGreys(Struct, frozen=True):
    """Two colours of a page's charts and drawings that look alike in grey."""

    page: int
    first: str
    second: str


class Ticket(Struct, frozen=True):
    """What is printed and how. ``pages`` counts those of one copy, ``blanks`` the empty ones that
    are added; ``sheets`` those of one copy and ``paper_needed`` all, with spoil. ``type_pt`` is the
    smallest type as printed, ``scale`` in thousandths. ``collation`` says which pages are on each
    sheet of a booklet: where the trim is the whole sheet, no mark can be printed beside it."""

    issue: str
    edition: str
    pages: int
    blanks: int
    sides: int
    sheets: int
    copies: int
    paper_needed: int
    paper: str
    duplex: str
    fold: str
    binding: str
    scale: int
    color_pages: tuple[int, ...]
    pictures: bool
    edge_ink: tuple[EdgeInk, ...]
    type_pt: float
    type_survives: bool
    alike_greys: tuple[AlikeGreys, ...]
    multiple_of_four: bool
    collation: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def sheets_with_spoil(sheets: int, copies: int) -> int:
    """All sheets of paper, two of a hundred more, rounded up."""
    return -(-sheets * copies * (100 + SPOIL) // 100)


def color_pages(pages: Sequence[Page]) -> tuple[int, ...]:
    """The pages that have a colour other than greys."""
    return tuple(page.number for page in pages if any(_is_colored(item) for item in page.items))


def _is_colored(item: Placed) -> bool:
    if isinstance(item, PlacedPicture):
        return True
    return any(not (c.red == c.green == c.blue) for c in _colors(item))


def _colors(item: Placed) -> Iterator[Color]:
    if isinstance(item, PlacedRule):
        yield item.color
    elif isinstance(item, PlacedPath):
        yield from (c for c in (item.paint.fill, item.paint.stroke) if c is not None)
    elif isinstance(item, PlacedLine):
        line = item.line
        yield from (run.color for run in line.runs if run.glyphs)
        yield from (dots.color for dots in line.dots)
        if line.above is not None:
            yield from (run.color for run in line.above.runs)


def has_pictures(pages: Sequence[Page]) -> bool:
    """Whether there are pictures of pixels."""
    return any(isinstance(item, PlacedPicture) for page in pages for item in page.items)


def ink_at_edges(pages: Sequence[Page], least: int = EDGE) -> tuple[EdgeInk, ...]:
    """The pages with ink nearer than ``least`` Sp to an edge of the paper."""
    found = []
    for page in pages:
        nearest = min((_distance(box, page) for box in _boxes(page)), default=least)
        if nearest < least:
            found.append(EdgeInk(page.number, round(to_mm(nearest), 1)))
    return tuple(found)


def _boxes(page: Page) -> Iterator[Rect]:
    for item in page.items:
        if isinstance(item, PlacedRule | PlacedPicture):
            yield item.rect
        elif isinstance(item, PlacedPath):
            if item.artifact is not Artifact.WATERMARK and item.outline:
                box = bounds(item.outline)
                yield Rect(item.x + box.x, item.y + box.y, box.width, box.height)
        elif isinstance(item, PlacedLine) and item.line.runs and item.turn is None:
            size = max(run.size for run in item.line.runs)
            top = item.y - size * _ABOVE // 100
            height = size * (_ABOVE + _BELOW) // 100
            yield Rect(item.x, top, item.line.width, height)


def _distance(box: Rect, page: Page) -> int:
    return min(
        box.x,
        box.y,
        page.trim.width - box.x - box.width,
        page.trim.height - box.y - box.height,
    )


def smallest_type(pages: Sequence[Page]) -> int:
    """The size of the smallest type, Sp; ruby and superscripts included."""
    sizes = [
        run.size
        for page in pages
        for item in page.items
        if isinstance(item, PlacedLine)
        for line in (item.line, item.line.above)
        if line is not None
        for run in line.runs
        if run.glyphs
    ]
    return min(sizes, default=0)


def alike_greys(pages: Sequence[Page]) -> tuple[AlikeGreys, ...]:
    """Fills of charts and drawings on one page that look alike in grey print."""
    found = []
    for page in pages:
        fills = dict.fromkeys(
            item.paint.fill
            for item in page.items
            if isinstance(item, PlacedPath) and item.node >= 0 and item.paint.fill is not None
        )
        for one, other in combinations(fills, 2):
            if abs(_lightness(one) - _lightness(other)) < LEAST_GREY:
                found.append(AlikeGreys(page.number, str(one), str(other)))
    return tuple(found)


def _lightness(color: Color) -> float:
    """L* of CIE 1976, 0 to 100, as a grey print shows it."""
    parts = [v / 255 for v in (color.red, color.green, color.blue)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return float(116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y)


def ticket_rows(ticket: Ticket) -> list[tuple[str, str]]:
    """The ticket as names and values, in Chinese, for a terminal or a slip."""
    t = ticket
    blanks = f"（含空白 {t.blanks} 页）" if t.blanks else ""
    total = t.pages + t.blanks
    numbers = "、".join(map(str, t.color_pages))
    rows = [
        ("刊物", t.issue),
        ("版本", t.edition),
        ("份数", f"{t.copies} 份"),
        ("页数", f"{total} 页{blanks}，{'是' if t.multiple_of_four else '不是'} 4 的倍数"),
        ("用纸", f"{t.paper}，每份 {t.sheets} 张，共 {t.paper_needed} 张（含损耗 {SPOIL}%）"),
        ("印面", f"每份 {t.sides} 面，{t.duplex}"),
        ("折法", t.fold),
        ("装订", t.binding),
        ("彩色页", f"{len(t.color_pages)} 页（第 {numbers} 页）" if numbers else "无，黑白印即可"),
        ("最小字", f"{t.type_pt:.1f} 磅，{'看得清' if t.type_survives else '太小，看不清'}"),
    ]
    if t.collation:
        rows.append(("配页", "；".join(t.collation)))
    if t.scale != 1000:
        rows.append(("缩放", f"{t.scale / 10:.1f}%"))
    if t.edge_ink:
        near = "、".join(f"第 {e.page} 页 {e.mm} 毫米" for e in t.edge_ink)
        rows.append(("离纸边不足 5 毫米", near))
    if t.alike_greys:
        pairs = "；".join(f"第 {g.page} 页 {g.first} 和 {g.second}" for g in t.alike_greys[:6])
        rows.append(("灰度下分不清", pairs))
    if t.pictures:
        rows.append(("图片", "有照片一类的图，按彩色页计"))
    return [*rows, *(("注意", note) for note in t.notes)]


def ticket_issue(ticket: Ticket) -> str:
    """The slip as the text of an issue file, for the theme ``slip``."""
    import json  # for slips only  # noqa: PLC0415

    rows = [[name, plain_markdown(value)] for name, value in ticket_rows(ticket)]
    made = {
        "masthead": {"name": "印刷单"},
        "contents": False,
        "title": plain_markdown(ticket.issue),
        "allow": ["BT350", "BT314"],
        "body": [{"table": {"rows": rows, "grid": True, "align": ["left", "left"]}}],
    }
    return json.dumps(made, ensure_ascii=False, indent=1)


def type_in_pt(size: int, scale: int) -> float:
    """A size as printed, pt."""
    return round(to_pt(size * scale // 1000), 1)
