"""``brieftex import``: what is written, what is refused, what is told."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from helpers.worddocs import docx, packed, paragraph, picture, run, table, unpacked, wps
from helpers.wordimports import DOCUMENTS
from PIL import Image

from brieftex.bounded import Bounds, TooCostlyError
from brieftex.input.issue.file import read_issue
from brieftex.input.issue.template import SCHEMA_FILE
from brieftex.model.content import Paragraph

BY_NAME = {path.stem: path for path in DOCUMENTS}
LAST = """\
报头:
  刊名: 青岚简讯
  期号: 4
  总期号: 60
  编发单位: 青岚大学办公室
  日期: 2026-04-08
栏目:
  # 这一栏的注释不动
  - 标题: 校内动态
    条目:
      - 标题: 已有的一条   # 行尾注释
        正文: |
          原来的正文。

版记:
  编写: [甲乙]
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "来稿 一.docx"
    path.write_bytes(BY_NAME["hand-wps-article"].read_bytes())
    return path


def test_a_document_becomes_an_issue_that_builds(brieftex, tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(BY_NAME["hand-pictures"].read_bytes())
    assert brieftex("import", path).exit_code == 0
    text = (tmp_path / "稿.yaml").read_text("utf-8")
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    assert (tmp_path / SCHEMA_FILE).is_file()
    assert (tmp_path / "images/稿-1.png").is_file()
    assert (tmp_path / "images/稿-2.emf").read_bytes().endswith(b"EMF")
    built = brieftex("build", tmp_path / "稿.yaml", "-o", tmp_path / "x.pdf", "--bundled-fonts")
    assert built.exit_code == 0
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


def test_a_picture_is_cropped_as_shown(brieftex, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(BY_NAME["hand-pictures"].read_bytes())
    brieftex("import", path)
    with Image.open(tmp_path / "images/a-1.png") as image:
        assert image.size == (12, 16)  # a quarter of 24 cut off at each side


def test_an_existing_file_is_never_replaced(brieftex, article: Path, tmp_path: Path) -> None:
    target = tmp_path / "there.yaml"
    target.write_text("mine", "utf-8")
    result = brieftex("import", article, "-o", target)
    assert result.exit_code == 1
    assert "不会覆盖" in result.stderr
    assert target.read_text("utf-8") == "mine"


def test_into_a_section_touches_nothing_else(brieftex, article: Path, tmp_path: Path) -> None:
    target = tmp_path / "期.yaml"
    target.write_text(LAST, "utf-8")
    assert brieftex("import", article, "--into", target, "--section", "校内动态").exit_code == 0
    after = target.read_text("utf-8")
    at = LAST.index("\n版记")
    assert after.startswith(LAST[:at])
    assert after.endswith(LAST[at:])
    issue, _ = read_issue(target)
    assert [item.title.text for item in issue.sections[0].items] == [
        "已有的一条", "师生服务事项办理情况",
    ]  # fmt: skip


def test_into_a_section_that_is_made(brieftex, article: Path, tmp_path: Path) -> None:
    target = tmp_path / "期.yaml"
    target.write_text(LAST, "utf-8")
    assert brieftex("import", article, "--into", target, "--section", "来稿选登").exit_code == 0
    issue, _ = read_issue(target)
    assert [section.title.text for section in issue.sections if section.title] == [
        "校内动态", "来稿选登",
    ]  # fmt: skip
    assert "# 行尾注释" in target.read_text("utf-8")


def test_a_list_in_brackets_is_not_taken_apart(brieftex, article: Path, tmp_path: Path) -> None:
    target = tmp_path / "期.yaml"
    text = "报头: {刊名: 甲}\n栏目: [{标题: 乙, 正文: 丙}]\n"
    target.write_text(text, "utf-8")
    result = brieftex("import", article, "--into", target, "--section", "乙")
    assert result.exit_code == 1
    assert "BT558" in result.stderr
    assert target.read_text("utf-8") == text


def test_the_frame_of_the_last_issue(brieftex, article: Path, tmp_path: Path) -> None:
    last = tmp_path / "2026-04.yaml"
    last.write_text(LAST, "utf-8")
    target = tmp_path / "2026-05.yaml"
    assert brieftex("import", article, "--from", last, "-o", target).exit_code == 0
    issue, _ = read_issue(target)
    assert (issue.masthead.name.text, issue.masthead.number) == ("青岚简讯", 5)
    assert issue.masthead.total == 61
    assert issue.colophon is not None
    assert issue.title is not None
    assert issue.title.text == "师生服务事项办理情况"


def test_several_documents_are_items_of_a_section(brieftex, tmp_path: Path) -> None:
    folder = tmp_path / "来稿"
    folder.mkdir()
    for name in ("hand-run-in", "hand-footnotes"):
        (folder / f"{name}.docx").write_bytes(BY_NAME[name].read_bytes())
    (folder / "~$锁.docx").write_bytes(b"lock")
    target = tmp_path / "合.yaml"
    assert brieftex("import", folder, "-o", target, "--section", "动态").exit_code == 0
    issue, _ = read_issue(target)
    assert [item.title.text for item in issue.sections[0].items] == ["脚注", "关于办理情况的说明"]


def test_changes_can_be_rejected(brieftex, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(BY_NAME["hand-changes"].read_bytes())
    assert brieftex("import", path, "--changes", "reject").exit_code == 0
    text = (tmp_path / "a.yaml").read_text("utf-8")
    assert "原定五月完成" in text
    assert "移走的一句" in text
    assert "六月" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text(brieftex, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "稿.txt"
    long = "会议听取了有关工作的汇报，研究了下一阶段的安排，并对具体事项逐一作了部署和要求。"
    path.write_bytes(f"会议情况\n　　{long}\n一、主要内容\n　　{long}\n".encode(encoding))
    assert brieftex("import", path).exit_code == 0
    issue, _ = read_issue(tmp_path / "稿.yaml")
    assert issue.title is not None
    assert issue.title.text == "会议情况"
    assert "## 主要内容" in (tmp_path / "稿.yaml").read_text("utf-8")


def test_the_text_of_a_pdf_has_paragraphs(brieftex, tmp_path: Path) -> None:
    """Catches each line of the page becoming one, where an empty line stands behind each."""
    path = tmp_path / "稿.txt"
    page = (
        "会议情况", "会议听取了上半年重点工作情况的汇报，研究了下一阶段的",
        "安排，对防汛、森林防火、安全生产等事项逐一作了部署，要",
        "求各单位压实责任，把各项措施落到实处，确保不出问题，为",
        "全年工作开好局。", "二是抓好落实。",
    )  # fmt: skip
    path.write_text("\n\n".join(page), "utf-8")
    assert brieftex("import", path).exit_code == 0
    issue, _ = read_issue(tmp_path / "稿.yaml")
    assert issue.body is not None
    paragraphs = [b.inline.text for b in issue.body.blocks if isinstance(b, Paragraph)]
    assert paragraphs == ["".join(page[1:5]), page[5]]


def test_markdown(brieftex, tmp_path: Path) -> None:
    path = tmp_path / "稿.md"
    path.write_text(
        "# 题目\n\n一段**着重**的话[^1]。\n\n## 小标题\n\n- 甲\n- 乙\n\n[^1]: 注。\n", "utf-8"
    )
    assert brieftex("import", path).exit_code == 0
    text = (tmp_path / "稿.yaml").read_text("utf-8")
    assert "标题: 题目" in text
    assert "一段**着重**的话[^1]。" in text
    assert "- 甲" in text


def test_standard_input_to_standard_output(brieftex) -> None:
    result = brieftex("import", "-", "-o", "-", given="题目\n\n正文的一段话。\n".encode())
    assert result.exit_code == 0
    assert "正文的一段话。" in result.stdout


def test_findings_stand_at_paragraphs(brieftex, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(BY_NAME["hand-comments"].read_bytes())
    result = brieftex("import", path, "--format", "json")
    found = {record["code"]: record for record in json.loads(result.stdout)}
    assert found["BT551"]["line"] == 2
    assert "这个数请再核" in found["BT551"]["message"]


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", b" " * (65 * 1024 * 1024))
    return buffer.getvalue()


def entity() -> bytes:
    """Words that a document type defines, which may be anybody's file."""
    parts = unpacked(docx(wps("一段甲")))
    head, _, root = parts["word/document.xml"].partition(b"?>")
    kind = b'?><!DOCTYPE document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return packed({**parts, "word/document.xml": head + kind + root.replace("甲".encode(), b"&x;")})


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "BT542"),
        ("x.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "BT541"),
        ("x.docx", b"PK\x03\x04 this is no zip", "BT543"),
        ("x.docx", docx(wps("一段"))[:-40], "BT543"),
        ("x.docx", docx("<w:p>").replace(b"PK", b"PK"), "BT543"),
        ("x.docx", entity, "BT544"),
        ("x.docx", bomb, "BT545"),
        ("x.docx", docx(""), "BT547"),
        ("x.docx", docx(paragraph(run(" "))), "BT547"),
        ("x.doc", b"\xef\xbb\xbf\n<!-- OA -->\n<HTML><body><p>\xe7\x94\xb2", "BT563"),
        ("x.mht", b"From: <a@b.cn>\r\nX-Long: a\r\n b\r\nMIME-Version: 1.0\r\n\r\n", "BT563"),
        ("x.pdf", b"%PDF-1.7\n", "BT563"),
    ],
    ids=[
        "old",
        "encrypted",
        "no-zip",
        "cut-off",
        "no-xml",
        "entity",
        "bomb",
        "empty",
        "blank",
        "web",
        "mime",
        "pdf",
    ],
)
def test_what_cannot_be_read_is_refused_by_a_sentence(
    brieftex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    data: bytes | Callable[[], bytes],
    code: str,
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)  # as where LibreOffice is not installed
    path = tmp_path / name
    path.write_bytes(data() if callable(data) else data)
    result = brieftex("import", path)
    assert result.exit_code == 1
    assert code in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_what_takes_too_much_is_given_up(
    brieftex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ensures that every command reads a document in a process that is bounded, and says so."""
    asked: list[Bounds] = []

    def too_costly(_: object, bounds: Bounds) -> NoReturn:
        asked.append(bounds)
        raise TooCostlyError

    monkeypatch.setattr("brieftex.word.incoming.bounded", too_costly)
    path = tmp_path / "a.docx"
    path.write_bytes(docx(paragraph(run("一段。"))))
    issue = tmp_path / "a.yaml"
    issue.write_text("masthead: {name: 试}\nforeword: {body: 甲}\n", "utf-8")
    for call in (["import", path, "-o", "b.yaml"], ["import", path, "--onto", issue],
                 ["diff", issue, "--docx", path]):  # fmt: skip
        result = brieftex(*call)
        assert (result.exit_code, "BT586" in result.stderr) == (1, True), call
    assert asked == [Bounds(60, 2048)] * 3


def test_too_many_paragraphs_are_refused(
    brieftex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("brieftex.word.incoming.MOST_PARAGRAPHS", 3)
    path = tmp_path / "a.docx"
    for count, status in ((3, 0), (4, 1)):
        path.write_bytes(docx("".join(paragraph(run(f"第{k}段。")) for k in range(count))))
        result = brieftex("import", path, "-o", f"{count}.yaml")
        assert (result.exit_code, "4 段" in result.stderr) == (status, bool(status))


def test_a_file_of_500_mb_is_not_opened(brieftex, tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    result = brieftex("import", path)
    assert result.exit_code == 1
    assert "500 MB" in result.stderr or "500" in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["大.docx"]


@pytest.mark.parametrize("name", ["hand-wps-issue", "hand-word-numbered", "office-odt-signed"])
def test_a_document_does_not_differ_from_what_it_became(
    brieftex, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(BY_NAME[name].read_bytes())
    assert brieftex("import", path).exit_code == 0
    same = brieftex("diff", tmp_path / "a.yaml", "--docx", path)
    assert (same.exit_code, same.stdout) == (0, "")
    yaml = tmp_path / "a.yaml"
    yaml.write_text(yaml.read_text("utf-8").replace("二十三项", "二十二项"), "utf-8")
    assert "[-二十二-]{+二十三+}" in brieftex("diff", yaml, "--docx", path).stdout


def test_notes_stand_in_the_part_that_calls_them(brieftex, tmp_path: Path) -> None:
    """A body with a table between two calls is parted, and each part has its own notes."""
    call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = wps("题", "方正小标宋简体", 44, "center")
    body += paragraph(run("前一段的话"), call.format(1), run("。"))
    body += table([["甲", "乙"], ["1", "2"]])
    body += paragraph(run("后一段的话"), call.format(2), run("。"))
    notes = "".join(
        f'<w:footnote w:id="{n}">{paragraph(run(f"注文{n}。"))}</w:footnote>' for n in (1, 2)
    )
    (tmp_path / "a.docx").write_bytes(docx(body, footnotes=notes))
    assert brieftex("import", "a.docx").exit_code == 0
    issue, _ = read_issue(tmp_path / "a.yaml")
    assert issue.body is not None
    assert [label for label, _ in issue.body.notes] == ["1", "2"]


def test_numbers_that_differ_are_told(brieftex, tmp_path: Path) -> None:
    """Word's list begins anew at 5, and the article begins with 二、: one finding for each sort."""
    body = wps("题", "方正小标宋简体", 44, "center") + wps("二、先说这一点", "黑体")
    body += wps("这一点说的是具体办法，要求各单位对照办理，按时报送。") + wps(
        "三、再说那一点", "黑体"
    )
    body += wps("那一点说的是时间安排，要求各单位提前准备，不误进度。")
    (tmp_path / "a.docx").write_bytes(docx(body))
    result = brieftex("import", "a.docx", "--format", "json")
    told = [r for r in json.loads(result.stdout) if r["code"] == "BT553"]
    assert [record["line"] for record in told] == [2]
    assert "“二、”" in told[0]["message"]
    assert "“一、”" in told[0]["message"]


def test_numbers_of_sections_and_items_are_compared(brieftex, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    body = wps("青岚简讯", "方正小标宋简体", 72, "center") + wps("第5期", align="center")
    text = "服务窗口延时到晚上八点，师生可以下班以后办理，周末安排专人值守。"
    for section, items in (
        ("一、动态", ("（一）甲校", "（三）乙校")),
        ("二、案例", ("（一）丙校",)),
    ):
        body += wps(section, "黑体")
        for item in items:
            body += wps(item, "楷体") + wps(text)
    path.write_bytes(docx(body))
    result = brieftex("import", path, "--format", "json")
    told = [r["message"] for r in json.loads(result.stdout) if r["code"] == "BT553"]
    assert any("“（三）”" in message and "2" in message for message in told)


def test_pictures_in_cells_stand_behind_the_table(brieftex, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(buffer, "PNG")
    grid = table([["单位", "照片"], ["文学院", ""]])
    at = grid.rindex("<w:p>")
    shown = paragraph(picture("r1", "院楼"))
    grid = grid[:at] + shown + grid[grid.index("</w:p>", at) + len("</w:p>") :]
    body = wps("各院", "方正小标宋简体", 44, "center") + wps("　　情况如下表所示，请核对。") + grid
    path = tmp_path / "稿.docx"
    path.write_bytes(docx(body + wps("　　完。"), media={"a.png": buffer.getvalue()}))
    result = brieftex("import", path)
    assert result.exit_code == 0
    assert "BT562" in result.stderr
    issue, _ = read_issue(tmp_path / "稿.yaml")
    kinds = [type(block).__name__ for block in issue.body.blocks]
    assert kinds[kinds.index("Table") + 1] == "Figure"
    assert (tmp_path / "images/稿-1.png").is_file()


def test_a_paragraph_that_was_moved_is_in_one_place(brieftex, tmp_path: Path) -> None:
    """Word marks the end of a paragraph that was moved as well as its text."""

    def tracked(sort: str, words: str, kept: str = "") -> str:
        mark = f'<w:pPr><w:rPr><w:{sort} w:id="1" w:author="甲"/></w:rPr></w:pPr>'
        moved = f'<w:{sort} w:id="2" w:author="甲">{run(words)}</w:{sort}>'
        return f"<w:p>{mark}{run(kept) if kept else ''}{moved}</w:p>"

    start = '<w:p><w:moveFromRangeStart w:id="8" w:name="m"/>' + run("甲句在这里，没有动过。")
    body = wps("移动", "方正小标宋简体", 44, "center") + start + "</w:p>"
    body += tracked("moveFrom", "丙句要移走，是另外写的。", "留下的半句，") + wps(
        "　　乙句也没有动过。"
    )
    body += tracked("moveTo", "丙句要移走，是另外写的。") + wps("　　丁句还是在后头。")
    path = tmp_path / "稿.docx"
    path.write_bytes(docx(body))
    for way, order in (("accept", "甲乙丙丁"), ("reject", "甲丙乙丁")):
        target = tmp_path / f"{way}.yaml"
        assert brieftex("import", path, "-o", target, "--changes", way).exit_code == 0
        issue, _ = read_issue(target)
        texts = [block.inline.text for block in issue.body.blocks]
        assert any("留下的半句，　　乙句" in text for text in texts) == (way == "accept")
        assert [next(c for c in "甲乙丙丁" if c in text) for text in texts] == list(order)


def test_pages_in_a_colophon_are_no_name(brieftex, tmp_path: Path) -> None:
    body = wps("各项工作进展", "方正小标宋简体", 44, "center") + wps("　　各项工作都在进行。")
    body += wps("报：校领导。") + wps("编写：甲乙　签发：丙丁　共3页　共印80份")
    path = tmp_path / "稿.docx"
    path.write_bytes(docx(body))
    assert brieftex("import", path).exit_code == 0
    issue, _ = read_issue(tmp_path / "稿.yaml")
    assert [name.text for name in issue.colophon.approved_by] == ["丙丁"]
    assert issue.colophon.copies == 80
