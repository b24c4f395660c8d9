"""A theme from its file, the themes that it extends, and the edition laid over them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import replace

from brieftex.diagnostics import Finding, InputError, Source
from brieftex.diagnostics.messages.fields import TOO_MANY_THEMES
from brieftex.diagnostics.messages.theme import THEME_LOOP, THEME_NOT_FOUND
from brieftex.input import yaml
from brieftex.input.theme.locate import BUILT_IN, ThemeReference, naming
from brieftex.input.theme.read import Raw, merged, read_values
from brieftex.input.theme.ready import ready_values
from brieftex.input.theme.resolve import IncompleteThemeError, resolve_theme
from brieftex.input.theme.values import WrittenValue
from brieftex.model.theme import Theme
from brieftex.patterns import late
from brieftex.source import read_source

_Leaf: TypeAlias = "WrittenValue | tuple[WrittenValue, ...]"

CHAIN_LIMIT = 16
"""Most themes that may extend one another."""


def layered_theme(
    name_or_path: str,
    folder: Path,
    edition: str | None = None,
    *,
    given: bool = False,
    without: Collection[str] = (),
) -> Theme:
    """What ``load_theme`` gives, from the files."""
    found: list[tuple[Source, Finding]] = []
    path, raw, home, moving = _assembled(name_or_path, folder, edition, found, given, without)
    try:
        return replace(resolve_theme(path.stem, raw, home, found), set_anew=moving)
    except IncompleteThemeError:
        # A theme that comes with brieftex is not wrong by itself.
        own = (where for where, _ in found if not _is_built_in(where))
        source = next(own, found[0][0])
        mine = [finding for where, finding in found if where == source]
        # One value that many keys take over is one mistake.
        once = {(f.kind, f.span or f.path): f for f in reversed(mine)}
        raise InputError(source, [f for f in mine if once[f.kind, f.span or f.path] is f]) from None


def own_values(
    name_or_path: str, folder: Path, edition: str | None = None, *, given: bool = False
) -> dict[str, WrittenValue]:
    """The values that a theme has from files that do not come with brieftex, by their keys; of a
    list the first one. Raises InputError as ``load_theme`` does."""
    _, raw, _, _ = _assembled(name_or_path, folder, edition, [], given, ())
    values = {key: value[0] if isinstance(value, tuple) else value for key, value in _leaves(raw)}
    return {key: value for key, value in values.items() if not _is_built_in(value.source)}


def _assembled(  # noqa: PLR0913, PLR0917  # what load_theme is called with
    name_or_path: str,
    folder: Path,
    edition: str | None,
    found: list[tuple[Source, Finding]],
    given: bool,
    without: Collection[str],
) -> tuple[Path, dict[str, Raw], Source, tuple[str, ...]]:
    """The file of a theme, its values with those of the edition laid over them, the source that
    they are from, and the groups in which the edition moves lines."""
    wanted = naming(name_or_path, folder, given=given)
    path = wanted.theme()
    raw, home = _raw(wanted, (path,), found, without)
    moving: tuple[str, ...] = ()
    if edition is not None:
        over = _edition(naming(edition, folder, given=True), found, without)
        keys = (key for key, _ in _leaves(over) if _moves(key))
        moving = tuple(dict.fromkeys(key.split(".")[0] for key in keys))
        raw = _laid(raw, over)
    return path, raw, home, moving


def _is_built_in(source: Source) -> bool:
    return Path(source.name).is_relative_to(BUILT_IN)


_STILL = late(
    r"(?:binding|changes|codes|colors|compact|folio|line_numbers|running_head|watermark)\b.*"
    r"|.*color|charts\.(?:colors|axis)|figures\.resolution|marks\.link|masthead\.preprinted"
    r"|page\.(?:left|top)|signature\.seal|styles\.(?:folio|line_number|running_head|watermark)\..*"
)
"""The keys of a theme that no line or page depends on."""


def _moves(key: str) -> bool:
    """Whether lines or pages may end elsewhere when a key changes."""
    return _STILL.fullmatch(key) is None


def _leaves(raw: Raw, path: str = "") -> Iterator[tuple[str, _Leaf]]:
    """The values of a file, and lists of them, by their keys with those of the groups."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield from _leaves(value, f"{path}.{key}".lstrip("."))
    else:
        yield path, raw


def _left(raw: dict[str, Raw], without: Collection[str], path: str = "") -> dict[str, Raw]:
    """The values but for those of some keys."""
    return {
        key: _left(value, without, f"{path}{key}.") if isinstance(value, dict) else value
        for key, value in raw.items()
        if f"{path}{key}" not in without
    }


def _edition(
    edition: ThemeReference, found: list[tuple[Source, Finding]], without: Collection[str]
) -> dict[str, Raw]:
    """The values of an edition, laid on the own ones of the theme that it extends."""
    path = edition.edition()
    over, _ = _own(path, found, without)
    extends = over.pop("extends", None)
    if not isinstance(extends, WrittenValue):
        return over
    under, _ = _own(edition.extends(extends, path).theme(), found, without)
    under.pop("extends", None)
    return _laid(under, over)


def _laid(under: dict[str, Raw], over: dict[str, Raw]) -> dict[str, Raw]:
    both = merged(under, over)
    assert isinstance(both, dict)
    return both


def _own(
    path: Path, found: list[tuple[Source, Finding]], without: Collection[str] = ()
) -> tuple[dict[str, Raw], Source]:
    """The values in the file at ``path`` itself."""
    source, _ = read_source(path)
    if (known := ready_values(path, source)) is not None:
        return known, source
    raw, wrong = read_values(yaml.parse(source), source, path.parent)
    found.extend((source, finding) for finding in wrong)
    return _left(raw, without) if without else raw, source


def read_theme(name: str) -> dict[str, Raw]:
    """The values of a theme that brieftex brings along, as written, with all it extends."""
    return _raw(naming(name, BUILT_IN, given=False), (BUILT_IN / f"{name}.yaml",), [])[0]


def theme_files(name_or_path: str, folder: Path, *, given: bool = False) -> tuple[Path, ...]:
    """The files that make the theme ``load_theme`` would give, its own first: as many as can be
    told, the last perhaps missing or wrong."""
    files: dict[Path, None] = {}
    wanted = naming(name_or_path, folder, given=given)
    while len(files) < CHAIN_LIMIT:
        try:
            path = wanted.theme()
        except InputError as error:
            missing = error.findings[0].kind is THEME_NOT_FOUND
            return (*files, wanted.folder / wanted.name) if missing else tuple(files)
        if path in files:
            break
        files[path] = None
        try:
            extends = _extends(path)
        except InputError:
            break
        if extends is None:
            break
        wanted = wanted.extends(extends, path)
    return tuple(files)


def _extends(path: Path) -> WrittenValue | None:
    """What the file at ``path`` extends. Raises InputError."""
    source, _ = read_source(path)
    if (known := ready_values(path, source)) is not None:
        extends = known.get("extends")
        return extends if isinstance(extends, WrittenValue) else None
    read = yaml.parse(source).get("extends")
    return WrittenValue(read.text, read.span, source) if isinstance(read, yaml.Scalar) else None


def _raw(
    wanted: ThemeReference,
    chain: tuple[Path, ...],
    found: list[tuple[Source, Finding]],
    without: Collection[str] = (),
) -> tuple[dict[str, Raw], Source]:
    """The values of the file wanted, the last of ``chain``, laid on those of the theme that it
    extends."""
    raw, source = _own(chain[-1], found, without)
    extends = raw.pop("extends", None)
    if not isinstance(extends, WrittenValue):
        return raw, source
    base = wanted.extends(extends, chain[-1])
    path = base.theme()
    if path in chain:
        names = " → ".join(step.name for step in (*chain, path))
        raise base.refused(THEME_LOOP, chain=names)
    if len(chain) >= CHAIN_LIMIT:
        raise base.refused(TOO_MANY_THEMES, limit=CHAIN_LIMIT)
    under, _ = _raw(base, (*chain, path), found, without)
    return _laid(under, raw), source
