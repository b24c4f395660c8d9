"""Where a theme or an edition lies.

A theme that a file names lies in the issue's folder, in the user's folder of themes or in the
package; so a file from elsewhere can neither read what is not meant for it nor make Windows log
in to a foreign host. Whoever types a path on the command line may read what is there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from brieftex.diagnostics import InputError, Kind, Source, Span
from brieftex.diagnostics.messages.fields import THEME_OUTSIDE
from brieftex.diagnostics.messages.theme import THEME_NOT_FOUND, UNKNOWN_EDITION, UNKNOWN_THEME
from brieftex.source import confined

if TYPE_CHECKING:
    from brieftex.input.theme.values import WrittenValue

BUILT_IN = Path(__file__).parent.parent.parent / "themes"
EDITIONS = BUILT_IN / "editions"


def theme_names() -> tuple[str, ...]:
    """The themes that brieftex brings along."""
    return _names(BUILT_IN)


def edition_names() -> tuple[str, ...]:
    """The editions that brieftex brings along."""
    return _names(EDITIONS)


THEMES = {
    "briefing": ("简报",),
    "large-print": ("大字",),
    "letter": ("信函", "函"),
    "minutes": ("纪要",),
    "official": ("公文",),
    "order": ("命令", "令"),
    "reference": ("内参",),
    "word": ("Word",),
}
"""What editors call the themes that brieftex brings along; 式 or 版 may follow."""

EDITION_WORDS = {
    "large": ("大字",),
    "mail": ("邮件",),
    "mono": ("黑白",),
    "print": ("印刷",),
    "review": ("送审", "审阅"),
}
"""What editors call the editions."""


def edition_named(name: str) -> str:
    """The name of the edition that an editor calls ``name``; a name of no edition as it is."""
    return name if name in edition_names() else _called(name, EDITION_WORDS)


def _called(name: str, words: Mapping[str, tuple[str, ...]]) -> str:
    plain = name.removesuffix("版").removesuffix("式")
    return next((key for key, names in words.items() if plain in names), name)


def _told(names: Iterable[str], words: Mapping[str, tuple[str, ...]]) -> str:
    """A list of names, each with what editors call it."""
    return "、".join(f"{name}（{words[name][0]}）" if name in words else name for name in names)


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
        if (called := _called(self.name, THEMES)) != self.name:
            return BUILT_IN / f"{called}.yaml"
        known = dict.fromkeys((*theme_names(), *_names(user_folder())))
        raise self.refused(UNKNOWN_THEME, name=self.name, known=_told(known, THEMES))

    def edition(self) -> Path:
        """The file of an edition. Raises InputError."""
        if _is_path(self.name):
            return self._path()
        if (name := edition_named(self.name)) in edition_names():
            return EDITIONS / f"{name}.yaml"
        known = _told(edition_names(), EDITION_WORDS)
        raise self.refused(UNKNOWN_EDITION, name=self.name, known=known)

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
