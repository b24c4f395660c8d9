"""Pages of other programs' files as forms: where they and their annotations come to lie."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from brieftex.foreign import DamagedError
from brieftex.pdf.read.foreign import ForeignPart, read_foreign

pytestmark = pytest.mark.usefixtures("sound_files")  # all but a few are, and those are small

LEFT, BOTTOM, RIGHT, TOP = 20, 30, 220, 430
NUMBER = rb"-?[\d.]+"
STAMP = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form}


def taken(turn: int = 0, *notes: dict[str, Any], root: dict[str, Any] | None = None) -> ForeignPart:
    """A page 200 by 400 points, turned, with these annotations; in ``AP`` stands a form's /BBox and
    /Matrix."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(500, 500))
    page.obj.CropBox = [LEFT, BOTTOM, RIGHT, TOP]
    page.obj.Rotate = turn
    made = []
    for note in notes:
        entries: dict[str, Any] = {"Type": pikepdf.Name.Annot, "Rect": [40, 50, 100, 80], **note}
        if "AP" in note:
            box, matrix = note["AP"]
            form = pdf.make_stream(b"0 0 9 9 re f", BBox=box, Matrix=matrix, **STAMP)
            entries["AP"] = pikepdf.Dictionary(N=form)
        made.append(pdf.make_indirect(pikepdf.Dictionary(**entries)))
    if made:
        page.obj.Annots = pikepdf.Array(made)
        widgets = [one for one in made if one.Subtype == pikepdf.Name.Widget]
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(widgets))
    for key, value in (root or {}).items():
        pdf.Root[key] = value
    stream = BytesIO()
    pdf.save(stream)
    return read_foreign(stream.getvalue(), ((1, 1),))


def form_of(part: ForeignPart) -> tuple[bytes, bytes]:
    """The dictionary of the page's form and what it draws."""
    body = [one for one in part.objects[part.pages[0].form] if isinstance(one, bytes)]
    return b"".join(body[:-2]), zlib.decompress(body[-2])


def numbers(text: bytes) -> list[float]:
    return [float(one) for one in re.findall(NUMBER, text)]


def moved(matrix: list[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@pytest.mark.parametrize(
    ("turn", "upper_left", "lower_right", "size"),
    [
        (0, (LEFT, TOP), (RIGHT, BOTTOM), (200, 400)),
        (90, (LEFT, BOTTOM), (RIGHT, TOP), (400, 200)),
        (180, (RIGHT, BOTTOM), (LEFT, TOP), (200, 400)),
        (270, (RIGHT, TOP), (LEFT, BOTTOM), (400, 200)),
        (-90, (RIGHT, TOP), (LEFT, BOTTOM), (400, 200)),
    ],
)
def test_a_page_fills_the_unit_square_upright(
    turn: int, upper_left: tuple[int, int], lower_right: tuple[int, int], size: tuple[int, int]
) -> None:
    """Ensures that the corner which a viewer shows at the upper left, when it has turned the page
    clockwise (ISO 32000-1, table 30), comes to lie there, and the opposite one opposite."""
    part = taken(turn)
    entries, _ = form_of(part)
    matrix = numbers(re.search(rb"/Matrix\[(.*?)\]", entries)[1])  # type: ignore[index]
    assert moved(matrix, *upper_left) == pytest.approx((0, 1), abs=1e-6)
    assert moved(matrix, *lower_right) == pytest.approx((1, 0), abs=1e-6)
    assert numbers(re.search(rb"/BBox\[(.*?)\]", entries)[1]) == [LEFT, BOTTOM, RIGHT, TOP]  # type: ignore[index]
    assert (part.pages[0].width, part.pages[0].height) == size


@pytest.mark.parametrize(
    ("box", "matrix"),
    [
        ([0, 0, 30, 15], [1, 0, 0, 1, 0, 0]),
        ([-5, 10, 25, 40], [2, 0, 0, 0.5, 7, 9]),
        ([0, 0, 15, 30], [0, 1, -1, 0, 3, 0]),
        ([1, 2, 15, 30], [0.8, 0.6, -0.6, 0.8, 3, 4]),
    ],
)
def test_an_appearance_fills_its_rectangle(box: list[float], matrix: list[float]) -> None:
    """Ensures that the box around an appearance, once its own matrix has moved it, is drawn into
    the annotation's rectangle (ISO 32000-1, 12.5.5, algorithm 8.1)."""
    part = taken(0, {"Subtype": pikepdf.Name.Stamp, "F": 4, "AP": (box, matrix)})
    _, content = form_of(part)
    (place,) = re.findall(rb"q ((?:%b ){6})cm /A0 Do Q" % NUMBER, content)
    corners = [
        moved(numbers(place), *moved(matrix, x, y))
        for x in (box[0], box[2])
        for y in (box[1], box[3])
    ]
    xs, ys = zip(*corners, strict=True)
    assert (min(xs), min(ys), max(xs), max(ys)) == pytest.approx((40, 50, 100, 80), abs=1e-4)


UPRIGHT = ([0, 0, 30, 15], [1, 0, 0, 1, 0, 0])


@pytest.mark.parametrize(
    ("kind", "flags", "drawn", "left"),
    [
        ("Stamp", 4, True, ()),
        ("Stamp", 4 | 1, True, ()),
        ("Stamp", 0, False, ()),
        ("Stamp", 1, False, ()),
        ("Stamp", 4 | 2, False, ()),
        ("Stamp", 2, False, ()),
        ("Widget", 4, True, ()),
        ("Link", 4, False, ("links",)),
        ("Text", 4, False, ("comments",)),
        ("Popup", 4, False, ("comments",)),
        ("FileAttachment", 4, False, ("files",)),
        ("Screen", 4, True, ("media",)),
        ("Sound", 0, False, ("media",)),
    ],
)
def test_annotations_are_drawn_if_they_are_printed(
    kind: str, flags: int, drawn: bool, left: tuple[str, ...]
) -> None:
    """Ensures that what is printed and not hidden (ISO 32000-1, 12.5.3) is drawn, but no icons, and
    that what else an annotation does is told."""
    part = taken(0, {"Subtype": pikepdf.Name("/" + kind), "F": flags, "AP": UPRIGHT})
    assert (b"/A0 Do" in form_of(part)[1]) is drawn
    assert part.left == left


def test_what_is_left_behind_is_told_in_order() -> None:
    """Ensures it of scripts in annotations and files, and of fields that no appearance shows."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")
    link, widget = pikepdf.Name.Link, pikepdf.Name.Widget
    assert taken(0, {"Subtype": link, "A": script}).left == ("scripts",)
    assert taken(0, {"Subtype": link}, {"Subtype": widget, "F": 4, "AA": script}).left == (
        "scripts",
        "links",
    )
    assert taken(root={"/OpenAction": script}).left == ("scripts",)
    assert taken(root={"/Collection": pikepdf.Dictionary()}).left == ("files",)
    fields = [{"Subtype": widget, "F": 4, "V": "1"}, {"Subtype": widget, "F": 4}]
    assert taken(0, *fields, {"Subtype": widget, "F": 2, "V": "1"}).fields == 1


@pytest.mark.parametrize(
    ("default", "told"),
    [
        (None, False),
        ({}, False),
        ({"/BaseState": "/ON"}, False),
        ({"/BaseState": "/Unchanged"}, False),
        ({"/BaseState": "/OFF"}, True),
        ({"/OFF": []}, False),
        ({"/OFF": [1]}, True),
    ],
)
def test_layers_that_are_not_seen_are_told(default: dict[str, Any] | None, told: bool) -> None:
    """Ensures it of those that are off at first (ISO 32000-1, 8.11.4.3), and of no others."""
    properties = pikepdf.Dictionary(OCGs=[])
    if default is not None:
        properties.D = pikepdf.Dictionary()
        for key, value in default.items():
            properties.D[key] = pikepdf.Name(value) if isinstance(value, str) else value
    assert taken(root={"/OCProperties": properties}).layers is told
    assert not taken().layers


@pytest.mark.parametrize("streams", [0, 1, 3])
def test_a_form_draws_what_the_page_draws(streams: int) -> None:
    """Ensures that the content of a page is taken whole, whether it has none, one or several, and
    that what stands in several is parted by white space (ISO 32000-1, 7.8.2)."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(500, 500))
    made = [pdf.make_stream(b"%d 0 9 9 re" % k) for k in range(streams)]
    if streams:
        page.obj.Contents = pikepdf.Array(made) if streams > 1 else made[0]
    elif "/Contents" in page.obj:
        del page.obj.Contents
    stream = BytesIO()
    pdf.save(stream)
    part = read_foreign(stream.getvalue(), ((1, 1),))
    packed = [one[-2] for one in part.objects if one[-1] == b"\nendstream\n"]
    drawn = b"|".join(zlib.decompress(one) for one in packed if isinstance(one, bytes))
    assert re.findall(rb"(\d) 0 9 9 re\b", drawn) == [b"%d" % k for k in range(streams)]


def test_strings_are_written_as_their_bytes() -> None:
    """Ensures it of text in either encoding and of bytes that are no text."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(500, 500))
    strings = b"ab(c", b"\xfe\xff\x4e\x2d", b"\x00\xff\x81\x9f", b""
    values = {f"/S{k}": pikepdf.String(one) for k, one in enumerate(strings)}
    page.obj.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(values))
    stream = BytesIO()
    pdf.save(stream)
    part = read_foreign(stream.getvalue(), ((1, 1),))
    written = b"".join(p for one in part.objects for p in one if isinstance(p, bytes))
    for k, one in enumerate(strings):
        shown = re.search(rb"/S%d (<[0-9a-f]*>)" % k, written)
        assert shown is not None
        assert bytes.fromhex(shown[1][1:-1].decode()) == one


def test_values_have_a_depth() -> None:
    """Ensures that arrays and dictionaries inside each other are taken as far as any file has them,
    and that more is refused instead of followed for ever."""
    for deep, taken_whole in ((40, True), (75, False)):
        pdf = pikepdf.new()
        page = pdf.add_blank_page(page_size=(500, 500))
        value: Any = pikepdf.Array([7])
        for k in range(deep):
            value = pikepdf.Dictionary(A=value) if k % 2 else pikepdf.Array([value])
        page.obj.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(P=value))
        stream = BytesIO()
        pdf.save(stream)
        if taken_whole:
            part = read_foreign(stream.getvalue(), ((1, 1),))
            written = b"".join(p for one in part.objects for p in one if isinstance(p, bytes))
            assert written.count(b"[") + written.count(b"/A ") >= deep
        else:
            with pytest.raises(DamagedError):
                read_foreign(stream.getvalue(), ((1, 1),))
