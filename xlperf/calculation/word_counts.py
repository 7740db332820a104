"""SUMPRODUCT over a list of words: how many of them, or of their characters, are in a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xlperf.calculation.book import Calculation, Sheet
from xlperf.calculation.references import cells, is_area
from xlperf.calculation.syntax import Call, Literal, Node, NotUnderstoodError
from xlperf.calculation.values import text_of
from xlperf.layout import Coord


def condition(node: Node) -> Node | None:
    """The condition of `--condition`; None of anything else."""
    if isinstance(node, Call) and node.name == "negative":
        (inner,) = node.arguments
        if isinstance(inner, Call) and inner.name == "negative":
            return inner.arguments[0]
    return None


def is_single(node: Node, build: Any) -> bool:
    """Whether a part gives one value, that is the same for all places."""
    try:
        build(node, False)
    except NotUnderstoodError:
        return False
    return True


def _characters(arguments: tuple[Node, ...], build: Any, whole: Calculation) -> Calculation | None:
    """SUMPRODUCT(LEN(text)-LEN(SUBSTITUTE(text,area,""))): how many characters are of a list."""
    match arguments:
        case (
            Call(
                "-",
                (
                    Call("LEN", (text,)),
                    Call("LEN", (Call("SUBSTITUTE", (same, area, Literal(""))),)),
                ),
            ),
        ) if text == same and is_area(area):
            pass
        case _:
            return None
    return _over_words(
        area,
        text,
        build,
        whole,
        lambda text, words: sum(len(w) * text.count(w) for w in words if w),
    )


def _words(arguments: tuple[Node, ...], build: Any, whole: Calculation) -> Calculation | None:
    """SUMPRODUCT(COUNT(FIND(area,text))): how many words stand in a text."""
    match arguments:
        case (Call("COUNT", (Call("FIND", (area, text)),)),) if is_area(area):
            pass
        case _:
            return None
    return _over_words(area, text, build, whole, lambda text, words: sum(w in text for w in words))


def _endings(arguments: tuple[Node, ...], build: Any, whole: Calculation) -> Calculation | None:
    """SUMPRODUCT(--EXACT(RIGHT(text,LEN(area)),area)): how many words end a text."""
    match [condition(argument) for argument in arguments]:
        case [Call("EXACT", (Call("RIGHT", (text, Call("LEN", (area,)))), same))] if (
            area == same and is_area(area)
        ):
            pass
        case _:
            return None
    return _over_words(
        area, text, build, whole, lambda text, words: sum(text.endswith(w) for w in words)
    )


def _over_words(
    area: Node,
    text: Node,
    build: Any,
    whole: Calculation,
    result: Callable[[str, list[str]], int],
) -> Calculation | None:
    """A count over the words of an area; everything is multiplied where one shows an error."""
    if not is_single(text, build):
        return None
    of_area, of_text = cells(area, build), build(text, False)[0]

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        words = of_area(sheet, places, at)
        if words.is_faulty:
            return whole(sheet, places, at)
        return result(text_of(of_text(sheet, places, at)), words.texts)

    return calculation


WORD_COUNT_SHORTCUTS = (_characters, _words, _endings)
