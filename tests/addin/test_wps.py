"""The add-in for WPS: what is built, where it goes, and its script against WPS's types."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from tests.conftest import lacks
from tests.ooxml import ROOT
from xlperf.__main__ import run
from xlperf.addin.setup.computer import this_computer
from xlperf.addin.wps import build, install
from xlperf.addin.xlam import build as xlam
from xlperf.errors import UserError
from xlperf.host_members import as_data
from xlperf.live.ribbon import ACTIONS

OTHERS = b"""<?xml version="1.0" encoding="UTF-8"?>
<jsplugins><jspluginonline name="other" type="wps" url="http://example.invalid/"/></jsplugins>"""


def npm(name: str) -> Path:
    """A package of npm's; the test skips where it is not there."""
    for place in (os.environ.get("XLPERF_NODE_MODULES"), ROOT / "node_modules"):
        if place and (Path(place) / name).exists():
            return Path(place) / name
    lacks(f"the npm package {name} is not installed")
    raise AssertionError


def test_the_script_fits_the_types_of_wps_and_is_what_was_compiled(tmp_path: Path) -> None:
    compiler, types = npm("typescript") / "bin" / "tsc", npm("wps-jsapi")
    node = shutil.which("node")
    if node is None:
        lacks("Node.js is not installed")
    source = xlam.macros() / "wps"
    command = [
        *(str(node), str(compiler), "-p", str(source / "tsconfig.json")),
        *("--typeRoots", str(types.parent), "--outDir", str(tmp_path)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    compiled = (tmp_path / "xlperf.js").read_bytes()
    if os.environ.get("XLPERF_REGENERATE") == "1":
        (source / "xlperf.js").write_bytes(compiled)
    assert (source / "xlperf.js").read_bytes() == compiled


def test_the_zip_has_the_folder_and_the_list_of_wps() -> None:
    data = build.build(xlam.macros())
    assert data == build.build(xlam.macros())
    archive = zipfile.ZipFile(io.BytesIO(data))
    folder = build.folder_name()
    inside = {name.rpartition("/")[2] for name in archive.namelist() if name.startswith(folder)}
    assert inside == {"index.html", "ribbon.xml", "xlperf.js", "members.js", "words.js"}
    (entry,) = fromstring(archive.read("publish.xml"))
    assert (entry.tag, entry.get("name"), entry.get("url")) == ("jsplugin", "xlperf", folder)
    (online,) = fromstring(archive.read("jsplugins.xml"))
    assert (online.tag, online.get("url")) == ("jspluginonline", f"http://SERVER/{folder}/")
    page = archive.read(f"{folder}/index.html").decode()
    assert all(f'src="{name}"' in page for name in ("members.js", "words.js", "xlperf.js"))
    members = archive.read(f"{folder}/members.js").decode().partition(" = ")[2].rstrip(";\n")
    assert json.loads(members) == as_data()
    words = json.loads(
        archive.read(f"{folder}/words.js").decode().partition(" = ")[2].rstrip(";\n")
    )
    for lang in ("zh", "en"):
        assert {*ACTIONS, "tab"} <= words[lang]["buttons"].keys()
        assert set(words[lang]["always"]) < set(ACTIONS)


def test_every_callback_of_the_ribbon_is_a_function_of_the_script() -> None:
    files = build.files(xlam.macros())
    root = fromstring(files["ribbon.xml"])
    called = {
        value
        for element in root.iter()
        for name, value in element.attrib.items()
        if name.startswith(("get", "on"))
    }
    script = files["xlperf.js"].decode()
    assert called
    assert [name for name in sorted(called) if f"function {name}(" not in script] == []


def test_installing_keeps_the_add_ins_of_others(tmp_path: Path) -> None:
    computer = replace(this_computer(), home=tmp_path, environ={}, system="Linux")
    place = tmp_path / ".local/share/Kingsoft/wps/jsaddons"
    assert install.folder(computer) == place
    (place / "xlperf_0.0.1").mkdir(parents=True)
    (place / "xlperf_0.0.1" / "ribbon.xml").write_text("<customUI/>", encoding="utf-8")
    (place / "xlperf_notes").mkdir()
    (place / "publish.xml").write_bytes(OTHERS)
    target = install.install(computer)
    install.install(computer)
    assert target == place / build.folder_name()
    assert (target / "xlperf.js").is_file()
    assert not (place / "xlperf_0.0.1").exists()
    assert (place / "xlperf_notes").exists()
    names = [entry.get("name") for entry in fromstring((place / "publish.xml").read_bytes())]
    assert names == ["other", "xlperf"]
    assert install.uninstall(computer)
    assert not target.exists()
    names = [entry.get("name") for entry in fromstring((place / "publish.xml").read_bytes())]
    assert names == ["other"]
    assert not install.uninstall(computer)


def test_an_entry_of_ours_is_taken_off_wherever_it_stands() -> None:
    odd = b'<jsplugins><group><jsplugin name="xlperf"/><jsplugin name="other"/></group></jsplugins>'
    for change, left in ((build.listed, ["other", "xlperf"]), (build.unlisted, ["other"])):
        names = [entry.get("name") for entry in fromstring(change(odd)).iter("jsplugin")]
        assert names == left


def test_a_list_that_cannot_be_read_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "publish.xml").write_text("<jsplugins>", encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        install.install(this_computer(), tmp_path)
    assert refusal.value.key == "wps_list"
    assert [path.name for path in tmp_path.iterdir()] == ["publish.xml"]


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["build", "-o", "a.zip", "--for", "wps", "--functions", "m"], "--functions"),
        (["build", "-o", "a.oxt", "--for", "libreoffice", "--functions", "m"], "--functions"),
        (["install", "--for", "wps", "--python", "p"], "--python"),
        (["install", "--for", "libreoffice", "--to", "."], "--to"),
        (["uninstall", "--for", "libreoffice", "--to", "."], "--to"),
    ],
)
def test_an_option_that_a_program_has_no_use_for_is_refused(
    words: list[str],
    option: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["addin", *words]) == 2
    assert option in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []
