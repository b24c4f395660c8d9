"""Finding a theme, reading it and the themes it extends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from brieftex.diagnostics import Finding, InputError, Kind, Source, Span
from brieftex.diagnostics.messages.theme import (
    THEME_LOOP,
    THEME_NOT_FOUND,
    UNKNOWN_EDITION,
    UNKNOWN_THEME,
)
from brieftex.input import yaml
from brieftex.input.theme.keys import THEME
from brieftex.input.theme.read import Raw, Value, merged, read
from brieftex.input.theme.resolve import IncompleteThemeError, resolve
from brieftex.model.theme import Theme
from brieftex.source import read_source

_BUILT_IN = Path(__file__).parents[2] / "themes"
_EDITIONS = _BUILT_IN / "editions"


def theme_names() -> tuple[str, ...]:
    """The themes that brieftex brings along."""
    return tuple(sorted(path.stem for path in _BUILT_IN.glob("*.yaml")))


def edition_names() -> tuple[str, ...]:
    """The editions that brieftex brings along."""
    return tuple(sorted(path.stem for path in _EDITIONS.glob("*.yaml")))


def load_theme(name_or_path: str, folder: Path, edition: str | None = None) -> Theme:
    """The theme of this name, or of the file at this path, seen from ``folder``.

    A path is told by its slash or its ending ``.yaml`` or ``.yml``. ``edition`` names, in the
    same way, a file whose keys are laid over the theme's; a theme that it extends gives its
    own keys alone. Raises InputError, its source the file that is wrong; all that is wrong
    with that file is in it.
    """
    nowhere = Source(name_or_path, "")
    path = _path(name_or_path, folder, nowhere, None)
    found: list[tuple[Source, Finding]] = []
    raw, home = _raw(path, (path,), found)
    if edition is not None:
        raw = _edited(raw, edition, folder, found)
    try:
        return resolve(path.stem, raw, home, found)
    except IncompleteThemeError:
        source = found[0][0]
        mine = [finding for where, finding in found if where == source]
        raise InputError(source, mine) from None


def marked_with(theme: Theme, words: str) -> Theme:
    """``theme`` with other words, or none, across its pages."""
    finish = theme.finish
    mark = replace(finish.watermark, text=words)
    return replace(theme, finish=replace(finish, watermark=mark))


def _edited(
    raw: dict[str, Raw], edition: str, folder: Path, found: list[tuple[Source, Finding]]
) -> dict[str, Raw]:
    """The values of a theme as an edition changes them."""
    nowhere = Source(edition, "")
    if _is_path(edition):
        path = _path(edition, folder, nowhere, None)
    elif edition in edition_names():
        path = _EDITIONS / f"{edition}.yaml"
    else:
        known = "、".join(edition_names())
        raise _refused(nowhere, UNKNOWN_EDITION, None, name=edition, known=known)
    over, source = _own(path, found)
    extends = over.pop("extends", None)
    if isinstance(extends, Value):
        under, _ = _own(_path(extends.text, path.parent, source, extends), found)
        under.pop("extends", None)
        raw = _laid(raw, under)
    return _laid(raw, over)


def _laid(under: dict[str, Raw], over: dict[str, Raw]) -> dict[str, Raw]:
    both = merged(under, over)
    assert isinstance(both, dict)
    return both


def _own(path: Path, found: list[tuple[Source, Finding]]) -> tuple[dict[str, Raw], Source]:
    """The values in the file at ``path`` itself."""
    source, _ = read_source(path)
    raw, wrong = read(yaml.parse(source), THEME, source)
    found.extend((source, finding) for finding in wrong)
    assert isinstance(raw, dict)
    return raw, source


def read_theme(name: str) -> dict[str, Raw]:
    """The values of a theme that brieftex brings along, as written, with all it extends."""
    path = _BUILT_IN / f"{name}.yaml"
    return _raw(path, (path,), [])[0]


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))


def theme_files(name_or_path: str, folder: Path) -> tuple[Path, ...]:
    """The files that make the theme ``load_theme`` would give, its own first: as many as can be
    told, the last perhaps missing or wrong."""
    files: dict[Path, None] = {}
    name, nowhere = name_or_path, Source(name_or_path, "")
    while True:
        try:
            path = _path(name, folder, nowhere, None)
        except InputError:
            return (*files, folder / name)
        if path in files:
            return tuple(files)
        files[path] = None
        try:
            extends = yaml.parse(read_source(path)[0]).get("extends")
        except InputError:
            return tuple(files)
        if not isinstance(extends, yaml.Scalar):
            return tuple(files)
        name, folder = extends.text, path.parent


def _path(name: str, folder: Path, source: Source, value: Value | None) -> Path:
    span = None if value is None else value.span
    if not _is_path(name):
        known = theme_names()
        if name in known:
            return _BUILT_IN / f"{name}.yaml"
        raise _refused(source, UNKNOWN_THEME, span, name=name, known="、".join(known))
    path = Path(name) if Path(name).is_absolute() else folder / name
    try:
        return path.resolve(strict=True)  # one spelling, to know it again in a circle
    except (OSError, ValueError, RuntimeError):  # no such file, or no possible name of one
        raise _refused(source, THEME_NOT_FOUND, span, file=name) from None


def _raw(
    path: Path, chain: tuple[Path, ...], found: list[tuple[Source, Finding]]
) -> tuple[dict[str, Raw], Source]:
    """The values of the file at ``path`` laid on those of the theme it extends."""
    raw, source = _own(path, found)
    extends = raw.pop("extends", None)
    if not isinstance(extends, Value):
        return raw, source
    base = _path(extends.text, path.parent, source, extends)
    if base in chain:
        names = " → ".join(step.name for step in (*chain, base))
        raise _refused(source, THEME_LOOP, extends.span, chain=names)
    under, _ = _raw(base, (*chain, base), found)
    return _laid(under, raw), source


def _refused(source: Source, kind: Kind, span: Span | None, **values: object) -> InputError:
    return InputError(source, [kind.at(span, "theme", **values)])
