"""What the dropdowns of the forms offer: the words of an edition, and the commonest targets."""

from __future__ import annotations

from xlperf.editions import Traits

SHARES = (*("\u2265" + value for value in ("90%", "95%")), "=100%")


def offered(traits: Traits) -> dict[str, tuple[str, ...]]:
    """What the dropdowns of an edition offer, by the name of the list; none is empty."""
    units = traits.lists.get("units", ())
    targets = (*SHARES, *(f"\u2265{unit}" for unit in units if unit != "%"))
    apart = traits.has("projects/indicators/unit")  # then a target is the number alone
    listed = {
        "offer_level1": tuple(traits.levels),
        "offer_level2": traits.second_levels(),
        "offer_basis": traits.lists.get("basis", ()),
        "offer_target": () if apart else targets,
        "offer_operator": traits.lists.get("operators", ()) if apart else (),
        "offer_unit": units if apart else (),
        "offer_direction": traits.lists.get("direction", ()),
    }
    return {name: words for name, words in listed.items() if words}
