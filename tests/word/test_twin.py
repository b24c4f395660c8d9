"""``brieftex build --docx``: the file is read by python-docx, held against the schema's orders and
opened by LibreOffice, none of which wrote it."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from helpers.office import compared, line_places, pages_of
from helpers.samples import twin_of
from helpers.services import PRINTED
from lxml import etree
from msgspec import Struct
from PIL import Image

from brieftex.input.issue.file import read_issue
from brieftex.model.content import Chart, Figure, Ruby
from brieftex.model.issue import Masthead
from brieftex.pdf.write import picture_file
from brieftex.twin.make import word_document
from brieftex.units import Size, pt
from brieftex.word.incoming import printed_texts

ROOT = Path(__file__).parents[2]
PUBLICATIONS = sorted(
    path for path in (ROOT / "tests/publications").glob("*.yaml") if "theme" not in path.name
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The twins of the publications and of the sample issue."""
    return {path.stem: twin_of(path).data for path in (*PUBLICATIONS, ROOT / "briefing.yaml")}


def texts(data: bytes) -> str:
    """All characters that the file shows, in the order of its parts; a line break is nothing."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    found = []
    for name in archive.namelist():
        if name in ("word/document.xml", "word/footnotes.xml"):
            root = etree.fromstring(archive.read(name))
            found += [e.text or "" for e in root.iter(f"{W}t") if not _is_beside(e)]
    return "".join(found)


def _is_beside(element: etree._Element) -> bool:
    """Whether it is a reading above characters, or a bracket around the number of a note."""
    run = element.getparent()
    style = run.find(f"{W}rPr/{W}rStyle")
    raised = style is not None and style.get(f"{W}val") == "FootnoteReference"
    return raised or run.getparent().tag == f"{W}rt"


def blank(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", [*(path.stem for path in PUBLICATIONS), "briefing"])
def test_every_text_of_the_issue_is_in_the_file(made: dict[str, bytes], name: str) -> None:
    folder = ROOT if name == "briefing" else ROOT / "tests/publications"
    issue, _ = read_issue(folder / f"{name}.yaml")
    whole = blank(texts(made[name]))
    drawn = {blank(text) for text in _drawn(issue)}
    drawn |= {blank(ruby.reading) for ruby in _rubies(issue)}
    lost = [t for t in printed_texts(issue) if blank(t) not in whole and blank(t) not in drawn]
    assert lost == []


def _rubies(value: object) -> Iterator[Ruby]:
    if isinstance(value, Ruby):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _rubies(one)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _rubies(getattr(value, name))


def _drawn(issue: object) -> Iterator[str]:
    """Texts of charts, which are drawn, of names that are pictures, and of other purposes."""
    if isinstance(issue, Chart | Figure):
        kept = None if issue.caption is None else issue.caption.text
        yield from (text for text in printed_texts(issue) if text != kept)
    elif isinstance(issue, Masthead) and issue.name_picture:
        yield from printed_texts(issue.name)
    elif isinstance(issue, tuple):
        for one in issue:
            yield from _drawn(one)
    elif isinstance(issue, Struct):
        for name in issue.__struct_fields__:
            if name not in ("source", "origin"):
                yield from _drawn(getattr(issue, name))


@pytest.mark.usefixtures("afresh")
def test_the_same_issue_is_the_same_bytes(made: dict[str, bytes]) -> None:
    """Ensures it for a publication with charts, which are drawn again for it."""
    again = word_document(ROOT / "tests/publications/bulletin.yaml", bundled_fonts=True)
    assert again.twin.data == made["bulletin"]


def test_drawings_have_the_pixels_that_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures it of a drawing of an inch by half an inch; tests have coarser ones otherwise."""
    monkeypatch.setattr(picture_file, "CHART_RESOLUTION", PRINTED)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36" viewBox="0 0 72 36"/>'
    data, ending = picture_file.drawn_file(Size(pt(72), pt(36)), svg)
    with Image.open(io.BytesIO(data)) as image:
        assert (ending, image.format, image.size) == ("png", "PNG", (300, 150))
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def _orders() -> dict[str, list[set[str]]]:
    lines = (Path(__file__).parent / "schema.txt").read_text("utf-8").splitlines()
    rows = (line.partition(": ") for line in lines if not line.startswith("#"))
    return {name: [set(part.split("|")) for part in rest.split()] for name, _, rest in rows}


def misplaced(data: bytes) -> list[str]:
    """Elements that stand where the schema has no place for them."""
    orders, found = _orders(), []
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        for element in etree.fromstring(archive.read(name)).iter():
            parent = etree.QName(element).localname
            if not element.tag.startswith(W) or parent not in orders:
                continue
            at = 0
            for child in element:
                kind = etree.QName(child).localname
                places = [k for k, kinds in enumerate(orders[parent]) if kind in kinds and k >= at]
                if not places:
                    found.append(f"{name}: {kind} in {parent}")
                    break
                at = places[0]
    return found


def test_elements_stand_in_the_order_of_the_schema(made: dict[str, bytes]) -> None:
    for name, data in made.items():
        assert misplaced(data) == [], name


def test_the_check_of_the_order_can_fail(made: dict[str, bytes]) -> None:
    data = made["briefing"]
    old, new = b"<w:keepNext/><w:keepLines/>", b"<w:keepLines/><w:keepNext/>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(buffer, "w") as write:
        for name in read.namelist():
            write.writestr(name, read.read(name).replace(old, new))
    assert misplaced(buffer.getvalue()) != []


def test_headings_are_counted_by_word(made: dict[str, bytes]) -> None:
    """Numbers come from a multilevel list that is linked to the styles; none is typed."""
    document = docx.Document(io.BytesIO(made["briefing"]))
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert by_style["Heading 1"] == ["各方动态", "调查与案例", "思考与建言"]
    assert by_style["Heading 2"][0].startswith("衡澜大学推出")
    root = document.part.numbering_part.element
    linked = {
        (level.find(f"{W}pStyle").get(f"{W}val"), level.find(f"{W}lvlText").get(f"{W}val"))
        for level in root.iter(f"{W}lvl")
        if level.find(f"{W}pStyle") is not None
    }
    assert {("Section", "%1、"), ("Item", "%2. "), ("Heading1", "（%3）")} <= linked
    levels = {
        style.style_id: style.element.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val")
        for style in document.styles
        if style.element.find(f"{W}pPr/{W}outlineLvl") is not None
    }
    assert (levels["Section"], levels["Item"], levels["Heading1"]) == ("0", "1", "2")


def test_styles_bear_the_names_of_the_theme(made: dict[str, bytes]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made["briefing"]))
    root = etree.fromstring(archive.read("word/styles.xml"))
    names = {
        name.get(f"{W}val") for kind in ("name", "aliases") for name in root.iter(f"{W}{kind}")
    }
    assert {"section", "item", "body", "quotation", "speaker", "sources", "heading 1"} <= names
    faces = {f.get(f"{W}eastAsia") for f in root.iter(f"{W}rFonts")}
    assert {"仿宋_GB2312", "楷体_GB2312", "黑体"} <= faces


def test_the_page_has_a_grid_of_lines_and_cells(made: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(made["briefing"]))
    section = document.sections[0]
    grid = section._sectPr.find(f"{W}docGrid")  # python-docx has no name for it
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")
    height = section.page_height - section.top_margin - section.bottom_margin
    assert 22 * 579 <= height // 635 < 23 * 579
    normal = document.styles["Normal"].element
    assert normal.find(f"{W}rPr/{W}sz").get(f"{W}val") == "32"
    assert normal.find(f"{W}rPr/{W}spacing").get(f"{W}val") == "-5"
    indent = normal.find(f"{W}pPr/{W}ind")
    assert indent.get(f"{W}firstLineChars") == "200"


def test_shared_marks_are_said_to_be_chinese(made: dict[str, bytes]) -> None:
    """“” and …… without the hint would be set in the Latin face, and narrow."""
    archive = zipfile.ZipFile(io.BytesIO(made["briefing"]))
    root = etree.fromstring(archive.read("word/document.xml"))
    marks = [t for t in root.iter(f"{W}t") if set(t.text or "") & set("“”…—")]
    assert len(marks) > 50
    for mark in marks:
        fonts = mark.getparent().find(f"{W}rPr/{W}rFonts")
        assert fonts is not None, mark.text
        assert fonts.get(f"{W}hint") == "eastAsia", mark.text


def test_tables_repeat_their_heads_and_pictures_have_words(made: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(made["briefing"]))
    table = next(t for t in document.tables if len(t.rows) > 5)
    assert [table.rows[k]._tr.find(f"{W}trPr/{W}tblHeader") is not None for k in (0, 1)] == [
        True,
        False,
    ]
    shapes = [e for e in document.element.iter() if e.tag.endswith("}docPr")]
    assert len(shapes) > 2
    assert all(len(shape.get("descr")) > 5 for shape in shapes)


def test_odd_and_even_pages_have_folios_of_their_own(made: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(made["notice"]))
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert [p.alignment for p in (odd, even)] == [2, 0]  # right and left
    assert "PAGE" in odd._p.find(f"{W}fldSimple").get(f"{W}instr")


def test_notes_contents_and_captions_are_words_own(made: dict[str, bytes]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made["briefing"]))
    document = archive.read("word/document.xml").decode()
    notes = etree.fromstring(archive.read("word/footnotes.xml"))
    called = re.findall(r'footnoteReference w:id="(\d+)"', document)
    held = [n.get(f"{W}id") for n in notes if n.get(f"{W}type") is None]
    assert called == held
    assert ' TOC \\o "1-2"' in document
    assert "SEQ 图" in document
    assert "SEQ 表" in document
    targets = set(re.findall(r"PAGEREF (\w+)", document))
    assert targets <= set(re.findall(r'bookmarkStart w:id="\d+" w:name="(\w+)"', document))


def test_each_paragraph_has_a_bookmark_of_its_own(made: dict[str, bytes]) -> None:
    for data in made.values():
        archive = zipfile.ZipFile(io.BytesIO(data))
        root = etree.fromstring(archive.read("word/document.xml"))
        names = Counter(b.get(f"{W}name") for b in root.iter(f"{W}bookmarkStart"))
        assert max(names.values()) == 1
        numbers = Counter(b.get(f"{W}id") for b in root.iter(f"{W}bookmarkStart"))
        assert max(numbers.values()) == 1
        for paragraph in root.iter(f"{W}p"):
            if "".join(t.text or "" for t in paragraph.iter(f"{W}t")).strip():
                held = [b.get(f"{W}name") for b in paragraph.iter(f"{W}bookmarkStart")]
                assert any(name.startswith("brieftex_") for name in held)


# -- LibreOffice ---------------------------------------------------------------------------

HELD = (
    "publications/county", "publications/bulletin", "publications/statistics",
    "publications/research", "publications/notice", "suite/layout/widow",
    "suite/layout/foot-even-blank",
)  # fmt: skip
"""Issues that have among them charts, pictures side by side, tables with notes and spans, a table
across a page, a box, names in columns, verses, addresses, footnotes, text without marks and a blank
page before the colophon."""


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same_pages(tmp_path: Path) -> None:
    """In theme word, whose lines and pages end as Word's do: as many pages as the PDF, on each as
    many lines but one, and every character. ``bench/wordpages.py`` measures all issues."""
    files = [ROOT / f"tests/{name}.yaml" for name in HELD]
    found = dict(compared(files, tmp_path))
    for path, one in found.items():
        assert len(one.theirs) == len(one.ours), path.stem
        assert one.off == [], (path.stem, one.ours, one.theirs)
        assert one.lost == Counter(), path.stem
    ours = _rows(tmp_path / "000-county.ours.pdf")
    theirs = _rows(tmp_path / "office/saved/000-county.pdf")
    assert len(ours) > 6
    assert theirs == ours


def _rows(file: Path) -> list[str]:
    """The full lines of the first page of a file."""
    page = pages_of(file.read_bytes())[0]
    lines = line_places(page)
    at = [max(y for y in lines if y <= ink.baseline) for ink in page]
    rows = ["".join(i.character for k, i in enumerate(page) if at[k] == y) for y in lines]
    return [row for row in rows if len(row) > 24]


# -- the command ---------------------------------------------------------------------------

ISSUE = """报头:
  刊名: 青岚简讯
标题: 一件事
正文: |
  第一段。
"""


def test_build_writes_the_document(brieftex, tmp_path: Path) -> None:
    (tmp_path / "期.yaml").write_text(ISSUE, "utf-8")
    built = brieftex("build", "期.yaml", "--docx", "--bundled-fonts")
    assert built.exit_code == 0, built.stderr
    assert "Word 文件" in built.stderr
    assert "第一段。" in texts((tmp_path / "out/期.docx").read_bytes())
    named = brieftex("build", "期.yaml", "-o", "改/稿.docx", "--bundled-fonts")
    assert named.exit_code == 0
    assert (tmp_path / "改/稿.docx").read_bytes() == (tmp_path / "out/期.docx").read_bytes()
    assert not (tmp_path / "out/期.pdf").exists()


def test_what_a_document_cannot_be_is_refused(brieftex, tmp_path: Path) -> None:
    (tmp_path / "期.yaml").write_text(ISSUE, "utf-8")
    for arguments in (
        ("--docx", "-o", "x.pdf"),
        ("--docx", "--attach-source"),
        ("-o", "x.docx", "--password"),
    ):
        assert brieftex("build", "期.yaml", *arguments).exit_code == 2
    assert list(tmp_path.glob("x*")) == []
    (tmp_path / "期.yaml").write_text(ISSUE.replace("标题", "標題錯"), "utf-8")
    failed = brieftex("build", "期.yaml", "--docx")
    assert failed.exit_code == 1
    assert "没有生成 Word 文件" in failed.stderr
    assert not (tmp_path / "out").exists()


def test_a_tab_is_an_element(tmp_path: Path) -> None:
    """A raw one in the text of a run is a blank to some programs, a tab to others."""
    (tmp_path / "期.yaml").write_text(ISSUE.replace("第一段", "第一\t段"), "utf-8")
    twin = word_document(tmp_path / "期.yaml", bundled_fonts=True).twin
    paragraph = next(p for p in docx.Document(io.BytesIO(twin.data)).paragraphs if "段" in p.text)
    assert paragraph.text == "第一\t段。"
    assert [t.text for t in paragraph._p.iter(f"{W}t")] == ["第一", "段。"]


LYING = """报头: {刊名: 青岚简讯, 期号: 3}
标题: 一件事
正文:
  - |
    第一段。
  - 表格:
      表题: 人数
      方向: 横排
      表头: [院系, 一月, 二月]
      行: [[文学院, 320, 12]]
  - |
    后面的话。
"""


def test_what_lies_across_a_page_has_a_section_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "期.yaml").write_text(LYING, "utf-8")
    data = word_document(tmp_path / "期.yaml", bundled_fonts=True).twin.data
    sections = docx.Document(io.BytesIO(data)).sections
    sides = [(s.page_width > s.page_height, int(s.orientation)) for s in sections]
    assert sides == [(False, 0), (True, 1), (False, 0)]
    assert not any(s.footer.is_linked_to_previous for s in sections)
    for section in sections:  # what stands at the right of a head does so on wide pages, too
        stops = section.header._element.findall(f".//{W}tab[@{W}val='right']")
        room = (section.page_width - section.left_margin - section.right_margin) // 635
        assert all(abs(int(stop.get(f"{W}pos")) - room) < 10 for stop in stops)
        assert stops
    assert misplaced(data) == []
