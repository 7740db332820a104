"""One saved state of a file, read whole and quickly, so that nobody's next save is in the way.

A file is copied and the copy validated: an office program that wants to replace its file finds it
free. What changed while it was copied is no state of the file.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from xlperf import error_log
from xlperf.errors import SetAside, UserError, XlperfError
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.many_files.skip_reasons import reason_of
from xlperf.jobs.validation.settings import load
from xlperf.jobs.validation.validating import CheckedFile, with_findings
from xlperf.storage.files import reason, temporary_folder
from xlperf.watching.saves import Signature, signature

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


class UnsettledError(XlperfError):
    """A file that changed, vanished or was locked while it was read: try again."""


@contextmanager
def snapshot(path: Path) -> Iterator[tuple[Path, Signature]]:
    """A copy of a file with its name in a folder of its own, and the state that it has.

    Raises UnsettledError where the file changed meanwhile or cannot be opened now, UserError
    (`no_temporary`) where there is no room for the copy.
    """
    with temporary_folder() as folder:
        copy = folder / path.name
        before = signature(path)
        try:
            shutil.copyfile(path, copy)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise UserError("no_temporary", why=reason(error)) from None
            raise UnsettledError(str(error)) from error
        if before is None or signature(path) != before or copy.stat().st_size != before.size:
            raise UnsettledError(str(path))
        yield copy, before


def check_snapshot(path: Path, copy: Path, profile: str | None = None) -> CheckedFile | SetAside:
    """The findings of a file's copy as those of the file, by the settings that apply to it.

    Set aside with the reason where it cannot be read; an unexpected error goes to the log.
    """
    try:
        reading = replace(open_any(copy), source=str(path))
        settings = load(path, profile, stated_profile=reading.profile)
        return with_findings(path, reading, settings)
    except UserError as refusal:
        facts = {key: path if value == copy else value for key, value in refusal.facts.items()}
        return SetAside(str(path), reason_of(UserError(refusal.key, **facts)))
    except Exception as error:
        error_log.note("watch")
        return SetAside(str(path), reason_of(error))
