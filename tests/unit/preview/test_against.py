"""A preview with an earlier issue beside it: bars come and go with what is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.support import ISSUE

from brieftex.layout.page import PlacedRule
from brieftex.preview.session import Outcome, Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    for name in ("new.yaml", "old.yaml"):
        (tmp_path / name).write_text(ISSUE, "utf-8")

    def fail(error: Exception) -> str:
        raise error

    options = {"bundled_fonts": True}
    return Session(tmp_path / "new.yaml", options, fail, tmp_path / "old.yaml")


def bars(outcome: Outcome) -> int:
    assert outcome.drawn is not None
    pages = outcome.drawn.made.pages
    area = outcome.drawn.made.document.page.type_area
    return sum(
        isinstance(item, PlacedRule) and item.rect.x > area.x + area.width
        for page in pages
        for item in page.items
    )


def test_bars_follow_both_files(session: Session) -> None:
    assert bars(session.attempt()) == 0
    session.path.write_text(ISSUE.replace("只有一段话", "只有两段话"), "utf-8")
    assert bars(session.attempt()) == 1
    assert session.against is not None
    session.against.write_text(ISSUE.replace("只有一段话", "只有两段话"), "utf-8")
    assert bars(session.attempt()) == 0
    assert session.against in session.watched


def test_an_earlier_issue_that_cannot_be_read_is_told(session: Session) -> None:
    session.attempt()
    assert session.against is not None
    session.against.write_text("masthead:", "utf-8")
    outcome = session.attempt()
    assert not outcome.good
    assert outcome.source.name == str(session.against)
    assert bars(outcome) == 0
