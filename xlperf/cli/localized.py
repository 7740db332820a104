"""Commands whose help and complaints speak the user's language throughout.

The library's own words (usage, headings, marks of an option) are replaced by those of the wording
files, and lines are broken by what signs take up on a terminal, where a Chinese one is two wide.
"""

from __future__ import annotations

import re
from collections import UserDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from xlperf import wording
from xlperf.errors import UserError
from xlperf.wording import has, say

HELP_TITLES = {"Options": "options", "Commands": "commands", "Positional arguments": "arguments"}
NO_LINE_STARTS_WITH = "，。；：、？！）”》…"
PIECE = re.compile(
    r"[（“《]?(?:[!-~]+ *|.)", re.DOTALL
)  # of a line: a word in ASCII, or one other sign
WIDEST_TERM = 30  # columns of an option before its explanation moves to the next line
INDENT_WIDTH = 2
INDENT_BLANKS = "  "


def cell_len(text: str) -> int:
    """How many columns of a terminal a text takes up."""
    from rich import cells

    return cells.cell_len(text)


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many columns of a terminal."""
    lines = [""]
    for piece in PIECE.findall(" ".join(text.split())):
        full = cell_len(lines[-1] + piece.rstrip()) > width
        if full and lines[-1] and piece not in NO_LINE_STARTS_WITH:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


class Formatter(click.HelpFormatter):
    """Lays out help with headings from the wording files."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how a command is called."""
        self.write(f"{prefix or say('help.usage')}{prog} {args}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """A heading, in the user's language."""
        title = say(f"help.{HELP_TITLES[heading]}") if heading in HELP_TITLES else heading
        self.write(f"{INDENT_BLANKS * (self.current_indent // INDENT_WIDTH)}{title}\n")

    def write_text(self, text: str) -> None:
        """A paragraph, and every further one of the text."""
        for paragraph in text.splitlines():
            for line in wrapped(paragraph, self.width - self.current_indent):
                self.write(f"{' ' * self.current_indent}{line}".rstrip() + "\n")

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = WIDEST_TERM,
        col_spacing: int = INDENT_WIDTH,
    ) -> None:
        """Terms and what they mean, in two columns."""
        rows = list(rows)
        longest = max((cell_len(term) for term, _ in rows), default=0)
        column = min(longest, col_max) + col_spacing
        for term, meaning in rows:
            for line in _entry(term, meaning, column, self.width - self.current_indent):
                self.write(f"{' ' * self.current_indent}{line}\n")


def _entry(term: str, meaning: str, column: int, width: int) -> Iterator[str]:
    """The lines of a term and its meaning, which starts below the term where that is long."""
    lines = wrapped(meaning, max(width - column, INDENT_WIDTH * 10))
    start = term + " " * (column - cell_len(term))
    if cell_len(term) > column - INDENT_WIDTH:
        yield term
        start = " " * column
    yield (start + lines[0]).rstrip()
    for line in lines[1:]:
        yield " " * column + line


class Context(click.Context):
    """A command's call, whose help is laid out here."""

    formatter_class = Formatter


class Option(click.Option):
    """An option that says in the user's language whether it is required, and its default."""

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Nothing of the library's own words: ours stand in the help already."""
        return {}

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option, and its help with what is said of it besides."""
        record = super().get_help_record(ctx)
        return record and (record[0], record[1] + self.remark())

    def remark(self) -> str:
        """That it is required, or its default; "" where neither is so."""
        if self.required:
            return say("help.required")
        plain = isinstance(self.default, str | int) and not self.is_flag and self.default != ""
        return say("help.default", default=self.default) if plain else ""


class Command(click.Command):
    """A command with an example below its help."""

    context_class = Context

    def __init__(self, *args: Any, **properties: Any) -> None:
        properties["options_metavar"] = say("help.some_options")
        properties["context_settings"] = {"allow_extra_args": True}
        super().__init__(*args, **properties)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments; one too many is refused by its name."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if ctx.args and not ctx.resilient_parsing:
            raise UserError("too_many_arguments", extra=" ".join(ctx.args), path=ctx.command_path)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        return _in_our_words(super().get_help_option(ctx))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What stands below the options, line by line; examples, as they are typed."""
        if self.epilog:
            formatter.write_paragraph()
            for line in self.epilog.splitlines():
                formatter.write(f"{line}\n")
        _write_examples(self.name or "", formatter)


class Commands(UserDict[str, Any]):
    """Commands by name: each is made, and its module loaded, when it is asked for.

    `makers`: of each the module and the function that makes it, as "module:function".
    Every command speaks the language that is spoken now.
    """

    def __init__(self, makers: Mapping[str, str], workbook_language: str) -> None:
        super().__init__(makers)
        self.languages = wording.language(), workbook_language

    def __getitem__(self, name: str) -> click.Command:
        if isinstance(maker := self.data[name], str):
            module, _, function = maker.partition(":")
            language, workbook_language = self.languages
            with wording.speaking(language):
                self.data[name] = getattr(import_module(module), function)(workbook_language)
        command: click.Command = self.data[name]
        return command


def show_help() -> int:
    """What a group can do, where no command of it is named."""
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


class CommandGroup(click.Group):
    """A group of commands, listed by what people want to do.

    `above`: what the keys of its commands' help begin with, "addin_" for `cli.addin_build`.
    """

    context_class = Context
    command_class = Command

    def __init__(
        self,
        name: str,
        *,
        tasks: Mapping[str, Sequence[str]],
        commands: Commands,
        above: str = "",
        **properties: Any,
    ) -> None:
        properties["options_metavar"] = say("help.some_options")
        properties["subcommand_metavar"] = say("help.some_command")
        super().__init__(name, commands=commands, **properties)
        self.tasks = tasks
        self.above = above

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        return _in_our_words(super().get_help_option(ctx))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under their tasks; those of no task at the end."""
        task_commands = {name for names in self.tasks.values() for name in names}
        others = [name for name in self.list_commands(ctx) if name not in task_commands]
        for task, names in (*self.tasks.items(), ("others", others)):
            listed = [(name, say(f"cli.{self.above}{name}")) for name in names]
            if listed:
                with formatter.section(say(f"help.task_{task}")):
                    formatter.write_dl(listed)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, as they are typed, and what holds for all commands."""
        _write_examples(self.name or "", formatter)
        if has(f"help.after_{self.name}"):
            formatter.write_paragraph()
            formatter.write_text(say(f"help.after_{self.name}"))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; one that there is not is refused with the nearest one."""
        name = args[0]
        is_known = ctx.resilient_parsing or name.startswith("-") or name in self.commands
        if not is_known:
            from difflib import get_close_matches

            near = get_close_matches(name, self.commands, 1)
            key, facts = ("near", {"near": near[0]}) if near else ("unknown", {})
            raise UserError(f"{key}_command", name=name, path=ctx.command_path, **facts)
        return super().resolve_command(ctx, args)


def _in_our_words(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = say("help.this")
    return option


def _write_examples(name: str, formatter: click.HelpFormatter) -> None:
    if not has(f"example.{name}"):
        return
    formatter.write_paragraph()
    formatter.write_heading(say("help.examples"))
    for line in say(f"example.{name}").splitlines():
        formatter.write(f"{INDENT_BLANKS}{line}\n")
