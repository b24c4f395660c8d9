"""Copies as people write them."""

from __future__ import annotations

import pytest
from helpers.cases import each

from brieftex.delivery.copies import LAST_COPY, MOST_NUMBERED, copy_numbers, returned_copies


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("3", (1, 2, 3)), ("3-3", (3,)), ("17,40-42", (17, 40, 41, 42)),
     ("17、40～42，17", (17, 40, 41, 42)), (" 9 至 10 ", (9, 10)), ("000017-18", (17, 18)),
     (f"{LAST_COPY},1", (LAST_COPY, 1))],
)  # fmt: skip
def test_copies_are_named_once_in_their_order(text: str, numbers: tuple[int, ...]) -> None:
    assert copy_numbers(text) == numbers


@each("text", ["", "0", "5-2", "1000000", "1,,2", "-3", "1.5", "²", f"1-{MOST_NUMBERED + 1}"])
def test_what_names_no_copies_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        copy_numbers(text)


def test_a_lone_number_that_comes_back_is_that_copy() -> None:
    assert returned_copies("17") == (17,)
