"""A few of the mutations that ``mutations.py`` makes by the thousand."""

from __future__ import annotations

import random

import pytest
from helpers.wordimports import DOCUMENTS
from word.mutations import check, mutated

pytestmark = pytest.mark.usefixtures("sound_files")


@pytest.mark.parametrize("seed", range(24))
def test_a_mutated_document_loses_nothing(seed: int) -> None:
    chance = random.Random(seed)
    path = chance.choice([p for p in DOCUMENTS if p.stat().st_size < 15_000])
    assert check(mutated(path.read_bytes(), chance)) == ""
