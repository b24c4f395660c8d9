"""Which value of a theme an error about pages comes from.

Such an error stands at what could not be set, in the issue or in the finished file; the editor of a
theme has to learn which of the theme's keys to change. Nothing is guessed: the issue is built
without the values of one's own, and, if it can be, with so many of them, halving what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from brieftex.diagnostics import InputError, Severity
from brieftex.diagnostics.messages.fields import CAUSED_BY_THEME
from brieftex.fonts.report import FontBook
from brieftex.input.theme import Theme, load_theme
from brieftex.input.theme.layers import own_values
from brieftex.input.theme.values import WrittenValue
from brieftex.patterns import late
from brieftex.services import Services
from brieftex.styled.styles import FontRequest

_OF_PAGES = late(r"BT4\d\d|BT9[1-9]\d")
"""Errors that only pages show, not what was read."""


class NothingOwnError(Exception):
    """A theme has no values of one's own."""


class Lightened(Services):
    """Means that leave some values out of a theme, all of one's own if ``without`` is None; the
    faces are those of ``others``. ``values`` are those of one's own, once the theme was read."""

    def __init__(self, others: Services, without: Collection[str] | None) -> None:
        """No theme was read."""
        self.values: Mapping[str, WrittenValue] = {}
        self._others = others
        self._without = without

    def theme(
        self, name: str, folder: Path, edition: str | None = None, *, given: bool = False
    ) -> Theme:
        """The theme with fewer values. Raises NothingOwnError when there are none to leave out."""
        self.values = own_values(name, folder, edition, given=given)
        if not self.values:
            raise NothingOwnError
        without = self.values if self._without is None else self._without
        return load_theme(name, folder, edition, given=given, without=without)

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        """The faces that play the theme's roles."""
        return self._others.fonts(request, folder, bundled_only)


def with_cause(
    error: InputError, services: Services, build: Callable[[Services], object]
) -> InputError:
    """The error that ``build`` ended in, and what value of a theme it comes from, if of any."""
    errors = (f.kind for f in error.findings if f.severity is Severity.ERROR)
    if not any(_OF_PAGES.fullmatch(kind.code) for kind in errors):
        return error
    bare = Lightened(services, None)
    if not _succeeds(build, bare):
        return error
    keys = list(bare.values)
    good, bad = 0, len(keys)  # so many of the values can be kept, and cannot
    while bad - good > 1:
        middle = (good + bad) // 2
        if _succeeds(build, Lightened(services, keys[middle:])):
            good = middle
        else:
            bad = middle
    value = bare.values[keys[good]]
    cause = CAUSED_BY_THEME.at(None, key=keys[good], text=value.text)
    return InputError(error.source, (*error.findings, cause.also(value.span, value.source)))


def _succeeds(build: Callable[[Services], object], services: Services) -> bool:
    try:
        build(services)
    except (InputError, NothingOwnError):
        return False
    return True
