"""A record that a form can hold: nothing but parts missing."""

from __future__ import annotations

from collections.abc import Iterable

from xlperf.errors import UserError
from xlperf.record import Raw
from xlperf.rules.message_facts import place_label
from xlperf.schema import faults
from xlperf.wording import say

PLACES_IN_SENTENCE = 5  # places named in a sentence


def well_formed(record: Raw, file: object, key: str = "would_lose") -> Raw:
    """A record whose shape is sound; a refusal that names what no form can hold."""
    amiss = [fault for fault in faults(record) if fault.kind != "missing"]
    if amiss:
        paths = joined(place_label(fault.path) for fault in amiss)
        raise UserError(key, file=file, paths=paths)
    return record


def joined(parts: Iterable[str]) -> str:
    """Places in one sentence: the first few, and how many there are in all."""
    listed = list(dict.fromkeys(parts))
    more = [say("publish.more", count=len(listed))] if len(listed) > PLACES_IN_SENTENCE else []
    return say("publish.semicolon").join([*listed[:PLACES_IN_SENTENCE], *more])
