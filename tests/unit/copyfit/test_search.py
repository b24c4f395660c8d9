from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from helpers.pagefaults import faults
from helpers.shapes import Writer

from brieftex import pipeline
from brieftex.layout.dump import dump, line_text
from brieftex.layout.page import PlacedLine
from brieftex.layout.paginate import paginate
from brieftex.pipeline import TypesetPages, typeset_pages

OWN = 9


@cache
def set_once(fit: str = "", theme: str = "briefing") -> TypesetPages:
    """The issue as it is set for most tests, which only look at it."""
    with TemporaryDirectory() as folder:
        return made(Path(folder), fit, theme)


def made(
    folder: Path, fit: str = "", theme: str = "briefing", edition: str | None = None
) -> TypesetPages:
    """An issue of OWN pages in the theme briefing, with headings of three levels."""
    text = Writer(21)
    body = "".join(
        f"          ## 之{k}\n\n"
        + "".join(f"          {text.paragraph(180)}\n\n" for _ in range(3))
        for k in "甲乙丙丁戊己"
    )
    items = "".join(
        f"      - title: 第{k}则消息\n        body: |\n{body if k == '一' else ''}"
        f"          {text.paragraph(230)}\n"
        for k in "一二三"
    )
    issue = folder / "issue.yaml"
    issue.write_text(
        f"brieftex: 1\ntheme: {theme}\n{fit and f'fit: {{{fit}}}'}\nmasthead: {{name: 参考}}\n"
        f"sections:\n  - title: 动态\n    items:\n{items}",
        encoding="utf-8",
    )
    return typeset_pages(issue, edition=edition, bundled_fonts=True)


def codes(result: TypesetPages) -> list[str]:
    return [d.kind.code for d in result.findings if d.kind.code.startswith("BT4")]


def words(result: TypesetPages) -> list[str]:
    return [
        line_text(item.line)
        for page in result.pages
        for item in page.items
        if isinstance(item, PlacedLine) and item.artifact is None
    ]


def test_the_theme_as_it_is() -> None:
    """Ensures that the text of these tests has the size they count on."""
    assert len(set_once().pages) == OWN


@pytest.mark.parametrize("fit", [f"pages: {OWN}", f"max_pages: {OWN + 1}", "multiple_of: 3"])
def test_what_is_met_changes_nothing(fit: str) -> None:
    """Ensures that an issue which has the right number of pages looks as its theme does."""
    own, fitted = set_once(), set_once(fit)
    assert dump(fitted.pages) == dump(own.pages)
    assert codes(fitted) == []


@pytest.mark.parametrize(
    ("fit", "pages"),
    [
        (f"pages: {OWN - 1}", {OWN - 1}),
        (f"pages: {OWN + 1}", {OWN + 1}),
        (f"max_pages: {OWN - 1}", {OWN - 1}),
        ("multiple_of: 4", {8}),
        ("multiple_of: 5", {10}),
    ],
)
def test_what_is_wanted_is_met(fit: str, pages: set[int]) -> None:
    """Ensures that the pages come out as wanted, that the editor is told how, and that they
    are as good as any: no widow, no orphan, no line off the grid."""
    fitted = set_once(fit)
    assert len(fitted.pages) in pages
    assert codes(fitted) == ["BT421"]
    assert faults(fitted.pages, fitted.document) == {}


@pytest.mark.parametrize(
    ("fit", "code", "said"),
    [
        ("pages: 5", "BT422", "最少"),
        ("pages: 3", "BT425", "单是文字"),
        ("max_pages: 2", "BT425", "单是文字"),
        ("pages: 16", "BT423", "最多"),
        ("multiple_of: 13", "BT423", "最多"),
    ],
)
def test_what_cannot_be_met_changes_nothing(fit: str, code: str, said: str) -> None:
    """Ensures that an issue is not pressed together in vain: it looks as it did, and a warning
    at the field says how many lines are too many or too few."""
    own, fitted = set_once(), set_once(fit)
    assert dump(fitted.pages) == dump(own.pages)
    (finding,) = [d for d in fitted.findings if d.kind.code.startswith("BT4")]
    assert finding.kind.code == code
    assert said in finding.message()
    assert finding.span is not None
    assert fitted.source.position(finding.span.start) == (3, 6)


def test_how_many_lines_are_too_many() -> None:
    """Ensures that the number is that of the lines on the pages past the last, where pages
    are fewest."""
    (finding,) = [d for d in set_once("pages: 5").findings if d.kind.code == "BT422"]
    values = dict(finding.values)
    least = int(str(values["pages"]))
    assert least > 5
    assert (least - 6) * 20 < int(str(values["lines"])) <= (least - 5) * 25


def test_what_is_out_of_reach_is_not_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures that a volume is not set several times for a goal that its words alone exceed, and
    that the pages said to be needed are fewer than any layout takes."""
    (tried,) = [d for d in set_once("pages: 5").findings if d.kind.code == "BT422"]
    laid: list[int] = []
    monkeypatch.setattr(pipeline, "paginate", lambda *given: laid.append(1) or paginate(*given))
    (finding,) = [d for d in made(tmp_path, "pages: 3").findings if d.kind.code == "BT425"]
    assert len(laid) == 1
    least = int(str(dict(finding.values)["least"]))
    assert 3 < least <= int(str(dict(tried.values)["pages"]))
    assert least >= OWN // 2


def test_the_leading_changes_first() -> None:
    """Ensures that the smallest change is made: here a line less on every page; and that no
    line of text is broken elsewhere for it."""
    own, fitted = set_once(), set_once(f"pages: {OWN + 1}")
    assert fitted.document.page.lines == own.document.page.lines - 1
    assert fitted.document.page.type_area.width == own.document.page.type_area.width
    assert words(fitted) == words(own)
    (finding,) = [d for d in fitted.findings if d.kind.code == "BT421"]
    assert (
        f"每面 {own.document.page.lines} 行改为 {fitted.document.page.lines} 行"
        in finding.message()
    )


def test_no_more_is_set_than_the_search_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ensures that where a line less on every page will do, neither spaces nor type areas are
    tried: each would set the whole issue again, at each edit."""
    laid: list[int] = []
    monkeypatch.setattr(pipeline, "paginate", lambda *given: laid.append(1) or paginate(*given))
    made(tmp_path, f"pages: {OWN + 1}")
    assert len(laid) == 3  # its own, the furthest leading, the first


@pytest.mark.parametrize("wanted", range(OWN - 3, OWN + 4))
def test_nothing_passes_the_bounds_of_the_theme(wanted: int) -> None:
    """Ensures that whatever is wanted, leading and type area stay within what the theme
    states: 0.9 to 1.1 of its leading, 7 mm of its height, a character of its width."""
    own, page = set_once().document.page, set_once(f"pages: {wanted}").document.page
    assert own.leading * 0.9 - 1 <= page.leading <= own.leading * 1.1 + 1
    area = page.type_area
    assert abs(area.height - own.type_area.height) <= 7 * 720 / 254 * 65536
    assert abs(area.width - own.type_area.width) in {0, own.type_area.width // 28}
    # The white around it changes alike on both sides.
    assert abs((area.x - own.type_area.x) * 2 + area.width - own.type_area.width) <= 1
    assert abs((area.y - own.type_area.y) * 2 + area.height - own.type_area.height) <= 201


def test_the_same_in_a_theme_with_flush_lines(tmp_path: Path) -> None:
    """Ensures that characters still fill the type area to both edges where the theme wants
    that (GB/T 9704), however many lines there are."""
    own = made(tmp_path, theme="official")
    fitted = made(tmp_path, f"pages: {len(own.pages) + 1}", theme="official")
    page = fitted.document.page
    assert page.lines == own.document.page.lines - 1
    assert page.leading * (page.lines - 1) + page.type_area.width // 28 == page.type_area.height
    assert abs(page.type_area.height - own.document.page.type_area.height) < 100


def test_the_same_input_gives_the_same_pages(tmp_path: Path) -> None:
    """Ensures that the search does not depend on anything but the file."""
    first, second = set_once("multiple_of: 4"), made(tmp_path, "multiple_of: 4")
    assert dump(first.pages) == dump(second.pages)
    assert first.findings == second.findings


def test_an_edition_may_take_the_pages_it_takes(tmp_path: Path) -> None:
    """Ensures that it is a key that says so, which an edition of one's own has as well."""
    (tmp_path / "own.yaml").write_text("fit: {wanted: false}\n", "utf-8")
    for edition in ("large", "own.yaml"):
        free, asked = (made(tmp_path, fit, edition=edition) for fit in ("", f"pages: {OWN - 1}"))
        assert dump(asked.pages) == dump(free.pages)
        assert len(asked.pages) >= OWN
        assert codes(asked) == codes(free)
    (tmp_path / "own.yaml").write_text("colors: {link: '#1b4b87'}\n", "utf-8")
    assert len(made(tmp_path, f"pages: {OWN - 1}", edition="own.yaml").pages) == OWN - 1
