"""Builds the add-in into the wheel, so that a user's machine needs nothing to make it with."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = "xlperf/_shipped/addin/xlperf.xlam"


class AddinHook(BuildHookInterface):
    """Puts the built add-in among the wheel's files; a checkout builds it when it is needed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from xlperf.addin.xlam import build, package  # noqa: PLC0415 - of the checkout being built

        self.folder = tempfile.TemporaryDirectory(prefix="xlperf-")
        made = Path(self.folder.name, build.XLAM_FILE)
        made.write_bytes(package.write(build.build(Path(self.root, "macros"))))
        build_data["force_include"][str(made)] = INSIDE

    def finalize(self, _version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        """Called when the wheel is written."""
        if hasattr(self, "folder"):
            self.folder.cleanup()
