"""VBA sources: made ASCII, or refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlperf.addin.vba.source import Ascii, module, read

HEAD = 'Attribute VB_Name = "M"\n'


def made(source: str) -> tuple[str, Ascii]:
    ascii_only = Ascii()
    return ascii_only.text(source, "M.bas"), ascii_only


@pytest.mark.parametrize(
    ("source", "text", "literals"),
    [
        ('MsgBox "好"', "MsgBox XlperfLiteral(1)", ["好"]),
        ('x = "好" & "坏" & "好"', "x = XlperfLiteral(1) & XlperfLiteral(2) & XlperfLiteral(1)",
         ["好", "坏"]),
        ('x = "他说""好"""', "x = XlperfLiteral(1)", ['他说"好"']),
        ('x = "a" \' 说明', "x = \"a\" '", []),
        ("' 说明", "'", []),
        ("Rem 说明", "Rem", []),
        ('x = "it\'s" & "好"', 'x = "it\'s" & XlperfLiteral(1)', ["好"]),
        ('Case "优": y = "良"', "Case XlperfLiteral(1): y = XlperfLiteral(2)", ["优", "良"]),
        ('Const A = "a": x = "好"', 'Const A = "a": x = XlperfLiteral(1)', ["好"]),
        ('x = "Optional y = " & "好"', 'x = "Optional y = " & XlperfLiteral(1)', ["好"]),
    ],
)  # fmt: skip
def test_chinese_literals_move_and_comments_go(source: str, text: str, literals: list[str]) -> None:
    code, ascii_only = made(source)
    assert (code, ascii_only.literals, ascii_only.faults) == (text, literals, [])


@pytest.mark.parametrize(
    ("source", "key", "line"),
    [
        ('Const A = "好"', "constant", 1),
        ('\nPrivate Const A = "a", B = "好"', "constant", 2),
        ('Public Const A As String = _\n    "好"', "constant", 2),
        ('Sub S(Optional ByVal x As String = "好")', "constant", 1),
        ('Sub S(y, _\n  Optional x = "好")', "constant", 2),
        ('Attribute X.VB_Description = "好"', "constant", 1),
        ('Private Declare PtrSafe Function f Lib "好.dll" () As Long', "constant", 1),
        ('#Const A = "好"', "constant", 1),
        ("\n\n变量 = 1", "not_ascii", 3),
        ("x = [汇总!A1]", "not_ascii", 1),
        ("x = 1: Sub 校验()", "not_ascii", 1),
        ("x = y" + " + 1" * 300, "long_line", 1),
        ('x = "' + "a" * 1000 + '" & "' + "b" * 100 + '"', "long_line", 1),
    ],
)
def test_chinese_where_vba_has_no_place_for_it_is_refused_with_its_line(
    source: str, key: str, line: int
) -> None:
    _, ascii_only = made(source)
    assert [(fault.key, fault.where) for fault in ascii_only.faults] == [(key, f"M.bas:{line}")]
    assert "M.bas" in str(ascii_only.faults[0])


def test_lines_keep_their_numbers() -> None:
    source = HEAD + '\' 一\nx = "二"\n\ny = 1\n'
    assert made(source)[0].count("\n") == source.count("\n")


def test_an_exported_class_loses_its_head_and_gains_its_attributes() -> None:
    exported = (
        "VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1  'True\nEND\n"
        'Attribute VB_Name = "C"\nAttribute VB_Exposed = True\n'
        "Option Explicit\nPublic Sub S()\nEnd Sub\n"
    )
    class_module = module("C", exported)
    lines = class_module.text.split("\n")
    assert class_module.kind == "class"
    assert lines[0] == 'Attribute VB_Name = "C"'
    assert "Attribute VB_Exposed = True" in lines
    assert "Attribute VB_PredeclaredId = False" in lines
    assert not class_module.text.startswith("VERSION")
    assert [line for line, _ in class_module.procedures()] == [8]


@pytest.mark.parametrize("name", ["A", "1M", "M M", "N" * 32])
def test_a_module_is_called_like_its_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.bas"
    path.write_text(HEAD, encoding="utf-8")
    ascii_only = Ascii()
    read(path, ascii_only)
    assert [fault.key for fault in ascii_only.faults] == ["module_name"]
