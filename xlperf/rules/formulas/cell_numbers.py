"""Steps from a cell to the number that people typed into it, as a number or as a text."""

from __future__ import annotations

from xlperf.rules.formulas.native import (
    ARABIC_DIGITS,
    as_written,
    both,
    either,
    is_digit,
    made_of,
    replaced,
    without,
)
from xlperf.rules.formulas.shown_values import DATE, PERCENT_KIND, cell_format

# signs without a width, which come with pasted numbers
ZERO_WIDTH_SIGNS = "\u200b\ufeff\u00ad\u2060"
ERROR_TEXT = "#"  # what stands for the text of a cell that shows an error


def wide(signs: str) -> list[tuple[str, str]]:
    """Full-width signs and the usual ones."""
    return [(chr(ord(sign) + 0xFEE0), sign) for sign in signs]


def number_steps(key: str, name: str, *, percent: bool = False) -> dict[str, str]:
    """Steps to the number of a cell, "" where it has none; texts are read as people write them."""
    cell = f"{{{key}}}"
    number = number_typed(cell, cell_format(cell), percent=percent)
    return {
        **text_steps(key, percent=percent),
        f"{key}.{name}": f"IF(ISNUMBER({cell}),{number},{number_in_text(key)})",
    }


def number_typed(cell: str, shape: str, *, percent: bool) -> str:
    """The number of a cell that has one, in percent or to the cent; "" for a date that was typed
    or pasted. `shape` is the kind of the cell's number format.
    """
    number = f"ROUND({cell},2)"
    if percent:  # 25 where the cell's format for percent was lost by a paste
        share = f'IF(OR({shape}="{PERCENT_KIND}",ABS({cell})<=1),{cell}*100,{cell})'
        number = f"ROUND({share},9)"
    return f'IF({shape}="{DATE}","",{number})'


def text_steps(key: str, *, percent: bool = False) -> dict[str, str]:
    """Steps from a cell to the digits of its text, and whether they can be read as a number."""
    cell, text, body = (f"{{{key}{step}}}" for step in ("", ".text", ".body"))
    visible = without(replaced(f"{{{key}.raw}}", wide(ARABIC_DIGITS + ",.+-%")), ZERO_WIDTH_SIGNS)
    usual = as_written(visible)
    if percent:
        usual = f'TRIM(SUBSTITUTE({usual}&"|","%|",""))'  # one sign of percent at the end
        usual = f"TRIM({without(usual, '|')})"
    usual = replaced(usual, [(" ", ",")])  # 6 400 is grouped as 6,400 is
    return {
        f"{key}.raw": f'IFERROR({cell}&"","{ERROR_TEXT}")',
        f"{key}.text": usual,
        f"{key}.body": f'IF(OR(LEFT({text},1)="+",LEFT({text},1)="-"),MID({text},2,99),{text})',
        f"{key}.whole": f'LEFT({body},FIND(".",{body}&".")-1)',
        f"{key}.readable": readable(key),
    }


def number_in_text(key: str) -> str:
    """The number that a text is after `text_steps`, "" for none."""
    text, body = f"{{{key}.text}}", f"{{{key}.body}}"
    value = f'VALUE({without(body, ",")})*IF(LEFT({text},1)="-",-1,1)'
    return f'IF({{{key}.readable}},{value},"")'


def share_steps(key: str) -> dict[str, str]:
    """The steps of a percentage: what is looked at of its cell comes first, so that the formulas
    of all percentages are alike, and programs that open a workbook keep them once.
    """
    typed, shape, share = (f"{{{key}.{step}}}" for step in ("typed", "format", "share"))
    number = number_typed(typed, shape, percent=True)
    as_text = both(f"NOT(ISNUMBER({typed}))", f"ISNUMBER({share})")
    without_format = both(f'{shape}<>"{PERCENT_KIND}"', f"N({typed})>1", f"N({typed})<=100")
    return {
        f"{key}.typed": f'IF(ISNUMBER({{{key}}}),{{{key}}},"")',
        f"{key}.format": cell_format(f"{{{key}}}"),
        **text_steps(key, percent=True),
        f"{key}.share": f"IF(ISNUMBER({typed}),{number},{number_in_text(key)})",
        f"{key}.kept_otherwise": either(as_text, without_format),
    }


def readable(key: str) -> str:
    """Whether a text is digits with at most one point, and commas where they belong."""
    body, integer = "{" + key + ".body}", "{" + key + ".whole}"
    bare = without(integer, ",")
    plain = both(
        f"LEN({body})>0",
        made_of(body, "signs_of_numbers"),
        f'LEN({body})-LEN(SUBSTITUTE({body},".",""))<2',
        is_digit(f"LEFT({body},1)"),
        is_digit(f"RIGHT({body},1)"),
        f'ISERROR(FIND(",",{body},LEN({integer})+1))',
    )
    grouped = f'OR(LEN({bare})=LEN({integer}),EXACT(TEXT(VALUE({bare}),"#,##0"),{integer}))'
    return f"IF({plain},{grouped},FALSE)"
