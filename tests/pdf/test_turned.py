"""Tables and figures that lie across a page, in the finished file and on sheets."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pikepdf
import pymupdf
import pytest
from pdf.verapdf import problems

from brieftex.layout.imposition import several_up
from brieftex.pdf.sheets import imposed
from brieftex.pipeline import Typeset, typeset
from brieftex.preview.page_json import PageEncoder
from brieftex.preview.sync import mark_of, source_at
from brieftex.units import Size, to_mm

ROWS = "".join(f"            - [{k}, 第{k}项工程, {k * 100}.5, 按期]\n" for k in range(1, 16))
ISSUE = f"""\
theme: {{theme}}
masthead: {{{{name: 简报, number: 3, issuer: 办公室, date: 2026-05-08}}}}
contents: false
sections:
  - title: 工程
    items:
      - title: 进度
        body:
          - 工程进度见表1，走势见图1。
          - table:
              caption: 工程进度
              orientation: landscape
              grid: true
              header: [序号, 工程, 投资, 进度]
              rows:
{ROWS.replace("            -", "                -")}
          - chart: line
            orientation: 横排
            caption: 走势
            categories: [一月, 二月, 三月]
            values: [3, 5, 4]
          - 横排之后的正文。
"""


@cache
def made(theme: str = "official", edition: str | None = None) -> Typeset:
    return typeset(ISSUE.format(theme=theme).encode(), edition=edition, bundled_fonts=True)


def book(theme: str = "official", edition: str | None = None) -> pymupdf.Document:
    return pymupdf.open(stream=made(theme, edition).pdf, filetype="pdf")


def test_screens_show_the_pages_upright() -> None:
    """Catches a page that has to be read with the head on one's shoulder."""
    pdf = pikepdf.open(BytesIO(made().pdf))
    assert [int(page.get("/Rotate", 0)) for page in pdf.pages] == [0, 90, 90, 0]
    assert len({tuple(map(float, page.MediaBox)) for page in pdf.pages}) == 1
    page = book()[1]
    (caption,) = page.search_for("工程进度")
    seen = caption * page.rotation_matrix
    assert seen.width > seen.height
    assert seen.y0 < page.rect.height / 4


@pytest.mark.parametrize("number", [2, 3])
def test_the_head_is_at_the_left_of_odd_and_even_sheets(number: int) -> None:
    """GB/T 9704-2012 8: at the binding edge of odd pages, at the outer edge of even ones; so the
    paper is always turned the same way. Catches a table that stands on its head on one of them."""
    page = book()[number - 1]
    page.set_rotation(0)
    lines = [
        line
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        if "".join(s["text"] for s in line["spans"]).strip() in ("序号", "进度", "按期")
    ]
    heads = [line for line in lines if line["spans"][0]["text"] == "序号"]
    body = [line for line in lines if line["spans"][0]["text"] == "按期"]
    assert heads
    for line in heads:
        assert line["dir"] == (0.0, -1.0)  # read upwards
    if body:
        assert heads[0]["bbox"][2] < min(line["bbox"][0] for line in body)


def test_the_folio_is_where_it_is_on_upright_pages() -> None:
    """GB/T 9704-2012 8: 页码位置与公文其他页码保持一致."""

    def place(number: int) -> tuple[float, float]:
        page = book()[number - 1]
        page.set_rotation(0)
        found = max((w for w in page.get_text("words") if w[4] == str(number)), key=lambda w: w[3])
        return round(found[0], 1), round(found[3], 1)

    assert place(2) == place(4)
    assert place(3)[1] == place(1)[1]


def test_the_text_goes_on_behind_the_turned_pages() -> None:
    text = ["".join(page.get_text().split()) for page in book()]
    assert text[3].startswith("横排之后的正文。")
    assert "工程进度见表1" in text[0]


def test_turned_pages_conform() -> None:
    assert problems(made().pdf, "ua1", "2a") == []


def test_a_sheet_holds_them_as_they_lie() -> None:
    """Catches an imposed page that is rotated once more, or cut to the size on the screen."""
    trim = made().pages[0].trim
    (first, _) = several_up([0, 1, 2, 3], trim, Size(2 * trim.width, trim.height), 2)
    sheet = pymupdf.open(stream=imposed(made().pdf, [first], None, "试印"), filetype="pdf")[0]
    assert sheet.rotation == 0
    lines = {
        "".join(span["text"] for span in line["spans"]): line
        for block in sheet.get_text("dict")["blocks"]
        for line in block.get("lines", ())
    }
    head, first_row = lines["工程"], lines["第1项工程"]
    assert head["dir"] == first_row["dir"] == (0.0, -1.0)
    middle = sheet.rect.width / 2
    assert middle < head["bbox"][0] < first_row["bbox"][0]
    assert all(0 < v < sheet.rect.height for v in (head["bbox"][1], first_row["bbox"][3]))


def test_a_click_on_a_turned_page_leads_to_its_place() -> None:
    """Catches a preview that takes a place on the screen for one on the sheet."""
    pages = made().pages
    page = pages[1]
    line = next(
        item
        for item in page.items
        if getattr(item, "line", None) is not None
        and "".join(t for run in item.line.runs for t in run.texts) == "第3项工程"
    )
    found = source_at(page, line.x, line.y - line.line.width // 2)
    assert found is not None
    span, mark = found
    assert "第3项工程"[2] == ISSUE.format(theme="official")[span.start : span.end]
    (area,) = mark.areas
    assert area.height == line.line.width
    again = mark_of(pages, span)
    assert again is not None
    assert again.page == page.number


def test_the_preview_shows_them_upright() -> None:
    json = PageEncoder().page(made().pages[1], lambda _: ("", (1, 0, 0, 1, 0, 0)))
    assert '"turned":true' in json
    width, height = json.split('"size":[')[1].split("]")[0].split(",")
    assert float(width) > float(height)
    assert round(to_mm(made().pages[1].trim.width)) == 210
