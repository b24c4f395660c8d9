"""``check`` and ``explain`` as their users call them."""

from __future__ import annotations

import codecs
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.foreignfiles import with_words
from helpers.support import ISSUE, files
from PIL import Image

GOOD = ISSUE + "        sources: [{name: 甲网}]\n"
COMMA = GOOD.replace("只有一段话。", "一段,话。 # 注释,保留")
MENDED = COMMA.replace("一段,", "一段，")


def write(folder: Path, text: str, name: str = "issue.yaml", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_a_good_issue(brieftex: Callable, folder: Path) -> None:
    write(folder, GOOD)
    result = brieftex("check")
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "1 个文件：0 个错误，0 个警告，0 个提示\n"


def test_a_warning_alone_is_no_failure_unless_asked(brieftex: Callable, folder: Path) -> None:
    write(folder, COMMA)
    result = brieftex("check", "issue.yaml")
    assert result.returncode == 0
    assert "警告[BT301] half-width-mark：中文里用了半角标点“,”" in result.stderr
    assert "--> issue.yaml:11:17" in result.stderr
    assert result.stderr.endswith("1 个警告，0 个提示；1 处可用 --fix 改正\n")
    assert brieftex("check", "issue.yaml", "--strict").returncode == 1


def test_errors_fail(brieftex: Callable, folder: Path) -> None:
    write(folder, GOOD.replace("number: 1", "number：1"))
    result = brieftex("check", "issue.yaml")
    assert result.returncode == 1
    assert "BT102" in result.stderr
    assert brieftex("check", "none.yaml").returncode == 1


def test_a_draft_sent_without_its_pictures_is_text_all_the_same(
    brieftex: Callable, folder: Path
) -> None:
    """Catches a picture that is not there, or pages of a PDF, keeping every command from the words:
    editors mail each other the file alone."""
    files = "![图](images/no.png)\n\n          ![图](no.svg)\n\n          只有一段,话。"
    text = GOOD.replace("body: 只有一段话。", f"body: |\n          {files}")
    text += "attachments: [{pdf: 材料/no.pdf, title: 材料}]\n"
    path = write(folder, text)
    result = brieftex("check", "issue.yaml")
    assert result.returncode == 1
    assert [code in result.stderr for code in ("BT231", "BT301", "1 处可用 --fix")] == [True] * 3
    assert "改正了 1 处" in brieftex("check", "issue.yaml", "--fix").stderr
    assert path.read_text("utf-8") == text.replace("一段,", "一段，")
    write(folder, text.replace("一段,话", "一段，好话"), "new.yaml")
    result = brieftex("diff", "issue.yaml", "new.yaml")
    assert (result.returncode, result.stderr.count("BT231")) == (0, 4)
    assert result.stderr.endswith("\n1 处不同\n")
    assert "[-话-]{+好话+}" in result.stdout
    (folder / "images").mkdir()
    Image.new("L", (3, 2)).save(folder / "images/no.png")
    (folder / "材料").mkdir()
    with_words(folder / "材料/no.pdf", "一页")
    mailed = write(folder / "mailed", (folder / "new.yaml").read_text("utf-8"))
    result = brieftex("diff", "issue.yaml", str(mailed))
    assert (result.returncode, result.stderr.count("BT231")) == (0, 3)
    assert result.stderr.endswith("\n1 处不同\n")
    assert brieftex("search", "好话").returncode == 0
    assert brieftex("new", "--from", "issue.yaml").returncode == 0
    for call in (["build", "issue.yaml"], ["diff", "issue.yaml", "new.yaml", "-o", "a.pdf"]):
        assert brieftex(*call).returncode == 1
    assert [path.name for path in folder.glob("**/*.pdf")] == ["no.pdf"]


def test_a_slip_of_yaml_hides_no_slip_of_the_pen(brieftex: Callable, folder: Path) -> None:
    """Ensures that the text is checked as well, at its places in the file as it is."""
    text = COMMA.replace("number: 1", "number：1").replace("title: 动态", "title:动态")
    write(folder, text)
    result = brieftex("check", "--format", "concise")
    lines = result.stderr.splitlines()
    assert [line.split(": ")[1][:5] for line in lines[:-1]] == ["BT102", "BT103", "BT301"]
    assert lines[2].startswith("issue.yaml:11:17: BT301")
    assert brieftex("check", "--fix").returncode == 0
    assert (folder / "issue.yaml").read_text(encoding="utf-8") == MENDED


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("gbk", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_fix_keeps_every_other_byte(
    brieftex: Callable, folder: Path, encoding: str, mark: bytes, newline: str
) -> None:
    path = folder / "issue.yaml"
    path.write_bytes(mark + COMMA.replace("\n", newline).encode(encoding))
    path.chmod(0o640)
    result = brieftex("check", "--fix", "issue.yaml")
    assert result.returncode == 0
    assert "issue.yaml：改正了 1 处" in result.stderr
    assert path.read_bytes() == mark + MENDED.replace("\n", newline).encode(encoding)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert files(folder) == {"issue.yaml"}
    time = path.stat().st_mtime_ns
    brieftex("check", "--fix", "issue.yaml")
    assert path.stat().st_mtime_ns == time


def test_fix_writes_through_a_link(brieftex: Callable, folder: Path) -> None:
    path = write(folder, COMMA, "real.yaml")
    (folder / "issue.yaml").symlink_to("real.yaml")
    brieftex("check", "--fix", "issue.yaml")
    assert (folder / "issue.yaml").is_symlink()
    assert path.read_text(encoding="utf-8") == MENDED


def test_diff_shows_and_does_not_write(brieftex: Callable, folder: Path) -> None:
    path = write(folder, COMMA)
    result = brieftex("check", "--fix", "--diff")
    assert result.stdout.splitlines()[:3] == [
        "--- issue.yaml", "+++ issue.yaml", "@@ -10,3 +10,3 @@",
    ]  # fmt: skip
    assert "+        body: 一段，话。 # 注释,保留\n" in result.stdout
    assert path.read_text(encoding="utf-8") == COMMA


def test_a_folder_stands_for_its_issues(brieftex: Callable, folder: Path) -> None:
    write(folder, GOOD, "2026/01.yaml")
    second = GOOD.replace("number: 1", "number: 3").replace("2026-01", "2026-02")
    write(folder, second.replace("一件小事", "另一件事"), "2026/02.yaml")
    write(folder, "fonts: {}\n", "2026/theme.yaml")
    write(folder, GOOD, "2026/.old/03.yaml")
    result = brieftex("check", "2026", "--format", "concise")
    assert result.returncode == 0
    assert result.stderr.splitlines() == [
        "2026/02.yaml:4:11: BT370 期号是 3，上一期（01.yaml）是 1",
        "2026/01.yaml:4:11: BT370 上一期",
        "2 个文件：0 个错误，1 个警告，0 个提示",
    ]


def test_a_folder_without_issues(brieftex: Callable, folder: Path) -> None:
    (folder / "empty").mkdir()
    result = brieftex("check", "empty")
    assert result.returncode == 2
    assert "empty 里没有简报文件" in result.stderr


def test_json_carries_the_fix(brieftex: Callable, folder: Path) -> None:
    write(folder, COMMA)
    result = brieftex("check", "--format", "json")
    (row,) = json.loads(result.stdout)
    assert (row["code"], row["severity"], result.stderr) == ("BT301", "warning", "")
    assert row["fix"] == [
        {"line": 11, "column": 17, "end_line": 11, "end_column": 18, "text": "，"}
    ]


def test_github(brieftex: Callable, folder: Path) -> None:
    write(folder, COMMA)
    result = brieftex("check", "--format", "github")
    assert result.stdout.startswith("::warning file=issue.yaml,line=11,col=17,")


def test_allow_switches_a_rule_off(brieftex: Callable, folder: Path) -> None:
    write(folder, COMMA + "allow: [BT301]\n")
    assert brieftex("check", "--strict", "--fix").returncode == 0
    assert "一段,话" in (folder / "issue.yaml").read_text(encoding="utf-8")


def test_build_shows_warnings_but_no_remarks(brieftex: Callable, folder: Path) -> None:
    write(folder, ISSUE.replace("只有一段话。", "一段,话。"))
    result = brieftex("build", "--bundled-fonts")
    assert result.returncode == 0
    assert "BT301" in result.stderr
    assert "BT350" not in result.stderr
    assert (folder / "out/issue.pdf").exists()


def test_the_sample_is_good(brieftex: Callable, root: Path) -> None:
    result = brieftex("check", "--strict", str(root / "briefing.yaml"))
    assert (result.returncode, result.stdout) == (0, ""), result.stderr


def test_explain_a_code_or_a_name(brieftex: Callable) -> None:
    result = brieftex("explain", "bt309")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("BT309 wrong-ellipsis（警告）\n")
    assert brieftex("explain", "wrong-ellipsis").stdout == result.stdout
    assert brieftex("explain", "BT102").stdout.startswith("BT102 fullwidth-colon（错误）\n")


def test_explain_lists_every_code(brieftex: Callable) -> None:
    lines = brieftex("explain").stdout.splitlines()
    assert len(lines) > 130
    assert "BT313 警告 repeated-mark  点号重复：“…”" in lines


def test_explain_prints_the_document(brieftex: Callable, root: Path) -> None:
    text = (root / "docs/rules.md").read_text(encoding="utf-8")
    assert brieftex("explain", "--markdown").stdout == text


def test_explain_an_unknown_code(brieftex: Callable) -> None:
    result = brieftex("explain", "wrong-elipsis")
    assert (result.returncode, result.stdout) == (2, "")
    assert "没有代码 wrong-elipsis，是不是 wrong-ellipsis？" in result.stderr


TWICE = """\
masthead: {name: 甲, 刊名: 乙}
masthead: {name: 丙}
foreword:
  body: |
    文[^1]，见[乙][x]。

    [^1]: 甲

    [^1]: 乙

    [x]: https://a.cn
    [x]: https://b.cn
"""


def test_findings_about_two_places_show_both(brieftex: Callable, folder: Path) -> None:
    """Catches the first place lost on its way: in the mending of YAML, in a body's findings."""
    write(folder, TWICE, "twice.yaml")
    result = brieftex("check", "--format", "concise", "twice.yaml")
    assert [line.partition(" ")[0] for line in result.stderr.splitlines()[:-1]] == [
        "twice.yaml:1:21:", "twice.yaml:1:12:", "twice.yaml:2:1:", "twice.yaml:1:1:",
        "twice.yaml:9:5:", "twice.yaml:7:5:", "twice.yaml:12:5:", "twice.yaml:11:5:",
    ]  # fmt: skip
