"""xlperf: budget-performance documents of Chinese local government, in Excel and out of it.

The house and its floors are drawn in README.md; `xlperf.cli` is the front door for people, and
what is named here, from `xlperf.api`, for programs. It is imported at its first use.
"""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # as `typing` has it, which alone would take longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

    from xlperf.api import (
        diagnose,
        diff,
        fix,
        generate,
        publish,
        read,
        renew,
        repair,
        roll_up,
        validate,
    )

__version__ = "0.6.0"
__all__ = [
    "__version__",
    "diagnose",
    "diff",
    "fix",
    "generate",
    "publish",
    "read",
    "renew",
    "repair",
    "roll_up",
    "validate",
]


def __getattr__(name: str) -> Any:
    """What programs call, from `xlperf.api`."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("xlperf.api"), name)


def _leave_out_current_folder() -> None:
    """Let `python -m xlperf` import nothing from the folder it is run in, where inputs lie.

    Python puts that folder before all others. It stays where xlperf itself is run from it, as in
    a checkout that is not installed; another program that imports xlperf is left alone.
    """
    arguments = sys.orig_argv[1:]
    module = arguments[arguments.index("-m") + 1 :][:1] if "-m" in arguments else []
    running = sys.argv[:1] == ["-m"] and module[:1] and module[0].partition(".")[0] == __name__
    home = __path__[0].rpartition(__name__)[0].rstrip("/\\")
    if running and not sys.flags.safe_path and sys.path[:1] != [home]:
        del sys.path[0]


_leave_out_current_folder()
