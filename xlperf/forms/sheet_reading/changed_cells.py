"""Which cells show something else for one record than for another, and what they show."""

from __future__ import annotations

from collections.abc import Mapping

from xlperf.forms import edition_of
from xlperf.forms.official.record_parts import project_values
from xlperf.forms.stages.values import ROW_KEYS, SINGLES
from xlperf.layout.cell_values import show
from xlperf.layout.vocabulary import CellKind, Form
from xlperf.paths import RecordPath, get
from xlperf.reading import Place
from xlperf.record import Raw, view

STAGE_FIELD_KINDS: Mapping[str, CellKind] = {
    **dict.fromkeys(SINGLES, "text"),
    **{f"indicators/{key}": "text" for key in ROW_KEYS},
}  # of what a stage says of a project: texts are fixed, numbers never
CellTexts = Mapping[str, Mapping[str, str]]  # sheet's title, address, text


def changed_cells(where: Mapping[RecordPath, Place], before: Raw, after: Raw) -> CellTexts:
    """The cells whose text differs between two records: sheet → cell → the text for `after`.

    `where`: the cell of each path. Only fields that show text are compared.
    """
    then, now = _Shown(before), _Shown(after)
    result: dict[str, dict[str, str]] = {}
    for path, place in where.items():
        if place.cell and (text := now.text(path)) != then.text(path):
            result.setdefault(place.sheet, {})[place.cell] = text
    return result


class _Shown:
    """What the cells of a record's forms show."""

    def __init__(self, record: Raw) -> None:
        chosen = edition_of(record)
        self.record = record
        self.project = _kinds(chosen.project)
        self.others = {**_kinds(chosen.department), **_kinds(chosen.leftovers)}
        self.names = view(record).unit_names()
        self.projects: dict[int, Raw] = {}

    def text(self, path: RecordPath) -> str:
        """What the cell of a path shows; "" for a path that has no field of its own."""
        kinds: Mapping[str, CellKind] = self.others
        values, below = self.record, path
        if len(path) > 1 and path[0] == "projects":
            values, kinds, below = self._project(int(path[1])), self.project, path[2:]
        if len(path) > 4 and path[0] == "stages":
            values, kinds, below = get(self.record, path[:4]), STAGE_FIELD_KINDS, path[4:]
        kind = kinds.get("/".join(str(step) for step in below if not isinstance(step, int)))
        content = show(kind, get(values, below)) if kind else None
        return content if isinstance(content, str) else ""

    def _project(self, position: int) -> Raw:
        if position not in self.projects:
            raw = self.record["projects"][position]
            self.projects[position] = project_values(raw, position, self.names)
        return self.projects[position]


def _kinds(form: Form) -> dict[str, CellKind]:
    """The kind of each field of a form, by its keys."""
    return {key: cell.kind for key, cell in form.fields() if cell.role == "field"}
