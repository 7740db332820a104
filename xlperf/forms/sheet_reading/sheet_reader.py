"""What all sheets of a master workbook say, as one record: the same for a file and a live book.

A reader (openpyxl for a file, xlwings for a live book) gives each sheet as a `SheetContent`;
everything else is here: which form a sheet holds, its fields by their names, what nobody claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from xlperf.canonical import canonical, loads
from xlperf.errors import UserError
from xlperf.forms import EDITIONS, Edition
from xlperf.forms.defined_names import AID, EDGES, MADE_FIELD, field_name, names_of
from xlperf.forms.made_sheets.book_sheets import MANIFEST_SHEET
from xlperf.forms.made_sheets.sheet_order import uncounted
from xlperf.forms.official.edition_recognition import edition_of
from xlperf.forms.official.record_parts import assembled
from xlperf.forms.sheet_reading import cell_remarks
from xlperf.forms.sheet_reading.list_notes import notes_on
from xlperf.forms.sheet_reading.own_text import OwnCells, OwnText, edition_of_words
from xlperf.forms.sheet_reading.sheet_content import SheetContent, SheetRead
from xlperf.forms.sheet_reading.waiver_list import list_titles, read_waivers
from xlperf.forms.stages.choice import STAGE, is_stage
from xlperf.forms.stages.reader import read_stages
from xlperf.forms.stages.stage_form import ReadStage, read_stage
from xlperf.layout import Box, Coord, Form, Formula, Grid, PluckedValues, anchors, place, pluck
from xlperf.layout.addresses import cell_address
from xlperf.layout.cell_values import parse_text
from xlperf.paths import RecordPath, get
from xlperf.reading import Place, Reading, Remark
from xlperf.record import Raw
from xlperf.waivers import order
from xlperf.wording import official

OURS_WHOLE = ("marks", "changes", "renewal")  # sheets on which nothing is left over


ReadSheet = Callable[[SheetContent, Form, RecordPath], SheetRead]


def read_sheet(sheet: SheetContent, form: Form, path: RecordPath) -> SheetRead:
    """What a sheet says that holds this form; `path`: where it stands in the record."""
    grid, formulas = without_settled(sheet, form)
    unknown = {at: text for at, text in formulas.items() if sheet.value(at) is None}
    plucked = pluck(form, grid, {**emptied_form(sheet, form), **sheet.fields()})
    return SheetRead(sheet.title, form, grid, plucked, formulas, unknown, path)


class SheetReaders(NamedTuple):
    """What gives a sheet of goals or of the department as `read_sheet` does, one of a stage as
    `read_stage` does.
    """

    sheet: ReadSheet = read_sheet
    stage: ReadStage = read_stage


def record_of(
    contents: Sequence[SheetContent], source: str, read: SheetReaders | None = None
) -> Reading:
    """The record of all sheets, with the place of everything; a refusal if none holds a form."""
    read = read or SheetReaders()
    entries = manifest(contents)
    chosen = edition_of(entries, (({*sheet.names, *sheet.lost}, sheet.grid) for sheet in contents))
    sheets = list(read_sheets(contents, chosen, read.sheet))
    if not sheets:
        raise UserError("foreign_workbook", file=source)
    record = assembled((sheet.form.name, sheet.plucked.values) for sheet in sheets)
    goals = [sheet for sheet in sheets if sheet.form is chosen.project]
    later = read_stages(contents, goals, chosen, read.stage)
    if later.stages:
        record["stages"] = [*later.stages]
    sheets += later.sheets
    guessed = [] if "edition" in record or entries.get("edition") in EDITIONS else ["edition"]
    record.setdefault("edition", chosen.name)
    loose = list(leftovers(contents, sheets))
    if loose:
        record["leftovers"] = [*record.get("leftovers", []), *loose]
    if unit := entries.get("money_unit"):
        record["money_unit"] = unit
    where = {path: place for sheet in sheets for path, place in sheet.where}
    where |= later.places
    where |= explanations(contents, record)
    record = canonical(record)
    if inferred := [*guessed, *still_inferred(entries, record)]:
        record = canonical({**record, "inferred": inferred})
    noticed = (
        *(remark for sheet in sheets for remark in sheet.remarks),
        *uncounted_sheets([sheet.title for sheet in contents], goals),
    )
    profile, version = (entries.get(key, "") for key in ("profile", "xlperf"))
    return Reading(
        record, where, noticed, source, profile=profile, version=version, is_workbook=True
    )


def uncounted_sheets(titles: Sequence[str], goals: Sequence[SheetRead]) -> Iterator[Remark]:
    """Projects whose sheets no total of the workbook counts; `titles`: of all sheets, in order."""
    outside = uncounted(titles, [sheet.title for sheet in goals])
    for sheet in goals:
        if sheet.title in outside:
            yield Remark("STR045", sheet.path, Place(sheet.title), {"sheet": sheet.title})


def lists_among(contents: Sequence[SheetContent]) -> list[SheetContent]:
    """The sheets that hold a list of findings, the true one first."""
    by_title = {sheet.title: sheet for sheet in contents}
    return [by_title[title] for title in list_titles((s.title, s.names) for s in contents)]


def explanations(contents: Sequence[SheetContent], record: Raw) -> dict[RecordPath, Place]:
    """Put people's explanations of findings into `record["waivers"]`; the place of each part."""
    waivers = read_waivers((item.title, item.grid, item.names) for item in lists_among(contents))
    pairs = sorted(((waiver.raw(), at) for waiver, at in waivers), key=lambda pair: order(pair[0]))
    if pairs:
        record["waivers"] = [raw for raw, _ in pairs]
    return {
        ("waivers", number, key): place
        for number, (_, at) in enumerate(pairs)
        for key, place in at.items()
    }


def manifest(contents: Iterable[SheetContent]) -> dict[str, str]:
    """The entries of the hidden manifest (key → text); empty where the sheet was deleted."""
    title = official("sheet.manifest")
    for sheet in contents:
        if sheet.title == title:
            entries = plucked_manifest(sheet).values["entries"]
            return {
                entry["key"]: str(entry.get("value", "")) for entry in entries if "key" in entry
            }
    return {}


def plucked_manifest(sheet: SheetContent) -> PluckedValues:
    """What the manifest says, by its names; where they are lost, from its first cell down."""
    rows = max((row for row, _ in sheet.grid.values), default=1)
    usual = anchors(place(MANIFEST_SHEET, {"entries": [{}] * rows}))
    by_name = sheet.fields(MADE_FIELD)
    return pluck(MANIFEST_SHEET, sheet.grid, by_name if usual.keys() <= by_name.keys() else usual)


def form_of(names: Iterable[str], *editions: Edition) -> Form | None:
    """The form a sheet holds: of these editions' forms, the one that most of its names belong to.

    None where no name belongs to any.
    """
    present = set(names)
    forms = [
        form
        for edition in editions
        for form in (edition.project, edition.department, edition.leftovers)
    ]
    shared = [len(present & names_of(form)) for form in forms]
    most = max(shared)
    return forms[shared.index(most)] if most else None


def read_sheets(
    contents: Iterable[SheetContent], chosen: Edition, read: ReadSheet = read_sheet
) -> Iterator[SheetRead]:
    """Each sheet that holds a form, in the workbook's order; projects are numbered by it."""
    projects = 0
    for sheet in contents:
        names = {*sheet.names, *sheet.lost}
        form = None if is_stage(names) else form_of(names, chosen)
        if form is None:
            continue
        position: RecordPath = ()
        if form is chosen.project:
            position, projects = ("projects", projects), projects + 1
        yield read(sheet, form, position)


def emptied_form(sheet: SheetContent, form: Form) -> dict[str, Box]:
    """The columns of lists whose rows are all deleted: right below their headings, no row high.

    What people type there is read like rows that are typed below a list.
    """
    if not sheet.lost:
        return {}
    columns: dict[str, Box] = {}
    for key, box in anchors(place(form, {})).items():
        edges = sheet.names.get(EDGES + key.partition("/")[0])
        if edges is not None and field_name(key) in sheet.lost:
            columns[key] = Box(edges.row + 1, edges.col + box.col - 1, box.width, 0)
    return columns


def without_settled(sheet: SheetContent, form: Form) -> tuple[Grid, dict[Coord, str]]:
    """A grid with values (text where there is none) instead of formulas; and the formulas.

    The title's formula is ours and stays; one that shows a picture leaves a blank cell.
    """
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


def leftovers(contents: Sequence[SheetContent], sheets: Sequence[SheetRead]) -> Iterator[Raw]:
    """What stands outside every form: beside one, over what is ours, or on a foreign sheet."""
    forms_by_title = {sheet.title: sheet for sheet in sheets}
    fields = [sheet.plucked.values for sheet in sheets]
    is_current = manifest(contents).get("words") == edition_of_words()
    own_text = OwnText(fields, [sheet.title for sheet in contents], is_current)
    listed = {sheet.title for sheet in lists_among(contents)}
    skipped = {official(f"sheet.{key}") for key in OURS_WHOLE}
    for sheet in contents:
        if sheet.title in listed:
            # no cell: with every new list the notes stand elsewhere
            texts = sorted(note.text for note in notes_on(sheet.grid, sheet.names))
            yield from ({"place": sheet.title, "text": text} for text in texts)
        if sheet.title in listed | skipped:
            continue
        grid, loose = sheet.grid, sorted(sheet.grid.values)
        if sheet.title in forms_by_title:
            grid, loose = (
                forms_by_title[sheet.title].grid,
                [*forms_by_title[sheet.title].plucked.leftovers],
            )
        elif sheet.title == official("sheet.manifest"):
            loose = [*plucked_manifest(sheet).leftovers]
        hidden = (official("sheet.lists"), official("sheet.stage_lists"))
        area = OwnCells(aid_boxes(sheet), grid.values, sheet.machinery, own_text)
        field_cells = {box.at for name, box in sheet.names.items() if name.startswith(STAGE)}
        for at in loose:
            if at in field_cells:
                continue
            text = parse_text(grid.values[at])
            is_ours = own_text.lists(text) if sheet.title in hidden else area.holds(at)
            if text.strip() and not is_ours:
                yield {"place": str(Place(sheet.title, cell_address(*at))), "text": text}


def aid_boxes(sheet: SheetContent) -> dict[str, Box]:
    """What is ours on a sheet and no field of a form; of the summary, its fields too."""
    kinds = (AID, MADE_FIELD) if AID + "listed" in sheet.names else (AID,)
    return {name: box for name, box in sheet.names.items() if name.startswith(kinds)}


def still_inferred(entries: Mapping[str, str], record: Raw) -> list[str]:
    """The paths inferred when the workbook was made whose values nobody has changed since."""
    try:
        then = loads(entries.get("inferred", "{}"))
    except UserError:
        return []
    if not isinstance(then, dict):
        return []
    return [path for path, value in then.items() if get(record, tuple(path.split("/"))) == value]
