"""What a live book says and what the rules say of it, by the settings that apply to its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlwings as xw

from xlperf.jobs.validation import settings
from xlperf.live.book.reading import read_book
from xlperf.live.com.objects import LiveSheet
from xlperf.reading import Reading
from xlperf.rules.core import Finding, run


@dataclass(frozen=True)
class ValidatedBook:
    """A live book, read and judged."""

    reading: Reading
    findings: list[Finding]
    chosen: settings.Settings


def validate_book(book: xw.Book, worksheets: Sequence[LiveSheet] | None = None) -> ValidatedBook:
    """Read a live book (by default all worksheets) and judge it by the settings of its file."""
    reading = read_book(book, worksheets)
    path = Path(reading.source)
    chosen = settings.load(path, stated_profile=reading.profile, start=path.parent)
    return ValidatedBook(reading, run(reading, chosen.rules(), chosen.profile), chosen)
