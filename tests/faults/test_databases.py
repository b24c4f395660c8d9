"""The ledger and the index of a search on disks that fail, and after a process was killed: no row
is half there, and whoever is told that a row is there finds it."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from helpers.failing_sqlite import Hook, as_asked, sqlite_calls
from helpers.support import ISSUE
from msgspec.structs import replace

import brieftex.batch.task
import brieftex.pipeline
import brieftex.printing.plan
from brieftex.cli import run
from brieftex.delivery.ledger import Entry, Ledger, Result
from brieftex.pipeline import Typeset, typeset
from brieftex.printing.press import Press, PressRun, PressSettings
from brieftex.search.index import Query, SearchIndex

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="SQLite calls other systems else")

RUN = Press.run  # as it is before tests replace it
ROW = Entry("试排", "print", "0" * 64, 3, 1, "李明", "", "paper", Result.PRINTED)
FAILURES = (errno.ENOSPC, errno.EIO, errno.EROFS)


def fails(at: int, number: int, *, for_ever: bool = False) -> Hook:
    def hook(now: int, _name: str, half: Callable[[], None]) -> int:
        if now == at:
            half()
        return number if now == at or (for_ever and now > at) else 0

    return hook


def rows(path: Path) -> list[Entry]:
    """The rows of a ledger that has no faults."""
    if not path.exists():
        return []
    with Ledger(path) as ledger:
        assert ledger.faults() == []
        return ledger.entries()


def entered(path: Path, hook: Hook = as_asked) -> tuple[bool, list[str]]:
    """Add two rows at once and one more: whether all were said to be there, and the calls."""
    two = [replace(ROW, copy=number) for number in (1, 2)]
    with sqlite_calls(hook) as calls:
        try:
            with Ledger(path) as ledger:
                ledger.add(*two)
                ledger.add(replace(ROW, copy=3))
        except OSError:
            return False, calls
    return True, calls


@pytest.fixture(params=["new", "known"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A ledger that is not there yet, and one that has a row and what SQLite keeps beside it."""
    path = tmp_path / "发行.db"
    if request.param == "known":
        with Ledger(path) as ledger:
            ledger.add(replace(ROW, copy=9))
    return path


def put(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("for_ever", [False, True])
def test_a_row_is_there_or_its_failure_is_told(path: Path, for_ever: bool) -> None:
    before = contents(path.parent)
    old = rows(path)
    put(path.parent, before)
    _, calls = entered(path)
    assert len(calls) > 10
    assert "pwrite64" in calls or "pwrite" in calls
    for at in range(len(calls)):
        for number in FAILURES[: 1 if at % 3 else 3]:
            put(path.parent, before)
            done, _ = entered(path, fails(at, number, for_ever=for_ever))
            found = [row.copy for row in rows(path)[len(old) :]]
            assert found in ([[1, 2, 3]] if done else [[], [1, 2]]), (at, calls[at])


def test_a_killed_one_leaves_whole_rows(path: Path) -> None:
    """Its folder is looked at before every call, and when half of it is written."""
    states: list[dict[str, bytes]] = []

    def hook(_number: int, _name: str, half: Callable[[], None]) -> int:
        states.append(contents(path.parent))
        half()
        states.append(contents(path.parent))
        return 0

    old = rows(path)
    assert entered(path, hook)[0]
    seen = set()
    for state in states:
        put(path.parent, state)
        found = tuple(row.copy for row in rows(path)[len(old) :])
        assert found in ((), (1, 2), (1, 2, 3))
        seen.add(found)
        assert entered(path)[0]
        assert len(rows(path)) == len(old) + len(found) + 3
    assert len(seen) == 3


def test_a_search_goes_on_without_its_cache(tmp_path: Path) -> None:
    """Ensures that only time is lost."""
    folder, place = tmp_path / "issues", tmp_path / "cache/search.db"
    folder.mkdir()
    (folder / "a.yaml").write_text(ISSUE, "utf-8")

    def found(hook: Hook = as_asked) -> tuple[int, list[str]]:
        with sqlite_calls(hook) as calls:
            index = SearchIndex(folder, place)
            index.update()
            hits, _ = index.find(Query((("一段",),)), 9)
            index.close()
        return len(hits), calls

    hits, calls = found()
    assert hits
    assert place.exists()
    for at in range(len(calls)):
        shutil.rmtree(place.parent)
        for for_ever in (False, True):
            assert found(fails(at, errno.ENOSPC, for_ever=for_ever))[0] == hits, at
            assert found()[0] == hits


@pytest.mark.parametrize("part", ["pieces", "words", "files"])
def test_a_search_survives_a_damaged_cache(tmp_path: Path, part: str) -> None:
    (tmp_path / "a.yaml").write_text(ISSUE, "utf-8")
    place = tmp_path / "cache/search.db"
    index = SearchIndex(tmp_path, place)
    index.update()
    query = Query((("一段",),))
    index._db.execute(f"DROP TABLE {part}")
    assert index.find(query, 9)[1] == 1
    index.close()
    again = SearchIndex(tmp_path, place)
    again.update()
    again._db.execute("UPDATE pieces SET passages = x'ff00'")
    assert again.find(query, 9)[1] == 1
    again.close()


@cache
def pressed() -> tuple[PressRun, Typeset]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "issue.yaml"
        path.write_text(ISSUE, "utf-8")
        settings = PressSettings(None, "print", None, True)
        return RUN(Press(path, settings), (1, 2)), typeset(path, bundled_fonts=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with an issue that has been set."""
    run_, slip = pressed()
    monkeypatch.setattr(Press, "run", lambda *_, **__: run_)
    monkeypatch.setattr(brieftex.printing.plan, "printed_file", lambda *_: run_.pdf)
    monkeypatch.setattr(brieftex.pipeline, "typeset", lambda *_, **__: slip)
    path = tmp_path / "folder"
    path.mkdir()
    monkeypatch.chdir(path)
    return path


def printed(folder: Path, hook: Hook = as_asked) -> tuple[int, list[str]]:
    for file in folder.iterdir():
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    (folder / "issue.yaml").write_text(ISSUE, "utf-8")
    with sqlite_calls(hook) as calls:
        status = run(["print", "issue.yaml", "--copies", "2", "--force"])
    return status, calls


def test_copies_are_in_the_ledger_or_the_status_says_so(
    folder: Path, capsys: pytest.CaptureFixture[Any]
) -> None:
    status, calls = printed(folder)
    assert status == 0
    for at in range(0, len(calls), 2):
        capsys.readouterr()
        status, _ = printed(folder, fails(at, errno.ENOSPC, for_ever=bool(at % 4)))
        said = capsys.readouterr().err
        copies = [row.copy for row in rows(folder / "发行.db")]
        assert "缺陷" not in said
        assert (status, copies) in ((0, [1, 2]), (1, [])), (at, calls[at], said)
        assert (status == 1) == ("没有登记上" in said or "打不开" in said)


ODD = {
    "a view without end": (
        "DROP TABLE head",
        "CREATE VIEW head AS WITH n(k) AS (VALUES (1) UNION ALL SELECT 1 FROM n) SELECT * FROM n",
    ),
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON entries BEGIN SELECT 1; END",),
}


@pytest.mark.parametrize("statements", ODD.values(), ids=ODD)
def test_a_ledger_has_tables_alone(
    tmp_path: Path, statements: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "发行.db"
    with Ledger(path) as ledger:
        ledger.add(ROW)
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        for statement in statements:
            base.execute(statement)
    assert run(["ledger", "list", "--ledger", str(path)]) == 1
    assert "不是发行登记" in capsys.readouterr().err


def test_a_ledger_that_is_cut_off_or_of_gigabytes_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "发行.db"
    with Ledger(path) as ledger:
        ledger.add(*(replace(ROW, copy=number) for number in range(1, 60)))
    whole = path.read_bytes()
    for count in (0, 1, 99, 100, 4095, 4097, len(whole) // 2):
        path.write_bytes(whole[:count])
        for action in ("list", "verify"):
            assert run(["ledger", action, "--ledger", str(path)]) == 1, (action, count)
    os.truncate(path, 5 << 30)
    assert run(["ledger", "list", "--ledger", str(path)]) == 1
    assert "文件太大" in capsys.readouterr().err
