"""A VBA project read back: what its directory says, and the text of every module."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from xlperf.addin.source_faults import DamagedFileError
from xlperf.addin.vba.compound_file_reader import Container
from xlperf.addin.vba.compression import decompress

CODECS = {936: "gbk", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8"}
MODULE_PROCEDURAL, MODULE_OTHER = 0x21, 0x22


@dataclass
class ModuleEntry:
    """A module in the stream `dir`: its name, stream, offset of the source, kind (0x21 or 0x22)."""

    name: str
    stream: str = ""
    offset: int = 0
    kind: int = 0


@dataclass(frozen=True)
class VbaProject:
    """A project's modules, their texts (lines ended by CR LF) and the streams around them."""

    codec: str
    modules: tuple[ModuleEntry, ...]
    texts: dict[str, str]
    declared: tuple[tuple[str, str], ...]  # kind and name, from PROJECT
    lines: str  # PROJECT
    container: Container


def read(data: bytes) -> VbaProject:
    """The project in a `vbaProject.bin`; DamagedFileError where it lacks streams or text."""
    container = Container(data)
    streams = container.streams
    try:
        codec, modules = _directory(decompress(streams["VBA/dir"]))
        texts = {
            module.name: decompress(streams[f"VBA/{module.stream}"][module.offset :]).decode(codec)
            for module in modules
        }
        lines = streams["PROJECT"].decode(codec)
    except (KeyError, UnicodeDecodeError, LookupError, struct.error) as error:
        raise DamagedFileError(f"a project with a hole: {error}") from None
    declared = re.findall(r"^(Module|Class|Document|BaseClass)=([^/\r\n]+)", lines, re.MULTILINE)
    return VbaProject(codec, tuple(modules), texts, tuple(declared), lines, container)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        number, size = struct.unpack_from("<HI", data, at)
        size = 6 if number == 0x09 else size  # the version counts only half of itself
        yield number, data[at + 6 : at + 6 + size]
        at += 6 + size
    if at != len(data):
        raise DamagedFileError("a directory that ends in the middle")


def _directory(data: bytes) -> tuple[str, list[ModuleEntry]]:
    codec, modules = "ascii", list[ModuleEntry]()
    for number, content in _records(data):
        if number == 0x03:
            (page,) = struct.unpack("<H", content)
            codec = CODECS.get(page, f"cp{page}")
        elif number == 0x19:
            modules.append(ModuleEntry(content.decode(codec)))
        elif number == 0x1A:
            modules[-1].stream = content.decode(codec)
        elif number == 0x31:
            (modules[-1].offset,) = struct.unpack("<I", content)
        elif number in (MODULE_PROCEDURAL, MODULE_OTHER):
            modules[-1].kind = number
    return codec, modules
