"""Any text in the fields of an issue ends in a PDF or in findings, never in a traceback."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from brieftex.diagnostics import InputError
from brieftex.pipeline import typeset

ISSUE = """\
brieftex: 1
masthead: {{name: 试排, number: 1, issuer: 办公室, date: 2026-01-05}}
contents: true
foreword:
  salutation: 各位：
  body: |
    {0}

    ## {2}

    {1}
sections:
  - title: 动态
    items:
      - title: 一件小事{2}
        body: |
          {1}

          - {2}
          - 第二点

          > {0}

          | 甲 | 乙 |
          |---|---|
          | {2} | 12 |
      - title: 两人谈
        body:
          - speaker: 甲
            role: 办公室主任
            text: |
              {1}
colophon: {{prepared_by: [甲], copies: 3}}
"""

PARTS = (
    *"中文字，。“”《》（）——……·～/％℃ ",
    *("AI", "2024年3月5日", "https://a.example/b-c?d=e", "5 kg", "**着重**", "*强调*"),
    *("[^1]", "`x`", "`", "**", "\u3000", "e\u0301", "\u200b", "\u00a0"),
)
words = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=60).map("".join),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(words, words, words)
@example("”", "，", "——" * 40)
@example("0", "0", " ")
@example("0", "0", "\u200b")
@example("https://example.org/" + "a" * 300, "A" * 300, "《" * 60)
def test_any_words_are_set_or_refused(
    tmp_path_factory: object, first: str, second: str, third: str
) -> None:
    """Ensures that neither the reader, the line and page breakers nor the PDF writer fails on
    text that nobody thought of, and that what comes out opens in another reader."""
    folder = tmp_path_factory.mktemp("fuzz")  # type: ignore[attr-defined]
    path = Path(folder) / "issue.yaml"
    path.write_text(ISSUE.format(first, second, third), encoding="utf-8")
    try:
        made = typeset(path, bundled_fonts=True)
    except InputError as error:
        # What was lost on the way to the PDF is a defect, not the words' fault.
        lost = [d for d in error.findings if d.kind.code.startswith("BT9")]
    else:
        lost = []
        assert len(pypdfium2.PdfDocument(made.pdf)) == len(made.pages)
    assert not lost
