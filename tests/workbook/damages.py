"""Ways in which people damage a workbook, in LibreOffice and by programs, with what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.workbook.protection import WorkbookProtection

from tests.books import cells_of

FIRST, SECOND = "01 专项补助（人防）", "02 人防业务费"
SUMMARY, OWN, DRAFT = "汇总", "部门整体", "草稿"


@dataclass(frozen=True)
class Harm:
    """A way to damage a workbook, the kinds of damage to be found, texts that must survive."""

    name: str
    kinds: frozenset[str]
    steps: tuple[dict[str, Any], ...] = ()
    change: Callable[[Workbook], None] | None = None
    texts: tuple[str, ...] = ()
    record: Callable[[dict[str, Any]], None] | None = field(default=None)
    status: int = 0
    projects: int = 2  # of the workbook; as few as show it


def at_once(*harms: Harm) -> Harm:
    """Several harms done to one workbook; each is told by kinds of damage that no other does."""
    kinds = [kind for part in harms for kind in part.kinds]
    assert len(kinds) == len(set(kinds)), kinds
    assert not any(part.record or part.status for part in harms)

    def change(book: Workbook) -> None:
        for part in harms:
            if part.change:
                part.change(book)

    return Harm(
        "; ".join(part.name for part in harms),
        frozenset(kinds),
        tuple(step for part in harms for step in part.steps),
        None if harms[0].steps else change,
        tuple(text for part in harms for text in part.texts),
    )


def step(do: str, sheet: str = FIRST, **more: Any) -> dict[str, Any]:
    return {"do": do, "sheet": sheet, **more}


def harm(name: str, kinds: str, *steps: dict[str, Any], **more: Any) -> Harm:
    return Harm(name, frozenset(kinds.split()), steps, **more)


def draft(*texts: str) -> tuple[dict[str, Any], ...]:
    """A sheet of people's own with some words on it."""
    cells = (step("text", DRAFT, cell=f"B{n}", value=text) for n, text in enumerate(texts, 2))
    return ({"do": "add_sheet", "name": DRAFT, "position": 2}, *cells)


def without_code_and_name(record: dict[str, Any]) -> None:
    del record["projects"][0]["code"], record["projects"][0]["name"]


def first_twice(record: dict[str, Any]) -> None:
    record["projects"].insert(1, record["projects"][0])


def without_second(record: dict[str, Any]) -> None:
    del record["projects"][1]


def with_budget(record: dict[str, Any]) -> None:
    record["projects"][0]["budget"] = "约六千四"


IN_OFFICE = (
    harm("plain cells pasted over fields", "border number_format validation colour",
         *draft("贴来的说明", "贴来的依据"),
         step("paste", DRAFT, area="B2", onto=FIRST, to="C13"),
         step("paste", DRAFT, area="B3", onto=FIRST, to="G13"),
         step("paste", DRAFT, area="A1", onto=FIRST, to="E4"),
         step("number", cell="E4", value=6400),
         record=lambda r: r["projects"][0]["indicators"][3].update(
             name="贴来的说明", basis="贴来的依据"),
         texts=("贴来的说明", "贴来的依据")),
    harm("labels overwritten", "label", step("unprotect"),
         step("text", cell="A3", value="我的编码"), step("clear", cell="F9"),
         step("text", OWN, cell="A4", value="哪一年"),
         texts=("我的编码", "哪一年")),
    harm("a row of labels deleted", "label_row field_gone",
         step("unprotect"), step("delete_rows", row=3), record=without_code_and_name, status=1),
    harm("the summary deleted", "sheet_gone public_name", {"do": "delete_sheet", "sheet": SUMMARY}),
    at_once(
        harm("hidden sheets deleted", "sheet_gone public_name",
             {"do": "delete_sheet", "sheet": "_xlperf"}, {"do": "delete_sheet", "sheet": "_lists"}),
        harm("a password", "password", step("protect", password="geheim")),
        harm("a project hidden", "hidden", {"do": "hide", "sheet": SECOND})),
    harm("a project's sheet copied", "unlisted",
         {"do": "copy_sheet", "sheet": FIRST, "name": "副本", "position": 4},
         record=first_twice, projects=3),
    harm("a project's sheet deleted", "listed_gone",
         {"do": "delete_sheet", "sheet": SECOND}, record=without_second, projects=3),
    harm("fixed sheets renamed", "retitled",
         *draft("看看"), step("type", DRAFT, cell="C2", value="=$汇总.$E$7"),
         {"do": "rename_sheet", "sheet": SUMMARY, "name": "总表"},
         {"do": "rename_sheet", "sheet": OWN, "name": "整体"}),
    at_once(
        harm("merged cells taken apart", "unmerged",
             step("unprotect"), step("unmerge", area="A10:A13"), step("unmerge", area="E3:G3")),
        harm("checks overwritten", "check_changed",
             step("number", cell="B62", value=7), step("text", cell="I10", value="已核对"),
             texts=("已核对",))),
    harm("rows of checks deleted", "check_changed check_row_gone",
         step("unprotect"), step("delete_rows", row=77, count=3)),
    at_once(
        harm("a value typed over a total", "summary_changed",
             step("number", SUMMARY, cell="E9", value=1),
             step("text", SUMMARY, cell="F14", value="待定"),
             texts=("待定",)),
        harm("protection taken off", "unprotected", step("unprotect"), step("unprotect", SUMMARY))),
    harm("a field's cell cut and pasted elsewhere", "name_strayed label",
         step("unprotect"), step("move", area="C4", to="C30"), step("move", area="A4", to="A30")),
    harm("text for money, notes beside the forms", "label", step("unprotect"),
         step("text", cell="C4", value="约六千四"), step("text", cell="K22", value="请核对"),
         step("text", OWN, cell="L3", value="旁注"), step("clear", cell="A8"),
         record=with_budget, texts=("请核对", "旁注")),
)  # fmt: skip


def names_deleted(book: Workbook) -> None:
    for title in (FIRST, OWN):
        names = book[title].defined_names
        for name in [name for name in names if name.startswith("XPF_")]:
            del names[name]


def some_names_deleted(book: Workbook) -> None:
    for name in ("purpose", "spending_plan__06", "indicators__target", "goals"):
        del book[FIRST].defined_names[f"XPF_{name}"]


def names_broken(book: Workbook) -> None:
    for name in ("budget", "unit", "indicators__name"):
        book[SECOND].defined_names[f"XPF_{name}"].attr_text = "#REF!"


def names_led_astray(book: Workbook) -> None:
    names = book[SECOND].defined_names
    names["XPF_budget"].attr_text = f"'{SECOND}'!$E$4"
    names["XPF_indicators__target"].attr_text = f"'{SECOND}'!$G$10:$G$18"


def all_names_deleted(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.defined_names.clear()


def own_names_deleted(book: Workbook) -> None:
    names = book[FIRST].defined_names
    for name in ("XPL_checks", "XPL_check", "XPL_status", "XPL_sections", "XPL_parts", "XPL_back"):
        del names[name]


def public_names_deleted(book: Workbook) -> None:
    del book.defined_names["XP_BUDGET"], book.defined_names["XPW_check_codes"]
    book.defined_names["XP_STATUS"].attr_text = "#REF!"


def validations_deleted(book: Workbook) -> None:
    book[FIRST].data_validations.dataValidation = []


def colours_deleted(book: Workbook) -> None:
    for title in (FIRST, SUMMARY):
        book[title].conditional_formatting = type(book[title].conditional_formatting)()


def title_fixed(book: Workbook) -> None:
    book[FIRST]["A1"] = f"1.{FIRST[3:]}绩效目标表"


def formula_changed(book: Workbook) -> None:
    sheet = book[FIRST]
    cell = sheet["AF58"]
    assert cell.data_type == "f"
    cell.value = "=0"
    sheet["J2"] = sheet["J5"] = '="正常"'


def furniture_removed(book: Workbook) -> None:
    book[SUMMARY]._charts = []
    book[SUMMARY].auto_filter.ref = None
    book[FIRST]._print_rows = None


def locks_changed(book: Workbook) -> None:
    book[FIRST]["C4"].protection = Protection(locked=True)
    book[FIRST]["A3"].protection = Protection(locked=False)


def structure_locked(book: Workbook) -> None:
    book.security = WorkbookProtection(workbookPassword="x", lockStructure=True)


def words_changed(book: Workbook) -> None:
    book["_lists"]["C1"] = "自定义标准"
    book["使用说明"]["A3"] = "我的说明"


def department_deleted(book: Workbook) -> None:
    del book[OWN]


def summary_written_by_hand(book: Workbook) -> None:
    del book[SUMMARY]
    book.create_sheet(SUMMARY, 1)["A1"] = "手工汇总"


def very_hidden(book: Workbook) -> None:
    book[FIRST].sheet_state = "veryHidden"


def only_projects(record: dict[str, Any]) -> None:
    names = {unit["code"]: unit["name"] for unit in record["units"]}
    for key in ("region", "department", "fiscal_year", "overall_goal"):
        record.pop(key, None)
    record |= {"units": [], "activities": [], "safeguards": []}
    for project in record["projects"]:
        project["unit_name"] = names[project["unit"]]


def broken(name: str, kinds: str, change: Callable[[Workbook], None], **more: Any) -> Harm:
    return Harm(name, frozenset(kinds.split()), (), change, **more)


IN_FILE = (
    at_once(
        broken("names of whole forms deleted", "name_lost", names_deleted),
        broken("names broken", "name_broken", names_broken)),
    at_once(
        broken("some names deleted", "name_lost", some_names_deleted),
        broken("names lead astray", "name_strayed", names_led_astray)),
    broken("every name on a sheet deleted", "name_lost own_name", all_names_deleted),
    at_once(
        broken("names of checks deleted", "own_name", own_names_deleted),
        broken("public names deleted", "public_name", public_names_deleted)),
    at_once(
        broken("validations deleted", "validation", validations_deleted),
        broken("colours of checks deleted", "colour", colours_deleted),
        broken("a title made a plain text", "title", title_fixed),
        broken("formulas changed", "check_changed", formula_changed),
        broken("locks of cells changed", "lock", locks_changed)),
    at_once(
        broken("charts, filter, printed heads removed", "chart filter paper", furniture_removed),
        broken("the workbook's structure locked", "locked_book", structure_locked),
        broken("lists and guide changed", "made_changed", words_changed,
               texts=("自定义标准", "我的说明")),
        broken("a project very hidden", "hidden", very_hidden)),
    broken("the department's sheet deleted", "department_gone", department_deleted,
           record=only_projects, status=1),
    broken("a summary by hand in place of ours", "sheet_gone", summary_written_by_hand,
           texts=("手工汇总",)),
)  # fmt: skip


def texts_of(book: Workbook) -> set[str]:
    return {
        cell.value
        for sheet in book.worksheets
        for cell in cells_of(sheet)
        if isinstance(cell.value, str)
    }


def ids(harms: Iterable[Harm]) -> list[str]:
    return [entry.name for entry in harms]
