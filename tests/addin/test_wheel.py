"""The wheel carries the built add-in and its sources; that very file is what gets installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import lacks
from xlperf.addin.bundle.wheels import locked
from xlperf.addin.xlam import build, package, settings_sheet
from xlperf.addin.xlam.package import Addin

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for needed in ("hatchling", "pip"):
        if importlib.util.find_spec(needed) is None:
            lacks(f"{needed} is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "-w", str(folder)]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", str(ROOT), *options], check=True, capture_output=True
    )
    (made,) = folder.glob("xlperf-*.whl")
    return made


def test_the_wheel_carries_the_add_in_and_its_sources(wheel: Path, xlam: bytes) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("xlperf/_shipped/addin/xlperf.xlam") == xlam
        sources = {path.name: path.read_bytes() for path in (ROOT / "macros").glob("*.*")}
        for name, data in sources.items():
            assert archive.read(f"xlperf/_shipped/macros/{name}") == data
        assert {"customUI14.xml", "XlperfRibbon.bas", "XlperfEvents.cls"} <= sources.keys()


def test_what_is_installed_from_the_wheel_is_the_file_in_it(
    wheel: Path, addin: Addin, tmp_path: Path
) -> None:
    place = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    shutil.rmtree(place / "xlperf" / "_shipped" / "macros")  # so that none can be built
    subprocess.run(
        [sys.executable, "-m", "xlperf", "addin", "install", "--to", str(tmp_path / "to")],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(place), "LOCALAPPDATA": str(tmp_path)},
    )
    contents = package.read((tmp_path / "to" / build.XLAM_FILE).read_bytes())
    assert contents.vba == addin.vba
    assert contents.settings[settings_sheet.WINDOWS_INTERPRETER] == sys.executable


def test_the_wheel_is_built_with_what_the_program_is_tested_with() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {
        requirement for requirement in project["build-system"]["requires"] if "==" in requirement
    }
    assert needed == {"xlwings==0.37.8", "XlsxWriter==3.3.1"}
    assert "xlwings==0.37.8" in project["project"]["dependencies"]
    assert {requirement.lower() for requirement in needed} <= {
        requirement.partition(" ;")[0] for requirement in locked()
    }


def test_the_lock_has_every_dependency_in_the_range_that_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    versions = dict(requirement.partition(" ;")[0].split("==") for requirement in locked())
    for dependency in map(Requirement, requirements):
        if canonicalize_name(dependency.name) == "xlperf":  # an extra of ours in another
            continue
        assert dependency.specifier.contains(versions[canonicalize_name(dependency.name)]), (
            dependency
        )
