"""Formulas for what a cell's number format shows: percent, a date; as far as a formula can tell."""

PERCENT_KIND, DATE = "P", "D"  # kinds of number formats, as CELL calls them
LAST_YEAR = 9999  # a greater number in a year's cell is a date, counted in days


def is_shown_as_percent(cell: str) -> str:
    """Whether a cell's number format shows percent."""
    return is_shown_as(PERCENT_KIND, cell)


def is_shown_as(kind: str, cell: str) -> str:
    """Whether a cell's number format is of a kind, by the letter that Excel's CELL gives it."""
    return f'{cell_format(cell)}="{kind}"'


def cell_format(cell: str) -> str:
    """The letter that Excel's CELL gives the kind of a cell's number format."""
    return f'LEFT(CELL("format",{cell}),1)'


def as_read(cell: str) -> str:
    """A cell's text as it is read: of a number that its format shows as percent, with the sign.

    Dates and words that a number format adds are beyond a formula: their cells are told of.
    """
    percent = f'ROUND({cell}*100,9)&"%"'
    number = f'IF({is_shown_as_percent(cell)},{percent},{cell}&"")'
    return f'IF(ISLOGICAL({cell}),{truth(cell)},IF(ISNUMBER({cell}),{number},{cell}&""))'


def truth(cell: str) -> str:
    """TRUE or FALSE of a cell as a text, where LibreOffice would join 1 or 0.

    In a cell with a number format of its own, that of text too, LibreOffice has the 1 alone.
    """
    return f'IF({cell},"TRUE","FALSE")'


def year_as_read(cell: str) -> str:
    """The same of a budget year: of the first day of a year, which no year is as large as, its
    year; of another day nothing.
    """
    day = f'IF(TEXT({cell},"m-d")="1-1",TEXT({cell},"yyyy"),"")'
    return f'IF(ISNUMBER({cell}),IF({cell}>{LAST_YEAR},{day},{cell}&""),{cell}&"")'
