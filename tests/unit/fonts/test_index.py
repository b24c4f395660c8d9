"""What is remembered between runs, and where."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.fontfiles import put, renamed

from brieftex.fonts import sfnt
from brieftex.fonts.index import FontIndex, Problem, current
from brieftex.fonts.locations import cache_folder, system_folders

LONG_AGO = 1_600_000_000_000_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two fonts, a damaged one, in folders that nobody touched for years."""
    put(tmp_path / "fonts" / "a.ttf", renamed("Aa"))
    put(tmp_path / "fonts" / "sub" / "b.ttf", renamed("Bb"))
    (tmp_path / "fonts" / "bad.otf").write_bytes(b"bad")
    settle(tmp_path / "fonts")
    return tmp_path / "fonts"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    read: list[str] = []
    real: Callable[[Path], tuple[sfnt.FaceNames, ...]] = sfnt.read_face_names

    def reader(path: Path) -> tuple[sfnt.FaceNames, ...]:
        read.append(path.name)
        return real(path)

    monkeypatch.setattr(sfnt, "read_face_names", reader)
    return read


def settle(folder: Path, when: int = LONG_AGO) -> None:
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            os.utime(path, ns=(when, when))


def run(folder: Path, cache: Path | None) -> list[tuple[str, str]]:
    """One run: the families found, or problems."""
    index = FontIndex(cache)
    files = index.files(folder)
    index.save()
    return [(f.path.name, f.faces[0].family if f.faces else f.problem.value) for f in files]


ALL = [("a.ttf", "Aa"), ("bad.otf", "damaged"), ("b.ttf", "Bb")]


def test_the_second_run_reads_no_file(folder: Path, tmp_path: Path, reads: list[str]) -> None:
    cache = tmp_path / "cache" / "fonts.json"
    assert run(folder, cache) == ALL
    assert sorted(reads) == ["a.ttf", "b.ttf", "bad.otf"]
    written = cache.stat().st_mtime_ns
    reads.clear()
    assert run(folder, cache) == ALL
    assert not reads
    assert cache.stat().st_mtime_ns == written
    assert [path.name for path in cache.parent.iterdir()] == ["fonts.json"]


def test_the_second_run_lists_no_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, tmp_path / "fonts.json")
    monkeypatch.setattr(os, "scandir", None)
    assert run(folder, tmp_path / "fonts.json") == ALL


def test_only_new_and_changed_files_are_read(
    folder: Path, tmp_path: Path, reads: list[str]
) -> None:
    cache = tmp_path / "fonts.json"
    run(folder, cache)
    reads.clear()
    put(folder / "new.ttf", renamed("Nn"))
    put(folder / "a.ttf", renamed("Another"))
    (folder / "bad.otf").unlink()
    settle(folder, LONG_AGO + 10)
    assert run(folder, cache) == [("a.ttf", "Another"), ("new.ttf", "Nn"), ("b.ttf", "Bb")]
    assert sorted(reads) == ["a.ttf", "new.ttf"]


def test_a_folder_that_changed_just_now_is_listed_again(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "fonts.json"
    now = time.time_ns()
    settle(folder, now)
    run(folder, cache)
    put(folder / "new.ttf", renamed("Nn"))
    settle(folder, now)  # within the same tick
    assert ("new.ttf", "Nn") in run(folder, cache)


def test_a_file_written_over_is_noticed_when_it_is_used(
    folder: Path, tmp_path: Path, reads: list[str]
) -> None:
    cache = tmp_path / "fonts.json"
    run(folder, cache)
    reads.clear()
    put(folder / "a.ttf", renamed("Another"))
    settle(folder)
    file = FontIndex(cache).files(folder)[0]
    assert file.faces[0].family == "Aa"
    assert not reads
    assert current(file).faces[0].family == "Another"
    file.path.unlink()
    assert current(file).problem is Problem.UNREADABLE


@pytest.mark.parametrize(
    "content",
    ["", "{", "null", "[]", '{"version": 1}', '{"version": 1, "folders": {"%s": 3}}',
     '{"version": 1, "folders": {"%s": [1, [], {"a.ttf": [1, 2, [[]], ""]}]}}',
     '{"version": 1, "folders": {"%s": [null, [], {}]}}',
     '{"version": 1, "folders": {"%s": [1, [], {"a.ttf": [1, 2, [], "what"]}]}}',
     '{"version": 1, "folders": {"%s": [1e400, [], {}]}}',
     '{"version": 99, "folders": {}}', "[" * 100_000],
)  # fmt: skip
def test_a_damaged_cache_is_built_anew(folder: Path, tmp_path: Path, content: str) -> None:
    cache = tmp_path / "fonts.json"
    cache.write_text(content.replace("%s", str(folder)))
    assert run(folder, cache) == ALL
    assert str(folder) in json.loads(cache.read_text())["folders"]


def test_a_cache_that_is_no_text_is_built_anew(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "fonts.json").write_bytes(b"\xff\xfe\0\x80" * 9)
    assert run(folder, tmp_path / "fonts.json") == ALL


def test_a_cache_that_cannot_be_written_is_done_without(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert run(folder, tmp_path / "file" / "cache" / "fonts.json") == ALL
    (tmp_path / "taken" / "fonts.json").mkdir(parents=True)
    assert run(folder, tmp_path / "taken" / "fonts.json") == ALL
    assert [path.name for path in (tmp_path / "taken").iterdir()] == ["fonts.json"]


def test_without_a_cache(folder: Path) -> None:
    assert run(folder, None) == ALL
    assert run(folder / "nowhere", None) == []


def test_the_cache_forgets_folders_that_are_gone(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "fonts.json"
    run(folder, cache)
    (folder / "sub" / "b.ttf").unlink()
    (folder / "sub").rmdir()
    settle(folder, LONG_AGO + 10)
    run(folder, cache)
    assert list(json.loads(cache.read_text())["folders"]) == [str(folder)]


# -- places -----------------------------------------------------------------------------------


def posix(folders: tuple[Path, ...]) -> list[str]:
    return [folder.as_posix() for folder in folders]


def test_folders_of_linux() -> None:
    assert posix(system_folders("linux", {"HOME": "/home/u"})) == [
        "/home/u/.local/share/fonts", "/home/u/.fonts", "/usr/local/share/fonts",
        "/usr/share/fonts",
    ]  # fmt: skip
    given = {"HOME": "/home/u", "XDG_DATA_HOME": "/d", "XDG_DATA_DIRS": "/a:relative:/b:/a"}
    assert posix(system_folders("linux", given)) == [
        "/d/fonts", "/home/u/.fonts", "/a/fonts", "/b/fonts",
    ]  # fmt: skip


def test_folders_of_windows_and_macos() -> None:
    windows = {"LOCALAPPDATA": "C:/Users/u/AppData/Local", "WINDIR": "D:/Win"}
    assert posix(system_folders("win32", windows)) == [
        "C:/Users/u/AppData/Local/Microsoft/Windows/Fonts", "D:/Win/Fonts",
    ]  # fmt: skip
    assert posix(system_folders("darwin", {"HOME": "/Users/u"}))[:3] == [
        "/Users/u/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/home/u"}, "/home/u/.cache/brieftex"),
        ("linux", {"HOME": "/home/u", "XDG_CACHE_HOME": "/c"}, "/c/brieftex"),
        ("linux", {"HOME": "/home/u", "XDG_CACHE_HOME": "c"}, "/home/u/.cache/brieftex"),
        ("darwin", {"HOME": "/Users/u"}, "/Users/u/Library/Caches/brieftex"),
        ("win32", {"LOCALAPPDATA": "C:/L"}, "C:/L/brieftex/Cache"),
        ("linux", {"HOME": "/home/u", "BRIEFTEX_CACHE": "/own"}, "/own"),
    ],
)
def test_the_cache_folder(platform: str, environ: dict[str, str], folder: str) -> None:
    found = cache_folder(platform, environ)
    assert found is not None
    assert found.as_posix() == folder


def test_no_cache_folder() -> None:
    assert cache_folder("win32", {"HOME": "/home/u"}) is None


@pytest.mark.parametrize("fault", ["length", "version"])
def test_a_face_whose_head_of_metrics_means_nothing_is_damaged(tmp_path: Path, fault: str) -> None:
    """Ensures that no face is taken whose subset would lack a table: that ended a build."""
    path = tmp_path / "a.ttf"
    put(path, renamed("Aa"))
    data = bytearray(path.read_bytes())
    entry = data.index(b"hhea", 12)
    if fault == "length":
        data[entry + 12 : entry + 16] = bytes(4)
    else:
        start = int.from_bytes(data[entry + 8 : entry + 12], "big")
        data[start : start + 2] = b"\0\7"
    path.write_bytes(data)
    with pytest.raises(sfnt.DamagedFont):
        sfnt.read_face_names(path)
