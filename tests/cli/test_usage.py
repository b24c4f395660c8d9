"""Help, and calls that cannot be meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from brieftex import __version__

COMMANDS = ("build", "check", "dump", "explain", "fonts", "schema")


def test_help_is_chinese_and_lists_every_command(brieftex: Callable) -> None:
    result = brieftex("--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert "用法：brieftex" in result.stdout
    assert all(f"\n  {name} " in result.stdout for name in COMMANDS)
    assert "Options" not in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(brieftex: Callable, command: str) -> None:
    result = brieftex(command, "--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert f"用法：brieftex {command}" in result.stdout
    assert "显示本说明" in result.stdout


@pytest.mark.parametrize("command", ["--help", *COMMANDS])
def test_english_help_is_english(brieftex: Callable, command: str) -> None:
    result = brieftex(command, "--help", BRIEFTEX_LANG="en")
    assert result.returncode == 0
    assert result.stdout.replace("…", "...").isascii()


def test_version(brieftex: Callable) -> None:
    assert brieftex("--version").stdout == f"brieftex {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "用法：brieftex"),
        (("biuld",), "没有命令 biuld，是不是 build？"),
        (("build", "--them", "x"), "没有选项 --them，是不是 --theme？"),
        (("build", "-o"), "选项 -o 的用法不对：后面缺少内容"),
        (("build", "--draft=1"), "选项 --draft 的用法不对：后面不带内容"),
        (("watch", "--port", "x"), "--port 应是 0 到 65535 之间的整数"),
        (("watch", "--port", "70000"), "--port 应是 0 到 65535 之间的整数"),
        (("new", "--date", "六月"), "--date 不是日期：六月"),
        (("new", "--date", "2026-02-30"), "--date 不是日期：2026-02-30"),
        (("build", "--format", "xml"), "--format 只能是 full | concise | json | github"),
        (("build",), "这个文件夹里没有 YAML 文件"),
        (("dump",), "缺少 FILE"),
        (("dump", "a.yaml", "b.yaml"), "多余的参数 b.yaml"),
        (("build", "a/x.yaml", "b/x.yaml"), "都会写成"),
        (("build", "A/x.yaml", "b/X.yaml"), "都会写成"),
        (("build", "x.yaml", "y.yaml", "-o", "z.pdf"), "-o 应当是文件夹"),
        (("build", "x.yaml", "-o", "x.yaml"), "输出会覆盖 x.yaml"),
        (("build", "x.yaml", "-o", "../{folder}/x.yaml"), "输出会覆盖 x.yaml"),
    ],
)
def test_wrong_calls_are_named_in_chinese(
    brieftex: Callable, folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = brieftex(*(a.format(folder=folder.name) for a in arguments))
    assert result.returncode == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert list(folder.iterdir()) == []


def test_two_yaml_files_are_not_guessed_between(brieftex: Callable, folder: Path) -> None:
    for name in ("b.yaml", "a.yml"):
        (folder / name).touch()
    result = brieftex("build")
    assert result.returncode == 2
    assert "a.yml, b.yaml" in result.stderr
