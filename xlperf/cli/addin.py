"""The group `xlperf addin`: build, check, install, uninstall, doctor, bundle.

What does the work is imported where it is done: a command loads what it needs and no more.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import click

from xlperf import wording
from xlperf.addin.bundle.platforms import PYTHON_ARCHITECTURES, THIS_PLATFORM
from xlperf.cli.frame import (
    CLEAN,
    EXIT_FINDINGS,
    INPUT_FILE,
    OUTPUT_TARGET,
    argument,
    command,
    err,
    option,
    out,
    output,
)
from xlperf.cli.localized import CommandGroup, Commands, show_help
from xlperf.errors import UserError
from xlperf.storage.files import bytes_of, write_bytes
from xlperf.wording import say

EXCEL_HOST, LIBREOFFICE, WPS = "excel", "libreoffice", "wps"
HOSTS = (EXCEL_HOST, LIBREOFFICE, WPS)
USELESS_OPTIONS = {  # an option, and the programs that it means nothing for
    "--functions": (LIBREOFFICE, WPS),
    "--python": (WPS,),
    "--to": (LIBREOFFICE,),
}


def addin_command(workbook_language: str) -> click.Command:
    """`xlperf addin`."""
    return CommandGroup(
        "addin",
        tasks=TASKS,
        commands=Commands(ADDIN_COMMANDS, workbook_language),
        above="addin_",
        callback=show_help,
        invoke_without_command=True,
        help=say("cli.addin"),
    )


def build_command(_: str) -> click.Command:
    """`xlperf addin build`."""

    def run(output: Path, functions: str, macros: Path | None, host: str) -> int:
        from xlperf.addin.xlam import build, check, package

        _refuse_useless(host, {"--functions": functions})
        if host != EXCEL_HOST:
            return _build_for(host, output, macros or build.macros())
        macro_file = build.build(macros or build.macros(), functions)
        data = package.write(macro_file)
        write_bytes(output, data)
        sha256 = hashlib.sha256(data).hexdigest()
        facts = {"file": output, "bytes": len(data), "sha256": sha256, **check.counts(data)}
        out().print(say("addin.built", **facts), markup=False)
        return CLEAN

    return command(
        "addin_build",
        output("addin_out"),
        option("--functions", help_key="addin_functions", default=""),
        option("--macros", help_key="addin_macros", type=INPUT_FILE),
        _host(),
    )(run)


def _refuse_useless(host: str, options: dict[str, object]) -> None:
    """Raise UserError for an option given that means nothing for a program."""
    for name, value in options.items():
        if value and host in USELESS_OPTIONS[name]:
            raise UserError("addin_option_for", option=name, host=host)


def _host() -> click.Option:
    """--for, the program that gets the buttons."""
    hosts = click.Choice(HOSTS)
    return option("--for", "host", help_key="addin_for", type=hosts, default=EXCEL_HOST)


def _build_for(host: str, output: Path, sources: Path) -> int:
    """Write the buttons for a program that is not Excel."""
    from xlperf.addin.oxt import build as extension
    from xlperf.addin.wps import build as wps

    data = extension.build(sources) if host == LIBREOFFICE else wps.build(sources)
    write_bytes(output, data)
    count = sum(map(len, extension.buttons(sources)))
    facts = {"bytes": len(data), "buttons": count, "sha256": hashlib.sha256(data).hexdigest()}
    out().print(say("oxt.built", file=output, **facts), markup=False)
    if host == WPS:
        err().print(say("wps.untried"), markup=False, style="yellow")
    return CLEAN


def _install_for(host: str, to: Path | None, python: str) -> int:
    """Install the buttons in a program that is not Excel."""
    from xlperf.addin.setup.computer import this_computer

    if host == WPS:
        from xlperf.addin.wps import install as wps

        out().print(say("wps.installed", folder=wps.install(this_computer(), to)), markup=False)
        err().print(say("wps.untried"), markup=False, style="yellow")
        return CLEAN
    from xlperf.addin.oxt import install as extension

    extension_setup = extension.install(this_computer(), python)
    out().print(say("oxt.installed", identifier=extension_setup.identifier), markup=False)
    out().print(say("addin.interpreter", python=extension_setup.python), markup=False)
    return CLEAN


def _uninstall_for(host: str, to: Path | None) -> int:
    from xlperf.addin.setup.computer import this_computer

    if host == WPS:
        from xlperf.addin.wps import install as wps

        was_there = wps.uninstall(this_computer(), to)
    else:
        from xlperf.addin.oxt import install as extension

        was_there = extension.uninstall(this_computer())
    kind = "wps" if host == WPS else "oxt"
    out().print(say(f"{kind}.uninstalled" if was_there else f"{kind}.not_there"), markup=False)
    return CLEAN


def check_command(_: str) -> click.Command:
    """`xlperf addin check`."""

    def run(file: Path) -> int:
        from xlperf.addin.xlam import check

        faults = check.check(file)
        for fault in faults:
            out().print(str(fault), markup=False)
        if faults:
            err().print(say("addin.faulty", file=file, count=len(faults)), markup=False)
            return EXIT_FINDINGS
        out().print(say("addin.clean", file=file, **check.counts(bytes_of(file))), markup=False)
        return CLEAN

    return command("addin_check", argument("file"))(run)


def install_command(_: str) -> click.Command:
    """`xlperf addin install`."""

    def run(to: Path | None, python: str, host: str) -> int:
        from xlperf.addin.setup import install
        from xlperf.addin.setup.computer import this_computer

        _refuse_useless(host, {"--to": to, "--python": python})
        if host != EXCEL_HOST:
            return _install_for(host, to, python)
        installed = install.install(this_computer(), to, python)
        out().print(say("addin.installed", file=installed.file), markup=False)
        out().print(say("addin.interpreter", python=installed.python), markup=False)
        if installed.script:
            out().print(say("addin.script", file=installed.script), markup=False)
        out().print(say("addin.restart"), markup=False)
        return CLEAN

    return command(
        "addin_install",
        option("--to", help_key="addin_to", type=OUTPUT_TARGET),
        option("--python", help_key="addin_python", default=""),
        _host(),
    )(run)


def uninstall_command(_: str) -> click.Command:
    """`xlperf addin uninstall`."""

    def run(to: Path | None, host: str) -> int:
        from xlperf.addin.setup import install
        from xlperf.addin.setup.computer import this_computer

        _refuse_useless(host, {"--to": to})
        if host != EXCEL_HOST:
            return _uninstall_for(host, to)
        file, was_there = install.uninstall(this_computer(), to)
        key = "addin.uninstalled" if was_there else "addin.not_there"
        out().print(say(key, file=file), markup=False)
        return CLEAN

    to = option("--to", help_key="addin_to", type=INPUT_FILE)
    return command("addin_uninstall", to, _host())(run)


def doctor_command(_: str) -> click.Command:
    """`xlperf addin doctor`."""

    def run(to: Path | None) -> int:
        from xlperf.addin.setup import doctor
        from xlperf.addin.setup.computer import this_computer

        facts, symptoms = doctor.examine(this_computer(), to)
        for line in [*facts, *map(str, symptoms)]:
            out().print(line, markup=False)
        problems = [symptom for symptom in symptoms if not symptom.hint]
        key = "addin.sick" if problems else "addin.healthy"
        err().print(say(key, count=len(problems)), markup=False)
        return EXIT_FINDINGS if problems else CLEAN

    return command("addin_doctor", option("--to", help_key="addin_to", type=INPUT_FILE))(run)


def bundle_command(workbook_language: str) -> click.Command:
    """`xlperf addin bundle`."""

    def run(
        output: Path, python: Path | None, sha256: str, wheels: Path | None, **options: Any
    ) -> int:
        from xlperf.addin.bundle import build
        from xlperf.addin.bundle.wheels import Platform

        target = Platform(options["platform"], options["python_version"])
        order = build.Order(target, python, sha256, wheels, options["wheel"])
        with wording.speaking(workbook_language):
            packed = build.pack(order, output)
        size = packed.size / 2**20
        out().print(
            say("bundle.packed", file=packed.file, wheels=packed.wheels, size=size), markup=False
        )
        key = "bundle.packed_python" if packed.python else "bundle.packed_without"
        out().print(say(key, sha256=packed.python), markup=False)
        return CLEAN

    platforms = click.Choice((*PYTHON_ARCHITECTURES, THIS_PLATFORM))
    versions = click.Choice(("3.11", "3.12", "3.13"))
    return command(
        "addin_bundle",
        output("bundle_out"),
        option("--python", help_key="bundle_python", type=INPUT_FILE),
        option("--sha256", help_key="bundle_sha256", default=""),
        option("--platform", help_key="bundle_platform", type=platforms, default="win_amd64"),
        option("--python-version", help_key="bundle_version", type=versions, default="3.11"),
        option("--wheels", help_key="bundle_wheels", type=INPUT_FILE),
        option("--wheel", help_key="bundle_wheel", type=INPUT_FILE),
    )(run)


ADDIN_COMMANDS = {
    name: f"xlperf.cli.addin:{name}_command"
    for name in ("build", "check", "install", "uninstall", "doctor", "bundle")
}

TASKS = {"install": ("install", "doctor", "uninstall"), "build": ("build", "check", "bundle")}
