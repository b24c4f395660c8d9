"""What is printed: the pages of an issue on sheets as they were asked for, and their ticket."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from brieftex.delivery.naming import issue_name
from brieftex.delivery.ticket import (
    LEAST_TYPE,
    Ticket,
    alike_greys,
    color_pages,
    has_pictures,
    ink_at_edges,
    sheets_with_spoil,
    smallest_type,
    type_in_pt,
)
from brieftex.layout.imposition import (
    PAPER_THICKNESS,
    PAPERS,
    THOUSAND,
    PageIndex,
    SheetSide,
    booklet,
    halves,
    plain_sides,
    several_up,
    with_blanks,
)
from brieftex.layout.page import Page, PlacedLine
from brieftex.pdf.sheets import imposed, repeated
from brieftex.printing.marks import drawn_marks, has_room
from brieftex.printing.press import PressRun
from brieftex.units import to_mm


class Fold(StrEnum):
    """How pages lie on sheets: as they are, as a booklet, two or four to a side."""

    NONE = "none"
    BOOKLET = "booklet"
    TWO_UP = "2up"
    FOUR_UP = "4up"


class PrintWish(Struct, frozen=True):
    """How an issue is to be printed. ``weight`` in grams to the square metre; ``copies`` is how
    many where they have no numbers."""

    fold: Fold = Fold.NONE
    paper: str = ""
    weight: int = 80
    one_sided: bool = False
    numbers: tuple[int, ...] = ()
    copies: int = 1


class PrintPlan(Struct, frozen=True):
    """The sides of one copy, made of its own pages from 0, and the ticket."""

    sides: tuple[SheetSide, ...]
    ticket: Ticket


def print_plan(run: PressRun, wish: PrintWish, edition: str) -> PrintPlan:
    """Plan the sheets of a copy."""
    made = run.made
    trim = made.pages[0].trim
    colophon = made.document.foot is not None
    multiple = 4 if wish.fold is Fold.BOOKLET else 1
    pages = with_blanks(run.count, multiple=multiple, colophon=colophon)
    usual = {Fold.BOOKLET: "a3", Fold.NONE: "", Fold.TWO_UP: "a4", Fold.FOUR_UP: "a4"}
    paper = wish.paper or usual[wish.fold]
    match wish.fold:
        case Fold.BOOKLET:
            sides = booklet(pages, trim, PAPERS[paper], PAPER_THICKNESS[wish.weight])
        case Fold.TWO_UP | Fold.FOUR_UP:
            number = 2 if wish.fold is Fold.TWO_UP else 4
            sides = several_up(pages, trim, PAPERS[paper], number)
        case Fold.NONE:
            sides = plain_sides(pages, trim)
    return PrintPlan(tuple(sides), _ticket(run, wish, edition, pages, sides, paper))


def _ticket(  # noqa: PLR0913, PLR0917  # what it is made of
    run: PressRun,
    wish: PrintWish,
    edition: str,
    pages: Sequence[PageIndex],
    sides: Sequence[SheetSide],
    paper: str,
) -> Ticket:
    made = run.made
    folded = wish.fold is Fold.BOOKLET
    scale = min((spot.scale for side in sides for spot in side.spots), default=THOUSAND)
    smallest = smallest_type(made.pages)
    sheets = (len(sides) + 1) // 2
    copies = len(wish.numbers) or wish.copies
    short = folded or wish.fold is Fold.TWO_UP
    duplex = "双面，短边翻转" if short else "双面，长边翻转"
    if wish.one_sided:
        duplex = "单面印两遍：先印正面文件，整摞翻过来放回，再印反面文件"
    survives = smallest * scale // THOUSAND >= LEAST_TYPE
    stitched = "骑马订两钉" if folded else "左侧订两钉"
    return Ticket(
        issue=issue_name(made.issue.masthead),
        edition=edition,
        pages=run.count,
        blanks=len(pages) - run.count,
        sides=len(sides),
        sheets=sheets,
        copies=copies,
        paper_needed=sheets_with_spoil(sheets, copies),
        paper=(paper or _paper_of(made.pages[0])).upper(),
        duplex=duplex,
        fold="对折" if folded else "不折",
        binding=stitched if wish.fold in (Fold.NONE, Fold.BOOKLET) else "不装订（供审阅）",
        scale=scale,
        color_pages=color_pages(made.pages),
        pictures=has_pictures(made.pages),
        edge_ink=ink_at_edges(made.pages),
        type_pt=type_in_pt(smallest, scale),
        type_survives=survives,
        alike_greys=alike_greys(made.pages),
        multiple_of_four=run.count % 4 == 0,
        collation=_collation(sides) if folded else (),
        notes=tuple(_notes(run, wish, pages, sides, scale)),
    )


def _collation(sides: Sequence[SheetSide]) -> tuple[str, ...]:
    """第1张 正 24·1 反 2·23 for each sheet, from the outermost."""

    def told(side: SheetSide) -> str:
        return "·".join("空" if page is None else str(page + 1) for page in halves(side))

    pairs = zip(sides[::2], sides[1::2], strict=True)
    return tuple(
        f"第{number}张 正 {told(front)} 反 {told(back)}"
        for number, (front, back) in enumerate(pairs, 1)
    )


def _notes(
    run: PressRun,
    wish: PrintWish,
    pages: Sequence[PageIndex],
    sides: Sequence[SheetSide],
    scale: int,
) -> list[str]:
    notes = []
    if run.traces:
        trace = next(iter(run.traces.values()))
        notes.append(
            f"加了暗记：正文 {trace.signs} 行各移 0.25 磅；复印件上读得出其中 {trace.needed} 行，"
            "就认得出是哪一份"
        )
    if wish.fold is Fold.BOOKLET:
        if len(pages) > run.count:
            where = "版记页之前" if run.made.document.foot is not None else "最后"
            notes.append(
                f"补了 {len(pages) - run.count} 页空白，在{where}；"
                "在简报里写 fit: {multiple_of: 4} 可免去空白"
            )
        if scale < THOUSAND:
            size = type_in_pt(_body_size(run), scale)
            notes.append(f"缩小到 {scale / 10:.1f}%：正文成了 {size} 磅，请看看是否嫌小")
        if sides and not has_room(sides[0]):
            notes.append(
                "纸就是成品的大小，张号和裁切线没有地方印：按配页一项理齐；要印请用 --paper sra3"
            )
    if len(run.made.pages) > 1 and wish.fold is Fold.BOOKLET:
        notes.append("骑马订的订口可以减半；28 毫米的订口是为侧订留的")
    return notes


def _body_size(run: PressRun) -> int:
    """The size of most type, Sp."""
    sizes: Counter[int] = Counter()
    for page in run.made.pages:
        for item in page.items:
            if isinstance(item, PlacedLine):
                for glyphs in item.line.runs:
                    sizes[glyphs.size] += len(glyphs.glyphs)
    return sizes.most_common(1)[0][0] if sizes else 0


def _paper_of(page: Page) -> str:
    """The name of a page's paper, or its size in mm."""
    for name, size in PAPERS.items():
        if size == page.trim:
            return name
    return f"{to_mm(page.trim.width):.0f}×{to_mm(page.trim.height):.0f} 毫米"


def printed_file(
    run: PressRun, sides: Sequence[SheetSide], wish: PrintWish, numbers: Sequence[int], title: str
) -> bytes:
    """The file of the copies with these numbers, or of one without, on these sides. Each copy
    begins on a sheet of its own."""
    orders = [run.order(number) for number in numbers] or [tuple(range(run.count))]
    plain = wish.fold is Fold.NONE and not wish.one_sided
    if plain and (not numbers or run.whole):
        return run.pdf
    if plain and (run.count % 2 == 0 or len(orders) == 1):
        return repeated(run.pdf, [page for order in orders for page in order], title)
    odd = len(sides) % 2 == 1 and len(orders) > 1
    filled = [*sides, SheetSide(sides[-1].paper, ())] if odd else sides
    whole = [_of_copy(side, order) for order in orders for side in filled]
    marks = drawn_marks(whole, run.setting, title)
    return imposed(run.pdf, whole, marks, title)


def _of_copy(side: SheetSide, order: Sequence[int]) -> SheetSide:
    """A side with the pages of a copy in the places of the first one's."""
    return replace(side, spots=tuple(replace(s, page=order[s.page]) for s in side.spots))
