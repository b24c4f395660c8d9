"""Where each character of a value stood in the file, and the one way to put that together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct


class Span(Struct, frozen=True):
    """Characters ``start`` up to and without ``end`` of a source's text."""

    PLACES: ClassVar = ("start", "end")

    start: int
    end: int


class OffsetMap(Struct, frozen=True):
    """Where each character of a value stood in its source.

    ``starts[k]`` is an offset in the value, ``sources[k]`` the offset in the source of the
    character there; between two starts both count up together.
    """

    starts: tuple[int, ...] = (0,)
    sources: tuple[int, ...] = (0,)

    @classmethod
    def at(cls, source: int) -> OffsetMap:
        """The map of a value that stands in the source from ``source`` on, just as it is."""
        return cls((0,), (source,))

    @classmethod
    def of(cls, places: Sequence[int]) -> OffsetMap:
        """The map of a value whose characters stand at ``places``, of which there is one."""
        runs = [k for k, at in enumerate(places) if k == 0 or at != places[k - 1] + 1]
        return cls(tuple(runs), tuple(places[k] for k in runs))

    def source(self, offset: int) -> int:
        """The source offset of the value's character ``offset``."""
        k = bisect_right(self.starts, offset, 1) - 1
        return self.sources[k] + offset - self.starts[k]

    def offset(self, source: int, length: int) -> int | None:
        """The character of the value, ``length`` long, that stands at ``source``; None if none
        does. Of several, which stand for the same character of the source, the first."""
        ends = (*self.starts[1:], length)
        for start, end, place in zip(self.starts, ends, self.sources, strict=True):
            if place <= source < place + end - start:
                return start + source - place
        return None

    def span(self, start: int, end: int) -> Span:
        """The source span of the value's characters ``start`` up to ``end``."""
        first = self.source(start)
        return Span(first, self.source(end - 1) + 1 if end > start else first)

    def through(self, inner: OffsetMap) -> OffsetMap:
        """The map of a value cut from this one, whose own map into this value is ``inner``."""
        starts: list[int] = []
        sources: list[int] = []
        for k, (start, middle) in enumerate(zip(inner.starts, inner.sources, strict=True)):
            end = inner.starts[k + 1] if k + 1 < len(inner.starts) else None
            starts.append(start)
            sources.append(self.source(middle))
            j = bisect_right(self.starts, middle)
            while j < len(self.starts) and (end is None or start + self.starts[j] - middle < end):
                starts.append(start + self.starts[j] - middle)
                sources.append(self.sources[j])
                j += 1
        return OffsetMap(tuple(starts), tuple(sources))

    def without(self, first: int) -> OffsetMap:
        """The map of this value without its ``first`` characters."""
        return self.through(OffsetMap.at(first)) if first else self

    def window(self, start: int, end: int) -> OffsetMap:
        """The part that concerns ``start`` up to ``end``, offsets as they are.

        ``through`` copies every later entry behind its last one; a body has one per line, and
        reading every paragraph through all of them would be quadratic.
        """
        first, last = bisect_right(self.starts, start), bisect_left(self.starts, end)
        return OffsetMap(
            (start, *self.starts[first:last]), (self.source(start), *self.sources[first:last])
        )


class OffsetBuilder:
    """Makes the map of a value that is put together piece by piece, ``length`` characters so
    far."""

    def __init__(self) -> None:
        """Begin with an empty value."""
        self.length = 0
        self._starts: list[int] = []
        self._sources: list[int] = []
        self._expected: int | None = None

    def add(self, length: int, source: int) -> None:
        """So many characters, which stand in the source from ``source`` on."""
        if not length:
            return
        if source != self._expected:
            self._starts.append(self.length)
            self._sources.append(source)
        self.length += length
        self._expected = source + length

    def add_each(self, length: int, source: int) -> None:
        """So many characters, each of which stands for the source's character ``source``."""
        self._starts += range(self.length, self.length + length)
        self._sources += [source] * length
        self.length += length
        if length:
            self._expected = None

    def add_part(self, origin: OffsetMap, start: int, end: int) -> None:
        """Characters ``start`` up to ``end`` of a value whose map is ``origin``."""
        if start >= end:
            return
        part = origin.window(start, end)
        for first, after, source in zip(
            part.starts, (*part.starts[1:], end), part.sources, strict=True
        ):
            self.add(after - first, source)

    def map(self, start: int = 0) -> OffsetMap:
        """The map; ``start`` is the place of a value without characters."""
        if not self._starts:
            return OffsetMap.at(start)
        return OffsetMap(tuple(self._starts), tuple(self._sources))
