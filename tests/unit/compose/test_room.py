"""Ruby has room above it wherever a text may have some."""

from __future__ import annotations

import pytest

from brieftex.diagnostics import Source
from brieftex.pipeline import typeset

LONG = "平原上的县城与河谷里的县城gyp" * 4 + "，{歙县｜Shè xiàn}"
ISSUE = f"""\
masthead: {{name: 试排, number: 1, date: 2024-03-20}}
allow: [BT350, BT403]
sections:
  - title: {LONG}
    items:
      - title: {LONG}
        summary: {LONG}
        body:
          - 表格:
              表题: {LONG}
              表头: ['{LONG}', 甲]
              行: [['{LONG}', 乙]]
          - |
            ## {LONG}

            - {LONG}[^1]

            [^1]: {LONG}
"""


@pytest.mark.parametrize("edition", [None, "large"])
def test_ruby_is_printed_over_nothing(edition: str | None) -> None:
    """Catches cells, whose leading is less than an em and a half in these two, without room: the
    build ended there, since print over print is looked for in the finished file."""
    source = Source("issue.yaml", ISSUE)
    assert typeset(source, theme="reference", edition=edition, bundled_fonts=True).pdf
