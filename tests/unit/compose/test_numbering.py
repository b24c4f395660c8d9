from __future__ import annotations

import pytest
from helpers.cases import each

from brieftex.compose.numbering import HAN_MOST, circled, label, to_han


@each(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (9999, "九千九百九十九"),
    ],
)
def test_numerals_are_written_as_they_are_read(number: int, written: str) -> None:
    """Catches a 一十二 for 12, a lost or doubled 零, a 零 left at the end."""
    assert to_han(number) == written


def test_no_two_numbers_are_written_alike() -> None:
    numbers = range(1, HAN_MOST + 1)
    assert len({to_han(number) for number in numbers}) == len(numbers)


@pytest.mark.parametrize("number", [0, -1, HAN_MOST + 1])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        to_han(number)


def test_circled_numbers_cross_the_blocks_of_unicode() -> None:
    """Catches an off-by-one where ⑳ ends one block and ㉑ starts another."""
    assert [circled(n) for n in (1, 20, 21, 35, 36, 50, 51)] == [*"①⑳㉑㉟㊱㊿", "（51）"]


def test_a_label_has_its_number_in_every_form() -> None:
    forms = ["{han}、", "（{han}）", "{arabic}.", "（{arabic}）", "{circled}", "附件{arabic}"]
    assert [label(form, 3) for form in forms] == ["三、", "（三）", "3.", "（3）", "③", "附件3"]


def test_a_label_never_fails() -> None:
    """Catches a traceback at the ten thousandth note."""
    assert label("{han}、", 10_000) == "10000、"
