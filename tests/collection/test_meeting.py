"""Meeting volumes: pages of other programs' files as MuPDF shows them there and here."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pymupdf
import pytest
from helpers.foreignfiles import foreign
from pdf import verapdf
from pdf.test_hostile import packed
from PIL import Image, ImageChops

from brieftex.bounded import Bounds
from brieftex.cli import run
from brieftex.collection.meeting import MeetingVolume, collect_meeting
from brieftex.collection.volume import CollectionError, LookWish
from brieftex.diagnostics import InputError
from brieftex.pdf.read.verify import verify

LOOK = LookWish(bundled_fonts=True)
ISSUE = """brieftex: 1
masthead: {name: 青溪简报, number: 3, date: 2026-05-10}
sections:
- title: 动态
  items: [{title: 一则, body: 一段话。}]
"""

sound = pytest.mark.usefixtures("sound_files")
"""For papers that were made here a moment ago."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "材料").mkdir()
    foreign(tmp_path / "材料" / "报告.pdf")
    (tmp_path / "材料" / "简报.yaml").write_text(ISSUE, "utf-8")
    return tmp_path


def meeting(folder: Path, *papers: str) -> Path:
    path = folder / "会议.yaml"
    lines = "".join(f"    - {{{paper}}}\n" for paper in papers)
    path.write_text(
        "brieftex: 1\nmeeting: {name: 第12次常务会议, date: 2026-05-18, place: 三楼}\n"
        f"agenda:\n- title: 审议预算\n  presenters: [财政局]\n  papers:\n{lines}- title: 其他\n",
        "utf-8",
    )
    return path


def made(folder: Path, *papers: str) -> MeetingVolume:
    return collect_meeting(meeting(folder, *papers), folder / "m.pdf", LOOK)


def picture(page: pymupdf.Page) -> Image.Image:
    return page.get_pixmap(annots=True, alpha=False).pil_image().convert("RGB")


@sound
def test_whole_pages_look_as_they_did(folder: Path) -> None:
    """Pixel by pixel in MuPDF, but for the tab and the folio that lie over them."""
    volume = made(folder, "pdf: 材料/报告.pdf, title: 报告, fit: whole")
    there = pymupdf.open(folder / "材料/报告.pdf")
    here = pymupdf.open(volume.target)
    first = [page.get_label() for page in here].index("1")
    for index, page in enumerate(there):
        sheet = here[first + index]
        lying = page.rect.width > page.rect.height
        assert sheet.rotation == (90 if lying else 0)  # wide pages lie across
        shown = picture(sheet)
        box = page.rect
        scale = min(1, shown.width / box.width, shown.height / box.height)
        matrix = pymupdf.Matrix(scale, scale)
        alone = page.get_pixmap(matrix=matrix, annots=True, alpha=False).pil_image()
        wanted = Image.new("RGB", shown.size, "white")
        wanted.paste(alone, ((shown.width - alone.width) // 2, (shown.height - alone.height) // 2))
        if lying:  # as the sheet lies in the printer
            shown, wanted = (image.rotate(90, expand=True) for image in (shown, wanted))
        for image in (shown, wanted):
            image.paste("white", (0, 110, 22, 165))
            image.paste("white", (shown.width - 22, 110, shown.width, 165))
            image.paste("white", (0, 740, shown.width, shown.height))
        rough = [image.resize((60, 84)) for image in (shown, wanted)]  # half pixels do not count
        difference = ImageChops.difference(*rough)
        assert max(high for _, high in difference.getextrema()) < 60, index


@sound
def test_pages_inside_the_type_area_lie_in_it(folder: Path) -> None:
    volume = made(folder, "pdf: 材料/报告.pdf, title: 关于预算的报告, pages: '1,4'")
    here = pymupdf.open(volume.target)
    first = [page.get_label() for page in here].index("1")
    assert "关于预算的报告" in here[first].get_text()
    green = picture(here[first + 1]).convert("RGB")
    spots = [(x, y) for x in range(0, green.width, 3) for y in range(0, green.height, 3)
             if green.getpixel((x, y)) == (0, 255, 0)]  # fmt: skip
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    top, foot = min(y for _, y in spots), max(y for _, y in spots)
    assert 79 - 2 <= left < right <= 522 + 2  # 28 mm to 184 mm
    assert 105 - 4 <= top < foot <= 743 + 4  # 37 mm to 262 mm
    assert (right - left) / (foot - top) == pytest.approx(400 / 600, abs=0.02)


@sound
def test_a_wide_page_lies_across(folder: Path) -> None:
    volume = made(folder, "pdf: 材料/报告.pdf, title: 报告, pages: 1-2")
    here = pymupdf.open(volume.target)
    first = [page.get_label() for page in here].index("1")
    assert [here[first + k].rotation for k in (0, 1)] == [0, 90]


@sound
def test_papers_begin_on_right_pages_with_tabs_and_one_folio(folder: Path) -> None:
    volume = made(
        folder, "issue: 材料/简报.yaml", "pdf: 材料/报告.pdf, title: 甲, pages: 1",
        "pdf: 材料/报告.pdf, title: 乙, pages: 5-6, fit: whole",
    )  # fmt: skip
    here = pymupdf.open(volume.target)
    labels = [page.get_label() for page in here]
    first = labels.index("1")
    toc = {title: page - 1 for level, title, page in here.get_toc() if level == 1}
    starts = [toc[title] - first + 1 for title in list(toc)[2:]]
    assert starts == [1, 3, 5]
    for number, page in ((1, 1), (2, 3), (3, 5), (3, 6)):
        shown = picture(here[first + page - 1])
        x = shown.width - 4 if page % 2 else 3
        y = round((40 + 18 * (number - 1) + 2) * 72 / 25.4)
        assert shown.getpixel((x, y))[0] in range(88, 92)
        assert f"〔{page}〕" in here[first + page - 1].get_text()
    links = [link["page"] - first + 1 for link in here[2].get_links()]
    assert sorted(set(links)) == [1, 3, 5]


@sound
def test_what_foreign_pages_break_is_not_claimed(folder: Path) -> None:
    volume = made(folder, "pdf: 材料/报告.pdf, title: 报告")
    assert {finding.kind.name for finding in volume.findings} >= {"not-conforming", "paper-faces"}
    pdf = volume.target.read_bytes()
    assert b"pdfaid:part" not in pdf
    assert b"pdfuaid:part" not in pdf
    names = {finding.kind.name for finding in verify(pdf)}
    assert names == {"foreign-pages", "not-conforming"}
    with pikepdf.open(volume.target) as file:
        assert file.check_pdf_syntax() == []


def test_a_volume_of_issues_alone_conforms(folder: Path) -> None:
    volume = made(folder, "issue: 材料/简报.yaml, title: 简报")
    pdf = volume.target.read_bytes()
    assert verapdf.problems(pdf, "ua1", "2a") == []


@sound
def test_scripts_and_scans(folder: Path) -> None:
    """A scan keeps its bytes; nothing that acts comes along."""
    volume = made(folder, "pdf: 材料/报告.pdf, title: 报告")
    with pikepdf.open(folder / "材料/报告.pdf") as there:
        scan = next(iter(there.pages[5].get_images().values())).read_raw_bytes()
    pdf = volume.target.read_bytes()
    assert scan in pdf
    assert b"javascript" not in pdf.lower()
    assert b"/AcroForm" not in pdf


def hostile(folder: Path) -> None:
    """Files that are damaged, locked, or ask for too much."""
    with pikepdf.open(folder / "材料/报告.pdf") as file:
        file.save(folder / "锁.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
        file.save(folder / "限.pdf", encryption=pikepdf.Encryption(user="", owner="b"))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4\nnothing\n")
    (folder / "空.pdf").write_bytes(b"")
    loop = b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n"
    loop = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + loop
    (folder / "环.pdf").write_bytes(loop)
    bomb = packed(packed(bytes(1 << 20), 400))
    body = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%b\nendstream" % (
        len(bomb), bomb,
    )  # fmt: skip
    (folder / "弹.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj" + body + b"endobj\ntrailer<</Root 1 0 R>>\n"
    )


def test_papers_that_cannot_be_taken_are_all_named_with_their_places(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile(folder)
    monkeypatch.setattr("brieftex.foreign.foreign_bounds", lambda _: Bounds(3, 300))
    names = ["锁.pdf", "限.pdf", "坏.pdf", "空.pdf", "环.pdf", "弹.pdf", "没有.pdf", "../外.pdf"]
    wanted = [f"pdf: {name}, title: 甲" for name in names]
    wanted += ["pdf: 材料/报告.pdf, pages: 6-9", "issue: 没有.yaml"]
    path = meeting(folder, *wanted)
    with pytest.raises(CollectionError) as failed:
        collect_meeting(path, folder / "m.pdf", LOOK)
    (file,) = failed.value.unread
    found = [(f.kind.name, file.source.position(f.span.start)[0]) for f in file.findings if f.span]
    kinds = [kind for kind, _ in found]
    assert kinds[:2] == ["paper-locked", "paper-locked"]
    assert kinds[2:4] == ["paper-unreadable", "paper-unreadable"]
    assert {*kinds[4:6]} <= {"paper-unreadable", "paper-too-costly"}
    assert kinds[6:] == ["paper-missing", "paper-missing", "paper-without-page", "paper-missing"]
    assert [line for _, line in found] == list(range(7, 17))
    assert not (folder / "m.pdf").exists()


@pytest.mark.parametrize(
    ("paper", "name"),
    [
        ("pdf: 材料/报告.pdf, pages: 3-1", "bad-pages"),
        ("pdf: 材料/报告.pdf, pages: 全部", "bad-pages"),
        ("pdf: 材料/报告.pdf, issue: 材料/简报.yaml", "paper-of-two"),
        ("title: 甲", "missing-field"),
    ],
)
def test_what_is_written_wrong_is_told(folder: Path, paper: str, name: str) -> None:
    with pytest.raises(InputError) as failed:
        collect_meeting(meeting(folder, paper), folder / "m.pdf", LOOK)
    assert name in {finding.kind.name for finding in failed.value.findings}


def test_the_command_knows_a_meeting(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    path = meeting(folder, "issue: 材料/简报.yaml", "pdf: 材料/报告.pdf, title: 报告, pages: 1")
    assert run(["collect", str(path), "--bundled-fonts"]) == 0
    assert "2 份材料" in capsys.readouterr().err
    assert (folder / "out" / "会议.pdf").exists()
    assert run(["collect", str(path), "--no-index"]) == 2
    assert run(["build", str(path)]) == 1
    said = capsys.readouterr().err
    assert "BT200" in said
    assert "collect" in said
    assert "BT201" not in said


def test_numbers_typed_before_titles_are_not_printed_twice(folder: Path) -> None:
    path = meeting(folder, "issue: 材料/简报.yaml, title: 材料1：一份简报")
    path.write_text(path.read_text("utf-8").replace("审议预算", "一、审议预算"), "utf-8")
    volume = collect_meeting(path, folder / "m.pdf", LOOK)
    text = pymupdf.open(volume.target)[2].get_text().replace("\n", "")
    assert "一、审议预算" in text
    assert "一、一、" not in text
    assert "一份简报" in text
    assert "材料1：" not in text.replace(" ", "")
    assert [finding.kind.name for finding in volume.findings].count("typed-number") == 2


def test_whatever_is_said_of_a_meeting_is_printed(folder: Path) -> None:
    path = folder / "会议.yaml"
    path.write_text(
        "brieftex: 1\ntheme: official\nmeeting: {name: 第12次常务会议, organizer: 县政府办公室, "
        "date: 2026-05-18, time: 上午9时, place: 三楼会议室, host: 王志强, remark: 会后收回}\n"
        "agenda: [{title: 审议预算, time: '9:00', presenters: [财政局], "
        "papers: [{issue: 材料/简报.yaml, title: 一份简报}]}]\n",
        "utf-8",
    )
    file = pymupdf.open(collect_meeting(path, folder / "m.pdf", LOOK).target)
    text = "".join(page.get_text() for page in list(file)[:4]).replace("\n", "")
    for words in (
        "第12次常务会议", "县政府办公室", "2026年5月18日", "上午9时", "三楼会议室", "王志强",
        "会后收回", "审议预算", "9:00", "财政局", "一份简报",
    ):  # fmt: skip
        assert words in text.replace(" ", ""), words


@sound
def test_the_same_papers_give_the_same_bytes(folder: Path) -> None:
    one = made(folder, "pdf: 材料/报告.pdf, title: 报告").target.read_bytes()
    assert made(folder, "pdf: 材料/报告.pdf, title: 报告").target.read_bytes() == one


def test_a_long_name_takes_several_lines_of_the_cover(folder: Path) -> None:
    path = meeting(folder, "issue: 材料/简报.yaml")
    name = "青溪县第十七届人民代表大会常务委员会第二十三次会议"
    path.write_text(path.read_text("utf-8").replace("第12次常务会议", name), "utf-8")
    volume = collect_meeting(path, folder / "m.pdf", LOOK)
    lines = [line for block in pymupdf.open(volume.target)[0].get_text("dict")["blocks"]
             for line in block.get("lines", [])]  # fmt: skip
    sizes = {span["size"]: span["text"] for line in lines for span in line["spans"]}
    assert max(sizes) >= 30
    assert "会议材料" not in sizes[max(sizes)]


def test_pages_are_only_of_pdf_files(folder: Path) -> None:
    with pytest.raises(InputError) as failed:
        collect_meeting(
            meeting(folder, "issue: 材料/简报.yaml, pages: 1-2"), folder / "m.pdf", LOOK
        )
    assert [f.kind.name for f in failed.value.findings] == ["missing-field"]
