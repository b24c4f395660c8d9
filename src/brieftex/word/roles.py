"""What each paragraph is for, by signs that should agree.

A heading shows itself by its style or outline level, by the number before it, by its face (黑体,
楷体, bold, larger) and by being short. Where the signs disagree, the best guess is taken and told,
with what else it could be.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

from brieftex.word.facts import Alignment, BlockFacts, FaceSort, Look, Para, Run, RunKind
from brieftex.word.inlines import common_look
from brieftex.word.signs import (
    ADDRESS_LINE,
    CONTRIBUTORS_SIGN,
    FIGURE_NUMBER,
    SECTION_NAME,
    SOURCE_LINE,
    TABLE_NUMBER,
    label_level,
    typed_level,
)

_LONGEST = 50
"""Characters of the longest heading: two lines of 28, as titles are."""

SECTION_LEVEL = -1
"""The level of 【高校动态】: above all that are numbered."""


class BlockRole(Enum):
    """What a block is."""

    HEADING = "heading"
    RUN_IN = "run-in heading"
    TEXT = "text"
    SOURCE = "source"
    CONTRIBUTORS = "contributors"


class Doubt(Struct, frozen=True):
    """What was taken, what else it could be, and the signs, in Chinese; both in English too."""

    taken: tuple[str, str]
    other: tuple[str, str]
    signs: str


class Judged(Struct, frozen=True):
    """A block with its role; ``level`` counts from 0."""

    block: BlockFacts
    role: BlockRole
    level: int = 0
    doubt: Doubt | None = None


_HEADING, _TEXT = ("小标题", "a heading"), ("正文", "text")


def judge(blocks: Sequence[BlockFacts], body: Look, *, faces: bool) -> list[Judged]:
    """The role of each block; ``faces``: the document tells faces at all."""
    return [_judge(block, body, faces) for block in blocks]


def _judge(block: BlockFacts, body: Look, faces: bool) -> Judged:  # noqa: PLR0911  # one sign each
    if not isinstance(block, Para):
        return Judged(block, BlockRole.TEXT)
    text = block.text.strip()
    if not text:
        return Judged(block, BlockRole.TEXT)
    if len(text) <= 300 and (SOURCE_LINE.match(text) or ADDRESS_LINE.match(text)):
        return Judged(block, BlockRole.SOURCE)
    if CONTRIBUTORS_SIGN.fullmatch(text):
        return Judged(block, BlockRole.CONTRIBUTORS)
    if (found := _heading(block, text, body, faces)) is not None:
        return found
    if (level := run_in_level(block, body)) is not None:
        return Judged(block, BlockRole.RUN_IN, level)
    return Judged(block, BlockRole.TEXT)


def _heading(  # noqa: PLR0911  # one sign after another
    block: Para, text: str, body: Look, faces: bool
) -> Judged | None:
    own = common_look([block])
    face = _face_level(own, body)
    strong = face is not None or own.size > body.size > 0
    ended = text.endswith(("。", "；", "，", "：", ":", ";", "！"))
    short = len(text) <= _LONGEST and "。" not in text[:-1] and "\n" not in text
    if block.outline is not None and len(text) <= 2 * _LONGEST:
        return Judged(block, BlockRole.HEADING, block.outline)
    if not short or TABLE_NUMBER.match(text) or FIGURE_NUMBER.match(text):
        return None
    number = _number(block, text)
    if number is not None:
        if strong and not text.endswith(("；", "，")):
            return Judged(block, BlockRole.HEADING, number)
        if number <= 1 and not text.endswith(("；", "，", "：")):
            signs = "有序号，较短"
            if faces:
                signs += "，字体与正文相同"
            if text.endswith("。"):
                signs += "，以句号结尾"
            unsure = text.endswith("。")
            doubt = Doubt(_HEADING, _TEXT, signs) if unsure else None
            return Judged(block, BlockRole.HEADING, number, doubt)
        return None
    name = SECTION_NAME.fullmatch(text)
    if name is not None and text[0] in "【〖★●◆■" and text[-1] in "】〗★●◆■":
        return Judged(block, BlockRole.HEADING, SECTION_LEVEL)
    if strong and not ended and block.align is not Alignment.END:
        level = face if face is not None else 0
        signs = "字体或字号与正文不同，较短，没有序号"
        return Judged(block, BlockRole.HEADING, level, Doubt(_HEADING, _TEXT, signs))
    return None


def _number(block: Para, text: str) -> int | None:
    """The level of its number: automatic or typed."""
    if block.label is not None and not block.label.bullet:
        return label_level(block.label.text)
    found = typed_level(text)
    return None if found is None else found[0]


def _face_level(own: Look, body: Look) -> int | None:
    if own.face in (FaceSort.HEI, FaceSort.TITLE) and body.face is not own.face:
        return 0
    if own.face is FaceSort.KAI and body.face is not FaceSort.KAI:
        return 1
    return 2 if own.bold and not body.bold else None


def run_in_level(block: Para, body: Look) -> int | None:
    """The level of a heading in front of a paragraph: a numbered first sentence in another
    face."""
    head, rest = split_run_in(block)
    if head is None or not rest.text.strip():
        return None
    number = _number(head, head.text)
    if number is None or len(head.text) > _LONGEST:
        return None
    own, after = common_look([head]), common_look([rest])
    if _face_level(own, after) is None or _face_level(after, body) is not None:
        return None
    return number


def split_run_in(block: Para) -> tuple[Para | None, Para]:
    """A paragraph parted behind its first sentence; None where there is but one."""
    from msgspec.structs import replace  # noqa: PLC0415

    head: list[Run] = []
    for i, piece in enumerate(block.pieces):
        at = piece.text.find("。") if piece.kind is RunKind.TEXT else -1
        if at < 0:
            head.append(piece)
            continue
        head.append(replace(piece, text=piece.text[: at + 1]))
        rest = [replace(piece, text=piece.text[at + 1 :]), *block.pieces[i + 1 :]]
        kept = tuple(p for p in rest if p.text or p.kind is not RunKind.TEXT)
        first = replace(block, pieces=tuple(head))
        return first, replace(block, pieces=kept, label=None, outline=None)
    return None, block
