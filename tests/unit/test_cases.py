"""Tables of cases (helpers.cases): all are tried, and what fails is told by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.cases import each


def test_every_case_is_tried_and_each_that_fails_is_told(tmp_path: Path) -> None:
    """Ensures that a case after one that failed is tried, and that nothing that fails passes."""
    tried = []

    @each("side", "lr")
    @each(("number", "word"), [(1, "a"), pytest.param(2, "b", id="second"), (3, "c"), (4, "d")])
    def check(number: int, word: str, side: str, folder: Path) -> None:
        tried.append((number, word, side, folder))
        assert number != 2
        with pytest.raises(ValueError, match="invalid"):
            int("5" if number == 3 else word)

    with pytest.raises(BaseExceptionGroup) as caught:
        check(folder=tmp_path)
    rows = [(1, "a"), (2, "b"), (3, "c"), (4, "d")]
    assert tried == [(*row, side, tmp_path) for side in "lr" for row in rows]
    left, right = caught.value.exceptions
    said = [note for error in left.exceptions for note in error.__notes__]
    assert said == ["check: case 1: second", "check: case 2: 3, 'c'"]
    assert right.__notes__ == ["check: case 1: 'r'"]


def test_a_test_keeps_its_fixtures_alone() -> None:
    """Ensures that pytest asks for what is left, and that a table without cases is no test."""

    def check(number: int, folder: Path) -> None: ...

    assert [*each("number", [1])(check).__signature__.parameters] == ["folder"]
    with pytest.raises(AssertionError, match="no case"):
        each("number", [])
