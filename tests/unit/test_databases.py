"""Caches in SQLite that cannot be had."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from helpers.support import ISSUE

from brieftex import databases
from brieftex.cli import run
from brieftex.search import index
from brieftex.search.index import Query, SearchIndex


@pytest.fixture(autouse=True)
def _no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "CACHE_WAIT", 0)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    """An index that another process keeps for itself."""
    (tmp_path / "a.yaml").write_text(ISSUE, "utf-8")
    place = tmp_path / "cache/search.db"
    made = SearchIndex(tmp_path, place)
    made.update()
    made.close()
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield place


def test_an_index_that_another_process_keeps_is_done_without(kept: Path, tmp_path: Path) -> None:
    there = kept.read_bytes()
    found = SearchIndex(tmp_path, kept)
    found.update()
    assert found.find(Query((("一段",),)), 9)[1] == 1
    found.close()
    assert found.busy
    assert kept.read_bytes() == there


def test_a_search_says_so(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(index, "_usual_place", lambda _folder: kept)
    assert run(["search", "一段", "--in", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "索引正被另一个程序占用" in said.err
    assert "一段" in said.out


def test_a_writer_that_comes_between_is_not_waited_for_twice(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ISSUE, "utf-8")
    place = tmp_path / "cache/search.db"
    found = SearchIndex(tmp_path, place)
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        found.update()
        assert found.busy
        assert found.find(Query((("一段",),)), 9)[1] == 1
    found.close()
    assert place.exists()


def test_a_cache_in_the_place_of_a_folder_is_made_in_memory(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", "utf-8")
    made, busy = databases.opened_cache(tmp_path / "x/a.db", sqlite3.connect)
    made.execute("CREATE TABLE a (b)")
    made.close()
    assert not busy
