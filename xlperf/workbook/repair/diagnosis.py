"""What is damaged in a workbook: its sheets beside those that would be made anew from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf import __version__
from xlperf.errors import UserError
from xlperf.forms import Edition
from xlperf.forms.defined_names import AID
from xlperf.forms.made_sheets.book_sheets import summary_of
from xlperf.forms.made_sheets.sheet_order import guide_is_behind, uncounted
from xlperf.layout import Box
from xlperf.layout.addresses import cell_address
from xlperf.reading import Reading
from xlperf.rules.profiles import DEFAULT, Profile, profile
from xlperf.rules.profiles import names as profiles
from xlperf.wording import LANGUAGES, language, official
from xlperf.workbook.draw.form_sheet import merge
from xlperf.workbook.names import fields, named_boxes
from xlperf.workbook.read import edition_of, manifest, reading_of
from xlperf.workbook.repair import compare_generated as made_compared
from xlperf.workbook.repair.compare_checks import REFERENCE_ERROR, Places
from xlperf.workbook.repair.compare_form import SheetPair, compare, surroundings
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.repair.list_growth import grown_lists
from xlperf.workbook.repair.recover_names import MADE_FORMS, LocatedForms, locate, made_sheets
from xlperf.workbook.repair.stage_forms import locate_stages, own_formulas_gone
from xlperf.workbook.write import master_book


@dataclass
class Diagnosis:
    """A damaged workbook: its names put back in memory, its record, its damages.

    `chosen` is the edition of its forms, by its manifest or by what its sheets are most like;
    `fresh` is the workbook that would be made anew from the record; `manifest` are the entries of
    the manifest.
    """

    book: Workbook
    path: Path
    chosen: Edition
    located: LocatedForms
    reading: Reading
    fresh: Workbook
    manifest: dict[str, str] = field(default_factory=dict)
    damages: list[Damage] = field(default_factory=list)
    stages: Collection[str] = ()  # the titles of sheets of stages

    @property
    def projects(self) -> list[str]:
        """The titles of the project sheets, in the workbook's order."""
        return self.located.of(self.chosen.project)

    @property
    def listed(self) -> int:
        """How many other contents stand on a sheet of their own already."""
        paths = (path for path in self.reading.where if path[:1] == ("leftovers",))
        return len({path[1] for path in paths if len(path) > 1})

    def new_title(self, title: str) -> str:
        """The title that a sheet of ours has when it is drawn anew."""
        form = self.located.forms.get(title)
        if form is not None:
            return title if form.name == "project" else official(f"sheet.{form.name}")
        keys = (key for key, made_title in self.located.made_titles.items() if made_title == title)
        return next((official(f"sheet.{key}") for key in keys), title)

    def fresh_of(self, title: str) -> Worksheet | None:
        """The sheet made anew in place of the one of this title; None where none is."""
        new = self.new_title(title)
        return self.fresh[new] if new in self.fresh.sheetnames else None

    def width_of(self, title: str) -> int:
        """How many columns the form of a sheet has."""
        form = self.located.forms.get(title)
        keys = [key for key, made_title in self.located.made_titles.items() if made_title == title]
        made_form = summary_of(self.chosen.name) if keys[:1] == ["summary"] else None
        return len((form or made_form or MADE_FORMS[keys[0]]).widths)

    @property
    def by(self) -> Profile:
        """The profile that its checks judge by, from the manifest; else the default one."""
        return judging_profile(self.manifest)


def judging_profile(entries: dict[str, str]) -> Profile:
    """The profile that a manifest names, else the default one."""
    name = entries.get("profile", "")
    return profile(name if name in profiles() else DEFAULT)


def language_of(book: Workbook) -> str:
    """The language a workbook speaks: its manifest's, else the one spoken now."""
    code = manifest(book).get("language", "")
    return code if code in LANGUAGES else language()


def examine(book: Workbook, path: Path) -> Diagnosis:
    """Compare a workbook with the one made anew from its record; names are put back in memory.

    Raises UserError (`foreign_workbook`) where no sheet holds a project or a department.
    """
    title = next((t for k, t in made_sheets(book) if k == "manifest"), "")
    if title and title != official("sheet.manifest"):
        book[title].title = official("sheet.manifest")
    chosen = edition_of(book)
    located = locate(book, chosen)
    if not located.of(chosen.project) and not located.of(chosen.department):
        raise UserError("foreign_workbook", file=path)
    stages = locate_stages(book, chosen, located)
    damages = [*located.damages, *merge_again(book, located), *stages.damages]
    damages += [damage for title in stages.forms for damage in own_formulas_gone(book[title])]
    reading = reading_of(book, path)
    entries = manifest(book)
    titles = located.of(chosen.project)
    fresh = master_book(reading.record, path, judging_profile(entries), titles)
    examined = Diagnosis(book, path, chosen, located, reading, fresh, entries, damages)
    examined.stages = stages.titles
    if title and title != official("sheet.manifest"):
        damages.append(Damage("retitled", title, "", official("sheet.manifest")))
    damages += _compared(examined)
    return examined


def merge_again(book: Workbook, located: LocatedForms) -> Iterator[Damage]:
    """Merge the cells of one value again, which hidden numbers beside the form still tell."""
    for title, form in located.forms.items():
        sheet = book[title]
        parts = named_boxes(sheet).get(AID + "parts")
        if parts is None:
            continue
        at = fields(sheet)
        for part in form.lists():
            for position, key in enumerate(part.merging):
                box = at.get(f"{part.list_ref}/{key}")
                if box:
                    yield from _merged_column(sheet, box, parts.col + position, key)


def _merged_column(sheet: Worksheet, box: Box, flag: int, key: str) -> Iterator[Damage]:
    spans = {r for area in sheet.merged_cells.ranges for r in _rows(area, box.col)}
    for rows in _runs(sheet, box, flag):
        has_content = [sheet.cell(row, box.col).value not in (None, "") for row in rows]
        if len(rows) > 1 and has_content[0] and not any(has_content[1:]) and not spans & set(rows):
            merge(sheet, rows[0], box.col, len(rows), box.width)
            yield Damage("unmerged", sheet.title, cell_address(rows[0], box.col), key)


def _rows(area: object, col: int) -> Iterator[int]:
    a = area
    if a.min_col <= col <= a.max_col and a.max_row > a.min_row:  # type: ignore[attr-defined]
        yield from range(a.min_row, a.max_row + 1)  # type: ignore[attr-defined]


def _runs(sheet: Worksheet, box: Box, flag: int) -> Iterator[list[int]]:
    """Rows that carry one number, with rows inserted between them."""
    run: list[int] = []
    number: object = None
    for row in range(box.row, box.row + box.height):
        mark = sheet.cell(row, flag).value
        if mark is not None and mark == number:
            run += range(run[-1] + 1, row + 1)
        elif mark is not None:
            if run:
                yield run
            run, number = [row], mark
    if run:
        yield run


def _compared(examined: Diagnosis) -> Iterator[Damage]:
    book, fresh, located = examined.book, examined.fresh, examined.located
    places = Places.of(_roles(book, located))
    fresh_places = Places.of(_fresh_roles(examined))
    outdated = examined.manifest.get("xlperf", __version__) != __version__
    yield from made_compared.gone_or_renamed(book, located.made_titles)
    yield from made_compared.public_names(book, fresh)
    if book.security is not None and book.security.lockStructure:
        yield Damage("locked_book")
    if outdated:
        yield Damage("outdated", "", "", examined.manifest["xlperf"])
    for title, form in located.forms.items():
        like = title if form.name == "project" else official(f"sheet.{form.name}")
        if form.name != "project" and title != like:
            yield Damage("retitled", title, "", like)
        if like in fresh.sheetnames:
            where = located.by_labels[title]
            pair = SheetPair(book[title], fresh[like], form, where, places, fresh_places)
            yield from grown_lists(book[title], form, examined.reading)
            changed = compare(pair)
            yield from (d for d in changed if not follows_order(d, examined, outdated=outdated))
    if not located.of(examined.chosen.department):
        yield Damage("department_gone", official("sheet.department"))
    yield from (
        Damage("uncounted", title) for title in uncounted(book.sheetnames, examined.projects)
    )
    if guide_is_behind(book.sheetnames):
        yield Damage("guide_behind", official("sheet.guide"))
    yield from _made_sheets(examined, places, fresh_places, outdated)


def follows_order(damage: Damage, examined: Diagnosis, *, outdated: bool) -> bool:
    """Whether a change follows from damage reported already: a sheet gone, another version."""
    if outdated and damage.kind in REDRAWN_SHEETS:
        return True
    missing = {"summary": "summary" not in examined.located.made_titles}
    missing["department"] = not examined.located.of(examined.chosen.department)
    if damage.kind not in ("check_changed", "check_word_gone") or not any(missing.values()):
        return False
    formula = str(examined.book[damage.sheet][damage.cell].value or "")
    return REFERENCE_ERROR in formula or any(
        official(f"sheet.{k}") in formula for k, lost in missing.items() if lost
    )


REDRAWN_SHEETS = frozenset(
    {"check_changed", "check_row_gone", "check_word_gone", "checks_gone", "made_changed",
     "summary_changed", "public_name", "validation"}
)  # fmt: skip


def _made_sheets(
    examined: Diagnosis, places: Places, fresh_places: Places, outdated: bool
) -> Iterator[Damage]:
    book, fresh, titles = examined.book, examined.fresh, examined.located.made_titles
    if "summary" in titles:
        sheet = book[titles["summary"]]
        yield from made_compared.wrong_set(sheet, examined.projects)
        if made_compared.units_differ(sheet, len(examined.reading.record["units"])):
            yield Damage("units_listed", sheet.title)
        yield from made_compared.stage_columns_changed(sheet)
        like = fresh[official("sheet.summary")]
        for damage in made_compared.changed_summary(sheet, places, like, fresh_places):
            is_reported = (
                damage.kind == "summary_changed" and REFERENCE_ERROR in damage.detail
            )  # as listed_gone
            if not is_reported and not (outdated and damage.kind in REDRAWN_SHEETS):
                yield damage
    for key in made_compared.STATIC:
        if key in titles and not outdated:
            like = fresh[official(f"sheet.{key}")]
            yield from made_compared.static(book[titles[key]], like)
    if "guide" in titles:
        yield from surroundings(book[titles["guide"]], fresh[official("sheet.guide")])
    if "manifest" in titles:
        like = fresh[official("sheet.manifest")]
        yield from made_compared.manifest_keys(book[titles["manifest"]], like)


def _roles(book: Workbook, located: LocatedForms) -> Iterator[tuple[Worksheet, str]]:
    yield from ((book[title], form.name) for title, form in located.forms.items())
    yield from ((book[title], key) for key, title in located.made_titles.items())


def _fresh_roles(examined: Diagnosis) -> Iterator[tuple[Worksheet, str]]:
    fixed = ("guide", "summary", "manifest", "lists", "department", "leftovers")
    titles = {official(f"sheet.{key}"): key for key in fixed}
    for sheet in examined.fresh.worksheets:
        yield sheet, titles.get(sheet.title, "project")
