"""Disks of a process's own: small ones, full ones, some that nobody may write to."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from helpers import processes
from helpers.processes import HELPERS

_USERS, _MOUNTS = 0x10000000, 0x00020000  # CLONE_NEWUSER, CLONE_NEWNS of sched.h


def mount(script: str) -> None:
    """Run a shell script that mounts file systems, which only this process and those that it starts
    will see. What ``unshare --map-root-user --mount`` does for a command is done here for a copy of
    a process, which has loaded what a command loads for most of its time. Raises OSError and
    CalledProcessError where nobody may."""
    user, group = os.getuid(), os.getgid()
    system = ctypes.CDLL(None, use_errno=True)
    if system.unshare(_USERS | _MOUNTS):
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny", "ascii")
    Path("/proc/self/uid_map").write_text(f"0 {user} 1", "ascii")
    Path("/proc/self/gid_map").write_text(f"0 {group} 1", "ascii")
    subprocess.run(["sh", "-ec", f"mount --make-rprivate /\n{script}"], check=True)


@cache
def can_mount(library: str = "brieftex") -> bool:
    """Whether a process, which has loaded this library, may have a disk of its own."""
    probe = f"{HELPERS}from helpers.mounts import mount; mount('mount -t tmpfs none /mnt')"
    return sys.platform == "linux" and processes.run(program=probe, library=library).returncode == 0


def among(script: str, *steps: str | list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """What is said by calls of ``brieftex`` and shell scripts, one after another in a process with
    these disks, and ``refused`` for each call that fails. The test is skipped where nobody may."""
    import pytest  # noqa: PLC0415  # not in processes that have such disks

    if not can_mount():
        pytest.skip("no file systems may be mounted here")
    program = f"{HELPERS}from helpers.mounts import follow; follow()"
    return processes.run(json.dumps([script, *steps]), program=program, cwd=folder)


def follow() -> None:
    """Be the process of ``among``."""
    from brieftex.__main__ import start  # noqa: PLC0415  # the copy alone

    script, *steps = json.loads(sys.argv[1])
    mount(script)
    for step in steps:
        if isinstance(step, str):
            subprocess.run(["sh", "-ec", step], check=True)
            continue
        call = os.fork()
        if not call:
            sys.argv[1:] = step
            start()
        if os.waitpid(call, 0)[1]:
            print("refused", flush=True)  # noqa: T201  # who started it reads this
