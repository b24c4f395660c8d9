"""Attachments that are pages of other programs' PDF files: where they stand, what is told."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from helpers.foreignfiles import foreign, laden, scan, with_words
from PIL import Image

from brieftex.changes.comparison import issue_differences
from brieftex.changes.pictures import picture_digests
from brieftex.cli import run
from brieftex.diagnostics import InputError
from brieftex.input.issue.file import read_issue
from brieftex.input.issue.write import YamlWriter
from brieftex.model.issue import Issue
from brieftex.pipeline import Typeset, typeset
from brieftex.preview.session import Session
from brieftex.search.records import record_of
from brieftex.twin.make import word_document
from brieftex.verification import verify_file

pytestmark = pytest.mark.usefixtures("sound_files")

HEAD = """brieftex: 1
masthead: {name: 青溪简报, number: 3, date: 2026-05-10}
title: 关于调研的报告
contents: true
body: |
  一段话。
"""


def written(folder: Path, *attachments: str, more: str = "") -> Path:
    """An issue with these attachments beside it, in flow style."""
    lines = "".join(f"  - {{{attachment}}}\n" for attachment in attachments)
    path = folder / "期.yaml"
    path.write_text(f"{HEAD}{more}attachments:\n{lines}", "utf-8")
    return path


def made(path: Path, **options: str) -> tuple[Typeset, pymupdf.Document]:
    typed = typeset(path, bundled_fonts=True, **options)  # type: ignore[arg-type]
    return typed, pymupdf.open(stream=typed.pdf)


def bare(page: pymupdf.Page) -> str:
    return re.sub(r"\s", "", page.get_text())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "附件").mkdir()
    with_words(tmp_path / "附件" / "报告.pdf", "one", "two", "three")
    with_words(tmp_path / "附件" / "汇总表.pdf", "wide", wide=True)
    return tmp_path


def test_pages_follow_label_and_title_with_one_folio(folder: Path) -> None:
    """And contents, bookmarks and links lead there, a file's name stands for a title."""
    path = written(
        folder, "title: 调研报告, pdf: 附件/报告.pdf, pages: '1,3'", "pdf: 附件/汇总表.pdf"
    )
    _, file = made(path)
    pages = [bare(page) for page in file]
    assert len(pages) == 4
    assert "附件1" in pages[1]
    assert "调研报告" in pages[1]
    assert ["one" in pages[1], "three" in pages[2], "wide" in pages[3]] == [True] * 3
    assert "two" not in "".join(pages)
    assert [re.findall("第(.)页共4页", page) for page in pages[1:]] == [["2"], ["3"], ["4"]]
    assert [(title, page) for _, title, page in file.get_toc()[-2:]] == [
        ("附件1\u3000调研报告", 2), ("附件2\u3000汇总表", 4),
    ]  # fmt: skip
    assert {link["page"] for link in file[0].get_links()} == {1, 3}
    assert [page.rotation for page in file] == [0, 0, 0, 90]  # the wide one lies across
    assert "附件2" in pages[3]


def test_the_first_page_has_what_its_title_leaves(folder: Path) -> None:
    """However long the title is: nothing lies over it, and it does not stand alone."""
    title = "关于" * 60
    _, file = made(written(folder, f"title: {title}, pdf: 附件/报告.pdf, pages: 1"))
    assert len(file) == 2
    words = {w[4]: pymupdf.Rect(w[:4]) for w in file[1].get_text("words")}
    assert words["one"].y0 > max(rect.y1 for word, rect in words.items() if "关于" in word)
    assert words["one"].y1 < 780


def test_an_attachment_begins_on_an_odd_page_if_it_is_to(folder: Path) -> None:
    _, file = made(written(folder, "pdf: 附件/报告.pdf, pages: 2, odd_page: true"))
    assert len(file) == 3
    assert bare(file[1]) == ""
    assert "two" in bare(file[2])
    assert "第3页共3页" in bare(file[2])


def test_whole_pages_have_nothing_but_a_folio_at_the_foot(folder: Path) -> None:
    typed, file = made(written(folder, "title: 报告, pdf: 附件/报告.pdf, fit: whole, pages: 1"))
    assert bare(file[1]) in {"one第2页共2页", "第2页共2页one"}
    (found,) = file[1].search_for("one")
    there = pymupdf.open(folder / "附件/报告.pdf")[0].search_for("one")[0]
    assert found.y0 == pytest.approx(there.y0, abs=0.5)
    low = [w for w in file[1].get_text("words") if "页" in w[4]]
    assert all(w[1] > file[1].rect.height - 40 for w in low)
    assert not [f for f in typed.findings if f.kind.code.startswith("BT4")]  # no overprint is told


def test_it_does_not_call_itself_what_it_is_not(folder: Path) -> None:
    """And says so: when it is read, when it is verified."""
    path = written(folder, "title: 报告, pdf: 附件/报告.pdf", "pdf: 附件/汇总表.pdf, fit: whole")
    typed, file = made(path)
    packet = file.get_xml_metadata()
    assert "pdfaid:part>" not in packet
    assert "pdfuaid:part>" not in packet
    assert [f.kind.name for f in typed.findings].count("attached-pages") == 1
    target = folder / "期.pdf"
    target.write_bytes(typed.pdf)
    found, _ = verify_file(target, path, bundled_fonts=True)
    assert [f.kind.name for f in found] == ["foreign-pages", "not-conforming"]
    assert dict(found[0].values)["pages"] == "2—5"


@pytest.mark.parametrize("edition", ["mail", "print", "mono", "large", "review"])
def test_every_edition_takes_them_and_gives_the_same_bytes(folder: Path, edition: str) -> None:
    foreign(folder / "附件" / "各样.pdf")
    path = written(folder, "pdf: 附件/各样.pdf, fit: whole", "pdf: 附件/各样.pdf")
    typed, file = made(path, edition=edition)
    assert len(file) >= 15
    assert typed.pdf == typeset(path, bundled_fonts=True, edition=edition).pdf


def test_a_page_begins_with_the_state_of_any_page(folder: Path) -> None:
    """Ink and pen of the words above do not colour what another program wrote."""
    theme = folder / "红.yaml"
    theme.write_text("extends: briefing\nstyles: {attachment_title: {color: '#ff0000'}}\n", "utf-8")
    _, file = made(written(folder, "title: 报告, pdf: 附件/报告.pdf, pages: 1"), theme=str(theme))
    inks = {
        span["color"]
        for block in file[1].get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        if span["text"] == "one"
    }
    assert inks == {0}


def test_a_draft_is_marked_over_a_white_scan(folder: Path) -> None:
    """Behind it, as on other pages, nobody would see it."""
    scan(folder / "附件" / "扫描.pdf")
    _, file = made(written(folder, "pdf: 附件/扫描.pdf, fit: whole", more="state: draft\n"))
    image: Image.Image = file[1].get_pixmap(alpha=False).pil_image().convert("L")
    middle = image.crop((100, 200, 495, 640))
    assert middle.getextrema()[0] < 240


@pytest.mark.parametrize(
    ("attachment", "name"),
    [
        ("title: 甲, pdf: 附件/没有.pdf", "paper-missing"),
        ("title: 甲, pdf: ../外.pdf", "paper-missing"),
        ("title: 甲, pdf: 附件/坏.pdf", "paper-unreadable"),
        ("title: 甲, pdf: 附件/锁.pdf", "paper-locked"),
        ("title: 甲, pdf: 附件/报告.pdf, pages: 2-4", "paper-without-page"),
        ("title: 甲, pdf: 附件/报告.pdf, pages: 三", "bad-pages"),
        ("title: 甲, body: 一段, pages: 1", "missing-field"),
        ("title: 甲", "missing-field"),
        ("body: 一段", "missing-field"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_place(
    folder: Path, attachment: str, name: str
) -> None:
    (folder / "附件" / "坏.pdf").write_bytes(b"%PDF-1.4\nnothing\n")
    with pikepdf.open(folder / "附件" / "报告.pdf") as file:
        locked = pikepdf.Encryption(owner="o", user="u")
        file.save(folder / "附件" / "锁.pdf", encryption=locked)
    with pytest.raises(InputError) as failed:
        read_issue(written(folder, attachment))
    (found,) = [f for f in failed.value.findings if f.severity == "error"]
    assert found.kind.name == name
    assert found.span is not None
    assert failed.value.source.position(found.span.start)[0] == 8


def test_what_is_left_behind_is_told(folder: Path) -> None:
    laden(folder / "附件" / "杂.pdf")
    typed, file = made(written(folder, "pdf: 附件/杂.pdf"))
    told = {f.kind.name: dict(f.values) for f in typed.findings}
    assert told["paper-left-behind"]["what"] == "附着的文件、脚本、链接、批注"
    assert "paper-dynamic" in told
    assert not file.embfile_count()
    assert not [link for page in file for link in page.get_links() if "uri" in link]


def test_another_file_is_a_change(folder: Path) -> None:
    """The text of the issue is the same: ``diff`` and the mark of approval look at the bytes."""
    path = written(folder, "title: 报告, pdf: 附件/报告.pdf")
    assert run(["approve", str(path), "--by", "李明", "--bundled-fonts"]) == 0
    old, odd = read_issue(path)
    assert "changed-since-approval" not in [f.kind.name for f in odd]
    with_words(folder / "附件" / "报告.pdf", "one", "two", "other")
    new, odd = read_issue(path)
    assert "changed-since-approval" in [f.kind.name for f in odd]
    (found,) = issue_differences(old, new, (picture_digests(old), picture_digests(new)))
    assert found.detail == "PDF 文件换了：附件/报告.pdf"


def said(issue: Issue) -> list[tuple[object, ...]]:
    """Everything that attachments say."""
    found = []
    for one in issue.attachments:
        pdf = one.pdf
        pages = None if pdf is None else (pdf.path, pdf.numbers, pdf.fit, pdf.pages)
        found.append((one.title.text, one.odd_page, pages))
    return found


def test_it_is_written_and_read_as_it_is(folder: Path) -> None:
    path = written(
        folder, "title: 报告, pdf: 附件/报告.pdf, pages: '1-2,3', fit: whole",
        "body: 先说一句。, title: 乙, pdf: 附件/汇总表.pdf, odd_page: true",
        "pdf: 附件/汇总表.pdf",
    )  # fmt: skip
    issue, _ = read_issue(path)
    again = folder / "again.yaml"
    again.write_text(YamlWriter().issue(issue), "utf-8")
    other, _ = read_issue(again)
    assert said(other) == said(issue)


def test_a_name_of_a_file_is_found_but_not_corrected(folder: Path) -> None:
    with_words(folder / "附件" / "2026年1-5月(汇总).pdf", "one")
    path = written(folder, "pdf: 附件/2026年1-5月(汇总).pdf")
    record = record_of(path)
    assert record is not None
    assert "2026年1-5月(汇总)" in [t.text for piece in record.pieces for t in piece.passages]
    before = path.read_text("utf-8")
    run(["check", str(path), "--fix"])
    assert path.read_text("utf-8") == before


def test_a_document_of_word_shows_them_as_pictures(folder: Path) -> None:
    document = word_document(
        written(folder, "title: 报告, pdf: 附件/报告.pdf, pages: 1-2"), bundled_fonts=True
    )
    assert document.twin.data.count(b".png") >= 2
    assert "pages-not-shown" not in [f.kind.name for f in document.findings]


def test_every_copy_has_them(folder: Path) -> None:
    """Copies are drawn into files of their own, one after the other."""
    path = written(folder, "title: 报告, pdf: 附件/报告.pdf, pages: 1-2", more="state: final\n")
    call = ["print", str(path), "--copies", "2", "--force", "--bundled-fonts", "-o"]
    assert run([*call, str(folder / "a")]) == 0
    assert run([*call, str(folder / "b"), "--booklet"]) == 0
    assert run([*call, str(folder / "c"), "--separate"]) == 0
    files = [file for name in "abc" for file in sorted((folder / name).glob("*.pdf"))]
    printed = [pymupdf.open(file) for file in files if "ticket" not in file.name]
    found = ["".join(bare(page) for page in file) for file in printed]
    assert [text.count("one") for text in found] == [2, 2, 1, 1]
    assert [text.count("two") for text in found] == [2, 2, 1, 1]


def test_a_document_of_word_that_came_back_has_not_lost_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its pictures of pages are known for what they are."""
    path = written(
        folder, "title: 报告, pdf: 附件/报告.pdf", "pdf: 附件/汇总表.pdf, fit: whole",
        "title: 丙, body: 一段。, pdf: 附件/汇总表.pdf",
    )  # fmt: skip
    back = folder / "期.docx"
    back.write_bytes(word_document(path, bundled_fonts=True).twin.data)
    assert run(["diff", str(path), "--docx", str(back)]) == 0
    assert "0 处不同" in "".join(capsys.readouterr())


def test_the_preview_shows_them(folder: Path) -> None:
    """As pictures, and again when the file is another."""

    def fail(error: Exception) -> str:
        raise error

    path = written(folder, "title: 报告, pdf: 附件/报告.pdf, pages: 1")
    session = Session(path, {"bundled_fonts": True}, fail)
    outcome = session.attempt()
    assert outcome.good
    (name,) = session.pictures.by_name
    shown = Image.open(BytesIO(session.pictures.by_name[name].data)).convert("L")
    assert shown.width > 900
    assert shown.getextrema()[0] < 60
    with_words(folder / "附件" / "报告.pdf", "another")
    assert session.attempt().good
    assert list(session.pictures.by_name) != [name]
