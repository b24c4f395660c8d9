"""What is written in a drawing and does not stay in it is told at the figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from brieftex.diagnostics import InputError
from brieftex.pipeline import typeset_pages

ISSUE = "masthead: {name: 试排}\nforeword:\n  body: [{figure: a.svg, alt: 图}]\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('<text x="2" y="20" font-size="10">甲乙</text>', set()),
        ('<text x="70" y="20" font-size="10">一段伸出去的字</text>', {"BT591"}),
        ('<text x="2" y="0" font-size="20">甲乙</text>', {"BT591"}),
        # What begins outside is cut there by every other program, and left to a renderer.
        ('<text x="2" y="90" font-size="10">甲乙</text>', {"BT296"}),
    ],
)
def test_words_that_reach_out_of_a_drawing(tmp_path: Path, text: str, codes: set[str]) -> None:
    size = 'xmlns="http://www.w3.org/2000/svg" width="96" height="48"'
    (tmp_path / "a.svg").write_text(f"<svg {size}>{text}</svg>", "utf-8")
    path = tmp_path / "issue.yaml"
    path.write_text(ISSUE, "utf-8")
    try:
        found = typeset_pages(path, bundled_fonts=True).findings
    except InputError as error:  # off the paper as well
        found = tuple(f for f in error.findings if f.kind.code != "BT419")
    assert {f.kind.code for f in found} == codes
    assert all(f.span is not None for f in found)


def test_what_lies_across_a_page_has_its_place(tmp_path: Path) -> None:
    """Catches text beyond the edge of a turned page that is told without its place."""
    path = tmp_path / "issue.yaml"
    head = "长" * 9000
    table = f"{{orientation: landscape, header: [甲, {head}], rows: [[乙, 丙]]}}"
    path.write_text(
        f"masthead: {{name: 试排}}\nforeword: {{body: [{{table: {table}}}]}}\n", "utf-8"
    )
    with pytest.raises(InputError) as caught:
        typeset_pages(path, bundled_fonts=True)
    (found,) = (f for f in caught.value.findings if f.kind.code == "BT419")
    assert found.span is not None
