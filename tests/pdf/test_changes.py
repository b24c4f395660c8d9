"""Pages that show what changed, read by libraries that did not write them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import pymupdf
import pytest
from helpers.drafts import edited_issue, issue_of, random_issue
from pdf.verapdf import problems

from brieftex.cli import run
from brieftex.input.issue.file import read_issue
from brieftex.layout.dump import dump
from brieftex.pipeline import Against, Typeset, typeset, typeset_pages

OLD = """\
masthead: {name: 岚湖参阅, number: 4, total: 58, issuer: 岚湖市办公室, date: 2026-05-06}
sections:
  - title: 工作动态
    items:
      - title: 服务窗口延时到晚上八点
        body: |
          服务窗口延时到晚上八点，书面答复158件，办结率达到九成以上，群众普遍满意[^1]。

          各窗口公开电话和流程，周末安排专人值守，节假日照常受理预约事项。

          ## 下一步打算

          继续压减材料，把现有的六十项事项合成一件事，让群众只跑一次。

          - 统一收件
          - 统一审核
          - 统一出证

          [^1]: 据五月六日会议记录。
        sources: [{name: 岚湖新闻网, date: 2026-05-01, url: 'https://example.org/a'}]
      - title: 会议减少三成
        body: 合并同类会议，能开视频会的不集中，材料一律不超过五页，提前一天送到。
      - title: 旧楼加装电梯二十部
        body: 今年一季度已有二十部电梯投入使用，受益居民一千二百户。
  - title: 调查与案例
    items:
      - title: 一次办好的做法
        body:
          - 把分散的事项合成一件事，减少往返，缩短时间，群众只跑一次就能办成。
          - table:
              caption: 四月办件情况
              header: [事项, 件数, 备注]
              rows: [[户籍, 120, ''], [档案, 75, 含补办], [学籍, 30, '']]
          - chart: bar
            caption: 月度办件量
            categories: [二月, 三月, 四月]
            values: [9, 12, 15]
      - title: 邻市做法
        body: 邻市设立潮汐窗口，按人流开关，值得借鉴。
colophon: {send_to: [市委办公室, 市政府办公室], prepared_by: [李一], copies: 50}
"""
_MEETING = OLD[OLD.index("      - title: 会议减少") : OLD.index("      - title: 旧楼")]
_CUT = _MEETING.replace("减少三成", "压减四成")
_LIFT = OLD[OLD.index("      - title: 旧楼") : OLD.index("  - title: 调查")]
_TELEPHONE = "          各窗口公开电话和流程，周末安排专人值守，节假日照常受理预约事项。\n\n"
_NEWS = "      - title: 食堂延长供餐\n        body: 早餐到九点半，夜宵到十一点。\n"
NEW = (
    OLD.replace(_MEETING, "").replace(_LIFT, "").replace(_TELEPHONE, "")
    .replace("      - title: 一次", f"{_CUT}      - title: 一次")
    .replace("          [^1]: 据五月六日", f"{_TELEPHONE}          [^1]: 据五月九日")
    .replace("书面答复158件", "当面答复162件").replace("          - 统一审核\n", "")
    .replace("[户籍, 120", "[户籍, 121")
    .replace("[学籍, 30, '']", "[职称, 12, ''], [专利, 9, 新设]")
    .replace("[9, 12, 15]", "[9, 12, 16]").replace("number: 4", "number: 5")
    .replace("市政府办公室]", "市人大办公室]").replace("copies: 50", "copies: 60")
    .replace("colophon:", f"{_NEWS}colophon:")
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    (folder / "old.yaml").write_text(OLD, "utf-8")
    (folder / "new.yaml").write_text(NEW, "utf-8")
    return folder


@pytest.fixture(scope="module")
def marked(folder: Path) -> Typeset:
    return _made(folder, marked=True)


@pytest.fixture(scope="module")
def clean(folder: Path) -> Typeset:
    return _made(folder, marked=False)


def _made(folder: Path, *, marked: bool) -> Typeset:
    old, _ = read_issue(folder / "old.yaml")
    against = Against(old, marked=marked)
    return typeset(folder / "new.yaml", against=against, bundled_fonts=True)


def test_both_kinds_conform(marked: Typeset, clean: Typeset) -> None:
    assert problems(marked.pdf, "ua1", "2a") == []
    assert problems(clean.pdf, "ua1", "2a") == []


@pytest.mark.parametrize("seed", range(6))
def test_random_drafts_conform(seed: int) -> None:
    # Catches a row without all of its cells, a heading that skips a level, an element entered
    # twice: the build itself reads the order of every word back.
    random = Random(seed)
    values = random_issue(random)
    old, new = issue_of(values), issue_of(edited_issue(random, values))
    made = typeset(new, against=Against(old, marked=True), bundled_fonts=True)
    assert problems(made.pdf, "ua1") == []


def _elements(element: Any) -> Iterator[Any]:
    yield element
    kids = element.get("/K", [])
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _elements(kid)


def test_struck_words_are_read_out_as_such(marked: Typeset) -> None:
    with pikepdf.open(pymupdf_bytes(marked)) as file:
        root = file.Root.StructTreeRoot.K[0]
        spans = [e for e in _elements(root) if "/A" in e and "/TextDecorationType" in e.A]
        gone = [str(e.Alt) for e in spans if e.A.TextDecorationType == "/LineThrough"]
        added = [e for e in spans if e.A.TextDecorationType == "/Underline"]
    assert "删去：书面答复158" in gone
    assert "删去：统一审核" in gone
    assert "删去：今年一季度已有二十部电梯投入使用，受益居民一千二百户。" in gone
    assert all(alt.startswith("删去：") for alt in gone)
    assert added
    assert all("/Alt" not in e for e in added)
    assert all(e.S in ("/Span", "/RB") for e in spans)


def pymupdf_bytes(made: Typeset) -> Any:
    from io import BytesIO  # noqa: PLC0415

    return BytesIO(made.pdf)


def _lines_along(page: Any) -> list[Any]:
    """Flat rectangles that are lines along words, not rules of tables."""
    return [
        d["rect"] for d in page.get_drawings()
        if d["rect"].height < 1.6 and d["fill"] not in (None, (0.0, 0.0, 0.0))
    ]  # fmt: skip


def _spans(page: Any) -> Iterator[Any]:
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            yield from line["spans"]


RED, BLUE = 0xC8102E, 0x0B4EA2


def test_struck_and_underlined_words_are_told_apart_without_colour(marked: Typeset) -> None:
    """Every red word has a line through it, every blue one a line below it, no other has one."""
    seen = {RED: "", BLUE: ""}
    with pymupdf.open(stream=marked.pdf, filetype="pdf") as book:
        for page in book:
            lines = _lines_along(page)
            for span in _spans(page):
                if not span["text"].strip():
                    continue
                x0, y0, x1, y1 = span["bbox"]
                # MuPDF takes a stretched filler for a larger size.
                base, size = span["origin"][1], min(span["size"], y1 - y0)
                middle = (x0 + x1) / 2
                at = [(base - (r.y0 + r.y1) / 2) / size for r in lines if r.x0 <= middle <= r.x1]
                through = any(0.25 < height < 0.45 for height in at)
                below = any(-0.25 < height < -0.1 for height in at)
                assert through == (span["color"] == RED), span["text"]
                assert below == (span["color"] == BLUE), span["text"]
                if span["color"] in seen:
                    seen[span["color"]] += span["text"]
    assert "书面答复 158" in seen[RED].replace("书面答复158", "书面答复 158")
    assert "统一审核" in seen[RED]
    assert "学籍" in seen[RED]
    assert "食堂延长供餐" in seen[BLUE]
    assert "职称" in seen[BLUE]


def test_the_first_page_lists_every_change_with_page_and_line(marked: Typeset) -> None:
    with pymupdf.open(stream=marked.pdf, filetype="pdf") as book:
        labels = [page.get_label() for page in book]
        front = labels.index("1")
        assert labels[:front] == ["i", "ii"][:front]
        words = "".join(book[k].get_text() for k in range(front)).replace("\n", "")
        assert f"共{len(marked.changes)}处改动" in words.replace(" ", "")
        rows = [row for k in range(front) for row in _rows(book[k])]
        assert [number for number, *_ in rows] == list(range(1, len(marked.changes) + 1))
        assert rows == sorted(rows, key=lambda row: row[1])
        for _, number, line in rows:
            if "图1" in book[front + number - 1].get_text():
                line = 0  # words in a chart are no lines of the text
            assert _is_changed(book[front + number - 1], line), (number, line)


def _rows(page: Any) -> Iterator[tuple[int, int, int]]:
    """Number, page and line of the rows of the list; line 0 where there is none."""
    rows: dict[int, list[str]] = {}
    for x0, _, _, y1, word, *_ in sorted(page.get_text("words")):
        if x0 < 145 and (word.isdigit() or word == "—"):
            rows.setdefault(round(y1), []).append(word)
    for y in sorted(rows):
        number, where, line = rows[y]
        yield int(number), int(where), int(line) if line.isdigit() else 0


def _is_changed(page: Any, number: int) -> bool:
    """Whether a bar stands beside line ``number`` of a page, or anywhere for 0."""
    bars = [d["rect"] for d in page.get_drawings() if d["rect"].x0 > 523]
    texts = [
        s for s in _spans(page)
        if s["text"].strip() and "[" not in s["text"] and 95 < s["origin"][1] < 765
    ]  # fmt: skip
    last, lines = 0.0, []
    for y in sorted(s["origin"][1] for s in texts):
        if y - last > 29 / 5:
            lines.append(y)
            last = y
    at = [lines[number - 1]] if number else lines
    return any(bar.y0 < y - 2 < bar.y1 for y in at for bar in bars)


def test_what_moved_leads_from_one_place_to_the_other(marked: Typeset) -> None:
    with pymupdf.open(stream=marked.pdf, filetype="pdf") as book:
        pages = {page.get_label(): page.get_text().replace("\n", "") for page in book}
    (left,) = (
        n for n, text in pages.items() if "〔移走〕《会议压减四成》移至《调查与案例》" in text
    )
    (come,) = (n for n, text in pages.items() if "〔移来〕本条原在《工作动态》" in text)
    assert pages[left].split("移至《调查与案例》，见")[1].lstrip("·.… ").startswith(come)
    assert pages[come].split("原在《工作动态》，旧处见")[1].lstrip("·.… ").startswith(left)


def _glyphs(pdf: bytes) -> list[list[tuple[Any, ...]]]:
    with pymupdf.open(stream=pdf, filetype="pdf") as book:
        return [
            [
                (char["c"], char["origin"], span["font"], span["size"], span["color"])
                for block in page.get_text("rawdict")["blocks"]
                for line in block.get("lines", ())
                for span in line["spans"]
                for char in span["chars"]
            ]
            for page in book
        ]


def test_pages_with_bars_are_those_of_the_issue(folder: Path, clean: Typeset) -> None:
    plain = typeset(folder / "new.yaml", bundled_fonts=True)
    assert _glyphs(clean.pdf) == _glyphs(plain.pdf)
    with (
        pymupdf.open(stream=clean.pdf, filetype="pdf") as one,
        pymupdf.open(stream=plain.pdf, filetype="pdf") as other,
    ):
        edge = (28 + 156) * 72 / 25.4
        for page, was in zip(one, other, strict=True):
            shapes = [d["rect"] for d in page.get_drawings()]
            before = [d["rect"] for d in was.get_drawings()]
            more = [rect for rect in shapes if rect not in before]
            assert [rect for rect in shapes if rect in before] == before
            assert all(rect.x0 > edge and rect.width < 4 for rect in more)


def test_bars_stand_beside_what_changed_and_nothing_else(clean: Typeset) -> None:
    barred: list[str] = []
    with pymupdf.open(stream=clean.pdf, filetype="pdf") as book:
        for page in book:
            bars = [d["rect"] for d in page.get_drawings() if d["rect"].x0 > 523]
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", ()):
                    text = "".join(span["text"] for span in line["spans"]).strip()
                    y = line["spans"][0]["origin"][1] - 2
                    if text and any(bar.y0 < y < bar.y1 for bar in bars):
                        barred.append(text)
    found = "".join(barred).replace(" ", "")
    changed = (
        "第5期", "当面答复162件", "统一收件", "会议压减四成", "合并同类会议", "户籍121", "职称12",
        "食堂延长供餐", "据五月九日", "市人大办公室", "各窗口公开电话",
    )  # fmt: skip
    for words in changed:
        assert words in found, words
    for words in ("继续压减材料", "统一出证", "邻市设立", "把分散的事项", "下一步打算"):
        assert words not in found, words


def test_nothing_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = folder / "same.pdf"
    call = ["diff", str(folder / "old.yaml"), str(folder / "old.yaml"), "-o", str(target)]
    assert run([*call, "--bundled-fonts"]) == 0
    assert capsys.readouterr().out == ""
    with pymupdf.open(target) as book:
        assert "共0处改动" in book[0].get_text().replace(" ", "").replace("\n", "")
        assert not _lines_along(book[1])


def test_editions_and_themes(folder: Path) -> None:
    old, _ = read_issue(folder / "old.yaml")
    for edition in ("mono", "review", "print"):
        made = typeset_pages(
            folder / "new.yaml", against=Against(old, marked=True), edition=edition,
            bundled_fonts=True,
        )  # fmt: skip
        assert ("#c8102e" in dump(made.pages)) == (edition != "mono")


def test_a_picture_that_was_replaced(tmp_path: Path) -> None:
    from PIL import Image  # noqa: PLC0415

    text = OLD.replace("          - chart: bar", "          - figure: a.png\n            alt: 图\n"
                       "            caption: 现场\n          - chart: bar")  # fmt: skip
    for name, color in (("one", "red"), ("two", "blue")):
        (tmp_path / name).mkdir()
        Image.new("RGB", (80, 50), color).save(tmp_path / name / "a.png")
        (tmp_path / name / "x.yaml").write_text(text, "utf-8")
    target = tmp_path / "x.pdf"
    files = [str(tmp_path / name / "x.yaml") for name in ("one", "two")]
    assert run(["diff", *files, "-o", str(target), "--bundled-fonts"]) == 0
    with pymupdf.open(target) as book:
        words = "".join(page.get_text() for page in book).replace("\n", "")
    assert "〔图已换〕" in words
