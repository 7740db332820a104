"""Sheets of a stage made of the XML of one that was drawn: their formulas and heights put in."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence, Set
from html import escape
from typing import Any

from openpyxl.compat import safe_string

from xlperf.formulas.stages.planned_sheet import StageSheet
from xlperf.layout import Coord, Formula
from xlperf.layout.addresses import cell_address
from xlperf.workbook.draw.stages.stage_sheet import heights_of
from xlperf.workbook.package.excerpt import Likeness
from xlperf.workbook.package.sheet_xml.shared_formulas import share
from xlperf.workbook.package.sheet_xml.sheet_template import HEIGHT, Holes

# Heights of rows and cells with formulas, as openpyxl and lxml write them.
_HOLE = re.compile(
    r'(?<=<row r=")(?P<row>[0-9]+)" ht="(?P<height>[^"]*)'
    r'|(?P<start><c r="(?P<ref>[A-Z]+[0-9]+)"[^>]*>)<f[ >/].*?</c>',
    re.DOTALL,
)
FORMULA_SEPARATOR = "\0"  # formulas of a sheet that waits to be made


class StageStamp:
    """A sheet of a stage that is drawn, for others that differ in formulas and heights alone."""

    def __init__(self, planned: StageSheet) -> None:
        self._model = planned
        self._formulas, self._others = _contents(planned)
        self._refs = [cell_address(*at) for at in self._formulas]
        self._template: Holes | None = None

    def fits(self, planned: StageSheet) -> bool:
        """Whether a sheet is drawn as this one is."""
        model = self._model
        formulas, others = _contents(planned)
        return (
            planned.names == model.names
            and planned.tokens == model.tokens
            and others == self._others
            and formulas.keys() == self._formulas.keys()
            and planned.form == model.form
            and planned.filled_form.layout == model.filled_form.layout
        )

    def likeness(self, planned: StageSheet) -> Likeness:
        """A sheet that `fits`, to be made when this one is XML; until then little of it is kept."""
        formulas, _ = _contents(planned)
        texts = zlib.compress(
            FORMULA_SEPARATOR.join(formulas[at] for at in self._formulas).encode(), level=1
        )
        heights = heights_of(planned)

        def sheet_xml(xml: str) -> str:
            return self._sheet_xml(
                xml, zlib.decompress(texts).decode().split(FORMULA_SEPARATOR), heights
            )

        return Likeness(self._model.title, sheet_xml)

    def _sheet_xml(self, xml: str, formulas: Sequence[str], heights: Mapping[int, float]) -> str:
        """Another sheet; `xml`: of this one."""
        if self._template is None:
            self._template = _template(xml, frozenset(self._refs))
        cells = {
            ref: f"<f>{escape(formula[1:], quote=False)}</f>"
            for ref, formula in zip(self._refs, formulas, strict=True)
        }
        rows = {f"{HEIGHT} {row}": safe_string(height) for row, height in heights.items()}
        return share(self._template.fill(cells | rows))


class StageStamps:
    """The sheets that are drawn for all of one stage."""

    def __init__(self) -> None:
        self._stamps: list[StageStamp] = []

    def likeness(self, planned: StageSheet) -> Likeness | None:
        """How a sheet is made of one before it; None of one to be drawn, for those behind it."""
        for stamp in self._stamps:
            if stamp.fits(planned):
                return stamp.likeness(planned)
        self._stamps.append(StageStamp(planned))
        return None


def _contents(planned: StageSheet) -> tuple[dict[Coord, str], dict[Coord, Any]]:
    """The formulas of a sheet by their cells, and what else stands in cells."""
    contents = {**planned.filled_form.grid.values, **planned.beside}
    formulas = {at: str(text) for at, text in contents.items() if isinstance(text, Formula)}
    return formulas, {at: content for at, content in contents.items() if at not in formulas}


def _template(xml: str, refs: Set[str]) -> Holes:
    """A sheet with holes for its formulas and the heights of its rows."""
    holes, end = Holes(), 0
    for match in _HOLE.finditer(xml):
        if match["ref"] and match["ref"] not in refs:
            continue
        holes.text(xml[end : match.start()])
        end = match.end()
        if match["row"]:
            holes.text(f'{match["row"]}" ht="')
            holes.hole(f"{HEIGHT} {match['row']}")
        else:
            holes.text(match["start"])
            holes.hole(match["ref"])
            holes.text("</c>")
    holes.text(xml[end:])
    assert refs <= {*holes.keys}
    return holes
