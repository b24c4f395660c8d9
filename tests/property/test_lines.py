"""What must hold of every line, whatever the text and the measure."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import combining

import pytest
from helpers.fontfiles import bundled_face
from helpers.specimens import CHAR, FONT, justified_gaps, style
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from property.strategies import EM, any_texts, items, shaper, short_texts, texts, without_blanks

from brieftex.fonts.face import Face, ShapedText
from brieftex.fonts.report import FontBook, Role
from brieftex.layout.dump import line_text
from brieftex.layout.lines import linebreak
from brieftex.layout.lines.linebreak import (
    Measures,
    break_first_fit,
    break_total_fit,
    looseness_demerits,
    preferred_stretch_demerits,
    tightness_demerits,
)
from brieftex.layout.lines.lineset import Slot, set_line
from brieftex.layout.lines.paragraph import (
    Setting,
    beginning,
    in_place,
    natural_line,
    set_text,
    with_digits_of,
)
from brieftex.layout.page import Line
from brieftex.styled.styles import Align, Kinsoku, LineBreaking, LineRules, Punctuation
from brieftex.styled.text import RubyText, Text, TextRun
from brieftex.text import parameters
from brieftex.text.classify import classify
from brieftex.text.clreq import Gap
from brieftex.text.columns import Columns
from brieftex.text.itemize import Items
from brieftex.text.shaping import Shaper

measures = st.integers(min_value=6, max_value=40).map(lambda ems: ems * EM)
rules = st.builds(
    LineRules,
    kinsoku=st.sampled_from(Kinsoku),
    punctuation=st.sampled_from(Punctuation),
    script_gap=st.sampled_from([(125, 125, 500), (250, 125, 500), (0, 0, 250)]),
    hanging=st.booleans(),
    trim_start=st.booleans(),
    trim_first=st.booleans(),
)


def lines_of(made: Items, measure: int, indent: int = 0) -> list[Line]:
    """Set a paragraph with total fit."""
    breaks = break_total_fit(made.columns, Measures(measure - indent, measure))
    return [
        set_line(made, a, b, Slot(measure - (0 if a else indent), 0 if a else indent))
        for a, b in pairwise((0, *breaks))
    ]


def cost_of(columns: Columns, breaks: list[int], first: int, rest: int) -> int:
    """What a way to break costs, reckoned line by line from the columns alone."""
    total, before = 0, False
    for a, b in pairwise((0, *breaks)):
        demerits, pushed = line_cost(columns, a, b, rest if a else first)
        total += demerits + (parameters.CONSECUTIVE_PUSHED if pushed and before else 0)
        before = pushed
    return total


def line_cost(columns: Columns, a: int, b: int, measure: int) -> tuple[int, bool]:
    """What the line of units a up to b costs, and whether it is pushed out."""
    slack = measure - columns.natural(a, b)
    last, mean, total = b == len(columns), 0, 0
    if slack < 0:
        total += tightness_demerits(-slack, columns.shrink(a, b), columns.em)
    elif not last:
        mean = columns.looseness(a, b, measure)
        total += looseness_demerits(mean)
        if columns.preferred_stretch(a, b):
            total += preferred_stretch_demerits(slack, columns.preferred_stretch(a, b))
    if last:
        few = sum(columns.full[a:b]) < 2
        total += parameters.RUNT_DEMERITS if few and a else 0
    else:
        total += columns.penalties[columns.breaks.index(b)]
    return total, mean > parameters.PUSHED_FROM


def all_paths(columns: Columns) -> list[list[int]]:
    """Every set of breaks that ends at the end."""
    inner = columns.breaks[:-1]
    return [
        [b for k, b in enumerate(inner) if choice >> k & 1] + columns.breaks[-1:]
        for choice in range(1 << len(inner))
    ]


@given(short_texts, st.integers(min_value=3, max_value=9), st.integers(0, 2))
def test_total_fit_has_the_least_demerits_of_all_paths(text: str, ems: int, indent: int) -> None:
    """Ensures that pruning and windows never lose the best way (brute force knows it)."""
    made = items(text).columns
    assume(1 <= len(made.breaks) <= 13)
    first, rest = (ems - indent) * EM, ems * EM
    found = break_total_fit(made, Measures(first, rest))
    least = min(cost_of(made, node, first, rest) for node in all_paths(made))
    assert cost_of(made, found, first, rest) == least


@given(texts, st.integers(min_value=3, max_value=20), st.integers(0, 2))
@settings(max_examples=40)
def test_what_is_likely_does_not_change_the_lines(text: str, ems: int, indent: int) -> None:
    """Ensures that of several best paths the same one is found with a small bound as with that
    of first fit."""
    made = items(text).columns
    measures = Measures((ems - indent) * EM, ems * EM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linebreak, "LIKELY", ())
        plain = break_total_fit(made, measures)
    assert break_total_fit(made, measures) == plain


def least_demerits(columns: Columns, first: int, rest: int) -> int:
    """The demerits of the best path, by looking at every line between two breaks: no window, no
    pruning, the demerits of a line as ``cost_of`` reckons them."""
    known = {(0, False): 0}
    for b in columns.breaks:
        for a in (0, *columns.breaks):
            if a >= b:
                break
            demerits, pushed = line_cost(columns, a, b, rest if a else first)
            for before in (False, True):
                if (a, before) in known:
                    more = parameters.CONSECUTIVE_PUSHED if pushed and before else 0
                    total = known[a, before] + demerits + more
                    known[b, pushed] = min(known.get((b, pushed), total), total)
    end = columns.breaks[-1]
    return min(known[key] for key in ((end, False), (end, True)) if key in known)


@given(texts, st.integers(min_value=3, max_value=20), st.integers(0, 2))
@settings(max_examples=60)
@example("测标印印印试印文体试印试体文印字排点字，文文abc体", 8, 0)
def test_total_fit_of_many_lines_has_the_least_demerits(text: str, ems: int, indent: int) -> None:
    """Ensures that what the search leaves out could not be part of the best path, in
    paragraphs of many lines: each of its prices is at work there."""
    made = items(text).columns
    assume(made.breaks)
    first, rest = (ems - indent) * EM, ems * EM
    found = break_total_fit(made, Measures(first, rest))
    assume(len(found) < linebreak.AHEAD)
    assert cost_of(made, found, first, rest) == least_demerits(made, first, rest)


@given(st.lists(texts, min_size=1, max_size=6).map("".join), st.integers(6, 14))
def test_a_long_text_is_broken_by_parts(text: str, ems: int) -> None:
    """Ensures that what is done for very long paragraphs, tried on short ones, gives whole
    paragraphs, never better than the search of the whole, and nothing that sticks out where
    first fit has nothing that does."""
    made = items(text).columns
    assume(len(made))
    measures_ = Measures(ems * EM, ems * EM)
    exact, first = break_total_fit(made, measures_), break_first_fit(made, measures_)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linebreak, "AHEAD", 4)
        patch.setattr(linebreak, "KEPT", 3)
        by_parts = break_total_fit(made, measures_)
    exactly, long_, by_line = (cost_of(made, way, ems * EM, ems * EM) for way in
                               (exact, by_parts, first))  # fmt: skip
    assert by_parts == sorted(set(by_parts))
    assert by_parts[-1] == len(made)
    assert exactly <= long_
    assert long_ < parameters.OVERFULL or by_line >= parameters.OVERFULL


@given(texts, measures)
def test_total_fit_is_never_dearer_than_first_fit(text: str, measure: int) -> None:
    """Ensures that looking ahead pays, at lengths that brute force cannot reach."""
    made = items(text).columns
    assume(len(made))
    both = [f(made, Measures(measure, measure)) for f in (break_total_fit, break_first_fit)]
    total, first = (cost_of(made, node, measure, measure) for node in both)
    assert total <= first


@given(texts, measures, rules)
def test_justified_lines_fill_the_measure_exactly(
    text: str, measure: int, chosen: LineRules
) -> None:
    """Ensures that no rounding remains: the width is the measure to the scaled point."""
    made = items(text, chosen)
    assume(made.pieces)
    for line in lines_of(made, measure)[:-1]:
        # Nothing in a line without a gap that stretches can fill it.
        a = made.starts.index(line.start)
        b = len(made.pieces) if line.end == made.starts[-1] else made.starts.index(line.end)
        columns = made.columns
        slack = measure - columns.natural(a, b)
        possible = columns.stretch_weight(a, b) > 0 if slack > 0 else -slack <= columns.shrink(a, b)
        if possible:
            assert line.width == measure


@given(any_texts, measures, rules)
@example("！！", 6 * EM, LineRules())
@example("(", 6 * EM, LineRules())
@example("中\u0301文", 6 * EM, LineRules())
def test_text_is_conserved(text: str, measure: int, chosen: LineRules) -> None:
    """Ensures that no character is lost, doubled or moved: only spaces go, and characters
    that are nothing but instructions to the breaker."""
    made = items(text, chosen)
    assume(made.pieces)
    shown = "".join(line_text(line) for line in lines_of(made, measure))
    assert without_blanks(shown) == without_blanks(text)


@given(texts, measures, st.sampled_from(Kinsoku))
@example("中中AI… ……", 6 * EM, "basic")  # a space parts one mark from two halves
def test_no_line_begins_or_ends_with_a_forbidden_mark(
    text: str, measure: int, kinsoku: str
) -> None:
    """Ensures 避头尾 at every level (GB/T 15834 5.1)."""
    made = items(text, LineRules(kinsoku=Kinsoku(kinsoku)))
    assume(made.pieces)
    classes = classify(text)
    set_lines = lines_of(made, measure)
    lines = [line_text(line) for line in set_lines]
    for set_line_, line in zip(set_lines[1:], lines[1:], strict=True):
        assert line[0] not in "，。、；：？！）》”’〕·～％"
        if kinsoku == "strict":
            assert classes[set_line_.start] not in "DE"
    for line in lines[:-1]:
        assert line[-1] not in "（《“‘〔"
    for line_ in set_lines[1:]:
        pair = text[line_.start - 1 : line_.start + 1]
        if pair in ("——", "……"):  # a longer row may break between its pairs
            before = text[: line_.start]
            assert (len(before) - len(before.rstrip(pair[0]))) % 2 == 0


@given(texts, measures, rules)
def test_marks_and_gaps_keep_their_bounds(text: str, measure: int, chosen: LineRules) -> None:
    """Ensures that each gap of a line shrinks by no more than its marks can give, that none of a
    stretched line is narrower than it is by nature, and none of a kept word ever changes."""
    made = items(text, chosen)
    columns = made.columns
    breaks = break_total_fit(columns, Measures(measure, measure))
    for a, b in pairwise((0, *breaks)):
        gaps = justified_gaps(columns, a, b, measure)
        slack = measure - columns.natural(a, b)
        assert len(gaps) == b - a - 1
        for i, gap in enumerate(gaps, a):
            change = gap - columns.gaps[i]
            assert change >= (-columns.shrinks[i] if slack < 0 else 0)
            assert change <= 0 or slack > 0
            assert change <= 0 or columns.kinds[i] != Gap.FIXED


@given(texts, st.integers(min_value=6, max_value=39))
def test_first_fit_ends_no_line_where_a_cheaper_one_was(text: str, ems: int) -> None:
    """Ensures that first fit, which does not look ahead, takes the line with the fewest demerits
    of all that could begin where it is, and that a wider measure takes no more lines but where a
    token or a runt is worth one."""
    made = items(text).columns
    assume(len(made))
    narrow, wide = (break_first_fit(made, Measures(m * EM, m * EM)) for m in (ems, ems + 1))
    for a, b in pairwise((0, *narrow)):
        best = min(line_cost(made, a, end, ems * EM)[0] for end in made.breaks if end > a)
        assert line_cost(made, a, b, ems * EM)[0] == best
    assert len(wide) <= len(narrow) + sum(price > 0 for price in made.penalties) + 1


western = st.lists(
    st.sampled_from(["ab", "c", "12", "-", "/", ".", "=", "\u0301", "\u0308", "https://ab.cn/"]),
    min_size=2,
    max_size=30,
).map("".join)


@given(western)
@example("ab-\u0301cd")
@example("https://ab.cn/\u0301d")
@example("abcdefghijklmnopqrstuvwxyz=\u0301ab")
def test_no_line_begins_with_a_mark_that_combines(text: str) -> None:
    """Ensures that no break parts a character from the marks on it (UAX #14, LB9)."""
    made = items(text)
    assert [b for b in made.columns.breaks[:-1] if combining(text[made.starts[b]])] == []


@settings(max_examples=40)
@given(any_texts | texts, measures, rules, st.booleans())
@example("a documentation of international organizations", 6 * EM, LineRules(), True)
@example("中e\u0301文 a\u0301b（字", 6 * EM, LineRules(), False)
def test_glyphs_stand_where_widths_and_gaps_put_them(
    text: str, measure: int, chosen: LineRules, hyphenate: bool
) -> None:
    """Ensures that a line shows each of its units behind the widths and the gaps before it, marks
    over their letters, spaces within their gaps, and the hyphen behind all of them."""
    made = items(text, replace(chosen, hyphenate=hyphenate))
    assume(made.pieces)
    columns = made.columns
    breaks = break_total_fit(columns, Measures(measure, measure))
    for a, b in pairwise((0, *breaks)):
        line = set_line(made, a, b, Slot(measure))
        wanted = []
        gaps = columns.gaps[a : b - 1]
        if columns.natural(a, b) > measure or not columns.is_forced(b):
            gaps = justified_gaps(columns, a, b, measure)
        x = -columns.trim_start[a]
        if not a:
            excess = columns.natural(a, b) + sum(gaps) - sum(columns.gaps[a : b - 1]) - measure
            x -= min(columns.lead, max(0, excess))
        for i, gap in zip(range(a, b), (*gaps, 0), strict=True):
            shown = [(made.pieces[i], x), *((mark, x) for mark in made.pieces[i].over)]
            x += made.pieces[i].width
            if i in made.spaces and i + 1 < b:
                shown.append((made.spaces[i], x))
            if b in made.hyphens and i + 1 == b:
                shown.append((made.hyphens[b], x))
            for piece, left in shown:
                wanted += [
                    (glyph, left + offset)
                    for glyph, offset in zip(piece.glyphs, piece.xs, strict=True)
                ]
            x += gap
        assert [
            (glyph, at) for run in line.runs for glyph, at in zip(run.glyphs, run.xs, strict=True)
        ] == wanted


@given(
    short_texts | any_texts,
    st.integers(0, 20),
    rules,
    st.sampled_from(LineBreaking),
    st.fixed_dictionaries(
        {
            "align": st.sampled_from(Align),
            "balance": st.booleans(),
            **dict.fromkeys(("indent", "hang", "left", "right"), st.sampled_from([0, 0, EM])),
        }
    ),
    st.sampled_from(["plain", "large", "mixed", "ruby"]),
    st.booleans(),
)
@example("中文\n字", 9, LineRules(), LineBreaking.TOTAL, {}, "plain", False)
@example("“中文", 9, LineRules(), LineBreaking.TOTAL, {}, "plain", False)
@example("中AI", 12, LineRules(), LineBreaking.TOTAL, {}, "large", False)
@example("中文", 2, LineRules(), LineBreaking.TOTAL, {"align": Align.RIGHT}, "plain", False)
def test_a_natural_line_in_its_place_is_the_line_that_is_set(
    words: str,
    ems: int,
    chosen: LineRules,
    breaking: LineBreaking,
    fields: dict[str, object],
    look: str,
    codes: bool,
) -> None:
    """Ensures that a text whose natural line is put in its place is set as just this line, with
    the same findings, and that one of letters is so wherever it fits."""
    assume(words)
    large = replace(CHAR, size=2 * EM)
    runs = (TextRun(len(words), large if look == "large" else CHAR, 0),)
    if look == "mixed" and len(words) > 1:
        runs = (TextRun(1, CHAR, 0), TextRun(len(words), replace(CHAR, size=EM // 2), 1))
    rubies = (RubyText(0, 1, "zhong", replace(CHAR, size=EM // 2), 1, 0),) * (look == "ruby")
    text = Text(words, runs, rubies=rubies)
    made = Setting(shaper(), replace(chosen, breaking=breaking, codes=codes), ("字体",))
    shape, measure = style(**fields), ems * EM
    natural = natural_line(text, made)
    line = in_place(natural, shape, measure)
    if line is not None:
        assert set_text(text, shape, measure, made) == [line]
    elif look == "plain" and words.isalnum():
        assert natural.width > measure - shape.left - shape.right - shape.indent


class UnevenFace(Face):
    """The test font with a narrow 1 and without a 7."""

    def shape(self, text: str) -> ShapedText:
        """As the font does, but for the width of 1."""
        shaped = super().shape(text)
        pairs = zip(shaped.advances, shaped.clusters, strict=True)
        return replace(shaped, advances=tuple(w // 2 if text[c] == "1" else w for w, c in pairs))

    def glyph(self, char: str) -> int:
        """As the font does, but for 7."""
        return 0 if char == "7" else super().glyph(char)


UNEVEN = UnevenFace(FONT)

FOLIOS = "0123456789 第页共年期—-./·A%、（）\u3000\u00a0"


@given(
    st.text(FOLIOS, min_size=1, max_size=14),
    st.lists(st.sampled_from("0123456789"), min_size=14, max_size=14),
    rules,
    st.booleans(),
    st.booleans(),
)
@example("第 1 页 共 61 页", [*"99999999999999"], LineRules(), False, False)
@example("第 1 页 共 61 页", [*"99999999999999"], LineRules(), False, True)
@example("第 2 页", [*"77777777777777"], LineRules(), False, True)
@example("1页A1", [*"77777777777777"], LineRules(), False, False)
@example("第1-1页", [*"42424242424242"], LineRules(), False, False)
def test_a_line_with_other_numbers_is_the_natural_line(
    words: str, digits: list[str], chosen: LineRules, codes: bool, uneven: bool
) -> None:
    """Ensures that a folio made from that of another page is the one that would be set."""
    others = "".join(new if c.isdecimal() else c for c, new in zip(words, digits, strict=False))
    face = UNEVEN if uneven else shaper().table(CHAR)["中"].face
    fonts = Shaper(FontBook({"body": Role((face,), (face,))}, ()))
    made = Setting(fonts, replace(chosen, codes=codes))
    one, two = (Text(w, (TextRun(len(w), CHAR, -1),)) for w in (words, others))
    line = natural_line(one, made)
    found = with_digits_of(line, others, made) if line.runs else None
    if found is not None:
        assert found == natural_line(two, made)
        assert line == natural_line(one, made)


@pytest.mark.parametrize("form", ["第 {} 页 共 {} 页", "第{}页", "— {} —", "{}"])
def test_folios_are_made_from_one_another(form: str) -> None:
    """Ensures that the usual ones are not set anew for each page."""
    one, other = form.format(12, 61), form.format(70, 89)
    line = natural_line(Text(one, (TextRun(len(one), CHAR, -1),)), Setting(shaper(), LineRules()))
    made = with_digits_of(line, other, Setting(shaper(), LineRules()))
    assert made is not None
    assert line_text(made) == line_text(line).replace("12", "70").replace("61", "89")


@pytest.mark.parametrize("char", [*"·.…—、。（“-_中1af", ". ", "ab"])
@pytest.mark.parametrize("name", ["Tinos-Regular.ttf", "NotoSerifSC-Regular.ttf", ""])
def test_the_beginning_of_a_row_is_the_natural_line(char: str, name: str) -> None:
    """Ensures that leaders cut from the longest are those that would be set, whatever stands
    between two of them and how the last one ends; rows of dots are cut indeed."""
    face = bundled_face(name) if name else shaper().table(CHAR)["中"].face
    made = Setting(Shaper(FontBook({"body": Role((face,), (face,))}, ())), LineRules())
    line, *lines = (
        natural_line(Text(char * k, (TextRun(len(char) * k, CHAR, -1),)), made)
        for k in (40, 1, 2, 7, 30, 40)
    )
    for wanted in lines:
        found = beginning(line, len(wanted.text.text))
        assert found in (None, wanted)
        assert found is not None or char not in "·."
