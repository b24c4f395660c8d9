"""JPEG files without what says who took the picture, where and when."""

from __future__ import annotations

from collections.abc import Iterator

from brieftex.patterns import late

# JPEG segments (ISO/IEC 10918-1, B.1): application data, of which APP0 (JFIF) and APP14
# (Adobe) say how colours are coded, comments, and the start of the compressed picture.
_APPLICATION = range(0xE0, 0xF0)
_KEPT_APPLICATION = (0xE0, 0xEE)
_COMMENT = 0xFE
_START_OF_SCAN = 0xDA
_END = 0xD9

# In the compressed picture FF stands before 0 where it is meant, and before a restart mark.
_NEXT_MARKER = late(rb"\xff[^\x00\xd0-\xd7\xff]")


def jpeg_segments(data: bytes) -> Iterator[bytes]:
    """The segments of a JPEG that are needed to show it, up to the end of the picture: what
    follows may be another one, with a story of its own. Raises ValueError."""
    yield data[:2]
    at = 2
    while at + 2 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind == 0xFF:  # fill byte
            at += 1
            continue
        if kind == _END:
            yield data[at : at + 2]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == _START_OF_SCAN:
            following = _NEXT_MARKER.search(data, end)
            if following is None:
                break
            end = following.start()
        if kind in _KEPT_APPLICATION or (kind not in _APPLICATION and kind != _COMMENT):
            yield data[at:end]
        at = end
    raise ValueError("broken JPEG")
