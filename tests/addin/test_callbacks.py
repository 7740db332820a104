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
from xlperf.addin import build, package, project, settings
from xlperf.addin.markup import parse
from xlperf.addin.package import Addin
from xlperf.addin.source import Ascii, Module, module, read

pytestmark = pytest.mark.office

RECORDER = """Attribute VB_Name = "xlwings"
Option Explicit
Private mCommand As String
Private mCount As Long

Public Function RunPython(PythonCommand As String)
    mCommand = PythonCommand
    mCount = mCount + 1
End Function

Public Function Recorded() As String
    Recorded = mCount & " " & mCommand
    mCommand = ""
    mCount = 0
End Function
"""
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
    Select Case name
{cases}
    End Select
    Press = Recorded()
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
ROOT = parse((build.macros() / build.RIBBON).read_bytes())
BUTTONS = list(ROOT.named("button"))


def hand() -> str:
    """A module that presses buttons and asks for words, by the names in the XML."""
    actions = {each.attributes["onAction"] for each in BUTTONS}
    asked = {
        value
        for each in ROOT.all()
        for name, value in each.attributes.items()
        if name.startswith("get")
    }
    cases = (f'    Case "{name}": {name} control' for name in sorted(actions))
    questions = (f'    Case "{name}": {name} control, answer' for name in sorted(asked))
    return HAND.format(cases="\n".join(cases), questions="\n".join(questions))


def with_recorder(addin: Addin, *more: Module, **answers: str) -> Addin:
    replaced = {each.name for each in more}
    paths = [path for path in sorted(build.macros().glob("Xlperf*.*")) if path.stem not in replaced]
    modules = [
        module("ThisWorkbook", "Option Explicit\n", "workbook"),
        *(module(name, "Option Explicit\n", "sheet") for name in package.CODE_NAMES.values()),
        *(read(path, Ascii()) for path in paths),
        module("xlwings", RECORDER),
        module("FakeControl", CONTROL),
        module("Hand", hand()),
        *more,
    ]
    given = {**addin.settings, settings.WINDOWS: sys.executable, **answers}
    return replace(addin, vba=project.to_bytes(modules), settings=given)


@pytest.fixture(scope="module")
def pressed(addin: Addin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("宏") / "xlperf 1.xlam"
    path.write_bytes(package.write(with_recorder(addin)))
    return path


def call(office: Office, path: Path, calls: Sequence[tuple[str, *tuple[Any, ...]]]) -> list[Any]:
    steps: list[dict[str, Any]] = [{"do": "open_macros", "path": str(path)}]
    steps += [{"do": "call", "macro": name, "arguments": given} for name, *given in calls]
    return office.do([*steps, {"do": "close"}])[1:-1]


def test_every_button_reaches_its_command(office: Office, pressed: Path) -> None:
    names = [each.attributes["onAction"] for each in BUTTONS]
    told = call(office, pressed, [("Hand.Press", name) for name in names])
    commands = []
    for each in told:
        count, _, command = each.partition(" ")
        assert count == "1"
        commands.append(command)
    assert set(commands) == {contract.command(action) for action in contract.actions()}
    for button, command in zip(BUTTONS, commands, strict=True):
        assert called(command) == ("xlperf.live.ribbon", button.attributes["id"])


def called(command: str) -> tuple[str, str]:
    """Module and function of a command, which must be exactly an import and a call."""
    statement, expression = ast.parse(command).body
    assert isinstance(statement, ast.Import) and isinstance(expression, ast.Expr)
    (imported,) = statement.names
    assert isinstance(expression.value, ast.Call)
    assert not expression.value.args and not expression.value.keywords
    function = expression.value.func
    assert isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    assert function.value.id == imported.asname
    return imported.name, function.attr


def test_a_button_that_does_not_exist_runs_nothing(office: Office, pressed: Path) -> None:
    assert call(office, pressed, [("Hand.Press", "XlperfNothing")]) == ["0 "]


def test_every_control_gets_its_words(office: Office, pressed: Path) -> None:
    questions, answers = [], []
    for each in ROOT.all():
        for part in ("Label", "Screentip", "Supertip"):
            if name := each.attributes.get(f"get{part}"):
                identity = each.attributes["id"]
                questions.append(("Hand.Ask", name, identity, ""))
                answers.append(wording.text("en", f"ribbon.{identity}.{part.lower()}"))
    assert len(answers) == 13 * 3 + 5 + 1
    assert call(office, pressed, questions) == answers


def test_words_are_chinese_where_excel_is(office: Office, pressed: Path) -> None:
    chinese = [2052.0, 1028.0, 3076.0, 4100.0, 5124.0, 4.0]
    others = [1033.0, 2057.0, 1041.0, 0.0]
    asked = [("XlperfWords.XlperfLanguageColumn", each) for each in [*chinese, *others]]
    assert call(office, pressed, asked) == [2] * len(chinese) + [3] * len(others)
    column = [("XlperfBook.XlperfLookUp", "xlperf.words", "about.label", 2.0)]
    assert call(office, pressed, column) == [wording.text("zh", "ribbon.about.label")]


def test_a_button_is_enabled_in_an_xlperf_workbook_only(
    office: Office, pressed: Path, tmp_path: Path
) -> None:
    tags = ["", "always"]
    asked = [("Hand.Ask", "XlperfGetEnabled", "x", tag) for tag in tags]
    assert call(office, pressed, asked) == ["False", "True"]
    parts = package.unpack(pressed.read_bytes())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'"xlperf.text"', b'"_xlperf"')
    master = tmp_path / "master.xlam"
    master.write_bytes(package.pack(parts))
    assert call(office, master, asked) == ["True", "True"]


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
    asked = [("XlperfBook.XlperfHasPython", path) for path in paths]
    assert call(office, pressed, asked) == [True, False, False, True, True]
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
    (told,) = call(office, path, [("Teller.Tell",)])
    assert told == (
        f"'wizard.xlam'!XP_ONE|one|xlperf|first|{'x' * 255};'wizard.xlam'!XP_TWO|two|xlperf|third;"
    )
