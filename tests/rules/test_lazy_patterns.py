"""A pattern that is made only for texts with some words has no match in others, nor another one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlperf.rules.text import lexicon
from xlperf.rules.text.lazy_patterns import (
    PATTERN_METHODS,
    WORTH_MAKING,
    AnyWordPattern,
    LazyPattern,
)

op: Any = import_module("re._constants")
parser: Any = import_module("re._parser")  # says what a pattern is made of; has no types

MOST = 200  # texts that a part of a pattern may stand for
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
WIDTHLESS = (op.ASSERT, op.ASSERT_NOT, op.AT)
Texts = frozenset[str]


def all_of(pieces: Iterable[Texts | None]) -> Texts | None:
    """What some pieces in a row stand for; None if that is too much."""
    result = frozenset({""})
    for piece in pieces:
        if piece is None or len(result) * len(piece) > MOST:
            return None
        result = frozenset(map("".join, product(result, piece)))
    return result


def any_of(choices: Iterable[Texts | None]) -> Texts | None:
    """What one of some choices stands for; None if that is too much."""
    listed = list(choices)
    return None if None in listed else frozenset().union(*filter(None, listed))


def standing_for(what: Any, of: Any) -> Texts | None:
    """The texts that a part of a pattern matches; None if they are too many or unknown."""
    if what in (op.LITERAL, op.RANGE):
        first, last = (of, of) if what is op.LITERAL else of
        return frozenset(map(chr, range(first, last + 1))) if last - first < MOST else None
    if what is op.IN:
        return any_of(standing_for(*item) for item in of)
    if what is op.BRANCH:
        return any_of(all_of(standing_for(*part) for part in choice) for choice in of[1])
    if what in (op.SUBPATTERN, op.ATOMIC_GROUP):
        return all_of(standing_for(*part) for part in (of[-1] if what is op.SUBPATTERN else of))
    if what in REPEATS and of[1] <= 2:
        once = all_of(standing_for(*part) for part in of[2])
        return any_of(all_of([once] * times) for times in range(of[0], of[1] + 1))
    return frozenset({""}) if what in WIDTHLESS else None


def runs(parts: list[Any]) -> Iterator[Texts]:
    """What parts of a pattern that follow each other stand for, as far as that is known."""
    for begin in range(len(parts)):
        pieces = [standing_for(*part) for part in parts[begin:]]
        text_sets = (all_of(pieces[:size]) for size in range(1, len(pieces) + 1))
        yield from (texts for texts in text_sets if texts is not None)


def has(needed: Iterable[str], texts: Texts) -> bool:
    """Whether every one of some texts has one of the words."""
    return all(any(word in text for word in needed) for text in texts)


def is_needed(words: Iterable[str], parts: Any) -> bool:
    """Whether no match of a pattern can be without one of the words."""
    parts = list(parts)
    if any(has(words, texts) for texts in runs(parts)):
        return True
    for what, of in parts:
        if what is op.BRANCH and all(is_needed(words, choice) for choice in of[1]):
            return True
        if what in (op.SUBPATTERN, op.ASSERT) and is_needed(words, of[-1]):
            return True
        if what is op.ATOMIC_GROUP and is_needed(words, of):
            return True
        if what in REPEATS and of[0] > 0 and is_needed(words, of[2]):
            return True
    return False


@pytest.mark.parametrize("name", lexicon.names("needs"))
def test_no_match_of_a_pattern_is_without_the_words_it_needs(name: str) -> None:
    pattern = lexicon.pattern(name)
    assert isinstance(pattern, LazyPattern)
    assert not re.compile(pattern.pattern).flags & re.IGNORECASE
    assert is_needed(pattern.words, parser.parse(pattern.pattern))


def first_signs(parts: Any) -> tuple[set[str], bool]:
    """The signs that matches of a pattern begin with, and whether one may be empty."""
    signs: set[str] = set()
    for what, of in parts:
        if what in WIDTHLESS:
            continue
        some, empty = signs_of(what, of)
        signs |= some
        if not empty:
            return signs, False
    return signs, True


def signs_of(what: Any, of: Any) -> tuple[set[str], bool]:
    """The signs that a part of a pattern begins with, and whether it may be empty."""
    if what is op.BRANCH:
        choices = [first_signs(choice) for choice in of[1]]
        return set().union(*(some for some, _ in choices)), any(empty for _, empty in choices)
    if what in (op.SUBPATTERN, op.ATOMIC_GROUP):
        return first_signs(of[-1] if what is op.SUBPATTERN else of)
    if what in REPEATS:
        some, empty = first_signs(of[2])
        return some, empty or of[0] == 0
    texts = standing_for(what, of)
    assert texts is not None  # a few signs
    return set(texts), False


@pytest.mark.parametrize("name", lexicon.names("begins"))
def test_every_match_of_a_pattern_begins_with_a_sign_that_is_told(name: str) -> None:
    written = lexicon.source(name)
    signs, empty = first_signs(parser.parse(written))
    assert lexicon.table("begins")[name] == "".join(sorted(signs))
    assert not empty
    assert not re.compile(written).flags & re.IGNORECASE


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        ("ab|c", "ac"),
        ("(?<=x)a?(?:b|[cd])e", "abcd"),
        ("(?:a|b){0,2}(?P<c>c)", "abc"),
        ("(?!a)(?>b|c)", "bc"),
    ],
)
def test_the_signs_that_a_pattern_begins_with_are_told(pattern: str, signs: str) -> None:
    assert first_signs(parser.parse(pattern)) == (set(signs), False)


@pytest.mark.parametrize("written", ["a(b)|(?<=x)cd", "(?x) a # b\n | \\ c"])
def test_tried_at_its_first_signs_a_pattern_finds_the_same(written: str) -> None:
    plain, quick = re.compile(written), re.compile(lexicon.from_signs("ac ^-]", written))
    for text in ("", "ab", "xcdab", " a c", "x c", "^-]"):
        assert matches_of(quick, text) == matches_of(plain, text)


@pytest.mark.parametrize(
    ("hint", "name"),
    [
        ("placeholder_begins", "placeholder"),
        ("may_be_between_tasks", "between_tasks"),
    ],
)
@given(data=st.data())
def test_what_hints_at_a_pattern_is_in_every_match(hint: str, name: str, data: Any) -> None:
    match = data.draw(st.from_regex(lexicon.pattern(name)))
    assert lexicon.pattern(hint).search(match)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("may_be_a_number", "[0-9０-９二两三四五六七八九十百千]|分(?=之)"),
        ("digits_or_numerals", "[0-9]+|[一二两三四五六七八九十百千万零]+"),
    ],
)
@given(text=st.text("02９一两千分之x"))
def test_what_is_written_to_be_quick_finds_what_a_plain_pattern_does(
    name: str, plain: str, text: str
) -> None:
    actual, expected = (
        [match.start() for match in pattern.finditer(text)]
        for pattern in (lexicon.pattern(name), re.compile(plain))
    )
    assert actual == expected


@pytest.mark.parametrize(
    ("words", "pattern", "needed"),
    [
        (["a"], "xa?", False),
        (["a"], "x(?:a|b)", False),
        (["a", "b"], "x(?:a|b)", True),
        (["ab"], "[xy]ab*", False),
        (["ab"], "[xy]abb*c", True),
        (["a"], "x(?!a)", False),
        (["a"], "(?<=a)x", True),
        (["a"], "(?:ab|)+", False),
        (["xa", "xb"], "[0-9](?:x(?:a|b)|cxa)$", True),
        (["xa"], "[0-9](?:x(?:a|b)|cxa)$", False),
    ],
)
def test_what_a_pattern_needs_is_told(words: list[str], pattern: str, needed: bool) -> None:
    assert is_needed(words, parser.parse(pattern)) is needed


def matches_of(pattern: Any, text: str) -> list[Any]:
    """What every way of asking a pattern says of a text."""
    matches = [
        pattern.search(text, 1),
        *(getattr(pattern, way)(text) for way in PATTERN_METHODS[:3]),
    ]
    spans = [match and (match.span(), match.groups()) for match in matches]
    every = [match.span() for match in pattern.finditer(text)]
    parts = pattern.findall(text), pattern.split(text), pattern.sub(lambda one: f"<{one[0]}>", text)
    return [*spans, every, *parts]


def test_it_is_asked_as_any_other_before_and_after_it_is_made() -> None:
    made = re.compile("([ab])c|cc")
    late, early = (LazyPattern(lambda: made.pattern, ["ac", "bc", "cc"]) for _ in range(2))
    texts = ["", "ab", "c" * WORTH_MAKING, "cac", "acbcx", "no"]
    for text in (*texts, *["ba"] * WORTH_MAKING, *texts):
        assert matches_of(late, text) == matches_of(made, text)
    for text in reversed(texts):
        assert matches_of(early, text) == matches_of(made, text)


def test_it_is_not_made_for_texts_without_the_words() -> None:
    lazy = LazyPattern(lambda: "(", ["a"])
    assert lazy.search("b") is None
    with pytest.raises(re.error):
        lazy.search("a")


@pytest.mark.parametrize("name", ["without_subject", "purpose_adds_nothing", "adds_nothing"])
@given(data=st.data())
def test_texts_are_rid_of_words_alike_word_by_word_and_by_a_pattern(
    name: str, data: st.DataObject
) -> None:
    words = lexicon.words(name)
    pieces = st.sampled_from([*words, *{sign for word in words for sign in word}, "x", "\n"])
    text = "".join(data.draw(st.lists(pieces, max_size=12)))
    made = re.compile(lexicon.any_word_source(name))
    by_words = AnyWordPattern(lambda: made.pattern, words)
    for repl in ("", " "):
        assert by_words.sub(repl, text) == made.sub(repl, text)
