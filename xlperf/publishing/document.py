"""What the official document prints, in which order, whatever the format.

A part that the record lacks is printed with its heading and a blank: people see what is to be
filled in, and nothing is ever refused for being absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from xlperf.canonical import canonical
from xlperf.characters.numerals import chinese, circled
from xlperf.fields import keys
from xlperf.forms import MONEY_LABELS, Edition, edition_of, in_money
from xlperf.forms.official.record_parts import parts
from xlperf.layout import FilledForm, fill
from xlperf.record import Activity, Department, Indicator, Raw, Safeguard, amount, view, words
from xlperf.targets.separator import ends_joined
from xlperf.wording import official, official_table

SPACE = "\u3000"  # between the number and the title of a part, where they share a line
MOST_NUMERAL = 999
DEPARTMENT_FIELD, REGION_FIELD, YEAR_FIELD = "department/name", "region/name", "fiscal_year"


@dataclass(frozen=True, slots=True)
class Cover:
    """The lines of the cover; one that cannot be said is blank."""

    department: str = ""
    year: str = ""
    title: str = ""
    compiled: str = ""
    reviewed: str = ""

    @property
    def whole(self) -> str:
        """Department, year and title on one line."""
        return " ".join(part for part in (self.department, self.year, self.title) if part)


@dataclass(frozen=True, slots=True)
class PrintedHeading:
    """A heading; the number of a part may stand on a line of its own."""

    kind: Literal["part", "section", "activity", "project"]
    title: str
    number: str = ""

    @property
    def text(self) -> str:
        """All of it on one line."""
        return SPACE.join(part for part in (self.number, " ".join(self.title.split("\n"))) if part)


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """Running text, and the word of the form that announces it."""

    text: str
    word: str = ""

    @property
    def lines(self) -> list[str]:
        """Its lines; what was written on several stands in as many paragraphs."""
        return written_lines(self.text) or [""]


PrintedBlock = PrintedHeading | PrintedParagraph | FilledForm


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document: the cover, the department's part, the projects' part."""

    cover: Cover
    department: tuple[PrintedHeading | PrintedParagraph, ...]
    projects: tuple[PrintedBlock, ...]


def document_of(record: Raw) -> Document:
    """The document of a record, whatever parts it lacks."""
    record = canonical(record)
    chosen = edition_of(record)
    has_department = "department" in chosen.traits.parts
    return Document(
        cover=cover_of(record),
        department=tuple(_department(view(record))) if has_department else (),
        projects=tuple(_projects(record, chosen, numbered=has_department)),
    )


def cover_of(record: Raw, left_out: tuple[str, ...] = ()) -> Cover:
    """What the cover says; parts can be left out by the paths they come from."""
    department = view(record)
    name = "" if DEPARTMENT_FIELD in left_out else department.name
    region = "" if REGION_FIELD in left_out else department.region_name
    year = "" if YEAR_FIELD in left_out else words(record, YEAR_FIELD)
    return Cover(
        department=name,
        year=official("document.year").format(year=year) if year else "",
        title=official("document.title"),
        compiled=official("document.compiled").format(name=name) if name else "",
        reviewed=official("document.reviewed").format(region=region) if region else "",
    )


def _department(record: Department) -> Iterator[PrintedHeading | PrintedParagraph]:
    yield PrintedHeading("part", official("document.part_one_title"), official("document.part_one"))
    yield PrintedHeading("section", official("document.overall"))
    yield PrintedParagraph(record.overall_goal)
    yield PrintedHeading("section", official("document.itemised"))
    for number, activity in enumerate(record.activities, 1):
        yield from _activity(numeral(number), activity)
    if not record.activities:
        yield PrintedParagraph("")
    yield PrintedHeading("section", official("document.safeguards"))
    for number, safeguard in enumerate(record.safeguards, 1):
        yield PrintedParagraph(_safeguard(numeral(number), safeguard))
    if not record.safeguards:
        yield PrintedParagraph("")


def _activity(number: str, activity: Activity) -> Iterator[PrintedHeading | PrintedParagraph]:
    numbered = official("document.numbered").format(number=number, name=activity.name)
    yield PrintedHeading("activity", numbered)
    yield PrintedParagraph(activity.goal, official("document.goal"))
    sentences = (_indicator(n, indicator) for n, indicator in enumerate(activity.indicators, 1))
    yield PrintedParagraph("".join(sentences), official("document.indicators"))


def _indicator(number: int, indicator: Indicator) -> str:
    joined = ends_joined(indicator.description, indicator.target)
    return official("document.indicator_joined" if joined else "document.indicator").format(
        number=circled(number),
        name=indicator.name,
        description=indicator.description,
        target=indicator.target,
    )


def _safeguard(number: str, safeguard: Safeguard) -> str:
    return official("document.safeguard").format(
        number=number, title=safeguard.title, text=safeguard.text
    )


def _projects(record: Raw, chosen: Edition, *, numbered: bool) -> Iterator[PrintedBlock]:
    number = official("document.part_two") if numbered else ""
    yield PrintedHeading("part", official("document.part_two_title"), number)
    unit = words(record, "money_unit") or chosen.traits.money
    form = in_money(chosen.project, chosen.traits, unit)
    for part in parts(record, chosen):
        if part.form is chosen.project:
            yield PrintedHeading("project", str(part.values["title"]))
            yield fill(form, in_unit(part.values, unit))


def in_unit(values: Mapping[str, Any], unit: str) -> dict[str, Any]:
    """The values of a project with its amounts in a unit of money, exactly."""
    zeros: int = official_table("money_units").get(unit, 0)
    zeros = zeros if zeros in MONEY_LABELS else 0  # yuan, where the form cannot say the unit
    if not zeros:
        return dict(values)
    moved = {
        key: _shifted(values[key], zeros) for key in keys(("amount",), "projects") if key in values
    }
    listed = values.get("funds")
    if isinstance(listed, list):
        moved["funds"] = [
            {**line, "amount": _shifted(line.get("amount"), zeros)} for line in listed
        ]
    return {**values, **moved}


def _shifted(value: Any, zeros: int) -> Any:
    """An amount in a unit of money that has so many zeros; what is no amount as it is."""
    number = amount(value)
    return value if number is None else Decimal(f"{number.scaleb(-zeros).normalize():f}")


def numeral(number: int) -> str:
    """A number as counted in headings; in digits where the numerals end."""
    return chinese(number) if number <= MOST_NUMERAL else str(number)


def written_lines(text: str) -> list[str]:
    """The lines of a text that say something, without blank space at their ends."""
    return [line for item in text.split("\n") if (line := item.strip())]
