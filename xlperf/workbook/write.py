"""The master workbook: guide, summary, the department's sheet, one sheet per project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf import __version__
from xlperf.canonical import dumps
from xlperf.comparison.record_diff import differences
from xlperf.editions import Traits, traits_of
from xlperf.errors import UserError
from xlperf.forms import edition
from xlperf.forms.defined_names import AID
from xlperf.forms.made_sheets.book_sheets import LISTS_SHEET, MANIFEST_SHEET
from xlperf.forms.official.record_parts import is_derived, record_from
from xlperf.forms.sheet_reading.own_text import edition_of_words
from xlperf.formulas import cross_sheet
from xlperf.formulas.book_checks import (
    PANEL,
    DrawnSheet,
    planned_sheets,
    sheet_checks_of,
    titled_parts,
)
from xlperf.formulas.cross_sheet import SheetAddresses
from xlperf.formulas.renewal_lines import LastYear
from xlperf.formulas.sheet_checks import SheetChecks
from xlperf.layout import Box, FilledForm, Form, Grid, anchors, fill, pluck
from xlperf.paths import get
from xlperf.plan import plan as plan_of
from xlperf.record import Raw, view, words
from xlperf.rules.profiles import Profile
from xlperf.storage.files import refuse_misnamed, write_whole
from xlperf.wording import language, official, say
from xlperf.workbook.cells import cell_at, link
from xlperf.workbook.draw.cell_styles import CellStyles, dressed_book
from xlperf.workbook.draw.checks.check_cells import beside, show
from xlperf.workbook.draw.checks.section_status import show_sections
from xlperf.workbook.draw.checks.validations import add_validation, protect
from xlperf.workbook.draw.checks.word_lists import write_lists
from xlperf.workbook.draw.findings_list import write_list
from xlperf.workbook.draw.form_sheet import draw, write_values
from xlperf.workbook.draw.guide import write_guide
from xlperf.workbook.draw.renewal_sheet import add_renewal_sheet
from xlperf.workbook.draw.summary import write_summary
from xlperf.workbook.names import define_name
from xlperf.workbook.package.sheet_xml.xml_escapes import LONGEST_CELL_TEXT, plain
from xlperf.workbook.stamp.book_stamp import BookStamp, Track

FORMAT = "1"


def write_master(  # noqa: PLR0913 - what is written, and how it is gone about
    record: Raw,
    path: Path,
    source: object = "",
    chosen: Profile | None = None,
    *,
    titles: Sequence[str] = (),
    track: Track = iter,
    last_year: LastYear | None = None,
) -> None:
    """Write the master workbook of a record that came from `source`, whole or not at all.

    One sheet is drawn for all projects of a shape (`workbook.stamp`). `track` is given the
    positions of the projects to go through; `titles` are those of the projects' sheets, where they
    have some already. With `last_year`, its values stand beside this year's on a sheet of their
    own. Refuses what the workbook could not give back whole.
    """
    refuse_misnamed(path)
    forms = edition(words(record, "edition"))
    stamp = BookStamp(record, list(titled_parts(record, forms, titles)), forms.project)
    lossless = LosslessCheck(record, source)
    lossless.check_samples(stamp.samples)
    book, looks = dressed_book()
    fill_book(book, looks, record, stamp.drawn_sheets, chosen)
    if last_year is not None:
        add_renewal_sheet(book, looks, last_year, book.index(book[official("sheet.manifest")]))
    stamp.take(book, looks)
    looks.done(book)
    finish(book, record)

    def write(target: Path) -> None:
        with target.open("wb") as file:
            stamp.write(book, file, lossless.check_all, track)
        if record.get("stages"):
            from xlperf.workbook.stages import add_stages

            add_stages(target, record, source, chosen)

    write_whole(path, write)


def master_book(
    record: Raw,
    file: object = "",
    by: Profile | None = None,
    titles: Sequence[str] = (),
) -> Workbook:
    """The master workbook of a canonical record; refuses what it could not give back whole.

    Its live checks judge by a profile, the default one if none is named. Project sheets may have
    titles already.
    """
    drawn_sheets = planned_sheets(record, edition(words(record, "edition")), titles)
    check_nothing_lost(record, drawn_sheets, file)
    book, looks = dressed_book()
    fill_book(book, looks, record, drawn_sheets, by)
    looks.done(book)
    finish(book, record)
    return book


def fill_book(
    book: Workbook,
    styles: CellStyles,
    record: Raw,
    drawn_sheets: list[DrawnSheet],
    by: Profile | None = None,
) -> None:
    """Add every sheet of ours to a workbook, in the order of the contract."""
    traits = traits_of(record)
    guide = book.create_sheet(official("sheet.guide"))
    summary = book.create_sheet(official("sheet.summary"))
    for item in drawn_sheets:
        write_part(book.create_sheet(item.title), item, styles, record)
    checked = write_checks(book, styles, sheet_checks_of(drawn_sheets, view(record), by))
    write_guide(guide, styles)
    write_summary(summary, styles, view(record), checked[1:], checked[0])
    write_hidden(book, styles, MANIFEST_SHEET, "sheet.manifest", {"entries": entries(record)})
    write_hidden(book, styles, LISTS_SHEET, "sheet.lists", {"rows": listed(traits)})
    write_lists(book, book[official("sheet.lists")], traits)
    if record.get("waivers"):  # kept as they are until the next validation
        behind = book.index(book[official("sheet.manifest")])
        sheet = book.create_sheet(official("sheet.findings"), behind)
        write_list(sheet, styles, plan_of((), record, ()))


class LosslessCheck:
    """Whether the forms hold every word of a record; compared at most once as a whole."""

    def __init__(self, record: Raw, source: object) -> None:
        self._record, self._source = record, source
        self._checked = False

    def check_samples(self, projects: Sequence[int]) -> None:
        """Check the department's form and those of some projects, by their positions."""
        sample = {**self._record, "projects": [self._record["projects"][at] for at in projects]}
        try:
            check_nothing_lost(sample, self._sheets(sample), self._source)
        except UserError:  # which names the places of the sample
            self.check_all()

    def check_all(self) -> None:
        """Check every form. Raises UserError with the places that would be lost."""
        if not self._checked:
            check_nothing_lost(self._record, self._sheets(self._record), self._source)
        self._checked = True

    def _sheets(self, record: Raw) -> list[DrawnSheet]:
        return planned_sheets(record, edition(words(record, "edition")))


def check_nothing_lost(record: Raw, drawn_sheets: list[DrawnSheet], file: object) -> None:
    """Read back what would be written: a form must hold every word of the record."""
    for item in drawn_sheets:
        for (row, col), content in item.filled_form.grid.values.items():
            if (
                isinstance(content, str)
                and len(content.encode("utf-16-le")) > 2 * LONGEST_CELL_TEXT
            ):
                where = f"{item.title}!{get_column_letter(col)}{row}"
                raise UserError("too_long", path=where, length=len(content))
    contents = []
    for item in drawn_sheets:
        layout = item.filled_form.layout
        plucked = pluck(item.part.form, item.filled_form.grid, anchors(layout))
        contents.append((item.part.form.name, plucked.values))
    # these stand on sheets of their own, those of stages are added and checked afterwards
    apart = ("inferred", "waivers", "money_unit", "stages")
    expected = {key: value for key, value in record.items() if key not in apart}
    if (back := record_from(contents)) != expected:
        raise UserError("would_lose", file=file, paths="; ".join(differences(expected, back)[:5]))


def write_part(sheet: Worksheet, part_sheet: DrawnSheet, styles: CellStyles, record: Raw) -> None:
    """One form: drawn, filled in, with a header, a footer and a link back."""
    layout, form = part_sheet.filled_form.layout, part_sheet.part.form
    draw(sheet, layout, styles)
    write_values(
        sheet, live_title(part_sheet) if form.name == "project" else part_sheet.filled_form
    )
    back = Box(1, len(form.widths) + PANEL)
    define_name(sheet, AID + "back", back)
    cell = cell_at(sheet, back.row, back.col)
    cell.value = say("summary.back")
    styles.give(cell, "link_center")
    link(cell, official("sheet.summary"), say("summary.back"))
    beside(sheet, styles, len(form.widths))
    protect(sheet)
    header_and_footer(sheet, record)


def write_checks(
    book: Workbook, styles: CellStyles, checked: list[tuple[DrawnSheet, SheetChecks]]
) -> list[SheetAddresses]:
    """Put the checks onto their sheets; gives the addresses of their fields and results."""
    result = []
    for part_sheet, machine in checked:
        show(book[part_sheet.title], machine, styles)
        show_sections(book[part_sheet.title], machine, styles)
        add_validation(book[part_sheet.title], part_sheet.filled_form.layout)
        at = anchors(part_sheet.filled_form.layout)
        result.append(SheetAddresses(part_sheet.title, at, machine.names, part_sheet.number))
    return result


def live_title(part_sheet: DrawnSheet) -> FilledForm:
    """A title that follows from the name is a formula, so that it follows the name for ever."""
    if not is_derived(part_sheet.part):
        return part_sheet.filled_form
    grid, at = part_sheet.filled_form.grid, part_sheet.filled_form.layout.slot("title").box.at
    formula = cross_sheet.title(part_sheet.addresses(), int(part_sheet.part.path[1]) + 1)
    return replace(part_sheet.filled_form, grid=Grid({**grid.values, at: formula}, grid.spans))


def header_and_footer(sheet: Worksheet, record: Raw) -> None:
    """Department and year above, page numbers below."""
    name = plain(str(get(record, ("department", "name")) or ""), 80).replace("&", "&&")
    year = plain(str(record.get("fiscal_year", "")), 20).replace("&", "&&")
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None and footer is not None
    header.left.text = name
    header.right.text = say("summary.year", year=year) if year else ""
    footer.center.text = say("summary.page")
    for part in (header.left, header.right, footer.center):
        part.size = 9


def write_hidden(book: Workbook, styles: CellStyles, form: Form, key: str, values: Raw) -> None:
    """Add a hidden sheet for the program, drawn like the others; `key`: its title's wording."""
    sheet = book.create_sheet(official(key))
    filled_form = fill(form, values)
    draw(sheet, filled_form.layout, styles)
    write_values(sheet, filled_form)
    sheet.sheet_state = "hidden"


def entries(record: Raw) -> list[Raw]:
    """The manifest: what the workbook is, and which values were inferred, as they were then."""
    inferred = {path: get(record, tuple(path.split("/"))) for path in record.get("inferred", ())}
    facts = {
        "format": FORMAT,
        "edition": words(record, "edition"),
        "language": language(),
        "xlperf": __version__,
        "words": edition_of_words(),
        "inferred": dumps(inferred).strip(),
    }
    if unit := words(record, "money_unit"):
        facts["money_unit"] = unit
    return [{"key": key, "value": value} for key, value in facts.items()]


def listed(traits: Traits) -> list[Raw]:
    """The controlled lists of an edition side by side."""
    columns = {
        "level1": tuple(traits.levels),
        "level2": traits.second_levels(),
        **{key: traits.lists.get(key, ()) for key in ("basis", "operators", "units")},
    }
    longest = max(len(column) for column in columns.values())
    return [
        {key: column[i] for key, column in columns.items() if i < len(column)}
        for i in range(longest)
    ]


def finish(book: Workbook, record: Raw) -> None:
    """Open on the summary, calculate on loading, and say what the file is."""
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = False
        sheet.sheet_view.showGridLines = False
    book.active = 1
    book.worksheets[1].sheet_view.tabSelected = True
    book.calculation.fullCalcOnLoad = True
    title_parts = (get(record, ("department", "name")), record.get("fiscal_year"))
    book.properties.title = plain(" ".join(str(part) for part in title_parts if part), 200)
    book.properties.creator = "xlperf"
    book.properties.language = "zh-CN"
