"""Whether a live book's formulas are those of this version: they stand elsewhere in others."""

from __future__ import annotations

from collections.abc import Iterable

from xlperf import __version__
from xlperf.errors import UserError
from xlperf.forms.sheet_reading.sheet_content import SheetContent
from xlperf.forms.sheet_reading.sheet_reader import manifest


def refuse_outdated(contents: Iterable[SheetContent]) -> None:
    """Refuse a book of another version, whose checks and totals new formulas would miss.

    Raises UserError with the version that made it, as the manifest says; where the manifest is gone
    nothing is known, and the book is taken for one of this version.
    """
    version = manifest(contents).get("xlperf", __version__)
    if version != __version__:
        raise UserError("live_outdated", version=version, now=__version__)
