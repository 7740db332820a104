"""The table of what a host may be asked, and those that must have the same members as it."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import types as modules
from pathlib import Path
from typing import Any

import pytest

from tests.live import excel_members
from xlperf.addin.vba.asking import with_cases
from xlperf.addin.xlam import build
from xlperf.host_members import as_data, inside, types
from xlperf.live.com.batch import ExcelRefusalError, ProtocolError
from xlperf.live.com.objects import sheets
from xlperf.live.host.objects import HostBook

INTERPRETER = build.macros() / "libreoffice" / "pythonpath" / "xlperf_calc.py"


def test_every_type_that_is_led_to_is_there() -> None:
    for kind in types().values():
        assert {*kind.links.values(), *filter(None, [kind.items])} <= types().keys()


def test_it_has_what_the_actions_use_and_what_the_macro_answers() -> None:
    members = set()
    for kind in types().values():
        members |= {
            *kind.links,
            *kind.get,
            *kind.put,
            *kind.call,
            *(["Item"] if kind.items else []),
        }
    dialogs = {"FileDialog", "Title", "Show", "SelectedItems", "Run"}  # not asked of other hosts
    assert excel_members.MEMBERS - members <= dialogs
    assert members <= excel_members.MEMBERS
    every = list(types().values())
    assert {link for kind in every for link in (*kind.links, "Item")} >= excel_members.LINKS
    assert {member for kind in every for member in kind.get} >= excel_members.GETS
    assert {member for kind in every for member in kind.put} >= excel_members.PUTS
    assert {member for kind in every for member in kind.call} >= excel_members.CALLS


def test_the_cases_of_the_add_in_s_macro_are_written_from_the_table() -> None:
    path = build.macros() / "XlperfAsking.bas"
    source = path.read_text(encoding="utf-8")
    if os.environ.get("XLPERF_REGENERATE") == "1":
        path.write_text(with_cases(source), encoding="utf-8")
    assert with_cases(source) == source
    lost = source.replace('        Case "RefersTo"\n            XlperfGet = target.RefersTo\n', "")
    more = source.replace(
        '        Case "Merge"\n',
        '        Case "Run"\n            target.Run\n        Case "Merge"\n',
    )
    assert source not in (lost, more)
    assert with_cases(lost) == with_cases(more) == source
    members = inside()
    assert set(members["links"]) == excel_members.LINKS
    assert set(members["get"]) == excel_members.GETS
    assert set(members["put"]) == excel_members.PUTS
    assert set(members["call"]) == excel_members.CALLS


def test_the_interpreter_of_libreoffice_has_them_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / INTERPRETER.name
    copy.write_bytes(INTERPRETER.read_bytes())
    (tmp_path / "members.json").write_text(json.dumps(as_data()), encoding="utf-8")
    monkeypatch.setitem(sys.modules, "uno", modules.ModuleType("uno"))
    spec = importlib.util.spec_from_file_location("xlperf_calc", copy)
    assert spec is not None and spec.loader is not None
    calc: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(calc)
    members = as_data()
    for kind, table in (("get", calc.GET), ("put", calc.PUT), ("call", calc.CALL)):
        assert {(name, m) for name, entry in members.items() for m in entry[kind]} == set(table)  # type: ignore[attr-defined]
    links = {(name, link) for name, kind in types().items() for link in kind.links}
    items = {(name, "Item") for name, kind in types().items() if kind.items}
    assert links | items == set(calc.LINKS)


class Recorded:
    """A host that keeps what it is asked, and answers from a list."""

    def __init__(self, *answers: Any) -> None:
        self.requests: list[Any] = []
        self.answers = list(answers)

    def __call__(self, request: dict[str, Any]) -> dict[str, Any]:
        self.requests.append(request)
        return {"answers": [self.answers.pop(0) for _ in request["asks"]]}


def test_a_way_to_a_cell_is_one_request() -> None:
    host = Recorded([0, None], [0, "甲"])
    book: Any = HostBook(host)
    sheet = book.api.Worksheets("一")
    sheet.Range("A1").Interior.Color = 255
    assert sheet.Range("A1").Value2 == "甲"
    way = [["Worksheets", None], ["Item", "一"], ["Range", "A1"]]
    assert host.requests == [
        {"asks": [["book", [*way, ["Interior", None]], "put", "Color", [255]]]},
        {"asks": [["book", way, "get", "Value2", []]]},
    ]


def test_arguments_by_name_come_in_order_and_objects_as_ways() -> None:
    host = Recorded([0, None], [0, {"path": [["Worksheets", None], ["Item", "新"]]}], [0, None])
    book: Any = HostBook(host)
    model = book.api.Worksheets("一")
    model.Copy(Before=None, After=model)
    added = book.api.Worksheets.Add(Before=model)
    added.Visible = 0
    at = {"path": [["Worksheets", None], ["Item", "一"]]}
    arguments = [request["asks"][0][4] for request in host.requests]
    assert arguments == [[None, at], [at], [0]]
    assert host.requests[2]["asks"][0][1] == [["Worksheets", None], ["Item", "新"]]


@pytest.mark.parametrize("member", ["Application", "Calculate", "Parent"])
def test_what_is_no_member_is_not_asked(member: str) -> None:
    host = Recorded()
    book: Any = HostBook(host)
    with pytest.raises(AttributeError):
        getattr(book.api, member)
    with pytest.raises(AttributeError):
        setattr(book.api, member, 1)
    assert host.requests == []


def test_refusals_and_answers_that_are_none() -> None:
    book: Any = HostBook(Recorded([-1, "locked"]))
    with pytest.raises(ExcelRefusalError, match="locked"):
        _ = book.api.Name
    for answer in ({"answers": []}, {"answers": [5]}, {}):
        wrong: Any = HostBook(lambda _, answer=answer: answer)  # type: ignore[misc]
        with pytest.raises(ProtocolError):
            _ = wrong.api.Name


def test_sheets_are_listed_in_two_requests() -> None:
    host = Recorded([0, 2], [0, "一"], [0, "二"])
    listed = sheets(HostBook(host), inside=True)
    assert [sheet.title for sheet in listed] == ["一", "二"]
    assert len(host.requests) == 2
