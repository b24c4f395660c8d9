"""Places, links, navigation and reproducibility of the file, read back by other programs."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pymupdf
import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace
from pdf.made import A4, KAI, METADATA, NODES, SANS, SERIF, StructureNode, line, page, run, width

from brieftex.document.blocks import OutlineEntry
from brieftex.layout.page import (
    Anchor,
    Artifact,
    GlyphRun,
    Link,
    Page,
    Placed,
    PlacedLine,
    PlacedPath,
    PlacedRule,
)
from brieftex.memory import KeepingMemory
from brieftex.pdf.write import line_shapes
from brieftex.pdf.write.draw import draw
from brieftex.pdf.write.font import Font
from brieftex.pdf.write.line_shapes import ShownLines
from brieftex.pdf.write.objects import Packing
from brieftex.pdf.write.parts import glyphs_in_use
from brieftex.units import BLACK, Color, Rect, mm, pt, to_pt
from brieftex.vector import Paint, rectangle

RED = Color(200, 30, 30)


def shifted(part: GlyphRun, *steps: int) -> GlyphRun:
    """The run with its glyphs moved, each by its own number of Sp."""
    xs = tuple(x + steps[k % len(steps)] for k, x in enumerate(part.xs))
    return GlyphRun(
        part.face, part.size, part.color, part.rise, part.node, part.glyphs, xs, part.texts,
        part.stretch,
    )  # fmt: skip


def sample() -> list[Page]:
    """Every way a glyph can be placed: gaps of all sizes, faces, sizes, rise and stretch."""
    texts = run("天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。寒来暑往，秋收冬藏。", gap=1777)
    items = [
        line(texts, y=mm(40)),
        line(shifted(texts, 0, 90, -4000, 20000, -77), y=mm(50)),
        line(run("简报", SANS, pt("36.7"), gap=pt(9), color=RED), y=mm(70)),
        line(run("narrow and wide", SERIF, pt(11), stretch=870, gap=-300), y=mm(80)),
        line(run("1999", SERIF, pt(7), rise=pt(4), gap=5), y=mm(90)),
    ]
    han = run("讲第", KAI)
    latin = run("3.5kg", SERIF, start=width(han) + pt(4))
    note = run("[1]", SERIF, pt(8), start=latin.xs[-1] + pt(8), rise=pt(5))
    after = run("件事" * 9, KAI, start=note.xs[-1] + pt(7), gap=12345)
    items.append(line(han, latin, note, after, x=mm(31), y=mm(100)))
    # Rounding must not add up: 450 glyphs, each a third of an Sp-thousandth off.
    items.append(line(run("一" * 450, SERIF, 70_001, gap=1), y=mm(120)))
    return [page(*items), page(line(run("第二页", KAI, pt(22))), number=2)]


def origins(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """Character and origin of every glyph of every page, fillers left out. A copy with white
    before it has the origin of the glyph that it moves."""
    moves = moved(pdf)
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return [
            [
                (chr(code), x + moves.get((span["font"], glyph), 0) * span["size"], y)
                for span in sheet.get_texttrace()
                for code, glyph, (x, y), _ in span["chars"]
                if code != 0x200B
            ]
            for sheet in document
        ]


def moved(pdf: bytes) -> dict[tuple[str, int], float]:
    """How far to the right, in em, a glyph that is a copy of another draws it, by the name of
    the face and the number of the glyph."""
    found = {}
    with pikepdf.open(BytesIO(pdf)) as file:
        for font in file.pages[0].Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            if "/FontFile2" not in descriptor:
                continue
            program = TTFont(BytesIO(descriptor.FontFile2.read_bytes()))
            glyphs, upem = program["glyf"], program["head"].unitsPerEm
            for name in program.getGlyphOrder():
                if glyphs[name].isComposite() and len(glyphs[name].components) == 1:
                    part = glyphs[name].components[0]
                    key = str(font.BaseFont).split("+")[1], program.getGlyphID(name)
                    found[key] = part.x / upem
    return found


def test_every_glyph_stands_where_the_layout_put_it() -> None:
    # Catches adjustments in the wrong unit or sign, rounding that adds up, /Tc or /Tz left on.
    pages = sample()
    for sheet, found in zip(pages, origins(draw(pages, NODES, (), METADATA)), strict=True):
        wanted = [
            (text, to_pt(item.x + x), to_pt(item.y - part.rise))
            for item in sheet.items
            if isinstance(item, PlacedLine)
            for part in item.line.runs
            for x, text in zip(part.xs, part.texts, strict=True)
        ]
        key = lambda glyph: (round(glyph[2]), glyph[1])  # noqa: E731
        wanted.sort(key=key)
        found.sort(key=key)
        assert [glyph[0] for glyph in found] == [glyph[0] for glyph in wanted]
        for (text, x, y), (_, at_x, at_y) in zip(wanted, found, strict=True):
            assert abs(x - at_x) < 0.01, (text, x, at_x)
            assert abs(y - at_y) < 0.01, (text, y, at_y)


def test_colour_and_rule_are_painted() -> None:
    # Catches a colour that stays on from the text before, and y counted from the wrong edge.
    items = (
        PlacedRule(Rect(mm(20), mm(30), mm(100), mm(10)), RED),
        line(run("一" * 8, SANS, pt(40), color=BLACK), y=mm(100)),
    )
    with pymupdf.open(stream=draw([page(*items)], NODES, (), METADATA)) as document:
        pixels = document[0].get_pixmap(dpi=72)
        inside, below = (
            pixels.pixel(int(to_pt(mm(60))), int(to_pt(mm(height)))) for height in (35, 45)
        )
        assert inside == pytest.approx((200, 30, 30), abs=1)
        assert below == (255, 255, 255)
        assert {document[0].get_text("dict")["blocks"][0]["lines"][0]["spans"][0]["color"]} == {0}


def test_no_face_but_the_embedded_ones() -> None:
    # Catches reportlab's preamble, which selects Helvetica on every page.
    with pikepdf.open(BytesIO(draw(sample(), NODES, (), METADATA))) as pdf:
        for sheet in pdf.pages:
            for font in sheet.Resources.Font.values():
                assert font.Subtype == "/Type0"
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert b"Helvetica" not in b"".join(bytes(o.unparse()) for o in pdf.objects)


NAVIGATION = (
    [
        Page(1, A4, (line(run("看网站和第二页", node=1)),), (
            Link(Rect(mm(30), mm(40), mm(20), mm(8)), "https://例.cn/a%20b?c=(d)#e", 2, "网站"),
            Link(Rect(mm(60), mm(40), mm(20), mm(8)), "#there", 3, "第二页"),
        ), (Anchor("here", mm(30)),)),
        page(line(run("第二页", node=1)), number=2, anchors=(Anchor("there", mm(50)),)),
    ],
    (*NODES, StructureNode("Link", 1), StructureNode("Link", 1)),
)  # fmt: skip


def test_links_lead_where_they_say() -> None:
    # Catches a rectangle upside down, an unescaped parenthesis, Han letters in a URI.
    with pymupdf.open(stream=draw(*NAVIGATION, (), METADATA)) as document:
        web, inside = sorted(document[0].get_links(), key=lambda link: link["from"].x0)
        assert web["uri"] == "https://%E4%BE%8B.cn/a%20b?c=(d)#e"
        assert web["from"].x0 == pytest.approx(to_pt(mm(30)), abs=0.01)
        assert web["from"].y0 == pytest.approx(to_pt(mm(40)), abs=0.01)
        assert inside["page"] == 1
        assert inside["to"].y == pytest.approx(to_pt(mm(50)), abs=0.01)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "#nowhere", "x"])
def test_other_links_are_refused(href: str) -> None:
    # Catches a scheme that could run something, and a bookmark that leads nowhere in silence.
    link = Link(Rect(0, 0, pt(9), pt(9)), href, 1, "")
    with pytest.raises(ValueError, match=r"link|anchor"):
        draw([page(line(run("一")), links=(link,))], NODES, (), METADATA)


def test_outline_and_page_labels() -> None:
    # Catches wrong nesting where a level is skipped, and labels that ignore the numbers.
    entries = [
        OutlineEntry(0, "一、高校动态", "here"),
        OutlineEntry(2, "1. 某大学（新）", "there"),
        OutlineEntry(1, "2. Another", "there"),
        OutlineEntry(0, "附件", "here"),
    ]
    with pymupdf.open(stream=draw(*NAVIGATION, entries, METADATA)) as document:
        toc = document.get_toc()
        assert toc == [
            [1, "一、高校动态", 1],
            [2, "1. 某大学（新）", 2],
            [2, "2. Another", 2],
            [1, "附件", 1],
        ]
        assert [sheet.get_label() for sheet in document] == ["1", "2"]


def digest_of_bytes() -> str:
    """What tells the bytes of two files apart from others."""
    both = draw(sample(), NODES, (), METADATA) + draw(*NAVIGATION, (), METADATA)
    return sha256(both).hexdigest()


def test_same_pages_same_bytes() -> None:
    # Catches the clock, the time zone, set order and object addresses in the file.
    script = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
    script += "from pdf.test_draw import digest_of_bytes; print(digest_of_bytes())"
    other = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "America/Lima"},
    )  # fmt: skip
    assert other.stdout.strip() == digest_of_bytes()


def file_id(pdf: bytes) -> bytes:
    """The file's /ID."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return bytes(document.trailer.ID[0])


def test_id_tells_contents_apart() -> None:
    # Catches reportlab's own /ID, which knows the title and the time only.
    one, other = (draw([page(line(run(text)))], NODES, (), METADATA) for text in ("甲", "乙"))
    assert file_id(one) != file_id(other)
    assert file_id(one) == file_id(draw([page(line(run("甲")))], NODES, (), METADATA))


def test_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    # Catches a date from the clock, and SOURCE_DATE_EPOCH in the XMP but not in Info.
    def dates() -> tuple[str, str]:
        with pikepdf.open(BytesIO(draw([page(line(run("甲")))], NODES, (), METADATA))) as pdf:
            return str(pdf.docinfo.CreationDate), pdf.open_metadata()["xmp:CreateDate"]

    assert dates() == ("D:20240320120000Z", "2024-03-20T12:00:00Z")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert dates() == ("D:20231114221320Z", "2023-11-14T22:13:20Z")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "-50000000000")  # a year of three digits
    assert dates() == ("D:03850725070640Z", "0385-07-25T07:06:40Z")


def test_sound_for_qpdf(tool: Callable[[str], str], tmp_path: Path) -> None:
    # Catches wrong offsets and stream lengths.
    path = tmp_path / "made.pdf"
    path.write_bytes(draw(*NAVIGATION, (), METADATA))
    subprocess.run([tool("qpdf"), "--check", path], check=True, capture_output=True)


def test_outlines_stand_where_the_layout_put_them() -> None:
    # Catches y counted from the wrong edge, an offset lost, and a pen left on for what follows.
    shape = rectangle(Rect(0, 0, mm(30), mm(20)))
    paint = Paint(fill=RED, stroke=BLACK, width=pt(2), dash=(pt(4), pt(1)))
    clip = rectangle(Rect(0, 0, mm(5), mm(5)))
    items = (
        PlacedPath(mm(40), mm(50), shape, paint, 1),
        PlacedPath(mm(90), mm(50), shape, Paint(fill=BLACK), 1, (clip,)),
        PlacedPath(mm(40), mm(90), shape, Paint(stroke=RED, width=pt(1)), -1),
    )
    with pymupdf.open(stream=draw([page(*items)], NODES, (), METADATA)) as pdf:
        first, clipped, last = pdf[0].get_drawings()
        picture = pdf[0].get_pixmap(dpi=72)
    wanted = [to_pt(mm(v)) for v in (40, 50, 70, 70)]
    assert list(first["rect"]) == pytest.approx(wanted, abs=0.01)
    assert first["fill"] == pytest.approx((200 / 255, 30 / 255, 30 / 255), abs=0.01)
    assert (first["width"], first["dashes"]) == (pytest.approx(2), "[ 4 1 ] 0")
    assert clipped["type"] == "f"
    assert picture.pixel(*(round(to_pt(mm(v))) for v in (92, 52))) == (0, 0, 0)
    assert picture.pixel(*(round(to_pt(mm(v))) for v in (100, 52))) == (255, 255, 255)
    assert (last["type"], last["width"], last["dashes"]) == ("s", pytest.approx(1), "[] 0")


def test_copies_of_glyphs_in_a_running_head_are_made_for_each_page_that_has_it() -> None:
    """Ensures that a page that is kept asks for the copies in its head, though that was set for a
    page that is gone: without them it would show glyphs that its font does not have."""
    han = run("简报", KAI)
    head = line(han, run("15", SERIF, start=width(han) + pt(4))).line
    placed = PlacedLine(mm(30), mm(20), head, Artifact.HEADER)
    first, second = (page(placed, line(run(text, KAI), y=mm(40))) for text in ("简", "报"))
    third = page(line(run("简报", KAI), run("15", SERIF, start=mm(50)), y=mm(40)))
    memory = KeepingMemory()
    draw([first, second, third], NODES, (), METADATA, memory=memory)
    kept = draw([second, third], NODES, (), METADATA, memory=memory)
    assert kept == draw([second, third], NODES, (), METADATA)


def test_a_line_is_shown_as_it_would_be_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines whose glyphs stand in the same places, of which some are blanks, some not of Han, one
    not what its font says, and one can have no more white."""
    places = run("天地玄黄宇宙", SERIF, gap=pt(4))
    texts = "天地玄黄宇宙", "天　玄黄宇宙", "天Ａ玄黄宇宙", "日月盈昃辰宿", "洪荒列张寒来"
    glyphs = [run(text, SERIF).glyphs for text in texts]
    runs = [replace(places, glyphs=g, texts=tuple(t)) for g, t in zip(glyphs, texts, strict=True)]
    runs.append(replace(runs[3], texts=tuple("日月盈昃時宿")))
    font = Font(SERIF, "F0", glyphs_in_use([page(*map(line, reversed(runs)))])[SERIF])
    spaceable, fixed = font.spaceable, run("列", SERIF).glyphs[0]
    monkeypatch.setattr(font, "spaceable", lambda glyph: glyph != fixed and spaceable(glyph))
    together = ShownLines({SERIF: font})
    for one in [*runs, *runs[::-1]]:
        alone, codes = ShownLines({SERIF: font}).shown(line(one).line)
        shown, found = together.shown(line(one).line)
        assert [r.pieces for r in shown.runs] == [r.pieces for r in alone.runs], one.texts
        assert [r.rooms for r in shown.runs] == [r.rooms for r in alone.runs]
        assert (found, shown.xs, shown.advances) == (codes, alone.xs, alone.advances)
        assert shown.spread == alone.spread


def test_a_line_is_written_as_it_would_be_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines of the same shapes over and over, behind others that leave another face, colour,
    spacing and stretch in force, at other places, in a text that a rule breaks off."""
    han, latin = (
        run("天地玄黄，宇宙", SERIF, gap=1777),
        run("1999", KAI, start=pt(130), stretch=900),
    )
    red = run("洪荒", SERIF, start=pt(200), color=RED, rise=pt(2))
    shapes = (han,), (han, latin), (red, latin), (latin, red, shifted(han, 0, 90, -4000)), (latin,)
    shapes = *shapes, (han, replace(latin, node=-1))
    bold = run("日月", SERIF, stroke=pt(1))
    items: list[Placed] = []
    for k, number in enumerate(Random(3).choices(range(len(shapes)), k=26)):
        where = mm(20) + 29 * k, mm(20 + 10 * k)
        items.append(line(*shapes[number], x=where[0], y=where[1]))
        items += [line(bold, y=where[1] + mm(4))] * (k % 4 == 3)
        items += [PlacedRule(Rect(mm(20), where[1], mm(9), mm(1)), RED)] * (k % 5 == 4)
    pages = [page(*items), page(*items[::-1], number=2)]
    written = draw(pages, NODES, (), METADATA)
    monkeypatch.setattr(line_shapes, "_with_whites", lambda *_: False)  # no shape is known
    assert written == draw(pages, NODES, (), METADATA)


@pytest.mark.parametrize("size", [100, 4_000_000])
def test_data_asked_for_at_once_is_compressed(size: int) -> None:
    """Catches data that is taken before the thread that compresses it has ended."""
    data = Random(1).randbytes(size)
    assert zlib.decompress(Packing(data).result()) == data
