"""Slips of the pen beyond the certain list: one character of a known word changed for its like.

The forms and where they come from stand in slips.txt. They are judged by likelihood, not by
knowledge: a form is listed only where ordinary words that meet by chance hardly ever make it.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import Department
from xlperf.rules.core import WARNING, Facts, Fix, Hit, hit, rule
from xlperf.rules.families.writing.spelling import certain_slips
from xlperf.rules.message_facts import field_label, listed
from xlperf.rules.text.slip_forms import Slip, likely, slips_in, with_slips
from xlperf.rules.text.text_fields import IDENTITIES


@rule("TXT633", WARNING, source="88/accuracy", fix="unsafe")
def character_of_similar_sound_or_shape(department: Department) -> Iterator[Hit]:
    """A word has one character that sounds or looks like the right one.

    **Why**: input methods and scanners put in the wrong character; the sentence then says
    something else or nothing. Judged by the likelihood of the form, so look before you mend; the
    list of certain slips is TXT601.
    **Bad**: "hydropower of farmland" where "irrigation of farmland", which sounds alike, is meant.
    **Good**: "irrigation of farmland".
    """
    for passage in with_slips(department, likely):
        slips, mended = _slips(passage.text)
        if slips and passage.field not in IDENTITIES:
            pairs = listed(f"“{wrong}”→“{right}”" for wrong, right in slips)
            facts: Facts = {"field": field_label(passage.path), "pairs": pairs}
            yield hit(*passage.path, **facts, fix=Fix(mended, safe=False))


def _slips(text: str) -> tuple[tuple[Slip, ...], str]:
    """The likely slips of a text as pairs (wrong, right), and the text with them mended."""
    _, without_certain = certain_slips(text)
    result: dict[str, str] = {}
    mended = text
    for wrong, right in slips_in(text, likely):
        if wrong in mended and wrong in without_certain:
            result[wrong], mended = right, mended.replace(wrong, right)
    return tuple(result.items()), mended
