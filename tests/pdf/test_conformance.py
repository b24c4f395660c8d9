"""PDF/A-2a and PDF/UA-1 by the reference validator; single faults show that it looks."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdf.made import FANG, METADATA, SERIF, emphasized, line, page, run
from pdf.test_draw import NAVIGATION, sample
from pdf.test_picture import quarters
from pdf.test_tags import TREE, pages
from pdf.verapdf import problems

from brieftex.document.blocks import Node
from brieftex.layout.page import PlacedPicture
from brieftex.pdf.draw import draw
from brieftex.pipeline import typeset
from brieftex.theme import theme_names
from brieftex.units import Rect, mm, pt

RUBY = (Node("Ruby", 2), Node("RB", len(TREE) + 1), Node("RT", len(TREE) + 1))


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_everything_that_can_be_drawn_conforms(flavour: str, tmp_path: Path) -> None:
    # Catches what a new operator, dictionary or structure type breaks.
    quarters().save(tmp_path / "a.jpg")
    quarters("RGBA").save(tmp_path / "a.png")
    figures = [
        PlacedPicture(Rect(mm(30), mm(120 + 60 * k), mm(60), mm(40)), tmp_path / name, len(TREE))
        for k, name in enumerate(("a.jpg", "a.png"))
    ]
    odd = run("马克·吐温•第", FANG, node=2, gap=pt(3)), run("2", SERIF, node=2, start=pt(170))
    more = page(line(*odd), *figures, number=3)
    tree = (*TREE, Node("Figure", 0, alt="四块颜色"), *RUBY)
    beside = page(emphasized(len(TREE) + 1), number=4)
    assert problems(draw([*pages(), more, beside], tree, (), METADATA), flavour) == []
    assert problems(draw(*NAVIGATION, (), METADATA), flavour) == []
    wide = [page(*sheet.items, number=k) for k, sheet in enumerate(sample(), 1)]
    assert problems(draw(wide, TREE, (), METADATA), flavour) == []


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
@pytest.mark.parametrize("theme", theme_names())
def test_every_theme_conforms(theme: str, flavour: str, tmp_path: Path) -> None:
    # Catches furniture outside the tree, a blank page or a signature that breaks its rules.
    text = Path(__file__).with_name("official.yaml").read_text("utf-8")
    issue = tmp_path / "issue.yaml"
    issue.write_text(text.replace("  copy_to:", "  even_page: true\n  copy_to:"), "utf-8")
    pdf = typeset(issue, theme=theme, bundled_fonts=True).pdf
    assert problems(pdf, flavour) == []


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


FAULTS = {
    "no tags": ("ua1", _drop("/StructTreeRoot")),
    "no mark": ("ua1", _drop("/MarkInfo")),
    "no language": ("ua1", _drop("/Lang")),
    "no title bar": ("ua1", _drop("/ViewerPreferences")),
    "no XMP": ("2a", _drop("/Metadata")),
    "no output intent": ("2a", _drop("/OutputIntents")),
    "no note id": ("ua1", _forget("/Note", "/ID")),
    "no scope": ("ua1", _forget("/TH", "/A")),
    "no alt": ("ua1", _forget("/Figure", "/Alt")),
    "no ToUnicode": ("2a", _no_unicode),
    "link without description": ("ua1", _no_contents),
    "link outside the tree": ("ua1", _no_parent),
    "no tab order": ("ua1", _no_tabs),
    "unmarked content": ("ua1", _unmarked),
    "wrong widths": ("2a", _wide),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_single_fault_is_found(name: str, tmp_path: Path) -> None:
    # Catches a validator that says yes to everything, and a rule that we pass by not being asked.
    flavour, change = FAULTS[name]
    quarters().save(tmp_path / "a.png")
    figure = PlacedPicture(Rect(mm(30), mm(120), mm(60), mm(40)), tmp_path / "a.png", len(TREE))
    sheets = [*pages(), page(figure, number=3)]
    with pikepdf.open(
        BytesIO(draw(sheets, (*TREE, Node("Figure", 0, alt="图")), (), METADATA))
    ) as pdf:
        change(pdf)
        faulty = BytesIO()
        pdf.save(faulty)
    assert problems(faulty.getvalue(), flavour)
