"""A new issue: empty, or in the frame of the last one."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from brieftex.input.issue.template import next_date

CHINESE = """\
# 这一期的说明
# yaml-language-server: $schema=x

报头:
  刊名: 岚湖参阅  # 刊名不变
  期号: '11'
  日期: 2025年12月5日

卷首语:
  称谓: 各位领导：
  正文: |
    旧的卷首语。

# 栏目多年不变
栏目:
  - 标题: "甲: 乙"
    条目:
      - 标题: 旧条目
        正文: 旧正文

落款:
  署名: 岚湖办公室
  日期: 2025年12月6日

# 版记的说明
版记:
    编写:   [顾堃]   # 排版不变
"""


def test_an_empty_issue_can_be_built_at_once(brieftex: Callable, folder: Path) -> None:
    result = brieftex("new", "--date", "2026-03-02")
    assert (result.returncode, result.stdout) == (0, "")
    assert "issue.yaml：第1期，总第1期，2026年3月2日（星期一）" in result.stderr
    text = (folder / "issue.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=brieftex.schema.json\n")
    assert "  日期: 2026-03-02\n" in text
    built = brieftex("build", "--bundled-fonts")
    assert (built.returncode, "1 个警告" in built.stderr) == (0, True), built.stderr
    checked = brieftex("check", "--format", "concise").stderr.splitlines()
    assert "还有 17 处没有填写，从这里的“（编发单位）”起" in checked[0]
    assert checked[1:] == ["1 个文件：0 个错误，1 个警告，0 个提示"]


def test_its_schema_is_beside_it(brieftex: Callable, folder: Path) -> None:
    brieftex("new")
    written = json.loads((folder / "brieftex.schema.json").read_text(encoding="utf-8"))
    assert written == json.loads(brieftex("schema").stdout)


def test_nothing_is_replaced(brieftex: Callable, folder: Path) -> None:
    (folder / "issue.yaml").write_text("旧", encoding="utf-8")
    result = brieftex("new")
    assert result.returncode == 1
    assert "issue.yaml 已经有了，不会覆盖" in result.stderr
    assert (folder / "issue.yaml").read_text(encoding="utf-8") == "旧"
    assert brieftex("new", "二期").returncode == 0
    assert (folder / "二期.yaml").exists()
    assert brieftex("new", "二期.docx").returncode == 2


def test_the_frame_of_the_last_issue(brieftex: Callable, folder: Path) -> None:
    """Ensures that what stays is what was typed, and what moves on moves on: with the year the
    number begins anew, and each date keeps its way of writing."""
    (folder / "第11期.yaml").write_text(CHINESE, encoding="utf-8")
    result = brieftex("new", "--from", "第11期.yaml")
    assert result.returncode == 0, result.stderr
    assert "第1期.yaml：第1期，2026年1月5日（星期一）" in result.stderr
    assert (folder / "第1期.yaml").read_text(encoding="utf-8").split("\n\n", 1)[1] == (
        "报头:\n  刊名: 岚湖参阅  # 刊名不变\n  期号: '1'\n  日期: 2026年1月5日\n\n"
        "卷首语:\n  称谓: 各位领导：\n  正文: |\n    （卷首语的正文。）\n\n"
        "栏目:\n  - 标题: '甲: 乙'\n    条目:\n      - 标题: '（甲: 乙第一条的标题）'\n"
        "        正文: |\n          （正文。）\n        来源:\n          - 名称: （媒体或单位）\n\n"
        "落款:\n  署名: 岚湖办公室\n  日期: 2026年1月6日\n\n"
        "# 版记的说明\n版记:\n    编写:   [顾堃]   # 排版不变\n"
    )
    assert brieftex("build", "第1期.yaml", "--bundled-fonts").returncode == 0


def test_the_sample_has_a_next_issue(brieftex: Callable, root: Path) -> None:
    last = root / "briefing.yaml"
    result = brieftex("new", "五月.yaml", "--from", str(last))
    assert "第5期，总第59期，2026年5月18日（星期一）" in result.stderr
    checked = brieftex("check", str(last), "五月.yaml", "--format", "concise").stderr
    assert re.findall(r"BT\d+", checked) == ["BT364", "BT356", "BT354", "BT355", "BT354"]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_the_last_issue_may_come_from_elsewhere(
    brieftex: Callable, folder: Path, newline: str
) -> None:
    (folder / "11.yaml").write_bytes(CHINESE.replace("\n", newline).encode("gbk"))
    assert brieftex("new", "--from", "11.yaml", "--date", "2025-12-12").returncode == 0
    text = (folder / "12.yaml").read_text(encoding="utf-8")
    assert "期号: '12'" in text
    assert "2025年12月12日" in text
    assert "2025年12月13日" in text


def test_the_rhythm_is_that_of_the_folder(brieftex: Callable, folder: Path) -> None:
    for day, number in (("2025-03-03", 3), ("2025-03-10", 4)):
        text = f"masthead: {{name: 周报, number: {number}, date: {day}}}\nforeword: {{body: 甲}}\n"
        (folder / f"2025-{number:02}.yaml").write_text(text, encoding="utf-8")
    assert "2025-05.yaml：第5期，2025年3月17日" in brieftex("new", "--from", "2025-04.yaml").stderr


LAST = """\
masthead: {name: 甲, number: 999999, total: 999999, date: 9999-12-30}
foreword: {body: 乙}
colophon: {printed_on: 9999-12-31}
signature: {date: 1000-01-01}
"""


@pytest.mark.parametrize("written", ["2026年6月22日", "2026/6/22", "2026.6.22", "2026-06-22"])
def test_a_date_is_read_as_in_the_file(brieftex: Callable, folder: Path, written: str) -> None:
    assert brieftex("new", "--date", written).returncode == 0
    assert "日期: 2026-06-22" in (folder / "issue.yaml").read_text("utf-8")


@pytest.mark.parametrize("date", ["9999-12-31", "1000-01-01"])
def test_the_end_of_all_numbers_and_days(brieftex: Callable, folder: Path, date: str) -> None:
    """Catches a traceback where a date or a number cannot move on, and a new issue that cannot
    be read again because it did."""
    (folder / "1.yaml").write_text(LAST, encoding="utf-8")
    result = brieftex("new", "--from", "1.yaml", "--date", date)
    assert result.returncode == 0, result.stderr
    (made,) = (
        path.name for path in folder.iterdir() if path.suffix == ".yaml" and path.stem != "1"
    )
    assert "0 个错误" in brieftex("check", made).stderr


def test_a_last_issue_with_errors(brieftex: Callable, folder: Path) -> None:
    (folder / "1.yaml").write_text("masthead：\n  name: 甲\n", encoding="utf-8")
    result = brieftex("new", "--from", "1.yaml")
    assert result.returncode == 1
    assert "BT102" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["1.yaml"]


@pytest.mark.parametrize(
    ("last", "before", "expected"),
    [
        ("2026-03-10", None, "2026-04-10"),
        ("2026-01-30", None, "2026-03-02"),  # the 28th is a Saturday
        ("2026-12-21", "2026-11-20", "2027-01-21"),
        ("2026-06-15", "2026-03-16", "2026-09-15"),
        ("2026-03-09", "2026-03-02", "2026-03-16"),
        ("2026-03-12", "2026-03-02", "2026-03-23"),  # ten days on is a Sunday
        ("2026-03-14", "2026-03-07", "2026-03-21"),  # a Saturday paper
        ("9999-12-31", None, "9999-12-31"),  # the last day that there is
        ("9999-12-30", "9999-12-20", "9999-12-31"),
    ],
)
def test_when_the_next_issue_is_due(last: str, before: str | None, expected: str) -> None:
    day = datetime.date.fromisoformat
    assert next_date(day(last), before and day(before)).isoformat() == expected


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["单篇", "综合", "周报", "公文", "纪要"])
def test_each_kind_begins_without_a_finding_but_what_is_unfilled(
    brieftex: Callable, name: str
) -> None:
    """Catches a form that cannot be built, or begins with a warning of its own."""
    assert brieftex("new", "--kind", name, "--date", "2026-07-06").returncode == 0
    built = brieftex("build", "--bundled-fonts", "--format", "concise")
    assert built.returncode == 0
    checked = brieftex("check", "--format", "concise")
    for result in (built, checked):
        assert set(re.findall(r"BT\d+", result.stderr)) == {"BT364"}


def test_a_kind_goes_by_either_name_and_keys_are_those_of_the_language(
    brieftex: Callable, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches a Chinese key left over in an English form."""
    for kind, name in (("single", "单篇"), ("minutes", "纪要")):
        assert brieftex("new", "a", "--kind", kind).returncode == 0
        assert brieftex("new", "b", "--kind", name).returncode == 0
        assert (folder / "a.yaml").read_bytes() == (folder / "b.yaml").read_bytes()
        monkeypatch.setenv("BRIEFTEX_LANG", "en")
        assert brieftex("new", "c", "--kind", kind).returncode == 0
        monkeypatch.delenv("BRIEFTEX_LANG")
        text = (folder / "c.yaml").read_text("utf-8")
        assert re.findall(r"(?m)^ *(?:- )?(\w+):", text)
        assert all(key.isascii() for key in re.findall(r"(?m)^ *(?:- )?(\w+): ?", text))
        for path in folder.glob("*.yaml"):
            path.unlink()


@pytest.mark.usefixtures("folder")
def test_a_wrong_kind_lists_all(brieftex: Callable) -> None:
    result = brieftex("new", "--kind", "日报")
    assert result.returncode == 2
    for name in (
        "单篇（single）",
        "综合（digest）",
        "周报（weekly）",
        "公文（official）",
        "纪要（minutes）",
    ):
        assert name in result.stderr
    assert "单篇、综合（默认）、周报、公文、纪要" in brieftex("new", "--help").stdout
    assert brieftex("new", "--kind", "公文", "--from", "x.yaml").returncode == 2


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("网络舆情周报", None, "2026-07-13"), ("工作简报", "周报", "2026-07-13"),
        ("工作简报", None, "2026-08-06"), ("工作日报", None, "2026-07-07"),
    ],
)  # fmt: skip
def test_a_weekly_is_due_a_week_on(
    brieftex: Callable, folder: Path, name: str, kind: str | None, expected: str
) -> None:
    """Catches a weekly that is dated a month later."""
    text = f"报头: {{刊名: {name}, 期号: 3, 日期: 2026-07-06}}\n正文: 好。\n"
    (folder / "3.yaml").write_text(text, "utf-8")
    options = ("--kind", kind) if kind else ()
    assert brieftex("new", "--from", "3.yaml", *options).returncode == 0
    assert f"日期: {expected}" in (folder / "4.yaml").read_text("utf-8")


def test_no_document_number_is_carried_over(brieftex: Callable, folder: Path) -> None:
    """Catches two documents with one number, made by the program itself."""
    (folder / "1.yaml").write_text(
        "主题: 公文\n报头:\n  刊名: 县政府\n  文号: 云政〔2026〕3号\n  增刊: 2\n"
        "  期次: 三四期合刊\n正文: 好。\n落款:\n  署名: 县政府\n  日期: 2026-07-06\n",
        "utf-8",
    )
    assert brieftex("new", "二.yaml", "--from", "1.yaml", "--date", "2026-07-08").returncode == 0
    text = (folder / "二.yaml").read_text("utf-8")
    assert "  文号: （发文字号）\n  增刊: 3\n  期次: （期号文字）\n" in text
    assert "日期: 2026-07-08" in text
    assert "BT378" not in brieftex("check", "1.yaml", "二.yaml").stderr


FORMS = """\
报头: {刊名: 工作周报, 期号: 3, 日期: 2026-07-06}
栏目:
  - 标题: 总体情况
    条目:
      - 标题: 走势
        正文:
          - 图表: 折线图
            类别: [周一, 周二]
            系列: [{名称: 总量, 数值: [3, 4]}, {名称: 敏感, 数值: [1, 2]}]
          - 发言人: 周敏
            文字: 好。
        供稿: 监测科
附件:
  - 标题: 台账
    正文:
      - 表格: {表头: [序号, 平台], 行: [[1, 甲]]}
  - 标题: 通知
    正文: 好。
"""


def test_forms_of_speeches_charts_and_tables_stay_empty(brieftex: Callable, folder: Path) -> None:
    """Catches numbers and names of the last issue in the next, and forms to be typed again."""
    (folder / "3.yaml").write_text(FORMS, "utf-8")
    assert brieftex("new", "--from", "3.yaml").returncode == 0
    text = (folder / "4.yaml").read_text("utf-8")
    assert text.split("栏目:\n")[1] == (
        "  - 标题: 总体情况\n    条目:\n      - 标题: （总体情况第一条的标题）\n        正文:\n"
        "          - （正文。）\n"
        "          - 图表: 折线图\n            类别: [周一, 周二]\n            系列:\n"
        "              - {名称: 总量, 数值: [0, 0]}\n              - {名称: 敏感, 数值: [0, 0]}\n"
        "          - 发言人: （姓名）\n            文字: （发言。）\n        供稿: [监测科]\n"
        "\n附件:\n  - 标题: 台账\n    正文:\n      - （正文。）\n"
        "      - 表格:\n          表头: [序号, 平台]\n          行:\n            - ['', '']\n"
    )
    assert "0 个错误" in brieftex("check", "4.yaml").stderr


def test_a_meeting_can_be_collected_at_once(brieftex: Callable, folder: Path) -> None:
    """With two papers beside it; what nobody filled in is told, and nothing is replaced."""
    assert brieftex("new", "--kind", "会议材料", "--date", "2026-05-18").returncode == 0
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert made >= {"会议.yaml", "材料/汇报.yaml", "材料/方案.yaml", "brieftex-meeting.schema.json"}
    result = brieftex("collect", "会议.yaml", "--bundled-fonts")
    assert result.returncode == 0, result.stderr
    assert "还有 8 处没有填写，从这里的“（会议名称）”起" in result.stderr
    assert "2 份材料" in result.stderr
    left = brieftex("check", "材料/汇报.yaml", "材料/方案.yaml", "--format", "concise").stderr
    assert "2 个警告，0 个提示" in left  # each of them that it is not filled in, nothing else
    (folder / "会议.yaml").unlink()
    assert "材料/汇报.yaml 已经有了" in brieftex("new", "--kind", "meeting").stderr
    assert not (folder / "会议.yaml").exists()


def test_a_meeting_in_english_is_the_same(
    brieftex: Callable, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFTEX_LANG", "en")
    assert brieftex("new", "--kind", "meeting").returncode == 0
    text = (folder / "会议.yaml").read_text("utf-8")
    assert "\nmeeting:\n  name: " in text
    assert brieftex("collect", "会议.yaml", "--bundled-fonts").returncode == 0
