"""An error that a theme's value brings about names the value."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import extremes

from brieftex.batch.services import SharedServices
from brieftex.batch.task import BuildManner, BuildTask, built

MANNER = BuildManner(bundled_fonts=True, style="concise")


def said(folder: Path, theme: str) -> str:
    """What a build with this theme says."""
    path = extremes.write_issue(folder)
    (folder / "theme.yaml").write_text(theme, "utf-8")
    return built(BuildTask(path), MANNER, SharedServices()).text


@pytest.mark.parametrize(
    ("theme", "key", "line"),
    [
        ("notes: {gap: 1mm}\nmasthead:\n  foot_rule: 1200mm", "masthead.foot_rule", 4),
        # Either of these alone will do.
        ("folio: {top: 0}\nmasthead: {rule_below: 500mm, foot_rule: 1200mm}", "masthead", 3),
    ],
)
def test_the_value_that_an_error_comes_from_is_told(
    tmp_path: Path, theme: str, key: str, line: int
) -> None:
    """Catches an error about ink off the paper or print over print that leaves the editor of a
    theme to search for the key."""
    text = said(tmp_path, f"extends: briefing\n{theme}\n")
    told = [row for row in text.splitlines() if "BT590" in row]
    assert f"`{key}" in told[0]
    assert f"theme.yaml:{line}:" in told[1]


def test_an_error_of_the_issue_is_not_put_down_to_the_theme(tmp_path: Path) -> None:
    path = extremes.write_issue(tmp_path)
    (tmp_path / "theme.yaml").write_text("extends: briefing\nnotes: {gap: 1mm}\n", "utf-8")
    path.write_text(path.read_text("utf-8").replace("只有一段。", "\U0003134f"), "utf-8")
    text = built(BuildTask(path), MANNER, SharedServices()).text
    assert "BT401" in text
    assert "BT590" not in text


@pytest.mark.parametrize("name", ["../x.yaml", "无此"])
def test_a_theme_that_is_not_there_is_told_at_its_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text(f"masthead: {{name: 试排}}\ntheme: {name}\ntitle: 甲\nbody: 文\n", "utf-8")
    assert built(BuildTask(path), MANNER, SharedServices()).text.startswith(f"{path}:2:8: ")
