"""``brieftex import EDITED.docx --onto ISSUE``: documents are edited with python-docx or pass
through LibreOffice; what should stand in the file is said here, byte by byte."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from docx.oxml.ns import qn
from helpers.samples import twin_of
from helpers.wordedits import (
    Edit,
    added,
    bold,
    edited,
    in_notes,
    joined,
    linked,
    moved,
    new_column,
    new_note,
    new_picture,
    new_row,
    new_table,
    plain,
    removed,
    replaced,
    row_gone,
    split,
    tracked_change,
    without_bookmarks,
)

from brieftex.diagnostics import Source
from brieftex.input.issue.file import read_issue
from brieftex.model.issue import Issue
from brieftex.source import read_source
from brieftex.twin import returned
from brieftex.twin.make import word_document
from brieftex.twin.returned import WrittenBack, written_back

pytestmark = pytest.mark.usefixtures("sound_files")

ROOT = Path(__file__).parents[2]
PUBLICATIONS = sorted(
    path for path in (ROOT / "tests/publications").glob("*.yaml") if "theme" not in path.name
)
ISSUE = """\
# 第一行的注释
报头:
  刊名: 青岚简讯   # 刊名
  期号: 12
  总期号: 80
  编发单位: 青岚大学办公室
  日期: 2026-04-08
栏目:
  - 标题: 校内动态
    编者按: 三条都来自基层。
    条目:
      # 头一条
      - 标题: 图书馆延长开放时间
        提要: 每天多开两小时。
        正文: 从四月起，图书馆每天开放到二十三点。
        供稿: [图书馆, 学生处]
        来源:
          - {名称: 青岚大学新闻网, 网址: 'https://news.example.cn/a', 日期: 2026-04-02}
          - 名称: 青岚日报
            标题: 夜里的灯
      - 标题: '食堂："一窗一策"'
        正文: |
          食堂改了窗口。[^1]

          ## 为什么改

          1. 排队久；
          2. 菜凉。

          > 饭菜要热。

          他们说：“好。”

          [^1]: 共八个窗口。
      - 标题: 实验室开放
        正文:
          - |
            第一段文字在这里。
            折了一行。
          - 发言人: 李明
            职务: 主任
            文字: 我们会开放到底。
          - 表格:
              表题: 人数
              表头: [单位, 人数]
              行:
                - [文学院, 32]
                - [理学院, 41]
  - 标题: 校外动态
    条目:
      - 标题: 临岳的做法
        正文: |
          临岳先走一步，**大胆**试。

          \\# 号照印，*强调*的和{堃｜kūn}字都在。
落款:
  署名: [青岚大学办公室]
  日期: 2026年4月9日
版记:
  编写: [甲乙, 丙丁]
  审核: 戊己
  报: [校领导]
  份数: 60
"""


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """An issue and its document."""
    path = tmp_path_factory.mktemp("twin") / "期.yaml"
    path.write_text(ISSUE, "utf-8")
    return path, word_document(path, bundled_fonts=True).twin.data


@cache
def read(path: Path, data: bytes) -> tuple[Source, Issue]:
    """An issue whose file holds this."""
    assert path.read_bytes() == data
    return read_source(path)[0], read_issue(path)[0]


@pytest.fixture(autouse=True, scope="module")
def _one_twin_for_all_edits() -> Iterator[None]:
    """Ensures that the twin of an issue that was read once is made and read once: sixty edited
    documents are held against it."""
    known: dict[int, tuple[Issue, list[str], returned._Twin]] = {}
    make = returned._Reading.twin

    def twin(reading: returned._Reading, issue: Issue, text: str) -> returned._Twin:
        if reading.read:  # of a text that an edit led to
            return make(reading, issue, text)
        if id(issue) not in known:
            made = make(reading, issue, text)
            known[id(issue)] = issue, reading.alts, made
        _, reading.alts, made = known[id(issue)]
        reading.read, reading._last = True, (text, made)
        return made

    with patch.object(returned._Reading, "twin", twin):
        yield


def back(path: Path, data: bytes, *, accept: bool = True) -> WrittenBack:
    source, issue = read(path, path.read_bytes())
    return written_back(source, issue, "改.docx", data, accept=accept)


@pytest.mark.parametrize("path", [*PUBLICATIONS, ROOT / "briefing.yaml"], ids=lambda p: p.stem)
def test_a_document_that_nobody_edited_changes_nothing(path: Path) -> None:
    made = back(path, twin_of(path).data)
    assert made.text == read_source(path)[0].text
    assert made.findings == ()


ITEM = ISSUE[ISSUE.index("      - 标题: 图书馆") : ISSUE.index("      - 标题: '食堂")]
SECOND = ISSUE[ISSUE.index("      - 标题: '食堂") : ISSUE.index("      - 标题: 实验室")]
NEW = """\
      - 标题: 新的一条
        正文: |
          它的正文。
"""
CASES: dict[str, tuple[Edit, str, str]] = {
    "words": (replaced("二十三点", "二十二点"), "二十三点", "二十二点"),
    "title": (replaced("图书馆延长", "图书馆再延长"), "图书馆延长", "图书馆再延长"),
    "section": (replaced("校外动态", "外校动态"), "校外动态", "外校动态"),
    "quoted title": (replaced("一窗一策", "一窗'两'策"), "一窗一策", "一窗''两''策"),
    "cell": (replaced("文学院", "新文学院"), "[文学院,", "[新文学院,"),
    "source": (replaced("青岚日报", "青岚晚报"), "青岚日报", "青岚晚报"),
    "title of a source": (replaced("夜里的灯", "夜里的窗"), "夜里的灯", "夜里的窗"),
    "day of a source": (replaced("2026-04-02", "2026-04-03"), "2026-04-02", "2026-04-03"),
    "number": (replaced("第12期", "第13期"), "期号: 12", "期号: 13"),
    "date": (replaced("2026年4月8日", "2026年4月10日"), "2026-04-08", "2026-04-10"),
    "signed": (replaced("2026年4月9日", "2026年4月10日"), "2026年4月9日", "2026年4月10日"),
    "copies": (replaced("共印60份", "共印80份"), "份数: 60", "份数: 80"),
    "name": (replaced("丙丁", "丙午"), "丙丁", "丙午"),
    "name gone": (replaced("、丙丁", ""), "[甲乙, 丙丁]", "[甲乙]"),
    "name added": (replaced("丙丁", "丙丁、庚辛"), "[甲乙, 丙丁]", "[甲乙, 丙丁, 庚辛]"),
    "speech": (replaced("开放到底", "一直开放"), "开放到底", "一直开放"),
    "speaker": (replaced("李明", "李敏"), "发言人: 李明", "发言人: 李敏"),
    "editor's note": (replaced("三条都来自", "四条都来自"), "三条都", "四条都"),
    "wrapped line": (replaced("折了一行", "没有折行"), "折了一行", "没有折行"),
    "note": (in_notes("共八个", "共九个"), "共八个", "共九个"),
    "bold": (bold("改了窗口"), "食堂改了窗口。", "食堂**改了窗口**。"),
    "no longer bold": (plain("大胆"), "**大胆**", "大胆"),
    "new paragraph": (
        added("他们说", "50%以上*星号*。"),
        "他们说：“好。”\n",
        "他们说：“好。”\n\n          50%以上\\*星号\\*。\n",
    ),
    "new heading": (
        added("他们说", "还要做什么", style="Heading1"),
        "他们说：“好。”\n",
        "他们说：“好。”\n\n          ## 还要做什么\n",
    ),
    "new entry": (
        added("排队久", "菜少；"),
        "1. 排队久；\n          2. 菜凉。",
        "1. 排队久；\n          2. 菜少；\n          3. 菜凉。",
    ),
    "entry gone": (removed("排队久"), "1. 排队久；\n          2. 菜凉。", "1. 菜凉。"),
    "quotation gone": (removed("饭菜要热"), "          > 饭菜要热。\n\n", ""),
    "summary gone": (removed("每天多开"), "        提要: 每天多开两小时。\n", ""),
    "number and total gone": (removed("第12期"), "  期号: 12\n  总期号: 80\n", ""),
    "issuer and day gone": (
        removed("2026年4月8日"),
        "  编发单位: 青岚大学办公室\n  日期: 2026-04-08\n",
        "",
    ),
    "split": (
        split("图书馆每天"),
        "正文: 从四月起，图书馆每天开放到二十三点。",
        "正文: |\n          从四月起，\n\n          图书馆每天开放到二十三点。",
    ),
    "joined": (
        joined("排队久"),
        "1. 排队久；\n          2. 菜凉。",
        "1. 排队久；菜凉。",
    ),
    "paragraph moved": (
        moved("饭菜要热", "他们说"),
        "          > 饭菜要热。\n\n          他们说：“好。”\n",
        "          他们说：“好。”\n\n          > 饭菜要热。\n",
    ),
    "item gone": (removed("图书馆延长", "夜里的灯"), ITEM, ""),
    "item moved": (moved("图书馆延长", "他们说", "夜里的灯"), ITEM + SECOND, SECOND + ITEM),
    "new item": (
        lambda document: (
            added("夜里的灯", "新的一条", style="Item")(document),
            added("新的一条", "它的正文。", style="")(document),
        ),
        "            标题: 夜里的灯\n",
        "            标题: 夜里的灯\n" + NEW,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_edit_changes_its_bytes_alone(twin: tuple[Path, bytes], name: str) -> None:
    edit, old, new = CASES[name]
    assert ISSUE.count(old) == 1
    made = back(twin[0], edited(twin[1], edit))
    assert made.text == ISSUE.replace(old, new)
    assert made.findings == ()


@pytest.mark.parametrize("name", ["words", "title", "cell", "bold", "paragraph moved", "split"])
def test_bookmarks_may_be_lost(twin: tuple[Path, bytes], name: str) -> None:
    edit, old, new = CASES[name]
    made = back(twin[0], edited(twin[1], edit, without_bookmarks))
    assert made.text == ISSUE.replace(old, new)


def test_all_edits_together(twin: tuple[Path, bytes]) -> None:
    names = ["title", "cell", "name added", "note", "number", "new entry", "summary gone", "bold"]
    expected = ISSUE
    for name in names:
        expected = expected.replace(*CASES[name][1:])
    made = back(twin[0], edited(twin[1], *(CASES[name][0] for name in names)))
    assert made.text == expected
    assert made.findings == ()


def test_tracked_changes_are_accepted_or_rejected(twin: tuple[Path, bytes]) -> None:
    data = edited(twin[1], tracked_change("食堂改了", "食堂今年改了"))
    assert back(twin[0], data).text == ISSUE.replace("食堂改了", "食堂今年改了")
    assert back(twin[0], data, accept=False).text == ISSUE


RUN_IN = """\
报头: {刊名: 青岚简讯}
标题: 一件事
正文: |
  前言。

  ## 总的情况

  ### 抓好落实。

  这里是正文。

  ### 抓好*督查*。

  又是正文。
"""


def test_headings_that_run_in_are_counted_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "期.yaml"
    path.write_text(RUN_IN, "utf-8")
    data = word_document(path, bundled_fonts=True).twin.data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = archive.read("word/document.xml").decode()
    assert "（一）" not in document  # Word counts it
    assert "抓好落实。" in document
    made = back(path, edited(data, replaced("抓好落实", "抓紧落实"), replaced("又是", "还是")))
    assert made.text == RUN_IN.replace("抓好落实", "抓紧落实").replace("又是", "还是")


def test_what_cannot_be_written_is_told_and_left(twin: tuple[Path, bytes]) -> None:
    """The only item of a section, and a word that the program prints."""
    made = back(twin[0], edited(twin[1], removed("临岳的做法", "号照印")))
    assert made.text == ISSUE
    assert [f.kind.code for f in made.findings] == ["BT559"]
    made = back(
        twin[0], edited(twin[1], replaced("编写：", "撰写："), replaced("文学院", "法学院"))
    )
    assert made.text == ISSUE.replace("[文学院", "[法学院")
    assert [f.kind.code for f in made.findings] == ["BT559"]
    assert "撰写" in made.findings[0].message()


def test_what_was_changed_in_the_file_meanwhile_stays(twin: tuple[Path, bytes]) -> None:
    path = twin[0].with_name("又改.yaml")
    now = (
        ISSUE.replace("二十三点", "二十一点")
        .replace("他们说", "大家说")
        .replace("文学院", "法学院")
    )
    path.write_text(now, "utf-8")
    data = edited(twin[1], replaced("二十三点", "二十四点"), replaced("开放到底", "一直开放"))
    made = back(path, data)
    assert made.text == now.replace("开放到底", "一直开放")
    codes = [finding.kind.code for finding in made.findings]
    assert codes == ["BT560", "BT561"]
    assert "二十四点" in made.findings[1].message()


def test_another_document_is_refused(
    brieftex: Callable, twin: tuple[Path, bytes], tmp_path: Path
) -> None:
    """Catches the loss of an issue: all of it gave way to a text that is not its own."""
    made = word_document(PUBLICATIONS[0], bundled_fonts=True)
    (tmp_path / "another.docx").write_bytes(made.twin.data)
    (tmp_path / "note.docx").write_text(ISSUE, "utf-8")
    path = twin[0].with_name("本期.yaml")
    path.write_text(ISSUE, "utf-8")
    for name, code in (("another.docx", "BT569"), ("note.docx", "BT568")):
        done = brieftex("import", str(tmp_path / name), "--onto", str(path))
        assert done.exit_code == 1
        assert code in done.stderr
        assert path.read_text("utf-8") == ISSUE


HAN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def _words(text: str, yaml: str, shown: str, chance: random.Random) -> str | None:
    """Words of a paragraph that stand once in the file and once in the document."""
    runs = re.findall(r"[\u4e00-\u9fff]{4,}", text)
    for _ in range(20):
        run = chance.choice(runs) if runs else ""
        at = chance.randrange(max(len(run) - 3, 1))
        words = run[at : at + 4]
        if len(words) == 4 and yaml.count(words) == 1 and shown.count(words) == 1:
            return words
    return None


@pytest.mark.parametrize("seed", range(2))
def test_random_edits_come_back_as_they_were_made(seed: int) -> None:
    """Words are replaced at random all over a long issue: each of them, and nothing else."""
    chance = random.Random(seed)
    path = ROOT / "briefing.yaml"
    text = read_source(path)[0].text
    document = twin_of(path)
    shown = "\n".join(p.said for p in document.paragraphs if p.style[:8] != "contents")
    edits: list[Edit] = []
    expected = text
    for paragraph in chance.sample(document.paragraphs, 50):
        words = _words(paragraph.said, text, shown, chance)
        if words is None or paragraph.style.startswith("contents") or words not in expected:
            continue
        new = "".join(chance.choices(HAN, k=chance.randrange(1, 6)))
        edits.append(_whole(words, new))
        expected = expected.replace(words, new)
    assert len(edits) > 10
    made = back(path, edited(document.data, *edits))
    assert made.text == expected
    assert made.findings == ()


def _whole(old: str, new: str) -> Edit:
    """Other words, even where they are parted into several runs or stand in a note."""

    def edit(document: object) -> None:
        try:
            replaced(old, new)(document)
        except LookupError:
            in_notes(old, new)(document)

    return edit


def test_the_command_writes_the_file(brieftex: Callable, tmp_path: Path) -> None:
    path, document = tmp_path / "期.yaml", tmp_path / "改.docx"
    path.write_bytes(ISSUE.replace("\n", "\r\n").encode("gb18030"))
    brieftex("build", path, "-o", document, "--bundled-fonts")
    document.write_bytes(edited(document.read_bytes(), replaced("二十三点", "二十二点")))
    result = brieftex("import", document, "--onto", path)
    assert result.exit_code == 0
    assert "改 1 段" in result.stderr
    wanted = ISSUE.replace("二十三点", "二十二点").replace("\n", "\r\n").encode("gb18030")
    assert path.read_bytes() == wanted
    again = brieftex("import", document, "--onto", path)
    assert again.exit_code == 0
    assert path.read_bytes() == wanted


def test_calls_that_make_no_sense_are_refused(brieftex: Callable, tmp_path: Path) -> None:
    (tmp_path / "期.yaml").write_text(ISSUE, "utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    assert brieftex("import", "坏.docx", "--onto", "期.yaml", "-o", "x.yaml").exit_code == 2
    failed = brieftex("import", "坏.docx", "--onto", "期.yaml")
    assert failed.exit_code == 1
    assert (tmp_path / "期.yaml").read_text("utf-8") == ISSUE
    missing = brieftex("import", "没有.docx", "--onto", "期.yaml")
    assert missing.exit_code == 1


# -- what is new as a whole --------------------------------------------------------------------

SECTION_NEW = """\
  - 标题: 新栏目
    条目:
      - 标题: 新条目
        正文: |
          新条目的正文。
        来源:
          - 名称: 青岚日报
            日期: 2026-04-05
"""
SPEECH_NEW = """\
          - 发言人: 王华
            职务: 书记
            文字: |
              我支持。
"""
OTHER_SECTION = ISSUE[ISSUE.index("  - 标题: 校外动态") : ISSUE.index("落款:")]


def several(*edits: Edit) -> Edit:
    def edit(document: object) -> None:
        for one in edits:
            one(document)

    return edit


STRUCTURE: dict[str, tuple[Edit, str, str]] = {
    "new section": (
        several(
            added("号照印", "新栏目", style="Section"),
            added("新栏目", "新条目", style="Item"),
            added("新条目", "新条目的正文。", style=""),
            added("新条目的正文", "来源：青岚日报（2026-04-05）", style="Sources"),
        ),
        "落款:\n",
        SECTION_NEW + "落款:\n",
    ),
    "section moved": (
        moved("校外动态", "2026年4月8日", "号照印"),
        ISSUE[ISSUE.index("栏目:\n") : ISSUE.index("落款:")],
        "栏目:\n"
        + OTHER_SECTION
        + ISSUE[ISSUE.index("栏目:\n") + len("栏目:\n") : ISSUE.index("  - 标题: 校外动态")],
    ),
    "new row": (
        new_row("文学院", "史学院", "50"),
        "                - [文学院, 32]\n",
        "                - [文学院, 32]\n                - [史学院, 50]\n",
    ),
    "new first row": (
        new_row("单位", "史学院", "50"),
        "                - [文学院, 32]\n",
        "                - [史学院, 50]\n                - [文学院, 32]\n",
    ),
    "row gone": (row_gone("文学院"), "                - [文学院, 32]\n", ""),
    "new column": (
        new_column("文学院", "备注", "甲", "乙、丙"),
        ISSUE[ISSUE.index("[单位, 人数]") : ISSUE.index("41]") + 3],
        (
            "[单位, 人数, 备注]\n              行:\n                - [文学院, 32, 甲]\n"
            "                - [理学院, 41, 乙、丙]"
        ),
    ),
    "new table": (
        new_table("他们说", ("甲", "乙"), ("1", "2")),
        "他们说：“好。”\n",
        "他们说：“好。”\n\n          | 甲 | 乙 |\n          | --- | --- |\n          | 1 | 2 |\n",
    ),
    "new speech": (
        several(
            added("开放到底", "王华　书记", style="Speaker"),
            added("王华", "我支持。", style="Speech"),
        ),
        "            文字: 我们会开放到底。\n",
        "            文字: 我们会开放到底。\n" + SPEECH_NEW,
    ),
    "new link": (
        linked("排队久", "https://a.example.cn/x"),
        "1. 排队久；",
        "1. [排队久](https://a.example.cn/x)；",
    ),
    "all of a paragraph bold": (bold("饭菜要热。"), "> 饭菜要热。", "> **饭菜要热。**"),
}


@pytest.mark.parametrize("name", STRUCTURE)
def test_what_is_new_as_a_whole_is_written_at_its_place(
    twin: tuple[Path, bytes], name: str
) -> None:
    edit, old, new = STRUCTURE[name]
    assert ISSUE.count(old) == 1
    made = back(twin[0], edited(twin[1], edit))
    assert made.text == ISSUE.replace(old, new)
    assert made.findings == ()


def test_a_new_note_is_called_and_written(twin: tuple[Path, bytes]) -> None:
    made = back(twin[0], edited(twin[1], new_note("饭菜要热", "新的脚注。")))
    old = "          [^1]: 共八个窗口。\n"
    wanted = ISSUE.replace("饭菜要热。", "饭菜要热[^新2]。")
    assert made.text == wanted.replace(old, f"{old}\n          [^新2]: 新的脚注。\n")
    assert made.findings == ()


def test_what_no_text_can_hold_is_told(twin: tuple[Path, bytes]) -> None:
    """Catches a new picture, and a section within an item, that went without a word."""
    made = back(twin[0], edited(twin[1], new_picture("他们说")))
    assert made.text == ISSUE
    assert [f.kind.code for f in made.findings] == ["BT598"]
    assert made.findings[0].span is not None
    made = back(twin[0], edited(twin[1], added("夜里的灯", "空栏目", style="Section")))
    assert made.text == ISSUE
    assert [f.kind.code for f in made.findings] == ["BT559"]


def test_a_picture_that_went_is_told() -> None:
    path = ROOT / "tests/publications/bulletin.yaml"

    def gone(document: object) -> None:
        drawing = next(document.element.body.iter(qn("w:drawing")))
        drawing.getparent().remove(drawing)

    made = back(path, edited(twin_of(path).data, gone))
    assert [f.kind.code for f in made.findings] == ["BT598"]
    assert "删去" in made.findings[0].message()
