"""One zip for offices without internet or admin rights: Python, wheels, add-in, installer."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xlperf
from xlperf import wording
from xlperf.addin.bundle import install_script, materials, setup, wheels
from xlperf.addin.bundle.platforms import PYTHON_ARCHITECTURES
from xlperf.addin.bundle.wheels import Platform
from xlperf.addin.xlam import build
from xlperf.errors import UserError
from xlperf.storage import deterministic_zips
from xlperf.storage.files import shipped, temporary_folder, write_whole
from xlperf.wording import say

PYTHON_NAME = re.compile(r"python-(?P<version>3\.\d+)\.\d+-embed-(?P<kind>amd64|win32|arm64)\.zip")
PYTHON, ADDIN = "python", "addin"
POWERSHELL, BATCH = "install.ps1", "install.cmd"
BOM = b"\xef\xbb\xbf"  # without it Windows PowerShell and Notepad take UTF-8 for the code page
BUNDLE_WORDS = ("verifying", "missing", "changed", "unlisted", "installing", "failed", "done")
# in the installers' text, a sentence of the wording by its key
SENTENCE_PLACEHOLDER = re.compile(r"@(\w+)@")


@dataclass(frozen=True)
class Order:
    """What a bundle is to hold, and for which system."""

    target: Platform
    python: Path | None = None  # the embeddable Python, as downloaded
    sha256: str = ""
    wheels: Path | None = None  # a folder of wheels; without one they are downloaded
    wheel: Path | None = None  # xlperf's own; without one it is built from the checkout


@dataclass(frozen=True)
class Bundle:
    """What was packed."""

    file: Path
    wheels: int
    size: int
    python: str  # the sum of the embeddable Python; empty where there is none


def pack(order: Order, output: Path) -> Bundle:
    """Write the bundle to `output`: a zip, or, by its suffix, a setup for Windows.

    Raises UserError for a Python that is not the one ordered, and for wheels that are missing; for
    a setup, also without a Python, or without NSIS.
    """
    is_setup = output.suffix.lower() == setup.SUFFIX
    if is_setup:
        setup.makensis()
        if order.python is None:
            raise UserError("setup_no_python")
    python = check_python(order) if order.python else ""
    with temporary_folder() as folder:
        version = gather(order, folder / install_script.WHEELS)
        _own_files(folder, version, order)
        if order.python and is_setup:
            setup.unpack(order.python, folder / PYTHON)
        elif order.python:
            shutil.copyfile(order.python, folder / PYTHON / order.python.name)
        _sums(folder)
        if is_setup:
            setup.compile_setup(folder, version, output)
        else:
            write_whole(output, lambda path: _zip(folder, path))
        count = len(list((folder / install_script.WHEELS).iterdir()))
    return Bundle(output, count, output.stat().st_size, python)


def check_python(order: Order) -> str:
    """The SHA-256 of the embeddable Python, once its name, sum and content are found to be right.

    Raises UserError where they are not; the sum is compared only where one was ordered.
    """
    file = order.python
    if file is None or not file.is_file():
        raise UserError("no_file", file=file)
    match = PYTHON_NAME.fullmatch(file.name)
    expected_python = (
        order.target.python,
        PYTHON_ARCHITECTURES.get(order.target.platform, "amd64"),
    )
    if match is None or (match["version"], match["kind"]) != expected_python:
        raise UserError(
            "bundle_python_name",
            file=file.name,
            version=expected_python[0],
            kind=expected_python[1],
        )
    digest = install_script.sha256(file)
    if order.sha256 and digest != order.sha256.strip().lower():
        raise UserError("bundle_python_sum", file=file, actual=digest, expected=order.sha256)
    try:
        with zipfile.ZipFile(file) as archive:
            inside = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        inside = set()
    if "python.exe" not in inside or not any(item.endswith("._pth") for item in inside):
        raise UserError("bundle_python_content", file=file)
    return digest


def gather(order: Order, folder: Path) -> str:
    """Put every wheel of the bundle into a folder that is made; the version of xlperf's own wheel.

    Raises UserError where a wheel that another one requires is missing, or pip's.
    """
    folder.mkdir()
    our_wheel = order.wheel or own_wheel(folder.parent)
    if wheels.name_of(our_wheel) != wheels.OWN_PACKAGE:
        raise UserError("bundle_not_wheel", file=our_wheel)
    if order.wheels is None:
        wheels.download(our_wheel, order.target, folder)
    else:
        _copy(order.wheels, order.target, folder)
    if not (folder / our_wheel.name).exists():
        shutil.copyfile(our_wheel, folder / our_wheel.name)
    at_hand = sorted(folder.glob("*.whl"))
    lacking = [item.name for item in wheels.missing(at_hand, order.target)]
    if not any(wheels.name_of(item) == "pip" for item in at_hand):
        lacking.append("pip")
    if lacking:
        raise UserError("bundle_incomplete", names=", ".join(lacking))
    return wheels.version_of(our_wheel)


def _copy(source: Path, target: Platform, folder: Path) -> None:
    if not source.is_dir():
        raise UserError("no_file", file=source)
    for wheel in sorted(source.glob("*.whl")):
        if wheels.fits(wheel, target) and wheels.name_of(wheel) != wheels.OWN_PACKAGE:
            shutil.copyfile(wheel, folder / wheel.name)


def own_wheel(folder: Path) -> Path:
    """xlperf's own wheel, built from the checkout by pip into a folder.

    Raises UserError where xlperf runs from no checkout.
    """
    root = Path(xlperf.__file__).resolve().parents[1]
    if not (root / "pyproject.toml").is_file():
        raise UserError("bundle_own_wheel")
    place = folder / "own"
    isolation = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    wheels.pip("wheel", "--quiet", "--no-deps", *isolation, "-w", str(place), str(root))
    (built,) = place.glob(f"{wheels.OWN_PACKAGE}-*.whl")
    moved = folder / built.name
    built.rename(moved)
    place.rmdir()
    return moved


def _own_files(folder: Path, version: str, order: Order) -> None:
    for stray in folder.glob("*.whl"):
        stray.unlink()
    for name in (PYTHON, ADDIN):
        (folder / name).mkdir()
    (folder / ADDIN / build.XLAM_FILE).write_bytes(build.finished())
    packed = (folder / install_script.WHEELS).glob("*.whl")
    (folder / materials.MATERIALS_FILE).write_bytes(materials.bill(version, packed, order.python))
    shutil.copyfile(install_script.__file__, folder / "install.py")
    words = {key: wording.text(wording.language(), f"bundle.{key}") for key in BUNDLE_WORDS}
    words_json = json.dumps({**words, "version": version}, ensure_ascii=False, indent=1)
    (folder / install_script.WORDS_FILE).write_text(words_json, encoding="utf-8")
    readme = say("bundle.readme", version=version, python=order.target.python)
    (folder / say("bundle.readme_name")).write_bytes(BOM + _crlf(readme))
    for name, bom in ((POWERSHELL, BOM), (BATCH, b"")):
        text = shipped("macros", "bundle", name).read_text(encoding="ascii")
        (folder / name).write_bytes(bom + _crlf(SENTENCE_PLACEHOLDER.sub(_word, text)))


def _word(hole: re.Match[str]) -> str:
    """A sentence for a single-quoted text of PowerShell."""
    return wording.text(wording.language(), f"bundle.{hole[1]}").replace("'", "''")


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _sums(folder: Path) -> None:
    lines = [f"{install_script.sha256(path)}  {name}\n" for name, path in _files(folder)]
    (folder / install_script.SUMS_FILE).write_text("".join(lines), encoding="utf-8", newline="\n")


def _zip(folder: Path, output: Path) -> None:
    with zipfile.ZipFile(output, "w") as archive:
        for name, path in _files(folder):
            is_packed = path.suffix in (".whl", ".zip")
            how = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            part = deterministic_zips.entry(
                name, compression=how, mode=deterministic_zips.PUBLIC_MODE
            )
            with path.open("rb") as source, archive.open(part, "w") as target:
                shutil.copyfileobj(source, target)
        place = deterministic_zips.entry(f"{PYTHON}/", compression=zipfile.ZIP_STORED)
        place.external_attr = 0o755 << 16 | 0x10  # a folder, for both systems
        archive.writestr(place, b"")
