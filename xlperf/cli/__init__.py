"""The commands: arguments, progress and exit status, nothing else.

`build` makes them in the language spoken now; a command returns its exit status.
"""

from __future__ import annotations

from collections.abc import Callable

import click

from xlperf import __version__, wording
from xlperf.cli import addin, comparing, judging, making
from xlperf.cli.frame import option
from xlperf.cli.speaking import Group
from xlperf.wording import say


def build(workbook_language: str) -> click.Group:
    """All commands; workbooks speak `workbook_language`, whatever the terminal speaks."""
    settings = {"help_option_names": ["-h", "--help"]}
    group = Group(
        "xlperf",
        tasks=TASKS,
        callback=addin.show_help,
        invoke_without_command=True,
        help=say("cli.help"),
        context_settings=settings,
    )
    lang = click.Choice(wording.LANGUAGES)
    group.params.append(option("--lang", help_key="lang", type=lang, expose_value=False))
    version = f"xlperf {__version__}"
    group = click.version_option(__version__, message=version, help=say("cli.version"))(group)
    for name, make in COMMANDS.items():
        group.add_command(make(workbook_language), name)
    return group


COMMANDS: dict[str, Callable[[str], click.Command]] = {
    "demo": making.demo_command,
    "import": making.import_command,
    "generate": making.generate_command,
    "read": making.read_command,
    "renew": comparing.renew_command,
    "validate": judging.validate_command,
    "fix": making.fix_command,
    "repair": making.repair_command,
    "rules": judging.rules_command,
    "explain": judging.explain_command,
    "rollup": judging.rollup_command,
    "diff": comparing.diff_command,
    "publish": making.publish_command,
    "addin": addin.addin_command,
}

TASKS = {
    "begin": ("demo",),
    "make": ("import", "generate", "read", "renew"),
    "check": ("validate", "fix", "repair", "rules", "explain", "diff"),
    "publish": ("publish", "rollup"),
    "excel": ("addin",),
}
