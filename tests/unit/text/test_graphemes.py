"""Properties of characters by block, held against the names that Unicode gives them."""

from __future__ import annotations

import unicodedata

import pytest

from brieftex.text.graphemes import clusters, may_cluster

NAMED = {
    "HANGUL CHOSEONG ": "L", "HANGUL JUNGSEONG ": "V", "HANGUL JONGSEONG ": "T",
    "REGIONAL INDICATOR ": "R", "EMOJI MODIFIER ": "E", "TAG ": "E", "CANCEL TAG": "E",
}  # fmt: skip
BEFORE, BEHIND = "\u1100\u1161", "\u11a8"
"""A syllable of two letters, and a letter that ends one."""


def parted(text: str) -> list[str]:
    return [text[start:end] for start, end in clusters(text)]


def kind(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((letter for start, letter in NAMED.items() if name.startswith(start)), "-")


@pytest.mark.parametrize(
    "block",
    [(0x1000, 0x1300), (0xA940, 0xA9A0), (0xD780, 0xD800), (0x1F1C0, 0x1F220), (0x1F3E0, 0x1F420),
     (0xE0000, 0xE0090)],
)  # fmt: skip
def test_letters_of_syllables_flags_and_what_modifies(block: tuple[int, int]) -> None:
    """Ensures that the parts of a syllable, a flag, a tag and a tone of skin stay with what they
    belong to, and that what stands beside these in the code does not."""
    for char in map(chr, range(*block)):
        what = kind(char)
        if unicodedata.category(char)[0] in "CM" and what == "-":
            continue  # controls, marks, and codes without a character
        joined = {
            f"{char}\u1100": what == "L",
            f"\u1160{char}": what in ("V", "T", "E"),
            f"\u11a8{char}": what in ("T", "E"),
            f"{char}\U0001f1e8": what == "R",
            f"A{char}": what == "E",
        }
        for text, whole in joined.items():
            assert (len(parted(text)) == 1) == whole, (hex(ord(char)), text)
            assert not whole or may_cluster(text)


def test_syllables_take_what_their_last_letter_leaves_open() -> None:
    """Ensures that a syllable written as one character takes a vowel or an end only where its
    decomposition has none yet."""
    for code in range(0xAC00 - 2, 0xD7A4 + 2, 7):
        char = chr(code)
        parts = unicodedata.normalize("NFD", char)
        open_ended = len(parts) == 2
        assert (len(parted(char + "\u1161")) == 1) == open_ended, hex(code)
        assert (len(parted(char + BEHIND)) == 1) == (len(parts) > 1), hex(code)


PREPENDED = "DOT REPH", "REPHA", "JIHVAMULIYA", "UPADHMANIYA", "PREFIXED", "-INITIAL", " INITIAL RA"
CONCATENATING = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
"""Signs that enclose or underline what follows: what Unicode lists as such."""


def test_what_stands_before_its_letter() -> None:
    """Ensures that a sign that belongs to what follows stays with it: those listed, and letters of
    Indic scripts by their names (UAX #29, Prepend)."""
    for code in (
        *range(0x5F0, 0xCF0),
        *range(0xD00, 0xD60),
        *range(0x110B0, 0x111D0),
        *range(0x11480, 0x12000),
    ):
        char = chr(code)
        name, kind = unicodedata.name(char, ""), unicodedata.category(char)
        before = kind == "Lo" and any(part in name for part in PREPENDED)
        if kind in ("Lo", "Cf"):
            assert (len(parted(f"{char}A")) == 1) == (before or code in CONCATENATING), hex(code)


def test_what_is_invisible_stands_alone_but_for_joiners() -> None:
    """Ensures that a joiner stays with its letter, and a mark of direction or a space of no width
    is no part of it."""
    assert [len(parted(f"a{char}")) for char in "\u200b\u200c\u200d\u200e\u200f\u2060"] == [
        2, 1, 1, 2, 2, 2,
    ]  # fmt: skip
