"""QR codes (ISO/IEC 18004) as outlines. Besides ``pdf.write``, the only one to use reportlab,
whose encoder it asks."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from brieftex.vector import Outline, Point, Step

_URI_CHARACTERS = "!#$%&'()*+,-./:;=?@[]_~"  # RFC 3986, 2.2 and 2.3, and the escape itself

QUIET = 4
"""The quiet zone around a code, in modules (ISO/IEC 18004, 5.3.8)."""

VERSION_LIMIT = 15
"""The largest version: codes of 77 modules and more are not readable at 25 mm."""

# reportlab's numbers for the levels of error correction.
_LOW, _MEDIUM = 1, 0

# From this version on the lower level is used: fewer modules, each larger.
_CROWDED = 8


@lru_cache(maxsize=64)  # an issue may be set in several editions
def qr_code(text: str, most: int = 17 + 4 * VERSION_LIMIT) -> tuple[int, Outline] | None:
    """The number of modules per side of the code for ``text``, a URL, and the outline of the dark
    ones with a module 1 long; None if the text needs more than ``most``. Characters outside
    ASCII are percent-encoded."""
    # Imported late, so that issues without codes start faster.
    from reportlab.graphics.barcode.qrencoder import QRCode  # noqa: PLC0415

    text = quote(text, safe=_URI_CHARACTERS)
    code = QRCode(None, _MEDIUM)
    code.addData(text)
    largest = min((most - 17) // 4, VERSION_LIMIT)
    if code.calculate_version() > min(_CROWDED, largest):
        code = QRCode(None, _LOW)
        code.addData(text)
        if code.calculate_version() > largest:
            return None
    code.make()
    count = code.getModuleCount()
    rows = [[bool(code.isDark(y, x)) for x in range(count)] for y in range(count)]
    return count, _outline(rows)


def _outline(rows: list[list[bool]]) -> Outline:
    """The boundary of the dark area as closed polygons, dark at the right, so that no seams show
    between modules."""
    ends = _edges(rows)
    steps: list[Step] = []
    while ends:
        start = point = min(ends)
        heading = (0, 0)
        steps.append(("m", start))
        while True:
            nexts = ends[point]
            # Where two dark modules touch at a corner, turn right to stay on the same one.
            right = (point[0] - heading[1], point[1] + heading[0])
            end = right if right in nexts else nexts[0]
            nexts.remove(end)
            if not nexts:
                del ends[point]
            now = (end[0] - point[0], end[1] - point[1])
            if now != heading and point != start:
                steps.append(("l", point))
            point, heading = end, now
            if point == start:
                break
        steps.append(("h", ()))
    return tuple(steps)


def _edges(rows: list[list[bool]]) -> dict[Point, list[Point]]:
    """The unit segments of the boundary: for each start point, its end points."""
    count = len(rows)

    def dark(x: int, y: int) -> bool:
        return 0 <= x < count and 0 <= y < count and rows[y][x]

    ends: dict[Point, list[Point]] = {}
    for y in range(count):
        for x in range(count):
            if not rows[y][x]:
                continue
            sides = (
                ((x, y - 1), (x, y), (x + 1, y)),
                ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
                ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
                ((x - 1, y), (x, y + 1), (x, y)),
            )
            for beside, begin, end in sides:
                if not dark(*beside):
                    ends.setdefault(begin, []).append(end)
    return ends
