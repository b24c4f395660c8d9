"""A yearbook of real issues, made once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.samples import digest_path

from brieftex.collection.yearbook import Yearbook, YearbookWish, collect_yearbook

PUBLICATIONS = Path(__file__).parents[1] / "publications"
ISSUES = [PUBLICATIONS / f"{name}.yaml" for name in ("weekly", "minutes", "notice", "research")]

TALKS = """\
brieftex: 1
masthead: {name: 座谈纪要, number: 1, date: 2026-04-20}
sections:
- title: 座谈
  items:
  - title: 谁的仪器
    body:
    - {speaker: 杜若蘅, text: 仪器是大家的。}
    - page_break: true
    - {speaker: 蒲令仪, text: 排队要有规矩。}
    - page_break: true
    - {speaker: 杜若蘅, text: 规矩要写下来。}
    - page_break: true
    - {speaker: 蒲令仪, text: 先写三条。}
"""
"""Pages on which now one person has the word and now another."""


@pytest.fixture(scope="session")
def yearbook(tmp_path_factory: pytest.TempPathFactory) -> Yearbook:
    """Issues of four sorts, talks, and one whose pages have everything that the sample has."""
    folder = tmp_path_factory.mktemp("collect")
    (folder / "talks.yaml").write_text(TALKS, "utf-8")
    wish = YearbookWish(name="衡澜参阅", bundled_fonts=True)
    issues = [*ISSUES, folder / "talks.yaml", digest_path()]
    return collect_yearbook(issues, folder / "2026合订本.pdf", wish)


@pytest.fixture(scope="session", autouse=True)
def _no_machine_outlives_the_tests() -> Iterator[None]:
    """Ends veraPDF's Java machine before pytest gives up its fault handler, as in tests/pdf."""
    yield
    if "jpype" in sys.modules:
        import jpype  # noqa: PLC0415

        if jpype.isJVMStarted():
            jpype.shutdownJVM()
