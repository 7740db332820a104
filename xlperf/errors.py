"""Exceptions: one base, and the one that users read; and a file that was set aside for one."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple


class XlperfError(Exception):
    """The base of every exception of ours; what is raised to callers is a `UserError`."""


class UserError(XlperfError):
    """What cannot be done, for a user to read: a missing file, a foreign workbook, a full disk.

    Carries the key of a sentence in the wording files and its facts; faults in the
    *content* of a document are findings, never exceptions.
    """

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(UserError, self.key, **self.facts), ()


class SetAside(NamedTuple):
    """A file that was not rolled up or not checked, and why, in a sentence for the user."""

    file: str
    reason: str
