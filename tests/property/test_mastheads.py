"""Whatever a masthead, a signature and a colophon hold, they stay in the type area."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from brieftex.diagnostics import InputError, Severity
from brieftex.diagnostics.messages.makeup import (
    BLOCK_TOO_TALL,
    FURNITURE_OVERPRINTED,
    OFF_PAPER,
)
from brieftex.input.theme import theme_names
from brieftex.layout.page import PlacedLine
from brieftex.pipeline import typeset
from brieftex.units import pt

LONG = "某某省高等教育改革与发展研究协同创新中心政策研究与战略规划办公室"
NAMES = st.lists(st.sampled_from(["甲乙丙", "丁戊", LONG]), min_size=1, max_size=5).map(str)
MASTHEAD = {
    "number": st.sampled_from([3, 999999]),
    "total": st.just(27),
    "issuer": st.sampled_from(["办公室", LONG]),
    "date": st.just("2024-03-20"),
    "classification": st.sampled_from(["机密", LONG]),
    "urgency": st.just("特急"),
    "copy_number": st.sampled_from([1, 999999]),
    "document_number": st.sampled_from(["校发〔2024〕5号", f"{LONG}〔2024〕50号"]),
    "signers": st.lists(st.sampled_from(["甲乙丙", "丁戊"]), min_size=1, max_size=5).map(str),
}
SIGNATURE = {"names": NAMES, "date": st.just("2024/3/1"), "remark": st.just("联系人：甲")}
COLOPHON = {
    "prepared_by": NAMES, "send_to": NAMES, "copy_to": NAMES, "printed_by": st.just(LONG),
    "printed_on": st.just("2024-03-21"), "copies": st.just(60), "even_page": st.just("true"),
}  # fmt: skip

REFUSED = {FURNITURE_OVERPRINTED, OFF_PAPER}


def record(key: str, fields: dict[str, object]) -> str:
    lines = "".join(f"  {name}: {value}\n" for name, value in fields.items())
    return f"{key}:\n{lines}" if fields else ""


def some(fields: dict[str, st.SearchStrategy[object]]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional=fields)


@pytest.mark.parametrize("theme", theme_names())
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.sampled_from(["简报", LONG, '"甲\\n乙"', "A"]),
    masthead=some(MASTHEAD), signature=some(SIGNATURE), colophon=some(COLOPHON),
    title=st.sampled_from(["", "title: 通知\n", f"title: 关于{LONG}的{LONG}\n"]),
)  # fmt: skip
def test_furniture_stays_in_the_type_area(
    tmp_path: Path, theme: str, name: str, masthead: dict[str, object],
    signature: dict[str, object], colophon: dict[str, object], title: str,
) -> None:  # fmt: skip
    """Catches a line that runs over an edge in silence, and, as every file is read back, text
    that is read in another order than it was written in."""
    issue = tmp_path / "issue.yaml"
    text = "foreword: {salutation: 各处：, body: 正文。}\n"
    for key, fields in (
        ("masthead", {"name": name, **masthead}),
        ("signature", signature),
        ("colophon", colophon),
    ):
        text += record(key, fields)
    issue.write_text(text + title, "utf-8")
    try:
        made = typeset(issue, theme=theme, bundled_fonts=True)
    except InputError as error:  # a masthead of more than a page is refused, with its place
        if {d.kind for d in error.findings if d.severity is Severity.ERROR} <= REFUSED:
            return
        raise
    area = made.document.page.type_area
    told = any(finding.kind is BLOCK_TOO_TALL for finding in made.findings)
    for page in made.pages:
        for item in page.items:
            if isinstance(item, PlacedLine):
                assert item.x >= area.x
                assert item.x + item.line.width <= area.x + area.width + pt(0.01)
                assert item.y < page.trim.height or (told and page is made.pages[0])
