"""Lines from the cache are the lines that would be set."""

from __future__ import annotations

from functools import cache

from helpers.specimens import CHAR, EM, setting, shaper, style
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from property.strategies import texts

from brieftex.diagnostics import Finding, OffsetMap
from brieftex.layout.lines import paragraph
from brieftex.layout.lines.cache import LineCache
from brieftex.layout.lines.paragraph import Setting, natural_line, set_text
from brieftex.layout.page import Line
from brieftex.styled.styles import Align
from brieftex.styled.text import Text, TextRun

STYLES = [style(indent=2 * EM), style(align=Align.CENTER)]


@cache
def fresh() -> Setting:
    return setting()


@st.composite
def placed_texts(draw: st.DrawFn) -> Text:
    """Texts in two styles and with links, somewhere in a file and in a structure."""
    words = draw(texts)
    cut = draw(st.integers(0, len(words)))
    node, at = draw(st.integers(0, 3)), draw(st.integers(0, 50))
    runs = [TextRun(cut, CHAR, node)] if cut else []
    if cut < len(words):
        href = draw(st.sampled_from([None, "https://example.org"]))
        runs.append(TextRun(len(words), CHAR, draw(st.sampled_from([-1, node, node + 2])), href))
    middle = draw(st.integers(1, max(len(words) - 1, 1)))
    origin = OffsetMap((0, middle), (at, at + middle + draw(st.integers(0, 3))))
    return Text(words, tuple(runs), origin)


@given(st.lists(st.lists(placed_texts(), max_size=4), min_size=1, max_size=3))
def test_cache_changes_nothing(settings: list[list[Text]]) -> None:
    """Ensures that lines, their places and what is reported of them are those of a fresh
    setting, whatever was set before."""
    cache, plain = LineCache(), fresh()
    expected = {
        text: ([set_text(text, look, 12 * EM, plain) for look in STYLES], natural_line(text, plain))
        for issue in settings
        for text in issue
    }
    for issue in [*settings, settings[0], settings[0]]:
        cache.begin(plain.shaper, plain.rules, plain.keep)
        kept = replace(plain, cache=cache)
        for text in (*issue, *reversed(issue)):
            paragraphs, line = expected[text]
            for look, wanted in zip(STYLES, paragraphs, strict=True):
                known = set_text(text, look, 12 * EM, kept)
                assert known == wanted
                assert [*map(told, known)] == [*map(told, wanted)]
            assert natural_line(text, kept) == line


def told(line: Line) -> list[Finding]:
    return [*line.reported()]


def test_what_is_known_is_not_set_again(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    text = Text("中文字体", (TextRun(4, CHAR, 1, "https://a"),), OffsetMap((0,), (7,)))
    cache, made = LineCache(), fresh()
    for _ in range(2):
        cache.begin(made.shaper, made.rules, made.keep)
        first = set_text(text, STYLES[0], 12 * EM, replace(made, cache=cache))
        monkeypatch.setattr(paragraph, "itemize", None)
    cache.begin(made.shaper, made.rules, made.keep)
    elsewhere = replace(
        text, origin=OffsetMap((0,), (9,)), runs=(TextRun(4, CHAR, 5, "https://a"),)
    )
    moved = set_text(elsewhere, STYLES[0], 12 * EM, replace(made, cache=cache))
    assert [run.node for line in moved for run in line.runs] == [5]
    assert [link[-1] for line in moved for link in line.links] == [5]
    assert [line.text for line in moved] == [elsewhere]
    assert [line.runs[0].xs for line in moved] == [line.runs[0].xs for line in first]


def test_what_is_known_by_its_parts_keeps_their_distance() -> None:
    """Ensures that text in elements that lie otherwise in the tree is another text."""
    cache, made = LineCache(), fresh()
    for nodes in ((4, 7), (1, 2), (8, 8), (0, 3)):
        runs = tuple(TextRun(end, CHAR, node) for end, node in zip((2, 4), nodes, strict=True))
        text = Text("中文字体", runs)
        cache.begin(made.shaper, made.rules, made.keep)
        (line,) = set_text(text, STYLES[0], 12 * EM, replace(made, cache=cache))
        assert tuple(run.node for run in line.runs) == nodes


def test_other_rules_words_and_faces_are_another_matter() -> None:
    """Ensures that a theme's other rules, words that an issue keeps together and faces reach lines
    that are known, and that a call stands where it does now."""
    words = "中文word字体" * 6
    texts = [Text(words, (TextRun(len(words), CHAR, 1),), calls=((at, 0),)) for at in (10, 11)]
    cache, made = LineCache(), fresh()
    other = replace(made, shaper=shaper.__wrapped__())
    gap, kept = setting(script_gap=(0, 0, 0)), setting(keep=("体中文", "字体中"))
    for now in (made, gap, made, kept, made, other):
        cache.begin(now.shaper, now.rules, now.keep)
        for text in texts:
            lines = set_text(text, STYLES[0], 12 * EM, replace(now, cache=cache))
            assert lines == set_text(text, STYLES[0], 12 * EM, now)


def test_the_forgotten() -> None:
    """Ensures that an editor's day does not fill the cache: a text that does not come again
    is let go."""
    cache, made = LineCache(), fresh()
    for words in ("甲", "乙", "丙"):
        cache.begin(made.shaper, made.rules, made.keep)
        text = Text(words, (TextRun(1, CHAR, 1),))
        set_text(text, STYLES[0], 12 * EM, replace(made, cache=cache))
    assert cache._lines.size == 2
