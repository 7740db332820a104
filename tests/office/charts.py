"""Workbooks without their charts: three charts are a fifth of LibreOffice's work on a small one.

Tests in which nobody looks at a chart have LibreOffice open such copies.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from xlperf.workbook.package.archive import Package, opened, relations_part

DRAWING, CHART = "drawing", "chart"


def without_charts(source: Path, target: Path) -> Path:
    """Write a copy without drawings that hold nothing but charts; gives the copy.

    The other parts stay as they are packed.
    """
    with opened(source) as package:
        for sheet in package.relations(package.main):
            if sheet.target in package and (drawing := package.relation(sheet.target, DRAWING)):
                _drop(package, sheet.target, drawing.target)
        if package.is_changed:
            package.write(target)
        else:
            shutil.copyfile(source, target)
    return target


def _drop(package: Package, sheet: str, drawing: str) -> None:
    charts = package.relations(drawing)
    if {chart.kind for chart in charts} != {CHART}:
        return
    with package.changing(sheet) as root:
        for node in [child for child in root if child.tag.endswith(f"}}{DRAWING}")]:
            root.remove(node)
    package.unrelate(sheet, drawing)
    if not package.relations(sheet):
        package.drop(relations_part(sheet))
    for part in (*(chart.target for chart in charts), drawing):
        package.drop(part)
