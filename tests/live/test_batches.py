"""Many asks answered inside Excel by the add-in's own VBA, run by LibreOffice, in one trip."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.live import excel_members, pywin32
from tests.live.conftest import Excel
from tests.live.macros import WHERE, Macros
from tests.live.test_actions import fills, notes, still
from tests.live.test_equality import as_people_do, findings_of
from xlperf.addin.xlam import build
from xlperf.live.book.reading import read_book
from xlperf.live.com import batch
from xlperf.live.com.batch import (
    Batched,
    Channel,
    ComCall,
    ExcelRefusalError,
    ProtocolError,
    Root,
    cells,
    decode,
)
from xlperf.live.com.objects import LiveSheet, sheets

SOURCE = (build.macros() / "XlperfAsking.bas").read_text("utf-8")
FORM, LIST = "02 人防业务费", "问题清单"


def kinds(excel: Excel) -> Counter[str]:
    return Counter(member for _, _, member in excel.trips)


@pytest.mark.long
def test_a_click_takes_hardly_more_round_trips_for_many_sheets_and_notes(
    excel: Excel, opened: Any, with_addin: Macros
) -> None:
    excel.click("validate_workbook", opened)
    still(excel)
    assert [box[0] for box in excel.boxes] == ["共 7 个错误，0 个警告，21 条提示。"]
    assert len(notes(opened)) == len(fills(opened)) == 130
    assert len(excel.trips) <= 80 < 40 + 4 * 130
    assert kinds(excel)["Run"] <= 20 and "AddComment" not in kinds(excel)


@pytest.mark.usefixtures("with_addin")
def test_a_second_click_and_clearing_keep_to_the_budget_too(excel: Excel, little: Any) -> None:
    for action in ("validate_workbook", "validate_workbook", "clear_marks"):
        excel.click(action, little)
        still(excel)
        assert len(excel.trips) <= 80 < 40 + 4 * 18
    assert notes(little) == fills(little) == {}


def test_marks_and_list_are_the_same_as_from_outside(
    excel: Excel, little: Any, macros: Macros
) -> None:
    states = []
    for way in (None, macros.run):
        excel.app.macros = way
        excel.click("validate_workbook", little)
        excel.app.macros = None
        still(excel)
        listed = little.sheets[LIST].range("A1:P23").api
        names = {name.name for name in little.sheets[LIST].names}
        states.append((fills(little), notes(little), listed.Formula, names))
        excel.click("clear_marks", little)
    assert states[0] == states[1] and states[0][1]


def test_a_book_reads_the_same_from_inside(little: Any, with_addin: Macros) -> None:
    as_people_do(pywin32.bare(little.api))
    inside_sheets = sheets(little, inside=True)
    inside, outside = read_book(little, inside_sheets), read_book(little)
    assert inside_sheets[0].line.works
    assert inside.record == outside.record and inside.where == outside.where
    assert inside.remarks == outside.remarks
    findings = findings_of(inside)
    assert findings == findings_of(outside) and {"STR022", "STR023"} <= {
        code for code, *_ in findings
    }


def asks_of_every_kind(root: Root) -> Iterator[ComCall]:
    """One of each that the macro knows, on cells apart from one another."""
    interior, comment = ("Interior", None), ("Comment", None)
    yield root.get("Name")
    yield root.get("Visible")
    yield root.get("Count", ("Names", None))
    yield root.get("RefersTo", ("Names", None), ("Item", 1))
    yield root.get("Address", ("UsedRange", None))
    for member in ("Value2", "Formula"):
        yield root.get(member, cells("A1:H9"))
        yield root.get(member, cells("C4"))
    for member in ("NumberFormat", "MergeCells"):
        yield root.get(member, cells("A1,C4"))
        yield root.get(member, cells("C4"))
    yield root.get("Address", cells("A1"), ("MergeArea", None))
    yield root.get("ColorIndex", cells("AZ1"), interior)
    yield root.put("Color", 255, cells("AZ1"), interior)
    yield root.get("ColorIndex", cells("AZ1"), interior)
    yield root.get("Color", cells("AZ1"), interior)
    yield root.put("ColorIndex", -4142, cells("AZ1"), interior)
    yield root.get("ColorIndex", cells("AZ1"), interior)
    yield root.call("Text", cells("AZ2"), comment)
    yield root.call("AddComment", cells("AZ2"), arguments=("批注\n“𠮷”",))
    yield root.call("AddComment", cells("AZ2"), arguments=("再批一次",))
    yield root.call("Text", cells("AZ2"), comment)
    yield root.get("Count", ("Comments", None))
    yield root.call("ClearComments", cells("AZ2"))
    yield root.put("Value2", "≥90%", cells("AZ3"))
    yield root.get("Value2", cells("AZ3"))
    yield root.call("Add", ("Names", None), arguments=("XPT_one", f"='{root.title}'!$AZ$3"))
    yield root.get("Address", cells("XPT_one"))
    yield root.call("Delete", ("Names", None), ("Item", "XPT_one"))
    yield root.get("Address", cells("XPT_none"))
    yield root.put("ColumnWidth", 9.5, cells("AZ:AZ"))
    yield root.put("Style", "Default", cells("AZ4"))
    yield root.call("Merge", cells("AZ5:BA5"))
    yield root.get("MergeCells", cells("AZ5"))


def plainly(answers: list[Any]) -> list[Any]:
    """Answers to be compared: refusals are alike, "" is a blank."""
    comparable = [
        ExcelRefusalError if isinstance(answer, ExcelRefusalError) else answer for answer in answers
    ]
    return [
        tuple(tuple(cell if cell != "" else None for cell in row) for row in answer)
        if isinstance(answer, tuple)
        else (answer if answer != "" else None)
        for answer in comparable
    ]


def test_every_ask_has_the_same_answer_inside_and_outside(little: Any, with_addin: Macros) -> None:
    line = Channel(little, works=True)
    sheet = LiveSheet(little.sheets[FORM].api, FORM, line)
    asks = list(asks_of_every_kind(sheet))
    outside = Channel().answer(asks)
    inside = line.inside(asks)
    assert inside is not None and plainly(inside) == plainly(outside)
    assert sum(isinstance(answer, ExcelRefusalError) for answer in inside) == 3
    assert "批注\n“𠮷”" in inside
    book = Root(little.api, "", line)
    titles = [book.get("Name", ("Worksheets", None), ("Item", n)) for n in (1, 2)]
    assert line.inside([book.get("Count", ("Worksheets", None))]) == [8.0]
    assert line.inside(titles) == [worksheet.name for worksheet in little.sheets][:2]
    every = [*asks, *titles]
    assert {link for ask in every for link, _ in ask.links} == excel_members.LINKS
    for kind, members in (
        ("get", excel_members.GETS),
        ("put", excel_members.PUTS),
        ("call", excel_members.CALLS),
    ):
        assert {ask.member for ask in every if ask.kind == kind} == members


def test_the_macro_knows_the_same_members() -> None:
    parts = re.split(r"^(?:Private|Public) (?:Function|Sub) (\w+)", SOURCE, flags=re.MULTILINE)
    bodies = dict(zip(parts[1::2], parts[2::2], strict=True))
    members_of = {
        "XlperfFollow": excel_members.LINKS | {""},
        "XlperfGet": excel_members.GETS,
        "XlperfPut": excel_members.PUTS,
        "XlperfCall": excel_members.CALLS,
    }
    for name, members in members_of.items():
        assert set(re.findall(r'Case "(\w*)"', bodies[name])) == members
    assert f"WIDTH As Long = {excel_members.CALL_WIDTH}\n" in SOURCE
    assert f"REFUSED As Long = {batch.REFUSED_CALL}\n" in SOURCE
    assert f"ALONE As Long = {batch.SCALAR}\n" in SOURCE
    file, _, macro = batch.MACRO.partition("!")
    assert file == build.XLAM_FILE and f"Public Function {macro}(" in SOURCE
    assert WHERE[batch.MACRO].rpartition(".")[2] in bodies


@pytest.mark.parametrize(("kind", "member"), [
    ("get", "Application"), ("put", "Formula"), ("call", "Open"), ("get", "Parent"), ("run", "x"),
])  # fmt: skip
def test_other_members_cannot_be_asked_for(
    untouched: Any, with_addin: Macros, kind: str, member: str
) -> None:
    line = Channel(untouched, works=True)
    sheet = LiveSheet(untouched.sheets[FORM].api, FORM, line)
    (answer,) = line.inside([ComCall(sheet, (), kind, member, ("x",))]) or [None]
    assert isinstance(answer, ExcelRefusalError)
    (answer,) = line.inside([sheet.get("Address", ("Parent", None))]) or [None]
    assert isinstance(answer, ExcelRefusalError)


def test_without_the_add_in_it_is_tried_once_a_click(excel: Excel, little: Any) -> None:
    excel.click("export_record", little)
    assert kinds(excel)["Run"] == 1


def test_a_spoilt_tape_is_not_believed(excel: Excel, little: Any, with_addin: Macros) -> None:
    whole = with_addin.run

    def cut(*arguments: Any) -> Any:
        tape = whole(*arguments)
        return tuple(x[:3] if isinstance(x, str) else x for x in tape)  # long texts cut off

    excel.app.macros = cut
    excel.click("validate_workbook", little)
    still(excel)
    # 18 cells with a finding of their own; other places: 14 + 4 + 3 bases
    assert len(notes(little)) == 39 and kinds(excel)["Run"] <= 2
    assert kinds(excel)["AddComment"] == 39


TAPE = (11.0, 4.0, 0.0, "甲𠮷", 2.0, 2.0, 1.0, 3.0, 7.5, -1.0, "a")


def test_a_tape_is_taken_apart() -> None:
    one, rows, refused = decode(TAPE, 3)
    assert (
        one == "甲𠮷"
        and rows == ((None, None), (None, 7.5))
        and isinstance(refused, ExcelRefusalError)
    )


@pytest.mark.parametrize("tape", [
    None, "", 5, (), (2.0,), TAPE[:-1], (*TAPE, 0.0), (12.0, *TAPE[1:], 0.0),
    (11.0, 5.0, *TAPE[2:]), (4.0, 0.0, 0.0, 1.0), (*TAPE[:-1], None),
    (9.0, 3.0, *TAPE[2:9]), (3.0, 1.0, "x"),
])  # fmt: skip
def test_a_tape_that_is_not_whole_is_none(tape: Any) -> None:
    with pytest.raises(ProtocolError):
        decode(tape, 3)


def test_work_is_done_in_step_and_all_of_it_ends_with_what_fails() -> None:
    rounds, ended = [], []

    class Counting(Channel):
        def answer(self, asks: Any) -> list[Any]:
            rounds.append(len(asks))
            return [ask.arguments[0] for ask in asks]

    root = Root(None, "", Counting())

    def work(name: str, times: int) -> Batched[str]:
        try:
            for n in range(times):
                (answer,) = yield [root.put("Color", n)]
                assert answer == n
            if name == "bad":
                raise ValueError(name)
            return name
        finally:
            ended.append(name)

    assert batch.run_all([work("a", 3), work("b", 1), work("c", 0)]) == ["a", "b", "c"]
    assert rounds == [2, 1, 1]
    ended.clear()
    with pytest.raises(ValueError, match="bad"):
        batch.run_all([work("a", 5), work("bad", 1), work("b", 2)])
    assert sorted(ended) == ["a", "b", "bad"]
    assert batch.run_all([]) == []
