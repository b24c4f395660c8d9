"""PDF/A-2a and PDF/UA-1 by the reference validator; single faults show that it looks."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from helpers.pictures import data_of, placed
from helpers.samples import digest, sample
from helpers.shapes import SHAPES, write
from pdf.made import FANG, METADATA, SERIF, emphasized, line, page, run
from pdf.test_draw import NAVIGATION
from pdf.test_draw import sample as drawn
from pdf.test_picture import quarters
from pdf.test_tags import TREE, pages
from pdf.verapdf import problems

from brieftex.document.blocks import StructureNode
from brieftex.input.theme import edition_names, theme_names
from brieftex.pdf.write.draw import draw
from brieftex.pipeline import typeset
from brieftex.units import Rect, mm, pt

RUBY = (
    StructureNode("Ruby", 2),
    StructureNode("RB", len(TREE) + 1),
    StructureNode("RT", len(TREE) + 1),
)


def test_everything_that_can_be_drawn_conforms(tmp_path: Path) -> None:
    # Catches what a new operator, dictionary or structure type breaks.
    quarters().save(tmp_path / "a.jpg")
    quarters("RGBA").save(tmp_path / "a.png")
    figures = [
        placed(Rect(mm(30), mm(120 + 60 * k), mm(60), mm(40)), tmp_path / name, len(TREE))
        for k, name in enumerate(("a.jpg", "a.png"))
    ]
    odd = run("马克·吐温•第", FANG, node=2, gap=pt(3)), run("2", SERIF, node=2, start=pt(170))
    more = page(line(*odd), *figures, number=3)
    tree = (*TREE, StructureNode("Figure", 0, alt="四块颜色"), *RUBY)
    beside = page(emphasized(len(TREE) + 1), number=4)
    sheets = [*pages(), more, beside]
    made = draw(sheets, tree, (), METADATA, pictures=data_of(sheets))
    assert problems(made, "ua1", "2a") == []
    assert problems(draw(*NAVIGATION, (), METADATA), "ua1", "2a") == []
    wide = [page(*sheet.items, number=k) for k, sheet in enumerate(drawn(), 1)]
    assert problems(draw(wide, TREE, (), METADATA), "ua1", "2a") == []


@pytest.mark.parametrize("theme", theme_names())
def test_every_theme_conforms(theme: str, tmp_path: Path) -> None:
    # Catches furniture outside the tree, a blank page or a signature that breaks its rules.
    text = Path(__file__).with_name("official.yaml").read_text("utf-8")
    issue = tmp_path / "issue.yaml"
    issue.write_text(text.replace("  copy_to:", "  even_page: true\n  copy_to:"), "utf-8")
    pdf = typeset(issue, theme=theme, bundled_fonts=True).pdf
    assert problems(pdf, "ua1", "2a") == []


def _drop(name: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[name]

    return change


def _first_element(pdf: pikepdf.Pdf, role: str) -> Any:
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == role)


def _forget(role: str, key: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        del _first_element(pdf, role)[key]

    return change


def _no_unicode(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font["/ToUnicode"]


def _no_contents(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0]["/Contents"]


def _no_parent(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0]["/StructParent"]


def _no_tabs(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]["/Tabs"]


def _unmarked(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 9 9 re f")


def _wide(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.values())).DescendantFonts[0]
    font.W = pikepdf.Array([0, pikepdf.Array([123] * 40)])


def _press_colour(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact BMC 0 0 0 1 k 0 0 9 9 re f EMC")


def _no_program(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in {"/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            del descriptor[key]


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")


def _unprinted(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].F = 0


def _unknown_role(pdf: pikepdf.Pdf) -> None:
    _first_element(pdf, "/H1").S = pikepdf.Name.Headline


def _second_level_first(pdf: pikepdf.Pdf) -> None:
    _first_element(pdf, "/H1").S = pikepdf.Name.H2


def _row_outside(pdf: pikepdf.Pdf) -> None:
    _first_element(pdf, "/Table").S = pikepdf.Name.Sect


# The flavour that asks, what is done to the file, and the rule that must be broken by it.
FAULTS = {
    "no tags": ("ua1", _drop("/StructTreeRoot"), "7.1-11"),
    "no mark": ("ua1", _drop("/MarkInfo"), "6.2-1"),
    "no language": ("ua1", _drop("/Lang"), "7.2-34"),
    "no title bar": ("ua1", _drop("/ViewerPreferences"), "7.1-10"),
    "no XMP": ("2a", _drop("/Metadata"), "6.6.2.1-1"),
    "no output intent": ("2a", _drop("/OutputIntents"), "6.2.4.3-2"),
    "no note id": ("ua1", _forget("/Note", "/ID"), "7.9-1"),
    "no scope": ("ua1", _forget("/TH", "/A"), "7.5-1"),
    "no alt": ("ua1", _forget("/Figure", "/Alt"), "7.3-1"),
    "no ToUnicode": ("2a", _no_unicode, "6.2.11.7.2-1"),
    "link without description": ("ua1", _no_contents, "7.18.5-2"),
    "link outside the tree": ("ua1", _no_parent, "7.18.5-1"),
    "no tab order": ("ua1", _no_tabs, "7.18.3-1"),
    "unmarked content": ("ua1", _unmarked, "7.1-3"),
    "wrong widths": ("2a", _wide, "6.2.11.5-1"),
    "press colour": ("2a", _press_colour, "6.2.4.3-"),
    "face not embedded": ("2a", _no_program, "6.2.11.4.1-1"),
    "script": ("2a", _script, "6.5.1-1"),
    "link not printed": ("2a", _unprinted, "6.3.2-"),
    "role of its own": ("ua1", _unknown_role, "7.1-5"),
    "level left out": ("ua1", _second_level_first, "7.4.2-1"),
    "row outside a table": ("ua1", _row_outside, "7.2-"),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file in which the faults are made."""
    path = tmp_path_factory.mktemp("whole") / "a.png"
    quarters().save(path)
    figure = placed(Rect(mm(30), mm(120), mm(60), mm(40)), path, len(TREE))
    sheets = [*pages(), page(figure, number=3)]
    tree = (*TREE, StructureNode("Figure", 0, alt="图"))
    return draw(sheets, tree, (), METADATA, pictures=data_of(sheets))


@pytest.mark.parametrize("name", FAULTS)
def test_a_single_fault_is_found(name: str, whole: bytes) -> None:
    # Catches a validator that says yes to everything, and a rule that we pass by not being asked.
    flavour, change, rule = FAULTS[name]
    with pikepdf.open(BytesIO(whole)) as pdf:
        change(pdf)
        faulty = BytesIO()
        pdf.save(faulty)
    found = problems(faulty.getvalue(), flavour)
    assert any(problem.startswith(rule) for problem in found), found


# --- whole issues ---------------------------------------------------------------------------


LOOKS = [(theme, None) for theme in theme_names()]
LOOKS += [("briefing", edition) for edition in edition_names()]


@pytest.mark.parametrize(("theme", "edition"), LOOKS)
def test_the_digest_conforms_in_every_look(theme: str, edition: str | None) -> None:
    """Ensures that neither a theme nor an edition is a way out of the standards."""
    assert problems(digest(theme, edition).pdf, "ua1", "2a") == []


def test_the_sample_conforms() -> None:
    """Ensures it of pages as they are in life, and that they have nothing that is not looked at in
    every look: no entry of a kind of object, and no operator."""
    assert problems(sample().pdf, "ua1", "2a") == []
    assert made_of(sample().pdf) <= made_of(digest().pdf)


def made_of(pdf: bytes) -> set[tuple[str, ...]]:
    """The keys of every kind of object, and the operators."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        kinds = pikepdf.Dictionary | pikepdf.Stream
        objects = [one for one in opened.objects if isinstance(one, kinds)]
        keys = {(str(o.get("/Type")), str(o.get("/S")), k) for o in objects for k, _ in o.items()}
        drawn = (pikepdf.parse_content_stream(page) for page in opened.pages)
        return keys | {(str(done.operator),) for page in drawn for done in page}


def test_a_file_with_its_source_conforms() -> None:
    """Ensures that the attached issue is declared as PDF/A-3 wants it."""
    assert problems(digest(attach_source=True).pdf, "ua1", "3a") == []


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "sixty-items"])
def test_every_shape_conforms(shape: str, tmp_path: Path) -> None:
    """Ensures the same of issues of one page and of one long item, of tables and figures alone."""
    size = {"chapters": 3} if shape == "long-item" else {}
    pdf = typeset(write(shape, tmp_path, **size), bundled_fonts=True).pdf
    assert problems(pdf, "ua1", "2a") == []


def test_seventy_pages_conform(tmp_path: Path) -> None:
    """Ensures the same of trees that are deeper than those of few pages: of pages, of numbers, of
    names. It is their number that counts, not their words."""
    body = r'[{page_break: true}, "一段[^a]。\n\n[^a]: 注。"]'
    items = "".join(f"  - {{title: 第{k}则, body: {body}}}\n" for k in range(70))
    path = tmp_path / "issue.yaml"
    head = "masthead: {name: 试排}\nsections:\n- title: 动态\n  items:\n"
    path.write_text(head + items, "utf-8")
    made = typeset(path, bundled_fonts=True)
    assert len(made.pages) > 70
    assert problems(made.pdf, "ua1", "2a") == []
