"""The password of a mailbox: from the environment, the system's keyring, or the keyboard."""

from __future__ import annotations

import os
import sys

import click

from brieftex.cli.language import tr

MAIL_VARIABLE = "BRIEFTEX_MAILPASSWORD"

KEYRING_SERVICE = "brieftex"
"""The name under which the keyring keeps the password: ``keyring set brieftex NAME``."""


def mail_password(user: str) -> str | None:
    """The password of ``user``; None, no login, if the variable is set and empty. Raises
    UsageError where there is none and nobody to ask."""
    said = os.environ.get(MAIL_VARIABLE)
    if said is not None:
        return said or None
    if (kept := _of_keyring(user)) is not None:
        return kept
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError(
            tr(
                f"没有邮箱密码：放进变量 {MAIL_VARIABLE}，或 keyring set {KEYRING_SERVICE} {user}",
                f"no password: use {MAIL_VARIABLE} or keyring set {KEYRING_SERVICE} {user}",
            )
        )
    words = tr(f"{user} 的密码（QQ、163 是授权码）", f"password of {user}")
    return str(click.prompt(words, hide_input=True, prompt_suffix=tr("：", ": "), err=True))


def _of_keyring(user: str) -> str | None:
    """What the system's keyring has, if there is one and the extra ``mail`` is installed."""
    try:
        import keyring  # an extra  # noqa: PLC0415
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(KEYRING_SERVICE, user)
    except KeyringError:  # no keyring on a server, or a locked one
        return None
    return found
