"""Small issues, each with the layout or the findings that it must give.

``<name>.yaml`` is a case. Beside it stands ``<name>.layout``, the dump of its pages, or at
its end there are comments ``# expect: BT404 7:12``, every finding with its line and column
(``# expect: BT411`` for one without a place). What editors would mark (BT3xx) counts only in
a case that expects some of it.

``pytest tests/suite --update-goldens`` writes both anew, to be read as one reads code.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from helpers.cases import each
from PIL import Image

from brieftex.batch.services import SharedServices
from brieftex.diagnostics import Finding, InputError, Source
from brieftex.layout.dump import dump
from brieftex.pipeline import typeset_pages

SUITE = Path(__file__).parent
FONT = SUITE.parent / "fonts" / "BriefTest.ttf"
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48" fill="red">
  <rect x="8" y="8" width="32" height="16" stroke="black" stroke-width="2"/>
  <text x="24" y="20" font-size="8" text-anchor="middle" fill="white">中文</text>
  <path d="M56 24a16 16 0 0 1 32 0z" fill="none" stroke="black" stroke-dasharray="4 2"
    stroke-linejoin="round"/>
  <text x="92" y="44" font-size="8" transform="rotate(-90 92 44)">字体</text>
</svg>
"""
AREAS = ("text", "layout", "document", "issue")
CASES = sorted(path for area in AREAS for path in SUITE.glob(f"{area}/**/*.yaml"))

_EXPECT = re.compile(r"^# expect: (BT\d+(?: \d+:\d+)?)\n", re.MULTILINE)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a case refers to."""
    return furnished(tmp_path_factory.mktemp("suite"))


def furnished(folder: Path) -> Path:
    """The folder, with themes, the font, pictures of 3 by 2 and of 2 by 1 put into it."""
    (folder / "fonts").mkdir()
    shutil.copy(FONT, folder / "fonts")
    shutil.copy(SUITE / "theme.yaml", folder)
    shutil.copytree(SUITE / "themes", folder / "themes")
    Image.new("RGB", (600, 400), "white").save(folder / "wide.png")
    (folder / "flow.svg").write_text(DRAWING, "utf-8")
    return folder


@pytest.fixture(scope="session")
def services() -> SharedServices:
    """Loads each theme of the desk, and its faces, once: that is two thirds of a case's time."""
    return SharedServices()


@pytest.fixture
def renewing(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are written anew."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.relative_to(SUITE).as_posix()[:-5])
def test_case(case: Path, desk: Path, services: SharedServices, renewing: bool) -> None:
    """Ensures that nothing on any page and no finding changes unnoticed."""
    text = case.read_text("utf-8")
    copy = desk / "issue.yaml"
    copy.write_text(text, "utf-8")
    try:
        made = typeset_pages(copy, services=services)
    except InputError as error:
        layout, found, source = None, error.findings, error.source
    else:
        layout, found, source = dump(made.pages), made.findings, made.source
    expected = sorted(_EXPECT.findall(text))
    actual = _findings(found, source, editorial=any(e.startswith("BT3") for e in expected))
    golden = case.with_suffix(".layout")
    if renewing:
        _renew(case, actual, layout)
        return
    assert actual == expected
    if layout is None or (expected and not golden.exists()):
        assert not golden.exists()
    else:
        assert layout == golden.read_text("utf-8")


def _findings(found: tuple[Finding, ...], source: Source, *, editorial: bool) -> list[str]:
    """``BT404 7:12`` for each finding."""
    return sorted(
        " ".join(
            (d.kind.code, *("{}:{}".format(*source.position(s.start)) for s in (d.span,) if s))
        )
        for d in found
        if editorial or not d.kind.code.startswith("BT3")
    )


def _renew(case: Path, findings: list[str], layout: str | None) -> None:
    text = _EXPECT.sub("", case.read_text("utf-8"))
    case.write_text(text + "".join(f"# expect: {finding}\n" for finding in findings), "utf-8")
    golden = case.with_suffix(".layout")
    if layout is None or (findings and not golden.exists()):
        golden.unlink(missing_ok=True)
    else:
        golden.write_text(layout, "utf-8")


@each("path", sorted(SUITE.rglob("*.layout")), ids=lambda path: path.stem)
def test_a_layout_is_small_enough_to_read(path: Path) -> None:
    """Ensures that each expectation can be checked by eye, and has its case."""
    assert len(path.read_text("utf-8").splitlines()) <= 60
    assert path.with_suffix(".yaml").exists()


@each("path", CASES, ids=lambda path: path.stem)
def test_a_case_is_small_and_says_what_it_shows(path: Path) -> None:
    """Ensures that a case begins with a comment on what to look at, has one expectation at
    least, and expects findings only at its end, where they move no line."""
    text = path.read_text("utf-8")
    assert text.startswith("# ")
    assert len(text.splitlines()) <= 60
    assert path.with_suffix(".layout").exists() or _EXPECT.search(text)
    assert "# expect:" not in _EXPECT.sub("", text)
    tail = text[first.start() :] if (first := _EXPECT.search(text)) else ""
    assert _EXPECT.sub("", tail) == ""


def test_there_are_cases_of_every_area() -> None:
    """Ensures that the cases are found at all."""
    assert {path.relative_to(SUITE).parts[0] for path in CASES} == set(AREAS)
