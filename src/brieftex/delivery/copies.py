"""Which copies are meant: ``60`` is the first sixty, ``17,40-45`` are these seven."""

from __future__ import annotations

import re

from brieftex.patterns import late

LAST_COPY = 999_999
"""份号 has six digits (GB/T 9704-2012, 7.2.1)."""

MOST_NUMBERED = 10_000
"""Most copies of one call."""

_RANGE = late(r"(\d{1,6})(?:\s*[-–—~～－至到]\s*(\d{1,6}))?", re.ASCII)


def copy_numbers(text: str) -> tuple[int, ...]:
    """The copies named, in their order, each once. A lone number stands for all up to it when
    ``text`` is nothing else. Raises ValueError."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= 6:
        text = f"1-{text}"
    return _named(text)


def returned_copies(text: str) -> tuple[int, ...]:
    """The copies named, where a lone number is that copy. Raises ValueError."""
    return _named(text.strip())


def _named(text: str) -> tuple[int, ...]:
    numbers: dict[int, None] = {}
    for part in text.replace("，", ",").replace("、", ",").split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise ValueError(part)
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= LAST_COPY or last - first >= MOST_NUMBERED:
            raise ValueError(part)
        numbers |= dict.fromkeys(range(first, last + 1))
    if len(numbers) > MOST_NUMBERED:
        raise ValueError(text)
    return tuple(numbers)
