"""PDF files of other programs, with what these do to pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pikepdf
import pymupdf


def foreign(path: Path) -> None:
    """A file of seven pages: plain, landscape, rotated, cropped, with stamp, field, transparency,
    a scan, larger than the paper."""
    path.write_bytes(_foreign())


@cache
def _foreign() -> bytes:
    """What is in this file, which many tests copy."""
    file = pymupdf.open()
    page = file.new_page()
    page.insert_text((72, 72), "plain", fontsize=24)
    page = file.new_page(width=842, height=595)
    page.insert_text((72, 72), "landscape", fontsize=24)
    page = file.new_page(width=842, height=595)
    page.insert_text((72, 72), "rotated", fontsize=24)
    page.draw_rect((40, 100, 500, 560), color=(1, 0, 0))
    page.set_rotation(90)
    page = file.new_page(width=700, height=900)
    page.insert_text((172, 172), "cropped", fontsize=24)
    page.draw_rect((20, 20, 680, 880), fill=(0, 1, 0))
    page.set_cropbox(pymupdf.Rect(150, 150, 550, 750))
    page = file.new_page()
    page.add_stamp_annot((100, 100, 300, 160), stamp=0)
    page.add_highlight_annot((72, 200, 200, 220))
    field = pymupdf.Widget()
    field.field_type, field.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, "f"
    field.field_value, field.rect = "filled", pymupdf.Rect(72, 400, 300, 430)
    page.add_widget(field)
    page.draw_circle((300, 600), 80, fill=(0, 0, 1), fill_opacity=0.4)
    page.draw_circle((360, 600), 80, fill=(1, 0, 0), fill_opacity=0.4)
    script = {"kind": pymupdf.LINK_URI, "uri": "javascript:alert(1)"}
    page.insert_link({**script, "from": pymupdf.Rect(10, 10, 50, 50)})
    page = file.new_page()
    scan = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 60, 80))
    scan.set_rect(scan.irect, (200, 120, 40))
    page.insert_image(page.rect, stream=scan.tobytes("jpg"))
    page = file.new_page(width=1190, height=1684)
    page.insert_text((100, 200), "large", fontsize=60)
    made: bytes = file.tobytes()
    return made


def with_words(path: Path, *pages: str, wide: bool = False) -> Path:
    """A file whose pages say these words, in Helvetica that is not embedded."""
    file = pymupdf.open()
    for words in pages:
        page = file.new_page(width=842, height=595) if wide else file.new_page()
        page.insert_text((72, 90), words, fontsize=36)
    file.save(path)
    return path


def scan(path: Path) -> Path:
    """A page that is a white picture."""
    file = pymupdf.open()
    page = file.new_page()
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 60, 80))
    pixels.set_rect(pixels.irect, (255, 255, 255))
    page.insert_image(page.rect, stream=pixels.tobytes("jpg"))
    file.save(path)
    return path


def laden(path: Path) -> Path:
    """A page with what does not come along: XFA, scripts, an attached file, a comment, a link."""
    file = pikepdf.new()
    file.add_blank_page(page_size=(595, 842))
    page = file.pages[0]
    rect = pikepdf.Array([10, 10, 40, 40])
    uri = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org"))
    notes = (
        pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=rect),
        pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=rect, A=uri),
    )
    page.Annots = pikepdf.Array([file.make_indirect(note) for note in notes])
    file.attachments["表.txt"] = b"1"
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    file.Root.OpenAction = script
    file.Root.AcroForm = pikepdf.Dictionary(XFA=file.make_stream(b"<xdp/>"), Fields=pikepdf.Array())
    file.save(path)
    return path
