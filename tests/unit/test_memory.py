"""What a memo keeps from one run to the next, and what it lets go."""

from __future__ import annotations

from brieftex.memory import KeepingMemo, Memo


def made(memo: Memo, whole: str, log: list[str]) -> str:
    """A word made of its letters; what is made is logged."""

    def letter(part: str) -> str:
        log.append(part)
        return part

    def make() -> str:
        log.append(whole)
        return "".join(memo.recall(part, lambda part=part: letter(part)) for part in whole)

    return memo.recall_whole(whole, make)


def test_what_a_run_does_not_use_goes() -> None:
    memo = KeepingMemo()
    memo.put("a", 1)
    memo.put("b", 2)
    memo.begin()
    assert memo.get("a") == 1
    memo.begin()
    assert (memo.get("a"), memo.get("b"), memo.size) == (1, None, 1)
    memo.begin(basis="another")
    assert memo.get("a") is None


def test_parts_are_kept_with_their_whole() -> None:
    """Ensures that a part is known when its whole is made anew, however long it was not asked
    for, and goes with the whole."""
    memo, log = KeepingMemo(), list[str]()
    for _ in range(4):
        memo.begin()
        assert made(memo, "xy", log) == "xy"
    assert log == ["xy", "x", "y"]
    for _ in range(3):
        memo.begin()
        made(memo, "xz", log)
    assert log == ["xy", "x", "y", "xz", "z"]
    assert (memo.get("y"), memo.get("xy"), memo.size) == (None, None, 3)


def test_parts_of_parts_are_kept() -> None:
    memo = KeepingMemo()

    def inner() -> int:
        return memo.recall("x", lambda: 5)

    for _ in range(3):
        memo.begin()
        memo.recall_whole("outer", lambda: memo.recall_whole("inner", inner))
    memo.begin()
    assert memo.get("x") == 5


def test_what_is_not_worth_keeping_leaves_its_parts() -> None:
    memo = KeepingMemo()
    assert memo.recall_whole("nothing", lambda: memo.put("part", 7)) is None
    memo.begin()
    assert (memo.get("part"), memo.get("nothing")) == (7, None)
