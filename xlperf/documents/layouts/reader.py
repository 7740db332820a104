"""Forms of other places: read by what their titles and labels mean, not by where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlperf.documents.blocks.source import Block, Paragraph, Piece, Table
from xlperf.documents.layouts.closing_rows import ClosingRows
from xlperf.documents.layouts.form_draft import (
    GOALS_KIND,
    MONITORING_KIND,
    SELF_EVALUATION,
    FormDraft,
)
from xlperf.documents.layouts.form_titles import kind_of_title, pairs, read_line, read_title
from xlperf.documents.layouts.funding.fund_labels import reports
from xlperf.documents.layouts.funding.funds import Funds
from xlperf.documents.layouts.indicator_tables.headers import Header, header_at
from xlperf.documents.layouts.indicator_tables.indicators import Indicators
from xlperf.documents.layouts.indicator_tables.level_words import (
    with_levels,
    with_names,
    with_parts,
)
from xlperf.documents.layouts.indicator_tables.many_projects import ProjectRow, project_rows
from xlperf.documents.layouts.indicator_tables.outcome_lists import (
    OutcomeList,
    list_at,
    up_to_title,
)
from xlperf.documents.layouts.indicator_tables.project_columns import (
    ProjectColumns,
    project_columns_at,
)
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, laid_out, nonblank
from xlperf.documents.layouts.indicator_tables.tables import cells_of, in_place
from xlperf.documents.layouts.indicator_tables.target_parts import with_target_parts
from xlperf.documents.layouts.indicator_tables.titles_in_rows import TitledRows, titled_rows_at
from xlperf.documents.layouts.indicator_tables.wide_lists import WideList, wide_list_at
from xlperf.documents.layouts.label_values import Labels
from xlperf.documents.layouts.other_years import of_this_year
from xlperf.documents.layouts.prose.heads import Head
from xlperf.documents.layouts.recognition import RecognitionDraft
from xlperf.documents.layouts.stage_forms import keep_stage
from xlperf.documents.layouts.stage_labels import StageLabels, read_outcomes
from xlperf.documents.layouts.stated_above import StatedAbove, keep_stated
from xlperf.documents.layouts.titles import label_meaning
from xlperf.documents.parse.draft import Draft


class OtherLayouts:
    """Reads the blocks of a document that are in no layout of our own."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.recognised = RecognitionDraft()
        self.lists: list[tuple[OutcomeList, FormDraft]] = []  # read last
        self.columns: ProjectColumns | None = None  # of the table that is read
        self.statements = StatedAbove()
        self.waiting: list[Piece] = []  # lines below a complete form: maybe of the next one
        self.begin()

    def begin(self) -> None:
        """Start an empty form in the same draft."""
        self.form = FormDraft(self.draft)
        for piece in self.waiting:
            read_line(self.form, piece, self.statements)
        self.waiting = []
        self.above, self.has_table = self.statements.current(), False
        self.funds = Funds(self.form)
        self.indicators = Indicators(self.form)
        self.closing = ClosingRows(self.form)
        self.later = StageLabels(self.form, self.closing)
        self.labels = Labels(self.form, self.funds, self.later)
        self.header: Header | None = None
        self.listed = ProjectRow()

    @property
    def is_begun(self) -> bool:
        """Whether the form says more than what stands above its table."""
        has_list = any(form is self.form for _, form in self.lists)
        return self.form.has_name or has_list or bool(self.form.indicators or self.funds.rows)

    def read(self, blocks: Iterable[Block]) -> None:
        """Read paragraphs and tables in their order."""
        for block in blocks:
            if isinstance(block, Head) and block.begins(self.form):
                self.end()
                self.begin()
            if isinstance(block, Table):
                for piece in self.waiting:
                    read_line(self.form, piece, self.statements)
                self.waiting = []
                for sign in block.signs if isinstance(block, Head) else ():
                    self.draft.furniture(sign)
                self.table(laid_out(block))
                if not self.is_begun:
                    self.statements.cell(self.form)
            elif isinstance(block, Paragraph):
                self.line(block.piece)
        self.end()
        self.statements.end(self.form)
        for outcomes, form in self.lists:
            read_outcomes(form, outcomes)

    def line(self, piece: Piece) -> None:
        """Read a line of text above a form, or below one: a title, the year, labels with values."""
        if kind_of_title(piece.text):
            self.statements.title()
            if self.form.titles and (self.is_begun or (self.form.whole and self.has_table)):
                self.end()
                self.begin()
            if not self.has_table:
                self.funds.rows.clear()  # amounts above a form's title are not its own
            read_title(self.form, piece, self.statements)
        elif self.form.indicators and self.statements.is_below(self.form, self.above, pairs(piece)):
            read_line(self.form, piece)
        elif self.form.indicators:
            self.waiting.append(piece)
        else:
            read_line(self.form, piece, self.statements)
            self.labels.amounts_in(piece)

    def table(self, lines: list[Slots]) -> None:
        """Read the rows of a table that is laid out, without what is of other years."""
        if not (self.has_table and self.is_begun):
            self.above = self.statements.current()
        self.has_table = self.statements.has_table = True
        lines, left_out = of_this_year(lines, self.draft.record.get("fiscal_year"))
        self.recognised.aside |= dict.fromkeys(left_out)
        self.form.month = next(reports(lines), self.form.month)
        self.columns = project_columns_at(lines)
        if self.columns is None:
            self.lines(lines)
            return
        self.columns.claim_numbers(self.form)
        for part in (self.columns.above, *self.columns.forms()):
            self.lines(part)

    def lines(self, lines: Sequence[Slots]) -> None:
        """Read the rows of one form, or of one table."""
        self.header = None
        row = 0
        while row < len(lines):
            row += self.rows(lines, row)

    def rows(self, lines: Sequence[Slots], row: int) -> int:
        """Read from a row on; how many rows that took."""
        line = lines[row]
        filled_cells = nonblank(line)
        if not filled_cells:
            return 1
        if turned := titled_rows_at(lines, row):
            self.turned(turned)
            return turned.depth
        if header := header_at(lines, row):
            below = lines[row + header.depth :]
            header = with_parts(with_names(with_target_parts(header, below), below), below)
            self.heads(with_levels(header, below))
            return header.depth
        if len(filled_cells) == 1 and self.is_line(filled_cells[0]):
            self.line(filled_cells[0].piece)
            return 1
        if took := self.list_from(lines, row):
            return took
        if self.starts_anew(line):
            before = self.form
            self.end()
            self.begin()
            if self.columns:
                self.form.goes_on_with(before)
        line = in_place(self.header, line) if self.header else line
        return 1 if self.is_below(line) else self.labels.read(lines, row)

    def is_below(self, line: Slots) -> bool:
        """Read a row below a header, or one of levels beside projects; false if it is neither."""
        is_headed = self.header is not None
        if self.columns and self.columns.keep(self.form, line, is_headed=is_headed):
            return True
        return self.header is not None and self.below(self.header, line)

    def is_line(self, cell: Slot) -> bool:
        """Whether a cell alone in its row is a title, or says whose the form below it is."""
        is_between = self.form.indicators > 0 and self.statements.speaks(pairs(cell.piece))
        return is_between or bool(kind_of_title(cell.text))

    def list_from(self, lines: Sequence[Slots], row: int) -> int:
        """Read the list whose titles stand in a row, or put it by; how many rows that took."""
        if wide := wide_list_at(lines, row):
            listed = up_to_title(lines[row + wide.header.depth :])
            self.wide(wide, listed)
            return wide.header.depth + len(listed)
        if outcomes := list_at(lines, row):
            self.lists.append((outcomes, self.form))
            return 1 + len(outcomes.rows)
        return 0

    def wide(self, table: WideList, lines: Sequence[Slots]) -> None:
        """Read a list of projects with a column for each level of indicators, row by row."""
        for cell in table.header.cells:
            self.draft.furniture(cell.piece)
        self.labels.closed = True
        self.recognised.header(table.header)
        for line in lines:
            self.of_many(table.header, line)
            if self.listed.name:
                table.keep(self.form, line)
        self.header = None

    def below(self, header: Header, line: Slots) -> bool:
        """Read a row below a header; false if it may be labels with their values."""
        is_read = False
        first = min(column.slot.start for column in header.columns)
        for slot in nonblank(line):
            if slot.end <= first and label_meaning("group", slot.text):
                self.draft.furniture(slot.piece)
        if cells := cells_of(header, line):
            if header.keys("project"):
                self.of_many(header, line)
            is_read = self.indicators.row(header, cells)
        elif not self.indicators.level_alone(header, nonblank(line)):
            self.indicators.above = {}
            is_read = self.closing.read(header, line)
        else:
            is_read = True
        return is_read or bool(header.keys("project"))

    def turned(self, table: TitledRows) -> None:
        """Read a table of indicators whose titles stand at the left of its rows."""
        self.heads(table.header)
        for header, cells in table.rows():
            self.indicators.row(header, cells)
        self.header = None

    def starts_anew(self, line: Slots) -> bool:
        """Whether a row names a project while another one's form is being read."""
        return self.form.has_name and not self.listed.name and self.labels.names_project(line)

    def heads(self, header: Header) -> None:
        """Take the header of a table of indicators: its columns hold for the rows from here on."""
        self.header = header = header.for_period(self.indicators.section_period(self.labels.group))
        self.labels.closed = True
        self.indicators.above = {}
        self.form.reports(header.keys("stage"))
        for column in header.columns:
            if column.key == "indicators" and column.section == "group":
                self.indicators.group = column.slot.piece
            if column.key:
                self.draft.furniture(column.slot.piece)
        for cell in header.cells:
            if all(cell is not column.slot for column in header.columns):
                self.draft.furniture(cell.piece)
        self.recognised.header(header)

    def of_many(self, header: Header, line: Slots) -> None:
        """A row of a table of many projects: it may begin the next one."""
        project_row = project_rows(header, line, self.listed)
        if project_row.name and project_row.begins:
            if self.is_begun:
                self.go_on(header)
            self.listed = project_row
            project_row.keep(self.form, self.funds)
        else:
            self.listed = project_row

    def go_on(self, header: Header) -> None:
        """A new form in the same table; a unit that stands above the table is of each project."""
        before = self.form
        above = None if header.of("project", "unit") else before.unit
        self.end()
        self.begin()
        self.header = header
        self.form.goes_on_with(before)
        if above:
            self.form.keep("unit", "unit", above)

    def end(self) -> None:
        """Complete the form: put its funds, and what it says of a stage, into the record."""
        later = {} if self.form.whole else self.funds.settle()
        kind = self.form.kind
        if kind in ("", GOALS_KIND):
            kind = self.indicators.stage_kind()
            if kind == GOALS_KIND and later.keys() & {"executed"}:
                kind = MONITORING_KIND if self.form.month else SELF_EVALUATION
        if kind != GOALS_KIND and self.form.path and not self.form.whole:
            keep_stage(self.labels, self.indicators, kind, later)
        keep_stated(self.form, self.above)
        self.form.end()
        self.recognised.form(kind, self.form.whole, self.indicators)
