"""Nothing prints over anything: sound files pass, and text that is moved in one is found."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import ControlBoundsPen
from helpers.samples import digest, sample
from helpers.support import ISSUE

from brieftex.diagnostics import Finding
from brieftex.fonts.face import Face
from brieftex.input.theme import edition_names, theme_names
from brieftex.pdf.read.audit import overlaps
from brieftex.pdf.read.glyph_boxes import GlyphBoxes
from brieftex.pdf.read.overlap import misprints
from brieftex.pdf.read.parse import PdfFile, UnusualPdfError
from brieftex.pdf.read.pypdf_bridge import decoded, rewritten
from brieftex.pdf.read.readback import Readback
from brieftex.pdf.read.verify import verify
from brieftex.pipeline import typeset

FONTS = Path(__file__).parents[2] / "fonts"
EDITIONS = ("", *edition_names())
TM = re.compile(rb"([-.\d]+) ([-.\d]+) Tm")


def found(pdf: bytes) -> list[Finding]:
    """What lies on one another, in figures, too, and beyond the paper."""
    try:
        read = Readback(PdfFile(pdf))
    except UnusualPdfError:  # the mail edition's
        read = Readback(PdfFile(rewritten(pdf)[0]), decoded)
    return overlapping(read)


def overlapping(read: Readback) -> list[Finding]:
    """The same in a file that was read."""
    for sheet in read.sheets:
        _, placement = read.shown(sheet)
        assert placement is not None
        sheet.misprints = misprints(placement, figures=True)
    return list(overlaps(read))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("theme", theme_names())
def test_charts_print_over_nothing(root: Path, theme: str, edition: str) -> None:
    """Ensures it for words in charts, in every theme and edition."""
    charts = root / "docs/charts.yaml"
    made = typeset(charts, theme=theme, edition=edition or None, bundled_fonts=True)
    assert found(made.pdf) == []


@pytest.mark.parametrize(
    ("theme", "edition"),
    [*((theme, "") for theme in theme_names()), *(("briefing", e) for e in edition_names())],
)
def test_the_digest_prints_over_nothing(theme: str, edition: str) -> None:
    """Ensures it for squeezed marks, notes, ruby, dots, contents and watermarks."""
    assert found(digest(theme, edition or None).pdf) == []


def test_the_sample_prints_over_nothing() -> None:
    """Ensures it for pages as they are in life."""
    assert found(sample().pdf) == []


@pytest.mark.parametrize("theme", theme_names())
def test_slashes_that_a_font_kerns_are_no_overlap(tmp_path: Path, theme: str) -> None:
    """An address in a title was refused."""
    path = tmp_path / "a.yaml"
    path.write_text(
        ISSUE.replace("title: ", "title: 见https://a.cn/b；C:\\\\data//"), encoding="utf-8"
    )
    assert found(typeset(path, theme=theme, bundled_fonts=True).pdf) == []


def test_marks_that_combine_are_no_overlap(tmp_path: Path) -> None:
    """Characters in a circle and in a square, and struck out, were refused."""
    path = tmp_path / "a.yaml"
    marks = "甲\u20dd乙\u20de，旧\u0336文\u0336，e\u0304\u0301"
    path.write_text(ISSUE.replace("title: ", f"title: {marks}"), encoding="utf-8")
    assert found(typeset(path, bundled_fonts=True).pdf) == []


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page of text."""
    path = tmp_path_factory.mktemp("overlap") / "issue.yaml"
    path.write_text(ISSUE, "utf-8")
    return typeset(path, bundled_fonts=True).pdf


def places(pdf: bytes) -> list[tuple[bytes, bytes]]:
    """Where runs of text begin on the first page."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [(m[1], m[2]) for m in TM.finditer(opened.pages[0].Contents.read_bytes())]


def moved(pdf: bytes, number: int, place: tuple[bytes, bytes]) -> bytes:
    """The file with one run of its first page somewhere else."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        stream = opened.pages[0].Contents
        data = stream.read_bytes()
        match = list(TM.finditer(data))[number]
        stream.write(data[: match.start()] + b"%b %b Tm" % place + data[match.end() :])
        result = BytesIO()
        opened.save(result)
    return result.getvalue()


def test_the_moved_file_was_sound(sound: bytes) -> None:
    """Ensures that what the next tests find is what they put in."""
    assert found(sound) == []
    assert len(places(sound)) >= 8


def test_a_run_that_is_moved_onto_another_is_found(sound: bytes) -> None:
    """Ensures that a page says which words lie on which, whatever run has been moved."""
    runs = places(sound)
    for number in range(1, len(runs)):
        hits = found(moved(sound, number, runs[number - 1]))
        assert [hit.kind.code for hit in hits[:1]] == ["BT914"], runs[number]
        assert dict(hits[0].values)["page"] == 1


@pytest.mark.parametrize(
    "place", [(b"-40", b"400"), (b"590", b"400"), (b"300", b"-9"), (b"300", b"838")]
)
def test_a_run_that_leaves_the_paper_is_found(sound: bytes, place: tuple[bytes, bytes]) -> None:
    """Ensures it at all four edges, and through ``verify``."""
    hits = [f for f in verify(moved(sound, 3, place)) if f.kind.code == "BT915"]
    assert hits
    assert dict(hits[0].values)["page"] == 1


def test_a_hair_is_no_overlap(sound: bytes) -> None:
    """Ensures that a run may come as near to another as letters are kerned."""
    runs = places(sound)
    for number, (x, y) in enumerate(runs):
        near = (b"%.2f" % (float(x) - 1), b"%.2f" % (float(y) + 1))
        assert [h.kind.code for h in found(moved(sound, number, near))] == []


def test_a_character_printed_twice_is_bold(sound: bytes) -> None:
    """Ensures that what is drawn again in its place, as some programs embolden, passes."""
    with pikepdf.open(BytesIO(sound)) as opened:
        stream = opened.pages[0].Contents
        data = stream.read_bytes()
        again = re.sub(rb"/\w+ *<<.*?>> *BDC|EMC", b"", data)
        again = b"/Artifact BMC q 1 0 0 1 0.3 0 cm " + again + b" Q EMC"
        stream.write(b"q " + data + b" Q " + again)
        result = BytesIO()
        opened.save(result)
    assert found(result.getvalue()) == []


@pytest.mark.parametrize("name", ["FandolFang-Regular.otf", "FandolKai-Regular.otf"])
def test_the_boxes_of_cff_glyphs(name: str) -> None:
    """Ensures that boxes are those that fontTools finds, for marks, Han and letters."""
    face = Face(FONTS / name)
    subset = face.subset([face.glyph(char) for char in "，。《》“”—…一永鬱龘简报AgjQ0189%"])
    table = CFFFontSet()
    table.decompile(BytesIO(subset.program), None)
    strings, boxes = table[0].CharStrings, GlyphBoxes(lambda: subset.program)
    for gid, glyph in enumerate(table[0].charset):
        pen = ControlBoundsPen(None)
        strings[glyph].draw(pen)
        edges = pen.bounds or (0, 0, 0, 0)
        assert boxes.box(gid) == pytest.approx([edge / 1000 for edge in edges], abs=1e-6)


@pytest.mark.parametrize("program", [b"", b"\1\0\4\1", b"\0\1\0\0\0\1", b"OTTO" * 40])
def test_a_broken_program_has_no_boxes(program: bytes) -> None:
    """Ensures that a damaged font is no reason to fail."""
    assert GlyphBoxes(lambda: program).box(3) is None
