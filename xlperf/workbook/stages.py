"""Sheets of stages put into the file of a workbook; every other part of it stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlperf.comparison.record_diff import differences
from xlperf.errors import UserError
from xlperf.forms.defined_names import FIELD_PREFIX, boxes_of, free_stage_title, free_text
from xlperf.forms.stages.choice import STAGE_SIGN, is_stage
from xlperf.forms.stages.links import GoalSheet
from xlperf.formulas.stages.goals import Goals, goal_sheet
from xlperf.formulas.stages.overview import overview, texts_of
from xlperf.formulas.stages.planned_sheet import StageSheet
from xlperf.formulas.stages.sheets import StagePlan
from xlperf.formulas.stages.shown_texts import project_name, stage_word
from xlperf.formulas.stages.summary import Listing, fields_of, latest, listing
from xlperf.layout import Box, anchors
from xlperf.record import Raw, words
from xlperf.rules.profiles import DEFAULT, Profile, profile
from xlperf.storage.files import temporary_folder
from xlperf.wording import official
from xlperf.workbook.draw.cell_styles import CellStyles, adopt_styles
from xlperf.workbook.draw.stages.stage_lists import draw_stage_lists, names_of_stage_lists
from xlperf.workbook.draw.stages.stage_overview import draw_overview
from xlperf.workbook.draw.stages.stage_sheet import draw_stage_sheet
from xlperf.workbook.fast_read.new_results import fill_results
from xlperf.workbook.package.archive import Package, opened
from xlperf.workbook.package.excerpt import Destination, Likeness, opened_excerpt, transplant
from xlperf.workbook.package.renewed_results import renew_results
from xlperf.workbook.package.styles_part import save_styles, styles_of
from xlperf.workbook.package.workbook_part import WorkbookPart
from xlperf.workbook.read import FormulaValues, read_workbook
from xlperf.workbook.stage_rows import NO_STAGE, Added, Present, StageRows, Wanted, listed_positions
from xlperf.workbook.stage_summary import SummaryBlock
from xlperf.workbook.stamp.stage_stamp import StageStamps

REPLACED_PREFIX = "xlperf old "  # before the number of a sheet that another one replaces
Carry = Callable[[Any, Any, StageSheet], None]
GOAL_SIGN = FIELD_PREFIX + "indicators__name"  # a sheet with this name holds a project's goals


def add_stage_sheets(  # noqa: PLR0913, PLR0917 - what is added to what, and by whose numbers
    source: Path,
    target: Path,
    record: Raw,
    additions: Wanted,
    present: Present = NO_STAGE,
    by: Profile | None = None,
) -> Added:
    """Write a copy with sheets for projects of the record's stages, and rows in those there are.

    `by`: the profile whose numbers the sheets judge and score by, the default one if none is named.

    Raises UserError (`damaged`) for what is no workbook.
    """
    with opened(source) as package:
        adding = StagesFile(package, record, present, by or profile(DEFAULT))
        rows = StageRows(package, present.filled_rows, adding.boxes)
        added: dict[int, list[Raw]] = {}
        full: dict[str, int] = {}
        for (stage, position), items in additions.rows.items():
            title = present.sheets[stage, position]
            plan = adding.plan(stage, position, title)
            added[position] = rows.add(plan, items)
            full[title] = len(items) - len(added[position])
        titles = adding.add(additions.sheets)
        adding.book.calculate_when_opened()
        adding.book.save()
        save_styles(package, adding.styles)
        package.write(target)
    return Added(titles, added, full, [*adding.drawn_titles])


def add_stages(path: Path, record: Raw, source: object, by: Profile | None = None) -> None:
    """Put the sheets of all stages of a record into the workbook just made of it.

    Raises UserError (`would_lose`) where the sheets would not give them back.
    """
    stage_sheets = [
        (number, position)
        for number, stage in enumerate(record["stages"])
        for position in range(len(stage.get("projects", ()))) or (-1,)
    ]
    with temporary_folder() as folder:
        copy = folder / f"{path.stem}.xlsx"
        added = add_stage_sheets(path, copy, record, Wanted(stage_sheets), by=by)
        give_results(copy, added.all_titles)
        back = read_workbook(copy).record.get("stages")
        if back != record["stages"]:
            differs = differences({"stages": record["stages"]}, {"stages": back})
            raise UserError("would_lose", file=source, paths="; ".join(differs[:5]))
        path.write_bytes(copy.read_bytes())


def give_results(path: Path, titles: Collection[str]) -> None:
    """Give the formulas on sheets of stages what they give, whatever number of sheets there is."""
    if not fill_results(path, titles):
        renew_results(path, FormulaValues(path).value, titles)


class StagesFile:
    """A workbook's file while sheets are added to it."""

    def __init__(self, package: Package, record: Raw, present: Present, by: Profile) -> None:
        self.package, self.record, self.present, self.by = package, record, present, by
        self.book, self.styles = WorkbookPart(package), styles_of(package)
        names = self.book.names_by_sheet()
        entries = self.book.sheets()
        self.boxes = {e.title: boxes_of(names.get(n, {})) for n, e in enumerate(entries)}
        self.lowered = {e.title.lower() for e in entries}
        self.order = [e.title for e in entries]
        self.alike: dict[str, Likeness] = {}  # by title the sheets that are made of drawn ones
        self.drawn_titles: list[str] = []  # the titles of all sheets that were put in
        self.goals = list(self._goals())
        self.listings: dict[int, Listing | None] = {
            number: listing(record["stages"][number], title, fields_of(self.boxes.get(title, {})))
            for number, title in present.overviews.items()
        }

    def _goals(self) -> Any:
        """The goals of each project, in the order of the sheets, which is the record's."""
        edition, projects = words(self.record, "edition"), self.record["projects"]
        titles = [
            t for t, boxes in self.boxes.items() if GOAL_SIGN in boxes and not is_stage(boxes)
        ]
        for position, (title, project) in enumerate(zip(titles, projects, strict=False)):
            sheet = goal_sheet(title, edition, self.boxes[title])
            if sheet is None:
                yield None
                continue
            first = sheet.fields["indicators/name"].row
            count = len(project.get("indicators", ()))
            rows = self.present.rows.get(position) or range(first, first + count)
            yield Goals(sheet, project, rows)

    def add(self, keys: Sequence[tuple[int, int]], carry: Carry | None = None) -> list[str]:
        """Draw the sheets and those of the departments; the titles of the projects' sheets.

        A sheet that is there already is drawn anew in its place: `carry` is given the old one, the
        new one and its plan.
        """
        replaced = [self.present.sheets[item] for item in keys if item in self.present.sheets]
        drawn_book = opened_excerpt(self.package, self.book, replaced)
        olds = {title: drawn_book[title] for title in replaced}
        for number, old in enumerate(olds.values()):
            old.title = f"{REPLACED_PREFIX}{number}"
        looks = adopt_styles(drawn_book)
        added: list[str] = []
        for number in dict.fromkeys(stage for stage, _ in keys):
            new = {position for stage, position in keys if stage == number}
            overview_title = self._overview_title(number)
            sheets = self._sheets(number, new, drawn_book, looks, olds, carry)
            lines = [sheets[n] for n in listed_positions(self.record, number)]
            self._overview(number, overview_title, lines, drawn_book, looks)
            titles = [sheets[n][0].title for n in sorted(new) if n in sheets]
            self._order(number, [overview_title, *titles])
            added += titles
        for old in olds.values():
            drawn_book.remove(old)
        self._put_in(drawn_book, olds, looks)
        return added

    def _sheets(  # noqa: PLR0913, PLR0917 - what is drawn where, and what is carried over
        self,
        number: int,
        new: Collection[int],
        drawn_book: Any,
        looks: CellStyles,
        olds: Mapping[str, Any],
        carry: Carry | None,
    ) -> dict[int, tuple[StagePlan, Mapping[str, Box]]]:
        """The sheets of a stage by position, with their names; those that are new are drawn."""
        result, stamps = dict[int, tuple[StagePlan, Mapping[str, Box]]](), StageStamps()
        for position in range(len(self.record["stages"][number].get("projects", ()))):
            plan = self.plan(number, position, self.present.sheets.get((number, position), ""))
            names = self.boxes.get(plan.title, {})
            if position in new:
                planned = plan.sheet()
                likeness = None if carry else stamps.likeness(planned)
                if likeness:
                    self.alike[plan.title] = likeness
                else:
                    sheet = draw_stage_sheet(drawn_book, planned, looks)
                    if carry and plan.title in olds:
                        carry(olds[plan.title], sheet, planned)
                names = {**planned.names, **planned.fields}
            result[position] = plan, names
        return result

    def _overview(
        self, number: int, title: str, lines: Sequence[Any], drawn_book: Any, looks: CellStyles
    ) -> None:
        """Draw the department's sheet of a stage."""
        stage = {**self.record["stages"][number], "number": self._number(number)}
        units = self.record.get("units", ())
        filled_form, texts = overview(stage, title, lines, units), texts_of(stage, lines, units)
        self.listings[number] = listing(stage, title, anchors(filled_form.layout))
        draw_overview(drawn_book, title, filled_form, texts, stage, looks)

    def _put_in(self, drawn_book: Any, replaced: Collection[str], looks: CellStyles) -> None:
        """Put all drawn sheets into the file, in the order of all; take away those replaced."""
        self._lists(drawn_book)
        to = Destination(self.package, self.book, self.styles)
        new = {*drawn_book.sheetnames, *self.alike}
        positions = {name: at for at, name in enumerate(self.order) if name in new}
        columns = SummaryBlock(to, self.boxes, latest(self.record["stages"], self.listings))
        columns.draw(drawn_book, looks)
        looks.done(drawn_book)
        self.drawn_titles += [*drawn_book.sheetnames, *self.alike]
        for title in replaced:
            self.book.remove(title)
        transplant(drawn_book, to, positions, columns.put, self.alike)

    def _order(self, number: int, titles: Sequence[str]) -> None:
        """Put the titles of new sheets of a stage into the order of all, behind its others."""
        place = self._room_for(number)
        for title in titles:
            if title not in self.order:
                self.order.insert(place, title)
                place += 1

    def _lists(self, drawn_book: Any) -> None:
        """The hidden sheet of words, behind all others, where there is none of today's lists."""
        title = official("sheet.stage_lists")
        if title in self.order:
            book_names = {name: text for name, text, scope in self.book.names() if scope is None}
            if names_of_stage_lists().items() <= book_names.items():
                return
            self.book.remove(title)
            self.order.remove(title)
        sheet, names = draw_stage_lists(drawn_book)
        self.order.append(sheet.title)
        for name, target in names.items():
            self.book.set_name(name, target)

    def plan(self, number: int, position: int, title: str) -> StagePlan:
        """What a sheet is made of; `title`: its own, where it is there already."""
        stage = self.record["stages"][number]
        project = stage["projects"][position]
        goals = self._goals_of(project)
        same = self._number(number)
        about = stage, project, goals, self.record
        plan = StagePlan(*about, same, self._department(), title, self.by)
        if not title:
            place = self.goals.index(goals) + 1 if goals else position + 1
            word = stage_word(self.record["stages"], number)
            plan.title = free_stage_title(word, place, project_name(plan), self.lowered)
            self.lowered.add(plan.title.lower())
        return plan

    def _goals_of(self, project: Raw) -> Goals | None:
        """The goals of a project of a stage: by its code, else by its name."""
        code, name = words(project, "code"), words(project, "name")
        key, text = ("code", code) if code else ("name", name)
        goals = (item for item in self.goals if item)
        return next((item for item in goals if text and words(item.project, key) == text), None)

    def _department(self) -> GoalSheet | None:
        for title, boxes in self.boxes.items():
            if FIELD_PREFIX + "department__name" in boxes:
                fields = {n[len(FIELD_PREFIX) :].replace("__", "/"): b for n, b in boxes.items()}
                return GoalSheet(title, fields, {}, Box(1, 1))
        return None

    def _number(self, position: int) -> int:
        """How many stages of the same kind and day come before one in the record."""
        stages = self.record["stages"]
        keys = [(words(item, "kind"), words(item, "until")) for item in stages[: position + 1]]
        return keys[:-1].count(keys[-1])

    def _overview_title(self, number: int) -> str:
        """The title of the department's sheet; one that is there already is taken away."""
        if title := self.present.overviews.get(number):
            self.book.remove(title)
            return title
        word = stage_word(self.record["stages"], number)
        title = free_text(f"{word}{official('stage.all')}", self.lowered)
        self.lowered.add(title.lower())
        return title

    def _room_for(self, number: int) -> int:
        """The position for the first new sheet of a stage: behind its last one, else behind all."""
        order = self.order
        sheets = [title for (stage, _), title in self.present.sheets.items() if stage == number]
        overview_title = self.present.overviews.get(number, "")
        titles = [title for title in (*sheets, overview_title) if title in order]
        if titles:
            return max(order.index(title) for title in titles) + 1
        ours = [
            n for n, title in enumerate(order) if title not in self.boxes or self._is_form(title)
        ]
        return max(ours, default=len(order) - 1) + 1

    def _is_form(self, title: str) -> bool:
        boxes = self.boxes.get(title, {})
        signs = (GOAL_SIGN, STAGE_SIGN, FIELD_PREFIX + "department__name")
        return any(name in boxes for name in signs)
