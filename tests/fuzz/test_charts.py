"""Any chart ends in a PDF that says the same twice, or in findings, never in a traceback."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from brieftex.diagnostics import InputError
from brieftex.layout.page import PlacedFrame, PlacedPath
from brieftex.pipeline import Typeset, typeset
from brieftex.vector import bounds

VALUES = ("", "0", "1", "-5", "3.2万", "1,200", "99999999", "0.001", "12%", "-0.5%", "1万亿", "x")
NAMES = (
    "甲",
    "2025年",
    "信息科学与技术学院",
    "Department of Physics",
    "一二三四五六七八九十" * 3,
    " ",
)

names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=9)
rows = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(VALUES), min_size=1, max_size=9)),
    min_size=1,
    max_size=7,
)


@given(st.sampled_from(("bar", "hbar", "line", "pie")), names, rows, st.booleans(), st.booleans())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example("bar", ["甲"] * 3, [("丙", ["1", "2", ""]), ("丁", ["0", "0", "0"])], True, True)
@example("pie", ["甲"] * 8, [("丙", ["1"] * 8)], False, True)
@example("line", ["甲"] * 9, [("丙", ["0.001"] * 9)], False, True)
def test_any_chart_ends_well(
    tmp_path: Path,
    kind: str,
    categories: list[str],
    series: list[tuple[str, list[str]]],
    stacked: bool,
    even: bool,
) -> None:
    if even:  # most lists of any length would only be refused for their length
        count = len(categories)
        series = [(name, (values * count)[:count]) for name, values in series]
    chart = {
        "chart": kind,
        "categories": categories,
        "series": [{"name": name, "values": values} for name, values in series],
        **({"stacked": "true"} if stacked else {}),
    }
    issue = {"brieftex": 1, "masthead": {"name": "试排"}, "foreword": {"body": [chart]}}
    path = tmp_path / "issue.yaml"
    path.write_text(json.dumps(issue, ensure_ascii=False), "utf-8")
    try:
        made: Typeset | None = typeset(path, bundled_fonts=True)
    except InputError as error:
        # What was lost on the way to the PDF is a defect, not the chart's fault.
        lost = [d for d in error.findings if d.kind.code.startswith("BT9")]
        made = None
    else:
        lost = []
    assert not lost
    if made is None:
        return
    frames = [item for page in made.pages for item in page.items if isinstance(item, PlacedFrame)]
    assert len(frames) == 1
    rect = frames[0].rect
    for item in (i for page in made.pages for i in page.items if isinstance(i, PlacedPath)):
        box = bounds(item.outline)
        if not item.clips:
            assert item.x + box.x >= rect.x - rect.width // 20
            assert item.x + box.x + box.width <= rect.x + rect.width * 21 // 20
    assert typeset(path, bundled_fonts=True).pdf == made.pdf
