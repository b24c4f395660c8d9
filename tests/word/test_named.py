"""A document of ours, imported as any other: its styles say what each paragraph is."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.samples import twin_of
from helpers.wordimports import balance, imported
from msgspec import Struct

from brieftex.compose.charts import chart_in_words
from brieftex.diagnostics import InputError, OffsetMap, Source
from brieftex.input.issue.file import read_issue, read_issue_text
from brieftex.model.content import Chart
from brieftex.model.issue import Issue
from brieftex.word.charts import chart_of
from brieftex.word.incoming import Incoming, issue_text
from brieftex.word.pictures import save

pytestmark = pytest.mark.usefixtures("sound_files")

ROOT = Path(__file__).parents[2]
PUBLICATIONS = [p for p in (ROOT / "tests/publications").glob("*.yaml") if "theme" not in p.name]
SUITE = [
    p for p in sorted((ROOT / "tests/suite").rglob("*.yaml"))
    if p.parent.name != "themes" and p.name != "theme.yaml"
]  # fmt: skip

WHOLE = "BRIEFTEX_NAMED_WHOLE"
"""Set, every small issue comes back; else every fourth does."""

NOT_PRINTED = frozenset((
    "source", "folder", "pictures", "places", "span", "origin", "at", "theme", "contents",
    "line_breaking", "paragraphs", "fit", "keep", "allow", "state", "approval", "even_page",
))  # fmt: skip
"""What an issue asks of the program, and where things stand in its file."""

NAMED_ANEW = frozenset(("path", "label", "alt", "name_picture", "seals"))
"""Pictures and notes get other names."""

SIZED = frozenset(("align", "widths"))
"""How columns were to stand: a document says where each cell stands, not who asked for it."""

TOLD_OTHERWISE: dict[str, tuple[str, ...]] = {
    "county": ("report_to", "distribute_to"),  # names that have 、 in them
    "weekly": ("report_to",),
    "briefing": ("Chart", "Figure"),  # a chart with a description of its own
    "ruby": ("rubies",),  # a reading for each character
    "foot-even-blank": ("PageBreak",),  # before the colophon
}
"""What a document does not tell, by the issue."""


def model(value: object, path: str = "") -> Iterator[str]:
    """A value of the model, leaf by leaf."""
    if isinstance(value, Source | OffsetMap):
        return
    if isinstance(value, Struct):
        yield f"{path}: {type(value).__name__}"
        for name in value.__struct_fields__:
            if name not in NOT_PRINTED | NAMED_ANEW | SIZED:
                yield from model(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, tuple):
        for k, one in enumerate(value):
            named = path.endswith(".notes") and isinstance(one, tuple)
            yield from model(one[1] if named else one, f"{path}[{k}]")
    elif value not in (None, False, "", 0):
        yield f"{path} = {value}"


def made_of(path: Path) -> bytes | None:
    """The document of an issue, in the theme of its own or in that of the program."""
    for theme in (None, "briefing"):
        try:
            return twin_of(path, theme).data
        except InputError:
            continue
    return None


def read_back(read: Incoming, folder: Path) -> Issue:
    text, odd = issue_text(read)
    assert odd == []
    save([picture for picture in read.pictures if picture.printable], folder)
    return read_issue_text(Source("期.yaml", text), [], folder)[0]


def differing(path: Path, read: Incoming, folder: Path) -> list[str]:
    """Leaves of an issue that came back otherwise, but for those that cannot be told."""
    issue, _ = read_issue(path)
    one, two = list(model(issue)), list(model(read_back(read, folder)))
    known = TOLD_OTHERWISE.get(path.stem, ())
    changed = set(one) ^ set(two)
    return sorted(line for line in changed if not any(word in line for word in known))


def lost(data: bytes, read: Incoming, folder: Path) -> Counter[str]:
    """Characters of a document that the issue does not say, and that are not listed."""
    held, said = balance(data, read, issue_text(read)[0], folder)
    return held - said


@pytest.mark.parametrize("path", PUBLICATIONS, ids=lambda p: p.stem)
def test_a_publication_comes_back_as_it_was(path: Path, tmp_path: Path) -> None:
    data = made_of(path)
    assert data is not None
    read = imported(data, tmp_path)
    assert differing(path, read, tmp_path) == []
    assert lost(data, read, tmp_path) == Counter()


def test_small_issues_come_back_as_they_were(tmp_path: Path) -> None:
    count = 0
    every = 1 if os.environ.get(WHOLE) else 4
    for path in SUITE[::every]:
        try:
            data = made_of(path)
        except InputError:
            data = None
        if data is None:
            continue
        count += 1
        assert differing(path, imported(data, tmp_path), tmp_path) == [], path.stem
    assert count > 80 // every


def test_the_long_issue_comes_back_but_for_a_chart_with_words_of_its_own(tmp_path: Path) -> None:
    path = ROOT / "briefing.yaml"
    data = made_of(path)
    assert data is not None
    read = imported(data, tmp_path)
    changed = differing(path, read, tmp_path)
    assert all(".sections[1].items[1].body.blocks[1]" in line for line in changed)
    assert lost(data, read, tmp_path) == Counter()
    codes = [finding.kind.code for finding in read.shaped.findings]
    assert "BT596" in codes  # a chart that was read from its description
    assert "BT597" in codes  # and the one that became a picture
    assert len(read.pictures) < len(read.shaped.issue.sections[1].items)


def test_charts_are_read_only_where_they_say_the_same_again() -> None:
    """Catches a chart with other numbers than its description: a comma parts them, or is theirs."""
    charts = list(_charts(read_issue(ROOT / "docs/charts.yaml")[0]))
    assert len(charts) == 3
    for chart in charts:
        words = chart_in_words(chart)
        found = chart_of(words, chart.caption, turned=False)
        assert found is not None
        assert list(model(found.series)) == list(model(chart.series))
        assert chart_of(words.replace("为", "是", 1), None, turned=False) is None
        assert chart_of(words + "另有两项。", None, turned=False) is None


def _charts(value: object) -> Iterator[Chart]:
    if isinstance(value, Chart):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _charts(one)
    elif isinstance(value, Struct) and not isinstance(value, Source | OffsetMap):
        for name in value.__struct_fields__:
            yield from _charts(getattr(value, name))
