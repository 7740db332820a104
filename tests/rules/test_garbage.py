"""The search for garbage while rules run: put off, and made up for afterwards."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import gc
import weakref
from xlperf.rules.garbage import search_put_off

class Part:
    pass

searches, books = [], []
gc.collect()
gc.callbacks.append(lambda phase, info: searches.append(info["generation"]))
PREPARED
for _ in range(300):
    part = Part()
    part.whole = [part for _ in range(1000)]  # a cycle, as workbooks are
    books.append(weakref.ref(part))
    before = len(searches)
    with search_put_off():
        made = [[] for _ in range(5000)]
        during = gc.isenabled(), len(searches) - before
    del part
there = sum(book() is not None for book in books)
print(*during, gc.isenabled(), there < 100)
"""


@pytest.mark.parametrize(
    ("prepared", "result"),
    [
        ("", "False 0 True True"),  # of 300 workbooks that were read in a row hardly one is kept
        ("gc.disable()", "False 0 False False"),  # switched off before: it stays so
    ],
)
def test_nothing_is_searched_while_rules_run_and_no_garbage_is_kept(
    prepared: str, result: str
) -> None:
    code = CODE.replace("PREPARED", prepared)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == result
