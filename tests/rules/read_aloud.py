"""Every message and advice as a reader gets it, for several subjects: to be read aloud by people.

`python -m tests.rules.read_aloud [CODE...]` prints, for every rule, what the bad cases of its case
file make it say, each again under the names of two other fields of government.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from tests.rules.casefiles import Case, cases, changed, findings
from xlperf import wording
from xlperf.canonical import loads

CASES_SHOWN = 3
# words of the base record → words of other fields, longest first
SUBJECTS: tuple[dict[str, str], ...] = (
    {},
    {
        "群众文化活动": "村卫生室巡诊",
        "图书馆": "疾控中心",
        "少儿图书": "基层医疗设备",
        "文物保护单位": "乡镇卫生院",
        "文化": "医疗",
    },
    {
        "群众文化活动": "河道清淤疏浚",
        "图书馆": "水务站",
        "少儿图书": "农田水利管材",
        "文物保护单位": "小型水库",
        "文化": "水利",
    },
)


def spoken(case: Case, words: dict[str, str]) -> Iterator[str]:
    """What a case's rule says, with other words in the record."""
    text = json.dumps(changed(case), ensure_ascii=False, default=str)
    for one, other in words.items():
        text = text.replace(one, other)
    record: dict[str, Any] = loads(text)
    for finding in findings(case, record):
        yield f"  {finding.message} ▸ {finding.advice}"


def main(codes: list[str]) -> None:
    """Print what every rule says, or some of them."""
    wording.use("zh")
    shown: dict[str, int] = {}
    for case in cases():
        if case.kind != "bad" or (codes and case.code not in codes):
            continue
        number = shown[case.code] = shown.get(case.code, 0) + 1
        if number > CASES_SHOWN:
            continue
        if number == 1:
            print(case.code, wording.text("zh", f"rule.{case.code}.name"))
        lines = dict.fromkeys(line for words in SUBJECTS for line in spoken(case, words))
        print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
