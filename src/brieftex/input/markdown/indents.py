"""Lines that blanks move to the right, as a text typed without a word processor's tabs has them.

What stands far to the right and ends with a date is the end of a letter or an announcement
(署名 and 成文日期, GB/T 9704-2012 7.3.5): it is set to the right. Of other lines that were to be in
the middle or on the right only the editor knows what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from brieftex.input.markdown.scripts import columns_of
from brieftex.patterns import late

FAR: Final = 8
"""Columns of blanks from which on they are no indent: four Han characters."""
_CODE: Final = 4
"""Columns of indent from which on Markdown sees code."""
_BLANKS: Final = " \t\u00a0\u3000"
_TAB: Final = 4
_ITEM: Final = late(r"(?:[-*+]|\d{1,9}[.)])[ \t]")
_INDENTED_ITEM: Final = late(r"(?m)^(?: {4}|\t)[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_DIGITS: Final = "0-9０-９〇○零一二三四五六七八九十"
_DATE: Final = late(
    rf"[{_DIGITS}]{{4}}\s*年\s*[{_DIGITS}]{{0,3}}\s*月(?:\s*[{_DIGITS}]{{0,3}}\s*日)?"
    r"|\d{4}([-./])\d{1,2}\1\d{1,2}"
)
_BLOCK: Final = late(r"[-*+#>|]|\d{1,3}[.)．、）](?!\d)")
_SENTENCE: Final = late("[。；！？：\t]")
_DATE_ENDS: Final = ("日", *"0123456789")
# What signs: units, and names of two to four characters.
_UNIT: Final = (
    "[\u3400-\u9fff（）()·]{1,28}(?:委|委员会|政府|办公室|办|局|厅|部|处|科|室|院|所|站|社|会|公司|集团"
    "|厂|学校|中学|小学|大学|学院|中心|组|团|队|馆|银行|支行|县|市|区|镇|乡|村|街道)"
)
_SIGNED: Final = late(
    rf"(?:{_UNIT}|[\u3400-\u9fff·]{{2,4}})(?:[ \u3000]+{_UNIT})*"
    "(?:[（(](?:盖章|公章|印章|章)[）)])?"
)
_WIDEST: Final = 60
_CLOSING: Final = 6  # lines, with the date


def indent_of(line: str) -> int:
    """The columns of blanks that a line begins with."""
    blanks = line[: len(line) - len(line.lstrip(_BLANKS))]
    return columns_of(blanks.replace("\t", " " * _TAB)) if blanks else 0


def shifted_lines(text: str) -> dict[int, tuple[int, int]]:
    """The lines of lists that begin as far in as paragraphs do, 2 em, by how many blanks and how
    many columns: Markdown would take their items for code, or join them to the paragraph above."""
    shifts: dict[int, tuple[int, int]] = {}
    margin, listed = 0, False
    for number, line in enumerate(text.split("\n") if _INDENTED_ITEM.search(text) else ()):
        bare = line.strip(_BLANKS)
        if not bare:
            continue
        blanks = line[: len(line) - len(line.lstrip(" \t"))]
        indent = len(blanks.expandtabs(_TAB))
        item = _ITEM.match(bare) is not None
        if indent < margin or not margin:
            margin = indent if item and indent >= _CODE and not listed else 0
        if margin:
            ends = (k for k in range(len(blanks) + 1) if len(blanks[:k].expandtabs(_TAB)) == margin)
            shifts[number] = next(((k, margin) for k in ends), (0, 0))
        if indent < _CODE:  # what stands further in is nested, or begins such a list itself
            listed = item or (listed and indent > 0)
    return shifts


def closing_lines(text: str) -> frozenset[int]:
    """The numbers of the lines of ``text``, from 0, that are set to the right: the last of those
    that follow each other is a date."""
    found: set[int] = set()
    group: list[int] = []
    lines = text.split("\n")
    for number, line in enumerate((*lines, ".")):
        if not line.strip(_BLANKS):
            continue
        if not _may_close(line):
            group = []
            continue
        group.append(number)
        if _DATE.fullmatch(line.strip(_BLANKS)):
            found.update(group[-_CLOSING:])
            group = []
    return frozenset(found)


def unmoved_closing(text: str) -> tuple[int, ...]:
    """The numbers of the last lines of ``text``, from 0, if they are the end of a letter but that
    nothing moved them to the right: units or persons below a sentence, and a date."""
    if not text.rstrip().endswith(_DATE_ENDS):
        return ()
    lines = [(k, line.strip(_BLANKS)) for k, line in enumerate(text.split("\n")) if line.strip()]
    (last, date), names = lines.pop(), list[int]()
    while lines and len(names) < _CLOSING and _SIGNED.fullmatch(lines[-1][1]):
        names.append(lines.pop()[0])
    below = lines and lines[-1][1].endswith(("。", "！", "；", "”"))
    if not (names and below and _DATE.fullmatch(date)):
        return ()
    return (*names[::-1], last)


def far_lines(text: str, read: frozenset[int]) -> Sequence[int]:
    """The lines whose blanks are not printed, without those that are ``read`` as something."""
    lines = enumerate(text.split("\n"))
    return [k for k, line in lines if k not in read and _is_far(line)]


def _may_close(line: str) -> bool:
    return _is_far(line) and _SENTENCE.search(line.strip(_BLANKS)) is None


def _is_far(line: str) -> bool:
    """Whether blanks moved a line that is short and no block of Markdown. A sentence is indented
    by some of them."""
    indent = indent_of(line)
    if indent < FAR:
        return False
    text = line.strip(_BLANKS)
    least = FAR if _SENTENCE.search(text) is None else 2 * FAR
    return bool(text) and indent >= least and columns_of(text) <= _WIDEST and not _BLOCK.match(text)
