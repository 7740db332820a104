"""Where a project's sheet has to stand so that the workbook's totals count it.

The totals add up the sheets from the guide to the hidden lists. Excel puts a copied sheet before
the first one if no other place is chosen, and behind the hidden ones at “move to end”.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from xlperf.wording import official


def uncounted(titles: Sequence[str], projects: Collection[str]) -> list[str]:
    """The projects' sheets that no total counts, by the titles of all sheets in their order.

    None where the guide or the lists are gone: then there are no totals.
    """
    before, behind = _outside(titles, projects)
    return [*before, *behind]


def guide_is_behind(titles: Sequence[str]) -> bool:
    """Whether the guide stands behind the hidden lists: LibreOffice adds up nothing then."""
    guide, lists = official("sheet.guide"), official("sheet.lists")
    return guide in titles and lists in titles[: titles.index(guide)]


def counted_order(titles: Sequence[str], projects: Collection[str]) -> list[str]:
    """The titles with these sheets between the other projects', which keep their order.

    A guide behind the lists comes first again.
    """
    if guide_is_behind(titles):
        guide = official("sheet.guide")
        titles = [guide, *(title for title in titles if title != guide)]
    before, behind = _outside(titles, projects)
    if not before and not behind:
        return [*titles]
    remaining_titles = [title for title in titles if title not in before and title not in behind]
    fixed = {official(f"sheet.{key}") for key in ("guide", "summary", "department")}
    places = [at for at, title in enumerate(remaining_titles) if title in projects]
    first = (
        places[0]
        if places
        else 1 + max(n for n, title in enumerate(remaining_titles) if title in fixed)
    )
    last = places[-1] + 1 if places else first
    return [
        *remaining_titles[:first],
        *before,
        *remaining_titles[first:last],
        *behind,
        *remaining_titles[last:],
    ]


def _outside(titles: Sequence[str], projects: Collection[str]) -> tuple[list[str], list[str]]:
    """The projects' sheets before the guide, and those behind the lists.

    None where the guide is behind the lists: Excel lets the sum begin with another sheet then.
    """
    guide, lists = official("sheet.guide"), official("sheet.lists")
    if lists not in titles or guide not in titles[: titles.index(lists)]:
        return [], []
    before, behind = titles[: titles.index(guide)], titles[titles.index(lists) :]
    return ([t for t in before if t in projects], [t for t in behind if t in projects])
