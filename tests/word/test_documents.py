"""Documents of four makers become the YAML beside them, and lose no character."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from helpers.wordimports import DOCUMENTS, balance, imported

from brieftex.word.incoming import issue_text

pytestmark = pytest.mark.usefixtures("sound_files")


def test_there_are_enough_documents() -> None:
    makers = Counter(path.name.partition("-")[0] for path in DOCUMENTS)
    assert len(DOCUMENTS) >= 40
    assert set(makers) == {"hand", "python", "office", "pandoc"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_becomes_its_yaml_and_no_character_is_lost(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    one = imported(data, tmp_path)
    text, odd = issue_text(one)
    held, said = balance(data, one, text, tmp_path)
    assert (held - said, said - held) == (Counter(), Counter())
    assert odd == []
    assert text == path.with_suffix(".yaml").read_text("utf-8")
