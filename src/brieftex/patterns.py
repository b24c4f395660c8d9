"""Regular expressions and sets of characters that cost little to define.

``re`` compiles in Python. A pattern takes 50 to 500 µs, and one with the Han characters in it 1 to
3 ms for each time that they stand in it, because every character of a range below U+10000 is marked
one by one. So patterns are compiled when they are first used (``late``), and kept
for the next process (``STORE``); where one character is looked at, its code is compared
(``CharacterSet``); and patterns that speak of Han in many places see another text, in which Han are
few (``Folding``).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, AnyStr, Final, TypeAlias, cast

if TYPE_CHECKING:
    from brieftex.compiled import Codes

_Key: TypeAlias = tuple[str | bytes, int]

FORMAT: Final = (
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
"""Format characters, for a set of characters: they have neither width nor ink (UAX #44,
Default_Ignorable_Code_Point without marks and letters). A telephone number copied from an address
book stands between two of them."""


class PatternStore:
    """Patterns of which some need no compiling, because an earlier process did it: the two hundred
    of a build take a ninth of its instructions.

    ``load`` gives what ``data`` once gave, or anything else, which is not used; it is called when
    the first pattern is wanted. Where the bytes are kept is not known here (``cli.keeping``).
    """

    def __init__(self, load: Callable[[], bytes] = bytes) -> None:
        """By itself it knows nothing."""
        self.load = load
        self._new: dict[_Key, re.Pattern[Any]] = {}

    @property
    def learnt(self) -> bool:
        """Whether a pattern had to be compiled since ``data`` was asked for."""
        return bool(self._new)

    @cached_property
    def _known(self) -> dict[_Key, Codes]:
        if not (data := self.load()):
            return {}
        from brieftex.compiled import unpacked_codes  # not without such bytes  # noqa: PLC0415

        return {(codes.pattern, codes.given): codes for codes in unpacked_codes(data)}

    def compile(self, pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """As ``re.compile`` does. Raises re.error."""
        key = (pattern, int(flags))
        if (codes := self._known.get(key)) is not None:
            from brieftex.compiled import ERRORS  # noqa: PLC0415  # it is loaded

            try:
                return codes.made()
            except ERRORS:
                del self._known[key]
        found = self._new[key] = re.compile(pattern, flags)
        return found

    def data(self) -> bytes | None:
        """What is to be kept for ``load``; None if that has everything already."""
        from brieftex.compiled import codes_of, packed_codes  # seldom needed  # noqa: PLC0415

        made = [codes_of(*key, compiled) for key, compiled in self._new.items()]
        self._new = {}
        if not (new := [codes for codes in made if codes is not None]):
            return None
        self._known.update({(codes.pattern, codes.given): codes for codes in new})
        return packed_codes(self._known.values())


STORE = PatternStore()
"""What the late patterns of a process are compiled by."""


class _Late:
    """A pattern that is compiled when one of its methods is first asked for."""

    def __init__(self, compiling: Callable[[], re.Pattern[Any]], pattern: str | bytes) -> None:
        self._compiling = compiling
        self.pattern = pattern  # others are made of it

    @cached_property
    def _compiled(self) -> re.Pattern[Any]:
        return self._compiling()

    def __getattr__(self, name: str) -> Any:
        # Python comes here for what is not in the instance yet; the next time it is.
        found = self.__dict__[name] = getattr(self._compiled, name)
        return found


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern like that of ``re.compile``, compiled at its first use.

    A mistake in it shows then, too; a test compiles all of them.
    """
    return cast("re.Pattern[AnyStr]", _Late(partial(STORE.compile, pattern, flags), pattern))


@contextmanager
def late_patterns(*libraries: str) -> Iterator[None]:
    """Within, the modules of ``libraries`` that are imported get what ``late`` makes when they
    compile a pattern: PyYAML and markdown-it compile some seventy, what these, click and reportlab
    import another thirty, and a build uses a dozen. They may not hand one to ``re``."""
    compiling = re.compile

    def compile_late(pattern: Any, flags: Any = 0) -> Any:
        importing: str = sys._getframe(1).f_globals["__name__"]  # noqa: SLF001  # no other way
        if importing.partition(".")[0] in libraries and isinstance(pattern, str | bytes):
            return late(pattern, flags)
        return compiling(pattern, flags)

    re.compile = cast("Any", compile_late)
    try:
        yield
    finally:
        re.compile = compiling


class CharacterSet:
    """Characters, written as inside the brackets of a regular expression: ``a-z_``."""

    def __init__(self, members: str) -> None:
        """``members`` has single characters and ranges; none stands in it twice."""
        self._members = members

    @cached_property
    def _edges(self) -> list[int]:
        ranges = re.findall("(?s)(.)(?:-(.))?", self._members)
        bounds = sorted((ord(first), ord(last or first) + 1) for first, last in ranges)
        return [edge for pair in bounds for edge in pair]

    def __contains__(self, character: str) -> bool:
        return bool(character) and bisect_right(self._edges, ord(character)) % 2 == 1

    def runs(self, text: str) -> Iterator[tuple[int, int]]:
        """The offsets (start, end) of the longest stretches of ``text`` in the set."""
        for inside, part in groupby(range(len(text)), key=lambda at: text[at] in self):
            if inside:
                start, *rest = part
                yield start, start + len(rest) + 1


ANY: Final = "\udfff"
"""Within the sources of ``Folding`` and there inside brackets: any of its characters."""

_UNNAMED: Final = 0x10F800
"""What stands in a folded text for what no pattern names, and behind it what stands for the
others: code points for private use, which are no letters, digits or spaces to ``re``, and which it
keeps one by one in a set. Of characters below U+10000 it makes a map of all of them, which takes
100 µs for each set."""

_OTHERWISE: Final = 0xD800
"""What stands for what a text has of those: a surrogate, which no pattern names either."""


class Folding:
    """Patterns that name some characters of a large class, and otherwise speak of all of it.

    They are searched in ``fold(text)``, which is as long as ``text``. One character stands there
    for all of the class that no pattern names, and those that are named follow it, so that the
    class is a short range.
    """

    def __init__(self, members: str, *sources: str) -> None:
        """``members`` is the class, written as for ``CharacterSet`` and without digits and
        spaces; ``sources`` are what the patterns are made of."""
        self._members = CharacterSet(members)
        self._sources = sources

    @cached_property
    def _named(self) -> list[str]:
        return sorted(char for char in set().union(*self._sources) if char in self._members)

    @cached_property
    def _codes(self) -> _Codes:
        codes = _Codes({ord(char): _UNNAMED + k for k, char in enumerate(self._named, 1)})
        codes.members = self._members
        return codes

    def late(self, source: str) -> re.Pattern[str]:
        """A pattern for folded texts, compiled at its first use."""
        return cast("re.Pattern[str]", _Late(partial(self._compile, source), source))

    def _compile(self, source: str) -> re.Pattern[str]:
        everything = f"{chr(_UNNAMED)}-{chr(_UNNAMED + len(self._named))}"
        return STORE.compile(self.fold(source).replace(ANY, everything))

    def fold(self, text: str) -> str:
        """The text in which the patterns are to be searched."""
        return text.translate(self._codes)


class _Codes(dict[int, int]):
    """What each code becomes, for ``str.translate``."""

    members: CharacterSet

    def __missing__(self, code: int) -> int:
        found = _UNNAMED if chr(code) in self.members else code
        self[code] = found = _OTHERWISE if found == code >= _UNNAMED else found
        return found
