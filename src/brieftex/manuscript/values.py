"""The scalars of the file as texts with places, whatever style of YAML they are written in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import yaml
from msgspec.structs import replace

from brieftex.manuscript.tokens import Token, bare, marked
from brieftex.manuscript.written import OF_CAPTION, OF_FIELD, WRITTEN_KEYS, WrittenText, YamlText
from brieftex.patterns import late

_LABEL = late(
    r"\s*(?:(?:签发|供稿|(?:.{2})?来源|附注|出席|参[会加]|请假|缺席|列席|编[写辑]|责编|责任编辑|撰稿|[审核]稿|审核"
    r"|[呈上]?报送?|送|[分下]?发|抄送|单位|注释?|备注|表注)(?:人员?|单位)?\s*[：:∶]|[图表]\s*[\d一二三四五六七八九十.．—-]{1,6}[：:、．.]?)?"
    r"\s*(?:\d{1,2}[.．、])?"
)
"""抄送：, 图1, 注：1., as an editor may type before what is printed with such words."""

_BLOCKS = (
    "speech", "figure", "chart", "table", "quote", "box", "verse", "names", "pageBreak",
    "textBlock",
)  # fmt: skip


@cache
def _keys(record: str) -> dict[str, str]:
    """Every word for a key of a record, and the key."""
    words = {}
    for entry in WRITTEN_KEYS[record].split():
        key, _, names = entry.partition("=")
        words.update(dict.fromkeys((key, *names.split(",")), key))
    return words


def items_of(node: Any) -> list[Any]:
    """The items of a list, or what stands for a list of one."""
    if node is None:
        return []
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def unlabelled(tokens: list[Token], text: str, at: int = 0) -> list[Token]:
    """The tokens of ``text`` from ``at`` on, of which a label need not be printed as it is."""
    label = _LABEL.match(text)
    end = at + label.end() if label else at
    return [
        replace(token, texts=("", *token.texts)) if token.at < end else token for token in tokens
    ]


def exactly(text: str) -> list[Token]:
    """A text without any marks."""
    shown = bare(text)
    return [Token((shown,), 0, parted=True)] if shown else []


def block_record(node: Any) -> str:
    """What a block is: the first of them that has one of the keys as its own."""
    words = {key.value for key, _ in node.value} if isinstance(node, yaml.MappingNode) else ()
    for record in _BLOCKS:
        own = WRITTEN_KEYS[record].split()[0]
        key, _, names = own.partition("=")
        if set(words) & {key, *names.split(",")}:
            return record
    return "textBlock"


class Scalars:
    """The nodes of one text."""

    def __init__(self, text: str, shift: int) -> None:
        """``shift`` are the characters before what was parsed."""
        self._text = text
        self._shift = shift

    def fields(self, node: Any, record: str) -> dict[str, Any]:
        """The nodes of a record by their English keys; nothing for another node."""
        if not isinstance(node, yaml.MappingNode):
            return {}
        keys = _keys(record)
        return {keys[k.value]: v for k, v in node.value if k.value in keys}

    def value(self, node: Any) -> YamlText:
        """A scalar, with line ends as in the file where YAML has folded them."""
        start, end = node.start_mark.index + self._shift, node.end_mark.index + self._shift
        value, raw = node.value, self._text[start:end]
        if not isinstance(value, str):
            return YamlText("", start, end, literal=False)
        if "\n" in raw and node.style in (">", None, "'"):
            if node.style == ">":
                lines = raw.split("\n")[1:]
                indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
                value = "\n".join(line[min(indents, default=0) :] for line in lines)
            elif node.style == "'":
                value = "\n".join(line.strip() for line in raw[1:-1].replace("''", "'").split("\n"))
            else:
                value = "\n".join(line.strip() for line in raw.split("\n"))
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        return YamlText(value, start, end, node.style == "|")

    def passage(
        self,
        node: Any,
        path: str,
        what: tuple[str, str],
        read: Callable[[str], list[Token]] = marked,
        *,
        labelled: bool = False,
    ) -> WrittenText | None:
        """The tokens of a scalar; None where it has no characters, and for other nodes. What is
        ``labelled`` in print, as fields and captions are, need not keep a label of its own."""
        if not isinstance(node, yaml.ScalarNode):
            return None
        value = self.value(node)
        tokens = read(value.text)
        labelled |= what in (OF_FIELD, OF_CAPTION)
        if labelled:
            tokens = unlabelled(tokens, value.text)
        return WrittenText(tokens, value, path, what) if tokens else None

    def place(self, node: Any) -> YamlText:
        """Where a node stands that is no scalar."""
        start, end = node.start_mark.index + self._shift, node.end_mark.index + self._shift
        return YamlText("", start, end, literal=False)
