"""xlwings without the heavy libraries that it would import if they are installed.

A click starts a Python; xlwings takes pandas and NumPy along for conversions that nothing here
uses, which costs most of the start. They are hidden from it while it is imported, and can be
imported by anyone later.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

HEAVY = ("numpy", "pandas", "polars", "matplotlib", "PIL", "plotly", "cryptography")


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


with hidden(*HEAVY):
    import xlwings

__all__ = ["HEAVY", "hidden", "xlwings"]
