"""Printed numbering of Chinese official documents: 一 二 三, （一）, ① ② ③, 1."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = "零一二三四五六七八九"
NUMERAL = "[一二三四五六七八九十百零]+"
CIRCLED = "①-⑳㉑-㉟㊱-㊿"
WORDS = {**{sign: value for value, sign in enumerate(DIGITS)}, "两": 2, "〇": 0}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
POINT = "点"


def chinese(number: int) -> str:
    """The numeral of 1 to 999 as counted in headings: 10 is 十, 21 is 二十一, 101 is 一百零一."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def from_chinese(text: str) -> int | None:
    """The number of a numeral up to 999, or None if the text is none."""
    if not re.fullmatch(NUMERAL, text):
        return None
    total = digit = 0
    for sign in text:
        if sign in "百十":
            total += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
        else:
            digit = DIGITS.index(sign)
    return total + digit


def number_in_words(text: str) -> Decimal | None:
    """The number of a numeral in a sentence: 三百二十, 两千, 一点二, 一百二十万; None for none."""
    whole, point, after = text.partition(POINT)
    digits = [WORDS.get(sign) for sign in after]
    value = _whole(whole)
    if value is None or None in digits or (point and not digits):
        return None
    return Decimal(f"{value}.{''.join(map(str, digits))}" if digits else value)


def _whole(text: str) -> int | None:
    total = part = digit = 0
    last = 0  # what the sign before stood for: 三百二 is 320
    for sign in text:
        if sign in WORDS:
            digit, last = WORDS[sign], last if WORDS[sign] else 0
        elif sign in TENS:
            part, digit, last = part + (digit or 1) * TENS[sign], 0, TENS[sign]
        elif sign in MYRIADS:
            total, part, digit = (total + part + digit or 1) * MYRIADS[sign], 0, 0
            last = MYRIADS[sign]
        else:
            return None
    return total + part + digit * (last // 10 if last >= 100 else 1) if text else None


def circled(number: int) -> str:
    """①..㊿ for 1 to 50; a number in brackets beyond, as printers do."""
    if number <= 20:
        return chr(0x2460 + number - 1)
    if number <= 35:
        return chr(0x3251 + number - 21)
    if number <= 50:
        return chr(0x32B1 + number - 36)
    return f"（{number}）"
