"""Is the VBA project sound? Its streams agree, and its text is what Office can read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from xlperf.addin.source_faults import AddinFault, fault
from xlperf.addin.vba.compound_file_reader import directory_faults
from xlperf.addin.vba.project import NO_PASSWORD, NOT_COMPILED, NOT_PROTECTED, VISIBLE, reveal
from xlperf.addin.vba.project_reader import MODULE_PROCEDURAL, ModuleEntry, VbaProject
from xlperf.addin.vba.source import LONGEST_LINE

MOST_CONTINUED = 24
PROTECTION = {"CMG": NOT_PROTECTED, "DPB": NO_PASSWORD, "GC": VISIBLE}


def faults(project: VbaProject, code_names: Iterable[str]) -> Iterator[AddinFault]:
    """Every fault of the project; `code_names` are the modules that the workbook's sheets name."""
    yield from directory_faults(project.container)
    yield from _stream_faults(project)
    yield from _agreement(project, set(code_names))
    yield from _protection(project)
    for name, text in project.texts.items():
        yield from text_faults(name, text)


def _stream_faults(project: VbaProject) -> Iterator[AddinFault]:
    streams = project.container.streams
    header = streams.get("VBA/_VBA_PROJECT", b"")
    if len(header) != len(NOT_COMPILED) or header[:4] != NOT_COMPILED[:4]:
        yield fault("compiled", "VBA/_VBA_PROJECT")
    expected = {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT"}
    expected |= {f"VBA/{module.stream}" for module in project.modules}
    for odd in sorted(streams.keys() - expected):
        yield fault("odd_stream", odd)
    for module in project.modules:
        if module.offset:
            yield fault("compiled", f"VBA/{module.stream}")


def _agreement(project: VbaProject, code_names: set[str]) -> Iterator[AddinFault]:
    """`dir`, PROJECT, PROJECTwm and the sheets must name the same modules."""
    module_names = [module.name for module in project.modules]
    for name, count in Counter(name.lower() for name in module_names).items():
        if count > 1:
            yield fault("same_module", "VBA/dir", name=name)
    if [name for _, name in project.declared] != module_names:
        yield fault("other_modules", "PROJECT")
    if project.container.streams.get("PROJECTwm") != _names(project.modules, project.codec):
        yield fault("other_modules", "PROJECTwm")
    kinds = {name: kind for kind, name in project.declared}
    for module in project.modules:
        if (kinds.get(module.name) == "Module") != (module.kind == MODULE_PROCEDURAL):
            yield fault("other_kind", "PROJECT", name=module.name)
    documents = {name for kind, name in project.declared if kind == "Document"}
    for name in sorted(documents ^ code_names):
        yield fault("no_document", "PROJECT", name=name)


def _names(modules: Iterable[ModuleEntry], codec: str) -> bytes:
    pairs = (
        module.name.encode(codec) + b"\0" + module.name.encode("utf-16-le") + b"\0\0"
        for module in modules
    )
    return b"".join(pairs) + b"\0\0"


def _protection(project: VbaProject) -> Iterator[AddinFault]:
    """The project is open to every reader: no password, no lock, visible."""
    project_id = re.search(r'^ID="(.*)"', project.lines, re.MULTILINE)
    key = sum((project_id.group(1) if project_id else "").strip("\r").encode(project.codec)) & 0xFF
    for name, expected_value in PROTECTION.items():
        match = re.search(rf'^{name}="([0-9A-F]+)"', project.lines, re.MULTILINE)
        try:
            revealed = reveal(match.group(1)) if match else None
        except (ValueError, IndexError):
            revealed = None
        if revealed != (2, key, expected_value):
            yield fault("protected", "PROJECT", name=name)


def text_faults(name: str, text: str) -> Iterator[AddinFault]:
    """What the VBA editor could not read in a module: line ends, long lines, other than ASCII."""
    if "\n" in text.replace("\r\n", "") or "\r" in text.replace("\r\n", ""):
        yield fault("line_ends", name)
    continued = 0
    for number, line in enumerate(text.split("\r\n"), 1):
        where = f"{name}:{number}"
        if len(line) > LONGEST_LINE:
            yield fault("long_line", where, length=len(line))
        if not line.isascii():
            odd = next(character for character in line if not character.isascii())
            yield fault("not_ascii", where, character=odd)
        continued = continued + 1 if line.endswith(" _") else 0
        if continued == MOST_CONTINUED + 1:
            yield fault("continued", where, most=MOST_CONTINUED)
