"""Lists of readers as spreadsheets write them, and every fault at its row and column."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from helpers.cases import each
from hypothesis import given
from hypothesis import strategies as st

from brieftex.cli import run
from brieftex.delivery.readers import Way, read_readers
from brieftex.delivery.spreadsheet import sheet_line, sheet_rows
from brieftex.diagnostics import InputError, Source

GOOD = """\
姓名,单位,职务,邮箱,份数,方式,版本,称谓语言
王力,教务处,处长,wangli@example.edu.cn,1,邮件,邮件版,
"李""明"," 校办,综合科",,,３,纸,,
Anna Smith,Office,,a.smith@example.org,2,都要,print,en
"""


@each("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@each("newline", ["\r\n", "\n", "\r"])
@each("delimiter", [",", ";", "\t", "，"])
def test_a_list_is_read_as_it_was_saved(
    tmp_path: Path, encoding: str, newline: str, delimiter: str
) -> None:
    rows = list(csv.reader(io.StringIO(GOOD)))
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator=newline).writerows(rows)
    path = tmp_path / "readers.csv"
    path.write_bytes(made.getvalue().encode(encoding))
    readers, found, _ = read_readers(path)
    assert found == []
    wang, li, anna = readers
    assert (wang.salutation, wang.form, wang.edition) == ("王力处长：", Way.MAIL, "mail")
    assert (li.name, li.office, li.printed, li.mailed) == ('李"明', "校办,综合科", 3, False)
    assert (anna.salutation, anna.printed, anna.mailed) == ("Dear Anna Smith,", 2, True)


def test_yaml_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "readers.yaml"
    path.write_text("readers:\n  - {姓名: 王力, office: 教务处, 份数: 2}\n", "utf-8")
    readers, found, _ = read_readers(path)
    assert found == []
    assert [(r.name, r.office, r.copies) for r in readers] == [("王力", "教务处", 2)]


@each(
    ("old", "new", "code", "place"),
    [
        ("姓名,", "人,", "BT612", (1, 1)),
        ("姓名,", "办公室,张明,主任\n姓名,", "BT612", (1, 1)),
        ("\n王力", "\n5", "BT630", (2, 1)),
        ('"李""明"," 校办,综合科"', "李明,", "BT632", (3, 1)),
        ("职务", "级别", "BT613", (1, 7)),
        ("版本", "份数", "BT614", (1, 19)),
        ("邮件版,\n", "邮件版,,多出来的\n", "BT615", (2, 43)),
        ("\nAnna Smith", "\n", "BT618", (4, 1)),
        ("wangli@example.edu.cn", "", "BT619", (2, 14)),
        ("纸,,", "信鸽,,", "BT620", (3, 22)),
        ("print", "彩印", "BT620", (4, 45)),
        (",３,纸", ",三,纸", "BT621", (3, 20)),
        (",３,纸", ",0,纸", "BT621", (3, 20)),
        ("wangli@example.edu.cn", "wangli＠example.edu.cn", "BT622", (2, 11)),
        ("wangli@example.edu.cn", "a@b.cn;c@d.cn", "BT622", (2, 11)),
        ("wangli@example.edu.cn", "A.Smith@example.org", "BT623", (4, 1)),
        ('"李""明"," 校办,综合科"', "王力,教务处", "BT624", (3, 1)),
        ('综合科"', "综合科", "BT611", (3, 8)),
    ],
)
def test_a_fault_is_told_at_its_cell(
    tmp_path: Path, old: str, new: str, code: str, place: tuple[int, int]
) -> None:
    path = tmp_path / "readers.csv"
    assert old in GOOD
    path.write_bytes(GOOD.replace(old, new, 1).encode("gb18030"))
    try:
        _, found, source = read_readers(path)
    except InputError as error:
        found, source = list(error.findings), error.source
    spans = [f.span for f in found if f.kind.code == code]
    assert spans, [f.kind.code for f in found]
    assert spans[0] is not None
    assert source.position(spans[0].start) == place


def test_a_list_is_read_out_of_the_sheet_that_an_office_prints(tmp_path: Path) -> None:
    """Not the total as one who gets 4 copies, not a note as a reader, no name spread by blanks."""
    path = tmp_path / "readers.csv"
    path.write_text(
        "简报发送名单,,,,\n制表：校办,,,,2026年3月\n序号,姓　名,单位名称,E-mail,份数（份）\n"
        "一、校领导,,,,\n1,张　明,校办,zm@example.cn\u200b,2.0\n2,买买提 艾力,教务处,,1 份\n"
        ",,,,\n合　计,2,,,4\n注：含存档一份。,,,,\n",
        "utf-8",
    )
    readers, found, _ = read_readers(path)
    assert [(r.name, r.office, r.address, r.copies) for r in readers] == [
        ("张明", "校办", "zm@example.cn", 2),
        ("买买提 艾力", "教务处", "", 1),
    ]
    assert [finding.kind.code for finding in found] == ["BT631"] * 3


def test_offices_of_merged_cells_are_asked_for_once(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    path.write_text("姓名,单位\n书记,\n甲,校办\n乙,\n丙,\n丁,教务处\n戊,\n", "utf-8")
    _, found, _ = read_readers(path)
    assert [(f.kind.code, dict(f.values)["name"]) for f in found] == [("BT632", "乙")]


def test_a_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "readers.xlsx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError, match="另存为 CSV") as caught:
        read_readers(path)
    assert [finding.kind.code for finding in caught.value.findings] == ["BT633"]


def test_all_faults_are_told_at_once_and_none_is_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    path.write_text("姓名,份数,方式\n甲,x,信\n,1,纸\n乙,1,邮件\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_readers(path)
    codes = [f.kind.code for f in caught.value.findings]
    assert codes == ["BT621", "BT620", "BT618", "BT619"]


@pytest.mark.parametrize("text", ["", "姓名,单位\n", "\n\n", "readers: 3\n"])
def test_an_empty_list_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / ("readers.yaml" if ":" in text else "readers.csv")
    path.write_text(text, "utf-8")
    with pytest.raises(InputError):
        read_readers(path)


def test_readers_are_added_as_the_file_is_written(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    before = "单位;姓名;邮箱\r\n教务处;王力;".encode("gb18030")
    path.write_bytes(before)
    call = ["readers", "add", str(path), "--name", "李;明", "--office", "校办"]
    assert run(call) == 0
    assert path.read_bytes() == before + '\r\n校办;"李;明";\r\n'.encode("gb18030")
    kept = path.read_bytes()
    assert run([*call, "--copies", "3"]) == 1  # no such column
    assert run([*call, "--address", "nowhere"]) == 1
    assert run(["readers", "add", str(path), "--name", "é\U0001f600", "--address", "x"]) == 1
    assert path.read_bytes() == kept


@pytest.mark.parametrize("name", ["readers.csv", "readers.yaml"])
def test_a_first_reader_begins_the_list(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert run(["readers", "add", str(path), "--name", "王: 力", "--form", "都要",
                "--address", "w@example.org", "--copies", "2"]) == 0  # fmt: skip
    assert run(["readers", "check", str(path)]) == 0
    (reader,) = read_readers(path)[0]
    assert (reader.name, reader.form, reader.copies) == ("王: 力", Way.BOTH, 2)


def test_a_list_is_shown_in_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "readers.csv").write_text(GOOD, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["readers", "list"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[1].startswith("王力        教务处 ")
    assert "3 位读者，纸 5 份，邮件 2 封" in shown.err


CELLS = st.text(st.sampled_from('甲a ",;\t\r\n1='), max_size=6).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=4))
def test_cells_are_those_that_the_csv_module_reads(rows: list[list[str]]) -> None:
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows([["甲,"] * 9, *rows])
    read, found = sheet_rows(Source("x.csv", made.getvalue()))
    assert found == []
    assert [[c.text for c in row] for row in read][1:] == [row for row in rows if any(row)]


def test_no_cell_is_written_as_a_formula() -> None:
    assert sheet_line(["=1+1", "@a", "-5", "a,b"]) == "'=1+1,'@a,-5,\"a,b\""
