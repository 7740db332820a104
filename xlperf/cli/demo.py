"""The whole main job on the bundled sample: record, workbook, findings, roll-up, document."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from xlperf import wording
from xlperf.canonical import dumps
from xlperf.jobs.inputs import open_any
from xlperf.jobs.many_files import rolling_up
from xlperf.publishing import publish_paged_word
from xlperf.reports.html import page
from xlperf.reports.machine import as_json
from xlperf.reports.text import as_text
from xlperf.rules import catalogue
from xlperf.rules.core import run as run_rules
from xlperf.storage.files import make_folder, shipped, write_text
from xlperf.terminal import results
from xlperf.terminal.findings import tally
from xlperf.wording import say
from xlperf.workbook.draw.books.totals_book import write_rollup
from xlperf.workbook.read import read_workbook

SAMPLE = ("workbook_templates", "sample.json")
RECORD, MASTER, ROLLUP = "department.json", "master.xlsx", "rollup.xlsx"
DOCUMENT = "document.docx"
FINDINGS_TEXT, FINDINGS_JSON, FINDINGS_HTML = "findings.txt", "findings.json", "findings.html"
TOTALS_JSON = "rollup.json"


def run(folder: Path, console: Console, workbook_language: str) -> int:
    """Do the main job in a folder; always 0 when done, as the sample has faults on purpose."""
    make_folder(folder)
    sample = open_any.read_record(shipped(*SAMPLE))
    write_text(folder / RECORD, open_any.record_text(sample))
    with wording.speaking(workbook_language):
        open_any.generate(folder / RECORD, folder / MASTER)
    reading = read_workbook(folder / MASTER)
    findings = run_rules(reading, catalogue().values())
    write_text(folder / FINDINGS_JSON, dumps(as_json(findings, 1)))
    write_text(folder / FINDINGS_TEXT, as_text(findings))
    write_text(folder / FINDINGS_HTML, page(findings, [reading]))
    rollup, answers = rolling_up.roll_up_and_survey([folder / MASTER])
    with wording.speaking(workbook_language):
        write_rollup(rollup, folder / ROLLUP, answers)
    write_text(folder / TOTALS_JSON, dumps(rolling_up.as_json(rollup, answers)))
    publish_paged_word(reading.record, folder / DOCUMENT)
    is_same = reading.record == sample.record
    _tell(
        console,
        folder,
        [results.contents(reading), say("demo.same" if is_same else "demo.differs")],
    )
    console.print(Text(say("demo.findings")), tally(findings))
    for number, name in enumerate((MASTER, FINDINGS_HTML, ROLLUP, DOCUMENT, RECORD), 1):
        console.print(Text(say(f"demo.open_{number}", file=folder / name)))
    return 0


def _tell(console: Console, folder: Path, lines: list[str]) -> None:
    console.print(Text(say("demo.done", folder=folder), "bold green"))
    for line in lines:
        console.print(Text(line))
