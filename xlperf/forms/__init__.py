"""Official forms as data, one module an edition, and how a record is parted into them (`parts`)."""

from __future__ import annotations

from dataclasses import dataclass

from xlperf.errors import UserError
from xlperf.forms import hebei_2021
from xlperf.layout import Form


@dataclass(frozen=True)
class Edition:
    """The forms of one version of the official document."""

    name: str
    project: Form
    department: Form
    leftovers: Form

    def form(self, name: str) -> Form:
        """The form of this name."""
        return {form.name: form for form in (self.project, self.department, self.leftovers)}[name]


EDITIONS = {
    edition.name: edition
    for edition in (
        Edition(
            hebei_2021.EDITION, hebei_2021.PROJECT, hebei_2021.DEPARTMENT, hebei_2021.LEFTOVERS
        ),
    )
}


def edition(name: str) -> Edition:
    """An edition by its name."""
    if name not in EDITIONS:
        raise UserError("no_edition", edition=name, known=", ".join(EDITIONS))
    return EDITIONS[name]
