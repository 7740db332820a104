"""What all sheets of a master workbook say, as one record: the same for a file and a live book.

A reader (openpyxl for a file, xlwings for a live book) tells what it sees on each sheet as `Seen`;
everything else is here: which form a sheet holds, its fields by their names, what nobody claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlperf.canonical import canonical, loads
from xlperf.errors import UserError
from xlperf.forms import EDITIONS, Edition, cell_remarks
from xlperf.forms.edition_recognition import edition_of
from xlperf.forms.generated import MANIFEST
from xlperf.forms.list_notes import notes_on
from xlperf.forms.naming import (
    AID,
    EDGES,
    FIELD,
    MADE_FIELD,
    anchor_key,
    field_name,
    names_of,
)
from xlperf.forms.own_text import Area, OwnText, edition_of_words
from xlperf.forms.parts import record_from
from xlperf.forms.waiver_list import list_titles, read_waivers
from xlperf.layout import Box, Coord, Form, Formula, Grid, Plucked, anchors, place, pluck
from xlperf.layout.addresses import cell_address
from xlperf.layout.cell_values import off_the_cent, parse_text
from xlperf.layout.placement import single
from xlperf.layout.vocabulary import Cell
from xlperf.paths import Path as RecordPath
from xlperf.paths import get
from xlperf.reading import Place, Reading, Remark
from xlperf.record import Raw
from xlperf.waivers import order
from xlperf.wording import official

OURS_WHOLE = ("marks", "changes")  # sheets on which nothing is left over


@dataclass(frozen=True)
class SheetContent:
    """One sheet as a reader sees it: its names of ours, its cells, what formulas give."""

    title: str
    names: Mapping[str, Box]
    grid: Grid
    value: Callable[[Coord], Any]
    lost: frozenset[str] = frozenset()  # its names of ours that have no cells any more
    machinery: frozenset[Coord] = frozenset()  # the cells of ours that hold a formula

    def fields(self, prefix: str = FIELD) -> dict[str, Box]:
        """The anchors of the form on it."""
        named = self.names.items()
        return {anchor_key(name): box for name, box in named if name.startswith(prefix)}


@dataclass(frozen=True)
class SheetRead:
    """One sheet with a form on it: what it says, and where it stands in the record."""

    title: str
    form: Form
    grid: Grid
    plucked: Plucked
    formulas: dict[Coord, str]
    unknown: dict[Coord, str]  # of these, those that have no result
    path: RecordPath = ()

    def where(self) -> Iterator[tuple[RecordPath, Place]]:
        """Record paths and their places; the sheet itself for what has no cell."""
        yield self.path, Place(self.title)
        for path, (row, col) in self.plucked.where.items():
            yield (*self.path, *path), Place(self.title, cell_address(row, col))


def record_of(seen: Sequence[SheetContent], source: str) -> Reading:
    """The record of all sheets, with the place of everything, and what no form claimed."""
    said = manifest(seen)
    chosen = edition_of(said, (({*sheet.names, *sheet.lost}, sheet.grid) for sheet in seen))
    sheets = list(read_sheets(seen, chosen))
    if not sheets:
        raise UserError("foreign_workbook", file=source)
    record = record_from((sheet.form.name, sheet.plucked.values) for sheet in sheets)
    guessed = [] if "edition" in record or said.get("edition") in EDITIONS else ["edition"]
    record.setdefault("edition", chosen.name)
    loose = list(leftovers(seen, sheets))
    if loose:
        record["leftovers"] = [*record.get("leftovers", []), *loose]
    if unit := said.get("money_unit"):
        record["money_unit"] = unit
    if inferred := [*guessed, *still_inferred(said, record)]:
        record["inferred"] = inferred
    where = {path: place for sheet in sheets for path, place in sheet.where()}
    where |= explanations(seen, record)
    noticed = tuple(remarks(sheets))
    return Reading(canonical(record), where, noticed, source, said.get("profile", ""))


def lists_among(seen: Sequence[SheetContent]) -> list[SheetContent]:
    """The sheets that hold a list of findings, the true one first."""
    by_title = {sheet.title: sheet for sheet in seen}
    return [by_title[title] for title in list_titles((s.title, s.names) for s in seen)]


def explanations(seen: Sequence[SheetContent], record: Raw) -> dict[RecordPath, Place]:
    """Put what people explained on the list of findings into the record; where it stands."""
    written = read_waivers((item.title, item.grid, item.names) for item in lists_among(seen))
    found = sorted(((waiver.raw(), at) for waiver, at in written), key=lambda pair: order(pair[0]))
    if found:
        record["waivers"] = [raw for raw, _ in found]
    return {
        ("waivers", number, key): place
        for number, (_, at) in enumerate(found)
        for key, place in at.items()
    }


def own_cells(names: Mapping[str, Box]) -> set[Coord]:
    """The cells under names of ours that are no field's."""
    ours = {at for name, box in names.items() if name.startswith(AID) for at in box.coords()}
    fields = {at for name, box in names.items() if name.startswith(FIELD) for at in box.coords()}
    return ours - fields


def manifest(seen: Iterable[SheetContent]) -> dict[str, str]:
    """What the hidden manifest says; nothing where it was deleted."""
    title = official("sheet.manifest")
    for sheet in seen:
        if sheet.title == title:
            entries = plucked_manifest(sheet).values["entries"]
            return {
                entry["key"]: str(entry.get("value", "")) for entry in entries if "key" in entry
            }
    return {}


def plucked_manifest(sheet: SheetContent) -> Plucked:
    """What the manifest says, by its names; where they are lost, from its first cell down."""
    rows = max((row for row, _ in sheet.grid.values), default=1)
    usual = anchors(place(MANIFEST, {"entries": [{}] * rows}))
    named = sheet.fields(MADE_FIELD)
    return pluck(MANIFEST, sheet.grid, named if usual.keys() <= named.keys() else usual)


def form_of(names: Iterable[str], *editions: Edition) -> Form | None:
    """The form a sheet holds: of these editions' forms, the one that most of its names belong to.

    None where no name belongs to any.
    """
    present = set(names)
    forms = [form for each in editions for form in (each.project, each.department, each.leftovers)]
    shared = [len(present & names_of(form)) for form in forms]
    most = max(shared)
    return forms[shared.index(most)] if most else None


def read_sheets(seen: Iterable[SheetContent], chosen: Edition) -> Iterator[SheetRead]:
    """Each sheet that holds a form, in the workbook's order; projects are numbered by it."""
    projects = 0
    for sheet in seen:
        form = form_of({*sheet.names, *sheet.lost}, chosen)
        if form is None:
            continue
        grid, formulas = without_settled(sheet, form)
        unknown = {at: text for at, text in formulas.items() if sheet.value(at) is None}
        position: RecordPath = ()
        if form is chosen.project:
            position, projects = ("projects", projects), projects + 1
        plucked = pluck(form, grid, {**emptied_form(sheet, form), **sheet.fields()})
        yield SheetRead(sheet.title, form, grid, plucked, formulas, unknown, position)


def emptied_form(sheet: SheetContent, form: Form) -> dict[str, Box]:
    """The columns of lists whose rows are all deleted: right below their headings, no row high.

    What people type there is read like rows that are typed below a list.
    """
    blank = place(form, {})
    columns: dict[str, Box] = {}
    for key, box in anchors(blank).items():
        edges = sheet.names.get(EDGES + key.partition("/")[0])
        if edges is not None and field_name(key) in sheet.lost:
            columns[key] = Box(edges.row + 1, edges.col + box.col - 1, box.width, 0)
    return columns


def without_settled(sheet: SheetContent, form: Form) -> tuple[Grid, dict[Coord, str]]:
    """A grid without formulas: each replaced by its value, but for the title's, which is ours."""
    grid = sheet.grid
    box = sheet.fields().get("title")
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
        value = sheet.value(coord)
        values[coord] = formula if value is None else value
        if cell_remarks.is_picture(formula):
            del values[coord]
    return Grid(values, grid.spans), formulas


def leftovers(seen: Sequence[SheetContent], sheets: Sequence[SheetRead]) -> Iterator[Raw]:
    """What stands outside every form: beside one, over what is ours, or on a foreign sheet."""
    read = {sheet.title: sheet for sheet in sheets}
    fields = [sheet.plucked.values for sheet in sheets]
    is_current = manifest(seen).get("words") == edition_of_words()
    known = OwnText(fields, [sheet.title for sheet in seen], is_current)
    listed = {sheet.title for sheet in lists_among(seen)}
    skipped = {official(f"sheet.{key}") for key in OURS_WHOLE}
    for sheet in seen:
        if sheet.title in listed:
            # no cell: with every new list the notes stand elsewhere
            texts = sorted(note.text for note in notes_on(sheet.grid, sheet.names))
            yield from ({"place": sheet.title, "text": text} for text in texts)
        if sheet.title in listed | skipped:
            continue
        grid, loose = sheet.grid, sorted(sheet.grid.values)
        if sheet.title in read:
            grid, loose = read[sheet.title].grid, [*read[sheet.title].plucked.leftovers]
        elif sheet.title == official("sheet.manifest"):
            loose = [*plucked_manifest(sheet).leftovers]
        area = Area(aid_boxes(sheet), grid.values, sheet.machinery, known)
        for at in loose:
            text = parse_text(grid.values[at])
            own = known.lists(text) if sheet.title == official("sheet.lists") else area.holds(at)
            if text.strip() and not own:
                yield {"place": str(Place(sheet.title, cell_address(*at))), "text": text}


def aid_boxes(sheet: SheetContent) -> dict[str, Box]:
    """What is ours on a sheet and no field of a form; of the summary, its fields too."""
    kinds = (AID, MADE_FIELD) if AID + "listed" in sheet.names else (AID,)
    return {name: box for name, box in sheet.names.items() if name.startswith(kinds)}


def still_inferred(said: Mapping[str, str], record: Raw) -> list[str]:
    """The inferred paths whose values nobody has changed since."""
    try:
        then = loads(said.get("inferred", "{}"))
    except UserError:
        return []
    if not isinstance(then, dict):
        return []
    return [path for path, value in then.items() if get(record, tuple(path.split("/"))) == value]


def remarks(sheets: Iterable[SheetRead]) -> Iterator[Remark]:
    """What the reader noticed on the sheets."""
    for sheet in sheets:
        for ref in sheet.plucked.lost:
            place = Place(sheet.title)
            yield Remark("STR023", (*sheet.path, *single(ref)), place, {"field": ref})
        kinds = {at: (path, place) for path, place in sheet.where() for at in [place.cell]}
        yield from cell_remarks.of_formulas(sheet.formulas, sheet.unknown, kinds)
        yield from cell_remarks.of_storage(
            sheet.title, sheet.form, sheet.grid, sheet.plucked.where, sheet.path
        )
        yield from rounded(sheet)


def rounded(sheet: SheetRead) -> Iterator[Remark]:
    """Amounts that had parts of a cent."""
    for cell in sheet.form.singles():
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
