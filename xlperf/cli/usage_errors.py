"""What is wrong with the words of a command, in the user's language, with what to write instead."""

from __future__ import annotations

import click
from click.types import IntParamType

from xlperf.wording import say


def complaint(error: click.ClickException) -> str:
    """One sentence for an error of the library that takes commands apart."""
    command = getattr(getattr(error, "ctx", None), "command_path", "xlperf")
    if isinstance(error, click.NoSuchOption):
        return _no_option(error, command)
    if isinstance(error, click.MissingParameter):
        return say("usage.missing", name=_called(error.param), command=command)
    if isinstance(error, click.BadOptionUsage):
        takes_none = _is_flag(error)
        key = "usage.no_value" if takes_none else "usage.needs_value"
        return say(key, name=error.option_name, command=command)
    if isinstance(error, click.BadParameter):
        return _bad_value(error, command)
    if isinstance(error, click.UsageError) and getattr(error.ctx, "command", None):
        return say("usage.no_subcommand", command=command)
    return say("usage.other", message=error.format_message())


def _no_option(error: click.NoSuchOption, command: str) -> str:
    if near := list(error.possibilities or ()):
        return say("usage.near_option", name=error.option_name, near=near[0], command=command)
    return say("usage.no_option", name=error.option_name, command=command)


def _called(parameter: click.Parameter | None) -> str:
    """What a parameter is called in the help: its longest option, or the word for an argument."""
    if parameter is None:
        return ""
    if isinstance(parameter, click.Argument):
        return parameter.human_readable_name
    return " ".join(parameter.opts)


def _is_flag(error: click.BadOptionUsage) -> bool:
    """Whether the option takes no value at all."""
    parameters = error.ctx.command.params if error.ctx else ()
    parameters_named = (
        parameter for parameter in parameters if error.option_name in parameter.opts
    )
    return any(isinstance(item, click.Option) and item.is_flag for item in parameters_named)


def _bad_value(error: click.BadParameter, command: str) -> str:
    name, kind = _called(error.param), getattr(error.param, "type", None)
    if isinstance(kind, click.Choice):
        choices = say("usage.comma").join(map(str, kind.choices))
        return say("usage.bad_value", name=name, choices=choices, command=command)
    key = "usage.not_whole" if isinstance(kind, IntParamType) else "usage.wrong_value"
    return say(key, name=name, command=command)
