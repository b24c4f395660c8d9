"""Copies of glyphs with more or less white beside them, added to an embedded TrueType program.

A copy is a composite glyph (OpenType, glyf) with its original as the only component, moved by
the white before it: the outline is the same to the last unit, the advance another.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence

from msgspec import Struct

_HEAD_ADJUSTMENT = 8
_MAGIC = 0xB1B0AFBA  # the checksum of the whole file (OpenType, head)
_XY_IN_WORDS = 0x0003  # arguments are offsets, of two bytes each; not rounded to the grid
_SHORT_LOCA_END = 0x1FFFE


class SpacedGlyph(Struct, frozen=True):
    """A copy of ``glyph`` with white ``before`` and ``after`` it, in font units; less than 0
    takes white away."""

    glyph: int
    before: int
    after: int


def with_spaced(program: bytes, copies: Sequence[SpacedGlyph]) -> bytes:
    """A TrueType program with ``copies`` behind its own glyphs, in their order."""
    tables = _tables(program)
    head, hhea, maxp = (bytearray(tables[tag]) for tag in (b"head", b"hhea", b"maxp"))
    count = struct.unpack_from(">H", maxp, 4)[0]
    ends = _locations(tables[b"loca"], long=head[51] == 1)
    metrics = _metrics(tables[b"hmtx"], count, struct.unpack_from(">H", hhea, 34)[0])
    glyf = bytearray(tables[b"glyf"][: ends[count]])
    for copy in copies:
        advance, bearing = metrics[copy.glyph]
        metrics.append((advance + copy.before + copy.after, bearing + copy.before))
        if ends[copy.glyph] < ends[copy.glyph + 1]:
            left, bottom, right, top = struct.unpack_from(">4h", glyf, ends[copy.glyph] + 2)
            edges = left + copy.before, bottom, right + copy.before, top
            glyf += struct.pack(">5h2H2h", -1, *edges, _XY_IN_WORDS, copy.glyph, copy.before, 0)
            glyf += bytes(-len(glyf) % 4)
        ends.append(len(glyf))
    long = ends[-1] > _SHORT_LOCA_END
    struct.pack_into(">h", head, 50, long)
    struct.pack_into(">H", hhea, 10, max(advance for advance, _ in metrics))
    struct.pack_into(">H", hhea, 34, len(metrics))
    _count(maxp, len(metrics))
    tables |= {
        b"head": bytes(head),
        b"hhea": bytes(hhea),
        b"maxp": bytes(maxp),
        b"glyf": bytes(glyf),
        b"loca": _big(array("I", ends)) if long else _big(array("H", [end // 2 for end in ends])),
        b"hmtx": b"".join(struct.pack(">Hh", *metric) for metric in metrics),
    }
    return _file(program[:4], tables)


def _count(maxp: bytearray, glyphs: int) -> None:
    """Enter the number of glyphs and what composites of one component make of its maxima."""
    points, contours, most_points, most_contours = struct.unpack_from(">4H", maxp, 6)
    elements, depth = struct.unpack_from(">2H", maxp, 28)
    struct.pack_into(">H", maxp, 4, glyphs)
    struct.pack_into(">2H", maxp, 10, max(points, most_points), max(contours, most_contours))
    struct.pack_into(">2H", maxp, 28, max(elements, 1), depth + 1)


def _tables(program: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for k in range(struct.unpack_from(">H", program, 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4s3L", program, 12 + 16 * k)
        found[tag] = program[offset : offset + length]
    return found


def _locations(loca: bytes, *, long: bool) -> list[int]:
    """Where each glyph begins, and where the last one ends."""
    if long:
        return list(struct.unpack(f">{len(loca) // 4}L", loca))
    return [2 * half for half in struct.unpack(f">{len(loca) // 2}H", loca)]


def _metrics(hmtx: bytes, count: int, whole: int) -> list[tuple[int, int]]:
    """Advance and left side bearing of each glyph; the last advance counts for all that follow
    (OpenType, hmtx)."""
    found = list(struct.iter_unpack(">Hh", hmtx[: 4 * whole]))
    bearings = struct.unpack_from(f">{count - whole}h", hmtx, 4 * whole)
    return found + [(found[-1][0], bearing) for bearing in bearings]


def _big(values: array[int]) -> bytes:
    if sys.byteorder == "little":
        values.byteswap()
    return values.tobytes()


def _file(version: bytes, tables: dict[bytes, bytes]) -> bytes:
    """A font file (OpenType, table directory) with checksums."""
    tables[b"head"] = tables[b"head"][:_HEAD_ADJUSTMENT] + bytes(4) + tables[b"head"][12:]
    count = len(tables)
    power = count.bit_length() - 1
    head = version + struct.pack(">4H", count, 16 << power, power, (count << 4) - (16 << power))
    entries, body, sums = [], bytearray(), 0
    for tag, table in sorted(tables.items()):
        if tag == b"head":
            adjusted = 12 + 16 * count + len(body) + _HEAD_ADJUSTMENT
        check = _sum(table)
        sums += check
        entries.append(struct.pack(">4s3L", tag, check, 12 + 16 * count + len(body), len(table)))
        body += table + bytes(-len(table) % 4)
    head += b"".join(entries)
    made = bytearray(head + body)
    struct.pack_into(">L", made, adjusted, (_MAGIC - sums - _sum(head)) & 0xFFFFFFFF)
    return bytes(made)


def _sum(data: bytes) -> int:
    words = array("I", data + bytes(-len(data) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
