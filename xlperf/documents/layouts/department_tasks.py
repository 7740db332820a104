"""The tasks of a department in its form: a header and a row for each task with what it is to do."""

from __future__ import annotations

from collections.abc import Sequence

from xlperf.documents.layouts.form_draft import FormDraft
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank
from xlperf.documents.layouts.titles import label_meaning


def read_tasks(form: FormDraft, lines: Sequence[Slots], row: int) -> int:
    """The tasks of a department: a header and a row for each; how many rows that took."""
    titles = {label_meaning("tasks", slot.text): slot for slot in nonblank(lines[row])}
    if not form.whole or not {"name", "goal"} <= titles.keys():
        return 0
    for slot in nonblank(lines[row]):
        if label_meaning("tasks", slot.text):
            form.draft.furniture(slot.piece)
    count = 1
    for line in lines[row + 1 :]:
        name, goal = (at_column(line, titles[key].start) for key in ("name", "goal"))
        if name is None or goal is None or (not line[0].blank and line[0] is not name):
            break
        if label_meaning("ends", name.text) or label_meaning("goals", name.text):
            break
        count += 1
        if not name.blank and name is not goal:
            _task(form, name, goal)
    return count


def _task(form: FormDraft, name: Slot, goal: Slot) -> None:
    path = form.draft.add(("activities",), name.piece)
    form.draft.keep((*path, "name"), name.piece)
    form.draft.keep_lines((*path, "goal"), [goal.piece])
