"""What does not belong into a published text: people's numbers, names of old, remains of drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from xlperf.record import Department
from xlperf.rules.core import INFO, WARNING, Facts, Fix, Hit, hit, rule
from xlperf.rules.message_facts import Word, field_label, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.quoting import around
from xlperf.rules.text.text_fields import (
    IDENTITIES,
    PROSE_FIELDS,
    TARGETS,
    passages_of,
    passages_with,
)

LONG_NUMBER = re.compile("[0-9][0-9]{10}")
SHORTEST_REPEATED_SENTENCE = 8  # signs of a sentence that does not stand twice by chance
MASK_CHARACTER = "*"
KINDS_OF_NUMBERS = (
    *(("identity", "identity_number"), ("phone", "phone_number")),
    ("account", "account_number"),
)
FIELDS_WITH_NUMBERS = (
    TARGETS
    | {"overall_goal", "safeguards/text", "projects/name", "units/name"}
    | {
        *("activities/indicators/basis", "projects/indicators/basis", "projects/purpose"),
        *(
            "activities/goal",
            "activities/indicators/description",
            "projects/indicators/description",
        ),
    }
)


@rule("TXT635", WARNING, source="form")
def number_of_a_person(department: Department) -> Iterator[Hit]:
    """A text has a mobile phone's number, an identity number or an account's number in it.

    **Why**: the document is published; whose number it is has a right that it is not. The message
    shows the first digits only.
    **Bad**: "contact 139...".
    **Good**: the office's name; the number stays in the files.
    """
    for passage in passages_with(department, LONG_NUMBER):
        for kind, pattern in KINDS_OF_NUMBERS:
            match = lexicon.pattern(pattern).search(passage.text)
            if match is not None:
                number = match["number"]
                masked = number[:3] + MASK_CHARACTER * (len(number) - 3)
                facts: Facts = {"field": field_label(passage.path), "number": masked}
                yield hit(*passage.path, **facts, kind=Word(f"person_number.{kind}"))
                break


@rule("TXT636", WARNING, source="form", fix="unsafe")
def name_of_a_body_that_is_no_more(department: Department) -> Iterator[Hit]:
    """A text names a bureau as it was called before the reform of 2018.

    **Why**: that bureau is no more; the text was taken from an earlier year's document. Looked for
    in budgets from 2019 on; titles of documents of then are left alone.
    **Bad**: "together with the bureau of land and resources".
    **Good**: "together with the bureau of natural resources".
    """
    if department.year is not None and department.year < lexicon.table("reform")["year"]:
        return
    now = lexicon.table("bodies_of_old")
    for passage in passages_with(department, _bodies_of_old()):
        match = _bodies_of_old().search(passage.text)
        if match is not None and not _in_a_title(passage.text, match.start()):
            facts: Facts = {"field": field_label(passage.path), "old": match[0]}
            mended = passage.text.replace(match[0], now[match[0]])
            yield hit(*passage.path, **facts, now=now[match[0]], fix=Fix(mended, safe=False))


@cache
def _bodies_of_old() -> re.Pattern[str]:
    """A pattern for the former names of public bodies, longest first."""
    names = sorted(lexicon.table("bodies_of_old"), key=len, reverse=True)
    return re.compile("|".join(names))


def _in_a_title(text: str, at: int) -> bool:
    """Whether a position in a text is inside 《…》."""
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


@rule("TXT637", WARNING, source="88/standard-form")
def remains_of_a_draft(department: Department) -> Iterator[Hit]:
    """A text has remains of a draft or of a form's example, or sends the reader elsewhere.

    **Why**: the form is published as it is; "see the annex" or "example:" tells nobody anything.
    **Bad**: "see annex"; "repair of walls (final version)"; "example: buy 200 bins".
    **Good**: the text itself.
    """
    begin = ("draft_begins", "latin_word", "please", "nothing_said", "title_of_a_letter")
    hints = [lexicon.pattern(key) for key in begin]
    for passage in passages_with(department, *hints):
        match = lexicon.pattern("remains_of_drafts").search(passage.text)
        if match is None and passage.field in IDENTITIES:
            match = lexicon.pattern("title_of_a_letter").search(passage.text)
        alone = passage.field in PROSE_FIELDS and lexicon.pattern("nothing_said").match(
            passage.text
        )
        if match is not None or alone:
            what = match[0] if match is not None else passage.text
            facts: Facts = {"field": field_label(passage.path), "found": shorten(what)}
            yield hit(*passage.path, **facts)


@rule("TXT639", INFO, source="form", fix="unsafe")
def number_left_before_a_text(department: Department) -> Iterator[Hit]:
    """A name or a goal begins with its number in the list.

    **Why**: the form numbers by itself, so that two numbers are printed; after a change they
    disagree.
    **Bad**: "1. persons trained".
    **Good**: "persons trained".
    """
    number = lexicon.pattern("number_of_an_item")
    for passage in passages_with(department, number):
        match = number.match(passage.text)
        follows = match is not None and passage.text[match.end() :].strip()
        if match and follows and passage.field not in FIELDS_WITH_NUMBERS:
            facts: Facts = {"field": field_label(passage.path), "number": match[0].strip()}
            fix = Fix(follows, safe=False)
            yield hit(*passage.path, **facts, text=shorten(passage.text), fix=fix)


@rule("TXT640", WARNING, source="88/accuracy")
def sentence_said_twice(department: Department) -> Iterator[Hit]:
    """A text says the same sentence twice.

    **Why**: it was pasted twice, and perhaps another sentence is missing.
    **Bad**: "to buy generators. to buy generators."
    **Good**: the sentence once.
    """
    for passage in passages_of(department).of(PROSE_FIELDS, _twice):
        quoted = around(_twice(passage.text), 0, 0)
        yield hit(*passage.path, field=field_label(passage.path), text=quoted)


def _twice(text: str) -> str:
    """The first sentence of `SHORTEST_REPEATED_SENTENCE` characters at least that occurs twice."""
    if len(text) < 2 * SHORTEST_REPEATED_SENTENCE:
        return ""
    sentences: set[str] = set()
    for part in lexicon.pattern("end_of_a_sentence").split(text):
        sentence = part.strip()
        if sentence in sentences and len(sentence) >= SHORTEST_REPEATED_SENTENCE:
            return sentence
        sentences.add(sentence)
    return ""
