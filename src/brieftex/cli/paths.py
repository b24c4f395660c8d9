"""Paths as the command line gives them: in a message, nothing in their names breaks its line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from brieftex.names import shown_name

if TYPE_CHECKING:
    from pathlib import Path as _Base
else:
    _Base = type(Path())  # until Python 3.12 only that of the system can be built on


class GivenPath(_Base):
    """A path that somebody gave, or one that was found from there: in an f-string it is
    ``shown_name`` of it; the system gets it as it is."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """The path as messages have it."""
        return format(shown_name(str(self)), spec)
