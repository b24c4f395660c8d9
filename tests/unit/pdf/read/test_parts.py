"""Files that are read from the disk, an object at a time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from brieftex.pdf.read import parts
from brieftex.pdf.read.parse import BrokenPdfError, PdfFile, Reference
from brieftex.pdf.read.parts import StoredPdf


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
