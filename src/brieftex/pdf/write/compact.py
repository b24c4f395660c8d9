"""Compacting a finished file: objects other than streams are compressed in object streams
(ISO 32000-1, 7.5.7), and the cross-reference table is a stream (7.5.8). PDF/A-2 allows both.

The input is a file of ``pdf.write.draw``; every object keeps its number and its bytes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence

from brieftex.patterns import late

# Objects per stream: a reader must decompress all of them to read one.
_GROUP = 200

_LEVEL = 9
_ENTRY = late(rb"(\d{10}) \d{5} ([nf])")


def compacted(pdf: bytes) -> bytes:
    """The file with object streams and a cross-reference stream. Raises ValueError if it was
    not written by ``pdf.write.draw``."""
    at = int(pdf[pdf.rindex(b"startxref") + len(b"startxref") :].split()[0])
    table, _, trailer = pdf[at:].partition(b"trailer")
    offsets = {
        number: int(entry[1])
        for number, entry in enumerate(_ENTRY.finditer(table))
        if entry[2] == b"n"
    }
    bodies = _bodies(pdf, offsets, at)
    small = [number for number, body in bodies.items() if not body.endswith(b"endstream")]
    out = bytearray(pdf[: min(offsets.values())])
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    for number, body in bodies.items():
        if body.endswith(b"endstream"):
            places[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    number = max(bodies) + 1
    for start in range(0, len(small), _GROUP):
        group = small[start : start + _GROUP]
        places[number] = (1, len(out), 0)
        places.update({inner: (2, number, index) for index, inner in enumerate(group)})
        out += _stored(number, [(inner, bodies[inner]) for inner in group])
        number += 1
    places[number] = (1, len(out), 0)
    start = len(out)
    out += _cross_references(number, places, _kept(trailer))
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _bodies(pdf: bytes, offsets: Mapping[int, int], end: int) -> dict[int, bytes]:
    """The value of every object, in the order of the file."""
    order = sorted(offsets, key=lambda number: offsets[number])
    ends = [offsets[number] for number in order[1:]] + [end]
    bodies: dict[int, bytes] = {}
    for number, after in zip(order, ends, strict=True):
        whole = pdf[offsets[number] : after]
        begin, last = whole.index(b"obj") + len(b"obj"), whole.rindex(b"endobj")
        bodies[number] = whole[begin:last].strip()
    return bodies


def _stored(number: int, objects: Sequence[tuple[int, bytes]]) -> bytes:
    """An object stream."""
    heads: list[bytes] = []
    length = 0
    for inner, body in objects:
        heads.append(b"%d %d" % (inner, length))
        length += len(body) + 1
    head = b" ".join(heads) + b"\n"
    data = zlib.compress(head + b"\n".join(body for _, body in objects), _LEVEL)
    entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
    return _stream(number, entries, data)


def _cross_references(
    number: int, places: Mapping[int, tuple[int, int, int]], trailer: bytes
) -> bytes:
    """The cross-reference stream, object ``number``; its dictionary is the file's trailer."""
    rows = b"".join(
        b"%c%b%b" % (kind, where.to_bytes(4, "big"), index.to_bytes(2, "big"))
        for kind, where, index in (places.get(k, (0, 0, 65535)) for k in range(number + 1))
    )
    entries = b"/Type/XRef/W[1 4 2]/Size %d%b" % (number + 1, trailer)
    return _stream(number, entries, zlib.compress(rows, _LEVEL))


def _stream(number: int, entries: bytes, data: bytes) -> bytes:
    return b"%d 0 obj\n<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        number,
        entries,
        len(data),
        data,
    )


def _kept(trailer: bytes) -> bytes:
    """Root, Info and ID of a trailer, as written there."""
    found = [
        re.search(rb"/(?:Root|Info) \d+ 0 R", trailer[at:])
        for at in (trailer.index(b"/Root"), trailer.index(b"/Info"))
    ]
    identity = re.search(rb"/ID\s*\[\s*(?:<[0-9A-Fa-f]*>\s*){2}\]", trailer)
    if identity is None or None in found:
        raise ValueError("no trailer of reportlab's")
    return b"".join(match[0] for match in (*found, identity) if match)
