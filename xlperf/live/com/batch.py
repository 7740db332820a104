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
SCALAR, REFUSED_CALL = 0, -1  # what an answer begins with that is no rectangle of so many columns

TRANSIENT = frozenset(("Comment", "Item", "MergeArea"))  # objects that asks make, move and delete

T = TypeVar("T")
Scalar = str | int | float | bool | None
MemberLink = tuple[str, str | int | None]  # a member that gives an object, and which one

WORKSHEETS: MemberLink = ("Worksheets", None)
USED_RANGE: MemberLink = ("UsedRange", None)
INTERIOR: MemberLink = ("Interior", None)
NAMES_MEMBER: MemberLink = ("Names", None)


def cells(text: str) -> MemberLink:
    """The link from a sheet to the cells of an address or of names: its `Range`."""
    return ("Range", text)


def item(key: str | int) -> MemberLink:
    """The link from a collection to one of its members, by name or by number from 1."""
    return ("Item", key)


def errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """The exceptions by which Excel refuses (pywin32's, else xlwings'), with others, to catch.

    Another host refuses by an ExcelRefusalError.
    """
    engine = getattr(xw, "_xlwindows", None)
    refusal = xw.XlwingsError if engine is None else engine.pywintypes.com_error
    return (refusal, ExcelRefusalError, *others)


class ExcelRefusalError(XlperfError):
    """Excel would not do what it was asked."""


class ProtocolError(XlperfError):
    """What came back from the macro is no list of answers as `decode` expects it."""


class Root:
    """Where the links of a call begin: a sheet, or, without a title, the book."""

    def __init__(self, com: Any, title: str, line: Channel) -> None:
        self._com, self.title, self.line = com, title, line

    @property
    def com(self) -> Any:
        """Excel's own object."""
        return self._com

    def get(self, member: str, *links: MemberLink) -> ComCall:
        """A call that reads a property."""
        return ComCall(self, links, "get", member)

    def put(self, member: str, value: Scalar, *links: MemberLink) -> ComCall:
        """A call that sets a property."""
        return ComCall(self, links, "put", member, (value,))

    def call(self, member: str, *links: MemberLink, arguments: tuple[Scalar, ...] = ()) -> ComCall:
        """A call of a method, with at most two arguments."""
        return ComCall(self, links, "call", member, arguments)


@dataclass(frozen=True)
class ComCall:
    """A property to get or put, or a method to call, of the object behind at most two links."""

    root: Root
    links: tuple[MemberLink, ...]
    kind: str
    member: str
    arguments: tuple[Scalar, ...] = ()

    def encoded(self) -> tuple[Scalar, ...]:
        """The call as the macro takes it: title, two links of two, kind, member, two arguments."""
        way = ["" if part is None else part for link in self.links for part in link]
        rest = [""] * (4 - len(way))
        arguments = [*self.arguments, "", ""][:2]
        return (self.root.title, *way, *rest, self.kind, self.member, *arguments)


Batched = Generator[Sequence[ComCall], Sequence[Any], T]


class Channel:
    """How calls get to Excel: together by the add-in's macro while that works, else one by one."""

    def __init__(self, book: Any = None, *, works: bool = False) -> None:
        self.book, self.works = book, works
        self._there: tuple[Any, str] | None = None

    def answer(self, asks: Sequence[ComCall]) -> list[Any]:
        """The answers in order: what was got, None for what was done, or an ExcelRefusalError."""
        answers: list[Any] = []
        for start in range(0, len(asks), MOST_CALLS):
            chunk = asks[start : start + MOST_CALLS]
            inside = self.inside(chunk)
            answers += _call_one_by_one(chunk) if inside is None else inside
        return answers

    def inside(self, asks: Sequence[ComCall]) -> list[Any] | None:
        """The answers of the macro; None where it does not answer, and from then on always."""
        if self.book is None or not self.works:
            return None
        try:
            self._there = self._there or (self.book.app.api, str(self.book.name))
            app, name = self._there
            return decode(app.Run(MACRO, name, encode(asks)), len(asks))
        except errors(ProtocolError, TypeError, ValueError):  # pywin32's are the last two
            self.works = False
            return None


def channel_to(book: Any, *, inside: bool = False) -> Channel:
    """The way to a book's host: its own, or that to Excel.

    inside: whether calls are to be answered by the add-in's macro, where it is loaded.
    """
    book_channel: Channel | None = getattr(book, "channel", None)
    return book_channel if isinstance(book_channel, Channel) else Channel(book, works=inside)


def macro_answers(book: xw.Book) -> bool:
    """Whether the add-in's macro answers a first question: the name of the book."""
    line = channel_to(book, inside=True)
    return bool(line.inside([Root(book.api, "", line).get("Name")]))


def encode(asks: Iterable[ComCall]) -> list[Scalar]:
    """Calls as the macro takes them, one flat list.

    First come the number of elements, these two included, and the length of all texts in UTF-16.
    """
    elements = [element for ask in asks for element in ask.encoded()]
    return [len(elements) + 2, _text_length(elements), *elements]


def decode(tape: Any, count: int) -> list[Any]:
    """The answers on the macro's tape, one flat sequence; `count` of them were asked for.

    Raises ProtocolError unless the tape has as many elements, characters and answers as it should.
    """
    try:
        elements, signs, *content = tape
        if len(tape) != elements or _text_length(content) != signs:
            raise ProtocolError
        at = iter(content)
        answers = [_decode_answer(at) for _ in range(count)]
    except (TypeError, ValueError, StopIteration):
        raise ProtocolError from None
    if next(at, at) is not at:
        raise ProtocolError
    return answers


def _text_length(elements: Iterable[Any]) -> int:
    """How long all texts are together, as VBA counts."""
    text = "".join(element for element in elements if isinstance(element, str))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _decode_answer(tape: Iterator[Any]) -> Any:
    columns = int(next(tape))
    if columns == REFUSED_CALL:
        return ExcelRefusalError(str(next(tape)))
    if columns == SCALAR:
        return next(tape)
    rows, filled_count = int(next(tape)), int(next(tape))
    values = {int(next(tape)): next(tape) for _ in range(filled_count)}
    return tuple(
        tuple(values.get(row * columns + column) for column in range(columns))
        for row in range(rows)
    )


def _call_one_by_one(asks: Iterable[ComCall]) -> list[Any]:
    met: dict[tuple[Root, tuple[MemberLink, ...]], Any] = {}
    return [_call(ask, met) for ask in asks]


def _call(ask: ComCall, met: dict[tuple[Root, tuple[MemberLink, ...]], Any]) -> Any:
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
            return setattr(at, ask.member, *ask.arguments)
        result = getattr(at, ask.member)(*ask.arguments)
        return result if isinstance(result, str) else None
    except errors() as error:
        return ExcelRefusalError(str(error))


def _follow(at: Any, link: MemberLink) -> Any:
    member, which = link
    if at is None:
        return None
    if member == "Item":
        return at(which)
    member_value = getattr(at, member)
    return member_value if which is None else member_value(which)


def checked(answer: Any) -> Any:
    """The answer itself; an answer that is Excel's refusal is raised (ExcelRefusalError)."""
    if isinstance(answer, ExcelRefusalError):
        raise answer
    return answer


def run_all(work: Iterable[Batched[T]]) -> list[T]:
    """The results of pieces of work, in order, done in step.

    What all pieces ask in a round goes to Excel together; each then goes on with its own answers.
    """
    pieces = list(work)
    results: dict[int, T] = {}
    answers: dict[int, Sequence[Any] | None] = dict.fromkeys(range(len(pieces)))
    try:
        while answers:
            asks: dict[int, Sequence[ComCall]] = {}
            for n, answer in answers.items():
                try:
                    asks[n] = pieces[n].send(answer)  # type: ignore[arg-type]
                except StopIteration as end:
                    results[n] = end.value
            answers = _answer_round(asks)
    finally:
        for piece in pieces:
            piece.close()
    return [results[n] for n in range(len(pieces))]


def _answer_round(asks_by_piece: dict[int, Sequence[ComCall]]) -> dict[int, Sequence[Any] | None]:
    """The answers of a round, to each piece of work its own."""
    all_asks = [ask for asks in asks_by_piece.values() for ask in asks]
    answers = iter(all_asks[0].root.line.answer(all_asks) if all_asks else ())
    return {n: [next(answers) for _ in asks] for n, asks in asks_by_piece.items()}


def run_one(work: Batched[T]) -> T:
    """The result of one piece of work."""
    (result,) = run_all([work])
    return result
