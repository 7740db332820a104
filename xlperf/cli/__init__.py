"""The commands: arguments, progress and exit status, nothing else.

`build` makes them in the language spoken now, each when it is asked for; a command returns its
exit status.
"""

from __future__ import annotations

import click

from xlperf import __version__, wording
from xlperf.cli.frame import option
from xlperf.cli.localized import CommandGroup, Commands, show_help
from xlperf.wording import say


def build(workbook_language: str) -> click.Group:
    """All commands; workbooks speak `workbook_language`, whatever the terminal speaks."""
    settings = {"help_option_names": ["-h", "--help"]}
    group = CommandGroup(
        "xlperf",
        tasks=TASKS,
        commands=Commands(COMMAND_PLACES, workbook_language),
        callback=show_help,
        invoke_without_command=True,
        help=say("cli.help"),
        context_settings=settings,
    )
    lang = click.Choice(wording.LANGUAGES)
    group.params.append(option("--lang", help_key="lang", type=lang, expose_value=False))
    version = f"xlperf {__version__}"
    return click.version_option(__version__, message=version, help=say("cli.version"))(group)


COMMAND_PLACES = {  # the module that holds a command, and the function that makes it
    "demo": "xlperf.cli.write_commands:demo_command",
    "import": "xlperf.cli.write_commands:import_command",
    "generate": "xlperf.cli.write_commands:generate_command",
    "read": "xlperf.cli.write_commands:read_command",
    "renew": "xlperf.cli.comparing:renew_command",
    "begin": "xlperf.cli.beginning:begin_command",
    "validate": "xlperf.cli.check_commands:validate_command",
    "watch": "xlperf.cli.watching:watch_command",
    "fix": "xlperf.cli.write_commands:fix_command",
    "repair": "xlperf.cli.write_commands:repair_command",
    "rules": "xlperf.cli.check_commands:rules_command",
    "explain": "xlperf.cli.check_commands:explain_command",
    "rollup": "xlperf.cli.rollup:rollup_command",
    "diff": "xlperf.cli.comparing:diff_command",
    "publish": "xlperf.cli.write_commands:publish_command",
    "addin": "xlperf.cli.addin:addin_command",
    "serve": "xlperf.cli.watching:serve_command",
}

TASKS = {
    "begin": ("demo",),
    "make": ("import", "generate", "read", "renew", "begin"),
    "check": ("validate", "watch", "fix", "repair", "rules", "explain", "diff"),
    "publish": ("publish", "rollup"),
    "excel": ("addin", "serve"),
}
