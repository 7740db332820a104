"""`python -m tests.windows.smoke [FOLDER]`: is all well with xlperf in this machine's Excel?

Needs Windows, Excel 2016 or later, and a Python in which this checkout is installed. It starts an
Excel of its own and ends it; what is open in another one is left alone. Nobody is asked anything.
Into FOLDER go `smoke.txt`, `smoke.json` and the transcripts of what was asked of Excel; none of
them holds a user's name, a path or what stands in a cell.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlwings as xw

from tests.windows import adding_in, clicking, opening
from tests.windows.bench import FAILED, OK, SKIPPED, Bench, Outcome, run
from xlperf import __version__, wording
from xlperf.jobs.inputs.open_any import read_record
from xlperf.live.com import objects
from xlperf.record import Raw
from xlperf.storage.files import shipped, write_text
from xlperf.workbook.write import write_master

CHECKS = (*opening.CHECKS, *clicking.CHECKS, *adding_in.CHECKS)
FOLDER = "xlperf-smoke"
MENUS = 2  # msoLanguageIDUI


def main(arguments: Sequence[str]) -> int:
    """0: nothing failed; 1: something did; 2: there is no Excel to ask."""
    if sys.platform != "win32":
        sys.stderr.write("This needs Excel on Windows; on this machine there is none.\n")
        return 2
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    objects.limit_attempts()
    try:
        app = xw.App(visible=True, add_book=False)
    except Exception as error:
        sys.stderr.write(f"Excel does not start ({type(error).__name__}). Is it installed?\n")
        return 2
    app.display_alerts = False  # a question would wait for somebody for ever
    try:
        return smoke(app, Path(arguments[0] if arguments else FOLDER).resolve())
    finally:
        app.quit()


def smoke(app: Any, folder: Path) -> int:
    """Make the sample's workbook and all the checks with it; write down how it went."""
    os.environ["XLPERF_LANG"] = "zh"  # what a click speaks, and the workbook
    with wording.speaking("zh"):
        bench = laid_out(app, folder)
        outcomes = run(CHECKS, bench)
        report(outcomes, facts(app), folder)
    return int(any(outcome.state == FAILED for outcome in outcomes))


def laid_out(
    app: Any, folder: Path, lacks: dict[str, str] | None = None, record: Raw | None = None
) -> Bench:
    """The bench: a record, the sample's if no other is given, and its master workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    record = record or read_record(shipped("workbook_templates", "sample.json")).record
    master = folder / "master.xlsx"
    write_master(record, master)
    return Bench(app, folder, master, record, lacks or {})


def facts(app: Any) -> dict[str, str]:
    """What was at work; what does not tell is left empty."""
    api = app.api
    questions = {
        "excel": lambda: f"{api.Name} {api.Version}",
        "build": lambda: str(api.Build),
        "bits": lambda: "64" if "64" in str(api.OperatingSystem) else "32",
        "language": lambda: str(int(api.LanguageSettings.LanguageID(MENUS))),
    }
    answers = {name: _fact(question) for name, question in questions.items()}
    versions = {"xlwings": xw.__version__, "python": platform.python_version()}
    bits = {"python_bits": platform.architecture()[0][:2], "windows": platform.version()}
    return {**answers, **versions, **bits, "xlperf": __version__}


def _fact(question: Any) -> str:
    try:
        return str(question())
    except Exception:
        return ""


def report(outcomes: Sequence[Outcome], facts_by_name: dict[str, str], folder: Path) -> None:
    """Write smoke.txt and smoke.json, and print the summary."""
    counts = Counter(outcome.state for outcome in outcomes)
    summary = ", ".join(f"{counts[state]} {state}" for state in (OK, FAILED, SKIPPED))
    lines = [f"{name}: {fact}" for name, fact in facts_by_name.items()]
    lines += ["", *map(str, outcomes), "", summary]
    write_text(folder / "smoke.txt", "\n".join(lines) + "\n")
    content = {
        "facts": facts_by_name,
        "summary": dict(counts),
        "checks": [vars(e) for e in outcomes],
    }
    write_text(folder / "smoke.json", json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    print(f"\n{summary}; see smoke.txt")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
