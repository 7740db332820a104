"""fill and pluck are inverse, for any record and wherever the rows have moved."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.records import RECORD
from xlperf.canonical import canonical
from xlperf.comparison.record_diff import differences
from xlperf.forms import edition
from xlperf.forms.official.record_parts import parts, record_from
from xlperf.layout import Box, Grid, anchors, fill, pluck
from xlperf.record import Raw

EDITION = edition("hebei-2021")
SLOW = settings(max_examples=tries(150), deadline=None, suppress_health_check=list(HealthCheck))


def there_and_back(record: Raw) -> Raw:
    read = []
    for part in parts(record, EDITION):
        filled = fill(part.form, part.values)
        plucked = pluck(part.form, filled.grid, anchors(filled.layout))
        assert not plucked.leftovers
        assert not plucked.lost
        read.append((part.form.name, plucked.values))
    return record_from(read)


def says_one_thing(record: Raw) -> bool:
    """Records that the printed form itself cannot tell apart are not drawn."""
    titles = [str(p.get("title", "")) for p in record["projects"]]
    names = [str(p.get("name", "")) for p in record["projects"]]
    units = [str(p.get("unit_name", "")) for p in record["projects"]]
    units += [str(u.get("name", "")) for u in record["units"]]
    return all(t == t.lstrip() for t in titles + names) and not any("｜" in u for u in units)


@SLOW
@given(RECORD)
def test_any_record_comes_back_from_its_forms_unchanged(record: Raw) -> None:
    assume(says_one_thing(record))
    back = there_and_back(record)
    assert not differences(record, back), differences(record, back)


@SLOW
@given(RECORD, st.data())
def test_a_blank_row_inserted_anywhere_outside_merged_cells_changes_nothing(
    record: Raw, data: Any
) -> None:
    assume(record["projects"] and says_one_thing(record))
    part = parts(record, EDITION)[1]
    filled = fill(part.form, part.values)
    before = data.draw(st.integers(1, filled.layout.rows))
    moved = Grid(
        {down(coord, before): value for coord, value in filled.grid.values.items()},
        tuple(stretched(span, before) for span in filled.grid.spans),
    )
    at = {key: stretched(box, before) for key, box in anchors(filled.layout).items()}
    plucked = pluck(part.form, moved, at)
    assert plucked.values == pluck(part.form, filled.grid, anchors(filled.layout)).values or (
        only_merged_values_repeat(plucked.values, part.values)
    )


def only_merged_values_repeat(read: Raw, written: Any) -> bool:
    """A row inserted inside merged first levels shows their text, and nothing else."""
    extra = [i for i in read["indicators"] if set(i) <= {"level1", "level2"}]
    rest = [i for i in read["indicators"] if not set(i) <= {"level1", "level2"}]
    filled_rows = [i for i in written["indicators"] if not set(i) <= {"level1", "level2"}]
    return bool(extra) and rest == filled_rows


def down(coord: tuple[int, int], before: int) -> tuple[int, int]:
    return (coord[0] + (coord[0] >= before), coord[1])


def stretched(box: Box, before: int) -> Box:
    inside = box.row < before < box.row + box.height
    return Box(box.row + (box.row >= before), box.col, box.width, box.height + inside)


def test_a_record_is_canonical_once_and_for_all() -> None:
    raw = {
        "edition": "hebei-2021",
        "overall_goal": "",
        "department": {"code": None},
        "units": [{"code": "1", "name": "甲"}, {}],
        "projects": [
            {
                "name": "乙",
                "title": "乙绩效目标表",
                "unit": "1",
                "unit_name": "甲",
                "budget": "6,400",
            },
            None,
        ],
    }
    once = canonical(raw)
    assert once == canonical(once)
    assert once["projects"][0] == {
        "name": "乙", "unit": "1", "budget": 6400, "goals": [], "indicators": []
    }  # fmt: skip
    assert once["units"] == [{"code": "1", "name": "甲"}]
    assert "department" not in once
