"""`xlperf addin check`: a sound file has no faults, and each deliberate defect is caught."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.effort import tries
from xlperf.__main__ import run
from xlperf.addin.vba import compound_file, project, project_reader
from xlperf.addin.vba.compound_file_reader import Container
from xlperf.addin.vba.compression import compress, decompress
from xlperf.addin.vba.source import module
from xlperf.addin.xlam import check, package
from xlperf.addin.xlam.package import Addin

Parts = dict[str, bytes]
Streams = dict[str, bytes]


def test_the_add_in_has_no_faults(xlam: bytes) -> None:
    assert check.check_bytes(xlam) == []


def without(part: str) -> Callable[[Parts], Parts]:
    return lambda parts: {name: data for name, data in parts.items() if name != part}


def changed(part: str, before: str, after: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        assert before.encode() in parts[part], before
        return {**parts, part: parts[part].replace(before.encode(), after.encode(), 1)}

    return change


PACKAGE_DEFECTS = [
    (changed("[Content_Types].xml", "addin.macroEnabled", "sheet.macroEnabled"), "other_type"),
    (changed("[Content_Types].xml", "vnd.ms-office.vbaProject", "octet-stream"), "other_type"),
    (changed("[Content_Types].xml", 'Extension="bin"', 'Extension="exe"'), "no_type"),
    (changed("[Content_Types].xml", "/xl/styles.xml", "/xl/style.xml"), "no_part"),
    (changed("_rels/.rels", "2007/relationships/ui", "2006/relationships/ui"), "no_relation"),
    (changed("_rels/.rels", "customUI/customUI14.xml", "customUI/customUI.xml"), "no_part"),
    (changed("_rels/.rels", "rIdRibbon", "rId1"), "same_id"),
    (changed("xl/_rels/workbook.xml.rels", "vbaProject.bin", "project.bin"), "no_relation"),
    (changed("xl/_rels/workbook.xml.rels", 'Target="theme/theme1.xml"',
             'Target="file:///x" TargetMode="External"'), "external"),
    (changed("xl/workbook.xml", 'codeName="ThisWorkbook"', 'codeName="Workbook"'), "code_name"),
    (changed("xl/worksheets/sheet2.xml", "SheetWords", "Sheet2"), "code_name"),
    (changed("xl/workbook.xml", ' state="veryHidden"', ""), "not_hidden"),
    (changed("xl/workbook.xml", 'name="xlperf.words"', 'name="words"'), "no_sheet"),
    (changed("xl/sharedStrings.xml", "校验本表", ""), "no_words"),
    (changed("xl/sharedStrings.xml", "CONDA PATH", "CONDA"), "no_setting"),
    (changed("xl/sharedStrings.xml", "0.37.8", "0.37.7"), "other_version"),
    (changed("xl/sharedStrings.xml", "about.label", "abort.label"), "no_word"),
    (changed("customUI/customUI14.xml", "XlperfOnAction", "XlperfOnAbort"), "no_procedure"),
    (changed("customUI/customUI14.xml", 'onAction="XlperfOnAction"', 'onAction="XlperfGetLabel"'),
     "signature"),
    (changed("customUI/customUI14.xml", 'imageMso="Help"', 'imageMso="Help" image="x"'),
     "two_images"),
    (changed("customUI/customUI14.xml", "</customUI>", ""), "damaged"),
    (without("customUI/customUI14.xml"), "no_part"),
    (without("xl/vbaProject.bin"), "no_part"),
    (without("xl/workbook.xml"), "no_part"),
    (without("_rels/.rels"), "unreached"),
    (lambda parts: {**parts, "xl/more.bin": b"x"}, "unreached"),
    (lambda parts: {**parts, "XL/Workbook.xml": parts["xl/workbook.xml"]}, "same_part"),
]  # fmt: skip


@pytest.mark.parametrize(("defect", "key"), PACKAGE_DEFECTS)
def test_a_defect_of_the_package_is_caught(
    xlam: bytes, defect: Callable[[Parts], Parts], key: str
) -> None:
    data = package.pack(defect(package.unpack(xlam)))
    defects = check.check_bytes(data)
    assert key in {fault.key for fault in defects}
    assert all(str(fault) for fault in defects)


def streams(change: Callable[[Streams], None]) -> Callable[[bytes], bytes]:
    """A change of the project's streams."""

    def apply(data: bytes) -> bytes:
        flat = dict(Container(data).streams)
        change(flat)
        vba = {name.removeprefix("VBA/"): flat.pop(name) for name in list(flat) if "/" in name}
        return compound_file.write({**flat, "VBA": vba})

    return apply


def text(before: str, after: str) -> Callable[[bytes], bytes]:
    """A change of the text of XlperfBook."""

    def change(entries: Streams) -> None:
        source = decompress(entries["VBA/XlperfBook"]).decode()
        assert before in source
        changed_source = source.replace(before, after, 1)
        entries["VBA/XlperfBook"] = compress(changed_source.encode("cp1252"))

    return streams(change)


def directory(before: bytes, after: bytes) -> Callable[[bytes], bytes]:
    def change(entries: Streams) -> None:
        listing = decompress(entries["VBA/dir"])
        assert before in listing
        entries["VBA/dir"] = compress(listing.replace(before, after, 1))

    return streams(change)


def put(name: str, make: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return streams(lambda entries: entries.update({name: make(entries.get(name, b""))}))


OFFSET = struct.pack("<HII", 0x31, 4, 0)
PROJECT_DEFECTS = [
    (put("VBA/_VBA_PROJECT", lambda _: b"\xcc\x61\x97\0\0\1\0" + b"x" * 50), "compiled"),
    (put("VBA/__SRP_0", lambda _: b"cache"), "odd_stream"),
    (put("PROJECT", lambda old: old.replace(b"Module=XlperfBook\r\n", b"")), "other_modules"),
    (put("PROJECT", lambda old: old.replace(b"Module=XlperfBook", b"Class=XlperfBook")),
     "other_kind"),
    (put("PROJECT", lambda old: old.replace(b"Document=SheetText", b"Document=SheetTexts")),
     "no_document"),
    (put("PROJECT", lambda old: old.replace(b'DPB="', b'DPB="A')), "protected"),
    (put("PROJECT", lambda old: old.replace(b'CMG="', b'CMX="')), "protected"),
    (put("PROJECTwm", lambda old: old[:-2]), "other_modules"),
    (put("VBA/XlperfBook", lambda old: old[:-3]), "damaged"),
    (streams(lambda entries: entries.pop("VBA/XlperfText") and None), "damaged"),
    (directory(OFFSET, struct.pack("<HII", 0x31, 4, 1)), "damaged"),
    (text("\r\n", "\n"), "line_ends"),
    (text("Option Explicit", "Option Explicit\r\n' \xe9"), "not_ascii"),
    (text("Option Explicit", "Option Explicit\r\nx = " + "1 + " * 300 + "1"), "long_line"),
    (text("Option Explicit", "Option Explicit\r\nx = 1" + " + _\r\n1" * 25), "continued"),
    (text("Option Explicit", "Option Explicit\r\nSub Workbook_Open()\r\nEnd Sub"), "automatic"),
    (text("XlperfReady = True", "RunPython ActiveSheet.Name"), "command"),
    (text("XlperfReady = True", 'RunPython "import os; os.abort()"'), "command"),
    (text("XlperfReady = True", 'RunPython "import xlperf.live.ribbon as r; r.click(" & y'),
     "command"),
]  # fmt: skip


@pytest.mark.parametrize(("defect", "key"), PROJECT_DEFECTS)
def test_a_defect_of_the_project_is_caught(
    addin: Addin, defect: Callable[[bytes], bytes], key: str
) -> None:
    data = package.write(replace(addin, vba=defect(addin.vba)))
    assert key in {fault.key for fault in check.check_bytes(data)}


def test_two_modules_of_one_name_are_caught(addin: Addin) -> None:
    vba_project = project_reader.read(addin.vba)
    modules = [*check.modules(vba_project), module("XLPERFBOOK", "Option Explicit\n")]
    defects = check.check_bytes(package.write(replace(addin, vba=project.to_bytes(modules))))
    assert "same_module" in {defect.key for defect in defects}


@pytest.mark.parametrize("name", ["addin/xlwings.xlam", "quickstart_addin_ribbon.xlam"])
def test_add_ins_of_others_are_read_and_found_to_be_others(name: str) -> None:
    data = files("xlwings").joinpath(*name.split("/")).read_bytes()
    keys = {defect.key for defect in check.check_bytes(data)}
    assert {"code_name", "no_relation"} <= keys
    modules = project_reader.read(package.unpack(data)["xl/vbaProject.bin"])
    assert "ThisWorkbook" in modules.texts


@trying(deadline=None, max_examples=tries(60))
@given(at=st.integers(0, 10**6), by=st.integers(1, 255))
def test_a_flipped_byte_is_never_a_crash(xlam: bytes, at: int, by: int) -> None:
    data = bytearray(xlam)
    data[at % len(data)] ^= by
    for defect in check.check_bytes(bytes(data)):
        assert str(defect)


def test_the_command_says_what_is_wrong_and_fails(
    xlam: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "好 1.xlam", tmp_path / "坏.xlam"
    good.write_bytes(xlam)
    parts = package.unpack(xlam)
    bad.write_bytes(package.pack(changed("xl/sharedStrings.xml", "CONDA ENV", "X")(parts)))
    assert run(["addin", "check", str(good)]) == 0
    assert "16 个按钮" in capsys.readouterr().out
    assert run(["addin", "check", str(bad)]) == 1
    assert "CONDA ENV" in capsys.readouterr().out
    assert run(["addin", "check", str(tmp_path / "no.xlam")]) == 2
    (tmp_path / "text.xlam").write_text("text", encoding="utf-8")
    assert run(["addin", "check", str(tmp_path / "text.xlam")]) == 1


def test_the_command_builds_what_it_checks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], xlam: bytes
) -> None:
    path = tmp_path / "x.xlam"
    assert run(["addin", "build", "-o", str(path), "--lang", "en"]) == 0
    assert "15 modules, 16 buttons" in capsys.readouterr().out
    assert path.read_bytes() == xlam
    assert run(["addin", "build", "-o", str(path), "--macros", str(tmp_path)]) == 2


def test_the_group_alone_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["addin"]) == 0
    output = capsys.readouterr().out
    for name in ("build", "check", "install", "uninstall", "doctor", "bundle"):
        assert name in output
    assert run(["addin", "nothing"]) == 2
