"""Files change in many ways; each is noticed, and reading is none of them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from watchdog.events import FileDeletedEvent

from brieftex.preview.watching import MOST_FOLDERS, Watching, _folders, comes

LIMIT = 20.0
T = TypeVar("T")


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    folder = tmp_path / "期刊"
    (folder / "图").mkdir(parents=True)
    path = folder / "issue.yaml"
    path.write_text("a", encoding="utf-8")
    (folder / "图" / "a.png").write_bytes(b"a")
    return path


def alone(work: Coroutine[None, None, T]) -> T:
    """Run in a thread of its own: Playwright leaves an event loop running in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def noticed(issue: Path, *steps: Callable[[], object], files: tuple[Path, ...] = ()) -> None:
    """Take one step after the other; each must be noticed."""

    async def run() -> None:
        watching = Watching(issue)
        try:
            watching.look(files)
            for step in steps:
                watching.changed.clear()
                step()
                await asyncio.wait_for(watching.changed.wait(), LIMIT)
                await watching.settled(0.001)
                watching.look(files)
        finally:
            watching.close()

    alone(run())


def moves(issue: Path, name: str) -> Iterator[Callable[[], object]]:
    draft = issue.with_name(name)
    yield lambda: (draft.write_text("b", encoding="utf-8"), draft.replace(issue))
    yield lambda: issue.write_text("c", encoding="utf-8")


def test_a_write(issue: Path) -> None:
    noticed(issue, *[lambda: issue.write_text("b", encoding="utf-8")] * 3)


def test_saved_by_moving(issue: Path) -> None:
    noticed(issue, *moves(issue, ".draft"), *moves(issue, "issue.yaml~"))


def test_moved_in_from_elsewhere(issue: Path) -> None:
    draft = issue.parent.parent / "别处" / "draft"
    draft.parent.mkdir()
    draft.write_text("b", encoding="utf-8")
    noticed(issue, lambda: draft.replace(issue))


def test_gone_and_back(issue: Path) -> None:
    noticed(issue, issue.unlink, lambda: issue.write_text("b", encoding="utf-8"))


def test_a_picture_and_its_folder(issue: Path) -> None:
    folder = issue.parent / "图"
    new = issue.parent / "新"
    noticed(
        issue,
        lambda: (folder / "a.png").write_bytes(b"b"),
        lambda: folder.rename(new),
        lambda: (new / "a.png").write_bytes(b"c"),
        lambda: new.rename(folder),
        lambda: (folder / "a.png").write_bytes(b"d"),
    )


def test_the_issues_own_folder(issue: Path) -> None:
    away = issue.parent.with_name("别处")
    noticed(
        issue,
        lambda: issue.parent.rename(away),
        lambda: away.rename(issue.parent),
        lambda: issue.write_text("b", encoding="utf-8"),
    )


def test_a_file_whose_folder_is_not_there_yet(issue: Path) -> None:
    theme = issue.parent.parent / "样式" / "own.yaml"
    noticed(
        issue,
        theme.parent.mkdir,
        lambda: theme.write_text("extends: briefing", encoding="utf-8"),
        files=(theme,),
    )


def test_an_issue_behind_a_link(issue: Path, tmp_path: Path) -> None:
    link = tmp_path / "链接" / "issue.yaml"
    link.parent.mkdir()
    try:
        link.symlink_to(issue)
    except OSError:
        pytest.skip("no links here")
    noticed(link, lambda: issue.write_text("b", encoding="utf-8"))


def test_other_files_and_reading_are_not_noticed(issue: Path) -> None:
    """Ensures that the preview does not wake itself, nor for every file of a folder. What is
    noticed comes in order: after the last step nothing but that step has come."""

    def others() -> None:
        issue.read_text(encoding="utf-8")
        (issue.parent / "out.pdf").write_bytes(b"x")
        (issue.parent / ".hidden.yaml").write_bytes(b"x")
        (issue.parent.parent / "other.yaml").write_bytes(b"x")
        (issue.parent.parent / "other").mkdir()

    async def run() -> list[object]:
        watching = Watching(issue)
        events: list[object] = []

        def note(event: object, _: Path) -> None:
            events.append(event)
            watching.changed.set()

        watching._note = note  # type: ignore[method-assign]
        try:
            watching.look(())
            others()
            os.unlink(issue)  # noqa: PTH108  # ruff takes a Path's methods for a blocking wait
            await asyncio.wait_for(watching.changed.wait(), LIMIT)
        finally:
            watching.close()
        return events

    assert [type(event) for event in alone(run())] == [FileDeletedEvent]


def test_no_end_of_folders(tmp_path: Path) -> None:
    """Ensures that an issue on the desktop does not have the whole disk watched."""
    for k in range(MOST_FOLDERS + 20):
        (tmp_path / "多" / str(k)).mkdir(parents=True)
    (tmp_path / ".git" / "objects").mkdir(parents=True)
    found = _folders(tmp_path / "issue.yaml", ())
    assert len(found) <= MOST_FOLDERS + 1
    assert not any(".git" in folder.parts for folder in found)


def test_an_interruption_is_not_lost_to_a_change_of_the_same_turn() -> None:
    """Catches a preview that runs on after Ctrl-C because a file was saved at that moment."""

    async def both() -> bool:
        event = asyncio.Event()
        waiting = asyncio.ensure_future(comes(event, 60))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        event.set()
        waiting.cancel()
        await asyncio.wait([waiting])
        return waiting.cancelled()

    assert asyncio.run(both())
