"""QR codes: the outline is the matrix, and no line of it lies inside the dark."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from brieftex.compose.qrcode import QUIET, VERSION_LIMIT, _outline, qr_code
from brieftex.vector import Outline, bounds


def filled(outline: Outline, count: int) -> list[list[bool]]:
    """Which modules are inside, by the even-odd rule: edges crossed to the left."""
    edges = []
    start = last = (0, 0)
    for kind, point in outline:
        if kind == "m":
            start = last = (point[0], point[1])
        else:
            end = start if kind == "h" else (point[0], point[1])
            if last[0] == end[0]:
                edges.append((last[0], min(last[1], end[1]), max(last[1], end[1])))
            last = end
    rows = [[ex for ex, low, high in edges if low <= y < high] for y in range(count)]
    return [[sum(ex <= x for ex in row) % 2 == 1 for x in range(count)] for row in rows]


@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=6, max_size=6))
def test_the_outline_encloses_the_dark_modules(rows: list[list[bool]]) -> None:
    outline = _outline(rows)
    assert filled(outline, 6) == rows
    # Only corners: two lines in a row never go the same way.
    for (_, a), (_, b), (kind, c) in zip(outline, outline[1:], outline[2:], strict=False):
        if kind == "l" and len(a) == len(b) == 2:
            assert (a[0] == b[0]) != (b[0] == c[0]) or (a[1] == b[1]) != (b[1] == c[1])


@pytest.mark.parametrize(
    "text",
    ["https://a.cn", "HTTP://A.CN/1", "https://example.org/" + "x" * 300, "https://例.中国/路?a=1"],
)
def test_a_code_is_read_back(text: str) -> None:
    found = qr_code(text)
    assert found is not None
    count, outline = found
    assert bounds(outline).width == bounds(outline).height == count
    side = count + 2 * QUIET
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(filled(outline, count)):
        for x, dark in enumerate(row):
            if dark:
                picture.putpixel((x + QUIET, y + QUIET), 0)
    large = picture.resize((side * 4, side * 4), Image.Resampling.NEAREST)
    (code,) = zxingcpp.read_barcodes(large)
    assert code.text.startswith(text[:12] if text.isascii() else "https://%E4")


def test_what_is_too_long_has_no_code() -> None:
    assert qr_code("https://example.org/" + "x" * 2000) is None
    count, _ = qr_code("https://example.org/" + "x" * 480) or (0, ())
    assert 0 < count <= 17 + 4 * VERSION_LIMIT
