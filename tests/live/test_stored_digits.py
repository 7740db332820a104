"""A book that was saved is known as saved, though its program stores fifteen digits of a number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlperf.live.buttons.file_actions import is_stored_as


@pytest.mark.parametrize(
    ("stored", "shown", "expected"),
    [
        ("1234567890123460", "1234567890123456", True),  # 16 digits, the last one rounded
        ("1234567890123460", "1234567890123464", True),
        ("1234567890123460", "1234567890123466", False),  # that would be ...470
        ("1234567890123457", "1234567890123456", False),  # typed as texts, and not saved
        (Decimal("1234567890123460.00"), Decimal("1234567890123456.00"), True),
        (Decimal("6400.01"), Decimal("6400.02"), False),
        ("6400", Decimal(6400), False),
        ("123456", "123457", False),
        ("1303", "1303", True),
    ],
)
def test_fifteen_digits_are_stored(stored: object, shown: object, *, expected: bool) -> None:
    one, other = ({"projects": [{"code": value}], "units": []} for value in (stored, shown))
    assert is_stored_as(one, other) is expected
    assert not is_stored_as(one, {**other, "units": [{"code": "1"}]})
