"""The ribbon's macros, run: LibreOffice stands in for Excel, a recorder for xlwings.

From the ribbon's XML by the name in onAction to the VBA Sub to the command it hands to RunPython.
xlwings' own module does not compile in LibreOffice, so a module that records takes its place.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.addin import contract
from tests.office import Office
from xlperf import wording
from xlperf.addin.vba import project
from xlperf.addin.vba.source import Ascii, Module, module, read
from xlperf.addin.xlam import build, package, settings_sheet
from xlperf.addin.xlam.package import Addin
from xlperf.addin.xlam.xml_lines import parse
from xlperf.live.ribbon import ACTIONS

pytestmark = pytest.mark.office

RECORDER = """Attribute VB_Name = "xlwings"
Option Explicit
Private mCommand As String
Private mCount As Long

Public Failing As String
Public Seen As String
Public Way As String

Public Function RunPython(PythonCommand As String)
    mCommand = PythonCommand
    mCount = mCount + 1
    Way = Way & XlperfSetting("USE UDF SERVER") & " " & XlperfSetting("DEBUG UDFS") & ";"
    If Failing = "helper" And XlperfSetting("DEBUG UDFS") = "True" Then Err.Raise 1000, , "gone"
    Seen = Screen.StatusBar
    If Failing = "blocked" Then Err.Raise 70, , "Permission denied"
    If Failing = "python" Then
        XlperfKeepFailure "Traceback" & vbCrLf & "ImportError: no xlperf" & vbCrLf & vbCrLf
        RunPython = -1
    End If
End Function

Public Function Recorded() As String
    Recorded = mCount & " " & mCommand
    mCommand = ""
    mCount = 0
End Function
"""
TELLER = """Attribute VB_Name = "Told"
Option Explicit
Public Sentences As String

Public Sub XlperfTellUser(ByVal sentence As String)
    Sentences = Sentences & sentence & ";"
End Sub
"""
SCREEN = 'Attribute VB_Name = "Screen"\nPublic StatusBar As Variant\nPublic Cursor As Long\n'
CONTROL = """VERSION 1.0 CLASS
BEGIN
END
Attribute VB_Name = "FakeControl"
Option Explicit
Public ID As String
Public Tag As String
"""
HAND = """Attribute VB_Name = "Hand"
Option Explicit

Public Function Press(ByVal name As String) As String
    Dim control As New FakeControl
    control.ID = name
    XlperfOnAction control
    Press = Recorded()
End Function

' A button pressed where something is wrong: what was said, the status bar meanwhile and after.
Public Function PressFailing(ByVal name As String, ByVal wrong As String, ByVal bar) As String
    Dim control As New FakeControl
    Dim after As Variant
    control.ID = name
    Failing = wrong
    Sentences = ""
    Screen.StatusBar = False
    If bar <> "" Then Screen.StatusBar = bar
    XlperfOnAction control
    after = Screen.StatusBar
    Screen.StatusBar = False
    Failing = ""
    PressFailing = Sentences & "|" & Seen & "|" & after & "|" & Screen.Cursor
    PressFailing = PressFailing & "|" & Recorded()
End Function

' A button pressed: by which settings xlwings was called, and what was said.
Public Function PressWay(ByVal name As String, ByVal wrong As String) As String
    Dim control As New FakeControl
    Dim said As String
    control.ID = name
    Failing = wrong
    Way = ""
    Sentences = ""
    XlperfOnAction control
    Failing = ""
    said = Recorded()
    PressWay = Way & "|" & Sentences
End Function

Public Function Ask(ByVal name As String, ByVal id As String, ByVal tag As String) As String
    Dim control As New FakeControl
    Dim answer As Variant
    control.ID = id
    control.Tag = tag
    Select Case name
{questions}
    End Select
    Ask = answer
End Function
"""
ROOT = parse((build.macros() / build.RIBBON_FILE).read_bytes())
BUTTONS = list(ROOT.elements_named("button"))


def hand() -> str:
    """A module that presses buttons and asks for words, by the names in the XML."""
    callbacks = {
        value
        for control in ROOT.all()
        for name, value in control.attributes.items()
        if name.startswith("get")
    }
    questions = (f'    Case "{name}": {name} control, answer' for name in sorted(callbacks))
    return HAND.format(questions="\n".join(questions))


def without_box(vba_module: Module) -> Module:
    """A module without what LibreOffice has not: a box that somebody sees, a bar that is kept."""
    text = vba_module.text.replace("Sub XlperfTellUser", "Sub XlperfShowBox")
    for shown in ("StatusBar", "Cursor"):
        text = text.replace(f"Application.{shown}", f"Screen.{shown}")
    return replace(vba_module, text=text)


def with_recorder(addin: Addin, *more: Module, **answers: str) -> Addin:
    replaced = {vba_module.name for vba_module in more}
    paths = [path for path in sorted(build.macros().glob("Xlperf*.*")) if path.stem not in replaced]
    modules = [
        module("ThisWorkbook", "Option Explicit\n", "workbook"),
        *(module(name, "Option Explicit\n", "sheet") for name in package.CODE_NAMES.values()),
        *map(without_box, (read(path, Ascii()) for path in paths)),
        module("Told", TELLER),
        module("Screen", SCREEN),
        module("xlwings", RECORDER),
        module("FakeControl", CONTROL),
        module("Hand", hand()),
        *more,
    ]
    settings = {**addin.settings, settings_sheet.WINDOWS_INTERPRETER: sys.executable, **answers}
    return replace(addin, vba=project.to_bytes(modules), settings=settings)


@pytest.fixture(scope="module")
def pressed(addin: Addin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("宏") / "xlperf 1.xlam"
    path.write_bytes(package.write(with_recorder(addin)))
    return path


def call(office: Office, path: Path, calls: Sequence[tuple[str, *tuple[Any, ...]]]) -> list[Any]:
    steps: list[dict[str, Any]] = [{"do": "open_macros", "path": str(path)}]
    steps += [{"do": "call", "macro": name, "arguments": arguments} for name, *arguments in calls]
    return office.do([*steps, {"do": "close"}])[1:-1]


def test_every_button_reaches_its_command(office: Office, pressed: Path) -> None:
    names = [control.attributes["id"] for control in BUTTONS]
    answers = call(office, pressed, [("Hand.Press", name) for name in names])
    commands = []
    for answer in answers:
        count, _, command = answer.partition(" ")
        assert count == "1"
        commands.append(command)
    assert set(commands) == {contract.command(action) for action in ACTIONS}
    for button, command in zip(BUTTONS, commands, strict=True):
        assert called(command) == ("xlperf.live.ribbon", "click", button.attributes["id"])


def called(command: str) -> tuple[str, str, object]:
    """Module, function and argument of a command, which must be exactly an import and a call."""
    statement, expression = ast.parse(command).body
    assert isinstance(statement, ast.Import) and isinstance(expression, ast.Expr)
    (imported,) = statement.names
    assert isinstance(expression.value, ast.Call)
    (argument,) = expression.value.args
    assert isinstance(argument, ast.Constant) and not expression.value.keywords
    function = expression.value.func
    assert isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    assert function.value.id == imported.asname
    return imported.name, function.attr, argument.value


BUSY, NOT_STARTED, FAILED = (
    wording.text("en", f"ribbon.{key}.label") for key in ("busy", "not_started", "failed")
)
BLOCKED, NO_IMPORT = "70 Permission denied", "ImportError: no xlperf"


def test_a_start_that_is_blocked_is_a_sentence_and_the_status_bar_comes_back(
    office: Office, pressed: Path
) -> None:
    cases = [("about", wrong, bar) for wrong in ("", "blocked", "python") for bar in ("", "mine")]
    answers = call(office, pressed, [("Hand.PressFailing", *case) for case in cases])
    parts = [answer.split("|") for answer in answers]
    whys = ("", NOT_STARTED.format(why=BLOCKED) + ";", FAILED.format(why=NO_IMPORT) + ";")
    assert [part[0] for part in parts] == [why for why in whys for _ in range(2)]
    assert {part[1] for part in parts} == {BUSY}
    assert [part[2] == "mine" for part in parts] == [False, True] * 3
    assert BUSY not in {part[2] for part in parts}
    assert {part[3] for part in parts} == {"-4143"}  # Excel's own cursor
    assert {part[4] for part in parts} == {f"1 {contract.command('about')}"}


@pytest.mark.parametrize("sign", ['"', "^", "&", "%", "$", "`", "=", "|", "\n", "\x1f"])
def test_signs_that_a_command_cannot_hold_are_noticed(
    office: Office, pressed: Path, sign: str
) -> None:
    fine = "绩效 文本(1)-副本，2021'#!~@；＆％.xlsx"
    calls = [("XlperfBook.XlperfUnsafeSign", name) for name in (fine, f"a{sign}b.xlsx")]
    assert call(office, pressed, calls) == ["", sign]


def test_a_workbook_with_an_unsafe_name_starts_nothing(
    office: Office, pressed: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "a&b.xlam"
    odd.write_bytes(pressed.read_bytes())
    (answer,) = call(office, odd, [("Hand.PressFailing", "about", "", "")])
    sentence = wording.text("en", "ribbon.unsafe_name.label").format(file="a&b.xlam", sign="&")
    assert answer.startswith(f"{sentence};|") and answer.endswith("|0 ")


RANGE = """Public Value2 As Variant
Public Worksheet As Object
Public Row As Long
Public Count As Long
Public Rows As Object
Public Areas As Object
Public Function Resize(ByVal rows As Long) As Object
    Dim part As New FakeRange
    part.Value2 = "first " & rows
    Set Resize = part
End Function
"""
VALUES = """Attribute VB_Name = "Values"
Option Explicit

Public Function Given(ByVal rows As Long, ByVal areas As Long) As String
    Dim cells As New FakeRange
    Dim sheet As New FakeRange
    cells.Value2 = "all"
    Set cells.Rows = New FakeRange
    cells.Rows.Count = rows
    Set cells.Areas = New FakeRange
    cells.Areas.Count = areas
    Set cells.Worksheet = New FakeSheet
    Set cells.Worksheet.Rows = New FakeRange
    cells.Worksheet.Rows.Count = 1000
    Set cells.Worksheet.UsedRange = New FakeRange
    cells.Worksheet.UsedRange.Row = 3
    Set cells.Worksheet.UsedRange.Rows = New FakeRange
    cells.Worksheet.UsedRange.Rows.Count = 10
    On Error GoTo failed
    Given = XlperfValues(cells)
    Exit Function
failed:
    Given = XlperfNotCalled(Err.Description)
End Function
"""


def test_worksheet_functions_are_given_values(office: Office, addin: Addin, tmp_path: Path) -> None:
    sheet = fake("FakeSheet", "Public Rows As Object\nPublic UsedRange As Object\n")
    more = (fake("FakeRange", RANGE), sheet, module("Values", VALUES))
    path = tmp_path / "values.xlam"
    path.write_bytes(package.write(with_recorder(addin, *more)))
    calls = [("Values.Given", 5.0, 1.0), ("Values.Given", 1000.0, 1.0), ("Values.Given", 5.0, 2.0)]
    areas, not_called = (
        wording.text("en", f"ribbon.function_{key}.label") for key in ("areas", "not_called")
    )
    # of whole columns the rows down to the last one in use: from 3 on, 10 rows
    assert call(office, path, calls) == ["all", "first 12", areas]
    values, failed = "XlperfFunctions.XlperfValues", "XlperfFunctions.XlperfNotCalled"
    bare = call(office, path, [(values, "x"), (values, 1.5), (failed, "no DLL")])
    assert bare == ["x", 1.5, not_called.format(why="no DLL")]


def test_every_control_gets_its_words(office: Office, pressed: Path) -> None:
    questions, answers = [], []
    for control in ROOT.all():
        for part in ("Label", "Screentip", "Supertip"):
            if name := control.attributes.get(f"get{part}"):
                identity = control.attributes["id"]
                questions.append(("Hand.Ask", name, identity, ""))
                answers.append(wording.text("en", f"ribbon.{identity}.{part.lower()}"))
    assert len(answers) == 16 * 3 + 6 + 1
    assert call(office, pressed, questions) == answers


def test_words_are_chinese_where_excel_is(office: Office, pressed: Path) -> None:
    chinese = [2052.0, 1028.0, 3076.0, 4100.0, 5124.0, 4.0]
    others = [1033.0, 2057.0, 1041.0, 0.0]
    calls = [("XlperfWords.XlperfLanguageColumn", language) for language in [*chinese, *others]]
    assert call(office, pressed, calls) == [2] * len(chinese) + [3] * len(others)
    column = [("XlperfBook.XlperfLookUp", "xlperf.words", "about.label", 2.0)]
    assert call(office, pressed, column) == [wording.text("zh", "ribbon.about.label")]


def test_a_button_is_enabled_in_an_xlperf_workbook_only(
    office: Office, pressed: Path, tmp_path: Path
) -> None:
    tags = ["", "always"]
    calls = [("Hand.Ask", "XlperfGetEnabled", "x", tag) for tag in tags]
    assert call(office, pressed, calls) == ["False", "True"]
    parts = package.unpack(pressed.read_bytes())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'"xlperf.text"', b'"_xlperf"')
    master = tmp_path / "master.xlam"
    master.write_bytes(package.pack(parts))
    assert call(office, master, calls) == ["True", "True"]


def fake(name: str, body: str) -> Module:
    head = f'VERSION 1.0 CLASS\nBEGIN\nEND\nAttribute VB_Name = "{name}"\nOption Explicit\n'
    return module(name, head + body)


def test_the_start_keeps_the_ribbon_and_watches_excel(
    office: Office, addin: Addin, tmp_path: Path
) -> None:
    """LibreOffice knows neither Excel's events nor its ribbon: a class that is told to watch and
    then sees one change of workbook takes the place of ours, and the variable takes any object."""
    source = (build.macros() / "XlperfRibbon.bas").read_text(encoding="utf-8")
    callbacks = module("XlperfRibbon", source.replace("mRibbon As IRibbonUI", "mRibbon As Object"))
    ribbon = fake(
        "FakeRibbon",
        "Public Count As Long\nPublic Sub Invalidate()\n    Count = Count + 1\nEnd Sub\n",
    )
    events = fake(
        "XlperfEvents", "Public Sub Watch(ByVal excel As Object)\n    XlperfRefresh\nEnd Sub\n"
    )
    starter = module(
        "Starter",
        'Attribute VB_Name = "Starter"\nOption Explicit\n'
        "Public Function Started() As Long\n    Dim ribbon As New FakeRibbon\n"
        "    XlperfRefresh\n    XlperfOnLoad ribbon\n    XlperfRefresh\n"
        "    Started = ribbon.Count\nEnd Function\n",
    )
    path = tmp_path / "events.xlam"
    path.write_bytes(package.write(with_recorder(addin, ribbon, events, callbacks, starter)))
    assert call(office, path, [("Starter.Started",)]) == [2]


def test_python_is_looked_for_where_the_settings_say(office: Office, pressed: Path) -> None:
    paths = [sys.executable, "/no/such/python", "C:\\no\\python.exe", "python", ""]
    calls = [("XlperfBook.XlperfHasPython", path) for path in paths]
    assert call(office, pressed, calls) == [True, False, False, True, True]
    assert call(office, pressed, [("XlperfBook.XlperfSetting", "INTERPRETER_WIN")]) == [
        sys.executable
    ]


def test_a_moved_literal_is_found(office: Office, addin: Addin, tmp_path: Path) -> None:
    ascii_only = Ascii()
    body = 'Public Function Say() As String\n    Say = "绩" & "效“A”"\nEnd Function\n'
    source = 'Attribute VB_Name = "Says"\n' + body
    says = module("Says", ascii_only.text(source, "Says.bas"))
    path = tmp_path / "says.xlam"
    made = replace(with_recorder(addin, says), literals=ascii_only.literals)
    path.write_bytes(package.write(made))
    assert call(office, path, [("Says.Say",)]) == ["绩效“A”"]


def test_the_function_wizard_is_told_in_words(office: Office, addin: Addin, tmp_path: Path) -> None:
    host = fake(
        "FakeExcel",
        "Public Told As String\n"
        "Public Sub MacroOptions(m, d, Optional a, Optional b, Optional c, Optional e, "
        "Optional category, Optional f, Optional g, Optional h, Optional arguments)\n"
        '    Told = Told & m & "|" & d & "|" & category & "|" & Join(arguments, "|") & ";"\n'
        "End Sub\n",
    )
    teller = module(
        "Teller",
        'Attribute VB_Name = "Teller"\nOption Explicit\n'
        "Public Function Tell() As String\n    Dim host As New FakeExcel\n"
        "    XlperfDescribeFunctions host\n    Tell = host.Told\nEnd Function\n",
    )
    words = [
        *(row for row in addin.words if not row[0].startswith("XP_")),
        ("XP_ONE.help", "一", "one"),
        ("XP_ONE.1", "甲", "first"),
        ("XP_ONE.2", "乙", "x" * 300),
        ("XP_TWO.help", "二", "two"),
        ("XP_TWO.1", "丙", "third"),
    ]
    path = tmp_path / "wizard.xlam"
    path.write_bytes(package.write(replace(with_recorder(addin, host, teller), words=words)))
    (descriptions,) = call(office, path, [("Teller.Tell",)])
    assert descriptions == (
        f"'wizard.xlam'!XP_ONE|one|xlperf|first|{'x' * 255};'wizard.xlam'!XP_TWO|two|xlperf|third;"
    )


def test_a_click_calls_the_helper_that_runs_and_python_where_none_answers(
    office: Office, pressed: Path, tmp_path: Path
) -> None:
    """The note of a helper (`xlperf serve`) is looked for at every click; a dead one is left."""
    note = tmp_path / "xlperf" / "serving.json"
    note.parent.mkdir()
    surroundings = {"do": "surroundings", "name": "LOCALAPPDATA", "value": str(tmp_path)}
    press = {"do": "call", "macro": "Hand.PressWay"}
    try:
        without = office.do([surroundings, {"do": "open_macros", "path": str(pressed)},
                             {**press, "arguments": ["about", ""]}])[2]  # fmt: skip
        note.write_text("{}", encoding="utf-8")
        calls = [{**press, "arguments": ["about", way]} for way in ("", "helper", "")]
        helped, dead, again = office.do(calls)
        note.unlink()
        (after,) = office.do([{**press, "arguments": ["about", ""]}])
    finally:
        office.do([{"do": "close"}, {**surroundings, "value": None}])
    assert without == "False False;|"
    assert helped == "True True;|"
    assert dead == "True True;False False;|"  # the one click, once more without
    assert again == "True True;|"
    assert after == "False False;|"
