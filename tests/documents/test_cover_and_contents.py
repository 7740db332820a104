"""What stands before the first part, and what is inferred where nothing is stated."""

from __future__ import annotations

import pytest

from tests.documents.accounts import check_honest, parsed
from tests.documents.printing import rows_of, table
from xlperf import documents
from xlperf.documents.parse.inference import department_name, region_name
from xlperf.reading import Reading
from xlperf.record import Raw

BODY = (
    "第一部分\n部门整体绩效目标\n一、总体绩效目标\n治理河道\n\n"
    "二、分项绩效目标\n（一）水库\n\n绩效目标：安全\n\n"
    "三、工作保障措施\n（一）完善制度。制定办法。\n\n第二部分\n预算项目绩效目标\n"
)


def read(text: str) -> Reading:
    check_honest(parsed(text))
    return documents.read_text(text)


def stated(cover: str) -> Raw:
    record = read(f"{cover}\n{BODY}").record
    return {key: record[key] for key in ("fiscal_year", "department", "region") if key in record}


def leftovers(reading: Reading) -> list[tuple[str, str]]:
    return [
        (leftover["place"], leftover["text"]) for leftover in reading.record.get("leftovers", [])
    ]


def test_a_cover_states_department_year_and_region() -> None:
    cover = (
        "青山市绿水区水利局\n2022年\n部门预算绩效文本\n\n青山市绿水区水利局编制\n绿水区财政局审核\n"
    )
    reading = read(f"{cover}\n{BODY}")
    assert reading.record["fiscal_year"] == 2022
    assert reading.record["department"] == {"name": "青山市绿水区水利局"}
    assert reading.record["region"] == {"name": "绿水区"}
    assert "inferred" not in reading.record
    assert leftovers(reading) == []
    lines = {path: place.line for path, place in reading.where.items()}
    assert lines[("fiscal_year",)] == 2
    assert lines[("department", "name")] == 1
    assert lines[("region", "name")] == 6


@pytest.mark.parametrize(
    "cover",
    [
        "绿水县水利局2022年部门预算绩效文本",
        "绿水县水利局\n2022年度部门预算绩效目标文本",
        "2022年绿水县水利局部门预算绩效文本",
        "绿水县水利局部门预算绩效文本（2022年度）",
        "绿水县水利局\n二〇二二年\n部 门 预 算 绩 效 文 本",
        "2022年部门预算绩效文本\n绿水县水利局编制 绿水县财政局审核",
        "部门名称：绿水县水利局\n（2022年）",
    ],
)
def test_a_cover_is_read_however_it_is_set(cover: str) -> None:
    facts = stated(cover)
    assert facts["fiscal_year"] == 2022
    assert facts["department"] == {"name": "绿水县水利局"}
    assert facts["region"]["name"] == "绿水县"


@pytest.mark.parametrize(
    "line", ["二〇二二年三月", "2022年3月1日", "内部资料，注意保存", "联系人：某某"]
)
def test_a_line_of_the_cover_that_is_not_known_is_left_over(line: str) -> None:
    reading = read(f"绿水县水利局\n\n{line}\n{BODY}")
    assert leftovers(reading) == [("L3", line)]
    assert "fiscal_year" not in reading.record


def test_a_cover_that_contradicts_itself_keeps_the_first_and_leaves_the_second() -> None:
    reading = read(f"绿水县水利局2022年部门预算绩效文本\n绿水县水务局编制\n2021年\n{BODY}")
    assert reading.record["department"]["name"] == "绿水县水利局"
    assert reading.record["fiscal_year"] == 2022
    assert leftovers(reading) == [("L2", "绿水县水务局"), ("L3", "2021")]


ENTRIES = (
    *("第一部分 部门整体绩效目标", "一、总体绩效目标", "二、分项绩效目标", "三、工作保障措施"),
    *("第二部分 预算项目绩效目标", "1.渠道清淤绩效目标表", "2.乙绩效目标表"),
)
FORM: Raw = {"code": "13030321GOE2BGRTFUYL2", "name": "渠道清淤", "unit": "333001"}
FORMS = "\n".join(
    f"{n}.{name}绩效目标表\n"
    + table(rows_of({**FORM, "name": name, "goals": [], "indicators": []}, {"333001": "某局本级"}))
    for n, name in ((1, "渠道清淤"), (2, "乙"))
)


@pytest.mark.parametrize(
    "entries",
    [
        "\n".join(ENTRIES),
        "\n".join(f"{entry}……………{page}" for page, entry in enumerate(ENTRIES, 1)),
        "\n".join(f"{entry} .......... {page}" for page, entry in enumerate(ENTRIES, 1)),
        "\n".join(f"{entry}\t{page}" for page, entry in enumerate(ENTRIES, 1)),
        "\n".join([*ENTRIES[1:4], "（一）水库.....4"]),
        "第一部分\n部门整体绩效目标\n一、总体绩效目标\n第二部分\n预算项目绩效目标",
        ENTRIES[0],
        "",
        'TOC \\o "1-3" \\h \\z \\u HYPERLINK \\l "_Toc1" 一、总体绩效目标 PAGEREF _Toc1 \\h 1',
    ],
)
def test_a_table_of_contents_is_furniture(entries: str) -> None:
    reading = read(f"绿水县水利局\n目  录\n{entries}\n\n{BODY}{FORMS}")
    assert leftovers(reading) == []
    assert reading.record["overall_goal"] == "治理河道"
    assert len(reading.record["activities"]) == len(reading.record["safeguards"]) == 1
    assert [project["name"] for project in reading.record["projects"]] == ["渠道清淤", "乙"]
    assert {remark.code for remark in reading.remarks} <= {"STR013"}


def test_what_is_not_stated_is_inferred_from_the_codes_and_said_to_be() -> None:
    reading = read(BODY + FORMS)
    assert reading.record["fiscal_year"] == 2021
    assert reading.record["department"] == {"code": "333", "name": "某局"}
    assert reading.record["region"] == {"code": "130303"}
    assert reading.record["inferred"] == [
        *("fiscal_year", "department/code", "department/name", "region/code")
    ]
    assert ("fiscal_year",) not in reading.where


def test_what_is_stated_is_not_inferred() -> None:
    reading = read(f"绿水县水利局2022年部门预算绩效文本\n{BODY}{FORMS}")
    assert reading.record["fiscal_year"] == 2022
    assert reading.record["department"] == {"code": "333", "name": "绿水县水利局"}
    assert reading.record["inferred"] == ["department/code", "region/code", "region/name"]


def test_codes_that_disagree_leave_the_region_open_and_the_year_to_the_most() -> None:
    forms = FORMS + FORMS.replace("13030321", "13030422").replace("1.渠道", "3.渠道")
    forms += FORMS.replace("13030321", "13030422").replace("333001", "444001")
    record = read(BODY + forms).record
    assert record["fiscal_year"] == 2022
    assert "region" not in record
    assert record["department"] == {"name": "某局"}


def test_codes_of_another_length_infer_nothing() -> None:
    record = read(BODY + FORMS.replace("13030321GOE2BGRTFUYL2", "20210001")).record
    assert not record.keys() & {"fiscal_year", "region"}


@pytest.mark.parametrize(
    ("units", "name"),
    [
        (["某市某区水利局本级"], "某市某区水利局"),
        (["某区水文站", "某区水利局机关"], "某区水利局"),
        (["某区水利局（本级）"], "某区水利局"),
        (["某区水文站", "某区河道所"], "某区水文站"),
        ([], None),
    ],
)
def test_a_department_is_named_for_the_unit_that_it_is(units: list[str], name: str | None) -> None:
    assert department_name(units) == name


@pytest.mark.parametrize(
    ("department", "region"),
    [
        ("秦皇岛市山海关区住房和城乡建设局", "山海关区"),
        ("承德县民政局", "承德县"),
        ("石家庄市城市管理局", "石家庄市"),
        ("宽城满族自治县教育局", "宽城满族自治县"),
        ("河北省沧州市运河区社区服务中心", "运河区"),
        ("济宁市市中区财政局", "市中区"),
        ("水利局", None),
        ("区水利局", None),
        ("", None),
    ],
)
def test_a_region_is_the_last_division_that_a_department_is_named_for(
    department: str, region: str | None
) -> None:
    assert region_name(department) == region
