"""Everything that can be said about a built add-in without Excel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from xlperf.addin.source_faults import AddinFault, DamagedFileError, fault
from xlperf.addin.vba import project_checks, project_reader
from xlperf.addin.vba.project_reader import MODULE_PROCEDURAL, VbaProject
from xlperf.addin.vba.source import Module
from xlperf.addin.xlam import package, package_checks, ribbon_checks, settings_sheet
from xlperf.addin.xlam.build import automatic
from xlperf.addin.xlam.package import RIBBON_PART, SETTINGS, VBA, WORDS_SHEET
from xlperf.addin.xlam.package_checks import PackageParts
from xlperf.addin.xlam.xml_lines import parse
from xlperf.storage.files import bytes_of

RUN_PYTHON = re.compile(r"\bRunPython\b\s*\(?\s*(.*)")
COMMAND = re.compile(
    r"""\"import xlperf\.live\.ribbon as r; r\.click\('\" & control\.ID & \"'\)\"\)?"""
)
COMMENT = re.compile(r"""("(?:[^"]|"")*")|'.*""")  # or a text, in which the sign is none
MODULE_PREFIX = "Xlperf"  # how our modules' names begin


def check(path: Path) -> list[AddinFault]:
    """The faults of an add-in's file; UserError where it cannot be read."""
    return check_bytes(bytes_of(path))


def check_bytes(data: bytes) -> list[AddinFault]:
    """The faults of an add-in's bytes, as far as they can be followed."""
    try:
        parts = package.unpack(data)
    except DamagedFileError as error:
        return [fault("damaged", why=error)]
    faults = [*_safely(lambda: package_checks.faults(parts), package.BOOK)]
    for name, checked in ((VBA, _project_faults), (RIBBON_PART, _ribbon_faults)):
        if name in parts:
            faults += _safely(lambda use=checked: use(parts), name)  # type: ignore[misc]
        else:
            faults.append(fault("no_part", part=name))
    return [*faults, *_safely(lambda: _settings_faults(parts), SETTINGS)]


def _safely(checks: Callable[[], Iterator[AddinFault]], where: str) -> Iterator[AddinFault]:
    """The faults, and where the content cannot be followed, that as one more."""
    try:
        yield from checks()
    except DamagedFileError as error:
        yield fault("damaged", where, why=error)


def modules(project: VbaProject) -> list[Module]:
    """The project's modules as the builder knows them."""
    return [
        Module(
            module.name,
            "std" if module.kind == MODULE_PROCEDURAL else "class",
            project.texts[module.name].replace("\r\n", "\n"),
        )
        for module in project.modules
    ]


def _project_faults(parts: PackageParts) -> Iterator[AddinFault]:
    project = project_reader.read(parts[VBA])
    yield from project_checks.faults(project, package_checks.code_names(parts).values())
    vba_modules = modules(project)
    yield from automatic(vba_modules)
    for item in vba_modules:
        if item.name.startswith(MODULE_PREFIX):
            yield from _command_faults(item)


def _command_faults(module: Module) -> Iterator[AddinFault]:
    """Our modules call RunPython with a fixed text and the control's id, and nothing else."""
    for number, line in enumerate(module.text.split("\n"), 1):
        code = COMMENT.sub(r"\1", line)
        if (call := RUN_PYTHON.search(code)) and not COMMAND.fullmatch(call.group(1).strip()):
            yield fault("command", f"{module.name}:{number}")


def _ribbon_faults(parts: PackageParts) -> Iterator[AddinFault]:
    root = parse(parts[RIBBON_PART])
    yield from ribbon_checks.faults(root, RIBBON_PART)
    if VBA in parts:
        vba_modules = modules(project_reader.read(parts[VBA]))
        yield from ribbon_checks.call_faults(root, RIBBON_PART, vba_modules)
    sheets = package.sheet_parts(parts)
    if WORDS_SHEET not in sheets:
        yield fault("no_sheet", package.BOOK, sheet=WORDS_SHEET)
        return
    rows = list(package.cells(parts, sheets[WORDS_SHEET]))
    yield from ribbon_checks.word_faults(root, RIBBON_PART, (row[0] for row in rows if row))
    for row in rows:
        if len(row) != 3 or not all(row):
            yield fault("no_words", WORDS_SHEET, key=row[0] if row else "")


def _settings_faults(parts: PackageParts) -> Iterator[AddinFault]:
    sheets = package.sheet_parts(parts)
    if SETTINGS not in sheets:
        yield fault("no_sheet", package.BOOK, sheet=SETTINGS)
        return
    rows = list(package.cells(parts, sheets[SETTINGS]))
    answers = {row[0]: row[1] if len(row) > 1 else "" for row in rows if row}
    for item in modules(project_reader.read(parts[VBA])) if VBA in parts else ():
        yield from settings_sheet.unanswered(item.text, answers, item.name)
        match = re.search(r'XLWINGS_VERSION As String = "(.*?)"', item.text)
        if match and match.group(1) != answers.get(settings_sheet.XLWINGS):
            yield fault("other_version", item.name, actual=match.group(1))


def counts(data: bytes) -> dict[str, int]:
    """How many modules and buttons a sound add-in has; DamagedFileError for another file."""
    addin = package.read(data)
    buttons = parse(addin.ribbon).elements_named("button")
    return {
        "modules": len(project_reader.read(addin.vba).modules),
        "buttons": sum(1 for _ in buttons),
    }
