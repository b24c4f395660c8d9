from __future__ import annotations

from pathlib import Path

import pytest
from helpers.specimens import CHAR, EM, plain, set_lines, setting, style
from msgspec.structs import replace

from brieftex.layout.dump import dump, line_text
from brieftex.layout.lines.paragraph import set_text
from brieftex.layout.page import Anchor, Artifact, Link, Page, PlacedLine, PlacedPicture, PlacedRule
from brieftex.picture import Raster
from brieftex.styled.text import Text, TextRun
from brieftex.units import BLACK, Color, Rect, Size, pt

RED = Color(215, 38, 30)


def page(*items: object, **fields: object) -> Page:
    parts = {"links": (), "anchors": (), **fields}
    return Page(3, Size(pt(100), pt(200)), items, **parts)  # type: ignore[arg-type]


def body(made: Page) -> list[str]:
    return dump([made]).splitlines()[2:]


def test_the_head_of_a_dump_and_of_a_page() -> None:
    """Ensures that the format names its version, and each page its number and size."""
    assert dump([]) == "brieftex dump 1\n"
    assert dump([page()]) == "brieftex dump 1\npage 3 trim=100x200\n"


def test_lines() -> None:
    """Ensures that a line shows its place, its width, its natural width where it is another,
    its face and its text."""
    natural, filled = (set_lines(w, 5)[0] for w in ("中文", "中文字体排印测"))
    assert body(page(PlacedLine(pt(10), pt(20), natural))) == [
        "  line x=10 y=20 set=28 | {BriefTest-Regular 14}中文"
    ]
    loose = set_lines("中文字体排印测", 5.5)[0]
    assert body(page(PlacedLine(0, 0, loose))) == [
        "  line x=0 y=0 set=77 natural=70 | {BriefTest-Regular 14}中文字体排"
    ]
    assert "natural" not in body(page(PlacedLine(0, 0, filled)))[0]


@pytest.mark.parametrize("kind", list(Artifact))
def test_artifacts_are_named(kind: Artifact) -> None:
    """Ensures that a dump tells text from furniture."""
    (line,) = set_lines("中", 5)
    assert body(page(PlacedLine(0, 0, line, kind)))[0].startswith(f"  {kind.value.lower()} x=0")


def test_changes_of_look() -> None:
    """Ensures that size, colour and rise are named where they change, and nowhere else."""
    runs = (
        TextRun(1, CHAR, 0),
        TextRun(2, CHAR, 1),
        TextRun(3, replace(CHAR, color=RED), 0),
        TextRun(4, replace(CHAR, size=pt(8), rise=pt(4)), 0),
    )
    (line,) = set_text(replace(plain("中文字体"), runs=runs), style(), 9 * EM, setting())
    assert body(page(PlacedLine(0, 0, line)))[0].endswith(
        "| {BriefTest-Regular 14}中文{BriefTest-Regular 14 #d7261e}字{BriefTest-Regular 8 rise=4}体"
    )


def test_rules_pictures_anchors_and_links() -> None:
    """Ensures that whatever is on a page is in its dump, lengths with at most three
    decimals."""
    made = page(
        PlacedRule(Rect(pt(1), pt(2), pt(3), 1), BLACK),
        PlacedRule(Rect(0, 0, pt(3), pt("0.5")), RED),
        PlacedPicture(Rect(0, 0, pt(4), pt(5)), Raster(Path("images/a.png"), 4, 5), 1),
        links=(Link(Rect(pt(1), pt(2), pt(3), pt(4)), "https://a.cn", 1, ""),),
        anchors=(Anchor("here", pt(7)),),
    )
    assert body(made) == [
        "  rule 1,2 3x0",
        "  rule 0,0 3x0.5 #d7261e",
        "  picture 0,0 4x5 a.png",
        "  anchor here y=7",
        "  link 1,2 3x4 https://a.cn",
    ]


def test_line_text() -> None:
    """Ensures that a line's words are read from its glyphs, spaces among them."""
    text = Text("ab cd文", (TextRun(6, CHAR, 0),))
    (line,) = set_text(text, style(), 9 * EM, setting())
    assert line_text(line) == "ab cd文"
