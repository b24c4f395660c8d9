"""Where destinations and bookmarks of a file lead, whichever way they are written."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from brieftex.pdf.read.parse import BrokenPdfError, PdfFile
from brieftex.pdf.read.readback import Readback


def readback(change: Any) -> Readback:
    """Three pages, changed by a function that gets the file and its pages."""
    pdf = pikepdf.new()
    for _ in range(3):
        pdf.add_blank_page(page_size=(300, 300))
    change(pdf, [page.obj for page in pdf.pages])
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return Readback(PdfFile(stream.getvalue()))


def named(pdf: pikepdf.Pdf, pages: list[Any]) -> None:
    """Names of both kinds: in a dictionary, and in a tree of two levels."""
    places = [pdf.make_indirect(Array([page, Name.Fit])) for page in pages]
    pdf.Root.Dests = Dictionary(a=places[0], b=Dictionary(D=places[1]), c=7)
    leaves = [
        pdf.make_indirect(Dictionary(Names=[String("a"), places[1], String("b"), places[2]])),
        pdf.make_indirect(Dictionary(Names=[String("c"), Dictionary(D=places[0])])),
        pdf.make_indirect(Dictionary(Names=[String("d"), places[0], String("e")])),
    ]
    inner = pdf.make_indirect(Dictionary(Kids=leaves[1:]))
    pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=[leaves[0], inner]))


@pytest.mark.parametrize(
    ("value", "page"),
    [
        ("a", 0), ("b", 1), ("c", -1), ("x", -1),
        (b"a", 1), (b"b", 2), (b"c", 0), (b"d", 0), (b"e", -1), (b"", -1),
        (None, -1), (5, -1), ([], -1), ([3, "Fit"], -1), ({"D": b"b"}, 2),
        ({"D": "a"}, 0), ({}, -1),
    ],
)  # fmt: skip
def test_destinations(value: Any, page: int) -> None:
    """Ensures names of both kinds (ISO 32000-1, 12.3.2.3), in the tree in its order, and that what
    leads nowhere is told from the first page."""
    assert readback(named).destination(value) == page


def test_names_are_read_in_their_order() -> None:
    read = readback(named)
    tree = read.file.dictionary(read.file.catalog.get("Names")).get("Dests")
    assert [key for key, _ in read.names(tree)] == [b"a", b"b", b"c", b"d"]


def test_names_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures that as many nodes of the tree as the bound says are read, and no more."""
    read = readback(named)
    tree = read.file.dictionary(read.file.catalog.get("Names")).get("Dests")
    for bound, count in ((5, 4), (4, 3), (3, 2), (2, 2), (1, 0)):
        monkeypatch.setattr("brieftex.pdf.read.readback._MOST_ELEMENTS", bound)
        assert len(list(read.names(tree))) == count


def test_bookmarks_are_read_in_the_order_of_the_outline() -> None:
    """Ensures that those below one come before those behind it, and that circles end."""

    def outline(pdf: pikepdf.Pdf, pages: list[Any]) -> None:
        made = [
            pdf.make_indirect(Dictionary(Title=String(title), Dest=Array([pages[k], Name.Fit])))
            for title, k in (("一", 0), ("一之一", 1), ("一之二", 2), ("二", 1))
        ]
        made[3].Dest = 0
        made[3].A = Dictionary(S=Name.GoTo, D=Array([pages[2], Name.Fit]))
        del made[3]["/Dest"]
        made[0].First, made[1].Next, made[0].Next = made[1], made[2], made[3]
        made[3].Next = made[0]
        pdf.Root.Outlines = Dictionary(First=made[0])

    found = [(one.title, one.page) for one in readback(outline).bookmarks()]
    assert found == [("一", 0), ("一之一", 1), ("一之二", 2), ("二", 2)]
    assert list(readback(lambda *_: None).bookmarks()) == []


@pytest.mark.parametrize("bound", [2, 3])
def test_pages_have_a_bound(bound: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures that as many pages as the bound says are read, and no more."""
    monkeypatch.setattr("brieftex.pdf.read.readback._MOST_PAGES", bound)
    if bound == 3:
        assert len(readback(lambda *_: None).sheets) == 3
    else:
        with pytest.raises(BrokenPdfError):
            readback(lambda *_: None)


@pytest.mark.parametrize(("name", "bound"), [("_DEEPEST", 3), ("_MOST_ELEMENTS", 5)])
def test_the_structure_has_a_bound(name: str, bound: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures that four elements in each other are read where three may stand around another, or
    where there may be five things with what the last one holds, and that a fifth is too many."""
    monkeypatch.setattr(f"brieftex.pdf.read.readback.{name}", bound)

    def nested(count: int) -> Readback:
        def change(pdf: pikepdf.Pdf, _: list[Any]) -> None:
            inner: Any = 0
            for _ in range(count):
                inner = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, K=inner))
            pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=inner)

        return readback(change)

    assert [len(leaf.element.roles) for leaf in nested(4).leaves] == [1, 2, 3, 4, 4]
    with pytest.raises(BrokenPdfError):
        nested(5).leaves  # noqa: B018  # it is read when it is asked for
