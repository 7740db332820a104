"""xlwings without the heavy libraries that it would import if they are installed.

A click starts a Python; xlwings takes pandas and NumPy along for conversions that nothing here
uses, which costs most of the start. They are hidden from it while it is imported, and can be
imported by anyone later.
"""

from __future__ import annotations

from xlperf.hidden_libraries import hidden

HEAVY_LIBRARIES = ("numpy", "pandas", "polars", "matplotlib", "PIL", "plotly", "cryptography")

with hidden(*HEAVY_LIBRARIES):
    import xlwings

__all__ = ["HEAVY_LIBRARIES", "xlwings"]
