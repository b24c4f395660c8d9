"""What a file calls its keys, for what is said about it.

In: the record of the file and its text. Out: paths and messages in the file's own words. Keys are
known by their English names everywhere else, so that this is the one place that translates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from brieftex.diagnostics import Source
from brieftex.input.fields.choice import Choice
from brieftex.input.fields.forms import Field, Record, holders
from brieftex.memory import NOTHING_KEPT, Memo
from brieftex.patterns import late

_WRITTEN = late(r"[ \t]*(?:- +)*(\w+) *:(?=\s|\Z)")
_WRITTEN_WITHIN = late(r"[{,] *(\w+) *:(?=\s|\Z)")
_SNIPPET = late(r"`([^`]+)`")
_KEY = late(r"(^[ -]*|[{,] *)([a-z_]+)(?:(?=$)|(: *)([a-z]+(?=$|[,}]))?)")
# Where key and name are the same, one is enough: `标题`（标题）, 标题（`标题`）.
_TWICE = late(r"(?P<a>`(?P<key>\w+)`)（(?P=key)）|(?P<name>\w+)（(?P<b>`(?P=name)`)）")


def with_names(source: Source, top: Record, memo: Memo = NOTHING_KEPT) -> Source:
    """The source, which knows what it calls its keys if any of them is not English; ``memo`` may
    know those of the same lines."""
    # Most of those that are long have no colon.
    lines = tuple([line for line in source.text.split("\n") if ":" in line])
    written = memo.recall(("keys", lines), lambda: frozenset(_words_before_colons(lines)))
    if all(word.isascii() for word in written):
        return source
    naming = FileNaming(top, written)
    return Source(source.name, source.text, naming=naming) if naming.any_chinese else source


def _words_before_colons(lines: Iterable[str]) -> Iterator[str]:
    """Words where a key may be: where a line begins, or a value in braces."""
    for line in lines:
        if first := _WRITTEN.match(line):
            yield first[1]
        if "{" in line or "," in line:
            yield from _WRITTEN_WITHIN.findall(line)


class FileNaming:
    """A key is called what the file calls it; one that the file does not hold has the language
    of most of its keys."""

    def __init__(self, top: Record, written: frozenset[str]) -> None:
        """``written`` are the words that stand before a colon where a key may."""
        self._holders = [record for _, record in holders(top)]
        fields = [field for record in self._holders for field in record.fields]
        self._written = written & {word for field in fields for word in field.words}
        chinese = sum(not word.isascii() for word in self._written)
        self.any_chinese = chinese > 0
        self._mostly_chinese = 2 * chinese > len(self._written)

    def path(self, path: str) -> str:
        """``sections[0].items[2].sources`` as ``栏目[0].条目[2].来源``."""
        parts = []
        for part, field in self._walked(path):
            key, bracket, index = part.partition("[")
            parts.append((self._name(field) if field else key) + bracket + index)
        return ".".join(parts)

    def text(self, text: str, path: str) -> str:
        """A message or hint about the value at ``path``: keys stand in backquotes, and single
        words of a choice behind them."""
        if "`" not in text:
            return text
        near = [r for _, field in self._walked(path) if field for r in field.form.records][::-1]

        def key(match: re.Match[str]) -> str:
            before, word, colon, choice = match.groups("")
            field = _found(word, [*near, *self._holders])
            if field is None:
                return match[0]
            name = self._name(field)
            return before + name + colon + (choice if name == word else _chinese(field, choice))

        said = _SNIPPET.sub(lambda snippet: f"`{_KEY.sub(key, snippet[1])}`", text)
        return _TWICE.sub(lambda match: match["a"] or match["b"], said)

    def _walked(self, path: str) -> Iterable[tuple[str, Field | None]]:
        """The parts of a path, each with its field where it is one."""
        records: Iterable[Record] = self._holders[:1]
        for part in path.split("."):
            field = _found(part.partition("[")[0], records)
            yield part, field
            records = field.form.records if field else ()

    def _name(self, field: Field) -> str:
        chinese = next((name for name in field.names if name in self._written), "")
        if chinese or field.key in self._written:
            return chinese or field.key
        return field.label if self._mostly_chinese else field.key


def _found(key: str, records: Iterable[Record]) -> Field | None:
    return next((field for record in records if (field := record.find(key))), None)


def _chinese(field: Field, word: str) -> str:
    """The Chinese word for one of a choice, if that is what it is."""
    if not isinstance(field.form, Choice) or word not in field.form.words:
        return word
    meaning = field.form.words[word]
    alike = (name for name, other in field.form.words.items() if other == meaning)
    return next((name for name in alike if not name.isascii()), word)
