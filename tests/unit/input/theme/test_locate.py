"""Where a theme may lie, by who names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from brieftex.diagnostics import InputError
from brieftex.input.theme import load_theme
from brieftex.input.theme.layers import CHAIN_LIMIT, theme_files
from brieftex.units import pt

OURS = "extends: briefing\nstyles: {title: {size: 小一}}\n"


@pytest.fixture
def themes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of themes."""
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setenv("BRIEFTEX_THEMES", str(folder))
    return folder


@pytest.fixture
def issues(tmp_path: Path) -> Path:
    folder = tmp_path / "issues"
    folder.mkdir()
    return folder


def refusal(name: str, folder: Path, **how: object) -> str:
    with pytest.raises(InputError) as caught:
        load_theme(name, folder, **how)  # type: ignore[arg-type]
    return caught.value.findings[0].kind.name


OUTSIDE = (
    "../ours.yaml", "a/../../ours.yaml", "/etc/shadow.yaml", "~/ours.yaml", r"\\host\share\x.yaml",
    "//host/share/x.yaml", "C:/x.yaml", r"C:\x.yaml", "file:x.yaml", "https://example.cn/x.yaml",
)  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_file_names_no_theme_elsewhere(
    issues: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches an issue that reads what is not meant for it, or has Windows log in to a host:
    what begins like that is refused before the system is asked."""
    (issues.parent / "ours.yaml").write_text(OURS, "utf-8")
    asked: list[str] = []
    real = Path.resolve
    monkeypatch.setattr(
        Path, "resolve", lambda p, strict=False: asked.append(str(p)) or real(p, strict)
    )
    assert refusal(name, issues) == "theme-outside"
    assert not [path for path in asked if "host" in path or "shadow" in path]
    (issues / "mine.yaml").write_text(f"extends: '{name}'\n", "utf-8")
    assert refusal("mine.yaml", issues) == "theme-outside"
    assert theme_files("mine.yaml", issues) == (issues / "mine.yaml",)


def test_a_link_counts_by_what_it_leads_to(issues: Path) -> None:
    (issues.parent / "ours.yaml").write_text(OURS, "utf-8")
    (issues / "link.yaml").symlink_to("../ours.yaml")
    assert refusal("link.yaml", issues) == "theme-outside"


def test_below_the_issue_is_well(issues: Path) -> None:
    (issues / "style").mkdir()
    (issues / "base.yaml").write_text(OURS, "utf-8")
    (issues / "style/ours.yaml").write_text("extends: ../base.yaml\n", "utf-8")
    assert load_theme("style/ours.yaml", issues).styles["title"].char.size == pt(24)


def test_a_path_that_was_given_may_lead_anywhere(issues: Path, tmp_path: Path) -> None:
    """Catches ``--theme`` confined as well, and a base beside such a theme out of reach."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "base.yaml").write_text(OURS, "utf-8")
    (elsewhere / "ours.yaml").write_text("extends: base.yaml\n", "utf-8")
    for name in (str(elsewhere / "ours.yaml"), "../elsewhere/ours.yaml"):
        assert load_theme(name, issues, given=True).styles["title"].char.size == pt(24)
        assert refusal(name, issues) == "theme-outside"
    edition = load_theme("briefing", issues, str(elsewhere / "ours.yaml"))
    assert edition.styles["title"].char.size == pt(24)


def test_what_a_given_theme_extends_was_not_given(issues: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(OURS, "utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "ours.yaml").write_text("extends: ../secret.yaml\n", "utf-8")
    assert refusal(str(elsewhere / "ours.yaml"), issues, given=True) == "theme-outside"


def test_a_given_path_may_start_where_one_stands(
    issues: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches a path that a shell completed, sought beside the issue only."""
    (tmp_path / "ours.yaml").write_text(OURS, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_theme("./ours.yaml", issues, given=True).styles["title"].char.size == pt(24)


def test_the_user_has_a_folder_of_themes(issues: Path, themes: Path) -> None:
    """Catches themes of a user that only a path finds, or that no message lists."""
    (themes / "本单位.yaml").write_text("extends: 样子.yaml\n", "utf-8")
    (themes / "样子.yaml").write_text(OURS, "utf-8")
    assert load_theme("本单位", issues).styles["title"].char.size == pt(24)
    (issues / "mine.yaml").write_text("extends: 本单位\n", "utf-8")
    assert load_theme("mine.yaml", issues).styles["title"].char.size == pt(24)
    with pytest.raises(InputError) as caught:
        load_theme("本单立", issues)
    assert "本单位" in caught.value.findings[0].hints()[0]


def test_themes_that_extend_one_another_have_an_end(issues: Path) -> None:
    """Catches 1,500 steps: a recursion too deep, or seconds of work."""
    for step in range(1500):
        (issues / f"{step}.yaml").write_text(f"extends: {step + 1}.yaml\n", "utf-8")
    assert refusal("0.yaml", issues) == "too-many-themes"
    assert len(theme_files("0.yaml", issues)) == CHAIN_LIMIT
    (issues / f"{CHAIN_LIMIT - 2}.yaml").write_text(OURS, "utf-8")
    assert load_theme("0.yaml", issues).styles["title"].char.size == pt(24)


def test_a_value_that_many_keys_take_over_is_told_once(tmp_path: Path) -> None:
    """Catches 16 messages for one size: most styles take theirs from that of the body."""
    text = "extends: briefing\nstyles:\n  body: {size: 0pt}\nlists: {step: -1mm}\n"
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        load_theme("./own.yaml", tmp_path)
    places = [finding.path for finding in caught.value.findings]
    assert places == ["styles.body.size", "lists.step"]
