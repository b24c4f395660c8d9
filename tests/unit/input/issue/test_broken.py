"""Files as office editors break them: each is told the true cause, at its true place.

Every case is one good issue with one slip, or several at once, as fingers, input methods,
word processors and mail make them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers.cases import each

from brieftex.diagnostics import Finding, InputError, Source
from brieftex.diagnostics.render import FORMATS, in_order, render_findings
from brieftex.input.issue.file import read_issue, read_issue_text
from brieftex.source import decode_source

GOOD = """\
brieftex: 1
masthead:
  name: 岚湖参阅
  number: 3
  date: 2024-03-20
sections:
  - title: 各方动态
    items:
      - title: 岚湖大学开放夜间阅览
        body: |
          第一段。

          第二段。
        sources:
          - name: 岚湖大学新闻网
            date: 2024-03-02
colophon:
  prepared_by: [顾堃]
  copies: 60
"""
TITLE = "岚湖大学开放夜间阅览"
BODY = "|\n          第一段。\n\n          第二段。"

# What is written instead of what; then every finding as ``code line:column``, and words that
# its hints must hold.
CASES: list[tuple[str, str, str, list[str], str]] = [
    # Tabs
    ("tab", "  name:", "\tname:", ["BT101 3:1"], "空格"),
    ("tabs in the middle", "        body: |", "\t\tbody: |", ["BT101 10:1"], "空格"),
    ("tab behind a dash", "- title: 岚", "-\ttitle: 岚", ["BT101 9:8"], "空格"),
    ("tab before a paragraph", "          第二段", "\t第二段", ["BT101 13:1"], "空格"),
    # Colons
    ("full-width colon", "number: 3", "number：3", ["BT102 4:9"], "`number: `"),
    ("full-width colon, Chinese key", "name: 岚", "刊名： 岚", ["BT102 3:5"], "`刊名: `"),
    ("full-width colon of a heading", "masthead:", "masthead：", ["BT102 2:9"], "`masthead: `"),
    ("full-width colon before a bar", "body: |", "正文：|", ["BT102 10:11"], "`正文: `"),
    ("full-width colon in the last line", "copies: 60", "份数：60", ["BT102 19:5"], "`份数: `"),
    ("no space", "number: 3", "number:3", ["BT103 4:9"], "`number: 3`"),
    ("no space before a list", "by: [顾", "by:[顾", ["BT103 18:14"], "`prepared_by: [顾堃]`"),
    ("no space before a bar", "body: |", "body:|", ["BT103 10:13"], "`body: |`"),
    ("semicolon", "number: 3", "number；3", ["BT140 4:9"], "`number: `"),
    ("equals sign", "number: 3", "number = 3", ["BT140 4:10"], "`number: `"),
    ("no colon", "masthead:\n", "masthead\n", ["BT123 2:1"], ""),
    ("colon in a title", TITLE, "岚湖大学: 开放阅览", ["BT104 9:20"], "`title: '…'`"),
    ("colon at the end of a title", TITLE, TITLE + ":", ["BT104 9:26"], "`title: '…'`"),
    # Quotation marks
    ("unclosed double quote", TITLE, '"' + TITLE, ["BT105 9:16"], "补上"),
    ("unclosed single quote", TITLE, "'" + TITLE, ["BT105 9:16"], "补上"),
    ("closed by a Chinese quote", TITLE, '"' + TITLE + "”", ["BT105 9:16"], "中文引号“”不算"),
    ("quote before a key", "name: 岚", '"name: 岚', ["BT105 3:3"], "删去"),
    ("text behind a quote", TITLE, '"岚湖"大学', ["BT106 9:20"], "单引号"),
    ("smart quotes around a date", "2024-03-20", "“2024-03-20”", ["BT219 5:9"],
     "`date: 2024-03-20`"),
    ("smart quotes around a number", "number: 3", "期号: “3”", ["BT219 4:7"], "`期号: 3`"),
    ("smart quotes around a title", TITLE, f"“{TITLE}”", ["BT226 9:16"], ""),
    ("smart quotes around a key", "name: 岚", "“name”: 岚", ["BT202 3:3"], "`name: `"),
    # Indentation
    ("one space too many", "  number", "   number", ["BT107 4:4"], "应空 2 格"),
    ("one space too few", "  number", " number", ["BT107 4:2"], "2 格"),
    ("items outside their section", "    items:", "  items:", ["BT107 8:3"], "4 格"),
    ("two spaces behind a dash", "- title: 岚", "-  title: 岚", ["BT143 9:8"], "一个空格"),
    ("fields at the very left", "  name: 岚湖参阅\n  number: 3\n  date",
     "name: 岚湖参阅\nnumber: 3\ndate", ["BT218 3:1", "BT218 4:1", "BT218 5:1"],
     "`masthead:` 下面"),
    ("a heading under another", "sections:\n", "  sections:\n", ["BT218 6:3"], "顶格"),
    ("body at the left", BODY, "|\n第一段。\n\n第二段。", ["BT142 11:1"], "10 格"),
    ("second paragraph too far left", "          第二段", "      第二段", ["BT142 13:7"], "10 格"),
    ("first paragraph too far right", "          第一段", "              第一段", ["BT147 11:11"],
     "4 个空格"),
    ("first paragraph a space too far right", "          第一段", "           第一段",
     ["BT147 11:11"], "1 个空格"),
    ("paragraph indented as in Word", "          第二段", "　　第二段", ["BT142 13:1"], "10 格"),
    # Blanks that are none
    ("full-width spaces", "  name:", "　name:", ["BT129 3:1"], "英文输入法"),
    ("full-width space behind a colon", "number: 3", "number:　3", ["BT129 4:10"], "英文输入法"),
    ("no-break space behind a dash", "- title: 岚", "-\xa0title: 岚", ["BT129 9:8"], "英文输入法"),
    ("no-break spaces from Word", "  name:", "\xa0\xa0name:", ["BT129 3:1"], "英文输入法"),
    ("zero-width space in a key", "number: 3", "num\u200bber: 3", ["BT129 4:6"], "删去"),
    ("byte order mark in the middle", "sections:", "\ufeffsections:", ["BT129 6:1"], "删去"),
    ("Word's line break", "第二段。", "第二\x0b段。", ["BT124 13:13"], "回车"),
    # Dashes and lists
    ("dash without space", "- title: 岚", "-title: 岚", ["BT108 9:7"], "`- title: 岚"),
    ("full-width dash", "- title: 岚", "－title: 岚", ["BT130 9:7"], "“- ”"),
    ("dash made by Word", "- title: 岚", "– title: 岚", ["BT130 9:7"], "“- ”"),
    ("bullet", "- title: 岚", "• title: 岚", ["BT130 9:7"], "“- ”"),
    ("no dash", "      - title: 岚", "        title: 岚", ["BT229 9:9"], "`- title: …`"),
    ("no dash before the second item", "colophon:", "        title: 又一条\ncolophon:",
     ["BT145 17:9"], "“- ”"),
    ("dashes in the masthead", "  name: 岚湖参阅\n  number: 3\n  date",
     "  - name: 岚湖参阅\n  - number: 3\n  - date", ["BT236 3:3"], "删去"),
    ("list on the line of its key", TITLE, "- " + TITLE, ["BT126 9:16"], "另起一行"),
    ("full-width brackets", "[顾堃]", "【顾堃，沈镕】", ["BT227 18:16"],
     "`prepared_by: [顾堃, 沈镕]`"),
    ("full-width comma", "[顾堃]", "[顾堃，沈镕]", ["BT228 18:17"], "`[顾堃, 沈镕]`"),
    ("unclosed bracket", "[顾堃]", "[顾堃, 沈镕", ["BT109 18:16"], "补上"),
    # Bars and bodies
    ("no bar", "body: |", "body:", ["BT139 10:13"], "`body: |`"),
    ("no bar, and a colon in the text", BODY, "\n          第一段。\n          会议指出: 二。",
     ["BT139 10:13"], "`body: |`"),
    ("no bar, and a list", BODY, "\n          第一段。\n\n          - 甲\n          - 乙",
     ["BT139 10:13"], "`body: |`"),
    ("no bar, and a heading", BODY, "\n          第一段。\n\n          ## 小标题",
     ["BT139 10:13"], "`body: |`"),
    ("full-width bar", "body: |", "body: ｜", ["BT144 10:15"], "“|”"),
    ("text on the line of the bar", "|\n          第一段", "| 第一段", ["BT111 10:17"], "另起一行"),
    ("heading with one #", "第二段。", "# 第二段", ["BT250 13:11"], "##"),
    # Marks that mean something to YAML
    ("comment in a title", TITLE, "岚湖大学 #开放夜间阅览", ["BT138 9:21"], "单引号"),
    ("comment behind a number", "number: 3", "number: 3 #第3期", [], ""),
    ("comment behind a date", "2024-03-20", "2024-03-20 #星期三", [], ""),
    ("title that is a comment", TITLE, "#开放夜间阅览", ["BT205 9:9", "BT138 9:16"], "单引号"),
    ("full-width comment", "sections:", "＃ 以下是栏目\nsections:", ["BT141 6:1"], "“# ”"),
    ("title in square brackets", TITLE, "[重要]开放阅览", ["BT106 9:20"], "单引号"),
    ("title with an asterisk", TITLE, "**重要**通知", ["BT115 9:16"], "单引号"),
    ("title with a percent sign", TITLE, "%50的学校", ["BT110 9:16"], "单引号"),
    ("path in double quotes", TITLE, '"D:\\资料"', ["BT112 9:19"], "单引号"),
    ("a line between parts", "sections:", "---\nsections:", ["BT118 6:1"], "删去"),
    # Fields
    ("misspelt key", "number: 3", "numbr: 3", ["BT202 4:3"], "`number: `"),
    ("misspelt Chinese key", "number: 3", "期好: 3", ["BT202 4:3"], "`期号: `"),
    ("unknown key", "number: 3", "颜色: 红", ["BT201 4:3"], "刊名"),
    ("key of another place", "copies: 60", "copies: 60\nissuer: 办公室", ["BT218 20:1"],
     "masthead"),
    ("key twice", "  number: 3", "  number: 3\n  number: 4", ["BT113 5:3"], "删去"),
    ("key twice, in two languages", "  number: 3", "  number: 3\n  期号: 3", ["BT207 5:3"], "删去"),
    ("no name", "  name: 岚湖参阅\n", "", ["BT204 2:1"], "`name: "),
    ("empty name", "name: 岚湖参阅", "刊名:", ["BT205 3:3"], "`刊名: "),
    ("empty date", "date: 2024-03-20", "date:", ["BT206 5:3"], ""),
    # Dates and numbers
    ("date in Han", "2024-03-20", "二〇二四年三月二十日", ["BT210 5:9"], "`date: 2024-03-20`"),
    ("date without marks", "2024-03-20", "20240320", ["BT210 5:9"], "`date: 2024-03-20`"),
    ("date in full width", "2024-03-20", "２０２４．３．２０", ["BT210 5:9"], "`date: 2024-03-20`"),
    ("date and weekday", "2024-03-20", "2024年3月20日（星期三）", ["BT210 5:9"], "2024-03-20`"),
    ("date without year", "2024-03-20", "3月20日", ["BT210 5:9"], "例如"),
    ("day as printed", "2024-03-20", "2024年3月20日印发", ["BT210 5:9"], "2024-03-20"),
    ("no such day", "2024-03-20", "2024年2月30日", ["BT211 5:9"], ""),
    ("number as printed", "number: 3", "期号: 第3期", ["BT208 4:7"], "`期号: 3`"),
    ("two numbers", "number: 3", "期号: 3、4期", ["BT208 4:7"], "`number_words: 3、4期`"),
    ("copies as printed", "copies: 60", "copies: （共印60份）", ["BT208 19:11"], "`copies: 60`"),
    ("number in Han", "copies: 60", "copies: 六十份", ["BT208 19:11"], "`copies: 60`"),
    ("number in full width", "copies: 60", "copies: ６０", ["BT208 19:11"], "`copies: 60`"),
    ("address without http", "date: 2024-03-02", "url: www.a.cn", ["BT213 16:18"], "https://"),
    ("source as a text", "- name: 岚湖大学新闻网\n            date: 2024-03-02", "- 岚湖大学新闻网",
     ["BT203 15:13"], "name"),
    ("a figure from Windows", BODY, "\n          - figure: images\\图.png\n            alt: 图",
     ["BT231 11:13"], "“/”"),
]  # fmt: skip


def findings(data: bytes) -> tuple[Source, list[Finding]]:
    source, warnings = decode_source("issue.yaml", data)
    try:
        return source, read_issue_text(source, warnings, Path("no-such-folder"))[1]
    except InputError as error:
        return source, list(error.findings)


def places(source: Source, found: list[Finding]) -> list[str]:
    spans = [(d.kind.code, d.span) for d in in_order(found)]
    return ["{} {}:{}".format(c, *source.position(s.start)) if s else c for c, s in spans]


def test_the_cases_are_many_and_the_file_is_good() -> None:
    assert len({name for name, *_ in CASES}) == len(CASES) >= 60
    assert findings(GOOD.encode())[1] == []


@each("newline", ["\n", "\r\n"])
@each("case", CASES, ids=[name for name, *_ in CASES])
def test_a_broken_file(case: tuple[str, str, str, list[str], str], newline: str) -> None:
    _, old, new, expected, hint = case
    assert GOOD.count(old) >= 1
    text = GOOD.replace(old, new, 1).replace("\n", newline)
    source, found = findings(text.encode())
    assert places(source, found) == expected
    assert hint in "".join(hint for finding in found[:1] for hint in finding.hints())
    for style in FORMATS:
        assert render_findings(found, source, style) or not found


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8-sig"])
def test_a_broken_file_in_another_encoding(encoding: str) -> None:
    source, found = findings(GOOD.replace("number: 3", "number：3").encode(encoding))
    note = [] if encoding == "utf-8-sig" else ["BT137 1:1"]
    assert places(source, found) == [*note, "BT102 4:9"]
    assert not note or "另存为" in found[0].hints()[0]


SEVERAL = (
    ("  number: 3", "  number：三"), ("date: 2024-03-20", "date: 昨天"),
    ("title: 各方动态", "title: 各方: 动态"), (TITLE, f'"{TITLE}'), ("body: |", "body:|"),
    ("- name: 岚", "-name: 岚"), ("date: 2024-03-02", "data: 2024-03-02"),
    ("copies: 60", "copies: 六十"),
)  # fmt: skip
FOUND = {
    "BT102 4:9", "BT208 4:10", "BT210 5:9", "BT104 7:14", "BT105 9:16", "BT103 10:13",
    "BT108 15:11", "BT202 16:13", "BT208 19:11",
}  # fmt: skip


def test_all_problems_are_found_at_once() -> None:
    """Ensures that a slip of YAML hides neither another one nor what fields hold."""
    text = GOOD
    for old, new in SEVERAL:
        text = text.replace(old, new, 1)
    source, found = findings(text.encode())
    assert set(places(source, found)) == FOUND
    assert len(found) == len(FOUND)


@each("slip", CASES, ids=[name for name, *_ in CASES])
def test_a_slip_does_not_hide_the_end_of_the_file(
    slip: tuple[str, str, str, list[str], str],
) -> None:
    _, old, new, expected, _ = slip
    if "19:" in "".join(expected) or "20:" in "".join(expected):
        return  # the slip is there itself
    text = GOOD.replace(old, new, 1).replace("copies: 60", "copies: 六十")
    source, found = findings(text.encode())
    line = text[: text.index("copies")].count("\n") + 1
    assert set(places(source, found)) == {*expected, f"BT208 {line}:11"}


FIELD = re.compile(r"( *)((?:- )?)([a-z_]+):( ?)(.*)")


def accidents(line: str) -> dict[str, str]:
    """A line of the good file in every way in which its kind of line goes wrong."""
    match = FIELD.fullmatch(line)
    if match is None:
        text = line.lstrip()
        return {"at the left": text, "as in Word": f"　　{text}"} if text else {}
    indent, dash, key, _, value = match.groups()
    head, half = f"{indent}{dash}{key}", len(indent) // 2
    made = {"full-width colon": f"{head}：{value}", "no colon": head if not value else ""}
    if value:
        made |= {"no space": f"{head}:{value}", "no-break space": f"{head}:\xa0{value}"}
    if value and value[0] not in "|[":
        made |= {"unclosed": f'{head}: "{value}', "unclosed '": f"{head}: '{value}"}
        made |= {"colon": f"{head}: {value[:2]}: {value[2:]}"}
    if value == "|":
        made |= {"bar": f"{head}: ｜", "no bar": f"{head}:"}
    if value.startswith("["):
        made |= {"bracket": line[:-1]}
    if dash:
        made |= {"no space after dash": f"{indent}-{key}: {value}"}
        made |= {"another dash": f"{indent}－ {key}: {value}", "bullet": f"{indent}•{key}: {value}"}
    if indent:
        rest = line.lstrip()
        made |= {"tab": "\t" * half + rest, "full-width spaces": "　" * half + rest}
        made |= {"one more": f" {line}", "one less": line[1:]}
    return {name: broken for name, broken in made.items() if broken and broken != line}


def test_every_line_in_every_way() -> None:
    """Ensures that each accident is shown where it happened and makes no noise elsewhere."""
    lines, tried, wrong = GOOD.splitlines(), 0, []
    for number, line in enumerate(lines, 1):
        for name, broken in accidents(line).items():
            tried += 1
            text = "\n".join([*lines[: number - 1], broken, *lines[number:]])
            source, found = findings(text.encode())
            at = {source.position(d.span.start)[0] for d in found if d.span}
            if at != {number}:
                wrong.append((number, name, places(source, found)))
    assert wrong == []
    assert tried > 130


def test_a_key_beside_its_record_belongs_into_it() -> None:
    """Catches the advice to write a key of a table where it stands already."""
    text = "masthead: {name: 甲}\ntitle: 乙\nbody:\n- 表格: {行: [[1, 2]]}\n  版面方向: 横排\n"
    with pytest.raises(InputError) as caught:
        read_issue(text.encode())
    (finding,) = caught.value.findings
    assert finding.kind.code == "BT218"
    assert "是表格的字段，不能写在它旁边" in finding.message()
    assert "`表格:` 下面" in "".join(finding.hints()) or "`table:` 下面" in "".join(finding.hints())
