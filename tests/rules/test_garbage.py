"""The search for garbage while rules run: put off, and not made up for at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

MADE = 5000  # objects that stay, many more than a search waits for
CODE = f"""
import gc
from xlperf.rules.garbage import search_put_off
searches = []
gc.callbacks.append(lambda phase, info: searches.append(info["generation"]))
PREPARED
frozen = gc.get_freeze_count()
with search_put_off():
    made = [[] for _ in range({MADE})]
    during = gc.isenabled(), len(searches)
with search_put_off():
    pass
is_frozen = gc.get_freeze_count() == frozen
is_old = any(item is made for item in gc.get_objects(2))
print(*during, gc.isenabled(), is_frozen, bool(searches), is_old)
"""


@pytest.mark.parametrize(
    ("prepared", "result"),
    [
        ("", "False 0 True True False True"),  # counted as old, without any search
        ("gc.freeze(); gc.get_freeze_count() > 0 or exit(1)", "False 0 True True True False"),
        (
            "gc.disable()",
            "False 0 False True False False",
        ),  # switched off before: nothing is touched
    ],
)
def test_what_rules_make_is_not_searched_and_what_others_froze_stays_so(
    prepared: str, result: str
) -> None:
    code = CODE.replace("PREPARED", prepared)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == result
