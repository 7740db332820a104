"""What a cell says that may be merged with the one above, as formulas, which see no merged cells.

The cells below the first one of a merged cell hold its word, too, which nobody sees before they are
unmerged (`workbook.package.sheet_xml.merged_cell_values`), and a hidden column says which word that
was. While they are merged nobody can type into them: a row says what the first cell says, whatever
is typed there. What is never so while they are merged is `strange`; from then on each row says what
it says itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.layout import Box, Layout
from xlperf.layout.vocabulary import Each

# how the names of steps end that are no field's text
STEP_ENDINGS = (".own", ".part", ".begun", ".same", ".kept", ".strange", "line", "position")
Step = tuple[str, str, bool]  # name, formula, whether it looks at its own column a line above


def steps(key: str, number: str, word: str) -> Iterator[Step]:
    """The steps to whether a row is below the first of a merged cell, and whether that is strange.

    `number` and `word` are formulas of a line's cells on the hidden columns: the number of its
    merged cell, and the word that this held.
    """
    part = f"{{{key}.part}}"
    inside = f"AND({part}>0,{part}={{prev:{key}.part}},N({{prev:{key}.begun}})>0)"
    yield f"{key}.begun", f"OR(IFERROR({number}>0,FALSE),{inside})", True
    yield f"{key}.same", inside, False
    yield f"{key}.kept", word, False
    yield f"{key}.strange", _strange(key), False


def level(key: str, apart: str) -> str:
    """What a row says; `apart` is the name of the step that says whether any row is strange."""
    own_text, same = f"{{{key}.own}}", f"{{{key}.same}}"
    covers = f'OR({own_text}="",{own_text}={{{key}.kept}})'
    above = f'IF({covers},{{prev:{key}}}&"",{own_text})'
    return f"IF(OR({{{apart}}},NOT({same})),{own_text},{above})"


def _strange(key: str) -> str:
    """Whether a row says what it cannot say while its cells are merged.

    A cell below the first one says another word than the first one said; or it says nothing where
    others below the same first one do, as programs that empty such cells empty all of them; or a
    first cell says another word, and the one that it has lost stands in another row: the rows were
    sorted.
    """
    own_text, same, part, word = (f"{{{key}.{step}}}" for step in ("own", "same", "part", "kept"))
    counts = [f"SUMPRODUCT(--({{all:{key}.{step}}}={word}))" for step in ("own", "kept")]
    of_part = f"--({{all:{key}.part}}={part})"
    below = f'SUMPRODUCT({of_part},--{{all:{key}.same}},--({{all:{key}.own}}<>""))'
    emptied = f"IF({same},{below}>0)"  # FALSE where there is no third part
    another = f"IF({own_text}<>{word},OR({same},{counts[0]}={counts[1]}))"
    return f'IF({word}<>"",IF({own_text}="",{emptied},{another}))'


def boxes_of(layout: Layout, part: Each, key: str) -> list[Box]:
    """The cells of a list's own field, merged or not, downwards."""
    paths = [slot for slot in layout.slots if slot.cell.ref == key and slot.cell.role == "field"]
    slots = [slot for slot in paths if slot.paths and slot.paths[0][0] == part.list_ref]
    return [slot.box for slot in slots if len(slot.paths[0]) == 3]


def numbered(layout: Layout, part: Each, key: str) -> dict[int, int]:
    """Rows of the form → the number of the merged cell of a field that they belong to."""
    result: dict[int, int] = {}
    for number, box in enumerate(boxes_of(layout, part, key), 1):
        result |= dict.fromkeys(range(box.row, box.row + box.height), number)
    return result
