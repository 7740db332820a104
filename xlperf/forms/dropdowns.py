"""What the dropdowns of the forms offer: the official words, and the commonest targets."""

from __future__ import annotations

from xlperf.wording import official_list, official_table


def offered() -> dict[str, tuple[str, ...]]:
    """What the dropdowns offer."""
    levels = official_table("levels")
    units = official_list("lists.units")
    return {
        "offer_level1": tuple(levels),
        "offer_level2": tuple(name for below in levels.values() for name in below),
        "offer_basis": official_list("lists.basis"),
        "offer_target": (
            *(f"{sign}{value}" for value in ("90%", "95%") for sign in ("\u2265",)),
            "=100%",
            *(f"\u2265{unit}" for unit in units if unit != "%"),
        ),
    }
