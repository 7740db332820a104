"""What can be wrong with a master workbook, as data: a kind, a place, what was found there."""

from __future__ import annotations

from dataclasses import dataclass

from xlperf.wording import has, say

NOTES = frozenset({"reordered", "formula_value", "rich_text"})  # told, but nothing is wrong
UNMENDED_KINDS = frozenset({"field_gone", "department_gone", "macros", "picture", "drawn_text"})


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was made; `detail` is what stands or stood there.

    `kind` is a key of the wording `repair.kind`; `sheet` a title, `cell` an address such as B7.
    """

    kind: str
    sheet: str = ""
    cell: str = ""
    detail: str = ""

    @property
    def is_note(self) -> bool:
        """Whether it is reported for information only: nothing has to be repaired."""
        return self.kind in NOTES

    @property
    def is_mended(self) -> bool:
        """Whether a repair brings everything back."""
        return self.kind not in UNMENDED_KINDS

    @property
    def place(self) -> str:
        """Sheet and cell, as people read them."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    @property
    def readable_detail(self) -> str:
        """The detail in the user's words, where it is the key of a field."""
        keys = (f"field.{above}{self.detail}" for above in ("projects/", ""))
        return next((say(key) for key in keys if has(key)), self.detail)

    def __str__(self) -> str:
        return say(f"repair.kind.{self.kind}", detail=self.readable_detail)
