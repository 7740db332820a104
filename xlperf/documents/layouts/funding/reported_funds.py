"""What a stage says of a project's money: the rows of its funds, points for execution, rates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from xlperf.documents.layouts.form_draft import is_empty, is_hint
from xlperf.documents.layouts.funding.derived import (
    HUNDRED,
    claim_number,
    claim_rate,
    keep_number,
    rate_of,
)
from xlperf.documents.layouts.funding.fund_labels import PHASES, TOTALS
from xlperf.documents.layouts.funding.funds import Beside, Fund, Funds
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.paths import Path, get

LATER = PHASES[1:]
PARTS = ("fiscal", "other")  # of the money, which have fields of their own
USUAL_POINTS = Decimal(10)  # that a form prints for budget execution


def keep_funds(funds: Funds, later: Mapping[str, Fund], project: Path) -> None:
    """Put the totals of a stage, and what they are made of, below the project of the stage."""
    draft = funds.form.draft
    for phase, fund in later.items():
        funds.keep((*project, phase), fund)
    lines: list[tuple[str, Path]] = []
    for row in funds.rows:
        if row.phase not in LATER or row.role in TOTALS:
            continue
        own = f"{row.phase}_{row.role}"
        if row.role in PARTS and own not in get(draft.record, project):
            funds.keep((*project, own), row)
            continue
        source = "".join(row.label.text.split()).rstrip(":\uff1a")
        free = (path for name, path in lines if name == source)
        line = next((path for path in free if row.phase not in get(draft.record, path)), None)
        if line is None:
            line = draft.add((*project, "funds"), row.label.piece)
            draft.put((*line, "source"), source, row.label.piece)
            lines.append((source, line))
        funds.keep((*line, row.phase), row)


def keep_points(funds: Funds, project: Path, weights: Decimal | None) -> None:
    """Keep the points for execution, and claim the rates and weights that agree with the record.

    `weights`: the sum of those of the indicators; None where not all are known.
    """
    draft = funds.form.draft
    for item in funds.beside:
        text = item.cell.text
        if is_empty(text) or is_hint(text):
            draft.furniture(item.cell.piece)
        elif item.key == "reason":
            if item.role in TOTALS:
                draft.keep_lines((*project, "execution_reason"), [item.cell.piece])
        elif item.key == "rate":
            claim_rate(draft, item.cell.piece, _rate(funds, item, project))
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
    return (USUAL_POINTS, HUNDRED - weights if weights is not None else None)


def execution_rate(funds: Funds) -> Decimal | None:
    """Budget execution in percent by a form's totals; None where they do not say."""
    totals = {phase: total for phase in PHASES if (total := funds.total(phase))}
    sums = {phase: number for phase, fund in totals.items() if (number := sum_of(fund.amount.text))}
    amounts = {phase: number.number for phase, number in sums.items()}
    return _percent(amounts)


def _percent(amounts: Mapping[str, Decimal]) -> Decimal | None:
    return rate_of(amounts.get("executed"), amounts.get("adjusted", amounts.get("budget")))


def _rate(funds: Funds, item: Beside, project: Path) -> Decimal | None:
    """The rate that follows from the amounts of a row."""
    amounts: dict[str, Decimal] = {}
    for row in funds.rows:
        same_row = item.label is None or row.label is item.label
        in_all = item.label is not None or row.role in TOTALS
        number = sum_of(row.amount.text) if same_row and in_all else None
        if number:
            amounts.setdefault(row.phase, number.number)
    return _percent(amounts)
