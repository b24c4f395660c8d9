"""The index of a folder tree: SQLite's full-text search, kept as a cache.

It holds nothing that the files do not. A run looks at the time and size of each file and
reads those that changed; a file whose bytes are the same is not read again. A damaged index, or
one of another version, is made anew; where none can be kept, one is made in memory.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec import Struct

from brieftex.databases import CACHE_WAIT, is_busy, opened_cache, remove_cache
from brieftex.fonts.locations import cache_folder
from brieftex.search.passages import IssueRecord, PassageKind, SearchText
from brieftex.search.words import BETWEEN_PASSAGES, indexed, phrase
from brieftex.source import SIZE_LIMIT, read_regular

_VERSION = 3

_SCHEMA = """
CREATE TABLE files (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE, changed INTEGER, size INTEGER, digest TEXT,
    state TEXT, name TEXT, numbering TEXT, date TEXT
);
CREATE TABLE pieces (
    id INTEGER PRIMARY KEY, file INTEGER, section TEXT, title TEXT, passages BLOB
);
CREATE INDEX pieces_of_file ON pieces (file);
CREATE VIRTUAL TABLE words USING fts5 (title, body, source, speaker, section, content='',
    tokenize="unicode61 remove_diacritics 0");
"""
# The texts are not kept a second time, so that to take a row out means to name what it was made of.

_FILE_BITS, _PIECE_BITS = 24, 12
"""The number of a piece is its date, its file and its place there, so that the newest are the
last: a word that stands in every issue is answered from the end, without sorting them all."""

_ISSUE, _OTHER, _BROKEN = "issue", "other", "broken"

_DAMAGE = (sqlite3.Error, msgspec.DecodeError, UnicodeDecodeError, TypeError, zlib.error)
"""What reading a damaged index ends in; a value of another type than was written is one, too."""

_TOGETHER = 100
"""Files whose pieces are written in one transaction."""

_WORTH_PROCESSES = 60
"""Files that are worth the start of processes."""

_WORTH_PACKING = 60
"""Files that were read, if they are most of them, after which the index is packed."""

Listed: TypeAlias = tuple[str, int, int]
"""A file: path, time of change in ns, size in bytes."""


LARGEST_SEARCHED = 4 * 1024 * 1024
"""Bytes of an issue file that is searched: ten times a yearbook's text."""


class Query(Struct, frozen=True):
    """What is looked for: of each word any of its variants; in which kinds of passages; since
    which date (ISO 8601, its beginning will do); in sections of which name."""

    words: tuple[tuple[str, ...], ...]
    kinds: tuple[PassageKind, ...] = ()
    since: str = ""
    section: str = ""


class FoundPiece(Struct, frozen=True):
    """A piece that has all of the words."""

    path: str
    name: str
    numbering: str
    date: str
    section: str
    title: str
    passages: tuple[SearchText, ...]


class SearchIndex:
    """The index of one folder. ``busy``: another process keeps it, and this search went without."""

    def __init__(self, folder: Path, place: Path | None = None) -> None:
        """``place`` is where it is kept; by default in the user's cache."""
        self.folder = folder.resolve()
        self.broken: list[str] = []
        self._place = place or _usual_place(self.folder)
        self._db, self.busy = opened_cache(self._place, _connected)

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def update(self, tell: Callable[[int, int], None] = lambda _done, _of: None) -> int:
        """Bring the index up to date with the folder; the number of files that were read. ``tell``
        is told how many of how many are done. Raises OSError when the folder cannot be listed."""
        try:
            return self._updated(tell)
        except _DAMAGE as error:  # a full disk, a damaged file: the cache is given up
            self._forget(error)
            return self._updated(tell)

    def _updated(self, tell: Callable[[int, int], None]) -> int:
        listed = {path: (path, changed, size) for path, changed, size in _listed(self.folder)}
        known = {
            _path(path): (changed, size, digest)
            for path, changed, size, digest in self._db.execute(
                "SELECT path, changed, size, digest FROM files"
            )
        }
        gone = known.keys() - listed.keys()
        changed = [one for one in listed.values() if known.get(one[0], ())[:2] != one[1:]]
        if gone:
            self._write([], sorted(gone))
        read = 0
        with _reading(len(changed)) as read_all:
            for start in range(0, len(changed), _TOGETHER):
                fresh = self._fresh(changed[start : start + _TOGETHER], known)
                read += len(fresh)
                records = read_all([str(self.folder / one[0]) for one, _ in fresh])
                self._write(list(zip(fresh, records, strict=True)), [])
                tell(min(start + _TOGETHER, len(changed)), len(changed))
        if read >= _WORTH_PACKING and 2 * read > len(listed):
            # What was inserted out of order stands in half empty pages.
            with suppress(sqlite3.Error):  # another process is at it, or the disk is too small
                self._db.execute("VACUUM")
        query = "SELECT path FROM files WHERE state = ? ORDER BY path"
        self.broken = [_path(path) for (path,) in self._db.execute(query, (_BROKEN,))]
        return read

    def find(self, query: Query, most: int) -> tuple[list[FoundPiece], int]:
        """The newest ``most`` pieces that have all words, and how many there are."""
        try:
            return self._found(query, most)
        except _DAMAGE as error:
            self._forget(error)  # it was damaged since it was made
            self._updated(lambda _done, _of: None)
            return self._found(query, most)

    def _found(self, query: Query, most: int) -> tuple[list[FoundPiece], int]:
        columns = " ".join(query.kinds) or "title body source speaker"
        wanted = " AND ".join(
            f"{{{columns}}} : ({' OR '.join(filter(None, map(phrase, word)))})"
            for word in query.words
        )
        if query.section:
            wanted += f" AND {{section}} : {phrase(query.section)}"
        least = _number(query.since, 0, 0)
        rows = self._db.execute(
            "SELECT path, name, numbering, date, pieces.section, pieces.title, passages "
            "FROM (SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? "
            "ORDER BY rowid DESC LIMIT ?) AS found "
            "JOIN pieces ON pieces.id = found.rowid JOIN files ON files.id = pieces.file "
            "ORDER BY pieces.id DESC",
            (wanted, least, most),
        )
        hits = [
            FoundPiece(_path(a), b, c, d, e, f, _passages(kept)) for a, b, c, d, e, f, kept in rows
        ]
        count: int = self._db.execute(
            "SELECT count(*) FROM words WHERE words MATCH ? AND rowid >= ?", (wanted, least)
        ).fetchone()[0]
        return hits, count

    def _forget(self, error: Exception) -> None:
        """Go on in memory. The next run makes the file anew, unless another is at it."""
        with suppress(sqlite3.Error):
            self._db.close()
        if is_busy(error):
            self.busy = True
        else:
            remove_cache(self._place)
        self._db = _connected(":memory:")

    def _fresh(
        self, listed: Sequence[Listed], known: Mapping[str, tuple[int, int, str]]
    ) -> list[tuple[Listed, str]]:
        """Those of the files whose bytes are others than known, with their digests."""
        fresh = []
        for one in listed:
            digest = _digest(self.folder / one[0])
            if one[0] in known and known[one[0]][2] == digest:
                self._touch(one)
            else:
                fresh.append((one, digest))
        return fresh

    def _touch(self, one: Listed) -> None:
        with self._db:
            self._db.execute(
                "UPDATE files SET changed=?, size=? WHERE path=?", (*one[1:], _kept(one[0]))
            )

    def _write(
        self, made: Sequence[tuple[tuple[Listed, str], IssueRecord | str]], gone: Sequence[str]
    ) -> None:
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for path in map(_kept, (*gone, *(one[0] for (one, _), _ in made))):
                self._take_out(path)
            for (one, digest), record in made:
                row: tuple[str, ...] = (record, "", "", "") if isinstance(record, str) else (
                    _ISSUE, record.name, record.numbering, record.date
                )  # fmt: skip
                values = (_kept(one[0]), *one[1:], digest, *row)
                added = self._db.execute(
                    "INSERT INTO files VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", values
                )
                if not isinstance(record, str) and added.lastrowid is not None:
                    self._add(added.lastrowid, record)

    def _take_out(self, path: str | bytes) -> None:
        """Forget a file. What is damaged is not forgotten: raises what reading it does."""
        rows = self._db.execute(
            "SELECT pieces.id, section, passages FROM pieces JOIN files ON file = files.id "
            "WHERE path = ?",
            (path,),
        ).fetchall()
        for number, section, kept in rows:
            self._db.execute(
                "INSERT INTO words (words, rowid, title, body, source, speaker, section) "
                "VALUES ('delete', ?, ?, ?, ?, ?, ?)",
                (number, *_columns(_passages(kept), section)),
            )
            self._db.execute("DELETE FROM pieces WHERE id = ?", (number,))
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    def _add(self, file: int, record: IssueRecord) -> None:
        for piece in record.pieces:
            number = _number(record.date, file, piece.number)
            kept = zlib.compress(msgspec.json.encode(piece.passages), 1)
            self._db.execute(
                "INSERT INTO pieces VALUES (?, ?, ?, ?, ?)",
                (number, file, piece.section, piece.title, kept),
            )
            self._db.execute(
                "INSERT INTO words (rowid, title, body, source, speaker, section) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (number, *_columns(piece.passages, piece.section)),
            )


def _kept(path: str) -> str | bytes:
    """A path as it is kept: text, or bytes where they are no UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogateescape")
    return path


def _path(kept: str | bytes) -> str:
    return kept if isinstance(kept, str) else kept.decode("utf-8", "surrogateescape")


def _number(date: str, file: int, piece: int) -> int:
    """The number of a piece; the first pieces of a file have the highest. ``date`` may be the
    beginning of one, or ""."""
    year, month, day = (int(part) for part in f"{date or '0001'}-01-01".split("-")[:3])
    days = (year * 12 + min(max(month, 1), 12)) * 31 + min(max(day, 1), 31)
    last = (1 << _PIECE_BITS) - 1
    place = max(last - piece, 0) if file else 0
    return (((days << _FILE_BITS) + file) << _PIECE_BITS) + place


def _passages(kept: bytes) -> tuple[SearchText, ...]:
    """The passages of a piece. Raises one of ``_DAMAGE``."""
    return msgspec.json.decode(zlib.decompress(kept), type=tuple[SearchText, ...])


def _columns(passages: Sequence[SearchText], section: str) -> tuple[str, ...]:
    return (*(_column(passages, kind) for kind in PassageKind), indexed(section))


def _column(passages: Sequence[SearchText], kind: PassageKind) -> str:
    return f" {BETWEEN_PASSAGES} ".join(indexed(one.text) for one in passages if one.kind is kind)


def _connected(place: str) -> sqlite3.Connection:
    """The database, with its tables. Raises sqlite3.Error, also for one of another version."""
    db = sqlite3.connect(place, timeout=CACHE_WAIT, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        if not db.execute("PRAGMA user_version").fetchone()[0]:
            db.execute("BEGIN IMMEDIATE")
            if not db.execute("PRAGMA user_version").fetchone()[0]:
                for statement in _SCHEMA.split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {_VERSION}")
            db.execute("COMMIT")
        if db.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            raise sqlite3.DatabaseError("another version")
        for table in ("files", "pieces", "words"):
            db.execute(f"SELECT rowid FROM {table} LIMIT 1").fetchone()
    except sqlite3.Error:
        db.close()
        raise
    return db


def _usual_place(folder: Path) -> Path | None:
    cache = cache_folder()
    if cache is None:
        return None
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:24]
    return cache / f"search-{name}.db"


def _listed(folder: Path) -> Iterator[Listed]:
    """The YAML files of a folder tree, hidden folders left out."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(folder / below) as there:
                entries = sorted(there, key=lambda entry: entry.name)
        except OSError:  # gone meanwhile, or not ours to read
            if not below:
                raise
            continue
        for entry in entries:
            name = f"{below}/{entry.name}" if below else entry.name
            if entry.name.startswith("."):
                continue
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(name)
                elif entry.name.endswith((".yaml", ".yml")) and entry.is_file():
                    status = entry.stat()
                    yield name, status.st_mtime_ns, status.st_size


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(read_regular(path, SIZE_LIMIT)).hexdigest()
    except OSError:
        return ""


@contextmanager
def _reading(count: int) -> Iterator[Callable[[list[str]], list[IssueRecord | str]]]:
    """What reads some of ``count`` files, for as long as the context lasts."""
    if count < _WORTH_PROCESSES or (os.cpu_count() or 1) < 2:
        yield lambda paths: [_read(path) for path in paths]
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # as below

    # The reader, so that processes that are copied have it.
    from brieftex.search import records  # noqa: F401, PLC0415

    # A process that reads hundreds of issues has to free what they leave.
    with ProcessPoolExecutor(os.cpu_count(), initializer=gc.enable) as processes:
        yield lambda paths: list(processes.map(_read, paths, chunksize=4))


def _read(path: str) -> IssueRecord | str:
    """The issue in a file; for another YAML file, and for an issue that has errors, its state."""
    # A search of what has not changed does without them.
    from brieftex.input.issue.kind import looks_like_issue  # noqa: PLC0415
    from brieftex.search.records import record_of  # noqa: PLC0415

    if not looks_like_issue(Path(path)):
        return _OTHER
    if Path(path).stat().st_size > LARGEST_SEARCHED:
        return _BROKEN
    return record_of(Path(path)) or _BROKEN
