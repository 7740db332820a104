"""What a text that could not be read shows of a budget-performance document, in words."""

from __future__ import annotations

import re

from xlperf.documents.layouts.form_titles import kind_of_title
from xlperf.documents.layouts.titles import words_of
from xlperf.documents.words import plain, words
from xlperf.wording import say

MOST_WORDS = 4
LONGEST_SIGHTED_TITLE = 60


def seen_in(text: str) -> str:
    """The title of a form and the words of its table that a text has; nothing if it has none."""
    flat = plain(text)
    levels = [*words("columns", "level1"), *words("columns", "level2"), *words("columns", "name")]
    form_words = [word for word in (*levels, *words("columns", "target")) if word in flat]
    if len(form_words) < 3:
        return ""
    titles = (part for line in text.split("\n") for part in re.split(r"[|\t]| {2,}", line))
    title = next((title.strip() for title in titles if _is_title(title)), "") or _form_named(flat)
    parts = [say("seen.kind", title=title)] if title else []
    listed = say("seen.comma").join(dict.fromkeys(form_words[:MOST_WORDS]))
    return say("seen.comma").join([*parts, say("seen.words", words=listed)])


def _is_title(text: str) -> bool:
    return 0 < len(text.strip()) <= LONGEST_SIGHTED_TITLE and bool(kind_of_title(text))


def _form_named(text: str) -> str:
    """The name of a form that stands somewhere in a text."""
    for kind in ("monitoring", "self-evaluation", "goals"):
        for way in words_of("title", kind):
            if way in text:
                return way
    return ""
