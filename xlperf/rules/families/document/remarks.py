"""What a reader noticed, as hits of the rules that report it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlperf.reading import Reading
from xlperf.rules.core import Hit


def remark_hits(reading: Reading, code: str, **defaults: Any) -> Iterator[Hit]:
    """A reader's remarks of one code as hits; a fact that it left out has its default."""
    for remark in reading.remarks:
        if remark.code == code:
            facts = {name: remark.facts.get(name, default) for name, default in defaults.items()}
            yield Hit(remark.path, facts, None, remark.place)
