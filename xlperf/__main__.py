"""`python -m xlperf`, and the command `xlperf`.

What takes commands apart is loaded when there is one: the version is told without it.
"""

from __future__ import annotations

import gc
import sys

from xlperf import __version__


def main(arguments: list[str] | None = None) -> None:
    """Run a command and end the process with its status."""
    gc.set_threshold(200_000, 20, 20)  # what a workbook is read into stays: searching it is idle
    command_line = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if command_line == ["--version"] and _printed_version():
        sys.exit(0)

    from xlperf.hidden_libraries import keep_numpy_from_openpyxl

    keep_numpy_from_openpyxl()
    sys.exit(run(command_line))


def _printed_version() -> bool:
    """Whether the version could be printed as the command `--version` prints it."""
    try:
        sys.stdout.write(f"xlperf {__version__}\n")
        sys.stdout.flush()
    except OSError:
        return False
    return True


def run(arguments: list[str]) -> int:
    """Run a command; 0 clean, 1 findings or files set aside, 2 not done."""
    from xlperf.cli import running

    return running.run(arguments)


if __name__ == "__main__":
    main()
