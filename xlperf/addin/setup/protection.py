"""What the office's protection keeps from running: Defender, AppLocker, software restriction.

All of it is in the registry, where anyone may read. Each symptom comes with a test that anyone can
make and a sentence for the IT department.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PureWindowsPath

from xlperf.addin.setup.computer import WINDOWS_PLATFORM, Computer

DEFENDER = r"Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
RULES = (  # by group policy, by an administrator with PowerShell
    rf"HKLM\SOFTWARE\Policies\Microsoft\{DEFENDER}",
    rf"HKLM\SOFTWARE\Microsoft\{DEFENDER}",
)
MANAGED = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"  # by Intune
MANAGED_RULES = "ASRRules"  # GUID=state, joined by |
ASR = {
    "asr_child": "D4F940AB-401B-4EFC-AADC-AD5F3C50688A",  # Office starts no other program
    "asr_win32": "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B",  # macros call no function of Windows
}
BLOCKING_MODES = ("1", "6")  # block; warn, which blocks until somebody allows it
APPLOCKER = {kind: rf"HKLM\SOFTWARE\Policies\Microsoft\Windows\SrpV2\{kind}"
             for kind in ("Exe", "Dll")}  # fmt: skip
ENFORCED_MODE = 1
RESTRICTION = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\Safer\CodeIdentifiers"
DISALLOWED_LEVEL = 0  # its default level: nothing runs that no rule allows
CONSOLE = (
    r"HKCU\Software\Policies\Microsoft\Windows\System",
    r"HKLM\Software\Policies\Microsoft\Windows\System",
)
ALLOWED_FOLDERS = ("Program Files", "Program Files (x86)", "Windows")  # by the usual rules of both

NamedObstacle = tuple[str, dict[str, object]]  # a symptom's key and its facts


def obstacles(computer: Computer, file: object, called: str) -> Iterator[NamedObstacle]:
    """What may keep Excel from starting the Python at `called`, or from loading the add-in's file.

    Keys and facts of the doctor's symptoms, read from the registry; none but on Windows.
    """
    if computer.system != WINDOWS_PLATFORM:
        return
    facts: dict[str, object] = {"python": called, "file": file}
    states = dict(_states(computer))
    for key, rule in ASR.items():
        if states.get(rule) in BLOCKING_MODES:
            yield key, {**facts, "rule": rule}
    if any(_number(computer, key, "DisableCMD") == 1 for key in CONSOLE):
        yield "no_console", {}
    if _usually_allowed(called):
        return
    kinds = [kind for kind, key in APPLOCKER.items() if _is(computer, key, ENFORCED_MODE)]
    if kinds:
        yield "applocker", {**facts, "kinds": ", ".join(kinds)}
    if _number(computer, RESTRICTION, "DefaultLevel") == DISALLOWED_LEVEL:
        yield "restricted", facts


def _states(computer: Computer) -> Iterator[tuple[str, str]]:
    """The rules of Defender that are set, the policy's last: it has the last word."""
    for key in reversed(RULES):
        yield from ((name.upper(), str(value)) for name, value in computer.registry(key).items())
    managed = str(computer.registry(MANAGED).get(MANAGED_RULES) or "")
    for entry in managed.split("|"):
        rule, _, state = entry.partition("=")
        yield rule.strip("{} ").upper(), state.strip()


def _is(computer: Computer, key: str, mode: int) -> bool:
    return _number(computer, key, "EnforcementMode") == mode


def _number(computer: Computer, key: str, name: str) -> int | None:
    value = computer.registry(key).get(name)
    return value if isinstance(value, int) else None


def _usually_allowed(path: str) -> bool:
    """Whether a program lies where only administrators write."""
    parts = PureWindowsPath(path).parts
    return len(parts) > 1 and parts[1].lower() in {item.lower() for item in ALLOWED_FOLDERS}
