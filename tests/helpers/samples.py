"""Issues that many tests look at, each set once in a process."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from suite.test_suite import furnished

from brieftex.pipeline import Typeset, typeset
from brieftex.twin.make import word_document
from brieftex.word.write.twin import Twin

_ROOT = Path(__file__).parents[2]


@cache
def sample(theme: str | None = None, edition: str | None = None) -> Typeset:
    """The sample issue, set in the bundled faces."""
    return typeset(_ROOT / "briefing.yaml", theme=theme, edition=edition, bundled_fonts=True)


@cache
def twin_of(path: Path, theme: str | None = None) -> Twin:
    """The document of Word that one of the project's own issues becomes."""
    return word_document(path, theme=theme, bundled_fonts=True).twin


@cache
def digest(
    theme: str | None = None, edition: str | None = None, *, attach_source: bool = False
) -> Typeset:
    """An issue of five pages with all that the sample has, each once: for tests that ask what a
    theme or an edition does to each kind of thing, and not what many pages do."""
    return typeset(
        digest_path(), theme=theme, edition=edition, bundled_fonts=True, attach_source=attach_source
    )


@cache
def digest_path() -> Path:
    """The file of this issue, beside what it refers to."""
    return Path(shutil.copy(Path(__file__).with_name("digest.yaml"), _desk()))


@cache
def _desk() -> Path:
    """A folder with what the cases of the suite refer to, as long as the process lives."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return furnished(folder)
