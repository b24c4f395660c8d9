"""Files made to cost much: each is given up within the bounds, in one sentence."""

from __future__ import annotations

import json
import os
import signal
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from helpers import processes

from brieftex.cli import run
from brieftex.diagnostics import Finding
from brieftex.pdf.read import verify

SECONDS, MEMORY = 1, 16
"""The least of either that a command takes."""

DRIVER = """
import json, os, signal, sys, tempfile
import pypdf
from brieftex import bounded
from brieftex.cli import run
bounded._limit_time = lambda seconds: signal.setitimer(signal.ITIMER_PROF, seconds / 4)
for path in sys.argv[4:]:
    with tempfile.TemporaryFile() as words:
        child = os.fork()
        if not child:
            os.dup2(words.fileno(), 2)
            os._exit(run(["verify", path, *sys.argv[1:4]]))
        _, status, used = os.wait4(child, 0)
        words.seek(0)
        said = words.read().decode()
    print(json.dumps([os.waitstatus_to_exitcode(status), said, used.ru_maxrss // 1024]))
"""
"""Verifies files, each in a copy of one process, since to start Python takes as long as to give
most of them up; for each it prints the status, what was said and the most MiB used. The kernel
counts a limit in whole seconds, so a timer of CPU time ends the work in the same way, sooner: that
the kernel is told the seconds, and what is said when they are over, is tested below."""


def packed(data: bytes, times: int = 1) -> bytes:
    """``data`` so many times over, deflated: once, as a block that knows of none before it."""
    squeeze = zlib.compressobj(1, wbits=-zlib.MAX_WBITS)
    block = squeeze.compress(data) + squeeze.flush(zlib.Z_FULL_FLUSH)
    # Adler-32 (RFC 1950) of all of them, by that of one: to look at each takes a third of a second.
    own, low, high = zlib.adler32(data), 1, 0
    for _ in range(times):
        high = (high + len(data) * (low - 1) + (own >> 16)) % 65521
        low = (low + (own & 0xFFFF) - 1) % 65521
    check = (high << 16 | low).to_bytes(4, "big")
    return b"\x78\x01" + block * times + squeeze.flush() + check


class Maker:
    """A PDF file of bytes, without any library's sanity."""

    def __init__(self) -> None:
        self.objects: dict[int, bytes] = {}

    def stream(self, number: int, raw: bytes, entries: bytes = b"") -> None:
        """A packed stream, as it stands."""
        head = b"<</Length %d/Filter/FlateDecode%b>>" % (len(raw), entries)
        self.objects[number] = head + b"stream\n" + raw + b"\nendstream"

    def page(self, contents: bytes, resources: bytes = b"", catalog: bytes = b"") -> None:
        """One page: objects 1 to 3."""
        self.objects[1] = b"<</Type/Catalog/Pages 2 0 R%b>>" % catalog
        self.objects[2] = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
        self.objects[3] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %b/Resources<<%b>>>>"
            % (contents, resources)
        )

    def bytes(self) -> bytes:
        """The file, with a classic table of cross-references."""
        made, places = b"%PDF-1.7\n", {}
        for number, body in self.objects.items():
            places[number] = len(made)
            made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        table = b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places.items())
        tail = b"trailer\n<</Root 1 0 R/Size 999>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
        return made + b"xref\n" + table + tail


def ten_streams_of_50_mb() -> bytes:
    made = Maker()
    made.page(b"[%b]" % b" ".join(b"%d 0 R" % k for k in range(10, 20)))
    raw = packed(b"0 0 9 9 re f (text) Tj " * 1000, 2200)
    for number in range(10, 20):
        made.stream(number, raw)
    return made.bytes()


def a_stream_of_250_mb() -> bytes:
    made = Maker()
    made.page(b"10 0 R")
    made.stream(10, packed(b" " * 1_000_000, 250))
    return made.bytes()


def forms_that_draw_forms() -> bytes:
    made = Maker()
    for k in range(10, 21):
        inner = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
        made.stream(k, packed(b"/X Do " * 40), inner % (k + 1))
    made.stream(21, packed(b"0 0 9 9 re f " * 40), b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    made.page(b"30 0 R", b"/XObject<</X 10 0 R>>")
    made.stream(30, packed(b"/X Do " * 40))
    return made.bytes()


def a_bomb_of_texts() -> bytes:
    made = Maker()
    made.page(b"30 0 R", b"/Font<</F 10 0 R>>")
    made.stream(30, packed(b"/F 9 Tf " + b"<" + b"0041" * 100_000 + b"> Tj ", 40))
    made.objects[10] = (
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 11 0 R>>"
    )
    made.stream(11, packed(b"1 beginbfchar <0041> <%b> endbfchar" % (b"4E00" * 20_000)))
    return made.bytes()


def ranges_without_end() -> bytes:
    made = Maker()
    fonts = b" ".join(b"/F%d %d 0 R" % (k, k) for k in range(100, 300, 2))
    made.page(b"30 0 R", b"/Font<<%b>>" % fonts)
    made.stream(30, packed(b"".join(b"/F%d 9 Tf " % k for k in range(100, 300, 2))))
    raw = packed(b"15 beginbfrange " + b"<0000> <FFFF> <4E00> " * 15 + b"endbfrange")
    for k in range(100, 300, 2):
        made.objects[k] = (
            b"<</Type/Font/Subtype/Type0/BaseFont/A%d/Encoding/Identity-H/ToUnicode %d 0 R>>"
            % (k, k + 1)
        )
        made.stream(k + 1, raw)
    return made.bytes()


def metadata_of_200_mb() -> bytes:
    made = Maker()
    made.page(b"30 0 R", catalog=b"/Metadata 10 0 R")
    made.stream(30, packed(b" "))
    made.stream(10, packed(b"<dc:title>" * 100_000, 200))
    return made.bytes()


def a_tree_of_many_elements() -> bytes:
    made = Maker()
    made.page(b"30 0 R", catalog=b"/StructTreeRoot 10 0 R/MarkInfo<</Marked true>>")
    made.stream(30, packed(b" "))
    made.objects[10] = b"<</Type/StructTreeRoot/K 11 0 R>>"
    for k in range(11, 40):  # each element names the next a thousand times
        made.objects[k] = b"<</S/P/K[%b]>>" % (b"%d 0 R " % (k + 1) * 1000)
    made.objects[40] = b"<</S/P/K 1>>"
    return made.bytes()


def arrays_of_a_million_arrays() -> bytes:
    made = Maker()
    made.page(b"30 0 R", catalog=b"/OpenAction [%b]" % (b"[[]]" * 1_000_000))
    made.stream(30, packed(b" "))
    return made.bytes()


def a_string_of_parentheses() -> bytes:
    made = Maker()
    made.page(b"30 0 R")
    made.stream(30, packed(b"(" * 1_000_000, 40))
    return made.bytes()


def marked_content_without_end() -> bytes:
    made = Maker()
    made.page(b"30 0 R")
    made.stream(30, packed(b"/P <</MCID 1>> BDC " * 100_000, 50))
    return made.bytes()


def names_in_a_tree_of_trees() -> bytes:
    made = Maker()
    link = b"<</Subtype/Link/Dest(x)/Rect[0 0 9 9]>> " * 3000
    made.page(b"30 0 R", catalog=b"/Names<</Dests 10 0 R>>")
    made.objects[3] = made.objects[3].replace(b"/Contents", b"/Annots[%b]/Contents" % link)
    made.stream(30, packed(b" "))
    for k in range(10, 40):
        made.objects[k] = b"<</Kids[%b]>>" % (b"%d 0 R " % (k + 1) * 1000)
    made.objects[40] = b"<</Names[]>>"
    return made.bytes()


def foreign(change: Callable[[pikepdf.Pdf], object], *, compressed: bool = False) -> bytes:
    """A file that pypdf has to read first, for its objects are in streams; streams that were
    ``compressed`` already stay as they are, which pikepdf would unpack and pack again."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(600, 800))
    change(pdf)
    made = BytesIO()
    pdf.save(
        made,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=not compressed,
    )
    return made.getvalue()


def objects_that_grow() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        def numbers(k: int) -> pikepdf.Object:
            return pdf.make_indirect(pikepdf.Object.parse(b"[%b]" % (b"%d " % k * 20_000)))

        pdf.Root.Extra = pikepdf.Array([numbers(0)] * 9)
        for k in range(12):
            pdf.Root[f"/E{k}"] = numbers(k)

    return foreign(change)


def streams_for_another_library() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        raw = packed(b"0 0 9 9 re f (text) Tj " * 1000, 2200)
        streams = []
        for _ in range(20):
            stream = pdf.make_stream(b"")
            stream.write(raw, filter=pikepdf.Name.FlateDecode)
            streams.append(stream)
        pdf.pages[0].Contents = pikepdf.Array(streams)

    return foreign(change, compressed=True)


def filters_of_filters() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(b"")
        names = [pikepdf.Name.FlateDecode] * 2
        stream.write(packed(packed(b" " * 1_000_000, 250)), filter=pikepdf.Array(names))
        pdf.pages[0].Contents = stream

    return foreign(change, compressed=True)


def ascii_of_ascii() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(b"")
        names = [pikepdf.Name.FlateDecode, pikepdf.Name.ASCIIHexDecode]
        stream.write(packed(b"20" * 1_000_000, 80), filter=pikepdf.Array(names))
        pdf.pages[0].Contents = stream

    return foreign(change, compressed=True)


BOMBS = [
    ten_streams_of_50_mb, a_stream_of_250_mb, forms_that_draw_forms, a_bomb_of_texts,
    ranges_without_end, metadata_of_200_mb, a_tree_of_many_elements,
    arrays_of_a_million_arrays, a_string_of_parentheses, marked_content_without_end,
    names_in_a_tree_of_trees, objects_that_grow, streams_for_another_library,
    filters_of_filters, ascii_of_ascii,
]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="the kernel has no such bounds")
def test_hostile_files_are_given_up(tmp_path: Path) -> None:
    """Ensures a true status, Chinese words and memory within the bound, whatever the file."""
    paths = [tmp_path / f"{bomb.__name__}.pdf" for bomb in BOMBS]
    for path, bomb in zip(paths, BOMBS, strict=True):
        path.write_bytes(bomb())
    bounds = "--format=concise", f"--seconds={SECONDS}", f"--memory={MEMORY}"
    done = processes.run(*bounds, *paths, program=DRIVER, check=True)
    wrong = {}
    for path, line in zip(paths, done.stdout.splitlines(), strict=True):
        status, said, most = json.loads(line)
        # The bound counts from what Python and the libraries need before they begin.
        enough = MEMORY + 100 + 2 * path.stat().st_size / 2**20
        sound = "错误" in said and "Traceback" not in said and "缺陷" not in said
        if status != 1 or not sound or most >= enough:
            wrong[path.stem] = (status, said, most)
    assert wrong == {}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux alone")
def test_the_bounds_can_be_widened(tmp_path: Path) -> None:
    """Ensures that a large file of one's own is verified to its end."""
    made = Maker()
    made.page(b"10 0 R")
    made.stream(10, packed(b"a" * 1_000_000, 30))
    path = tmp_path / "large.pdf"
    path.write_bytes(made.bytes())
    for memory, given_up in (("16", True), ("500", False)):
        done = processes.run("verify", path, "--memory", memory)
        assert done.returncode == 1
        assert ("BT908" in done.stderr) is given_up


@pytest.mark.skipif(sys.platform == "win32", reason="the kernel has no such bounds")
@pytest.mark.parametrize("operand", [b" ", b"7 ", b"/A ", b"[(x)"])
def test_operands_without_an_operator_are_read_once(
    operand: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ensures it by the time that a file of white space is given: once for each character, they
    took minutes."""
    made = Maker()
    made.page(b"10 0 R")
    made.stream(10, packed(operand * 50_000))
    path = tmp_path / "many.pdf"
    path.write_bytes(made.bytes())
    run(["verify", str(path), "--seconds", str(SECONDS)])
    assert "BT908" not in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="the kernel has no such bounds")
@pytest.mark.parametrize("seconds", [1, 60])
def test_the_kernel_is_told_the_seconds(
    seconds: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ensures it where the file is read, without a file that takes so many of them."""
    import resource  # noqa: PLC0415  # Windows has none

    path, told = tmp_path / "any.pdf", tmp_path / "told"
    path.write_bytes(b"")

    def limit(*_given: object, **_options: object) -> list[Finding]:
        told.write_text(str(resource.getrlimit(resource.RLIMIT_CPU)[0]))
        return []

    monkeypatch.setattr(verify, "verify", limit)
    assert run(["verify", str(path), "--seconds", str(seconds)]) == 0
    assert told.read_text() == str(seconds)


@pytest.mark.skipif(sys.platform == "win32", reason="the kernel has no such bounds")
def test_what_the_kernel_ends_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ensures it of the signal that comes when the seconds are over."""
    path = tmp_path / "any.pdf"
    path.write_bytes(b"")

    def over(*_given: object, **_options: object) -> list[Finding]:
        os.kill(os.getpid(), signal.SIGXCPU)
        return []

    monkeypatch.setattr(verify, "verify", over)
    assert run(["verify", str(path), "--seconds", "7"]) == 1
    assert "7 秒" in capsys.readouterr().err
