"""A master workbook back to its record, by names: wherever people have moved things to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.canonical import canonical, loads
from xlperf.errors import Refusal
from xlperf.forms import EDITIONS, Edition
from xlperf.forms.generated import MANIFEST
from xlperf.forms.parts import together
from xlperf.layout import Coord, Form, Formula, Grid, Plucked, pluck
from xlperf.layout.kinds import off_the_cent, parse_text
from xlperf.layout.placement import single
from xlperf.layout.transfer import flat
from xlperf.layout.vocabulary import Cell, Row
from xlperf.paths import Path as RecordPath
from xlperf.paths import get
from xlperf.reading import Place, Reading, Remark
from xlperf.record import Raw
from xlperf.wording import official
from xlperf.workbook.names import AID, cell_address, field_name, fields, marked
from xlperf.workbook.opening import open_book
from xlperf.workbook.sheets import grid_of


@dataclass(frozen=True)
class SheetRead:
    """One sheet with a form on it: what it says, and where it stands in the record."""

    title: str
    form: Form
    grid: Grid
    plucked: Plucked
    formulas: dict[Coord, str]
    path: RecordPath = ()

    def where(self) -> Iterator[tuple[RecordPath, Place]]:
        """Record paths and their places; the sheet itself for what has no cell."""
        yield self.path, Place(self.title)
        for path, (row, col) in self.plucked.where.items():
            yield (*self.path, *path), Place(self.title, cell_address(row, col))


def read_workbook(path: Path) -> Reading:
    """A workbook's record, with the place of everything, and what no form claimed."""
    book = open_book(path)
    chosen = edition_of(book)
    sheets = list(read_sheets(book, chosen, path))
    if not sheets:
        raise Refusal("foreign_workbook", file=path)
    record = together((sheet.form.name, sheet.plucked.values) for sheet in sheets)
    record.setdefault("edition", chosen.name)
    loose = list(leftovers(book, sheets))
    if loose:
        record["leftovers"] = [*record.get("leftovers", []), *loose]
    said = manifest(book)
    if inferred := still_inferred(said, record):
        record["inferred"] = inferred
    where = {path: place for sheet in sheets for path, place in sheet.where()}
    noticed = tuple(remarks(sheets))
    return Reading(canonical(record), where, noticed, str(path), said.get("profile", ""))


def edition_of(book: Workbook) -> Edition:
    """The edition the manifest names; the only one there is where the manifest is lost."""
    named = EDITIONS.get(str(manifest(book).get("edition")))
    return named or next(iter(EDITIONS.values()))


def manifest(book: Workbook) -> dict[str, str]:
    """What the hidden manifest says; nothing where it was deleted."""
    title = official("sheet.manifest")
    sheet = book[title] if title in book.sheetnames else None
    if not isinstance(sheet, Worksheet):
        return {}
    entries = pluck(MANIFEST, grid_of(sheet), fields(sheet, made=True)).values["entries"]
    return {entry["key"]: str(entry.get("value", "")) for entry in entries if "key" in entry}


def form_of(sheet: Worksheet, chosen: Edition) -> Form | None:
    """The form a sheet holds: the one that most of its names belong to."""
    names = set(sheet.defined_names)
    forms = (chosen.project, chosen.department, chosen.leftovers)
    shared = {form.name: len(names & names_of(form)) for form in forms}
    best = max(forms, key=lambda form: shared[form.name])
    return best if shared[best.name] else None


def names_of(form: Form) -> set[str]:
    """The defined names that mark a form."""
    found = set()
    for part in flat(form.body):
        if isinstance(part, Row):
            found |= {field_name(cell.ref) for cell in part.cells if cell.role == "field"}
        else:
            nested = part.nested.cells if part.nested else ()
            prefix = f"{part.list_ref}/{part.nested.list_ref}/" if part.nested else ""
            found |= {field_name(f"{part.list_ref}/{cell.ref}") for cell in part.cells}
            found |= {field_name(prefix + cell.ref) for cell in nested}
    return found


def read_sheets(book: Workbook, chosen: Edition, path: Path) -> Iterator[SheetRead]:
    """Each sheet that holds a form, in the workbook's order; projects are numbered by it."""
    computed = Computed(path)
    projects = 0
    for sheet in book.worksheets:
        form = form_of(sheet, chosen)
        if form is None:
            continue
        grid, formulas = settled(sheet, form, computed)
        position: RecordPath = ()
        if form is chosen.project:
            position, projects = ("projects", projects), projects + 1
        plucked = pluck(form, grid, fields(sheet))
        yield SheetRead(sheet.title, form, grid, plucked, formulas, position)


class Computed:
    """The values of formulas when the workbook was last calculated; opened only when needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Workbook | None = None

    def value(self, title: str, coord: Coord) -> Any:
        """A formula's last value; None where it was never calculated."""
        if self.book is None:
            self.book = open_book(self.path, values=True)
        return self.book[title].cell(*coord).value


def settled(sheet: Worksheet, form: Form, computed: Computed) -> tuple[Grid, dict[Coord, str]]:
    """A grid without formulas: each replaced by its value, but for the title's, which is ours."""
    grid = grid_of(sheet)
    box = fields(sheet).get("title")
    ours = grid.owner(box.at) if box and form.name == "project" else None
    formulas = {
        coord: str(content)
        for coord, content in grid.values.items()
        if isinstance(content, Formula) and coord != ours
    }
    if not formulas:
        return grid, {}
    values = {**grid.values}
    for coord, formula in formulas.items():
        value = computed.value(sheet.title, coord)
        values[coord] = formula if value is None else value
    return Grid(values, grid.spans), formulas


def leftovers(book: Workbook, sheets: list[SheetRead]) -> Iterator[Raw]:
    """What stands outside every form: beside one, beside a made sheet, or on a foreign sheet."""
    read = {sheet.title: sheet for sheet in sheets}
    ours_whole = {official(f"sheet.{key}") for key in ("manifest", "lists", "marks", "findings")}
    for sheet in book.worksheets:
        aids = [box for name, box in marked(sheet).items() if name.startswith(AID)]
        ours = {coord for box in aids for coord in box.coords()}
        if sheet.title in read:
            loose, grid = read[sheet.title].plucked.leftovers, read[sheet.title].grid
        elif sheet.title in ours_whole:
            continue
        else:
            grid = grid_of(sheet)
            loose = tuple(sorted(grid.values))
        for row, col in loose:
            text = parse_text(grid.values[row, col])
            if (row, col) not in ours and text.strip():
                yield {"place": str(Place(sheet.title, cell_address(row, col))), "text": text}


def still_inferred(said: dict[str, str], record: Raw) -> list[str]:
    """The inferred paths whose values nobody has changed since."""
    try:
        then = loads(said.get("inferred", "{}"))
    except Refusal:
        return []
    if not isinstance(then, dict):
        return []
    return [path for path, value in then.items() if get(record, tuple(path.split("/"))) == value]


def remarks(sheets: list[SheetRead]) -> Iterator[Remark]:
    """What the reader noticed on the sheets."""
    for sheet in sheets:
        for ref in sheet.plucked.lost:
            place = Place(sheet.title)
            yield Remark("STR023", (*sheet.path, *single(ref)), place, {"field": ref})
        kinds = {at: (path, place) for path, place in sheet.where() for at in [place.cell]}
        for (row, col), formula in sheet.formulas.items():
            cell = cell_address(row, col)
            if cell in kinds:
                yield Remark("STR022", kinds[cell][0], kinds[cell][1], {"formula": formula})
        yield from rounded(sheet)


def rounded(sheet: SheetRead) -> Iterator[Remark]:
    """Amounts that had parts of a cent."""
    for part in flat(sheet.form.body):
        for cell in part.cells if isinstance(part, Row) else ():
            if cell.kind == "money":
                yield from _rounded(sheet, cell)


def _rounded(sheet: SheetRead, cell: Cell) -> Iterator[Remark]:
    coord = sheet.plucked.where.get(single(cell.ref))
    written = off_the_cent(sheet.grid.at(coord)) if coord else None
    if coord and written is not None:
        place = Place(sheet.title, cell_address(*coord))
        kept = get(sheet.plucked.values, single(cell.ref))
        facts = {"written": written, "kept": kept}
        yield Remark("AMT209", (*sheet.path, *single(cell.ref)), place, facts)
