"""One of some words."""

from __future__ import annotations

from collections.abc import Mapping

from brieftex.diagnostics.messages import schema as messages
from brieftex.input.fields.forms import Definitions, Field, Form, Quotes, Reading, Schema
from brieftex.input.fields.typed import short
from brieftex.input.yaml import Node, Scalar


class Choice(Form):
    """One of several words. Case and blanks around it do not matter."""

    def __init__(self, words: Mapping[str, object], quotes: Quotes = Quotes.REFUSED) -> None:
        """``words`` are given with what each means."""
        self.words = words
        self.quotes = quotes

    def read(self, reading: Reading, node: Node, field: Field, path: str) -> object:
        """What the word means."""
        if not isinstance(node, Scalar):
            reading.wrong_type(node, field, path)
            return None
        word = node.text.strip().lower()
        if word not in self.words:
            reading.report(
                messages.NOT_A_CHOICE, reading.first_line(node), path, label=field.label,
                key=field.key, text=short(node.text), choices=self.choices(),
            )  # fmt: skip
        return self.words.get(word)

    def choices(self) -> str:
        """The first word of each meaning, with the first Chinese one."""
        shown = []
        for alike in self._alike():
            han = next((word for word in alike if not word.isascii()), "")
            shown.append(f"{alike[0]}（{han}）" if han and han != alike[0] else alike[0])
        return "、".join(shown)

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002  # refers to none
        """The words, and the booleans that YAML 1.2 makes of true and false."""
        booleans = [word == "true" for word in self.words if word in ("true", "false")]
        return {"enum": [*booleans, *(w for w in self.words if w not in ("true", "false"))]}

    def told(self) -> str:
        """The words, those of one meaning together."""
        return "；".join("、".join(f"`{word}`" for word in alike) for alike in self._alike())

    def _alike(self) -> list[list[str]]:
        meanings: dict[object, list[str]] = {}
        for word, meaning in self.words.items():
            meanings.setdefault(meaning, []).append(word)
        return list(meanings.values())
