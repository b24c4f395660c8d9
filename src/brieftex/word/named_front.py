"""The masthead of a document whose styles are named as those of a theme."""

from __future__ import annotations

import re

from brieftex.model.content import Inline
from brieftex.patterns import late
from brieftex.word import signs
from brieftex.word.facts import BlockFacts, Para, TableFacts
from brieftex.word.inlines import Account
from brieftex.word.named_bodies import NamedBodies
from brieftex.word.trims import PRINTED, READ

FRONT_STYLES = frozenset((
    "copy_number", "classification", "urgency", "masthead_above", "masthead_name",
    "masthead_number", "signers", "imprint", "title",
))  # fmt: skip
"""Styles of what stands in a masthead, the title of the issue among it."""

_COPY = late(r"(?:编号|份号)[：:]?\s*(\d{1,6})|(\d{6})")
_SIGNERS = late(r"签发人[：:]\s*")
_SUPPLEMENT = late(r"增刊第?(\d{1,5})期?")


class NamedFront:
    """Reads the lines of a masthead, each by its style."""

    def __init__(self, account: Account, bodies: NamedBodies) -> None:
        """Nothing is read yet."""
        self._account = account
        self._bodies = bodies

    def taken(self, blocks: list[BlockFacts]) -> tuple[dict[str, object], list[BlockFacts]]:
        """What stands in the masthead by the names of its fields, the title among it."""
        values: dict[str, object] = {}
        rest: list[BlockFacts] = []
        for k, block in enumerate(blocks):
            if isinstance(block, TableFacts):
                held = [p for row in block.rows for _, cell in row for p in cell.blocks]
                if held and all(p.named == "masthead_name" for p in held):
                    self._joint(block, values)
                    continue
                return values, [*rest, *blocks[k:]]
            if block.named not in FRONT_STYLES:
                if block.text.strip() or block.pieces:
                    if block.named in ("section", "item", "body", "foreword", "salutation"):
                        return values, [*rest, *blocks[k:]]
                    rest.append(block)
                continue
            self._front_line(block, values)
        return values, rest

    def _joint(self, table: TableFacts, values: dict[str, object]) -> None:
        """Names of several offices, and what follows them in a column of its own."""
        for column, key in ((0, "name"), (1, "suffix")):
            cells = [cell for row in table.rows for at, cell in row if at == column]
            lines = [self._bodies.inline(p) for cell in cells for p in cell.blocks]
            if lines:
                values[key] = Inline("\n".join(line.text for line in lines))

    def _front_line(self, block: Para, values: dict[str, object]) -> None:
        inline = self._bodies.inline(block)
        left, _, right = block.text.partition("\t")
        match block.named:
            case "masthead_name" if shown := self._bodies.pictured(block):
                # A picture of the name, described by it.
                values["name_picture"], values["name"] = shown[0][0], Inline(shown[0][1])
            case "masthead_name":
                before = values.get("name")
                if isinstance(before, Inline):
                    inline = Inline(f"{before.text}\n{inline.text}")
                values["name"] = inline
            case "masthead_above" | "title" | "urgency":
                values[block.named.removeprefix("masthead_")] = inline
            case "imprint":
                self._imprint(block, values)
            case "masthead_number" | "signers":
                self._number(block, left.strip(), right.strip(), values)
            case _:
                for part in (left.strip(), right.strip()):
                    self._mark(block, part, values)

    def _mark(self, block: Para, text: str, values: dict[str, object]) -> None:
        """份号, 密级和保密期限 or 发文字号, at either side of a line."""
        copy = _COPY.fullmatch(text.replace(" ", ""))
        if not text:
            return
        if copy is not None:
            values["copy_number"] = int(copy[1] or copy[2])
            self._account.leave(text, READ, block.number)
        elif signs.DOCUMENT_NUMBER_SIGN.fullmatch(text.replace(" ", "")):
            values["document_number"] = Inline(text)
        elif "★" in text:
            classification, _, retention = text.partition("★")
            values["classification"] = Inline(classification)
            values["retention"] = Inline(retention)
            self._account.leave("★", PRINTED, block.number)
        else:
            values.setdefault("classification", Inline(text))

    def _imprint(self, block: Para, values: dict[str, object]) -> None:
        text = block.text.strip()
        found = signs.day_of(text)
        if found is not None:
            start, end = found[1]
            values["date"] = found[0]
            self._account.leave(text[start:end], READ, block.number)
            text = text[:start] + text[end:]
        if text.strip():
            values["issuer"] = Inline(text.strip())

    def _number(self, block: Para, left: str, right: str, values: dict[str, object]) -> None:
        """Numbers of the issue, 发文字号, and 签发人 at the right."""
        if (signed := _SIGNERS.match(right)) is not None:
            names = tuple(Inline(n) for n in re.split(r"[\s\u3000]+", right[signed.end() :]) if n)
            values["signers"] = names
            self._account.leave(signed[0], PRINTED, block.number)
        elif right:
            left = f"{left}\u3000{right}"
        for part in re.split(r"\u3000+", left):
            self._number_part(block, part.strip(), values)

    def _number_part(self, block: Para, text: str, values: dict[str, object]) -> None:
        plain = re.sub(r"\s", "", text)
        total = signs.TOTAL_NUMBER.search(plain)
        number = signs.ISSUE_NUMBER.search(plain)
        supplement = _SUPPLEMENT.search(plain)
        if total is not None:
            values["total"] = signs.han_number(total[1])
        elif supplement is not None:
            values["supplement"] = int(supplement[1])
        elif number is not None and re.fullmatch(r"(?:\d{4}年)?", plain[: number.start()]):
            values["number"] = signs.han_number(number[1])
        elif plain:
            known = re.fullmatch(r".*[第\d〕\]）]\d{1,5}号", plain)
            values["document_number" if known else "number_words"] = Inline(text)
            return
        self._account.leave(plain, READ, block.number)
