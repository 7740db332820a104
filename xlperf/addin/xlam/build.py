"""The add-in, built from the text in macros/: the same text gives the same bytes, anywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from xlperf import wording
from xlperf.addin.source_faults import AddinFault, DamagedFileError, fault, refuse_if_any
from xlperf.addin.vba import project
from xlperf.addin.vba.source import Ascii, Module, module, read
from xlperf.addin.xlam import package, ribbon_checks, settings_sheet, xlwings_files
from xlperf.addin.xlam.package import Addin, SheetRow
from xlperf.addin.xlam.xml_lines import parse
from xlperf.errors import UserError
from xlperf.storage.files import shipped

XLAM_FILE = "xlperf.xlam"
PLACE_IN_WHEEL = ("addin", XLAM_FILE)  # where a wheel carries it
RIBBON_FILE = "customUI14.xml"
FUNCTIONS_MODULE, WRAPPERS = "xlperf.live.functions", "xlwings_udfs"
RIBBON_WORDS = "ribbon."
# the head of a wrapper as xlwings writes it: Function NAME(first, Optional second)
SIGNATURE = re.compile(r"^Function (\w+)\((.*)\)", re.MULTILINE)
AUTOMATIC = ("workbook_open", "auto_open", "autoopen", "workbook_beforeclose", "auto_close")


def macros() -> Path:
    """The folder of the add-in's sources: the checkout's or the wheel's."""
    return shipped("macros")


def finished() -> bytes:
    """The bytes of the add-in that came with the wheel; in a checkout it is built."""
    try:
        return shipped(*PLACE_IN_WHEEL).read_bytes()
    except UserError as refusal:
        if refusal.key != "not_shipped":
            raise
        return package.write(build(macros()))


def build(sources: Path, functions: str = "") -> Addin:
    """The add-in of the sources.

    With `functions`, a module's name, the wrappers of its worksheet functions are written anew by
    xlwings; without, the text in the sources is taken (a test keeps the two the same).
    """
    ascii_only = Ascii()
    modules = [*_documents(), *_own_modules(sources, ascii_only)]
    modules += [xlwings_files.run_python(), xlwings_files.dictionary()]
    if functions:
        wrapper_module = module(WRAPPERS, wrappers(functions), file=f"{WRAPPERS}.bas")
        modules = [
            wrapper_module if source_module.name == WRAPPERS else source_module
            for source_module in modules
        ]
    xml = (sources / RIBBON_FILE).read_bytes().replace(b"\r\n", b"\n")
    words = [*ribbon_words(), *function_words(modules)]
    answers = settings_sheet.settings(xlwings_files.PINNED_VERSION, functions or FUNCTIONS_MODULE)
    refuse_if_any([*ascii_only.faults, *_faults(xml, modules, words, answers)])
    return Addin(project.to_bytes(modules), xml, answers, words, ascii_only.literals)


def _documents() -> Iterator[Module]:
    """The empty modules that belong to the workbook and its sheets."""
    yield module(package.WORKBOOK_MODULE, "Option Explicit\n", "workbook")
    for name in package.CODE_NAMES.values():
        yield module(name, "Option Explicit\n", "sheet")


def _own_modules(sources: Path, ascii_only: Ascii) -> Iterator[Module]:
    if not (sources / RIBBON_FILE).is_file():
        raise UserError("addin_no_sources", folder=sources, file=RIBBON_FILE)
    for path in sorted(sources.iterdir(), key=lambda file: file.name.lower()):
        if path.suffix in (".bas", ".cls"):
            yield read(path, ascii_only)


def ribbon_words() -> list[SheetRow]:
    """Rows of key, Chinese and English for every word of the ribbon, sorted by key."""
    keys = sorted(key for key in wording.keys("zh") if key.startswith(RIBBON_WORDS))
    return [
        (key.removeprefix(RIBBON_WORDS), *(wording.text(lang, key) for lang in ("zh", "en")))
        for key in keys
    ]


def function_words(modules: list[Module]) -> Iterator[SheetRow]:
    """What the function wizard says: under NAME.help the function, under NAME.1 its first argument.

    The wording has them under function.NAME.help and function.NAME.ARGUMENT, or, for an argument
    that several functions share, under function.ARGUMENT.
    """
    keys = wording.keys("zh")
    (text,) = (source_module.text for source_module in modules if source_module.name == WRAPPERS)
    for name, parameters in SIGNATURE.findall(text):
        word_keys = {"help": f"function.{name}.help"}
        for number, argument in enumerate(filter(None, parameters.split(", ")), 1):
            own_key, shared_key = (
                f"function.{name}.{argument.split()[-1]}",
                f"function.{argument.split()[-1]}",
            )
            word_keys[str(number)] = own_key if own_key in keys else shared_key
        if set(word_keys.values()) <= keys:
            for short, key in word_keys.items():
                yield (f"{name}.{short}", *(wording.text(lang, key) for lang in ("zh", "en")))


def _faults(
    xml: bytes, modules: list[Module], words: list[SheetRow], answers: dict[str, str]
) -> Iterator[AddinFault]:
    try:
        root = parse(xml)
    except DamagedFileError as error:
        yield fault("damaged", RIBBON_FILE, why=error)
        return
    yield from ribbon_checks.faults(root, RIBBON_FILE)
    yield from ribbon_checks.call_faults(root, RIBBON_FILE, modules)
    yield from ribbon_checks.word_faults(root, RIBBON_FILE, (row[0] for row in words))
    yield from automatic(modules)
    for source_module in modules:
        yield from settings_sheet.unanswered(source_module.text, answers, source_module.file)


def automatic(modules: list[Module]) -> Iterator[AddinFault]:
    """Faults for procedures that Office would run by itself: scanners distrust them."""
    for source_module in modules:
        for line, match in source_module.procedures():
            if match["name"].lower() in AUTOMATIC:
                yield fault("automatic", f"{source_module.file}:{line}", name=match["name"])


def wrappers(functions: str) -> str:
    """The VBA that calls a module's worksheet functions, written by xlwings in its own process.

    Raises UserError with the last line of the process's errors where it fails.
    """
    command = [sys.executable, "-P", "-m", "xlperf.addin.vba.wrapping", functions, XLAM_FILE]
    process = subprocess.run(  # noqa: S603 - this very Python
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    if process.returncode:
        why = (process.stderr.strip().splitlines() or ["-"])[-1]
        raise UserError("addin_functions", module=functions, why=why)
    return process.stdout
