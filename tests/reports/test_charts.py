"""Bars: as long as their numbers, one behind the other, none too short to see."""

from __future__ import annotations

from xlperf.reports.charts import LENGTH, SMALLEST_BAR, chart


def test_bars_are_as_long_as_their_numbers() -> None:
    long, short = chart({"a": {"error": 30, "info": 10}, "b": {"error": 20}}).bars
    assert sum(segment.width for segment in long.segments) == LENGTH
    assert short.segments[0].width == LENGTH / 2
    assert (long.number, short.number) == (40, 20)


def test_the_pieces_of_a_bar_stand_end_to_end() -> None:
    (bar,) = chart({"a": {"error": 3, "warning": 0, "info": 1}}).bars
    first, second = bar.segments
    assert [segment.severity for segment in bar.segments] == ["error", "info"]
    assert second.x == first.x + first.width
    assert bar.end == second.x + second.width


def test_one_finding_among_thousands_is_seen() -> None:
    _, small = chart({"a": {"error": 5000}, "b": {"error": 1}}).bars
    assert small.segments[0].width == SMALLEST_BAR


def test_a_row_of_nothing_has_no_bar_and_its_number() -> None:
    drawn = chart({"a": {"error": 0}, "b": {"error": 0}})
    assert [bar.segments for bar in drawn.bars] == [(), ()]
    assert drawn.bars[0].end == drawn.start
    assert drawn.bars[1].y > drawn.bars[0].y
