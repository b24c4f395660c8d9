"""SQLite on a disk that fails on demand: its system calls are counted, and any can be made to fail.

SQLite calls the system itself, not by way of ``os``; but its file layer lets each call be replaced
(``xSetSystemCall`` of ``sqlite3_vfs``, made for tests such as these). Only those that change a file
are replaced here; what is synced with the disk, it does not let be seen.
"""

from __future__ import annotations

import _sqlite3
import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

_INT, _POINTER, _OFFSET = ctypes.c_int, ctypes.c_void_p, ctypes.c_int64
CHANGES = {
    "open": (_INT, ctypes.c_char_p, _INT, _INT),
    "write": (ctypes.c_ssize_t, _INT, _POINTER, ctypes.c_size_t),
    "pwrite": (ctypes.c_ssize_t, _INT, _POINTER, ctypes.c_size_t, _OFFSET),
    "pwrite64": (ctypes.c_ssize_t, _INT, _POINTER, ctypes.c_size_t, _OFFSET),
    "ftruncate": (_INT, _INT, _OFFSET),
    "fallocate": (_INT, _INT, _OFFSET, _OFFSET),
    "fchmod": (_INT, _INT, _INT),
    "unlink": (_INT, ctypes.c_char_p),
    "openDirectory": (_INT, ctypes.c_char_p, ctypes.POINTER(_INT)),
    "mmap": (_POINTER, _POINTER, ctypes.c_size_t, _INT, _INT, _INT, _OFFSET),
}
"""The calls, with what they give and take."""

Hook: TypeAlias = Callable[[int, str, Callable[[], None]], int]
"""Is given the number of a call, from 0, its name, and a function that does half of what a write
writes; gives the number of the error that the call ends in, or 0 to let it be done."""


def as_asked(_number: int, _name: str, _half: Callable[[], None]) -> int:
    """A call that does what it is asked to."""
    return 0


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("iVersion", _INT), ("szOsFile", _INT), ("mxPathname", _INT), ("pNext", _POINTER),
        ("zName", ctypes.c_char_p), ("pAppData", _POINTER),
        *((name, _POINTER) for name in (
            "xOpen", "xDelete", "xAccess", "xFullPathname", "xDlOpen", "xDlError", "xDlSym",
            "xDlClose", "xRandomness", "xSleep", "xCurrentTime", "xGetLastError",
            "xCurrentTimeInt64",
        )),
        ("xSetSystemCall", ctypes.CFUNCTYPE(_INT, _POINTER, ctypes.c_char_p, _POINTER)),
        ("xGetSystemCall", ctypes.CFUNCTYPE(_POINTER, _POINTER, ctypes.c_char_p)),
    )  # fmt: skip


def _file_layer() -> _Vfs:
    library = ctypes.CDLL(_sqlite3.__file__)  # finds what the module is linked with
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    found: _Vfs = library.sqlite3_vfs_find(None).contents
    return found


@contextmanager
def sqlite_calls(hook: Hook) -> Iterator[list[str]]:
    """Stand between SQLite and the system: the names of its calls that change files."""
    layer = _file_layer()
    self = ctypes.addressof(layer)
    calls: list[str] = []
    kept: list[Any] = []
    for name, (result, *arguments) in CHANGES.items():
        real = layer.xGetSystemCall(self, name.encode())
        if not real:
            continue
        kind = ctypes.CFUNCTYPE(result, *arguments, use_errno=True)
        system = kind(real)

        def seen(*given: Any, name: str = name, call: Any = system) -> Any:
            def half() -> None:
                if "write" in name:
                    call(given[0], given[1], given[2] // 2, *given[3:])

            calls.append(name)
            error = hook(len(calls) - 1, name, half)
            if error:
                ctypes.set_errno(error)
                return -1
            done = call(*given)
            return -1 if done is None else done

        kept.append(kind(seen))
        layer.xSetSystemCall(self, name.encode(), ctypes.cast(kept[-1], _POINTER))
    try:
        yield calls
    finally:
        for name in CHANGES:
            layer.xSetSystemCall(self, name.encode(), None)
