"""What is typed counts once, the same everywhere, in whatever way it is stored.

The first project has 6,400.00 yuan, a quarter of it planned by March; the three projects together
564,880.00 and 141,220.00. Each way of storing its budget or its share for March is tried in one
workbook: what the sheet adds up and says, what is read, validated and rolled up must agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.office import Office
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import open_any
from xlperf.record import view
from xlperf.rollup.lines import UnsummableAmountError, lines_of
from xlperf.rules import catalogue
from xlperf.rules.core import ERROR, run

pytestmark = pytest.mark.office

FIRST = "01 专项补助（人防）"
BUDGET, MARCH = "C4", "B7"
OTHERS, OTHERS_MARCH = Decimal("558480.00"), Decimal("139620.00")
SOUND, DOUBT, FAULTY, BLANK = "正常", "需复核", "有误", "未填全"


@dataclass(frozen=True)
class Way:
    """A way of storing a value: how it gets into the cell, and what it must count as."""

    name: str
    cell: str
    do: str  # text, number, type: as a person types it
    value: object
    counts: Decimal | None  # yuan, or percent; None where it is nothing that can be added
    status: str
    code: str = ""  # a rule that must speak about the cell


def amount(  # noqa: PLR0917
    name: str, do: str, value: object, counts: object, status: str, code: str = ""
) -> Way:
    counted_value = None if counts is None else Decimal(str(counts))
    return Way(name, BUDGET, do, value, counted_value, status, code)


def share(  # noqa: PLR0917
    name: str, do: str, value: object, counts: object, status: str, code: str = ""
) -> Way:
    counted_value = None if counts is None else Decimal(str(counts))
    return Way(name, MARCH, do, value, counted_value, status, code)


WAYS = (
    # before anything that is typed changes the cell's number format
    share("2500 %", "number", 25, None, FAULTY, "PLN301"),
    amount("a number", "number", 6400, 6400, SOUND),
    amount("text", "text", "6400.00", 6400, DOUBT, "AMT211"),
    amount("separators and blanks", "text", " 6,400.00 ", 6400, DOUBT, "AMT211"),
    amount("full-width", "text", "６，４００．００", 6400, DOUBT, "AMT211"),
    amount("a plus sign", "text", "+6400", 6400, DOUBT, "AMT211"),
    amount("grouped by a blank", "text", "6 400", 6400, DOUBT, "AMT211"),
    amount("a blank that does not break", "text", "6400\u00a0", 6400, DOUBT, "AMT211"),
    amount("a sign without width", "text", "6400\u200b", 6400, DOUBT, "AMT211"),
    amount("grouped wrongly", "text", "64,00", None, FAULTY, "AMT201"),
    amount("with its unit", "text", "6400元", None, FAULTY, "AMT201"),
    amount("a sum as text", "text", "6000+400", None, FAULTY, "AMT201"),
    amount("in words", "text", "陆仟肆佰元整", None, FAULTY, "AMT201"),
    amount("an error", "type", "=1/0", None, FAULTY, "AMT201"),
    amount("one blank", "text", " ", None, BLANK, "STR006"),
    amount("nothing", "text", "", None, BLANK, "STR006"),
    share("a fraction shown as percent", "number", 0.25, 25, SOUND),
    share("typed with its sign", "type", "25%", 25, SOUND),
    share("text", "text", "25%", 25, DOUBT, "AMT211"),
    share("full-width text", "text", "２５％", 25, DOUBT, "AMT211"),
    share("text without a sign", "text", "25", 25, DOUBT, "AMT211"),
    share("in words", "text", "四分之一", None, FAULTY, "PLN301"),
    share("one blank", "text", " ", None, BLANK, "PLN304"),
)


def test_every_engine_reads_each_way_of_storing_a_value_alike(
    office: Office, small_master: Path, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.xlsx" for number, _ in enumerate(WAYS)]
    steps: list[dict] = [{"do": "open", "path": str(small_master)}]
    questions = [
        {"do": "named", "name": "XP_BUDGET"},
        {"do": "named", "name": "XP_PLAN_03"},
        {"do": "value", "sheet": FIRST, "cell": "J2"},
    ]
    for way, file in zip(WAYS, files, strict=True):
        steps += [
            {"do": way.do, "sheet": FIRST, "cell": way.cell, "value": way.value},
            *questions,
            {"do": "save", "path": str(file)},
            {"do": "number", "sheet": FIRST, "cell": BUDGET, "value": 6400},
            {"do": "number", "sheet": FIRST, "cell": MARCH, "value": 0.25},
        ]
    results = office.do([*steps, {"do": "close"}], seconds=300)[1:-1]
    of_each = len(questions) + 4
    wrong = {}
    for number, (way, file) in enumerate(zip(WAYS, files, strict=True)):
        shown = results[number * of_each + 1 :][: len(questions)]
        if amiss := list(disagreements(way, file, shown)):
            wrong[f"{way.cell} {way.name}"] = amiss
    assert wrong == {}


def disagreements(way: Way, file: Path, shown: list) -> list[str]:
    """What the sheet, the reader, the rules or the roll-up say that is not as worked out."""
    budget, march, status = shown
    is_amount, counts = way.cell == BUDGET, way.counts
    in_yuan = (counts or Decimal(0)) if is_amount else Decimal(6400)
    planned = in_yuan * (Decimal(25) if is_amount else counts or Decimal(0)) / 100
    checks = [
        (Decimal(str(budget)) == OTHERS + in_yuan, f"sheet's total {budget}"),
        (Decimal(str(march)) == OTHERS_MARCH + planned, f"sheet's plan {march}"),
        (status.endswith(way.status), f"sheet's status {status}"),
    ]
    reading = open_any(file)
    project = view(reading.record).projects[0]
    read = project.budget if is_amount else project.plan["03"]
    codes = {f.code for f in run(reading, catalogue().values())
            if f.path[:1] == ("projects",) and f.place and f.place.sheet == FIRST}  # fmt: skip
    checks.append((counts is None or read == counts, f"read as {read}"))
    checks.append((not way.code or way.code in codes, f"validate says {sorted(codes)}"))
    checks.append((way.status != SOUND or not _errors(reading), "validate finds an error"))
    try:
        line = lines_of(reading)[0]
        added = line.budget if is_amount else line.planned["03"]
        checks.append((counts is not None, f"rolled up as {added}"))
        checks.append((added == (in_yuan if is_amount else planned), f"rolled up as {added}"))
    except (UnsummableAmountError, UserError) as error:
        checks.append((counts is None, f"not rolled up: {error}"))
    return [words for holds, words in checks if not holds]


def _errors(reading: object) -> bool:
    findings = run(reading, catalogue().values())  # type: ignore[arg-type]
    return any(f.severity == ERROR and f.path[:2] == ("projects", 0) for f in findings)
