"""Why a file was set aside: one sentence, whatever it did to the program that read it."""

from __future__ import annotations

from xlperf.errors import SetAside, UserError, XlperfError
from xlperf.wording import say


def reason_of(error: Exception) -> str:
    """The sentence for what reading a file raised, foreseen or not."""
    if isinstance(error, UserError):
        return say(f"error.{error.key}", **error.facts)
    if isinstance(error, XlperfError):
        return str(error)
    if isinstance(error, MemoryError):
        return say("aside.memory")
    return say("aside.unforeseen", kind=type(error).__name__)


def process_death(file: object) -> SetAside:
    """A file that ended the process that read it."""
    return SetAside(str(file), say("aside.ended"))
