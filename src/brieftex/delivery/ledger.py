"""``发行.db``: who has which copy, each row chained to the one before by SHA-256.

Rows are only ever added: a copy that comes back is another row. The last row's number and hash
stand in a table of their own, changed in the same transaction, so that a missing last row shows
as well. The chain tells of a slip, a damaged disk or a change by hand; whoever rewrites the whole
file can make another that is good, unless the last hash was noted elsewhere.
"""

from __future__ import annotations

import datetime
import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from time import sleep
from types import MappingProxyType
from typing import Self

import msgspec
from msgspec import Struct

from brieftex.databases import is_busy
from brieftex.source import open_regular

LEDGER_NAME = "发行.db"

LEDGER_WAIT = 10
"""Seconds to wait for another process that writes: a row takes it some milliseconds."""

LEDGER_LIMIT = 1024 * 1024 * 1024
"""Largest ledger that is opened, bytes: a row takes some hundreds, a map of marks some ten
thousands."""

_SMALLEST = 512
"""Bytes of the smallest page of SQLite; there are none where a process was killed that had just
made the file."""

_SHARED = 64 * 1024
"""Bytes that SQLite needs beside the file."""

_APPLICATION = 0x62726674  # "brft": tells our files from other databases
_FIRST = "0" * 64
_UNREADABLE = (sqlite3.DatabaseError, msgspec.ValidationError, UnicodeDecodeError)


class Result(StrEnum):
    """What a row says: printed, about to be handed over, accepted by the server, refused,
    returned."""

    PRINTED = "printed"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    RETURNED = "returned"


class Entry(Struct, frozen=True):
    """A row. ``copy`` 0: none; ``way`` is paper or mail; ``note`` has what else is to be known:
    the server's answer, that something was forced. ``trace``, if the lines of the copy were moved,
    is the SHA-256 of the map by which that is read back."""

    issue: str
    edition: str
    sha256: str
    pages: int
    copy: int
    reader: str
    address: str
    way: str
    result: Result
    message_id: str = ""
    note: str = ""
    time: str = ""
    number: int = 0
    previous: str = ""
    hash: str = ""
    trace: str = ""


class LedgerFault(Struct, frozen=True):
    """What is wrong with a ledger: at which row, in Chinese and in English."""

    number: int
    zh: str
    en: str


class NoLedgerError(Exception):
    """The file is no ledger."""


_COLUMNS = Entry.__struct_fields__
_NAMES = ", ".join(_COLUMNS)
_TABLE = ", ".join(
    f"{name} INTEGER PRIMARY KEY" if name == "number"
    else f"{name} {'INTEGER' if name in ('pages', 'copy') else 'TEXT'} NOT NULL"
    for name in _COLUMNS
)  # fmt: skip

_TRACES = "CREATE TABLE IF NOT EXISTS traces (digest TEXT PRIMARY KEY, map BLOB NOT NULL)"


class Ledger:
    """An open ledger; each call of ``add`` is one transaction, on the disk when it returns."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open the ledger at ``path``. Raises NoLedgerError, OSError."""
        if not create or path.exists():
            with open_regular(path) as file:  # a pipe would keep us waiting
                size = os.fstat(file.fileno()).st_size
            if size > LEDGER_LIMIT:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
            if size < _SMALLEST and (size or not create):  # SQLite takes it for a new one
                raise NoLedgerError
        self.path = path
        # SQLite writes beside what it reads, unless it is told that nobody writes there.
        fixed = not create and not os.access(path.parent, os.W_OK)
        fixed = fixed and not path.with_name(f"{path.name}-wal").exists()
        name = f"{path.absolute().as_uri()}?immutable=1" if fixed else path
        try:
            self._base = sqlite3.connect(name, timeout=LEDGER_WAIT, isolation_level=None, uri=fixed)
            self._prepare(fixed=fixed)
        except sqlite3.DatabaseError as error:
            raise _as_os_error(error, path) from error
        except UnicodeDecodeError as error:  # sqlite's own words about what is damaged
            raise _damaged(path) from error

    def _prepare(self, *, fixed: bool) -> None:
        base = self._base
        known = base.execute("PRAGMA application_id").fetchone()[0]
        tables = base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        # Neither triggers, nor views, which may have rows without end, nor tables of modules.
        odd = "type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'"
        odd_ones = base.execute(f"SELECT count(*) FROM sqlite_master WHERE {odd}").fetchone()[0]
        if (known != _APPLICATION and tables) or odd_ones:
            raise NoLedgerError
        if fixed:
            return
        self._write_ahead()
        base.execute("PRAGMA synchronous=FULL")  # in WAL, NORMAL may lose the last commits
        if tables:
            self._renew()
        else:
            with self._writing():
                base.execute(f"PRAGMA application_id={_APPLICATION}")
                base.execute(f"CREATE TABLE IF NOT EXISTS entries ({_TABLE})")
                base.execute("CREATE TABLE IF NOT EXISTS head (number INTEGER, hash TEXT)")
                if base.execute("SELECT count(*) FROM head").fetchone()[0] == 0:
                    base.execute("INSERT INTO head VALUES (0, ?)", (_FIRST,))
                base.execute(_TRACES)

    def _write_ahead(self) -> None:
        """Let rows be written to a file beside first. For this alone SQLite does not wait, if
        another process makes the ledger at the same time."""
        for left in reversed(range(LEDGER_WAIT * 20)):
            try:
                self._base.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if not left or not is_busy(error):
                    raise
                sleep(0.05)
            else:
                return

    def _renew(self) -> None:
        """Give a ledger of an earlier version what it lacks."""
        known = {row[1] for row in self._base.execute("PRAGMA table_info(entries)")}
        if known and "trace" not in known:
            with self._writing():
                self._base.execute("ALTER TABLE entries ADD COLUMN trace TEXT NOT NULL DEFAULT ''")
                self._base.execute(_TRACES)

    def __enter__(self) -> Self:
        """The ledger as a context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction that no other process writes into."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def add(
        self, *entries: Entry, maps: Mapping[str, bytes] = MappingProxyType({})
    ) -> tuple[Entry, ...]:
        """Add rows, all or none, with the ``maps`` that they name; they get their number, time and
        hashes. Raises OSError."""
        made = []
        marks = ", ".join("?" * len(_COLUMNS))
        try:
            with self._writing():
                number, previous = self.head()
                for digest, data in maps.items():
                    self._base.execute("INSERT OR IGNORE INTO traces VALUES (?, ?)", (digest, data))
                for entry in entries:
                    number += 1
                    row = msgspec.structs.replace(
                        entry, number=number, previous=previous, time=entry.time or _now()
                    )
                    row = msgspec.structs.replace(row, hash=_hash(row))
                    previous = row.hash
                    self._base.execute(
                        f"INSERT INTO entries ({_NAMES}) VALUES ({marks})",  # only marks
                        [getattr(row, name) for name in _COLUMNS],
                    )
                    made.append(row)
                self._base.execute("UPDATE head SET number = ?, hash = ?", (number, previous))
        except sqlite3.DatabaseError as error:
            raise _as_os_error(error, self.path) from error
        return tuple(made)

    def entries(self) -> list[Entry]:
        """All rows, the oldest first. Raises OSError when the file is damaged."""
        try:
            rows = self._base.execute(f"SELECT {_NAMES} FROM entries ORDER BY number")
            return [msgspec.convert(dict(zip(_COLUMNS, row, strict=True)), Entry) for row in rows]
        except _UNREADABLE as error:
            raise _damaged(self.path) from error

    def maps(self) -> dict[str, bytes]:
        """The maps of copies whose lines were moved, by their digests. Raises OSError when the
        file is damaged."""
        try:
            rows = self._base.execute("SELECT digest, map FROM traces ORDER BY rowid")
            return msgspec.convert(dict(rows.fetchall()), dict[str, bytes])
        except _UNREADABLE as error:
            raise _damaged(self.path) from error

    def head(self) -> tuple[int, str]:
        """Number and hash of the last row. Raises OSError when the file is damaged."""
        try:
            row = self._base.execute("SELECT number, hash FROM head").fetchone()
            return msgspec.convert(row, tuple[int, str])
        except _UNREADABLE as error:
            raise _damaged(self.path) from error

    def faults(self) -> list[LedgerFault]:
        """Rows that were changed, removed or put in."""
        damaged = LedgerFault(0, "数据库文件已损坏", "the database is damaged")
        try:
            whole = self._base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        except _UNREADABLE:
            return [damaged]
        found = [] if whole else [damaged]
        previous, number = _FIRST, 0
        try:
            rows, head, maps = self.entries(), self.head(), self.maps()
        except OSError:
            return [*found, LedgerFault(0, "有的行读不出来", "some rows cannot be read")]
        for row in rows:
            if row.number != number + 1:
                lost = f"{number + 1} 到 {row.number - 1}"
                found.append(
                    LedgerFault(row.number, f"第 {lost} 行不见了", "rows before it are missing")
                )
            elif row.previous != previous:
                found.append(
                    LedgerFault(row.number, "与前一行对不上", "it does not follow the row before")
                )
            if row.hash != _hash(row):
                found.append(LedgerFault(row.number, "这一行被改过", "it was changed"))
            if row.trace and sha256(maps.get(row.trace, b"")).hexdigest() != row.trace:
                found.append(
                    LedgerFault(
                        row.number,
                        "暗记的底图不见了或被改过",
                        "the map of its marks is missing or changed",
                    )
                )
            previous, number = row.hash, row.number
        if head != (number, previous):
            found.append(
                LedgerFault(number + 1, "末尾的行不见了或被换过", "the last rows are missing")
            )
        return found


def _hash(row: Entry) -> str:
    values = {name: getattr(row, name) for name in _COLUMNS if name != "hash"}
    if not row.trace:  # rows of before there were any
        del values["trace"]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> str:
    """The time, with the zone; SOURCE_DATE_EPOCH if it is set."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if said.isascii() and said.isdigit() and len(said) < 12:
        return datetime.datetime.fromtimestamp(int(said), datetime.UTC).isoformat()
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


def _as_os_error(error: sqlite3.DatabaseError, path: Path) -> Exception:
    """What the system would have said: a full disk, a folder that cannot be written."""
    there = path.parent.is_dir()
    # SQLite calls it a failure when there is no room for the file that processes share.
    full = there and shutil.disk_usage(path.parent).free < _SHARED
    codes = {
        sqlite3.SQLITE_FULL: errno.ENOSPC,
        sqlite3.SQLITE_CANTOPEN: errno.EACCES if there else errno.ENOENT,
        sqlite3.SQLITE_READONLY: errno.EROFS, sqlite3.SQLITE_PERM: errno.EACCES,
        sqlite3.SQLITE_BUSY: errno.EBUSY, sqlite3.SQLITE_IOERR: errno.ENOSPC if full else errno.EIO,
    }  # fmt: skip
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return NoLedgerError(str(path))
    if code == sqlite3.SQLITE_CORRUPT:
        return _damaged(path)
    number = codes.get(code, errno.EIO)
    return OSError(number, os.strerror(number), str(path))


def _damaged(path: Path) -> OSError:
    return OSError(errno.EBADMSG, os.strerror(errno.EBADMSG), str(path))


def copies_out(entries: list[Entry], issue: str | None = None) -> dict[tuple[str, int], Entry]:
    """The last row of each numbered copy, by issue and number."""
    out: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        if entry.copy and issue in (None, entry.issue):
            out[entry.issue, entry.copy] = entry
    return out
