"""Charts in the finished file: vectors, embedded faces, alternative texts, conformance."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from pdf.verapdf import problems

from brieftex.pipeline import Typeset, typeset

ISSUE = """\
brieftex: 1
masthead: {name: 试排}
foreword:
  body:
    - chart: bar
      caption: 人数
      unit: 万人
      categories: [2024年, 2025年]
      series:
        - {name: 本科生, values: [3.2, 3.4]}
        - {name: 研究生, values: [1.1, '']}
        - {name: 进修生, values: [0.4, 0.5]}
    - chart: bar
      categories: [一个名称很长很长的学院, 另一个名称很长的学院, 丙, 丁, 戊, 己, 庚]
      values: [1, -2, 3, 4, 5, 6, 7]
    - {chart: line, categories: [一月, 二月, 三月], values: [3.2万, 2万, 4万]}
    - {chart: pie, caption: 来源, categories: [拨款, 学费, 其他], values: [1, 1, 1]}
    - chart: hbar
      stacked: true
      categories: [甲]
      alt: 自己写的一句话
      series: [{name: 乙, values: [3]}, {name: 丙, values: [4]}]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Typeset:
    """A chart of every kind, set in the bundled faces."""
    path = tmp_path_factory.mktemp("charts") / "issue.yaml"
    path.write_text(ISSUE, "utf-8")
    return typeset(path, bundled_fonts=True)


def test_charts_conform(made: Typeset) -> None:
    assert problems(made.pdf, "ua1", "2a") == []


def figures(pdf: pikepdf.Pdf) -> list[Any]:
    return [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
    ]


def test_the_alternative_text_tells_every_number(made: Typeset) -> None:
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        texts = [str(figure.Alt) for figure in figures(pdf)]
    assert texts == [
        (
            "柱形图：人数（单位：万人）。本科生：2024年为3.2，2025年为3.4；"
            "研究生：2024年为1.1，2025年数据不详；进修生：2024年为0.4，2025年为0.5。"
        ),
        "柱形图。一个名称很长很长的学院为1，另一个名称很长的学院为-2，丙为3，丁为4，戊为5，己为6，庚为7。",
        "折线图。一月为3.2万，二月为2万，三月为4万。",
        "饼图：来源。拨款为1（占33.4%），学费为1（占33.3%），其他为1（占33.3%）。",
        "自己写的一句话",
    ]


def test_a_figure_has_the_bounds_of_its_chart(made: Typeset) -> None:
    # Catches a /BBox of the first bar alone: readers zoom to it.
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        boxes = [[float(edge) for edge in figure.A.BBox] for figure in figures(pdf)]
    frames = [
        (item.rect.width, item.rect.height)
        for page in made.pages
        for item in page.items
        if type(item).__name__ == "PlacedFrame"
    ]
    for (left, bottom, right, top), (width, height) in zip(boxes, frames, strict=True):
        assert right - left == pytest.approx(width / 65536, abs=0.01)
        assert top - bottom == pytest.approx(height / 65536, abs=0.01)


def test_charts_are_drawn_as_vectors_in_the_faces_of_the_issue(made: Typeset) -> None:
    with pymupdf.open(stream=made.pdf) as pdf:
        assert not any(page.get_images() for page in pdf)
        assert sum(len(page.get_drawings()) for page in pdf) > 40
        fonts = {font[3] for page in pdf for font in page.get_fonts()}
        assert fonts
        assert all("+" in font for font in fonts), fonts
        text = "".join(page.get_text() for page in pdf).replace("\n", "")
    for words in ("单位：万人", "本科生", "0.5", "（33.4%）", "3.2万", "一个名称很长", "-2"):
        assert words in text


def test_the_second_build_has_the_same_bytes(made: Typeset, tmp_path: Path) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text(ISSUE, "utf-8")
    assert typeset(path, bundled_fonts=True).pdf == made.pdf
