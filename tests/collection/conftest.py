"""A yearbook of real issues, made once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from brieftex.collection.yearbook import Yearbook, YearbookWish, collect_yearbook

ROOT = Path(__file__).parent.parent.parent
PUBLICATIONS = ROOT / "tests" / "publications"
ISSUES = [PUBLICATIONS / f"{name}.yaml" for name in ("weekly", "minutes", "notice", "research")]


@pytest.fixture(scope="session")
def yearbook(tmp_path_factory: pytest.TempPathFactory) -> Yearbook:
    """Issues of four sorts, and the sample, whose pages have everything."""
    target = tmp_path_factory.mktemp("collect") / "2026合订本.pdf"
    wish = YearbookWish(name="衡澜参阅", bundled_fonts=True)
    return collect_yearbook([*ISSUES, ROOT / "briefing.yaml"], target, wish)


@pytest.fixture(scope="session", autouse=True)
def _no_machine_outlives_the_tests() -> Iterator[None]:
    """Ends veraPDF's Java machine before pytest gives up its fault handler, as in tests/pdf."""
    yield
    if "jpype" in sys.modules:
        import jpype  # noqa: PLC0415

        if jpype.isJVMStarted():
            jpype.shutdownJVM()
