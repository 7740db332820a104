"""What a cell can check of `structure`: whether all the parts are there, as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlperf.fields import keys_of, table
from xlperf.record import PLAN_MONTHS, Project, text_or_blank
from xlperf.rules.formulas.native import (
    absent,
    both,
    by_cell,
    either,
    in_list,
    made_of,
    no,
    not_blank,
)
from xlperf.rules.formulas.steps import NUMBERING
from xlperf.rules.text.levels import OUTPUTS

NONE_LISTED = "SUMPRODUCT(--{it/taken})=0"
HAS_INDICATORS = "SUMPRODUCT(--{indicators/taken})>0"
STANDS_RIGHT = in_list('{level2.kind}&" under "&{level1.kind}', "belongs")
BLANK_TESTS = {  # fields whose blank is told otherwise than by the text of their cell
    "unit": '{unit.code}=""',
    "indicators": NONE_LISTED,
    "code": absent("{code.folded}"),
    "name": absent("{name.compact}"),
    "goals": made_of("{goals.compact}", "signs_of_numbering"),
    "budget": absent("{budget.text}"),
    "spending_plan": f"{{spending_plan/{PLAN_MONTHS[-1]}.nothing}}",
    "fiscal": both(absent("{fiscal.text}"), absent("{other.text}")),
}
OPTIONAL_FIELDS = ("units", "funds", "unit_name", "title", "other")  # that nothing asks for
REQUIRED_TEXTS = not_blank(
    " ".join(key for key in keys_of("projects") if key not in (*BLANK_TESTS, *OPTIONAL_FIELDS)),
    required=True,
) + tuple(
    native
    for key, when in BLANK_TESTS.items()
    for native in by_cell(key, when, blank=True, required=True)
)
OF_INDICATORS = tuple(
    key for key in keys_of("projects/indicators") if table()[f"projects/indicators/{key}"].asks
)  # the columns of a form


def none_at_first(kind: str) -> str:
    """Formula: no indicator of the project is of this kind by its first level."""
    return f'SUMPRODUCT(--({{indicators/level1.implied}}="{kind}"))=0'


def none_at_second(kind: str) -> str:
    """Formula: no indicator of the project is of this kind by its second level."""
    return f'SUMPRODUCT(--({{indicators/level2.kind}}="{kind}"))=0'


OUTPUT_MISSING = both(
    no(none_at_first("output")),
    either(
        *(none_at_second(kind) for kind in OUTPUTS if kind != "cost"),
        both(none_at_second("cost"), none_at_first("cost")),
    ),
)


def blank_fields(project: Project, required: Iterable[str]) -> Iterator[str]:
    """The required fields of a project that are blank; of two sources of funds one is enough."""
    for key in required:
        value = project.raw.get(key)
        if key == "fiscal":
            blank = all(project.raw.get(source) in (None, "") for source in ("fiscal", "other"))
        elif key == "goals":
            blank = not any(goal.strip(NUMBERING) for goal in project.goals)
        elif key in ("budget", "spending_plan"):
            blank = value in (None, "", {})
        else:
            blank = not value if isinstance(value, list) else not text_or_blank(project.raw, key)
        if blank:
            yield key
