"""The password of a file: from the environment, the keyboard or standard input.

Never from the command line, where it would stay in the shell's history and be seen by
whoever lists the running programs.
"""

from __future__ import annotations

import os
import sys

import click

from brieftex.cli.language import tr

VARIABLE = "BRIEFTEX_PASSWORD"
LONGEST = 127
"""Bytes in UTF-8 (ISO 32000-2, 7.6.4.3.3): what is longer would be cut off."""


def ask_password(*, twice: bool) -> str:
    """The password; typed twice if asked for so. Raises UsageError when it cannot be used."""
    password = os.environ.get(VARIABLE)
    if password is None:
        if sys.stdin is not None and sys.stdin.isatty():
            password = _typed(twice=twice)
        else:
            password = sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
    if not password:
        raise click.UsageError(
            tr(
                f"密码是空的；在终端里输入，或者放进环境变量 {VARIABLE}",
                f"the password is empty: type it, or put it into the variable {VARIABLE}",
            )
        )
    if len(password.encode("utf-8", "surrogateescape")) > LONGEST:
        raise click.UsageError(
            tr("密码太长，最多 127 个字母或 42 个汉字", "the password is longer than 127 bytes")
        )
    return str(password)


def _typed(*, twice: bool) -> str:
    """The password as typed, unseen; until it is the same both times."""
    while True:
        password = _prompt(tr("密码", "Password"))
        if not twice or _prompt(tr("再输一次", "Repeat it")) == password:
            return password
        click.echo(tr("两次输入不一样，请重新输入", "they differ, please try again"), err=True)


def _prompt(what: str) -> str:
    suffix = tr("：", ": ")
    return str(click.prompt(what, hide_input=True, prompt_suffix=suffix, err=True))
