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
        typed = sys.stdin is not None and sys.stdin.isatty()
        password = _typed(twice=twice) if typed else _read()
    if not password:
        raise click.UsageError(
            tr(
                f"密码是空的；在终端里输入，或者放进环境变量 {VARIABLE}",
                f"the password is empty: type it, or put it into the variable {VARIABLE}",
            )
        )
    # SASLprep (RFC 4013), by which readers prepare what is typed, refuses most of these and drops
    # the rest: of a password of zero-width spaces nothing would be left.
    if not password.isprintable():
        raise click.UsageError(
            tr(
                "密码里有看不见的字符（控制字符、全角空格等），或者编码不对",
                "the password holds characters that cannot be seen, or is in another encoding",
            )
        )
    if len(password.encode()) > LONGEST:
        raise click.UsageError(
            tr("密码太长，最多 127 个字母或 42 个汉字", "the password is longer than 127 bytes")
        )
    return str(password)


def _read() -> str:
    """The first line of standard input; some have no end, such as that of /dev/zero."""
    if sys.stdin is None:
        return ""
    try:
        return sys.stdin.readline(LONGEST + 2).rstrip("\r\n")
    except UnicodeDecodeError:
        return "\ufffe"  # no character; refused as such


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
