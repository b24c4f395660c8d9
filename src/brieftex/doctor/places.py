"""Folders that brieftex writes to: each is tried, and left as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from brieftex.diagnostics.reasons import reason_of
from brieftex.doctor.checkup import Checkup, Health, Topic, good, tilde
from brieftex.fonts.locations import cache_folder
from brieftex.output import write_whole

_PROBE = "brieftex-试写.tmp"
_LEAST_SPACE = 200_000_000  # bytes: an issue has one, its draft another


def look_at_folders(folder: Path) -> Iterator[Checkup]:
    """Whether PDF files can be written below ``folder``; likewise the cache and drafts."""
    out = folder / "out"
    results = _nearest(out)
    yield _tried(
        results, Health.BAD,
        ("PDF 写到的文件夹", "where PDF files go"),
        ("换一个文件夹，或用 -o 写到别处；网络盘请检查权限", "use another folder, or -o"),
    )  # fmt: skip
    yield from _space(results)
    cache = cache_folder()
    if cache is None:
        yield Checkup(
            Topic.FOLDERS, Health.LIMITED, ("没有缓存文件夹", "there is no folder for the cache"),
            ("用变量 BRIEFTEX_CACHE 指定一个，开始会快一些", "name one by BRIEFTEX_CACHE"),
        )  # fmt: skip
    else:
        yield _tried(
            _nearest(cache), Health.LIMITED, ("缓存的文件夹", "the cache"),
            ("不影响结果，只是慢一些；可用变量 BRIEFTEX_CACHE 换一个", "BRIEFTEX_CACHE moves it"),
        )  # fmt: skip
    yield _tried(
        Path(tempfile.gettempdir()), Health.LIMITED, ("临时文件夹", "the temporary folder"),
        ("请管理员检查它的权限和空间", "ask for its permissions and space"),
    )  # fmt: skip


def _nearest(folder: Path) -> Path:
    """The folder, or the one above it in which it would be made."""
    whole = folder.absolute()
    return next((one for one in (whole, *whole.parents) if os.path.lexists(one)), whole)


def _tried(folder: Path, state: Health, what: tuple[str, str], advice: tuple[str, str]) -> Checkup:
    """A file of a Chinese name is written to the folder and taken away."""
    probe = folder / _PROBE
    zh, en = f"{what[0]} {tilde(folder)}", f"{what[1]}, {tilde(folder)}"
    try:
        write_whole(probe, b"brieftex")
        kept = probe.read_bytes()
        probe.unlink()
    except (OSError, ValueError) as error:
        why, why_en = reason_of(error)
        return Checkup(Topic.FOLDERS, state, (f"{zh}：写不了，{why}", f"{en}: {why_en}"), advice)
    if kept != b"brieftex":
        lost = (f"{zh}：写进去的读不回来", f"{en}: what was written is not read back")
        return Checkup(Topic.FOLDERS, state, lost, advice)
    return good(Topic.FOLDERS, f"{zh}：可以写", f"{en}: can be written")


def _space(folder: Path) -> Iterator[Checkup]:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return
    if free < _LEAST_SPACE:
        yield Checkup(
            Topic.FOLDERS, Health.BAD,
            (f"磁盘只剩 {free // 1_000_000} MB", f"only {free // 1_000_000} MB left on the disk"),
            ("删去不用的文件", "remove what is not needed"),
        )  # fmt: skip
