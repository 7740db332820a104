"""What a stage says of a project's money: the rows of its funds, points for execution, rates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from xlperf.documents.layouts.form_draft import is_empty, is_hint
from xlperf.documents.layouts.funding.derived import (
    PERCENT_BASE,
    claim_number,
    claim_rate,
    keep_number,
    rate_of,
)
from xlperf.documents.layouts.funding.fund_labels import PHASES, TOTALS
from xlperf.documents.layouts.funding.funds import Fund, Funds
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.paths import RecordPath, get
from xlperf.record import BUDGET_PARTS

LATER_PHASES = PHASES[1:]
USUAL_POINTS = Decimal(10)  # that a form prints for budget execution


def keep_funds(funds: Funds, later: Mapping[str, Fund], project: RecordPath) -> None:
    """Put the totals of a stage, and what they are made of, below the project of the stage."""
    draft = funds.form.draft
    for phase, fund in later.items():
        funds.keep((*project, phase), fund)
    lines: dict[str, list[RecordPath]] = defaultdict(list)  # by source
    line_counts: Counter[tuple[str, str]] = Counter()  # how many lines of a source have a phase
    for row in funds.rows:
        if row.phase not in LATER_PHASES or row.role in TOTALS:
            continue
        key = f"{row.phase}_{row.role}"
        if row.role in BUDGET_PARTS and key not in get(draft.record, project):
            funds.keep((*project, key), row)
            continue
        source = "".join(row.label.text.split()).rstrip(":\uff1a")
        alike, at = lines[source], line_counts[source, row.phase]
        if at == len(alike):
            alike.append(draft.add((*project, "funds"), row.label.piece))
            draft.put((*alike[at], "source"), source, row.label.piece)
        funds.keep((*alike[at], row.phase), row)
        line_counts[source, row.phase] += 1


def keep_points(funds: Funds, project: RecordPath, weights: Decimal | None) -> None:
    """Keep the points for execution, and claim the rates and weights that agree with the record.

    `weights`: the sum of those of the indicators; None where not all are known.
    """
    draft = funds.form.draft
    of_label: dict[int, list[Fund]] = defaultdict(list)  # by where the label stands
    for row in funds.rows:
        of_label[row.label.piece.start].append(row)
    in_all = [row for row in funds.rows if row.role in TOTALS]
    for item in funds.beside:
        text = item.cell.text
        if is_empty(text) or is_hint(text):
            draft.furniture(item.cell.piece)
        elif item.key == "reason":
            if item.role in TOTALS:
                draft.keep_lines((*project, "execution_reason"), [item.cell.piece])
        elif item.key == "rate":
            rows = of_label[item.label.piece.start] if item.label else in_all
            claim_rate(draft, item.cell.piece, _rate(rows))
        elif item.role in TOTALS and item.key == "weight":
            claim_number(draft, item.cell.piece, execution_weights(weights))
        elif item.role in TOTALS:
            keep_number(draft, (*project, "execution_score"), item.cell.piece, words=True)


def claim_marks(funds: Funds) -> None:
    """Claim what a form prints beside its funds where nobody has filled anything in."""
    for item in funds.beside:
        if is_empty(item.cell.text):
            funds.form.draft.furniture(item.cell.piece)
        elif item.role in TOTALS and item.key == "weight":
            claim_number(funds.form.draft, item.cell.piece, execution_weights(None))


def execution_weights(weights: Decimal | None) -> Iterable[Decimal | None]:
    """The points that may stand for execution: the usual ones, or what the indicators leave."""
    return (USUAL_POINTS, PERCENT_BASE - weights if weights is not None else None)


def execution_rate(funds: Funds) -> Decimal | None:
    """Budget execution in percent by a form's totals; None where they do not say."""
    totals = {phase: total for phase in PHASES if (total := funds.total(phase))}
    sums = {phase: number for phase, fund in totals.items() if (number := sum_of(fund.amount.text))}
    amounts = {phase: number.number for phase, number in sums.items()}
    return _percent(amounts)


def _percent(amounts: Mapping[str, Decimal]) -> Decimal | None:
    return rate_of(amounts.get("executed"), amounts.get("adjusted", amounts.get("budget")))


def _rate(rows: Iterable[Fund]) -> Decimal | None:
    """The rate that follows from the amounts of a row."""
    amounts: dict[str, Decimal] = {}
    for row in rows:
        if number := sum_of(row.amount.text):
            amounts.setdefault(row.phase, number.number)
    return _percent(amounts)
