"""The command's way to modules: the same modules, found in fewer steps."""

from __future__ import annotations

import importlib
import os
import py_compile
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path

import markdown_it
import msgspec
import pytest
import yaml

import brieftex
from brieftex.finder import PackageFinder, find_faster


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package whose modules are found by the finder; they are forgotten afterwards."""
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf/__init__.py").touch()
    find_faster()
    yield tmp_path / "shelf"
    for name in [name for name in sys.modules if name.partition(".")[0] == "shelf"]:
        del sys.modules[name]


def test_what_is_found_is_what_python_finds() -> None:
    """Compares every spec, of packages and of modules, and what of it ends in a module."""
    finder, found = PackageFinder(), 0
    for package in (brieftex, markdown_it, msgspec, yaml):
        for entry in Path(package.__path__[0]).iterdir():
            name = f"{package.__name__}.{entry.name.partition('.')[0]}"
            ours = finder.find_spec(name, package.__path__)
            theirs = PathFinder.find_spec(name, package.__path__)
            if ours is None:
                assert theirs is None or theirs.origin is None or not theirs.origin.endswith(".py")
                continue
            assert theirs is not None
            for field in (
                "name", "origin", "cached", "parent", "has_location", "submodule_search_locations",
            ):  # fmt: skip
                assert getattr(ours, field) == getattr(theirs, field), field
            assert ours.loader.get_code(name) == theirs.loader.get_code(name)  # type: ignore[union-attr]
            found += 1
    assert found > 60
    assert finder.find_spec("yaml", None) is None
    assert finder.find_spec("yaml.reader", [*yaml.__path__, "elsewhere"]) is None
    assert finder.find_spec("yaml.reader", ["/no/such/folder"]) is None
    assert finder.find_spec("yaml.none", yaml.__path__) is None


def test_the_source_is_what_counts(shelf: Path) -> None:
    """Catches a compiled file that is taken although the source is another: of another time, of
    another size, or of no Python at all."""
    source = shelf / "book.py"
    source.write_text("VALUE = 1\n", "utf-8")
    importlib.invalidate_caches()  # both files of the shelf may be of one tick of the clock
    compiled = py_compile.compile(str(source))
    assert compiled is not None
    assert importlib.import_module("shelf.book").VALUE == 1
    status = source.stat()
    for text, time in (("VALUE = 2\n", status.st_mtime + 7), ("VALUE = 33\n", status.st_mtime)):
        source.write_text(text, "utf-8")
        os.utime(source, (time, time))
        del sys.modules["shelf.book"]
        assert f"VALUE = {importlib.import_module('shelf.book').VALUE}\n" == text
    for damaged in (b"", b"\0" * 16, Path(compiled).read_bytes()[:12]):
        Path(compiled).write_bytes(damaged)
        del sys.modules["shelf.book"]
        assert importlib.import_module("shelf.book").VALUE == 33
    Path(compiled).unlink()
    del sys.modules["shelf.book"]
    assert importlib.import_module("shelf.book").__file__ == str(source)


def test_what_comes_later_is_found_by_python(shelf: Path) -> None:
    (shelf / "inner").mkdir()
    (shelf / "inner/__init__.py").touch()
    importlib.invalidate_caches()
    assert importlib.import_module("shelf.inner").__path__ == [str(shelf / "inner")]
    (shelf / "late.py").touch()
    (shelf / "bare").mkdir()
    (shelf / "bare/leaf.py").touch()
    importlib.invalidate_caches()
    importlib.import_module("shelf.late")
    importlib.import_module("shelf.bare.leaf")
    with pytest.raises(ModuleNotFoundError, match=r"shelf\.none"):
        importlib.import_module("shelf.none")
