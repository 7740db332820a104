"""What is to be written into each workbook, as JSON: for programs that mark workbooks themselves.

`{"plans": [{"file", "tally", "marks", "entries"}]}`: a mark has sheet, cell, severity, colour
(RRGGBB), note and explained; an entry is a line of the list of findings, by the list's own keys.
"""

from __future__ import annotations

from typing import Any

from xlperf.canonical import dumps
from xlperf.plan import Plan, colour, list_rows, plan
from xlperf.reports.formats import Content


def report(content: Content) -> str:
    """The plans of the files that were validated, in order."""
    plans = []
    for reading in content.readings:
        file_findings = [finding for finding in content.findings if finding.file == reading.source]
        plans.append({"file": reading.source, **as_data(plan(file_findings, reading.record))})
    return dumps({"plans": plans})


def as_data(draft: Plan) -> dict[str, Any]:
    """A plan as JSON has it."""
    marks = [
        {
            "sheet": mark.sheet,
            "cell": mark.cell,
            "severity": str(mark.severity),
            "colour": colour(mark)[-6:],
            "note": mark.note,
            "explained": mark.explained,
        }
        for mark in draft.marks
    ]
    return {"tally": draft.tally, "marks": marks, "entries": list_rows(draft)["findings"]}
