"""The test suites of Unicode: lines end where UAX #14 lets them, but for what is listed here with
its reason, and no character of UAX #29 is parted."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.specimens import items

from brieftex.styled.styles import Kinsoku, LineRules
from brieftex.text.graphemes import clusters
from brieftex.text.itemize import Items

# What is not compared: control characters and the object replacement character, which no file
# may hold, private characters, which are rare Han here, and what stands before the first visible
# character or behind the last, where no line ends.
NOT_COMPARED = {"CM1_CM", "BK", "CR", "NL", "CB", "XX_AL"}

# By rule of UAX #14, and whether it wants a break (+) or none (-): the classes of the characters
# at both sides where we do the opposite.
DIFFERENCES = {
    # % and its like, small kana, the long vowel and — begin no line of ours, even behind a space
    # (GB/T 15834 5.1.6, CLREQ); a mark that combines stays with its space (UAX #29, GB9).
    "+18.0": "SP|PO SP|CJ_NS SP|B2 SP|EM SP|ZWJ_O_ZWJ_CM "
    # Behind a space / ends no line beside Chinese (GB/T 15834 5.1.9), nor does ´ beside a quote.
    "SP|EB SP|H2 SP|H3 SP|ID SP|JL SP|OP SP|RI SP|QU",
    # A path begins with its slash: see /usr/bin. Only beside Chinese does / begin no line.
    "-13.02": "SP|SY",
    # # belongs to what follows it directly (#话题), / ends no line beside Chinese.
    "+999.0": "AL|EB AL|H2 AL|H3 AL|ID AL|JL AL|OP AL|RI SY|EB SY|H2 SY|H3 SY|ID SY|JL SY|OP SY|RI "
    # A single — is a connector and begins no line (5.1.6), nor does what follows a number.
    "CJ_NS|B2 EB|B2 EM|B2 H2|B2 H3|B2 ID|B2 JL|B2 RI|B2 CJ_NS|PO RI|PO "
    # $( and 1,2 stay whole, and a tab is a space: the break is behind all of them.
    "PR|OP PR|RI IS|NU BA|AL BA|GL",
    # Behind an opening mark that carries a combining one a space parts.
    "-14.0": "SP|AI_AL SP|AL SP|B2 SP|BB SP|EB SP|H2 SP|H3 SP|HL SP|HY SP|ID SP|IN SP|JL SP|JT "
    "SP|JV SP|NS SP|NU SP|OP SP|OP_OP30 SP|PR SP|QU SP|RI SP|SA_AL",
    # A single dot leader (U+2024) may begin a line: …… may not where the theme says so.
    "-22.0": "CJ_NS|IN EB|IN EM|IN H2|IN H3|IN ID|IN JL|IN RI|IN",
    # A Khmer sign is no mark of ours.
    "-21.03": "CJ_NS|NS EB|NS EM|NS H2|NS H3|NS ID|NS JL|NS RI|NS",
    "-16.0": "SP|NS",
    # Outside of an emoji a zero width joiner joins nothing.
    "-8.1": "ZWJ_O_ZWJ_CM|EB ZWJ_O_ZWJ_CM|H2 ZWJ_O_ZWJ_CM|H3 ZWJ_O_ZWJ_CM|ID ZWJ_O_ZWJ_CM|JL "
    "ZWJ_O_ZWJ_CM|OP ZWJ_O_ZWJ_CM|RI",
    # A typed space between " and ( parts them, as does one between two dashes.
    "-15.0": "SP|OP SP|OP_OP30",
    "-17.0": "SP|B2",
    # (http://) is an address, which breaks at its marks.
    "-28.0": "AL|AL",
    "-21.02": "AL|HY",
    "-30.02": "CP_CP30|AL",
    # A line break right behind another makes no empty line.
    "+5.03": "LF|AL",
    # 」" may part: the straight mark has its own check.
    "-19.01": "CL|QU",
}


def cases(name: str) -> Iterator[tuple[str, set[int], str]]:
    """Each test: its text, the offsets of breaks, the comment."""
    data = gzip.decompress((Path(__file__).parents[2] / "unicode" / f"{name}.txt.gz").read_bytes())
    for line in data.decode().splitlines():
        body, _, comment = line.partition("#")
        text, places = "", set()
        for word in body.split():
            if word == "÷":
                places.add(len(text))
            elif word != "×":
                text += chr(int(word, 16))
        if text:
            yield text, places, comment


def test_no_character_is_parted() -> None:
    """Ensures that the clusters are those of UAX #29, in all of its tests."""
    wrong = [
        text
        for text, places, _ in cases("GraphemeBreakTest")
        if {0, *(end for _, end in clusters(text))} != places
    ]
    assert wrong == []


def test_no_line_ends_in_a_character() -> None:
    """Ensures that the breaks of a text, which know classes rather than clusters, part none."""
    for text, places, _ in cases("GraphemeBreakTest"):
        made = items(text)
        assert {made.starts[b] for b in made.columns.breaks[:-1]} <= places, text


def compared(made: Items, comment: str) -> Iterator[tuple[int, str, str]]:
    """The offsets at which a line could end, the rule that holds there and the classes at both
    sides."""
    if len(made.pieces) < 2:
        return
    found = re.findall(r"\[([\d.]+)\] .*? \(([A-Za-z0-9_]+)\)(?= [÷×])", comment)
    for at in range(made.starts[0] + 1, made.starts[-2] + 1):
        (_, before), (rule, after) = found[at - 1 : at + 1]
        if not {before, after} & NOT_COMPARED:
            yield at, rule, f"{before}|{after}"


def test_lines_end_where_unicode_lets_them() -> None:
    """Ensures that every difference to UAX #14 is one that is listed, and that what is listed is
    one: 7,654 texts of two to twenty characters."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for text, places, comment in cases("LineBreakTest"):
        made = items(text, LineRules(kinsoku=Kinsoku.STRICT))
        ours = {made.starts[b] for b in made.columns.breaks[:-1]}
        for at, rule, classes in compared(made, comment):
            if (at in places) != (at in ours):
                found["-+"[at in places] + rule].add(classes)
    listed = {rule: set(classes.split()) for rule, classes in DIFFERENCES.items()}
    assert dict(found) == listed


@pytest.mark.parametrize(
    ("kind", "chars"),
    [
        # CLREQ, Prohibition Rules: pause and stop marks, closing brackets, connectors and
        # interpuncts begin no line, opening brackets end none.
        ("start", "，、；：。．？！‼⁇）〕］｝〉》」』】〗”’～·／％‰℃"),
        ("end", "（〔［｛〈《「『【〖“‘￥№"),
        ("start", "々ーぁっャ"),
    ],
)
def test_marks_of_clreq_keep_to_their_edge(kind: str, chars: str) -> None:
    """Ensures CLREQ's tables of prohibited marks character by character."""
    for char in chars:
        made = items(f"中{char}文")
        assert (1 if kind == "start" else 2) not in made.columns.breaks, char


def test_hangul_syllables_take_what_completes_them() -> None:
    """Ensures GB7 and GB8 for syllables of every shape, which the suite tries with two: one without
    a final consonant goes on with a vowel or a final, one with a final only with another."""
    for code in range(0xAC00, 0xD7A4, 9):
        is_open = len(unicodedata.normalize("NFD", chr(code))) == 2
        for part, joins in (("\u1161", is_open), ("\u11a8", True), ("\u1100", False)):
            assert len(list(clusters(chr(code) + part))) == 2 - joins, (hex(code), part)
