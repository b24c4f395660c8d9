"""Tells when files of an issue may have changed. The only module that imports watchdog.

Folders are watched, not files: editors save by moving a new file over the old one, and a
watch on the old one would go with it. Which folders: the issue's and those in it, where its
pictures and fonts are, and the theme's. One that is missing is represented by the nearest
folder above it.
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

# Reading a file is none of them: the preview would wake itself.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent,
    DirCreatedEvent, DirMovedEvent, DirDeletedEvent,
]  # fmt: skip

_SUFFIXES = frozenset(
    (".yaml", ".yml", ".png", ".jpg", ".jpeg", ".svg", ".ttf", ".otf", ".ttc", ".otc")
)

_USED_UP = (errno.ENOSPC, errno.EMFILE, errno.ENFILE)

# A home folder or a whole disk is not watched to its last corner.
MOST_FOLDERS = 200


class Watching(FileSystemEventHandler):
    """Watches until closed; ``changed`` is set when something may have changed. Used within
    one event loop."""

    def __init__(self, issue: Path) -> None:
        """``issue`` need not be there."""
        self.changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._issue = issue.absolute()
        self._wanted: frozenset[Path] = frozenset()
        self._watches: dict[Path, ObservedWatch] = {}
        self._gone: set[Path] = set()
        self._whole = False
        self._observer = self._started()

    def _started(self, *, polling: bool = False) -> BaseObserver:
        """An observer at work: of the system's events, unless it is to look for itself, once a
        second. It must where the system has no more to give: Linux counts those who watch, and
        the folders watched, by user."""
        try:
            observer = PollingObserver() if polling else Observer()
            observer.start()
        except OSError:
            if polling:
                raise
            return self._started(polling=True)
        return observer

    def close(self) -> None:
        """Stop watching."""
        self._observer.stop()
        self._observer.join()

    def look(self, files: Iterable[Path]) -> bool:
        """Watch the issue's folders and those of ``files``; tells whether any is new."""
        files = tuple(files)
        self._wanted = _folders(self._issue, files)
        # A folder's own end and return are seen from the one above it.
        watched = {*map(_existing, self._wanted), _existing(self._issue.parent.parent)}
        gone, self._gone = self._gone, set()
        for folder in [*self._watches]:
            if folder in gone or folder not in watched:
                with suppress(KeyError, OSError):
                    self._observer.unschedule(self._watches.pop(folder))
        new = watched - self._watches.keys()
        for folder in new:
            try:
                self._watches[folder] = self._observer.schedule(
                    self, str(folder), recursive=False, event_filter=_EVENTS
                )
            except OSError as error:
                if error.errno in _USED_UP and not isinstance(self._observer, PollingObserver):
                    self.close()
                    self._watches.clear()
                    self._observer = self._started(polling=True)
                    return self.look(files)
                # It is gone since, or not ours to read.
        return bool(new & self._watches.keys())

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called in watchdog's thread."""
        paths = [Path(os.fsdecode(p)) for p in (event.src_path, event.dest_path) if p]
        matters = self._is_about if event.is_directory else self._matters
        if any(map(matters, paths)):
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._note, event, paths[0])

    def _note(self, event: FileSystemEvent, path: Path) -> None:
        if event.is_directory and isinstance(event, DirDeletedEvent | DirMovedEvent):
            self._gone.add(path)
        # Closed after writing, or put in its place whole: there is nothing to wait for.
        self._whole = isinstance(event, FileClosedEvent | FileMovedEvent)
        self.changed.set()

    async def settled(self, seconds: float) -> None:
        """Wait until what is being written may be taken for whole: it was closed, or nothing
        has changed for so long."""
        while self.changed.is_set() and not self._whole:
            self.changed.clear()
            await comes(self.changed, seconds)
        self.changed.clear()

    def _is_about(self, folder: Path) -> bool:
        """Whether a folder is or holds a wanted one, or lies in one."""
        wanted = self._wanted
        return folder.parent in wanted or any(one.is_relative_to(folder) for one in wanted)

    def _matters(self, file: Path) -> bool:
        """Whether a file may be one of the issue's."""
        if file.parent not in self._wanted:
            return False
        likely = file.suffix.lower() in _SUFFIXES and not file.name.startswith(".")
        return likely or file.name == self._issue.name


def _folders(issue: Path, files: Iterable[Path]) -> frozenset[Path]:
    """The folders whose files matter, whether they are there or not."""
    found = {issue.parent, *_below(issue.parent), *(file.parent for file in files)}
    # A link leads to where the file is written.
    with suppress(OSError, RuntimeError):
        found.add(issue.resolve().parent)
    return frozenset(found)


async def comes(event: asyncio.Event, seconds: float) -> bool:
    """Whether an event comes within so many seconds. Not by ``asyncio.wait_for``, which in Python
    3.11 takes no notice of Ctrl-C where the event comes in the same turn."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


def _below(folder: Path) -> list[Path]:
    """The folder and those in it, level by level, as far as it is sensible."""
    found = [folder]
    for here in found:
        try:
            with os.scandir(here) as entries:
                inside = [
                    Path(entry.path)
                    for entry in entries
                    if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
                ]
        except OSError:
            continue
        found += sorted(inside)
        if len(found) > MOST_FOLDERS:
            return found[:MOST_FOLDERS]
    return found


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder
