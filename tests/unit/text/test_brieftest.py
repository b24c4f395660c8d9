from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from brieftex.fonts.face import Face

FONTS = Path(__file__).parents[2] / "fonts"


@pytest.fixture(scope="module")
def face() -> Face:
    return Face(FONTS / "BriefTest.ttf")


def test_the_committed_font_is_what_the_script_builds() -> None:
    script = runpy.run_path(str(FONTS / "make_brieftest.py"))
    assert script["build"]() == (FONTS / "BriefTest.ttf").read_bytes()


def test_the_font_is_small() -> None:
    assert (FONTS / "BriefTest.ttf").stat().st_size < 20_000


@pytest.mark.parametrize(
    ("chars", "width"),
    [
        ("一中文试〇", 1000),
        ("，。、；：？！“”‘’（）《》…·—", 1000),
        ("0159azAZ%/-()", 500),
        (" \u00a0", 250),
    ],
)
def test_widths(face: Face, chars: str, width: int) -> None:
    assert {face.advance(face.glyph(char)) for char in chars} == {width}


@pytest.mark.parametrize(
    ("chars", "ink"),
    [
        ("（《“‘【", (550, 950)),
        ("）》”’】，。、；：？！", (50, 450)),
        ("—", (0, 1000)),
        ("·", (450, 550)),
        ("…", (100, 900)),
        ("一", (50, 950)),
    ],
)
def test_ink(face: Face, chars: str, ink: tuple[int, int]) -> None:
    assert {face.ink(face.glyph(char)) for char in chars} == {ink}
