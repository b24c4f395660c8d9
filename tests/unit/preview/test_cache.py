"""What is kept changes nothing: every issue is set as a build sets it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from helpers.cases import each
from helpers.support import ISSUE

from brieftex.diagnostics import InputError
from brieftex.fonts import load
from brieftex.fonts.report import FontBook
from brieftex.input.theme.layers import theme_files
from brieftex.pipeline import TypesetPages, typeset_pages
from brieftex.preview.cache import CachedServices
from brieftex.services import Services
from brieftex.styled.styles import FontRequest, RoleRequest

SUITE = Path(__file__).parents[2] / "suite"


class SameFaces(Services):
    """Fresh means, but for the faces, which are equal only to themselves."""

    def __init__(self, kept: CachedServices) -> None:
        self.kept = kept

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        return self.kept.fonts(request, folder, bundled_only)


def both(path: Path, kept: CachedServices) -> tuple[TypesetPages, TypesetPages]:
    ours = typeset_pages(path, bundled_fonts=True, services=kept)
    return ours, typeset_pages(path, bundled_fonts=True, services=SameFaces(kept))


def changes(text: str) -> list[str]:
    """The text, its places moved, its structure moved, and back."""
    foreword = "\nforeword:\n  body: |\n    新添的一段。\n\n    又一段。\nsections:"
    return [text, f"# 注\n{text}", text.replace("\nsections:", foreword, 1), text]


@pytest.fixture(scope="module")
def kept() -> CachedServices:
    """One for all: what one issue leaves must not reach the next."""
    return CachedServices()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the suite, whose cases are changed."""
    return Path(shutil.copytree(SUITE, tmp_path_factory.mktemp("cases") / "suite"))


@each("layout", sorted(SUITE.rglob("*.layout")), ids=lambda path: path.stem)
def test_pages_are_those_of_a_build(layout: Path, kept: CachedServices, desk: Path) -> None:
    path = desk / layout.relative_to(SUITE).with_suffix(".yaml")
    for text in changes(path.read_text(encoding="utf-8")):
        path.write_text(text, encoding="utf-8")
        try:
            ours, theirs = both(path, kept)
        except InputError:  # a foreword where there is one
            continue
        assert ours.pages == theirs.pages
        assert ours.findings == theirs.findings


def test_the_sample_issue(root: Path, kept: CachedServices) -> None:
    for _ in range(2):
        ours, theirs = both(root / "briefing.yaml", kept)
        assert ours.pages == theirs.pages


def test_faces_stay_until_their_folder_changes(tmp_path: Path, root: Path) -> None:
    kept = CachedServices()
    request = kept.theme("briefing", tmp_path).fonts
    first = kept.fonts(request, tmp_path, bundled_only=False)
    assert kept.fonts(request, tmp_path, bundled_only=False) is first
    (tmp_path / "fonts").mkdir()
    shutil.copy(root / "tests" / "fonts" / "BriefTest.ttf", tmp_path / "fonts")
    second = kept.fonts(request, tmp_path, bundled_only=False)
    assert second is not first
    assert kept.fonts(request, tmp_path, bundled_only=False) is second


def test_a_face_outside_the_folder_is_loaded_again_when_its_file_changes(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "installed"
    installed.mkdir()
    font = installed / "BriefTest.ttf"
    shutil.copy(root / "tests/fonts/BriefTest.ttf", font)
    monkeypatch.setattr(load, "system_folders", lambda: (installed,))
    monkeypatch.setattr(load, "cache_folder", lambda: None)
    roles = {"body": RoleRequest(("BriefTest",), ("BriefTest",))}
    request = FontRequest(roles, ())
    services = CachedServices()
    book = services.fonts(request, tmp_path / "issue", False)
    assert services.fonts(request, tmp_path / "issue", False) is book
    font.write_bytes(font.read_bytes() + bytes(4))
    assert services.fonts(request, tmp_path / "issue", False) is not book


def test_a_theme_is_read_again_when_its_base_changes(tmp_path: Path) -> None:
    own, base = tmp_path / "own.yaml", tmp_path / "base.yaml"
    own.write_text("extends: base.yaml\n", encoding="utf-8")
    base.write_text("extends: briefing\n", encoding="utf-8")
    kept = CachedServices()
    first = kept.theme("own.yaml", tmp_path)
    assert kept.theme("own.yaml", tmp_path) is first
    base.write_text("extends: briefing\npage:\n  lines: 20\n", encoding="utf-8")
    assert kept.theme("own.yaml", tmp_path).page.lines == 20
    base.write_text("extends: briefing\npage:\n  lines: zwei\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError):
            kept.theme("own.yaml", tmp_path)
    assert base.resolve() in kept.files


def test_a_missing_glyph_is_forgotten_when_it_is_mended(
    tmp_path: Path, kept: CachedServices
) -> None:
    """Ensures that what no face of one role has is no error in another whose face has it."""
    issue = tmp_path / "issue.yaml"
    issue.write_text(ISSUE.replace("只有一段话。", "只有一段话\U0001f600。"), encoding="utf-8")
    with pytest.raises(InputError):
        both(issue, kept)
    assert kept._shaper is not None
    assert kept._shaper[1].missing
    issue.write_text(ISSUE, encoding="utf-8")
    assert both(issue, kept)[0].findings == ()
    assert not kept._shaper[1].missing


def test_theme_files(tmp_path: Path) -> None:
    """Ensures that every file of a chain is told, also one that is missing or wrong."""
    own, base = tmp_path / "own.yaml", tmp_path / "base.yaml"
    assert theme_files("own.yaml", tmp_path) == (own,)
    own.write_text("extends: base.yaml\n", encoding="utf-8")
    assert theme_files("own.yaml", tmp_path) == (own, base)
    base.write_text("extends: own.yaml\n", encoding="utf-8")
    assert theme_files("own.yaml", tmp_path) == (own, base)
    base.write_text("extends: briefing\n", encoding="utf-8")
    assert [path.name for path in theme_files("own.yaml", tmp_path)] == [
        "own.yaml", "base.yaml", "briefing.yaml",
    ]  # fmt: skip
    own.write_text("extends：base.yaml\n", encoding="utf-8")
    assert theme_files("own.yaml", tmp_path) == (own,)
