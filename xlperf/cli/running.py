"""One command from its arguments to its exit status: language, refusals, no traceback ever."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from xlperf import error_log, wording
from xlperf.characters.control import on_one_line
from xlperf.cli import build
from xlperf.cli.usage_errors import complaint
from xlperf.errors import UserError
from xlperf.storage.files import reason
from xlperf.wording import say

EXIT_FAILED = 2


def run(arguments: list[str]) -> int:
    """Run a command; 0 clean, 1 findings or files set aside, 2 not done."""
    rest, wished = split_language(arguments)
    if not wished and os.environ.get("XLPERF_LANG", "")[:2].lower() in wording.LANGUAGES:
        wished = wording.users_language()
    wording.use(wished or wording.users_language())
    try:
        result = build(wished or "zh").main(rest, prog_name="xlperf", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        return _refuse(_sentence(error))
    return int(result or 0)


def split_language(arguments: list[str]) -> tuple[list[str], str]:
    """--lang may stand anywhere; the words of the commands depend on it."""
    rest: list[str] = []
    wished = ""
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--lang":
            wished = next(waiting, "")
        elif argument.startswith("--lang="):
            wished = argument.partition("=")[2]
        else:
            rest.append(argument)
            continue
        if wished not in wording.LANGUAGES:
            wording.use(wording.users_language())
            sys.exit(_refuse(say("usage.no_language", wished=wished)))
    return rest, wished


def _sentence(error: Exception) -> str:
    """What could not be done and how to mend it."""
    if isinstance(error, UserError):
        return say(f"error.{error.key}", **error.facts)
    if isinstance(error, click.ClickException):
        return complaint(error)
    if isinstance(error, OSError):
        return say("error.machine", file=error.filename or "", why=reason(error))
    if isinstance(error, MemoryError):
        return say("error.no_memory")
    if log := _log():
        return say("error.unexpected", log=log)
    return say("error.unexpected_unlogged", log=f"{type(error).__name__}: {error}")


def _refuse(sentence: str) -> int:
    click.echo(on_one_line(sentence), err=True)
    return EXIT_FAILED


def _log() -> Path | None:
    """The log that tells the maintainers what happened; None where none can be written."""
    return error_log.note("xlperf")
