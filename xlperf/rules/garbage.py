"""Python's search for garbage in cycles, put off while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def search_put_off() -> Iterator[None]:
    """No search while the rules run: their views and findings make no cycles, and are many.

    Without it every few thousand objects that are made are looked through in vain, which takes a
    tenth of the time. As before afterwards; what else was switched off stays so. What was made is
    counted as old then, so that the next search does not begin with all of it; where somebody
    keeps objects out of all searches (`gc.freeze`), nothing is moved.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:
            gc.freeze()
            gc.unfreeze()
        gc.enable()
