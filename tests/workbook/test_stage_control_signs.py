"""Signs that no formula can hold, in names that the sheets of stages hold in formulas."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook import stage_books
from xlperf.canonical import canonical
from xlperf.errors import UserError
from xlperf.rules.formulas.native import literal
from xlperf.workbook.write import write_master


@pytest.mark.parametrize(("key", "at"), [("level2", 1), ("name", 2)])
def test_a_name_that_would_lose_a_sign_is_refused_with_its_place(
    key: str, at: int, tmp_path: Path
) -> None:
    raw = stage_books.record()
    for project in raw["projects"]:
        project["indicators"][0][key] = "数量\x02指标"
    for stage in raw["stages"]:
        for project in stage["projects"]:
            project["indicators"][0]["of"][at] = "数量\x02指标"
    with pytest.raises(UserError) as refused:
        write_master(canonical(raw), tmp_path / "m.xlsx")
    assert refused.value.key == "would_lose"
    assert not (tmp_path / "m.xlsx").exists()


def test_a_text_in_a_formula_has_no_sign_that_xml_cannot_hold() -> None:
    assert literal('a\x02"b\n') == '"a""b\n"'
