"""Faults of files made by hand, two pages each, that show without the document."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from helpers.cases import each
from pikepdf import Array, Dictionary, Name

from brieftex.pdf.read.audit import _ranges, audit, href_of
from brieftex.pdf.read.parse import BrokenPdfError, PdfFile
from brieftex.pdf.read.readback import Readback

Change = Callable[[pikepdf.Pdf], Any]
CONTENT = b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC /P <</MCID 1>> BDC 9 9 9 9 re f EMC"


def tagged() -> pikepdf.Pdf:
    """Two pages of two paragraphs, each in the tree and in the parent tree."""
    pdf = pikepdf.new()
    elements: list[Any] = []
    nums: list[Any] = []
    for key in (0, 1):
        page = pdf.add_blank_page(page_size=(300, 300))
        page.Contents = pdf.make_stream(CONTENT)
        page.obj.StructParents = key
        own = [
            pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=page.obj, K=mcid))
            for mcid in (0, 1)
        ]
        elements += own
        nums += [key, pdf.make_indirect(Array(own))]
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=Array(elements), ParentTree=Dictionary(Nums=nums))
    )
    return pdf


def found(change: Change | None = None) -> list[tuple[str, dict[str, Any]]]:
    """Codes and values of what is found after a change, without what concerns archives alone."""
    pdf = tagged()
    if change is not None:
        change(pdf)
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    archival = {f.kind for f in audit(Readback(PdfFile(plain_file())))}
    return [
        (finding.kind.name, dict(finding.values))
        for finding in audit(Readback(PdfFile(stream.getvalue())))
        if finding.kind not in archival
    ]


def plain_file() -> bytes:
    """A page without anything."""
    stream = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return stream.getvalue()


def tree(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.StructTreeRoot


def content(data: bytes) -> Change:
    return lambda pdf: pdf.pages[1].Contents.write(data)


def in_kids(pdf: pikepdf.Pdf) -> None:
    """The parent tree as two leaves with limits, as big files have it."""
    nums = tree(pdf).ParentTree.Nums
    tree(pdf).ParentTree = Dictionary(
        Kids=[
            pdf.make_indirect(Dictionary(Limits=[key, key], Nums=[key, nums[2 * key + 1]]))
            for key in (0, 1)
        ]
    )


def wide_limits(pdf: pikepdf.Pdf) -> None:
    """Leaves that say more keys than they have."""
    in_kids(pdf)
    for leaf, limits in zip(tree(pdf).ParentTree.Kids, ([0, 0], [1, 99]), strict=True):
        leaf.Limits = Array(limits)


def swap(pdf: pikepdf.Pdf) -> None:
    own = tree(pdf).ParentTree.Nums[3]
    own[0], own[1] = own[1], own[0]


def double(pdf: pikepdf.Pdf) -> None:
    again = Dictionary(Type=Name.StructElem, S=Name.P, Pg=pdf.pages[1].obj, K=1)
    tree(pdf).K.append(pdf.make_indirect(again))


ASTRAY: list[tuple[str, Change, int | None]] = [
    ("nothing", lambda _: None, None),
    ("leaves with limits", in_kids, None),
    ("an empty place", content(CONTENT + b" /Artifact BMC 1 1 1 1 re f EMC"), None),
    ("parents of each other", swap, 2),
    ("too few parents", lambda pdf: tree(pdf).ParentTree.Nums[3].pop(), 2),
    ("no parents", lambda pdf: tree(pdf).ParentTree.__setitem__("/Nums", Array([])), 1),
    ("no key", lambda pdf: pdf.pages[1].obj.__delitem__("/StructParents"), 2),
    ("no key on the first", lambda pdf: pdf.pages[0].obj.__delitem__("/StructParents"), 1),
    ("leaves with wide limits", wide_limits, None),
    ("a number twice on the page", content(CONTENT.replace(b"MCID 1", b"MCID 0")), 2),
    ("a number that no element has", content(CONTENT.replace(b"MCID 1", b"MCID 7")), 2),
    ("an element without content", content(CONTENT.split(b" /P <</MCID 1>>")[0]), 2),
    ("two elements of one number", double, 2),
    ("an element less", lambda pdf: tree(pdf).K.pop(), 2),
    ("an element that says another number", lambda pdf: tree(pdf).K[3].__setitem__("/K", 0), 2),
    ("an element of another page", lambda pdf: tree(pdf).K[3].__setitem__("/Pg",
                                                                  pdf.pages[0].obj), 1),
]  # fmt: skip


@each(("name", "change", "page"), ASTRAY, ids=[name for name, *_ in ASTRAY])
def test_content_and_tree_lead_to_each_other(name: str, change: Change, page: int | None) -> None:
    """Ensures that each mark on a page leads to the element that leads to it (ISO 32000-1,
    14.7.4.4), and that the first page where one does not is named."""
    del name
    pages = [values["page"] for code, values in found(change) if code == "tags-astray"]
    assert pages[:1] == ([] if page is None else [page])


SCRIPT = {"S": Name.JavaScript, "JS": "1"}
PLACES: dict[str, Callable[[pikepdf.Pdf, Any], Any]] = {
    "opening": lambda pdf, action: pdf.Root.__setitem__("/OpenAction", action),
    "events of the file": lambda pdf, action: pdf.Root.__setitem__("/AA", Dictionary(WC=action)),
    "events of a page": lambda pdf, action: pdf.pages[1].obj.__setitem__(
        "/AA", Dictionary(O=action)
    ),
    "an annotation": lambda pdf, action: pdf.pages[1].obj.__setitem__(
        "/Annots", Array([Dictionary(Type=Name.Annot, Subtype=Name.Screen, A=action)])
    ),
}


@each("place", PLACES.values(), ids=PLACES)
@each("depth", ["at once", "next", "next but one", "in a list"])
@each("kind", ["Launch", "GoTo"])
def test_what_acts_by_itself_is_told(kind: str, depth: str, place: Any) -> None:
    """Ensures it wherever an action can stand and however far down a chain (ISO 32000-1, 12.6.2);
    going somewhere is none of them."""

    def change(pdf: pikepdf.Pdf) -> None:
        action = Dictionary(S=Name("/" + kind))
        going = {"S": Name.GoTo}
        if depth == "next":
            action = Dictionary(**going, Next=action)
        elif depth == "next but one":
            action = Dictionary(**going, Next=Dictionary(**going, Next=action))
        elif depth == "in a list":
            action = Dictionary(**going, Next=Array([Dictionary(**going), action]))
        place(pdf, action)

    told = [values["what"] for code, values in found(change) if code == "active-content"]
    assert told == [kind] * (kind != "GoTo")


@pytest.mark.parametrize(
    "kind", ["JavaScript", "ImportData", "SubmitForm", "Rendition", "Movie", "URI", "Named"]
)
def test_actions_that_act(kind: str) -> None:
    """Ensures that of the kinds of actions those are told that do more than lead somewhere."""
    told = found(lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name("/" + kind))))
    assert [code for code, _ in told] == ["active-content"] * (kind not in ("URI", "Named"))


def test_scripts_by_name_and_circles_are_told() -> None:
    """Ensures that scripts which run when a file is opened count, and that a chain without end is
    a fault of the file."""
    scripts = Dictionary(Names=["a", Dictionary(**SCRIPT)])
    told = found(lambda pdf: pdf.Root.__setitem__("/Names", Dictionary(JavaScript=scripts)))
    assert ("active-content", {"what": "JavaScript"}) in told

    def circle(pdf: pikepdf.Pdf) -> None:
        action = pdf.make_indirect(Dictionary(S=Name.GoTo))
        action.Next = action
        pdf.Root.OpenAction = action

    with pytest.raises(BrokenPdfError):
        found(circle)


@each(
    ("part", "conformance", "archival"),
    [("2", "A", True), ("3", "A", True), ("2", "B", False), ("2", "", False), ("4", "A", False)],
)
def test_only_what_says_so_is_archival(part: str, conformance: str, *, archival: bool) -> None:
    """Ensures that a file is one for archives (PDF/A-2a, 3a) by its part and its conformance, also
    where each element of its metadata declares the namespace, as lxml writes it."""
    pdf = tagged()
    with pdf.open_metadata() as metadata:
        metadata["pdfaid:part"] = part
        if conformance:
            metadata["pdfaid:conformance"] = conformance
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    told = {finding.kind.name for finding in audit(Readback(PdfFile(stream.getvalue())))}
    assert ("no-archive-mark" in told) is not archival


def test_pages_of_others_are_named_in_ranges() -> None:
    assert [_ranges(pages) for pages in ([3], [1, 2], [1, 2, 3, 5, 7, 8], [2, 4, 5, 9])] == [
        "3",
        "1—2",
        "1—3、5、7—8",
        "2、4—5、9",
    ]


def test_faults_of_links_are_told_with_their_page() -> None:
    """Ensures it of an address that no reader should open, of links that lead nowhere, and that a
    sound one is no fault but that it stands in no tag."""

    def links(pdf: pikepdf.Pdf) -> None:
        def link(contents: str | None, **action: Any) -> Any:
            made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
            if contents:
                made.Contents = contents
            for key, value in action.items():
                made[f"/{key}"] = value
            return pdf.make_indirect(made)

        def to(href: str) -> Any:
            return Dictionary(S=Name.URI, URI=href)

        first, second = (page.obj for page in pdf.pages)
        first.Annots = Array(
            [link("甲", A=to("https://a.cn")), link("乙", Dest=[second, Name.Fit])]
        )
        second.Annots = Array([link("丙", A=to("ftp://a.cn")), link(None, Dest=[7, Name.Fit])])

    told = [(name, values) for name, values in found(links) if "link" in name]
    assert [(name, values["page"]) for name, values in told if name == "unsafe-link"] == [
        ("unsafe-link", 2)
    ]
    broken = {(values["page"], values["what_en"]) for name, values in told if name == "broken-link"}
    assert broken == {
        (1, "it is not tagged"),
        (2, "it is not tagged"),
        (2, "it leads nowhere"),
        (2, "it has no description"),
    }


@pytest.mark.parametrize("kind", ["TrueType", "Type1", "MMType1", "Type0", "Type3"])
@pytest.mark.parametrize("key", ["", "FontFile", "FontFile2", "FontFile3"])
def test_faces_that_are_not_embedded_are_told(kind: str, key: str) -> None:
    """Ensures it of every kind of font but those that are drawn by procedures, whose glyphs are in
    the file anyway; a program that is empty is none."""
    for program in (b"x", b""):

        def change(pdf: pikepdf.Pdf, program: bytes = program) -> None:
            descriptor = Dictionary(Type=Name.FontDescriptor)
            if key:
                descriptor[f"/{key}"] = pdf.make_stream(program)
            inner = Dictionary(Type=Name.Font, FontDescriptor=descriptor)
            font = Dictionary(Type=Name.Font, Subtype=Name(f"/{kind}"), BaseFont=Name("/ABC+Face"))
            if kind == "Type0":
                font.DescendantFonts = Array([inner])
            else:
                font.FontDescriptor = descriptor
            page = pdf.pages[1].obj
            page.Resources = Dictionary(Font=Dictionary(F0=pdf.make_indirect(font)))
            text = CONTENT.replace(b"9 9 9 9 re f", b"BT /F0 9 Tf (a) Tj ET")
            page.Contents = pdf.make_stream(text)

        told = [values["face"] for name, values in found(change) if name == "face-not-embedded"]
        assert told == ([] if kind == "Type3" or (key and program) else ["Face"])


@pytest.mark.parametrize(
    ("kind", "href"), [("/URI", "https://a.cn"), ("/GoTo", ""), ("/X", ""), ("", "")]
)
def test_only_an_action_that_opens_an_address_leads_there(kind: str, href: str) -> None:
    """Ensures that what an action of another kind has in that key is nothing (ISO 32000-1,
    12.6.4.7)."""
    read = Readback(PdfFile(plain_file()))
    assert href_of(read, {"A": {"S": kind[1:], "URI": b"https://a.cn"}}) == href
