"""The bundle: complete, verified, and installed without a network from a path that is not ASCII.

Tiny wheels made here stand for the real ones: what is tested is the packing, the closure of what
is needed, the sums and the installer, not pip.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import tree_sitter_powershell
from tree_sitter import Language, Parser

from tests.conftest import lacks
from xlperf import wording
from xlperf.__main__ import run
from xlperf.addin.bundle import build, install_script, wheels
from xlperf.addin.bundle.build import Order
from xlperf.addin.bundle.wheels import THIS_PLATFORM, Platform
from xlperf.errors import UserError

MAIN = """
import json, pathlib, sys
import needed
assert needed.HERE
print("tiny", sys.argv[1:])
if "--to" in sys.argv:
    to = pathlib.Path(sys.argv[sys.argv.index("--to") + 1])
    to.mkdir(parents=True, exist_ok=True)
    (to / "told.json").write_text(json.dumps(sys.argv[1:]), encoding="utf-8")
"""


def make_wheel(
    folder: Path, name: str, files: dict[str, str], *needs: str, tag: str = "py3-none-any"
) -> Path:
    """A wheel of a few texts."""
    info = f"{name}-1.0.dist-info"
    requires = "".join(f"Requires-Dist: {need}\n" for need in needs)
    contents = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{requires}\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    contents[f"{info}/RECORD"] = "".join(f"{file},,\n" for file in contents)
    path = folder / f"{name}-1.0-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in contents.items():
            archive.writestr(inside, text)
    return path


def pip_wheel() -> Path:
    """The pip that comes with Python."""
    import ensurepip  # noqa: PLC0415 - not everywhere

    places = [Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels")]
    pip_wheels = [wheel for place in places for wheel in sorted(place.glob("pip-*.whl"))]
    if not pip_wheels:
        lacks("no wheel of pip comes with this Python (Debian: python3-pip-whl)")
    return pip_wheels[0]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of wheels as if downloaded."""
    folder = tmp_path / "下载 1"
    folder.mkdir()
    shutil.copy(pip_wheel(), folder)
    make_wheel(folder, "needed", {"needed.py": "HERE = True\n"})
    return folder


@pytest.fixture
def program_wheel(tmp_path: Path) -> Path:
    return make_wheel(
        tmp_path,
        "xlperf",
        {"xlperf/__init__.py": "", "xlperf/__main__.py": MAIN},
        "needed>=1",
        'windows_only; platform_system == "Windows"',
        'never; python_version < "3"',
        'later; extra == "dev"',
    )


@pytest.fixture
def unpacked(shelf: Path, program_wheel: Path, tmp_path: Path) -> Path:
    """A bundle for this machine, unpacked where an office might."""
    packed = tmp_path / "安装包.zip"
    build.pack(Order(Platform(THIS_PLATFORM), wheels=shelf, wheel=program_wheel), packed)
    place = tmp_path / "离线 安装（绩效）"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(place)
    return place


def install(folder: Path, python: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(python), str(folder / "install.py"), *more],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder.parent,
        env={
            "PYTHONIOENCODING": "utf-8",
            "PATH": "/usr/bin:/bin",
            "PIP_INDEX_URL": "http://[::1]:9/",
        },
    )


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A Python with nothing in it, not even pip."""
    place = tmp_path / "新 环境"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    return next(path for path in (place / "bin" / "python", place / "Scripts" / "python.exe")
                if path.exists())  # fmt: skip


@pytest.mark.long
def test_it_installs_without_a_network_from_a_chinese_path_with_spaces(
    unpacked: Path, fresh: Path, tmp_path: Path
) -> None:
    done = install(unpacked, fresh, "--to", str(tmp_path / "启动"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "正在核对" in done.stdout and "安装完成" in done.stdout
    command_line = json.loads((tmp_path / "启动" / "told.json").read_text(encoding="utf-8"))
    assert command_line == ["addin", "install", "--to", str(tmp_path / "启动")]
    assert install(unpacked, fresh, "--to", str(tmp_path / "again")).returncode == 0


def test_it_holds_everything_and_a_sum_of_everything(unpacked: Path, xlam: bytes) -> None:
    files = {
        path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()
    }
    assert {"install.cmd", "install.ps1", "install.py", "install.json", "使用说明.txt",
            "SHA256SUMS", "addin/xlperf.xlam", "wheels/xlperf-1.0-py3-none-any.whl",
            "wheels/needed-1.0-py3-none-any.whl"} <= files  # fmt: skip
    assert (unpacked / "addin" / "xlperf.xlam").read_bytes() == xlam
    assert (unpacked / "python").is_dir()
    listed = dict(
        line.split("  ", 1)[::-1]
        for line in (unpacked / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    assert listed.keys() == files - {"SHA256SUMS"}
    for name, expected in listed.items():
        assert hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == expected


@pytest.mark.parametrize(
    "change",
    [
        ("wheels/needed-1.0-py3-none-any.whl", b"changed", "不符"),
        ("addin/xlperf.xlam", None, "缺少"),
        ("wheels/stray-1.0-py3-none-any.whl", b"new", "来历不明"),
        ("install.ps1", b"evil", "不符"),
    ],
)
def test_a_file_that_is_not_as_listed_stops_everything(
    unpacked: Path, fresh: Path, tmp_path: Path, change: tuple[str, bytes | None, str]
) -> None:
    name, content, reason = change
    if content is None:
        (unpacked / name).unlink()
    else:
        (unpacked / name).write_bytes(content)
    done = install(unpacked, fresh, "--to", str(tmp_path / "to"))
    assert done.returncode == 2
    assert name in done.stdout and reason in done.stdout
    assert not (tmp_path / "to").exists()
    assert not list(fresh.parents[1].rglob("needed.py"))


def test_scripts_for_windows_are_readable_there(unpacked: Path) -> None:
    """Windows PowerShell and Notepad take a text for the code page's unless it has a mark."""
    shell = (unpacked / "install.ps1").read_bytes()
    assert shell.startswith(b"\xef\xbb\xbf") and "正在核对" in shell.decode("utf-8-sig")
    assert (unpacked / "使用说明.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    batch = (unpacked / "install.cmd").read_bytes()
    assert batch.isascii() and b'-File "%~dp0install.ps1"' in batch
    for data in (shell, batch):
        assert b"\n" not in data.replace(b"\r\n", b"")
    text = shell.decode("utf-8-sig")
    assert not re.search(r"@\w+@", text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_powershell_can_be_parsed(
    shelf: Path, program_wheel: Path, tmp_path: Path, language: str
) -> None:
    packed = tmp_path / "x.zip"
    with wording.speaking(language):
        build.pack(Order(Platform(THIS_PLATFORM), wheels=shelf, wheel=program_wheel), packed)
    with zipfile.ZipFile(packed) as archive:
        source = archive.read("install.ps1").removeprefix(b"\xef\xbb\xbf")
    parser = Parser(Language(tree_sitter_powershell.language()))
    assert not parser.parse(source).root_node.has_error
    assert parser.parse(source.replace(b"exit 0", b"exit 0 }")).root_node.has_error


def test_an_embeddable_python_is_made_to_see_packages(tmp_path: Path) -> None:
    path = tmp_path / "python311._pth"
    path.write_text(
        "python311.zip\n.\n\n# Uncomment to run site.main() automatically\n#import site\n",
        encoding="utf-8",
    )
    for _ in range(2):
        install_script.open_to_packages(tmp_path)
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines == ["python311.zip", ".", r"Lib\site-packages", "import site"]


def test_the_same_wheels_give_the_same_bundle(
    shelf: Path, program_wheel: Path, tmp_path: Path
) -> None:
    order = Order(Platform(THIS_PLATFORM), wheels=shelf, wheel=program_wheel)
    sums = set()
    for number in range(2):
        build.pack(order, tmp_path / f"{number}.zip")
        sums.add(install_script.sha256(tmp_path / f"{number}.zip"))
    assert len(sums) == 1


def test_what_is_needed_only_on_windows_is_missed_there(
    shelf: Path, program_wheel: Path, tmp_path: Path
) -> None:
    windows = Platform("win_amd64", "3.12")
    with pytest.raises(UserError) as caught:
        build.pack(Order(windows, wheels=shelf, wheel=program_wheel), tmp_path / "x.zip")
    assert caught.value.facts == {"names": "windows_only"}
    assert not (tmp_path / "x.zip").exists()
    make_wheel(shelf, "windows_only", {}, tag="cp312-cp312-win_amd64")
    made = build.pack(Order(windows, wheels=shelf, wheel=program_wheel), tmp_path / "x.zip")
    assert made.wheels == 4


@pytest.mark.long
def test_what_pip_forgets_for_another_system_is_fetched(
    shelf: Path, program_wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip asks this machine, not the target, whether it is Windows."""
    for name, value in (
        ("NO_INDEX", "1"),
        ("FIND_LINKS", shelf.as_uri()),
        ("CONFIG_FILE", os.devnull),
    ):
        monkeypatch.setenv(f"PIP_{name}", value)
    windows = Platform("win_amd64", "3.11")
    with pytest.raises(UserError) as caught:
        build.pack(Order(windows, wheel=program_wheel), tmp_path / "x.zip")
    assert caught.value.key == "bundle_pip" and "windows_only" in str(caught.value.facts["why"])
    make_wheel(shelf, "windows_only", {}, "deeper", tag="cp311-cp311-win_amd64")
    make_wheel(shelf, "deeper", {})
    build.pack(Order(windows, wheel=program_wheel), tmp_path / "x.zip")
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        packed = {name.partition("-")[0] for name in archive.namelist() if "wheels/" in name}
    assert packed == {
        f"wheels/{name}" for name in ("xlperf", "needed", "windows_only", "deeper", "pip")
    }


@pytest.mark.parametrize(
    ("tag", "taken"),
    [
        ("cp311-cp311-win_amd64", True), ("cp38-abi3-win_amd64", True), ("py3-none-any", True),
        ("py2.py3-none-any", True), ("cp312-cp312-win_amd64", False),
        ("cp311-cp311-win32", False), ("cp311-cp311-manylinux_2_17_x86_64", False),
    ],
)  # fmt: skip
def test_only_wheels_that_fit_are_packed(tmp_path: Path, tag: str, taken: bool) -> None:
    wheel = make_wheel(tmp_path, "some", {}, tag=tag)
    assert wheels.fits(wheel, Platform("win_amd64", "3.11")) is taken


def test_extras_are_followed(tmp_path: Path) -> None:
    make_wheel(tmp_path, "xlperf", {}, "a[more]")
    make_wheel(tmp_path, "a", {}, 'b; extra == "more"', 'c; extra == "other"')
    lacking = wheels.missing(sorted(tmp_path.glob("*.whl")), Platform(THIS_PLATFORM))
    assert [requirement.name for requirement in lacking] == ["b"]


def embeddable(folder: Path, name: str, *files: str) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for file_name in files:
            archive.writestr(file_name, "x")
    return path


GOOD = ("python.exe", "python311._pth", "python311.zip")


def test_the_embeddable_python_is_checked_and_packed(
    shelf: Path, program_wheel: Path, tmp_path: Path
) -> None:
    make_wheel(shelf, "windows_only", {})
    python = embeddable(tmp_path, "python-3.11.0-embed-amd64.zip", *GOOD)
    digest = install_script.sha256(python)
    order = Order(Platform(), python, digest.upper(), shelf, program_wheel)
    made = build.pack(order, tmp_path / "x.zip")
    assert made.python == digest
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        inside = "python/python-3.11.0-embed-amd64.zip"
        assert archive.read(inside) == python.read_bytes()
        assert f"{digest}  {inside}" in archive.read("SHA256SUMS").decode()


@pytest.mark.parametrize(
    ("name", "files", "sha256", "key"),
    [
        ("python-3.12.0-embed-amd64.zip", GOOD, "", "bundle_python_name"),
        ("python-3.11.0-embed-win32.zip", GOOD, "", "bundle_python_name"),
        ("python-3.11.0-amd64.exe", GOOD, "", "bundle_python_name"),
        ("python-3.11.0-embed-amd64.zip", GOOD, "0" * 64, "bundle_python_sum"),
        ("python-3.11.0-embed-amd64.zip", ("python.exe",), "", "bundle_python_content"),
        ("python-3.11.0-embed-amd64.zip", GOOD[1:], "", "bundle_python_content"),
    ],
)
def test_another_python_is_refused(
    tmp_path: Path, name: str, files: tuple[str, ...], sha256: str, key: str
) -> None:
    python = embeddable(tmp_path, name, *files)
    with pytest.raises(UserError) as caught:
        build.pack(Order(Platform(), python, sha256), tmp_path / "x.zip")
    assert caught.value.key == key


def test_the_command_packs_and_says_what_is_missing(
    shelf: Path, program_wheel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["addin", "bundle", "-o", str(tmp_path / "x.zip"), "--wheels", str(shelf),
             "--wheel", str(program_wheel)]  # fmt: skip
    assert run([*command, "--platform", "here"]) == 0
    output = capsys.readouterr().out
    assert "3 个 wheel" in output and "没有 Python" in output
    assert run(command) == 2
    assert "windows_only" in capsys.readouterr().err
    assert run([*command, "--wheel", str(shelf / "needed-1.0-py3-none-any.whl")]) == 2
    (shelf / "odd name.whl").write_bytes(b"")
    assert run([*command, "--platform", "here"]) == 2
    assert "odd name.whl" in capsys.readouterr().err
