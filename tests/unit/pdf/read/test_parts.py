"""Files that are read from the disk, an object at a time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from brieftex.pdf.read import parts
from brieftex.pdf.read.compare import Wanted
from brieftex.pdf.read.parse import BrokenPdfError, PdfFile, Reference
from brieftex.pdf.read.parts import PartsReader, StoredPdf


@pytest.mark.parametrize("window", [20, 60, 100, 20 << 16])
def test_a_stored_file_has_the_objects_of_the_file(
    window: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ensures that each object is found, whatever part of the table is read at a time, the last and
    the longest among them, and none that there is not."""
    pdf = pikepdf.new()
    for k in range(9):
        pdf.add_blank_page()
        pdf.pages[k].Contents = pdf.make_stream(b"%d " % k * 2_000, Other=[k, {"/A": k}])
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = PdfFile(stream.getvalue())
    count = whole.trailer["Size"]
    monkeypatch.setattr(parts, "_WINDOW", window)
    path = tmp_path / "a.pdf"
    path.write_bytes(stream.getvalue())
    with path.open("rb") as opened:
        stored = StoredPdf(opened.fileno())
        assert stored.trailer == whole.trailer
        for number in range(1, count):
            assert stored.get(Reference(number, 0)) == whole.get(Reference(number, 0))
        for number in (0, count, count + 1):
            with pytest.raises(BrokenPdfError):
                stored.get(Reference(number, 0))


def parted(tmp_path: Path) -> Path:
    """A file of two parts, of one page and of two, and a page that belongs to neither. Top
    bookmarks lead to the first pages of both and to that page; below each are two, to another page
    and to that page."""
    pdf = pikepdf.new()
    for _ in range(4):
        pdf.add_blank_page(page_size=(300, 300))
    pages = [page.obj for page in pdf.pages]
    nodes = [
        pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(some), Count=len(some)))
        for some in (pages[:1], pages[1:3])
    ]
    elements = [pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part)) for _ in "ab"]
    whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array(elements)))
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([whole]))
    tops = []
    for title, page, second in (
        ("一", pages[0], pages[1]),
        ("二", pages[1], pages[2]),
        ("无", pages[3], pages[1]),
    ):
        below = [
            pdf.make_indirect(Dictionary(Title=String(f"{title}{k}"), Dest=Array([to, Name.Fit])))
            for k, to in enumerate((second, pages[3]))
        ]
        below[0].Next = below[1]
        entry = Dictionary(Title=String(title), Dest=Array([page, Name.Fit]), First=below[0])
        tops.append(pdf.make_indirect(entry))
    tops[0].Next, tops[1].Next = tops[1:]
    pdf.Root.Outlines = Dictionary(First=tops[0])
    pdf.Root.Pages = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(nodes), Count=3))
    path = tmp_path / "a.pdf"
    pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return path


def test_bookmarks_that_lead_nowhere_are_those_of_no_part(tmp_path: Path) -> None:
    """Ensures that what is below a bookmark is expected in the part that this leads to, and nowhere
    if its page is none of the file, that one below is told if its own is none, and that pages are
    counted from the first of the part."""
    with parted(tmp_path).open("rb") as opened:
        reader = PartsReader(opened.fileno())
        assert reader.count == 2

        def told(part: int, *bookmarks: tuple[str, int]) -> list[tuple[str, object]]:
            wanted = Wanted(part + 1, "", (), (), (), bookmarks)
            return [
                (finding.kind.name, dict(finding.values).get("title"))
                for finding in reader.faults(part, wanted)
                if "bookmark" in finding.kind.name
            ]

        assert told(1, ("二0", 2), ("二1", 2)) == [("broken-bookmark", "二1")]
        assert told(0, ("一0", 2))[1:] == [("bookmarks-differ", None)]
        assert told(0, ("一0", 2), ("一1", 2)) == [("broken-bookmark", "一1")]


@pytest.mark.parametrize("table", [b"", b"xref", b"xref\n", b"xref\n1 1\n", b"xrefs\n0 1\n"])
def test_a_file_without_a_table_is_broken(table: bytes, tmp_path: Path) -> None:
    """Ensures it of one that ends where the table should begin, too."""
    path = tmp_path / "a.pdf"
    data = b"%PDF-1.7\ntrailer <<>>\nstartxref\n99\n%%EOF\n"
    path.write_bytes(data.ljust(99) + table)
    with path.open("rb") as opened, pytest.raises(BrokenPdfError):
        StoredPdf(opened.fileno())
