"""Whether a document speaks of another place's bureau, which then was mostly copied with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlperf.record import Department
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import field_label
from xlperf.rules.text import lexicon
from xlperf.rules.text.divisions import LONGEST_DIVISION_NAME, belongs, codes_of
from xlperf.rules.text.quoting import around
from xlperf.rules.text.text_fields import passages_with

LONGEST_WORD_ENDING = 2  # characters of a name that may be the end of another word


@rule("TXT634", WARNING, source="88/goal-relevance")
def authority_of_another_place(department: Department) -> Iterator[Hit]:
    """A text speaks of the government or a bureau of a place that is none of the region's.

    **Why**: the sentence was copied from that place's document; its goals and figures may have come
    along. Known by the names of GB/T 2260; the region's own, those above and below it, and work
    done together with others are left alone. Looked for where the region's code is known.
    **Bad**: in a document of Changli county: "carried out by the education bureau of Anxin county".
    **Good**: "carried out by the education bureau of Changli county".
    """
    region = department.region_code
    if len(region) != 6 or not region.isdigit():
        return
    for passage in passages_with(department, lexicon.pattern("authority")):
        for match in lexicon.pattern("authority").finditer(passage.text):
            place = _place_before(passage.text, match.start() + 1)
            if place and _foreign(place, department) and not _together(passage.text, match):
                start = match.start() + 1 - len(place)
                facts: Facts = {"field": field_label(passage.path), "found": place + match["body"]}
                facts["around"] = around(passage.text, start, match.end())
                region_name = department.region_name or region
                yield hit(*passage.path, **facts, own=region_name)
                break


def _place_before(text: str, end: int) -> str:
    """The longest name of a place that ends at a position of a text; "" for none."""
    for length in range(min(LONGEST_DIVISION_NAME, end), 1, -1):
        name = text[end - length : end]
        if codes_of(name):
            before = text[: end - length][-1:]
            free = (
                length > LONGEST_WORD_ENDING
                or not before
                or before in lexicon.words("before_a_place")
            )
            return name if free else ""
    return ""


def _foreign(place: str, department: Department) -> bool:
    """Whether a place is neither the region, nor above or below it, nor part of our own names."""
    ours = (department.name, department.region_name, *(unit.name for unit in department.units))
    if any(place in name for name in ours):
        return False
    return not any(belongs(code, department.region_code) for code in codes_of(place))


def _together(text: str, authority: re.Match[str]) -> bool:
    """Whether the clause around an authority speaks of work with, for or at other places."""
    clause = lexicon.pattern("clause_end").split(text[: authority.start()])[-1]
    after = lexicon.pattern("clause_end").split(text[authority.end() :])[0]
    return any(lexicon.holds(part, "with_other_places") for part in (clause, after))
