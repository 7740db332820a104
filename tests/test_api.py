"""What other programs call: the same as the commands, as values."""

from __future__ import annotations

import copy
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import xlperf
from xlperf.canonical import dumps
from xlperf.errors import UserError, XlperfError
from xlperf.record import Raw


def test_everything_that_is_named_is_there() -> None:
    assert {name for name in xlperf.__all__ if callable(getattr(xlperf, name))} == {
        "read", "generate", "validate", "fix", "roll_up", "publish", "repair",
        "diagnose", "diff", "renew",
    }  # fmt: skip
    with pytest.raises(AttributeError):
        _ = xlperf.nothing  # type: ignore[attr-defined]


def test_importing_it_loads_no_library() -> None:
    heavy = ("openpyxl", "pandas", "xlwings", "rich", "lxml")
    code = f"import sys, xlperf; print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_record_goes_through_all_of_them(sample: Raw, tmp_path: Path) -> None:
    record = tmp_path / "department.json"
    record.write_text(dumps(sample), encoding="utf-8")
    assert xlperf.generate(record, tmp_path / "master.xlsx").record == sample
    assert xlperf.read(tmp_path / "master.xlsx").record == sample
    assert xlperf.diagnose(tmp_path / "master.xlsx") == []
    by_record = {(f.code, f.path) for f in xlperf.validate(sample)}
    assert (
        by_record == {(f.code, f.path) for f in xlperf.validate(tmp_path / "master.xlsx")} != set()
    )
    assert {f.code[:3] for f in xlperf.validate(sample, select=["AMT"])} <= {"AMT"}
    published = xlperf.publish(record, tmp_path / "document.txt", verify=True)
    assert published.target.exists()
    total = sum((project["budget"] for project in sample["projects"]), Decimal(0))
    rollup = xlperf.roll_up([tmp_path / "master.xlsx"], tmp_path / "rollup.xlsx")
    assert (rollup.totals.budget, rollup.set_aside) == (total, ())
    assert not xlperf.repair(tmp_path / "master.xlsx", tmp_path / "repaired.xlsx").redrawn


def test_a_fix_is_written_only_where_a_target_is_named(tmp_path: Path, sample: Raw) -> None:
    changed = copy.deepcopy(sample)
    changed["projects"][0]["purpose"] = "购买办公用品  两批。"
    record = tmp_path / "department.json"
    record.write_text(dumps(changed), encoding="utf-8")
    fixed = xlperf.fix(record)
    assert any(change.path == ("projects", 0, "purpose") for change in fixed.changes)
    assert sorted(tmp_path.iterdir()) == [record]
    xlperf.fix(record, tmp_path / "fixed.json")
    assert (
        xlperf.read(tmp_path / "fixed.json").record["projects"][0]["purpose"]
        == "购买办公用品两批。"
    )


def test_what_cannot_be_done_is_one_kind_of_exception(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        xlperf.read(tmp_path / "absent.xlsx")
    assert isinstance(refused.value, XlperfError)
    empty = tmp_path / "a.json"
    empty.write_text("{}", encoding="utf-8")
    with pytest.raises(UserError):
        xlperf.generate(empty, empty)
