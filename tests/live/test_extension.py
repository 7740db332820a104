"""The buttons in LibreOffice itself: the extension as users install it, each click dispatched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import lacks
from tests.masters import put_master
from tests.office import Office, missing
from xlperf import plan as planning
from xlperf.addin.oxt import build
from xlperf.addin.oxt.install import unopkg
from xlperf.addin.wps import build as wps
from xlperf.addin.xlam import build as xlam
from xlperf.canonical import canonical
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.validation import validating
from xlperf.live import serving, session
from xlperf.record import Raw

ENGINE, REPLAY = (Path(__file__).with_name(name) for name in ("extension.py", "recorded.mjs"))
FORM, LIST = "01 专项补助（人防）", "问题清单"
OWN_FILL, NO_FILL = 0x99CCFF, -1
NOBODY = 65534
INSTALLS = 3  # tries of unopkg


class Buttons:
    """A LibreOffice with the extension, and one document open in it."""

    def __init__(self, folder: Path) -> None:
        self.dialogs = folder / "dialogs.json"
        self.office = Office(install)

    def do(self, *steps: dict[str, Any]) -> list[Any]:
        """Carry out steps of `extension.py`; the result of each."""
        return list(self.office.ask(ENGINE, list(steps), 240))

    def open(self, path: Path, **how: bool) -> None:
        """Close what is open, and open a workbook."""
        self.do({"do": "close"}, {"do": "open", "path": str(path), **how})

    def click(self, action: str, *answers: object) -> list[tuple[str, str]]:
        """Click a button; what it said and asked. `answers`: what the user answers."""
        self.dialogs.write_text(json.dumps({"answers": list(answers)}), encoding="utf-8")
        taken, messages, undo = self.do(
            {"do": "click", "action": action},
            {"do": "written", "path": str(self.dialogs)},
            {"do": "undo"},
        )
        assert taken
        assert undo == 0  # nothing that could be taken back in part
        return [tuple(item) for item in messages]

    def get(self, step: str, **facts: Any) -> Any:
        """The result of one step."""
        return self.do({"do": step, **facts})[0]


def install(profile: Path) -> None:
    """The extension in a profile, by `unopkg`, which does not work for root."""
    package = profile.parent / build.OXT_FILE  # where another user may read it
    package.write_bytes(build.build(xlam.macros()))
    is_root = hasattr(os, "getuid") and os.getuid() == 0
    for path in [profile.parent, profile, *profile.rglob("*"), package] if is_root else ():
        os.chown(path, NOBODY, NOBODY)
    user: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if is_root else {}
    for _ in range(INSTALLS):  # on a busy machine it may die when it has done its work
        done = subprocess.run(
            [unopkg(), "add", "-f", f"-env:UserInstallation={profile.as_uri()}", str(package)],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(profile)},
            **user,
        )
        if done.returncode == 0:
            return
    raise AssertionError(done.stderr)


@pytest.fixture(scope="module")
def buttons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Buttons]:
    if reason := missing():
        lacks(reason)
    folder = tmp_path_factory.mktemp("extension")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLPERF_PYTHON", sys.executable)
        patch.setenv("XLPERF_DIALOGS", str(folder / "dialogs.json"))
        patch.setenv("XLPERF_LOG_FOLDER", str(folder / "log"))
        running = Buttons(folder)
        try:
            running.do({"do": "surroundings", "XLPERF_LANG": "zh"})
            yield running
        finally:
            running.office.close()


@pytest.fixture(scope="module")
def short(small: Raw) -> Raw:
    """The small record with four indicators a form, and one activity: every click reads it all."""
    projects, activities = (
        [{**entry, "indicators": entry["indicators"][:4]} for entry in small[key][:most]]
        for key, most in (("projects", 3), ("activities", 1))
    )
    return canonical({**small, "projects": projects, "activities": activities})


@pytest.fixture
def book(buttons: Buttons, short: Raw, tmp_path: Path) -> Path:
    """The short record's workbook, open in LibreOffice."""
    path = put_master(short, tmp_path / "绩效文本.xlsx")
    buttons.open(path)
    return path


def marks_of_file(path: Path) -> list[list[str]]:
    """Where the same findings are marked in a file: sheet and cell."""
    draft = planning.plan(validating.check(path).findings)
    return sorted([mark.sheet, mark.cell] for mark in draft.marks)


def test_validating_marks_and_lists_as_in_a_file_and_clearing_gives_back(
    buttons: Buttons, book: Path, short: Raw, tmp_path: Path
) -> None:
    mark = marks_of_file(book)[-1]
    buttons.do(
        {"do": "fill", "sheet": mark[0], "cell": mark[1], "colour": OWN_FILL},
        {"do": "note", "sheet": mark[0], "cell": mark[1], "text": "我自己的批注"},
    )
    before = buttons.get("protected")
    tally = planning.plan(validating.check(book).findings).tally
    assert buttons.click("validate_workbook") == [("info", tally)]
    noted = buttons.get("notes")
    assert sorted([sheet, cell.replace("$", "")] for sheet, cell, _ in noted) == marks_of_file(book)
    assert "我自己的批注" in next(
        text for sheet, cell, text in noted if [sheet, cell.replace("$", "")] == mark
    )
    assert [LIST, True] in buttons.get("sheets")
    assert ["_marks", False] in buttons.get("sheets")
    listed = buttons.get("rows", sheet=LIST)
    assert [row[2] for row in listed[3:] if row[2]] == codes_in_order(book)
    assert buttons.get("active")[0] == LIST
    assert buttons.click("validate_workbook") == [("info", tally)]
    assert buttons.get("notes") == noted

    assert buttons.click("clear_marks")[0][0] == "info"
    sheet, cell, text = buttons.get("notes")[0]
    assert ([sheet, cell.replace("$", "")], text) == (mark, "我自己的批注")
    assert buttons.get("fill", sheet=mark[0], cell=mark[1]) == OWN_FILL
    assert buttons.get("protected") == before
    assert LIST not in dict(buttons.get("sheets"))
    saved = tmp_path / "saved.xlsx"
    buttons.do({"do": "store", "path": str(saved)})
    assert open_any(saved).record == short


def codes_in_order(path: Path) -> list[str]:
    """The rules of the findings in the order of the list in a file."""
    return [entry.code for entry in planning.plan(validating.check(path).findings).entries]


def test_one_sheet_then_from_finding_to_finding(buttons: Buttons, book: Path) -> None:
    buttons.do({"do": "select", "sheet": FORM, "cell": "A1"})
    assert buttons.click("validate_sheet")[0][1].startswith(f"“{FORM}”：")
    marked_cells = [cell for sheet, cell in marks_of_file(book) if sheet == FORM]
    assert [cell.replace("$", "") for _, cell, _ in buttons.get("notes")] == marked_cells
    first = buttons.get("active")[1].rpartition(".")[2].replace("$", "")
    assert first.split(":")[0] in marked_cells
    buttons.do({"do": "select", "sheet": FORM, "cell": "A1"})
    (kind, message), *_ = buttons.click("next_finding")
    assert kind == "info" and message.startswith(f"{FORM}!")
    buttons.click("previous_finding")
    assert buttons.get("active")[0] == FORM
    buttons.click("clear_marks")
    assert buttons.click("next_finding")[0][0] == "critical"  # nothing is marked


def test_fixes_are_asked_for_and_kept_on_a_sheet(buttons: Buttons, book: Path) -> None:
    box = cell_of(book, ("projects", 0, "indicators", 0, "target"))
    wrong = "＞＝１５人"
    buttons.do({"do": "text", "sheet": FORM, "cell": box, "value": wrong})
    messages = buttons.click("fix_safe", False)
    assert messages[0][0] == "confirm" and wrong in messages[0][1]
    assert buttons.get("text", sheet=FORM, cell=box) == wrong
    buttons.click("fix_safe", True)
    assert buttons.get("text", sheet=FORM, cell=box) == "≥15人"
    rows = buttons.get("rows", sheet="改正记录")
    assert [row[1:5] for row in rows[1:]] == [[FORM, box, wrong, "≥15人"]]


def cell_of(path: Path, field: tuple[str | int, ...]) -> str:
    return open_any(path).where[field].cell


def test_a_project_is_added_and_summed(buttons: Buttons, book: Path, tmp_path: Path) -> None:
    assert buttons.click("add_project") == [
        ("info", "已增加空白项目表“04 新项目”，并列入汇总。请从项目编码和名称填起。")
    ]
    assert buttons.get("active") == ["04 新项目", "$'04 新项目'.$B$3"]
    buttons.do({"do": "text", "sheet": "04 新项目", "cell": "E3", "value": "新的项目"})
    assert buttons.click("refresh_summary") == [("info", "汇总已更新，共 4 个项目。")]
    saved = tmp_path / "saved.xlsx"
    buttons.do({"do": "store", "path": str(saved)})
    record = open_any(saved).record
    assert [project["name"] for project in record["projects"]][3:] == ["新的项目"]
    assert "budget" not in record["projects"][3]
    assert "leftovers" not in record


def test_files_are_written_beside_the_book_and_opened(
    buttons: Buttons, book: Path, short: Raw
) -> None:
    assert "department.json" in buttons.click("export_record")[0][1]
    assert open_any(book.with_name("department.json")).record == short
    buttons.click("publish_word")
    assert open_any(book.with_suffix(".docx")).record["projects"] == short["projects"]
    other = Path(shutil.copy(book, book.with_name("前.xlsx")))
    assert buttons.click("compare_file", str(other))[0][0] == "choose"
    folder = book.parent / "文件夹"
    folder.mkdir()
    shutil.copy(other, folder)
    result = dict(buttons.click("rollup_folder", str(folder)))
    assert Path(result["open"]).parent == folder
    result = dict(buttons.click("import_document", str(book.with_suffix(".docx"))))
    assert open_any(Path(result["open"])).record["projects"] == short["projects"]
    assert "LibreOffice" in buttons.click("about")[0][1]


def test_stages_are_begun_in_copies_and_opened(buttons: Buttons, book: Path) -> None:
    (kind, question), (_, answer) = buttons.click("begin_monitoring", False)
    assert kind == "confirm" and "2021-07-31" in question and answer == "没有开始监控。"
    result = dict(buttons.click("begin_monitoring", True))
    assert Path(result["open"]) == book.with_name("绩效文本 监控7月.xlsx")
    assert "新增3张项目表和一张汇总表" in result["info"]
    result = dict(buttons.click("begin_evaluation"))
    record = open_any(Path(result["open"])).record
    assert [len(stage["projects"]) for stage in record["stages"]] == [3]
    buttons.do({"do": "text", "sheet": FORM, "cell": "B5", "value": "没有保存的用途"})
    assert buttons.click("begin_evaluation")[0][0] == "critical"


def test_protected_with_a_password_and_read_only(buttons: Buttons, book: Path) -> None:
    buttons.do({"do": "protect", "sheet": "汇总", "password": "geheim"})
    kind, message = buttons.click("refresh_summary")[0]
    assert kind == "critical" and "汇总" in message
    buttons.open(book, read_only=True)
    kind, message = buttons.click("validate_workbook")[0]
    assert (kind, "只读" in message) == ("critical", True)
    assert buttons.get("notes") == []
    assert buttons.click("about")[0][0] == "info"


def test_without_xlperf_the_extension_says_what_to_do(
    buttons: Buttons, book: Path, tmp_path: Path
) -> None:
    assert book.exists()
    for program, words in ((tmp_path / "none", "addin install"), (Path("/bin/false"), "没有正常")):
        buttons.do({"do": "surroundings", "XLPERF_PYTHON": str(program)})
        try:
            kind, message = buttons.click("about")[0]
        finally:
            buttons.do({"do": "surroundings", "XLPERF_PYTHON": sys.executable})
        assert (kind, words in message) == ("critical", True)


def test_other_commands_are_nobodys(buttons: Buttons, book: Path) -> None:
    assert book.exists()
    assert buttons.click("open_any_file") == []


def test_what_was_recorded_here_is_asked_and_answered_the_same_in_the_add_in_for_wps(
    buttons: Buttons, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A click in LibreOffice, request by request; then Node, the helper, and that recording."""
    node = shutil.which("node")
    if node is None:
        lacks("Node.js is not installed")
    buttons.click("about")  # loads the interpreter
    recorded: list[Any] = []
    spoken: list[str] = []

    def exchange(request: dict[str, Any]) -> dict[str, Any]:
        if "asks" in request:
            answers = buttons.get("answers", asks=request["asks"])
            recorded.extend(zip(request["asks"], answers, strict=True))
            return {"answers": answers}
        spoken.extend([request["say"]] if "say" in request else [])
        return {}

    session.run("validate_workbook", exchange)
    titles = ["book", [["Worksheets", None]], "get", "Count", []]
    first = ["book", [["Worksheets", None], ["Item", 1]], "get", "Name", []]
    names = [[titles, [0, 1]], [first, [0, "_xlperf"]]]  # what "enabled" asks at the end
    source, addin = tmp_path / "recorded.json", tmp_path / "addin"
    source.write_text(json.dumps([*recorded, *names]), encoding="utf-8")
    addin.mkdir()
    for name, data in wps.files(xlam.macros()).items():
        (addin / name).write_bytes(data)
    home = tmp_path / "home"
    monkeypatch.setenv("LOCALAPPDATA", str(home / ".local" / "state"))
    with serving.helping():
        command = [str(node), str(REPLAY), str(addin), str(source), str(home), "validate_workbook"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["unknown"] == []
    assert result["said"] == spoken != []
    assert sum(result["touched"].values()) >= len(recorded)
    assert result["touched"]["put"] > 10 and result["touched"]["call"] > 50
    assert result["left"] == {"drawing": True, "calculation": -4105}
    assert result["label"] == "校验全部" and result["enabled"] is True
