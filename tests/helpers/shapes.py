"""Issues of other shapes than the sample: one page, sixty items, nothing but tables, nothing
but figures, one item of forty pages. Their text is put together from parts, always the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw

_WHO = (
    "青禾大学", "澄湖师范学院", "北屏理工学院", "云岭农业大学", "江湾职业技术学院", "东麓医学院",
    "石桥财经学院", "海棠艺术学院",
)  # fmt: skip
_WHEN = (
    "今年以来，",
    "新学期开学后，",
    "近三年来，",
    "按照年度工作安排，",
    "在前期调研的基础上，",
    "",
)
_DID = (
    "把教室、实验室和会议室的使用情况逐间登记造册",
    "请各院系就课程设置提出书面意见",
    "组织教学督导随堂听课一百二十余节",
    "将报销所需的签字由七个减为三个",
    "同周边四所中学商定了共用操场的时段",
    "用一周时间走访了校外实习单位",
    "为新入职教师配备了联系人",
    "把食堂的意见簿改成每天有人答复的留言板",
)  # fmt: skip
_THEN = (
    "师生反映的问题比上学期少了近四成",
    "原先要跑三趟的事情现在一次就能办完",
    "空闲时段的利用率由两成提高到六成以上",
    "有关做法已写入下一年度的工作要点",
    "参与试行的部门普遍认为“麻烦在前、省事在后”",
    "仍有部分院系的材料没有按期报齐",
)  # fmt: skip
_ALSO = (
    "下一步，还要看这些办法能不能坚持下来。",
    "对此，有的同志也提出了不同看法：步子是不是快了一点？",
    "经费从日常预算中列支，没有另外申请。",
    "具体数字见附表，口径与上年相同。",
    "",
    "",
)


class Writer:
    """Sentences without end, the same for every start."""

    def __init__(self, start: int) -> None:
        self._state = start

    def pick(self, choices: tuple[str, ...]) -> str:
        return choices[self.number(len(choices))]

    def number(self, limit: int) -> int:
        self._state = (self._state * 1_103_515_245 + 12_345) % 2**31
        return (self._state >> 8) % limit

    def sentence(self) -> str:
        pick = self.pick
        return f"{pick(_WHEN)}{pick(_WHO)}{pick(_DID)}，{pick(_THEN)}。{pick(_ALSO)}"

    def paragraph(self, length: int) -> str:
        """At least so many characters."""
        text = ""
        while len(text) < length:
            text += self.sentence()
        return text

    def title(self) -> str:
        return f"{self.pick(_WHO)}{self.pick(_DID)}"


def _issue(number: int, sections: list[Any], **fields: Any) -> dict[str, Any]:
    return {
        "brieftex": 1,
        "masthead": {
            "name": "办学情况摘编", "number": number, "total": 40 + number,
            "issuer": "青禾大学校长办公室", "date": f"2025-0{number}-12",
        },
        **fields,
        "sections": sections,
        "colophon": {
            "prepared_by": ["温知行"], "reviewed_by": ["骆清"], "report_to": ["校领导"],
            "send_to": ["各院系、各部门"], "copies": 40,
        },
    }  # fmt: skip


def one_page(_: Path) -> dict[str, Any]:
    """Two short items and a colophon."""
    text = Writer(3)
    items = [{"title": title, "body": text.sentence()} for title in ("教室登记", "签字精简")]
    return _issue(1, [{"title": "要情", "items": items}], contents=False)


def sixty_items(_: Path) -> dict[str, Any]:
    """Six sections of ten items from a line to a page, some with sources and notes."""
    text = Writer(5)
    sections = []
    for name in ("教学", "科研", "学生", "后勤", "合作", "来信"):
        items = []
        for number in range(1, 11):
            paragraphs = [text.paragraph(30 + text.number(260)) for _ in range(text.number(4) + 1)]
            item: dict[str, Any] = {
                "title": f"{text.pick(_WHO)}{name}第{number}则：{text.pick(_DID)}"
            }
            if text.number(3) == 0:
                paragraphs[-1] += "[^1]"
                paragraphs.append(f"[^1]: {text.paragraph(20 + text.number(200))}")
            item["body"] = "\n\n".join(paragraphs)
            if text.number(2) == 0:
                item["sources"] = [
                    {
                        "name": "《青禾校报》",
                        "date": "2025-01-24",
                        "url": "https://news.qinghe.example/a/1024.html",
                    }
                ]
            items.append(item)
        sections.append({"title": f"{name}动态", "items": items})
    return _issue(2, sections)


def tables_only(_: Path) -> dict[str, Any]:
    """Tables of numbers and of text, of two rows and of seventy, one row longer than a page."""
    text = Writer(7)

    def numbers(rows: int) -> dict[str, Any]:
        return {
            "caption": "各校教室使用情况",
            "header": ["学校", "教室（间）", "座位（个）", "利用率"],
            "rows": [
                [
                    text.pick(_WHO), str(text.number(400) + 20), f"{text.number(9000) + 1000:,}",
                    f"{text.number(90)}.{text.number(10)}%",
                ]
                for _ in range(rows)
            ],
        }  # fmt: skip

    def words(rows: int, most: int) -> dict[str, Any]:
        return {
            "caption": "意见与答复",
            "header": ["序号", "意见", "答复", "承办"],
            "rows": [
                [
                    str(k + 1), text.paragraph(10 + text.number(most)),
                    text.paragraph(10 + text.number(most)), text.pick(_WHO),
                ]
                for k in range(rows)
            ],
        }  # fmt: skip

    tables = [numbers(3), words(6, 60), numbers(70), words(4, 400), words(2, 1400), numbers(2),
              words(30, 20), {"header": [], "rows": [["甲", "1"], ["乙", "2"]]}]  # fmt: skip
    items = [{"title": text.title(), "body": [{"table": table}]} for table in tables]
    items.append({"title": "汇总", "body": [{"table": numbers(5)}, {"table": words(5, 90)}]})
    return _issue(3, [{"title": "一览表", "items": items}])


def figures_only(folder: Path) -> dict[str, Any]:
    """Figures of all proportions, alone and several in a row."""
    sizes = ((1200, 700), (800, 800), (600, 1500), (1600, 300), (900, 1200), (1000, 500))
    for number, size in enumerate(sizes):
        picture = Image.new("RGB", size, (236, 236, 230))
        draw = ImageDraw.Draw(picture)
        for k in range(6):
            width = size[0] // 8
            height = size[1] * (k + 2) // 9
            left = width // 2 + k * width * 5 // 4
            draw.rectangle([left, size[1] - height, left + width, size[1]], (60, 90 + 20 * k, 120))
        picture.save(folder / f"figure-{number}.png")
    text = Writer(11)

    def figure(number: int) -> dict[str, Any]:
        return {
            "figure": f"figure-{number % len(sizes)}.png",
            "caption": f"{text.pick(_WHO)}教室使用情况",
            "alt": "柱形图：六个月的使用时数逐月上升",
        }

    items = [
        {"title": text.title(), "body": [figure(k + n) for k in range(amount)]}
        for n, amount in enumerate((1, 3, 2, 1, 6, 1, 4))
    ]
    return _issue(4, [{"title": "图片新闻", "items": items}])


def long_item(_: Path, chapters: int = 5) -> dict[str, Any]:
    """One item of forty pages with everything in it but figures. Three chapters have it all."""
    text = Writer(13)
    marks = count(1)
    blocks: list[str] = []
    notes: list[str] = []

    def called(words: str, length: int) -> str:
        mark = next(marks)
        notes.append(f"[^{mark}]: {text.paragraph(length)}")
        return f"{words}[^{mark}]"

    for chapter in range(chapters):
        blocks.append(f"## {text.pick(_DID)}")
        for part in range(4):
            blocks.append(f"### {text.pick(_THEN)}")
            for k in range(3):
                words = text.paragraph(60 + text.number(330))
                blocks.append(
                    called(
                        words,
                        900 if (chapter, part) == (2, 1) else 15 + 90 * ((chapter + part) % 5),
                    )
                    if k == 1
                    else words
                )
            blocks.append(_inset(text, chapter + part))
    return _issue(
        5,
        [
            {
                "title": "调研",
                "items": [{"title": text.title(), "body": "\n\n".join(blocks + notes)}],
            }
        ],
    )


def _inset(text: Writer, kind: int) -> str:
    lines = [text.sentence() for _ in range(3)]
    ways: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: (f"- {line}" for line in lines),
        lambda: (f"{k}. {line}" for k, line in enumerate(lines, 1)),
        lambda: (f"> {line}" for line in lines[:2]),
        lambda: iter(
            ["| 学校 | 说明 |", "|---|---|", *(f"| {text.pick(_WHO)} | {line} |" for line in lines)]
        ),
        lambda: iter(()),
    )
    return "\n".join(ways[kind % len(ways)]())


SHAPES: dict[str, Callable[..., dict[str, Any]]] = {
    "one-page": one_page,
    "sixty-items": sixty_items,
    "tables-only": tables_only,
    "figures-only": figures_only,
    "long-item": long_item,
}


def write(name: str, folder: Path, **size: int) -> Path:
    """The issue of this shape as a file in ``folder``, its figures beside it."""
    path = folder / f"{name}.yaml"
    path.write_text(
        yaml.safe_dump(
            SHAPES[name](folder, **size), allow_unicode=True, sort_keys=False, width=10**6
        ),
        encoding="utf-8",
    )
    return path
