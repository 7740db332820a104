"""Hebei's form of self-evaluation (2020): operator and unit of a target in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlperf.publishing.stages.central import close, level_cells
from xlperf.publishing.stages.facts import (
    FundsLine,
    IndicatorFacts,
    StageProjectFacts,
    percent,
    points_text,
    word,
)
from xlperf.publishing.stages.grid import TableBuilder, label, value
from xlperf.publishing.tables import PrintedCell, PrintedTable
from xlperf.record import amount, round_cent, share

FORM_WIDTHS = (9, 12, 12, 19, 21, 6, 10, 12, 14, 10, 9, 9, 9)
EXTRA = 16  # width of a column that the form does not have
FURTHER_COLUMNS = ("reason_and_measures", "remark")  # such columns, where something stands in them
RECORD_KEYS = {"reason_and_measures": "reason", "remark": "remark"}
TARGET_PATTERN = re.compile(
    r"(?P<operator>[\u2265\u2264=<>\uff1e\uff1c\uff1d]?)(?P<value>\d[\d.,]*)(?P<unit>[^\d]*)"
)


def evaluation(facts: StageProjectFacts) -> list[PrintedTable]:
    """The tables of a project's self-evaluation."""
    rows = facts.rows()
    extra = [key for key in FURTHER_COLUMNS if any(row.text(RECORD_KEYS[key]) for row in rows)]
    widths = (*FORM_WIDTHS, *(EXTRA for _ in extra))
    head = TableBuilder(widths)
    _basics(head, facts, len(extra))
    _execution(head, facts, len(extra))
    _completion(head, facts, len(extra))
    return [head.table(), _indicators(widths, facts, rows, extra)]


def _basics(head: TableBuilder, facts: StageProjectFacts, more: int) -> None:
    rest = 5 + more
    money = (label(word("money_unit")), value(facts.context.unit, rest, look="center"))
    special = (label(word("is_special")), value("", rest))
    code = facts.view.code
    head.add(
        label(word("basics"), 1, 3 if code else 2),
        label(word("name")),
        value(facts.name, 5),
        *special,
    )
    if code:
        head.add(label(word("code")), value(code, 11 + more, look="center"))
    head.add(label(word("implementing_of_hebei")), value(facts.implementing, 5), *money)


def _execution(head: TableBuilder, facts: StageProjectFacts, more: int) -> None:
    """Three columns of labels with their amounts; the rate beside all of them."""
    lines = list(facts.lines(word("fiscal_of_hebei"), word("other_of_hebei")))
    adjusted = any("adjusted" in line.amounts for line in lines)
    head.add(
        label(word("execution"), 1, len(lines) + 1),
        label(word("arranged" if adjusted else "arranged_before"), 3),
        label(word("arrived"), 3),
        label(word("spent"), 3),
        label(word("progress"), 3 + more),
    )
    for at, line in enumerate(lines):
        names = [line.label] * 3
        if at == 0:
            names = [word(key) for key in ("amount", "received", "amount_executed")]
        cells = list(_amounts(facts, line, names, adjusted))
        rate = [value(_rate(line, adjusted), 3 + more, len(lines), look="center")]
        head.add(*cells, *(rate if at == 0 else []))


def _rate(total: FundsLine, adjusted: bool) -> str:
    """The rate that follows from the amounts that are printed, without its sign."""
    budget = total.amounts.get("adjusted" if adjusted else "budget")
    return percent(amount(total.amounts.get("executed")), amount(budget)).removesuffix("%")


def _amounts(
    facts: StageProjectFacts, line: FundsLine, names: Sequence[str], adjusted: bool
) -> Iterator[PrintedCell]:
    keys = ("adjusted" if adjusted else "budget", "received", "executed")
    for name, key in zip(names, keys, strict=True):
        yield label(name)
        yield value(facts.context.money(line.amounts.get(key)), 2, look="money")


def _completion(head: TableBuilder, facts: StageProjectFacts, more: int) -> None:
    head.add(
        label(word("completion"), 1, 2),
        label(word("goals_of_year"), 5),
        label(word("completion_of_goals"), 4),
        label(word("completion_rate"), 3 + more),
    )
    head.add(
        value(facts.goals, 5),
        value(points_text(facts.raw.get("goal_completion")), 4),
        value(points_text(facts.raw.get("completion_rate")), 3 + more, look="center"),
    )


def _indicators(
    widths: tuple[int, ...],
    facts: StageProjectFacts,
    rows: Sequence[IndicatorFacts],
    extra: Sequence[str],
) -> PrintedTable:
    body = TableBuilder(widths)
    body.add(
        label("", 1, 2),
        *(label(word(key), 1, 2) for key in ("level1", "level2", "level3", "description")),
        label(word("expected_target"), 3),
        *(label(word(key), 1, 2) for key in ("single_completed", "state")),
        label(word("self_score"), 3),
        *(label(word(key), 1, 2) for key in extra),
    )
    below = ("operator", "value", "measure", "single", "weight", "converted")
    body.add(*(label(word(key)) for key in below))
    for row, levels in zip(rows, level_cells(rows, word("completion_of_indicators")), strict=True):
        description = row.goal.description if row.goal else ""
        texts = [*parted(row), row.text("completed"), row.text("state"), single_score(row)]
        texts += [row.text("weight"), row.text("score")]
        body.add(
            *levels,
            value(row.names[2]),
            value(description),
            *(value(text, look="center") for text in texts),
            *(value(row.text(RECORD_KEYS[key])) for key in extra),
        )
    execution = points_text(facts.raw.get("execution_score"))
    body.add(label(word("execution_rate"), 12), value(execution, look="center"), *_blank(extra))
    close(body, facts, before=11, after=len(extra))
    return body.table(headers=2)


def _blank(extra: Sequence[str]) -> list[PrintedCell]:
    return [value("", len(extra))] if extra else []


def parted(row: IndicatorFacts) -> tuple[str, str, str]:
    """A target in the form's three columns; one that is no number stands in the second."""
    if row.goal is None:
        return ("", "", "")
    parts = (row.goal.text("operator"), row.goal.target, row.goal.text("unit"))
    if parts[0] or parts[2]:
        return parts
    match = TARGET_PATTERN.fullmatch(row.goal.target)
    return (match["operator"], match["value"], match["unit"]) if match else parts


def single_score(row: IndicatorFacts) -> str:
    """The score out of a hundred, which its weight makes the score that counts."""
    score, weight = share(row.raw.get("score")), share(row.raw.get("weight"))
    if score is None or not weight:
        return ""
    return points_text(round_cent(score / weight * 100))
