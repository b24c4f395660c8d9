"""A theme by its name or path, as an edition changes it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from msgspec.structs import replace

from brieftex.input.theme.locate import naming
from brieftex.input.theme.settled import settled_theme
from brieftex.model.theme import Theme


def load_theme(
    name_or_path: str,
    folder: Path,
    edition: str | None = None,
    *,
    given: bool = False,
    without: Collection[str] = (),
) -> Theme:
    """The theme of this name, or of the file at this path, seen from ``folder``.

    A path is told by its slash or its ending ``.yaml`` or ``.yml``; it may lead anywhere only
    if it was ``given`` by whoever calls, not by a file. ``edition``, which always was, names in
    the same way a file whose keys are laid over the theme's; a theme that it extends gives its
    own keys alone. The keys ``without`` are left out of files that do not come with brieftex.
    Raises InputError, its source the file that is wrong; all that is wrong with that file is in
    it.
    """
    if edition is None:
        known = settled_theme(naming(name_or_path, folder, given=given).theme())
        if known is not None:
            return known
    # A theme that brieftex brings along needs no reader.
    from brieftex.input.theme.layers import layered_theme  # noqa: PLC0415

    return layered_theme(name_or_path, folder, edition, given=given, without=without)


def marked_with(theme: Theme, words: str) -> Theme:
    """``theme`` with other words, or none, across its pages."""
    finish = theme.finish
    mark = replace(finish.watermark, text=words)
    return replace(theme, finish=replace(finish, watermark=mark))
