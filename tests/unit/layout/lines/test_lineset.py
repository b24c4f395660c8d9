from __future__ import annotations

import pytest
from helpers.fontfiles import bundled_face
from helpers.specimens import CHAR, EM, FONT, items, plain, shaper
from msgspec.structs import replace

from brieftex.fonts.face import Face
from brieftex.fonts.locations import bundled_folder
from brieftex.fonts.report import FontBook, Role
from brieftex.layout.dump import line_text
from brieftex.layout.lines.lineset import Slot, set_line
from brieftex.layout.page import Line
from brieftex.styled.styles import Align, LineBreaking, LineRules
from brieftex.styled.text import Text, TextRun
from brieftex.text.itemize import itemize
from brieftex.text.shaping import Shaper


def xs(line: Line) -> list[float]:
    """The origins of a line's glyphs, em."""
    return [x / EM for run in line.runs for x in run.xs]


def test_a_justified_line_fills_its_measure() -> None:
    """Ensures that glyphs stand where the justified gaps put them: three gaps share half
    an em and a half."""
    line = set_line(items("中文字体排"), 0, 4, Slot(11 * EM // 2))
    assert xs(line) == [0, 1.5, 3, 4.5]
    assert (line.width / EM, line.natural / EM) == (5.5, 4)


def test_a_last_line_is_natural() -> None:
    """Ensures that a paragraph's last line, and one that ends in a hard break, is not spread."""
    assert set_line(items("中文"), 0, 2, Slot(5 * EM)).width == 2 * EM
    assert set_line(items("中文\n字体"), 0, 2, Slot(5 * EM)).width == 2 * EM


def test_a_last_line_that_is_too_wide_is_pressed_in() -> None:
    """Ensures that a last line uses its marks' blanks rather than stick out."""
    line = set_line(items("中，文"), 0, 3, Slot(5 * EM // 2))
    assert xs(line) == [0, 1, 1.5]
    assert line.width == 5 * EM // 2


@pytest.mark.parametrize(
    ("align", "shift"), [(Align.LEFT, 1), (Align.CENTER, 2.5), (Align.RIGHT, 4)]
)
def test_alignment(align: Align, shift: float) -> None:
    """Ensures that ragged lines stay natural and stand left, in the middle or right of their
    slot, counted from its own left edge."""
    line = set_line(items("中文字"), 0, 2, Slot(5 * EM, EM, align))
    assert line.shift / EM == shift
    assert line.width == 2 * EM


def test_a_ragged_line_does_not_stick_out() -> None:
    """Ensures that a ragged line is pressed together where it would be too wide."""
    assert set_line(items("中，文字"), 0, 3, Slot(5 * EM // 2, 0, Align.LEFT)).width == 5 * EM // 2


def test_a_trimmed_mark_begins_left_of_the_line() -> None:
    """Ensures that the ink of an opening mark stands at the edge: its origin is half an em
    outside, the characters after it where they belong."""
    line = set_line(items("中《文字"), 1, 3, Slot(3 * EM // 2))
    assert xs(line) == [-0.5, 0.5]
    assert line.width == 3 * EM // 2


def test_a_first_mark_gives_its_blank_where_nothing_else_can_shrink() -> None:
    """Ensures that a text that begins with an opening mark, kept whole, moves into its blank by
    what it is too wide, no more than there is, and that later lines have no such room."""
    made = items("《中文，字体")
    whole = set_line(made, 0, 3, Slot(3 * EM))
    assert (xs(whole), whole.width) == ([0, 1, 2], 3 * EM)
    pressed = set_line(made, 0, 5, Slot(17 * EM // 4))  # the comma gives half an em
    assert (xs(pressed), pressed.width / EM) == ([-0.25, 0.75, 1.75, 2.75, 3.25], 4.25)
    too_wide = set_line(made, 0, 3, Slot(2 * EM))
    assert (xs(too_wide), too_wide.width / EM) == ([-0.5, 0.5, 1.5], 2.5)
    assert set_line(made, 1, 3, Slot(EM)).width == 2 * EM


def test_a_hanging_mark_stands_outside() -> None:
    """Ensures that a hanging mark is set past the measure, and not counted."""
    line = set_line(items("中文，字", LineRules(hanging=True)), 0, 3, Slot(2 * EM))
    assert xs(line) == [0, 1, 2]
    assert line.width == 2 * EM


def test_spaces_are_set_as_glyphs_inside_the_line_only() -> None:
    """Ensures that a reader of the PDF finds the spaces between words, and none at a line's
    end."""
    made = items("ab cd ef")
    assert line_text(set_line(made, 0, 2, Slot(3 * EM))) == "ab cd"
    assert line_text(set_line(made, 2, 3, Slot(3 * EM))) == "ef"


def test_runs_change_with_style_and_not_else() -> None:
    """Ensures that one style in one face is one run, and that another size, colour or node
    begins a new one."""
    big = replace(CHAR, size=2 * EM)
    text = Text("中文字体", (TextRun(2, CHAR, 1), TextRun(3, big, 1), TextRun(4, CHAR, 2)))
    made = itemize(text, shaper(), LineRules(), EM)
    line = set_line(made, 0, 4, Slot(9 * EM))
    assert [("".join(run.texts), run.size / EM, run.node) for run in line.runs] == [
        ("中文", 1, 1),
        ("字", 2, 1),
        ("体", 1, 2),
    ]
    assert xs(line) == [0, 1, 2, 4]


def test_links_cover_their_characters() -> None:
    """Ensures that the active area begins and ends with the linked characters, without the
    gap behind them, and ends with the line."""
    text = Text("见这里吧", (TextRun(1, CHAR, 1), TextRun(3, CHAR, 2, "#a"), TextRun(4, CHAR, 1)))
    made = itemize(text, shaper(), LineRules(), EM)
    whole = set_line(made, 0, 4, Slot(4 * EM))
    assert whole.links == ((EM, 3 * EM, "#a", 2),)
    spread = set_line(made, 0, 3, Slot(4 * EM))
    assert spread.links == ((3 * EM // 2, 4 * EM, "#a", 2),)
    second = set_line(made, 2, 4, Slot(4 * EM))
    assert second.links == ((0, EM, "#a", 2),)


def test_a_line_knows_its_characters() -> None:
    """Ensures that findings and note calls lead back to the text."""
    line = set_line(items("中文 ab字"), 1, 3, Slot(4 * EM))
    assert (line.start, line.end) == (1, 5)


def test_another_face_begins_another_run() -> None:
    """Ensures that glyphs of two faces, which are numbered each in their own way, are in no run
    together, and that a run goes on behind what its face does not have."""
    latin = Face(bundled_folder() / "Tinos-Regular.ttf")
    both = Shaper(FontBook({"body": Role((Face(FONT),), (latin,))}, ()))
    made = itemize(plain("中ab文字c"), both, LineRules(), EM)
    line = set_line(made, 0, len(made.pieces), Slot(9 * EM))
    assert [("".join(run.texts), run.face is latin) for run in line.runs] == [
        ("中", False),
        ("ab", True),
        ("文字", False),
        ("c", True),
    ]


def test_a_rare_character_of_another_face_stands_in_a_run_of_its_own() -> None:
    """Ensures the same of Han among Han, which has no script gap to show where the face changes."""
    serif = bundled_face("NotoSerifSC-Regular.ttf")
    both = Shaper(FontBook({"body": Role((Face(FONT), serif), (Face(FONT),))}, ()))
    made = itemize(plain("中鱻文，鱻鱻字"), both, LineRules(), EM)
    line = set_line(made, 0, len(made.pieces), Slot(9 * EM))
    assert [("".join(run.texts), run.face is serif) for run in line.runs] == [
        ("中", False),
        ("鱻", True),
        ("文，", False),
        ("鱻鱻", True),
        ("字", False),
    ]


def test_marks_over_a_character_are_set_in_a_text_of_several_sizes() -> None:
    """Ensures that a character with marks of its own, which is no single glyph, is not taken for
    one where marks of another size are counted as well."""
    words = "字字\u0301字，中"
    small = replace(CHAR, size=EM // 2)
    text = Text(words, (TextRun(4, CHAR, 0), TextRun(6, small, 0)))
    line = set_line(itemize(text, shaper(), LineRules(), EM), 0, 5, Slot(5 * EM))
    assert line_text(line) == words


def test_glyphs_that_look_alike_are_taken_together() -> None:
    """Ensures that units of one look are one part of a line, whether the text has Han or not, and
    Han of which face: parts are put together one by one, which is slow for many."""
    serif = bundled_face("NotoSerifSC-Regular.ttf")
    both = Shaper(FontBook({"body": Role((Face(FONT), serif), (Face(FONT),))}, ()))
    for words, edges in (("，，，，", []), ("鱻鱻鱻", []), ("中鱻鱻鱻，，字", [1, 4])):
        made = itemize(plain(words), both, LineRules(), EM)
        assert {*made.edges} - {0, len(words)} == {*edges}


def test_a_mark_that_might_hang_is_part_of_a_line_that_has_room() -> None:
    """Ensures that only what does not fit stands outside."""
    made = items("中文，", LineRules(breaking=LineBreaking.WORD))
    widths = [set_line(made, 0, 3, Slot(ems * EM // 2)).width / EM for ems in (4, 5, 6, 8)]
    assert widths == [2, 2.5, 3, 3]


def test_a_line_whose_mark_hangs_may_be_pressed_too() -> None:
    """Ensures that a line that is too wide even with its last mark outside is pressed by the rest,
    whatever the measure, and by no more than its marks give."""
    made = items("中，文字，体", LineRules(breaking=LineBreaking.WORD))
    for eighths in range(25, 50):
        measure = eighths * EM // 8
        line = set_line(made, 0, 5, Slot(measure))
        assert (line.width, line.natural) == (max(measure, 7 * EM // 2), 5 * EM)
        hung = min(max(5 * EM - measure, 0), EM)
        (run,) = line.runs
        assert run.xs[-1] == line.width + hung - EM


def test_a_gap_between_two_links_belongs_to_the_first() -> None:
    """Ensures that two links beside each other leave nothing between them where a line is spread,
    and that a gap before plain words is of neither."""
    runs = (TextRun(1, CHAR, 1, "#a"), TextRun(2, CHAR, 2, "#b"), TextRun(4, CHAR, 3))
    made = itemize(Text("见这里吧", runs), shaper(), LineRules(), EM)
    spread = set_line(made, 0, 3, Slot(4 * EM))
    assert spread.links == ((0, 3 * EM // 2, "#a", 1), (3 * EM // 2, 5 * EM // 2, "#b", 2))
