"""Which documents a rule may cite, and what of them, as the file of regulations has it."""

from __future__ import annotations

from xlperf import regulations as cited
from xlperf.regulations import Regulation

STATUSES = ("read", "supported", "general")


def regulations() -> tuple[Regulation, ...]:
    """Every document that a rule may cite."""
    return tuple(dict.fromkeys(cited._by_name().values()))


def is_citable(source: str) -> bool:
    """Whether a source names a document of the file, and a dimension of it."""
    document, slash, dimension = cited._parted(source)
    is_dimension = cited._dimension_key(dimension) is not None
    return document in cited._by_name() and (not slash or is_dimension)
