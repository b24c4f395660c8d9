"""Copyfitting: an issue is set in the wanted number of pages within the bounds of its theme.

Adjustments are tried in the order in which an editor would try them: the leading, then the space
around headings, then the height of the type area, then its width, each in small steps. A group of
adjustments is skipped if the furthest of them is not enough. Lines are broken again only where
their measure changes (``Setting.cache``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from brieftex.copyfit.adjustment import (
    Adjustment,
    changed_steps,
    possible_characters,
    possible_lines,
    possible_spaces,
    refitted,
    unchanged,
)
from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages.fitting import (
    FIT_CHANGED,
    FIT_JUMPS,
    FIT_OUT_OF_REACH,
    FIT_TOO_LONG,
    FIT_TOO_SHORT,
)
from brieftex.document.blocks import TextBlock
from brieftex.input.theme import Theme
from brieftex.layout.page import PlacedLine
from brieftex.layout.pages import parameters
from brieftex.layout.pages.pagebreak import more_pages
from brieftex.layout.paginate import Layout
from brieftex.model.issue import Fit, FitKind
from brieftex.units import Sp, to_mm, to_pt

_HOLE: Final = 6
"""The weight of an underfull page."""

_LABELLED: Final = 2
"""The most lines in a box of one line of text: its label and itself. Rows of tables have more."""

_MOST_MIXED: Final = 24
"""The most combinations tried that partly offset one another."""

_STEP_WORDS: Final = (
    ("发言人", "speakers"), ("小标题", "sub-headings"), ("条目标题", "titles of items"),
    ("栏目标题", "titles of sections"), ("段落", "paragraphs"),
)  # fmt: skip
"""The styles that the steps of ``Adjustment.space`` change, by name."""

LayOut = Callable[[Theme], Layout]

_WEIGHTS: Final = (2, 3, 4, 8)
"""The weights of a line more or less, a step of space, a higher or lower and a wider or narrower
type area, which decide between adjustments that both reach the goal. A page more or less than
before weighs 1, pages that end early weigh 3."""


def fit(wanted: Fit, theme: Theme, own: Layout, lay_out: LayOut) -> tuple[Layout, Finding]:
    """The layout with the wanted number of pages, and a note on what was changed for it.

    ``own`` is the layout of the unchanged ``theme``, which does not have it; it is returned
    with a warning if no adjustment within the bounds does. Where its words alone need more
    pages, none is tried: each would set the whole issue again.
    """
    if wanted.kind is not FitKind.MULTIPLE_OF and wanted.number < (least := _least(own, theme)):
        return own, _out_of_reach(wanted, own, least)
    search = _Search(wanted, theme, lay_out, {unchanged(theme): own})
    change = search.best()
    if change is None:
        return own, search.failure()
    return search.layout(change), _changed(wanted, theme, change, search.layout(change))


class _Search(Struct, frozen=True):
    """A search and the layouts that it has tried so far."""

    wanted: Fit
    theme: Theme
    lay_out: LayOut
    tried: dict[Adjustment, Layout]
    spaces: tuple[int, ...] = ()
    characters: range = range(0)
    poor: list[Adjustment] = field(default_factory=list)

    def __post_init__(self) -> None:
        force_setattr(self, "spaces", possible_spaces(self.theme))
        force_setattr(self, "characters", possible_characters(self.theme))

    def layout(self, change: Adjustment) -> Layout:
        """The layout with this change, made once."""
        if change not in self.tried:
            self.tried[change] = self.lay_out(refitted(self.theme, change))
        return self.tried[change]

    def pages(self, change: Adjustment) -> int:
        """The number of pages with this change."""
        return len(self.layout(change).plans)

    def best(self) -> Adjustment | None:
        """The smallest change that meets the goal; None if none does."""
        found = [
            change
            for target, direction in self.targets()
            if (change := self.towards(target, direction)) is not None
        ]
        return min([*found, *self.poor], key=self.weight, default=None)

    def weight(self, change: Adjustment) -> tuple[int, tuple[int, ...]]:
        """The weight of a change, underfull pages included; ties are broken by its departure."""
        departure = self.departure(change)
        return departure[0] + _HOLE * _holes(self.layout(change)), departure

    def targets(self) -> list[tuple[int, int]]:
        """Numbers of pages that meet the goal, each with a direction: 1 for fewer, -1 for more."""
        now, number = self.pages(unchanged(self.theme)), self.wanted.number
        if self.wanted.kind is not FitKind.MULTIPLE_OF:
            return [(number, 1 if now > number else -1)]
        down = now // number * number
        return [(down + number, -1)] + ([(down, 1)] if down else [])

    def towards(self, target: int, direction: int) -> Adjustment | None:
        """The first change in this direction that will do; failing that, one that ends pages early
        or combines changes which partly offset one another."""
        levels = [
            level
            for level in self.levels(direction)
            if self.reaches(level[-1][-1], target, direction)
        ]
        for level in levels:
            for group in level:
                if self.reaches(group[-1], target, direction):
                    for change in group:
                        if self.will_do(change, target):
                            return change
        if not levels and direction > 0:
            return None
        spread = self.short_pages(target)
        mixed = iter(self.mixed(direction) if levels else ())
        return next((c for c in chain(spread, mixed) if self.will_do(c, target)), None)

    def will_do(self, change: Adjustment, target: int) -> bool:
        """Whether a change meets the goal without more underfull pages than before. One that
        meets it with more is kept in ``poor``."""
        pages = self.pages(change)
        if not (pages == target or (self.wanted.kind is FitKind.MAX_PAGES and pages < target)):
            return False
        if _holes(self.layout(change)) <= _holes(self.layout(unchanged(self.theme))):
            return True
        self.poor.append(change)
        return False

    def short_pages(self, target: int) -> Iterator[Adjustment]:
        """The changes tried that lead to fewer pages than the target but reach it if pages end a
        little early, the smallest first."""
        fewer = [
            change
            for change, layout in self.tried.items()
            if len(layout.plans) < target and not change.pages
        ]
        for change in sorted(fewer, key=self.departure):
            layout = stretched(self.tried[change], target)
            if layout is not None:
                spread = replace(change, pages=target)
                self.tried[spread] = layout
                yield spread

    def reaches(self, change: Adjustment, target: int, direction: int) -> bool:
        """Whether a change reaches or passes the target."""
        return direction * (self.pages(change) - target) <= 0

    def levels(self, direction: int) -> Iterator[list[list[Adjustment]]]:
        """Changes in one direction, by level: the leading; also the space; also the height; also
        the width. A level consists of groups, a group of changes from the smallest to the
        furthest."""
        own = self.theme.page.lines
        narrow, wide = (
            [own, *_beyond(lines, own, direction)] for lines in possible_lines(self.theme)
        )
        spaces = [0, *sorted((s for s in self.spaces if s * direction < 0), key=abs)]
        yield [[Adjustment(n) for n in narrow]]
        yield [[Adjustment(n, space) for space in spaces] for n in narrow]
        if len(wide) > len(narrow):
            yield [[Adjustment(n, space) for space in spaces] for n in wide[len(narrow) :]]
        for more in _beyond(self.characters, 0, direction):
            yield [[Adjustment(n, space, more) for space in spaces] for n in wide]

    def mixed(self, direction: int) -> list[Adjustment]:
        """Combined changes, which may partly offset one another, the smallest first."""
        own = self.theme.page.lines
        _, wide = possible_lines(self.theme)
        every = [
            Adjustment(n, space, more)
            for n in wide
            for space in self.spaces
            for more in self.characters
            if abs(more) <= 1 and direction * (n - own) >= 0
        ]
        return sorted(every, key=self.departure)[:_MOST_MIXED]

    def departure(self, change: Adjustment) -> tuple[int, int, int, int]:
        """How far a change departs from the theme: its weight, then its parts as a tie-breaker."""
        narrow, _ = possible_lines(self.theme)
        lines = abs(change.lines - self.theme.page.lines)
        beyond = max(narrow[0] - change.lines, change.lines - narrow[-1], 0)
        parts = (lines, abs(change.space), beyond, abs(change.characters))
        weight = sum(w * part for w, part in zip(_WEIGHTS, parts, strict=True))
        weight += 3 * bool(change.pages)
        if change in self.tried:
            weight += abs(self.pages(change) - self.pages(unchanged(self.theme)))
        return weight, lines, change.space, change.characters

    def failure(self) -> Finding:
        """A finding on how far the closest layout tried is from the goal."""
        counts = sorted({len(layout.plans) for layout in self.tried.values()})
        target = min((target for target, _ in self.targets()), key=lambda t: _away(counts, t))
        place, zh, en = self.wanted.span, _wanted(self.wanted), _wanted_en(self.wanted)
        if counts[0] > target:
            lines, each = self.lines_over(target)
            return FIT_TOO_LONG.at(
                place, "fit", wanted=zh, wanted_en=en, pages=counts[0],
                lines=lines, characters=_tens(lines * each),
            )  # fmt: skip
        if counts[-1] < target:
            lines, each = self.lines_short(target)
            return FIT_TOO_SHORT.at(
                place, "fit", wanted=zh, wanted_en=en, pages=counts[-1],
                lines=lines, characters=_tens(lines * each),
            )  # fmt: skip
        fewer = max(count for count in counts if count < target)
        more = min(count for count in counts if count > target)
        return FIT_JUMPS.at(place, "fit", wanted=zh, wanted_en=en, fewer=fewer, more=more)

    def lines_over(self, target: int) -> tuple[int, int]:
        """The number of surplus lines in the layout with the fewest pages, and their length."""
        layout = min(self.tried.values(), key=lambda made: len(made.plans))
        used = sum(layout.used(page) for page in range(target, len(layout.plans)))
        return max(1, -(-used // layout.document.page.leading)), _characters(layout)

    def lines_short(self, target: int) -> tuple[int, int]:
        """The number of missing lines in the layout with the most pages, and their length."""
        layout = max(self.tried.values(), key=lambda made: len(made.plans))
        leading = layout.document.page.leading
        left = layout.room(-1) - layout.used(-1)
        whole = (target - len(layout.plans) - 1) * layout.document.page.lines
        return whole + left // leading + 1, _characters(layout)


def _least(own: Layout, theme: Theme) -> int:
    """The pages that the words on whole lines of the grid need in any adjustment of ``theme``,
    without white and headings' spaces, and with every line pressed by a tenth."""
    page = own.document.page
    _, lines = possible_lines(theme)
    words = sum(
        item.line.natural
        for box in own.galley.boxes
        if box.height >= page.leading and len(box.items) <= _LABELLED
        for item in box.items
        if isinstance(item, PlacedLine)
    )
    return words * 9 // (10 * (page.type_area.width + theme.fit.width) * lines[-1])


def _out_of_reach(wanted: Fit, own: Layout, least: int) -> Finding:
    page = own.document.page
    surplus = (least - wanted.number) * page.lines * _characters(own)
    return FIT_OUT_OF_REACH.at(
        wanted.span, "fit", wanted=_wanted(wanted), wanted_en=_wanted_en(wanted),
        pages=len(own.plans), least=least, characters=_tens(surplus),
    )  # fmt: skip


def stretched(layout: Layout, pages: int) -> Layout | None:
    """The same lines on more pages, which end earlier; None if one would be too empty."""
    foot = layout.document.foot
    if foot is not None and foot.even:
        return None  # another page for the colophon alone
    run = layout.longest_run
    own = run.own(layout.plans)
    wanted = len(own) + pages - len(layout.plans)
    plans = more_pages(run.columns, layout.depth, own, wanted)
    return layout.with_plans(run, plans) if plans else None


def _holes(layout: Layout) -> int:
    """The number of pages that are underfull or worse."""
    return sum(plan.demerits >= parameters.UNDERFULL for plan in layout.plans)


def _beyond(values: range, own: int, direction: int) -> list[int]:
    """The values on one side of the theme's own, the nearest first."""
    return (
        [value for value in values if value > own]
        if direction > 0
        else [value for value in reversed(values) if value < own]
    )


def _away(counts: Sequence[int], target: int) -> int:
    return min(abs(count - target) for count in counts)


def _characters(layout: Layout) -> int:
    """The number of characters in a line of body text."""
    sizes = Counter(
        block.style.char.size
        for block in layout.document.blocks
        if isinstance(block, TextBlock)
        for _ in block.text.text
    )
    size = sizes.most_common(1)[0][0] if sizes else layout.document.page.leading
    return max(1, layout.document.page.type_area.width // size)


def _changed(wanted: Fit, theme: Theme, change: Adjustment, layout: Layout) -> Finding:
    """A note on what was changed, in the words of an editor."""
    before, after = theme.page, refitted(theme, change).page
    parts: list[tuple[str, str]] = []
    if change.lines != before.lines:
        old, new = _pt(before.leading), _pt(after.leading)
        parts.append((
            f"行距 {old} 磅改为 {new} 磅（每面 {before.lines} 行改为 {after.lines} 行）",
            f"leading {old} pt to {new} pt ({before.lines} to {after.lines} lines)",
        ))  # fmt: skip
    if change.space:
        names = [_STEP_WORDS[k] for k in changed_steps(theme, change.space)]
        less = change.space < 0
        parts.append((
            "、".join(zh for zh, _ in names) + f"上下的空{'减少' if less else '增加'}",
            f"{'less' if less else 'more'} white around " + ", ".join(en for _, en in names),
        ))  # fmt: skip
    for name, name_en, one, other in (
        ("高", "height", before.type_area.height, after.type_area.height),
        ("宽", "width", before.type_area.width, after.type_area.width),
    ):
        if _mm(one) != _mm(other):
            parts.append((
                f"版心的{name} {_mm(one)} 毫米改为 {_mm(other)} 毫米",
                f"{name_en} of the type area {_mm(one)} mm to {_mm(other)} mm",
            ))  # fmt: skip
    if change.pages:
        lines = _most_missing(layout)
        parts.append((f"有的页面少排 1～{lines} 行" if lines > 1 else "有的页面少排 1 行",
                      f"some pages up to {lines} lines short"))  # fmt: skip
    return FIT_CHANGED.at(
        wanted.span, "fit", pages=len(layout.plans), changes="，".join(zh for zh, _ in parts),
        changes_en=", ".join(en for _, en in parts),
    )  # fmt: skip


def _most_missing(layout: Layout) -> int:
    """The lines by which the shortest page is short, forced page breaks apart."""
    columns, leading = layout.columns, layout.document.page.leading
    ends = [plan.end for plan in layout.plans]
    return max(
        (layout.room(page) - layout.used(page)) // leading
        for page, end in enumerate(ends)
        if end < len(columns.heights) and not columns.forced[end]
    )


def _pt(length: Sp) -> str:
    return f"{to_pt(length):.1f}".removesuffix(".0")


def _mm(length: Sp) -> str:
    return f"{to_mm(length):.0f}"


def _wanted(wanted: Fit) -> str:
    number = wanted.number
    return {
        FitKind.PAGES: f"{number} 页",
        FitKind.MAX_PAGES: f"{number} 页以内",
        FitKind.MULTIPLE_OF: f"{number} 的倍数页",
    }[wanted.kind]


def _wanted_en(wanted: Fit) -> str:
    number = wanted.number
    return {
        FitKind.PAGES: f"{number} pages",
        FitKind.MAX_PAGES: f"at most {number} pages",
        FitKind.MULTIPLE_OF: f"a multiple of {number} pages",
    }[wanted.kind]


def _tens(count: int) -> int:
    """A count of characters, rounded up to a number that one would say."""
    return -(-count // 10) * 10
