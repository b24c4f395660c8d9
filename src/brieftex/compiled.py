"""Compiled patterns as bytes, so that they can be kept as Python keeps compiled modules.

``re`` has no public way to do that. So ``_sre`` is given again what ``re`` once gave it, and looks
it over before it takes it. Nothing depends on that: codes are of one build of Python and stand
behind a checksum, each was held against what ``re.compile`` made before it was kept, and where one
is missing or refused the pattern is compiled.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]  # there are no types of it
import re
import sys
import zlib
from array import array
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

ERRORS = (ArithmeticError, AttributeError, ImportError, LookupError, RuntimeError, TypeError,
          ValueError)  # fmt: skip
"""What another version of Python may raise where it has other ways."""


class Codes(Struct, frozen=True, array_like=True):
    """What ``_sre`` makes a pattern of.

    ``source`` is in UTF-8, surrogates included, where the pattern is text; ``given`` are the flags
    that ``re.compile`` got; ``words`` are 32-bit integers; ``names`` has the numbers of groups.
    """

    source: bytes
    textual: bool
    given: int
    flags: int
    words: bytes
    groups: int
    names: dict[str, int]

    @property
    def pattern(self) -> str | bytes:
        """The regular expression."""
        return self.source.decode("utf-8", "surrogatepass") if self.textual else self.source

    def made(self) -> re.Pattern[Any]:
        """The pattern. Raises one of ``ERRORS`` if these are no codes."""
        named: list[str | None] = [None] * (self.groups + 1)
        for name, group in self.names.items():
            named[group] = name
        words = memoryview(self.words).cast("I").tolist()
        found: re.Pattern[Any] = _sre.compile(
            self.pattern, self.flags, words, self.groups, self.names, tuple(named)
        )
        return found


def codes_of(pattern: str | bytes, flags: int, compiled: re.Pattern[Any]) -> Codes | None:
    """What ``compiled`` was made of, by ``re.compile`` with these arguments; None if that cannot
    be told."""
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]  # noqa: PLC0415

        tree = _parser.parse(pattern, flags)
        words = array("I", _compiler._code(tree, flags))  # noqa: SLF001  # there is no other way
        textual = isinstance(pattern, str)
        source = pattern.encode("utf-8", "surrogatepass") if isinstance(pattern, str) else pattern
        codes = Codes(
            source, textual, flags, flags | tree.state.flags, words.tobytes(),
            tree.state.groups - 1, dict(tree.state.groupdict),
        )  # fmt: skip
        # Patterns are equal if their texts, their flags and their codes are.
        return codes if codes.made() == compiled else None
    except ERRORS:
        return None


def packed_codes(codes: Iterable[Codes]) -> bytes:
    """For ``unpacked_codes`` of the same Python."""
    body = msgspec.msgpack.encode(list(codes))
    return _head(body) + body


def unpacked_codes(data: bytes) -> list[Codes]:
    """What was packed; nothing if these are no such bytes."""
    body = data[data.find(b"\n", data.find(b"\0")) + 1 :]
    if not body or data[: -len(body)] != _head(body):
        return []
    try:
        return msgspec.msgpack.decode(body, type=list[Codes])
    except msgspec.MsgspecError:
        return []


def _head(body: bytes) -> bytes:
    python = f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder}"
    return b"%s\0%d\n" % (python.encode(), zlib.crc32(body))
