"""Labels in running text: what stands before a colon, or alone in a heading, and what it is for."""

from __future__ import annotations

from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.form_titles import kind_of_title
from xlperf.documents.layouts.funding.fund_labels import is_over_funds, role_of
from xlperf.documents.layouts.titles import label_meaning
from xlperf.documents.parse.numbering import marker

SHORT_VALUE_SECTIONS = ("text", "unit", "code", "year", "span")  # labels whose value is short
NAME_KEY, FUNDS_KEY, GOAL_KEYS = "name", "funds", ("goals", "goals_mid_term")
HEADING_STYLES = ("numeral", "bracketed_numeral")  # styles of their numbers
LONGEST_LABEL = 16  # signs
COLONS = ":："


def label_of(line: Piece) -> Piece | None:
    """What stands before the first colon of a line, where that is short enough for a label."""
    ends = [at for colon in COLONS if (at := line.text.find(colon)) > 0]
    return line.cut(0, min(ends)) if ends and min(ends) <= LONGEST_LABEL else None


def key_of(text: str) -> str:
    """What a label is for: a key of the record, `FUNDS_KEY` for money; "" if it is not known."""
    goals = label_meaning("goals", text)
    if goals in GOAL_KEYS:
        return goals
    if is_over_funds(text) or role_of(text):
        return FUNDS_KEY
    return next(
        filter(None, (label_meaning(section, text) for section in SHORT_VALUE_SECTIONS)), ""
    )


def is_section(line: str) -> bool:
    """Whether a line of a text begins a form in prose: a project's name, money, a known heading."""
    number = marker(line)
    core = line[number.end :].strip() if number else line.strip()
    ends = [at for colon in COLONS if (at := core.find(colon)) > 0]
    label = core[: min(ends)] if ends else core
    key = key_of(label) if len(label) <= LONGEST_LABEL else ""
    if kind_of_title(line) or (ends and key in (NAME_KEY, FUNDS_KEY)):
        return True
    meaning = key or (len(label) <= LONGEST_LABEL and label_meaning("group", label))
    return bool(number and number.style in HEADING_STYLES and meaning)
