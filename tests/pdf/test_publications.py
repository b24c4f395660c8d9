"""What offices really make, from ``tests/publications``, seen in the finished file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from helpers.samples import digest, digest_path

from brieftex.layout.dump import line_text
from brieftex.layout.page import Page, PlacedLine
from brieftex.pipeline import Typeset, typeset, typeset_pages
from brieftex.units import Sp

FOLDER = Path(__file__).parents[1] / "publications"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml") if "theme" not in path.stem)


def path_of(name: str) -> Path:
    return digest_path() if name == "digest" else FOLDER / f"{name}.yaml"


@cache
def made(name: str, edition: str | None = None) -> Typeset:
    if name == "digest":
        return digest(edition=edition)
    return typeset(path_of(name), edition=edition, bundled_fonts=True)


def words(name: str) -> str:
    """The text of all pages without white space."""
    book = pymupdf.open(stream=made(name).pdf, filetype="pdf")
    return "".join("".join(page.get_text() for page in book).split()).replace("\u200b", "")


@pytest.mark.parametrize("name", NAMES)
def test_every_publication_is_made_without_a_finding(name: str) -> None:
    """Catches a shape of issue that cannot be built, or only with a warning."""
    assert [finding.message() for finding in made(name).findings] == []


def test_the_bookmarks_of_a_single_piece_hang_on_its_title() -> None:
    pdf = pikepdf.open(BytesIO(made("county").pdf))
    with pdf.open_outline() as outline:
        (top,) = outline.root
        assert top.title == "云汀县“一站办结”改革走出新路"
        assert [child.title[:2] for child in top.children] == ["一、", "二、", "三、"]


def test_an_address_over_two_lines_is_copied_whole() -> None:
    """Catches a line end, or the space of one, in the middle of an address."""
    book = pymupdf.open(stream=made("research").pdf, filetype="pdf")
    links = [link["uri"] for page in book for link in page.get_links() if "tingzhou" in link["uri"]]
    assert len(links) == 2  # two lines of it
    url = "https://news.tingzhou.example.cn/newsDetail_forward_20260402001/联合学院/index_full_view.html"
    assert f"网址链接：{url}发布日期：2026年4月2日" in words("research")


def test_the_colophon_counts_pages_without_copies() -> None:
    assert words("research").endswith("编写：甲文审核：乙舟共4页第4页共4页")


def test_the_picture_of_a_name_has_the_name_as_its_text() -> None:
    """Catches a name that nobody can hear, and a heading that is lost with its words."""
    pdf = pikepdf.open(BytesIO(made("congress").pdf))

    def nodes(kid: object) -> list[pikepdf.Dictionary]:
        if isinstance(kid, pikepdf.Array):
            return [node for one in kid for node in nodes(one)]
        if not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid:
            return []
        return [kid, *nodes(kid.get("/K"))]

    found = nodes(pdf.Root.StructTreeRoot.K)
    (figure,) = (node for node in found if node.S == "/Figure")
    assert str(figure.Alt) == "简报"
    assert figure.P.S == "/H1"
    assert "云汀县第十八届人民代表大会第一次会议增刊第1期" in words("congress")


def test_seals_are_left_out_of_drafts_and_mail_and_their_room_is_kept() -> None:
    """Catches a seal that travels, and lines that move when it stays at home."""

    def shapes(edition: str | None) -> int:
        page = pymupdf.open(stream=made("letter", edition).pdf, filetype="pdf")[0]
        return len([d for d in page.get_drawings() if d["rect"].width > 50 and d["type"] != "f"])

    assert shapes("mono") == shapes(None) == 1 + shapes("review") == 1 + shapes("mail")
    for edition in ("mail", "review"):
        assert [f.kind.name for f in made("letter", edition).findings] == ["seal-left-out"]

    def heights(edition: str | None) -> list[int]:
        page = pymupdf.open(stream=made("letter", edition).pdf, filetype="pdf")[0]
        return sorted({round(w[3]) for w in page.get_text("words") if "讨论稿" not in w[4]})

    assert heights("mail") == heights(None)


def test_no_page_has_a_seal_alone(tmp_path: Path) -> None:
    """GB/T 9704-2012 7.3.5.1: however long the text is, some of it stands above the seal."""
    text = (FOLDER / "letter.yaml").read_text("utf-8").replace("images/", "")
    seal = (FOLDER / "images/seal.svg").read_text("utf-8")
    (tmp_path / "seal.svg").write_text(seal, "utf-8")
    for count in (2, 4, 6, 8, 10):
        long = "  " + "为确保安全度汛，恳请支持。" * 4 + "\n\n"
        path = tmp_path / f"{count}.yaml"
        path.write_text(text.replace("  ## 技术支持", long * count + "  ## 技术支持"), "utf-8")
        book = pymupdf.open(stream=typeset(path, bundled_fonts=True).pdf, filetype="pdf")
        page = next(page for page in book if "2026年7月6日" in page.get_text().replace(" ", ""))
        assert "恳请" in page.get_text()


def test_red_stays_red_in_print_and_is_dark_in_mono() -> None:
    def red(edition: str | None) -> int:
        page = pymupdf.open(stream=made("county", edition).pdf, filetype="pdf")[0]
        lines = [line for block in page.get_text("dict")["blocks"] for line in block["lines"]]
        spans = [span for line in lines for span in line["spans"]]
        return int(max(spans, key=lambda span: span["size"])["color"])

    assert red("print") == red(None) == 0xD7261E
    assert red("mono") == 0xA3151C


def test_preprinted_paper_keeps_the_room_of_name_and_rule(tmp_path: Path) -> None:
    """Catches a name printed over the one on the paper, and lines that move up into its room."""
    theme = tmp_path / "paper.yaml"
    theme.write_text("extends: briefing\nmasthead: {preprinted: true}\n", "utf-8")
    plain = pymupdf.open(stream=made("county").pdf, filetype="pdf")[0]
    path = str(theme)
    typed = typeset(FOLDER / "county.yaml", theme=path, bundled_fonts=True)
    assert typed.findings == ()
    page = pymupdf.open(stream=typed.pdf, filetype="pdf")[0]
    assert not page.get_drawings()
    assert "工作简报" in plain.get_text()
    assert "工作简报" not in page.get_text()

    def place(sheet: pymupdf.Page) -> list[tuple[float, ...]]:
        return [word[:4] for word in sheet.get_text("words") if "工作简报" not in word[4]]

    assert place(page) == place(plain)


def test_a_theme_without_a_masthead_prints_none(tmp_path: Path) -> None:
    theme = tmp_path / "bare.yaml"
    theme.write_text("extends: briefing\nmasthead: {arrangement: []}\n", "utf-8")
    bare = typeset(FOLDER / "county.yaml", theme=str(theme), bundled_fonts=True)
    assert bare.findings == ()
    page = pymupdf.open(stream=bare.pdf, filetype="pdf")[0]
    assert not page.get_drawings()
    assert "".join(page.get_text().split()).startswith("云汀县“一站办结”改革走出新路")


def rows(pages: Sequence[Page]) -> list[list[tuple[Sp, str]]]:
    """The lines of each page, with their height and words, from the top."""
    placed = ([item for item in page.items if isinstance(item, PlacedLine)] for page in pages)
    return [
        [(one.y, line_text(one.line)) for one in sorted(lines, key=lambda one: (one.y, one.x))]
        for lines in placed
    ]


@pytest.mark.parametrize("edition", ["print", "mono", "mail", "review"])
@pytest.mark.parametrize("name", [*NAMES, "digest"])
def test_a_page_named_in_a_meeting_is_the_same_in_every_edition(name: str, edition: str) -> None:
    """Catches a code, a seal, a number in the margin or a mark that moves a line of the text. It is
    asked of the pages: nothing moves a line when they are drawn."""
    pages = typeset_pages(path_of(name), edition=edition, bundled_fonts=True).pages
    assert rows(pages) == rows(made(name).pages)


def table_cells(name: str, number: int) -> list[tuple[str, dict[str, object]]]:
    """Each cell of a table in the tags: its type, and the attributes of tables."""
    pdf = pikepdf.open(BytesIO(made(name).pdf))

    def walk(element: object) -> list[pikepdf.Dictionary]:
        if isinstance(element, pikepdf.Array):
            return [found for kid in element for found in walk(kid)]
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            return []
        return [element, *walk(element.get("/K"))]

    tables = [e for e in walk(pdf.Root.StructTreeRoot.K) if e.S == "/Table"]
    cells = [e for e in walk(tables[number]) if e.S in ("/TH", "/TD")]
    return [
        (
            str(cell.S),
            {
                str(key): len(value) if key == "/Headers" else value
                for key, value in cell.get("/A", pikepdf.Dictionary()).items()
                if key in ("/ColSpan", "/RowSpan", "/Headers")
            },
        )
        for cell in cells
    ]


def test_merged_cells_and_their_heads_are_in_the_tags() -> None:
    """Catches a screen reader that counts a merged cell once, or takes 男 under 初中 for 小学."""
    cells = table_cells("statistics", 0)
    assert [attributes for role, attributes in cells if role == "/TH"][:3] == [
        {"/RowSpan": 2}, {"/ColSpan": 2}, {"/ColSpan": 2},
    ]  # fmt: skip
    body = [attributes for role, attributes in cells if role == "/TD"]
    assert body[1] == {"/Headers": 2}  # 小学, 男
    assert body[-2:] == [{"/ColSpan": 2, "/Headers": 3}] * 2


def test_every_word_of_a_table_is_printed_once() -> None:
    """Catches a merged cell that is printed for each place it covers, or not at all; the names
    that stand again where a table is torn are no text."""
    text = words("statistics")
    for word, count in (
        ("单位：万元", 1),
        ("东片", 1),
        ("资料来源：县财政局", 1),
        ("石桥镇1204.5", 1),
    ):
        assert text.count(word) == count, word


def test_a_sign_that_merges_is_printed_behind_a_backslash_alone() -> None:
    text = words("statistics")
    assert text.count("<") == 2  # in its cell and in the note
    assert "^" not in text


def test_lines_are_those_that_were_written() -> None:
    """Catches a poem that is filled to paragraphs, and the end of a letter at the left."""
    page = pymupdf.open(stream=made("bulletin").pdf, filetype="pdf")[1]
    lines = {
        "".join(span["text"] for span in line["spans"]).replace("\u200b", ""): line["bbox"]
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
    }
    one = next(box for text, box in lines.items() if text.startswith("一渠春水"))
    two = next(box for text, box in lines.items() if text.startswith("修得长堤"))
    assert one[0] == pytest.approx(two[0], abs=0.2)
    assert two[1] > one[1]
    ends = [box for text, box in lines.items() if text.startswith(("石桥镇全体", "2026"))]
    assert ends[-1][2] > page.rect.width * 0.8


def test_pictures_side_by_side_are_equally_high_and_share_a_caption() -> None:
    pdf = pikepdf.open(BytesIO(made("bulletin").pdf))
    found: list[tuple[str, list[float], bool]] = []

    def walk(element: object) -> None:
        if isinstance(element, pikepdf.Array):
            for kid in element:
                walk(kid)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            kids = element.get("/K")
            if element.S == "/Figure":
                held = kids if isinstance(kids, pikepdf.Array) else [kids]
                captioned = any(
                    isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/Caption"
                    for kid in held
                )
                box = [float(v) for v in element.A.BBox]
                found.append((str(element.Alt), box, captioned))
            walk(kids)

    walk(pdf.Root.StructTreeRoot.K)
    (left, one, first), (right, two, second) = found[:2]
    assert ("会标" in left, "门口" in right) == (True, True)
    assert (first, second) == (True, False)
    assert one[3] - one[1] == pytest.approx(two[3] - two[1], abs=0.2)
    assert one[1] == pytest.approx(two[1], abs=0.2)
    assert one[2] < two[0]


def test_names_are_copied_without_the_space_between_their_characters() -> None:
    assert "王明李小红欧阳明月张岳" in words("bulletin")


@pytest.mark.parametrize(
    ("remark", "lower"),
    [
        ("此件公开发布", False),
        ("联系人：周敏，电话：0571-8888 1234", True),
        ("联系人：周敏，" * 9, True),
    ],
)
def test_no_seal_lies_over_the_remark(remark: str, lower: bool, tmp_path: Path) -> None:
    """GB/T 9704-2012 7.3.5 and 7.3.6: the remark stands on the next line, or below the seal if it
    would reach it."""
    text = (FOLDER / "letter.yaml").read_text("utf-8").replace("images/", "")
    seal = (FOLDER / "images/seal.svg").read_text("utf-8")
    (tmp_path / "seal.svg").write_text(seal, "utf-8")
    path = tmp_path / "letter.yaml"
    path.write_text(text.replace("联系人：周敏，电话：0571-8888 1234", remark), "utf-8")
    page = pymupdf.open(stream=typeset(path, bundled_fonts=True).pdf, filetype="pdf")[0]
    circle = max(
        (d["rect"] for d in page.get_drawings() if 80 < d["rect"].width < 150),
        key=lambda rect: rect.height,
    )
    date = max(word[3] for word in page.get_text("words") if "日" in word[4])
    lines = [line["bbox"] for part in page.get_text("dict")["blocks"] for line in part["lines"]]
    below = sorted(
        (pymupdf.Rect(box) for box in lines if date + 9 < box[3] < 700), key=lambda r: r.y1
    )
    assert below
    assert not any(rect.intersects(circle) for rect in below)
    assert (below[0].y1 - date > 40) is lower
