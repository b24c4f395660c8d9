"""Maps from a text to its places: the builder against a list of one place a character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brieftex.diagnostics import OffsetBuilder, OffsetMap

PIECES = st.lists(
    st.tuples(st.sampled_from(["run", "each", "part"]), st.integers(0, 4), st.integers(0, 20))
)
ORIGIN = OffsetMap.of([30, 31, 7, 7, 8, 50])


@given(PIECES)
def test_a_value_of_pieces_knows_every_character(pieces: list[tuple[str, int, int]]) -> None:
    """Catches a run joined to the one before it, a place lost at the seam of two pieces."""
    builder, places = OffsetBuilder(), list[int]()
    for sort, length, source in pieces:
        if sort == "run":
            builder.add(length, source)
            places += range(source, source + length)
        elif sort == "each":
            builder.add_each(length, source)
            places += [source] * length
        else:
            builder.add_part(ORIGIN, 1, 1 + length)
            places += [ORIGIN.source(i) for i in range(1, 1 + length)]
    origin = builder.map(99)
    assert builder.length == len(places)
    assert [origin.source(i) for i in range(len(places))] == places
    assert places or origin.source(0) == 99


@given(st.lists(st.integers(0, 9), min_size=1), st.data())
def test_parts_of_a_map_lead_where_the_whole_does(places: list[int], data: st.DataObject) -> None:
    """Catches a window or a cut that is off by one."""
    origin = OffsetMap.of(places)
    start = data.draw(st.integers(0, len(places) - 1))
    end = data.draw(st.integers(start + 1, len(places)))
    window, rest = origin.window(start, end), origin.without(start)
    assert [window.source(i) for i in range(start, end)] == places[start:end]
    assert [rest.source(i) for i in range(len(places) - start)] == places[start:]


@given(st.lists(st.integers(0, 9), min_size=1), st.integers(-1, 12))
def test_a_place_leads_back_to_its_character(places: list[int], source: int) -> None:
    """Catches a run taken to go on behind its end, or behind the end of the value."""
    found = OffsetMap.of(places).offset(source, len(places))
    assert found == (places.index(source) if source in places else None)
