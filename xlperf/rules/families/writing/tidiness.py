"""How texts are written, targets aside: nothing here asks what they say, so all can be mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from operator import ne

from xlperf.characters.radicals import RADICAL_SIGNS, usual
from xlperf.reading import Reading
from xlperf.record import Department, Project
from xlperf.rules.core import INFO, Facts, Fix, Hit, hit, rule
from xlperf.rules.message_facts import Word, field_label, project_label, visible
from xlperf.rules.text import lexicon
from xlperf.rules.text.text_fields import TARGETS, Passages, headings_of, passages_of

INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff"  # not what joins parts of an emoji
BLANKS = " \t\u00a0\u2000-\u200a\u202f\u3000"
STRAY_BLANKS = f"(?m:^[{BLANKS}]+|[{BLANKS}]+$|[{BLANKS}]{{2,}}|\t)"
FEWEST_LIST_ITEMS = 2  # items that make a list
# what an untidy text of one line has at least one of: most have none and are not looked at closely
SIGNS_OF_A_CODE = re.compile(r"[\\\x13\x15]")
WITHOUT_A_SIGN = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029"  # controls, but ends of lines
SUSPECT_SIGNS = re.compile(f"[{BLANKS}{INVISIBLE}{RADICAL_SIGNS}\uff10-\uff19{WITHOUT_A_SIGN}]")
# signs of a line that a page may have broken; by how many they differ
SHORTEST_FULL_LINE, RAGGED_SIGNS = 25, 3
# not the end of a sentence
UNFINISHED_SENTENCE = "[\u4e00-\u9fffA-Za-z0-9\uff0c\u3001\u201c\uff08]$"
ITEM_BEGINNING = r"\s|[0-9]+[.\uff0e\u3001)\uff09]|[(\uff08\u2460-\u2473]"  # of an item
EXCERPT_CONTEXT = 12  # characters shown before what is amiss


@rule("STR027", INFO, source="form", fix="safe")
def field_code_inside_a_text(reading: Reading, department: Department) -> Iterator[Hit]:
    """A text has a field code of a word processor in it.

    **Why**: it is an instruction for a table of contents, a page number or a link; it came along
    when the text was copied and is printed like words.
    **Bad**: a project's name followed by TC "..." \\f A \\l 1.
    **Good**: the name alone.
    """
    passages = (texts.with_any(SIGNS_OF_A_CODE) for texts in _all_texts(department))
    for path, _, text in chain.from_iterable(passages):
        if match := lexicon.pattern("field_code").search(text):
            cleaned = without_field_codes(text)
            fix = Fix(cleaned) if cleaned else None
            yield hit(*path, field=field_label(path), code=visible(match[0]), fix=fix)


@rule("STR028", INFO, source="form", fix="safe")
def text_untidily_written(reading: Reading, department: Department) -> Iterator[Hit]:
    """A text has stray blanks, blank lines, invisible signs or full-width digits in it.

    **Why**: it prints badly, and equal texts do not look equal to a program. Single blanks between
    words and the indents of paragraphs are left alone.
    **Bad**: a name with a blank at its end; two empty lines below a purpose.
    **Good**: the same words without them.
    """
    passages = (texts.of_several_lines_or_with(SUSPECT_SIGNS) for texts in _all_texts(department))
    for path, field, text in chain.from_iterable(passages):
        neat = tidy(text)
        if neat and neat != text and field not in TARGETS:
            yield hit(*path, field=field_label(path), text=_excerpt(text, neat), fix=Fix(neat))


def _all_texts(department: Department) -> tuple[Passages, Passages]:
    """What people compose, and the headings that they copy."""
    return passages_of(department), headings_of(department)


@rule("TXT609", INFO, source="form", fix="safe")
def list_punctuated_unevenly(project: Project) -> Iterator[Hit]:
    """The goals of a project end with different marks, or with a comma.

    **Why**: items of one list are printed below each other, where it is seen at once. Semicolons
    with a full stop at the end, full stops, or no marks at all: each is right if all items have it.
    **Bad**: the first goal ends with a full stop, the others with nothing.
    **Good**: every goal ends with a semicolon, the last one with a full stop.
    """
    ends = [_end(goal) for goal in project.goals]
    even_ends = _even(project.goals, ends)
    for position, (goal, end, mark) in enumerate(zip(project.goals, ends, even_ends, strict=True)):
        if end != mark:
            facts: Facts = {"project": project_label(project), "n": position + 1}
            fix = Fix(goal[: len(goal) - len(end)] + mark)
            yield hit(
                "goals", position, **facts, end=_mark_name(end), mark=_mark_name(mark), fix=fix
            )


def _end(item: str) -> str:
    """The marks at the end of an item; the point after a number does not count."""
    bare = item.rstrip(_marks())
    marks = item[len(bare) :]
    return marks[1:] if marks[:1] == "." and bare[-1:].isdigit() else marks


@cache
def _marks() -> str:
    return "".join(lexicon.words("marks_at_end"))


def _even(items: Sequence[str], ends: Sequence[str]) -> Sequence[str]:
    """The end marks that the items should have: the even pattern that changes fewest."""
    if len(ends) < FEWEST_LIST_ITEMS or not all(items):
        return ends
    patterns = _ways_to_end(len(ends))
    return ends if ends in patterns else min(patterns, key=lambda way: sum(map(ne, way, ends)))


@lru_cache(maxsize=64)
def _ways_to_end(items: int) -> list[list[str]]:
    """Every even way in which so many items may end."""
    between, last = lexicon.words("between_items"), lexicon.words("end_of_items")
    ways = [[mark] * items for mark in (*last, "")]
    for mark in between:
        ways += [[mark] * (items - 1) + [end] for end in (*last, "", mark)]
    return ways


def _mark_name(mark: str) -> str | Word:
    return mark or Word("rule_part.no_mark")


def without_field_codes(text: str) -> str:
    """A text without field codes and the blanks around them."""
    return re.sub(f"[{BLANKS}]{{2,}}", " ", lexicon.pattern("field_code").sub(" ", text)).strip()


def tidy(text: str) -> str:
    """A text without invisible signs, stray blanks and line breaks that a page made."""
    if "\n" not in text and not SUSPECT_SIGNS.search(text):
        return text
    lines = [_line(line) for line in text.splitlines()]
    lines = without_line_breaks([line for line in lines if line.strip()])
    return "\n".join(lines) if len(lines) > 1 else "".join(lines).strip()


def without_line_breaks(lines: list[str]) -> list[str]:
    """Lines put together again that a page broke: full ones, which end within a sentence.

    All but the last of such lines are about as long as each other (the first may stand behind a
    title), and nothing in them shows that somebody ended them.
    """
    least = max(SHORTEST_FULL_LINE, max(map(len, lines[1:-1]), default=0) - RAGGED_SIGNS)
    joined: list[str] = []
    full = False
    for number, line in enumerate(lines):
        if full and not re.match(ITEM_BEGINNING, line):
            joined[-1] += line
        else:
            joined.append(line)
        full = (
            len(line) >= (least if number else SHORTEST_FULL_LINE)
            and re.search(UNFINISHED_SENTENCE, line) is not None
        )
    return joined


def _line(line: str) -> str:
    line = "".join(sign for sign in line if sign == "\t" or unicodedata.category(sign) != "Cc")
    line = re.sub(f"[{INVISIBLE}]", "", line).rstrip()
    indent = line[: len(line) - len(line.lstrip())]
    words = re.sub(f"[{BLANKS}]{{2,}}|[\t\u00a0]", " ", line.lstrip())
    words = lexicon.pattern("blank_beside_punctuation").sub("", words)
    words = usual(words)
    return indent + re.sub(r"[０-９]+(?:[．.][０-９]+)?％?", _half_width, words)


def _half_width(digits: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", digits[0])


def _excerpt(text: str, neat: str) -> str:
    """The text from just before the first stray sign on, stray signs made visible."""
    pairs = enumerate(zip(text, neat, strict=False))
    start = max(0, next((at for at, (a, b) in pairs if a != b), len(neat)) - EXCERPT_CONTEXT)
    marked = re.sub(
        f"[{INVISIBLE}]|{STRAY_BLANKS}", lambda stray: "␣" * len(stray[0]), text[start:]
    )
    return ("…" if start else "") + visible(marked)
