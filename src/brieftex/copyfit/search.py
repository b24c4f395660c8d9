"""Copyfitting: an issue is set in the wanted number of pages within the bounds of its theme.

Adjustments are tried in the order in which an editor would try them: the leading, then the space
around headings, then the height of the type area, then its width, each in small steps. A group of
adjustments is skipped if the furthest of them is not enough. Lines are broken again only where
their measure changes (``Setting.cache``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Final

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from brieftex.copyfit.adjustment import (
    Adjustment,
    possible_characters,
    possible_lines,
    possible_spaces,
    refitted,
    unchanged,
)
from brieftex.copyfit.advice import additions, cuts
from brieftex.copyfit.report import (
    characters_in_line,
    edits_wanted,
    tens,
    what_changed,
    wish,
    wish_en,
)
from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages.fitting import (
    FIT_JUMPS,
    FIT_OUT_OF_REACH,
)
from brieftex.document.blocks import Document
from brieftex.document.styles import PageBreaking
from brieftex.input.theme import Theme
from brieftex.layout.page import PlacedLine
from brieftex.layout.pages import parameters
from brieftex.layout.pages.pagebreak import more_pages
from brieftex.layout.paginate import Layout
from brieftex.model.issue import Fit, FitKind

_HOLE: Final = 6
"""The weight of an underfull page."""

_LABELLED: Final = 2
"""The most lines in a box of one line of text: its label and itself. Rows of tables have more."""

_MOST_MIXED: Final = 24
"""The most combinations tried that partly offset one another."""

LayOut = Callable[[Theme], Layout]
Again = Callable[[Document], Layout]

_WEIGHTS: Final = (2, 3, 4, 8)
"""The weights of a line more or less, a step of space, a higher or lower and a wider or narrower
type area, which decide between adjustments that both reach the goal. A page more or less than
before weighs 1, pages that end early weigh 3."""


def fit(
    wanted: Fit, theme: Theme, own: Layout, lay_out: LayOut, again: Again
) -> tuple[Layout, Finding]:
    """The layout with the wanted number of pages, and a note on what was changed for it.

    ``own`` is the layout of the unchanged ``theme``, which does not have it; ``lay_out`` makes
    that of another theme, ``again`` that of an edited document. ``own`` is returned
    with a warning if no adjustment within the bounds does. Where its words alone need more
    pages, none is tried: each would set the whole issue again.
    """
    if wanted.kind is not FitKind.MULTIPLE_OF and wanted.number < (least := _least(own, theme)):
        return own, _out_of_reach(wanted, own, least)
    search = _Search(wanted, theme, lay_out, again, {unchanged(theme): own})
    change = search.best()
    if change is None:
        return own, search.failure()
    return search.layout(change), what_changed(wanted, theme, change, search.layout(change))


class _Search(Struct, frozen=True):
    """A search and the layouts that it has tried so far."""

    wanted: Fit
    theme: Theme
    lay_out: LayOut
    again: Again
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
        enough = False
        for level in self.levels(direction):
            if not self.reaches(level[-1][-1], target, direction):
                continue
            enough = True
            for group in level:
                if self.reaches(group[-1], target, direction):
                    for change in group:
                        if self.will_do(change, target):
                            return change
        if not enough and direction > 0:
            return None
        spread = self.short_pages(target)
        mixed = iter(self.mixed(direction) if enough else ())
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
        place, zh, en = self.wanted.span, wish(self.wanted), wish_en(self.wanted)
        if counts[0] > target:
            tightest = self.nearest(counts[0], tight=True)
            layout = self.layout(tightest)
            edits = cuts(layout.document, self.pages_again, target)
            return edits_wanted(self.wanted, counts[0], edits, layout, less=True)
        if counts[-1] < target:
            layout = self.layout(self.nearest(counts[-1], tight=False))
            met = partial(self.met, target=target)
            edits = additions(layout.document, self.pages_again, met)
            return edits_wanted(self.wanted, counts[-1], edits, layout, less=False)
        fewer = max(count for count in counts if count < target)
        more = min(count for count in counts if count > target)
        return FIT_JUMPS.at(place, "fit", wanted=zh, wanted_en=en, fewer=fewer, more=more)

    def nearest(self, pages: int, *, tight: bool) -> Adjustment:
        """Of the changes tried that lead to so many pages, the one that leaves least room, or most
        of it."""
        sign = 1 if tight else -1
        found = [c for c, made in self.tried.items() if len(made.plans) == pages and not c.pages]
        return max(found, key=lambda c: (sign * c.lines, -sign * c.space, sign * c.characters))

    def pages_again(self, document: Document) -> int:
        """The pages of an edited document."""
        return len(self.again(document).plans)

    def met(self, document: Document, target: int) -> bool:
        """Whether an edited document has the wanted pages, all of them full or a little short."""
        layout = self.again(document)
        count = len(layout.plans)
        return count >= target or stretched(layout, target) is not None


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
    surplus = (least - wanted.number) * page.lines * characters_in_line(own)
    return FIT_OUT_OF_REACH.at(
        wanted.span, "fit", wanted=wish(wanted), wanted_en=wish_en(wanted),
        pages=len(own.plans), least=least, characters=tens(surplus),
    )  # fmt: skip


def stretched(layout: Layout, pages: int) -> Layout | None:
    """The same lines on more pages, which end earlier; None if one would be too empty, or where
    pages are Word's, which end where they are full."""
    foot = layout.document.foot
    if foot is not None and foot.even:
        return None  # another page for the colophon alone
    run = layout.longest_run
    if run is None or layout.document.breaks.breaking is PageBreaking.WORD:
        return None
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
