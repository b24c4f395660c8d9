"""Where output goes: a file that is whole or not there at all, a device, a pipe.

A file is written beside its target under a name of chance, synced, and renamed over it. The
draft is locked while it is written: one that can be locked by another was left behind by a
process that was killed, and is swept away. The lock, unlike a process number or the clock,
holds across containers and restarts.

The disk is reached by the functions of ``os`` alone, one for each system call, so that tests can
make any of them fail (tests/helpers/failing.py).
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from brieftex.interruption import unfinished
from brieftex.patterns import late

if sys.platform != "win32":
    import fcntl

STANDARD_OUTPUT = Path("-")
"""The path that stands for standard output."""

LONGEST_NAME = 255
"""Bytes of a file's name in UTF-8, the bound of Linux; Windows and macOS allow no more."""

_BINARY = getattr(os, "O_BINARY", 0)
_PREFIX = ".brieftex-"
_MOST_NAMES = 100
_DRAFT = late(r"\.brieftex-[0-9a-f]{16}\.tmp")

# What Windows takes for a device, whatever the ending ("Naming Files, Paths, and Namespaces").
_RESERVED = late(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?")
_FORBIDDEN_ON_WINDOWS = late(r'[<>:"|?*\x00-\x1f]')


def flaw_of_name(name: str) -> tuple[str, str] | None:
    """What keeps a file from having this name, here or on the machine it is sent to: in
    Chinese and in English. None if nothing does."""
    try:
        length = len(os.fsencode(name))
    except UnicodeEncodeError:
        return "系统的语言设置写不出这样的名称", "the locale of this system cannot write it"
    if length > LONGEST_NAME:
        return (
            f"文件名太长：最多 {LONGEST_NAME} 个字节，大约 {LONGEST_NAME // 3} 个汉字",
            f"the name is longer than {LONGEST_NAME} bytes",
        )
    if name.endswith((" ", ".")):
        return "文件名不能以空格或句点结尾", "a name cannot end in a space or a dot"
    if _RESERVED.fullmatch(name):
        return (
            f"“{name}”是 Windows 留给设备的名称，不能作文件名",
            f"{name} is the name of a device on Windows",
        )
    if sys.platform == "win32" and (found := _FORBIDDEN_ON_WINDOWS.search(name)):
        return f"文件名里不能有“{found[0]}”", f"a name cannot hold {found[0]!r}"
    return None


def is_stream(path: Path) -> bool:
    """Whether output to ``path`` flows on, to a pipe or a device, instead of being kept."""
    return path == STANDARD_OUTPUT or _is_special(path)


def _is_special(path: Path) -> bool:
    """Whether the path leads to a pipe, a device or a socket."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def write_output(path: Path, data: bytes) -> None:
    """Write ``data`` to standard output, a pipe, a device or a file. Raises OSError."""
    if path == STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_whole(path, data)


def _write_stream(path: Path, data: bytes) -> None:
    if stat.S_ISBLK(path.stat().st_mode):  # a disk, and whatever is on it
        raise PermissionError(1, "Operation not permitted", str(path))
    # Neither created nor cut: it is there, and must stay what it is.
    handle = os.open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0) | _BINARY)
    try:
        _write_all(handle, data)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    """Write all of ``data``, of which the system may take only a part at a time."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that no reader, at no time, finds less than all of it.

    The folder is made if it is missing. A link is followed to where it leads, and what was
    there keeps its mode and, as far as possible, its owner. A pipe or a device is written to and
    stays what it is. Raises OSError, leaving nothing behind.
    """
    try:
        os.fsencode(path)
    except UnicodeEncodeError as error:  # a locale without Chinese
        raise OSError(errno.EILSEQ, os.strerror(errno.EILSEQ), str(path)) from error
    if _is_special(path):
        _write_stream(path, data)
        return
    with written_whole(path) as handle:
        _write_all(handle, data)


@contextmanager
def written_whole(path: Path) -> Iterator[int]:
    """A file to be written, and read again, by its descriptor: it takes its name, as
    ``write_whole`` says, when the context ends, and is gone if that ends by an error. The path
    leads to no pipe or device. Raises OSError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path)) from error
    target = _led_to(path) if path.is_symlink() else path
    _sweep(target.parent)
    with _draft(target.parent) as (draft, handle):
        _become(target, draft, handle)  # first: what was private must be so while it is written
        yield handle
        os.fsync(handle)
        if sys.platform == "win32":  # an open file cannot be renamed there
            os.close(handle)
        draft.replace(target)
        _sync_folder(target.parent)


def write_piece(handle: int, data: bytes) -> None:
    """Write all of ``data`` to a file of ``written_whole``. Raises OSError."""
    _write_all(handle, data)


def _led_to(link: Path) -> Path:
    """Where a link leads, at last. Raises OSError when it leads in a circle."""
    try:
        return link.resolve()
    except RuntimeError as error:  # until Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(link)) from error


@contextmanager
def _draft(folder: Path) -> Iterator[tuple[Path, int]]:
    """A new file in ``folder``, open and locked; gone afterwards unless it was renamed."""
    draft, handle = _new_draft(folder)
    try:
        yield draft, handle
    except BaseException:
        _discard(draft, handle)
        raise
    finally:
        unfinished.discard(str(draft))
    with suppress(OSError):  # Windows has closed it before
        os.close(handle)


def _new_draft(folder: Path) -> tuple[Path, int]:
    """A new file that is ours alone, listed as unfinished from before it is there."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | _BINARY
    for _ in range(_MOST_NAMES):
        draft = folder / f"{_PREFIX}{os.urandom(8).hex()}.tmp"
        unfinished.add(str(draft))
        ours = False
        handle = None
        try:
            handle = os.open(draft, flags, 0o666)
            ours = _locked(handle) is not False and os.path.lexists(draft)
        except FileExistsError:
            continue
        finally:
            # It is another's; or it is swept, as it may be between its making and its locking; or
            # we are interrupted.
            if not ours:
                _discard(draft, handle)
        if ours:
            return draft, handle
    raise FileExistsError(errno.EEXIST, "No name is free", str(folder))


def _discard(draft: Path, handle: int | None) -> None:
    """Close a draft, if it is open, and remove it, if it is ours."""
    if handle is not None:
        with suppress(OSError):
            os.close(handle)
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    unfinished.discard(str(draft))


def _locked(handle: int) -> bool | None:
    """Whether the lock is ours now; None where a disk or system knows no locks."""
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _sweep(folder: Path) -> None:
    """Remove drafts that no process writes any more."""
    try:
        left = [name for name in os.listdir(folder) if _DRAFT.fullmatch(name)]  # noqa: PTH208
    except OSError:
        return
    for name in left:
        with suppress(OSError):
            if sys.platform == "win32":  # Windows keeps what is open from being removed
                (folder / name).unlink()
                continue
            handle = os.open(folder / name, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                if _locked(handle):
                    (folder / name).unlink()
            finally:
                os.close(handle)


def _become(target: Path, draft: Path, handle: int) -> None:
    """Give the draft the mode and owner of the file that it is going to replace."""
    try:
        old = target.stat()
    except FileNotFoundError:
        return
    if sys.platform == "win32":
        draft.chmod(stat.S_IMODE(old.st_mode))
        return
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with suppress(OSError):  # only root gives files away
            os.fchown(handle, old.st_uid, old.st_gid)
    os.fchmod(handle, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: Path) -> None:
    """Make the new name last as long as the data."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # some network disks do not sync folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
