"""Steps to an amount or a share on a stage's sheet: `cell_numbers.number_steps` in fewer cells."""

from __future__ import annotations

from xlperf.rules.formulas.cell_numbers import number_steps


def amount_steps(key: str, name: str, *, percent: bool = False) -> dict[str, str]:
    """Steps to the number of a cell (`key.name`), "" where it has none: its text, its digits.

    What stands between these and the number is part of its formula.
    """
    steps = number_steps(key, name, percent=percent)
    readable = steps[f"{key}.readable"].replace(f"{{{key}.whole}}", steps[f"{key}.whole"])
    number = steps[f"{key}.{name}"].replace(f"{{{key}.readable}}", readable)
    text = f"{{{key}.text}}"
    signed = f'MID({text},IF(ISNUMBER(FIND(LEFT({text}),"+-")),2,1),999)'
    whole_text = steps[f"{key}.text"].replace(f"{{{key}.raw}}", steps[f"{key}.raw"])
    return {f"{key}.text": whole_text, f"{key}.body": signed, f"{key}.{name}": number}
