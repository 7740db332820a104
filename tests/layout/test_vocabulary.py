"""What a form says of its own parts: rows, lists, fields, columns."""

from __future__ import annotations

from xlperf.layout import Form, anchors, field, item_row, label, ordinal, place, row, section

FORM = Form(
    edition="test",
    name="test",
    widths=(10, 10, 10, 10),
    body=(
        row(label("code"), field("code"), label("plan"), field("plan/03")),
        section(
            "work",
            row(field("purpose")),
            item_row(
                "activities",
                ordinal(),
                field("name"),
                field("goal"),
                item_row("steps", field("what")),
            ),
        ),
        item_row("indicators", field("level", merge=True), field("target")),
    ),
)


def test_the_fields_of_a_form_are_told_by_their_keys_in_printed_order() -> None:
    assert [key for key, _ in FORM.fields()] == [
        *("code", "plan/03", "purpose"),
        *("activities/#", "activities/name", "activities/goal", "activities/steps/what"),
        *("indicators/level", "indicators/target"),
    ]
    assert [cell.ref for cell in FORM.singles()] == ["code", "plan/03", "purpose"]
    assert [part.list_ref for part in FORM.lists()] == ["activities", "indicators"]


def test_what_is_marked_in_a_sheet_are_these_fields() -> None:
    assert set(anchors(place(FORM, {}))) == {key for key, _ in FORM.fields()}


def test_fields_with_a_list_beside_them_and_fields_of_equal_values_are_merged() -> None:
    activities, indicators = FORM.lists()
    assert [cell.ref for cell in activities.own_fields] == ["name", "goal"]
    assert (activities.merging, indicators.merging) == (["name", "goal"], ["level"])
