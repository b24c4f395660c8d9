"""``brieftex print``: sheets folded again from what is rendered, numbered copies, the ledger."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from helpers.folding import folded_order
from helpers.support import ISSUE
from PIL import ImageChops

from brieftex.cli import run
from brieftex.delivery.ledger import Ledger
from brieftex.delivery.spooler import media_name
from brieftex.layout.imposition import PAPERS, booklet
from brieftex.pdf.read.verify import verify
from brieftex.pipeline import typeset
from brieftex.units import Size, mm, to_pt

COLOPHON = "colophon: {prepared_by: [甲], copies: 60}\n"
PARAGRAPH = "这一段话有许多行，为的是排出好几页来，看页与页怎样拼在纸上。"
LONG = ISSUE.replace("只有一段话。", "|\n" + "\n\n".join(
    f"          {PARAGRAPH * 6}{n}" for n in range(16)
)) + COLOPHON  # fmt: skip
FINAL = "state: final\n"


@pytest.fixture
def issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "issue.yaml"
    path.write_text(FINAL + LONG, "utf-8")
    return path


def printed(*arguments: str) -> int:
    return run(["print", "issue.yaml", "--bundled-fonts", *arguments])


def rendered(pdf: bytes, dpi: int = 36) -> list[Any]:
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    document.close()
    return pictures


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def is_blank(picture: Any) -> bool:
    return bool(picture.getextrema()[0] == 255)


def alike(one: Any, other: Any) -> bool:
    """Whether two pictures have the same ink, but for the greys of edges."""
    other = other.resize(one.size)
    difference = ImageChops.difference(one, other).resize((one.width // 4, one.height // 4))
    return bool(difference.getextrema()[1] < 40)


def test_the_rendered_booklet_folds_into_the_issue(issue: Path, tmp_path: Path) -> None:
    pages = rendered(typeset(issue, edition="print", bundled_fonts=True).pdf)
    assert len(pages) % 4  # so that there are blanks
    assert printed("--booklet") == 0
    sides = rendered((tmp_path / "out/issue-booklet.pdf").read_bytes())
    halves: dict[int, Any] = {}
    plan = booklet(list(range(2 * len(sides))), *_sizes())
    for side, picture in zip(plan, sides, strict=True):
        middle = picture.width // 2
        boxes = (0, 0, middle, picture.height), (middle, 0, picture.width, picture.height)
        for spot, box in zip(side.spots, boxes, strict=True):
            halves[spot.page] = picture.crop(box)
    folded = [halves[page] for page in folded_order(plan) if page is not None]
    inked = [half for half in folded if not is_blank(half)]
    assert alike(folded[0], pages[0])
    assert alike(folded[-1], pages[-1])  # the colophon is on the back
    assert is_blank(folded[-2])
    assert len(inked) == len(pages)
    assert all(alike(a, b) for a, b in zip(inked, pages, strict=True))


def _sizes() -> tuple[Size, Size]:
    return PAPERS["a4"], PAPERS["a3"]


def test_each_page_is_one_form(issue: Path, tmp_path: Path) -> None:
    assert printed("--booklet", "--copies", "5") == 0
    with pikepdf.open(tmp_path / "out/issue-booklet.pdf") as pdf:
        forms = [
            obj
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Form"
        ]
        sides = len(pdf.pages)
        assert "/StructTreeRoot" not in pdf.Root
        assert pdf.check_pdf_syntax() == []
    pages = len(typeset(issue, edition="print", bundled_fonts=True).pages)
    assert len(forms) == pages + 4  # the first page of each other copy
    assert sides % 5 == 0


@pytest.mark.usefixtures("issue")
def test_marks_stand_outside_the_trim(tmp_path: Path) -> None:
    assert printed("--booklet", "--paper", "sra3") == 0
    picture = rendered((tmp_path / "out/issue-booklet.pdf").read_bytes(), 72)[0]
    inner = (picture.width - int(to_pt(_sizes()[1].height))) // 2
    assert not is_blank(picture.crop((0, 0, inner - 2, picture.height)))
    assert not is_blank(picture.crop((0, picture.height - 40, picture.width, picture.height)))
    assert printed("--booklet") == 0
    with pikepdf.open(tmp_path / "out/issue-booklet.pdf") as pdf:
        assert "/M" not in pdf.pages[0].Resources.XObject


@pytest.mark.usefixtures("issue")
def test_numbered_copies_share_all_but_their_first_page(tmp_path: Path) -> None:
    assert printed() == 0
    one = (tmp_path / "out/issue-print.pdf").stat().st_size
    assert printed("--copies", "17,40-45") == 0
    data = (tmp_path / "out/issue-print.pdf").read_bytes()
    per = len(texts(data)) // 7
    heads = texts(data)[::per]
    numbers = [17, *range(40, 46)]
    assert [f"{n:06}" in text for n, text in zip(numbers, heads, strict=True)] == [True] * 7
    assert sum("编号" in text for text in texts(data)) == 7
    assert len(data) < 1.5 * one  # seven times as many pages
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len({page.obj.Contents.objgen for page in pdf.pages}) == per + 6
    with Ledger(tmp_path / "发行.db") as ledger:
        rows = ledger.entries()
        assert ledger.faults() == []
    assert [row.copy for row in rows] == numbers
    assert {row.sha256 for row in rows} == {sha256(data).hexdigest()}


def test_a_numbered_copy_is_what_its_number_in_the_file_gives(issue: Path, tmp_path: Path) -> None:
    """Ensures that a first page with another masthead is the page of that number, set whole."""
    assert printed("--copies", "8,123456", "--separate") == 0
    made = (tmp_path / "out/issue-print-123456.pdf").read_bytes()
    issue.write_text(issue.read_text("utf-8").replace("number: 1\n", "number: 1\n  copy_number: "
                                                      "123456\n"), "utf-8")  # fmt: skip
    whole = typeset(issue, edition="print", bundled_fonts=True).pdf
    for one, other in zip(rendered(made, 72), rendered(whole, 72), strict=True):
        assert ImageChops.difference(one, other).getextrema()[1] == 0


@pytest.mark.usefixtures("issue")
def test_copies_are_numbered_for_the_readers_of_a_list(tmp_path: Path) -> None:
    readers = tmp_path / "readers.csv"
    readers.write_text("姓名,单位,份数,方式,邮箱\n王力,教务处,2,纸,\n李明,校办,1,邮件,a@b.cn\n"
                       "张华,,1,都要,c@d.cn\n", "utf-8")  # fmt: skip
    assert printed("--to", "readers.csv") == 0
    assert printed("--to", "readers.csv", "--copies", "3-4") == 0
    with Ledger(tmp_path / "发行.db") as ledger:
        rows = [(row.copy, row.reader) for row in ledger.entries()]
    assert rows == [(1, "教务处 王力"), (2, "教务处 王力"), (3, "张华"), (3, "张华"), (4, "")]
    readers.write_text("姓名,份数\n王力,x\n", "utf-8")
    assert printed("--to", "readers.csv") == 1


@pytest.mark.usefixtures("issue")
def test_a_personal_copy_names_its_reader_out_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "readers.csv").write_text("姓名\n王力\n李明\n", "utf-8")
    assert printed("--personal") == 2
    assert printed("--separate", "--copies", "2") == 0
    plain = (tmp_path / "out/issue-print-000002.pdf").read_bytes()
    assert printed("--to", "readers.csv", "--personal") == 0
    made = (tmp_path / "out/issue-print-000002.pdf").read_bytes()
    assert texts(made) == texts(plain)
    for one, other in zip(rendered(made), rendered(plain), strict=True):
        assert ImageChops.difference(one, other).getextrema()[1] > 15
    with pikepdf.open(BytesIO(made)) as pdf:
        assert "份号 李明 000002" in str(pdf.open_metadata()["dc:subject"])
        assert "/StructTreeRoot" in pdf.Root
    assert verify(made) == []
    with Ledger(tmp_path / "发行.db") as ledger:
        rows = [(r.copy, r.reader, r.sha256) for r in ledger.entries()][-2:]
    assert rows[1] == (2, "李明", sha256(made).hexdigest())
    assert rows[0][2] != rows[1][2]


def test_what_is_not_final_is_refused_or_noted(issue: Path, tmp_path: Path) -> None:
    issue.write_text(LONG, "utf-8")
    assert printed("--copies", "2") == 1
    assert not (tmp_path / "out").exists()
    assert printed("--copies", "2", "--force") == 0
    with Ledger(tmp_path / "发行.db") as ledger:
        assert ["还没有定稿" in row.note for row in ledger.entries()] == [True, True]


@pytest.mark.usefixtures("issue")
def test_no_numbered_copy_is_written_without_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "other.db").write_text("no ledger", "utf-8")
    for ledger in ("no/folder/发行.db", "other.db"):
        assert printed("--copies", "2", "--ledger", ledger) == 1
        assert not (tmp_path / "out").exists()


def test_the_ticket_counts(issue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed("--booklet", "--copies", "60", "--paper", "a4", "--json") == 0
    ticket = json.loads(capsys.readouterr().out)
    pages = len(typeset(issue, edition="print", bundled_fonts=True).pages)
    blanks = -pages % 4
    sheets = (pages + blanks) // 4
    assert (ticket["pages"], ticket["blanks"], ticket["sheets"]) == (pages, blanks, sheets)
    assert ticket["paper_needed"] == -(-sheets * 60 * 102 // 100)
    assert ticket["color_pages"] == [1]
    assert ticket["scale"] == 707
    assert any("11.2 磅" in note for note in ticket["notes"])
    slip = (tmp_path / "out/issue-ticket.pdf").read_bytes()
    with pikepdf.open(BytesIO(slip)) as pdf:
        assert [round(float(v)) for v in pdf.pages[0].MediaBox] == [0, 0, 420, 595]
    assert "骑马订" in "".join(texts(slip))


def test_the_ticket_tells_which_pages_are_on_each_sheet(
    issue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed("--booklet", "--json") == 0
    told = json.loads(capsys.readouterr().out)["collation"]
    pages = texts(typeset(issue, edition="print", bundled_fonts=True).pdf)
    document = pypdfium2.PdfDocument(tmp_path / "out/issue-booklet.pdf")
    found = []
    for side in document:
        width, text = side.get_width(), side.get_textpage()
        for left in (0, width / 2):
            words = text.get_text_bounded(left=left, right=left + width / 2)
            found.append(str(pages.index(words) + 1) if words.strip() else "空")
    document.close()
    sheets = [found[k : k + 4] for k in range(0, len(found), 4)]
    assert told == [f"第{n}张 正 {a}·{b} 反 {c}·{d}" for n, (a, b, c, d) in enumerate(sheets, 1)]
    assert "空" in found


def test_fronts_and_backs_are_files_for_one_sided_printers(issue: Path, tmp_path: Path) -> None:
    assert printed("--simplex") == 0
    whole = texts(typeset(issue, edition="print", bundled_fonts=True).pdf)
    fronts = texts((tmp_path / "out/issue-print-正面.pdf").read_bytes())
    backs = texts((tmp_path / "out/issue-print-反面.pdf").read_bytes())
    assert fronts == whole[::2]
    assert len(backs) == len(fronts)
    assert [text for text in backs if text] == whole[1::2][::-1]


@pytest.mark.usefixtures("issue")
@pytest.mark.parametrize(
    "arguments",
    [["--booklet", "--2up"], ["--paper", "a3"], ["--separate"], ["--copies", "0"],
     ["--copies", "5-2"], ["--copies", "sixty"], ["--booklet", "--simplex", "--copies", "2"]],
)  # fmt: skip
def test_wrong_calls_are_told(arguments: list[str]) -> None:
    assert printed(*arguments) == 2


def test_readers_who_want_another_edition_keep_their_numbers(
    tmp_path: Path, issue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert issue.exists()
    (tmp_path / "readers.csv").write_text(
        "姓名,版本,份数\n王力,,２\n李明,大字,1\n张华,印刷版,1\n赵敏,邮件版,1\n", "utf-8"
    )
    assert printed("--to", "readers.csv") == 0
    assert "1 份要 large 版" in capsys.readouterr().err
    assert printed("--to", "readers.csv", "--edition", "large") == 0
    assert printed("--to", "readers.csv", "--edition", "mono") == 0  # 张华 wants print
    with Ledger(tmp_path / "发行.db") as ledger:
        rows = [(row.copy, row.reader, row.edition) for row in ledger.entries()]
    assert rows[:5] == [(1, "王力", "print"), (2, "王力", "print"), (4, "张华", "print"),
                        (5, "赵敏", "print"), (1, "王力", "large")]  # fmt: skip
    assert (3, "李明", "large") in rows
    assert (4, "张华", "mono") not in rows


@pytest.fixture
def spooler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What ``lp`` was called with, a line for each call."""
    if sys.platform == "win32":
        pytest.skip("there is no lp")
    calls = tmp_path / "calls"
    tool = tmp_path / "bin/lp"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\necho "$@" >> {calls}\necho "request id is x-1"\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
    return calls


@pytest.mark.usefixtures("issue")
def test_copies_without_numbers_are_counted_and_handed_over(
    spooler: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed("--json") == 0
    assert json.loads(capsys.readouterr().out)["copies"] == 60  # of the colophon
    assert printed("--json", "--unnumbered", "30", "--send-to", "office") == 0
    assert json.loads(capsys.readouterr().out)["copies"] == 30
    (call,) = spooler.read_text("utf-8").splitlines()
    assert "-n 30" in call
    assert "media=A4" in call
    assert printed("--unnumbered", "3", "--copies", "3") == 2
    assert printed("--send-to", "office") == 0
    assert "-n 1 " in spooler.read_text("utf-8").splitlines()[-1]


@pytest.mark.usefixtures("issue")
def test_backs_are_not_printed_before_the_pile_is_turned(
    spooler: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed("--booklet", "--simplex", "--send-to", "office") == 0
    (call,) = spooler.read_text("utf-8").splitlines()
    assert call.endswith("正面.pdf")
    assert "sides=one-sided" in call
    assert "media=A3" in call
    assert "反面.pdf" in capsys.readouterr().err.splitlines()[-1]


def test_paper_of_another_size_is_named_by_its_measures() -> None:
    assert media_name(Size(mm(450), mm(320))) == "SRA3"
    assert media_name(Size(mm(185), mm(260))) == "Custom.185x260mm"


CUPSD = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A CUPS of our own with one queue, ``pdf``, that keeps what it is sent; its log."""
    if sys.platform == "win32" or CUPSD is None or shutil.which("lp") is None:
        pytest.skip("no CUPS here: CI=true make readers")
    if os.getuid() != 0:
        pytest.skip("its scheduler wants to be root")
    root = Path("/tmp") / f"brieftex-cups-{os.getpid()}"  # a socket's path has 107 bytes
    backend = root / "bin/backend"
    for folder in (backend, root / "bin/filter", root / "spool/tmp", root / "cache", root / "log",
                   root / "run/certs", root / "conf/ppd"):  # fmt: skip
        folder.mkdir(parents=True)
    server = next(p for p in map(Path, ("/usr/lib/cups", "/usr/libexec/cups")) if p.is_dir())
    (root / "bin/daemon").symlink_to(server / "daemon")
    jobs = root / "jobs"
    jobs.mkdir()
    keep = backend / "keep"
    keep.write_text(
        f'#!/bin/sh\n[ $# = 0 ] && exit 0\necho "$3|$4|$5" > {jobs}/$1.txt\n'
        f"cat ${{6:--}} > {jobs}/$1.part\nmv {jobs}/$1.part {jobs}/$1.pdf\n"
    )
    keep.chmod(0o755)
    jobs.chmod(0o777)
    for folder in (root, root / "bin", backend):
        folder.chmod(0o755)
    sock = root / "run/cups.sock"
    conf = root / "conf"
    (conf / "cups-files.conf").write_text(
        f"ServerRoot {conf}\nServerBin {root}/bin\nRequestRoot {root}/spool\nTempDir "
        f"{root}/spool/tmp\nCacheDir {root}/cache\nStateDir {root}/run\nAccessLog {root}/log/a\n"
        f"ErrorLog {root}/log/e\nPageLog {root}/log/p\nUser root\nGroup root\nFileDevice Yes\n"
        "SystemGroup root\nSandboxing relaxed\n".replace("User root\n", "User lp\n").replace(
            "Group root\n", "Group lp\n", 1
        )
    )
    (conf / "cupsd.conf").write_text(
        f"Listen {sock}\nBrowsing No\nDefaultAuthType None\nWebInterface No\nLogLevel debug\n"
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Location /admin>\nAllow all\n"
        "</Location>\n<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n"
    )
    (conf / "printers.conf").write_text(
        "<DefaultPrinter pdf>\nDeviceURI keep:/\nState Idle\nAccepting Yes\nShared No\n"
        "JobSheets none none\nOpPolicy default\nErrorPolicy abort-job\n</DefaultPrinter>\n"
    )
    process = subprocess.Popen(
        [CUPSD, "-f", "-c", conf / "cupsd.conf", "-s", conf / "cups-files.conf"]
    )
    monkeypatch.setenv("CUPS_SERVER", str(sock))
    try:
        ready = ["lpstat", "-h", str(sock), "-p", "pdf"]
        for _ in range(600):
            if subprocess.run(ready, capture_output=True, check=False).returncode == 0:
                break
            assert process.poll() is None, (root / "log/e").read_text()
            subprocess.run(["sleep", "0.05"], check=True)
        yield jobs
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(root)


@pytest.mark.usefixtures("issue")
def test_a_file_is_handed_to_a_real_cups(
    tmp_path: Path, queue: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert printed("--booklet", "--send-to", "pdf") == 0
    sent = (tmp_path / "out/issue-booklet.pdf").read_bytes()
    for _ in range(600):
        if list(queue.glob("*.pdf")):
            break
        subprocess.run(["sleep", "0.05"], check=True)
    (job,) = queue.glob("*.pdf")
    assert job.read_bytes() == sent
    title, copies, options = job.with_suffix(".txt").read_text("utf-8").strip().split("|")
    assert title == "试排2026年第1期"
    assert copies == "1"
    assert "sides=two-sided-short-edge" in options
    assert "media=A3" in options
    assert printed("--send-to", "none") == 1
    assert "none" in capfd.readouterr().err


@pytest.mark.usefixtures("issue")
def test_without_cups_it_is_told_how(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert printed("--send-to", "office") == 1
    told = capsys.readouterr().err
    assert "没有 CUPS" in told
    assert "长边翻转" in told
