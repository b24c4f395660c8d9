"""The structure tree, read back object by object."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdf.made import FANG, METADATA, SERIF, line, page, run

from brieftex.document.blocks import ListNumbering, StructureNode
from brieftex.layout.page import Artifact, Link, Page
from brieftex.pdf.write.draw import draw
from brieftex.pipeline import typeset
from brieftex.units import Rect, mm, pt

# A document of everything: what is drawn has text of its own below.
TREE = (
    StructureNode("Document", -1),  # 0
    StructureNode("H1", 0),
    StructureNode("P", 0),  # 2, goes on on the second page
    StructureNode("Link", 2),
    StructureNode("L", 0, numbering=ListNumbering.DISC),  # 4
    StructureNode("LI", 4),
    StructureNode("Lbl", 5),
    StructureNode("LBody", 5),
    StructureNode("L", 0),  # 8, nothing in it is drawn
    StructureNode("LI", 8),
    StructureNode("Table", 0),  # 10
    StructureNode("TR", 10),
    StructureNode("TH", 11, scope="Column"),
    StructureNode("TH", 11, scope="Column"),  # 13, empty
    StructureNode("TR", 10),
    StructureNode("TD", 14),  # 15, empty
    StructureNode("TD", 14),
    StructureNode("Note", 2),  # 17
    StructureNode("Span", 2, lang="en"),
    StructureNode("Table", 0),  # 19, nothing in it is drawn
    StructureNode("TR", 19),
    StructureNode("TD", 20),
)


def pages() -> list[Page]:
    """Two pages of that document."""
    link = Link(Rect(mm(60), mm(45), mm(30), mm(6)), "https://example.edu.cn/", 3, "例子")
    head = line(run("页眉", node=-1), y=mm(20), artifact=Artifact.HEADER)
    return [
        page(
            head,
            line(run("标题", node=1), y=mm(30)),
            line(run("正文见", node=2), run("例子", node=3, start=pt(48)), y=mm(50)),
            line(run("这里，", node=2), run("open", SERIF, node=18, start=pt(48)), y=mm(60)),
            line(run("又一段", node=2), y=mm(70)),
            line(run("一", node=6), run("列表项", node=7, start=pt(32)), y=mm(80)),
            line(run("表头", node=12), y=mm(90)),
            line(run("单元格", node=16), x=mm(60), y=mm(100)),
            line(run("脚注", node=17), y=mm(260)),
            links=(link,),
        ),
        page(head, line(run("完。", node=2), y=mm(30)), number=2),
    ]


def kids(element: Any) -> list[Any]:
    """The kids of an element, one or several."""
    found = element.get("/K", [])
    return list(found) if isinstance(found, (list, pikepdf.Array)) else [found]


def shape(element: Any) -> Any:
    """Roles as nested lists, marked content as numbers, annotations as "link"."""
    if not isinstance(element, pikepdf.Dictionary):
        return int(element)
    if "/S" in element:
        return [str(element.S)[1:], *(shape(kid) for kid in kids(element))]
    return "link" if "/Obj" in element else (int(element.MCID),)


def elements(element: Any) -> Iterator[Any]:
    """An element and all below it."""
    yield element
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def opened() -> pikepdf.Pdf:
    """The drawn file."""
    return pikepdf.open(BytesIO(draw(pages(), TREE, (), METADATA)))


def test_tree_holds_what_was_drawn_in_reading_order() -> None:
    # Catches: nodes without content left in, empty cells left out, a link before its
    # sentence, a paragraph's second page as a paragraph of its own.
    with opened() as pdf:
        root = pdf.Root.StructTreeRoot
        assert shape(kids(root)[0]) == [
            "Document",
            ["H1", 0],
            ["P", 1, ["Link", 2, "link"], 3, ["Span", 4], 5, ["Note", 10], (0,)],
            ["L", ["LI", ["Lbl", 6], ["LBody", 7]]],
            ["Table", ["TR", ["TH", 8], ["TH"]], ["TR", ["TD"], ["TD", 9]]],
        ]


def test_lines_of_a_node_are_one_sequence() -> None:
    # Catches marked content begun anew on every line: twice the size, and words cut in two.
    same = [page(*(line(run("同一段", node=2), y=mm(30 + 10 * k)) for k in range(5)))]
    with pikepdf.open(BytesIO(draw(same, TREE, (), METADATA))) as pdf:
        operators = [str(op) for _, op in pikepdf.parse_content_stream(pdf.pages[0])]
        assert operators.count("BDC") == operators.count("EMC") == 1


def test_parent_tree_leads_back() -> None:
    # Catches keys that do not match /StructParents or /StructParent.
    with opened() as pdf:
        root = pdf.Root.StructTreeRoot
        numbers = list(root.ParentTree.Nums)
        leads = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        assert int(root.ParentTreeNextKey) == len(leads) == 3
        for sheet in pdf.pages:
            assert str(sheet.Tabs) == "/S"
            for mcid, element in enumerate(leads[int(sheet.StructParents)]):
                assert any(
                    (int(kid) if not isinstance(kid, pikepdf.Dictionary) else kid.get("/MCID"))
                    == mcid
                    for kid in kids(element)
                )
        annotation = pdf.pages[0].Annots[0]
        assert str(leads[int(annotation.StructParent)].S) == "/Link"
        assert str(annotation.Contents) == "例子"


def test_attributes() -> None:
    # Catches a note without /ID, a header cell without scope, a lost language or list style.
    with opened() as pdf:
        found = {str(e.S): e for e in elements(kids(pdf.Root.StructTreeRoot)[0])}
        assert bytes(found["/Note"].ID) == bytes(pdf.Root.StructTreeRoot.IDTree.Names[0])
        assert str(found["/TH"].A.Scope) == "/Column"
        assert str(found["/Span"].Lang) == "en"
        assert str(found["/L"].A.ListNumbering) == "/Disc"
        assert str(pdf.Root.Lang) == "zh-CN"


def test_running_heads_are_artifacts() -> None:
    # Catches a head that a screen reader would read out on every page.
    with opened() as pdf:
        marks = [
            [str(operand) for operand in operands]
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[1])
            if str(operator) == "BDC"
        ]
        assert [mark[0] for mark in marks] == ["/Artifact", "/P"]
        assert "/Header" in marks[0][1]


def test_bridges_stay_inside_their_element() -> None:
    # Catches a span left open at the end of a run, which would swallow the next element.
    gapped = run("甲", FANG, node=1), run("2", SERIF, node=2, start=pt(20))
    with pikepdf.open(BytesIO(draw([page(line(*gapped))], TREE, (), METADATA))) as pdf:
        depth = 0
        for _, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            depth += {"BDC": 1, "EMC": -1}.get(str(operator), 0)
            assert 0 <= depth <= 2
        assert depth == 0


def _lists(pdf: bytes) -> list[str]:
    """The ListNumbering of every list of a file, in the order of its text."""

    def walk(element: Any) -> Iterator[str]:
        if element.get("/S") == "/L":
            yield str(element.A.ListNumbering)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                yield from walk(kid)

    with pikepdf.open(BytesIO(pdf)) as opened:
        return list(walk(opened.Root.StructTreeRoot))


@pytest.mark.parametrize(("count", "attached"), [(1, "/None"), (2, "/Decimal")])
def test_lists_say_how_their_labels_count(
    root: Path, tmp_path: Path, count: int, attached: str
) -> None:
    """Catches lists that a screen reader cannot tell apart: numbered, and with bullets."""
    lists = (
        "|\n        - 甲\n\n          - 丙\n\n        段落。\n\n        1. 甲\n\n           1. 丙\n"
    )
    text = (root / "tests/pdf/official.yaml").read_text("utf-8")
    head = text[: text.index("sections:")]
    parts = "".join(f"\n  - title: 第{k}个附件\n    body: 内容。" for k in range(1, count + 1))
    path = tmp_path / "issue.yaml"
    sections = f"sections:\n  - title: 工作\n    items:\n    - title: 甲事\n      body: {lists}"
    path.write_text(f"{head}{sections}\nattachments:{parts}\n", "utf-8")
    found = _lists(typeset(path, theme="official", bundled_fonts=True).pdf)
    assert found == ["/Disc", "/None", "/Decimal", "/Decimal", attached]
