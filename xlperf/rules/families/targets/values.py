"""Whether a target says something that can be reached and measured, and says it plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlperf.paths import get
from xlperf.record import Department, Indicator, text_or_blank
from xlperf.rules.core import ERROR, INFO, WARNING, Facts, Fix, Hit, hit, rule
from xlperf.rules.formulas.native import both, by_cell, count_of, ends, holds, in_list, no
from xlperf.rules.formulas.target_steps import is_choice
from xlperf.rules.message_facts import Word, label, listed, shorten, visible
from xlperf.rules.profiles import Profile
from xlperf.rules.text import lexicon
from xlperf.rules.text.indicator_traits import is_ratio, unit_in_brackets
from xlperf.rules.text.similarity import quoted_name
from xlperf.rules.text.text_fields import TARGETS, passages_of
from xlperf.targets import Target, parse

FULL_WIDTH = "[\uff01-\uff5e]"
SIGN_OF_TWO = "[<>=]=|=[<>]|[\u2267\u2a7e\u2266\u2a7d\u226e\u226f]"
ONE_BOX_TICKED = both(
    f"{count_of('{target.boxed}', 'boxes')}=2", f"{count_of('{target.boxed}', 'ticked')}=1"
)
LEFT_OPEN = both('{target.number}=""', is_choice(), no(ONE_BOX_TICKED))


@rule(
    "VAL401",
    ERROR,
    source="88/quantified; 101/yes-no",
    of="choice",
    fix="unsafe",
    native=by_cell("target", LEFT_OPEN),
)
def choice_left_open(indicator: Indicator) -> Iterator[Hit]:
    """A target names both sides of a choice and does not say which one is expected.

    **Why**: whatever happens, such a target is reached; it demands nothing.
    **Bad**: "yes/no".
    **Good**: "yes", or better a number.
    """
    target = parse(indicator.target)
    sides = target.words.split("/")
    expected = next((side for side in lexicon.words("affirmative") if side in sides), "")
    fix = Fix(expected, safe=False) if expected else None
    yield hit(
        "target",
        name=quoted_name(indicator),
        target=shorten(target.source_text),
        sides=target.words,
        fix=fix,
    )


@rule(
    "VAL402",
    WARNING,
    source="88/quantified",
    of="text",
    native=by_cell(
        "target",
        both(
            f"{count_of('{target.mapped}', 'digits')}=0",
            holds("{target.mapped}", "vague_values"),
        ),
    ),
)
def nobody_can_measure_it(indicator: Indicator) -> Iterator[Hit]:
    """A target in words has neither a number nor a grade, only a vague promise.

    **Why**: a target in words is allowed, but it must be possible to say whether it was reached.
    **Bad**: "further promoted".
    **Good**: "at least 12 events", or grades with a description of each.
    """
    target = parse(indicator.target)
    word = lexicon.first(target.words, "vague_values")
    if word and not any(sign.isdigit() for sign in target.words):
        yield hit("target", name=quoted_name(indicator), target=shorten(target.words), word=word)


@rule(
    "VAL405",
    WARNING,
    source="101/values; integration/operator",
    of="number percent",
    fix="safe",
    native=by_cell(
        "target",
        both("{profile:operators_expected}", "ISNUMBER({target.number})", '{target.sign}=""'),
        whole=False,
    ),
)
def operator_missing(indicator: Indicator, profile: Profile) -> Iterator[Hit]:
    """A number has no operator, where the place expects one.

    **Why**: 15 may mean exactly, at least or at most 15; the score depends on it. Only 100% of a
    whole has one meaning, so that =100% can be written without asking.
    **Bad**: 15 persons.
    **Good**: at least 15 persons, written with its sign.
    """
    target = parse(indicator.target)
    if profile["operators_expected"] and not target.operator:
        operator = _likely_operator(indicator, target)
        fix = Fix(operator + target.tidy, safe=operator == "=")
        facts: Facts = {"target": shorten(target.source_text), "operator": operator}
        yield hit("target", name=quoted_name(indicator), **facts, fix=fix)


def _likely_operator(indicator: Indicator, target: Target) -> str:
    if lexicon.holds(indicator.name, "upper_limits"):
        return "≤"
    all_of_it = target.tidy == "100%" and not lexicon.holds(indicator.name, "growth")
    return "=" if all_of_it else "≥"


@rule(
    "VAL412",
    INFO,
    source="form",
    needs="name/in_bracket_at_end",
    fix="safe",
    native=by_cell("name", both('{name.unit}<>""', in_list("{name.unit}", "units_in_names"))),
)
def unit_in_the_name(indicator: Indicator) -> Iterator[Hit]:
    """An indicator's name ends with a unit of measure in brackets.

    **Why**: the unit belongs to the value; in the name it is one more thing that may disagree.
    **Bad**: "rate of inspection (%)".
    **Good**: "rate of inspection", and the value 100%.
    """
    unit = unit_in_brackets(indicator.name)
    if unit:
        bare = lexicon.without_brackets(indicator.name)
        has_unit_twice = parse(indicator.target).unit == parse("1" + unit).unit
        fix = Fix(bare) if bare and has_unit_twice else None
        yield hit("name", name=shorten(indicator.name), unit=unit, bare=bare, fix=fix)


@rule("VAL414", INFO, source="form", fix="safe")
def target_untidily_written(department: Department) -> Iterator[Hit]:
    """A target has blank lines, stray blanks, full-width digits or look-alike signs in it.

    **Why**: it prints badly, and equal targets do not look equal.
    **Bad**: 100% and two empty lines; a full-width 9.
    **Good**: 100%.
    """
    for path, _, text in passages_of(department).of(TARGETS, _is_untidy):
        target = parse(text)
        of = get(department.raw, path[:-1])
        if isinstance(of, dict):
            name = text_or_blank(of, "name")
            facts: Facts = {"target": visible(target.source_text), "neat": visible(target.neat)}
            facts["how_written"] = listed(_untidy(target.source_text))
            facts["name"] = label(name, path[:-1], "indicator")
            yield hit(*path, **facts, fix=Fix(target.neat))


def _is_untidy(text: str) -> bool:
    target = parse(text)
    return target.neat != target.source_text and target.kind != "blank"


def _untidy(text: str) -> list[Word]:
    """What is untidy in a target's spelling."""
    ways = (("stray_blanks", r"\s"), ("full_width_signs", FULL_WIDTH), ("sign_of_two", SIGN_OF_TWO))
    result = [Word(f"rule_part.{name}") for name, pattern in ways if re.search(pattern, text)]
    return result or [Word("rule_part.another_spelling")]


@rule(
    "VAL416",
    WARNING,
    source="integration/unit-of-measure",
    of="number range",
    fix="unsafe",
    native=by_cell(
        "target",
        both(
            "ISNUMBER({target.number})",
            "N({target.number})>0",
            '{target.unit}=""',
            no(in_list("{name.unit}", "units_in_names")),
            no(ends("{name.core}", "without_unit")),
        ),
        whole=False,
    ),
)
def unit_of_measure_missing(indicator: Indicator) -> Iterator[Hit]:
    """A number has no unit of measure.

    **Why**: 200 of what? Persons and visits differ.
    **Bad**: at least 200.
    **Good**: at least 200 visits.
    """
    target = parse(indicator.target)
    if target.unit or not target.high:
        return
    has_unit = unit_in_brackets(indicator.name) or lexicon.ends(indicator.name, "without_unit")
    if not has_unit:
        ratio = is_ratio(indicator.name)
        fix = Fix(target.tidy + "%", safe=False) if ratio and target.kind == "number" else None
        yield hit(
            "target", name=quoted_name(indicator), target=shorten(target.source_text), fix=fix
        )
