"""The central forms: self-evaluation in 11 columns, monitoring in 17."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlperf.publishing.stages.facts import (
    FundsLine,
    IndicatorFacts,
    StageProjectFacts,
    percent,
    points_text,
    word,
)
from xlperf.publishing.stages.grid import TableBuilder, heights, label, level, value
from xlperf.publishing.tables import PrintedCell, PrintedTable
from xlperf.record import amount

EVALUATION = (8, 11, 12, 20, 16, 16, 8, 9, 8, 13, 10)  # widths in proportion
MONITORING_WIDTHS = (6, 10, 10, 18, 12, 12, 12, 5, 5, 5, 5, 5, 18, 5, 5, 5, 8)
CAUSES = ("funding", "rules", "staff", "hardware", "other")
CHANCES = ("certain", "possible", "impossible")


def evaluation(facts: StageProjectFacts) -> list[PrintedTable]:
    """The tables of a project's self-evaluation: what is known of it, then its indicators."""
    head = TableBuilder(EVALUATION)
    identity(head, facts, (3, 3, 2, 3))
    lines = list(facts.lines(word("fiscal"), word("other")))
    head.add(
        label(word("funds", unit=facts.context.unit), 2, len(lines) + 1),
        label("", 2),
        *(label(word(key), wide) for key, wide in (("budget", 1), ("adjusted", 1))),
        label(word("executed"), 2),
        *(label(word(key)) for key in ("points", "rate", "score")),
    )
    for at, line in enumerate(lines):
        head.add(label(line.label, 2), *_spent(facts, line), *_points(facts, line, at == 0))
    head.add(label(word("goal"), 1, 2), label(word("goals"), 4), label(word("goal_completion"), 6))
    head.add(value(facts.goals, 4), value(points_text(facts.raw.get("goal_completion")), 6))
    body = TableBuilder(EVALUATION)
    rows = facts.rows()
    remark = any(row.text("remark") for row in rows)
    titles = [word(key) for key in ("level1", "level2", "level3", "target", "completed")]
    body.add(
        label(""),
        *map(label, (*titles, word("points"), word("score"))),
        label(word("reason_and_measures"), 2 if remark else 3),
        *([label(word("remark"))] if remark else []),
    )
    for row, levels in zip(rows, level_cells(rows, word("indicators")), strict=True):
        body.add(
            *levels,
            value(row.names[2]),
            *(value(text, look="center") for text in (row.target, row.text("completed"))),
            *(value(row.text(key), look="center") for key in ("weight", "score")),
            value(row.text("reason"), 2 if remark else 3),
            *([value(row.text("remark"))] if remark else []),
        )
    close(body, facts, before=6, after=3)
    return [head.table(), body.table(headers=1)]


def monitoring(facts: StageProjectFacts) -> list[PrintedTable]:
    """The tables of a project's monitoring."""
    month = facts.context.stage.month
    head = TableBuilder(MONITORING_WIDTHS)
    identity(head, facts, (2, 5, 5, 5))
    lines = list(facts.lines(word("fiscal"), word("other")))
    adjusted = any("adjusted" in line.amounts for line in lines)
    titles = [("budget", 2 - adjusted), *([("adjusted", 1)] if adjusted else [])]
    head.add(
        label(word("funds", unit=facts.context.unit), 2, len(lines) + 1),
        label("", 2),
        *(label(word(key), wide) for key, wide in titles),
        label(of_months("executed", month), 4),
        label(of_months("rate", month), 3),
        label(word("expected"), 4),
    )
    for line in lines:
        head.add(label(line.label, 2), *_monitored(facts, line, adjusted))
    head.add(label(word("goal"), 2), value(facts.goals, 15))
    return [head.table(), _monitored_rows(facts, month)]


def _monitored_rows(facts: StageProjectFacts, month: int) -> PrintedTable:
    rows = facts.rows()
    body = TableBuilder(MONITORING_WIDTHS)
    above = [word(key) for key in ("level1", "level2", "level3", "target")]
    above += [of_months("completed", month), word("expected_value")]
    body.add(
        label("", 1, 2),
        *(label(text, 1, 2) for text in above),
        label(word("causes"), 6),
        label(word("possibility"), 3),
        label(word("remark"), 1, 2),
    )
    causes = [word("another" if key == "other" else key) for key in CAUSES]
    body.add(*map(label, (*causes, word("reason"), *map(word, CHANCES))))
    for row, levels in zip(rows, level_cells(rows, word("indicators")), strict=True):
        body.add(
            *levels,
            value(row.names[2]),
            *(value(text, look="center") for text in (row.target, *_results(row))),
            *(_tick(key in row.raw.get("causes", ())) for key in CAUSES),
            value(row.text("reason")),
            *(_tick(row.raw.get("possibility") == key) for key in CHANCES),
            value(row.text("remark")),
        )
    texts(body, facts)
    return body.table(headers=2)


def of_months(key: str, month: int) -> str:
    """A title that says of which months it is; without them where they are not known."""
    if month:
        return word(f"{key}_of", month=month)
    return word("rate" if key == "rate" else f"{key}_now")


def _results(row: IndicatorFacts) -> Iterator[str]:
    yield row.text("completed")
    yield row.text("expected")


def _tick(is_so: bool) -> PrintedCell:
    return value(word("tick") if is_so else "", look="center")


def identity(rows: TableBuilder, facts: StageProjectFacts, wide: tuple[int, int, int, int]) -> None:
    """The project's name and code, who is in charge, who carries it out."""
    first, second, third, last = wide
    code = facts.view.code
    if code:
        rows.add(
            label(word("name"), first),
            value(facts.name, second, look="center"),
            label(word("code"), third),
            value(code, last, look="center"),
        )
    else:
        rows.add(
            label(word("name"), first), value(facts.name, second + third + last, look="center")
        )
    rows.add(
        label(word("managing"), first),
        value(facts.managing, second, look="center"),
        label(word("implementing"), third),
        value(facts.implementing, last, look="center"),
    )


def _spent(facts: StageProjectFacts, line: FundsLine) -> Iterator[PrintedCell]:
    for key, wide in (("budget", 1), ("adjusted", 1), ("executed", 2)):
        yield value(facts.context.money(line.amounts.get(key)), wide, look="money")


def _points(facts: StageProjectFacts, line: FundsLine, is_total: bool) -> Iterator[PrintedCell]:
    """The points for execution, the rate and the score, which only the total has."""
    rate = rate_of(line)
    texts = (word("none"), rate, word("none"))
    if is_total:
        texts = (points_text(facts.points), rate, points_text(facts.raw.get("execution_score")))
    yield from (value(text, look="center") for text in texts)


def _monitored(facts: StageProjectFacts, line: FundsLine, adjusted: bool) -> Iterator[PrintedCell]:
    money = facts.context.money
    yield value(money(line.amounts.get("budget")), 2 - adjusted, look="money")
    if adjusted:
        yield value(money(line.amounts.get("adjusted")), look="money")
    yield value(money(line.amounts.get("executed")), 4, look="money")
    yield value(rate_of(line), 3, look="center")
    yield value(money(line.amounts.get("expected")), 4, look="money")


def rate_of(line: FundsLine) -> str:
    """The rate of a row of funds, blank where it is not known."""
    budget = line.amounts.get("adjusted", line.amounts.get("budget"))
    return percent(amount(line.amounts.get("executed")), amount(budget))


def level_cells(rows: Sequence[IndicatorFacts], group: str) -> list[list[PrintedCell]]:
    """The cells of the first and second levels; equal ones of neighbours are one cell.

    The first row has the label of all of them in front.
    """
    first = heights([row.names[:1] for row in rows])
    second = heights([row.names[:2] for row in rows])
    result = [
        [
            level(text, high)
            for text, high in zip(row.names, (first_height, two), strict=False)
            if high
        ]
        for row, first_height, two in zip(rows, first, second, strict=True)
    ]
    if result:
        result[0].insert(0, label(group, 1, len(rows)))
    return result


def close(rows: TableBuilder, facts: StageProjectFacts, before: int, after: int) -> None:
    """The total of points, the grade and further texts; `before`, `after`: columns beside it."""
    weights = facts.weights
    whole = weights + facts.points if weights is not None and weights < 100 else weights
    rows.add(
        label(word("total"), before),
        value(points_text(whole), look="center"),
        value(points_text(facts.raw.get("total")), look="center"),
        *([value("", after)] if after else []),
    )
    if grade := points_text(facts.raw.get("grade")):
        rows.add(label(word("grade"), 3), value(grade, before + after - 1, look="center"))
    texts(rows, facts)


def texts(rows: TableBuilder, facts: StageProjectFacts) -> None:
    """Further texts of the stage, each in a row with its label."""
    for name, text in facts.texts():
        rows.add(label(name, 3), value(text, len(rows.widths) - 3))
