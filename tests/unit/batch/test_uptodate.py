"""A PDF is up to date as long as nothing that its build read is another: no more, no less."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import processes
from helpers.fontfiles import put, renamed
from msgspec.structs import replace
from PIL import Image

from brieftex.batch import identity
from brieftex.batch.services import SharedServices
from brieftex.batch.task import BuildManner, BuildTask, built
from brieftex.batch.uptodate import BuildRecords

MANNER = BuildManner(recorded=True)

ISSUE = """\
brieftex: 1
theme: look.yaml
masthead: {name: 简报, number: 1, issuer: 办公室, date: 2026-01-05}
sections:
  - title: 动态
    items:
      - title: 一件小事
        body:
          - 只有一段话。
          - {figure: images/a.png, alt: 甲}
          - {figure: images/b.svg, alt: 乙}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect {}="9"/></svg>'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue with pictures, a theme that extends the user's, which extends one of ours, a face
    of its own and one of the system."""
    folder = tmp_path / "一 期"
    folder.mkdir()
    (folder / "issue.yaml").write_text(ISSUE, encoding="utf-8")
    (folder / "images").mkdir()
    Image.new("RGB", (60, 40), "red").save(folder / "images/a.png")
    (folder / "images/b.svg").write_text(SVG.format("width"), encoding="utf-8")
    roles = "{body: {han: [某宋]}, kai: {han: [某楷]}}"
    (folder / "look.yaml").write_text(f"extends: house\nfonts: {{roles: {roles}}}\n", "utf-8")
    themes = tmp_path / "themes"
    themes.mkdir()
    (themes / "house.yaml").write_text("extends: briefing\ncolors: {red: '#c00000'}\n", "utf-8")
    (folder / "mine.yaml").write_text("lines: {trim_first: true}\n", encoding="utf-8")
    put(folder / "fonts/a.ttf", renamed("某宋"))
    put(tmp_path / "system/fonts/b.ttf", renamed("某楷"))
    monkeypatch.setenv("BRIEFTEX_THEMES", str(themes))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "system"))
    monkeypatch.setenv("BRIEFTEX_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return folder


def records(tmp_path: Path, manner: BuildManner = MANNER) -> BuildRecords:
    return BuildRecords(manner, tmp_path / "built.db")


def note(tmp_path: Path, task: BuildTask, manner: BuildManner = MANNER) -> Path:
    """Build as ``brieftex build --rebuild changed`` does; where the PDF is."""
    target = tmp_path / "out.pdf"
    result = built(task, manner, SharedServices())
    assert result.file, result.text
    target.write_bytes(result.file)
    kept = records(tmp_path, manner)
    kept.note(task, target, result)
    kept.close()
    return target


def is_current(tmp_path: Path, task: BuildTask, manner: BuildManner = MANNER) -> bool:
    kept = records(tmp_path, manner)
    warnings = kept.warnings_if_current(task, tmp_path / "out.pdf")
    kept.close()
    return warnings is not None


WATCHED = """\
import sys
opened = []
sys.addaudithook(lambda name, args: name == "open" and opened.append(args[0]))
from brieftex.cli import run
status = run(sys.argv[1:])
print(*{str(path) for path in opened if isinstance(path, str)}, sep="\\n")
sys.exit(status)
"""


def opened(folder: Path, edition: str) -> Iterator[Path]:
    """The files that Python opens to read for a build, but those of brieftex and of Python, whose
    versions count, and the cache."""
    call = ["build", folder / "issue.yaml", "--edition", edition, "-o", "w/w.pdf"]
    done = processes.run(*call, program=WATCHED, check=True)
    ours = [identity.PACKAGE, identity.bundled_folder(), Path(sys.prefix), Path(sys.base_prefix)]
    others = [Path("/proc"), Path("/etc"), Path("/usr"), Path("w"), Path("cache")]
    for path in sorted(map(Path, done.stdout.splitlines())):
        known = any(path.absolute().is_relative_to(one.absolute()) for one in (*ours, *others))
        if path.is_file() and not known:
            yield path


def changed(path: Path) -> None:
    """Change a file so that a build still takes it."""
    match path.suffix:
        case ".png":
            Image.new("RGB", (60, 40), "blue").save(path)
        case ".svg":
            path.write_text(SVG.format("height"), encoding="utf-8")
        case ".ttf":
            put(path, renamed({"a": "某宋", "b": "某楷"}[path.stem], style="Bold"))
        case _:
            text = path.read_text(encoding="utf-8")
            after = (
                text.replace("#c00000", "#0000c0").replace("true", "false").replace("某宋", "某楷")
            )
            path.write_text(after if after != text else f"{text}\n", encoding="utf-8")


def test_every_file_that_is_read_counts(tmp_path: Path, folder: Path) -> None:
    """Ensures that the list is honest: each file that a build opens is changed in turn, and makes
    the PDF one of the past."""
    edition = str(folder / "mine.yaml")
    task = BuildTask(folder / "issue.yaml", edition)
    read = list(opened(folder, edition))
    assert {path.name for path in read} == {
        "issue.yaml", "a.png", "b.svg", "look.yaml", "house.yaml", "mine.yaml", "a.ttf", "b.ttf",
    }  # fmt: skip
    for path in read:
        before = path.read_bytes()
        note(tmp_path, task)
        assert is_current(tmp_path, task)
        changed(path)
        assert not is_current(tmp_path, task), path
        path.write_bytes(before)
        assert is_current(tmp_path, task)  # by digest, not by time


def test_what_comes_to_be_there_counts(tmp_path: Path, folder: Path) -> None:
    """Ensures that a face or a theme found before the one of last time makes it another PDF."""
    (folder / "look.yaml").write_text("extends: house\n", encoding="utf-8")
    task = BuildTask(folder / "issue.yaml")
    note(tmp_path, task)
    assert is_current(tmp_path, task)
    put(folder / "fonts/new.ttf", renamed("方正仿宋_GBK"))
    assert not is_current(tmp_path, task)
    (folder / "fonts/new.ttf").unlink()
    assert is_current(tmp_path, task)
    put(tmp_path / "system/fonts/new.ttf", renamed("方正仿宋_GBK"))
    assert not is_current(tmp_path, task)


def test_manner_program_and_environment_count(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = BuildTask(folder / "issue.yaml")
    target = note(tmp_path, task)
    for other in (
        replace(MANNER, theme="briefing"), replace(MANNER, watermark="内部"),
        replace(MANNER, attach_source=True), replace(MANNER, bundled_fonts=True),
    ):  # fmt: skip
        assert not is_current(tmp_path, task, other)
    assert is_current(tmp_path, task, replace(MANNER, style="concise", language="en", color=True))
    assert not is_current(tmp_path, BuildTask(folder / "issue.yaml", "mail"))
    shutil.copy(folder / "issue.yaml", folder / "other.yaml")
    assert not is_current(tmp_path, BuildTask(folder / "other.yaml"))
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1")
        assert not is_current(tmp_path, task)
    with monkeypatch.context() as patch:
        other = replace(identity.program_identity(), code="")
        patch.setattr("brieftex.batch.uptodate.program_identity", lambda: other)
        assert not is_current(tmp_path, task)
    assert is_current(tmp_path, task)
    os.utime(target, (1, 1))
    assert is_current(tmp_path, task)
    target.write_bytes(target.read_bytes() + b"%")
    assert not is_current(tmp_path, task)
    target.unlink()
    assert not is_current(tmp_path, task)


def test_a_file_that_changes_while_it_is_used_is_not_noted(tmp_path: Path, folder: Path) -> None:
    task = BuildTask(folder / "issue.yaml")
    result = built(task, MANNER, SharedServices())
    changed(folder / "images/a.png")
    (tmp_path / "out.pdf").write_bytes(result.file)
    kept = records(tmp_path)
    kept.note(task, tmp_path / "out.pdf", result)
    kept.close()
    assert not is_current(tmp_path, task)


@pytest.mark.parametrize("damage", [b"", b"no database" * 900, "older", "value", "folder"])
def test_broken_records_are_ignored(tmp_path: Path, folder: Path, damage: bytes | str) -> None:
    """Ensures that they are made anew, and that nothing is current until it has been built."""
    import sqlite3  # noqa: PLC0415

    task = BuildTask(folder / "issue.yaml")
    note(tmp_path, task)
    place = tmp_path / "built.db"
    if damage == "folder":
        place.unlink()
        place.mkdir()
    elif isinstance(damage, str):
        db = sqlite3.connect(place)
        db.execute("PRAGMA user_version = 99" if damage == "older" else
                   "UPDATE built SET record = '[1]'")  # fmt: skip
        db.commit()
        db.close()
    else:
        place.write_bytes(damage)
    assert not is_current(tmp_path, task)
    note(tmp_path, task)
    assert is_current(tmp_path, task) is (damage != "folder")
