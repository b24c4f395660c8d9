"""Which brieftex this is: what can make two of them write different bytes of the same issue.

A version number says too little: of a checkout it is the same for every change.
"""

from __future__ import annotations

import hashlib
import platform
import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import Struct

from brieftex import __version__
from brieftex.fonts.locations import bundled_folder

PACKAGE = Path(__file__).parents[1]

LIBRARIES = (
    "markdown-it-py", "msgspec", "pillow", "pypdf", "pyphen", "PyYAML", "reportlab", "resvg-py",
    "uharfbuzz",
)  # fmt: skip
"""The libraries that have a part in a PDF."""

ENVIRONMENT = ("SOURCE_DATE_EPOCH",)
"""Variables that the bytes of a PDF depend on."""


class ProgramIdentity(Struct, frozen=True):
    """``code`` and ``faces`` are digests of brieftex's own files and of the faces that come with
    it; ``python`` names the interpreter, its zlib, which compresses, and what it runs on: libraries
    are built for each kind of machine."""

    version: str
    python: str
    code: str
    faces: str
    libraries: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        """All of it in one word."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    def differences(self, other: ProgramIdentity) -> Iterator[tuple[str, str]]:
        """In what ``other`` differs, in Chinese and English, the other's value last."""
        if self.version != other.version:
            yield f"版本 {other.version}", f"version {other.version}"
        elif self.code != other.code:
            yield "程序文件不同", "another state of its files"
        if self.python != other.python:
            yield f"Python {other.python}", f"Python {other.python}"
        if self.faces != other.faces:
            yield "自带的字体不同", "other bundled fonts"
        theirs = dict(other.libraries)
        for name, mine in self.libraries:
            if theirs.get(name) != mine:
                there = theirs.get(name) or "–"
                yield f"{name} {there}（应为 {mine}）", f"{name} {there} instead of {mine}"


@cache
def program_identity() -> ProgramIdentity:
    """The identity of this brieftex; reads all of its files. Raises OSError."""
    fonts = bundled_folder()
    own = (
        path
        for path in PACKAGE.rglob("*")
        if "__pycache__" not in path.parts and not path.is_relative_to(fonts) and path.is_file()
    )
    frozen = [Path(sys.executable)] if getattr(sys, "frozen", False) else []
    return ProgramIdentity(
        __version__,
        f"{platform.python_version()}, zlib {zlib.ZLIB_RUNTIME_VERSION}, "
        f"{platform.system()} {platform.machine()}",
        _digest(PACKAGE, [*sorted(own), *frozen]),
        _digest(fonts, sorted(fonts.iterdir())),
        tuple((name, _version(name)) for name in LIBRARIES),
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _digest(folder: Path, files: Iterable[Path]) -> str:
    """One digest of all files and of their names below ``folder``."""
    whole = hashlib.sha256()
    for path in files:
        name = path.relative_to(folder) if path.is_relative_to(folder) else path.name
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{Path(name).as_posix()}\0{content}\n".encode())
    return whole.hexdigest()
