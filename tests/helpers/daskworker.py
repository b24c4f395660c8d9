"""A worker of a Dask cluster, or its scheduler, as a process that can be made to fail:
``python daskworker.py scheduler`` or ``python daskworker.py ADDRESS NAME FOLDER FAULT``.

Prints its address when it is there.
"""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from distributed import Scheduler, Worker
from helpers.mounts import mount
from msgspec.structs import replace

from brieftex.batch import identity, parcel


def main() -> None:
    """Become what the arguments say."""
    if sys.argv[1] == "scheduler":
        asyncio.run(
            _live(lambda: Scheduler(host="127.0.0.1", port=0, dashboard_address="127.0.0.1:0"))
        )
        return
    address, name, folder, fault = sys.argv[1:]
    _FAULTS[fault](Path(folder))
    asyncio.run(
        _live(
            lambda: Worker(
                address,
                nthreads=1,
                name=name,
                local_directory=folder,
                dashboard_address="127.0.0.1:0",
            ),
            Path(folder, "full") if fault == "full" else None,
        )
    )


async def _live(made: Callable[[], Any], filled: Path | None = None) -> None:
    async with made() as server:
        if filled is not None:
            _fill(filled)
        print(server.address, flush=True)  # noqa: T201  # who started it waits for this
        await server.finished()


def _dies(_: Path) -> None:
    """Die of the second task, without a word."""
    done = []
    carry_out = parcel.carry_out

    def dying(*arguments: Any) -> Any:
        if done:
            os.kill(os.getpid(), signal.SIGKILL)
        done.append(1)
        return carry_out(*arguments)

    parcel.carry_out = dying


def _stands(_: Path) -> None:
    """Come to no end with the second task."""
    done = []
    carry_out = parcel.carry_out

    def standing(*arguments: Any) -> Any:
        if done:
            threading.Event().wait()
        done.append(1)
        return carry_out(*arguments)

    parcel.carry_out = standing


def _small(folder: Path) -> None:
    """Have a small disk of its own."""
    mount(f"mount -t tmpfs -o size=256k none '{folder}'")


def _fill(path: Path) -> None:
    """Leave no byte on the disk, which must be a small one."""
    with path.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


def _old(_: Path) -> None:
    """Say that another version is installed."""
    own = identity.program_identity()
    identity.program_identity = lambda: replace(own, version="0.0.9", faces="others")


_FAULTS: dict[str, Callable[[Path], None]] = {
    "": lambda _: None, "full": _small, "dies": _dies, "stands": _stands, "old": _old,
}  # fmt: skip


if __name__ == "__main__":
    main()
