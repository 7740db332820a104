"""The macro that answers asks, over LibreOffice's own model of Excel's objects.

Another model than the tests' own (`tests/live`): what VBA asks of it is spelled as somebody else
understands Excel, too. It knows neither Value2 nor styles as Excel does; these are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.addin.test_callbacks import call, with_recorder
from tests.office import Office
from xlperf.addin.xlam import package
from xlperf.addin.xlam.package import Addin
from xlperf.live.com.batch import (
    INTERIOR,
    NAMES_MEMBER,
    USED_RANGE,
    WORKSHEETS,
    Channel,
    ComCall,
    ExcelRefusalError,
    Root,
    cells,
    decode,
    encode,
    item,
)

pytestmark = pytest.mark.office

WORDS, RED, LONG = "xlperf.words", 255.0, "批注\n“一”" * 100
COMMENT = ("Comment", None)


def calls_and_answers() -> Iterator[tuple[ComCall, Any]]:
    """Asks of the add-in's own sheets, each with its answer."""
    book, sheet = (Root(None, title, Channel()) for title in ("", WORDS))
    nowhere = Root(None, "nowhere", Channel())
    yield book.get("Count", WORKSHEETS), 3
    yield book.get("Name", WORKSHEETS, item(3)), "xlperf.text"
    yield sheet.get("Name"), WORDS
    yield sheet.get("Visible"), 0
    yield sheet.get("Address", USED_RANGE), "$A$1:$C$80"
    yield sheet.get("Address", cells("A1:B2,D4")), "$A$1:$B$2,$D$4"
    yield sheet.get("Formula", cells("A1:B1")), (("about.label", "关于"),)
    yield sheet.get("Formula", cells("Y1:Z2")), ((None, None), (None, None))
    yield sheet.get("Formula", cells("A1")), "about.label"
    yield sheet.get("NumberFormat", cells("A1:B2")), "General"
    yield sheet.get("MergeCells", cells("A1:B2")), False
    yield sheet.get("Address", cells("B2"), ("MergeArea", None)), "$B$2"
    yield sheet.get("ColorIndex", cells("Z9"), INTERIOR), -4142
    yield sheet.put("Color", RED, cells("Z9"), INTERIOR), None
    yield sheet.get("Color", cells("Z9"), INTERIOR), RED
    yield sheet.put("ColorIndex", -4142, cells("Z9"), INTERIOR), None
    yield sheet.get("ColorIndex", cells("Z9"), INTERIOR), -4142
    yield sheet.call("Merge", cells("Y5:Z5")), None
    yield sheet.get("Address", cells("Z5"), ("MergeArea", None)), "$Y$5:$Z$5"
    yield sheet.put("ColumnWidth", 9.0, cells("Y:Z")), None
    yield sheet.call("Text", cells("Z9"), COMMENT), ExcelRefusalError
    yield sheet.call("AddComment", cells("Z9"), arguments=(LONG,)), None
    yield sheet.get("Count", ("Comments", None)), 1
    yield sheet.call("Text", cells("Z9"), COMMENT), LONG
    yield sheet.call("ClearComments", cells("Z9")), None
    yield sheet.get("Count", ("Comments", None)), 0
    yield sheet.get("Count", NAMES_MEMBER), 0
    yield sheet.get("Address", cells("XPF_nothing")), ExcelRefusalError
    yield sheet.get("Value2", cells("A1")), ExcelRefusalError
    yield nowhere.get("Name"), ExcelRefusalError


def test_libreoffices_own_objects_answer_as_expected(
    office: Office, addin: Addin, tmp_path: Path
) -> None:
    path = tmp_path / "xlperf.xlam"
    path.write_bytes(package.write(with_recorder(addin)))
    asks = list(calls_and_answers())
    tape = encode(ask for ask, _ in asks)
    reply, none, lost, cut = call(
        office,
        path,
        [
            ("XlperfAsking.XlperfAsk", path.name, tape),
            ("XlperfAsking.XlperfAsk", "no such book.xlsx", tape),
            ("XlperfAsking.XlperfAsk", path.name, tape[:-1]),
            (
                "XlperfAsking.XlperfAsk",
                path.name,
                [value[:9] if value == LONG else value for value in tape],
            ),
        ],
    )
    assert not any((none, lost, cut))
    answers = decode(reply, len(asks))
    plain = [
        ExcelRefusalError if isinstance(answer, ExcelRefusalError) else answer for answer in answers
    ]
    assert [None if answer == "" else answer for answer in plain] == [answer for _, answer in asks]
