"""Editions in the finished file: print, mail, large, review; watermarks."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdfium2
import pytest
import zxingcpp
from helpers.pictures import noise
from pdf.verapdf import problems

import brieftex
from brieftex.input.issue.file import read_issue
from brieftex.input.theme import edition_names, theme_names
from brieftex.layout.dump import line_text
from brieftex.layout.page import Artifact, PlacedLine, PlacedPath
from brieftex.pipeline import Against, Typeset, typeset
from brieftex.units import mm, to_mm
from brieftex.vector import bounds
from brieftex.verification import verify_file

URLS = [
    "https://news.example.edu.cn/2026/03/11/first.html",
    "https://lab.example.org/journal/2025/06/hours?volume=12&issue=6&article=0417&view=fulltext",
    "https://example.org/中文",
]
ISSUE = """\
brieftex: 1
masthead: {name: 试排, number: 3, date: 2026-01-05, issuer: 办公室}
contents: false
sections:
  - title: 动态
    items:
      - title: 一件小事
        body:
          - PARAGRAPH
          - figure: photo.jpg
            caption: 照片
            alt: 一张照片
          - 见[网页](https://example.org)。图1是照片。
          - chart: bar
            categories: [甲, 乙]
            values: [3, 4]
        sources:
          - {name: 甲报, url: "URL0", date: 2026-01-02}
          - {name: 乙刊, title: 一篇很长的文章, url: "URL1"}
          - {name: 丙网, url: "URL2"}
          - {name: 丁台, date: 2026-01-03}
"""


def _written(folder: Path, width: int) -> Path:
    """The issue, whose photo is so many pixels wide."""
    text = ISSUE.replace("PARAGRAPH", "各单位要认真学习贯彻会议精神，结合实际抓好落实。" * 50)
    for k, url in enumerate(URLS):
        text = text.replace(f"URL{k}", url)
    (folder / "issue.yaml").write_text(text, "utf-8")
    noise(width, width * 2 // 3).convert("RGB").save(folder / "photo.jpg", quality=92)
    return folder / "issue.yaml"


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _written(tmp_path_factory.mktemp("editions"), 1600)


@pytest.fixture(scope="module")
def light_issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for tests that do not ask for the photo, which takes most of the time of a build."""
    return _written(tmp_path_factory.mktemp("light"), 480)


@pytest.fixture(scope="module")
def made(issue: Path) -> dict[str, Typeset]:
    """The issue in every edition; "" is none."""
    built = {name: typeset(issue, edition=name, bundled_fonts=True) for name in edition_names()}
    return {"": typeset(issue, bundled_fonts=True), **built}


def body(result: Typeset) -> list[list[PlacedLine]]:
    return [
        [item for item in page.items if isinstance(item, PlacedLine) and not item.artifact]
        for page in result.pages
    ]


def test_the_editions_are_four() -> None:
    assert edition_names() == ("large", "mail", "mono", "print", "review")


@pytest.mark.parametrize("edition", ["print", "mail", "large", "review"])
def test_every_edition_conforms(made: dict[str, Typeset], edition: str) -> None:
    assert problems(made[edition].pdf, "ua1", "2a") == []


@pytest.mark.parametrize("edition", ["print", "large", "review"])
@pytest.mark.parametrize("theme", [name for name in theme_names() if name != "briefing"])
def test_every_theme_has_every_edition(light_issue: Path, theme: str, edition: str) -> None:
    # Catches a key that one theme has set and an edition does not change, and sizes that clash.
    result = typeset(light_issue, theme=theme, edition=edition, bundled_fonts=True)
    assert problems(result.pdf, "ua1") == []
    told = {d.kind.name for d in result.findings if d.kind.code.startswith("BT4")}
    assert told == ({"edition-set-anew"} if edition == "large" else set())


def _read_codes(pdf: bytes) -> list[str]:
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=150 / 72, grayscale=True).to_pil()
        found += [code.text for code in zxingcpp.read_barcodes(picture)]
    return sorted(found)


CODES = sorted([*URLS[:2], "https://example.org/%E4%B8%AD%E6%96%87"])


def test_addresses_are_codes_that_a_phone_reads(made: dict[str, Typeset]) -> None:
    assert _read_codes(made["print"].pdf) == CODES


def test_codes_are_read_beside_bars(issue: Path) -> None:
    """On pages that show both drafts, whose bars stand in the same margin."""
    text = issue.read_text("utf-8")
    for one, other in (("甲报", "旧报"), ("乙刊", "旧刊"), ("丙网", "旧网")):
        text = text.replace(one, other)
    old, _ = read_issue(text.encode(), issue.parent)
    marked = Against(old, marked=True)
    result = typeset(issue, edition="print", against=marked, bundled_fonts=True)
    assert result.changes
    assert _read_codes(result.pdf) == CODES


def test_a_code_is_large_enough_and_has_white_around_it(made: dict[str, Typeset]) -> None:
    codes = 0
    for page in made["print"].pages:
        others = [
            (i.x, i.y - i.line.runs[0].size, i.x + i.line.width, i.y)
            for i in page.items
            if isinstance(i, PlacedLine)
        ]
        for item in page.items:
            if not (isinstance(item, PlacedPath) and item.node < 0 and len(item.outline) > 100):
                continue
            codes += 1
            box = bounds(item.outline)
            assert to_mm(box.width) >= 15
            module = min(abs(v) for _, p in item.outline for v in p if v)
            left, top = item.x + box.x - 4 * module, item.y + box.y - 4 * module
            right, bottom = left + box.width + 8 * module, top + box.height + 8 * module
            for x1, y1, x2, y2 in others:
                assert x2 <= left or x1 >= right or y2 <= top or y1 >= bottom
    assert codes == 3


def test_pages_for_print_are_mirrored_and_keep_the_binding_free(made: dict[str, Typeset]) -> None:
    document = made["print"].document
    free = document.page.trim.width - document.page.type_area.width
    lefts = [min(line.x - line.line.shift for line in page) for page in body(made["print"]) if page]
    assert len(lefts) > 1
    for number, left in enumerate(lefts, start=1):
        assert left == (mm(28) if number % 2 else free - mm(28))


def test_pages_for_the_screen_stand_in_the_middle(made: dict[str, Typeset]) -> None:
    document = made["mail"].document
    free = document.page.trim.width - document.page.type_area.width
    for page in body(made["mail"]):
        assert min(line.x - line.line.shift for line in page) == free // 2


def test_photos_for_the_screen_are_smaller(made: dict[str, Typeset]) -> None:
    sizes = {}
    for name in ("", "mail"):
        with pymupdf.open(stream=made[name].pdf) as pdf:
            (image,) = (image for page in pdf for image in page.get_images())
            sizes[name] = image[2:4]
    assert sizes[""] == (1600, 1066)
    assert sizes["mail"] == (round(150 / 25.4 * 150), round(150 / 25.4 * 150) * 2 // 3)
    assert len(made["mail"].pdf) < 0.6 * len(made[""].pdf)


def test_a_file_for_the_mailbox_is_stored_small(
    made: dict[str, Typeset], issue: Path, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    """Ensures that what is stored together loses nothing: the same objects, text and tags."""
    compact = made["mail"].pdf
    own = tmp_path / "plain.yaml"
    text = (Path(brieftex.__file__).parent / "themes/editions/mail.yaml").read_text("utf-8")
    own.write_text(text.replace("compact: true", "compact: false"), "utf-8")
    plain = typeset(issue, edition=str(own), bundled_fonts=True).pdf
    assert b"/ObjStm" in compact
    assert b"/ObjStm" not in plain
    assert len(compact) < len(plain) - 5000
    assert texts(compact) == texts(plain)
    with pikepdf.open(BytesIO(compact)) as a, pikepdf.open(BytesIO(plain)) as b:
        assert a.trailer.ID == b.trailer.ID
        roles = [sorted(str(o.S) for o in pdf.objects if is_element(o)) for pdf in (a, b)]
    assert roles[0] == roles[1]
    path = tmp_path / "mail.pdf"
    path.write_bytes(compact)
    subprocess.run([tool("qpdf"), "--check", str(path)], check=True, capture_output=True)
    found, _ = verify_file(path, issue, edition="mail", bundled_fonts=True)
    assert found == []


def is_element(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary) and "/S" in value and "/P" in value


def test_links_for_the_screen_are_live_and_seen(made: dict[str, Typeset]) -> None:
    with pymupdf.open(stream=made["mail"].pdf) as pdf:
        links = {link["uri"] for page in pdf for link in page.get_links() if "uri" in link}
        colors = {
            span["color"]
            for page in pdf
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if "example" in span["text"]
        }
    assert len(links) == 4
    assert colors == {0x1B4B87}


def test_the_large_edition_is_set_in_18_points(made: dict[str, Typeset]) -> None:
    sizes = [run.size / 65536 for page in body(made["large"]) for i in page for run in i.line.runs]
    assert max(set(sizes), key=sizes.count) == pytest.approx(18.4, abs=0.5)
    assert len(made["large"].pages) > len(made[""].pages)


def test_a_review_copy_has_the_lines_and_pages_of_the_final_one(made: dict[str, Typeset]) -> None:
    # Catches a margin that changes the measure: "page 3, line 5" must hold in the final issue.
    for final, review in zip(body(made[""]), body(made["review"]), strict=True):
        assert [line_text(i.line) for i in final] == [line_text(i.line) for i in review]
        assert [i.y for i in final] == [i.y for i in review]
    area = made["review"].document.page.type_area
    trim = made["review"].document.page.trim
    assert to_mm(trim.width - area.x - area.width) >= 38


def test_every_fifth_line_of_a_review_copy_is_numbered(made: dict[str, Typeset]) -> None:
    page = made["review"].pages[1]
    area = made["review"].document.page.type_area
    right = area.x + area.width
    numbers = [
        bounds(item.outline)
        for item in page.items
        if isinstance(item, PlacedPath)
        and item.artifact is Artifact.LAYOUT
        and bounds(item.outline).x > right
    ]
    lines = sorted({i.y for i in body(made["review"])[1]})
    steps = [b - a for a, b in pairwise(lines)]
    assert min(steps) >= made["review"].document.page.leading // 5
    assert [box.y + box.height for box in numbers] == pytest.approx(lines[4::5], abs=mm("0.3"))


def texts(pdf: bytes) -> tuple[list[str], list[str]]:
    """The text of every page, as MuPDF and as PDFium read it."""
    with pymupdf.open(stream=pdf) as document:
        mupdf = [page.get_text() for page in document]
    return mupdf, [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)]


def test_no_reader_finds_a_watermark_or_line_number(made: dict[str, Typeset]) -> None:
    assert texts(made["review"].pdf) == texts(made[""].pdf)


def test_a_watermark_is_pale_and_below_the_text(issue: Path, made: dict[str, Typeset]) -> None:
    plain = made[""]
    marked = typeset(issue, watermark="机密", bundled_fonts=True)
    assert problems(marked.pdf, "ua1") == []
    pictures = [
        pypdfium2.PdfDocument(result.pdf)[0].render(scale=1).to_pil().convert("L")
        for result in (plain, marked)
    ]
    before, after = (picture.tobytes() for picture in pictures)
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) > 0.02 * len(before)
    # Nothing dark gets lighter, and white paper no darker than the mark itself.
    assert all(b <= a for a, b in changed)
    assert min(b for a, b in changed if a == 255) >= 220


def test_an_empty_watermark_takes_away_the_editions(issue: Path, made: dict[str, Typeset]) -> None:
    result = typeset(issue, edition="review", watermark="", bundled_fonts=True)
    paths = [i for page in result.pages for i in page.items if isinstance(i, PlacedPath)]
    assert not any(item.artifact is Artifact.WATERMARK for item in paths)
    for page in made["review"].pages:
        first = page.items[0]
        assert isinstance(first, PlacedPath)
        assert first.artifact is Artifact.WATERMARK


def test_a_long_watermark_stays_on_the_page(issue: Path) -> None:
    result = typeset(issue, watermark="内部资料，请勿外传，阅后收回" * 2, bundled_fonts=True)
    mark = result.pages[0].items[0]
    assert isinstance(mark, PlacedPath)
    box, trim = bounds(mark.outline), result.pages[0].trim
    assert mark.x + box.x > 0
    assert mark.x + box.x + box.width < trim.width
    assert mark.y + box.y > 0
    assert mark.y + box.y + box.height < trim.height
