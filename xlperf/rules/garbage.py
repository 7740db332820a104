"""Python's search for garbage in cycles, put off while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def search_put_off() -> Iterator[None]:
    """No search while the rules run: their views and findings make no cycles, and are many.

    Without it every few thousand objects that are made are looked through in vain, which takes a
    tenth of the time. As before afterwards; what else was switched off stays so.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
