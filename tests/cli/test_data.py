"""The commands that print data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml


@pytest.mark.usefixtures("issue")
def test_dump_prints_the_lines_that_were_set(brieftex: Callable) -> None:
    result = brieftex("dump", "issue.yaml", "--bundled-fonts")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("brieftex dump 1\npage 1 ")
    assert "只有一段话。" in result.stdout


def test_dump_of_a_bad_file_prints_nothing_but_errors(brieftex: Callable, issue: Path) -> None:
    issue.write_text("title: [", encoding="utf-8")
    result = brieftex("dump", "issue.yaml")
    assert (result.returncode, result.stdout) == (1, "")
    assert "BT1" in result.stderr


def test_schema_accepts_the_sample_and_refuses_unknown_keys(brieftex: Callable, root: Path) -> None:
    schema = json.loads(brieftex("schema").stdout)
    text = (root / "briefing.yaml").read_text(encoding="utf-8")
    # Dates are strings to an editor, as in YAML 1.2.
    sample = json.loads(json.dumps(yaml.safe_load(text), default=str))
    validator = jsonschema.validators.validator_for(schema)(schema)
    validator.check_schema(schema)
    assert list(validator.iter_errors(sample)) == []
    assert list(validator.iter_errors(sample | {"tilte": "x"})) != []


def test_schema_knows_themes_and_explains_them(brieftex: Callable, root: Path) -> None:
    schema = json.loads(brieftex("schema", "--theme").stdout)
    assert "masthead" in schema["properties"]
    text = brieftex("schema", "--theme", "--markdown").stdout
    assert text == (root / "docs/themes.md").read_text(encoding="utf-8")


def test_fonts_names_the_file_of_every_role(brieftex: Callable) -> None:
    result = brieftex("fonts", "--bundled-fonts")
    assert (result.returncode, result.stderr) == (0, "")
    assert "FandolFang" in result.stdout
