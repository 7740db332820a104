"""Any Word file at all: nothing is lost of it, and damage is refused in one sentence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents.accounts import check_honest, closed
from tests.documents.test_properties import FRAGMENTS
from tests.documents.word_files import (
    box,
    field,
    gone,
    ins,
    level,
    mark,
    numbering,
    p,
    package,
    r,
    t,
    tbl,
    tc,
    tr,
)  # fmt: skip
from tests.documents.word_reading import OVERALL
from tests.effort import tries
from xlperf import documents
from xlperf.documents.parse.parser import parse
from xlperf.documents.reader import composed
from xlperf.errors import UserError

# Anything at all: XML, and beside it what it shows or hides, without what is taken out

Made = tuple[str, str]
WORDS = st.sampled_from(["甲", "乙丙", "≥90%", " ", *FRAGMENTS[:20]]).map(str.strip)
RUN = WORDS.map(lambda word: (r(word), word))
INLINE: st.SearchStrategy[Made] = st.one_of(
    RUN,
    RUN.map(lambda run: (ins(run[0]), run[1])),
    RUN.map(lambda run: (field(" REF x ", run[0]), run[1])),
    RUN.map(lambda run: (field(" TOC ", run[0]), run[1])),
    RUN.map(lambda run: (box(p(run[0])), run[1])),
    WORDS.map(lambda word: (r(word, props="<w:vanish/>"), word)),
    WORDS.map(lambda word: (gone(word), "")),
    st.sampled_from(["<w:tab/>", "<w:br/>", "loose"]).map(lambda sign: (r(sign), "")),
)
ENDED = '<w:rPr><w:del w:id="1"/></w:rPr>'


def _all(parts: list[Made]) -> Made:
    return "".join(xml for xml, _ in parts), "".join(shown for _, shown in parts)


def _paragraph(parts: list[Made], props: str) -> Made:
    return p(_all(parts)[0], props=props), _all(parts)[1]


def _cell(inside: Made, span: int, merge: str | None) -> Made:
    return tc(inside[0], span=span, merge=merge), inside[1]


def _row(cells: list[Made], is_present: bool) -> Made:
    props = "" if is_present else '<w:del w:id="1"/>'
    return tr(_all(cells)[0], props=props), _all(cells)[1] if is_present else ""


PARAGRAPH = st.builds(_paragraph, st.lists(INLINE, max_size=4), st.sampled_from(["", "", ENDED]))


def _table(inside: st.SearchStrategy[Made]) -> st.SearchStrategy[Made]:
    cell = st.builds(
        _cell, inside, st.integers(1, 3), st.sampled_from([None, None, "restart", "continue"])
    )
    row = st.builds(_row, st.lists(cell, max_size=4), st.sampled_from([True, True, False]))
    return st.lists(row, max_size=4).map(_all).map(lambda rows: (tbl(rows[0]), rows[1]))


BODY = st.lists(
    st.recursive(PARAGRAPH, lambda inside: st.one_of(inside, _table(inside)), max_leaves=12),
    max_size=6,
).map(_all)


@given(body=BODY, loose=st.sampled_from(["begin", "separate", "end"]))
@settings(
    max_examples=tries(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_of_any_body_every_character_is_accounted_for(
    tmp_path: Path, body: Made, loose: str
) -> None:
    xml = body[0].replace(t("loose"), mark(loose))  # a mark of a field that is not whole
    document = composed(package(tmp_path / "a.docx", xml))
    check_honest(parse(document.source, document.blocks))
    assert Counter(closed(document.source.text)) == Counter(closed(body[1]))


@given(place=st.integers(0, 3000), sign=st.integers(0, 255), cut=st.booleans())
@settings(
    max_examples=tries(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_file_with_a_wrong_byte_is_read_or_refused(
    tmp_path: Path, place: int, sign: int, cut: bool
) -> None:
    whole = package(
        tmp_path / "whole.docx",
        p(OVERALL) + p("治理"),
        numbering=numbering([level(0, "decimal", "%1.")]),
    ).read_bytes()
    place %= len(whole)
    spoilt = tmp_path / "spoilt.docx"
    spoilt.write_bytes(whole[:place] + bytes([sign]) + (b"" if cut else whole[place + 1 :]))
    try:
        reading = documents.read_document(spoilt)
    except UserError as refusal:
        assert refusal.key in {
            *("damaged", "unsafe_xml", "bomb", "not_document", "not_yet", "not_text"),
        }
    else:
        assert reading.record["edition"]
