"""Edits at the edges of every list of a form, with the open points that a sheet has after each.

Worked out by hand; see `test_list_edges`.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST, OWN = "01 专项补助（人防）", "部门整体"
STATUS = {FIRST: "J", OWN: "I"}  # the column with a sheet's status and its count of open points
# the first project's indicators stand in rows 10 to 18; of the department's sheet the units in
# rows 6 and 7, three activities of three indicators in rows 11 to 19, five safeguards in 22 to 26
UNDECIDED = {"C": "新增指标", "F": "是/否"}  # no levels, description, basis; target undecided: 5
WHOLE = {"A": "满意度指标", "B": "服务对象满意度指标", "C": "来访者满意度", "F": "是/否"}  # 3
ACTIVITY = {"B": "新增分项", "C": "目标", "D": "指标名", "E": "说明文字", "F": "是/否"}  # 1
OWN_POINT = 1  # the department's sheet has a fault of its own, at the activity's second indicator


@dataclass(frozen=True)
class Edit:
    """An edit in words, its steps, and the open points of the sheet after it."""

    name: str
    sheet: str
    steps: tuple[dict, ...]
    points: int
    rows: int  # items of the list in the record afterwards
    repaired: bool = False  # whether a repair finds that the list has grown at its edge


def inserted(row: int, texts: dict[str, str]) -> tuple[dict, ...]:
    return ({"do": "insert_rows", "row": row}, *typed(row, texts))


def typed(row: int, texts: dict[str, str]) -> tuple[dict, ...]:
    return tuple(
        {"do": "text", "cell": f"{col}{row}", "value": text} for col, text in texts.items()
    )


def deleted(row: int, count: int = 1) -> tuple[dict, ...]:
    return ({"do": "delete_rows", "row": row, "count": count},)


def cleared(*rows: int) -> tuple[dict, ...]:
    return tuple({"do": "clear", "cell": f"A{row}"} for row in rows)


def by(col: int, right: str = "G", *, down: bool = False) -> dict:
    return {"do": "sort", "area": f"A10:{right}18", "col": col, "down": down}


INDICATORS = [
    Edit("above the first", FIRST, inserted(10, UNDECIDED), 5, 10, repaired=True),
    Edit("in the middle", FIRST, inserted(14, UNDECIDED), 5, 10),
    Edit("typed below the last", FIRST, typed(19, WHOLE), 3, 10, repaired=True),
    Edit("inserted below the last", FIRST, inserted(19, WHOLE), 3, 10, repaired=True),
    Edit(
        "inside a merged level", FIRST, inserted(12, UNDECIDED), 4, 10
    ),  # its first level is known
    # the first level stands in the rows below, too; the kind quantity is missing
    Edit("first deleted", FIRST, deleted(10), 1, 8),
    Edit("last deleted", FIRST, deleted(18), 1, 8),  # satisfaction is missing
    Edit("all deleted", FIRST, deleted(10, 9), 1, 0),  # there is no indicator
    # still merged: four second levels stand under a wrong first one, and there is no output
    Edit("a merged level is another", FIRST, typed(10, {"A": "效益指标"}), 5, 9),
    Edit("a merged level is emptied", FIRST, cleared(10), 4, 9),
]
APART = ({"do": "unmerge", "area": "A10:E18"},)
BELOW = (11, 12, 13, 15, 16, 17)  # the rows whose first level is merged with the one above
SORTED = [
    # each row carries its levels: as many points as before, none
    Edit("unmerged", FIRST, APART, 0, 9),
    Edit("sorted by name", FIRST, (*APART, by(3)), 0, 9),
    Edit("sorted by target", FIRST, (*APART, by(6)), 0, 9),
    Edit("sorted by target, down", FIRST, (*APART, by(6, down=True)), 0, 9),
    Edit("sorted by first level", FIRST, (*APART, by(1)), 0, 9),
    Edit("sorted by first level, down", FIRST, (*APART, by(1, down=True)), 0, 9),
    Edit("sorted by second level, down", FIRST, (*APART, by(2, down=True)), 0, 9),
    Edit("whole rows sorted", FIRST, (*APART, by(3, right="P")), 0, 9),
    Edit("whole rows sorted, down", FIRST, (*APART, by(3, right="P", down=True)), 0, 9),
    # what is lost is blank: one level, and those of six rows
    Edit("a level emptied", FIRST, (*APART, *cleared(12)), 1, 9),
    Edit("a level emptied, then sorted", FIRST, (*APART, *cleared(12), by(3)), 1, 9),
    Edit("levels emptied, then sorted", FIRST, (*APART, *cleared(*BELOW), by(3)), 6, 9),
    Edit(
        "levels emptied, then sorted down",
        FIRST,
        (*APART, *cleared(*BELOW), by(3, down=True)),
        6,
        9,
    ),
    Edit("levels emptied, rows sorted", FIRST, (*APART, *cleared(*BELOW), by(3, right="P")), 6, 9),
    # a level of another row stands wrong: its second level is none of those under it
    Edit("another level typed", FIRST, (*APART, *typed(12, {"A": "效益指标"})), 1, 9),
    Edit("another level, sorted", FIRST, (*APART, *typed(12, {"A": "效益指标"}), by(3)), 1, 9),
    Edit("sorted, then a row between", FIRST, (*APART, by(3), *inserted(12, UNDECIDED)), 5, 10),
]
UNITS = [
    Edit("unit above the first", OWN, inserted(6, {"B": "333009"}), 1, 3, repaired=True),
    Edit("unit between", OWN, inserted(7, {"B": "333009", "C": "新单位"}), 1, 3),
    Edit("unit below the last", OWN, inserted(8, {"B": "333009"}), 1, 3, repaired=True),
    Edit("first unit deleted", OWN, deleted(6), 1, 1),
    Edit("all units deleted", OWN, deleted(6, 2), 1, 0),
    Edit("units sorted by name", OWN, ({"do": "sort", "area": "B6:F7", "col": 2},), 1, 2),
]
UNMERGED = {"do": "unmerge", "area": "A11:C19"}


def activities_by(col: int, *, down: bool = False) -> dict:
    return {"do": "sort", "area": "A11:F19", "col": col, "down": down}


ACTIVITIES = [
    # its target is the same kind of fault; the old fault is found as before
    Edit("activity above the first", OWN, inserted(11, ACTIVITY), 2, 4, repaired=True),
    Edit("activity between", OWN, inserted(14, ACTIVITY), 2, 4),
    Edit("activity below the last", OWN, inserted(20, ACTIVITY), 2, 4, repaired=True),
    Edit("first activity deleted", OWN, deleted(11, 3), 0, 2),  # with its fault
    Edit("last activity deleted", OWN, deleted(17, 3), 1, 2),
    Edit("all activities deleted", OWN, deleted(11, 9), 1, 0),  # there is none
    # rows without a number come last: six indicators go to the last activity
    Edit("activities sorted", OWN, (UNMERGED, activities_by(1)), 1, 3),
    Edit("activities sorted down", OWN, (UNMERGED, activities_by(1, down=True)), 1, 3),
    # a row without a name comes first: an activity without name and goal
    Edit("activities sorted by indicator", OWN, (UNMERGED, activities_by(4)), 3, 4),
]
SAFEGUARDS = [
    Edit("safeguard above the first", OWN, inserted(22, {"B": "措施甲"}), 1, 6, repaired=True),
    Edit(
        "safeguard typed below", OWN, typed(27, {"B": "措施甲", "C": "做到。"}), 1, 6, repaired=True
    ),
    Edit("safeguards sorted", OWN, ({"do": "sort", "area": "B22:F26", "col": 1},), 1, 5),
    Edit("all safeguards deleted", OWN, deleted(22, 5), 2, 0),  # and there is none
]
