"""The lines that check a list of a form: one for each of its rows, and spare ones.

A line looks its row up by its distance from the headings above the list. The ranges that it looks
in reach from these headings to the first row below the list (`with_edges`), so that rows which
people insert, delete, move or type at the list's edges are checked like the others. Each row of
the form carries, on a hidden column, the number of the merged cell that it belongs to, which no
formula can see; `merged_levels` tells a merged cell from one that was unmerged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from xlperf.formulas import merged_levels
from xlperf.formulas.form_steps import steps_of
from xlperf.formulas.sheet_checks import SHEET_COLUMN, TOTAL_COLUMN, SheetChecks, add_step
from xlperf.layout import Box, anchors
from xlperf.layout.addresses import address, cell_address, letters
from xlperf.layout.placement import SPARE_ROWS, is_last, with_edges
from xlperf.layout.vocabulary import Each
from xlperf.record import OPERATORS
from xlperf.rules.finding_keys import key_without_rule
from xlperf.rules.formulas.native import NO_LINE, as_written
from xlperf.rules.formulas.shown_values import as_read

# row numbers of a line and its neighbours
ROW_MARK, ROW_ABOVE_MARK, ROW_BELOW_MARK = "\x01", "\x02", "\x03"


@dataclass
class ListBlock:
    """A list of a form while its lines are written."""

    machine: SheetChecks
    part: Each
    scope: str  # what its rows are about, as a key path
    top: int  # the row of its first line
    count: int
    flags: dict[str, int]  # merged fields → the column that has their cells' numbers
    word_columns: dict[str, int] = field(
        default_factory=dict
    )  # merged fields → the column of their words
    columns: dict[str, int] = field(default_factory=dict)  # names → columns of the lines

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """By key, the box of each field and of each list's column on the form."""
        return anchors(self.machine.layout)

    def box(self, key: str) -> Box:
        """A column of the list on the form, by its field's key."""
        return self.boxes[f"{self.part.list_ref}/{key}"]

    @cached_property
    def first(self) -> Box:
        """The column of the list's first field, from edge to edge."""
        return with_edges(self.machine.layout, self.box(self.part.own_fields[0].ref))

    def reach(self, key: str) -> str:
        """A column of the list from edge to edge; a line's row is one further than its number."""
        return address(Box(self.first.row, self.box(key).col, 1, self.first.height))

    def beside(self, col: int) -> str:
        """The address of a hidden column beside the same rows, edges included."""
        return address(Box(self.first.row, col, 1, self.first.height))

    @property
    def is_last(self) -> bool:
        """Whether people may go on below the list."""
        return is_last(self.machine.layout, self.box(self.part.own_fields[0].ref))

    def at(self, reach: str) -> str:
        """A formula for the cell of a column (`reach`) in a line's row; an error without a row."""
        return f"INDEX({reach},{{position}})"

    def add(self, name: str, formula: str, prefix: str = "", linked: bool = False) -> None:
        """One more column: a formula for each line, with names of earlier columns in braces.

        `linked`: the formula looks at the same column one line above or below.
        """
        col = 1 + max([SHEET_COLUMN - 1, *self.columns.values()])
        if linked:
            self.columns[name] = col
        self.write(col, self.machine.formula(formula, self.near(prefix)))
        self.columns[name] = col

    def write(self, col: int, pattern: str) -> None:
        """A formula for each line, with the row numbers of its neighbours put in."""
        for row in range(self.top, self.top + self.count):
            text = pattern.replace(ROW_MARK, str(row)).replace(ROW_ABOVE_MARK, str(row - 1))
            self.machine.put(row, col, text.replace(ROW_BELOW_MARK, str(row + 1)))

    def near(self, prefix: str = "") -> dict[str, str]:
        """What the names of a line stand for; those of its nested list by their short names too."""
        result: dict[str, str] = {}
        for name, col in self.columns.items():
            letter = letters(col)  # no `$`: like formulas of a column's lines are shared
            result[f"prev:{name}"] = letter + ROW_ABOVE_MARK
            result[f"next:{name}"] = letter + ROW_BELOW_MARK
            result[f"all:{name}"] = self.column(name)
            result[name] = letter + ROW_MARK
        if prefix:
            for name in list(result):
                kind, colon, rest = name.rpartition(":")
                if rest.startswith(prefix):
                    result[kind + colon + rest.removeprefix(prefix)] = result[name]
        return result

    def column(self, name: str) -> str:
        """The address of a column's cells in all lines."""
        return address(Box(self.top, self.columns[name], 1, self.count))


def add_block(
    checks: SheetChecks, part: Each, top: int, flags: dict[str, int], word_columns: dict[str, int]
) -> int:
    """All lines of one list; the next free row; `flags`, `word_columns`: of merged cells."""
    above = f"{checks.root}/" if checks.root else ""
    box = anchors(checks.layout)[f"{part.list_ref}/{part.own_fields[0].ref}"]
    block = ListBlock(
        checks, part, above + part.list_ref, top, box.height + SPARE_ROWS, flags, word_columns
    )
    sizes(block)
    values(block)
    whole_targets(block)
    used_lines(block)
    if part.nested:
        nested(block)
    else:
        block.columns["group"] = block.columns["taken"]  # all are one item's
    for name, text in steps_of(block.scope, checks.traits):
        block.add(name, text)
    if part.nested:
        nested_steps(block)
    register(block)
    finish(block)
    return top + block.count


def sizes(block: ListBlock) -> None:
    """How many rows a list has on the form now, and in how many it is looked for.

    Below the last list of a form it is looked for in the spare rows, too. That a list has grown
    beyond its lines is one of the steps as well: then not all of it is checked.
    """
    ref, between = block.part.list_ref, f"ROWS({address(block.first)})-2"
    column = block.box(block.part.own_fields[0].ref)
    list_rows = address(Box(block.first.row, block.first.col, 1, column.height + 1))
    rows = f"ROWS({list_rows})-1" if block.is_last else between
    row = block.machine.results_row
    add_step(block.machine, row, f"{ref}.rows", rows)
    add_step(block.machine, row, f"{ref}.between", between)
    beyond = f"{{{ref}.rows}}>ROWS({address(Box(block.top, SHEET_COLUMN, 1, block.count))})"
    add_step(block.machine, row, f"{ref}.beyond", block.machine.formula(beyond))


def values(block: ListBlock) -> None:
    """What each field of a line says, without blanks around it; merged cells say it for all."""
    block.columns["line"] = SHEET_COLUMN
    for line in range(1, block.count + 1):
        block.machine.put(block.top + line - 1, SHEET_COLUMN, line)
    nested = block.part.nested
    keys = [cell.ref for cell in block.part.own_fields]
    keys += [f"{nested.list_ref}/{cell.ref}" for cell in nested.own_fields] if nested else []
    between = f"{{{block.part.list_ref}.between}}"
    block.add("position", f"IF({{line}}>{between},{NO_LINE},{{line}}+1)")
    for key in keys:
        cell = block.at(block.reach(key))
        text = as_read(cell) if key.endswith("target") else cell
        look = f'IFERROR({as_written(text)},"")'
        if key not in block.flags:
            block.add(key, look)
            continue
        own_text, part = "{" + key + ".own}", key + ".part"
        mark = block.at(block.beside(block.flags[key]))
        block.add(f"{key}.own", look)
        block.add(part, f"IFERROR(IF({mark}>0,{mark},N({{next:{part}}})),0)", linked=True)
        if key in block.word_columns:
            add_level(block, key)
            continue
        same = f"AND({{{part}}}>0,{{{part}}}={{prev:{part}}})"
        above = f'IF({same},{{prev:{key}}}&"","")'
        block.add(key, f'IF({own_text}<>"",{own_text},{above})', linked=True)


def add_level(block: ListBlock, key: str) -> None:
    """What a cell says that may be merged with the one above (see `merged_levels`)."""
    word = f'IFERROR({block.at(block.beside(block.word_columns[key]))}&"","")'
    for name, text, linked in merged_levels.steps(
        key, block.at(block.beside(block.flags[key])), word
    ):
        block.add(name, text, linked=linked)
    apart, column = f"{block.part.list_ref}.{key}.apart", block.column(f"{key}.strange")
    add_step(block.machine, block.machine.results_row, apart, f"SUMPRODUCT(--{column})>0")
    block.add(key, merged_levels.level(key, apart), linked=True)


def whole_targets(block: ListBlock) -> None:
    """A target with its sign and unit, where these have columns of their own, as the rules see it.

    Only the column that the checks look at: the cells stay as they are.
    """
    apart = [key for key in ("operator", "unit") if key in block.columns]
    if "target" not in block.columns or not apart:
        return
    sign = f'IF(ISNUMBER(FIND({{operator}},"{OPERATORS}")),{{operator}},"")'
    before = f"{sign}&" if "operator" in apart else ""
    after = "&{unit}" if "unit" in apart else ""
    block.add("target.whole", f'IF({{target}}="","",{before}{{target}}{after})')
    block.columns["target"] = block.columns.pop("target.whole")


def used_lines(block: ListBlock) -> None:
    """Whether a row is one of the list: it says something; below the list, most of a row does."""
    names = [name for name in block.columns if not name.endswith(merged_levels.STEP_ENDINGS)]
    says = "(" + "&".join(f"{{{name}}}" for name in names) + ')<>""'
    own_names = [f"{name}.own" if f"{name}.own" in block.columns else name for name in names]
    tests = [f'({{{name}}}<>"")' for name in own_names]
    if any(cell.role == "ordinal" for cell in block.part.cells):
        tests.append(f'(IFERROR({block.at(block.reach("#"))}&"","")<>"")')
    many = "+".join(tests)
    rows = f"{{{block.part.list_ref}.rows}}"
    if block.is_last:
        joined = f"AND(OR({{line}}={rows}+1,N({{prev:taken}})>0),{many}>{len(tests) / 2})"
        block.add("taken", f"IF({{line}}<={rows},{says},{joined})", linked=True)
    else:
        block.add("taken", f"AND({{line}}<={rows},{says})")


def nested(block: ListBlock) -> None:
    """Which rows begin an item, which one it is, and whether its own list has anything."""
    inner = block.part.nested
    assert inner is not None
    keys = [f"{cell.ref}.own" for cell in block.part.own_fields]
    own_texts = "&".join(f"{{{key}}}" for key in keys)
    if any(cell.role == "ordinal" for cell in block.part.cells):
        own_texts += f'&IFERROR({block.at(block.reach("#"))},"")'
    says = "&".join(f"{{{inner.list_ref}/{cell.ref}}}" for cell in inner.own_fields)
    block.add("has", f'AND({{taken}},({says})<>"")')
    block.add("seen", "OR({taken},N({prev:seen})>0)", linked=True)
    block.add("begins", f'AND({{taken}},OR(({own_texts})<>"",N({{prev:seen}})=0))')
    block.add("group", "N({prev:group})+N({begins})", linked=True)
    goes_on = "AND(N({next:begins})=0,N({next:measured})>0)"
    block.add("measured", f"OR({{has}},{goes_on})", linked=True)


def nested_steps(block: ListBlock) -> None:
    """The steps of the nested list's fields."""
    inner = block.part.nested
    assert inner is not None
    prefix = f"{inner.list_ref}/"
    block.add(prefix + "group", "IF({has},{group},0)")
    for name, text in steps_of(f"{block.scope}/{inner.list_ref}", block.machine.traits):
        block.add(prefix + name, text, prefix)


def register(block: ListBlock) -> None:
    """Enter each column in the sheet's names, as `list/name`, for formulas outside the list."""
    for name in block.columns:
        block.machine.names[f"{block.part.list_ref}/{name}"] = block.column(name)


def finish(block: ListBlock) -> None:
    """Write a column of tokens for each field with checks, and the end of each line."""
    inner = block.part.nested
    scopes = [(block.scope, "", "begins" if inner else "taken", block.part.own_fields)]
    if inner:
        prefix = f"{inner.list_ref}/"
        scopes.append((f"{block.scope}/{inner.list_ref}", prefix, "has", inner.own_fields))
    totals: list[str] = []
    for scope, prefix, guard, cells in scopes:
        listed = [f"{inner.list_ref}"] if inner and not prefix else []
        for key in [*(cell.ref for cell in cells), *listed, ""]:
            if add_tokens(block, scope, prefix, guard, key):
                totals.append(f"{scope} {key}")
    headings = address(Box(*block.first.at))
    for row in range(block.top, block.top + block.count):
        total = "&".join(cell_address(row, block.columns[name]) for name in totals) or '""'
        block.machine.line_of_list(row, total, f"ROW({headings})+{cell_address(row, SHEET_COLUMN)}")
    block.machine.ranges[block.part.list_ref] = Box(block.top, TOTAL_COLUMN, 1, block.count)


def add_tokens(block: ListBlock, scope: str, prefix: str, guard: str, key: str) -> bool:
    """A column of tokens for one field of the list; False where nothing checks it."""
    if (scope, key) not in block.machine.checks:
        return False
    name, of_findings = f"{scope} {key}", ""
    if block.machine.has_keys(scope, key):
        block.add(f"{name}.key", key_without_rule(scope, key), prefix)
        of_findings = block.near()[f"{name}.key"]
    fired = block.machine.fired(scope, key, block.near(prefix), of_findings)
    col = 1 + max(block.columns.values())
    block.write(col, f'IF({block.near()[guard]},{fired},"")')
    block.columns[name] = col
    block.machine.columns[name] = Box(block.top, col, 1, block.count)
    for line in range(1, block.count + 1):
        block.machine.tokens[scope, key, line] = (block.top + line - 1, col)
    return True
