"""Results of formulas put into a sheet's XML as text, where they have none yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from xlperf.layout import Coord
from xlperf.layout.addresses import column
from xlperf.workbook.package.sheet_xml.xml_escapes import result

# A formula without a result, as this package and lxml write it.
_FORMULA_WITHOUT_RESULT = re.compile(
    r'(?P<start><c r="(?P<col>[A-Z]+)(?P<row>[0-9]+)"[^>]*?)>(?P<f><f(?:[^>]*/>|.*?</f>))</c>',
    re.DOTALL,
)


def with_results(xml: str, results: Mapping[Coord, Any]) -> str:
    """A sheet's XML whose formulas, shared ones too, have what they give."""
    return with_results_and_count(xml, results)[0]


def with_results_and_count(xml: str, results: Mapping[Coord, Any]) -> tuple[str, int]:
    """The same, and how many of the results found their formula."""
    count = 0

    def cell(match: re.Match[str]) -> str:
        nonlocal count
        value = results.get((int(match["row"]), column(match["col"])))
        if value is None:
            return match[0]
        count += 1
        kind, value_xml = result(value)
        typed = f' t="{kind}"' if kind else ""
        return f"{match['start']}{typed}>{match['f']}{value_xml}</c>"

    return _FORMULA_WITHOUT_RESULT.sub(cell, xml), count
