"""The word of each copy, and how likely a scan agrees with one by chance.

A word has a sign for every line of the issue that can be moved. It is drawn from SHA-256 of the
issue's text and of what the copy is called, so that it is the same each time, and nobody who has
a copy on paper can work out the word of another. Words of two copies differ in about half of their
signs, on whatever pages: a word is compared with all words of the ledger, by soft decision.

A block code such as BCH(63,24) promises 15 signs of 63 between any two of sixteen million words
and needs a whole block for that, six pages. A ledger knows the few words that there are, so the
nearest one is found without an algebraic decoder, and words drawn by lot lie twice as far apart.
What counts is that a name is never a wrong one, and that has a proof here: whatever was scanned,
its readings have nothing to do with the word of a copy that it does not come from, so that each
sign of that word is right or wrong like a coin (``chance``; Chernoff's inequality).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_256
from math import cosh, exp, log

NAMING_CHANCE = 1e-6
"""A copy is named if chance names one, whichever, less often than that."""


def word_of(seed: str, name: str, length: int) -> tuple[int, ...]:
    """The signs, 1 or -1, of the copy called ``name``."""
    data = shake_256(f"{seed}\0{name}".encode()).digest((length + 7) // 8)
    return tuple(1 if data[k // 8] >> k % 8 & 1 else -1 for k in range(length))


def agreement(word: Sequence[int], readings: Sequence[float]) -> float:
    """The sum of the readings where the word has 1 less that where it has -1."""
    return sum(sign * reading for sign, reading in zip(word, readings, strict=True))


def chance(readings: Sequence[float], agreed: float) -> float:
    """At most how likely a word drawn by lot agrees so well with the readings, or better: the least
    of E exp(t(S - agreed)) over t, where S is the agreement of such a word."""
    if agreed <= 0:
        return 1.0
    sizes = [abs(reading) for reading in readings if reading]
    lowest, highest = 0.0, 64.0
    for _ in range(60):  # the bound is convex in t: its least value by thirds
        a, b = lowest + (highest - lowest) / 3, highest - (highest - lowest) / 3
        if _bound(sizes, agreed, a) < _bound(sizes, agreed, b):
            highest = b
        else:
            lowest = a
    return min(1.0, exp(_bound(sizes, agreed, lowest)))


def _bound(sizes: Sequence[float], agreed: float, t: float) -> float:
    return sum(log(cosh(t * size)) for size in sizes) - t * agreed


def least_lines(copies: int) -> int:
    """How many lines a scan must show, all of them read right, to tell one of so many copies."""
    lines = 1
    while copies * 0.5**lines > NAMING_CHANCE:  # ``chance`` where every sign is right
        lines += 1
    return lines
