"""One input: files in a folder, a command over them, and the words that must not be lost."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import simplejson

from tests.fuzz.cells import typed_record, typed_workbook
from tests.fuzz.packages import spoilt_package
from tests.fuzz.texts import (
    ODD_TEXTS,
    SETTINGS,
    spoilt_bytes,
    spoilt_lines,
    spoilt_record,
    written,
)
from tests.workbook import stage_books
from xlperf import wording
from xlperf.jobs.inputs.open_any import read_record
from xlperf.publishing import publish_html, publish_text
from xlperf.publishing.word.document import word_of
from xlperf.storage.files import shipped
from xlperf.workbook.write import write_master

STAGES = ("monitoring", "self-evaluation")


@dataclass
class Input:
    """Files by name, the commands' words in their order, the words to be found in `o.json`."""

    kind: str
    files: dict[str, bytes]
    commands: list[list[str]]
    words: list[str] = field(default_factory=list)


@cache
def originals() -> dict[str, bytes]:
    """What is spoilt: the sample with two projects, in every format; a workbook with stages."""
    record = read_record(shipped("workbook_templates", "sample.json")).record
    for key in ("projects", "activities"):
        record[key] = record[key][:2]
    with TemporaryDirectory() as name, wording.speaking("zh"):
        folder = Path(name)
        write_master(record, folder / "x.xlsx")
        publish_text(record, folder / "x.txt")
        publish_html(record, folder / "x.html")
        (folder / "x.docx").write_bytes(word_of(record))
        made = {path.suffix[1:]: path.read_bytes() for path in folder.iterdir()}
        write_master(stage_books.record(), folder / "stages.xlsx")
        made["stages"] = (folder / "stages.xlsx").read_bytes()
    return {**made, "json": simplejson.dumps(record).encode()}


def record() -> Any:
    """A fresh copy of the record."""
    return deepcopy(simplejson.loads(originals()["json"]))


def make(seed: int, number: int) -> Input:
    """The input of a number."""
    random = Random(f"{seed}/{number}")
    return random.choice(KINDS)(random)


def kind_of(seed: int, number: int) -> Callable[[Random], Input]:
    """What will make the input of a number."""
    return Random(f"{seed}/{number}").choice(KINDS)


def with_stages() -> Any:
    """A fresh copy of a record of two projects with both stages."""
    return simplejson.loads(simplejson.dumps(stage_books.record()))


def a_record(random: Random) -> Input:
    whole = record() if random.random() < 0.7 else with_stages()
    data = written(spoilt_record(whole, random), random)
    return Input("record", {"in.json": data}, [random.choice(FOR_RECORDS)("in.json", random)])


def a_workbook(random: Random) -> Input:
    data = spoilt_package(originals()[random.choice(("xlsx", "xlsx", "stages"))], random)
    return Input("workbook", {"in.xlsx": data}, [random.choice(FOR_WORKBOOKS)("in.xlsx", random)])


def a_word_file(random: Random) -> Input:
    data = spoilt_package(originals()["docx"], random)
    return Input("word", {"in.docx": data}, [random.choice(FOR_DOCUMENTS)("in.docx", random)])


def a_text(random: Random) -> Input:
    suffix = random.choice(("txt", "html"))
    text = spoilt_lines(originals()[suffix].decode(), random)
    encoding = random.choice(("utf-8", "utf-8", "gb18030", "utf-16"))
    data = text.encode(encoding, "replace")
    if random.random() < 0.2:
        charset = random.choice(("undefined", "idna", "unicode_escape", "utf-7", "punycode", "gbk"))
        data = data.replace(b"utf-8", charset.encode())
    if random.random() < 0.2:
        data = spoilt_bytes(data, random)
    name = f"in.{suffix}"
    return Input("text", {name: data}, [random.choice(FOR_DOCUMENTS)(name, random)])


def a_list(random: Random) -> Input:
    heads = [
        "项目名称",
        "项目编码",
        "预算数",
        "财政资金",
        "其他资金",
        "预算单位",
        "金额（万元）",
        "备注",
        "",
    ]
    rows = [random.sample(heads, random.randrange(1, len(heads)))]
    rows += [
        [random.choice((*ODD_TEXTS, "100", "甲", "333001")) for _ in rows[0]] for _ in range(4)
    ]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    data = text.encode(random.choice(("utf-8", "gb18030", "utf-8-sig")), "replace")
    command = ["generate", "in.csv", "-o", "o.xlsx"]
    if random.random() < 0.4:
        command += ["--unit", "333001 局", "--year", random.choice(("2021", "26", "-1"))]
    return Input("list", {"in.csv": data}, [command])


def some_settings(random: Random) -> Input:
    text = "\n".join(random.sample(SETTINGS, random.choice((1, 1, 2))))
    data = {"in.json": originals()["json"], "xlperf.toml": text.encode("utf-8", "replace")}
    command = random.choice((validate, fix))("in.json", random)
    return Input("settings", data, [command])


def some_arguments(random: Random) -> Input:
    commands = ("validate", "fix", "read", "generate", "publish", "repair", "rollup", "import",
                "rules", "explain", "demo", "addin", "nonsense", "begin", "renew",
                "diff")  # fmt: skip
    values = ("in.json", "in.xlsx", "nothing", ".", "-o", "o.json", "o.xlsx", "/dev/null",
              "--lang",
              "en", "zh", "--profile", "mars", "--format", "json", "--blank", "0",
              "--unit", "--year",
              "AMT202", "--select", "ZZ", "--help", "--unsafe", "--diff", "a" * 255 + ".json", "",
              "monitoring", "self-evaluation", "--until", "2021-07-31", "--stage", "--keep-amounts",
              "2022", "-", "--", "\x1b[31m",
              "no/such/folder/o.json", "--annotate", "--json")  # fmt: skip
    words = [random.choice(commands), *random.choices(values, k=random.randrange(6))]
    files = {"in.json": originals()["json"], "in.xlsx": originals()["xlsx"]}
    return Input("arguments", files, [words])


def a_folder(random: Random) -> Input:
    files = {
        "in/a.xlsx": originals()["xlsx"],
        "in/b.xlsx": spoilt_package(originals()["xlsx"], random),
    }
    return Input("folder", files, [["rollup", "in", "-o", "o.xlsx", "--json", "o.json"]])


def typed_in_cells(random: Random) -> Input:
    data, words = typed_workbook(originals()["xlsx"], random)
    commands = [["read", "in.xlsx", "-o", "o.json"]]
    if random.random() < 0.3:
        commands = [["repair", "in.xlsx", "-o", "r.xlsx"], ["read", "r.xlsx", "-o", "o.json"]]
    return Input("cells", {"in.xlsx": data}, commands, words)


def typed_in_a_record(random: Random) -> Input:
    made, words = typed_record(record(), random)
    data = simplejson.dumps(made, ensure_ascii=False).encode()
    commands = [["generate", "in.json", "-o", "o.xlsx"], ["read", "o.xlsx", "-o", "o.json"]]
    return Input("typed", {"in.json": data}, commands, words)


def validate(name: str, random: Random) -> list[str]:
    kinds = (["--format", "json"], ["--format", "sarif", "-o", "o.sarif"], ["--format", "html"], [],
             ["--annotate", "o.xlsx"], ["--review", "o.xlsx"], ["--profile", "hebei"])  # fmt: skip
    return ["validate", name, *random.choice(kinds)]


def fix(name: str, random: Random) -> list[str]:
    suffix = ".xlsx" if name.endswith(".xlsx") else ".json"
    return ["fix", name, *random.choice((["--diff"], ["-o", "o" + suffix, "--unsafe"]))]


def publish(name: str, random: Random) -> list[str]:
    return ["publish", name, "-o", random.choice(("o.txt", "o.html", "o.docx")), "--verify"]


def publish_stage(name: str, random: Random) -> list[str]:
    day = random.choice(([], [], ["--until", "2021-07-31"], ["--until", "2021-02-30"]))
    target = random.choice(("o.txt", "o.html", "o.docx"))
    return ["publish", "--stage", random.choice(STAGES), name, "-o", target, *day]


def begin(name: str, random: Random) -> list[str]:
    stage = random.choice(STAGES)
    day = random.choice(("2021-07-31", "2021-07-31", "7月底", "20210731", ""))
    return ["begin", stage, name, "-o", "o.xlsx", *(["--until", day] if stage != STAGES[1] else [])]


def renew(name: str, random: Random) -> list[str]:
    year = random.choice(("2022", "2022", "2021", "-1", "22", "99999", "明年"))
    return ["renew", name, "-o", "o.xlsx", "--year", year, *random.choice(([], ["--keep-amounts"]))]


def compare(name: str, random: Random) -> list[str]:
    return ["diff", name, name, *random.choice(([], ["--format", "json"], ["-o", "o.html"]))]


def simple(*words: str) -> Callable[[str, Random], list[str]]:
    """A command over one file, with its other words."""
    return lambda name, _: [words[0], name, *words[1:]]


generate = simple("generate", "-o", "o.xlsx")
add_up = simple("rollup", "--json", "o.json")
LATER = (publish_stage, begin, renew, compare)
FOR_RECORDS = (validate, validate, fix, publish, generate, add_up, *LATER)
FOR_WORKBOOKS = (
    *(validate, fix, publish, generate, add_up, *LATER),
    *(simple("read", "-o", "o.json"), simple("repair", "-o", "r.xlsx")),
)
FOR_DOCUMENTS = (
    simple("import", "-o", "o.json"),
    simple("import", "-o", "o.json"),
    *(validate, publish, publish_stage, begin, renew),
)
KINDS: tuple[Callable[[Random], Input], ...] = (
    *(
        a_record,
        a_record,
        a_record,
        a_workbook,
        a_workbook,
        a_workbook,
        a_word_file,
        a_text,
        a_text,
    ),
    *(a_list, some_settings, some_arguments, some_arguments, a_folder),
    *(typed_in_cells, typed_in_cells, typed_in_a_record),
)
