"""How Word writes the number of a list, and the signs of fonts that hold no letters."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from xlperf.characters.numerals import chinese, circled

CHINESE = {
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
    *("taiwaneseCounting", "taiwaneseCountingThousand", "koreanDigital2", "koreanCounting"),
}
CIRCLED_FORMATS = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
REPLACEMENT_CHARACTER = "\ufffd"  # for half of a character
FORMATS_WITHOUT_NUMBER = {"none", "bullet"}
LARGEST_LIST_NUMBER = 999  # up to which numbers are written in Chinese or in Roman numerals


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("word.toml").read_text(encoding="utf-8"))


def number_text(number: int, style: str) -> str:
    """A number in one of Word's formats (`numFmt`); in digits where the format does not reach."""
    if style in FORMATS_WITHOUT_NUMBER:
        return ""
    if style == "decimalZero":
        return f"{number:02d}"
    if style == "numberInDash":
        return f"- {number} -"
    if digits := _file()["digits"].get(style):
        return str(number).translate({ord("0") + place: sign for place, sign in enumerate(digits)})
    if 1 <= number <= LARGEST_LIST_NUMBER and (way := _counting(style)):
        return way(number)
    return str(number)


def _counting(style: str) -> Callable[[int], str] | None:
    if style in CHINESE:
        return chinese
    if style in CIRCLED_FORMATS:
        return circled
    if style in ("upperRoman", "lowerRoman"):
        return lambda number: roman(number).upper() if style == "upperRoman" else roman(number)
    if formal := _file()["formal"].get(style):
        return lambda number: _formal(number, formal)
    if signs := _file()["signs"].get(style):
        letters = style.endswith("Letter")
        return lambda number: _sign(number, signs, letters)
    return None


def roman(number: int) -> str:
    """A number in small Roman numerals."""
    text = ""
    for size, sign in ROMAN:
        text += sign * (number // size)
        number %= size
    return text


def _formal(number: int, signs: str) -> str:
    text = chinese(number).translate(str.maketrans(_file()["formal"]["plain"], signs))
    return signs[1] + text if 10 <= number <= 19 else text


def _sign(number: int, signs: str, letters: bool) -> str:
    """One sign; after the last letter they are doubled, as Word does."""
    rounds, place = divmod(number - 1, len(signs))
    if rounds and not letters:
        return str(number)
    return signs[place] * (rounds + 1)


def sign(code: str, font: str) -> str:
    """The character that a font of symbols shows for a code in hexadecimal digits."""
    replacement = _file()["font"].get(font.strip().lower(), {}).get(code[-2:].upper())
    if replacement:
        return str(replacement)
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return REPLACEMENT_CHARACTER if "\ud800" <= character <= "\udfff" else character


def signs_of(text: str, font: str) -> str:
    """A text whose private characters are shown in a font without letters."""
    if font.strip().lower() not in _file()["font"]:
        return text
    return "".join(sign(f"{ord(c):04X}", font) if "\uf000" <= c <= "\uf0ff" else c for c in text)
