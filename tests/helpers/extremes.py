"""Themes at the edge: every number that a theme holds, and an issue that needs them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from brieftex.input.fields import ListOf, NamedOf, Record, RecordOf
from brieftex.input.theme.keys import STYLE, STYLES, THEME
from brieftex.input.theme.values import Leaf

ISSUE = """\
masthead:
  name: 岚湖大学资政参考
  number: 3
  total: 27
  issuer: 岚湖大学党委政策研究室
  date: 2024-03-20
  classification: 机密
  retention: 1年
  urgency: 特急
  copy_number: 12
  document_number: 岚大研〔2024〕5号
  signers: [李明, 王一]
title: 学科建设专题
contents: true
foreword:
  title: 编者按
  salutation: 校领导：
  body: |
    本期刊出三校的做法[^a]，供参考。

    ## 缘起

    各校先行先试。

    [^a]: 见各条之后的来源。
sections:
  - title: 高校动态
    editor_note: 本栏两篇出自同一次座谈会。
    items:
      - title: 岚湖大学成立人工智能学院
        editor_note: 三校做法不同，结果相近。
        body:
          - |
            学院设三个系[^1]，*首批*招生**六十人**，==不分专业==，访{歙县｜Shè xiàn}的同学说
            [主页](https://www.example.edu.cn/a/b)可用，international cooperation 也有进展。

            ## 招生

            ### 计划

            #### 办法

            - 甲
              - 乙
                1. 丙
                2. 丁

            > 教育兴则国家兴。

            [^1]: 据该校网站。
          - {speaker: 李明, role: 某某大学校长, text: 高校要走出自己的路。}
          - {table: {caption: 各院系人数, header: [院系, 数], rows: [[文学院, 3], [理学院, 4]]}}
          - {chart: bar, categories: [甲, 乙], values: [3.2, 3.4], unit: 万人, caption: 人数}
          - {chart: line, categories: [甲, 乙, 丙], caption: 走势,
             series: [{name: 子, values: [1, 3, 2]}, {name: 丑, values: [2, 1, 3]}]}
          - {chart: pie, categories: [甲, 乙], values: [30, 70], caption: 构成}
          - {figure: dot.svg, alt: 一个圆点, caption: 圆点}
          - {page_break: true}
          - 末段。
        sources:
          - {name: 岚湖大学, title: 简讯, url: 'https://www.example.edu.cn/news/1.html',
             date: 2024-03-01, accessed: 2024-03-02}
      - {title: 又一条, body: 只有一段。}
  - title: 观点
    items: [{title: 再一条, body: 只有一段。}]
signature: {names: [党委政策研究室], date: 2024-03-20, remark: 联系人：李明}
attachments:
  - title: 调研提纲
    body: |
      ## 对象

      ### 范围

      #### 方式

      1. 访谈
      2. 问卷
  - {title: 名单, body: 略。}
colophon:
  prepared_by: [甲一]
  report_to: [校领导]
  copy_to: [各处室]
  printed_by: 党委办公室
  printed_on: 2024-03-21
  copies: 60
"""

DOT = """\
<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm" viewBox="0 0 40 20">
<circle cx="20" cy="10" r="8" fill="#8f2a22"/></svg>
"""

SWITCHED_ON = """\
line_numbers: {every: 5}
watermark: {text: 送审稿}
codes: {size: 14mm}
attachment_list: true
colophon: {even_page: true}
"""


def write_issue(folder: Path) -> Path:
    """An issue with every kind of block, which takes its look from ``theme.yaml``."""
    (folder / "dot.svg").write_text(DOT, "utf-8")
    path = folder / "issue.yaml"
    path.write_text("theme: theme.yaml\n" + ISSUE, "utf-8")
    return path


def theme(base: str, path: str, text: str) -> str:
    """A theme of one value."""
    lines = [f"extends: {base}"]
    keys = path.split(".")
    lines += [f"{'  ' * depth}{key}:" for depth, key in enumerate(keys)]
    return "\n".join(lines) + f" {text}\n"


def numbers(record: Record = THEME, path: str = "") -> Iterator[tuple[str, Leaf, int]]:
    """Path, form and count (0 for no list) of every length and number; of styles only those of
    ``styles.*``, which stands for each."""
    for field in record.fields:
        here, form = f"{path}.{field.key}".lstrip("."), field.form
        if here == "styles":
            yield from numbers(STYLE, "styles.*")
        elif isinstance(form, RecordOf):
            yield from numbers(form.record, here)
        elif isinstance(form, Leaf) and form.bounds is not None:
            yield here, form, 0
        elif isinstance(form, ListOf) and isinstance(form.item, Leaf) and form.item.bounds:
            yield here, form.item, form.count
        else:
            assert isinstance(form, Leaf | ListOf | NamedOf)


def written(text: str, count: int) -> str:
    """A value, or as many of it as a list has."""
    return f"[{', '.join([text] * count)}]" if count else text


def every_style(text: str) -> str:
    """A theme that gives all styles the same key and value; ``text`` is ``key: value``."""
    return "extends: briefing\nstyles:\n" + "".join(f"  {n}: {{{text}}}\n" for n in STYLES)
