from __future__ import annotations

from pathlib import Path

import pytest
from helpers.issues import Manuscript, role_path
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.inline import rubies
from brieftex.diagnostics import OffsetMap
from brieftex.document.styles import MarkLook
from brieftex.input.theme import load_theme
from brieftex.model.content import Body, Inline, Mark, NoteCall, Paragraph, Ruby, Stretch
from brieftex.model.theme import MarkRules
from brieftex.styled.styles import CharStyle
from brieftex.styled.text import Text
from brieftex.units import pt

THEME = load_theme("briefing", Path())


def composed(*stretches: Stretch, text: str = "甲乙丙丁", calls: tuple[NoteCall, ...] = (),
             words: str = "") -> tuple[Draft, Text]:  # fmt: skip
    script = Manuscript()
    inline = script.write(text, *stretches, calls=calls)
    draft = Draft(script.issue(), THEME)
    note = (Paragraph(script.write("注")),)
    with draft.body(Body((), (("a", note), ("b", note)))):
        text_ = draft.text(inline, draft.style("body").char, draft.node("P"), words)
    return draft, text_


def test_marks_become_faces() -> None:
    """Catches marks swapped, and a mark that runs over its end."""
    _, text = composed(Stretch(0, 1, Mark.STRONG), Stretch(2, 3, Mark.EMPHASIS))
    assert [(run.end, run.style.font) for run in text.runs] == [
        (1, "hei"), (2, "body"), (3, "kai"), (4, "body"),
    ]  # fmt: skip


def test_code_keeps_the_face_of_the_text() -> None:
    _, text = composed(Stretch(0, 2, Mark.CODE))
    assert [run.style.font for run in text.runs] == ["body"]


def test_a_link_of_several_faces_is_one_node() -> None:
    """Catches a link that a screen reader would announce once for each face."""
    draft, text = composed(Stretch(0, 1, href="http://a"), Stretch(1, 3, Mark.STRONG, "http://a"))
    assert [run.href for run in text.runs] == ["http://a", "http://a", None]
    assert text.runs[0].node == text.runs[1].node != text.runs[2].node
    assert [node.role for node in draft.nodes].count("Link") == 1


def test_links_side_by_side_are_two_nodes() -> None:
    """Catches two links run together because they touch, or because they lead alike."""
    _, text = composed(Stretch(0, 1, href="http://a"), Stretch(1, 2, href="http://b"),
                           Stretch(3, 4, href="http://b"))  # fmt: skip
    nodes = [run.node for run in text.runs if run.href]
    assert len(nodes) == len(set(nodes)) == 3


def test_a_call_stands_raised_before_its_character() -> None:
    """Catches a call one character off, one that is no Reference under its paragraph, and one
    that does not lead to its note."""
    draft, text = composed(calls=(NoteCall(2, "a"), NoteCall(4, "b")))
    assert text.text == "甲乙[1]丙丁[2]"
    assert text.calls == ((2, 0), (7, 1))
    call = text.runs[1]
    assert role_path(draft, call.node) == "Document/P/Reference/Link"  # type: ignore[arg-type]
    assert call.href == "#note-1"
    assert 0 < call.style.rise < call.style.size < text.runs[0].style.size


def test_a_note_called_twice_keeps_its_number() -> None:
    _, text = composed(calls=(NoteCall(1, "b"), NoteCall(1, "a"), NoteCall(3, "b")))
    assert text.text == "甲[1][2]乙丙[1]丁"


def test_a_call_within_a_stretch_stands_between_two_parts_of_the_link() -> None:
    """Catches tags in which the call is read behind all of the link."""
    draft, text = composed(Stretch(0, 4, href="http://a"), calls=(NoteCall(2, "a"),))
    assert [run.href for run in text.runs] == ["http://a", "#note-1", "http://a"]
    assert text.runs[0].node < text.runs[1].node < text.runs[2].node
    assert {draft.nodes[run.node].role for run in text.runs} == {"Link"}


def test_every_character_knows_its_place() -> None:
    """Catches places shifted by a label or by a call before the character."""
    draft, text = composed(words="（一）", calls=(NoteCall(2, "a"),))
    source = draft.issue.source.text
    read_back = "".join(source[text.origin.source(offset)] for offset in range(len(text.text)))
    assert text.text == "（一）甲乙[1]丙丁"
    assert read_back == "甲甲甲甲乙丙丙丙丙丁"


def test_a_map_of_several_pieces_is_kept() -> None:
    """Catches a map read only at the start of a stretch: a body has a piece for each line."""
    inline = Inline("甲乙丙丁", OffsetMap((0, 1, 3), (5, 16, 40)), (Stretch(1, 2, Mark.STRONG),))
    script = Manuscript(" " * 60)
    draft = Draft(script.issue(), THEME)
    text = draft.text(inline, draft.style("body").char, 0)
    assert [text.origin.source(offset) for offset in range(4)] == [5, 16, 17, 40]


@st.composite
def inlines(draw: st.DrawFn) -> tuple[str, list[Stretch], list[NoteCall]]:
    text = draw(st.text("甲乙a1，\n“", min_size=0, max_size=12))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    hrefs = st.sampled_from([None, "http://a", "http://b"])
    marks = st.sampled_from([Mark.STRONG, Mark.EMPHASIS, Mark.CODE, Mark.STRONG | Mark.EMPHASIS])
    stretches = [
        Stretch(start, end, draw(marks), draw(hrefs))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]
    at = sorted(draw(st.lists(st.integers(0, len(text)), max_size=3)))
    return text, stretches, [NoteCall(place, draw(st.sampled_from("ab"))) for place in at]


@given(inlines())
def test_no_character_is_lost_or_lent(given_: tuple[str, list[Stretch], list[NoteCall]]) -> None:
    """Catches any cut at stretches and calls that drops, doubles or moves a character."""
    text, stretches, calls = given_
    draft, made = composed(*stretches, text=text, calls=tuple(calls))
    kept, start = "", 0
    for run in made.runs:
        part = made.text[start : run.end]
        reference = draft.nodes[draft.nodes[run.node].parent].role == "Reference"
        kept += "" if reference else part
        if not reference:
            places = [made.origin.source(offset) for offset in range(start, run.end)]
            assert "".join(draft.issue.source.text[place] for place in places) == part
        start = run.end
    assert kept == text
    assert start == len(made.text)
    assert len(made.calls) == len(calls)


def test_what_is_highlighted_has_dots() -> None:
    """Catches dots lost when words are bold as well."""
    marks = Mark.STRONG | Mark.HIGHLIGHT
    _, text = composed(Stretch(0, 1, Mark.HIGHLIGHT), Stretch(2, 3, marks))
    assert [(run.style.font, run.style.dot > 0) for run in text.runs] == [
        ("body", True), ("body", False), ("hei", True), ("body", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("font", "look", "expected"),
    [
        ("body", MarkLook(bold=True), ("body", 480, 0)),
        ("song", MarkLook(bold=True), ("title", 0, 0)),
        ("body", MarkLook("kai", bold=True), ("kai", 480, 0)),
        ("body", MarkLook("song", bold=True, dots=True), ("title", 0, 2880)),
        ("body", MarkLook(dots=True), ("body", 0, 2880)),
    ],
)
def test_bold_is_a_heavier_face_or_an_outline(
    font: str, look: MarkLook, expected: tuple[str, int, int]
) -> None:
    """Catches a heavy face outlined on top, and a light one left as it is."""
    marks = MarkRules(look, look, look, {"song": "title"}, 30, 180, 500, THEME.marks.link)
    style = marks.looking(CharStyle(font, pt(16)), look)
    per_em = 1000 / pt(1)
    assert (style.font, round(style.stroke * per_em), round(style.dot * per_em)) == expected


def with_ruby(href: str | None = None) -> tuple[Draft, Text]:
    script = Manuscript()
    inline = script.write("见甪直镇", *([Stretch(1, 3, Mark.NONE, href)] if href else []))
    inline = replace(inline, rubies=(Ruby(1, 3, "lù zhí", 99),))
    draft = Draft(script.issue(), THEME)
    return draft, draft.text(inline, draft.style("body").char, draft.node("P"), "一、")


def test_a_reading_has_its_place_and_nodes() -> None:
    """Catches a reading off by the label before it, and a tree that PDF/UA refuses."""
    draft, text = with_ruby()
    assert [(r.start, r.end, r.text, r.at) for r in text.rubies] == [
        (3, 4, "lù", 99), (4, 5, "zhí", 99),
    ]  # fmt: skip
    base, above = text.runs[1].node, text.rubies[0].node
    assert [draft.nodes[node].role for node in (base, above)] == ["RB", "RT"]
    ruby = draft.nodes[base].parent
    assert draft.nodes[ruby].role == "Ruby"
    assert draft.nodes[above].parent == ruby
    assert text.rubies[0].style.size == text.runs[0].style.size // 2


def test_a_reading_in_a_link_belongs_to_it() -> None:
    draft, text = with_ruby("http://a")
    ruby = draft.nodes[text.runs[1].node].parent
    assert draft.nodes[draft.nodes[ruby].parent].role == "Link"


@pytest.mark.parametrize(
    ("base", "reading", "expected"),
    [
        ("魑魅", "chī mèi", ["chī", "mèi"]),
        ("魑魅", "chī\u3000mèi", ["chī", "mèi"]),
        ("囹圄", "零雨", ["零", "雨"]),
        ("张掖", "Zhāngyè", ["Zhāngyè"]),
        ("甲乙丙", "jiǎ yǐ", ["jiǎ yǐ"]),
        ("AI", "a b", ["a b"]),
    ],
)
def test_readings_by_character_where_they_match(
    base: str, reading: str, expected: list[str]
) -> None:
    parts = rubies(base, reading)
    assert [text for _, _, text in parts] == expected
    assert (parts[0][0], parts[-1][1]) == (0, len(base))
