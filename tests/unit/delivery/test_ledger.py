"""The ledger: nothing is lost, and nothing is changed without a trace."""

from __future__ import annotations

import csv
import io
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from helpers.processes import started

from brieftex.cli import run
from brieftex.delivery.ledger import Entry, Ledger, NoLedgerError, Result

WRITER = """
import sys
from pathlib import Path
from brieftex.delivery.ledger import Entry, Ledger, Result
with Ledger(Path(sys.argv[1])) as ledger:
    for n in range(int(sys.argv[3])):
        ledger.add(row := Entry("刊", "print", "0" * 64, 4, n + 1, sys.argv[2], "", "paper",
                                Result.PRINTED),
                   row)
        print(n, flush=True)
"""

PUT_IN = """
INSERT INTO entries SELECT issue, edition, sha256, pages, 9, reader, address, way, result,
message_id, note, time, 6, hash, hash, trace FROM entries WHERE number = 5
"""


def entry(copy: int, reader: str = "校办 王力", result: Result = Result.PRINTED) -> Entry:
    return Entry("衡澜参阅2026年第4期", "print", "ab" * 32, 24, copy, reader, "", "paper", result)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "发行.db"
    with Ledger(made) as ledger:
        ledger.add(*(entry(n) for n in range(1, 6)))
    return made


def test_rows_come_back_as_they_were(path: Path) -> None:
    with Ledger(path, create=False) as ledger:
        assert [row.copy for row in ledger.entries()] == [1, 2, 3, 4, 5]
        assert ledger.faults() == []


@pytest.mark.parametrize(
    ("change", "number", "word"),
    [
        ("UPDATE entries SET reader = '别人' WHERE number = 3", 3, "改过"),
        ("UPDATE entries SET time = '2020' WHERE number = 1", 1, "改过"),
        ("DELETE FROM entries WHERE number = 3", 4, "不见"),
        ("DELETE FROM entries WHERE number = 1", 2, "不见"),
        ("DELETE FROM entries WHERE number = 5", 5, "不见"),
        ("DELETE FROM entries", 1, "不见"),
        (PUT_IN, 6, "改过"),
    ],
)  # fmt: skip
def test_a_change_by_hand_is_found(path: Path, change: str, number: int, word: str) -> None:
    with sqlite3.connect(path) as base:
        base.execute(change)
    base.close()
    with Ledger(path) as ledger:
        faults = ledger.faults()
        assert (faults[0].number, word in faults[0].zh) == (number, True)
    assert run(["ledger", "verify", "--ledger", str(path)]) == 1


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "发行.db"
    calls = [
        started(path, name, "25", program=WRITER, stdout=subprocess.DEVNULL)
        for name in ("甲", "乙")
    ]
    assert [call.wait(60) for call in calls] == [0, 0]
    with Ledger(path) as ledger:
        assert ledger.faults() == []
        readers = [row.reader for row in ledger.entries()]
    assert (readers.count("甲"), readers.count("乙")) == (50, 50)


def test_a_ledger_that_another_process_makes_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches the second of two commands that are called at once, refused because SQLite does not
    wait before its first row."""
    other = sqlite3.connect(tmp_path / "发行.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("brieftex.delivery.ledger.sleep", lambda _: other.execute("ROLLBACK"))
    with Ledger(tmp_path / "发行.db") as ledger:
        ledger.add(entry(1))
        assert not other.in_transaction
    other.close()


@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")
def test_a_killed_process_leaves_no_half_row_and_loses_none(tmp_path: Path) -> None:
    path = tmp_path / "发行.db"
    told = 0
    for after in (1, 7, 20):
        call = started(path, "甲", "999", program=WRITER, stdout=subprocess.PIPE)
        assert call.stdout is not None
        for _ in range(after):
            call.stdout.readline()
            told += 1
        call.kill()
        told += len(call.communicate()[0].splitlines())
    with Ledger(path) as ledger:
        assert ledger.faults() == []
        count = len(ledger.entries())
    assert count % 2 == 0  # two rows are one transaction
    assert 2 * told <= count <= 2 * (told + 3)


def test_a_full_disk_is_an_os_error_and_leaves_the_ledger_whole(path: Path) -> None:
    with Ledger(path) as ledger:
        pages = ledger._base.execute("PRAGMA page_count").fetchone()[0]
        ledger._base.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OSError, match="space"):
            ledger.add(*(entry(n) for n in range(400)))
        ledger._base.execute("PRAGMA max_page_count = 100000")
        ledger.add(entry(6))
        assert ledger.faults() == []
        assert len(ledger.entries()) == 6


def test_any_damage_is_told(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ensures that a ledger cut off or overwritten in places is neither a defect of the program
    nor good."""
    monkeypatch.chdir(tmp_path)
    whole = path.read_bytes()
    chance = random.Random(20260105)
    good = 0
    for count in range(40):
        torn = bytearray(whole)
        for _ in range(chance.choice([5, 50, 1000])):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        for other in tmp_path.glob("发行.db-*"):
            other.unlink()
        path.write_bytes(torn if count % 3 else whole[: chance.randrange(1, len(whole))])
        for action in (["list"], ["return", "3"], ["export", "-o", "x.csv"], ["verify"]):
            status = run(["ledger", *action])
            assert status in (0, 1), (count, capsys.readouterr().err)
        good += not status
    assert good < 20  # only what no row stands in


def test_another_file_is_no_ledger(tmp_path: Path) -> None:
    text, other = tmp_path / "a.db", tmp_path / "b.db"
    text.write_text("这不是数据库" * 200)
    with sqlite3.connect(other) as base:
        base.execute("CREATE TABLE x (y)")
    base.close()
    for path in (text, other):
        with pytest.raises(NoLedgerError):
            Ledger(path)
        assert run(["ledger", "list", "--ledger", str(path)]) == 1
    assert run(["ledger", "verify", "--ledger", str(tmp_path / "none.db")]) == 1
    assert not (tmp_path / "none.db").exists()


def test_copies_come_back_once(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def back(copies: str) -> int:
        return run(["ledger", "return", copies, "--ledger", str(path)])

    assert back("2,4-5") == 0
    assert back("2") == 1  # it is back
    assert back("17") == 1  # it never was out
    assert back("3,17") == 1  # none of both
    assert back("x") == 2
    capsys.readouterr()
    assert run(["ledger", "list", "--ledger", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split()[3] for line in lines] == [f"{n:06}" for n in range(1, 6)]
    with Ledger(path) as ledger:
        day = ledger.entries()[-1].time[:10]
        assert ledger.faults() == []
    assert [line.endswith(day) for line in lines] == [False, True, False, True, True]


def test_the_export_is_what_excel_opens(path: Path, tmp_path: Path) -> None:
    made = tmp_path / "x.csv"
    run(["ledger", "return", "2", "--ledger", str(path)])
    assert run(["ledger", "export", "--ledger", str(path), "-o", str(made)]) == 0
    data = made.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["份号"] for row in rows] == [f"{n:06}" for n in range(1, 6)]
    assert [bool(row["收回"]) for row in rows] == [False, True, False, False, False]


def test_the_register_is_set_by_our_own_tables(path: Path, tmp_path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add(*(entry(n, f"处室*{n}* [李]明") for n in range(6, 60)))
    made = tmp_path / "登记簿.pdf"
    assert run(["ledger", "export", "--ledger", str(path), "-o", str(made)]) == 0
    document = pypdfium2.PdfDocument(made.read_bytes())
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    for n in range(1, 60):
        assert f"{n:06}" in text
    assert "*59*" in text.replace("\r", "").replace("\n", "")
