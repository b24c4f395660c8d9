"""click's commands, speaking Chinese: usage lines, headings and what was wrong with a call."""

from __future__ import annotations

from gettext import gettext
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from brieftex.cli.language import tr


class Formatter(click.HelpFormatter):
    """Help pages with translated headings, and texts that keep their own line ends."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or tr("用法：", "Usage: "))

    def write_heading(self, heading: str) -> None:
        chinese = {gettext("Options"): "选项", gettext("Commands"): "命令"}.get(heading, heading)
        self.write(tr(f"{chinese}：\n", f"{heading}:\n"))

    def write_text(self, text: str) -> None:
        # click would fill lines as if a Han character were as narrow as a letter.
        self.write("".join(f"{'':{self.current_indent}}{line}\n" for line in text.splitlines()))


class Context(click.Context):
    """A context whose help is written by ``Formatter``."""

    formatter_class = Formatter


class Command(click.Command):
    """A command that refuses surplus arguments in the user's language."""

    context_class = Context

    def __init__(self, name: str | None, **settings: Any) -> None:
        """Takes what click's takes."""
        super().__init__(name, options_metavar=tr("[选项]", "[OPTIONS]"), **settings)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _translated(super().get_help_option(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        surplus = super().parse_args(ctx, args)
        if surplus and not ctx.resilient_parsing:
            text = " ".join(surplus)
            raise click.UsageError(tr(f"多余的参数 {text}", f"surplus arguments {text}"), ctx)
        return surplus


class Commands(click.Group):
    """The commands by name, each with its summary and imported from its module when called."""

    context_class = Context

    def __init__(self, package: str, summaries: dict[str, str], **settings: Any) -> None:
        """``summaries`` names the modules of ``package`` that hold a ``command``."""
        super().__init__(
            options_metavar=tr("[选项]", "[OPTIONS]"),
            subcommand_metavar=tr("命令 …", "COMMAND ..."),
            **settings,
        )
        self.package = package
        self.summaries = summaries

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _translated(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.summaries:
            return None
        # No module can be called ``import``, which is a keyword of Python.
        module = f"{self.package}.{cmd_name}{'_' * iskeyword(cmd_name)}"
        command: click.Command = import_module(module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(gettext("Commands")):
            formatter.write_dl(list(self.summaries.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in self.summaries and not name.startswith("-"):
            from difflib import get_close_matches  # for wrong calls only  # noqa: PLC0415

            near = get_close_matches(name, self.summaries, 1)
            raise click.UsageError(
                tr(f"没有命令 {name}", f"no such command {name}") + did_you_mean(near), ctx
            )
        return super().resolve_command(ctx, args)


def did_you_mean(near: list[str]) -> str:
    """The end of a message that names the nearest right word, if any."""
    return tr(f"，是不是 {near[0]}？", f", did you mean {near[0]}?") if near else ""


def complaint(error: click.ClickException) -> str:
    """What was wrong with a call, in the user's language."""
    match error:
        case click.NoSuchOption():
            name = error.option_name
            near = error.possibilities or []
            return tr(f"没有选项 {name}", f"no such option {name}") + did_you_mean(near)
        case click.BadOptionUsage():
            name = error.option_name
            takes_none = "does not take" in error.message
            why = (
                tr("不带内容", "takes no value") if takes_none else tr("缺少内容", "needs a value")
            )
            return tr(f"选项 {name} 的用法不对：后面{why}", f"wrong use of option {name}: {why}")
        case click.MissingParameter():
            name = _name(error.param)
            return tr(f"缺少 {name}", f"missing {name}")
        case click.BadParameter():
            return f"{_name(error.param)} {_wanted(error)}".strip()
    # Every other message is of our own making.
    return error.message


def _wanted(error: click.BadParameter) -> str:
    """What a value should have been; a type of our own says it itself."""
    match error.param and error.param.type:
        case click.Choice(choices=choices):
            words = " | ".join(map(str, choices))
            return tr(f"只能是 {words}", f"must be one of {words}")
        case click.IntRange(min=least, max=None):
            return tr(f"应是不小于 {least} 的整数", f"must be a whole number from {least} on")
        case click.IntRange(min=least, max=most):
            numbers = f"应是 {least} 到 {most} 之间的整数"
            return tr(numbers, f"must be a whole number from {least} to {most}")
    return error.message


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return ""
    return parameter.opts[-1] if isinstance(parameter, click.Option) else parameter.metavar or ""


def _translated(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = tr("显示本说明", "show this help")
    return option
