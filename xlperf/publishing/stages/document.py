"""The document of a stage: the overview of its projects, then a form for each, a page apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlperf.canonical import canonical
from xlperf.editions import traits_of
from xlperf.publishing.stages import central, hebei
from xlperf.publishing.stages.facts import FormContext, StageProjectFacts, facts_of, unit_of, word
from xlperf.publishing.stages.overview import overview
from xlperf.publishing.tables import PrintedTable
from xlperf.record import Raw, view, words
from xlperf.rules.stages.views import EVALUATION, MONITORING, Stage, stages_of

WIDEST_UPRIGHT = 11  # columns that a page held upright has room for
HEBEI = "hebei"


@dataclass(frozen=True)
class StagePart:
    """What stands on pages of its own: a title, a line under it, one above the table, tables."""

    title: str
    year: str
    above: tuple[str, ...]
    tables: tuple[PrintedTable, ...]


@dataclass(frozen=True)
class StageDocument:
    """The parts in their order; `across`: its pages are wider than high."""

    parts: tuple[StagePart, ...]
    across: bool

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"{self.parts[0].title}{self.parts[0].year}"


def stage_in(record: Raw, kind: str, until: str = "") -> Stage | None:
    """The last stage of a kind in a record, or the one up to a day; None if there is none."""
    stages = stages_of(view(record), kind)
    fits = [stage for stage in stages if not until or _day(stage.until) == _day(until)]
    return max(fits, key=lambda stage: (stage.until, stage.path[1]), default=None)


def _day(text: str) -> object:
    """A day as numbers, however they are parted; any other text as it is."""
    numbers = tuple(map(int, re.findall(r"\d+", text)))
    return numbers if len(numbers) == 3 else text.strip()


def stage_document(record: Raw, kind: str, until: str = "") -> StageDocument:
    """The document of a stage of a record, which has it; LookupError where it has not."""
    record = canonical(record)
    stage = stage_in(record, kind, until)
    if stage is None:
        raise LookupError(kind)
    context = FormContext(view(record), stage, unit_of(record))
    projects = facts_of(context)
    year = words(record, "fiscal_year")
    printed_year = word("year", year=year) if year else ""
    until_line = (word("until", day=stage.until),) if stage.until else ()
    unit = word("unit", unit=context.unit)
    name = context.record.name
    owner = (word("department", name=name),) if name else ()

    def part(title: str, above: tuple[str, ...], tables: list[PrintedTable]) -> StagePart:
        return StagePart(title, printed_year, (*above, *until_line, unit), tuple(tables))

    first = part(word(f"{kind}_list"), owner, [overview(projects, stage)])
    forms = [part(_title(record, kind), (), _form(record, kind, facts)) for facts in projects]
    wide = max((len(table.widths) for item in forms for table in item.tables), default=0)
    return StageDocument((first, *forms), wide > WIDEST_UPRIGHT)


def _is_hebei(record: Raw, kind: str) -> bool:
    return kind == EVALUATION and traits_of(record).evaluation == HEBEI


def _title(record: Raw, kind: str) -> str:
    return word(f"hebei_{kind}" if _is_hebei(record, kind) else kind)


def _form(record: Raw, kind: str, facts: StageProjectFacts) -> list[PrintedTable]:
    if kind == MONITORING:
        return central.monitoring(facts)
    return hebei.evaluation(facts) if _is_hebei(record, kind) else central.evaluation(facts)
