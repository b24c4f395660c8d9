"""What may be released: final issues whose text is the approved one, others only by force.

A forced release is recorded in the ledger."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from brieftex.cli.language import tr

if TYPE_CHECKING:
    from brieftex.model.issue import Issue


def released(issue: Issue, *, force: bool) -> str:
    """What the ledger records about a forced release, "" for a final issue. Raises
    ClickException."""
    from brieftex.model.issue import State  # noqa: PLC0415  # help does without the model

    names = {State.DRAFT: "草稿", State.REVIEW: "送审稿"}
    if issue.state is State.FINAL and not issue.approval.changed:
        return ""
    if issue.state is State.FINAL:
        zh, en = "定稿之后改过", "changed since it was approved"
    elif issue.state is None:
        zh, en = "还没有定稿", "not approved yet"
    else:
        zh, en = f"还是{names[issue.state]}", f"{issue.state.value}, not final"
    if force:
        return f"强制发出（{zh}）"
    raise click.ClickException(
        tr(
            f"这一期{zh}，不能发出：先 brieftex approve --by 姓名；"
            "一定要发就加 --force，登记里会写明",
            f"the issue is {en}: run brieftex approve --by NAME first, or add --force, "
            "which the ledger notes",
        )
    )


def too_few_lines(lines: int, needed: int) -> str:
    """Why an issue cannot be marked."""
    return tr(
        f"这一期能移的正文只有 {lines} 行，要分清这些份，至少要 {needed} 行；请不加 --trace",
        f"{lines} lines of body text can be moved, {needed} are needed to tell these copies "
        "apart; leave out --trace",
    )


def agreed_to_send(count: int) -> bool:
    """Whether somebody says yes to so many messages. Raises UsageError without a terminal."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError(
            tr("不在终端里时，发信要加 --yes", "without a terminal, sending wants --yes")
        )
    return bool(click.confirm(tr(f"发出这 {count} 封？", f"send these {count}?"), err=True))


def safe_name(name: str) -> str:
    """A person's name as part of a file's."""
    return "".join(c for c in name if c.isalnum())[:20] or "reader"
