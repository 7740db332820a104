"""One table for many projects: which project a row belongs to, and what it says of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlperf.documents.layouts.form_draft import FormDraft, is_empty
from xlperf.documents.layouts.funding.funds import Fund, Funds
from xlperf.documents.layouts.funding.money import unit_of
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.documents.layouts.indicator_tables.headers import Header, TableColumn
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column
from xlperf.documents.layouts.titles import is_label, label_meaning
from xlperf.documents.parse.project_forms.units import read_unit_apart
from xlperf.documents.words import plain

LATER_AMOUNTS = ("adjusted", "executed")
MONEY_COLUMNS = ("budget", "fiscal", "other", *LATER_AMOUNTS)
CARRIED_COLUMNS = ("unit", "unit_code", "managing_department", "implementing_unit")


@dataclass
class ProjectRow:
    """One row of the table: its project's name, whether the project begins here, its cells by key.

    Cells of the columns in `CARRIED_COLUMNS` (units) hold for the rows below too.
    """

    name: str = ""
    begins: bool = False
    cells: dict[str, tuple[TableColumn, Slot]] = field(default_factory=dict)

    def keep(self, form: FormDraft, funds: Funds) -> None:
        """Put its cells into the form and the funds of a project that begins."""
        is_apart = self._keep_unit(form)
        units = self._money_units(form)
        for key, (column, slot) in self.cells.items():
            if (is_apart and key in ("unit", "unit_code")) or key == "money_unit":
                continue
            if key in MONEY_COLUMNS and (is_empty(slot.text) or is_label(slot.text)):
                continue
            if key in MONEY_COLUMNS:
                phase = key if key in LATER_AMOUNTS else "budget"
                role = key if key in ("fiscal", "other") else "total"
                titles = (*units, column.title)
                funds.rows.append(Fund(phase, role, column.slot, slot, titles))
            elif key == "goals":
                form.keep_goals("goals", [slot.piece])
            else:
                section = {"unit": "unit", "unit_code": "unit", "code": "code"}.get(key, "text")
                form.keep(section, key, slot.piece)

    def _money_units(self, form: FormDraft) -> list[str]:
        """The unit of its amounts, where that has a column, as a label says it: in brackets."""
        cell = self.cells.get("money_unit")
        if cell is None or unit_of(cell[1].text) is None:
            return []
        form.draft.furniture(cell[1].piece)
        return [f"({plain(cell[1].text)})"]

    def _keep_unit(self, form: FormDraft) -> bool:
        """Keep a unit whose code and name have a column each; false if there are no two."""
        code, name = (self.cells.get(key) for key in ("unit_code", "unit"))
        if code is None or name is None:
            return False
        project = form.project(code[1].piece)
        return read_unit_apart(form.draft, project, code[1].piece, name[1].piece)


def project_rows(header: Header, line: Slots, before: ProjectRow) -> ProjectRow:
    """Read a row's columns of projects; `before`: the row above, whose name and units go on.

    A project begins where the row has a name that is not the one above.
    """
    result: dict[str, tuple[TableColumn, Slot]] = {}
    for column in header.columns:
        slot = at_column(line, column.slot.start) if column.section == "project" else None
        is_taken = any(slot is cell for _, cell in result.values())  # it runs over blank cells
        if slot is not None and not slot.blank and not is_taken:
            result[column.key] = (column, slot)
    carried = {key: before.cells[key] for key in CARRIED_COLUMNS if key in before.cells}
    cells = {**carried, **result}
    name = result.get("name")
    if name is None or not _is_name(header, line, name[1], result):
        carried_cells = {key: pair for key, pair in cells.items() if key in CARRIED_COLUMNS}
        return ProjectRow(before.name, False, carried_cells)
    text = plain(name[1].text)
    return ProjectRow(text, text != before.name, cells)


def _is_name(
    header: Header, line: Slots, slot: Slot, by_key: dict[str, tuple[TableColumn, Slot]]
) -> bool:
    """Whether a cell names a project: no total, and not the only thing that its row says."""
    if is_label(slot.text) or label_meaning("ends", slot.text) or sum_of(slot.text):
        return False
    column = header.of("indicator", "name")
    indicator = at_column(line, column.slot.start) if column else None
    return bool(by_key.keys() & {*MONEY_COLUMNS, "goals"}) or bool(
        indicator and not indicator.blank
    )
