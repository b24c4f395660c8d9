"""Values with places in a file, made for a text that stands elsewhere in it now.

What is read of a text depends on its words and on where its lines lie to one another, but not on
where it begins. So what is known of one is taken again with all its places moved by one step: the
offset maps, what a class names as its ``PLACES``, and what its own ``further_on`` moves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_type_hints

from msgspec import Struct
from msgspec.structs import astuple

from brieftex.diagnostics.core import Place
from brieftex.diagnostics.offsets import OffsetMap, Span
from brieftex.memory import Memo

_Made = TypeVar("_Made")

_Move: TypeAlias = Callable[[Any, int], Any]


def recalled_at(memo: Memo, key: Hashable, at: int, make: Callable[[], _Made | None]) -> Any:
    """What is known by ``key`` of a text that begins ``at`` this place, or is made now, of parts
    that are kept with it. At the same place as the last time it is the same object."""

    def placed() -> tuple[int, _Made] | None:
        made = make()
        return None if made is None else (at, made)

    known = memo.recall_whole(key, placed)
    if known is None or known[0] == at:
        return known and known[1]
    first, value = known
    return memo.recall((key, at), lambda: further_on(value, at - first))


def further_on(value: _Made, step: int) -> _Made:
    """``value`` with every place in the file ``step`` characters further on."""
    return cast("_Made", _MOVES[type(value)](value, step)) if step else value


def _move_of(kind: type) -> _Move:
    """How values of a class are moved: of most, nothing is a place."""
    own: _Move | None = getattr(kind, "further_on", None)
    if own is not None:
        return own
    if not issubclass(kind, Struct):
        return _unmoved
    names, hints = kind.__struct_fields__, get_type_hints(kind)
    places = [names.index(name) for name in getattr(kind, "PLACES", ())]
    holders = [k for k, name in enumerate(names) if _may_hold_places(hints[name])]
    if not places and not holders:
        return _unmoved

    def move(value: Any, step: int) -> Any:
        parts = [*astuple(value)]
        for k in places:
            parts[k] += step
        for k in holders:
            parts[k] = _MOVES[type(parts[k])](parts[k], step)
        return kind(*parts)

    return move


def _may_hold_places(hint: Any) -> bool:
    """Whether a place may be reached from a value of this type."""
    waiting, seen = [hint], set[Any]()
    for one in waiting:
        if one in seen:
            continue
        seen.add(one)
        if one in (Any, object, OffsetMap) or hasattr(one, "PLACES") or hasattr(one, "further_on"):
            return True
        waiting += [inner for inner in get_args(one) if not isinstance(inner, list)]
        if isinstance(one, type) and issubclass(one, Struct):
            waiting += get_type_hints(one).values()
    return False


def _unmoved(value: Any, step: int) -> Any:
    del step
    return value


def _moved_each(values: Any, step: int) -> Any:
    return type(values)([_MOVES[type(value)](value, step) for value in values])


def _moved_values(values: dict[Any, Any], step: int) -> dict[Any, Any]:
    return {key: _MOVES[type(value)](value, step) for key, value in values.items()}


def _moved_map(value: OffsetMap, step: int) -> OffsetMap:
    """Nothing that is moved stands at the very beginning of a file: that is where words are said to
    be that stand nowhere."""
    return OffsetMap(value.starts, tuple([place and place + step for place in value.sources]))


def _moved_span(value: Span, step: int) -> Span:
    return Span(value.start + step, value.end + step)


def _moved_place(value: Place, step: int) -> Place:
    """A second place is moved unless it is in another file."""
    return Place(_moved_span(value.span, step)) if value.source is None else value


class _Moves(dict[type, _Move]):
    """How values are moved, by their classes, which are added as they are met."""

    def __missing__(self, kind: type) -> _Move:
        found = self[kind] = _move_of(kind)
        return found


_MOVES = _Moves({
    tuple: _moved_each,
    list: _moved_each,
    dict: _moved_values,
    OffsetMap: _moved_map,
    Span: _moved_span,
    Place: _moved_place,
})  # fmt: skip
