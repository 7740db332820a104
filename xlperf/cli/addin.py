"""The group `xlperf addin`: build, check, install, uninstall, doctor, bundle."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import click

from xlperf.addin import build, check, counts, package
from xlperf.cli.frame import CLEAN, FILE, FOUND, argument, command, err, option, out, output
from xlperf.files import bytes_of, write_bytes
from xlperf.wording import say


def addin_command(workbook_language: str) -> click.Command:
    """`xlperf addin`."""
    group = click.Group("addin", help=say("cli.addin"))
    for name, make in COMMANDS.items():
        group.add_command(make(workbook_language), name)
    return group


def build_command(_: str) -> click.Command:
    """`xlperf addin build`."""

    def run(output: Path, functions: str, macros: Path | None) -> int:
        made = build.build(macros or build.macros(), functions)
        data = package.write(made)
        write_bytes(output, data)
        sha256 = hashlib.sha256(data).hexdigest()
        facts = {"file": output, "bytes": len(data), "sha256": sha256, **counts.of(data)}
        out().print(say("addin.built", **facts), markup=False)
        return CLEAN

    return command(
        "addin_build",
        output("addin_out"),
        option("--functions", help_key="addin_functions", default=""),
        option("--macros", help_key="addin_macros", type=FILE),
    )(run)


def check_command(_: str) -> click.Command:
    """`xlperf addin check`."""

    def run(file: Path) -> int:
        found = check.check(file)
        for each in found:
            out().print(str(each), markup=False)
        if found:
            err().print(say("addin.faulty", file=file, count=len(found)), markup=False)
            return FOUND
        out().print(say("addin.clean", file=file, **counts.of(bytes_of(file))), markup=False)
        return CLEAN

    return command("addin_check", argument("file"))(run)


COMMANDS: dict[str, Callable[[str], click.Command]] = {
    "build": build_command,
    "check": check_command,
}
