"""Where a theme or an edition lies.

A theme that a file names lies in the issue's folder, in the user's folder of themes or in the
package; so a file from elsewhere can neither read what is not meant for it nor make Windows log
in to a foreign host. Whoever types a path on the command line may read what is there.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from brieftex.diagnostics import InputError, Kind, Source, Span
from brieftex.diagnostics.messages.fields import THEME_OUTSIDE
from brieftex.diagnostics.messages.theme import THEME_NOT_FOUND, UNKNOWN_EDITION, UNKNOWN_THEME
from brieftex.input.theme.values import WrittenValue
from brieftex.source import confined

BUILT_IN = Path(__file__).parent.parent.parent / "themes"
EDITIONS = BUILT_IN / "editions"


def theme_names() -> tuple[str, ...]:
    """The themes that brieftex brings along."""
    return _names(BUILT_IN)


def edition_names() -> tuple[str, ...]:
    """The editions that brieftex brings along."""
    return _names(EDITIONS)


def user_folder() -> Path:
    """Where a user keeps themes for all issues: ``BRIEFTEX_THEMES``, or ``brieftex/themes`` in
    the system's folder for settings. It need not exist."""
    if chosen := os.environ.get("BRIEFTEX_THEMES"):
        return Path(chosen)
    settings = os.environ.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME", "")
    if not Path(settings).is_absolute():  # the XDG specification: to be ignored
        try:
            settings = str(Path.home() / ".config")
        except RuntimeError:  # nobody is logged in
            settings = str(BUILT_IN)
    return Path(settings, "brieftex", "themes")


class ThemeReference(Struct, frozen=True):
    """A name and who wrote it: in the file ``source`` at ``value``, or, without a value, the
    one who calls. Relative paths start at ``folder``; ``roots`` are the folders in which a
    file may lie, None for any."""

    name: str
    folder: Path
    roots: tuple[Path, ...] | None
    source: Source
    value: WrittenValue | None = None

    def extends(self, value: WrittenValue, path: Path) -> ThemeReference:
        """What the file at ``path``, which was found by this naming, calls ``value.text``."""
        roots = (path.parent, user_folder(), BUILT_IN) if self.roots is None else self.roots
        return ThemeReference(value.text, path.parent, roots, value.source, value)

    def theme(self) -> Path:
        """The file of a theme. Raises InputError."""
        if _is_path(self.name):
            return self._path()
        for folder in (BUILT_IN, user_folder()):
            if self.name in _names(folder):
                return folder / f"{self.name}.yaml"
        known = "、".join(dict.fromkeys((*theme_names(), *_names(user_folder()))))
        raise self.refused(UNKNOWN_THEME, name=self.name, known=known)

    def edition(self) -> Path:
        """The file of an edition. Raises InputError."""
        if _is_path(self.name):
            return self._path()
        if self.name in edition_names():
            return EDITIONS / f"{self.name}.yaml"
        raise self.refused(UNKNOWN_EDITION, name=self.name, known="、".join(edition_names()))

    def _path(self) -> Path:
        try:
            # One spelling, to know it again in a circle.
            path = self._anywhere() if self.roots is None else self._inside(self.roots)
            if path.exists():
                return path
        except (OSError, ValueError, RuntimeError):  # no possible name of a file
            pass
        raise self.refused(THEME_NOT_FOUND, file=self.name)

    def _anywhere(self) -> Path:
        path = self.folder / self.name
        return (path if path.exists() else Path(self.name)).resolve()

    def _inside(self, roots: tuple[Path, ...]) -> Path:
        path = confined(self.folder, self.name, roots)
        if path is None:
            raise self.refused(THEME_OUTSIDE, file=self.name, folder=user_folder())
        return path

    def refused(self, kind: Kind, **values: object) -> InputError:
        """A finding about the name."""
        span: Span | None = None if self.value is None else self.value.span
        return InputError(self.source, [kind.at(span, "theme", **values)])


def naming(name: str, folder: Path, *, given: bool) -> ThemeReference:
    """The naming of a theme or an edition: by an issue in ``folder``, or ``given`` by whoever
    calls, whose path may lead anywhere."""
    roots = None if given else (folder, user_folder(), BUILT_IN)
    return ThemeReference(name, folder, roots, Source(name, ""))


def _names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))
