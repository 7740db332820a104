"""Which profile and which rules apply: the command line, a project's xlperf.toml, the workbook.

What the command line says goes before the file, the file before the workbook's manifest, and
that before the default. Everything in the file is checked; one sentence says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from xlperf.errors import UserError
from xlperf.jobs.validation.rule_selection import chosen_rules
from xlperf.rules import catalogue
from xlperf.rules.core import Rule, with_severities
from xlperf.rules.profiles import DEFAULT, RULE_SEVERITIES, Profile, fits, names, profile
from xlperf.storage.files import bytes_of
from xlperf.wording import say

SETTINGS_FILE = "xlperf.toml"
CODES_IN_SENTENCE = 12  # codes named in a sentence
SETTING_KEYS = ("profile", "thresholds", "severity", "select", "ignore")


@dataclass(frozen=True)
class Settings:
    """The profile with the project's own numbers in it, the rules, and where that comes from.

    `source` is the settings file, "" where there is none; the severities are in the profile too.
    """

    profile: Profile
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    usual: Settings | None = None  # what would hold without the file

    def rules(self) -> list[Rule]:
        """The rules that are chosen; those that the profile switches off are left out later."""
        return chosen_rules(self.select, self.ignore)

    def worth(self) -> dict[str, str]:
        """The severity of each rule that judges, by its code."""
        return {
            rule.code: str(rule.severity) for rule in with_severities(self.rules(), self.profile)
        }

    def effect(self) -> dict[str, Any]:
        """What the settings file does, for programs: its name, the codes of the rules that it
        switches off, the severities and thresholds that it changes; nothing without a file.
        """
        if self.usual is None:
            return {}
        with_file, without_file = self.worth(), self.usual.worth()
        before = self.usual.profile.values
        return {
            "settings": self.source,
            "profile": self.profile.name,
            "off": [code for code in without_file if code not in with_file],
            "severity": {
                c: severity
                for c, severity in with_file.items()
                if severity != without_file.get(c, severity)
            },
            "thresholds": {k: v for k, v in self.profile.values.items() if v != before.get(k)},
        }

    def sentence(self) -> str:
        """What `effect` has, in a sentence for people; "" without a settings file."""
        effect = self.effect()
        if not effect:
            return ""
        parts = [say("settings.of_profile", profile=effect["profile"])]
        for key in ("off", "severity", "thresholds"):
            names = list(effect[key])
            codes = ", ".join(names if len(names) <= CODES_IN_SENTENCE else _families(names))
            parts += [say(f"settings.of_{key}", n=len(names), codes=codes)] if names else []
        if len(parts) == 1:
            parts.append(say("settings.of_nothing"))
        return say("settings.used", file=self.source, what=say("settings.joint").join(parts))


def _families(codes: Iterable[str]) -> list[str]:
    """The beginnings of many codes, each once: STR for STR017 and STR018."""
    return list(dict.fromkeys(code[:3] + "…" for code in codes))


def load(  # noqa: PLR0913 - one argument a source
    for_file: Path,
    wished: str | None = None,
    start: Path | None = None,
    *,
    stated_profile: str = "",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    without: bool = False,
) -> Settings:
    """The settings for a file.

    `wished`, `select` and `ignore` are the command line's; `stated_profile` is the profile that the
    file itself names; `start` is the folder from which a settings file is looked for upwards;
    `without`: settings files are not looked for.
    """
    path = None if without else find(for_file, start or Path.cwd())
    entries = read(path) if path else {}
    select, ignore = tuple(select), tuple(ignore)
    without_file = partial(
        load, for_file, wished, stated_profile=stated_profile, select=select, ignore=ignore
    )
    chosen = profile(wished) if wished else _profile(entries, path, stated_profile, for_file)
    severities = {code.upper(): worth for code, worth in entries.get("severity", {}).items()}
    return Settings(
        profile=chosen.but(entries.get("thresholds", {}), severities),
        select=tuple(select) or tuple(entries.get("select", ())),
        ignore=tuple(ignore) or tuple(entries.get("ignore", ())),
        severities=severities,
        source=str(path or ""),
        usual=without_file(without=True) if path else None,
    )


def _profile(
    entries: Mapping[str, Any], path: Path | None, stated_profile: str, for_file: Path
) -> Profile:
    """The profile of the settings file, else of the workbook, else the default."""
    name, file = entries.get("profile"), path
    if name is None:
        name, file = stated_profile or DEFAULT, for_file
    if name not in names():
        known_names = ", ".join(names())
        raise UserError(
            "settings_profile", file=file, entry="profile", profile=name, known=known_names
        )
    return profile(name)


def find(for_file: Path, start: Path) -> Path | None:
    """The settings file beside a file; else the first one from the working folder upwards."""
    folders = (for_file.absolute().parent, start.absolute(), *start.absolute().parents)
    return next(
        (folder / SETTINGS_FILE for folder in folders if (folder / SETTINGS_FILE).is_file()), None
    )


def read(path: Path) -> dict[str, Any]:
    """The entries of an xlperf.toml, all checked; UserError names the one that is wrong."""
    import tomllib  # noqa: PLC0415 - where there are settings

    try:
        text = bytes_of(path).decode("utf-8-sig")
        entries = tomllib.loads(text)
    except UnicodeDecodeError:
        raise UserError("settings_encoding", file=path) from None
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; deep nesting
        line = re.search(r"line (\d+)", str(error))  # none where the text ends too early
        last = len(text.splitlines())
        raise UserError("settings_broken", file=path, line=line[1] if line else last) from None
    _check_keys(path, "", entries, SETTING_KEYS)
    checks = {
        "profile": _check_profile,
        "thresholds": _check_thresholds,
        "severity": _check_severities,
        "select": _check_codes,
        "ignore": _check_codes,
    }
    for key, value in entries.items():
        checks[key](path, key, value)
    return entries


def _check_keys(path: Path, above: str, entries: Iterable[str], keys: Iterable[str]) -> None:
    """Refuse a key that nothing is known of."""
    keys = list(keys)
    for key in entries:
        if key not in keys:
            raise UserError("settings_key", file=path, entry=above + key, known=", ".join(keys))


def _must(fine: bool, path: Path, key: str, type_key: str, example: str) -> None:
    """Refuse a value of a wrong type."""
    if not fine:
        text = say(f"settings.{type_key}")
        raise UserError("settings_type", file=path, entry=key, wanted=text, example=example)


def _check_profile(path: Path, key: str, value: object) -> None:
    _must(isinstance(value, str), path, key, "text", 'profile = "hebei"')


def _check_thresholds(path: Path, key: str, value: object) -> None:
    example = "{ october_share = 80 }"
    if not isinstance(value, dict):
        _must(False, path, key, "table", f"{key} = {example}")
        return
    usual = profile(DEFAULT).values
    _check_keys(path, f"{key}.", value, usual)
    for name, number in value.items():
        usual_text = _toml(usual[name])
        _must(
            fits(name, number), path, f"{key}.{name}", _kind(usual[name]), f"{name} = {usual_text}"
        )


def _kind(usual: object) -> str:
    if isinstance(usual, list) and all(isinstance(item, str) for item in usual):
        return "severities"
    kinds = {bool: "boolean", int: "whole", float: "number", list: "range"}
    return kinds.get(type(usual), "text")


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_severities(path: Path, key: str, value: object) -> None:
    if not isinstance(value, dict):
        _must(False, path, key, "table", f'{key} = {{ PLN306 = "off" }}')
        return
    for code, severity in value.items():
        _check_code(path, key, code)
        fine = isinstance(severity, str) and severity in RULE_SEVERITIES
        _must(fine, path, f"{key}.{code}", "severity", f'{code} = "off"')


def _check_codes(path: Path, key: str, value: object) -> None:
    fine = isinstance(value, list) and all(isinstance(code, str) for code in value)
    _must(fine, path, key, "texts", f'{key} = ["TXT6"]')
    for code in value if isinstance(value, list) else ():
        _check_code(path, key, code)


def _check_code(path: Path, key: str, code: str) -> None:
    """Refuse what no rule's code begins with."""
    if not code or not any(rule_code.startswith(code.upper()) for rule_code in catalogue()):
        raise UserError("settings_code", file=path, entry=key, code=code)
