"""The font folders of a machine, and the cache folder of brieftex."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def bundled_folder() -> Path:
    """The folder of the fonts that ship with brieftex.

    It is inside an installed package, but at the root of the repository in a checkout.
    """
    inside = Path(__file__).parents[1] / "fontfiles"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "fonts"


def system_folders(
    platform: str = sys.platform, environ: Mapping[str, str] = os.environ
) -> tuple[Path, ...]:
    """The font folders of the system, the user's own first; they need not exist."""
    home = _home(environ)
    if platform == "win32":
        return _of(
            (environ.get("LOCALAPPDATA"), "Microsoft/Windows/Fonts"),
            (environ.get("WINDIR", "C:/Windows"), "Fonts"),
        )
    if platform == "darwin":
        return (
            *_of((home, "Library/Fonts"), ("/Library", "Fonts"), ("/System/Library", "Fonts")),
            # macOS fetches FangSong, Kai and other Chinese faces on demand into here.
            *sorted(Path("/System/Library/AssetsV2").glob("com_apple_MobileAsset_Font*")),
        )
    shared = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    own = _absolute(environ.get("XDG_DATA_HOME")) or (home and str(Path(home, ".local/share")))
    return _of(
        (own, "fonts"),
        (home, ".fonts"),
        *((folder, "fonts") for folder in shared.split(":") if _absolute(folder)),
    )


def cache_folder(
    platform: str = sys.platform, environ: Mapping[str, str] = os.environ
) -> Path | None:
    """The folder for cached data; None where the system has none.

    ``BRIEFTEX_CACHE`` overrides the convention of the system.
    """
    home = _home(environ)
    if own := environ.get("BRIEFTEX_CACHE"):
        return Path(own)
    if platform == "win32":
        found = _of((environ.get("LOCALAPPDATA"), "brieftex/Cache"))
    elif xdg := _absolute(environ.get("XDG_CACHE_HOME")):
        found = (Path(xdg, "brieftex"),)
    else:
        found = _of((home, "Library/Caches" if platform == "darwin" else ".cache"))
        found = tuple(folder / "brieftex" for folder in found)
    return found[0] if found else None


def _of(*pairs: tuple[str | None, str]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(Path(base, *rest.split("/")) for base, rest in pairs if base))


def _absolute(folder: str | None) -> str | None:
    # The XDG specification: a relative path is to be ignored.
    return folder if folder and Path(folder).is_absolute() else None


def _home(environ: Mapping[str, str]) -> str | None:
    if home := environ.get("HOME"):
        return home
    try:
        return str(Path.home())
    except RuntimeError:  # no account, as in some containers
        return None
