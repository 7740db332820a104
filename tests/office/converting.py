"""Files that xlperf has LibreOffice convert, by the one that runs already: a start takes seconds.

The command that xlperf itself gives is tried where a test asks for `own_libreoffice`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.office import Office, missing
from xlperf.errors import UserError
from xlperf.publishing import libreoffice
from xlperf.storage.files import bytes_of

BY_ITSELF = libreoffice._output_of  # a LibreOffice of its own for every file
INSTALLED = libreoffice.office_program()


def by_running(office: Callable[[], Office]) -> Callable[..., bytes]:
    """What stands in for `libreoffice._output_of`; for programs not installed here, it."""

    def made(program: str, source: Path, suffix: str, seconds: float) -> bytes:
        if program != INSTALLED or missing():
            return BY_ITSELF(program, source, suffix, seconds)
        result = source.parent / f"made{suffix}"
        kind = libreoffice.FILTERS[suffix].partition(":")[2]
        step: dict[str, Any] = {"path": str(source), "to": str(result), "kind": kind}
        try:
            office().do([{"do": "convert", **step}], seconds)
        except AssertionError:
            raise UserError("office_failed") from None
        return bytes_of(result)

    return made
