"""The doctor: on a healthy machine nothing, on each sick one its symptom with a remedy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from xlperf import wording
from xlperf.__main__ import run
from xlperf.addin.setup import doctor, install, protection, receipt
from xlperf.addin.setup.computer import MAC_PLATFORM, WINDOWS_PLATFORM, ZONE_STREAM, Computer
from xlperf.addin.xlam import package, settings_sheet

ASR_CHILD = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
ASR_WIN32 = "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B"
Keys = dict[str, dict[str, object]]
NUMBER = "{00024500-0000-0000-C000-000000000046}"
EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"
SERVER = rf"HKCR\CLSID\{NUMBER}\LocalServer32"
SECURITY = rf"HKCU\{doctor.OFFICE_KEY}\Security"
POLICY = rf"HKCU\{doctor.POLICY}\Security"
HEALTHY: Keys = {
    doctor.CLASS: {"": NUMBER},
    SERVER: {"": f"{EXCEL} /automation"},
    doctor.EXCEL_PATH: {"": EXCEL},
    doctor.CLICK_TO_RUN: {"Platform": "x64"},
}


def registry(keys: Mapping[str, Mapping[str, object]]) -> Callable[[str], Mapping[str, object]]:
    return lambda key: keys.get(key, {})


@pytest.fixture
def windows(tmp_path: Path) -> Computer:
    """A machine on which everything is as it should be."""
    home = tmp_path / "user"
    python = home / "python" / "Scripts" / "python.exe"
    python.parent.mkdir(parents=True)
    python.touch()
    (home / "python" / "xlwings64-0.37.8.dll").touch()
    environ = {"APPDATA": str(home / "Roaming"), "OneDrive": str(home / "OneDrive")}
    machine = Computer(WINDOWS_PLATFORM, home, str(python), environ, registry(HEALTHY))
    install.install(machine)
    return machine


def keys(machine: Computer, folder: Path | None = None) -> list[str]:
    _, symptoms = doctor.examine(machine, folder)
    for language in wording.LANGUAGES:
        with wording.speaking(language):
            assert all(len(str(symptom)) > 20 for symptom in symptoms)
    return [symptom.key for symptom in symptoms]


def test_a_healthy_machine_has_no_symptoms(windows: Computer) -> None:
    assert keys(windows) == []


SICK_REGISTRIES: list[tuple[Keys, str]] = [
    ({SERVER: {"": r'"C:\Users\x\AppData\Local\Kingsoft\WPS Office\ksolaunch.exe" /et'}}, "wps"),
    ({SERVER: {"": r"C:\WPS Office\office6\et.exe /automation"}}, "wps"),
    ({SERVER: {}, rf"HKCR\WOW6432Node\CLSID\{NUMBER}\LocalServer32":
        {"": r"C:\Kingsoft\et.exe"}}, "wps"),
    ({doctor.CLASS: {}, doctor.EXCEL_PATH: {}, doctor.CLICK_TO_RUN: {}}, "no_excel"),
    ({SECURITY: {"DisableAllAddins": 1}}, "add_ins_off"),
    ({POLICY: {"DisableAllAddins": 1}}, "add_ins_off"),
    ({SECURITY: {"RequireAddinSig": 1}}, "signed_only"),
    ({rf"{SECURITY}\Trusted Locations": {"AllLocationsDisabled": 1}}, "locations_off"),
    ({rf"{POLICY}\Trusted Locations": {"AllLocationsDisabled": 1}}, "locations_off"),
    ({rf"HKCU\{doctor.OFFICE_KEY}\Resiliency\DisabledItems":
        {"1A": b"\1\0" + r"c:\x\xlperf.xlam".encode("utf-16-le")}}, "disabled_item"),
    ({doctor.CLICK_TO_RUN: {"Platform": "x86"}}, "no_dll"),
    ({doctor.CLICK_TO_RUN: {}, doctor.EXCEL_PATH:
        {"": r"C:\Program Files (x86)\Microsoft Office\EXCEL.EXE"}}, "no_dll"),
    *(({place: {ASR_CHILD: state}}, "asr_child")
      for place in protection.RULES for state in ("1", 1, "6")),
    ({protection.RULES[0]: {ASR_CHILD.lower(): "1"}}, "asr_child"),
    ({protection.MANAGED: {"ASRRules": f"{ASR_WIN32}=2|{{{ASR_CHILD}}}=1"}}, "asr_child"),
    ({protection.RULES[0]: {ASR_WIN32: "1"}}, "asr_win32"),
    ({protection.RULES[1]: {ASR_CHILD: 0}, protection.RULES[0]: {ASR_CHILD: "1"}}, "asr_child"),
    ({r"HKCU\Software\Policies\Microsoft\Windows\System": {"DisableCMD": 1}}, "no_console"),
    ({protection.APPLOCKER["Exe"]: {"EnforcementMode": 1}}, "applocker"),
    ({protection.APPLOCKER["Dll"]: {"EnforcementMode": 1}}, "applocker"),
    ({protection.RESTRICTION: {"DefaultLevel": 0}}, "restricted"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "key"), SICK_REGISTRIES)
def test_what_the_registry_says_is_understood(windows: Computer, changed: Keys, key: str) -> None:
    assert keys(replace(windows, registry=registry({**HEALTHY, **changed}))) == [key]


@pytest.mark.parametrize(
    "harmless",
    [
        {SECURITY: {"DisableAllAddins": 0, "VBAWarnings": 4}},
        {SECURITY: {"DisableAllAddins": 1}, POLICY: {"DisableAllAddins": 0}},
        {rf"{SECURITY}\Trusted Locations": {"AllLocationsDisabled": 1},
         SECURITY: {"VBAWarnings": 1}},
        {rf"HKCU\{doctor.OFFICE_KEY}\Resiliency\DisabledItems": {"1": b"other", "2": "text"}},
        {protection.RULES[0]: {ASR_CHILD: "2", ASR_WIN32: "0", "OTHER": "1"}},  # audited only
        {protection.RULES[1]: {ASR_CHILD: 1}, protection.RULES[0]: {ASR_CHILD: "0"}},
        {protection.MANAGED: {"ASRRules": ""}},
        {r"HKCU\Software\Policies\Microsoft\Windows\System": {"DisableCMD": 2}},
        {protection.APPLOCKER["Exe"]: {"EnforcementMode": 0}},
        {protection.RESTRICTION: {"DefaultLevel": 0x40000}},
    ],
)  # fmt: skip
def test_what_does_no_harm_is_no_symptom(windows: Computer, harmless: Keys) -> None:
    assert keys(replace(windows, registry=registry({**HEALTHY, **harmless}))) == []


def test_it_says_who_switched_add_ins_off(windows: Computer) -> None:
    sentences = []
    for place in (SECURITY, POLICY):
        sick = replace(windows, registry=registry({**HEALTHY, place: {"DisableAllAddins": 1}}))
        sentences += [str(symptom) for symptom in doctor.examine(sick)[1]]
    assert "用户设置" in sentences[0] and "管理员" in sentences[1].partition("）")[0]
    assert sentences[0].startswith("问题：")


def test_what_may_be_harmless_is_a_hint(windows: Computer) -> None:
    other = Path(windows.python).with_name("other.exe")
    other.touch()
    _, (obstacle,) = doctor.examine(replace(windows, python=str(other)))
    assert obstacle.hint and str(obstacle).startswith("提示：")


def test_python_and_xlwings_must_be_right(windows: Computer) -> None:
    assert keys(replace(windows, version=(3, 10))) == ["python_old"]
    assert keys(replace(windows, xlwings="0.38.0")) == ["xlwings_other", "other_dll"]
    assert keys(replace(windows, xlwings="")) == ["xlwings_other", "other_dll"]
    assert keys(replace(windows, pywin32=False)) == ["no_pywin32"]


def test_the_installed_file_must_be_ours_and_of_today(windows: Computer) -> None:
    file = windows.start_folder() / "xlperf.xlam"
    contents = package.read(file.read_bytes())
    old = {**contents.settings, settings_sheet.VERSION_KEY: "0.0.1"}
    file.write_bytes(package.write(replace(contents, settings=old)))
    assert keys(windows) == ["older"]
    file.write_bytes(file.read_bytes()[:1000])
    assert keys(windows) == ["foreign"]
    file.unlink()
    assert keys(windows) == ["quarantined"]


def test_a_file_that_vanished_after_it_was_installed_was_quarantined(windows: Computer) -> None:
    file = windows.start_folder() / "xlperf.xlam"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    file.unlink()
    assert keys(windows) == ["quarantined"]
    (obstacle,) = doctor.examine(windows)[1]
    assert digest in str(obstacle) and "信息部门" in str(obstacle)
    assert install.uninstall(windows) == (file, False)  # it was deleted on purpose
    assert keys(windows) == ["not_installed"]
    install.install(windows)
    install.uninstall(windows)
    assert keys(windows) == ["not_installed"]


@pytest.mark.parametrize("written", ["", "[1]", "{", '{"x": 1}', "[" * 100_000])
def test_a_spoilt_note_of_what_was_installed_does_no_harm(windows: Computer, written: str) -> None:
    receipt.place(windows).write_text(written, encoding="utf-8")
    assert keys(windows) == []
    (windows.start_folder() / "xlperf.xlam").unlink()
    assert keys(windows) == ["not_installed"]


def test_each_obstacle_comes_with_a_test_and_a_sentence_for_it(windows: Computer) -> None:
    for changed, key in SICK_REGISTRIES[-12:]:
        sick = replace(windows, registry=registry({**HEALTHY, **changed}))
        (obstacle,) = doctor.examine(sick)[1]
        sentence = str(obstacle)
        assert "怎么确认：" in sentence and "信息部门" in sentence
        assert obstacle.hint is (key in ("applocker", "restricted"))
        if key != "no_console":
            assert windows.python in sentence or key == "asr_win32"


def test_a_python_that_administrators_installed_is_usually_allowed() -> None:
    machine = Computer(WINDOWS_PLATFORM, Path("x"), "", {}, registry({
        protection.APPLOCKER["Exe"]: {"EnforcementMode": 1},
        protection.RESTRICTION: {"DefaultLevel": 0},
    }))  # fmt: skip
    for python, expected in (
        (r"C:\Program Files\Python311\python.exe", []),
        (r"C:\Users\x\AppData\Local\python.exe", ["applocker", "restricted"]),
    ):
        assert [key for key, _ in protection.obstacles(machine, "f", python)] == expected


def test_a_mark_of_the_web_is_seen(windows: Computer) -> None:
    mark = Path(f"{windows.start_folder() / 'xlperf.xlam'}{ZONE_STREAM}")
    mark.write_text("[ZoneTransfer]\nZoneId=3\n", encoding="utf-8")
    assert keys(windows) == ["marked"]


def test_the_python_that_is_called_must_be_there(windows: Computer) -> None:
    other = Path(windows.python).with_name("other.exe")
    other.touch()
    assert keys(replace(windows, python=str(other))) == ["interpreter_other"]
    Path(windows.python).unlink()
    assert keys(windows) == ["interpreter_gone"]


def test_paths_that_make_trouble_are_named(windows: Computer) -> None:
    home = windows.home
    for folder, key in (("a=b", "unsafe_path"), ("a%b", "unsafe_path"), ("文件", "not_ascii"),
                        ("OneDrive", "one_drive")):  # fmt: skip
        place = home / folder
        place.mkdir()
        (place / "python.exe").touch()
        obstacles = keys(replace(windows, python=str(place / "python.exe")))
        assert obstacles == ["interpreter_other", key]


def test_a_mac_needs_its_script(windows: Computer) -> None:
    mac = Computer(MAC_PLATFORM, windows.home, windows.python)
    assert keys(mac) == ["no_script", "not_installed"]
    install.install(mac)
    assert keys(mac) == []


def test_where_there_is_no_excel_the_command_says_so_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    linux = Computer("linux", tmp_path, "/usr/bin/python3")
    assert keys(linux) == ["no_excel_here"]
    assert run(["addin", "doctor", "--to", str(tmp_path)]) == 1
    output = capsys.readouterr()
    assert "Python 3." in output.out and "xlperf addin install" in output.out
    assert "问题" in output.err


def test_every_symptom_has_a_test() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    symptom_keys = {
        key.removeprefix("addin.symptom.")
        for key in wording.keys("zh")
        if key.startswith("addin.symptom.")
    }
    assert {key for key in symptom_keys if f'"{key}"' not in source} == set()
