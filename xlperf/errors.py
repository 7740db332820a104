"""What cannot be done: one sentence and a remedy, never a traceback."""

from __future__ import annotations

from functools import partial
from typing import Any


class UserError(Exception):
    """The machine says no: a missing file, a foreign workbook, a full disk.

    Carries the key of a sentence in the wording files and its facts; faults in the
    *content* of a document are findings, never exceptions.
    """

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(UserError, self.key, **self.facts), ()
