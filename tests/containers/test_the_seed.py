"""The real document in every container it was saved in: the same record from each.

The workbooks hold the forms only; they are compared with the forms of the document.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED, lacks
from tests.office import missing
from xlperf.jobs.inputs.containers import read_container
from xlperf.record import Raw

FOREIGN = SHARED / "foreign"
FORMS = ("seed_forms.xlsx", "seed_onesheet.xlsx", "seed_forms.xls", "seed_forms.ods")
WHOLE = ("seed.docx", "seed.pdf", "seed_tsv.txt", "seed_pipe.txt", "export_html_named.xls")
CONVERTED = ("seed.doc", "seed.odt", "seed.rtf")
AROUND = {"export_html_named.xls": 24}  # characters of the web page around the document

pytestmark = pytest.mark.seed


@cache
def document() -> Raw:
    """The document as its text says it."""
    documents = sorted((SHARED / "seeds").glob("*.txt"))
    if not documents or not FOREIGN.is_dir():
        pytest.skip("the real document (../shared) is not at hand")
    return read_container(documents[0])[0].record


def untitled(record: Raw) -> list[dict[str, Any]]:
    projects: list[dict[str, Any]] = record["projects"]
    return [
        {key: value for key, value in project.items() if key != "title"} for project in projects
    ]


@pytest.mark.parametrize("name", FORMS)
def test_the_forms_are_the_same_from_every_spreadsheet(name: str) -> None:
    expected = document()
    reading, coverage = read_container(FOREIGN / name)
    assert len(reading.record["projects"]) == 11
    assert sum(len(project["indicators"]) for project in reading.record["projects"]) == 99
    assert sum(project["budget"] for project in reading.record["projects"]) == Decimal("7804247.00")
    assert untitled(reading.record) == untitled(expected)
    assert reading.record["units"] == expected["units"]
    assert coverage.leftover == 0


@pytest.mark.parametrize("name", [*WHOLE, *CONVERTED])
def test_the_record_is_the_same_from_every_document(name: str) -> None:
    text_record = document()
    if name in CONVERTED and (reason := missing()):
        lacks(reason)
    reading, coverage = read_container(FOREIGN / name)
    extra_keys = ("leftovers", "inferred")  # the text has no cover: more is inferred
    actual, expected = ({k: v for k, v in one.items() if k not in extra_keys}
                   for one in (reading.record, text_record))  # fmt: skip
    assert actual == expected
    assert coverage.leftover == AROUND.get(name, 0)


def test_the_text_itself_is_read_without_a_rest() -> None:
    document()
    (source,) = sorted((SHARED / "seeds").glob("*.txt"))
    assert isinstance(source, Path)
    assert read_container(source)[1].leftover == 0
