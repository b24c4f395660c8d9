"""What is printed over other text, by our reader and by comparing every glyph with every other."""

from __future__ import annotations

from functools import cache
from itertools import combinations

from helpers.textpages import made, shown
from hypothesis import assume, given
from hypothesis import strategies as st

from brieftex.pdf.read.overlap import overlaps
from brieftex.pdf.read.parse import PdfFile
from brieftex.pdf.read.placement import placement
from brieftex.pdf.read.readback import Readback

SIZE = 20

places = st.integers(0, 12).map(lambda n: 40 + n * SIZE // 2)
figures = st.sampled_from([0, 0, 1, 2, 3])
texts = st.text("HAxg", min_size=1, max_size=3)


@cache
def blank() -> Readback:
    """A page without text."""
    return Readback(PdfFile(made(b"")))


def content(runs: list[tuple[int, int, int, str]]) -> bytes:
    """A content stream with these runs of text, each of a figure or of none."""
    parts = []
    for number in sorted({figure for figure, *_ in runs}):
        parts.append(b"/Figure BMC" if number else b"/P BMC")
        parts += [
            b"BT /F0 %d Tf 1 0 0 1 %d %d Tm %b ET" % (SIZE, x, y, shown(text))
            for figure, x, y, text in runs
            if figure == number
        ]
        parts.append(b"EMC")
    return b"\n".join(parts)


@given(st.lists(st.tuples(figures, places, places, texts), min_size=2, max_size=5), st.booleans())
def test_what_is_printed_over_text_is_found(
    runs: list[tuple[int, int, int, str]], inside: bool
) -> None:
    """Ensures that a page is reported if, and only if, ink of two runs lies on one another, of one
    figure only where that is asked for. What is nearly so is left out here, and the same letter
    in the same place, which is bold."""
    read = blank()
    read.contents = lambda _: content(runs)  # type: ignore[method-assign]
    deepest = -1.0
    for one, other in combinations(placement(read, read.sheets[0], {}).pieces, 2):
        if one.figure and one.figure == other.figure and not inside:
            continue
        for a in one.glyphs():
            for b in other.glyphs():
                across = min(a.ink[2], b.ink[2]) - max(a.ink[0], b.ink[0])
                both = min(across, min(a.ink[3], b.ink[3]) - max(a.ink[1], b.ink[1]))
                assume(abs(a.x - b.x) > 5 or a.code != b.code or both < 0)
                deepest = max(deepest, both)
    assume(not 0 < deepest < SIZE / 4)
    found = list(overlaps(read, figures=inside))
    assert bool(found) == (deepest > 0)
    assert {finding.kind.code for finding in found} <= {"BT914"}
