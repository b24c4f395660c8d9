"""Text copied out of the file is the text put in, whatever stands between the glyphs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pypdfium2
import pytest
from msgspec.structs import replace
from pdf.made import FANG, METADATA, NODES, SERIF, emphasized, line, page, run, width

from brieftex.document.blocks import StructureNode
from brieftex.fonts.face import Face
from brieftex.layout.page import GlyphRun, PlacedLine
from brieftex.pdf.write.draw import draw
from brieftex.pipeline import typeset
from brieftex.units import SP_PER_PT, Sp, mm, pt

Reader = Callable[[Path], str]
GAPS = tuple(k / 50 for k in range(37))  # em


def poppler(path: Path) -> str:
    """In the order of the lines on the page."""
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()


def poppler_raw(path: Path) -> str:
    """In the order of the content."""
    command = ["pdftotext", "-raw", path, "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def mupdf(path: Path) -> str:
    with pymupdf.open(path) as document:
        return "\n".join(sheet.get_text() for sheet in document)


def pdfium(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(sheet.get_textpage().get_text_range() for sheet in document)
    finally:
        document.close()


@pytest.fixture(params=[poppler, poppler_raw, mupdf, pdfium])
def reader(request: pytest.FixtureRequest, tool: Callable[[str], str]) -> Reader:
    """Each of the programs people read PDF with."""
    if request.param in (poppler, poppler_raw):
        tool("pdftotext")
    return request.param


def read(lines: list[PlacedLine], reader: Reader, folder: Path) -> list[str]:
    """The lines of text that a reader finds, ten to a page."""
    sheets = [lines[i : i + 10] for i in range(0, len(lines), 10)]
    pages = [page(*rows, number=k) for k, rows in enumerate(sheets, 1)]
    path = folder / "made.pdf"
    path.write_bytes(draw(pages, NODES, (), METADATA))
    return [row for row in reader(path).replace("\f", "\n").splitlines() if row.strip()]


def spaced(size: Sp, gap: Sp, *parts: tuple[str, Face]) -> tuple[GlyphRun, ...]:
    """Texts of several faces on one line, ``gap`` apart."""
    runs: list[GlyphRun] = []
    start = 0
    for text, face in parts:
        runs.append(run(text, face, size, start=start))
        start = runs[-1].xs[0] + width(runs[-1]) + gap
    return tuple(runs)


@pytest.mark.parametrize("size", [9, 16, 22])
def test_no_space_where_han_meets_latin(size: int, reader: Reader, tmp_path: Path) -> None:
    # Catches the space that readers guess from 0.10 em (Poppler) or 0.15 em (MuPDF) on.
    parts = (("讲", FANG), ("3.5kg", SERIF), ("事情", FANG), ("OECD", SERIF), ("。", FANG))
    rows = [
        line(*spaced(pt(size), round(gap * pt(size)), *parts), y=mm(20 + 20 * (k % 10)))
        for k, gap in enumerate(GAPS)
    ]
    assert read(rows, reader, tmp_path) == ["讲3.5kg事情OECD。"] * len(GAPS)


@pytest.mark.parametrize("text", ["资政参考简报", "briefing", "二〇2年4月"])
def test_no_space_in_spaced_text(text: str, reader: Reader, tmp_path: Path) -> None:
    # Catches spaces in a title set wide, and in a line justified with great gaps.
    rows = [
        line(run(text, FANG, gap=round(gap * pt(16))), y=mm(20 + 20 * (k % 10)))
        for k, gap in enumerate(GAPS)
    ]
    assert read(rows, reader, tmp_path) == [text] * len(GAPS)


def test_justified_line_with_gaps(reader: Reader, tmp_path: Path) -> None:
    # Catches /Tc moving a filler away from the end of the glyph before it.
    rows = []
    for k in range(9):
        stretch = k * pt("0.15")
        han = run("讲第一百二十号事情", FANG, gap=stretch)
        latin = run("2025", SERIF, start=width(han) + pt(4) + stretch)
        after = run("年的汉字共有", FANG, gap=stretch, start=latin.xs[0] + width(latin) + pt(4))
        rows.append(line(han, latin, after, y=mm(20 + 20 * k)))
    assert read(rows, reader, tmp_path) == ["讲第一百二十号事情2025年的汉字共有"] * 9


def test_real_spaces_stay(reader: Reader, tmp_path: Path) -> None:
    # Catches a bridge over a gap that has a space in it.
    text = "An instrument 甲 that"
    assert read([line(run(text, SERIF, gap=pt(1)))], reader, tmp_path) == [text]


def test_squeezed_marks(reader: Reader, tmp_path: Path) -> None:
    # Catches text lost or put out of order where glyphs stand closer than they are wide.
    marks = run("说：《甲》（乙）。", FANG)
    half = pt(8)
    squeeze = (0, 0, half, half, half, 2 * half, 2 * half, 2 * half, 3 * half)
    xs = tuple(x - less for x, less in zip(marks.xs, squeeze, strict=True))
    squeezed = GlyphRun(FANG, marks.size, marks.color, 0, 1, marks.glyphs, xs, marks.texts)
    assert read([line(squeezed)], reader, tmp_path) == ["说：《甲》（乙）。"]


def test_glyph_shared_by_two_characters(reader: Reader, tmp_path: Path) -> None:
    # Catches • copied as ·, which Fandol draws with the same glyph.
    assert FANG.glyph("·") == FANG.glyph("•")
    text = "马克·吐温第一•第二"
    assert read([line(run(text, FANG))], reader, tmp_path) == [text]


def test_one_glyph_for_two_characters(reader: Reader, tmp_path: Path) -> None:
    # Catches ToUnicode with the first character of a ligature only.
    ligature = run(["甲", "fi", "乙"], SERIF)
    assert read([line(ligature)], reader, tmp_path) == ["甲fi乙"]


def test_two_glyphs_for_one_character(reader: Reader, tmp_path: Path) -> None:
    # Catches a mark that belongs to the letter before it copied as a character of its own.
    plain = run("甲e'乙", SERIF)
    accented = GlyphRun(
        SERIF, plain.size, plain.color, 0, 1, plain.glyphs, plain.xs, ("甲", "é", "", "乙")
    )
    assert read([line(accented)], reader, tmp_path) == ["甲é乙"]


def test_every_blank_of_a_face_in_use(reader: Reader, tmp_path: Path) -> None:
    # Catches fillers that leave no glyph for real spaces, wide ones and narrow ones.
    wide = run("期　总 第", FANG)
    gapped = spaced(pt(16), pt(4), ("年", FANG), ("2", FANG), ("月", FANG))
    found = read([line(wide), line(*gapped, y=mm(90))], reader, tmp_path)
    assert found[-1] == "年2月"
    assert "".join(found[:-1]).replace("　", " ").replace(" ", "") == "期总第"


def test_names_at_two_edges_stay_apart(reader: Reader, tmp_path: Path) -> None:
    # Catches a bridge from the issuer at the left edge to the date at the right.
    apart = spaced(pt(16), 300 * SP_PER_PT, ("研究室", FANG), ("二月", FANG))
    assert "研究室二月" not in " ".join(read([line(*apart)], reader, tmp_path))


def test_emphasis_is_copied_as_its_text(reader: Reader, tmp_path: Path) -> None:
    """Catches a bold that prints its characters twice, dots that are copied, and a line that a
    reading above cuts in two."""
    nodes = [
        *NODES,
        StructureNode("P", 0),
        StructureNode("Ruby", 2),
        StructureNode("RB", 3),
        StructureNode("RT", 3),
    ]
    path = tmp_path / "made.pdf"
    path.write_bytes(draw([page(emphasized(3))], nodes, (), METADATA))
    rows = [row.strip() for row in reader(path).replace("\f", "\n").splitlines() if row.strip()]
    assert sorted(rows) == ["lu zhi", "务必核对歙县的读音"]


URL = "https://example.edu.cn/reform/2026/large-instruments?page=2"


def test_an_address_of_several_lines_is_copied_whole(reader: Reader, tmp_path: Path) -> None:
    """Catches line ends within it, which make an address that leads nowhere."""
    nodes = [*NODES, StructureNode("Link", 1)]
    rows = [run("见", gap=pt(4)), run(URL[:20], SERIF, node=2, start=pt(20))]
    rest = [run(URL[20:45], SERIF, node=2)], [run(URL[45:], SERIF, node=2)]
    start = width(rest[1][0])
    rest[1].append(run("，又见", start=start))
    placed = [
        replace(one, line=replace(one.line, links=((0, pt(100), URL, 2),)))
        for one in (line(*parts, y=mm(30 + 10 * k)) for k, parts in enumerate((rows, *rest)))
    ]
    path = tmp_path / "made.pdf"
    path.write_bytes(draw([page(*placed)], nodes, (), METADATA))
    text = reader(path).replace("\u200b", "")
    assert f"见{URL}" in text
    assert [row for row in text.splitlines() if row.strip("\f")][1:] == ["，又见"]


def test_a_word_keeps_its_own_hyphen(reader: Reader, tmp_path: Path) -> None:
    """Catches e-mail copied as email when it ends a line at its hyphen."""
    rows = [line(run("又一封e-", SERIF)), line(run("mail到了", SERIF), y=mm(57))]
    found = read(rows, reader, tmp_path)
    assert [row.replace("\u200b", "") for row in found] == ["又一封e-", "mail到了"]


def test_the_hyphen_within_a_line_has_no_company(tmp_path: Path) -> None:
    """Catches the zero width space of a line's end in every hyphen of the face."""
    rows = [line(run("又一封e-", SERIF)), line(run("e-mail到了", SERIF), y=mm(57))]
    path = tmp_path / "made.pdf"
    path.write_bytes(draw([page(*rows)], NODES, (), METADATA))
    assert mupdf(path).split() == ["又一封e-\u200b", "e-mail到了"]


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with marks that are pressed to nothing, at eighteen places of a line."""
    folder = tmp_path_factory.mktemp("pressed")
    words = "副院长打了个比方：“十家人合开一口井，最怕的不是水不够，而是每打一桶都要写一张借条。”"
    issue, made = folder / "issue.yaml", folder / "made.pdf"
    masthead = "{name: 简报, number: 1, issuer: 甲, date: 2024-03-20}"
    bodies = "\n\n".join(f"    {'甲' * count}{words}" for count in range(10, 28))
    issue.write_text(
        f"brieftex: 1\nmasthead: {masthead}\nforeword:\n  body: |\n{bodies}\n", "utf-8"
    )
    made.write_bytes(typeset(issue, bundled_fonts=True).pdf)
    return made


def test_what_follows_a_mark_pressed_to_nothing_is_read(reader: Reader, pressed: Path) -> None:
    """Ensures that a filler between two pressed marks has a stretch that can be written: a
    number with an exponent in it ends the page for Poppler."""
    text = "".join(reader(pressed).split()).replace("\u200b", "")
    assert text.count("写一张借条") == text.count("打了个比方") == 18
