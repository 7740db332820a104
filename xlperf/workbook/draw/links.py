"""Links from a cell to a place in another file, or to a row of another sheet of the same book."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from xlperf.layout.addresses import quoted
from xlperf.reading import Place
from xlperf.rules.further_places import place_name
from xlperf.wording import say
from xlperf.workbook.package.sheet_xml.list_rows import CellLink

URL = "://"


@dataclass(frozen=True)
class LinkTarget:
    """Where a row leads to: a file, and the place in it (None for the file as a whole)."""

    file: str
    place: Place | None = None

    @property
    def words(self) -> str:
        """The file's name with sheet and cell."""
        words = place_name((), self.place) if self.place else ""
        return f"{Path(self.file).name} {words}".strip()


def link_to(goal: LinkTarget, folder: Path) -> CellLink:
    """The link to a place in another file, by the way from a folder."""
    place = goal.place
    inside = f"{quoted(place.sheet)}!{place.cell or 'A1'}" if place and place.sheet else ""
    return CellLink(inside, address(goal.file, folder), say("answers.go"))


@lru_cache(maxsize=1024)  # many rows lead to one file
def address(file: str, folder: Path) -> str:
    """A file's address from a folder: relative where there is a way, percent-encoded."""
    if URL in file:
        return quote(file, safe=":/?&=%#")
    path = Path(file).absolute()
    try:
        return quote(Path(os.path.relpath(path, folder.absolute())).as_posix())
    except ValueError:  # another drive
        return path.as_uri()


def link_inside(sheet: str, at: str) -> CellLink:
    """The link to a cell of another sheet of the same workbook."""
    return CellLink(f"{quoted(sheet)}!{at}")
