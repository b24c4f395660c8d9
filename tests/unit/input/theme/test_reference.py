"""The reference of themes: true, complete, and its example a theme that works."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from helpers.cases import each

from brieftex.input.fields import NamedOf, Record, RecordOf
from brieftex.input.theme import edition_names, load_theme, theme_names
from brieftex.input.theme.keys import THEME
from brieftex.input.theme.reference import OWN, comments, theme_markdown, theme_schema
from brieftex.pipeline import typeset_pages
from brieftex.units import Color, pt

ISSUE = """\
theme: 本单位.yaml
masthead: {name: 简报, number: 3, date: 2024-03-20}
contents: true
foreword: {body: 正文。}
sections:
  - title: 动态
    items: [{title: 甲, body: 文。}, {title: 乙, body: 文。}]
"""


def test_the_reference_is_up_to_date(root: Path) -> None:
    """Ensures that ``brieftex schema --theme --markdown > docs/themes.md`` was not forgotten."""
    assert (root / "docs/themes.md").read_text("utf-8") == theme_markdown()


def paths(record: Record, path: str = "") -> list[str]:
    """Every key with a value of its own; of the styles, their names."""
    found = []
    for field in record.fields:
        here = f"{path}.{field.key}".lstrip(".")
        if isinstance(field.form, RecordOf) and path != "styles":
            found += paths(field.form.record, here)
        elif not isinstance(field.form, NamedOf):  # names of the theme's own
            found.append(here)
    return found


def test_every_key_is_explained(root: Path) -> None:
    """Catches a key that was added without a word on what it is for."""
    about = comments((root / "src/brieftex/themes/briefing.yaml").read_text("utf-8"))
    assert [path for path in paths(THEME) if path != "extends" and not about.get(path)] == []


def test_comments_are_those_of_their_keys() -> None:
    """Catches a comment that slips to the next key, a colour taken for one, a lost line."""
    text = (
        "# 文件\n\n# 上\n# 下\na:  # 后\n  b: '#fff'\n  c: [1,\n      2]  # 尾\n"
        "styles:\n  # 一组\n  d: 1  # 丁\n"
    )
    assert comments(text) == {
        "a": "上下后", "a.b": "", "a.c": "尾", "styles": "", "styles.d": "丁",
    }  # fmt: skip


def test_the_example_is_a_theme_that_works(tmp_path: Path) -> None:
    """Catches an example in the documentation that nobody can follow."""
    assert f"```yaml\n{OWN}```" in theme_markdown()
    assert len([line for line in OWN.splitlines() if line.strip()]) <= 12
    (tmp_path / "本单位.yaml").write_text(OWN, "utf-8")
    theme = load_theme("本单位.yaml", tmp_path)
    assert theme.styles["masthead_name"].char.color == Color.parse("#9b1c1f")
    assert theme.styles["item"].char.size == pt(16)
    (tmp_path / "issue.yaml").write_text(ISSUE, "utf-8")
    made = typeset_pages(tmp_path / "issue.yaml", bundled_fonts=True)
    assert made.findings == ()
    texts = ["".join("".join(t) for r in i.line.runs for t in r.texts)
             for page in made.pages for i in page.items if hasattr(i, "line")]  # fmt: skip
    assert "本期要目" in texts
    assert "— 2 —" in texts
    assert "— 1 —" not in texts


@pytest.mark.parametrize("name", theme_names())
def test_the_schema_knows_the_themes(root: Path, name: str) -> None:
    """Catches a schema that an editor would mark our own themes by."""
    text = (root / f"src/brieftex/themes/{name}.yaml").read_text("utf-8")
    schema = theme_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(text), schema)


@pytest.mark.parametrize(
    "text",
    ["paeg: {}", "page: {flush: 甲}", "start: {foreword: 有时}", "styles: {item: {szie: 三号}}"],
)
def test_the_schema_refuses_what_reading_refuses(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(text), theme_schema())


def test_small_themes_are_small(root: Path) -> None:
    """A theme that extends another is a dozen lines or two, as anyone's own will be."""
    for name in ("reference", "large-print"):
        text = (root / f"src/brieftex/themes/{name}.yaml").read_text("utf-8")
        lines = [line for line in text.splitlines() if re.match(r"\s*[a-z]", line)]
        assert len(lines) <= 26


@each("name", theme_names())
def test_both_languages_show_every_theme(root: Path, name: str) -> None:
    """Catches a theme that nobody is told about, or a picture that is not there."""
    for page in ("docs/look.md", "docs/look.zh-CN.md"):
        text = (root / page).read_text("utf-8")
        assert f"| `{name}` |" in text
        assert f"](pages/{name}.png)" in text
    assert (root / f"docs/pages/{name}.png").stat().st_size < 60_000


@pytest.mark.parametrize("name", edition_names())
def test_both_languages_show_every_edition(root: Path, name: str) -> None:
    """Catches an edition that nobody is told about, or a picture that is not there."""
    for page in ("docs/look.md", "docs/look.zh-CN.md"):
        text = (root / page).read_text("utf-8")
        assert f"| `{name}` | `out/briefing-{name}.pdf` |" in text
        assert f"](pages/{name}.png)" in text
    assert (root / f"docs/pages/{name}.png").stat().st_size < 60_000
