"""Embedded CFF programs: other subsets of a face, and copies of glyphs with more or less white
beside them.

In: a CID-keyed program whose charstrings call no subroutines and have no hints, as HarfBuzz makes
of any when it takes a subset; ``CffProgram.of`` is None for any other. Out: the program with other
glyphs of its face, as HarfBuzz makes it, or with more glyphs behind its own. A copy has the
operators of its original; only the width and the first movement differ, since every other point is
relative to the one before it (Adobe Technical Note 5177, 4.1). CharStrings, charset and FDSelect
are then written anew at the end of the table, where the first of them already is; the offsets that
lead there keep their five bytes (Technical Note 5176).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from brieftex.fonts.spaced import SpacedGlyph

# Operators of DICTs; those of two bytes are 1200 and the second.
_CHARSET, _CHAR_STRINGS, _PRIVATE, _DEFAULT_WIDTH, _NOMINAL_WIDTH = 15, 17, 18, 20, 21
_ROS, _FD_ARRAY, _FD_SELECT = 1230, 1236, 1237
# Operators of charstrings that may come first, and how many operands each has besides a width.
_VERTICAL, _END, _MOVE, _HORIZONTAL = 4, 14, 21, 22
_OPERANDS = {_VERTICAL: 1, _END: 0, _MOVE: 2, _HORIZONTAL: 1}
_LONG, _SHORT, _FIXED = 29, 28, 255
# A charset of ranges with two bytes for how many glyphs follow the first of one; up to so many
# glyphs one byte is enough. An FDSelect of one range begins so.
_WIDE_CHARSET, _MOST_IN_A_BYTE, _ONE_RANGE = 2, 257, b"\3\0\1"


class _Beginning(Struct, frozen=True):
    """How a charstring begins: its width as it stands there, None where it is the default one,
    the first point, the operator that goes there, and the bytes that follow."""

    width: int | None
    across: int
    up: int
    operator: int
    rest: bytes


class CffProgram(Struct, frozen=True):
    """A program that can be added to: its ``head`` ends where CharStrings begins, with which the
    program ends. ``places`` has where the offset of each operator of the Top DICT stands, and
    ``tables`` where charset and FDSelect begin; ``selected`` the Font DICT of each glyph, and
    ``widths`` the default and the nominal width of each Font DICT."""

    head: bytes
    places: dict[int, int]
    tables: tuple[int, int]
    glyphs: tuple[bytes, ...]
    selected: tuple[int, ...]
    widths: tuple[tuple[int, int], ...]

    @staticmethod
    def of(program: bytes) -> CffProgram | None:
        """The program, or None where it is none that copies can be added to."""
        try:
            return _read(program)
        except (IndexError, KeyError, OverflowError, ValueError, struct.error):
            return None

    @property
    def data(self) -> bytes:
        """The program's bytes."""
        return self.head + _index(self.glyphs)

    def with_glyphs(self, glyphs: tuple[bytes, ...]) -> CffProgram | None:
        """The program with these in the place of its own, as HarfBuzz writes it. None where charset
        or FDSelect would have another length: few glyphs are counted in fewer bytes, and there may
        be more than one Font DICT."""
        charset, select = self.tables
        counted = self.head[charset] == _WIDE_CHARSET and len(glyphs) > _MOST_IN_A_BYTE
        if not counted or len(self.widths) != 1 or self.head[select : select + 3] != _ONE_RANGE:
            return None
        head = bytearray(self.head)
        struct.pack_into(">H", head, charset + 3, len(glyphs) - 2)
        struct.pack_into(">H", head, select + 6, len(glyphs))
        return replace(self, head=bytes(head), glyphs=glyphs, selected=(0,) * len(glyphs))

    def can_copy(self, glyph: int) -> bool:
        """Whether the charstring of a glyph begins in one of the ways that are known."""
        return glyph < len(self.glyphs) and _beginning(self.glyphs[glyph]) is not None

    def with_copies(self, copies: Sequence[SpacedGlyph]) -> bytes:
        """The program with ``copies``, each of which can be made, behind its own glyphs."""
        glyphs = [*self.glyphs, *map(self._copy, copies)]
        selected = [*self.selected, *(self.selected[copy.glyph] for copy in copies)]
        result = bytearray(self.head)
        for operator, body in (
            (_FD_SELECT, _fd_select(selected)),
            # CID and number are the same.
            (_CHARSET, struct.pack(">BHH", _WIDE_CHARSET, 1, len(glyphs) - 2)),
            (_CHAR_STRINGS, _index(glyphs)),
        ):
            struct.pack_into(">i", result, self.places[operator], len(result))
            result += body
        return bytes(result)

    def _copy(self, copy: SpacedGlyph) -> bytes:
        begun = _beginning(self.glyphs[copy.glyph])
        assert begun is not None
        default, nominal = self.widths[self.selected[copy.glyph]]
        width = default if begun.width is None else nominal + begun.width
        width += copy.before + copy.after
        operands = [] if width == default else [_operand(width - nominal)]
        operator = begun.operator
        if operator != _END:
            across = begun.across + copy.before
            operator = _MOVE
            operands += [_operand(across), _operand(begun.up)]
        return b"".join([*operands, bytes((operator,)), begun.rest])


class CharStrings:
    """The charstrings of a face's glyphs that were in subsets, to make others of."""

    def __init__(self) -> None:
        """None are known yet."""
        self._known: dict[int, bytes] = {}
        self._whole: CffProgram | None = None

    def take(self, glyphs: frozenset[int], program: CffProgram, mapping: Mapping[int, int]) -> None:
        """Take those of a subset, whose ``mapping`` leads from the face's glyphs to its own, unless
        it has others besides, or another order."""
        if sorted(glyphs | {0}) == sorted(mapping, key=mapping.__getitem__):
            self._known.update((glyph, program.glyphs[new]) for glyph, new in mapping.items())
            self._whole = self._whole or program.with_glyphs(program.glyphs)

    def lacking(self, glyphs: frozenset[int]) -> frozenset[int] | None:
        """Those of the glyphs that are not known; None where what is known cannot become a subset
        of so many."""
        if self._whole is None or len(glyphs) < _MOST_IN_A_BYTE:
            return None
        return glyphs - self._known.keys()

    def subset(self, glyphs: frozenset[int]) -> tuple[CffProgram, dict[int, int]] | None:
        """The program that holds these glyphs and .notdef, and the mapping to its own; None where
        some are not known."""
        if self._whole is None or not glyphs <= self._known.keys():
            return None
        ordered = sorted(glyphs | {0})
        made = self._whole.with_glyphs(tuple(map(self._known.__getitem__, ordered)))
        if made is None:
            return None
        return made, {glyph: number for number, glyph in enumerate(ordered)}


def _read(program: bytes) -> CffProgram | None:
    _, at = _entries(program, program[2])
    (top,), at = _entries(program, at)
    values, places = _dictionary(program, *top)
    long = all(places[op] for op in (_CHARSET, _CHAR_STRINGS, _FD_SELECT))
    if _ROS not in values or not long:
        return None
    strings = int(values[_CHAR_STRINGS][0])
    glyphs, _ = _entries(program, strings)
    others = [int(values[op][0]) for op in (_CHARSET, _FD_SELECT, _FD_ARRAY)]
    if max(others) >= strings:
        return None
    widths = []
    for font in _entries(program, others[2])[0]:
        size, start = map(int, _dictionary(program, *font)[0][_PRIVATE])
        private = _dictionary(program, start, start + size)[0]
        default, nominal = (private.get(op, [0])[-1] for op in (_DEFAULT_WIDTH, _NOMINAL_WIDTH))
        if not (_sane(default) and _sane(nominal)) or start > strings:
            return None
        widths.append((int(default), int(nominal)))
    selected = _selected(program, others[1], len(glyphs))
    if len(selected) != len(glyphs) or max(selected) >= len(widths):
        return None
    bodies = tuple(program[a:b] for a, b in glyphs)
    tables = others[0], others[1]
    made = CffProgram(program[:strings], places, tables, bodies, selected, tuple(widths))
    return made if made.data == program else None


def _entries(data: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    """Where the entries of an INDEX begin and end, and where it ends (Technical Note 5176, 5)."""
    (count,) = struct.unpack_from(">H", data, at)
    if not count:
        return [], at + 2
    size = data[at + 2]
    first = at + 3
    start = first + (count + 1) * size - 1
    ends = [
        start + int.from_bytes(data[first + k * size : first + (k + 1) * size], "big")
        for k in range(count + 1)
    ]
    return list(pairwise(ends)), ends[-1]


def _index(entries: Sequence[bytes]) -> bytes:
    ends = [*accumulate(map(len, entries), initial=1)]
    size = (ends[-1].bit_length() + 7) // 8
    offsets = bytearray(struct.pack(f">{len(ends)}L", *ends))
    for unused in range(4, size, -1):
        del offsets[::unused]
    return b"".join([struct.pack(">HB", len(entries), size), offsets, *entries])


def _dictionary(data: bytes, at: int, end: int) -> tuple[dict[int, list[float]], dict[int, int]]:
    """The operands of a DICT by operator, and where the four bytes of a long integer stand that is
    the only operand of one, 0 for other operands."""
    values: dict[int, list[float]] = {}
    places: dict[int, int] = {}
    operands: list[float] = []
    place = 0
    while at < end:
        code = data[at]
        if code <= 21:
            if code == 12:
                at += 1
                code = 1200 + data[at]
            values[code], places[code] = operands, place if len(operands) == 1 else 0
            operands, place = [], 0
            at += 1
        elif code == 30:  # a real number, which no operator that matters here has
            at += 1
            while data[at] & 15 != 15 and data[at] >> 4 != 15:
                at += 1
            operands.append(0.5)
            at += 1
        else:
            place = at + 1 if code == _LONG else 0
            value, at = _number(data, at)
            operands.append(value)
    return values, places


def _number(data: bytes, at: int) -> tuple[float, int]:
    """The number at ``at`` of a DICT or a charstring, and where it ends."""
    code = data[at]
    if code == _SHORT:
        return struct.unpack_from(">h", data, at + 1)[0], at + 3
    if code == _LONG:
        return struct.unpack_from(">i", data, at + 1)[0], at + 5
    if code == _FIXED:
        return struct.unpack_from(">i", data, at + 1)[0] / 65536, at + 5
    if code < 32:
        raise ValueError(code)
    if code < 247:
        return code - 139, at + 1
    if code < 251:
        return (code - 247) * 256 + data[at + 1] + 108, at + 2
    return -(code - 251) * 256 - data[at + 1] - 108, at + 2


def _operand(value: int) -> bytes:
    """A number of a charstring (Technical Note 5177, 3.2)."""
    if -107 <= value <= 107:
        return bytes((value + 139,))
    return struct.pack(">Bh", _SHORT, value)


def _beginning(body: bytes) -> _Beginning | None:
    operands: list[float] = []
    at = 0
    try:
        while body[at] == _SHORT or body[at] >= 32:
            value, at = _number(body, at)
            operands.append(value)
    except (IndexError, ValueError, struct.error):
        return None
    operator = body[at]
    count = _OPERANDS.get(operator)
    if count is None or len(operands) not in (count, count + 1):
        return None
    width = operands.pop(0) if len(operands) > count else None
    if not all(map(_sane, (*operands, width or 0))):
        return None
    across = int(operands[0]) if operator in (_MOVE, _HORIZONTAL) else 0
    up = int(operands[-1]) if operator in (_MOVE, _VERTICAL) else 0
    whole = None if width is None else int(width)
    return _Beginning(whole, across, up, operator, body[at + 1 :])


def _sane(value: float) -> bool:
    """Whether a coordinate or a width is a whole number that leaves room for white in two bytes."""
    return value == int(value) and abs(value) < 0x4000


def _selected(data: bytes, at: int, count: int) -> tuple[int, ...]:
    """The Font DICT of each glyph (Technical Note 5176, 19)."""
    if data[at] == 0:
        return tuple(data[at + 1 : at + 1 + count])
    if data[at] != 3:
        raise ValueError(data[at])
    (ranges,) = struct.unpack_from(">H", data, at + 1)
    firsts = [*struct.iter_unpack(">HB", data[at + 3 : at + 3 + 3 * ranges])]
    (end,) = struct.unpack_from(">H", data, at + 3 + 3 * ranges)
    starts = [*(first for first, _ in firsts), end]
    return tuple(
        number
        for (_, number), (a, b) in zip(firsts, pairwise(starts), strict=True)
        for _ in range(a, b)
    )


def _fd_select(selected: Sequence[int]) -> bytes:
    ranges, at = [], 0
    for number, group in groupby(selected):
        ranges.append(struct.pack(">HB", at, number))
        at += len(list(group))
    return b"".join([struct.pack(">BH", 3, len(ranges)), *ranges, struct.pack(">H", at)])
