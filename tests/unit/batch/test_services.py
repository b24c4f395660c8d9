"""Issues that share themes and faces have the bytes and findings of issues built alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from helpers.fontfiles import BRIEFTEST, put, renamed

from brieftex.batch.services import SeriesServices, SharedServices
from brieftex.batch.task import BuildManner, BuildResult, BuildTask, built
from brieftex.source import FileLog

ISSUE = """\
brieftex: 1
theme: {theme}
masthead: {{name: 简报, number: 1, issuer: 办公室, date: 2026-01-05}}
sections:
  - title: 动态
    items:
      - {{title: 一件小事{title}, body: 只有一段话{body}。}}
"""


def put_issue(path: Path, theme: str = "briefing", title: str = "", body: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ISSUE.format(theme=theme, title=title, body=body), encoding="utf-8")
    return path


def facts(result: BuildResult) -> tuple[object, ...]:
    assert not result.defect
    return result.file, result.text, result.pages, result.characters


def test_the_issues_of_publications(root: Path) -> None:
    """Ensures it for issues of seven themes in a row, each twice, with pictures."""
    paths = sorted((root / "tests/publications").glob("*.yaml"))
    services = SeriesServices()
    alone = {p: facts(built(BuildTask(p), BuildManner(), SharedServices())) for p in paths}
    for path in (*paths, *reversed(paths)):
        assert facts(built(BuildTask(path), BuildManner(), services)) == alone[path]


def test_each_folder_has_its_own_themes_and_fonts(tmp_path: Path) -> None:
    """Ensures that a name means what it means beside the issue."""
    services = SharedServices()
    issues = []
    for folder, color in (("a", "#c00000"), ("b", "#0000c0"), ("c", "#00c000")):
        issue = put_issue(tmp_path / folder / "issue.yaml", "look.yaml", body="甲乙丙")
        look = f"extends: briefing\ncolors: {{red: '{color}'}}\n"
        look += "fonts: {roles: {body: {han: [某宋]}}}\n"
        (issue.parent / "look.yaml").write_text(look, encoding="utf-8")
        issues.append(issue)
    put(tmp_path / "a/fonts/a.ttf", renamed("某宋"))
    put(tmp_path / "b/fonts/b.ttf", renamed("某宋", style="Bold"))
    made = [built(BuildTask(issue), BuildManner(), services) for issue in issues]
    alone = [built(BuildTask(issue), BuildManner(), SharedServices()) for issue in issues]
    assert [facts(one) for one in made] == [facts(one) for one in alone]
    assert [one.errors for one in made] == [0, 0, 1]  # 某宋 is in two of the folders
    assert made[0].file != made[1].file


@pytest.mark.parametrize("kind", [SharedServices, SeriesServices])
def test_an_issue_is_told_of_its_own_characters(kind: type[SharedServices], tmp_path: Path) -> None:
    """Ensures that a digit which one issue asked of a face that confuses it is no fault of the
    next issue, which has the digit from another face: a face remembers what it was asked. And that
    a piece that is there already does not keep the third issue from being told again."""
    font = TTFont(BRIEFTEST)
    names = font.getBestCmap()
    font["glyf"][names[ord("1")]] = font["glyf"][names[ord("7")]]
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            font["name"].setName("Mixed", record.nameID, 3, 1, 0x409)
    put(tmp_path / "fonts/mixed.ttf", font)
    look = "extends: briefing\nfonts: {roles: {title: {latin: [Mixed]}, hei: {latin: [Mixed]}}}\n"
    (tmp_path / "look.yaml").write_text(look, encoding="utf-8")
    first = put_issue(tmp_path / "1.yaml", "look.yaml", title="17")
    second = put_issue(tmp_path / "2.yaml", "look.yaml", body="17")
    services = kind()
    issues = (first, second, first, first)
    made = [built(BuildTask(one), BuildManner(), services) for one in issues]
    alone = [built(BuildTask(one), BuildManner(), SharedServices()) for one in issues]
    assert [one.text for one in made] == [one.text for one in alone]
    assert ["BT435" in one.text for one in made] == [True, False, True, True]


def test_files_are_logged_but_those_of_themes_and_faces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    issue = put_issue(tmp_path / "1.yaml", "look.yaml")
    (tmp_path / "look.yaml").write_text("extends: briefing\n", encoding="utf-8")
    with FileLog() as log:
        result = built(BuildTask(issue), BuildManner(), SharedServices())
    assert [one.path for one in result.opened] == [issue]
    assert list(log.opened) == [issue]
    assert result.opened[0].is_current
    issue.write_text("", encoding="utf-8")
    assert not result.opened[0].is_current
