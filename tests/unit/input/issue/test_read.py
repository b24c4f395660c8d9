"""From a file's tree to the model, and what is said on the way."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from struct import pack
from zlib import crc32

import pytest
from helpers.cases import each
from helpers.tables import words_of
from PIL import Image

from brieftex.diagnostics import Finding, InputError, Source
from brieftex.input.fields import Reading
from brieftex.input.issue.read import read
from brieftex.input.yaml import Sequence, parse
from brieftex.memory import KeepingMemo
from brieftex.model.content import (
    BodyBlock,
    Figure,
    Heading,
    Inline,
    PageBreak,
    Paragraph,
    Quotation,
    Speech,
    Table,
)
from brieftex.model.issue import Issue
from brieftex.picture import Raster

HEAD = "masthead: {name: 资政}\n"


def png(width: int, height: int) -> bytes:
    """The head of a PNG; nobody looks at its pixels yet."""
    head = b"IHDR" + pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (
        pack(">I", len(data) - 4) + data + pack(">I", crc32(data)) for data in (head, b"IDAT")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


PNG = png(30, 20)

WHOLE = """\
brieftex: 1
theme: official
masthead:
  name: 资政参考
  number: 3
  total: 27
  issuer: 党委政策研究室
  date: 2024-03-20
  classification: 内部资料　注意保存
  urgency: 特急
title: 本期专题
contents: true
foreword:
  title: 编者按
  salutation: 校领导：
  body: |
    首段。

    ## 一、问
    答[^1]。

    [^1]: 注。
sections:
  - title: 一、高校动态
    items:
      - title: 1. 某某大学
        body: |
          段落。

          ## （一）小标题
        sources:
          - name: 人民网
            title: 原题
            url: http://a.cn/x?y=1
            date: 2023年12月28日
            accessed: 2024.1.5
attachments:
  - title: 附件1：提纲
    body: 正文
colophon:
  prepared_by: 甲
  reviewed_by: [乙, 丙]
  approved_by: []
  report_to: [校领导]
  send_to: [各学院]
  distribute_to: [各系]
  copies: 60
keep: [人工智能]
allow: [BT412]
"""

CHINESE = """\
版本: 1
样式: official
报头:
  刊名: 资政参考
  期号: 3
  总期号: 27
  编发单位: 党委政策研究室
  日期: 2024/3/20
  密级: 内部资料　注意保存
  紧急程度: 特急
标题: 本期专题
目录: 是
卷首语:
  标题: 编者按
  称谓: 校领导：
  正文: |
    首段。

    ## 一、问
    答[^1]。

    [^1]: 注。
栏目:
  - 标题: 高校动态
    条目:
      - 标题: 某某大学
        正文: |
          段落。

          ## 小标题
        来源:
          - 名称: 人民网
            原题: 原题
            网址: http://a.cn/x?y=1
            日期: 2023-12-28
            查阅日期: 2024-01-05
附件:
  - 标题: 提纲
    正文: 正文
版记:
  编写: 甲
  审核: [乙, 丙]
  报: 校领导
  送: 各学院
  发: 各系
  份数: 60
不断开: 人工智能
允许: BT412
"""


def issue_of(text: str, folder: Path = Path()) -> tuple[Issue, list[Finding]]:
    source = Source("x.yaml", text)
    return read(parse(source), source, folder)


def found(text: str, folder: Path = Path()) -> list[str]:
    """All findings as ``code line:column``, whether the issue can be set or not."""
    source = Source("x.yaml", text)
    try:
        findings = list(issue_of(text, folder)[1])
    except InputError as error:
        findings = list(error.findings)
    shown = []
    for d in findings:
        assert d.span is not None
        assert 0 <= d.span.start <= d.span.end <= len(text)
        assert d.message("zh")
        assert d.message("en")
        assert d.hints("zh") is not None
        assert d.hints("en") is not None
        line, column = source.position(d.span.start)
        shown.append(f"{d.kind.code} {line}:{column}")
    return shown


def texts(value: object) -> object:
    """A value of the model with its places left out."""
    if isinstance(value, Inline):
        return value.text
    if isinstance(value, tuple):
        return [texts(v) for v in value]
    if hasattr(value, "__struct_fields__"):
        skipped = ("span", "source", "folder", "places")
        return {k: texts(getattr(value, k)) for k in value.__struct_fields__ if k not in skipped}
    return value


def body_of(text: str, folder: Path = Path()) -> tuple[BodyBlock, ...]:
    rows = "".join(f"  {line}\n" for line in text.splitlines())
    foreword = issue_of(HEAD + "foreword:\n  body:\n" + rows, folder)[0].foreword
    assert foreword is not None
    return foreword.body.blocks


def test_a_whole_issue() -> None:
    issue, notes = issue_of(WHOLE)
    assert [n.kind.code for n in notes] == ["BT216"] * 4
    head = issue.masthead
    assert (head.number, head.total, head.date) == (3, 27, datetime.date(2024, 3, 20))
    assert texts(issue.foreword) == texts(issue_of(CHINESE)[0].foreword)
    (section,) = issue.sections
    assert section.title.text == "高校动态"
    (note,) = section.items[0].sources
    assert note.url is not None
    assert note.url.text == "http://a.cn/x?y=1"
    assert (note.date, note.accessed) == (datetime.date(2023, 12, 28), datetime.date(2024, 1, 5))
    assert issue.attachments[0].title.text == "提纲"
    assert issue.colophon is not None
    assert texts(issue.colophon.reviewed_by) == ["乙", "丙"]
    assert issue.allow == {"BT412"}


def test_chinese_names_of_keys_mean_the_same() -> None:
    english, chinese = issue_of(WHOLE)[0], issue_of(CHINESE)[0]
    assert texts(english) == texts(chinese)


def test_numbers_in_a_foreword_stay() -> None:
    """Ensures that headings which the program does not number keep the editor's number."""
    issue, _ = issue_of(WHOLE)
    assert issue.foreword is not None
    heading = issue.foreword.body.blocks[1]
    assert isinstance(heading, Heading)
    assert heading.inline.text == "一、问"


def test_places_lead_back_to_the_file() -> None:
    text = HEAD + "sections:\n  - title: ' 一、高校 动态 '\n    items: [{title: 甲}]\n"
    title = issue_of(text)[0].sections[0].title
    assert title.text == "高校 动态"
    assert [text[title.origin.source(i)] for i in range(5)] == list("高校 动态")


def test_a_title_of_two_lines() -> None:
    issue, _ = issue_of(HEAD + "title: |\n  上行\n  下行\nforeword: {body: 甲}\n")
    assert issue.title is not None
    assert issue.title.text == "上行\n下行"


@pytest.mark.parametrize(
    ("word", "value"),
    [("true", True), ("是", True), ("No", False), ("否", False), ("auto", None), ("自动", None)],
)
def test_contents(word: str, value: bool | None) -> None:
    assert issue_of(f"{HEAD}contents: {word}\nforeword: {{body: 甲}}\n")[0].contents is value


def test_blocks(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    blocks = body_of(
        "- 段落。\n"
        "- speaker: 甲\n  role: 校长\n  text: |\n    话[^a]。\n\n    [^a]: 注\n"
        "- figure: a.png\n  caption: 图 *一*\n  alt: 一张图\n"
        "- table:\n    header: [甲, 乙]\n    rows: [[1, ''], [2, '**3**']]\n"
        "    align: [left, 居右]\n"
        "- quote: 引文\n- page_break: true\n- text: 又一段\n",
        tmp_path,
    )
    kinds = [Paragraph, Speech, Figure, Table, Quotation, PageBreak, Paragraph]
    assert [type(b) for b in blocks] == kinds
    figure, table = blocks[2], blocks[3]
    assert isinstance(figure, Figure)
    assert figure.caption is not None
    assert (figure.path, figure.alt, figure.caption.text) == ("a.png", "一张图", "图 一")
    assert isinstance(table, Table)
    assert words_of(table.rows) == [["1", ""], ["2", "3"]]
    assert table.align == ("left", "right")


def test_a_table_without_header_or_alignment() -> None:
    (table,) = body_of("- table:\n    rows: [[a, b], [c, d]]\n")
    assert isinstance(table, Table)
    assert (table.header, table.align) == ((), (None, None))


@each(
    ("rows", "header", "words"),
    [
        ("甲\t乙\n1\t2\n3\t4", [["甲", "乙"]], [["1", "2"], ["3", "4"]]),
        ("| 甲 | 乙 |\n|:-:|-|\n| 1 | **2** |", [["甲", "乙"]], [["1", "2"]]),
        ("| 甲 | 乙 |\n|-|-|\n| 合计 | < |", [["甲", "乙"]], [["合计"]]),
        ('"甲\n一"\t乙\n1\t2', [["甲一", "乙"]], [["1", "2"]]),
    ],
)
def test_rows_may_be_pasted(rows: str, header: list[list[str]], words: list[list[str]]) -> None:
    """Catches cells of a spreadsheet that cannot lie across or have a caption before each of them
    is typed into a list."""
    text = "".join(f"        {line}\n" for line in rows.split("\n"))
    table = f"- table:\n    orientation: landscape\n    rows: |\n{text}"
    issue, said = issue_of(f"{HEAD}foreword:\n  body:\n  {table.replace(chr(10), chr(10) + '  ')}")
    assert said == []
    assert issue.foreword is not None
    (made,) = issue.foreword.body.blocks
    assert isinstance(made, Table)
    assert [[cell.inline.text.replace("\n", "") for cell in row] for row in made.header] == header
    assert words_of(made.rows) == words
    assert made.turned
    assert made.align[0] == ("center" if ":-:" in rows else None)


def test_pasted_rows_have_a_head_of_their_own_or_that_which_is_written() -> None:
    (made,) = body_of("- table:\n    header: [A, B]\n    align: [right, left]\n"
                      "    rows: |\n      甲\t乙\n      1\t2\n")  # fmt: skip
    assert isinstance(made, Table)
    assert words_of(made.header) == [["A", "B"]]
    assert words_of(made.rows) == [["甲", "乙"], ["1", "2"]]
    assert made.align == ("right", "left")


def test_footnotes_of_all_parts_are_one_list() -> None:
    part = "text: |\n      甲[^{0}]\n\n      [^{0}]: 注\n"
    text = HEAD + "foreword:\n  body:\n  - " + part.format(1) + "  - " + part.format(2)
    foreword = issue_of(text)[0].foreword
    assert foreword is not None
    assert [label for label, _ in foreword.body.notes] == ["1", "2"]
    assert found(text.replace("[^2]", "[^1]")) == ["BT224 11:13"]


ITEM = HEAD + "sections:\n- title: 甲\n  items:\n  - title: 乙\n    "
BODY = HEAD + "foreword:\n  body:\n  - "

CASES = [
    ("masthead:\n  name: 资政\n", "BT217 1:1"),
    ("masthead:\n  name: 资政\nforeword:\nsections: []\n", "BT217 1:1", "BT206 3:1"),
    ("brieftex: 1\ntheme: x\n", "BT204 1:1"),
    ("masthead:\n  number: 3\n", "BT204 1:1"),
    ("masthead:\n  name:\n", "BT205 2:3"),
    ("masthead:\n", "BT205 1:1"),
    ("masthead: 资政\n", "BT203 1:11"),
    ("masthead: [资政]\n", "BT203 1:11"),
    ("masthead: 刊名：资政\n", "BT102 1:13"),
    ("masthead: name:资政\n", "BT103 1:15"),
    ("masthead:\n  name: {a: b}\n", "BT203 2:9"),
    ("masthead:\n  nmae: 资政\n", "BT202 2:3"),
    (HEAD + "颜色: 红\n", "BT201 2:1"),
    (HEAD + "secton: []\n", "BT202 2:1"),
    (HEAD + "Title: 甲\nforeword: {body: 乙}\n", "BT202 2:1"),
    ("masthead:\n  name: 资政\n  刊名: 资政\n", "BT207 3:3"),
    (HEAD + "title: 甲\n标题: 乙\n", "BT207 3:1"),
    ("masthead:\n  name: 甲\n  number: 三\n  total: 第27期\n", "BT208 3:11", "BT208 4:10"),
    ("masthead:\n  name: 甲\n  number: 0\n  total: 9999999999\n", "BT209 3:11", "BT209 4:10"),
    ("masthead:\n  name: 甲\n  number: -3\n  total: 1.5\n", "BT209 3:11", "BT208 4:10"),
    ("masthead:\n  name: 甲\n  number: ３\n  total: [3]\n", "BT208 3:11", "BT203 4:10"),
    ("masthead:\n  name: 甲\n  date: 2024-02-30\n", "BT211 3:9"),
    ("masthead:\n  name: 甲\n  date: 0202-03-20\n", "BT500 3:9"),
    ("signature: {date: 0999年3月20日}\n" + HEAD, "BT500 1:19"),
    ("masthead:\n  name: 甲\n  date: 二〇二四年三月\n", "BT210 3:9"),
    ("masthead:\n  name: 甲\n  date: 2024-03\n", "BT210 3:9"),
    ("masthead:\n  name: 甲\n  date: 2024-3/20\n", "BT210 3:9"),
    ("masthead:\n  name: 甲\n  date: []\n  issuer: []\n", "BT203 3:9", "BT203 4:11"),
    (HEAD + "foreword: {body: 甲}\ntitle: []\ncolophon: []\nsignature: {names: []}\n",
     "BT203 3:8", "BT203 4:11"),
    (HEAD + "brieftex: 2\n", "BT215 2:11"),
    (HEAD + "contents: 也许\n", "BT212 2:11"),
    (HEAD + "allow: [BT412, BT1, 提示]\n", "BT214 2:16", "BT214 2:21"),
    (HEAD + "colophon:\n  copies: 六十份\n  report_to: [甲, '']\n", "BT208 3:11", "BT205 4:18"),
    (HEAD + "colophon:\n  编写: {甲: 乙}\n", "BT203 3:7"),
    (HEAD + "sections:\n  title: 甲\n  items: []\n", "BT229 3:3", "BT205 4:3"),
    (HEAD + "sections:\n- 甲\n- title：乙\n-\n", "BT203 3:3", "BT102 4:8", "BT205 5:2"),
    (HEAD + "sections:\n- title: 甲\n", "BT204 3:3"),
    (HEAD + "sections:\n- title: 甲\n  items: []\n", "BT205 4:3"),
    (HEAD + "sections:\n- items: [{title: 一、甲}]\n", "BT216 3:19"),
    (ITEM + "sources: 人民网\n", "BT203 6:14"),
    (ITEM + "sources: [{url: 'ftp://a.cn'}]\n", "BT204 6:16", "BT213 6:21"),
    (ITEM + "sources: [{name: a, url: 'www.a.cn'}]\n", "BT213 6:30"),
    (ITEM + "sources: [{name: a, url: 'http：//a.cn'}]\n", "BT213 6:30"),
    (ITEM + "sources: [{name: a, url: 'javascript:x'}]\n", "BT213 6:30"),
    (ITEM + "sources: [{name: a, url: 'http://a.cn/ b'}]\n", "BT213 6:30"),
    (ITEM + "body: [[甲]]\n", "BT203 6:12"),
    (HEAD + "foreword:\n  salutation: 甲\n", "BT204 2:1"),
    (HEAD + "foreword: {body: ''}\n", "BT205 2:12"),
    (HEAD + "attachments: [{title: 甲}]\n", "BT204 2:16"),
    (BODY + "foo: 甲\n", "BT220 4:5"),
    (BODY + "figure：a.png\n", "BT102 4:11"),
    (BODY + "role: 校长\n    text: 话\n", "BT204 4:5"),
    (BODY + "speaker: 甲\n", "BT204 4:5"),
    (BODY + "speaker: 甲\n    text: [话]\n", "BT203 5:11"),
    (BODY + "figure: no.png\n", "BT221 4:5", "BT231 4:5"),
    (BODY + "figure: no.png\n    alt: ''\n", "BT231 4:5", "BT221 5:5"),
    (BODY + "caption: 图\n    alt: 图\n", "BT204 4:5"),
    (BODY + "figure: ../a.png\n    alt: 图\n", "BT230 4:5"),
    (BODY + "figure: /etc/passwd\n    alt: 图\n", "BT230 4:5"),
    (BODY + "figure: C:\\a.png\n    alt: 图\n", "BT230 4:5"),
    (BODY + "figure: https://a.cn/a.png\n    alt: 图\n", "BT230 4:5"),
    (BODY + "quote: '![图](../a.png)'\n", "BT230 4:13"),
    (BODY + "table: []\n", "BT205 4:5"),
    (BODY + "table: {header: [a]}\n", "BT204 4:5"),
    (BODY + "table: {header: [a, b], rows: [[1], [1, 2], [1, 2, 3]]}\n",
     "BT222 4:36", "BT222 4:49"),
    (BODY + "table: {rows: [[1, 2], [1]]}\n", "BT222 4:28"),
    (BODY + "table: {rows: [[1], 甲, [{a: b}]]}\n", "BT203 4:25", "BT201 4:30", "BT204 4:30"),
    (BODY + "table: {rows: [[1, 2]], align: [left]}\n", "BT223 4:36"),
    (BODY + "table: {rows: 甲乙丙}\n", "BT203 4:19"),
    (BODY + 'table: {rows: "表1\\n甲\\t乙\\n1\\t2"}\n', "BT203 4:19"),
    (BODY + 'table: {rows: "甲\\t乙\\n1\\t2", align: [left]}\n', "BT223 4:40"),
    (BODY + "table: {rows: [[1, 2]], align: [left, up]}\n", "BT212 4:43"),
    (BODY + "page_break: false\n", "BT225 4:17"),
    (BODY + "quote: <b>甲</b>\n", "BT256 4:12"),
]  # fmt: skip


@each(("text", "expected"), [(text, list(e)) for text, *e in CASES])
def test_findings(text: str, expected: list[str], tmp_path: Path) -> None:
    assert found(text, tmp_path) == expected


def test_all_problems_at_once() -> None:
    text = "masthead:\n  number: 三\n  date: 昨天\nfoo: 1\nforeword:\n  称谓: 甲"
    assert found(text) == ["BT204 1:1", "BT208 2:11", "BT210 3:9", "BT201 4:1", "BT204 5:1"]


@each(
    ("text", "number"),
    [("三", 3), ("第三期", 3), ("第27期", 27), ("3期", 3), ("３", 3), ("二十七", 27), ("十", 10),
     ("一百零五", 105), ("二〇二四", 2024), ("两千零二十", 2020), ("共60份", 60)],
)  # fmt: skip
def test_the_number_that_was_meant_is_proposed(text: str, number: int) -> None:
    with pytest.raises(InputError) as caught:
        issue_of(f"masthead: {{name: 甲, number: {text}}}\n")
    assert f"`number: {number}`" in caught.value.findings[0].hints("zh")[0]


@pytest.mark.parametrize(
    "text", ["2024-03-20", "2024-3-20", "2024/3/20", "2024.3.20", "2024年3月20日", "2024年03月20日"]
)
def test_dates(text: str) -> None:
    issue, _ = issue_of(f"masthead: {{name: 甲, date: {text}}}\nforeword: {{body: 乙}}\n")
    assert issue.masthead.date == datetime.date(2024, 3, 20)


@pytest.mark.parametrize(
    "url",
    ["http://a.cn", "HTTPS://a.cn/b?c=d#e", "mailto:a@b.cn", "http://[::1]/", "https://中国.cn/甲"],
)
def test_addresses(url: str) -> None:
    issue, _ = issue_of(f"{ITEM}sources: [{{name: a, url: '{url}'}}]\n")
    assert issue.sections[0].items[0].sources[0].url is not None


def test_a_link_out_of_the_folder_is_followed(tmp_path: Path) -> None:
    folder = tmp_path / "issue"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "a.png").write_bytes(PNG)
    (folder / "inside.png").symlink_to(folder / "a.png")
    (folder / "outside.png").symlink_to(tmp_path / "secret.png")
    (folder / "circle.png").symlink_to(folder / "circle.png")

    def of(name: str) -> list[str]:
        return found(f"{BODY}figure: {name}\n    alt: 图\n", folder)

    assert of("a.png") == of("./a.png") == of("inside.png") == []
    assert of("../issue/a.png") == []
    assert of("outside.png") == ["BT230 4:5"]
    assert of("circle.png")[0].split()[0] in {"BT231", "BT235"}
    assert of(".") == ["BT235 4:5"]


def test_pictures_that_cannot_be_used(tmp_path: Path) -> None:
    huge = png(60_000, 60_000)
    files = {"a.wmf": b"\xd7\xcd\xc6\x9a", "b.png": PNG[:20], "c.png": huge, "d.png": b""}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    codes = [
        found(f"{BODY}figure: {name}\n    alt: 图\n", tmp_path)[0].split()[0] for name in files
    ]
    assert codes == ["BT232", "BT233", "BT234", "BT232"]


def test_names_that_programs_write_otherwise_are_found(tmp_path: Path) -> None:
    # Catches %20 in paths that other editors write, and names that macOS or an archive decomposed.
    (tmp_path / "图 片").mkdir()
    (tmp_path / "图 片" / "Cafe\u0301.png").write_bytes(PNG)
    for name in ("图 片/Caf\u00e9.png", "图%20片/Caf%C3%A9.png", "图 片/Cafe\u0301.png"):
        issue, _ = issue_of(
            f"{HEAD}foreword:\n  body:\n  - figure: {name}\n    alt: 图\n", tmp_path
        )
        (picture,) = issue.pictures.values()
        assert isinstance(picture, Raster)
        assert picture.path.is_file()
    assert found(f"{BODY}figure: '%2E%2E/a.png'\n    alt: 图\n", tmp_path) == ["BT231 4:5"]
    body = "masthead: {name: 甲}\nforeword:\n  body: |\n    ![图](图%20片/Caf%C3%A9.png)\n"
    assert found(body, tmp_path) == []


def test_a_picture_that_moves_prints_its_first_frame_and_says_so(tmp_path: Path) -> None:
    frames = [Image.new("L", (30, 20), 60 * k) for k in range(3)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert found(f"{BODY}figure: a.gif\n    alt: 图\n", tmp_path) == ["BT295 4:5"]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">\n{}\n</svg>'


def test_drawings_are_vectors_or_markup_and_one_note_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(SVG.format('<path d="M0 0h9v9"/>'), "utf-8")
    (tmp_path / "b.svg").write_text(SVG.format('<g opacity=".5"><path d="M0 0h9v9"/></g>'), "utf-8")
    assert found(f"{BODY}figure: a.svg\n    alt: 图\n", tmp_path) == []
    assert found(f"{BODY}figure: b.svg\n    alt: 图\n", tmp_path) == ["BT296 4:5"]


def test_a_period_of_secrecy_wants_what_is_secret(tmp_path: Path) -> None:
    """Catches a lone ★1年 in the masthead (GB/T 9704-2012 7.2.2)."""
    text = "masthead: {name: 甲, retention: 1年}\nforeword: {body: 文}\n"
    with pytest.raises(InputError) as caught:
        issue_of(text, tmp_path)
    [finding] = caught.value.findings
    assert (finding.kind.name, finding.path) == ("missing-field", "masthead")
    assert "密级" in finding.message()


def test_what_is_known_of_lines_is_known_by_what_they_are_read_as() -> None:
    """Ensures that what was read as one record is read anew as another that has the same fields."""
    source = Source("a.yaml", "all:\n  - title: 甲\n")
    listed = parse(source).get("all")
    assert isinstance(listed, Sequence)
    reading = Reading(source, Path(), memo=KeepingMemo())
    for what in ("section", "item", "section"):
        assert reading.recalled(listed.items[0], what, partial(str, what)) == what
