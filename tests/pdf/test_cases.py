"""The small issues of ``tests/suite`` as finished files: each is built once, and read by all."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.samples import built
from pdf.test_overlap import found
from pdf.verapdf import problems
from suite.test_suite import CASES, SUITE, furnished

from brieftex.diagnostics.render import render_findings
from brieftex.verification import verify_file


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a case refers to."""
    return furnished(tmp_path_factory.mktemp("cases"))


def accused(pdf: bytes, path: Path) -> str:
    """What the second reader of the issue misses in the file, or finds changed there."""
    path.with_suffix(".pdf").write_bytes(pdf)
    findings, source = verify_file(path.with_suffix(".pdf"), path)
    assert source is not None
    return render_findings([f for f in findings if f.kind.code >= "BT95"], source)


@pytest.mark.usefixtures("sound_files")
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.relative_to(SUITE).as_posix()[:-5])
def test_every_case_of_the_suite_is_a_good_file(case: Path, desk: Path) -> None:
    """Ensures that no combination of blocks makes tags that the standards forbid or prints over
    anything, and that marks, paragraphs and notes of every kind are read as the first reader
    does."""
    pdf = built(case)
    if not isinstance(pdf, bytes):
        assert not case.with_suffix(".layout").exists()
        assert not {f.kind.code for f in pdf} & {"BT914", "BT915"}
        return
    path = desk / "issue.yaml"
    path.write_text(case.read_text("utf-8"), "utf-8")
    assert problems(pdf, "ua1", "2a") == []
    assert found(pdf) == []
    assert accused(pdf, path) == ""
