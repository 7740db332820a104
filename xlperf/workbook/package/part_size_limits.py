"""How large the parts of a workbook may be, asked before any of them is unpacked.

Where all of it is kept in memory the bounds are some ten times what a large workbook of ours has
(500 forms): past them reading takes minutes and gigabytes, whatever is in the cells. Where one
sheet after the other is read and forgotten, all sheets together may be larger.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from xlperf.errors import UserError
from xlperf.workbook.part_names import STYLES_PART

MIB = 2**20
MOST_SHEET = 32 * MIB  # of one sheet's XML: a list of 100,000 rows
MOST_STYLES = 8 * MIB  # the sample has 18 KB
MOST_SHEETS = 160 * MIB  # of all the XML together
MOST_IN_TURN = 1024 * MIB  # of all the XML, sheet by sheet: 8,000 forms
MOST_SHEET_CELLS = 1_000_000  # an object each when read: 350 bytes
MOST_MERGED = 100_000  # cells in one merged area: three whole rows are half of that
MOST_MERGED_ALL = 1_000_000


def check_sizes(path: Path, most: int | None = None) -> dict[str, int]:
    """The parts of a workbook that are XML, and their sizes in bytes unpacked.

    Raises UserError (`bomb`) where one is too large, or all have more than `most` (MOST_SHEETS)
    together.
    """
    with zipfile.ZipFile(path) as archive:
        sizes = {part.filename: part.file_size for part in archive.infolist()}
    xml = {name: size for name, size in sizes.items() if name.endswith((".xml", ".rels"))}
    is_large = max(xml.values(), default=0) > MOST_SHEET or sum(xml.values()) > (
        most or MOST_SHEETS
    )
    if is_large or xml.get(STYLES_PART, 0) > MOST_STYLES:
        raise UserError("bomb", file=path)
    return xml
