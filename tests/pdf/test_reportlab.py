"""What the writer relies on reportlab for, some of it below its documented surface: these tests
fail when a new version does it otherwise, whatever else that version changes."""

from __future__ import annotations

import os
from io import BytesIO

import pikepdf
import pytest

from brieftex.pdf.write.reportlab_bridge import EPOCH, File, Written


def small(body: bytes = b"BT ET", language: str = "zh-CN") -> bytes:
    """A file of two pages, with everything that a file can be given."""
    file = File(language)
    font = file.add(Written(b"<</Type/Font/Subtype/Type3>>"))
    for index in range(2):
        content = Written(b"<</Length %d>>\nstream\n%b\nendstream\n" % (len(body), body))
        images, states = ({"I0": font}, {"G0": b"<</ca 0.5>>"}) if index else ({}, {})
        file.add_page((100.5, 200), content, images, states, index)
    link = file.add(Written(lambda: b"<</Subtype/Link/Dest[%b/Fit]>>" % file.page(1)))
    file.annotate(0, [link])
    file.add_font("F0", font)
    file.set_info(b"<</Title(t)>>")
    file.set_catalog(
        Outlines=None,
        StructTreeRoot=file.add(Written(b"<</Type/StructTreeRoot>>")),
        OutputIntents=b"[]",
        AF=b"[]",
        Metadata=Written(b"<</Length 1>>\nstream\nm\nendstream\n"),
    )
    return file.data()


@pytest.fixture
def made() -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(small()))


def test_objects_are_numbered_as_they_are_added() -> None:
    # The first number is that of the dictionary of fonts, which every document has.
    file = File("zh-CN")
    references = [file.add(Written(b"null")) for _ in range(3)]
    file.add_page((1, 1), Written(b"<</Length 0>>\nstream\n\nendstream\n"), {}, {}, 0)
    assert [*references, file.page(0)] == [b"2 0 R", b"3 0 R", b"4 0 R", b"5 0 R"]


def test_a_page_has_what_it_is_given_and_no_more(made: pikepdf.Pdf) -> None:
    first, second = made.pages
    always = {"/Type", "/Parent", "/MediaBox", "/Rotate", "/Contents", "/Resources"}
    assert set(first.keys()) == always | {"/StructParents", "/Tabs", "/Annots"}
    assert set(second.keys()) == always | {"/StructParents", "/Tabs"}
    assert [float(number) for number in first.MediaBox] == [0, 0, 100.5, 200]
    assert (second.StructParents, second.Tabs) == (1, "/S")
    assert first.Contents.read_bytes() == b"BT ET"
    assert first.Annots[0].Dest[0].objgen == second.obj.objgen


def test_resources_are_those_given(made: pikepdf.Pdf) -> None:
    first, second = (page.Resources for page in made.pages)
    assert set(first.keys()) == {"/Font", "/ProcSet"}
    assert set(second.keys()) == {"/Font", "/ProcSet", "/XObject", "/ExtGState"}
    assert float(second.ExtGState.G0.ca) == 0.5
    # No font of reportlab's own: none of the standard ones may stand in an archive unembedded.
    assert [dict(page.Font.items()).keys() for page in (first, second)] == [{"/F0"}] * 2
    assert second.XObject.I0.objgen == first.Font.F0.objgen


def test_the_catalog_has_what_it_is_given_and_no_more(made: pikepdf.Pdf) -> None:
    given = {"/StructTreeRoot", "/OutputIntents", "/AF", "/Metadata"}
    assert set(made.Root.keys()) == {"/Type", "/Pages", "/PageMode", "/Lang"} | given
    assert (str(made.Root.Lang), made.Root.PageMode) == ("zh-CN", "/UseNone")
    assert dict(made.trailer.Info.items()) == {"/Title": "t"}
    assert made.pdf_version == "1.7"


def test_nothing_is_in_the_file_but_what_is_in_use(made: pikepdf.Pdf) -> None:
    # Fonts, font, pages, contents, link, tree root, catalog, info, metadata, page tree.
    assert len(made.objects) == 12


@pytest.mark.parametrize("said", ["", "no date", "1e99", "315532800", "9" * 40])
def test_a_file_depends_on_no_environment(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EPOCH, raising=False)
    without = small()
    monkeypatch.setenv(EPOCH, said)
    assert small() == without
    assert os.environ[EPOCH] == said


def test_what_is_written_is_in_the_id() -> None:
    ids = [pikepdf.open(BytesIO(small(body))).trailer.ID[0] for body in (b"a", b"b", b"a")]
    assert bytes(ids[0]) == bytes(ids[2]) != bytes(ids[1])
