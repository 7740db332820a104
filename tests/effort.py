"""How much is tried of what could be tried without end: random records, fuzzed files.

The suite tries a fifth, always the same, so that it fits its eight minutes. With
`XLPERF_THOROUGH=1` it tries all, as before a release. Cases that somebody wrote run always.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
THOROUGH = os.environ.get("XLPERF_THOROUGH") == "1"
SHARE, LEAST = 5, 8


def tries(most: int) -> int:
    """How many inputs are tried where a thorough run tries `most`: a fifth, and not under eight."""
    return most if THOROUGH else max(min(most, LEAST), -(-most // SHARE))


def every_other(cases: Sequence[T]) -> list[T]:
    """The cases made by a program that are tried: in a thorough run all, else each second one."""
    return list(cases if THOROUGH else cases[::2])
