"""The values of brieftex's own themes that are kept read are those of their YAML."""

from __future__ import annotations

from pathlib import Path

import pytest

from brieftex.diagnostics import Source
from brieftex.input import yaml
from brieftex.input.theme import ready as module
from brieftex.input.theme.locate import BUILT_IN
from brieftex.input.theme.read import read_values
from brieftex.input.theme.ready import ready_file, ready_values
from brieftex.source import read_source

FILES = sorted(BUILT_IN.rglob("*.yaml"))


def test_the_kept_values_are_current() -> None:
    """Ensures that whoever changes a theme runs ``scripts/ready.py``: builds would be slower."""
    assert (BUILT_IN / "ready.json").read_bytes() == ready_file()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
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
