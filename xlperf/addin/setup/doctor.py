"""Why the add-in does not work: each reason visible from outside Excel, with its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xlperf import __version__, error_log
from xlperf.addin.setup import protection, receipt
from xlperf.addin.setup.computer import (
    MAC_PLATFORM,
    SCRIPTS,
    WINDOWS_PLATFORM,
    ZONE_STREAM,
    Computer,
)
from xlperf.addin.setup.install import SHELL, UNSAFE_CHARACTERS, is_ours
from xlperf.addin.xlam import build, settings_sheet, xlwings_files
from xlperf.errors import UserError
from xlperf.local_server import helper_note
from xlperf.wording import say

OLDEST_PYTHON = (3, 11)
OFFICE_KEY = r"Software\Microsoft\Office\16.0\Excel"
POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel"
CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
EXCEL_PATH = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
CLASS = r"HKCR\Excel.Application\CLSID"
SERVERS = (r"HKCR\CLSID\{}\LocalServer32", r"HKCR\WOW6432Node\CLSID\{}\LocalServer32")
WPS = ("ksolaunch", "kingsoft", "wps office", r"\wps.exe", r"\et.exe")
HINTS = ("interpreter_other", "not_ascii", "one_drive", "applocker", "restricted")
ONE_DRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


@dataclass(frozen=True)
class Symptom:
    """Something that keeps the add-in from working, or, where it is a hint, that may do so."""

    key: str  # under addin.symptom: what, and what to do
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def hint(self) -> bool:
        """Whether the add-in may well work all the same."""
        return self.key in HINTS

    def __str__(self) -> str:
        kind = say("addin.hint" if self.hint else "addin.problem")
        return kind + say(f"addin.symptom.{self.key}", **self.facts)


def symptom(key: str, /, **facts: object) -> Symptom:
    """A symptom by its key under `addin.symptom`, with the facts that its sentence names."""
    return Symptom(key, facts)


def examine(computer: Computer, folder: Path | None = None) -> tuple[list[str], list[Symptom]]:
    """Facts about Python, Excel and the add-in, a sentence each, and the symptoms found.

    folder: where the add-in is looked for, by default Excel's start folder.
    """
    file = _file(computer, folder)
    facts = [
        say(
            "addin.fact.python", version=".".join(map(str, computer.version)), path=computer.python
        ),
        say("addin.fact.xlwings", version=computer.xlwings or "-"),
        say("addin.fact.log", file=error_log.place()),
        say(f"addin.fact.way_{'helper' if helper_note.running() else 'python'}"),
    ]
    if computer.system == WINDOWS_PLATFORM:
        facts.append(
            say("addin.fact.excel", path=_excel(computer) or "-", bits=bits(computer) or "-")
        )
    symptoms = [*_python(computer), *_excel_faults(computer), *_trust(computer)]
    if computer.system not in (WINDOWS_PLATFORM, MAC_PLATFORM):
        symptoms.append(symptom("no_excel_here"))
    if file is None:
        return facts, symptoms
    facts.append(say("addin.fact.file", file=file))
    return facts, [
        *symptoms,
        *_installed(computer, file),
        *_paths(computer, file),
        *(symptom(key, **more) for key, more in _protected(computer, file)),
    ]


def _protected(computer: Computer, file: Path) -> Iterator[protection.NamedObstacle]:
    addin = is_ours(file)
    called = addin.settings.get(settings_sheet.WINDOWS_INTERPRETER, "") if addin else ""
    return protection.obstacles(computer, file, called or computer.python)


def _file(computer: Computer, folder: Path | None) -> Path | None:
    try:
        return (folder or computer.start_folder()) / build.XLAM_FILE
    except UserError:
        return None


def _python(computer: Computer) -> Iterator[Symptom]:
    if computer.version < OLDEST_PYTHON:
        yield symptom("python_old", actual=".".join(map(str, computer.version)))
    if computer.xlwings != xlwings_files.PINNED_VERSION:
        installed, pinned = computer.xlwings or "-", xlwings_files.PINNED_VERSION
        yield symptom("xlwings_other", actual=installed, pinned=pinned)
    if computer.system == WINDOWS_PLATFORM and not computer.pywin32:
        yield symptom("no_pywin32")
    if (
        computer.system == MAC_PLATFORM
        and not (computer.home / SCRIPTS / xlwings_files.SCRIPT).is_file()
    ):
        yield symptom("no_script", file=computer.home / SCRIPTS / xlwings_files.SCRIPT)


def _text(values: Mapping[str, object], name: str = "") -> str:
    return str(values.get(name) or "")


def _excel(computer: Computer) -> str:
    return _text(computer.registry(EXCEL_PATH))


def bits(computer: Computer) -> str:
    """64 or 32 as Excel is; "" where that cannot be seen."""
    platform = _text(computer.registry(CLICK_TO_RUN), "Platform")
    if platform:
        return "64" if platform.lower() == "x64" else "32"
    path = _excel(computer).lower()
    return ("32" if "(x86)" in path else "64") if path else ""


def server(computer: Computer) -> str:
    """The path of the program registered as Excel.Application's server; "" where there is none."""
    number = _text(computer.registry(CLASS))
    commands = (_text(computer.registry(key.format(number))) for key in SERVERS)
    return next(filter(None, commands), "")


def _excel_faults(computer: Computer) -> Iterator[Symptom]:
    if computer.system != WINDOWS_PLATFORM:
        return
    answers = server(computer)
    if any(word in answers.lower() for word in WPS):
        yield symptom("wps", server=answers)
    if not answers and not _excel(computer):
        yield symptom("no_excel")


def _trust(computer: Computer) -> Iterator[Symptom]:
    """Settings of Excel, or of the office's administrators, that keep add-ins from running."""
    if computer.system != WINDOWS_PLATFORM:
        return
    user, policy = (
        {
            **computer.registry(rf"HKCU\{place}\Security"),
            **{
                f"locations.{name}": value
                for name, value in computer.registry(
                    rf"HKCU\{place}\Security\Trusted Locations"
                ).items()
            },
        }
        for place in (OFFICE_KEY, POLICY)
    )
    facts = {**user, **policy}  # the administrators have the last word
    for name, key in (("DisableAllAddins", "add_ins_off"), ("RequireAddinSig", "signed_only")):
        if facts.get(name) == 1:
            yield symptom(key, who=_who(name, policy))
    if facts.get("locations.AllLocationsDisabled") == 1 and facts.get("VBAWarnings") != 1:
        yield symptom("locations_off", who=_who("locations.AllLocationsDisabled", policy))
    items = computer.registry(rf"HKCU\{OFFICE_KEY}\Resiliency\DisabledItems").values()
    addin_file = build.XLAM_FILE.encode("utf-16-le")
    if any(isinstance(item, bytes) and addin_file in item.lower() for item in items):
        yield symptom("disabled_item")


def _who(name: str, policy: Mapping[str, object]) -> str:
    return say("addin.by_administrator" if name in policy else "addin.by_user")


def _installed(computer: Computer, file: Path) -> Iterator[Symptom]:
    if not file.exists():
        digest = receipt.sum_of(computer, file)
        key = "quarantined" if digest else "not_installed"
        yield symptom(key, file=file, **({"digest": digest} if digest else {}))
        return
    addin = is_ours(file)
    if addin is None:
        yield symptom("foreign", file=file)
        return
    answers = addin.settings
    if answers[settings_sheet.VERSION_KEY] != __version__:
        yield symptom("older", actual=answers[settings_sheet.VERSION_KEY], now=__version__)
    if answers.get(settings_sheet.XLWINGS) != computer.xlwings:
        dll_version = answers.get(settings_sheet.XLWINGS, "-")
        yield symptom("other_dll", actual=dll_version, installed=computer.xlwings or "-")
    if computer.system == WINDOWS_PLATFORM and _marked(file):
        yield symptom("marked", file=file)
    yield from _interpreter(computer, answers)


def _marked(file: Path) -> bool:
    try:
        return b"ZoneId=" in Path(f"{file}{ZONE_STREAM}").read_bytes()
    except OSError:
        return False


def _interpreter(computer: Computer, answers: Mapping[str, str]) -> Iterator[Symptom]:
    called = answers.get(
        settings_sheet.MAC_INTERPRETER
        if computer.system == MAC_PLATFORM
        else settings_sheet.WINDOWS_INTERPRETER,
        "",
    )
    if not Path(called).is_file():
        yield symptom("interpreter_gone", python=called or "-")
        return
    if called != computer.python:
        yield symptom("interpreter_other", called=called, running=computer.python)
    if computer.system == WINDOWS_PLATFORM:
        dll_name = dll(computer)
        places = [Path(called).parent, Path(called).parent.parent]
        if not any((place / dll_name).is_file() for place in places):
            yield symptom("no_dll", dll=dll_name, folder=places[0])


def dll(computer: Computer) -> str:
    """The name of xlwings' DLL that this Excel loads for worksheet functions, by Excel's bits."""
    for_64, for_32 = xlwings_files.dll_names()
    return for_32 if bits(computer) == "32" else for_64


def _paths(computer: Computer, file: Path) -> Iterator[Symptom]:
    places = {str(file): UNSAFE_CHARACTERS, computer.python: SHELL}
    for path, unsafe in places.items():
        for odd in unsafe:
            if odd in path:
                yield symptom("unsafe_path", path=path, character=odd)
        if computer.system == WINDOWS_PLATFORM and not path.isascii():
            yield symptom("not_ascii", path=path)
    clouds = [computer.environ[name] for name in ONE_DRIVE if computer.environ.get(name)]
    for path in places:
        if any(Path(path).is_relative_to(cloud) for cloud in clouds):
            yield symptom("one_drive", path=path)
