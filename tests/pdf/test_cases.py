"""The small issues of ``tests/suite`` as finished files: each is built once, and read by all."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf.test_overlap import overlapping
from pdf.verapdf import problems
from suite.test_suite import CASES, SUITE, furnished

from brieftex.batch.services import SharedServices
from brieftex.diagnostics import InputError
from brieftex.diagnostics.render import render_findings
from brieftex.pdf.read.parse import PdfFile
from brieftex.pdf.read.readback import Readback
from brieftex.pipeline import Typeset, typeset
from brieftex.verification import _manuscript


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a case refers to."""
    return furnished(tmp_path_factory.mktemp("cases"))


@pytest.fixture(scope="module")
def services() -> SharedServices:
    """Loads each theme of the desk, and its faces, once."""
    return SharedServices()


def accused(made: Typeset, read: Readback) -> str:
    """What the second reader of the issue misses in the file, or finds changed there."""
    return render_findings(list(_manuscript(made)(read)), made.source)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.relative_to(SUITE).as_posix()[:-5])
def test_every_case_of_the_suite_is_a_good_file(
    case: Path, desk: Path, services: SharedServices
) -> None:
    """Ensures that no combination of blocks makes tags that the standards forbid or prints over
    anything, and that marks, paragraphs and notes of every kind are read as the first reader
    does."""
    path = desk / "issue.yaml"
    path.write_text(case.read_text("utf-8"), "utf-8")
    try:
        made = typeset(path, services=services)
    except InputError as error:
        told = {finding.kind.code for finding in error.findings}
        assert not case.with_suffix(".layout").exists()
        assert not told & {"BT914", "BT915"}
        return
    read = Readback(PdfFile(made.pdf))
    assert problems(made.pdf, "ua1", "2a") == []
    assert overlapping(read) == []
    assert accused(made, read) == ""
