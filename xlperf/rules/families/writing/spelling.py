"""Whether texts are free of slips: wrong characters, doubled words, another level's words.

The word lists hold only what no right text contains, or say in which context it is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate

from xlperf.record import Department
from xlperf.rules.core import INFO, WARNING, Facts, Fix, Hit, hit, rule
from xlperf.rules.message_facts import field_label, listed, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.quoting import cut_before_and_behind
from xlperf.rules.text.slip_forms import Slip, certain, certain_in, with_slips
from xlperf.rules.text.text_fields import (
    IDENTITIES,
    TARGETS,
    passages,
    passages_of,
    passages_with,
)
from xlperf.targets import parse

LONGEST_WORD = 8
FIRST_COUNTY_CITY = "81"  # of the last two digits of a county-level city's code
BOXES = "□☐"


@rule("TXT601", WARNING, source="88/accuracy", fix="unsafe")
def wrong_characters(department: Department) -> Iterator[Hit]:
    """A text has a word that sounds or looks like another one, which is meant.

    **Why**: readers stumble, and a wrong word may change what is promised. The list holds only
    slips that are certain; spellings of which both are in use are left alone.
    **Bad**: a description that begins with "anyway" where "reflects" is meant.
    **Good**: "reflects".
    """
    in_context = passages_with(department, _words_in_context())
    for passage in dict.fromkeys((*with_slips(department, certain), *in_context)):
        slips, mended = certain_slips(passage.text)
        if slips:
            pairs = listed(f"“{wrong}”→“{right}”" for wrong, right in slips)
            facts: Facts = {"field": field_label(passage.path), "pairs": pairs}
            yield hit(*passage.path, **facts, fix=Fix(mended, safe=False))


def certain_slips(text: str) -> tuple[tuple[Slip, ...], str]:
    """The certain slips of a text as pairs (wrong, right), and the text with them mended.

    Those of the word list come first, then those that depend on context.
    """
    result: dict[str, str] = {}
    mended = text
    for wrong, right in certain_in(text):
        if wrong in mended:
            result[wrong], mended = right, mended.replace(wrong, right)
    for wrong in _in_context():
        if wrong not in mended:
            continue  # as nearly always
        where, right = _context_of(wrong)
        if slip := where.search(mended):
            before, after = _neighbours(slip)
            result[f"{before}{slip[0]}{after}"] = f"{before}{right}{after}"
            mended = where.sub(right, mended)
    return tuple(result.items()), mended


def _neighbours(slip: re.Match[str]) -> tuple[str, str]:
    """The characters before and after a slip of one character; "" for longer slips."""
    if len(slip[0]) > 1:
        return "", ""
    return slip.string[: slip.start()][-1:].strip(), slip.string[slip.end() :][:1].strip()


def _in_context() -> Mapping[str, dict[str, str]]:
    return lexicon.table("misspelled_in_context")


@cache
def _context_of(wrong: str) -> tuple[re.Pattern[str], str]:
    """The pattern in which a wrong word is certainly wrong, and the right word."""
    slip = _in_context()[wrong]
    return re.compile(slip["where"]), slip["right"]


@cache
def _words_in_context() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _in_context())))


@rule("TXT602", WARNING, source="88/completeness", fix="unsafe")
def word_doubled(department: Department) -> Iterator[Hit]:
    """A word stands twice in a row.

    **Why**: it was left over when the text was changed. Looked for where a clause ends, since
    elsewhere the second may begin another word; and for words of which that cannot be so.
    **Bad**: "to put forward proposals proposals".
    **Good**: "to put forward proposals".
    """
    texts = passages_of(department)
    particles = texts.with_any(_doubled_particles(), lexicon.pattern("doubled_word"))
    at_the_end = texts.at(_ends_that_may_be_doubled(texts.joined))
    for passage in dict.fromkeys((*particles, *at_the_end)):
        if passage.field in IDENTITIES:
            continue
        start, word = _doubled(passage.text)
        if word:
            mended = passage.text[:start] + passage.text[start + len(word) :]
            facts: Facts = {"field": field_label(passage.path), "word": shorten(word * 2)}
            yield hit(*passage.path, **facts, fix=Fix(mended, safe=False))


def _ends_that_may_be_doubled(text: str) -> Iterator[int]:
    """Where clauses end whose last two characters stand just before once more."""
    longest, clauses = LONGEST_WORD + 2, lexicon.pattern("clause_end").split(text)
    doubled = [
        number
        for number, clause in enumerate(clauses)
        if clause.find(clause[-2:], -longest, -2) >= 0 and len(clause) > 3
    ]
    ends = list(accumulate(map(len, clauses))) if doubled else []
    yield from (ends[number] + number for number in doubled)


@cache
def _doubled_particles() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("particles_doubled")))


def _doubled(text: str) -> tuple[int, str]:
    """Position of a word that is doubled, and the word; (0, "") if there is none."""
    start = 0
    if match := lexicon.pattern("doubled_particle").search(text):
        return match.start(), match[0][0]
    if match := lexicon.pattern("doubled_word").search(text):
        return match.start(), match[1]
    for clause in lexicon.pattern("clause_end").split(text):
        word = _twice_at_the_end(clause)
        if word:
            return start + len(clause) - 2 * len(word), word
        start += len(clause) + 1
    return 0, ""


def _twice_at_the_end(clause: str) -> str:
    for length in range(2, LONGEST_WORD + 1):
        word = clause[-length:]
        if word == clause[-2 * length : -length] and _a_word(word):
            return word
    return ""


def _a_word(text: str) -> bool:
    """Whether a text is Chinese, of several characters, and not one that is doubled on purpose."""
    chinese = lexicon.pattern("chinese_only").fullmatch(text) and len(set(text)) > 1
    return bool(chinese) and not lexicon.pattern("said_twice").match(text)


@rule("TXT610", WARNING, source="88/goal-relevance", fix="unsafe")
def words_of_another_level_of_government(department: Department) -> Iterator[Hit]:
    """A district's document speaks of another level of government as if it were its own.

    **Why**: the sentence was copied from the city's or a neighbour's document, and the goal is not
    this district's. Money and orders that come from above, comparisons with others and titles of
    documents are left alone; looked for where the region is a district, a county or a city of its
    level.
    **Bad**: in a district's document, "shelters built by the city itself".
    **Good**: "shelters built by the district itself".
    """
    sign, patterns = _levels(department)
    words = lexicon.any_word("words_of_levels")
    for passage in passages_with(department, words, but=IDENTITIES) if sign else ():
        text = _without_titles(passage.text)
        match = next(filter(None, (pattern.search(text) for pattern in patterns)), None)
        if match is not None:
            right = lexicon.pattern("level_sign").sub(sign, match[0])
            start, end = match.span()
            fix = Fix(passage.text[:start] + right + passage.text[end:], safe=False)
            facts: Facts = {"field": field_label(passage.path)}
            facts["around"] = cut_before_and_behind(passage.text, start, end)
            yield hit(*passage.path, **facts, found=match[0], own=right, fix=fix)


def _without_titles(text: str) -> str:
    """A text of the same length with titles in 《…》 masked, so that positions hold."""
    if "《" not in text:
        return text
    return re.sub("《[^》]*》", lambda title: "《" * len(title[0]), text)


def _levels(department: Department) -> tuple[str, list[re.Pattern[str]]]:
    """Last character of the region's name, and patterns of other levels' words.

    ("", []) where the level cannot be told, or the region is a city or a province.
    """
    name = department.region_name
    if not name:
        match = lexicon.pattern("district_in_a_name").search(department.name)
        name = match[1] if match else ""
    code = department.region_code
    sign = name[-1:]
    kind = lexicon.table("levels_of_government").get(sign)
    if kind is None or code.endswith("00") or name.endswith(lexicon.words("not_a_district")):
        return "", []
    province = lexicon.pattern("own_words_of_a_province")
    if kind == "county-city":
        county_level = code.isdigit() and code[4:] >= FIRST_COUNTY_CITY
        return (
            (sign, [province, lexicon.pattern("own_words_of_a_county")])
            if county_level
            else ("", [])
        )
    patterns = [lexicon.pattern("own_words_of_a_higher_level"), province]
    patterns.append(lexicon.pattern("own_words_of_a_city"))
    if kind == "district":
        patterns.append(lexicon.pattern("own_words_of_a_county"))
    if kind == "county" and not code.startswith(lexicon.words("autonomous_regions")):
        patterns.append(lexicon.pattern("own_words_of_a_district"))
    return sign, patterns


@rule("TXT615", INFO, source="form", fix="unsafe")
def one_thing_under_two_names(department: Department) -> Iterator[Hit]:
    """A term is written in two ways in one document.

    **Why**: readers wonder whether two things are meant, and a search finds only half of them.
    Either way is right; the one that is used less often is pointed out.
    **Bad**: "facilities and equipment" in one project, "equipment and facilities" in the next.
    **Good**: the same words everywhere.
    """
    everything = passages_of(department).joined
    names = [pair.split("/") for pair in lexicon.words("two_names")]
    names = [pair for pair in names if all(name in everything for name in pair)]
    passage_list = list(passages(department, but=IDENTITIES)) if names else []
    all_text = "\n".join(passage.text for passage in passage_list)
    for first, second in names:
        if first in all_text and second in all_text:
            rare, usual = sorted((first, second), key=all_text.count)
            counts: Facts = {"rare": rare, "usual": usual, "count": all_text.count(usual)}
            for passage in passage_list:
                if rare in passage.text:
                    fix = Fix(passage.text.replace(rare, usual), safe=False)
                    yield hit(*passage.path, field=field_label(passage.path), **counts, fix=fix)


@rule("TXT623", WARNING, source="88/standard-form")
def place_held_for_what_was_never_written(department: Department) -> Iterator[Hit]:
    """A text, or a part of it, only holds the place of something that was to be written later.

    **Why**: the form counts as filled in, but the reader learns nothing.
    **Bad**: "repair XX roads"; "to be determined".
    **Good**: "repair 12 roads".
    """
    hints = lexicon.pattern("placeholder_begins"), lexicon.any_word("never_written")
    for passage in passages_with(department, *hints):
        placeholder = _held_place(passage.text)
        if placeholder and not (passage.field in TARGETS and parse(passage.text).kind == "blank"):
            yield hit(*passage.path, field=field_label(passage.path), found=shorten(placeholder))


def _held_place(text: str) -> str:
    if text.strip().rstrip("。") in lexicon.words("never_written"):
        return text.strip()
    match = lexicon.pattern("placeholder").search(text)
    return match[0] if match else ""


@rule("TXT624", WARNING, source="88/accuracy")
def characters_lost(department: Department) -> Iterator[Hit]:
    """A text has signs that stand for characters that were lost, or remains of a web page.

    **Why**: nobody can read what stood there.
    **Bad**: "rep□ir of roads"; "repair&nbsp;of roads".
    **Good**: "repair of roads".
    """
    for passage in passages_with(department, lexicon.pattern("garbage_begins")):
        match = _lost(passage.text, passage.field in TARGETS)
        if match is not None:
            facts: Facts = {
                "field": field_label(passage.path),
                "around": cut_before_and_behind(passage.text, *match.span()),
            }
            yield hit(*passage.path, **facts)


def _lost(text: str, target: bool) -> re.Match[str] | None:
    """The first character that was lost in conversion; no tick boxes, no question marks."""
    match = lexicon.pattern("garbage").search(text)
    if match is not None:
        boxes = target or lexicon.pattern("boxes_to_tick").search(text)
        return None if boxes and match[0] in BOXES else match
    match = lexicon.pattern("lost_character").search(text)
    if match is None or lexicon.pattern("asks").search(text, 0, match.start()):
        return None
    return match
