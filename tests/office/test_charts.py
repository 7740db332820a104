"""Copies without charts: only the charts are gone."""

from __future__ import annotations

import zipfile
from pathlib import Path

from openpyxl import load_workbook

from tests.office.charts import without_charts


def test_a_copy_has_everything_but_the_charts(small_master: Path, tmp_path: Path) -> None:
    copy = without_charts(small_master, tmp_path / "copy.xlsx")
    with zipfile.ZipFile(small_master) as one, zipfile.ZipFile(copy) as two:
        gone = set(one.namelist()) - set(two.namelist())
        charts = {f"xl/charts/chart{number}.xml" for number in (1, 2, 3)}
        relations = {
            "xl/drawings/_rels/drawing1.xml.rels",
            "xl/worksheets/_rels/sheet2.xml.rels",
        }
        assert gone == {"xl/drawings/drawing1.xml", *charts, *relations}
        changed = {name for name in two.namelist() if one.read(name) != two.read(name)}
    assert changed == {"[Content_Types].xml", "xl/worksheets/sheet2.xml"}
    before, after = (load_workbook(path)["汇总"] for path in (small_master, copy))
    assert (len(before._charts), len(after._charts)) == (3, 0)
    assert before.dimensions == after.dimensions
    assert [str(cell.value) for row in before for cell in row] == [
        str(cell.value) for row in after for cell in row
    ]


def test_a_file_without_charts_is_copied_byte_for_byte(small_master: Path, tmp_path: Path) -> None:
    once = without_charts(small_master, tmp_path / "once.xlsx")
    assert without_charts(once, tmp_path / "twice.xlsx").read_bytes() == once.read_bytes()
