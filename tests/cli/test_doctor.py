"""``brieftex doctor``: what it finds on a machine, what it says to do, what it keeps to itself."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.mailserver import running
from helpers.support import BROKEN, files

from brieftex.doctor import outside, places, program, speed

TOPICS = ("程序", "字体", "文件夹和权限", "打印机", "邮件", "预览", "速度")


def test_a_machine_that_will_do(brieftex: Callable, folder: Path, issue: Path) -> None:
    """Ensures every topic in its order, advice below all that is not good, nothing left behind."""
    result = brieftex("doctor", issue.name)
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert tuple(line for line in lines if not line.startswith(" ")) == TOPICS
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        marked = line.startswith(("  注意 ", "  × "))
        assert after.startswith("      怎么办：") is marked, line
    assert "√ issue.yaml：1 页，排版并核对用" in result.stdout
    assert "body 用 FandolFang 代替 方正仿宋_GBK" in result.stdout
    assert result.stderr.startswith("可以用，")
    assert files(folder) == {"issue.yaml"}


def test_what_is_wrong_is_told_with_what_to_do(brieftex: Callable, folder: Path) -> None:
    """Ensures it for a theme without a face, an issue that cannot be set, a folder that is a file
    and a list with faults."""
    (folder / "a.yaml").write_text(BROKEN, encoding="utf-8")
    theme = "extends: briefing\nfonts: {roles: {body: {han: [某某宋]}}}\n"
    (folder / "look.yaml").write_text(theme, encoding="utf-8")
    (folder / "b.yaml").write_text("brieftex: 1\ntheme: look.yaml\n" + BROKEN[12:], "utf-8")
    (folder / "out").write_text("", encoding="utf-8")
    (folder / "readers.csv").write_text("姓名,邮箱\n王一,没有\n", encoding="utf-8")
    result = brieftex("doctor", "a.yaml", "b.yaml")
    assert result.returncode == 1
    wrong = re.findall(r"  × (.+)\n      怎么办：(.+)", result.stdout)
    said = dict(wrong)
    assert any(one.startswith("主题 look.yaml 的body中文没有字体：某某宋") for one in said)
    assert any(re.match("PDF 写到的文件夹 .*out：写不了", one) for one in said)
    assert said["读者名单 readers.csv 有 1 个问题"] == "运行 brieftex readers check readers.csv"
    assert said["a.yaml：1 个错误，排不了"] == "运行 brieftex check a.yaml"
    assert "brieftex doctor --report" in result.stderr


def test_the_report_has_no_secrets(process: Callable, issue: Path, tmp_path: Path) -> None:
    """Ensures that neither passwords nor addresses nor the name of the user are in it, and that
    it begins with what is wrong."""
    home = tmp_path / "王一"
    (home / ".cache").mkdir(parents=True)
    (home / "报").mkdir()
    issue.rename(home / "报/issue.yaml")
    (home / "报/readers.csv").write_text("姓名,邮箱\n李二,li@example.edu.cn\n", encoding="utf-8")
    secrets = {"BRIEFTEX_MAILPASSWORD": "hunter2", "BRIEFTEX_PASSWORD": "hunter3"}
    result = process(
        "doctor", "--report", str(home / "报"), HOME=str(home), USERPROFILE=str(home), **secrets,
        BRIEFTEX_CACHE=str(home / ".cache/b"), BRIEFTEX_THEMES=str(home / "themes"),
        TMPDIR=str(home),
    )  # fmt: skip
    assert result.returncode == 0, result.stdout
    for secret in ("hunter", "王一", "李二", "example.edu.cn"):
        assert secret not in result.stdout
    assert "BRIEFTEX_MAILPASSWORD=…、BRIEFTEX_PASSWORD=…、BRIEFTEX_THEMES=~/themes" in result.stdout
    first, *lines = result.stdout.splitlines()
    assert re.fullmatch(r"brieftex doctor 报告 \d{4}-\d\d-\d\d", first)
    marks = [line.split()[1] for line in lines if line.startswith("[")]
    assert marks == sorted(marks, key=("×", "注意", "√").index)
    english = process("doctor", "--report", BRIEFTEX_LANG="en").stdout
    assert not re.search(r"(?m)^\[.*[，。：；]", english)


def test_libraries_that_are_missing_or_old(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {"pypdf": "4.3", "reportlab": "", "opencc": "", "pypinyin": "", "cryptography": ""}
    monkeypatch.setattr(program, "find_spec", lambda _: None)
    known = program._version
    monkeypatch.setattr(program, "_version", lambda name: versions.get(name, known(name)))
    found = {one.found[0]: one for one in program.look_at_program()}
    old = found["pypdf 4.3，要 6.10 以上"]
    assert old.advice[0].endswith('-m pip install "pypdf>=6.10"')
    assert found["reportlab 没有装，要 5.1 以上"].state == "bad"
    assert found["简繁体一起查找：没有 opencc"].state == "limited"
    assert found["按拼音排合订本的索引：没有 pypinyin"].advice[0].endswith('"brieftex[collect]"')
    assert found["加密 PDF：没有 cryptography"].state == "limited"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_folders_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def fail(path: Path, _: bytes) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(places, "write_whole", fail)
    first, *others = places.look_at_folders(tmp_path)
    assert (first.state, "写不了" in first.found[0], bool(first.advice[0])) == ("bad", True, True)
    assert {one.state for one in others} == {"limited"}


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_printers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (none,) = outside.look_at_printer()
    assert none.found[0].startswith("没有 CUPS")
    answers = (
        'case "$1" in -e) echo A; echo B;; -d) echo "system default destination: B";; '
        '-p) [ "$2" = A ] && echo "printer A disabled since Monday";; esac'
    )
    for name, answer in (("lp", ""), ("lpstat", answers)):
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    good, stopped = outside.look_at_printer()
    assert good.found[0] == "打印机：A、B；默认 B"
    assert (stopped.found[0], stopped.advice[1]) == ("A 停用了", "run cupsenable A")


def test_a_mail_server_is_tried(brieftex: Callable, folder: Path) -> None:
    """Ensures it with a real one: good, with a certificate that nobody knows, and none at all."""
    with running(folder) as (boxes, port, ca):
        call = ("doctor", "--server", "127.0.0.1", "--port", str(port))
        result = brieftex(*call, "--ca", str(ca))
        assert f"√ 邮件服务器 127.0.0.1:{port} 可以用，证书没问题" in result.stdout
        unknown = brieftex(*call)
        assert unknown.returncode == 1
        assert f"× 邮件服务器 127.0.0.1:{port}：证书核对不过" in unknown.stdout
    gone = brieftex(*call)
    assert f"× 邮件服务器 127.0.0.1:{port} 连不上" in gone.stdout
    assert not boxes.received
    assert brieftex("doctor", "--starttls").returncode == 2


def test_a_look_that_fails_does_not_keep_the_others(
    brieftex: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError("here")

    monkeypatch.setattr(speed, "look_at_speed", fail)
    result = brieftex("doctor")
    assert result.returncode == 1
    assert "× 检查时出错：ZeroDivisionError: here" in result.stdout
