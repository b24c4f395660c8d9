"""Which files a command is to read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from brieftex.cli.language import tr
from brieftex.cli.paths import GivenPath
from brieftex.names import shown_name

USUAL_NAMES = ("issue.yaml", "briefing.yaml")


def usual_issue(folder: Path) -> Path:
    """The issue file that a folder is about. Raises UsageError when that is not plain."""
    folder = GivenPath(folder)
    usual = [folder / name for name in USUAL_NAMES if (folder / name).is_file()]
    found = usual or sorted(
        p for p in folder.glob("*.y*ml") if p.suffix in (".yaml", ".yml") and p.is_file()
    )
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(
            tr("这个文件夹里没有 YAML 文件", "there is no YAML file in this folder")
        )
    names = ", ".join(shown_name(p.name) for p in found)
    raise click.UsageError(tr(f"请写明排哪个文件：{names}", f"which file? {names}"))


def with_folders(paths: Sequence[Path]) -> list[Path]:
    """The paths, with the issue files of every folder and its sub-folders in its place.

    Raises UsageError for a folder without any.
    """
    return [path for path, _ in with_places(paths)]


def with_places(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """The same, each with its folder relative to the one that was named."""
    found: dict[Path, Path] = {}
    for path in paths:
        if not is_folder(path):
            found.setdefault(path, Path())
            continue
        inside = sorted(_issues(path))
        if not inside:
            raise click.UsageError(
                tr(f"{path} 里没有简报文件", f"there is no issue file in {path}")
            )
        for issue in inside:
            found.setdefault(issue, issue.parent.relative_to(path))
    return list(found.items())


def is_folder(path: Path) -> bool:
    """Whether a folder has this name."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that the system cannot even look for
        return False


def _issues(folder: Path) -> list[Path]:
    from brieftex.input.issue.kind import looks_like_issue  # noqa: PLC0415  # help needs none

    found: list[Path] = []
    # Unlike rglob, it goes on where a folder is gone when it is looked into.
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (GivenPath(place, name) for name in names if not name.startswith("."))
        found += [p for p in paths if p.suffix in (".yaml", ".yml") and looks_like_issue(p)]
    return found


def write_unchanged(path: Path, before: bytes, after: bytes) -> str:
    """Write a file that still holds ``before``; what went wrong, or ""."""
    # Help does without these.
    from brieftex.diagnostics import InputError  # noqa: PLC0415
    from brieftex.diagnostics.reasons import reason_of  # noqa: PLC0415
    from brieftex.output import write_whole  # noqa: PLC0415
    from brieftex.source import read_bytes  # noqa: PLC0415

    try:
        if read_bytes(path) != before:
            return tr("文件刚刚被改过", "it was changed meanwhile")
        write_whole(path, after)
    except InputError:
        return tr("文件刚刚被改过", "it was changed meanwhile")
    except OSError as error:
        return tr(*reason_of(error))
    return ""
