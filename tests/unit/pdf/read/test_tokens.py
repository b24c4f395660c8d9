"""Tokens of values: the same for the same content, under whatever numbers it stands."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations
from typing import Any, cast

import pytest

from brieftex.memory import KeepingMemo, Memo
from brieftex.pdf.read.parse import BrokenPdfError, PdfFile, Reference, Stream
from brieftex.pdf.read.tokens import ContentTokens


class Objects:
    """A file that has these objects."""

    def __init__(self, **objects: Any) -> None:
        self.objects = {int(name[1:]): value for name, value in objects.items()}

    def get(self, value: Any) -> Any:
        return self.objects[value.number] if isinstance(value, Reference) else value


def tokens_of(memo: Memo, **objects: Any) -> ContentTokens:
    return ContentTokens(cast("PdfFile", Objects(**objects)), memo)


def ref(number: int) -> Reference:
    return Reference(number, 0)


def nested(value: Any, levels: int) -> Any:
    for _ in range(levels):
        value = [value]
    return value


def test_numbers_of_objects_do_not_count_but_what_they_hold_does() -> None:
    """Ensures it for a reference in a dictionary, in a list, and behind another reference."""
    memo = KeepingMemo()
    one = tokens_of(memo, n1={"Kids": [ref(2), ref(2)]}, n2=Stream({"A": ref(3)}, b"raw"), n3=5)
    other = tokens_of(memo, n7={"Kids": [ref(9), ref(9)]}, n9=Stream({"A": ref(4)}, b"raw"), n4=5)
    assert one.of(ref(1)) == other.of(ref(7))
    assert one.of(ref(1)) == one.of(ref(1)) != one.of(ref(2)) != one.of(ref(3))
    for n9, n4 in ((Stream({"A": ref(4)}, b"RAW"), 5), (Stream({"A": ref(4)}, b"raw"), 6),
                   (Stream({"B": ref(4)}, b"raw"), 5), ({"A": ref(4)}, 5)):  # fmt: skip
        changed = tokens_of(memo, n7={"Kids": [ref(9), ref(9)]}, n9=n9, n4=n4)
        assert changed.of(ref(7)) != one.of(ref(1))


def test_values_that_mean_different_things_have_different_tokens() -> None:
    """Ensures that 1, 1.0 and true are three, and a list is no dictionary and no stream."""
    values: list[Any] = [
        1, 1.0, True, None, "a", b"a", [], ["a"], [["a"]], ["a", "b"], ["b", "a"], {}, {"a": "b"},
        {"a": 1}, {"a": 1.0}, {"b": "a"}, Stream({}, b""), Stream({}, b"a"), Stream({"a": 1}, b""),
    ]  # fmt: skip
    made: list[Hashable] = [tokens_of(Memo()).of(value) for value in values]
    assert all(a != b or hash(a) != hash(b) for a, b in combinations(made, 2))
    assert len(set(made)) == len(values)


def test_what_goes_in_circles_or_too_deep_is_broken() -> None:
    """Ensures that twenty levels of lists, dictionaries, streams and references are told apart,
    and no more, so that circles end."""
    tokens = tokens_of(Memo(), n1=ref(1), n2={"Parent": ref(3)}, n3={"Kids": [ref(2)]}, n4=5)
    tokens.of(nested(1, 20))
    tokens_of(Memo(), n4=5).of(nested(ref(4), 19))
    for value in (nested(1, 21), nested([], 21), ref(1), ref(2), nested(ref(4), 20)):
        with pytest.raises(BrokenPdfError):
            tokens.of(value)
    deep: Any = 1
    for k in range(19):
        deep = {"a": deep} if k % 2 else Stream({"a": 1}, b"") if k == 0 else [deep]
    tokens.of(deep)
    with pytest.raises(BrokenPdfError):
        tokens.of({"a": deep})
    with pytest.raises(BrokenPdfError):
        tokens.of(nested(Stream({}, b""), 20))
