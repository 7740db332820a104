"""Whether codes are right in themselves, agree with each other and name one thing only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from xlperf.record import Department, Project, words
from xlperf.rules.core import ERROR, INFO, WARNING, Facts, Fix, Hit, hit, rule
from xlperf.rules.families.document.code_formulas import (
    ANOTHER_NAME,
    NAMED_BADLY,
    ODD_UNIT,
    OF_A_LATER_YEAR,
    OF_ANOTHER_REGION,
    SEEN_BEFORE,
    TWO_NAMES,
)
from xlperf.rules.formulas.native import ARABIC_DIGITS, CAPITALS, both, by_cell, made_of, no
from xlperf.rules.message_facts import Word, label, listed, project_label, shorten
from xlperf.rules.profiles import Profile
from xlperf.rules.text import lexicon

CODE_CHARACTERS = frozenset(ARABIC_DIGITS + CAPITALS)
RIGHT = re.compile("[0-9A-Z]+")


def folded(code: str) -> str:
    """A code without blanks, full-width signs as usual ones: what is meant, however it is typed."""
    return "".join(code.split() if code.isascii() else unicodedata.normalize("NFKC", code).split())


def plausible_code(code: str, profile: Profile) -> bool:
    """Whether a code has the profile's length and only permitted signs; other checks need that."""
    return len(code) == profile["project_code_length"] and RIGHT.fullmatch(code) is not None


@rule(
    "COD101",
    ERROR,
    source="integration/project-code",
    native=by_cell(
        "code", both("LEN({code.folded})>0", "LEN({code.folded})<>{profile:project_code_length}")
    ),
)
def project_code_of_wrong_length(project: Project, profile: Profile) -> Iterator[Hit]:
    """A project code has too few or too many characters.

    **Why**: the budget system knows a project by its code alone; a short one was cut off.
    **Bad**: a code of 20 characters.
    **Good**: a code of 21 characters.
    """
    actual, length = len(folded(project.code)), profile["project_code_length"]
    if project.code and actual != length:
        yield hit("code", code=shorten(project.code), found=actual, length=length)


@rule(
    "COD102",
    ERROR,
    source="integration/project-code",
    fix="unsafe",
    native=by_cell("code", no(made_of("{code.text}", "signs_of_codes"))),
)
def odd_characters_in_project_code(project: Project, profile: Profile) -> Iterator[Hit]:
    """A project code has characters other than digits and capital letters.

    **Why**: a blank or a full-width letter is hardly seen, but the code is not found any more.
    **Bad**: a code with a blank in it.
    **Good**: digits and the letters A to Z only.
    """
    odd = sorted(set(project.code) - CODE_CHARACTERS)
    if odd:
        meant = folded(project.code)
        fix = Fix(meant, safe=False) if plausible_code(meant, profile) else None
        yield hit("code", code=shorten(project.code), odd=listed(map(_sign_name, odd)), fix=fix)


def _sign_name(sign: str) -> str | Word:
    if sign.isspace():
        return Word("rule_part.blank")
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"


@rule(
    "COD103",
    ERROR,
    source="GB/T 2260; integration/project-code",
    native=by_cell("code", both("{code.plausible}", no("{code.is_division}"))),
)
def division_code_not_plausible(project: Project, profile: Profile) -> Iterator[Hit]:
    """A project code does not begin with a code of an administrative division.

    **Why**: its first six digits say which region's project it is.
    **Bad**: a code that begins with 930101: there is no province 93.
    **Good**: a code that begins with 130303.
    """
    code = folded(project.code)
    if plausible_code(code, profile) and not _division(code[:6]):
        yield hit("code", code=code, found=code[:6])


def _division(code: str) -> bool:
    """Whether it is six digits that begin as the code of a province does."""
    provinces = lexicon.words("provinces") + lexicon.words("beside_provinces")
    return re.fullmatch("[0-9]{6}", code) is not None and code.startswith(provinces)


@rule(
    "COD104",
    WARNING,
    source="GB/T 2260; integration/project-code",
    native=by_cell("code", OF_ANOTHER_REGION, of="projects"),
)
def code_of_another_region(department: Department, profile: Profile) -> Iterator[Hit]:
    """A project code belongs to a region that is neither this one nor above it.

    **Why**: a project handed down by the province or the city bears that region's code; a
    neighbour's code was copied by mistake.
    **Bad**: a project of 130303 with a code of 130304.
    **Good**: a code of 130303, of its city 130300 or of its province 130000.
    """
    region = folded(department.region_code)[:6]
    if not _division(region):
        return
    for project in department.projects:
        area = folded(project.code)[:6]
        if plausible_code(folded(project.code), profile) and _division(area):
            above = (region, region[:4] + "00", region[:2] + "0000")
            if area not in above and not area.startswith(lexicon.words("beside_provinces")):
                facts: Facts = {"project": project_label(project), "found": area, "region": region}
                yield hit(*project.path, "code", **facts)


@rule(
    "COD105",
    WARNING,
    source="integration/project-code",
    native=by_cell("code", OF_A_LATER_YEAR, of="projects"),
)
def code_of_a_later_year(department: Department, profile: Profile) -> Iterator[Hit]:
    """The year in a project code is later than the budget year, or is no year.

    **Why**: the seventh and eighth digits are the year the project was set up; a project cannot
    have money before that.
    **Bad**: a code of 2022 in the budget of 2021.
    **Good**: a code of 2021 or of an earlier year.
    """
    if department.year is None:
        return
    for project in department.projects:
        code = folded(project.code)
        if plausible_code(code, profile) and not _up_to(code[6:8], department.year):
            facts: Facts = {
                "project": project_label(project),
                "found": code[6:8],
                "year": department.year,
            }
            yield hit(*project.path, "code", **facts)


def _up_to(digits: str, year: int) -> bool:
    return digits.isdigit() and int(digits) <= year % 100


@rule(
    "COD106",
    ERROR,
    source="integration/project-code",
    native=by_cell("code", SEEN_BEFORE, of="projects"),
)
def project_code_used_twice(department: Department) -> Iterator[Hit]:
    """Two projects have the same code.

    **Why**: the system would take them for one project; the money of one would be lost.
    **Bad**: a form was copied and its code was not changed.
    **Good**: every project has its own code.
    """
    first: dict[str, Project] = {}
    for project in department.projects:
        code = folded(project.code)
        if code and first.setdefault(code, project) is not project:
            facts: Facts = {"code": code, "project": project_label(project)}
            facts["other"] = project_label(first[code])
            yield hit(*project.path, "code", also=[(*first[code].path, "code")], **facts)


@rule("COD107", INFO, source="88/pointed", native=by_cell("name", NAMED_BADLY, of="projects"))
def project_name_says_nothing(department: Department) -> Iterator[Hit]:
    """A project's name is used twice in its unit, or says nothing by itself.

    **Why**: the name is all that most readers of the budget see of a project.
    **Bad**: "special subsidy".
    **Good**: "subsidy for repairing early shelters".
    """
    first_of_name: dict[tuple[str, str], Project] = {}
    for project in department.projects:
        name = "".join(project.name.split())
        reason = ""
        first = first_of_name.setdefault((project.unit, name), project)
        if first is not project:
            reason = "rule_part.name_repeated"
        elif name in lexicon.words("generic_project_names"):
            reason = "rule_part.name_generic"
        if name and reason:
            also = [(*first.path, "name")] if first is not project else []
            yield hit(*project.path, "name", also=also, name=shorten(name), reason=Word(reason))


@rule("COD108", INFO, source="habit", native=by_cell("code", ODD_UNIT, of="units"))
def odd_unit_code(department: Department) -> Iterator[Hit]:
    """A unit's code is not digits that begin with the department's code.

    **Why**: a unit is coded as its department and three digits more; another beginning makes it
    another department's unit.
    **Bad**: unit 420001 of department 410.
    **Good**: unit 410001 of department 410.
    """
    for unit in department.units:
        code, above = folded(unit.code), folded(department.code)
        regular = re.fullmatch("(?:[0-9]{3}){2,4}", code) is not None
        if code and above and not (regular and code.startswith(above)):
            name = label(unit.name, unit.path, "unit")
            yield hit(*unit.path, "code", unit=name, code=shorten(code), department=shorten(above))


@rule(
    "COD109",
    ERROR,
    source="88/completeness",
    native=by_cell("name", TWO_NAMES, of="units")
    + by_cell("unit_name", ANOTHER_NAME, of="projects"),
)
def unit_with_two_names(department: Department) -> Iterator[Hit]:
    """One unit's code stands beside two different names.

    **Why**: one of the two is wrong, and the money is on the wrong unit or under the wrong name.
    **Bad**: 410001 is the bureau on one form and the library on another.
    **Good**: 410001 has the same name everywhere.
    """
    names = department.unit_names()
    first = {u.code: [(*u.path, "name")] for u in reversed(department.units) if u.name}
    for unit in department.units:
        name, other = unit.name, names[unit.code]
        if unit.code and name and other not in ("", name):
            facts: Facts = {"name": shorten(name), "other": shorten(other)}
            yield hit(*unit.path, "name", code=shorten(unit.code), also=first[unit.code], **facts)
    for project in department.projects:
        name, other = words(project.raw, "unit_name"), names.get(project.unit, "")
        if name and other not in ("", name):
            facts = {"name": shorten(name), "other": shorten(other)}
            also = first.get(project.unit, ())
            yield hit(*project.path, "unit_name", code=shorten(project.unit), also=also, **facts)


@rule("COD110", INFO, source="habit")
def projects_not_in_order_of_codes(department: Department) -> Iterator[Hit]:
    """A unit's projects are not in the order of their codes.

    **Why**: in the budget tables they are; in the same order the two can be compared line by line.
    **Bad**: ...B before ...A.
    **Good**: ...A before ...B.
    """
    last: dict[str, Project] = {}
    for project in department.projects:
        before = last.get(project.unit)
        if before and project.code and folded(project.code) < folded(before.code):
            facts: Facts = {"project": project_label(project), "before": project_label(before)}
            yield hit(*project.path, "code", also=[(*before.path, "code")], **facts)
        last[project.unit] = project
