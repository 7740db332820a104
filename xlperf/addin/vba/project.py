"""A VBA project as the bytes of `vbaProject.bin`: MS-OVBA, the form meant for other programs.

No compiled code is written (MS-OVBA 2.3.4.1 asks that of writers): Office compiles the sources
when the file is first opened. The same modules always give the same bytes.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Sequence

from xlperf.addin.vba import compound_file
from xlperf.addin.vba.compression import compress
from xlperf.addin.vba.source import Module

PROJECT_NAME = "XlperfAddin"
CODE_PAGE = 1252
CODEC = "ascii"  # everything in it is, so the code page does not matter
NOT_COMPILED = bytes.fromhex("cc61ffff000000")  # _VBA_PROJECT without a cache
WINDOWS_64, ENGLISH = 3, 0x409
MODULE_KIND = {"std": 0x21, "class": 0x22, "workbook": 0x22, "sheet": 0x22}
MODULE_DECLARATIONS = {
    "std": "Module={}",
    "class": "Class={}",
    "workbook": "Document={}/&H00000000",
    "sheet": "Document={}/&H00000000",
}
REFERENCES = (  # Windows finds them by their numbers; the paths are what Office itself writes
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb"
               "#OLE Automation"),
    ("Office", r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files"
               r"\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library"),
)  # fmt: skip
NOT_PROTECTED, NO_PASSWORD, VISIBLE = bytes(4), bytes(1), b"\xff"


def to_bytes(modules: Sequence[Module], name: str = PROJECT_NAME) -> bytes:
    """The bytes of `vbaProject.bin`: a compound file with the modules' sources, compressed."""
    streams = {m.name: compress(_text(m.text.replace("\n", "\r\n"))) for m in modules}
    vba: compound_file.StorageTree = {
        **streams,
        "dir": compress(_dir(modules, name)),
        "_VBA_PROJECT": NOT_COMPILED,
    }
    tree: compound_file.StorageTree = {
        "VBA": vba,
        "PROJECT": _project(modules, name),
        "PROJECTwm": names(modules),
    }
    return compound_file.write(tree)


def _text(text: str) -> bytes:
    return text.encode(CODEC)


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(content)) + content


def _long(number: int, value: int) -> bytes:
    return _record(number, struct.pack("<I", value))


def _short(number: int, value: int) -> bytes:
    return _record(number, struct.pack("<H", value))


def _twice(number: int, wide: int, text: str) -> bytes:
    """A text in the code page, and again in UTF-16."""
    return _record(number, _text(text)) + _record(wide, text.encode("utf-16-le"))


def _dir(modules: Sequence[Module], name: str) -> bytes:
    """The directory of the project: MS-OVBA 2.3.4.2."""
    information = (
        _long(0x01, WINDOWS_64) + _long(0x02, ENGLISH) + _long(0x14, ENGLISH)
        + _short(0x03, CODE_PAGE) + _record(0x04, _text(name)) + _twice(0x05, 0x40, "")
        + _record(0x06) + _record(0x3D) + _long(0x07, 0) + _long(0x08, 0)
        + struct.pack("<HIIH", 0x09, 4, 1, 1) + _twice(0x0C, 0x3C, "")
    )  # fmt: skip
    references = b"".join(_reference(*reference) for reference in REFERENCES)
    count = _short(0x0F, len(modules)) + _short(0x13, 0xFFFF)
    return information + references + count + b"".join(map(_module, modules)) + _record(0x10)


def _reference(name: str, library: str) -> bytes:
    sized = struct.pack("<I", len(library)) + _text(library)
    return _twice(0x16, 0x3E, name) + _record(0x0D, sized + b"\0" * 6)


def _module(module: Module) -> bytes:
    return (
        _twice(0x19, 0x47, module.name) + _twice(0x1A, 0x32, module.name) + _twice(0x1C, 0x48, "")
        + _long(0x31, 0) + _long(0x1E, 0) + _short(0x2C, 0xFFFF)
        + _record(MODULE_KIND[module.kind]) + _record(0x2B)
    )  # fmt: skip


def names(modules: Sequence[Module]) -> bytes:
    """The stream PROJECTwm: every module's name in the code page and in UTF-16 (MS-OVBA 2.3.3)."""
    pairs = (_text(m.name) + b"\0" + m.name.encode("utf-16-le") + b"\0\0" for m in modules)
    return b"".join(pairs) + b"\0\0"


def _project(modules: Sequence[Module], name: str) -> bytes:
    """PROJECT: the project as lines of text, MS-OVBA 2.3.1."""
    project_id = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'xlperf:{name}')}}}".upper()
    lines = [
        f'ID="{project_id}"',
        *(MODULE_DECLARATIONS[m.kind].format(m.name) for m in modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{obscure(NOT_PROTECTED, project_id, 0x10)}"',
        f'DPB="{obscure(NO_PASSWORD, project_id, 0x20)}"',
        f'GC="{obscure(VISIBLE, project_id, 0x30)}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{m.name}=0, 0, 0, 0, C" for m in modules),
    ]
    return _text("\r\n".join(lines) + "\r\n")


def obscure(data: bytes, project: str, seed: int) -> str:
    """Data encrypted as MS-OVBA 2.4.3.2 describes, in hex; no secret, as the key is in the file."""
    key = sum(project.encode(CODEC)) & 0xFF
    out = [seed, seed ^ 2, seed ^ key]
    plain = key
    padding = bytes([7]) * ((seed & 6) // 2)
    for byte in padding + struct.pack("<I", len(data)) + data:
        out.append(byte ^ ((out[-2] + plain) & 0xFF))
        plain = byte
    return bytes(out).hex().upper()


def reveal(text: str) -> tuple[int, int, bytes]:
    """The version, the project's key and the data of a text that `obscure` made.

    Raises ValueError or IndexError for a text that is no such.
    """
    code = bytes.fromhex(text)
    seed, version, key = code[0], code[0] ^ code[1], code[0] ^ code[2]
    before, content = key, bytearray()
    for at in range(3, len(code)):
        before = code[at] ^ ((code[at - 2] + before) & 0xFF)
        content.append(before)
    content = content[(seed & 6) // 2 :]
    (length,) = struct.unpack_from("<I", content)
    return version, key, bytes(content[4 : 4 + length])
