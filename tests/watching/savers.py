"""Ways in which programs save a workbook, each with another budget, which tells saves apart.

`python -m tests.watching.savers --count 100` saves so often by each way in turn beside a watcher,
and says which saves it did not see, or did not read whole.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path

from tests.books import opened
from tests.office import Office, missing
from xlperf.canonical import canonical, loads
from xlperf.record import Raw
from xlperf.watching.files import FileHistory
from xlperf.watching.watcher import Watcher
from xlperf.workbook.write import write_master

Save = Callable[[Path, int], None]  # a file, and its new budget in yuan
PATIENCE = 60.0  # s within which a save is seen on a busy machine
SHEET, CELL = "01 Roads", "C4"  # where the only project's budget stands
RECORD = """{"edition": "hebei-2021", "fiscal_year": 2021, "region": {"code": "1", "name": "R"},
 "department": {"code": "333", "name": "D"}, "overall_goal": "G",
 "activities": [], "safeguards": [], "units": [{"code": "333001", "name": "U"}],
 "projects": [{"code": "P1", "name": "Roads", "unit": "333001", "budget": 1, "fiscal": 1,
 "other": 0, "purpose": "x", "spending_plan": {}, "goals": [], "indicators": []}]}"""


def record() -> Raw:
    """One project, as small as there is."""
    return canonical(loads(RECORD))


def write_first(path: Path) -> None:
    """A workbook to be saved again and again."""
    write_master(record(), path)


def _changed(path: Path, budget: int) -> bytes:
    book = opened(path)
    book[SHEET][CELL] = budget
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def by_openpyxl(path: Path, budget: int) -> None:
    """Over the file itself, piece by piece as the zip is written."""
    book = opened(path)
    book[SHEET][CELL] = budget
    book.save(path)


def by_renaming(path: Path, budget: int) -> None:
    """As Excel does: into another file, the old one aside, the new one in its place."""
    new, aside = path.with_name("A1B2C300"), path.with_name("~WRL0001.tmp")
    new.write_bytes(_changed(path, budget))
    path.replace(aside)
    new.replace(path)
    aside.unlink()


def by_replacing(path: Path, budget: int) -> None:
    """As careful programs do: a temporary file takes the name in one step."""
    new = path.with_name(f".~{path.name}")
    new.write_bytes(_changed(path, budget))
    new.replace(path)


def in_pieces(path: Path, budget: int) -> None:
    """As over a slow network: the file is emptied, then grows, with pauses."""
    data = _changed(path, budget)
    third = len(data) // 3
    with path.open("wb") as file:
        for start in range(0, len(data), third):
            file.write(data[start : start + third])
            file.flush()
            time.sleep(0.15)


def by_libreoffice(office: Office) -> Save:
    """LibreOffice itself: opened, typed into, stored."""

    def save(path: Path, budget: int) -> None:
        target = path.with_name("stored.xlsx")
        steps = {"do": "number", "sheet": SHEET, "cell": CELL, "value": budget}
        office.edit(path, target, steps)
        target.replace(path)

    return save


WAYS: tuple[Save, ...] = (by_openpyxl, by_renaming, by_replacing, in_pieces)


class Witness:
    """What a watcher says of one file: the budgets that it read, and its troubles."""

    def __init__(self) -> None:
        self.budgets: list[Decimal | None] = []
        self.troubles: list[str] = []
        self._news = threading.Condition()

    def tell(self, history: FileHistory) -> None:
        """Take note of a save."""
        with self._news:
            if history.trouble:
                self.troubles.append(history.trouble)
            elif history.checked:
                (project,) = history.checked.reading.record["projects"]
                self.budgets.append(project.get("budget"))
            self._news.notify_all()

    def saw(self, budget: int) -> bool:
        """Whether the last state read has this budget, within a while."""
        with self._news:
            return self._news.wait_for(
                lambda: bool(self.budgets) and self.budgets[-1] == budget, PATIENCE
            )


@contextmanager
def watched(path: Path) -> Iterator[Witness]:
    """A watcher of a file in a thread of its own, which has read it once."""
    witness, stop = Witness(), threading.Event()
    watcher = Watcher([path], witness.tell)
    thread = threading.Thread(target=watcher.run, args=([path], stop))
    thread.start()
    try:
        assert witness.saw(1)
        yield witness
    finally:
        stop.set()
        thread.join(timeout=30)


def try_saves(path: Path, ways: tuple[Save, ...], count: int) -> tuple[list[str], Witness]:
    """Save so often, each way in turn; the saves that were missed, and all that was said."""
    write_first(path)
    lost = []
    with watched(path) as witness:
        for budget, way in enumerate(islice(cycle(ways), count), 1_001):
            way(path, budget)
            if not witness.saw(budget):
                lost.append(f"{budget} {way.__name__}")
    return lost, witness


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    count = parser.parse_args().count
    office = None if missing() else Office()
    try:
        ways = (*WAYS, by_libreoffice(office)) if office else WAYS
        with tempfile.TemporaryDirectory() as folder:
            lost, witness = try_saves(Path(folder, "book.xlsx"), ways, count)
    finally:
        if office:
            office.close()
    between = [b for b in witness.budgets if b != 1 and not 1_000 < (b or 0) <= 1_000 + count]
    print(f"{count} saves in {len(ways)} ways: {len(lost)} missed {lost}")
    print(f"states read that nobody saved: {len(between)}; troubles: {witness.troubles}")


if __name__ == "__main__":
    main()
