"""Values put aside on the disk while a volume is made: what each part should hold, until the file
is whole and is read back."""

from __future__ import annotations

import tempfile
from types import TracebackType
from typing import Self

import msgspec

from brieftex.pdf.read.compare import Wanted

_WANTED: msgspec.msgpack.Decoder[Wanted] = msgspec.msgpack.Decoder(Wanted)


class Spool:
    """Values by their names, in a file without a name of its own: gone when the process ends."""

    def __init__(self) -> None:
        """Open the file. Raises OSError."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the context
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __enter__(self) -> Self:
        """Enter the context."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close and remove the file."""
        self._file.close()

    def put(self, name: str, value: Wanted) -> None:
        """Put a value aside. Raises OSError."""
        data = msgspec.msgpack.encode(value)
        self._file.seek(self._end)
        self._file.write(data)
        self._places[name] = (self._end, len(data))
        self._end += len(data)

    def take(self, name: str) -> Wanted:
        """What was put aside. Raises OSError."""
        place, length = self._places[name]
        self._file.seek(place)
        return _WANTED.decode(self._file.read(length))
