"""Themes at the edge end in a finding or in pages: no division by zero, no hang, no silence."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from helpers import extremes
from helpers.cases import each

from brieftex.diagnostics import InputError
from brieftex.fonts.report import FontBook
from brieftex.input.issue.file import read_issue
from brieftex.input.theme import load_theme
from brieftex.input.theme.keys import STYLES
from brieftex.input.theme.reference import theme_markdown, theme_schema
from brieftex.input.theme.values import Leaf
from brieftex.model.issue import Issue
from brieftex.pipeline import typeset_pages
from brieftex.services import KeepingServices
from brieftex.styled.styles import FontRequest

NUMBERS = list(extremes.numbers())
NAMES = [path for path, _, _ in NUMBERS]


class Kept(KeepingServices):
    """The faces, which are the same in all these themes, are found once."""

    book: FontBook | None = None

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        self.book = self.book or super().fonts(request, folder, bundled_only)
        return self.book


SERVICES = Kept()
REFERENCE, SCHEMA = theme_markdown(), theme_schema()


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    """It takes its look from ``theme.yaml`` beside it."""
    return read_issue(extremes.write_issue(tmp_path_factory.mktemp("extremes")))[0]


def text_of(path: str, value: str, count: int) -> str:
    """A theme with this value, in every style where it is that of a style."""
    group, _, key = path.partition(".*.")
    if group == "styles":
        return extremes.every_style(f"{key}: {value}")
    return extremes.theme("briefing", path, extremes.written(value, count))


@pytest.mark.parametrize("end", ["least", "most"])
def test_beyond_its_bounds_a_number_is_refused_with_them(tmp_path: Path, end: str) -> None:
    """Catches a number without bounds, and a message that does not tell them. All are in one theme:
    what is said of one keeps nothing from being said of another."""
    tree: dict[str, dict[str, str]] = {}
    for path, form, count in NUMBERS:
        assert form.bounds is not None
        unit = "" if form.name == "整数" else "mm"
        below = "-1000" if form.bounds[0].startswith("-") else "-1"
        value = f"{below}{unit}" if end == "least" else f"1000000000{unit}"
        group, _, key = path.rpartition(".")
        tree.setdefault(group, {})[key] = extremes.written(value, count)
    styles = _flow(tree.pop("styles.*"))
    lines = [f"{group}: {_flow(keys)}" for group, keys in tree.items()]
    lines += ["styles:", *(f"  {name}: {styles}" for name in STYLES)]
    (tmp_path / "theme.yaml").write_text("\n".join(["extends: briefing", *lines]), "utf-8")
    with pytest.raises(InputError) as caught:
        load_theme("theme.yaml", tmp_path)
    found = {finding.path: finding for finding in caught.value.findings}
    for path, form, _ in NUMBERS:
        for place in (path.replace("*", name) for name in (STYLES if "*" in path else ("",))):
            finding = found[place]
            told = "；".join((finding.message(), *finding.hints()))
            assert finding.span is not None, place
            assert form.bounds is not None
            assert set(form.bounds) <= set(re.findall(r"-?[\d.]+[a-z]*", told)), place


def _flow(keys: dict[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {word}' for key, word in keys.items())}}}"


@pytest.mark.parametrize(("path", "form", "count"), NUMBERS, ids=NAMES)
def test_at_its_bounds_a_number_makes_pages_or_a_finding(
    issue: Issue, path: str, form: Leaf, count: int
) -> None:
    """Catches a width of 0 that is divided by, white so large that no page ends."""
    assert form.bounds is not None
    for value in form.bounds:
        assert is_set(issue, text_of(path, value, count))


@pytest.mark.parametrize("value", ["0", "0.0001mm"])
def test_all_that_may_be_nothing_may_be_so_at_once(issue: Issue, value: str) -> None:
    """Catches a length of 0 or nearly so that is divided by."""
    text = "extends: briefing\n"
    tree: dict = {}
    for path, form, count in NUMBERS:
        if form.bounds is not None and form.bounds[0] == "0" and form.name == "长度":
            group, _, key = path.partition(".")
            if group != "styles":
                tree.setdefault(group, {})[key] = extremes.written(value, count)
    for group, keys in tree.items():
        text += f"{group}: {_flow(keys)}\n"
    assert is_set(issue, text)


def is_set(issue: Issue, theme: str) -> bool:
    """Whether the theme ends in pages, not too many, or in findings."""
    (issue.folder / "theme.yaml").write_text(theme, "utf-8")
    try:
        made = typeset_pages(issue, bundled_fonts=True, services=SERVICES)
    except InputError as error:
        return bool(error.findings)
    return 1 <= len(made.pages) <= 100


def test_what_does_not_go_together_is_told(tmp_path: Path) -> None:
    """Catches values that are good by themselves and lead off the paper beside each other."""
    for text, code, path in (
        ("page: {left: 100mm}", "BT522", "page.left"),
        ("page: {paper: [148mm, 210mm]}", "BT522", "page.paper"),
        ("page: {width: 10mm, characters: 200}", "BT523", "page.characters"),
        ("styles: {body: {left: 80mm, right: 80mm}}", "BT524", "styles.body"),
        ("folio: {baseline: 298mm}", "BT521", "folio.baseline"),
        ("lines: {script_gap: [0.5em, 0.1em, 0.3em]}", "BT525", "lines.script_gap"),
        ("fit: {leading: [1.1行, 0.9行]}", "BT525", "fit.leading"),
        ("masthead: {name_min: 80pt}", "BT525", "masthead.name_min"),
    ):
        (tmp_path / "theme.yaml").write_text(f"extends: briefing\n{text}\n", "utf-8")
        with pytest.raises(InputError) as caught:
            load_theme("theme.yaml", tmp_path)
        found = [(f.kind.code, f.path) for f in caught.value.findings]
        assert (code, path) in found, text
        assert all(f.span for f in caught.value.findings), text
        # Where it can be changed, not in the theme that comes with brieftex.
        assert Path(caught.value.source.name) == tmp_path / "theme.yaml", text


@each(("path", "form", "count"), NUMBERS, ids=NAMES)
def test_the_documentation_and_the_schema_state_the_bounds(
    path: str, form: Leaf, count: int
) -> None:
    """Catches a bound that an editor learns from an error only."""
    assert form.bounds is not None
    assert "～".join(form.bounds) in REFERENCE
    validator = jsonschema.Draft7Validator(SCHEMA)
    assert validator.is_valid(yaml.safe_load(text_of(path, form.bounds[1], count)))
    assert not validator.is_valid(yaml.safe_load(text_of(path, "1000000000", count)))
