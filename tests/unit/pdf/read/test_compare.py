"""What a document is expected to say in a file, and in which order."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from helpers.specimens import CHAR, block, document, style
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, String

from brieftex.document.blocks import StructureNode
from brieftex.document.paragraphs import TextBlock
from brieftex.pdf.read.compare import Expected, Wanted, compare_wanted, wanted_of
from brieftex.pdf.read.parse import PdfFile
from brieftex.pdf.read.readback import Readback
from brieftex.styled.text import RubyText, Text, TextRun


def running(text: Text) -> str:
    """The running text of a document of one paragraph, of whose nodes there are many."""
    nodes = (StructureNode("Document", -1), *[StructureNode("Span", 0)] * 400)
    made = replace(document(TextBlock(text, style())), nodes=nodes)
    return wanted_of(Expected(made, 1, {}, 1, {}, ())).running


def test_readings_follow_their_whole_word() -> None:
    """Ensures that those of each character of a word come behind the word, in their order, however
    many runs it has, and before what follows it, as structure elements of ruby have them."""
    for node in (3, 300):
        runs = tuple(
            TextRun(end, CHAR, int(str(number)))  # not the same object
            for end, number in ((1, 0), (2, node), (3, node), (5, node + 2))
        )
        rubies = tuple(
            RubyText(k, k + 1, text, CHAR, node + 1, 0) for k, text in ((1, "jiǎ"), (2, "yǐ"))
        )
        assert running(Text("前甲乙后面", runs, rubies=rubies)) == "前甲乙jiǎyǐ后面"


def test_what_pages_show_in_place_of_blanks_is_not_wanted() -> None:
    made = document(block("甲 乙"), block("\u3000丙\u200b"))
    assert wanted_of(Expected(made, 1, {}, 1, {}, ())).running == "甲乙丙"


@pytest.mark.parametrize("count", [3, 300])
def test_bookmarks_are_compared_where_pages_are_as_many(count: int) -> None:
    """Ensures that a bookmark leads to its page, which nobody can say of a file that has more or
    fewer than there should be."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 300)).obj
    for _ in range(count - 1):
        pdf.add_blank_page()
    entry = Dictionary(Title=String("一"), Dest=Array([page, Name.Fit]))
    pdf.Root.Outlines = Dictionary(First=pdf.make_indirect(entry))
    stream = BytesIO()
    pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    read = Readback(PdfFile(stream.getvalue()))

    def told(pages: int, *bookmarks: tuple[str, int]) -> list[str]:
        wanted = Wanted(pages, "", (), (), (), bookmarks)
        return [finding.kind.name for finding in compare_wanted(read, wanted)]

    assert told(count, ("一", 1)) == []
    assert told(count, ("一", 2)) == ["broken-bookmark"]
    assert told(count + 1, ("一", 2)) == ["page-count"]
    assert told(count, ("二", 1)) == ["bookmarks-differ"]
    assert told(count) == ["bookmarks-differ"]
