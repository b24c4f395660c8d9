"""What the browser gets to draw: the layout's own places and the faces' own outlines."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pdf.made import A4, FANG, SANS, line, page, run
from PIL import Image

from brieftex.fonts.face import Face
from brieftex.layout.page import Artifact, PlacedPath, PlacedPicture, PlacedRule
from brieftex.picture import Raster
from brieftex.preview.page_json import ASIDE, LINE, PATH, RULE, PageEncoder, page_digest, path_data
from brieftex.preview.pictures import Pictures
from brieftex.units import SP_PER_PT, Color, Rect, pt
from brieftex.vector import Paint, ellipse


def no_picture(path: Path) -> tuple[str, tuple[int, ...]]:
    raise AssertionError(path)


def drawn(*items: Any, ink: PageEncoder | None = None) -> list[Any]:
    found: dict[str, Any] = json.loads((ink or PageEncoder()).page(page(*items), no_picture))
    assert found["size"] == pytest.approx([A4.width / SP_PER_PT, A4.height / SP_PER_PT], abs=1e-4)
    items_: list[Any] = found["items"]
    return items_


def followed(data: str) -> list[tuple[str, list[float]]]:
    """Relative path data as absolute strokes."""
    strokes: list[tuple[str, list[float]]] = []
    x = y = start_x = start_y = 0.0
    for letter, numbers in re.findall(r"([a-z])([^a-z]*)", data):
        values = [float(n) for n in re.findall(r"-?[\d.]+", numbers)]
        if letter == "z":
            x, y = start_x, start_y
            strokes.append(("Z", []))
            continue
        points = [value + (y if k % 2 else x) for k, value in enumerate(values)]
        x, y = points[-2:]
        if letter == "m":
            start_x, start_y = x, y
        strokes.append((letter.upper(), points))
    return strokes


@pytest.mark.parametrize("face", [FANG, SANS], ids=["cff", "truetype"])
def test_outlines_are_the_faces(face: Face) -> None:
    """Ensures that an outline put relative comes back to the same points, contour after
    contour, and that there is something to it."""
    for char in "国，Q8":
        strokes = face.outline(face.glyph(char))
        assert len(strokes) > 4
        back = followed(path_data(strokes))
        assert [letter for letter, _ in back] == [letter for letter, _ in strokes]
        for (_, ours), (_, theirs) in zip(back, strokes, strict=True):
            assert ours == pytest.approx(list(theirs), abs=0.2)
        left, right = face.ink(face.glyph(char)) or (0, 0)
        xs = [x for _, points in back for x in points[0::2]]
        # A curve's control points may lie beyond the ink, its ends do not.
        assert min(xs) <= left + 2
        assert max(xs) >= right - 2


@pytest.mark.parametrize("stretch", [1000, 1300])
@pytest.mark.parametrize("face", [FANG, SANS], ids=["cff", "truetype"])
def test_glyphs_stand_where_the_layout_put_them(face: Face, stretch: int) -> None:
    part = run("中文国字", face, size=pt("15.79"), gap=pt("0.337"), start=pt(3), stretch=stretch)
    placed = line(part, x=pt("79.37"), y=pt("123.4"))
    ((kind, x, y, *_, runs, _),) = drawn(placed)
    assert kind == LINE
    ((_, rise, across, up, glyphs, places, _),) = runs
    assert rise == 0
    assert y == pytest.approx(placed.y / SP_PER_PT, abs=1e-4)
    assert up * face.upem == pytest.approx(15.79, abs=1e-4)
    assert across == pytest.approx(up * stretch / 1000, rel=1e-6)
    for place, origin in zip(places, part.xs, strict=True):
        seen = x + place / 10 * across
        assert seen == pytest.approx((placed.x + origin) / SP_PER_PT, abs=0.002)
    assert glyphs == [f"0.{gid}" for gid in part.glyphs]


def test_every_glyph_has_its_outline() -> None:
    ink = PageEncoder()
    drawn(line(run("中", FANG), run("中", SANS)), ink=ink)
    assert set(ink.outlines) == {f"0.{FANG.glyph('中')}", f"1.{SANS.glyph('中')}"}
    assert ink.outlines[f"0.{FANG.glyph('中')}"] != ink.outlines[f"1.{SANS.glyph('中')}"]


def test_furniture_is_no_text() -> None:
    assert [item[0] for item in drawn(line(run("中"), artifact=Artifact.HEADER))] == [ASIDE]


def test_rules_and_paths() -> None:
    red, blue = Color(255, 0, 0), Color(0, 0, 255)
    rule, path = drawn(
        PlacedRule(Rect(pt(10), pt(20), pt(30), pt(1)), red),
        PlacedPath(pt(100), pt(200), ellipse(0, 0, pt(10), pt(5)), Paint(None, blue, pt(2)), -1),
    )
    assert rule == [RULE, 10, 20, 30, 1, "#ff0000"]
    assert path[0] == PATH
    assert path[1].startswith("M110 200C110 202.")
    assert path[2:] == ["none", "#0000ff", 2, [], 0, 0, "nonzero", [10, 0, 1, 1], []]


def test_a_page_is_known_by_what_is_on_it() -> None:
    """Ensures that a page that only stands elsewhere in the structure is not sent again, and
    one that looks otherwise is."""
    ink = PageEncoder()
    pages = [ink.page(page(line(run("中", node=node))), no_picture) for node in (1, 2)]
    other = ink.page(page(line(run("中", size=pt(15)))), no_picture)
    assert page_digest(pages[0]) == page_digest(pages[1]) != page_digest(other)


def test_pictures_are_those_of_the_pdf(tmp_path: Path) -> None:
    """Ensures that the window gets what the PDF gets: no profile, no data about the camera,
    white below what is transparent, another name when the file is another."""
    path = tmp_path / "a.png"
    pictures = Pictures()
    Image.new("RGBA", (4, 2), (255, 0, 0, 0)).save(path)
    item = PlacedPicture(Rect(0, 0, pt(4), pt(2)), Raster(path, 4, 2), 1)
    served, findings = pictures.use(item)
    assert findings == []
    assert pictures.by_name[served.name] is served
    assert (served.kind, served.turn) == ("image/png", (1, 0, 0, 1, 0, 0))
    (tmp_path / "b.png").write_bytes(served.data)
    with Image.open(tmp_path / "b.png") as image:
        assert (image.size, image.mode) == ((4, 2), "RGB")
        assert image.getpixel((3, 1)) == (255, 255, 255)
    photo = Image.new("L", (4, 2), 77)
    exif = Image.Exif()
    exif[274] = 6
    photo.save(path, "JPEG", exif=exif)
    item = replace(item, picture=Raster(path, 2, 4, 6))
    again, _ = pictures.use(item)
    assert again.name != served.name
    assert again.turn == (0, -1, 1, 0, 0, 1)
    assert b"Exif" not in again.data
    pictures.forget({again.name})
    assert set(pictures.by_name) == {again.name}
    assert pictures.use(item) == (again, [])
    path.write_bytes(b"no picture")
    nothing, [finding] = pictures.use(item)
    assert (nothing.data, finding.kind.name) == (b"", "undecodable-picture")


def test_pictures_on_pages() -> None:
    ink = PageEncoder()
    item = PlacedPicture(Rect(pt(1), pt(2), pt(3), pt(4)), Raster(Path("a.png"), 3, 4), 1)
    found = json.loads(ink.page(page(item), lambda _: ("name", (1, 0, 0, 1, 0, 0))))
    assert found["items"] == [[1, 1, 2, 3, 4, "name", [1, 0, 0, 1, 0, 0]]]
