"""The setup for Windows: compiled here; what it would do is read from it."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.addin.test_bundle import GOOD, embeddable, make_wheel, pip_wheel, program_wheel, shelf
from tests.conftest import lacks
from xlperf import wording
from xlperf.addin.bundle import build, install_script, materials, setup
from xlperf.addin.bundle.build import Order
from xlperf.addin.bundle.wheels import Platform
from xlperf.errors import UserError
from xlperf.storage.files import shipped

__all__ = ["pip_wheel", "program_wheel", "shelf"]  # fixtures of the bundle's tests


def ordered(shelf: Path, program_wheel: Path, folder: Path) -> Order:
    make_wheel(shelf, "windows_only", {})
    python = embeddable(folder, "python-3.11.0-embed-amd64.zip", *GOOD)
    return Order(Platform(), python, "", shelf, program_wheel)


def test_a_setup_is_compiled_without_a_warning(
    shelf: Path, program_wheel: Path, tmp_path: Path
) -> None:
    if shutil.which("makensis") is None:
        lacks("NSIS (makensis) is not installed")
    target = tmp_path / "绩效 xlperf.exe"
    made = build.pack(ordered(shelf, program_wheel, tmp_path), target)
    data = target.read_bytes()
    assert data[:2] == b"MZ" and made.size == len(data)
    for word in ("ProductVersion", "FileDescription"):  # of Windows' own description of a file
        assert word.encode("utf-16-le") in data
    assert wording.text("zh", "bundle.setup_name").encode("utf-16-le") in data


def test_what_the_setup_holds_is_listed_with_its_sums(
    shelf: Path, program_wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "makensis", lambda: "makensis")
    folder_copy = tmp_path / "kept"

    def keep(folder: Path, version: str, output: Path) -> None:
        assert version == "1.0"
        shutil.copytree(folder, folder_copy)
        output.write_bytes(b"MZ")

    monkeypatch.setattr(setup, "compile_setup", keep)
    build.pack(ordered(shelf, program_wheel, tmp_path), tmp_path / "x.exe")
    assert (folder_copy / "python" / "python.exe").is_file()  # unpacked
    assert not list((folder_copy / "python").glob("*embed*.zip"))
    assert list(install_script.wrong_files(folder_copy)) == []
    (folder_copy / "python" / "python.exe").write_bytes(b"other")
    assert list(install_script.wrong_files(folder_copy)) == [("changed", "python/python.exe")]


def test_the_bill_names_every_wheel_with_sum_and_licence(
    shelf: Path, program_wheel: Path, tmp_path: Path
) -> None:
    licensed = make_wheel(shelf, "free", {})
    python = embeddable(tmp_path, "python-3.11.4-embed-amd64.zip", *GOOD)
    bill = json.loads(materials.bill("1.0", [licensed, program_wheel], python))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert bill["metadata"]["component"]["name"] == "xlperf"
    free, interpreter = bill["components"]
    assert (free["name"], free["version"], free["purl"]) == ("free", "1.0", "pkg:pypi/free@1.0")
    assert free["hashes"] == [{"alg": "SHA-256", "content": install_script.sha256(licensed)}]
    assert (interpreter["name"], interpreter["version"]) == ("python", "3.11.4")


@pytest.mark.parametrize(("header", "licences"), [
    ("License-Expression: MIT OR Apache-2.0", [{"expression": "MIT OR Apache-2.0"}]),
    ("License: BSD 3-Clause License", [{"license": {"name": "BSD 3-Clause License"}}]),
    ("Classifier: License :: OSI Approved :: MIT License", [{"license": {"name": "MIT License"}}]),
    ("Summary: none", None),
])  # fmt: skip
def test_a_licence_is_what_the_package_says(tmp_path: Path, header: str, licences: object) -> None:
    metadata = f"Metadata-Version: 2.1\nName: x\nVersion: 1.0\n{header}\n"
    wheel = make_wheel(tmp_path, "x", {})
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("x-1.0.dist-info/METADATA", metadata)
    (component,) = json.loads(materials.bill("1", [wheel], None))["components"]
    assert component.get("licenses") == licences


def test_without_nsis_or_a_python_nothing_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup.shutil, "which", lambda _: None)
    with pytest.raises(UserError) as refusal:
        build.pack(Order(Platform()), tmp_path / "x.exe")
    assert refusal.value.key == "setup_no_nsis"
    monkeypatch.setattr(setup, "makensis", lambda: "makensis")
    with pytest.raises(UserError) as refusal:
        build.pack(Order(Platform()), tmp_path / "x.exe")
    assert refusal.value.key == "setup_no_python"


def test_every_sentence_of_the_script_is_there_and_the_uninstaller_keeps_what_is_not_ours() -> None:
    script = shipped("macros", "bundle", setup.SCRIPT).read_text(encoding="utf-8")
    keys = set(setup.SENTENCE_PLACEHOLDER.findall(script))
    for lang in wording.LANGUAGES:
        assert {f"bundle.{key}" for key in keys} <= wording.keys(lang)
    section = script[script.index('Section "Uninstall"') :]
    assert 'RMDir /r "$INSTDIR"\n' not in script  # a folder may hold more than ours
    assert set(re.findall(r'RMDir /r "\$INSTDIR\\(\w+)"', section)) == {"python", "wheels", "addin"}
