"""Printed numbering of Chinese official documents: 一 二 三, （一）, ① ② ③, 1."""

from __future__ import annotations

import re
from decimal import Decimal

CHINESE_DIGITS = "零一二三四五六七八九"
NUMERAL = "[一二三四五六七八九十百零]+"
CIRCLED_NUMBERS = "①-⑳㉑-㉟㊱-㊿"
DIGIT_VALUES = {**{sign: value for value, sign in enumerate(CHINESE_DIGITS)}, "两": 2, "〇": 0}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
POINT = "点"
LONGEST_NUMERAL = 40  # characters of a sum that is written out
# what is counted in myriads of its hundred millions is not written out here
LARGEST_IN_NUMERALS = 10**12
FORMAL = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟萬億圆貳參陸兩两", "一二三四五六七八九十百千万亿元二三六二二"
)
IN_WORDS = re.compile(
    "(?P<yuan>[零一二三四五六七八九十百千万亿]+)元"
    "(?:整|正|零?(?:(?P<jiao>[一二三四五六七八九])角)?(?:零?(?P<fen>[一二三四五六七八九])分)?(?:整|正)?)"
)


def chinese(number: int) -> str:
    """The numeral of 1 to 999 as counted in headings: 10 is 十, 21 is 二十一, 101 is 一百零一."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{CHINESE_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else CHINESE_DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (CHINESE_DIGITS[ones] if ones else "")


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
            digit = CHINESE_DIGITS.index(sign)
    return total + digit


def number_in_words(text: str) -> Decimal | None:
    """The number of a numeral in a sentence: 三百二十, 两千, 一点二, 一百二十万; None for none."""
    whole, point, after = text.partition(POINT)
    digits = [DIGIT_VALUES.get(sign) for sign in after]
    value = _whole(whole)
    if value is None or None in digits or (point and not digits):
        return None
    return Decimal(f"{value}.{''.join(map(str, digits))}" if digits else value)


def money_in_words(text: str) -> Decimal | None:
    """Yuan of a sum as it is written out (贰拾万元整, 二十万零五百元, 叁元伍角); None for none.

    Only what is written as the number is written out counts: no two spellings are one number.
    """
    match = IN_WORDS.fullmatch(text.translate(FORMAL)) if len(text) <= LONGEST_NUMERAL else None
    if match is None:
        return None
    numeral, whole = match["yuan"], _whole(match["yuan"])
    if not whole or whole >= LARGEST_IN_NUMERALS or _ten(numeral) != _ten(written_out(whole)):
        return None
    cents = 10 * DIGIT_VALUES.get(match["jiao"], 0) + DIGIT_VALUES.get(match["fen"], 0)
    return whole + Decimal(cents).scaleb(-2)


def _ten(numeral: str) -> str:
    """一十二 as 十二."""
    return numeral.removeprefix("一") if numeral.startswith("一十") else numeral


def written_out(number: int) -> str:
    """The numeral of a whole number from 1 up to 10^12: 200500 is 二十万零五百."""
    text, is_apart = "", False
    for word, value in (("亿", MYRIADS["亿"]), ("万", MYRIADS["万"]), ("", 1)):
        part, number = divmod(number, value)
        if part:
            gap = "零" if text and (is_apart or part < TENS["千"]) else ""
            text, is_apart = f"{text}{gap}{_below_a_myriad(part)}{word}", False
        else:
            is_apart = True
    return text


def _below_a_myriad(number: int) -> str:
    text, is_apart = "", False
    for word, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, value)
        if digit:
            text += ("零" if text and is_apart else "") + CHINESE_DIGITS[digit] + word
        is_apart = not digit
    return text


def _whole(text: str) -> int | None:
    total = part = digit = 0
    largest = 0
    last = 0  # what the sign before stood for: 三百二 is 320
    for sign in text:
        if sign in DIGIT_VALUES:
            digit, last = DIGIT_VALUES[sign], last if DIGIT_VALUES[sign] else 0
        elif sign in TENS:
            part, digit, last = part + (digit or 1) * TENS[sign], 0, TENS[sign]
        elif sign in MYRIADS:
            last = MYRIADS[sign]
            if last > largest:  # 一万亿; but in 一亿二千万 the second counts on
                total, largest = (total + part + digit or 1) * last, last
            else:
                total += (part + digit or 1) * last
            part = digit = 0
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
