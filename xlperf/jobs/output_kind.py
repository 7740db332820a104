"""Names of files to write that say another kind of file than the command makes."""

from __future__ import annotations

from pathlib import Path

from xlperf.errors import UserError

WORKBOOK_SUFFIX, RECORD, DOCUMENT = ".xlsx", ".json", ".docx"
MADE_BY = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv"), WORKBOOK_SUFFIX),
    **dict.fromkeys((".docx", ".doc", ".txt", ".html", ".htm", ".pdf"), DOCUMENT),
    ".json": RECORD,
}
COMMAND_BY_KIND = {WORKBOOK_SUFFIX: "generate", DOCUMENT: "publish", RECORD: "read"}


def is_meant_for(target: Path, suffix: str) -> Path:
    """A file to write whose name does not say that it is of another kind than `suffix`.

    Raises a refusal that names the command which makes what the name says.
    """
    text = target.suffix.lower()
    if text != suffix and text in MADE_BY:
        meant = MADE_BY[text]
        key = "wrong_kind" if meant != suffix else "wrong_ending"
        raise UserError(
            key, file=target, suffix=suffix, ending=text, command=COMMAND_BY_KIND[meant]
        )
    return target
