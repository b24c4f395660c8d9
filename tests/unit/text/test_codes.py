from __future__ import annotations

from helpers.cases import each

from brieftex.text.codes import code_breaks
from brieftex.text.parameters import CODE_IN_CELL, TOKEN_BREAK


def parts(word: str, dearest: int = CODE_IN_CELL) -> str:
    """``word`` with a bar where it may break."""
    cuts = [at for at, cost in code_breaks(word).items() if cost <= dearest]
    return "|".join(
        word[a:b] for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), None], strict=True)
    )


@each(
    "shown",
    [
        "6222|0210|0111|6245|702",
        "1101|0119|9003|0788|8X",
        "1210|0000|4000|0012|34567",  # no digit is left alone
        "138|1234|5678",
        "0571-|8820|6666",
        "GJC-|2024-|00017/|03",
        "GB/|T9704-|2012",
        "浙A12345",
        "AB-2024",
        "AB-|20245",
        "1234|5678",
        "COVID19vaccine",
        "0.123456789",
        "12345678.90",
    ],
)  # fmt: skip
def test_codes_part_at_their_marks_and_by_fours(shown: str) -> None:
    """Ensures that codes break where they are read apart, and decimals and words do not."""
    assert parts(shown.replace("|", "")) == shown


def test_amounts_part_between_thousands_at_the_price_of_a_token() -> None:
    """Ensures that an amount is broken after a code, and never behind its point."""
    assert parts("1,234,567.89") == "1,234,567.89"
    assert parts("1,234,567.89", TOKEN_BREAK) == "1,|234,|567.89"
