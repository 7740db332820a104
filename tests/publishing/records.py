"""Records to publish: random ones whose texts hold no marks of structure, and awkward ones."""

from __future__ import annotations

import copy

from hypothesis import strategies as st

from tests.documents.test_properties import records
from xlperf.canonical import canonical
from xlperf.record import Raw

NAMES = st.sampled_from(["绿水县水利局", "青山市绿水区教育局", "某镇人民政府"])
LONG = "为保障城市人民防空工程的维护管理与应急处置能力持续提升，"
ODD = "\x00\x01\x0b\x1f\ufffe]]><b>&amp;{{x}}{% raw %}\x07_x0041_"


@st.composite
def covered(draw: st.DrawFn) -> Raw:
    """A random record, with or without what a cover states."""
    record = draw(records())
    if draw(st.booleans()):
        record["department"] = {"name": draw(NAMES)}
    if draw(st.booleans()):
        record["region"] = {"name": draw(st.sampled_from(["绿水县", "青山市"]))}
    if draw(st.booleans()):
        record["fiscal_year"] = draw(st.integers(2010, 2039))
    return canonical(record)


def nothing() -> Raw:
    return canonical({"edition": "hebei-2021"})


def empty_form() -> Raw:
    return canonical({"edition": "hebei-2021", "projects": [{}]})


def forty(sample: Raw) -> Raw:
    """As many projects as a large department has."""
    record = copy.deepcopy(sample)
    base = record["projects"]
    record["projects"] = [copy.deepcopy(base[number % len(base)]) for number in range(40)]
    for number, project in enumerate(record["projects"], 1):
        project["name"] = f"{project['name']}第{number}批"
    return canonical(record)


def very_long(sample: Raw) -> Raw:
    """Cells of more than a page, a title of several lines, a word that fits no line."""
    record = copy.deepcopy(sample)
    record["overall_goal"] = "\n".join([LONG * 30] * 5)
    record["projects"] = record["projects"][:3]
    first, second, third = record["projects"]
    first["purpose"], first["goals"] = LONG * 120, [LONG * 15] * 6
    second["name"], second["indicators"][2]["description"] = LONG * 3, LONG * 60
    third["indicators"][0]["target"] = "ABCDEFGHIJ" * 30
    third["goals"] = ["短"] * 40
    return canonical(record)


def odd(sample: Raw) -> Raw:
    """Texts that would break a file if they were put into it as they are."""
    record = copy.deepcopy(sample)
    record["overall_goal"] = record["department"]["name"] = ODD
    record["projects"] = record["projects"][:1]
    project = record["projects"][0]
    project["name"] = project["purpose"] = project["budget"] = ODD
    project["goals"] = [ODD, ""]
    project["indicators"][0] = {"name": ODD, "target": ODD}
    return canonical(record)


def whole_set(sample: Raw) -> dict[str, Raw]:
    """Every kind of record that a document is made of in these tests."""
    return {
        "sample": sample,
        "nothing": nothing(),
        "empty form": empty_form(),
        "forty": forty(sample),
        "very long": very_long(sample),
        "odd": odd(sample),
    }
