"""The texts of a project that have quantities, read once for all rules that look at numbers."""

from __future__ import annotations

from typing import NamedTuple

from xlperf.record import Project
from xlperf.rules.memo import once
from xlperf.rules.numbers.quantities import Quantity, quantities
from xlperf.rules.text.counted_things import ProjectText, texts


class TextQuantities(NamedTuple):
    """A text of a project, and its quantities in their order; at least one."""

    text: ProjectText
    quantities: tuple[Quantity, ...]


@once
def numbers_of(project: Project) -> tuple[TextQuantities, ...]:
    """Those of name, purpose and goals that have quantities, in their order."""
    pairs = ((text, quantities(text.words)) for text in texts(project))
    return tuple([TextQuantities(text, numbers) for text, numbers in pairs if numbers])


@once
def rates_of(project: Project) -> tuple[TextQuantities, ...]:
    """Those texts in which a quantity is so many for each of something, with these quantities."""
    pairs = (
        (text, tuple([item for item in numbers if item.is_for_each]))
        for text, numbers in numbers_of(project)
    )
    return tuple([TextQuantities(text, numbers) for text, numbers in pairs if numbers])
