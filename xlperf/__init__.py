"""xlperf: budget-performance documents of Chinese local government, in Excel and out of it.

The house and its floors are drawn in README.md; `xlperf.cli` is the front door.
"""

__version__ = "0.1.0"
