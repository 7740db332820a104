"""Every kind of field in every way of storing it: sheet, file, rules and roll-up say the same.

See `ways` for the table; amounts and shares as such are in `test_ways_of_storing`.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.masters import put_master
from tests.office import Office
from tests.workbook.test_native import Places, _areas, _sheets
from tests.workbook.ways import FIELDS, YEARS, Way, put
from xlperf.canonical import canonical
from xlperf.formulas.sheet_checks import TOKEN
from xlperf.paths import RecordPath, get
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rollup.lines import lines_of
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.workbook.read import read_workbook

pytestmark = pytest.mark.office
# 6,400 alone, or + 318,480 + 240,000 + 300,000 + 450,000 + 4,000 + 2,100,000 + 4,000; a quarter
SUMS = {1: ("6400.00", "1600.00"), 8: ("3422880.00", "855720.00")}  # budget, by March


@pytest.mark.parametrize(("projects", "batches"), [(8, [FIELDS]), (1, YEARS)])
def test_every_engine_reads_each_way_of_storing_a_field_alike(
    projects: int, batches: list[list[Way]], office: Office, sample: Raw, tmp_path: Path
) -> None:
    short = {"projects": sample["projects"][:projects], "activities": sample["activities"][:2]}
    record = canonical({**sample, **short})
    master = tmp_path / "master.xlsx"
    put_master(record, master)
    areas, at = _areas(record, _sheets(record))
    steps: list[dict] = []
    for number, ways in enumerate(batches):
        made = tmp_path / f"{number}.xlsx"
        put(master, made, ways)
        steps += [
            {"do": "open", "path": str(made)},
            {"do": "mutate", "tries": [[]], "areas": areas},
            {"do": "named", "name": "XP_BUDGET"},
            {"do": "named", "name": "XP_PLAN_03"},
            {"do": "save", "path": str(made.with_suffix(".saved.xlsx"))},
            {"do": "close"},
        ]
    results = office.do(steps, seconds=600)
    wrong: dict[str, list[str]] = {}
    for number, ways in enumerate(batches):
        _, (cells,), budget, march, _, _ = results[6 * number : 6 * number + 6]
        reading = read_workbook(tmp_path / f"{number}.saved.xlsx")
        plain = read_workbook(tmp_path / f"{number}.xlsx")
        tokens = tokens_of(cells, at)
        lines = lines_of(reading)
        sums = sum(line.budget for line in lines), sum(line.planned["03"] for line in lines)
        assert (Decimal(str(budget)), Decimal(str(march))) == sums
        assert sums == tuple(map(Decimal, SUMS[projects]))
        findings = run(reading, catalogue().values())
        for way in ways:
            codes = {finding.code for finding in findings if finding.path == way.path}
            if amiss := list(disagreements(way, reading, plain, tokens, codes)):
                wrong[way.name] = amiss
    assert wrong == {}


def tokens_of(cells: list, at: Places) -> set[tuple[str, RecordPath]]:
    """What the checks of the sheets say: codes and paths."""
    tokens = set()
    for area, row, col, text in cells:
        if (area, row, col) in at:
            path, key = at[area, row, col]
            steps = (*path, *(step for step in key.split("/") if step))
            tokens |= {(text[n + 1 : n + 7], steps) for n in range(0, len(text), TOKEN)}
    return tokens


def disagreements(
    way: Way,
    reading: Reading,
    plain: Reading,
    tokens: set[tuple[str, RecordPath]],
    codes: set[str],
) -> list[str]:
    """What the sheet, the reader or the rules (`codes`) say that is not as worked out."""
    shown = {code for code, path in tokens if path == way.path}
    checks = [
        (get(reading.record, way.path) == way.reads, f"read as {get(reading.record, way.path)!r}")
    ]
    is_formula = isinstance(way.value, str) and way.value.startswith("=") and not way.is_text
    if not is_formula:  # a file that was never calculated has no result
        read = get(plain.record, way.path)
        checks.append((read == way.reads, f"read without LibreOffice as {read!r}"))
    checks.append((shown == way.shown, f"the sheet says {sorted(shown)}"))
    mine = {code for code in codes if code in OF_STORING}
    checks.append((mine == way.codes, f"the rules say {sorted(mine)}"))
    return [words for holds, words in checks if not holds]


# the rules that speak about how a field is stored, or that it says nothing that can be read
OF_STORING = frozenset(
    (
        *("STR001", "STR004", "STR006", "STR011", "STR024", "STR026", "STR028"),
        *("COD101", "COD102", "COD111", "AMT201", "AMT211", "VAL414", "VAL416"),
    )
)
