"""Caches in SQLite: opened, made anew where they are damaged, done without where they cannot be
had. Knows nothing of what is in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

CACHE_WAIT = 3
"""Seconds to wait for another process that writes; then the work is done without the cache."""


def opened_cache(
    place: Path | None, connected: Callable[[str], sqlite3.Connection]
) -> tuple[sqlite3.Connection, bool]:
    """The database at ``place`` as ``connected`` prepares it, or one in memory; and whether that
    is because another process keeps the file. Raises sqlite3.Error."""
    for _ in range(0 if place is None else 2):
        assert place is not None
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            return connected(str(place)), False
        except (OSError, sqlite3.Error) as error:
            if is_busy(error):
                return connected(":memory:"), True
            remove_cache(place)
    return connected(":memory:"), False


def is_busy(error: Exception) -> bool:
    """Whether another process keeps the database: it is not ours to remove."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def remove_cache(place: Path | None) -> None:
    """Remove a database, as far as that can be done."""
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):
            Path(f"{place}{ending}").unlink()
