"""Many questions to a live book, answered in one go.

From outside of Excel every access to one of its objects is a round trip. So what a book is asked
or told is data here: an `Ask` names a sheet, a way from it, and what to get, put or call at its
end. Work that waits for answers (`Asking`) is done for many sheets in step, in rounds; the asks of
a round are answered inside Excel by the add-in's own macro (`macros/XlperfAsking.bas`), in one
round trip, or, where that does not answer, one by one from here. The answers are the same.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import xlwings as xw

from xlperf.errors import XlperfError

MACRO = "xlperf.xlam!XlperfAsk"
MOST_CALLS = 500  # asks that go to the macro together
SCALAR, REFUSED = 0, -1  # what an answer begins with that is no rectangle of so many columns

TRANSIENT = frozenset(("Comment", "Item", "MergeArea"))  # objects that asks make, move and delete

T = TypeVar("T")
Scalar = str | int | float | bool | None
Link = tuple[str, str | int | None]  # a member that gives an object, and which one

WORKSHEETS: Link = ("Worksheets", None)
USED: Link = ("UsedRange", None)
INTERIOR: Link = ("Interior", None)
NAMES: Link = ("Names", None)


def cells(text: str) -> Link:
    """The cells of an address or of names."""
    return ("Range", text)


def item(key: str | int) -> Link:
    """One of a collection, by its name or its number."""
    return ("Item", key)


def errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What Excel's refusals are raised as, and others."""
    engine = getattr(xw, "_xlwindows", None)
    return (xw.XlwingsError if engine is None else engine.pywintypes.com_error, *others)


class ExcelRefusalError(XlperfError):
    """Excel would not do what it was asked."""


class ProtocolError(XlperfError):
    """What came back from the macro is not a tape of answers."""


class Root:
    """What a way begins at: a sheet, or, without a title, the book."""

    def __init__(self, com: Any, title: str, line: Channel) -> None:
        self._com, self.title, self.line = com, title, line

    @property
    def com(self) -> Any:
        """Excel's own object."""
        return self._com

    def get(self, member: str, *links: Link) -> Call:
        """Ask for a property."""
        return Call(self, links, "get", member)

    def put(self, member: str, value: Scalar, *links: Link) -> Call:
        """Ask for a property to be set."""
        return Call(self, links, "put", member, (value,))

    def call(self, member: str, *links: Link, given: tuple[Scalar, ...] = ()) -> Call:
        """Ask for something to be done."""
        return Call(self, links, "call", member, given)


@dataclass(frozen=True)
class Call:
    """Something to get, put or call, at the end of a way of at most two links."""

    root: Root
    links: tuple[Link, ...]
    kind: str
    member: str
    given: tuple[Scalar, ...] = ()

    def encoded(self) -> tuple[Scalar, ...]:
        """The ask as the macro is told it: `WIDTH` elements."""
        way = ["" if part is None else part for link in self.links for part in link]
        rest = [""] * (4 - len(way))
        given = [*self.given, "", ""][:2]
        return (self.root.title, *way, *rest, self.kind, self.member, *given)


Batched = Generator[Sequence[Call], Sequence[Any], T]


class Channel:
    """How asks get to Excel: together by the add-in's macro while that works, else one by one."""

    def __init__(self, book: xw.Book | None = None, *, works: bool = False) -> None:
        self.book, self.works = book, works
        self._there: tuple[Any, str] | None = None

    def answer(self, asks: Sequence[Call]) -> list[Any]:
        """The answers, in order: what was got, None for what was done, or `Refused`."""
        answers: list[Any] = []
        for start in range(0, len(asks), MOST_CALLS):
            some = asks[start : start + MOST_CALLS]
            inside = self.inside(some)
            answers += _call_one_by_one(some) if inside is None else inside
        return answers

    def inside(self, asks: Sequence[Call]) -> list[Any] | None:
        """The answers of the macro; None where it does not answer, now and from now on."""
        if self.book is None or not self.works:
            return None
        try:
            self._there = self._there or (self.book.app.api, str(self.book.name))
            app, name = self._there
            return decode(app.Run(MACRO, name, encode(asks)), len(asks))
        except errors(ProtocolError, TypeError, ValueError):  # pywin32's are the last two
            self.works = False
            return None


def macro_answers(book: xw.Book) -> bool:
    """Whether the macro answers."""
    line = Channel(book, works=True)
    return bool(line.inside([Root(book.api, "", line).get("Name")]))


def encode(asks: Iterable[Call]) -> list[Scalar]:
    """Asks as the macro is told them; first how many elements and signs these are."""
    said = [each for ask in asks for each in ask.encoded()]
    return [len(said) + 2, _text_length(said), *said]


def decode(tape: Any, count: int) -> list[Any]:
    """The answers on the macro's tape. It must be whole: as many elements, signs and answers as it
    says and as were asked for.
    """
    try:
        elements, signs, *said = tape
        if len(tape) != elements or _text_length(said) != signs:
            raise ProtocolError
        at = iter(said)
        answers = [_decode_answer(at) for _ in range(count)]
    except (TypeError, ValueError, StopIteration):
        raise ProtocolError from None
    if next(at, at) is not at:
        raise ProtocolError
    return answers


def _text_length(said: Iterable[Any]) -> int:
    """How long all texts are together, as VBA counts."""
    text = "".join(each for each in said if isinstance(each, str))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _decode_answer(said: Iterator[Any]) -> Any:
    columns = int(next(said))
    if columns == REFUSED:
        return ExcelRefusalError(str(next(said)))
    if columns == SCALAR:
        return next(said)
    rows, filled = int(next(said)), int(next(said))
    values = {int(next(said)): next(said) for _ in range(filled)}
    return tuple(
        tuple(values.get(row * columns + column) for column in range(columns))
        for row in range(rows)
    )


def _call_one_by_one(asks: Iterable[Call]) -> list[Any]:
    met: dict[tuple[Root, tuple[Link, ...]], Any] = {}
    return [_call(ask, met) for ask in asks]


def _call(ask: Call, met: dict[tuple[Root, tuple[Link, ...]], Any]) -> Any:
    """One answer; objects met on the way are not asked for again."""
    try:
        at = ask.root.com
        for n, link in enumerate(ask.links, 1):
            way = (ask.root, ask.links[:n])
            at = met[way] if way in met else _follow(at, link)
            if link[0] not in TRANSIENT:
                met[way] = at
        if at is None:
            return ExcelRefusalError(ask.member)
        if ask.kind == "get":
            return getattr(at, ask.member)
        if ask.kind == "put":
            return setattr(at, ask.member, *ask.given)
        said = getattr(at, ask.member)(*ask.given)
        return said if isinstance(said, str) else None
    except errors() as error:
        return ExcelRefusalError(str(error))


def _follow(at: Any, link: Link) -> Any:
    member, which = link
    if at is None:
        return None
    if member == "Item":
        return at(which)
    found = getattr(at, member)
    return found if which is None else found(which)


def checked(answer: Any) -> Any:
    """An answer that is none of Excel's refusals; such a one is raised."""
    if isinstance(answer, ExcelRefusalError):
        raise answer
    return answer


def run_all(work: Iterable[Batched[T]]) -> list[T]:
    """Pieces of work done in step: what all of them ask in a round is answered in one go."""
    pieces = list(work)
    done: dict[int, T] = {}
    answers: dict[int, Sequence[Any] | None] = dict.fromkeys(range(len(pieces)))
    try:
        while answers:
            asked: dict[int, Sequence[Call]] = {}
            for n, said in answers.items():
                try:
                    asked[n] = pieces[n].send(said)  # type: ignore[arg-type]
                except StopIteration as end:
                    done[n] = end.value
            answers = _answer_round(asked)
    finally:
        for piece in pieces:
            piece.close()
    return [done[n] for n in range(len(pieces))]


def _answer_round(asked: dict[int, Sequence[Call]]) -> dict[int, Sequence[Any] | None]:
    """The answers of a round, to each piece of work its own."""
    every = [ask for asks in asked.values() for ask in asks]
    said = iter(every[0].root.line.answer(every) if every else ())
    return {n: [next(said) for _ in asks] for n, asks in asked.items()}


def run_one(work: Batched[T]) -> T:
    """One piece of work, done."""
    (done,) = run_all([work])
    return done
