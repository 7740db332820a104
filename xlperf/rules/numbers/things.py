"""What a quantity counts, and whether two of them count the same thing.

There is no grammar behind it. A thing is the last run of words before the number (in "12 km of
road" as Chinese writes it: road 12 km), or the first after the unit, without acts ("buy",
"repair"), idle words and what belongs to something else. Chinese nouns end with what they are, so
"children's books" is a kind of "books". Two quantities count the same thing if their nouns are the
same, or if nearly all words around them are, and their acts do not contradict each other.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from xlperf.rules.numbers.quantities import Quantity, quantities
from xlperf.rules.text import lexicon
from xlperf.rules.text.width_folding import compact

CHINESE = re.compile("[\u4e00-\u9fffA-Za-z]+")
MODEL = re.compile(r"[A-Za-z]+[-.]?[0-9]+(?:\.[0-9]+)*[A-Za-z]*|[0-9]+[A-Za-z]+")  # H.323, 1080P
BRACKET, COMMA = "(", ","
SHORTEST_NOUN = 2  # characters of a noun that can be compared
ENOUGH_PAIRS = 2  # pairs of characters in common that make two phrases speak of the same
PAIRS_RATIO = 0.6  # of the pairs of the shorter phrase, the part that must be in the other
MOST_ALIEN_SIGNS = 1  # characters of an indicator's name that its sentence need not have
SAME_KIND, KIND_OF, HAS_KIND, UNRELATED = "same", "kind of", "has the kind", "apart"


class Thing(NamedTuple):
    """What is counted: its noun, what is done with it, and all the words around it."""

    noun: str
    acts: frozenset[str]
    around: str
    limit: str = ""  # what it must have more or less of to be counted: over 60 years
    other: str = ""  # the noun on the other side of the number, where either may be counted


@lru_cache(maxsize=8192)
def thing_of(quantity: Quantity) -> Thing:
    """What a quantity of a text counts."""
    begin, end = quantity.clause
    if quantity.text[begin - 1 : begin] == BRACKET and not quantity.head:
        begin = quantity.text.rfind(COMMA, 0, begin) + 1  # road repair (12 km)
    before = _without_end(quantity.text[max(begin, quantity.since) : quantity.start])
    follows = quantity.since > begin and quantity.text[: quantity.since].endswith(_sortals())
    if follows and not lexicon.pattern("start_of_thing").match(before):
        before = ""  # what is between two numbers is what the first of them counts
    noun, acts = _last_noun(before)
    after_noun, after_acts = _first_noun(quantity.text[quantity.end : end])
    sortal = quantity.spelled in _sortals()
    if not noun and not after_noun and lexicon.pattern("goes_on").match(quantity.head):
        noun, acts = _last_noun(clause_before(quantity.text, begin))
    other = after_noun if noun and sortal else ""
    if after_noun and (not noun or (sortal and not _ends_with_thing(before))):
        noun, acts = after_noun, acts | after_acts
    elif not noun:
        acts |= after_acts
        total = lexicon.pattern("total_in_head").search(quantity.head)
        noun = _noun_before(quantity) if sortal and not total else ""
    around = quantity.text[begin : quantity.start] + quantity.text[quantity.end : end]
    return Thing(_whoever(noun, around), acts, around, _limit(quantity.head), other)


def _noun_before(quantity: Quantity) -> str:
    """The noun of the number before it in its unit, of which "all 8" is said; "" if none."""
    before = [item for item in quantities(quantity.text) if item.start < quantity.start]
    alike = [item for item in before if item.spelled == quantity.spelled]
    return thing_of(alike[-1]).noun if alike else ""


def _sortals() -> tuple[str, ...]:
    """The units after which stands what is counted."""
    return lexicon.words("before_what_is_counted")


def clause_before(text: str, begin: int) -> str:
    """The clause before a place, without what follows a word of comparison in it."""
    clause = lexicon.pattern("clause_mark").split(text[: max(begin - 1, 0)])[-1]
    return lexicon.pattern("compared_with").split(clause)[0]


def _limit(words: str) -> str:
    match = lexicon.pattern("limit_of_a_thing").search(words)
    return match[0] if match else ""


def _whoever(noun: str, around: str) -> str:
    """One word for all who benefit, where a text only calls them people or residents."""
    if noun in lexicon.words("people_in_general") and lexicon.holds(around, "benefits"):
        return lexicon.words("benefits")[0]
    return noun


@lru_cache(maxsize=8192)
def thing_named(name: str) -> Thing:
    """What an indicator counts, by its name."""
    words = lexicon.without_brackets(compact(name))
    short = lexicon.pattern("count_ending").sub("", words)
    noun, acts = _last_noun(short)
    return Thing(_whoever(noun, words), acts, short, _limit(words))


def _without_end(text: str) -> str:
    """The words before a number without "at least", "in all" and the like, and without models."""
    while match := lexicon.pattern("lead_of_a_number").search(text[-12:]):
        text = text[: len(text) - len(match[0])]
    return MODEL.sub("", text)


def _ends_with_thing(before: str) -> bool:
    """Whether the words before a number end with a noun and not with an act."""
    pieces = _pieces(before)
    return bool(pieces) and pieces[-1][1] == "" and len(pieces[-1][0]) >= SHORTEST_NOUN


def _last_noun(text: str) -> tuple[str, frozenset[str]]:
    """The last noun of a run of words, and the acts of that run."""
    run = lexicon.pattern("start_of_thing").split(_last_run(text.rstrip(BRACKET)))[-1]
    pieces = _pieces(run)
    nouns = [word for word, act in pieces if not act and word]
    return (nouns[-1] if nouns else ""), _acts(pieces)


def _first_noun(text: str) -> tuple[str, frozenset[str]]:
    match = CHINESE.match(text)
    run = lexicon.pattern("start_of_thing").split(match[0])[0] if match else ""
    pieces = _pieces(run)
    if not pieces or pieces[0][1]:
        return "", _acts(pieces)
    return pieces[0][0], _acts(pieces[:3])


def _last_run(text: str) -> str:
    runs = CHINESE.findall(text)
    return runs[-1] if runs and text.endswith(runs[-1]) else ""


def _acts(pieces: list[tuple[str, str]]) -> frozenset[str]:
    return frozenset(act for _, act in pieces if act and act != "idle")


@lru_cache(maxsize=8192)
def _pieces(run: str) -> list[tuple[str, str]]:
    """A run of words cut at its acts and idle words: each with the act it is, "" for a noun."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for match in _cutting().finditer(run):
        if match.start() > at:
            pieces.append((run[at : match.start()], ""))
        pieces.append((match[0], _act_of().get(match[0], "idle")))
        at = match.end()
    if at < len(run):
        pieces.append((run[at:], ""))
    return pieces


@cache
def _act_of() -> dict[str, str]:
    """Every word for an act to the act."""
    return {word: act for act, words in lexicon.table("acts").items() for word in words}


@cache
def _cutting() -> re.Pattern[str]:
    words = sorted(_act_of(), key=len, reverse=True)
    signs = "".join({word[0] for word in words}) + lexicon.table("begins")["idle_in_thing"]
    source = "|".join((*map(re.escape, words), lexicon.source("idle_in_thing")))
    return re.compile(lexicon.from_signs(signs, source))


def acts_in(text: str) -> frozenset[str]:
    """The acts (lexicon `acts`) that a text names, idle words aside."""
    return _acts(_pieces(text))


def clash(acts: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts name acts that have nothing to do with each other."""
    return bool(acts and other) and not _with_kin(acts) & _with_kin(other)


@cache
def _with_kin(acts: frozenset[str]) -> frozenset[str]:
    """Acts with those by which they may be done: what is added was bought or built."""
    kin = lexicon.table("acts_in_general")
    return acts.union(*(kin.get(act, ()) for act in acts))


def is_whoever(noun: str) -> bool:
    """Whether a noun does not say what is counted, but only that somebody benefits."""
    return noun in ("", lexicon.words("benefits")[0])


def relation(thing: Thing, other: Thing, context: str = "") -> str:
    """SAME_KIND, KIND_OF (the first is a kind of the second), HAS_KIND, or UNRELATED.

    `context`: words that say nothing new there, such as the project's name.
    """
    if clash(thing.acts, other.acts) or thing.limit != other.limit:
        return UNRELATED
    alike = thing.noun[-1:] == other.noun[-1:]  # else they cannot be of one kind
    how = _of_nouns(thing.noun, other.noun, context) if alike else UNRELATED
    if how == UNRELATED and (thing.other or other.other):
        nouns = [(a, b) for a in (thing.noun, thing.other) for b in (other.noun, other.other)]
        return SAME_KIND if any(_of_nouns(a, b, "") == SAME_KIND for a, b in nouns) else UNRELATED
    return how


@lru_cache(maxsize=8192)
def _of_nouns(noun: str, other: str, context: str) -> str:
    if noun and noun == other:
        return UNRELATED if noun in lexicon.words("money_in_general") else SAME_KIND
    if len(noun) < SHORTEST_NOUN or len(other) < SHORTEST_NOUN:
        return UNRELATED
    short, long = sorted((noun, other), key=len)
    if short[0] == long[0] and short[-1] == long[-1] and _is_short_for(short, long):
        return SAME_KIND
    if not long.endswith(short):
        return UNRELATED
    modifier = long[: -len(short)]
    if modifier in context:
        return SAME_KIND
    return KIND_OF if long == noun else HAS_KIND


def _is_short_for(short: str, long: str) -> bool:
    """Whether one word is another without single characters, as abbreviations are."""
    at = -1
    for sign in short:
        following = long.find(sign, at + 1, at + 3)
        if following < 0:
            return False
        at = following
    return at == len(long) - 1


def alike(thing: Thing, other: Thing) -> bool:
    """Whether nearly all of the words around two quantities are the same."""
    if clash(thing.acts, other.acts) or thing.limit != other.limit:
        return False
    if _siblings(thing.noun, other.noun):
        return False
    first, second = _pairs(thing.around), _pairs(other.around)
    fewer, more = sorted((len(first), len(second)))
    return fewer > ENOUGH_PAIRS and len(first & second) >= PAIRS_RATIO * more


def _siblings(noun: str, other: str) -> bool:
    """Whether two nouns are different kinds of one thing: east road, west road."""
    ends = zip(reversed(noun), reversed(other), strict=False)
    common_length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    return SHORTEST_NOUN <= common_length < min(len(noun), len(other))


def is_kin(thing: Thing, other: Thing) -> bool:
    """Whether two things may be kinds of one: their nouns end alike, or one has none."""
    if not thing.noun or not other.noun:
        return True
    return thing.noun[-SHORTEST_NOUN:] == other.noun[-SHORTEST_NOUN:]


def says_it_all(indicator: Thing, quantity: Quantity) -> bool:
    """Whether a clause with one number of its unit has every character of an indicator's name."""
    signs = _telling(indicator.around)
    return len(signs) >= SHORTEST_NOUN and signs <= set(quantity.phrase)


def is_about(indicator: Thing, quantity: Quantity, context: str = "") -> bool:
    """Whether an indicator's name says hardly anything that a quantity's sentence does not."""
    if clash(thing_of(quantity).acts, indicator.acts):
        return False
    wide = is_whoever(thing_of(quantity).noun)
    phrase = quantity.text[slice(*quantity.sentence)] if wide else quantity.phrase
    signs = _telling(indicator.around)
    if not wide and _is_other_part(thing_of(quantity), indicator, signs):
        return False
    alien = signs.difference(phrase, context)
    return len(alien) <= min(MOST_ALIEN_SIGNS, len(signs) // 4) and bool(
        _pairs(indicator.around) & _pairs(phrase)
    )


def _is_other_part(thing: Thing, indicator: Thing, signs: frozenset[str]) -> bool:
    """Whether a noun is another one, of the same: a sofa for an office is no office."""
    is_other = bool(indicator.noun) and thing.noun[-1:] != indicator.noun[-1:]
    return is_other and 2 * len(signs & set(thing.around)) < len(signs)


@lru_cache(maxsize=8192)
def _telling(text: str) -> frozenset[str]:
    """The characters of a name but those that stand in any name."""
    return frozenset("".join(word for word, act in _pieces(text) if not act))


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    nouns = [word for run in CHINESE.findall(text) for word, act in _pieces(run) if act != "idle"]
    return frozenset(first + second for word in nouns for first, second in pairwise(word))
