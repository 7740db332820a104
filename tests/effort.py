"""How much is tried of what could be tried without end: random records, fuzzed files.

The suite tries a third, always the same, so that it fits its eight minutes. With
`XLPERF_THOROUGH=1` it tries all, as before a release. Cases that somebody wrote run always.
"""

from __future__ import annotations

import os

THOROUGH = os.environ.get("XLPERF_THOROUGH") == "1"
SHARE, LEAST = 3, 10


def tries(most: int) -> int:
    """How many inputs are tried where a thorough run tries `most`: a third, and not under ten."""
    return most if THOROUGH else max(min(most, LEAST), -(-most // SHARE))
