"""Tokens of what values of a file hold: the same for the same content, whatever file it is in.

Objects of another file have other numbers, so that a page or a font is known again by what it holds
and what its references lead to.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from brieftex.memory import Memo
from brieftex.pdf.read.parse import BrokenPdfError, PdfFile, Reference, Stream

_DEEPEST = 20


class ContentTokens:
    """The tokens of one file's values, by a memo that has those of others."""

    def __init__(self, file: PdfFile, memo: Memo) -> None:
        """No value is known yet."""
        self._file = file
        self._memo = memo
        self._tokens: dict[int, Hashable] = {}

    def of(self, value: Any, depth: int = 0) -> Hashable:
        """The token of a value. Raises BrokenPdfError when its references go in circles."""
        if depth > _DEEPEST:
            raise BrokenPdfError("values too deep to be told apart")
        if isinstance(value, Reference):
            number = value.number
            if number not in self._tokens:
                content = self.of(self._file.get(value), depth + 1)
                self._tokens[number] = self._memo.recall(("token", content), object)
            return self._tokens[number]
        if isinstance(value, dict):
            return "{", *((key, self.of(inner, depth + 1)) for key, inner in value.items())
        if isinstance(value, list):
            return "[", *(self.of(inner, depth + 1) for inner in value)
        if isinstance(value, Stream):
            return "stream", self.of(value.entries, depth + 1), value.raw
        # Numbers that are equal may be written, and meant, in different ways.
        return type(value), value
