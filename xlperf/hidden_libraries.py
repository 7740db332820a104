"""Libraries that others take along if they are there, and that nothing here needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Make these libraries look as if they were not installed, unless they are in use."""
    put = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(put))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in put:
            sys.modules.pop(name, None)
