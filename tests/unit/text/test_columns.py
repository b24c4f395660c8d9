"""What a line of some units is wide, and how far it stretches and shrinks, by definition."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from brieftex.text.clreq import STRETCH_WEIGHT, Gap
from brieftex.text.columns import GAP_WEIGHT, Columns, stretch_weights

EM, WORD_MOST, SCRIPT_MOST = 1000, 500, 250
lengths = st.integers(0, 999)
unit = st.tuples(
    lengths,  # its width
    st.integers(-500, 600),  # the gap after it
    lengths,  # by how much that shrinks
    st.sampled_from([kind.value for kind in Gap]),
    lengths,  # trimmed at the left
    lengths,  # trimmed at the right
    st.sampled_from([0, 0, 333]),  # the hyphen after it
    st.sampled_from([0, 1, 2]),  # how full it is
)


@given(
    st.lists(unit, min_size=1, max_size=6),
    lengths,
    st.sets(st.integers(1, 5)),
    st.integers(0, 9000),
)
@settings(max_examples=40)
def test_every_stretch_of_units_is_reckoned_one_by_one(
    drawn: list[tuple[int, int, int, str, int, int, int, int]],
    lead: int,
    forced: set[int],
    measure: int,
) -> None:
    """Ensures that what running sums tell of a line is what its units and gaps add up to, without
    the blanks at its edges and the gap after it."""
    widths, gaps, shrinks, kinds, lefts, rights, hyphens, full = map(list, zip(*drawn, strict=True))
    count = len(drawn)
    ends = (*sorted(end for end in forced if end < count), count)
    columns = Columns(
        em=EM, widths=widths, gaps=gaps, shrinks=shrinks, steps="-" * count, kinds="".join(kinds),
        trim_start=lefts, trim_end=rights, breaks=list(range(1, count + 1)), penalties=[0] * count,
        hyphens={k + 1: wide for k, wide in enumerate(hyphens) if wide}, forced=ends,
        full=bytes(full), lead=lead,
        word_most=WORD_MOST, script_most=SCRIPT_MOST, script_natural=125,
    )  # fmt: skip
    assert len(columns) == count
    assert [b for b in range(count + 3) if columns.is_forced(b)] == list(ends)
    most = {Gap.WORD.value: WORD_MOST, Gap.SCRIPT.value: SCRIPT_MOST}
    for a, b in combinations(range(count + 1), 2):
        inner = range(a, b - 1)
        natural = (
            sum(widths[a:b]) + sum(gaps[a : b - 1]) - lefts[a] - rights[b - 1] + hyphens[b - 1]
        )
        assert columns.natural(a, b) == natural
        assert columns.shrink(a, b) == sum(shrinks[i] for i in inner) + (0 if a else lead)
        weight = sum(stretch_weights(kinds[i])[0] for i in inner)
        assert columns.stretch_weight(a, b) == weight
        wide = sum(max(0, most[kinds[i]] - gaps[i]) for i in inner if kinds[i] in most)
        assert columns.preferred_stretch(a, b) == wide
        assert columns.fullness(a, b) == sum(full[a:b])
        loose = max(0, measure - natural - wide) * 1000 * GAP_WEIGHT
        assert columns.looseness(a, b, measure) == loose // ((weight or GAP_WEIGHT) * EM)
        for more in range(4):
            loose = columns.looseness(a, b, natural + wide + more)
            assert loose == more * 1000 * GAP_WEIGHT // ((weight or GAP_WEIGHT) * EM)
    for a in range(count + 1):  # a line of nothing
        assert columns.natural(a, a) == columns.stretch_weight(a, a) == 0
        assert columns.preferred_stretch(a, a) == columns.fullness(a, a) == 0
        assert columns.shrink(a, a) == (0 if a else lead)


def test_a_gap_wider_than_its_most_takes_no_stretch_from_another() -> None:
    """Ensures that by how much word and script gaps stretch is never less than nothing."""
    for kind, most in ((Gap.WORD, WORD_MOST), (Gap.SCRIPT, SCRIPT_MOST)):
        for more, stretch in ((-1, 1), (0, 0), (1, 0), (200, 0)):
            columns = Columns(
                em=EM, widths=[EM, EM], gaps=[most + more, 0], shrinks=[0, 0], steps="--",
                kinds=kind.value + "h", trim_start=[0, 0], trim_end=[0, 0], hyphens={}, breaks=[2],
                penalties=[0], forced=(2,), full=b"\1\1", word_most=WORD_MOST,
                script_most=SCRIPT_MOST, script_natural=125,
            )  # fmt: skip
            assert list(columns.preferred(0, 2)) == [(0, stretch)]


def test_gaps_stretch_by_their_kind() -> None:
    """Ensures that each kind has its weight, and that those that never stretch have none."""
    kinds = "".join(kind.value for kind in Gap)
    assert list(stretch_weights(kinds)) == [STRETCH_WEIGHT.get(kind, 0) for kind in Gap]
