"""The values of brieftex's own theme files, read when these were last changed.

``themes/ready.json`` holds what ``read_values`` makes of each file, and the checksum of its text:
where that is another now the values are read from it, so they are always those of the YAML. Taking
them from here is twenty times as fast. ``scripts/ready.py`` writes the file, a test compares it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from brieftex.diagnostics import Source, Span
from brieftex.input import yaml
from brieftex.input.theme.locate import BUILT_IN
from brieftex.input.theme.read import Raw, read_values
from brieftex.input.theme.values import WrittenValue
from brieftex.source import read_source


class _File(Struct):
    """A checksum of the text, and its values: each as its text and its place."""

    checksum: int
    values: dict[str, object]


def ready_values(path: Path, source: Source) -> dict[str, Raw] | None:
    """The values in the file at ``path``, whose text is ``source``; None if they are not known."""
    if not path.is_relative_to(BUILT_IN):
        return None
    found = _files().get(path.relative_to(BUILT_IN).as_posix())
    if found is None or found.checksum != _checksum(source):
        return None
    return {key: _unpacked(value, source) for key, value in found.values.items()}


def ready_file() -> bytes:
    """What ``themes/ready.json`` should hold. Raises InputError."""
    files = {}
    for path in sorted(BUILT_IN.rglob("*.yaml")):
        source, _ = read_source(path)
        raw, _ = read_values(yaml.parse(source), source, path.parent)
        values = {key: _packed(value) for key, value in raw.items()}
        files[path.relative_to(BUILT_IN).as_posix()] = _File(_checksum(source), values)
    return msgspec.json.encode(files) + b"\n"


@cache
def _files() -> dict[str, _File]:
    path = BUILT_IN / "ready.json"
    return msgspec.json.decode(path.read_bytes(), type=dict[str, _File]) if path.exists() else {}


def _checksum(source: Source) -> int:
    return zlib.crc32(source.text.encode())


def _packed(raw: Raw) -> object:
    if isinstance(raw, dict):
        return {key: _packed(value) for key, value in raw.items()}
    if isinstance(raw, tuple):
        return [_packed(value) for value in raw]
    return [raw.text, raw.span.start, raw.span.end]


def _unpacked(packed: object, source: Source) -> Raw:
    match packed:
        case dict():
            return {key: _unpacked(value, source) for key, value in packed.items()}
        case [str(text), int(start), int(end)]:
            return WrittenValue(text, Span(start, end), source)
        case list():
            return tuple(_values(packed, source))
    raise TypeError(packed)


def _values(packed: list[object], source: Source) -> Iterator[WrittenValue]:
    for one in packed:
        value = _unpacked(one, source)
        assert isinstance(value, WrittenValue)
        yield value
