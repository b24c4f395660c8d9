"""``brieftex trace``: copies printed, copied, scanned and read back; what cannot be told is not."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import fast_mail_parser
import pikepdf
import pytest
from helpers.scanning import PROSE, RICH, Copier, copied, drawn_page, plain_copy
from helpers.support import ISSUE
from PIL import Image

from brieftex.cli import run
from brieftex.delivery.ledger import Ledger
from brieftex.pdf.read.verify import verify

# The pictures were made here a moment ago; what a scan may take is asked of a process of its own.
pytestmark = pytest.mark.usefixtures("sound_files")

PAGES = 6
"""Of one copy, with the blank back of the last."""


def furnish(folder: Path) -> Path:
    """Put a final issue and a list of readers into a folder."""
    (folder / "issue.yaml").write_text("state: final\n" + RICH, "utf-8")
    (folder / "readers.csv").write_text(
        "姓名,单位,方式,邮箱\n王力,教务处,纸,\n阿卜杜拉·买买提,校办,都要,a@example.org\n"
        "李明,后勤处,邮件,l@example.org\n", "utf-8",
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def printed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which four marked copies were printed, the first two of them for readers."""
    folder = furnish(tmp_path_factory.mktemp("printed"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert printed("--to", "readers.csv", "--copies", "1-4", "--trace") == 0
    return folder


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return furnish(tmp_path)


@pytest.fixture
def marked(office: Path, printed_once: Path) -> Path:
    """The office with its four copies, and the ledger that knows them."""
    shutil.copytree(printed_once, office, dirs_exist_ok=True)
    return office


def printed(*arguments: str) -> int:
    return run(["print", "issue.yaml", "--bundled-fonts", *arguments])


BAD = Copier(150, angle=-1.4, scale=0.98, stretch=1.002, wobble=0.1, blur=0.6, noise=8, quality=50)
SMALL = Copier(210, angle=2.0, scale=0.707, bits=1)  # A4 to A5, black and white
WANTED = (1, 2, 3)
"""The pages that are scanned, from 0: fewer do not have enough lines."""


def put_copies(folder: Path, name: str, copier: Copier) -> Path:
    """A bad copy of the second printed one, of several pages. What a copier makes of 600 dots to
    the inch, black or white, it makes of half as many in greys: it takes four of them for one."""
    data = (folder / "out/issue-print.pdf").read_bytes()
    pages = [copied(drawn_page(data, PAGES + k, 300), copier, k, 300) for k in WANTED]
    pages[0].save(folder / name, save_all=True, append_images=pages[1:], resolution=copier.dpi)
    return folder / name


@pytest.fixture(scope="module")
def bad_copy(printed_once: Path) -> Path:
    """A scan in which there is everything that makes it hard to read."""
    return put_copies(printed_once, "bad.tif", BAD)


@pytest.fixture(scope="module")
def small_copy(printed_once: Path) -> Path:
    """A scan of a copy on half a sheet."""
    return put_copies(printed_once, "small.pdf", SMALL)


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("scan", ["bad_copy", "small_copy"])
def test_a_bad_copy_tells_whose_it_was(
    scan: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    name = str(request.getfixturevalue(scan))
    capsys.readouterr()
    assert run(["trace", name, "--ledger", "发行.db", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["outcome"] == "named"
    assert told["right"] == told["lines"] > 22
    assert told["chance"] < 1e-6
    (copy,) = told["copies"]
    assert (copy["copy"], copy["reader"]) == (2, "校办 阿卜杜拉·买买提")


@pytest.mark.usefixtures("marked")
def test_who_has_no_copy_is_never_named(bad_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ensures that neither an unmarked copy, nor one of another ledger, nor other text gives a
    name, and that the reason is told."""
    assert printed("--copies", "9-10", "--trace", "--ledger", "b.db", "-o", "b") == 0
    assert printed("--copies", "1", "-o", "plain") == 0
    plain_copy(Path("plain/issue-print.pdf").read_bytes(), 3).save("p.tif")
    capsys.readouterr()
    assert run(["trace", str(bad_copy), "--ledger", "b.db"]) == 1
    assert "同登记里哪一份都不够相符" in capsys.readouterr().out
    assert run(["trace", "p.tif"]) == 1
    assert "没有加暗记" in capsys.readouterr().out
    with Image.open(bad_copy) as pages:
        pages.save("one.png")
    assert run(["trace", "one.png"]) == 1
    assert "请多扫几页" in capsys.readouterr().out
    Image.new("L", (800, 1100), 255).save("blank.png")
    assert run(["trace", "blank.png"]) == 1
    assert "没有一页对得上" in capsys.readouterr().out


def test_a_copy_may_lie_on_its_head_or_be_a_spread(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (office / "issue.yaml").read_text("utf-8")
    (office / "issue.yaml").write_text(text.split("colophon:")[0], "utf-8")
    assert printed("--booklet", "--copies", "1", "--trace") == 0
    data = (office / "out/issue-booklet.pdf").read_bytes()
    side = plain_copy(data, 3)
    side.rotate(180.8, Image.Resampling.BILINEAR, expand=True, fillcolor=255).save("s.png")
    capsys.readouterr()
    assert run(["trace", "s.png"]) == 1  # two pages have too few lines
    out, err = capsys.readouterr()
    assert "第 4 页，读出" in err
    assert "第 5 页，读出" in err
    assert "请多扫几页" in out


def test_files_of_marked_copies_are_whole_documents(office: Path) -> None:
    assert printed("--copies", "2", "--separate", "--trace") == 0
    one, two = ((office / f"out/issue-print-00000{n}.pdf").read_bytes() for n in (1, 2))
    assert one != two
    assert verify(one) == verify(two) == []
    with pikepdf.open(office / "out/issue-print-000002.pdf") as pdf:
        assert "/StructTreeRoot" in pdf.Root
    assert printed("--to", "readers.csv", "--personal", "--trace") == 0
    with Ledger(office / "发行.db") as ledger:
        rows = ledger.entries()
        assert ledger.faults() == []
        assert len(ledger.maps()) == 1  # with names across it, it is the same issue
    assert len({row.trace for row in rows}) == 1


def test_mail_is_marked_for_each_reader(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from helpers.mailserver import running  # noqa: PLC0415  # one test of this file has mail

    assert run(["mail", "issue.yaml", "--one", "--trace"]) == 2
    with running(office) as (boxes, port, ca), pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFTEX_MAILPASSWORD", "secret")
        call = [
            "mail",
            "issue.yaml",
            "--bundled-fonts",
            "--trace",
            "--send",
            "--yes",
            "--from",
            "o@example.org",
            "--server",
            "127.0.0.1",
            "--port",
            str(port),
            "--ca",
            str(ca),
        ]
        assert run(call) == 0
        assert run([*call, "--resume"]) == 0
    assert {who: len(got) for who, got in boxes.received.items()} == {
        "a@example.org": 1, "l@example.org": 1,
    }  # fmt: skip
    (message,) = boxes.received["l@example.org"]
    (attachment,) = fast_mail_parser.parse_email(message).attachments
    own = bytes(attachment.content)
    assert verify(own) == []
    capsys.readouterr()
    first, *others = (plain_copy(own, number) for number in WANTED)
    first.save("l.tif", save_all=True, append_images=others)
    assert run(["trace", "l.tif"]) == 0
    assert "后勤处 李明 <l@example.org>" in capsys.readouterr().out


def test_a_changed_map_shows_in_the_ledger(
    marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(marked / "发行.db") as base:
        base.execute("UPDATE traces SET map = x'00'")
    base.close()
    capsys.readouterr()
    assert run(["ledger", "verify"]) == 1
    assert "暗记的底图" in capsys.readouterr().err
    Image.new("L", (80, 80)).save("x.png")
    assert run(["trace", "x.png"]) == 1
    assert "ledger verify" in capsys.readouterr().err


BOUNDED = """
import sys
import pypdfium2  # the library alone needs more
from brieftex.cli import run
from brieftex.printing import scans
scans.SCAN_MEBIBYTES = 4
for name in sys.argv[1:]:
    assert run(["trace", name]) == 1, name
"""


@pytest.mark.usefixtures("marked")
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel keeps this bound there alone")
def test_a_scan_that_takes_too_much_memory_is_given_up() -> None:
    """Ensures that pictures and PDF files alike are read in a process that is bounded. It begins
    in a new one: what PDFium and the C library have of earlier tests does not count."""
    page = Image.new("L", (2500, 3500), "white")
    page.save("s.png")
    page.save("s.pdf", resolution=300)
    page.save("s.tif", save_all=True, append_images=[page])
    names = "s.png", "s.pdf", "s.tif"
    call = [sys.executable, "-P", "-c", BOUNDED, *names]
    told = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=True).stderr
    for name in names:
        assert f"{name} 的一页要的时间或内存太多" in told


@pytest.mark.usefixtures("marked")
def test_a_scan_of_too_many_pages_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("brieftex.printing.scans.MOST_PAGES", 1)
    small = Image.new("L", (100, 140), "white")
    small.save("s.tif", save_all=True, append_images=[small])
    assert run(["trace", "s.tif"]) == 1
    assert "页数太多" in capsys.readouterr().err


def test_what_cannot_be_traced_is_told(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed("--trace") == 2
    assert run(["trace", "x.png"]) == 1  # no ledger
    assert printed("--copies", "2") == 0
    assert run(["trace", "x.png"]) == 1
    assert "没有加过暗记的" in capsys.readouterr().err
    text = ISSUE.replace("只有一段话。", PROSE * 9)
    (office / "short.yaml").write_text(f"state: final\n{text}\n", "utf-8")
    assert run(["print", "short.yaml", "--bundled-fonts", "--copies", "60", "--trace"]) == 1
    assert "至少要 26 行" in capsys.readouterr().err
    assert printed("--copies", "2", "--trace") == 0
    assert "加了暗记" in capsys.readouterr().out
    for name, data in {
        "a.pdf": b"%PDF-1.7\n",
        "b.png": b"\x89PNG\r\n\x1a\n",
        "c.txt": b"abc",
    }.items():
        (office / name).write_bytes(data)
        assert run(["trace", name]) == 1
        assert f"{name} 不是能读的扫描件" in capsys.readouterr().err
    assert run(["trace", "nothing.png"]) == 1
    assert run(["trace", "b.png", "--issue", "哪一期"]) == 2
