"""Reading back: a good file has no finding, and every fault that is put in is found."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from fuzz import losses
from helpers.samples import digest, sample
from helpers.support import ISSUE

from brieftex.diagnostics import Severity
from brieftex.layout.page import PlacedFrame, PlacedPicture
from brieftex.patterns import FORMAT
from brieftex.pdf.read.compare import Expected
from brieftex.pdf.read.verify import expected_of, verify
from brieftex.pipeline import Typeset, typeset


@pytest.fixture(scope="module")
def made() -> Typeset:
    """An issue with a thing of every kind."""
    return digest()


@pytest.fixture(scope="module")
def expected(made: Typeset) -> Expected:
    """What its PDF should hold."""
    return expected_of(made.document, made.pages)


def codes(pdf: bytes, expected: Expected | None = None, password: str | None = None) -> set[str]:
    """The codes of what is found."""
    return {finding.kind.code for finding in verify(pdf, expected, password)}


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], object], **options: Any) -> bytes:
    """The file after ``change``."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        result = BytesIO()
        opened.save(result, **options)
    return result.getvalue()


def element(pdf: pikepdf.Pdf, role: str) -> Any:
    """The first structure element of a role."""
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == role)


def link(pdf: pikepdf.Pdf, key: str) -> Any:
    """The first link annotation that has ``key``."""
    return next(a for p in pdf.pages for a in p.get("/Annots", []) if key in a)


def forget(*names: str) -> Callable[[pikepdf.Pdf], None]:
    """Delete entries of the catalog."""

    def change(pdf: pikepdf.Pdf) -> None:
        for name in names:
            del pdf.Root[name]

    return change


def rewrite(number: int, pattern: bytes, by: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Replace once in the content of a page."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[number].Contents
        data, count = re.subn(pattern, lambda _: by, stream.read_bytes(), count=1, flags=re.DOTALL)
        assert count
        stream.write(data)

    return change


def metadata(pattern: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Delete from the XMP packet."""

    def change(pdf: pikepdf.Pdf) -> None:
        data, count = re.subn(pattern, b"", pdf.Root.Metadata.read_bytes(), flags=re.DOTALL)
        assert count
        pdf.Root.Metadata.write(data)

    return change


def set_in(find: Callable[[pikepdf.Pdf], Any], key: str, value: Any) -> Callable[..., None]:
    """Set an entry of something."""

    def change(pdf: pikepdf.Pdf) -> None:
        find(pdf)[key] = value

    return change


def drop_in(find: Callable[[pikepdf.Pdf], Any], key: str) -> Callable[[pikepdf.Pdf], None]:
    """Delete an entry of something."""

    def change(pdf: pikepdf.Pdf) -> None:
        del find(pdf)[key]

    return change


def font(pdf: pikepdf.Pdf) -> Any:
    """A font of the first page."""
    return pdf.pages[0].Resources.Font["/F0"]


def wrong_letters(pdf: pikepdf.Pdf) -> None:
    cmap = font(pdf).ToUnicode
    cmap.write(cmap.read_bytes().replace("数".encode("utf-16-be").hex().upper().encode(), b"4E00"))


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launch(pdf: pikepdf.Pdf) -> None:
    link(pdf, "/A").A = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")


def no_program(pdf: pikepdf.Pdf) -> None:
    descriptor = font(pdf).DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def swapped_parents(pdf: pikepdf.Pdf) -> None:
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    parents[0], parents[1] = parents[1], parents[0]


def first_bookmark(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.Outlines.First


def action(pdf: pikepdf.Pdf) -> Any:
    return link(pdf, "/A").A


PAGE_LOST = ("BT922", "BT940", "BT943", "BT950", "BT951")

FAULTS = {
    "no XMP": (forget("/Metadata"), {"BT925", "BT930", "BT931"}),
    "no tags": (forget("/StructTreeRoot"), {"BT920", "BT940", "BT951"}),
    "not marked": (forget("/MarkInfo"), {"BT920"}),
    "no language": (forget("/Lang"), {"BT924"}),
    "title not shown": (forget("/ViewerPreferences"), {"BT925"}),
    "no title": (metadata(b"<dc:title>.*</dc:title>"), {"BT925"}),
    "no PDF/A": (metadata(b"<pdfaid:part>2</pdfaid:part>"), {"BT930"}),
    "PDF/A-2b": (metadata(b"A(?=</pdfaid:conformance>)"), {"BT930"}),
    "no PDF/UA": (metadata(b"<pdfuaid:part>1</pdfuaid:part>"), {"BT931"}),
    "no output intent": (forget("/OutputIntents"), {"BT932"}),
    "no alternative": (drop_in(lambda pdf: element(pdf, "/Figure"), "/Alt"), {"BT923", "BT951"}),
    "face not embedded": (no_program, {"BT910"}),
    "no ToUnicode": (drop_in(font, "/ToUnicode"), {"BT912", "BT951"}),
    "wrong ToUnicode": (wrong_letters, {"BT951"}),
    "empty box": (rewrite(1, rb"\(..", b"(\0\0"), {"BT911", "BT951"}),
    "lost line": (rewrite(1, rb"\([^()]{30,}\)Tj", b""), {"BT951"}),
    "text outside tags": (
        rewrite(1, rb"$", b"\nBT /F0 9 Tf 30 30 Td (\\000\\001)Tj ET"),
        {"BT921"},
    ),
    "rule outside tags": (rewrite(1, rb"^", b"0 0 9 9 re f\n"), {"BT921"}),
    "unknown mark": (rewrite(1, rb"/MCID 1>>", b"/MCID 999>>"), {"BT922", "BT951"}),
    "text as artifact": (rewrite(1, rb"/P<</MCID \d+>>", b"/Artifact<<>>"), {"BT922", "BT951"}),
    "wrong parents": (swapped_parents, {"BT922"}),
    "link without description": (drop_in(lambda p: link(p, "/A"), "/Contents"), {"BT940"}),
    "link nowhere": (drop_in(lambda p: link(p, "/Dest"), "/Dest"), {"BT940"}),
    "link to a file": (set_in(action, "/URI", pikepdf.String("file:///x")), {"BT941", "BT952"}),
    "link cut off": (set_in(action, "/URI", pikepdf.String("https://a.cn/")), {"BT952"}),
    "script": (script, {"BT942"}),
    "program": (launch, {"BT940", "BT942", "BT952"}),
    "bookmark nowhere": (drop_in(first_bookmark, "/Dest"), {"BT943"}),
    "bookmark renamed": (set_in(first_bookmark, "/Title", pikepdf.String("x")), {"BT953"}),
    "page lost": (lambda pdf: pdf.pages.__delitem__(-1), set(PAGE_LOST)),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name: str, made: Typeset, expected: Expected) -> None:
    """Ensures that each question is asked, and that its answer is the right finding. What
    comes along with a fault may be found too, as far as it is listed."""
    change, wanted = FAULTS[name]
    found = codes(changed(made.pdf, change), expected)
    assert found
    assert found <= wanted
    assert (min(wanted) in found) or name == "page lost"


def test_a_good_file_has_no_finding(made: Typeset, expected: Expected) -> None:
    """Ensures that a file is not blamed for how it is stored: plainly, with object streams,
    packed otherwise."""
    assert verify(made.pdf, expected) == []
    modes = (pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable)
    for mode in modes:
        other = changed(made.pdf, lambda _: None, object_stream_mode=mode)
        assert verify(other, expected) == []


def test_a_difference_is_shown_where_it_is() -> None:
    """Ensures that an editor is told the words, the page and the line of the issue."""
    made = sample()
    expected = expected_of(made.document, made.pages)
    lost = changed(made.pdf, rewrite(1, rb"\([^()]{30,}\)Tj", b""))
    (found,) = (d for d in verify(lost, expected) if d.kind.code == "BT951")
    values = dict(found.values)
    assert values["where"] == "第 2 页"
    assert values["wanted"] != values["found"]
    assert found.span is not None
    line, _ = made.source.position(found.span.start)
    assert str(values["wanted"])[12:16] in made.source.line(line)


@pytest.mark.parametrize("compress", [True, False])
def test_passwords(compress: bool, made: Typeset) -> None:
    """Ensures that an encrypted file is opened with its password only, and never called fit
    for an archive."""
    mode = pikepdf.ObjectStreamMode.generate if compress else pikepdf.ObjectStreamMode.disable
    secret = changed(
        made.pdf, lambda _: None, encryption=pikepdf.Encryption(user="一二", owner="三"),
        object_stream_mode=mode,
    )  # fmt: skip
    assert codes(secret) == codes(secret, None, "wrong") == {"BT903"}
    assert codes(secret, None, "一二") == {"BT904"}


def test_what_is_no_pdf_is_said_to_be_none() -> None:
    for data in (b"", b"%PDF-1.7\n", b"<html>", b"\0" * 5000, b"%PDF-1.7\nstartxref\n9\n%%EOF"):
        assert codes(data) == {"BT902"}


def test_a_page_made_by_another_program() -> None:
    """Ensures that a plain file is read to its end, and blamed for what it lacks."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        made = BytesIO()
        pdf.save(made)
    wanted = {"BT920", "BT924", "BT925", "BT930", "BT931", "BT932"}
    assert codes(made.getvalue()) == wanted


def test_the_page_of_a_figure_is_found_below_it(made: Typeset) -> None:
    """Ensures that the page is right where other programs write it with the content only."""

    def change(pdf: pikepdf.Pdf) -> None:
        figure = element(pdf, "/Figure")
        kids = [figure.K] if isinstance(figure.K, int) else list(figure.K)
        kind, page = pikepdf.Name.MCR, figure.Pg
        figure.K = pikepdf.Array(
            pikepdf.Dictionary(Type=kind, Pg=page, MCID=k) if isinstance(k, int) else k
            for k in kids
        )
        del figure["/Pg"], figure["/Alt"]

    (found,) = verify(changed(made.pdf, change))
    kinds = (PlacedPicture, PlacedFrame)
    pages = [p.number for p in made.pages if any(isinstance(item, kinds) for item in p.items)]
    assert found.kind.code == "BT923"
    assert dict(found.values)["page"] == pages[0]


def test_readings_above_the_text_are_no_difference(tmp_path: Path) -> None:
    """Ensures that a build survives readings, in links too, where they are read at the end of
    the line that they stand above."""
    path = tmp_path / "issue.yaml"
    body = (
        "去{歙县|shè xiàn}，[看{歙县|shè xiàn}的网页，再看看别的好地方，"
        + "好" * 40
        + "](https://a.cn/)。"
    )
    path.write_text(ISSUE.replace("只有一段话。", body), encoding="utf-8")
    result = typeset(path, bundled_fonts=True)
    lost = changed(result.pdf, rewrite(0, rb"\([^()]{20,}\)Tj", b""))
    assert "BT951" in codes(lost, expected_of(result.document, result.pages))


def test_a_call_between_two_links_to_one_address_is_read_there(tmp_path: Path) -> None:
    """Ensures that a build survives it: as one link, it would be read before the call."""
    path = tmp_path / "issue.yaml"
    body = "|\n          [甲](https://a.cn/)[^1][乙](https://a.cn/)。\n\n          [^1]: 注。"
    path.write_text(ISSUE.replace("只有一段话。", body), encoding="utf-8")
    result = typeset(path, bundled_fonts=True)
    assert verify(result.pdf, expected_of(result.document, result.pages)) == []


def test_elements_written_in_place_are_read(made: Typeset) -> None:
    """Ensures that bookmarks and tags need not be objects of their own: only references can
    lead in a circle."""

    def place(pdf: pikepdf.Pdf) -> None:
        first = pdf.Root.Outlines.First
        copy = pikepdf.Dictionary({key: first[key] for key in ("/Title", "/Dest") if key in first})
        pdf.Root.Outlines.First = copy
        top = pdf.Root.StructTreeRoot.K
        top = top[0] if isinstance(top, pikepdf.Array) else top
        pdf.Root.StructTreeRoot.K = pikepdf.Dictionary(S=pikepdf.Name.Document, K=top.K)

    assert "BT902" not in codes(changed(made.pdf, place))


@pytest.mark.parametrize("loss", ["category", "description", "hidden", "digits", "label"])
def test_what_is_taken_out_of_a_file_is_missed(loss: str) -> None:
    """Ensures that the words of charts are compared, what describes them, and the ink of what
    /ActualText says. ``hidden`` is of an address that is broken, of which the sample has some."""
    made = sample() if loss == "hidden" else digest()
    expected = expected_of(made.document, made.pages)
    for seed in range(2):
        lost = losses.lose(made.pdf, loss, random.Random(seed))
        assert lost is not None
        assert codes(lost[0], expected), lost[1]


TWO_WAYS = (
    "é、e\u0301、ǖ、u\u0308\u0304", "①、1\u20e3、1\ufe0f\u20e3", "★、★\ufe0f、→、→\ufe0f",
    "√、✔、☑、✔\ufe0f，❗——，（❗）❓……", "葛、葛\U000e0101、が、か\u3099", "⅐、1⁄7、x、𝑥、M、Ⅿ",
    "电话\u202d0531-8888\u202c，上\u200e升\u2061，\u206a甲\u200e。12\u206234，\ufe0f下",
)  # fmt: skip


def test_a_character_written_in_two_ways_is_no_fault() -> None:
    """Catches an issue that is refused as a fault of the program's because one glyph stands for é
    and for e with an accent, of which the font says one and /ActualText the other, or because a
    mark of direction has no glyph. MuPDF reads what was written."""
    words = [f"大会听取{body}等报告。" for body in TWO_WAYS]
    body = "".join(f"  - {text}\n" for text in words)
    made = typeset((ISSUE + f"body:\n{body}").encode(), bundled_fonts=True)
    assert not [finding for finding in made.findings if finding.severity is Severity.ERROR]
    with pymupdf.open(stream=made.pdf) as pdf:
        text = "".join(page.get_text() for page in pdf)
    unseen = re.compile(f"[\\s{FORMAT}]+")
    read = unseen.sub("", text)
    for one in words:
        assert unseen.sub("", one) in read
