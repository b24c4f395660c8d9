"""An issue that was sent has the bytes and findings of one that was built where its files are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from helpers.fontfiles import put, renamed
from helpers.foreignfiles import with_words
from helpers.pictures import noise
from msgspec.structs import replace

from brieftex.batch import parcel as parcels
from brieftex.batch.parcel import Packer, carry_out
from brieftex.batch.services import SharedServices
from brieftex.batch.task import BuildManner, BuildResult, BuildTask, built
from brieftex.diagnostics import InputError

ISSUE = """\
brieftex: 1
theme: look.yaml
masthead: {name: 简报, number: 1, issuer: 办公室, date: 2026-01-05}
sections:
  - title: 动态
    items:
      - {title: 一件小事17, body: "只有(一)段话。\\n\\n![图](图/甲.png)\\n"}
"""
LOOK = """\
extends: briefing
colors: {red: '#0000c0'}
fonts: {roles: {body: {han: [某宋], latin: [某宋]}}}
"""


def sent(task: BuildTask, manner: BuildManner, packer: Packer | None = None) -> BuildResult:
    """The result of a worker, with the folder of the issue out of its reach."""
    folder, away = task.issue.parent, task.issue.parent.with_name("不在")
    parcel = (packer or Packer(manner)).packed(task)
    folder.rename(away)
    try:
        result = carry_out(parcel.work, parcel.kit, parcel.contents)
    finally:
        away.rename(folder)
    assert result is not None
    return parcel.completed(result)


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue with a picture, a theme and a face of its own, a warning and odd glyphs."""
    folder = tmp_path / "期"
    put(folder / "fonts/a.ttf", renamed("某宋"))
    (folder / "图").mkdir()
    noise(60, 40).save(folder / "图/甲.png")
    (folder / "look.yaml").write_text(LOOK, encoding="utf-8")
    (folder / "1.yaml").write_text(ISSUE, encoding="utf-8")
    return folder / "1.yaml"


@pytest.mark.parametrize(
    "manner",
    [
        BuildManner(recorded=True, attach_source=True),
        BuildManner(word=True, watermark="内部", style="json"),
    ],
)
def test_what_is_sent_is_all_that_a_build_needs(
    issue: Path, manner: BuildManner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ensures the whole result, what --rebuild changed is told included, for a face, a theme and
    a picture that are nowhere on the worker, and the variables of the one who calls."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    task = BuildTask(issue, "mail")
    here = built(task, manner, SharedServices())
    packer = Packer(manner)
    assert here.file
    assert here.warnings
    assert sent(task, manner, packer) == here
    parcel = packer.packed(task)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    kept = carry_out(parcel.work, parcel.kit, {})
    assert kept is not None
    assert kept.file == here.file
    parcels._kept.clear()  # a worker that forgot, or was started anew
    assert carry_out(parcel.work, parcel.kit, {}) is None


def test_publications_are_sent(root: Path, tmp_path: Path) -> None:
    """Ensures it for themes of brieftex's own, whose faces are not sent."""
    folder = tmp_path / "各期"
    shutil.copytree(root / "tests/publications", folder)
    packer = Packer(BuildManner())
    for name in ("statistics", "letter", "research"):
        task = BuildTask(folder / f"{name}.yaml")
        assert sent(task, BuildManner(), packer) == built(task, BuildManner(), SharedServices())
        assert sum(map(len, packer.packed(task).contents.values())) < 2_000_000


def test_what_issues_share_has_one_digest(issue: Path) -> None:
    """Ensures that theme, faces and a picture of two issues are the same things to send."""
    other = issue.with_name("2.yaml")
    other.write_text(ISSUE.replace("number: 1", "number: 2"), encoding="utf-8")
    packer = Packer(BuildManner())
    first, second = (packer.packed(BuildTask(path)) for path in (issue, other))
    assert first.work != second.work
    assert first.contents == second.contents
    assert len(first.contents) == 3  # theme and names of faces, a face, a picture
    assert replace(first, work=b"") == replace(second, work=b"", opened=first.opened)


def test_what_cannot_be_read_is_not_sent(issue: Path) -> None:
    """Ensures that errors are told where the files are."""
    packer = Packer(BuildManner())
    issue.with_name("look.yaml").write_text("extends: [", encoding="utf-8")
    with pytest.raises(InputError):
        packer.packed(BuildTask(issue))
    issue.write_text(ISSUE.replace("number: 1", "number: x"), encoding="utf-8")
    with pytest.raises(InputError):
        packer.packed(BuildTask(issue))
    issue.unlink()
    with pytest.raises(InputError):
        packer.packed(BuildTask(issue))


def test_attached_pdf_files_are_sent(issue: Path) -> None:
    with_words(issue.with_name("报告.pdf"), "one", "two")
    issue.write_text(ISSUE + "attachments:\n  - {pdf: 报告.pdf, pages: 2}\n", encoding="utf-8")
    task, manner = BuildTask(issue, None), BuildManner()
    assert sent(task, manner).file == built(task, manner, SharedServices()).file != b""
