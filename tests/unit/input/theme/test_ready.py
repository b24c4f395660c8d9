"""What is kept of brieftex's own themes is what is made of their YAML."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.cases import each

from brieftex.diagnostics import Source
from brieftex.input import yaml
from brieftex.input.theme import load_theme
from brieftex.input.theme import ready as module
from brieftex.input.theme import settled as whole
from brieftex.input.theme.layers import layered_theme, theme_files
from brieftex.input.theme.locate import BUILT_IN, theme_names
from brieftex.input.theme.read import read_values
from brieftex.input.theme.ready import ready_file, ready_values
from brieftex.source import read_source

FILES = sorted(BUILT_IN.rglob("*.yaml"))


def test_the_kept_values_are_current() -> None:
    """Ensures that whoever changes a theme runs ``scripts/ready.py``: builds would be slower."""
    assert (BUILT_IN / "ready.json").read_bytes() == ready_file()


@each("path", FILES, ids=lambda path: path.stem)
def test_they_are_those_of_the_yaml(path: Path) -> None:
    source, _ = read_source(path)
    assert ready_values(path, source) == read_values(yaml.parse(source), source, path.parent)[0]


def test_a_changed_theme_is_read_from_its_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    path = FILES[0]
    source, _ = read_source(path)
    assert ready_values(path, Source(source.name, source.text + "\n")) is None
    assert ready_values(Path("/elsewhere") / path.name, source) is None
    monkeypatch.setattr(module, "_files", dict)
    assert ready_values(path, source) is None


@pytest.mark.parametrize("name", theme_names())
def test_a_whole_theme_is_that_of_its_files(name: str) -> None:
    """Catches a theme, or a default of its values, that was changed without ``scripts/ready.py``:
    builds would look as before."""
    made = layered_theme(name, BUILT_IN)
    kept = (whole.SETTLED / f"{name}.json").read_bytes()
    assert kept == whole.settled_file(made, theme_files(name, BUILT_IN))
    assert load_theme(name, Path()) == made


def test_a_whole_theme_is_made_anew_where_a_file_of_it_changed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Catches a theme that is taken by its name alone, or whose base is not looked at."""
    for path in FILES:
        (tmp_path / path.relative_to(BUILT_IN)).parent.mkdir(exist_ok=True)
        (tmp_path / path.relative_to(BUILT_IN)).write_bytes(path.read_bytes())
    monkeypatch.setattr(whole, "BUILT_IN", tmp_path)
    official = tmp_path / "official.yaml"
    assert whole.settled_theme(official) is not None
    assert whole.settled_theme(tmp_path / "mine" / "official.yaml") is None
    base = tmp_path / "briefing.yaml"
    base.write_text(base.read_text("utf-8") + "\n", "utf-8")
    assert whole.settled_theme(official) is None
