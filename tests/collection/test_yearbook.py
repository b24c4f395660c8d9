"""The yearbook, seen through readers that had no part in writing it."""

from __future__ import annotations

import gc
import re
import tracemalloc
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdfium2
import pytest
from pdf import verapdf
from pdf.test_picture import quarters
from PIL import ImageChops

from brieftex.collection.volume import CollectionError
from brieftex.collection.yearbook import Yearbook, YearbookWish, collect_yearbook
from brieftex.pdf.read.verify import verify
from brieftex.pdf.write.volume import PartPages, VolumeFile
from brieftex.pipeline import Typeset, typeset, typeset_pages

PUBLICATIONS = Path(__file__).parents[1] / "publications"
FOLIO = re.compile(r"〔(\d+)〕")


@cache
def own(path: Path) -> Typeset:
    """An issue of the yearbook in its own file."""
    return typeset(path, bundled_fonts=True)


def firsts(yearbook: Yearbook) -> list[int]:
    """The index in the file of the first page of each issue, by the bookmarks."""
    toc = pymupdf.open(yearbook.target).get_toc()
    return [page - 1 for level, title, page in toc if level == 1 and title not in
            ("封面", "目录", "统计", "索引")]  # fmt: skip


def test_pages_of_an_issue_are_those_of_its_own_file(yearbook: Yearbook) -> None:
    """Pixel by pixel, in PDFium, but for the folio that is added."""
    whole = pypdfium2.PdfDocument(yearbook.target)
    texts = pymupdf.open(yearbook.target)
    for head, first in zip(yearbook.issues, firsts(yearbook), strict=True):
        alone = pypdfium2.PdfDocument(own(head.path).pdf)
        for index in range(len(alone)):
            one = alone[index].render(grayscale=True).to_pil()
            other = whole[first + index].render(grayscale=True).to_pil()
            assert one.size == other.size
            for box in texts[first + index].search_for("〔"):
                right = texts[first + index].search_for("〕")[-1].x1
                area = tuple(map(int, (box.x0 - 3, box.y0 - 6, right + 4, box.y1 + 6)))
                for picture in (one, other):
                    picture.paste(255, area)
            difference = ImageChops.difference(one, other)
            # Glyphs are the same outlines from another program; some rasterisers round by one.
            assert max(difference.getextrema()) < 24, (head.path.name, index)


def test_lines_of_an_issue_are_those_of_its_own_file(yearbook: Yearbook) -> None:
    texts = pymupdf.open(yearbook.target)
    for head, first in zip(yearbook.issues, firsts(yearbook), strict=True):
        alone = pymupdf.open(stream=own(head.path).pdf)
        for index, page in enumerate(alone):
            lines = [line for line in page.get_text().splitlines() if line.strip()]
            found = [line for line in texts[first + index].get_text().splitlines()
                     if line.strip() and not FOLIO.fullmatch(line.strip())]  # fmt: skip
            assert found == lines


def test_folios_are_continuous_and_stand_on_every_page_of_an_issue(yearbook: Yearbook) -> None:
    file = pymupdf.open(yearbook.target)
    labels = [page.get_label() for page in file]
    before = labels.index("1")
    assert labels[0] == "i"
    for head, first in zip(yearbook.issues, firsts(yearbook), strict=True):
        count = len(own(head.path).pages)
        for index in range(first, first + count):
            assert FOLIO.findall(file[index].get_text())[-1] == str(index - before + 1)
            assert labels[index] == str(index - before + 1)
        assert (first - before) % 2 == 0  # a right page


def links_of(page: pymupdf.Page) -> Iterator[tuple[str, dict[str, Any]]]:
    """The words of each link, and where it leads. ``get_textbox`` looks at all characters of a
    page in Python, for each link."""
    spans = [
        span
        for block in page.get_text("rawdict", flags=0)["blocks"]
        for line in block["lines"]
        for span in line["spans"]
    ]
    for link in page.get_links():
        box = link["from"]
        words = (
            char["c"]
            for span in spans
            if box.intersects(span["bbox"])
            for char in span["chars"]
            if box.intersects(char["bbox"])
        )
        yield "".join(words).strip(), link


def test_contents_lead_to_the_pages_that_they_name(yearbook: Yearbook) -> None:
    file = pymupdf.open(yearbook.target)
    before = [page.get_label() for page in file].index("1")
    seen = 0
    for page in list(file)[:before]:
        for words, link in links_of(page):
            if link["kind"] == pymupdf.LINK_GOTO and words.isdecimal():
                assert link["page"] == before + int(words) - 1
                seen += 1
    assert seen > 20


def test_the_index_names_every_page_of_a_person(yearbook: Yearbook) -> None:
    """By the text of the pages as MuPDF reads them, and by the links."""
    file = pymupdf.open(yearbook.target)
    before = [page.get_label() for page in file].index("1")
    toc = {title: page - 1 for _, title, page in file.get_toc()}
    body = [page.get_text().replace("\n", "") for page in list(file)[before : toc["统计"]]]
    links = [
        (words, link["page"])
        for page in list(file)[toc["索引"] :]
        for words, link in links_of(page)
    ]
    assert links
    assert all(target == before + int(words.split("–")[0]) - 1 for words, target in links)
    text = "".join(page.get_text() for page in list(file)[toc["索引"] :])
    for name in ("杜若蘅", "蒲令仪"):
        found = re.search(rf"\n{name}\s+([\d, –]+)", text)
        assert found is not None
        wanted = [number for number, words in enumerate(body, 1) if name in words]
        assert [int(number) for number in found[1].split(",")] == wanted


def test_bookmarks_hold_those_of_the_issues(yearbook: Yearbook) -> None:
    toc = pymupdf.open(yearbook.target).get_toc()
    titles = [title for level, title, _ in toc if level == 1]
    assert titles[:2] == ["封面", "目录"]
    assert titles[-2:] == ["统计", "索引"]
    alone = own(yearbook.issues[-1].path).document.outline
    at = next(k for k, entry in enumerate(toc) if entry[1] == titles[-3])
    inside = [(level - 2, title) for level, title, _ in toc[at + 1 : at + 1 + len(alone)]]
    assert inside == [(entry.level, entry.title) for entry in alone]


def test_a_yearbook_is_pdf_a_and_pdf_ua(yearbook: Yearbook) -> None:
    pdf = yearbook.target.read_bytes()
    assert verapdf.problems(pdf, "ua1", "2a") == []
    with pikepdf.open(yearbook.target) as file:
        assert file.check_pdf_syntax() == []


def test_the_whole_file_verifies_as_one(yearbook: Yearbook) -> None:
    assert verify(yearbook.target.read_bytes()) == []


def test_the_same_issues_give_the_same_bytes(tmp_path: Path) -> None:
    """Two of a page, with notes and a picture, whose file has contents, statistics and an index."""
    quarters().save(tmp_path / "a.png")
    paths = []
    for number in (1, 2):
        path = tmp_path / f"{number}.yaml"
        body = "见《值守规程》和《安全手册》[^a]。\n\n      [^a]: 注。\n\n      ![四块颜色](a.png)"
        path.write_text(issue(number, body), "utf-8")
        paths.append(path)
    made = [
        collect_yearbook(paths, tmp_path / name, YearbookWish(name="衡澜参阅", bundled_fonts=True))
        for name in ("one.pdf", "other.pdf")
    ]
    one, other = (yearbook.target.read_bytes() for yearbook in made)
    assert one == other


def issue(number: int, body: str, **fields: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return (
        f"brieftex: 1\nmasthead: {{name: 青溪简报, number: {number}, date: 2026-0{number}-10}}\n"
        f"{more}sections:\n- title: 动态\n  items:\n  - title: 第{number}则\n    body: |\n"
        f"      {body}\n"
    )


def test_files_with_errors_are_all_named_and_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "book.pdf"
    target.write_bytes(b"the old one")
    paths = []
    for number, text in enumerate(["brieftex: 2\n", issue(2, "甲。"), "sections: [\n"], 1):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, "utf-8")
        paths.append(path)
    with pytest.raises(CollectionError) as failed:
        collect_yearbook(paths, target, YearbookWish(bundled_fonts=True))
    assert [file.path.name for file in failed.value.unread] == ["1.yaml", "3.yaml"]
    assert target.read_bytes() == b"the old one"
    assert sorted(path.name for path in tmp_path.glob("*.*")) == [
        "1.yaml", "2.yaml", "3.yaml", "book.pdf",
    ]  # fmt: skip


def test_a_missing_picture_is_told_with_its_issue(tmp_path: Path) -> None:
    path = tmp_path / "1.yaml"
    path.write_text(issue(1, "![图](没有.png)"), "utf-8")
    with pytest.raises(CollectionError) as failed:
        collect_yearbook([path], tmp_path / "book.pdf", YearbookWish(bundled_fonts=True))
    assert failed.value.unread[0].path == path
    assert not (tmp_path / "book.pdf").exists()


def test_issues_that_run_on_leave_no_page_empty(tmp_path: Path) -> None:
    paths = []
    for number in (1, 2, 3):
        path = tmp_path / f"{number}.yaml"
        path.write_text(issue(number, "一段话。"), "utf-8")
        paths.append(path)
    wish = YearbookWish(bundled_fonts=True, right=False, index=False, statistics=False)
    made = collect_yearbook(paths, tmp_path / "book.pdf", wish)
    file = pymupdf.open(made.target)
    pages = [page for page in file if page.get_label().isdecimal()]
    assert [FOLIO.findall(page.get_text()) for page in pages] == [["1"], ["2"], ["3"]]


def test_what_is_drawn_leaves_the_memory() -> None:
    """A part more costs what is known of its pages, not the pages."""
    made = typeset_pages(PUBLICATIONS / "weekly.yaml", bundled_fonts=True)
    written = 0

    def write(data: bytes) -> None:
        nonlocal written
        written += len(data)

    file = VolumeFile(write)

    def draw(number: int) -> None:
        file.add(PartPages(f"p{number}", "", made.pages, made.document.nodes, {}))

    for number in range(2):
        draw(number)
    gc.freeze()  # what other tests keep need not be looked at
    tracemalloc.start()
    draw(2)
    gc.collect()  # empties Python's stock of tuples that are free again, which would count
    before, start = tracemalloc.get_traced_memory()[0], written
    for number in range(3, 7):
        draw(number)
    gc.collect()
    kept = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert kept * 5 < written - start


def test_a_glyph_that_stands_for_another_text_later_is_read_right(tmp_path: Path) -> None:
    """One glyph serves · and •, 兀 and 兀 in some faces: ToUnicode has but one of them."""
    words = ["甲·乙，A•B，⼀般", "甲•乙，A·B，一般", "甲・乙"]
    paths = []
    for number, text in enumerate(words, 1):
        path = tmp_path / f"{number}.yaml"
        path.write_text(issue(number, text), "utf-8")
        paths.append(path)
    wish = YearbookWish(bundled_fonts=True, index=False, statistics=False)
    made = collect_yearbook(paths, tmp_path / "book.pdf", wish)
    for path, first in zip(paths, firsts(made), strict=True):
        alone = pymupdf.open(stream=typeset(path, bundled_fonts=True).pdf)
        together = pymupdf.open(made.target)[first].get_text()
        for line in alone[0].get_text().splitlines():
            assert line in together
