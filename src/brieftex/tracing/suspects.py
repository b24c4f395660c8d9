"""Pictures of pages → whose copy they show, or that nobody can tell.

A name is given only if chance would give one, to whichever copy of the ledger, less often than
once in a million scans (``words``). Everything else is told as it is: no page found, no line moved,
too few lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct
from PIL import Image

from brieftex.tracing.ink import ink_of, straightened
from brieftex.tracing.linemap import LineMap
from brieftex.tracing.matching import matches
from brieftex.tracing.reading import PageReading, read_page
from brieftex.tracing.words import NAMING_CHANCE, agreement, chance, least_lines, word_of

LEAST_LIKENESS = 0.8
"""A page whose ink is less like that of the picture is another one: right pages have 0.97 and
more, wrong ones 0.55 and less (bench/trace.py)."""

_LEAST_MOVED = 0.35
"""Lines that are moved less than that, of a shift, on average, are not moved at all."""

_LYING = 1.15  # so much wider than high is a picture of two pages, or a turned one


class MarkedCopy(Struct, frozen=True):
    """A copy that the ledger knows: the digest of its map, and the name its word is drawn from."""

    trace: str
    name: str


class PageFound(Struct, frozen=True):
    """A page of an issue on a picture, both from 0. ``trace`` is the digest of its map."""

    picture: int
    trace: str
    reading: PageReading


class TraceOutcome(StrEnum):
    """What is learnt from a scan."""

    NAMED = "named"
    NO_PAGE = "no page"  # of any issue whose copies are marked
    NOT_MARKED = "not marked"  # the issue, but no line is moved
    TOO_FEW = "too few"  # lines to tell copies apart
    NO_COPY = "no copy"  # lines are moved as those of no copy of the ledger


class Judgement(Struct, frozen=True):
    """``copy`` if a copy is named. Of ``lines`` that were read so many are ``right``; by ``chance``
    a copy would be named as well as this, with so many known; ``needed`` lines tell them apart."""

    outcome: TraceOutcome
    lines: int
    needed: int
    copy: MarkedCopy | None = None
    right: int = 0
    chance: float = 1.0


def pages_found(number: int, picture: Image.Image, maps: dict[str, LineMap]) -> Iterator[PageFound]:
    """The pages on a picture, upright or not, one or two side by side: of each map the one that is
    likest."""
    for views in _views(picture):
        found = [page for view in views for page in _on(number, view, maps)]
        if found:
            yield from found
            return


def _views(picture: Image.Image) -> Iterator[tuple[Image.Image, ...]]:
    """The picture in the ways in which it may be meant, the likeliest first."""
    turns = Image.Transpose
    if picture.width > _LYING * picture.height:
        middle = picture.width // 2
        halves = (
            picture.crop((0, 0, middle, picture.height)),
            picture.crop((middle, 0, picture.width, picture.height)),
        )
        yield halves
        yield tuple(half.transpose(turns.ROTATE_180) for half in halves)
        yield (picture.transpose(turns.ROTATE_90),)
        yield (picture.transpose(turns.ROTATE_270),)
    else:
        yield (picture,)
        yield (picture.transpose(turns.ROTATE_180),)
        if picture.width * _LYING > picture.height:
            yield (picture.transpose(turns.ROTATE_90),)
            yield (picture.transpose(turns.ROTATE_270),)


def _on(number: int, picture: Image.Image, maps: dict[str, LineMap]) -> Iterator[PageFound]:
    ink = straightened(ink_of(picture))
    for digest, known in maps.items():
        best = next(iter(matches(ink, known.pages, known.leading)), None)
        if best is not None and best.likeness >= LEAST_LIKENESS:
            page = known.pages[best.page]
            reading = read_page(ink, page, best.page, best.placement, known.leading)
            yield PageFound(number, digest, reading)


def judged(
    found: Iterable[PageFound], maps: dict[str, LineMap], copies: Sequence[MarkedCopy]
) -> Judgement:
    """Whose copy these pages are from. The readings of a line that was seen more than once are
    taken together."""
    readings = _readings(found, maps)
    known = [copy for copy in copies if copy.trace in readings]
    needed = least_lines(max(1, len(known)))
    best: tuple[float, MarkedCopy | None, int] = (1.0, None, 0)
    for copy in known:
        own = readings[copy.trace]
        word = word_of(maps[copy.trace].seed, copy.name, len(own))
        odds = chance(own, agreement(word, own))
        if odds < best[0] or best[1] is None:
            right = sum(sign * value > 0 for sign, value in zip(word, own, strict=True))
            best = odds, copy, right
    lines = max((sum(map(bool, own)) for own in readings.values()), default=0)
    odds = min(1.0, best[0] * len(known))
    if best[1] is not None and odds <= NAMING_CHANCE:
        lines = sum(map(bool, readings[best[1].trace]))
        return Judgement(TraceOutcome.NAMED, lines, needed, best[1], best[2], odds)
    if not readings:
        outcome = TraceOutcome.NO_PAGE
    elif not any(_is_moved(own) for own in readings.values()):
        outcome = TraceOutcome.NOT_MARKED if lines else TraceOutcome.TOO_FEW
    else:
        outcome = TraceOutcome.TOO_FEW if lines < needed else TraceOutcome.NO_COPY
    return Judgement(outcome, lines, needed)


def _readings(found: Iterable[PageFound], maps: dict[str, LineMap]) -> dict[str, list[float]]:
    """For each map a reading of every sign, 0 where there is none."""
    sums: dict[str, list[list[float]]] = {}
    for page in found:
        own = sums.setdefault(page.trace, [[] for _ in range(maps[page.trace].signs)])
        for row in page.reading.rows:
            own[row.sign].append(row.reading)
    return {
        digest: [sum(values) / len(values) if values else 0.0 for values in own]
        for digest, own in sums.items()
    }


def _is_moved(readings: Sequence[float]) -> bool:
    sizes = sorted(abs(value) for value in readings if value)
    return bool(sizes) and sizes[len(sizes) // 2] >= _LEAST_MOVED
