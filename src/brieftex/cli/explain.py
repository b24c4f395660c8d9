"""``brieftex explain``: what a code means, why it matters and how to write it right."""

from __future__ import annotations

from difflib import get_close_matches

import click

from brieftex.checks.engine.explain import explanation, overview, rules_markdown
from brieftex.cli.command import Command, did_you_mean
from brieftex.cli.language import language, tr
from brieftex.diagnostics import Kind
from brieftex.diagnostics.messages import kinds


@click.command(
    cls=Command,
    help=tr(
        "说明一种问题：查什么、为什么、怎样写\n\n不写代码时，列出全部代码。",
        "Explains a finding: what, why, and how to write it\n\nWithout CODE: lists all codes.",
    ),
)
@click.argument("code", required=False, metavar="[CODE]")
@click.option(
    "--markdown",
    "as_markdown",
    is_flag=True,
    help=tr("打印全部规则的说明（Markdown）", "print the pages of all rules as Markdown"),
)
def command(code: str | None, as_markdown: bool) -> int:
    """Print the page on standard output."""
    if as_markdown:
        text = rules_markdown()
    elif code is None:
        text = overview(language())
    else:
        text = explanation(_kind(code), language())
    click.echo(text, nl=False)
    return 0


def _kind(code: str) -> Kind:
    """The kind of a code or name. Raises UsageError."""
    known = kinds()
    by_name = {kind.name: kind for kind in known.values()}
    kind = known.get(code.upper()) or by_name.get(code.lower())
    if kind is None:
        near = get_close_matches(code.lower(), by_name, 1)
        message = tr(f"没有代码 {code}", f"no such code {code}")
        raise click.UsageError(message + did_you_mean(near), click.get_current_context())
    return kind
