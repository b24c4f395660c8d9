"""What is printed over other text, by our reader and by comparing every glyph with every other."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest
from helpers.textpages import made, placed, shown
from hypothesis import assume, given
from hypothesis import strategies as st

from brieftex.diagnostics import Finding
from brieftex.pdf.read.audit import overlaps
from brieftex.pdf.read.overlap import misprints
from brieftex.pdf.read.parse import PdfFile
from brieftex.pdf.read.pieces import Glyph
from brieftex.pdf.read.readback import Readback

SIZE = 20

places = st.integers(0, 12).map(lambda n: 40 + n * SIZE // 2)
figures = st.sampled_from([0, 0, 1, 2, 3])
texts = st.text("HAxg", min_size=1, max_size=3)


@cache
def blank() -> Readback:
    """A page without text."""
    return Readback(PdfFile(made(b"")))


def judged(read: Readback, *, figures: bool = False) -> list[Finding]:
    """What is said of the print of the page, as its content is now."""
    read.sheets[0].misprints = misprints(placed(read), figures=figures)
    return list(overlaps(read))


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
    for one, other in combinations(placed(read).pieces, 2):
        if one.figure and one.figure == other.figure and not inside:
            continue
        for a in one.glyphs():
            for b in other.glyphs():
                across = min(a.ink[2], b.ink[2]) - max(a.ink[0], b.ink[0])
                both = min(across, min(a.ink[3], b.ink[3]) - max(a.ink[1], b.ink[1]))
                assume(abs(a.x - b.x) > 5 or a.code != b.code or both < 0)
                deepest = max(deepest, both)
    assume(not 0 < deepest < SIZE / 4)
    found = judged(read, figures=inside)
    assert bool(found) == (deepest > 0)
    assert {finding.kind.code for finding in found} <= {"BT914"}


def told(content: bytes) -> list[str]:
    """The codes of what is said of a page."""
    read = blank()
    read.contents = lambda _: content  # type: ignore[method-assign]
    return [finding.kind.code for finding in judged(read)]


def at(x: float, y: float, text: str, state: bytes = b"") -> bytes:
    """A text in 20 pt at a place."""
    return b"BT /F0 20 Tf 1 0 0 1 %f %f Tm %b %b ET\n" % (x, y, state, shown(text))


def ink(text: str) -> tuple[float, float, float, float]:
    """The box of the ink of a letter that stands at 0, 0."""
    read = blank()
    read.contents = lambda _: at(0, 0, text)  # type: ignore[method-assign]
    (piece,) = placed(read).pieces
    (glyph,) = piece.glyphs()
    return glyph.ink


def test_ink_may_reach_the_edge_of_the_paper_and_no_farther() -> None:
    """Ensures it for each edge of a page of 600 by 800, wherever the cell of the letter ends."""
    left, bottom, right, top = ink("H")
    for x, y, across, up in (
        (-left, 99, -1, 0), (99, -bottom, 0, -1), (600 - right, 99, 1, 0), (99, 800 - top, 0, 1)
    ):  # fmt: skip
        for beyond in (-0.01, 0.01):
            found = told(at(x + beyond * across, y + beyond * up, "H"))
            assert found == (["BT915"] if beyond > 0 else [])
    assert ink("H")[1] == 0
    assert told(at(99, 0, "H")) == []  # exactly


def test_of_long_texts_the_beginning_is_told() -> None:
    """Ensures that a message stays readable: twelve characters, or eleven and an ellipsis."""
    read = blank()
    read.contents = lambda _: at(40, 99, "H" * 12) + at(41, 101, "x" * 13)  # type: ignore[method-assign]
    (finding,) = judged(read)
    assert {"H" * 12, "x" * 11 + "…"} <= set(dict(finding.values).values())


def test_text_at_the_foot_of_the_paper_is_compared() -> None:
    """Ensures it where the cells of the letters end with the paper, or below."""
    for y in (0, 2.4, 5):
        assert told(at(99, y, "HHH") + at(105, y + 4, "xx")) == ["BT914"]
        assert told(at(99, y, "HHH") + at(105, y + 24, "xx")) == []


def test_letters_that_share_little_of_their_cells_may_share_ink() -> None:
    """Ensures that of two runs whose cells meet the letters are compared wherever they share a
    tenth of an em, as those do of which one stands between two others."""
    one = ink("H")
    run = at(100, 100, "HH", b"20 Tc")
    for shared, found in ((0.5, []), (1.5, ["BT914"]), (2.5, ["BT914"]), (3.5, ["BT914"])):
        x = 100 + one[2] - shared - one[0]
        assert told(run + at(x, 101, "H", b"0 Tc")) == found, shared


def test_slashes_beside_each_other_may_lean_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures that their boxes may reach into each other on one baseline, half of their width at
    most, and no others' may: neither one above another nor slashes of two kinds."""
    names = {"H": "/", "Q": "\\"}
    monkeypatch.setattr(Glyph, "text", property(lambda glyph: names.get(letter(glyph), "x")))
    left, _, right, _ = ink("H")
    wide = right - left

    def beside(one: str, other: str, across: float, up: float = 0) -> list[str]:
        return told(at(99, 99, one) + at(99 + across, 99 + up, other))

    assert beside("H", "H", wide * 0.8) == []
    assert beside("H", "H", wide * 0.51) == []
    assert beside("H", "H", wide * 0.49) == ["BT914"]
    assert beside("H", "H", wide * 0.8, 3) == ["BT914"]
    assert beside("H", "Q", wide * 0.8) == ["BT914"]
    assert beside("A", "A", wide * 0.8) == ["BT914"]


def letter(glyph: Glyph) -> str:
    """What a glyph of the page's font is."""
    return glyph.piece.font.texts.get(glyph.code, "")
