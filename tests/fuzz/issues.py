"""Random issues by a grammar: every field and block, and Markdown of any kind in them.

What is made from a ``random.Random`` is mostly right, with all that editors type beside it.
"""

from __future__ import annotations

import random
from collections.abc import Callable

Random = random.Random

WORDS = (
    "学校", "改革", "人工智能学院", "2024年3月5日", "3.2万元", "AI", "《办法》", "“首访”", "——",
    "……", "（试行）", "某某大学", "仪器", "共享", "37.5 ℃", "5 kg", "15%～30%", "Hello world",
    "C++", "https://a.example.edu/b_c?d=e*f", "m²", "①", "顾堃", "𠅤", "e\u0301", "\u200b",
    "\u3000", "　甲", "A/B", "1.", "一、", "（二）", "3*4*5", "a_b_c", "x=y", "a==b", "~", "^_",
    "&amp;", "&lt;", "&x;", "[2024]5号", "〔2024〕5号", "C:\\data\\_old", "\\*", "\\", "#", "·",
    "•", "＊", "％", "'", '"',
)  # fmt: skip
MARKS = ",，。；：、！？.!?)）” "
TYPED = (
    "**{}**", "*{}*", "=={}==", "`{}`", "***{}***", "＊＊{}＊＊", "[{}](https://a.cn/b)", "_{}_",
    "[{}]", "“{}”", "{{{}|jiǎ}}", "{{甲乙|jiǎ yǐ}}{}", "{}^2^", "CO~2~{}", "<https://a.cn>{}",
    "**“{}”**", "{}[^a]", "{}[^b]", "[^a]{}", "{}\\", "\\{}", "【{}】", "【^a】{}", "{}  ",
)  # fmt: skip


def sentence(rng: Random, most: int = 12) -> str:
    """Words and marks in a row."""
    pieces = []
    for _ in range(rng.randint(1, most)):
        word = rng.choice(WORDS)
        if rng.random() < 0.2:
            word = rng.choice(TYPED).format(word)
        pieces.append(word + (rng.choice(MARKS) if rng.random() < 0.4 else ""))
    return "".join(pieces)


def _unmarked(rng: Random, most: int = 6) -> str:
    """A line without calls of notes, for titles and cells."""
    text = sentence(rng, most)
    for call in ("[^a]", "[^b]", "【^a】"):
        text = text.replace(call, "")
    return text.strip(" \\\u200b\u3000") or "甲"


def markdown(rng: Random) -> str:
    """A body: paragraphs, headings, lists, quotations, tables, notes, in any order."""
    parts = [rng.choice(_PARTS)(rng) for _ in range(rng.randint(1, 6))]
    apart = rng.random() < 0.8 or any("flow.svg" in part for part in parts)
    text = ("\n\n" if apart else "\n").join(parts)
    for label in ("a", "b"):
        if f"^{label}]" not in text.replace("】", "]") or rng.random() < 0.02:
            continue
        # Several parts of a body may each have such notes.
        own = f"{label}{rng.randrange(10**6)}"
        for call in ("[^{}]", "【^{}】"):
            text = text.replace(call.format(label), call.format(own))
        text += rng.choice(("\n\n", "\n\n", "\n")) + _note(rng, own)
    return text


def _note(rng: Random, label: str) -> str:
    mark = rng.choice((f"[^{label}]: ", f"[^{label}]：", f"[^{label}]:", f"【^{label}】："))
    lines = [mark + _unmarked(rng)]
    if rng.random() < 0.2:
        lines.append(rng.choice(("", "  ", "    ")) + _unmarked(rng))
    if rng.random() < 0.1:
        lines += ["", "    " + _unmarked(rng)]
    return "\n".join(lines)


def _paragraph(rng: Random) -> str:
    lines = [sentence(rng, 20) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    return rng.choice(("\n", "\n　　", "  \n", "\\\n", "\n    ")).join(lines)


def _heading(rng: Random) -> str:
    number = rng.choice(("", "", "一、", "1. ", "（一）", "①"))
    tail = rng.choice(("", "", "。", " ##"))
    return rng.choice(("##", "##", "###", "####", "＃＃")) + f" {number}{_unmarked(rng)}{tail}"


def _list(rng: Random) -> str:
    form = rng.choice(("- ", "* ", "{}. ", "• ", "{}) ", "（{}）"))
    marks = [form.format(n) for n in range(rng.choice((1, 1, 3)), 12)]
    rows = []
    for mark in marks[: rng.randint(1, 4)]:
        rows.append(mark + sentence(rng, 8))
        if rng.random() < 0.2:
            rows.append("   - " + sentence(rng, 4))
        if rng.random() < 0.1:
            rows += ["", "   " + sentence(rng, 6), ""]
    return "\n".join(rows)


def _quotation(rng: Random) -> str:
    inner = rng.choice((_paragraph, _list, _heading, _paragraph))(rng)
    return "\n".join("> " + line for line in inner.split("\n"))


def _table(rng: Random) -> str:
    columns = rng.randint(1, 4)
    cells = [[_cell(rng) for _ in range(columns)] for _ in range(rng.randint(2, 4))]
    bar = rng.choice(("|", "|", "|", "｜", "\t"))
    if bar == "\t":
        return "\n".join(bar.join(row) for row in cells)
    rows = [bar + bar.join(f" {cell} " for cell in row) + bar for row in cells]
    if rng.random() < 0.8:
        rule = (
            "|" + "|".join(rng.choice(("---", ":--", "--:", ":-:")) for _ in range(columns)) + "|"
        )
        rows.insert(1, rule)
    return "\n".join(rows)


def _cell(rng: Random) -> str:
    plain = _unmarked(rng, 2).replace("|", "").replace("\t", " ").replace("｜", "")
    return rng.choice(("", "12", "3.5%", "—", "甲", plain, plain, "a\\|b", "**合计**"))


def _picture(rng: Random) -> str:
    title = (
        f' "{_unmarked(rng).replace(chr(34), "").replace(chr(92), "")}"'
        if rng.random() < 0.6
        else ""
    )
    return f"![{rng.choice(('一幅图', '图中有**字**', '图[1]'))}](flow.svg{title})"


_PARTS: tuple[Callable[[Random], str], ...] = (
    _paragraph, _paragraph, _paragraph, _heading, _list, _quotation, _table, _picture,
)  # fmt: skip


def _block(rng: Random) -> str:  # noqa: PLR0911  # one for each kind
    """One block of a body that is a list, as flow YAML or with a literal in it."""
    match rng.randrange(8):
        case 0:
            return _entry(
                {"speaker": _unmarked(rng, 2), "role": _unmarked(rng, 2)}, ("text", markdown(rng))
            )
        case 1:
            return _entry({}, ("quote", markdown(rng)))
        case 2:
            rows = [[_cell(rng) for _ in range(3)] for _ in range(rng.randint(1, 4))]
            caption = {"caption": _unmarked(rng)} if rng.random() < 0.7 else {}
            return "- table: " + _flow({**caption, "header": ["甲", "乙", "丙"], "rows": rows})
        case 3:
            return "- " + _flow(_chart(rng))
        case 4:
            caption = {"caption": _unmarked(rng)} if rng.random() < 0.7 else {}
            return "- " + _flow({"figure": "flow.svg", "alt": "流程图：先报后批", **caption})
        case 5:
            return "- page_break: true"
        case _:
            return "- |\n" + _indented(markdown(rng), 2)


def _chart(rng: Random) -> dict[str, object]:
    names = rng.choice((["2021年", "2022年", "2023年", "2024年"], ["甲校", "乙校", "信息学院"],
                        ["文学院", "理学院"], ["1月", "2月", "3月", "4月", "5月"]))  # fmt: skip
    values = ["3.2", "1,200", "3.2万", "0", "7", "12", "5.5", ""]
    row = [rng.choice(values[: 7 if rng.random() < 0.5 else 8]) for _ in names]
    kind = rng.choice(("bar", "hbar", "line", "pie"))
    chart: dict[str, object] = {"chart": kind, "categories": names}
    if kind != "pie" and rng.random() < 0.5:
        chart["series"] = [
            {"name": n, "values": rng.sample(row, len(row))} for n in ("本科生", "研究生")
        ]
    else:
        chart["values"] = row
    more = {"caption": _unmarked(rng), "unit": "万人", "alt": "柱形图：逐年上升"}
    return chart | {key: value for key, value in more.items() if rng.random() < 0.5}


def _flow(value: object) -> str:
    """A value in flow style, its texts in double quotes, which every text can stand in."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def _entry(fields: dict[str, str], literal: tuple[str, str]) -> str:
    lines = [f"{key}: {_flow(value)}" for key, value in fields.items()]
    lines.append(f"{literal[0]}: |\n" + _indented(literal[1], 4))
    return "- " + "\n  ".join(lines)


def _indented(text: str, columns: int) -> str:
    lines = text.split("\n")
    # A literal takes its indent from its first line, which must not begin with a space.
    lines[0] = lines[0].lstrip(" \t\u3000") or "甲"
    return "\n".join(" " * columns + line if line.strip() else "" for line in lines)


def _body(rng: Random, key: str, columns: int) -> list[str]:
    pad = " " * columns
    if rng.random() < 0.6:
        style = rng.choice(("|", "|", "|-", "|", ">"))
        return [f"{pad}{key}: {style}", _indented(markdown(rng), columns + 2)]
    blocks = [_indented(_block(rng), columns + 2) for _ in range(rng.randint(1, 4))]
    return [f"{pad}{key}:", *blocks]


def issue(rng: Random) -> str:
    """A whole issue file."""
    lines = ["brieftex: 1", *_head(rng)]
    for key, value in (
        ("title", _unmarked(rng)),
        ("summary", _unmarked(rng)),
        ("contents", "true"),
    ):
        if rng.random() < 0.5:
            lines.append(f"{key}: {value if key == 'contents' else _flow(value)}")
    if rng.random() < 0.2:
        lines.append(f"paragraphs: {rng.choice(('blank', 'line', 'auto'))}")
    if rng.random() < 0.5:
        title = [f"  title: {_flow(_unmarked(rng))}"] if rng.random() < 0.5 else []
        lines += ["foreword:", *title, "  salutation: 各位校领导：", *_body(rng, "body", 2)]
    if rng.random() < 0.2:
        lines += _body(rng, "body", 0)
    lines.append("sections:")
    for _ in range(rng.randint(1, 3)):
        lines.append(f"  - title: {_flow(_unmarked(rng))}")
        if rng.random() < 0.3:
            lines += _body(rng, "body", 4)
        lines.append("    items:")
        for _ in range(rng.randint(1, 3)):
            lines += _item(rng)
    lines += _tail(rng)
    return "\n".join(lines) + "\n"


def _item(rng: Random) -> list[str]:
    lines = [f"      - title: {_flow(_unmarked(rng))}"]
    if rng.random() < 0.2:
        lines.append(f"        editor_note: {_flow(_unmarked(rng))}")
    if rng.random() < 0.2:
        lines.append(f"        contributors: {_flow(['教务处', '研究生院'])}")
    lines += _body(rng, "body", 8)
    if rng.random() < 0.4:
        source: dict[str, object] = {"name": _unmarked(rng, 2)}
        more = {
            "title": _unmarked(rng, 3), "date": "2023-12-28",
            "url": "https://a.example.edu/b_c/d*e?f=1", "accessed": "2024-01-05",
        }  # fmt: skip
        source |= {key: value for key, value in more.items() if rng.random() < 0.6}
        parts = [
            f"{key}: {value if key in ('date', 'accessed') else _flow(value)}"
            for key, value in source.items()
        ]
        lines.append("        sources: [{" + ", ".join(parts) + "}]")
    return lines


def _head(rng: Random) -> list[str]:
    lines = ["masthead:", f"  name: {_flow(_unmarked(rng, 2))}"]
    fields = (
        "number: 12", "total: 120", "issuer: 某某大学政策研究室", "date: 2026-04-16",
        "classification: 机密", "urgency: 特急", "copy_number: 7",
        "document_number: 甲大研〔2026〕5号", "signers: [李明, 王一, 赵二]",
    )  # fmt: skip
    lines += [f"  {field}" for field in fields if rng.random() < 0.5]
    if "  classification: 机密" in lines and rng.random() < 0.5:
        lines.append("  retention: 1年")
    return lines


def _tail(rng: Random) -> list[str]:
    lines = []
    if rng.random() < 0.4:
        lines.append("attachments:")
        for _ in range(rng.randint(1, 3)):
            lines += [f"  - title: {_flow(_unmarked(rng))}", *_body(rng, "body", 4)]
    if rng.random() < 0.4:
        lines += [
            "signature:",
            "  names: [某某大学政策研究室, 某某大学教务处]",
            "  date: 2026-04-17",
        ]
        if rng.random() < 0.5:
            lines.append("  remark: 联系人：李明，电话：0571-8888 1234")
    if rng.random() < 0.5:
        lines.append("colophon:")
        fields = (
            "prepared_by: [甲某, 乙某]", "reviewed_by: [丙某]", "approved_by: [丁某]",
            "report_to: [校领导]", "send_to: [各学院, 各部门]", "distribute_to: [各系]",
            "copy_to: [各处室, 办公室]", "printed_by: 党委办公室", "printed_on: 2026-04-18",
            "copies: 60",
        )  # fmt: skip
        lines += [f"  {field}" for field in fields if rng.random() < 0.6] or ["  copies: 5"]
        if lines[-1] == "colophon:":
            lines.append("  copies: 5")
    return lines
