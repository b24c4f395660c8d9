"""Documents of ours that LibreOffice opened and saved: it drops aliases, breaks pages at the end of
what is above and gives each cell its rules, and what they tell is the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from helpers.office import saved_by_office
from helpers.wordedits import edited
from helpers.wordimports import imported
from word.test_back import CASES, ISSUE, back
from word.test_named import ROOT, differing, made_of

from brieftex.twin.make import word_document

pytestmark = [
    pytest.mark.usefixtures("sound_files"),
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

PUBLISHED = [ROOT / f"tests/publications/{n}.yaml" for n in ("bulletin", "research", "statistics")]
EDITS = ["words", "cell", "bold", "new entry", "summary gone", "number", "name", "note"]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The documents of some publications, and one that was edited, as one LibreOffice saved them
    again: it takes a second to start."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "期.yaml").write_text(ISSUE, "utf-8")
    twin = word_document(folder / "期.yaml", bundled_fonts=True).twin.data
    documents = {path.stem: made_of(path) or b"" for path in PUBLISHED}
    documents["改"] = edited(twin, *(CASES[name][0] for name in EDITS))
    files = [folder / f"{name}.docx" for name in documents]
    for file, data in zip(files, documents.values(), strict=True):
        file.write_bytes(data)
    return {file.stem: file.read_bytes() for file in saved_by_office(files, folder, "docx")}


def test_styles_keep_their_names(saved: dict[str, bytes], tmp_path: Path) -> None:
    for path in PUBLISHED:
        folder = tmp_path / path.stem
        folder.mkdir()
        assert differing(path, imported(saved[path.stem], folder), folder) == []


def test_edits_come_back(saved: dict[str, bytes], tmp_path: Path) -> None:
    """Ensures that nothing changes but what was edited."""
    expected = ISSUE
    for name in EDITS:
        expected = expected.replace(*CASES[name][1:])
    path = tmp_path / "期.yaml"
    path.write_text(ISSUE, "utf-8")
    made = back(path, saved["改"])
    assert made.text == expected
    assert [f.message() for f in made.findings] == []
