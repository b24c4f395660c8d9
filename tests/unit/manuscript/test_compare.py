"""A composer that loses something is found out, at its place; one that loses nothing is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fuzz.attack import DRAWING
from helpers import extremes
from msgspec import Struct
from msgspec.structs import replace

from brieftex import pipeline
from brieftex.compose.compose import compose
from brieftex.diagnostics.render import render_findings
from brieftex.input.issue.fields import homes
from brieftex.manuscript.written import WRITTEN_KEYS
from brieftex.model.content import Inline
from brieftex.pipeline import typeset
from brieftex.verification import verify_file

pytestmark = pytest.mark.usefixtures("sound_files")

ISSUE = """\
masthead:
  name: 资政参考
  number: 12
  total: 345
  issuer: 岚湖大学政策研究室
  date: 2026-04-16
  document_number: 岚大研〔2026〕5号
  signers: [签发人：李明, 王一]
title: 仪器开放共享专题
summary: 先试点再推开。
salutation: 各学院：
foreword:
  title: 卷首
  body: |
    ## 缘起

    本期刊出三校的做法[^a]，供参考。第二句也在这里，写到ＡＢＣ为止。

    - 第一项，说的是预约
    - 第二项，说的是结算

    > 引来的一句话。

    | 院系 | 台数 |
    |---|---|
    | 物理学院 | 71 |
    | 化学学院 | 48 |
    | 全校 | < |

    [^a]: 注文讲的是轧差。
sections:
  - title: 各方动态
    editor_note: 三校做法不同。
    items:
      - title: 首访清单
        contributors: [教务处]
        body:
          - speaker: 周敏
            role: 实验中心主任
            text: 仪器不缺，{堃|kūn}也不缺。
          - table:
              caption: 使用情况
              header: [类别, 机时]
              unit: 小时
              rows: [[质谱仪, 900], [色谱仪, 690], [^, 35], [{text: 各类都有, colspan: 2}]]
              notes: 注下的一句
              sources: 出自实验中心
          - chart: bar
            caption: 共享机时
            categories: [跨院系, 校外, 本院]
            values: [3.2, 4.7, 5.1]
            unit: 万小时
          - figure: flow.svg
            caption: 办理流程
            alt: 流程图：先报后批
          - quote: 标尺可以换，刻度不能糊。
        sources:
          - {name: 岚湖新闻网, title: 清单发布, url: https://news.lanhu.example.edu/2026/list.html,
             date: 2026-03-11}
      - {title: 协作网, body: 又一段正文。}
signature: {names: [岚湖大学办公室], date: 2026-04-18, remark: 联系人：周敏}
attachments:
  - {title: 承诺文本, body: 附件的正文。}
  - {title: 问卷, body: 附件二的正文。}
colophon:
  prepared_by: [甲某, 乙某]
  send_to: [各学院, 各部门]
  printed_by: 岚湖大学印制中心
  copies: 60
"""

LOSSES = (
    ("注文讲的是轧差。", "注文讲的是差。", "BT954", "foreword.body", 30),
    ("物理学院", "", "BT954", "foreword.body", 26),
    ("48", "", "BT954", "foreword.body", 27),
    ("全校", "", "BT954", "foreword.body", 28),
    ("第二句也在这里，", "", "BT954", "foreword.body", 17),
    ("写到ＡＢＣ为止", "写到ＡＣＢ为止", "BT954", "foreword.body", 17),
    ("说的是结算", "", "BT954", "foreword.body", 20),
    ("引来的一句话。", "", "BT954", "foreword.body", 22),
    ("缘起", "缘", "BT954", "foreword.body", 15),
    ("资政参考", "资政参", "BT955", "masthead.name", 2),
    ("岚湖大学政策研究室", "岚湖大学政策室", "BT955", "masthead.issuer", 5),
    ("岚大研〔2026〕5号", "岚大研〔2026〕6号", "BT955", "masthead.document_number", 7),
    ("王一", "王", "BT955", "masthead.signers[1]", 8),
    ("仪器开放共享专题", "仪器开放专题", "BT955", "title", 9),
    ("先试点再推开。", "先试点。", "BT955", "summary", 10),
    ("各学院：", "学院：", "BT954", "salutation", 11),
    ("各方动态", "各方", "BT954", "sections[0].title", 32),
    ("三校做法不同。", "三校做法。", "BT954", "sections[0].editor_note", 33),
    ("教务处", "务处", "BT954", "sections[0].items[0].contributors[0]", 36),
    ("实验中心主任", "实验中心", "BT954", "sections[0].items[0].body[0].role", 39),
    ("周敏", "周", "BT954", "sections[0].items[0].body[0].speaker", 38),
    ("堃也不缺。", "堃不缺。", "BT954", "sections[0].items[0].body[0].text", 40),
    ("使用情况", "使用", "BT954", "sections[0].items[0].body[1].table.caption", 42),
    ("机时", "", "BT954", "sections[0].items[0].body[1].table.header[1]", 43),
    ("各类都有", "各类", "BT954", "sections[0].items[0].body[1].table.rows[3][0]", 45),
    ("小时", "时", "BT954", "sections[0].items[0].body[1].table.unit", 44),
    ("注下的一句", "注下一句", "BT954", "sections[0].items[0].body[1].table.notes[0]", 46),
    ("出自实验中心", "出自中心", "BT954", "sections[0].items[0].body[1].table.sources[0]", 47),
    ("690", "", "BT954", "sections[0].items[0].body[1].table.rows[1][1]", 45),
    ("共享机时", "共享", "BT954", "sections[0].items[0].body[2].caption", 49),
    ("校外", " ", "BT955", "sections[0].items[0].body[2].categories[1]", 50),
    ("万小时", "小时", "BT955", "sections[0].items[0].body[2].unit", 52),
    ("办理流程", "流程", "BT954", "sections[0].items[0].body[3].caption", 54),
    ("标尺可以换，刻度不能糊。", "标尺可以换。", "BT954", "sections[0].items[0].body[4].quote", 56),
    ("清单发布", "清单", "BT954", "sections[0].items[0].sources[0].title", 58),
    ("https://news.lanhu.example.edu/2026/list.html", "https://news.lanhu.example.edu/2026/",
     "BT954", "sections[0].items[0].sources[0].url", 58),
    ("岚湖大学办公室", "岚湖大学", "BT955", "signature.names[0]", 61),
    ("联系人：周敏", "联系人：", "BT955", "signature.remark", 61),
    ("问卷", "卷", "BT954", "attachments[1].title", 64),
    ("附件二的正文。", "附件的正文。", "BT954", "attachments[1].body", 64),
    ("乙某", "乙", "BT955", "colophon.prepared_by[1]", 66),
    ("各部门", "", "BT955", "colophon.send_to[1]", 67),
    ("岚湖大学印制中心", "岚湖大学", "BT955", "colophon.printed_by", 68),
)  # fmt: skip


def changed(value: Any, change: Callable[[Any], Any]) -> Any:
    """A value of the model, every part of it changed from within."""
    if isinstance(value, tuple):
        value = tuple(changed(part, change) for part in value)
    elif isinstance(value, Struct) and not isinstance(value, Inline):
        parts = {name: getattr(value, name) for name in value.__struct_fields__}
        kept = {"source", "places", "span", "pictures", "origin"}
        new = {k: v if k in kept else changed(v, change) for k, v in parts.items()}
        value = replace(value, **new)
    return change(value)


@pytest.fixture
def careless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[Any], Any]], list[tuple[str, str, int]]]:
    """Builds and verifies with a composer that loses something both times."""
    (tmp_path / "flow.svg").write_text(DRAWING, "utf-8")
    path = tmp_path / "issue.yaml"
    path.write_text(ISSUE, "utf-8")

    def found(change: Callable[[Any], Any]) -> list[tuple[str, str, int]]:
        monkeypatch.setattr(
            pipeline,
            "compose",
            lambda issue, theme, *memory: compose(changed(issue, change), theme, *memory),
        )
        pdf = tmp_path / "issue.pdf"
        pdf.write_bytes(typeset(path, bundled_fonts=True).pdf)
        findings, source = verify_file(pdf, path, bundled_fonts=True)
        assert source is not None
        assert (
            not findings
            or "原稿" in render_findings(findings, source)
            or "目录" in render_findings(findings, source)
        )
        return [
            (f.kind.code, f.path, source.position(f.span.start)[0])
            for f in findings
            if f.span is not None
        ]

    return found


def test_nothing_is_found_where_nothing_is_lost(careless: Callable) -> None:
    assert careless(lambda value: value) == []


def rounds() -> list[tuple[tuple[str, str, str, str, int], ...]]:
    """The losses, no two of one round in the same field: only its first difference is told."""
    made: list[list[tuple[str, str, str, str, int]]] = []
    for loss in LOSSES:
        free = (one for one in made if all(loss[3] != other[3] for other in one))
        next(free, made.append([]) or made[-1]).append(loss)
    return [tuple(one) for one in made if one]


@pytest.mark.parametrize("losses", rounds(), ids=lambda losses: losses[0][0])
def test_lost_characters_are_found_at_their_place(
    careless: Callable, losses: tuple[tuple[str, str, str, str, int], ...]
) -> None:
    def lose(value: Any) -> Any:
        if isinstance(value, Inline):
            for old, new, *_ in losses:
                if old in value.text:
                    value = replace(value, text=value.text.replace(old, new), rubies=())
        return value

    found = careless(lose)
    assert {loss[2:] for loss in losses} <= set(found)


@pytest.mark.parametrize(
    "parts",
    # Of what a field has lost only the first is told, and each round has one of the foreword's.
    [
        {
            "Paragraph": (1, "foreword.body"),
            "Speech": (1, "sections[0].items[0].body[0].speaker"),
        },
        {
            "Table": (1, "foreword.body"),
            "Chart": (1, "sections[0].items[0].body[2].caption"),
            "SourceNote": (1, "sections[0].items[0].sources[0].name"),
        },
        {
            "Heading": (1, "foreword.body"),
            "Figure": (1, "sections[0].items[0].body[3].alt"),
            "Item": (2, "sections[0].items[1].title"),
        },
        {
            "ListBlock": (1, "foreword.body"),
            "Attachment": (2, "attachments[1].title"),
        },
        {"Quotation": (2, "sections[0].items[0].body[4].quote")},
    ],
    ids="-".join,
)
def test_lost_parts_are_found(careless: Callable, parts: dict[str, tuple[int, str]]) -> None:
    """Ensures that whole blocks are missed: the ``count``-th of a sort is dropped."""

    def lose(value: Any) -> Any:
        for name, (count, _) in parts.items():
            value = lose_one(value, name, count)
        return value

    def lose_one(value: Any, name: str, count: int) -> Any:
        if not isinstance(value, tuple):
            return value
        seen = [part for part in value if type(part).__name__ == name]
        if len(seen) < (count if name in ("Item", "Attachment") else 1):
            return value
        if name == "Quotation" and len(value) == 6:
            return value  # the one in the foreword
        if name == "Paragraph" and len(value) < 4:
            return value
        lost = seen[min(count, len(seen)) - 1]
        return tuple(part for part in value if part is not lost)

    found = [place for _, place, _ in careless(lose)]
    assert {path for _, path in parts.values()} <= set(found)


@pytest.mark.parametrize("what", ["calls", "rubies", "amounts"])
def test_lost_marks_are_found(careless: Callable, what: str) -> None:
    """Ensures that the call of a note, a reading and a number of a chart are missed."""

    def lose(value: Any) -> Any:
        sort = type(value).__name__
        if what in ("calls", "rubies") and sort == "Inline":
            return replace(value, **{what: ()})
        if what == "amounts" and sort == "Amount":
            return replace(value, typed=Inline("1", value.typed.origin))
        return value

    assert careless(lose)


def test_the_keys_are_those_of_the_issue_file() -> None:
    """Ensures that a new field of the issue file is also looked for in the finished one."""
    known = {
        record: {
            entry.partition("=")[0]: tuple(entry.partition("=")[2].split(","))
            for entry in text.split()
        }
        for record, text in WRITTEN_KEYS.items()
    }
    own = {record.name: {f.key: f.names for f in record.fields} for _, record in homes()}
    own.pop("fit", None)
    assert {k: v for k, v in own.items() if k in known} == {k: known[k] for k in own if k in known}
    assert set(own) - set(known) <= {"wish", "fit"}
    assert {f for record in known.values() for f in record} >= {"summary", "contributors"}


THEMES = (None, "official", "reference", "large-print")


def _alarms(path: Path, **options: Any) -> str:
    """What a sound file is accused of."""
    return _accused(typeset(path, **options).pdf, path, **options)


def _accused(made: bytes, path: Path, **options: Any) -> str:
    pdf = path.with_suffix(".pdf")
    pdf.write_bytes(made)
    findings, source = verify_file(pdf, path, **options)
    assert source is not None
    return render_findings([f for f in findings if f.kind.code >= "BT95"], source)


@pytest.mark.parametrize(
    ("theme", "edition"),
    [*((theme, None) for theme in THEMES), *((None, e) for e in ("mail", "large", "review"))],
)
def test_no_sound_file_is_accused(tmp_path: Path, theme: str | None, edition: str | None) -> None:
    """Ensures that themes may print fields where they like."""
    path = tmp_path / "issue.yaml"
    path.write_text(extremes.ISSUE, "utf-8")
    (tmp_path / "dot.svg").write_text(extremes.DOT, "utf-8")
    assert _alarms(path, theme=theme, edition=edition, bundled_fonts=True) == ""


@pytest.mark.parametrize("name", ["briefing.yaml", "docs/charts.yaml", "tests/pdf/official.yaml"])
def test_no_issue_of_the_project_is_accused(tmp_path: Path, root: Path, name: str) -> None:
    shutil.copytree(root / "images", tmp_path / "images")
    path = Path(shutil.copy(root / name, tmp_path))
    assert _alarms(path, bundled_fonts=True) == ""


@pytest.mark.parametrize("label", ["number: 期", "number_year: 期", "chart_unit: 单位"])
def test_what_a_theme_does_not_print_is_not_missed(tmp_path: Path, label: str) -> None:
    path = tmp_path / "issue.yaml"
    (tmp_path / "theme.yaml").write_text(f"extends: briefing\nlabels:\n  {label}\n", "utf-8")
    path.write_text("theme: theme.yaml\n" + extremes.ISSUE, "utf-8")
    (tmp_path / "dot.svg").write_text(extremes.DOT, "utf-8")
    assert _alarms(path, bundled_fonts=True) == ""
