from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brieftex.diagnostics import Kind, OffsetMap, Severity, Source, Span

LINES = st.lists(st.text("ab甲\u2028\x0b\x85", max_size=4), min_size=1, max_size=6)
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


@given(LINES, st.data())
def test_lines_end_where_an_editor_ends_them(lines: list[str], data: st.DataObject) -> None:
    breaks = [data.draw(BREAKS) for _ in lines[1:]]
    for i, line in enumerate(lines[1:-1], 1):
        if breaks[i - 1] == "\r" and line == "" and breaks[i] == "\n":
            breaks[i] = "\r"  # else the two would be one break
    text = lines[0] + "".join(b + line for b, line in zip(breaks, lines[1:], strict=True))
    source = Source("x", text)
    assert [source.line(i + 1) for i in range(source.line_count)] == lines
    offset = 0
    for number, line in enumerate(lines, 1):
        for column in range(len(line) + 1):
            assert source.position(offset + column) == (number, column + 1)
            assert source.offset(number - 1, column) == offset + column
        offset += len(line) + (len(breaks[number - 1]) if number <= len(breaks) else 0)


def test_positions_at_the_ends() -> None:
    assert Source("x", "").position(0) == (1, 1)
    assert Source("x", "").line(1) == ""
    assert Source("x", "ab").position(2) == (1, 3)
    assert Source("x", "ab\n").position(3) == (2, 1)
    assert Source("x", "ab\n").line(2) == ""
    assert Source("x", "a\r\nb").position(3) == (2, 1)
    assert Source("x", "a\nb").offset(9, 0) == 3


def test_a_span_of_mapped_characters() -> None:
    origin = OffsetMap((0, 3), (10, 20))
    assert [origin.source(i) for i in range(5)] == [10, 11, 12, 20, 21]
    assert origin.span(1, 4) == Span(11, 21)
    assert origin.span(2, 2) == Span(12, 12)


@st.composite
def maps(draw: st.DrawFn, length: int, room: int) -> OffsetMap:
    """A rising map of ``length`` characters into ``room`` places."""
    places = sorted(draw(st.lists(st.integers(0, room - 1), min_size=length, max_size=length)))
    kept = [i for i in range(length) if i == 0 or places[i] != places[i - 1] + 1]
    return OffsetMap(tuple(kept) or (0,), tuple(places[i] for i in kept) or (0,))


@given(st.data())
def test_maps_in_a_row_are_one_map(data: st.DataObject) -> None:
    outer = data.draw(maps(20, 60))
    inner = data.draw(maps(data.draw(st.integers(1, 12)), 20))
    both = outer.through(inner)
    assert [both.source(i) for i in range(12)][: len(inner.starts)] == [
        outer.source(inner.source(i)) for i in range(12)
    ][: len(inner.starts)]


def test_a_message_shows_the_ends_of_a_long_value() -> None:
    """Catches a picture pasted as its data, a million characters, being printed in an error."""
    kind = Kind("BT999", "long", Severity.ERROR, "“{figure}”", "{figure}")
    said = kind.at(None, figure="data:image/png;base64," + "A" * 1_000_000 + "Q==").message()
    assert said.startswith("“data:image/png;base64,AAA")
    assert said.endswith("AQ==”")
    assert len(said) < 200
