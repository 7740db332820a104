"""What a whole form says of a stage of its project, put into the record once the form is read."""

from __future__ import annotations

from xlperf.documents.layouts.form_draft import SELF_EVALUATION
from xlperf.documents.layouts.funding.funds import Fund
from xlperf.documents.layouts.funding.reported_funds import (
    claim_marks,
    execution_rate,
    keep_funds,
    keep_points,
)
from xlperf.documents.layouts.indicator_tables.indicators import Indicators
from xlperf.documents.layouts.indicator_tables.reported_indicators import ReportedRows
from xlperf.documents.layouts.label_values import Labels
from xlperf.documents.layouts.stage_labels import stage_of
from xlperf.paths import get


def keep_stage(labels: Labels, indicators: Indicators, kind: str, later: dict[str, Fund]) -> None:
    """Keep what a form says of a stage of a kind; `later`: the totals of funds by phase."""
    form, funds, closing = labels.form, labels.funds, labels.later.closing
    draft = form.draft
    form.kind = kind
    piece = labels.of_stage([item.piece for item in indicators.reported])
    if piece is None:
        closing.claim_labels()
        claim_marks(funds)
        return
    project = draft.add((*stage_of(form, kind, piece), "projects"), piece)
    keep_funds(funds, later, project)
    if labels.completion:
        draft.keep_lines((*project, "goal_completion"), labels.completion)
    labels.later.keep(project)
    rows = ReportedRows(indicators)
    rows.keep(project)
    weights = rows.weights() if kind == SELF_EVALUATION else None
    keep_points(funds, project, weights)
    closing.settle(project, weights, execution_rate(funds))
    if not form.titles:  # a form that says by its title what it is was handed in blank
        draft.drop_empty(project)
    for key in ("code", "name"):
        entry = get(draft.record, project)
        if (value := form.value(key)) and entry is not None:
            draft.put((*project, key), value, piece)
            break
