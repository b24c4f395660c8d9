"""Files that commands read and write: which are meant, and each written whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import click

from brieftex.cli.language import tr

USUAL_NAMES = ("issue.yaml", "briefing.yaml")

# Themes and other YAML files have no masthead.
_ISSUE = re.compile(
    rb"^(?:\xef\xbb\xbf)?(?:brieftex|masthead|\xe6\x8a\xa5\xe5\xa4\xb4)\s*:", re.MULTILINE
)


def usual_issue(folder: Path) -> Path:
    """The issue file that a folder is about. Raises UsageError when that is not plain."""
    usual = [folder / name for name in USUAL_NAMES if (folder / name).is_file()]
    found = usual or sorted(p for p in folder.glob("*.y*ml") if p.suffix in (".yaml", ".yml"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(
            tr("这个文件夹里没有 YAML 文件", "there is no YAML file in this folder")
        )
    names = ", ".join(p.name for p in found)
    raise click.UsageError(tr(f"请写明排哪个文件：{names}", f"which file? {names}"))


def with_folders(paths: Sequence[Path]) -> list[Path]:
    """The paths, with the issue files of every folder and its sub-folders in its place.

    Raises UsageError for a folder without any.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(_issues(path)) if path.is_dir() else [path]
        if not inside:
            raise click.UsageError(
                tr(f"{path} 里没有简报文件", f"there is no issue file in {path}")
            )
        found |= dict.fromkeys(inside)
    return list(found)


def _issues(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.rglob("*.y*ml")
        if path.suffix in (".yaml", ".yml")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and _looks_like_issue(path)
    ]


def _looks_like_issue(path: Path) -> bool:
    try:
        return path.is_file() and _ISSUE.search(path.read_bytes().replace(b"\0", b"")) is not None
    except OSError:
        return True  # reading it again will say why


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that no reader, at no time, finds less than all of it.

    The folder is made if it is missing. Raises OSError, leaving nothing behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(data)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def replace_whole(path: Path, data: bytes) -> None:
    """Write a file that is there already, likewise; it stays what it is and whose it is.

    Raises OSError.
    """
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(data)
        shutil.copymode(target, draft)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
