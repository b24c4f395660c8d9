"""Which PDFs are up to date: what each build read, by digest, kept from run to run.

A build reads its issue, the pictures and files that this names, a theme with all that it extends,
an edition, faces, and the files of brieftex itself; of the environment, SOURCE_DATE_EPOCH. All of
it is in a record (tests/unit/batch/test_uptodate.py watches a build's system calls). Theme and
faces are found anew, since another file may have come to be the one that a name means.

The records are a cache: a damaged one, or one of another version, is made anew, and without any
every issue is built.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from brieftex.batch.identity import ENVIRONMENT, program_identity
from brieftex.batch.services import SharedServices
from brieftex.batch.task import BuildManner, BuildResult, BuildTask
from brieftex.databases import CACHE_WAIT, is_busy, opened_cache
from brieftex.diagnostics import InputError
from brieftex.fonts.locations import cache_folder
from brieftex.output import is_stream
from brieftex.picture import PICTURE_LIMIT
from brieftex.source import read_regular
from brieftex.verification import PDF_LIMIT

_VERSION = 2


class BuildRecord(Struct, frozen=True):
    """How a PDF came about. ``how`` is a digest of brieftex and of the manner of the build;
    ``files`` are the files that were read, with their digests; ``theme`` is what the issue calls
    its theme and ``looks`` the digest of that and of the faces. The PDF itself has ``stamp`` and
    ``digest``; it was written with so many ``warnings``, of so many ``findings``."""

    how: str
    files: tuple[tuple[str, str], ...]
    theme: str
    looks: str
    stamp: tuple[int, ...]
    digest: str
    warnings: int
    findings: int


class BuildRecords:
    """The records of all builds of this user."""

    def __init__(self, manner: BuildManner, place: Path | None = None) -> None:
        """``place`` is where they are kept; by default in the user's cache. Raises OSError when
        brieftex's own files cannot be read."""
        self._manner = manner
        self._services = SharedServices()
        environment = [os.environ.get(name, "") for name in ENVIRONMENT]
        plain = replace(manner, style="", language="", color=False, recorded=False)
        self._how = _digest(repr((program_identity(), plain, environment)).encode())
        cache = cache_folder()
        self._place = place or (cache / "built.db" if cache else None)
        self._db, _ = opened_cache(self._place, _connected)

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def warnings_if_current(self, task: BuildTask, target: Path) -> int | None:
        """How many warnings the PDF at ``target`` was written with, if building it again would
        give the same; None if it has to be built. What is told to programs is never left out."""
        record = self._record(target)
        if record is None or record.how != self._how or not record.files:
            return None
        if record.findings and self._manner.style in ("json", "github"):
            return None
        if record.files[0][0] != _whole_path(task.issue) or not _is_written(record, target):
            return None
        if any(_digest_of(Path(path)) != digest for path, digest in record.files):
            return None
        return record.warnings if self._looks(record, task) == record.looks else None

    def note(self, task: BuildTask, target: Path, result: BuildResult) -> None:
        """Record how the PDF at ``target``, which is the one of ``result``, was made; nothing is
        recorded where a file was changed while it was used."""
        if is_stream(target):
            return
        files = {_whole_path(file.path): _digest_of(file.path) for file in result.opened}
        issue = _whole_path(task.issue)
        first = {issue: files.pop(issue, "")}
        if "" in (*first.values(), *files.values(), result.looks) or not all(
            file.is_current for file in result.opened
        ):
            return
        record = BuildRecord(
            self._how,
            (*first.items(), *sorted(files.items())),
            result.theme,
            result.looks,
            _stamp(target),
            _digest(result.file),
            result.warnings,
            result.findings,
        )
        self._keep(target, record)

    def _looks(self, record: BuildRecord, task: BuildTask) -> str:
        """The digest of the theme and the faces that the issue would be set with now."""
        name, given = self._manner.theme or record.theme, self._manner.theme is not None
        folder = task.issue.parent
        try:
            theme = self._services.theme(name, folder, task.edition, given=given)
        except InputError:
            return ""
        self._services.fonts(theme.fonts, folder, self._manner.bundled_fonts)
        return self._services.looks()

    def _record(self, target: Path) -> BuildRecord | None:
        with suppress(sqlite3.Error, msgspec.DecodeError, msgspec.ValidationError):
            query = "SELECT record FROM built WHERE target = ?"
            for (kept,) in self._db.execute(query, (_whole_path(target),)):
                return msgspec.json.decode(kept, type=BuildRecord)
        return None

    def _keep(self, target: Path, record: BuildRecord) -> None:
        kept = msgspec.json.encode(record)
        try:
            self._db.execute("INSERT OR REPLACE INTO built VALUES (?, ?)",
                             (_whole_path(target), kept))  # fmt: skip
        except sqlite3.Error as error:  # the next run builds it again
            if is_busy(error):  # nor are others waited for once more
                self._db.close()
                self._db = _connected(":memory:")


def _connected(place: str) -> sqlite3.Connection:
    """The database with its table. Raises sqlite3.Error, also for one of another version."""
    db = sqlite3.connect(place, timeout=CACHE_WAIT, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        if not db.execute("PRAGMA user_version").fetchone()[0]:
            db.execute("CREATE TABLE IF NOT EXISTS built (target TEXT PRIMARY KEY, record BLOB)")
            db.execute(f"PRAGMA user_version = {_VERSION}")
        if db.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            raise sqlite3.DatabaseError("another version")
        db.execute("SELECT target, record FROM built LIMIT 1").fetchone()
    except sqlite3.Error:
        db.close()
        raise
    return db


def _whole_path(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100  # as it is written, links and all


def _is_written(record: BuildRecord, target: Path) -> bool:
    """Whether the PDF is still the one that was written."""
    try:
        if _stamp(target) == record.stamp:
            return True
        return _digest(read_regular(target, PDF_LIMIT)) == record.digest
    except (OSError, ValueError):
        return False


def _stamp(path: Path) -> tuple[int, ...]:
    """What tells that a file was not touched. The time at which the system last saw it change is
    set by no program; where it is another although the file is the same, the digest tells."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(path: Path) -> str:
    """The digest of a file; "" if it cannot be read."""
    try:
        return _digest(read_regular(path, PICTURE_LIMIT))
    except (OSError, ValueError):
        return ""
