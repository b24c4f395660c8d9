"""What stands before and behind the text: masthead, colophon, signature.

Each takes its lines from the blocks and gives the rest on; numbers and dates that become values
are noted as read.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.model.content import Inline
from brieftex.model.issue import Colophon, Masthead, Signature
from brieftex.patterns import late
from brieftex.word import signs
from brieftex.word.facts import (
    Alignment,
    BlockFacts,
    FaceSort,
    Look,
    Para,
    Run,
    TableFacts,
    characters,
)
from brieftex.word.inlines import Account, common_look
from brieftex.word.trims import PRINTED, READ, remaining

_FIRST = 14
"""Blocks among which a masthead is looked for."""
_BLANKS = late(r"[ \t\u3000\u00a0]{1,}")
_PARTED = late(r"[，,；;]+")
_LISTED = late(r"[，,、；;\s\u3000]+")


class Front(Struct):
    """What was found of a masthead; ``found``: there is one."""

    values: dict[str, object] = field(default_factory=dict)
    found: bool = False


def flattened(blocks: Sequence[BlockFacts]) -> list[BlockFacts]:
    """The blocks, with tables without rules that only place words taken apart: a masthead's line
    of issuer and date, a colophon."""
    found: list[BlockFacts] = []
    for i, block in enumerate(blocks):
        if isinstance(block, TableFacts) and _places_words(block, i, len(blocks)):
            for row in block.rows:
                line = [paragraph for _, cell in row for paragraph in cell.blocks]
                lone = i < _FIRST and len(line) == 2 and all(len(c.blocks) == 1 for _, c in row)
                found += [_one_line(line)] if lone else line
        else:
            found.append(block)
    return found


def _one_line(cells: Sequence[Para]) -> Para:
    """Issuer and date of a masthead, which a table keeps apart, as the line that they are."""
    first, second = cells
    return replace(first, pieces=(*first.pieces, Run("\t"), *second.pieces))


def _places_words(table: TableFacts, at: int, count: int) -> bool:
    texts = [p.text for row in table.rows for _, cell in row for p in cell.blocks]
    whole = "\n".join(texts)
    if any(pattern.match(text) for text in texts for _, pattern in signs.COLOPHON_SIGN):
        return at >= count - 4
    if at < 5 and len(whole) < 200:
        return bool(signs.ISSUE_NUMBER.search(whole)) or (
            not table.ruled and signs.DATE_SIGN.search(whole) is not None and len(texts) <= 6
        )
    return False


def take_masthead(
    account: Account, blocks: list[BlockFacts], body: Look
) -> tuple[Front, list[BlockFacts]]:
    """The masthead and the rest; only where there is a number of the issue."""
    front = Front()
    numbered = next(
        (
            i for i, block in enumerate(blocks[:_FIRST])
            if isinstance(block, Para) and len(block.text) <= 60
            and signs.ISSUE_NUMBER.search(block.text)
        ),
        None,
    )  # fmt: skip
    if numbered is None:
        return front, blocks
    front.found = True
    rest: list[BlockFacts] = []
    dated = False
    for i, block in enumerate(blocks):
        if not isinstance(block, Para) or i > numbered + 4 or (dated and i > numbered):
            rest.append(block)
            continue
        taken = _masthead_line(account, front, block, body, before=i < numbered)
        dated = dated or "date" in front.values
        if not taken:
            if i < numbered:
                rest.append(block)
                continue
            rest += blocks[i:]
            break
    return front, rest


def _masthead_line(  # noqa: C901, PLR0911, PLR0912  # one sign after another, in order
    account: Account, front: Front, block: Para, body: Look, *, before: bool
) -> bool:
    values, text = front.values, block.text.strip()
    plain = _BLANKS.sub("", text)

    def read(key: str, value: object) -> None:
        values.setdefault(key, value)

    if not text or signs.SOURCE_LINE.match(text):
        return not text
    number, total = signs.ISSUE_NUMBER.search(plain), signs.TOTAL_NUMBER.search(plain)
    if (number or total) and len(plain) <= 40 and not {"number", "total"} & values.keys():
        left = plain
        if total:
            read("total", signs.han_number(total[1]))
            left = left.replace(total[0], "")
        if number and (not total or number.start() != total.start()):
            read("number", signs.han_number(number[1]))
            left = left.replace(number[0], "", 1)
        account.leave(plain, READ, block.number)
        remainder = re.sub(r"[（()）\[\]〔〕]", "", left)
        remainder = re.sub(r"^\d{4}年", "", remainder)
        found = signs.day_of(remainder)
        if found and "date" not in values:
            read("date", found[0])
            remainder = remainder[: found[1][0]] + remainder[found[1][1] :]
        if characters(remainder) > 1 and "issuer" not in values:
            # An issuer on the same line: it is text, not a number.
            read("issuer", Inline(remainder))
            account.left[-1] = type(account.left[-1])(
                remaining(plain, remainder), READ, block.number
            )
        return True
    found = signs.day_of(text)
    if found and len(text) <= 60 and "date" not in values:
        start, end = found[1]
        issuer = _BLANKS.sub("", text[:start] + text[end:])
        if issuer and "issuer" in values:
            return False
        read("date", found[0])
        account.leave(text[start:end], READ, block.number)
        if issuer:
            read("issuer", Inline(issuer))
        return True
    if (match := signs.DOCUMENT_NUMBER_SIGN.fullmatch(plain)) and "document_number" not in values:
        read("document_number", Inline(match[0]))
        return True
    if (
        before
        and signs.COPY_NUMBER_SIGN.fullmatch(plain)
        and int(plain)
        and not values.get("copy_number")
    ):
        read("copy_number", int(plain))
        account.leave(plain, READ, block.number)
        return True
    if signs.CLASSIFICATION_SIGN.fullmatch(plain) and "classification" not in values:
        read("classification", Inline(text))
        return True
    if signs.URGENCY_SIGN.fullmatch(plain) and "urgency" not in values:
        read("urgency", Inline(plain))
        return True
    own = common_look([block])
    large = own.size >= body.size + 8 or own.face is FaceSort.TITLE or block.boxed or not body.size
    if before and len(plain) <= 20 and large and "name" not in values:
        read("name", Inline(_BLANKS.sub("", text)))
        return True
    if not before and len(plain) <= 30 and "issuer" not in values and block.boxed:
        read("issuer", Inline(plain))
        return True
    return False


# At the start, behind a mark or a line end, or at the first of some blanks, which the label's own
# pattern goes over: from each of them it would do so once more.
_LABEL_BEGINS = (
    r"(?:^|(?<=[；;。])|(?<=[^\S \t\u3000\u00a0])|(?<![ \t\u3000\u00a0])(?=[ \t\u3000\u00a0]))"
)


def take_colophon(
    account: Account, blocks: list[BlockFacts]
) -> tuple[Colophon | None, list[BlockFacts]]:
    """The colophon from the end of the blocks, and the rest."""
    values: dict[str, object] = {}
    end = len(blocks)
    while end > 0:
        block = blocks[end - 1]
        if not isinstance(block, Para) or not colophon_line(account, values, block):
            break
        end -= 1
    if not values:
        return None, blocks
    return Colophon(**values), blocks[:end]  # type: ignore[arg-type]


def colophon_line(account: Account, values: dict[str, object], block: Para) -> bool:
    """Take what a line of a colophon says into ``values``; whether it is such a line."""
    text = block.text.strip()
    found: dict[str, object] = {}
    left: list[tuple[str, tuple[str, str]]] = []
    if len(text) < 90 and (pages := signs.PAGES_SIGN.search(text)) is not None:
        left.append((pages[0], PRINTED))
        text = (text[: pages.start()] + text[pages.end() :]).strip()
    if len(text) < 90 and (copies := signs.COPIES_SIGN.search(text)) is not None:
        found["copies"] = int(copies[1])
        left.append((copies[0], READ))
        text = (text[: copies.start()] + text[copies.end() :]).strip()
        if not text:
            return _taken(account, values, found, left, block.number)
    if (printed := signs.PRINTED_SIGN.fullmatch(text)) is not None:
        day = signs.day_of(printed[2])
        if day is not None:
            found["printed_by"] = Inline(printed[1].strip())
            found["printed_on"] = day[0]
            left.append((text[printed.end(1) :], READ))
            return _taken(account, values, found, left, block.number)
    # Several labels may stand on one line: 编写：甲　审核：乙　签发：丙.
    marks = sorted(
        (match.start(), match.end(), key)
        for key, pattern in signs.COLOPHON_SIGN
        for match in re.finditer(rf"{_LABEL_BEGINS}{pattern.pattern}", text)
    )
    if not marks or marks[0][0] > 0:
        return False
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    for (start, begin, key), stop in zip(marks, ends, strict=True):
        listed = text[begin:stop].strip(" \t\u3000。")
        # 县委书记、副书记，县长: where there are commas, they part the receivers.
        parting = _PARTED if "，" in listed else _LISTED
        names = [name.strip() for name in parting.split(listed) if name.strip()]
        if not names or key in found or key in values:
            return False
        found[key] = tuple(Inline(name) for name in names)
        left.append((text[start:begin], PRINTED))
        left.append(("".join(parting.findall(text[begin:stop])), PRINTED))
        left.append(("。" * text[begin:stop].rstrip().endswith("。"), PRINTED))
    return _taken(account, values, found, left, block.number)


def _taken(
    account: Account, values: dict[str, object], found: dict[str, object],
    left: Sequence[tuple[str, tuple[str, str]]], number: int,
) -> bool:  # fmt: skip
    if any(key in values for key in found):
        return False
    values |= found
    for text, reason in left:
        account.leave(text, reason, number)
    return True


def take_signature(
    account: Account, blocks: list[BlockFacts]
) -> tuple[Signature | None, list[BlockFacts]]:
    """Who signs and when, from the end of the text, and the rest: a date that stands alone
    below a short line, one of them not where paragraphs begin."""
    if len(blocks) < 3:
        return None, blocks
    remark: Inline | None = None
    end = len(blocks)
    last = blocks[-1]
    if isinstance(last, Para) and re.fullmatch(
        r"[（(](?:联系人|此件).{2,60}[）)]", last.text.strip()
    ):
        remark = Inline(last.text.strip()[1:-1])
        end -= 1
    dated = blocks[end - 1]
    day = _lone_day(dated)
    if day is None or not isinstance(dated, Para):
        return None, blocks
    names: list[Para] = []
    at = end - 2
    while at >= 1 and len(names) < 4:
        block = blocks[at]
        text = block.text.strip() if isinstance(block, Para) else ""
        if not text or len(text) > 24 or text[-1] in "。：；！？，" or not isinstance(block, Para):
            break
        if block.align is Alignment.START and dated.align is not Alignment.START:
            break
        names.insert(0, block)
        at -= 1
        if block.align is Alignment.START:
            break
    if not names:
        return None, blocks
    account.leave(dated.text, READ, dated.number)
    if remark is not None and isinstance(last, Para):
        account.leave("（）", PRINTED, last.number)
    signature = Signature(tuple(Inline(_BLANKS.sub("", n.text)) for n in names), day, remark)
    return signature, blocks[: end - 1 - len(names)]


def _lone_day(block: BlockFacts) -> datetime.date | None:
    if not isinstance(block, Para):
        return None
    text = _BLANKS.sub("", block.text)
    found = signs.day_of(text)
    return found[0] if found and found[1] == (0, len(text)) else None


def masthead_of(values: dict[str, object], name: Inline) -> Masthead:
    """A masthead of the values found; ``name`` where none was."""
    return Masthead(**{"name": name, **values})  # type: ignore[arg-type]
