"""The add-in of the sources: reproducible, complete, and refused where a source is wrong."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from tests import ooxml
from tests.addin import second_reader
from tests.addin.second_reader import modules as read_by_oletools
from tests.conftest import lacks
from tests.ooxml import audit_errors, sdk_errors
from xlperf.addin.vba import project_reader
from xlperf.addin.vba.source import Ascii, module, read
from xlperf.addin.xlam import build, check, package, xlwings_files
from xlperf.addin.xlam.package import Addin
from xlperf.errors import UserError
from xlperf.storage import deterministic_zips

MODULES = [
    "ThisWorkbook", "SheetConf", "SheetWords", "SheetText", "XlperfAsking", "XlperfBook",
    "XlperfEvents", "XlperfFunctions", "XlperfMessage", "XlperfRibbon", "XlperfText", "XlperfWords",
    "xlwings_udfs", "xlwings", "Dictionary",
]  # fmt: skip

FUNCTIONS = """
import xlwings as xw

@xw.func
@xw.arg("text", ndim=2)
def TRY_ONE(text, part="x"):
    return text

@xw.func(volatile=True)
def TRY_TWO(*values):
    return len(values)
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return Path(shutil.copytree(build.macros(), tmp_path / "宏 1"))


def refused(sources: Path) -> str:
    with pytest.raises(UserError) as caught:
        build.build(sources)
    assert caught.value.key == "addin_sources"
    return str(caught.value.facts["faults"])


def test_the_same_text_gives_the_same_bytes_in_any_process(xlam: bytes, tmp_path: Path) -> None:
    sums = {hashlib.sha256(xlam).hexdigest()}
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        path = tmp_path / f"{seed}.xlam"
        subprocess.run(
            [sys.executable, "-m", "xlperf", "addin", "build", "-o", str(path)],
            check=True,
            capture_output=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "XLPERF_LANG": "en"},
        )
        sums.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(sums) == 1


def test_lines_ended_as_on_windows_make_no_difference(sources: Path, addin: Addin) -> None:
    for path in sources.glob("*.[bcx][aml]*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert build.build(sources) == addin


def test_the_zip_tells_nothing_of_the_machine(xlam: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(xlam)) as archive:
        assert len(archive.infolist()) > 5
        for info in archive.infolist():
            assert (info.create_system, info.date_time) == (0, deterministic_zips.EPOCH)
            assert info.compress_type == zipfile.ZIP_STORED


def test_what_is_written_is_read_back(addin: Addin, xlam: bytes) -> None:
    assert package.read(xlam) == addin


def test_the_modules_are_those_of_the_sources_and_of_xlwings(addin: Addin) -> None:
    assert [vba_module.name for vba_module in project_reader.read(addin.vba).modules] == MODULES


def test_oletools_reads_every_module_as_it_was_written(addin: Addin, xlam: bytes) -> None:
    theirs = read_by_oletools("xlperf.xlam", xlam)
    ours = project_reader.read(addin.vba).texts
    assert theirs.keys() == ours.keys()
    for name, text in ours.items():
        assert theirs[name].replace("\r\n", "\n") == text.replace("\r\n", "\n"), name
    for path in build.macros().glob("*.[bc][al]s"):
        source = read(path, Ascii()).text
        assert ours[path.stem] == source.replace("\n", "\r\n")


def test_xlwings_modules_keep_their_headers_and_are_changed_in_ten_lines_only(
    addin: Addin,
) -> None:
    texts = project_reader.read(addin.vba).texts
    assert "BSD 3-clause license" in texts["xlwings"]
    assert "Redistributions of source code must retain" in texts["xlwings"]
    assert "MIT (http://www.opensource.org/licenses" in texts["Dictionary"]
    original = files("xlwings").joinpath("xlwings_custom_addin.bas").read_text("ascii")
    before = module("xlwings", original).text.split("\n")
    after = texts["xlwings"].split("\r\n")
    changed = [line for line, old in zip(after, before, strict=True) if line != old]
    assert len(changed) == 10
    assert f'XLWINGS_VERSION As String = "{xlwings_files.PINNED_VERSION}"' in texts["xlwings"]


def test_no_open_workbook_and_no_file_beside_it_chooses_what_is_run(addin: Addin) -> None:
    text = project_reader.read(addin.vba).texts["xlwings"]
    assert "SheetExists(ActiveWorkbook, PROJECT_NAME" not in text
    assert "uses_embedded_code = True\r\n" not in text
    assert addin.settings["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert addin.settings["CONDA PATH"] == addin.settings["PYTHONPATH"] == ""


def test_nothing_in_it_runs_by_itself(xlam: bytes) -> None:
    suspicions = second_reader.suspicions("xlperf.xlam", xlam)
    assert [suspicion for suspicion in suspicions if suspicion[0] == "AutoExec"] == []


def test_it_opens_clean_by_the_audit_of_others(xlam: bytes, tmp_path: Path) -> None:
    path = tmp_path / "xlperf.xlam"
    path.write_bytes(xlam)
    assert audit_errors(path) == ""
    if reason := ooxml.missing():
        lacks(reason)
    assert sdk_errors(path) == []


def test_functions_are_wrapped_by_xlwings_in_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "try_functions.py").write_text(FUNCTIONS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    made = build.build(build.macros(), "try_functions")
    text = project_reader.read(made.vba).texts["xlwings_udfs"]
    assert "Function TRY_ONE(text, Optional part)" in text
    assert "Function TRY_TWO(ParamArray values())" in text
    arguments = "Array(XlperfValues(text), XlperfValues(part))"
    assert f'XLPy.CallUDF("try_functions", "TRY_ONE", {arguments})' in text
    assert made.settings["UDF MODULES"] == "try_functions"
    assert check.check_bytes(package.write(made)) == []


def test_a_module_of_functions_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(UserError) as caught:
        build.build(build.macros(), "no_such_module")
    assert caught.value.key == "addin_functions"


def test_the_wrappers_in_the_sources_are_those_of_the_functions() -> None:
    made = build.wrappers(build.FUNCTIONS_MODULE)
    path = build.macros() / f"{build.WRAPPERS}.bas"
    if os.environ.get("XLPERF_REGENERATE") == "1":
        path.write_text(made, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == made
    assert build.build(build.macros(), build.FUNCTIONS_MODULE) == build.build(build.macros())


def test_the_worksheet_functions_are_the_promised_ones(addin: Addin) -> None:
    text = project_reader.read(addin.vba).texts["xlwings_udfs"]
    signatures = re.findall(r"^Function (\w+)\((.*)\)", text, re.MULTILINE)
    assert {name: arguments.replace("Optional ", "") for name, arguments in signatures} == {
        "XP_TOTAL": "amounts, codes, unit",
        "XP_PLANNED": "budgets, shares, codes, unit",
        "XP_COUNT": "codes, unit",
        "XP_FINDINGS": "form, severity",
        "XP_TARGET": "text, part",
    }


def test_a_worksheet_function_is_told_nothing_but_values(addin: Addin) -> None:
    text = project_reader.read(addin.vba).texts["xlwings_udfs"]
    assert text.isascii() and text.count("XLPy.CallUDF(") == 2 * 5
    assert "Workbook" not in text and text.count("Application.Caller") == 5  # is it a cell?
    for call in re.findall(r"XLPy\.CallUDF\((.*)\)", text):
        assert re.fullmatch(r'"[\w.]+", "\w+", Array\((XlperfValues\(\w+\)(, )?)+\)', call)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


def ribbon_without_a_sub(sources: Path) -> str:
    edit(sources / "customUI14.xml", 'onAction="XlperfOnAction"', 'onAction="XlperfNothing"')
    element = line_of(sources / "customUI14.xml", 'id="validate_sheet"')
    return f"customUI14.xml:{element}:"


def a_private_sub(sources: Path) -> str:
    edit(sources / "XlperfRibbon.bas", "Public Sub XlperfOnAction", "Private Sub XlperfOnAction")
    return f"customUI14.xml:{line_of(sources / 'customUI14.xml', 'validate_sheet')}:"


def other_arguments(sources: Path) -> str:
    path = sources / "XlperfRibbon.bas"
    edit(path, "XlperfOnAction(control As IRibbonControl)", "XlperfOnAction()")
    return f"XlperfRibbon.bas:{line_of(path, 'Sub XlperfOnAction')}:"


def chinese_in_a_constant(sources: Path) -> str:
    edit(sources / "XlperfBook.bas", '"_xlperf"', '"汇总"')
    return f"XlperfBook.bas:{line_of(sources / 'XlperfBook.bas', '汇总')}:"


def an_automatic_macro(sources: Path) -> str:
    path = sources / "XlperfBook.bas"
    path.write_text(path.read_text("utf-8") + "\nSub Auto_Open()\nEnd Sub\n", encoding="utf-8")
    return f"XlperfBook.bas:{line_of(path, 'Auto_Open')}:"


def a_button_without_words(sources: Path) -> str:
    edit(sources / "customUI14.xml", 'id="about"', 'id="nobody"')
    return f"customUI14.xml:{line_of(sources / 'customUI14.xml', 'nobody')}:"


def two_buttons_of_one_name(sources: Path) -> str:
    edit(sources / "customUI14.xml", 'id="export_record"', 'id="publish_word"')
    return "customUI14.xml:"


def xml_cut_off(sources: Path) -> str:
    edit(sources / "customUI14.xml", "</customUI>", "")
    return "customUI14.xml:"


def a_document_type(sources: Path) -> str:
    edit(sources / "customUI14.xml", "<customUI", '<!DOCTYPE x [<!ENTITY e "e">]>\n<customUI')
    return "customUI14.xml:"


WRONGS: list[Callable[[Path], str]] = [
    ribbon_without_a_sub, a_private_sub, other_arguments, chinese_in_a_constant,
    an_automatic_macro, a_button_without_words, two_buttons_of_one_name, xml_cut_off,
    a_document_type,
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONGS, ids=lambda change: change.__name__)
def test_a_wrong_source_is_refused_with_file_and_line(
    sources: Path, wrong: Callable[[Path], str]
) -> None:
    place = wrong(sources)
    assert any(line.startswith(place) for line in refused(sources).split("\n"))


def test_all_that_is_wrong_is_said_at_once(sources: Path) -> None:
    places = [wrong(sources) for wrong in (other_arguments, chinese_in_a_constant)]
    message = refused(sources)
    assert all(place in message for place in places)


def test_a_chinese_literal_travels_on_the_hidden_sheet(sources: Path) -> None:
    edit(
        sources / "XlperfBook.bas",
        "XlperfReady = True",
        'MsgBox "请先保存“甲”": XlperfReady = True',
    )
    made = build.build(sources)
    assert list(made.literals) == ["请先保存“甲”"]
    data = package.write(made)
    assert package.read(data).literals == ["请先保存“甲”"]
    text = project_reader.read(made.vba).texts["XlperfBook"]
    assert "MsgBox XlperfLiteral(1): XlperfReady = True" in text
    assert check.check_bytes(data) == []


def test_another_xlwings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlwings_files, "installed", lambda: "0.38.0")
    with pytest.raises(UserError) as caught:
        build.build(build.macros())
    assert caught.value.facts == {"actual": "0.38.0", "pinned": xlwings_files.PINNED_VERSION}


def test_a_folder_without_sources_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        build.build(tmp_path)
    assert caught.value.key == "addin_no_sources"
