"""The official layouts as text: a change of geometry shows as a readable difference."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xlperf.canonical import canonical
from xlperf.forms import edition
from xlperf.forms.official.record_parts import parts
from xlperf.layout import FilledForm, Percent, fill

GOLDEN = Path(__file__).resolve().parents[1] / "golden"

RECORD = canonical(
    {
        "edition": "hebei-2021",
        "fiscal_year": 2021,
        "region": {"code": "130303", "name": "某区"},
        "department": {"code": "901", "name": "某局"},
        "overall_goal": "办好三件事。",
        "activities": [
            {
                "name": "综合",
                "goal": "运转有序",
                "indicators": [
                    {"name": "办结率", "description": "办结数占受理数的比率", "target": "≥95%"},
                    {"name": "检查次数", "description": "全年检查", "target": "≥4次"},
                ],
            },
            {"name": "宣传", "goal": "家喻户晓", "indicators": []},
        ],
        "safeguards": [{"title": "制度", "text": "按制度办。"}],
        "units": [{"code": "901001", "name": "某局本级"}],
        "projects": [
            {
                "code": "130303210000000000001",
                "name": "路灯",
                "unit": "901001",
                "budget": 100,
                "fiscal": 80,
                "other": 20,
                "purpose": "更换路灯",
                "spending_plan": {"03": 25, "06": 50, "10": 75, "12": 100},
                "goals": ["换灯", "节电"],
                "indicators": [
                    {"level1": "产出指标", "level2": "数量指标", "name": "盏数", "target": "10盏"},
                    {"level1": "产出指标", "level2": "数量指标", "name": "杆数", "target": "10根"},
                    {"level1": "产出指标", "level2": "质量指标", "name": "完好率"},
                    {"level1": "效益指标", "level2": "生态效益指标", "name": "节电率"},
                ],
            }
        ],
    }
)


def as_text(filled: FilledForm) -> str:
    """Rows of a grid: each cell once, with its width and depth where it spans."""
    spans = {span.at: span for span in filled.grid.spans}
    covered = {coord for span in filled.grid.spans for coord in span.coords()[1:]}
    lines = []
    for row in range(1, filled.layout.rows + 1):
        cells = []
        for col in range(1, len(filled.layout.form.widths) + 1):
            if (row, col) in covered:
                continue
            content = filled.grid.values.get((row, col), "")
            if isinstance(content, Percent):
                content = f"{content.fraction:.2%}"
            text = str(content).replace("\n", "⏎")
            span = spans.get((row, col))
            size = f" <{span.width}x{span.height}>" if span else ""
            cells.append(text + size)
        lines.append(" | ".join(cells))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("number", [0, 1])
def test_the_official_layout_is_as_it_was(number: int) -> None:
    part = parts(RECORD, edition("hebei-2021"))[number]
    drawn = as_text(fill(part.form, part.values))
    golden = GOLDEN / f"{part.form.edition}-{part.form.name}.txt"
    if os.environ.get("XLPERF_REGENERATE") == "1":
        golden.write_text(drawn, encoding="utf-8")
    assert drawn == golden.read_text(encoding="utf-8")
