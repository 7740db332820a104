"""What is seen of a condition: whether it is cheap and safe, and whether it may be a number."""

from __future__ import annotations

import re

TRUTHS = ("AND", "OR", "NOT", "EXACT", "ISNUMBER", "ISERROR", "ISLOGICAL")  # give TRUE or FALSE
# A condition that is no error and takes no time, whatever stands in its cells: AND and OR, which
# calculate all their conditions, take such ones.
_PLACEHOLDER_OF_CELL = r"\{(?!list:|profile:[^{}]*\}$|all:)[^{}]+\}"
_PLAIN_TEST = re.compile(
    rf'IS(?:NUMBER|ERROR)\((?:{_PLACEHOLDER_OF_CELL}|FIND\("[^"]*",{_PLACEHOLDER_OF_CELL}\))\)|(?:LEFT|RIGHT)\({_PLACEHOLDER_OF_CELL}(?:,\d+)?\)'
    rf'|(?:AND|OR|NOT|LEN|N|EXACT)\(|{_PLACEHOLDER_OF_CELL}|"[^"]*"|TRUE|FALSE|[(),<>=0-9.]'
)


def is_plain(condition: str) -> bool:
    """Whether a condition takes no time, and is no error whatever stands in its cells."""
    return not _PLAIN_TEST.sub("", condition)


def test_of(condition: str) -> str:
    """A condition as IF and NOT take it: of a count that is more than 0 the count.

    Programs that open a workbook keep each part of a formula for each of its cells.
    """
    count = condition.removesuffix(">0")
    is_count = count != condition and count.startswith("SUMPRODUCT(")
    return count if is_count and _is_one_call(count) else condition


def _is_one_call(text: str) -> bool:
    """Whether the bracket at the end of a text closes its first one."""
    return text.endswith(")") and len(_parts_of(text[text.find("(") + 1 : -1], ")")) == 1


def shown_if(condition: str, token: str) -> str:
    """A formula: a text where the condition is TRUE, else an empty one; `token` is a literal.

    REPT has fewer parts than IF, but of a number it makes so many texts.
    """
    if is_truth(condition):
        return f"REPT({token},{condition})"
    return f'IF({test_of(condition)},{token},"")'


def is_truth(condition: str) -> bool:
    """Whether it is seen of a condition that it gives TRUE or FALSE, never a number."""
    name, bracket, arguments = condition.partition("(")
    if bracket and name.isalpha() and _is_one_call(condition):
        if name == "IF":
            return all(map(is_truth, _parts_of(arguments[:-1], ",")[1:]))
        return name in TRUTHS
    return condition in ("TRUE", "FALSE") or len(_parts_of(condition, "<>=")) > 1


def _parts_of(text: str, separators: str) -> list[str]:
    """The parts of a formula between separators that stand in no bracket and no text."""
    parts, depth, is_text = [""], 0, False
    for sign in text:
        is_text ^= sign == '"'
        if not is_text and depth == 0 and sign in separators:
            parts.append("")
            continue
        if not is_text:
            depth += (sign in "({") - (sign in ")}")
        parts[-1] += sign
    return parts
