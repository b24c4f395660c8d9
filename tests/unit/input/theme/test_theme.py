from __future__ import annotations

from pathlib import Path

import pytest

from brieftex.compose.numbering import label
from brieftex.diagnostics import InputError
from brieftex.input.theme import Theme, edition_names, load_theme, theme_names
from brieftex.input.theme.keys import STYLES
from brieftex.input.theme.locate import edition_named
from brieftex.units import Color, mm, pt, to_mm


@pytest.fixture(params=theme_names())
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param, Path())


def written(folder: Path, text: str, name: str = "ours.yaml") -> Theme:
    (folder / name).write_text(text, encoding="utf-8")
    return load_theme(name, folder)


def problems(folder: Path, text: str) -> list[tuple[str, str, str]]:
    """Name, place as written in the file, and message of every finding."""
    with pytest.raises(InputError) as caught:
        written(folder, text)
    source = caught.value.source
    return [
        (d.kind.name, source.text[d.span.start : d.span.end] if d.span else "", d.message())
        for d in caught.value.findings
    ]


CHARACTERS = {"large-print": 24, "reference": 36}


def test_full_lines_of_han_fill_the_measure_exactly(theme: Theme) -> None:
    """Catches a rounded em, which would leave every full line a hair loose or overfull."""
    assert theme.page.type_area.width == CHARACTERS.get(theme.name, 28) * theme.em
    white = theme.page.leading * theme.page.lines - theme.page.type_area.height
    assert white == 2 * theme.page.overhang + white % 2
    assert white in {0, theme.page.leading - theme.em}  # cells or characters fill the height
    assert theme.styles["body"].char.size == (pt(16) if theme.name == "word" else theme.em)
    assert theme.styles["body"].leading == theme.page.leading


def test_the_page_is_that_of_the_standard(theme: Theme) -> None:
    """GB/T 9704-2012 5.2. Catches a swapped margin or an inch for a millimetre."""
    area = theme.page.type_area
    page = (theme.page.trim.width, theme.page.trim.height, area.x, area.y, area.width, area.height)
    assert [round(to_mm(length), 3) for length in page] == [210, 297, 28, 37, 156, 225]


def test_every_style_is_there_with_a_known_face(theme: Theme) -> None:
    """Catches a style that names a role no face plays, found only when that block occurs."""
    assert set(theme.styles) == set(STYLES)
    roles = set(theme.fonts.roles)
    assert {style.char.font for style in theme.styles.values()} <= roles
    assert {theme.marks.strong.role, theme.marks.emphasis.role, theme.tables.header} <= roles


def test_body_paragraphs_keep_the_grid(theme: Theme) -> None:
    """Catches white above or below a paragraph, which would take a whole line each time."""
    for name in ("body", "foreword", "speech", "quotation", "list"):
        style = theme.styles[name]
        assert (style.before, style.after, style.space) == (0, 0, 0)
        assert style.leading == theme.page.leading


def test_two_lines_of_a_source_fit_one_line_of_the_grid(theme: Theme) -> None:
    """Catches half a line rounded up: the two would be raised to two whole lines."""
    assert theme.page.leading % theme.styles["sources"].leading <= 2
    assert 4 * theme.styles["note"].leading <= 3 * theme.page.leading


def test_the_bundled_faces_close_every_list(theme: Theme) -> None:
    """Catches a role that a machine without Chinese fonts could not play."""
    bundled = {"Fandol Fang", "Fandol Kai", "Noto Sans SC Medium", "Noto Serif SC Bold",
               "Noto Serif SC", "Noto Serif SC ExtraLight", "Tinos"}  # fmt: skip
    for role in theme.fonts.roles.values():
        assert role.han[-1] in bundled
        assert role.latin[-1] in bundled
    assert theme.fonts.fallback == ("Noto Serif SC", "Noto Sans SC Medium")


def test_themes_number_as_their_names_say() -> None:
    """Catches the orders swapped: 一、→1.→（一） is a house's, 一、→（一）→1. the standard's."""
    numbered = {
        name: [label(form, 1) for form in load_theme(name, Path()).headings[:4]]
        for name in ("briefing", "official")
    }
    assert numbered["briefing"] == ["一、", "1. ", "（一）", "（1）"]
    assert numbered["official"] == ["一、", "（一）", "1.", "（1）"]


def test_a_theme_of_a_few_lines_changes_only_these(tmp_path: Path) -> None:
    """Catches a merge that replaces a whole group by the one key given."""
    base = load_theme("briefing", Path())
    ours = written(
        tmp_path,
        "extends: briefing\ncolors: {red: '#aa0000'}\nstyles:\n  title: {size: 小一}\n",
    )
    assert ours.styles["masthead_name"].char.color == Color(0xAA, 0, 0)
    assert ours.styles["title"].char.size == pt(24)
    assert ours.styles["title"].char.font == base.styles["title"].char.font
    assert ours.styles["body"] == base.styles["body"]
    assert ours.headings == base.headings


def test_ems_follow_the_size_given_later(tmp_path: Path) -> None:
    """Catches an em resolved before the themes are merged."""
    ours = written(tmp_path, "extends: briefing\nstyles:\n  colophon: {size: 10pt}\n")
    assert ours.styles["colophon"].hang == pt(20)


def test_cells_and_lines_follow_the_page_given_later(tmp_path: Path) -> None:
    ours = written(tmp_path, "extends: briefing\npage: {characters: 26, lines: 20}\n")
    assert ours.styles["body"].indent == 2 * (mm(156) // 26)
    assert ours.styles["body"].leading == mm(225) // 20


def test_a_style_like_another_follows_it(tmp_path: Path) -> None:
    """Catches ``like`` resolved before the base style is changed."""
    ours = written(tmp_path, "extends: briefing\nstyles:\n  body: {font: song}\n")
    assert ours.styles["foreword"].char.font == "song"
    assert ours.styles["quotation"].char.font == "kai"


def test_a_theme_may_extend_a_file_beside_it(tmp_path: Path) -> None:
    """Catches a path that starts where the command was given."""
    (tmp_path / "house").mkdir()
    written(tmp_path, "extends: official\nlabels: {sources: 信息来源：}\n", "house/base.yaml")
    ours = written(tmp_path, "extends: base.yaml\nlabels: {report_to: 呈：}\n", "house/ours.yaml")
    assert ours.name == "ours"
    assert (ours.labels["sources"], ours.labels["report_to"]) == ("信息来源：", "呈：")


def test_a_theme_may_have_no_masthead(tmp_path: Path) -> None:
    assert (
        written(tmp_path, "extends: briefing\nmasthead: {arrangement: []}\n").masthead.arrangement
        == ()
    )


def test_a_list_that_needs_an_entry_says_so(tmp_path: Path) -> None:
    """Catches a message that calls the shape wrong, where the shape is right."""
    found = problems(tmp_path, "extends: briefing\nheadings: []\npage: {paper: []}\n")
    assert [name for name, _, _ in found] == ["empty-theme-list"] * 2
    assert found[0][1:] == ("[]", "“headings”是空的，这里至少要写一项")


def test_everything_wrong_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    """Catches a reader that stops at the first problem, or points at the wrong one."""
    text = """\
extends: briefing
pgae: {top: 1mm}
colors: {red: 红}
masthead: {name_max: 大}
start: {sections: yes}
folio: {middle: '第{pag}页'}
running_head: [a]
styles:
  title: {font: 魏碑, blod: true}
  item: {like: itme}
"""
    assert [(name, place) for name, place, _ in problems(tmp_path, text)] == [
        ("unknown-theme-key", "pgae"),
        ("wrong-theme-shape", "[a]"),
        ("unknown-theme-key", "blod"),
        ("bad-theme-value", "红"),
        ("bad-theme-value", "魏碑"),
        ("bad-theme-value", "itme"),
        ("bad-length", "大"),
        ("bad-theme-value", "yes"),
        ("bad-format", "'第{pag}页'"),
    ]


@pytest.mark.parametrize(
    "value", ["'{'", "'}'", "'{}'", "'{{page}}'", "'{page!r}'", "'{page:>9999}'", "'{page.real}'"]
)
def test_a_format_is_never_a_program(tmp_path: Path, value: str) -> None:
    """Catches a brace that would end in a traceback when the document is composed."""
    [(name, _, _)] = problems(tmp_path, f"extends: briefing\nfolio: {{middle: {value}}}\n")
    assert name == "bad-format"


def test_an_unknown_key_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        written(tmp_path, "extends: briefing\nstyles: {tilte: {size: 三号}}\n")
    [finding] = caught.value.findings
    assert finding.message() == "主题里没有“tilte”这一项"
    assert finding.hints()[0] == "最接近的是“title”"


def test_a_theme_alone_must_be_whole(tmp_path: Path) -> None:
    """Catches a KeyError where a theme forgets ``extends``."""
    found = problems(tmp_path, "colors: {ink: '#000000'}\n")
    assert {name for name, _, _ in found} == {"missing-theme-key"}
    assert "主题缺少“styles.body”" in {message for _, _, message in found}


@pytest.mark.parametrize("text", ["", "extends: briefing\npage: {lines: 0}\n", "- a\n", "甲\n"])
def test_odd_themes_end_in_a_finding(tmp_path: Path, text: str) -> None:
    """Catches a traceback: an empty file, a division by no lines, a list, a word."""
    assert problems(tmp_path, text)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        load_theme("breifing", Path())
    [finding] = caught.value.findings
    assert finding.message() == "没有名为“breifing”的主题"
    assert finding.hints()[0] == (
        "可用的主题：briefing（简报）、large-print（大字）、letter（信函）、minutes（纪要）、"
        "official（公文）、order（命令）、reference（内参）、word（Word）"
    )


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_theme("我们的.yaml", tmp_path)
    assert caught.value.findings[0].message() == "找不到主题文件“我们的.yaml”"


def test_themes_in_a_circle_are_told(tmp_path: Path) -> None:
    """Catches endless recursion, also through two spellings of one path."""
    (tmp_path / "a.yaml").write_text("extends: ./b.yaml\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("extends: ../" + tmp_path.name + "/a.yaml\n", "utf-8")
    with pytest.raises(InputError) as caught:
        load_theme("a.yaml", tmp_path)
    assert caught.value.findings[0].kind.name == "theme-extends-itself"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("公文", "official"), ("公文式", "official"), ("信函", "letter"), ("内参", "reference")],
)
def test_themes_go_by_what_editors_call_them(name: str, expected: str) -> None:
    assert load_theme(name, Path()) == load_theme(expected, Path())


def test_a_theme_of_ones_own_of_that_name_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches an office's 公文.yaml that is never read."""
    (tmp_path / "公文.yaml").write_text("extends: briefing\n", "utf-8")
    monkeypatch.setenv("BRIEFTEX_THEMES", str(tmp_path))
    assert load_theme("公文", Path()).headings == load_theme("briefing", Path()).headings


@pytest.mark.parametrize("name", ["印刷", "印刷版", "print"])
def test_editions_go_by_what_editors_call_them(name: str) -> None:
    assert load_theme("briefing", Path(), name) == load_theme("briefing", Path(), "print")
    assert edition_named(name) == "print"
    assert edition_named("我们的.yaml") == "我们的.yaml"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("colors: {red: '#aa0000'}\nstyles: {body: {color: '#333333'}}\n", ()),
        ("page: {left: 20mm}\ncodes: {size: 15mm}\nmasthead: {rule_color: red}\n", ()),
        ("page: {lines: 20}\nlabels: {sources: 源：}\n", ("page", "labels")),
        ("extends: reference\nstyles: {folio: {size: 小四}}\n", None),
    ],
)
def test_an_edition_that_moves_lines_is_known(
    text: str, keys: tuple[str, ...] | None, tmp_path: Path
) -> None:
    """Catches an edition whose pages are not those of the others, and nobody is told."""
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    found = load_theme("briefing", tmp_path, str(tmp_path / "ours.yaml")).set_anew
    assert found == keys if keys is not None else "styles" in found


def test_the_editions_that_move_lines_are_the_large_one() -> None:
    moving = [name for name in edition_names() if load_theme("briefing", Path(), name).set_anew]
    assert moving == ["large"]
