"""Values with places in a file, made for a text that stands elsewhere in it now.

What is read of a text depends on its words and on where its lines lie to one another, but not on
where it begins. So what is known of one is taken again with all its places moved by one step: the
offset maps, and what a class names as its ``PLACES``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import astuple

from brieftex.diagnostics.core import Place, Source
from brieftex.diagnostics.offsets import OffsetMap
from brieftex.memory import Memo

_Made = TypeVar("_Made")


def recalled_at(memo: Memo, key: Hashable, at: int, make: Callable[[], _Made]) -> _Made:
    """What is known by ``key`` of a text that begins ``at`` this place, or is made now."""
    exact = key, at
    found: _Made | None = memo.get(exact)
    if found is None:
        elsewhere = memo.get(key)
        found = make() if elsewhere is None else further_on(elsewhere[1], at - elsewhere[0])
        memo.put(exact, found)
    memo.put(key, (at, found))
    return found


def further_on(value: _Made, step: int) -> _Made:
    """``value`` with every place in the file ``step`` characters further on."""
    return _moved_on(value, step) if step else value


def _moved_on(value: Any, step: int) -> Any:
    kind = type(value)
    if kind in _WITHOUT:
        return value
    if kind is tuple or kind is list:
        return kind([_moved_on(inner, step) for inner in value])
    if kind is OffsetMap:
        return OffsetMap(value.starts, tuple([place + step for place in value.sources]))
    another_file = kind is Place and value.source is not None
    if not isinstance(value, Struct) or another_file:
        return value
    parts = [_moved_on(inner, step) for inner in astuple(value)]
    for name in getattr(kind, "PLACES", ()):
        parts[kind.__struct_fields__.index(name)] += step
    return kind(*parts)


_WITHOUT = frozenset((str, int, bool, type(None), Source))
"""Types of most values that are no places."""
