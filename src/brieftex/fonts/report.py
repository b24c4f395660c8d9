"""The faces of a build, how they were chosen, and what they lack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages.fonts import CONFUSED_GLYPHS
from brieftex.fonts.face import Face

# The marks of Chinese office text, and the characters of Latin words and numbers.
_MARKS = "，。、；：？！“”‘’（）〔〕［］《》〈〉「」『』【】——……·～／－％‰℃￥〇々①②③④⑤⑥⑦⑧⑨⑩"
_LATIN = "".join(map(chr, range(0x21, 0x7F))) + "“”‘’–—…·×÷±°§"

_SAMPLE = 20


class Role(Struct, frozen=True):
    """The faces of one role: the chosen one first, then its fallbacks, without duplicates."""

    han: tuple[Face, ...]
    latin: tuple[Face, ...]


class Origin(StrEnum):
    """Where a face was found."""

    ISSUE = "issue"
    SYSTEM = "system"
    BUNDLED = "bundled"

    @property
    def zh(self) -> str:
        """The place in Chinese."""
        return {"issue": "本刊 fonts 文件夹", "system": "系统", "bundled": "自带"}[self]


class FaceChoice(Struct, frozen=True):
    """The result of one search: ``script`` is han, latin or fallback (then without a role).

    Without a face, ``family`` is empty and ``origin`` None.
    """

    role: str
    script: str
    wanted: tuple[str, ...]
    family: str = ""
    face: Face | None = None
    origin: Origin | None = None


class FontRow(Struct, frozen=True):
    """A choice as a row of the report.

    ``lacks`` is the number of test characters that the face lacks, ``sample`` the first of them;
    ``missing`` is the number of those that the role's whole chain lacks. The test characters of
    han are GB 2312's 6,763 hanzi and Chinese punctuation, those of latin ASCII and Western
    punctuation; fallback faces are tested for both.
    """

    role: str
    script: str
    wanted: tuple[str, ...]
    family: str
    file: Path | None
    origin: Origin | None
    lacks: int
    sample: str
    missing: int


class FontBook(Struct, frozen=True):
    """The faces of a build, each opened once, and how they were chosen.

    ``diagnostics`` holds an error for each role without a face of its own, which then has
    the fallback faces only, and warnings about files that a user would miss.
    ``unusable`` holds findings about the system's files, for ``brieftex fonts``.
    """

    roles: Mapping[str, Role]
    choices: tuple[FaceChoice, ...]
    findings: tuple[Finding, ...] = ()
    unusable: tuple[Finding, ...] = ()

    def role(self, name: str) -> Role:
        """The faces of role ``name``. Raises KeyError."""
        return self.roles[name]

    def confusions(self, used: Callable[[], Collection[str]] | None = None) -> tuple[Finding, ...]:
        """A warning for each chosen face that draws characters alike which must be distinct
        (``fonts.misdrawn``); only for those that are ``used``, which is asked where a face has
        refused some: hardly any does."""
        faces = {choice.face: choice.family for choice in self.choices if choice.face is not None}
        wanted = () if used is None or not any(face.refused for face in faces) else used()
        return tuple(
            CONFUSED_GLYPHS.at(None, family=family, chars="".join(sorted(face.confused)))
            for face, family in faces.items()
            if (face.confused if used is None else face.refused.intersection(wanted))
        )

    def report(self) -> tuple[FontRow, ...]:
        """One row for each choice, in the order of the theme, the fallback last."""
        han, latin = (*gb2312_hanzi(), *dict.fromkeys(_MARKS)), tuple(_LATIN)
        probes = {"han": han, "latin": latin, "fallback": (*han, *latin)}
        return tuple(self._row(choice, probes[choice.script]) for choice in self.choices)

    def _row(self, choice: FaceChoice, probe: Sequence[str]) -> FontRow:
        chain: tuple[Face, ...] = (choice.face,) if choice.face else ()
        lacks = _lacking(chain, probe)
        if choice.role:
            role = self.roles[choice.role]
            chain = role.han if choice.script == "han" else role.latin
        missing = len(_lacking(chain, lacks))
        return FontRow(
            choice.role, choice.script, choice.wanted, choice.family,
            choice.face.path if choice.face else None, choice.origin,
            len(lacks), "".join(lacks[:_SAMPLE]), missing,
        )  # fmt: skip


def gb2312_hanzi() -> tuple[str, ...]:
    """The 6,763 hanzi of GB 2312, in its order."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    # Five cells at the end of row 0xD7 are empty.
    return tuple(char for code in cells if (char := code.decode("gb2312", "ignore")))


def _lacking(chain: Sequence[Face], probe: Sequence[str]) -> tuple[str, ...]:
    return tuple(char for char in probe if not any(face.glyph(char) for face in chain))
