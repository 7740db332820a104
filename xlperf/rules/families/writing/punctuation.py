"""How texts are punctuated: nothing here asks what they say. Targets are VAL414's business."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from xlperf.paths import RecordPath
from xlperf.record import Activity, Department, Project
from xlperf.rules.core import INFO, WARNING, Facts, Fix, Hit, hit, rule
from xlperf.rules.message_facts import Word, field_label, shorten, visible
from xlperf.rules.text import lexicon
from xlperf.rules.text.quoting import around, end_of, known_as, start_of
from xlperf.rules.text.text_fields import (
    DIGIT,
    IDENTITIES,
    PROSE_FIELDS,
    TARGETS,
    Passage,
    passages_of,
    passages_with,
)
from xlperf.targets.separator import COMMAS

HALF_WIDTH = re.compile('[,;:!?.()"]')
FULL_WIDTH = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
STRENGTH = "、,，;；:：。"  # of two marks in a row the stronger one is kept
BRACKET_PAIRS = dict(zip("（《“【〔「『[(", "）》”】〕」』])", strict=True))
IN_PAIRS = re.compile(
    "[" + re.escape('[]"' + "".join(BRACKET_PAIRS) + "".join(BRACKET_PAIRS.values())) + "]"
)
AS_FULL_WIDTH = str.maketrans("()[]", "（）【】")
MARKS = "；;，,、：:！!？?."  # other marks at a text's end are not this rule's business
IN_A_LINE = "activities/indicators/description"  # printed in one line with its target
# a full stop and semicolons, behind which a text may be cut off
CUTTING_STOPS = "\u3002\uff1b; \n\t"
BLANK_SIGN = re.compile("[ \u00a0\u3000]")
CUT_OFF = 12  # signs at a text's end that are looked at
LEFT_ALONE = IDENTITIES | TARGETS  # the budget system knows projects and units by their names


@rule("TXT607", WARNING, source="88/accuracy")
def sentence_breaks_off(department: Department) -> Iterator[Hit]:
    """A text ends in the middle of a sentence, or begins there.

    **Why**: something was cut off when it was copied; what is left cannot be checked. Seen by a
    comma, a colon, a conjunction, a preposition, a verb without its object or a number of nothing
    at the end, or by a mark at the beginning.
    **Bad**: "repair of three roads, and"
    **Good**: "repair of three roads and two bridges".
    """
    starts, ends = _signs_of_a_break()
    for passage in passages_of(department).with_ends(starts, ends):
        if passage.field in TARGETS:
            continue
        text = _without_joint(passage).strip()
        sentence = passage.field in PROSE_FIELDS
        broken = (_broken(text) if sentence else "") or _cut_off(text, sentence)
        if broken:
            facts: Facts = {"field": field_label(passage.path), "broken": broken}
            yield hit(*passage.path, **facts, text=_end(passage.text, broken))


@cache
def _signs_of_a_break() -> tuple[frozenset[str], frozenset[str]]:
    """First and last characters of texts that may break off, to pass over all others cheaply."""
    words = (
        *lexicon.words("broken_ends"),
        *lexicon.words("unfinished"),
        *COMMAS,
        *CUTTING_STOPS,
    )
    ends = {*(word[-1] for word in words), *lexicon.words("signs_of_a_cut")}
    return frozenset(word[0] for word in lexicon.words("broken_starts")), frozenset(ends)


def _cut_off(text: str, sentence: bool) -> str:
    """The word with which a text cannot end; "" if it ends well.

    sentence: False for names, of which fewer endings are tested.
    """
    text = text.rstrip(CUTTING_STOPS)
    end = text[-CUT_OFF:]
    if DIGIT.match(end[-1:]):
        return _number_of_nothing(text) if sentence else ""
    if not end.endswith(lexicon.words("signs_of_a_cut")):
        return ""
    match = lexicon.pattern("cut_off").search(end)
    if match is None and sentence:
        match = lexicon.pattern("cut_off_in_a_sentence").search(end)
    return match[0].lstrip("，；") if match else ""


def _number_of_nothing(text: str) -> str:
    """The number at a text's end that counts nothing, with what leads to it; "" for none."""
    number = lexicon.pattern("number_of_nothing").search(text[-CUT_OFF * 2 :])
    clause = lexicon.pattern("clause_end").split(text)[-1] if number else ""
    return number["number"] if number and not lexicon.pattern("of_a_score").search(clause) else ""


def _broken(text: str) -> str:
    """The mark or word at which a text breaks off or begins, "" if it does not."""
    if text.startswith(lexicon.words("broken_starts")):
        return text[0]
    if text.endswith(lexicon.words("broken_ends")):
        return text[-1]
    unfinished = lexicon.words("unfinished")
    if not text.endswith(unfinished):
        return ""
    return next(word for word in unfinished if text.endswith(word))


def _without_joint(passage: Passage, signs: Container[str] = COMMAS) -> str:
    """A description without a last sign that only joins it to its target in the form."""
    sign = passage.text[-1:]
    joined = passage.field == IN_A_LINE and sign in COMMAS and sign in signs
    return passage.text[:-1].rstrip() if joined else passage.text


def _end(text: str, broken: str) -> str:
    line, text = " ".join(text.split()), text.strip()
    if text.startswith(broken):
        return known_as(start_of(text), line[:20])
    return known_as(end_of(text), line[-20:])


@rule("TXT608", INFO, source="form", fix="safe")
def half_width_punctuation(department: Department) -> Iterator[Hit]:
    """Chinese text has the narrow punctuation marks of Latin script in it.

    **Why**: it prints unevenly, and the same words do not look the same to a program. Numbers,
    names of projects and of units, and targets are left alone.
    **Bad**: a narrow comma between two Chinese words.
    **Good**: the full-width comma.
    """
    for passage in passages_with(department, HALF_WIDTH, but=LEFT_ALONE):
        mended = _full_width(_without_joint(passage, HALF_WIDTH.pattern))
        if mended != passage.text:
            facts: Facts = {"field": field_label(passage.path)}
            yield hit(*passage.path, **facts, text=_changed(passage.text, mended), fix=Fix(mended))


def _full_width(text: str) -> str:
    text = lexicon.pattern("brackets_of_two_widths").sub(_full_width_pair, text)
    text = lexicon.pattern("straight_quotes").sub(_curved_pair, text)
    if not any(map(text.__contains__, FULL_WIDTH)):
        return text
    for name in ("half_width_mark", "half_width_stop"):
        text = lexicon.pattern(name).sub(lambda match: FULL_WIDTH[match[0]], text)
    return text


def _full_width_pair(match: re.Match[str]) -> str:
    """Brackets around Chinese words, or brackets of which one is full-width already."""
    chinese = lexicon.pattern("chinese_sign").search(match["inside"])
    mixed = (match[0][0] == "（") != (match[0][-1] == "）")
    return f"（{match['inside']}）" if chinese or mixed else match[0]


def _curved_pair(match: re.Match[str]) -> str:
    chinese = lexicon.pattern("chinese_sign").search(match["inside"])
    return f"“{match['inside']}”" if chinese else match[0]


def _changed(text: str, mended: str) -> str:
    """The text around the first change, for a message."""
    pairs = enumerate(zip(text, mended, strict=False))
    at = next((at for at, (old, new) in pairs if old != new), len(mended))
    settled = visible(("…" if at > 12 else "") + text[max(0, at - 12) : at + 12])
    return known_as(visible(around(text, at, min(at + 1, len(text)))), settled)


@rule("TXT631", INFO, source="form", fix="safe")
def texts_end_unevenly(department: Department) -> Iterator[Hit]:
    """Some descriptions of one list end with a full stop and others do not; or some safeguards.

    **Why**: printed below each other they should end alike. A project's goals are TXT609.
    **Bad**: eight descriptions without a full stop, one with it.
    **Good**: all without, or all with it.
    """
    for texts in _lists(department):
        stops = [text.rstrip().endswith("。") for _, text in texts]
        usual = sum(stops) * 2 > len(stops)
        for (path, text), stop in zip(texts, stops, strict=True):
            if stop != usual and any(stops) and text[-1:] not in MARKS:
                mended = text.rstrip("。") if stop else text + "。"
                facts: Facts = {"field": field_label(path), "text": shorten(text[-16:])}
                how = Word(f"rule_part.{'with' if stop else 'without'}_a_full_stop")
                yield hit(*path, **facts, how=how, fix=Fix(mended))


def _lists(department: Department) -> Iterator[list[tuple[RecordPath, str]]]:
    yield [
        ((*safeguard.path, "text"), safeguard.text)
        for safeguard in department.safeguards
        if safeguard.text
    ]
    owners: list[Activity | Project] = [*department.activities, *department.projects]
    for owner in owners:
        yield [
            ((*indicator.path, "description"), indicator.description)
            for indicator in owner.indicators
            if indicator.description
        ]


@rule("TXT619", INFO, source="form", fix="safe")
def punctuation_doubled(department: Department) -> Iterator[Hit]:
    """Two punctuation marks stand where one is enough.

    **Why**: one was left over when the text was changed.
    **Bad**: two full stops in a row; a comma before a full stop.
    **Good**: one full stop.
    """
    for passage in passages_with(department, lexicon.pattern("doubled_marks"), but=LEFT_ALONE):
        mended = lexicon.pattern("doubled_marks").sub(_strongest, passage.text)
        if mended != passage.text:
            facts: Facts = {"field": field_label(passage.path)}
            yield hit(*passage.path, **facts, text=_changed(passage.text, mended), fix=Fix(mended))


def _strongest(match: re.Match[str]) -> str:
    """One mark for a run of marks, by `STRENGTH`; a run without any Chinese mark stays."""
    marks = match[0]
    if not set(marks) & set("，。、；："):
        return marks
    return max(marks, key=STRENGTH.index)


@rule("TXT620", WARNING, source="88/accuracy")
def bracket_without_its_partner(department: Department) -> Iterator[Hit]:
    """A bracket or a quotation mark is opened and not closed, or closed and not opened.

    **Why**: it is not to be seen where the remark ends, and mostly something was cut off.
    **Bad**: "3 roads (north".
    **Good**: "3 roads (north)".
    """
    for passage in passages_with(department, IN_PAIRS):
        sign = _unpaired(passage.text)
        if sign:
            facts: Facts = {"field": field_label(passage.path), "sign": sign}
            yield hit(*passage.path, **facts, text=shorten(passage.text))


def _unpaired(text: str) -> str:
    """The first sign without its partner, "" if there is none."""
    text = lexicon.pattern("no_bracket").sub(" ", text)
    waiting: list[str] = []
    for sign in "".join(IN_PAIRS.findall(text)).translate(AS_FULL_WIDTH):
        if sign in BRACKET_PAIRS:
            waiting.append(sign)
        elif sign != '"':
            if not waiting or BRACKET_PAIRS[waiting[-1]] != sign:
                return waiting[-1] if waiting else sign
            waiting.pop()
    if waiting:
        return waiting[-1]
    odd = text.count('"') % 2 and not lexicon.pattern("inches").search(text)
    return '"' if odd else ""


@rule("TXT621", INFO, source="form", fix="safe")
def blanks_inside_chinese(department: Department) -> Iterator[Hit]:
    """There are blanks between two Chinese characters.

    **Why**: Chinese is written without blanks; they came from another layout, and a search does
    not find the word. Where the parts look like a list, no fix is offered: a mark belongs there.
    **Bad**: "na me".
    **Good**: "name".
    """
    for passage in passages_with(department, BLANK_SIGN, but=LEFT_ALONE):
        match = lexicon.pattern("blank_between").search(passage.text)
        if match:
            mended = lexicon.pattern("blank_between").sub("", passage.text)
            fix = None if _looks_like_a_list(passage.text) else Fix(mended)
            facts: Facts = {"field": field_label(passage.path)}
            settled = visible(passage.text[max(0, match.start() - 8) : match.end() + 8])
            quoted = known_as(visible(around(passage.text, *match.span())), settled)
            yield hit(*passage.path, **facts, text=quoted, fix=fix)


def _looks_like_a_list(text: str) -> bool:
    return any(lexicon.pattern("parts_of_a_list").match(line) for line in text.splitlines())
