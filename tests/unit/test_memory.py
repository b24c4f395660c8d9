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


def used(memo: Memo, *keys: str) -> None:
    """A few runs that use these values and some of their own."""
    for run in range(30):
        memo.begin()
        for key in keys:
            assert memo.get(key) is not None
        memo.put(f"of run {run}", "used once")


def test_what_no_run_uses_goes() -> None:
    """Ensures that what is kept does not grow with the runs, however many there are."""
    memo = KeepingMemo()
    for number in range(40):
        memo.put(number, "used once")
    memo.put("a", 1)
    used(memo, "a")
    assert (memo.get("a"), memo.get(1)) == (1, None)
    assert memo.size < 6
    memo.begin(basis="another")
    assert memo.get("a") is None


def test_parts_are_kept_with_their_whole() -> None:
    """Ensures that a part is known when its whole is made anew, however long it was not asked
    for, and goes with the whole."""
    memo, log = KeepingMemo(), list[str]()
    made(memo, "xy", log)
    used(memo, "xy")
    assert made(memo, "xz", log) == "xz"
    assert log == ["xy", "x", "y", "xz", "z"]
    used(memo, "xz")
    assert (memo.get("y"), memo.get("xy"), memo.get("z")) == (None, None, "z")


def test_parts_of_parts_are_kept() -> None:
    memo = KeepingMemo()

    def inner() -> int:
        return memo.recall("x", lambda: 5)

    memo.recall_whole("outer", lambda: memo.recall_whole("inner", inner))
    used(memo, "outer")
    assert memo.get("x") == 5


def test_what_is_not_worth_keeping_leaves_its_parts() -> None:
    memo = KeepingMemo()
    assert memo.recall_whole("nothing", lambda: memo.put("part", 7)) is None
    for _ in range(2):
        memo.begin()
        assert (memo.get("part"), memo.get("nothing")) == (7, None)
