"""Installing for one user: the right folder, the right Python in a cell, nobody's file lost."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from xlperf.__main__ import run
from xlperf.addin.setup import install
from xlperf.addin.setup.computer import (
    MAC_PLATFORM,
    SCRIPTS,
    WINDOWS_PLATFORM,
    ZONE_STREAM,
    Computer,
)
from xlperf.addin.xlam import check, package, settings_sheet
from xlperf.addin.xlam.package import Addin
from xlperf.errors import UserError


@pytest.fixture
def windows(tmp_path: Path) -> Computer:
    home = tmp_path / "张 三"
    python = home / "python" / "python.exe"
    python.parent.mkdir(parents=True)
    python.touch()
    return Computer(
        WINDOWS_PLATFORM, home, str(python), {"APPDATA": str(home / "AppData" / "Roaming")}
    )


def test_it_goes_to_excels_start_folder_and_calls_the_running_python(
    windows: Computer, addin: Addin
) -> None:
    done = install.install(windows)
    start = windows.home / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART"
    assert done.file == start / "xlperf.xlam"
    contents = package.read(done.file.read_bytes())
    assert contents.settings["INTERPRETER_WIN"] == windows.python
    assert contents.vba == addin.vba
    assert contents.settings == {**addin.settings, "INTERPRETER_WIN": windows.python}
    assert check.check(done.file) == []
    assert [path.name for path in start.iterdir()] == ["xlperf.xlam"]


def test_installing_again_replaces_our_own_file(windows: Computer) -> None:
    first = install.install(windows)
    other = Path(windows.python).with_name("pythonw.exe")
    other.touch()
    second = install.install(windows, python=str(other))
    assert second.file == first.file
    assert package.read(second.file.read_bytes()).settings["INTERPRETER_WIN"] == str(other)


def test_the_mark_of_the_web_does_not_stay(windows: Computer) -> None:
    file = install.install(windows).file
    mark = Path(f"{file}{ZONE_STREAM}")
    mark.write_text("[ZoneTransfer]\nZoneId=3\n", encoding="utf-8")
    install.install(windows)
    assert not mark.exists()


@pytest.mark.parametrize("foreign", ["text", "xlwings", "empty"])
def test_a_foreign_file_of_the_same_name_is_left_alone(windows: Computer, foreign: str) -> None:
    contents = {
        "text": "别人的".encode(),
        "xlwings": files("xlwings").joinpath("quickstart_addin_ribbon.xlam").read_bytes(),
        "empty": b"",
    }
    target = windows.start_folder() / "xlperf.xlam"
    target.parent.mkdir(parents=True)
    target.write_bytes(contents[foreign])
    for act in (install.install, install.uninstall):
        with pytest.raises(UserError) as caught:
            act(windows)
        assert caught.value.key == "addin_foreign"
    assert target.read_bytes() == contents[foreign]


@pytest.mark.parametrize("odd", ["=", "%"])
def test_paths_that_excel_cannot_pass_on_are_refused(windows: Computer, odd: str) -> None:
    folder = windows.home / f"a{odd}b"
    folder.mkdir()
    for to, python in ((folder, ""), (None, str(folder / "python.exe"))):
        (folder / "python.exe").touch()
        with pytest.raises(UserError) as caught:
            install.install(windows, to, python)
        assert (caught.value.key, caught.value.facts["character"]) == ("addin_unsafe_path", odd)
    assert not list(folder.glob("*.xlam"))


def test_a_python_that_is_not_there_is_refused(windows: Computer) -> None:
    with pytest.raises(UserError) as caught:
        install.install(windows, python=str(windows.home / "no.exe"))
    assert caught.value.key == "addin_no_python"


def test_a_mac_gets_the_script_that_excel_needs(windows: Computer) -> None:
    mac = Computer(MAC_PLATFORM, windows.home, windows.python)
    done = install.install(mac)
    assert done.file.parent == mac.start_folder()
    assert "UBF8T346G9.Office" in str(done.file)
    settings = package.read(done.file.read_bytes()).settings
    assert (
        settings[settings_sheet.MAC_INTERPRETER],
        settings[settings_sheet.WINDOWS_INTERPRETER],
    ) == (windows.python, "")
    assert done.script == windows.home / SCRIPTS / "xlperf-0.37.8.applescript"
    script = done.script.read_text("utf-8")
    assert "on VbaHandler(" in script and "-P -B -u" in script and "prepare_sys_path" not in script


@pytest.mark.parametrize("sign", '=%&^$`"|')
def test_a_python_whose_path_a_shell_would_take_apart_is_refused(tmp_path: Path, sign: str) -> None:
    with pytest.raises(UserError) as caught:
        install.install(Computer("linux", tmp_path, f"/opt/a{sign}b/python"), tmp_path)
    assert (caught.value.key, caught.value.facts["character"]) == ("addin_unsafe_path", sign)


def test_elsewhere_a_folder_must_be_named(tmp_path: Path) -> None:
    linux = Computer("linux", tmp_path, "/usr/bin/python3")
    with pytest.raises(UserError) as caught:
        install.install(linux)
    assert caught.value.key == "addin_no_excel"
    done = install.install(linux, tmp_path / "给 Windows", r"C:\Python\python.exe")
    settings = package.read(done.file.read_bytes()).settings
    assert settings["INTERPRETER_WIN"] == r"C:\Python\python.exe"


def test_uninstalling_takes_away_what_was_installed(windows: Computer) -> None:
    file = install.install(windows).file
    assert install.uninstall(windows) == (file, True)
    assert not file.exists()
    assert install.uninstall(windows) == (file, False)


def test_a_python_whose_path_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    linux = Computer("linux", tmp_path, "/usr/bin/python3")
    odd = "+cmd' /C calc'!A0<b>\U0001f600"
    done = install.install(linux, tmp_path / "to", odd)
    parts = package.unpack(done.file.read_bytes())
    assert b"<f>" not in parts["xl/worksheets/sheet1.xml"]
    assert package.read(done.file.read_bytes()).settings["INTERPRETER_WIN"] == odd


def test_the_commands_say_what_they_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))  # where it is noted what was installed
    to = ["--to", str(tmp_path / "装 1")]
    assert run(["addin", "install", *to]) == 0
    assert "xlperf.xlam" in capsys.readouterr().out
    assert run(["addin", "uninstall", *to]) == 0
    assert "已卸载" in capsys.readouterr().out
    assert run(["addin", "uninstall", *to]) == 0
    assert "没有安装" in capsys.readouterr().out
    assert run(["addin", "install", "--to", str(tmp_path / "a=b")]) == 2
    output = capsys.readouterr().err
    assert "=" in output and output.count("\n") == 1
